//! What somebody has to be told, or a network has to do, because of a usage.

use crate::MeterKey;
use serde::{Deserialize, Serialize};
use vocabulary::{Timestamp, UsageKind};

/// Something that happened to a line while a usage was rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A counter passed a threshold (RAT-06): told once a month.
    Threshold {
        /// The counter.
        of: MeterKey,
        /// Per cent.
        percent: u8,
    },
    /// A service stops (RAT-07): the host network has to be told.
    Stopped {
        /// Which kind of usage.
        kind: UsageKind,
        /// What ended.
        by: MeterKey,
    },
    /// A service slows down: the host network has to be told.
    Slowed {
        /// Which kind of usage.
        kind: UsageKind,
        /// What ended.
        by: MeterKey,
    },
    /// A service goes on as before, after a recharge or a raised cut-off.
    Lifted {
        /// What had ended.
        by: MeterKey,
    },
    /// Sending is suspended after too many messages in a short time (MOB-22).
    SendingSuspended {
        /// Until when.
        until: Timestamp,
    },
    /// More different correspondents than fair use allows: a flag for staff (MOB-20, MOB-22).
    FairUse {
        /// Voice for calls, SMS for messages.
        kind: UsageKind,
        /// How many there may be.
        most: u32,
    },
}

/// Why a part of a usage was charged and not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No allowance takes such usage.
    NotCovered,
    /// The allowance that takes it is used up.
    UsedUp,
    /// One correspondent too many for the allowance.
    TooManyCorrespondents,
    /// The call lasts longer than the allowance takes.
    TooLong,
}

impl Cause {
    /// Every cause and its word.
    pub const WORDS: [(&'static str, Cause); 4] = [
        ("not-covered", Self::NotCovered),
        ("used-up", Self::UsedUp),
        ("too-many-correspondents", Self::TooManyCorrespondents),
        ("too-long", Self::TooLong),
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, cause)| *cause == self).map_or("", |(word, _)| word)
    }
}

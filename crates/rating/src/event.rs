//! What somebody has to be told, or a network has to do, because of a usage.

use crate::MeterKey;
use serde::{Deserialize, Serialize};
use vocabulary::{Money, Timestamp, UsageKind};

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
    /// A network delivered usage that a block forbids: it is charged as it is, and staff has to look why (MOB-40, FLT-10). Once a month
    /// for each block.
    DespiteBlock {
        /// Which kind of usage.
        kind: UsageKind,
        /// The block.
        by: MeterKey,
    },
    /// A call was put through although it costs more than a guard lets through: once a month for each row of prices (RAT-16).
    DespiteGuard {
        /// The row.
        by: MeterKey,
    },
    /// What is charged beyond what is included has reached an amount that somebody wants to be told of (FLT-12): once a month.
    OutOfBundle {
        /// `spend/told` for a line, the counter of a pack for what its lines pay beyond it.
        of: MeterKey,
        /// The amount that was to be told, in what the customer pays.
        amount: Money,
    },
    /// More different correspondents than fair use allows: a flag for staff (MOB-20, MOB-22).
    FairUse {
        /// Voice for calls, SMS for messages.
        kind: UsageKind,
        /// How many there may be.
        most: u32,
    },
}

/// Who has to be told of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Whoever uses or looks after the line.
    Line,
    /// Whoever looks after the group pack.
    Pack,
    /// Whoever looks after the billing account.
    BillingAccount,
    /// Whoever looks after the customer.
    Customer,
    /// The operator's staff.
    Staff,
}

impl Event {
    /// Who has to be told. A stop or a slow-down of what lines share concerns the network for every one of them.
    pub fn audience(&self) -> Audience {
        match self {
            Self::FairUse { .. } | Self::DespiteBlock { .. } | Self::DespiteGuard { .. } => Audience::Staff,
            Self::SendingSuspended { .. } => Audience::Line,
            Self::Threshold { of: key, .. }
            | Self::OutOfBundle { of: key, .. }
            | Self::Stopped { by: key, .. }
            | Self::Slowed { by: key, .. }
            | Self::Lifted { by: key } => key.audience(),
        }
    }
}

impl MeterKey {
    fn audience(&self) -> Audience {
        let key = self.as_str();
        if key.starts_with("pack/") {
            Audience::Pack
        } else if key.starts_with("spend/account/") {
            Audience::BillingAccount
        } else if key.starts_with("spend/customer/") {
            Audience::Customer
        } else {
            Audience::Line
        }
    }
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

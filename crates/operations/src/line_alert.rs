//! What happened to a line in a month, as its page tells it.

use crate::allowance::Book;
use rating::{Audience, Event, MeterKey, SpendOwner, SpendPeriod};
use store::{KeptEvent, Reach};
use vocabulary::{Money, Timestamp, UsageKind};

/// Something that happened to the line.
#[derive(Clone, Debug)]
pub struct LineAlert {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: AlertEvent,
}

/// The kinds of alert that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlertEvent {
    /// So many percent of an allowance or a cut-off were reached.
    Reached {
        /// Per cent.
        percent: u8,
        /// As the catalogue names it.
        allowance: String,
    },
    /// So many percent of a ceiling in money were reached (RAT-15).
    CapReached {
        /// Per cent.
        percent: u8,
        /// Whose lines share it; `None` for the line's own.
        owner: Option<SpendOwner>,
        /// Over what it counts.
        period: SpendPeriod,
    },
    /// What is charged beyond what is included has reached an amount that somebody wants to be told of (FLT-12).
    OutOfBundle {
        /// Without VAT.
        amount: Money,
        /// The group pack beyond which its lines pay, as the catalogue names it; `None` for what the line itself pays.
        pack: Option<String>,
    },
    /// A service was stopped.
    Stopped {
        /// Which.
        kind: UsageKind,
    },
    /// Data was slowed.
    Slowed,
    /// A service goes on as before.
    Lifted,
    /// The network delivered what a block forbids: it is charged (MOB-40, FLT-10).
    DespiteBlock {
        /// What it delivered.
        kind: UsageKind,
    },
    /// A call was put through that costs more than a guard lets through: it is charged (RAT-16).
    DespiteGuard,
}

/// An event as it is shown; what is for staff is shown to staff alone.
pub(crate) fn alert(kept: KeptEvent, book: &Book<'_>, reach: Reach) -> Option<LineAlert> {
    if kept.event.audience() == Audience::Staff && reach != Reach::Operator {
        return None;
    }
    let event = match kept.event {
        Event::Threshold { of, percent } => match of.spend() {
            Some((owner, period)) => AlertEvent::CapReached { percent, owner, period },
            None => AlertEvent::Reached { percent, allowance: book.name(&of) },
        },
        Event::OutOfBundle { of, amount } => {
            let pack = (of != MeterKey::spend_told()).then(|| book.name(&of));
            AlertEvent::OutOfBundle { amount, pack }
        }
        Event::Stopped { kind, .. } => AlertEvent::Stopped { kind },
        Event::Slowed { .. } => AlertEvent::Slowed,
        Event::Lifted { .. } => AlertEvent::Lifted,
        Event::DespiteBlock { kind, .. } => AlertEvent::DespiteBlock { kind },
        Event::DespiteGuard { .. } => AlertEvent::DespiteGuard,
        // Flags of fair use have a page of their own.
        Event::SendingSuspended { .. } | Event::FairUse { .. } => return None,
    };
    Some(LineAlert { at: kept.at, event })
}

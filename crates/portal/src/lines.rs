//! Lines: the list, one line, and what both say of one.

pub mod account;
pub mod bulk;
pub mod bulk_result;
pub mod cap;
pub mod change;
pub mod contract;
pub mod convergence;
pub mod esim;
pub mod list;
pub mod lost;
pub mod offers;
pub mod services;
pub mod show;
pub mod sim_swap;
pub mod split;
pub mod statement;
pub mod telephone;
pub(crate) mod telephone_changes;
pub mod telephone_codes;
mod telephone_cost;
pub mod user;
pub mod voicemail;

use crate::{Icon, Locale};
use operations::{
    Consumed, LineKind,
    lines::{DataHold, LineState},
};
use vocabulary::{Quantity, Rounding, div_round};

/// What pages say of where a line is in its life.
pub trait StateWords {
    /// Its word in addresses and class names: `active`.
    fn word(&self) -> &'static str;
    /// What a badge says.
    fn name(&self, locale: &Locale) -> &'static str;
    /// What a tile that counts them says.
    fn plural(&self, locale: &Locale) -> &'static str;
    /// The icon of its tile.
    fn icon(&self) -> Icon;
}

impl StateWords for LineState {
    fn word(&self) -> &'static str {
        match self {
            Self::Activating => "in-progress",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Ending => "ending",
            Self::Ended => "ended",
        }
    }

    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Activating => locale.text("state-in-progress"),
            Self::Active => locale.text("state-active"),
            Self::Suspended => locale.text("state-suspended"),
            Self::Ending => locale.text("state-ending"),
            Self::Ended => locale.text("state-ended"),
        }
    }

    fn plural(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Activating => locale.text("states-in-progress"),
            Self::Active => locale.text("states-active"),
            Self::Suspended => locale.text("states-suspended"),
            Self::Ending => locale.text("states-ending"),
            Self::Ended => locale.text("states-ended"),
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Self::Activating => Icon::Clock,
            Self::Active => Icon::Check,
            Self::Suspended => Icon::Pause,
            Self::Ending | Self::Ended => Icon::Ban,
        }
    }
}

/// The state of a word in addresses.
pub(crate) fn state_of(word: &str) -> Option<LineState> {
    LineState::ALL.into_iter().find(|state| state.word() == word)
}

/// What pages say of what a line is for.
pub trait KindWords {
    /// Its icon.
    fn icon(&self) -> Icon;
    /// Its name.
    fn name(&self, locale: &Locale) -> &'static str;
}

impl KindWords for LineKind {
    fn icon(&self) -> Icon {
        match self {
            Self::Fixed => Icon::Phone,
            Self::Mobile => Icon::Mobile,
            Self::Data => Icon::Sim,
        }
    }

    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Fixed => locale.text("line-kind-fixed"),
            Self::Mobile => locale.text("line-kind-mobile"),
            Self::Data => locale.text("line-kind-data"),
        }
    }
}

/// What pages say of how data flows on a line now (RAT-07).
pub trait HoldWords {
    /// Is there nothing to say?
    fn is_open(&self) -> bool;
    /// Its word in class names.
    fn word(&self) -> &'static str;
    /// What its badge says.
    fn name(&self, locale: &Locale) -> &'static str;
}

impl HoldWords for DataHold {
    fn is_open(&self) -> bool {
        *self == Self::None
    }

    fn word(&self) -> &'static str {
        match self {
            Self::None => "open",
            Self::Slowed => "slowed",
            Self::Stopped => "stopped",
        }
    }

    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::None => locale.text("data-open"),
            Self::Slowed => locale.text("data-slowed"),
            Self::Stopped => locale.text("data-stopped"),
        }
    }
}

/// How pages draw what is used of what is included.
pub trait Gauge {
    /// In percent, rounded down, so that 100 is only shown when nothing is left; `None` without an end.
    fn percent(&self) -> Option<i64>;
    /// The length of its bar, 0 to 100.
    fn bar(&self) -> i64;
    /// How near the end it is: `ok`, `near` from 80 % on, `full` from 100 % on.
    fn level(&self) -> &'static str;
    /// What is left, nothing when it is used up; `None` without an end.
    fn left(&self) -> Option<Quantity>;
}

impl Gauge for Consumed {
    fn percent(&self) -> Option<i64> {
        let included = self.included.filter(|included| included.units() > 0)?;
        let share = div_round(i128::from(self.used.units()) * 100, i128::from(included.units()), Rounding::Down);
        i64::try_from(share).ok()
    }

    fn bar(&self) -> i64 {
        self.percent().unwrap_or(0).min(100)
    }

    fn level(&self) -> &'static str {
        match self.percent() {
            Some(100..) => "full",
            Some(80..) => "near",
            _ => "ok",
        }
    }

    fn left(&self) -> Option<Quantity> {
        self.included.map(|included| Quantity::new(included.units() - self.used.units()).unwrap_or(Quantity::ZERO))
    }
}

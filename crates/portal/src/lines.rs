//! Lines: the list, one line, and what both say of one.

pub mod list;
pub mod show;

use crate::{Icon, Locale};
use vocabulary::{Quantity, Rounding, div_round};

/// Where a line is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Ordered, not yet delivered.
    InProgress,
    /// In service.
    Active,
    /// Stopped for a time; billing goes on.
    Suspended,
    /// Over.
    Ended,
}

impl LineState {
    /// Every state, in the order of a life.
    pub const ALL: [LineState; 4] = [LineState::InProgress, LineState::Active, LineState::Suspended, LineState::Ended];

    /// Its word in addresses: `active`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        }
    }

    /// From its word in addresses.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// What a badge says.
    pub fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::InProgress => locale.text("state-in-progress"),
            Self::Active => locale.text("state-active"),
            Self::Suspended => locale.text("state-suspended"),
            Self::Ended => locale.text("state-ended"),
        }
    }

    /// What a tile that counts them says.
    pub fn plural(&self, locale: &Locale) -> &'static str {
        match self {
            Self::InProgress => locale.text("states-in-progress"),
            Self::Active => locale.text("states-active"),
            Self::Suspended => locale.text("states-suspended"),
            Self::Ended => locale.text("states-ended"),
        }
    }

    /// The icon of its tile.
    pub const fn icon(&self) -> Icon {
        match self {
            Self::InProgress => Icon::Clock,
            Self::Active => Icon::Check,
            Self::Suspended => Icon::Pause,
            Self::Ended => Icon::Ban,
        }
    }
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Telephony over a wire or fibre.
    Fixed,
    /// A mobile telephone.
    Mobile,
    /// Data only, machines included.
    Data,
}

impl LineKind {
    /// Its icon.
    pub const fn icon(&self) -> Icon {
        match self {
            Self::Fixed => Icon::Phone,
            Self::Mobile => Icon::Mobile,
            Self::Data => Icon::Sim,
        }
    }

    /// Its name.
    pub fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Fixed => locale.text("line-kind-fixed"),
            Self::Mobile => locale.text("line-kind-mobile"),
            Self::Data => locale.text("line-kind-data"),
        }
    }
}

/// How data flows on a line now (RAT-07).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataService {
    /// As bought.
    #[default]
    Open,
    /// Slowed: the allowance is used up and the plan is uncapped.
    Slowed,
    /// Stopped: the allowance or a cut-off is used up.
    Stopped,
}

impl DataService {
    /// Is there something to say?
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }

    /// Its word in class names.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Slowed => "slowed",
            Self::Stopped => "stopped",
        }
    }

    /// What its badge says.
    pub fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Open => locale.text("data-open"),
            Self::Slowed => locale.text("data-slowed"),
            Self::Stopped => locale.text("data-stopped"),
        }
    }
}

/// So much of an allowance is used.
#[derive(Clone, Copy, Debug)]
pub struct Consumed {
    /// What was used, out of bundle included.
    pub used: Quantity,
    /// What may be used: plan, recharges and options together; `None` without an end.
    pub included: Option<Quantity>,
}

impl Consumed {
    /// In percent, rounded down, so that 100 is only shown when nothing is left; `None` without an end.
    pub fn percent(&self) -> Option<i64> {
        let included = self.included.filter(|included| included.units() > 0)?;
        let share = div_round(i128::from(self.used.units()) * 100, i128::from(included.units()), Rounding::Down);
        i64::try_from(share).ok()
    }

    /// The length of its bar, 0 to 100.
    pub fn bar(&self) -> i64 {
        self.percent().unwrap_or(0).min(100)
    }

    /// How near the end it is: `ok`, `near` from 80 % on, `full` from 100 % on.
    pub fn level(&self) -> &'static str {
        match self.percent() {
            Some(100..) => "full",
            Some(80..) => "near",
            _ => "ok",
        }
    }

    /// What is left, nothing when it is used up; `None` without an end.
    pub fn left(&self) -> Option<Quantity> {
        self.included.map(|included| Quantity::new(included.units() - self.used.units()).unwrap_or(Quantity::ZERO))
    }
}

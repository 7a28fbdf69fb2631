//! SIM cards and eSIM profiles of the inventory: the list, one of them, batches, giving and taking back (RES-07).

pub mod batches;
pub mod deliveries;
pub mod list;
pub mod show;
pub mod transfer;

use crate::Locale;
use operations::sims::{SimKind, SimStage};

/// What pages say of where a SIM is in its life.
pub trait StageWords {
    /// Its word in class names.
    fn class(&self) -> &'static str;
    /// What its badge says.
    fn name(&self, locale: &Locale) -> &'static str;
    /// What the tab of all SIMs in this place says.
    fn plural(&self, locale: &Locale) -> &'static str;
}

impl StageWords for SimStage {
    fn class(&self) -> &'static str {
        match self {
            Self::Free => "",
            Self::OnItsWay | Self::Given | Self::Reserved => "in-progress",
            Self::InUse => "active",
            Self::Ended => "ended",
        }
    }

    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Free => locale.text("sim-free"),
            Self::OnItsWay => locale.text("sim-on-its-way"),
            Self::Given => locale.text("sim-given"),
            Self::Reserved => locale.text("sim-reserved"),
            Self::InUse => locale.text("sim-in-use"),
            Self::Ended => locale.text("sim-ended"),
        }
    }

    fn plural(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Free => locale.text("sims-free"),
            Self::OnItsWay => locale.text("sims-on-their-way"),
            Self::Given => locale.text("sims-given"),
            Self::Reserved => locale.text("sims-reserved"),
            Self::InUse => locale.text("sims-in-use"),
            Self::Ended => locale.text("sims-ended"),
        }
    }
}

/// What pages say of what a SIM is.
pub trait KindWords {
    /// Its name.
    fn name(&self, locale: &Locale) -> &'static str;
}

impl KindWords for SimKind {
    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::CardWithPin => locale.text("sim-card-with-pin"),
            Self::CardWithoutPin => locale.text("sim-card-without-pin"),
            Self::Esim => locale.text("sim-esim"),
        }
    }
}

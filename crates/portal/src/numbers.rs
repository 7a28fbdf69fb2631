//! Telephone numbers of the inventory: the list, giving and taking back, taking in (RES-07).

pub mod intake;
pub mod list;
pub mod transfer;

use crate::{Locale, Page};
use operations::{
    number_transfer::RangeRefusal,
    numbers::{NumberStage, Service},
};

/// What pages say of where a number is in its life.
pub trait NumberStageWords {
    /// Its word in class names.
    fn class(&self) -> &'static str;
    /// What its badge says.
    fn name(&self, locale: &Locale) -> &'static str;
    /// What the tab of all numbers in this place says.
    fn plural(&self, locale: &Locale) -> &'static str;
}

impl NumberStageWords for NumberStage {
    fn class(&self) -> &'static str {
        match self {
            Self::Free => "",
            Self::Given | Self::Reserved | Self::PortingIn | Self::PortingOut => "in-progress",
            Self::InUse => "active",
            Self::Resting | Self::Gone => "ended",
        }
    }

    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Free => locale.text("number-free"),
            Self::Given => locale.text("number-given"),
            Self::Reserved => locale.text("number-reserved"),
            Self::InUse => locale.text("number-in-use"),
            Self::PortingIn => locale.text("number-porting-in"),
            Self::PortingOut => locale.text("number-porting-out"),
            Self::Resting => locale.text("number-resting"),
            Self::Gone => locale.text("number-gone"),
        }
    }

    fn plural(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Free => locale.text("numbers-free"),
            Self::Given => locale.text("numbers-given"),
            Self::Reserved => locale.text("numbers-reserved"),
            Self::InUse => locale.text("numbers-in-use"),
            Self::PortingIn => locale.text("numbers-porting-in"),
            Self::PortingOut => locale.text("numbers-porting-out"),
            Self::Resting => locale.text("numbers-resting"),
            Self::Gone => locale.text("numbers-gone"),
        }
    }
}

/// What pages say of what a number is for.
pub trait NumberKindWords {
    /// Its name.
    fn kind_name(&self, locale: &Locale) -> &'static str;
}

impl NumberKindWords for Service {
    fn kind_name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Mobile => locale.text("number-kind-mobile"),
            Self::Data => locale.text("number-kind-data"),
            Self::M2m => locale.text("number-kind-m2m"),
            Self::Fixed | Self::Internet | Self::Tv => locale.text("number-kind-fixed"),
        }
    }
}

impl Page {
    /// Why two numbers are no range.
    pub(crate) fn range_words(&self, refusal: &RangeRefusal) -> String {
        match refusal {
            RangeRefusal::First => self.t("numbers-first-wrong").into(),
            RangeRefusal::Last => self.t("numbers-last-wrong").into(),
            RangeRefusal::Descending => self.t("numbers-descending").into(),
            RangeRefusal::Lengths => self.t("transfer-lengths").into(),
            RangeRefusal::TooMany(most) => self.tn("numbers-too-many", i64::try_from(*most).unwrap_or(i64::MAX)),
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

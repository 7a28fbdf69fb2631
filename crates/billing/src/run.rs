//! What a bill run is about: a month, and the catalogue. Subscriptions of families that are billed in advance are those of its month; everything
//! else is of the month before (BIL-01).
//!
//! What counts is what stood at the first instant of the month, whenever the run is made: what begins later is for the next run, which
//! also finds what was different from what was billed. So a run of one day and a run of ten days later ask for the same.

use catalog::{Catalog, Version};
use jiff::tz::TimeZone;
use vocabulary::{Cents, LineId, Month, Timestamp};

/// A bill run.
#[derive(Clone, Copy, Debug)]
pub struct Run<'c> {
    /// Its month.
    pub month: Month,
    /// What is sold.
    pub catalog: &'c Catalog,
    /// Was the month before billed here?
    pub before: Before,
}

/// What was billed before a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The month before was billed here: what differs from it is asked for or given back.
    Billed,
    /// It was billed elsewhere, or there was nobody: only what began in it is asked for.
    Elsewhere,
}

/// Something of a customer that cannot be billed: its bill is put aside, and somebody has to look.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbillable {
    /// An offer, option, recharge or pack that no version of the catalogue has, or not on the line's network.
    #[error("{what} `{id}` of line {} has no price in the catalogue", line.map_or_else(|| "–".to_owned(), |line| line.to_string()))]
    NotInCatalog {
        /// What it is: offer, option, recharge, pack.
        what: &'static str,
        /// Which.
        id: String,
        /// Whose.
        line: Option<LineId>,
    },
    /// No rate of VAT is known.
    #[error("no rate of VAT is known for `{country}` on {day}: world/vat.csv needs a row")]
    NoVatRate {
        /// Where.
        country: String,
        /// On which day.
        day: jiff::civil::Date,
    },
    /// What is asked for is at one rate of VAT and what is given back at another, so that neither an invoice nor a credit note can say it.
    #[error(
        "net {net} and VAT {vat} have opposite signs, as what is given back is at another rate: credit an earlier invoice instead"
    )]
    MixedRates {
        /// Without VAT.
        net: Cents,
        /// The VAT of it.
        vat: Cents,
    },
}

impl<'c> Run<'c> {
    pub(crate) fn zone(&self) -> &'c TimeZone {
        &self.catalog.operator.time_zone
    }

    /// The instant at which its month begins: what stands then counts.
    pub fn cut(&self) -> Timestamp {
        self.month.start(self.zone())
    }

    /// The month before its own, whose usage it bills.
    pub fn usage_month(&self) -> Month {
        self.month.previous()
    }

    /// The latest version at an instant, or the next before it, in which something is found: what was bought is named as it was then.
    pub(crate) fn sold<T>(&self, at: Timestamp, find: impl Fn(&'c Version) -> Option<T>) -> Option<T> {
        let first = self.catalog.version_at(at);
        find(first).or_else(|| self.catalog.versions().iter().rev().find_map(find))
    }
}

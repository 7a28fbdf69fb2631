//! Orders of lines: the list, a new one, and what became of one (RES-03, FLT-03, FLT-04).

pub mod file;
pub mod list;
pub mod new;
pub mod show;
mod words;

pub(crate) use words::{csv_words, fault_words, refused_words};

use crate::Page;
use operations::order::{Closing, Promise, Quote};
use vocabulary::{Money, Timestamp};

/// What an order costs in all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Total {
    /// How many lines.
    pub lines: i64,
    /// Each month.
    pub monthly: Money,
    /// Once.
    pub once: Money,
    /// The first month, in proportion to its days.
    pub first_month: Money,
    /// By when the last of those without a number that comes is promised (MOB-63).
    pub by: Option<Timestamp>,
    /// On which day the last number that comes is promised.
    pub on: Option<Timestamp>,
    /// How many have no usage at all in a zone: that has to be meant (MOB-42).
    pub closing: i64,
}

impl Total {
    /// Of these lines.
    pub(crate) fn of<'q>(quotes: impl Iterator<Item = &'q Quote> + Clone) -> Self {
        let sum = |amount: fn(&Quote) -> Money| quotes.clone().map(amount).sum();
        let promised = quotes.clone().filter_map(|quote| quote.promised);
        let closing = quotes.clone().filter(|quote| !quote.closes.is_empty()).count();
        Self {
            by: promised.clone().filter(|promise| matches!(promise, Promise::By(_))).map(Promise::at).max(),
            on: promised.filter(|promise| matches!(promise, Promise::On(_))).map(Promise::at).max(),
            closing: i64::try_from(closing).unwrap_or(i64::MAX),
            lines: i64::try_from(quotes.clone().count()).unwrap_or(i64::MAX),
            monthly: sum(|quote| quote.monthly),
            once: sum(|quote| quote.once),
            first_month: sum(|quote| quote.first_month),
        }
    }
}

/// What a form says of values that stop all usage of a zone.
pub(crate) fn closing(ticked: &str) -> Closing {
    if ticked == "yes" { Closing::Meant } else { Closing::Unasked }
}

impl Page {
    /// The day of an hour.
    pub(crate) fn day_at(&self, at: &Timestamp) -> String {
        self.long_day(at.to_local(&self.zone).date())
    }

    /// By when a line is promised.
    pub(crate) fn promise(&self, promise: &Promise) -> String {
        match promise {
            Promise::By(at) => self.ta("order-promised-by", self.moment(at)),
            Promise::On(at) => self.ta("order-promised-on", self.day_at(at)),
        }
    }
}

/// A form's own token: the form sent twice is one order. It need not be secret, only its own.
pub(crate) fn token(page: &Page, now: Timestamp) -> String {
    let session: String = page.csrf.chars().take(24).collect();
    format!("{session}-{}", now.micros())
}

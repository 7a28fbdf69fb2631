//! Orders of lines: the list, a new one, and what became of one (RES-03, FLT-03, FLT-04).

pub mod file;
pub mod list;
pub mod new;
pub mod show;
mod words;

pub(crate) use words::{csv_words, fault_words, refused_words};

use crate::Page;
use operations::order::Quote;
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
}

impl Total {
    /// Of these lines.
    pub(crate) fn of<'q>(quotes: impl Iterator<Item = &'q Quote> + Clone) -> Self {
        let sum = |amount: fn(&Quote) -> Money| quotes.clone().map(amount).sum();
        Self {
            lines: i64::try_from(quotes.clone().count()).unwrap_or(i64::MAX),
            monthly: sum(|quote| quote.monthly),
            once: sum(|quote| quote.once),
            first_month: sum(|quote| quote.first_month),
        }
    }
}

/// A form's own token: the form sent twice is one order. It need not be secret, only its own.
pub(crate) fn token(page: &Page, now: Timestamp) -> String {
    let session: String = page.csrf.chars().take(24).collect();
    format!("{session}-{}", now.micros())
}

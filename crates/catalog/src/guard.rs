//! Guards: what a call may cost at most before it is not put through (RAT-16).

use crate::{Price, fields::Fields};
use vocabulary::{Markup, Money};

/// The most that a call may cost. A record above it, delivered all the same, is rated and somebody is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// A minute, without VAT; `None` for no limit.
    pub per_minute: Option<Money>,
    /// Once, when it is connected, without VAT; `None` for no limit.
    pub fee: Option<Money>,
}

impl Guard {
    pub(crate) fn read(mut fields: Fields<'_, '_>) -> Guard {
        let guard = Guard { per_minute: fields.money("per_minute"), fee: fields.money("fee") };
        if !fields.has("per_minute") && !fields.has("fee") {
            fields.fault("guard", "says neither `per_minute` nor `fee`");
        }
        fields.finish();
        guard
    }

    /// The stricter of two, limit by limit.
    #[must_use]
    pub fn stricter(self, other: Guard) -> Guard {
        let least = |a: Option<Money>, b: Option<Money>| [a, b].into_iter().flatten().min();
        Guard { per_minute: least(self.per_minute, other.per_minute), fee: least(self.fee, other.fee) }
    }

    /// The same limits at the catalogue's prices, of who pays with this markup.
    #[must_use]
    pub fn within(self, markup: Markup) -> Guard {
        Guard { per_minute: self.per_minute.map(|most| markup.within(most)), fee: self.fee.map(|most| markup.within(most)) }
    }

    /// Does a row that prices calls ask for more than it lets through? Of tiers the dearest counts.
    pub fn forbids(&self, price: &Price, dearest: Money) -> bool {
        const MINUTE_S: i128 = 60;
        let of_a_minute = i128::from(dearest.micros()) * MINUTE_S;
        let is_too_dear = self.per_minute.is_some_and(|most| of_a_minute > i128::from(most.micros()) * i128::from(price.per));
        is_too_dear || self.fee.is_some_and(|most| price.fee > most)
    }
}

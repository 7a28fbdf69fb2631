//! What the lines of a billing account or a customer spend together (RAT-15).

use crate::{
    Event, MeterKey, SpendOwner, SpendState, SpendTerms,
    ceiling::{Ceiling, spend_ceiling},
    count::tell,
};
use catalog::Catalog;
use smallvec::SmallVec;
use vocabulary::{Money, Timestamp};

/// A billing account or a customer laid out for a month: its ceilings, and what its lines were charged. It counts whether it has ceilings
/// or not, so that a new one knows what was spent.
#[derive(Clone)]
pub struct SpendAccount {
    pub(crate) owner: SpendOwner,
    pub(crate) ceilings: Vec<Ceiling>,
    /// Its counters.
    pub state: SpendState,
}

impl SpendAccount {
    /// The counters of an owner that nobody counted for so far: each charge of its lines in the month, and when its record began.
    pub fn counted(catalog: &Catalog, owner: SpendOwner, charges: impl IntoIterator<Item = (Timestamp, Money)>) -> SpendState {
        let mut account = Self { owner, ceilings: Vec::new(), state: SpendState::default() };
        for (at, price) in charges {
            account.count(price, at, catalog, &mut SmallVec::new());
        }
        account.state
    }

    /// Lays out what lines share for a month.
    pub fn open(catalog: &Catalog, terms: &SpendTerms, state: SpendState) -> Self {
        let steps = if terms.steps.is_empty() { &catalog.operator.spend_steps } else { &terms.steps };
        let ceilings =
            terms.caps.iter().map(|cap| spend_ceiling(cap, (&terms.raises, terms.markup), Some(terms.owner), steps)).collect();
        Self { owner: terms.owner, ceilings, state }
    }

    /// What each ceiling is at an instant and how far it is used, at the catalogue's prices: its counter, its limit and what was counted.
    pub fn ceilings<'a>(&'a self, catalog: &'a Catalog, at: Timestamp) -> impl Iterator<Item = (MeterKey, Money, Money)> + 'a {
        self.ceilings.iter().map(move |ceiling| {
            let key = ceiling.key_at(at, catalog);
            let used = Money::from_micros(self.state.used(&key));
            (key, Money::from_micros(ceiling.limit_at(at)), used)
        })
    }

    /// Counts what a usage cost, and tells each threshold that it passes.
    pub(crate) fn count(&mut self, price: Money, at: Timestamp, catalog: &Catalog, events: &mut SmallVec<[Event; 1]>) {
        if price.is_zero() {
            return;
        }
        let day = at.to_local(&catalog.operator.time_zone).date().day();
        for key in [MeterKey::spend_month(Some(self.owner)), MeterKey::spend_day(Some(self.owner), day)] {
            let counter = self.state.meter(key);
            counter.used = counter.used.saturating_add(price.micros());
        }
        for index in 0..self.ceilings.len() {
            self.tell(index, at, catalog, 0, events);
        }
    }

    /// The ceiling holds something back: it is at its end, even where the last increment did not fit into what was left of it.
    pub(crate) fn tell_is_reached(
        &mut self,
        ceiling: usize,
        at: Timestamp,
        catalog: &Catalog,
        events: &mut SmallVec<[Event; 1]>,
    ) {
        let limit = self.ceilings[ceiling].limit_at(at);
        self.tell(ceiling, at, catalog, limit, events);
    }

    fn tell(&mut self, ceiling: usize, at: Timestamp, catalog: &Catalog, at_least: i64, events: &mut SmallVec<[Event; 1]>) {
        let ceiling = &self.ceilings[ceiling];
        let key = ceiling.key_at(at, catalog);
        let counter = self.state.meter(key.clone());
        tell(&key, &ceiling.steps, (counter.used.max(at_least), ceiling.limit_at(at)), &mut counter.told, events);
    }
}

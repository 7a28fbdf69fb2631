//! Group packs: an allowance that lines share (FLT-13), and what its lines pay beyond it (FLT-12).

use crate::{
    Event, HeldPack, PackState,
    count::tell,
    source::{Source, pack_source},
};
use catalog::{Catalog, Version};
use smallvec::SmallVec;
use vocabulary::{Markup, Money};

/// A group pack laid out for a month.
#[derive(Clone)]
pub struct PackAccount {
    pub(crate) source: Option<Source>,
    /// Amounts that its lines pay beyond it at which somebody is told, ascending.
    notices: SmallVec<[Money; 1]>,
    /// What they pay beside the catalogue's prices.
    markup: Markup,
    /// Its counter.
    pub state: PackState,
}

impl PackAccount {
    /// Lays out a pack for a month; a pack that the catalogue no longer knows holds nothing.
    pub fn open(catalog: &Catalog, version: &Version, held: &HeldPack, state: PackState) -> Self {
        let notices = held.notices.iter().copied().collect();
        Self { source: pack_source(catalog, version, held), notices, markup: held.markup, state }
    }

    pub(crate) fn draw(&mut self, quantity: i64, events: &mut SmallVec<[Event; 1]>) {
        self.state.used = self.state.used.saturating_add(quantity);
        if let Some(source) = &self.source
            && let Some(limit) = source.limit
        {
            tell(&source.key, &source.steps, (self.state.used, limit), &mut self.state.told, events);
        }
    }

    /// Counts what one of its lines is charged for usage that it covers, because it is at its end.
    pub(crate) fn count_charge(&mut self, price: Money, events: &mut SmallVec<[Event; 1]>) {
        let Some(source) = &self.source else { return };
        self.state.charged = self.state.charged.checked_add(price).unwrap_or(self.state.charged);
        let paid = self.markup.on(self.state.charged);
        for &amount in &self.notices {
            if amount > self.state.charged_told && paid >= amount {
                self.state.charged_told = amount;
                events.push(Event::OutOfBundle { of: source.key.clone(), amount });
            }
        }
    }
}

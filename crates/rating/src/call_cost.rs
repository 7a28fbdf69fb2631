//! What a call would cost, told before it is made (FIX-06). Nothing is counted: what the month has used so far plays no part.

use crate::{
    Account, PackAccount, Placed,
    decide::{dearest, decide},
    source::Source,
    step::{Charge, Step},
};
use catalog::{AtEnd, Cell, Price, Version};
use vocabulary::Money;

/// What calls of a kind cost a line, by its plan and options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallCost {
    /// The line may not make them: a block or a guard forbids them, or its plan has none.
    Barred,
    /// They are included.
    Included {
        /// So many seconds a month, together with others; `None` without an end.
        limit_s: Option<i64>,
        /// What they cost after that; nothing where they stop there.
        beyond: Vec<CallPrice>,
    },
    /// They are charged, at one of these prices by the hour of the day, the cheapest first.
    Charged(Vec<CallPrice>),
}

/// What a call costs who pays by the catalogue, without VAT: at a reseller's prices its customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallPrice {
    /// Each minute.
    pub per_minute: Money,
    /// Once a call.
    pub fee: Money,
    /// The least that a call costs.
    pub minimum: Money,
}

impl CallCost {
    /// May such a call add something to the bill?
    pub fn is_charged(&self) -> bool {
        match self {
            Self::Barred => false,
            Self::Included { beyond: prices, .. } | Self::Charged(prices) => !prices.iter().all(|price| price.is_free()),
        }
    }
}

impl CallPrice {
    /// Does it ask for nothing?
    pub fn is_free(&self) -> bool {
        self.per_minute.is_zero() && self.fee.is_zero() && self.minimum.is_zero()
    }

    fn of(price: &Price, version: &Version) -> Option<Self> {
        let [per_minute, fee, minimum] = [dearest(price, version).for_quantity(MINUTE_S, price.per)?, price.fee, price.minimum]
            .map(|ask| version.markup.on(ask));
        Some(Self { per_minute, fee, minimum })
    }
}

const MINUTE_S: i64 = 60;

impl Account<'_> {
    /// What calls like this one cost the line. The account is one of a month in which nothing was used yet.
    pub fn call_cost(&self, call: &Placed, packs: &[PackAccount]) -> CallCost {
        let cell = self.cell(call);
        if call.is_emergency(self.standing.catalog) {
            return CallCost::Included { limit_s: None, beyond: Vec::new() };
        }
        if self.block_of(call, cell).is_some() {
            return CallCost::Barred;
        }
        let Ok(steps) = decide(self, call, cell, (packs, &[])) else { return CallCost::Barred };
        match steps.first() {
            Some(Step::Charged { charge, .. }) if self.is_too_dear(call, charge) => CallCost::Barred,
            Some(Step::Charged { .. }) => CallCost::Charged(self.call_prices(cell)),
            Some(Step::Allowance { source, .. }) => self.included(call, cell, &self.sources[*source].1),
            Some(Step::Pack { pack, .. }) => match &packs[*pack].source {
                Some(source) => self.included(call, cell, source),
                None => CallCost::Barred,
            },
            Some(Step::Emergency { .. }) => CallCost::Included { limit_s: None, beyond: Vec::new() },
            Some(Step::HeldBack { .. }) | None => CallCost::Barred,
        }
    }

    fn included(&self, call: &Placed, cell: Cell, source: &Source) -> CallCost {
        let standing = &self.standing;
        let at_end = || {
            let family = standing.version.families.get(standing.family);
            let capping = standing.capping(&self.cap_lifts, call.kind, call.start);
            source.at_end.unwrap_or_else(|| family.at_end(call.kind, standing.network, call.from, capping))
        };
        // What is too long, or one number too many, is charged whatever happens at the end of the volume.
        let has_other_limits = source.longest_s.is_some() || source.correspondents.is_some();
        let goes_on = has_other_limits || (source.limit.is_some() && at_end() == AtEnd::Charge);
        CallCost::Included { limit_s: source.limit, beyond: if goes_on { self.call_prices(cell) } else { Vec::new() } }
    }

    fn is_too_dear(&self, call: &Placed, charge: &Charge<'_>) -> bool {
        self.guard_of(call, charge.id, charge.price).is_some()
    }

    /// Every price that a call of this cell may have, by the hour of the day, each once.
    fn call_prices(&self, cell: Cell) -> Vec<CallPrice> {
        let standing = &self.standing;
        let version = standing.version;
        let Some(tariff) = version.families.get(standing.family).tariff else { return Vec::new() };
        let tariff = version.tariffs.names.get(tariff);
        let rows = &version.tariffs.prices;
        let always = tariff.price(standing.network, cell, |_| false, rows);
        let banded = version.bands.iter().map(|(band, _)| tariff.price(standing.network, cell, |now| now == band, rows));
        let found = std::iter::once(always).chain(banded).flatten();
        let mut prices: Vec<CallPrice> = found.filter_map(|row| CallPrice::of(rows.get(row), version)).collect();
        prices.sort_unstable();
        prices.dedup();
        prices
    }
}

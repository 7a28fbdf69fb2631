//! What a month's usage costs on an offer: subscription, options and usage, and what would have been held back.

use catalog::{Catalog, Ix, Network, Offer, OptionPrice, Version};
use rating::{LineTerms, Part, Replay, SharedTerms, Why};
use store::KeptUsage;
use vocabulary::{Money, Month, Quantity, UsageKind};

/// What months cost, without VAT.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The offer's monthly price.
    pub subscription: Money,
    /// Options and recharges.
    pub extras: Money,
    /// What is charged beyond what is included.
    pub usage: Money,
    /// What is missing to the offer's monthly minimum.
    pub minimum: Money,
    /// Bytes that would have been slowed, stopped or refused.
    pub data_held_back: Quantity,
    /// Calls and messages that would have been stopped or refused.
    pub refused: u64,
}

impl Cost {
    /// Everything together.
    pub fn total(&self) -> Money {
        [self.extras, self.usage, self.minimum].into_iter().fold(self.subscription, plus)
    }

    /// Does it hold back no more than another?
    pub fn serves_as_well_as(&self, other: &Self) -> bool {
        self.data_held_back <= other.data_held_back && self.refused <= other.refused
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.subscription = plus(self.subscription, other.subscription);
        self.extras = plus(self.extras, other.extras);
        self.usage = plus(self.usage, other.usage);
        self.minimum = plus(self.minimum, other.minimum);
        self.data_held_back = more(self.data_held_back, other.data_held_back.units());
        self.refused += other.refused;
    }

    fn count(&mut self, usage: &KeptUsage, price: Money, parts: &[Part]) {
        self.usage = plus(self.usage, price);
        let held = |part: &&Part| match part.why {
            Why::Stopped { .. } => true,
            Why::Slowed { .. } => usage.kind == UsageKind::Data,
            _ => false,
        };
        let held: i64 = parts.iter().filter(held).map(|part| part.quantity).sum();
        self.hold_back(usage, held);
    }

    fn hold_back(&mut self, usage: &KeptUsage, units: i64) {
        match usage.kind {
            UsageKind::Data => self.data_held_back = more(self.data_held_back, units),
            _ => self.refused += u64::from(units > 0),
        }
    }

    fn reach_minimum(&mut self, least: Option<Money>) {
        let reached = plus(self.subscription, self.usage);
        self.minimum =
            least.and_then(|least| least.checked_sub(reached)).filter(|missing| *missing > Money::ZERO).unwrap_or(Money::ZERO);
    }
}

fn plus(a: Money, b: Money) -> Money {
    a.checked_add(b).unwrap_or(a)
}

fn more(quantity: Quantity, units: i64) -> Quantity {
    Quantity::new(quantity.units().saturating_add(units)).unwrap_or(quantity)
}

/// An offer of a version on a network.
#[derive(Clone, Copy)]
pub(super) struct Sold<'c> {
    pub(super) version: &'c Version,
    pub(super) offer: Ix<Offer>,
    pub(super) network: Ix<Network>,
}

/// What a month was charged, as it was rated; subscription and extras by the prices of the version.
pub(super) fn as_rated(sold: Sold<'_>, terms: &LineTerms, (month, catalog): (Month, &Catalog), usages: &[KeptUsage]) -> Cost {
    let mut cost = standing(sold, terms, (month, catalog), true);
    for usage in usages {
        cost.count(usage, usage.price, &usage.parts);
    }
    cost.usage = catalog.markup_of(month).on(cost.usage);
    cost.reach_minimum(least(sold));
    cost
}

/// What a month would have cost on an offer, rated under its version; options that the offer allows are kept, recharges are not: whoever
/// has another plan would not have bought them.
pub(super) fn on_offer(sold: Sold<'_>, terms: &LineTerms, (month, catalog): (Month, &Catalog), usages: &[KeptUsage]) -> Cost {
    let version = sold.version;
    let allowed = |id: &str| {
        let option = version.options.find(id).map(|ix| version.options.get(ix));
        option.is_some_and(|option| {
            option.allowed(version, sold.offer, sold.network) && option.suits(version, sold.offer, terms.capping)
        })
    };
    let moved = LineTerms {
        offer: version.offers.id(sold.offer).into(),
        bought: version.starts,
        past_plans: Vec::new(),
        options: terms.options.iter().filter(|held| allowed(&held.option)).cloned().collect(),
        recharges: Vec::new(),
        packs: Vec::new(),
        spends: Vec::new(),
        ..terms.clone()
    };
    rated(sold, &moved, (month, catalog), usages, false)
}

/// What a month costs when it is rated under one version with the line's terms as they are.
pub(super) fn rated(
    sold: Sold<'_>,
    terms: &LineTerms,
    (month, catalog): (Month, &Catalog),
    usages: &[KeptUsage],
    with_recharges: bool,
) -> Cost {
    let mut cost = standing(sold, terms, (month, catalog), with_recharges);
    let mut replay = Replay::new(catalog, month, [terms.clone()], SharedTerms::default()).under(sold.version);
    for usage in usages {
        match replay.rate(usage.line, &usage.record()) {
            Ok(rated) => cost.count(usage, rated.price, &rated.parts),
            Err(_) => cost.hold_back(usage, usage.quantity.units().max(1)),
        }
    }
    cost.usage = catalog.markup_of(month).on(cost.usage);
    cost.reach_minimum(least(sold));
    cost
}

fn least(sold: Sold<'_>) -> Option<Money> {
    let family = sold.version.offers.get(sold.offer).family;
    sold.version.families.get(family).monthly_minimum
}

/// What a month costs before anything is used.
fn standing(sold: Sold<'_>, terms: &LineTerms, (month, catalog): (Month, &Catalog), with_recharges: bool) -> Cost {
    let version = sold.version;
    let zone = &catalog.operator.time_zone;
    let (from, until) = (month.start(zone), month.next().start(zone));
    let options = terms.options.iter().filter(|held| held.since < until && held.until.is_none_or(|end| end > from));
    let monthly = options.filter_map(|held| match version.options.get(version.options.find(&held.option)?).price {
        OptionPrice::Monthly(price) => Some(price),
        OptionPrice::Once(_) => None,
    });
    let bought = terms.recharges.iter().filter(|held| with_recharges && held.at >= from && held.at < until);
    let once = bought.filter_map(|held| Some(version.recharges.get(version.recharges.find(&held.recharge)?).price));
    Cost {
        subscription: version.offers.get(sold.offer).price(sold.network).unwrap_or(Money::ZERO),
        extras: monthly.chain(once).fold(Money::ZERO, plus),
        ..Cost::default()
    }
}

//! What a reseller asks of its customers in place of the operator's prices (RES-11): prices by item and day, and the catalogue that they make of the
//! operator's.
//!
//! A price holds from its day on, for what is bought from then on: what was bought keeps the price of the day on which it was bought, as with
//! the operator's own prices. Where no price of the reseller holds, the operator's does.

use crate::{Catalog, Invoicing, Network, Operator, OptionPrice, Register, Version};
use jiff::civil::{Date, Time};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Markup, Markups, Money, Month, Timestamp};

/// What sort of thing a reseller has a price for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RetailKind {
    /// A month of an offer on a network.
    Plan,
    /// An offer, once, at the start.
    Activation,
    /// A month of an option.
    Monthly,
    /// An option that is paid once.
    Once,
    /// A recharge.
    Recharge,
    /// A month of a group pack.
    Pack,
    /// A month of a bundle.
    Bundle,
    /// The least that a line of a family costs a month.
    Minimum,
    /// An eSIM profile on a network.
    Esim,
    /// Another SIM on a network.
    SimSwap,
    /// Usage beyond what is included, for each unit of the currency that it costs at the operator's prices: by whole months.
    Usage,
}

impl RetailKind {
    /// Every sort and its word in files and tables, in the order in which they are listed.
    pub const WORDS: [(&'static str, RetailKind); 11] = [
        ("plan", Self::Plan),
        ("activation", Self::Activation),
        ("option", Self::Monthly),
        ("option-once", Self::Once),
        ("recharge", Self::Recharge),
        ("pack", Self::Pack),
        ("bundle", Self::Bundle),
        ("minimum", Self::Minimum),
        ("esim", Self::Esim),
        ("sim-swap", Self::SimSwap),
        ("usage", Self::Usage),
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// The sort of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }
}

/// Something that a reseller may have a price for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RetailItem {
    /// Of which sort.
    pub kind: RetailKind,
    /// Its id in the catalogue; empty where the network says all.
    pub id: String,
    /// On which network; empty where it costs the same on all of them.
    pub network: String,
}

impl RetailItem {
    /// All usage beyond what is included.
    pub const fn usage() -> Self {
        Self { kind: RetailKind::Usage, id: String::new(), network: String::new() }
    }
}

/// A price of a reseller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetailPrice {
    /// Of what.
    pub item: RetailItem,
    /// From which day on; `None`: also for all that was sold before.
    pub from: Option<Date>,
    /// How much, without VAT.
    pub amount: Money,
}

/// The prices of a reseller, by item and day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetailPrices(BTreeMap<RetailItem, BTreeMap<Option<Date>, Money>>);

impl RetailPrices {
    /// Prices in the order in which they were entered: of two of the same item and day the later one counts.
    pub fn new(prices: impl IntoIterator<Item = RetailPrice>) -> Self {
        let mut by_item: BTreeMap<RetailItem, BTreeMap<Option<Date>, Money>> = BTreeMap::new();
        for price in prices {
            by_item.entry(price.item).or_default().insert(price.from, price.amount);
        }
        Self(by_item)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is this price there already?
    pub fn has(&self, price: &RetailPrice) -> bool {
        self.0.get(&price.item).and_then(|prices| prices.get(&price.from)) == Some(&price.amount)
    }

    /// What something costs that is bought on a day, and since when; `None` where the operator's price holds.
    pub fn on(&self, item: &RetailItem, day: Date) -> Option<(Option<Date>, Money)> {
        let prices = self.0.get(item)?;
        prices.range(..=Some(day)).next_back().map(|(from, amount)| (*from, *amount))
    }

    /// The next price of something after a day.
    pub fn after(&self, item: &RetailItem, day: Date) -> Option<(Date, Money)> {
        let later = self.0.get(item)?.iter().find(|(from, _)| from.is_some_and(|from| from > day));
        later.and_then(|(from, amount)| Some(((*from)?, *amount)))
    }

    /// What customers pay of usage, by month.
    pub fn markups(&self) -> Markups {
        let prices = self.0.get(&RetailItem::usage()).into_iter().flatten();
        Markups::new(
            prices.filter_map(|(from, of_a_unit)| Some((Month::of(from.unwrap_or(Date::ZERO)), Markup::new(*of_a_unit)?))),
        )
    }

    /// The days from which some price holds.
    fn days(&self) -> impl Iterator<Item = Date> {
        self.0.values().flat_map(|prices| prices.keys().flatten().copied())
    }
}

impl Catalog {
    /// Are its prices a reseller's?
    pub const fn is_retail(&self) -> bool {
        self.retail
    }

    /// What customers pay of a month's usage beside the operator's prices, at which all usage is rated.
    pub fn markup_of(&self, month: Month) -> Markup {
        self.version_at(month.start(&self.operator.time_zone)).markup
    }

    /// The same catalogue at a reseller's prices, which sells under its own letterhead where it has one: a version for each day from which something
    /// costs otherwise. Prices of usage stay the operator's: the markup of the version is on what they come to.
    #[must_use]
    pub fn at_retail(&self, prices: &RetailPrices, invoicing: Option<Invoicing>) -> Catalog {
        let zone = &self.operator.time_zone;
        let first = self.versions.first().map_or(Date::MIN, |version| version.effective);
        let mut days: BTreeSet<Date> = prices.days().filter(|day| *day > first).collect();
        days.extend(self.versions.iter().map(|version| version.effective));
        let versions = days.into_iter().map(|day| {
            let after = self.versions.partition_point(|version| version.effective <= day);
            let sold = &self.versions[after.saturating_sub(1)];
            let starts = Timestamp::from_local(day.to_datetime(Time::midnight()), zone).unwrap_or(sold.starts);
            let starts = if sold.effective == day { sold.starts } else { starts };
            let mut version = Version { effective: day, starts, ..sold.clone() };
            version.price_at_retail(prices);
            version
        });
        let operator = Operator { invoicing, ..self.operator.clone() };
        Catalog { operator, world: self.world.clone(), versions: versions.collect(), retail: true }
    }
}

impl Version {
    /// All that a reseller may have a price for, with the operator's. What costs nothing once is charged to nobody, so that it can have no price.
    pub fn retail_items(&self) -> Vec<(RetailItem, Money)> {
        let of = |kind, id: &str| RetailItem { kind, id: id.to_owned(), network: String::new() };
        let on = |kind, id: &str, network: &str| RetailItem { kind, id: id.to_owned(), network: network.to_owned() };
        let mut items = Vec::new();
        for (ix, offer) in self.offers.iter() {
            let id = self.offers.id(ix);
            items.extend(offer.prices.iter().map(|(net, price)| (on(RetailKind::Plan, id, self.networks.id(*net)), *price)));
            items.push((of(RetailKind::Activation, id), offer.one_off));
        }
        for (ix, option) in self.options.iter().filter(|(_, option)| !option.imposed) {
            items.push(match option.price {
                OptionPrice::Monthly(price) => (of(RetailKind::Monthly, self.options.id(ix)), price),
                OptionPrice::Once(price) => (of(RetailKind::Once, self.options.id(ix)), price),
            });
        }
        items.extend(self.recharges.iter().map(|(ix, it)| (of(RetailKind::Recharge, self.recharges.id(ix)), it.price)));
        items.extend(self.packs.iter().map(|(ix, it)| (of(RetailKind::Pack, self.packs.id(ix)), it.price)));
        items.extend(self.bundles.iter().map(|(ix, it)| (of(RetailKind::Bundle, self.bundles.id(ix)), it.price)));
        let least = self.families.iter().filter_map(|(ix, it)| Some((self.families.id(ix), it.monthly_minimum?)));
        items.extend(least.map(|(id, price)| (of(RetailKind::Minimum, id), price)));
        for (ix, network) in self.networks.iter() {
            let id = self.networks.id(ix);
            items.extend(network.esim_price.map(|price| (on(RetailKind::Esim, "", id), price)));
            items.push((on(RetailKind::SimSwap, "", id), network.sim_swap_price));
        }
        items.push((RetailItem::usage(), self.markup.of_a_unit()));
        items.retain(|(item, price)| price.is_positive() || !item.kind.is_fee());
        items.sort_by_key(|(item, _)| item.kind);
        items
    }

    /// Puts a reseller's prices of its day in the place of the operator's.
    fn price_at_retail(&mut self, prices: &RetailPrices) {
        let day = self.effective;
        let retail = |kind, id: &str, network: &str, price: &mut Money| {
            let item = RetailItem { kind, id: id.to_owned(), network: network.to_owned() };
            // What the operator asks nothing for once is charged to nobody.
            if let Some((_, own)) = prices.on(&item, day).filter(|_| price.is_positive() || !kind.is_fee()) {
                *price = own;
            }
        };
        let usage = prices.on(&RetailItem::usage(), day).and_then(|(_, of_a_unit)| Markup::new(of_a_unit));
        self.markup = usage.unwrap_or_default();
        let networks: &Register<Network> = &self.networks;
        self.offers.change_each(|id, offer| {
            for (network, price) in &mut offer.prices {
                retail(RetailKind::Plan, id, networks.id(*network), price);
            }
            retail(RetailKind::Activation, id, "", &mut offer.one_off);
        });
        self.options.change_each(|id, option| match &mut option.price {
            OptionPrice::Monthly(price) => retail(RetailKind::Monthly, id, "", price),
            OptionPrice::Once(price) => retail(RetailKind::Once, id, "", price),
        });
        self.recharges.change_each(|id, recharge| retail(RetailKind::Recharge, id, "", &mut recharge.price));
        self.packs.change_each(|id, pack| retail(RetailKind::Pack, id, "", &mut pack.price));
        self.bundles.change_each(|id, bundle| retail(RetailKind::Bundle, id, "", &mut bundle.price));
        self.families.change_each(|id, family| {
            if let Some(least) = &mut family.monthly_minimum {
                retail(RetailKind::Minimum, id, "", least);
            }
        });
        self.networks.change_each(|id, network| {
            if let Some(price) = &mut network.esim_price {
                retail(RetailKind::Esim, "", id, price);
            }
            retail(RetailKind::SimSwap, "", id, &mut network.sim_swap_price);
        });
    }
}

impl RetailKind {
    /// Is it asked for once, where the operator asks for it once?
    const fn is_fee(self) -> bool {
        matches!(self, Self::Activation | Self::Once | Self::Esim | Self::SimSwap)
    }
}

//! What a line's offer allows, by its operator's catalogue: usage that nothing covers and nothing prices is not drawn.

use crate::model::DemoLine;
use catalog::{Allowance, Amount, Catalog, Cell, Cutoff, Family, Ix, LineOption, Network, Offer, Version, Zone};
use vocabulary::{CountryCode, Direction, Timestamp, UsageKind};

/// A line's rights on one day.
pub(crate) struct Rights<'a> {
    catalog: &'a Catalog,
    version: &'a Version,
    network: Ix<Network>,
    offer: &'a Offer,
    family_ix: Ix<Family>,
    family: &'a Family,
    options: Vec<&'a LineOption>,
    line: &'a DemoLine,
}

impl<'a> Rights<'a> {
    /// Those of a line at an instant; `None` where the catalogue knows its offer or its network no more.
    pub(crate) fn of(catalog: &'a Catalog, line: &'a DemoLine, now: Timestamp) -> Option<Self> {
        let version = catalog.version_at(now);
        let network = version.networks.find(&line.network)?;
        let offer = version.offers.get(version.offers.find(&line.offer)?);
        let held = line.options.iter().filter(|(_, since, until)| *since <= now && until.is_none_or(|until| now < until));
        let options = held.filter_map(|(id, ..)| version.options.find(id).map(|ix| version.options.get(ix))).collect();
        let family = version.families.get(offer.family);
        Some(Self { catalog, version, network, offer, family_ix: offer.family, family, options, line })
    }

    /// May it do this, from this country (`None`: at home) to this party?
    pub(crate) fn allow(&self, kind: UsageKind, direction: Direction, from: Option<CountryCode>, other: &str) -> bool {
        let world = &self.catalog.world;
        let zone = from.map_or_else(|| self.version.zones.home(), |country| self.version.zone_of(world, country));
        let Some(to) = world.destination(&world.plan.read(other)) else { return false };
        let cell = self.version.cell(kind, direction, zone, to);
        if self.version.blocked(self.family_ix, self.options.iter().copied(), (self.network, cell)).is_some() {
            return false;
        }
        if self.options.iter().any(|option| option.allowances.iter().any(|allowance| self.covers(allowance, kind, cell))) {
            return true;
        }
        let mut closed = self.zero_cutoffs(kind, zone, cell).peekable();
        if closed.peek().is_none() {
            return self.plan_covers(kind, cell) || self.is_priced(cell);
        }
        !closed.any(|cutoff| cutoff.zero_closes_zone) && self.plan_covers(kind, cell)
    }

    fn plan_covers(&self, kind: UsageKind, cell: Cell) -> bool {
        self.family.allowances.iter().any(|allowance| self.covers(allowance, kind, cell))
    }

    fn covers(&self, allowance: &Allowance, kind: UsageKind, cell: Cell) -> bool {
        let is_there = allowance.amount != Amount::ByOffer || self.offer.quantity(&allowance.id).is_some();
        is_there
            && allowance.kinds.contains(&kind)
            && self.version.coverages.names.get(allowance.covers).holds(self.network, cell)
    }

    fn is_priced(&self, cell: Cell) -> bool {
        let tariffs = &self.version.tariffs;
        let tariff = self.family.tariff.map(|ix| tariffs.names.get(ix));
        tariff.is_some_and(|tariff| tariff.price(self.network, cell, |_| true, &tariffs.prices).is_some())
    }

    /// Cut-offs that stand at nothing here.
    fn zero_cutoffs(&self, kind: UsageKind, zone: Ix<Zone>, cell: Cell) -> impl Iterator<Item = &'a Cutoff> {
        let (version, line, family, network) = (self.version, self.line, self.family_ix, self.network);
        version.cutoffs.iter().filter_map(move |(ix, cutoff)| {
            let chosen =
                line.cutoffs.iter().find(|(id, _)| id == version.cutoffs.id(ix)).map_or(cutoff.default, |(_, value)| *value);
            let concerns = cutoff.families.holds(family) && cutoff.networks.holds(network);
            (chosen == 0 && concerns && cutoff.counts(&version.coverages, network, (kind, zone, cell))).then_some(cutoff)
        })
    }

    /// Bytes a month after which the network stops its data at home: what plan, options and that month's recharges give a line that is
    /// capped; `None` without an end.
    pub(crate) fn stops_at(&self, bought_in_month: impl Fn(Timestamp) -> bool) -> Option<u64> {
        if self.line.capping == catalog::Capping::Uncapped || self.line.in_packs {
            return None;
        }
        let plan = self.offer.quantity("data")?.units();
        let data = |allowance: &&Allowance| allowance.kinds.contains(&UsageKind::Data);
        let limited = |allowance: &Allowance| if let Amount::Limited(quantity) = allowance.amount { quantity.units() } else { 0 };
        let options: i64 = self.options.iter().flat_map(|option| option.allowances.iter().filter(data)).map(limited).sum();
        let bought = self.line.recharges.iter().filter(|(_, at)| bought_in_month(*at));
        let recharges = &self.version.recharges;
        let bought = bought.filter_map(|(id, _)| recharges.find(id)).map(|ix| recharges.get(ix));
        let recharged: i64 =
            bought.filter(|recharge| recharge.allowance == "data").map(|recharge| recharge.quantity.units()).sum();
        Some((plan + options + recharged).unsigned_abs())
    }
}

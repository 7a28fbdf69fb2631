//! What a line's counters are called and hold: the catalogue's names for what rating counted.

use catalog::{Catalog, Family, Offer, Service, Version, Words};
use rating::{Account, LineTerms, MeterKey, MonthState, PackAccount};
use store::LineHoldings;
use vocabulary::{Month, Quantity, RechargeId, Timestamp, UsageKind};

/// An allowance of a line's month.
#[derive(Clone, Debug)]
pub struct AllowanceUse {
    /// As the catalogue names it.
    pub name: String,
    /// In what it counts.
    pub kind: UsageKind,
    /// How much is drawn of what it holds.
    pub consumed: Consumed,
}

/// So much of what is included is used.
#[derive(Clone, Copy, Debug)]
pub struct Consumed {
    /// What was used.
    pub used: Quantity,
    /// What may be used; `None` without an end.
    pub included: Option<Quantity>,
}

/// A line's month laid out: names and limits of its counters.
pub(crate) struct Book<'c> {
    catalog: &'c Catalog,
    pub(crate) version: &'c Version,
    pub(crate) holdings: LineHoldings,
    language: &'c str,
    /// In the order in which usage draws on them.
    counters: Vec<(MeterKey, Option<i64>, i64)>,
    home_data: (Option<i64>, i64),
}

/// What a counter is called, and in what it counts.
struct Named {
    name: String,
    kind: UsageKind,
}

impl<'c> Book<'c> {
    /// Lays out a line's month. `at` is the instant whose version of the catalogue holds.
    pub(crate) fn open(
        (catalog, language): (&'c Catalog, &'c str),
        (mut holdings, state): (LineHoldings, MonthState),
        (month, at): (Month, Timestamp),
    ) -> Self {
        let version = catalog.version_at(at);
        let zone = &catalog.operator.time_zone;
        let bounds = (month.start(zone), month.next().start(zone));
        holdings.terms = holdings.terms.in_month(bounds.0).into_owned();
        let mut counters: Vec<(MeterKey, Option<i64>, i64)> = Vec::new();
        let mut home_data = (None, 0);
        // A line whose offer left the catalogue keeps its records; only its limits are not known any more.
        if let Ok(account) = Account::open(catalog, version, &holdings.terms, bounds, state) {
            for (key, limit, used) in account.allowances() {
                add(&mut counters, key, limit, used);
            }
            home_data = account.home_data();
        }
        for (held, state) in &holdings.packs {
            let pack = PackAccount::open(catalog, version, held, *state);
            let bought = catalog.version_at(held.bought);
            let limit = bought.packs.find(&held.pack).map(|ix| bought.packs.get(ix).quantity.units());
            add(&mut counters, &MeterKey::pack(&held.pack), limit, pack.state.used);
        }
        Self { catalog, version, holdings, language, counters, home_data }
    }

    /// Home data that is included, in bytes: plan, recharges and options together, `None` without an end.
    pub(crate) fn included_data(&self) -> Option<i64> {
        self.home_data.0
    }

    /// Of the home data that is included, what recharges and what options add, in bytes.
    pub(crate) fn extra_data(&self) -> (i64, i64) {
        let sum = |prefix: &str| {
            let of = self.counters.iter().filter(|(key, _, _)| key.as_str().starts_with(prefix));
            let data = of.filter(|(key, _, _)| self.named(key).is_some_and(|named| named.kind == UsageKind::Data));
            data.fold(0_i64, |sum, (_, limit, _)| sum.saturating_add(limit.unwrap_or(0)))
        };
        let (plan, recharges) = (sum("plan/"), sum("recharge/"));
        // Options that only hold abroad are not part of what is included at home: what neither plan nor recharges explain is theirs.
        let options = self.included_data().map_or(0, |included| (included - plan - recharges).max(0));
        (recharges, options)
    }

    /// Every allowance with its name, in the order in which usage draws on them.
    pub(crate) fn allowances(&self) -> Vec<AllowanceUse> {
        let named = self.counters.iter().filter_map(|(key, limit, used)| Some((self.named(key)?, limit, used)));
        named
            .map(|(named, limit, used)| AllowanceUse {
                name: named.name,
                kind: named.kind,
                consumed: Consumed { used: quantity(*used), included: limit.map(quantity) },
            })
            .collect()
    }

    /// What a counter is called; its key where the catalogue no longer knows it.
    pub(crate) fn name(&self, key: &MeterKey) -> String {
        self.named(key).map_or_else(|| key.as_str().to_owned(), |named| named.name)
    }

    /// How much a counter holds: `None` when it is not known, `Some(None)` without an end.
    pub(crate) fn limit(&self, key: &MeterKey) -> Option<Option<i64>> {
        self.counters.iter().find(|(known, _, _)| known == key).map(|(_, limit, _)| *limit)
    }

    /// The line's offer, as it was bought, with its family of today.
    pub(crate) fn offer(&self) -> Option<(&'c Offer, &'c Family)> {
        let terms = &self.holdings.terms;
        let (holder, offer) = find_offer(self.catalog, self.version, terms)?;
        let family = self.version.families.find(holder.families.id(offer.family))?;
        Some((offer, self.version.families.get(family)))
    }

    /// What its offer is called; its id where the catalogue no longer knows it.
    pub(crate) fn offer_name(&self) -> String {
        self.offer().map_or_else(|| self.holdings.terms.offer.to_string(), |(offer, _)| self.words(&offer.name))
    }

    /// The names of the options that the line has at an instant.
    pub(crate) fn options_at(&self, at: Timestamp) -> Vec<String> {
        let held = self.holdings.terms.options.iter().filter(|o| o.since <= at && o.until.is_none_or(|until| at < until));
        held.map(|o| {
            let name = self.versions(o.since).find_map(|v| v.options.find(&o.option).map(|ix| &v.options.get(ix).name));
            name.map_or_else(|| o.option.to_string(), |name| self.words(name))
        })
        .collect()
    }

    fn words(&self, words: &Words) -> String {
        words.in_language(self.language).to_owned()
    }

    /// The version of an instant, then that of the month, for names that one of them may not have.
    fn versions(&self, at: Timestamp) -> impl Iterator<Item = &'c Version> {
        [self.catalog.version_at(at), self.version].into_iter()
    }

    fn named(&self, key: &MeterKey) -> Option<Named> {
        let (holder, rest) = key.as_str().split_once('/')?;
        match holder {
            "plan" => {
                let allowance = self.offer()?.1.allowance(rest)?;
                Some(Named { name: self.words(&allowance.name), kind: *allowance.kinds.first()? })
            }
            "option" => self.named_option(rest),
            "recharge" => {
                let id: RechargeId = rest.parse().ok()?;
                let held = self.holdings.terms.recharges.iter().find(|held| held.id == id)?;
                let version = self.versions(held.at).find(|v| v.recharges.find(&held.recharge).is_some())?;
                let recharge = version.recharges.get(version.recharges.find(&held.recharge)?);
                let kind = self.offer()?.1.allowance(&recharge.allowance)?.kinds.first().copied();
                Some(Named { name: self.words(&recharge.name), kind: kind? })
            }
            "pack" => {
                let version = self.version;
                let pack = version.packs.get(version.packs.find(rest)?);
                Some(Named { name: self.words(&pack.name), kind: *pack.kinds.first()? })
            }
            "cutoff" => {
                let cutoff = self.version.cutoffs.get(self.version.cutoffs.find(rest)?);
                Some(Named { name: self.words(&cutoff.name), kind: *cutoff.kinds.first()? })
            }
            _ => None,
        }
    }

    /// Of an option with one allowance the option's name says more, because it holds the size.
    fn named_option(&self, rest: &str) -> Option<Named> {
        let (group, allowance_id) = rest.split_once('/')?;
        let held = self.holdings.terms.options.iter().rev();
        held.flat_map(|held| self.versions(held.since).map(move |version| (held, version)))
            .filter_map(|(held, version)| Some((held, version.options.get(version.options.find(&held.option)?))))
            .find(|(held, option)| option.group.as_deref().unwrap_or(&held.option) == group)
            .and_then(|(_, option)| {
                let allowance = option.allowances.iter().find(|allowance| allowance.id == allowance_id)?;
                let name = if option.allowances.len() == 1 { &option.name } else { &allowance.name };
                Some(Named { name: self.words(name), kind: *allowance.kinds.first()? })
            })
    }
}

/// The version that holds a line's offer as it was bought, and the offer; an offer that came later is taken as it is now.
fn find_offer<'c>(catalog: &'c Catalog, version: &'c Version, terms: &LineTerms) -> Option<(&'c Version, &'c Offer)> {
    let found = |version: &'c Version| version.offers.find(&terms.offer).map(|ix| (version, version.offers.get(ix)));
    found(catalog.version_at(terms.bought)).or_else(|| found(version))
}

/// An option that was changed for a larger one of its group goes on with the same counter: its limit is the larger one.
fn add(counters: &mut Vec<(MeterKey, Option<i64>, i64)>, key: &MeterKey, limit: Option<i64>, used: i64) {
    match counters.iter_mut().find(|(known, _, _)| known == key) {
        Some((_, known, _)) => *known = known.zip(limit).map(|(one, other)| one.max(other)),
        None => counters.push((key.clone(), limit, used)),
    }
}

/// A count as a quantity; one below nothing, which no counter is, as nothing.
pub(crate) fn quantity(units: i64) -> Quantity {
    Quantity::new(units).unwrap_or_default()
}

/// What lines are for, in three words of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Telephony over a wire, access, television.
    Fixed,
    /// A mobile telephone.
    Mobile,
    /// Data only, machines included.
    Data,
}

impl LineKind {
    /// From the catalogue's word for a service.
    pub fn of(service: &str) -> Self {
        match Service::WORDS.iter().find(|(word, _)| *word == service).map(|(_, service)| service) {
            Some(Service::Mobile) => Self::Mobile,
            Some(Service::Data | Service::M2m) => Self::Data,
            Some(Service::Fixed | Service::Internet | Service::Tv) | None => Self::Fixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_option_of_a_group_raises_the_limit_of_its_counter() {
        let mut counters = Vec::new();
        let key = MeterKey::option("roaming", "data");
        add(&mut counters, &key, Some(1), 7);
        add(&mut counters, &key, Some(3), 7);
        assert_eq!(counters, [(key, Some(3), 7)]);
        assert_eq!(LineKind::of("m2m"), LineKind::Data);
    }
}

//! What a line may draw on in a month: allowances in the order of RAT-04, and the ceilings on what is charged.

use crate::{AtCap, HeldPack, LineTerms, MeterKey, Refusal, SpendPeriod};
use catalog::{
    AlertOf, Allowance, Among, Amount, AtEnd, Capping, Catalog, Coverage, Cutoff, Family, Ix, Measure, Network, Offer, Version,
    Zone,
};
use smallvec::SmallVec;
use vocabulary::{Timestamp, UsageKind};

/// Steps of alerts in per cent, ascending.
pub(crate) type Steps = SmallVec<[u8; 4]>;

/// One allowance, as long as the line has it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) key: MeterKey,
    pub(crate) from_option: bool,
    pub(crate) kinds: SmallVec<[UsageKind; 2]>,
    pub(crate) coverage: Ix<Coverage>,
    pub(crate) limit: Option<i64>,
    pub(crate) since: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) correspondents: Option<u32>,
    pub(crate) longest_s: Option<i64>,
    pub(crate) at_end: Option<AtEnd>,
    pub(crate) steps: Steps,
}

/// A ceiling on what is charged.
#[derive(Clone, Debug)]
pub(crate) struct Ceiling {
    pub(crate) key: MeterKey,
    pub(crate) kinds: SmallVec<[UsageKind; 4]>,
    pub(crate) from: Among<Zone>,
    pub(crate) measure: Measure,
    pub(crate) limit: i64,
    pub(crate) at_cap: AtCap,
    pub(crate) closes_zone: bool,
    pub(crate) steps: Steps,
    /// Does it count by the day? Then its key is made for each day.
    pub(crate) by_day: bool,
}

/// The line's offer and family in the version of the usage.
#[derive(Clone, Copy)]
pub(crate) struct Standing<'c> {
    pub(crate) catalog: &'c Catalog,
    pub(crate) version: &'c Version,
    pub(crate) family: Ix<Family>,
    pub(crate) network: Ix<Network>,
    pub(crate) capping: Capping,
}

impl<'c> Standing<'c> {
    pub(crate) fn find(catalog: &'c Catalog, version: &'c Version, terms: &LineTerms) -> Result<(Self, &'c Offer), Refusal> {
        let missing = |what: &str, id: &str| Refusal::NotInCatalogue(format!("{what} `{id}`"));
        // The line keeps its offer as it was bought; an offer that came later than that is taken as it is now.
        let bought = catalog.version_at(terms.bought);
        let (holder, offer) = match (bought.offers.find(&terms.offer), version.offers.find(&terms.offer)) {
            (Some(offer), _) => (bought, offer),
            (None, Some(offer)) => (version, offer),
            (None, None) => return Err(missing("offer", &terms.offer)),
        };
        let offer = holder.offers.get(offer);
        let family_id = holder.families.id(offer.family);
        let family = version.families.find(family_id).ok_or_else(|| missing("family", family_id))?;
        let network = version.networks.find(&terms.network).ok_or_else(|| missing("network", &terms.network))?;
        // A family that gives no choice has its lines as the uncapped column of its rules says.
        let capping = if version.families.get(family).cap_choice { terms.capping } else { Capping::Uncapped };
        Ok((Self { catalog, version, family, network, capping }, offer))
    }

    /// Every allowance that the line has or had this month, in the order of RAT-04.
    pub(crate) fn sources(
        &self,
        offer: &Offer,
        terms: &LineTerms,
        month: (Timestamp, Timestamp),
    ) -> Result<Vec<Source>, Refusal> {
        let mut sources = Vec::new();
        self.add_options(terms, month, &mut sources)?;
        let family = self.version.families.get(self.family);
        let always = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
        for allowance in &family.allowances {
            let limit = match allowance.amount {
                Amount::Unlimited => None,
                Amount::Limited(quantity) => Some(quantity.units()),
                Amount::ByOffer => match offer.quantity(&allowance.id) {
                    Some(quantity) => Some(quantity.units()),
                    None => continue,
                },
            };
            let steps = self.steps(AlertOf::Plan, &allowance.id);
            sources.push(Source { steps, ..source(MeterKey::plan(&allowance.id), allowance, limit, always) });
        }
        self.add_recharges(terms, month, &mut sources)?;
        Ok(sources)
    }

    fn add_options(&self, terms: &LineTerms, month: (Timestamp, Timestamp), sources: &mut Vec<Source>) -> Result<(), Refusal> {
        for held in &terms.options {
            let until = held.until.unwrap_or(Timestamp::from_micros(i64::MAX));
            if held.since >= month.1 || until <= month.0 {
                continue;
            }
            let bought = self.catalog.version_at(held.since);
            let found = bought.options.find(&held.option).map(|ix| bought.options.get(ix));
            let found = found.or_else(|| self.version.options.find(&held.option).map(|ix| self.version.options.get(ix)));
            let option = found.ok_or_else(|| Refusal::NotInCatalogue(format!("option `{}`", held.option)))?;
            let name = option.group.as_deref().unwrap_or(&held.option);
            for allowance in &option.allowances {
                let limit = match allowance.amount {
                    Amount::Limited(quantity) => Some(quantity.units()),
                    Amount::Unlimited | Amount::ByOffer => None,
                };
                let Some(coverage) = self.coverage_now(bought, allowance.covers) else { continue };
                let made = source(MeterKey::option(name, &allowance.id), allowance, limit, (held.since, until));
                let steps = self.steps(AlertOf::Option, &allowance.id);
                sources.push(Source { coverage, from_option: true, steps, ..made });
            }
        }
        Ok(())
    }

    fn add_recharges(&self, terms: &LineTerms, month: (Timestamp, Timestamp), sources: &mut Vec<Source>) -> Result<(), Refusal> {
        let mut bought: Vec<_> = terms.recharges.iter().filter(|held| held.at >= month.0 && held.at < month.1).collect();
        bought.sort_by_key(|held| (held.at, held.id));
        let family = self.version.families.get(self.family);
        for held in bought {
            let version = self.catalog.version_at(held.at);
            let recharge = version.recharges.find(&held.recharge).map(|ix| version.recharges.get(ix));
            let recharge = recharge.ok_or_else(|| Refusal::NotInCatalogue(format!("recharge `{}`", held.recharge)))?;
            let Some(allowance) = family.allowance(&recharge.allowance) else { continue };
            let made = source(MeterKey::recharge(held.id), allowance, Some(recharge.quantity.units()), (held.at, month.1));
            let steps = self.steps(AlertOf::Recharge, &allowance.id);
            sources.push(Source { steps, ..made });
        }
        Ok(())
    }

    /// The coverage of the same name in the version of the usage: where an allowance holds is decided by the day, not by the purchase.
    fn coverage_now(&self, bought: &Version, covers: Ix<Coverage>) -> Option<Ix<Coverage>> {
        self.version.coverages.names.find(bought.coverages.names.id(covers))
    }

    /// Cut-offs of the catalogue for this line, and its spend caps.
    pub(crate) fn ceilings(&self, terms: &LineTerms) -> Vec<Ceiling> {
        let cutoffs =
            self.version.cutoffs.iter().filter(|(_, c)| c.families.holds(self.family) && c.networks.holds(self.network));
        let mut ceilings: Vec<Ceiling> =
            cutoffs.map(|(ix, cutoff)| self.ceiling(self.version.cutoffs.id(ix), cutoff, terms)).collect();
        for cap in &terms.spend_caps {
            let by_day = cap.period == SpendPeriod::Day;
            ceilings.push(Ceiling {
                key: if by_day { MeterKey::spend_day(0) } else { MeterKey::spend_month() },
                kinds: UsageKind::ALL.into_iter().collect(),
                from: Among::default(),
                measure: Measure::Amount,
                limit: cap.amount.micros(),
                at_cap: cap.at_cap,
                closes_zone: false,
                steps: self.catalog.operator.spend_steps.iter().copied().collect(),
                by_day,
            });
        }
        ceilings
    }

    fn ceiling(&self, id: &str, cutoff: &Cutoff, terms: &LineTerms) -> Ceiling {
        let chosen = terms.cutoffs.iter().find(|chosen| chosen.cutoff == id);
        let limit = chosen.map_or(cutoff.default, |chosen| chosen.value);
        Ceiling {
            key: MeterKey::cutoff(id),
            kinds: cutoff.kinds.iter().copied().collect(),
            from: cutoff.from.clone(),
            measure: cutoff.measure,
            limit,
            at_cap: AtCap::Stop,
            closes_zone: cutoff.zero_closes_zone && limit == 0,
            steps: self.steps(AlertOf::Cutoff, id),
            by_day: false,
        }
    }

    fn steps(&self, of: AlertOf, id: &str) -> Steps {
        let speaks = |alert: &&catalog::Alert| {
            alert.of == of
                && alert.networks.holds(self.network)
                && (alert.allowances.is_empty() || alert.allowances.iter().any(|allowance| allowance == id))
        };
        let found = self.version.alerts.iter().find(speaks);
        found.map(|alert| alert.steps(self.capping).iter().copied().collect()).unwrap_or_default()
    }
}

/// The pack's allowance as a source; `None` where the catalogue no longer knows it.
pub(crate) fn pack_source(catalog: &Catalog, version: &Version, held: &HeldPack) -> Option<Source> {
    let bought = catalog.version_at(held.bought);
    let pack = bought.packs.get(bought.packs.find(&held.pack)?);
    let coverage = version.coverages.names.find(bought.coverages.names.id(pack.covers))?;
    let steps =
        version.alerts.iter().find(|alert| alert.of == AlertOf::Pack).map(|alert| alert.uncapped.iter().copied().collect());
    Some(Source {
        key: MeterKey::pack(&held.pack),
        from_option: false,
        kinds: pack.kinds.iter().copied().collect(),
        coverage,
        limit: Some(pack.quantity.units()),
        since: held.bought,
        until: Timestamp::from_micros(i64::MAX),
        correspondents: None,
        longest_s: None,
        at_end: None,
        steps: steps.unwrap_or_default(),
    })
}

fn source(key: MeterKey, allowance: &Allowance, limit: Option<i64>, (since, until): (Timestamp, Timestamp)) -> Source {
    Source {
        key,
        from_option: false,
        kinds: allowance.kinds.iter().copied().collect(),
        coverage: allowance.covers,
        limit,
        since,
        until,
        correspondents: allowance.correspondents,
        longest_s: allowance.longest_s,
        at_end: allowance.at_end,
        steps: Steps::new(),
    }
}

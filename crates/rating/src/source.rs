//! What a line may draw on in a month: allowances in the order of RAT-04.

use crate::{HeldOption, HeldPack, LineTerms, MeterKey, Refusal};
use catalog::{AlertOf, Allowance, Amount, AtEnd, Capping, Catalog, Coverage, Family, Ix, LineOption, Network, Offer, Version};
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
    /// Where among the line's allowances the one stands that this is a part of.
    pub(crate) within: Option<usize>,
    pub(crate) steps: Steps,
}

/// A time in which something holds: from the first instant, not at the second any more.
pub(crate) type Span = (Timestamp, Timestamp);

/// An option that a line has at some time of a month.
#[derive(Clone, Copy)]
pub(crate) struct InForce<'t> {
    pub(crate) held: &'t HeldOption,
    pub(crate) option: &'t LineOption,
    pub(crate) span: Span,
}

/// A kind of usage for which a capped line is as an uncapped one, as long as that holds (TEL-10).
#[derive(Clone, Copy)]
pub(crate) struct CapLift {
    pub(crate) kind: UsageKind,
    pub(crate) span: Span,
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

    /// The options that the line has or had in a month, with the time of each.
    pub(crate) fn options<'t>(&self, terms: &'t LineTerms, month: Span) -> Result<SmallVec<[InForce<'t>; 4]>, Refusal>
    where
        'c: 't,
    {
        let mut options = SmallVec::new();
        for held in &terms.options {
            let until = held.until.unwrap_or(Timestamp::from_micros(i64::MAX));
            if held.since >= month.1 || until <= month.0 {
                continue;
            }
            let bought = self.catalog.version_at(held.since);
            let found = bought.options.find(&held.option).map(|ix| bought.options.get(ix));
            let found = found.or_else(|| self.version.options.find(&held.option).map(|ix| self.version.options.get(ix)));
            let option = found.ok_or_else(|| Refusal::NotInCatalogue(format!("option `{}`", held.option)))?;
            options.push(InForce { held, option, span: (held.since, until) });
        }
        Ok(options)
    }

    /// Every allowance that the line has or had this month, in the order of RAT-04.
    pub(crate) fn sources(
        &self,
        offer: &Offer,
        terms: &LineTerms,
        (options, lifts): (&[InForce<'_>], &[CapLift]),
        month: Span,
    ) -> Result<Vec<Source>, Refusal> {
        let capping = |allowance: &Allowance| self.capping(lifts, allowance.kinds[0], month.0);
        let mut sources = Vec::new();
        for option in options {
            self.add_option(option, &capping, &mut sources);
        }
        let family = self.version.families.get(self.family);
        let always = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
        for allowance in family.allowances.iter().filter(|allowance| self.suits(allowance)) {
            let limit = match allowance.amount {
                Amount::Unlimited => None,
                Amount::Limited(quantity) => Some(quantity.units()),
                Amount::ByOffer => match offer.quantity(&allowance.id) {
                    Some(quantity) => Some(quantity.units()),
                    None => continue,
                },
            };
            let steps = self.steps(AlertOf::Plan, &allowance.id, capping(allowance));
            let within = whole(allowance, MeterKey::plan, &sources);
            sources.push(Source { steps, within, ..source(MeterKey::plan(&allowance.id), allowance, limit, always) });
        }
        self.add_recharges(terms, month, &capping, &mut sources)?;
        Ok(sources)
    }

    /// Is an allowance for lines that are capped as this one is? Where the family gives no choice, it is.
    fn suits(&self, allowance: &Allowance) -> bool {
        !self.version.families.get(self.family).cap_choice || allowance.capping.contains(&self.capping)
    }

    fn add_option(&self, in_force: &InForce<'_>, capping: &impl Fn(&Allowance) -> Capping, sources: &mut Vec<Source>) {
        let InForce { held, option, span } = *in_force;
        let bought = self.catalog.version_at(held.since);
        let name = option.group.as_deref().unwrap_or(&held.option);
        for allowance in option.allowances.iter().filter(|allowance| self.suits(allowance)) {
            let limit = match allowance.amount {
                Amount::Limited(quantity) => Some(quantity.units()),
                Amount::Unlimited | Amount::ByOffer => None,
            };
            let Some(coverage) = self.coverage_now(bought, allowance.covers) else { continue };
            let within = whole(allowance, |id| MeterKey::option(name, id), sources);
            let made = source(MeterKey::option(name, &allowance.id), allowance, limit, span);
            let steps = self.steps(AlertOf::Option, &allowance.id, capping(allowance));
            sources.push(Source { coverage, from_option: true, steps, within, ..made });
        }
    }

    fn add_recharges(
        &self,
        terms: &LineTerms,
        month: Span,
        capping: &impl Fn(&Allowance) -> Capping,
        sources: &mut Vec<Source>,
    ) -> Result<(), Refusal> {
        let mut bought: Vec<_> = terms.recharges.iter().filter(|held| held.at >= month.0 && held.at < month.1).collect();
        bought.sort_by_key(|held| (held.at, held.id));
        let family = self.version.families.get(self.family);
        for held in bought {
            let version = self.catalog.version_at(held.at);
            let recharge = version.recharges.find(&held.recharge).map(|ix| version.recharges.get(ix));
            let recharge = recharge.ok_or_else(|| Refusal::NotInCatalogue(format!("recharge `{}`", held.recharge)))?;
            let Some(allowance) = family.allowance(&recharge.allowance) else { continue };
            let made = source(MeterKey::recharge(held.id), allowance, Some(recharge.quantity.units()), (held.at, month.1));
            let steps = self.steps(AlertOf::Recharge, &allowance.id, capping(allowance));
            sources.push(Source { steps, ..made });
        }
        Ok(())
    }

    /// The coverage of the same name in the version of the usage: where an allowance holds is decided by the day, not by the purchase.
    pub(crate) fn coverage_now(&self, bought: &Version, covers: Ix<Coverage>) -> Option<Ix<Coverage>> {
        self.version.coverages.names.find(bought.coverages.names.id(covers))
    }

    /// Is a line capped for a kind of usage at an instant (MOB-07)? An option may lift the cap of some kinds (TEL-10).
    pub(crate) fn capping(&self, lifts: &[CapLift], kind: UsageKind, at: Timestamp) -> Capping {
        let is_lifted = lifts.iter().any(|lift| lift.kind == kind && at >= lift.span.0 && at < lift.span.1);
        if is_lifted { Capping::Uncapped } else { self.capping }
    }

    /// At how many per cent somebody is told.
    pub(crate) fn steps(&self, of: AlertOf, id: &str, capping: Capping) -> Steps {
        let speaks = |alert: &&catalog::Alert| {
            alert.of == of
                && alert.networks.holds(self.network)
                && (alert.allowances.is_empty() || alert.allowances.iter().any(|allowance| allowance == id))
        };
        let found = self.version.alerts.iter().find(speaks);
        found.map(|alert| alert.steps(capping).iter().copied().collect()).unwrap_or_default()
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
        within: None,
        steps: steps.unwrap_or_default(),
    })
}

/// Where the allowance stands that this one is a part of; `None` too where the line does not have it. The latest counts: an option may be
/// held twice.
fn whole(allowance: &Allowance, key: impl Fn(&str) -> MeterKey, sources: &[Source]) -> Option<usize> {
    let key = key(allowance.within.as_deref()?);
    sources.iter().rposition(|source| source.key == key)
}

fn source(key: MeterKey, allowance: &Allowance, limit: Option<i64>, (since, until): Span) -> Source {
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
        within: None,
        steps: Steps::new(),
    }
}

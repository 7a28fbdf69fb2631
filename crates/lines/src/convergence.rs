//! Convergence: calls to a fixed line ring it and a mobile line of the same account at once (TEL-11). It is an option of the catalogue that needs a
//! line of another service; which offers may have it, and what stands in its way, is said here. Which mobile line it is, is a setting of the
//! telephone.

use crate::{Change, Ground, Life, OptionRefusal, Refusal, Stage, When};
use catalog::{LineOption, Service};

/// The option by which lines of a service ring with a mobile one.
#[derive(Clone, Copy, Debug)]
pub struct Convergence<'a> {
    /// Its id.
    pub id: &'a str,
    /// The option.
    pub option: &'a LineOption,
}

/// Why a line does not ring with a mobile one: each is told, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConvergenceBarrier {
    /// Its plan is none of those that may have it.
    OtherPlan,
    /// The account has no mobile line in service.
    NoMobile,
    /// The line itself cannot have anything changed now.
    Line(Refusal),
}

/// Are there mobile lines in the account?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mobiles {
    /// One at least.
    Some,
    /// None.
    None,
}

/// The option that makes lines of this one's service ring with a mobile line; `None` where the catalogue has none.
pub fn convergence<'a>(life: &Life, ground: &Ground<'a>) -> Option<Convergence<'a>> {
    let version = ground.version;
    let sold = std::iter::once(version).chain(ground.catalog.versions().iter().rev());
    let offered = |version: &catalog::Version| {
        let offer = version.offers.find(&life.line.service.offer)?;
        Some(version.families.get(version.offers.get(offer).family).service)
    };
    let service = sold.filter_map(offered).next()?;
    let serves = |option: &LineOption| {
        let fits = |(ix, family): (_, &catalog::Family)| option.families.holds(ix) && family.service == service;
        option.needs_line == Some(Service::Mobile) && version.families.iter().any(fits)
    };
    let (ix, option) = version.options.iter().find(|(_, option)| serves(option))?;
    (service == Service::Fixed).then_some(Convergence { id: version.options.id(ix), option })
}

impl Convergence<'_> {
    /// The offers of the line's network that may have it, by their ids, in the order of the catalogue.
    pub fn offers<'a>(&self, life: &Life, ground: &Ground<'a>) -> Vec<&'a str> {
        let version = ground.version;
        let Some((network, _)) = ground.network(&life.line.network) else { return Vec::new() };
        let sold = version
            .offers
            .iter()
            .filter(|(ix, offer)| offer.price(network).is_some() && self.option.allowed(version, *ix, network));
        sold.map(|(ix, _)| version.offers.id(ix)).collect()
    }

    /// All that stands in the way of a line that does not have it.
    pub fn barriers(&self, life: &Life, mobiles: Mobiles, ground: &Ground<'_>) -> Vec<ConvergenceBarrier> {
        let add = Change::AddOption { option: self.id.into() };
        let refused = life.preview(&add, When::Soonest, ground).err();
        let is_over = matches!(life.line.state.stage(), Stage::Ended | Stage::Ending);
        let mut barriers = Vec::new();
        let offer = life.line.service.offer.as_str();
        if !is_over && !self.offers(life, ground).contains(&offer) {
            barriers.push(ConvergenceBarrier::OtherPlan);
        }
        if !is_over && mobiles == Mobiles::None {
            barriers.push(ConvergenceBarrier::NoMobile);
        }
        let of_plan = Refusal::Option(OptionRefusal::NotForSuchLines);
        barriers.extend(refused.filter(|refusal| *refusal != of_plan).map(ConvergenceBarrier::Line));
        barriers
    }
}

//! What an event changes in the terms of a line, as far as the catalogue allows it, and what it says of a usage.

use super::event::{self, Amount, AtCap, Cap, Period};
use ::catalog::{Capping, Guard, Ix, Network, Offer, Version};
use rating::{ChosenCutoff, HeldOption, LineTerms, SpendCap, SpendPeriod};
use vocabulary::{Direction, Money, Quantity, RecordKey, Timestamp, UsageKind, UsageRecord, Visited};

/// Offer and network of a line in a version.
pub(super) fn standing(terms: &LineTerms, version: &Version) -> Result<(Ix<Offer>, Ix<Network>), String> {
    let offer = version.offers.find(&terms.offer).ok_or_else(|| format!("offer `{}` is not in the catalogue", terms.offer))?;
    let network =
        version.networks.find(&terms.network).ok_or_else(|| format!("network `{}` is not in the catalogue", terms.network))?;
    if version.offers.get(offer).price(network).is_none() {
        return Err(format!("offer `{}` is not sold on network `{}`", terms.offer, terms.network));
    }
    Ok((offer, network))
}

pub(super) fn add_option(terms: &mut LineTerms, version: &Version, id: &str, at: Timestamp) -> Result<(), String> {
    let option = version.options.find(id).ok_or_else(|| format!("option `{id}` is not in the catalogue"))?;
    let option = version.options.get(option);
    let (offer, network) = standing(terms, version)?;
    if !option.allowed(version, offer, network) {
        return Err(format!("offer `{}` on network `{}` may not have option `{id}`", terms.offer, terms.network));
    }
    if !option.suits(version, offer, terms.capping) {
        let capped = if terms.capping == Capping::Capped { "capped" } else { "uncapped" };
        return Err(format!("a line that is {capped} may not have option `{id}`"));
    }
    let group_of = |id: &str| version.options.find(id).and_then(|ix| version.options.get(ix).group.as_deref());
    for held in terms.options.iter_mut().filter(|held| held.until.is_none()) {
        // One of a group at a time: the new one takes the place of the old one.
        if held.option == id || (option.group.is_some() && group_of(&held.option) == option.group.as_deref()) {
            held.until = Some(at);
        }
    }
    terms.options.push(HeldOption { option: id.into(), since: at, until: None });
    Ok(())
}

pub(super) fn choose_cutoff(terms: &mut LineTerms, version: &Version, (id, value): (&str, &str)) -> Result<(), String> {
    let cutoff = version.cutoffs.find(id).ok_or_else(|| format!("cut-off `{id}` is not in the catalogue"))?;
    let cutoff = version.cutoffs.get(cutoff);
    let (offer, network) = standing(terms, version)?;
    if !cutoff.families.holds(version.offers.get(offer).family) || !cutoff.networks.holds(network) {
        return Err(format!("offer `{}` on network `{}` has no cut-off `{id}`", terms.offer, terms.network));
    }
    let value = cutoff.parse(value)?;
    terms.cutoffs.retain(|chosen| chosen.cutoff != id);
    terms.cutoffs.push(ChosenCutoff { cutoff: id.into(), value });
    Ok(())
}

pub(super) const fn period_of(period: Period) -> SpendPeriod {
    match period {
        Period::Day => SpendPeriod::Day,
        Period::Month => SpendPeriod::Month,
    }
}

pub(super) fn spend_cap(written: Cap) -> Result<SpendCap, String> {
    let amount = money(&written.amount)?;
    let at_cap = match written.at_cap {
        AtCap::Tell => rating::AtCap::Tell,
        AtCap::Slow => rating::AtCap::Slow,
        AtCap::Stop => rating::AtCap::Stop,
    };
    Ok(SpendCap { period: period_of(written.period), amount, at_cap })
}

pub(super) fn record(written: &event::Usage, start: Timestamp) -> Result<UsageRecord, String> {
    let kind = written.kind;
    let quantity = match &written.quantity {
        Some(Amount::Units(units)) => Quantity::new(*units).ok_or_else(|| format!("quantity `{units}` is negative"))?,
        Some(Amount::Text(text)) => Quantity::parse(text, kind).map_err(|error| error.to_string())?,
        None if matches!(kind, UsageKind::Sms | UsageKind::Mms) => Quantity::new(1).expect("one is not negative"),
        None => return Err(format!("has no `quantity` of {kind}")),
    };
    let visited = match written.visited.as_deref() {
        None => Visited::Home,
        Some(text) if text.bytes().all(|b| b.is_ascii_digit()) => Visited::Network(text.into()),
        Some(text) => Visited::Country(text.parse().map_err(|error: vocabulary::CountryCodeError| error.to_string())?),
    };
    Ok(UsageRecord {
        key: RecordKey(0),
        line: written.line.as_str().into(),
        kind,
        direction: written.direction.unwrap_or(Direction::Made),
        other: written.to.as_str().into(),
        start,
        quantity,
        visited,
        access: written.access,
    })
}

/// Amounts at which somebody is told, ascending.
pub(super) fn notices(written: &[String]) -> Result<Vec<Money>, String> {
    let mut amounts = written.iter().map(|text| money(text)).collect::<Result<Vec<_>, _>>()?;
    amounts.sort();
    Ok(amounts)
}

pub(super) fn guard(written: Option<&event::Guard>) -> Result<Guard, String> {
    let Some(written) = written else { return Ok(Guard::default()) };
    let amount = |text: &Option<String>| text.as_deref().map(money).transpose();
    Ok(Guard { per_minute: amount(&written.per_minute)?, fee: amount(&written.fee)? })
}

pub(super) fn money(text: &str) -> Result<Money, String> {
    text.parse().map_err(|error: vocabulary::MoneyError| error.to_string())
}

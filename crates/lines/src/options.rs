//! Which options a line may have together: by family, network, offer and capping, one of a group, with what they need. What an option includes
//! and costs is the catalogue's. Named in the plural because `option` is a word of the language.

use crate::{Ground, Service};
use catalog::{Ix, LineOption, Network, Offer};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// Why a line may not have an option, or may not lose it, in the order in which it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
pub enum OptionRefusal {
    /// The catalogue does not have it.
    #[error("the catalogue has no such option")]
    Unknown,
    /// Not on such lines: another family, network or offer.
    #[error("the option is not for this plan and network")]
    NotForSuchLines,
    /// Only for capped lines, or only for uncapped ones (MOB-53).
    #[error("the option is not for lines of this capping")]
    OtherCapping,
    /// The line has it.
    #[error("the line has the option already")]
    AlreadyHeld,
    /// The line has another of its group: it may be replaced.
    #[error("the line has another option of the same group")]
    OneOfGroup,
    /// Another has to be there first.
    #[error("the option needs another that the line does not have")]
    NeedsAnother,
    /// The line does not have it.
    #[error("the line does not have the option")]
    NotHeld,
    /// The two are not of one group.
    #[error("the options are not of one group")]
    NotOfOneGroup,
    /// Another that the line has needs it.
    #[error("another option of the line needs it")]
    NeededByAnother,
    /// Only the operator puts it on and takes it off, because of invoices that are not paid (BIL-09).
    #[error("only the operator puts the option on and takes it off")]
    Imposed,
    /// The line has a cut-off in its place (MOB-41).
    #[error("the line has a cut-off beyond the default in the place of this option")]
    CutoffInstead,
}

/// May the line have this option, besides those that it has?
///
/// # Errors
/// The first reason why not.
pub fn refuse(service: &Service, id: &str, network: &str, ground: &Ground<'_>) -> Result<(), OptionRefusal> {
    let option = suited(service, id, network, ground)?;
    if option.imposed {
        return Err(OptionRefusal::Imposed);
    }
    if service.has(id) {
        return Err(OptionRefusal::AlreadyHeld);
    }
    if option.group.is_some() && held(service, ground).any(|(_, other)| other.group == option.group) {
        return Err(OptionRefusal::OneOfGroup);
    }
    if option.needs.iter().any(|need| !service.has(need)) {
        return Err(OptionRefusal::NeedsAnother);
    }
    refuse_beside_cutoff(service, option, ground)
}

/// May the operator put it on the line, because of invoices that are not paid (BIL-09)?
///
/// # Errors
/// The first reason why not.
pub fn refuse_imposed(service: &Service, id: &str, network: &str, ground: &Ground<'_>) -> Result<(), OptionRefusal> {
    let option = suited(service, id, network, ground)?;
    if !option.imposed {
        return Err(OptionRefusal::NotForSuchLines);
    }
    if service.has(id) { Err(OptionRefusal::AlreadyHeld) } else { Ok(()) }
}

/// May it take the place of another of its group (MOB-50)?
///
/// # Errors
/// The first reason why not.
pub fn refuse_replacement(
    service: &Service,
    (from, to): (&str, &str),
    network: &str,
    ground: &Ground<'_>,
) -> Result<(), OptionRefusal> {
    let option = suited(service, to, network, ground)?;
    if option.imposed {
        return Err(OptionRefusal::Imposed);
    }
    if service.has(to) {
        return Err(OptionRefusal::AlreadyHeld);
    }
    let Some((_, replaced)) = held(service, ground).find(|(id, _)| *id == from) else { return Err(OptionRefusal::NotHeld) };
    if option.group.is_none() || option.group != replaced.group {
        return Err(OptionRefusal::NotOfOneGroup);
    }
    Ok(())
}

/// May it end?
///
/// # Errors
/// The first reason why not.
pub fn refuse_end(service: &Service, id: &str, ground: &Ground<'_>) -> Result<(), OptionRefusal> {
    if !service.has(id) {
        return Err(OptionRefusal::NotHeld);
    }
    if held(service, ground).any(|(held, option)| held == id && option.imposed) {
        return Err(OptionRefusal::Imposed);
    }
    let needs_it = held(service, ground).any(|(other, option)| other != id && option.needs.iter().any(|need| need == id));
    if needs_it { Err(OptionRefusal::NeededByAnother) } else { Ok(()) }
}

/// Every option that a line may add now, for a page that offers nothing else.
pub fn offered<'a>(service: &Service, network: &str, ground: &Ground<'a>) -> Vec<(&'a str, &'a LineOption)> {
    let all = ground.version.options.iter().map(|(ix, option)| (ground.version.options.id(ix), option));
    all.filter(|(id, _)| refuse(service, id, network, ground).is_ok()).collect()
}

/// Those that may take the place of one that the line has (RES-05).
pub fn replacements<'a>(service: &Service, from: &str, network: &str, ground: &Ground<'a>) -> Vec<(&'a str, &'a LineOption)> {
    let all = ground.version.options.iter().map(|(ix, option)| (ground.version.options.id(ix), option));
    all.filter(|(id, _)| refuse_replacement(service, (from, id), network, ground).is_ok()).collect()
}

/// Is there an option of this group on the line, so that its cut-off is not needed (MOB-41)?
pub(crate) fn stands_in(service: &Service, group: Option<&str>, ground: &Ground<'_>) -> bool {
    group.is_some() && held(service, ground).any(|(_, option)| option.group.as_deref() == group)
}

/// Takes the options away that an offer cannot have, and answers which.
pub(crate) fn leave_behind(
    service: &mut Service,
    offer: Ix<Offer>,
    network: Ix<Network>,
    ground: &Ground<'_>,
) -> Vec<CompactString> {
    let version = ground.version;
    let capping = service.capping;
    let (mut kept, mut gone): (Vec<_>, Vec<_>) = std::mem::take(&mut service.options).into_iter().partition(|held| {
        version.options.find(&held.option).is_some_and(|ix| {
            let option = version.options.get(ix);
            option.allowed(version, offer, network) && option.suits(version, offer, capping)
        })
    });
    // What needs one that goes cannot stay either, and may itself be needed.
    while let Some(at) = kept.iter().position(|held| {
        let needs = version.options.find(&held.option).map(|ix| &version.options.get(ix).needs);
        needs.is_some_and(|needs| needs.iter().any(|need| !kept.iter().any(|other| other.option == *need)))
    }) {
        gone.push(kept.remove(at));
    }
    service.options = kept;
    gone.into_iter().map(|held| held.option).collect()
}

fn suited<'a>(service: &Service, id: &str, network: &str, ground: &Ground<'a>) -> Result<&'a LineOption, OptionRefusal> {
    let version = ground.version;
    let option = version.options.get(version.options.find(id).ok_or(OptionRefusal::Unknown)?);
    let offer = version.offers.find(&service.offer).ok_or(OptionRefusal::NotForSuchLines)?;
    let (network, _) = ground.network(network).ok_or(OptionRefusal::NotForSuchLines)?;
    if !option.allowed(version, offer, network) {
        return Err(OptionRefusal::NotForSuchLines);
    }
    if !option.suits(version, offer, service.capping) {
        return Err(OptionRefusal::OtherCapping);
    }
    Ok(option)
}

fn refuse_beside_cutoff(service: &Service, option: &LineOption, ground: &Ground<'_>) -> Result<(), OptionRefusal> {
    let chosen = service.cutoffs.iter().filter_map(|(id, value)| {
        let ix = ground.version.cutoffs.find(id)?;
        Some((ground.version.cutoffs.get(ix), *value))
    });
    let beside = chosen
        .into_iter()
        .any(|(cutoff, value)| option.group.is_some() && cutoff.or_group == option.group && value != cutoff.default);
    if beside { Err(OptionRefusal::CutoffInstead) } else { Ok(()) }
}

/// The line's options that the version in force knows.
fn held<'s, 'a>(service: &'s Service, ground: &Ground<'a>) -> impl Iterator<Item = (&'s str, &'a LineOption)> {
    let version = ground.version;
    service.options.iter().filter_map(move |held| {
        let ix = version.options.find(&held.option)?;
        Some((held.option.as_str(), version.options.get(ix)))
    })
}

//! What nobody can buy, and what would be bought in vain: checked when all of a version is read.

use crate::{Ix, LineOption, Offer, Version, draft::Draft};

/// Families without an offer; options and recharges that no offer allows; options that open or lift what is not closed.
pub(crate) fn check_sold(draft: &Draft<'_>) {
    let version = &draft.version;
    for (ix, _) in version.families.iter() {
        if !version.offers.iter().any(|(_, offer)| offer.family == ix) {
            draft.log.add(version.families.place(ix), "id", format!("family `{}` has no offer", version.families.id(ix)));
        }
    }
    for (ix, option) in version.options.iter() {
        let fault = |field: &str, reason: String| {
            draft.log.add(version.options.place(ix), field, format!("option `{}` {reason}", version.options.id(ix)));
        };
        check_option(version, option, fault);
    }
    for (ix, recharge) in version.recharges.iter() {
        if !version.offers.iter().any(|(_, offer)| offer.recharges && recharge.families.holds(offer.family)) {
            let reason = format!("recharge `{}` is allowed by no offer", version.recharges.id(ix));
            draft.log.add(version.recharges.place(ix), "families", reason);
        }
    }
}

fn check_option(version: &Version, option: &LineOption, fault: impl Fn(&str, String)) {
    let is_allowed = |(offer, _): &(Ix<Offer>, &Offer)| version.networks.iter().any(|(n, _)| option.allowed(version, *offer, n));
    let offers: Vec<_> = version.offers.iter().filter(is_allowed).collect();
    if offers.is_empty() {
        fault("families", "is allowed by no offer".to_owned());
        return;
    }
    for need in option.needs.iter().filter(|need| version.options.find(need).is_none()) {
        fault("needs", format!("needs `{need}`, which is no option"));
    }
    let families: Vec<_> = offers.iter().map(|(_, offer)| version.families.get(offer.family)).collect();
    let is_chosen = families.iter().any(|family| family.cap_choice);
    if option.capping.len() == 1 && !is_chosen {
        fault("for", "is for lines that are capped or not, which none of its families lets choose".to_owned());
    }
    if !option.lifts_cap.is_empty() && !is_chosen {
        fault("lifts_cap", "lifts a cap that none of its families has".to_owned());
    }
    for opened in option.opens.iter().filter(|opened| !families.iter().any(|family| family.blocks.contains(opened))) {
        let block = version.coverages.names.id(*opened);
        fault("opens", format!("opens `{block}`, which none of its families blocks"));
    }
    if let Some(service) = option.needs_line
        && !version.families.iter().any(|(_, family)| family.service == service)
    {
        fault("needs_line", format!("needs a line of service `{}`, of which there is no family", service.as_str()));
    }
}

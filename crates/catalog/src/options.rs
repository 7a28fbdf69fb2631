//! Options: extras on a line (MOB-50 to MOB-56, FLT-19). Named in the plural because `option` is a word of the language.

use crate::{Allowance, Among, Family, Network, Offer, draft::Draft, fields::Fields, words::Words};
use vocabulary::Money;

/// An extra on a line.
#[derive(Clone, Debug)]
pub struct LineOption {
    /// What people call it.
    pub name: Words,
    /// A line has one of a group at a time, and a larger one goes on counting where the smaller was.
    pub group: Option<String>,
    /// For lines of these families.
    pub families: Among<Family>,
    /// On these networks.
    pub networks: Among<Network>,
    /// For these offers only.
    pub offers: Among<Offer>,
    /// And not for these.
    pub without_offers: Vec<String>,
    /// What it costs.
    pub price: OptionPrice,
    /// Does it end on the 1st of next month only?
    pub ends_at_month_end: bool,
    /// Ids of the options that must be there.
    pub needs: Vec<String>,
    /// What it includes.
    pub allowances: Vec<Allowance>,
}

/// What an option costs, without VAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionPrice {
    /// So much a month begun.
    Monthly(Money),
    /// So much, once.
    Once(Money),
}

impl LineOption {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> LineOption {
        let version = &draft.version;
        let price = match (fields.money("price"), fields.money("once")) {
            (Some(price), None) => OptionPrice::Monthly(price),
            (None, Some(once)) => OptionPrice::Once(once),
            (given, _) => {
                if given.is_some() || !(fields.has("price") || fields.has("once")) {
                    fields.fault("price", "is to be one of `price` (a month) and `once`");
                }
                OptionPrice::Once(Money::ZERO)
            }
        };
        LineOption {
            name: fields.words("name"),
            group: fields.optional("group").map(|group| group.text),
            families: version.families.resolve_all(&fields.list("families"), "families", draft.log),
            networks: version.networks.resolve_all(&fields.list("networks"), "networks", draft.log),
            offers: version.offers.resolve_all(&fields.list("offers"), "offers", draft.log),
            without_offers: read_without(fields, draft),
            price,
            ends_at_month_end: fields.choice("ends", &[("any-time", false), ("month-end", true)], true),
            needs: fields.list("needs").into_iter().map(|need| need.text).collect(),
            allowances: fields.tables("allowance").iter_mut().filter_map(|part| Allowance::read(part, draft)).collect(),
        }
    }

    /// May a line on this offer and network have it?
    pub fn allowed(&self, version: &crate::Version, offer: crate::Ix<Offer>, network: crate::Ix<Network>) -> bool {
        let family = version.offers.get(offer).family;
        self.families.holds(family)
            && self.networks.holds(network)
            && self.offers.holds(offer)
            && !self.without_offers.iter().any(|id| id == version.offers.id(offer))
    }
}

fn read_without(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Vec<String> {
    let without = fields.list("without_offers");
    for id in &without {
        draft.version.offers.resolve(&id.text, &id.place, "without_offers", draft.log);
    }
    without.into_iter().map(|id| id.text).collect()
}

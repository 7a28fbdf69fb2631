//! Options: extras on a line (MOB-50 to MOB-56, FLT-19). Named in the plural because `option` is a word of the language.

use crate::{
    Allowance, Among, Capping, Coverage, Family, Ix, Network, Offer, Service, VatClass, Version, draft::Draft, fields::Fields,
    recharge::read_capping, words::Words,
};
use vocabulary::{Money, UsageKind};

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
    /// What is due of the month in which it begins.
    pub first_month: FirstMonth,
    /// The rate of VAT that it is sold at.
    pub vat: VatClass,
    /// For capped lines, uncapped ones, or both; lines of families that give no choice may have it whatever it says (MOB-53).
    pub capping: Vec<Capping>,
    /// Does it begin on the 1st of next month only (TEL-10)?
    pub starts_at_month_start: bool,
    /// Does it end on the 1st of next month only?
    pub ends_at_month_end: bool,
    /// Ids of the options that must be there.
    pub needs: Vec<String>,
    /// A line of this service must be in the same billing account (TEL-11).
    pub needs_line: Option<Service>,
    /// What it includes.
    pub allowances: Vec<Allowance>,
    /// Usage that it forbids (MOB-40, FLT-10).
    pub blocks: Vec<Ix<Coverage>>,
    /// Usage that is forbidden without it and open with it.
    pub opens: Vec<Ix<Coverage>>,
    /// Kinds of usage for which a capped line is as an uncapped one (TEL-10).
    pub lifts_cap: Vec<UsageKind>,
    /// Only the operator puts it on a line and takes it off, because of invoices that are not paid (BIL-09).
    pub imposed: bool,
    /// Has the line no limit of data sessions at once (MOB-10)?
    pub unlimited_sessions: bool,
}

/// What an option costs, without VAT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionPrice {
    /// So much a month begun.
    Monthly(Money),
    /// So much, once.
    Once(Money),
}

/// What is due of the month in which an option begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstMonth {
    /// The whole: a month begun is due (MOB-50).
    Whole,
    /// The days that are left of it.
    Days,
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
            first_month: fields.choice("first_month", &[("whole", FirstMonth::Whole), ("days", FirstMonth::Days)], true),
            vat: fields.choice("vat", &VatClass::WORDS, true),
            ends_at_month_end: fields.choice("ends", &[("any-time", false), ("month-end", true)], true),
            needs: fields.list("needs").into_iter().map(|need| need.text).collect(),
            needs_line: fields.has("needs_line").then(|| fields.choice("needs_line", &Service::WORDS, false)),
            allowances: Allowance::read_all(fields, draft),
            capping: read_capping(fields),
            starts_at_month_start: fields.choice("starts", &[("any-time", false), ("month-start", true)], true),
            blocks: fields.coverages("blocks", draft),
            opens: fields.coverages("opens", draft),
            lifts_cap: if fields.has("lifts_cap") { fields.kinds("lifts_cap") } else { Vec::new() },
            imposed: fields.boolean("imposed", false),
            unlimited_sessions: fields.boolean("unlimited_sessions", false),
        }
    }

    /// Is it there to forbid usage, not to add any?
    pub fn is_block(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// May a line of this capping on this offer have it? Where the family gives no choice, it may.
    pub fn suits(&self, version: &Version, offer: Ix<Offer>, capping: Capping) -> bool {
        let family = version.families.get(version.offers.get(offer).family);
        !family.cap_choice || self.capping.contains(&capping)
    }

    /// May a line on this offer and network have it? Whether its capping and what else is in the account suit it stands apart.
    pub fn allowed(&self, version: &Version, offer: Ix<Offer>, network: Ix<Network>) -> bool {
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

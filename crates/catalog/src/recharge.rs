//! Recharges: extra data bought once (MOB-08).

use crate::{Among, Capping, Family, Ix, Network, Offer, Version, draft::Draft, fields::Fields, words::Words};
use vocabulary::{Money, Quantity, UsageKind};

/// More of an allowance, bought once and good to the end of the month.
#[derive(Clone, Debug)]
pub struct Recharge {
    /// What people call it.
    pub name: Words,
    /// For lines of these families.
    pub families: Among<Family>,
    /// On these networks.
    pub networks: Among<Network>,
    /// The family's allowance that it adds to.
    pub allowance: String,
    /// How much.
    pub quantity: Quantity,
    /// What it costs, without VAT.
    pub price: Money,
    /// For capped lines, uncapped ones, or both.
    pub capping: Vec<Capping>,
    /// Networks on which an uncapped line may buy only the size of its own plan.
    pub own_size_only: Vec<String>,
}

/// Why a line may not buy a recharge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsold {
    /// It is not for such lines.
    NotForSuchLines,
    /// The line may buy only one of the size of its plan.
    OwnSizeOnly,
}

impl Recharge {
    /// May a line of this capping on this offer and network buy it (MOB-08)?
    ///
    /// # Errors
    /// Why not.
    pub fn sold_to(&self, version: &Version, (offer, network): (Ix<Offer>, Ix<Network>), capping: Capping) -> Result<(), Unsold> {
        let offer = version.offers.get(offer);
        let is_for_it = offer.recharges
            && offer.price(network).is_some()
            && self.families.holds(offer.family)
            && self.networks.holds(network)
            && self.capping.contains(&capping);
        if !is_for_it {
            return Err(Unsold::NotForSuchLines);
        }
        let own_size_only =
            capping == Capping::Uncapped && self.own_size_only.iter().any(|id| id == version.networks.id(network));
        if own_size_only && offer.quantity(&self.allowance) != Some(self.quantity) {
            return Err(Unsold::OwnSizeOnly);
        }
        Ok(())
    }

    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Recharge {
        let version = &draft.version;
        let families = version.families.resolve_all(&fields.list("families"), "families", draft.log);
        let allowance = fields.required("allowance");
        let mut kind = UsageKind::Data;
        for (ix, family) in version.families.iter().filter(|(ix, _)| families.holds(*ix)) {
            match family.allowance(&allowance.text) {
                Some(allowance) => kind = allowance.kinds[0],
                None => {
                    let reason = format!("`{}` is no allowance of family `{}`", allowance.text, version.families.id(ix));
                    draft.log.add(&allowance.place, "allowance", reason);
                }
            }
        }
        let own_size_only = fields.list("own_size_only");
        for network in &own_size_only {
            version.networks.resolve(&network.text, &network.place, "own_size_only", draft.log);
        }
        Recharge {
            name: fields.words("name"),
            families,
            networks: version.networks.resolve_all(&fields.list("networks"), "networks", draft.log),
            allowance: allowance.text,
            quantity: required(fields, "quantity", |fields| fields.quantity("quantity", kind)),
            price: required(fields, "price", |fields| fields.money("price")),
            capping: read_capping(fields),
            own_size_only: own_size_only.into_iter().map(|network| network.text).collect(),
        }
    }
}

/// A value that must be there, or its default with a logged mistake.
pub(crate) fn required<T: Default>(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
) -> T {
    if !fields.has(field) {
        fields.fault(field, "is missing");
    }
    read(fields).unwrap_or_default()
}

/// The lines that something is for: capped ones, uncapped ones, or both where nothing is said.
pub(crate) fn read_capping(fields: &mut Fields<'_, '_>) -> Vec<Capping> {
    let mut capping = Vec::new();
    for word in fields.list("for") {
        match word.text.as_str() {
            "capped" => capping.push(Capping::Capped),
            "uncapped" => capping.push(Capping::Uncapped),
            other => fields.fault("for", format!("`{other}` is not one of capped, uncapped")),
        }
    }
    if capping.is_empty() { vec![Capping::Capped, Capping::Uncapped] } else { capping }
}

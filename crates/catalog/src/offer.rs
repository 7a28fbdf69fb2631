//! Offers: the main plans.

use crate::{Amount, Family, Ix, Network, VatClass, draft::Draft, fields::Fields, register::Register, words::Words};
use vocabulary::{Money, Quantity};

/// One main plan.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What people call it.
    pub name: Words,
    /// The family that says all it has in common with others.
    pub family: Ix<Family>,
    /// How much it includes of the family's allowances whose amount is the offer's, by their id.
    pub quantities: Vec<(String, Quantity)>,
    /// What it costs a month, by network; a network that is not there does not offer it.
    pub prices: Vec<(Ix<Network>, Money)>,
    /// 5G, by network.
    pub five_g: Vec<(Ix<Network>, FiveG)>,
    /// May recharges be bought?
    pub recharges: bool,
    /// What it costs once, at the start.
    pub one_off: Money,
    /// The rate of VAT that it is sold at.
    pub vat: VatClass,
}

/// How an offer gives 5G (MOB-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiveG {
    /// With it.
    Included,
    /// As an option.
    Option,
    /// Not at all.
    None,
}

impl Offer {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Option<Offer> {
        let name = fields.words("name");
        let family = fields.required("family");
        let family = draft.version.families.resolve(&family.text, &family.place, "family", draft.log);
        let offer = Offer {
            name,
            family: family.unwrap_or(Ix::new(0)),
            quantities: family.map(|family| read_quantities(fields, draft, family)).unwrap_or_default(),
            prices: by_network(fields, "price", draft, |text| text.parse::<Money>().map_err(|e| e.to_string())),
            five_g: by_network(fields, "five_g", draft, |text| match text {
                "included" => Ok(FiveG::Included),
                "option" => Ok(FiveG::Option),
                "none" => Ok(FiveG::None),
                _ => Err(format!("`{text}` is not one of included, option, none")),
            }),
            recharges: fields.boolean("recharges", true),
            one_off: fields.money("one_off").unwrap_or(Money::ZERO),
            vat: fields.choice("vat", &VatClass::WORDS, true),
        };
        if offer.prices.is_empty() && !fields.has("price") {
            fields.fault("price", "is missing: a month's price, `\"0\"` if it costs nothing");
        }
        family.map(|_| offer)
    }

    /// How much it includes of an allowance whose amount is the offer's; nothing where it does not say.
    pub fn quantity(&self, allowance: &str) -> Option<Quantity> {
        self.quantities.iter().find(|(id, _)| id == allowance).map(|(_, quantity)| *quantity)
    }

    /// What it costs a month on a network; `None` where that network does not offer it.
    pub fn price(&self, network: Ix<Network>) -> Option<Money> {
        self.prices.iter().find(|(ix, _)| *ix == network).map(|(_, price)| *price)
    }
}

fn read_quantities(fields: &mut Fields<'_, '_>, draft: &Draft<'_>, family: Ix<Family>) -> Vec<(String, Quantity)> {
    let family = draft.version.families.get(family);
    let mut quantities = Vec::new();
    for (id, text) in fields.entries("allowances") {
        let Some(allowance) = family.allowance(&id.text).filter(|allowance| allowance.amount == Amount::ByOffer) else {
            let reason = format!("`{}` is no allowance whose quantity the family leaves to its offers", id.text);
            draft.log.add(&id.place, "allowances", reason);
            continue;
        };
        match Quantity::parse(&text.text, allowance.kinds[0]) {
            Ok(quantity) => quantities.push((id.text, quantity)),
            Err(error) => draft.log.add(&text.place, "allowances", error),
        }
    }
    quantities
}

/// A value a network; a plain text holds for all networks.
pub(crate) fn by_network<T: Clone>(
    fields: &mut Fields<'_, '_>,
    field: &'static str,
    draft: &Draft<'_>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Vec<(Ix<Network>, T)> {
    let networks: &Register<Network> = &draft.version.networks;
    let mut values = Vec::new();
    for (network, text) in fields.entries(field) {
        let value = match parse(&text.text) {
            Ok(value) => value,
            Err(error) => {
                draft.log.add(&text.place, field, error);
                continue;
            }
        };
        if network.text == "*" {
            values.extend(networks.iter().map(|(ix, _)| (ix, value.clone())));
        } else if let Some(ix) = networks.resolve(&network.text, &network.place, field, draft.log) {
            values.push((ix, value));
        }
    }
    values
}

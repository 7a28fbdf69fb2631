//! What a page offers to somebody who orders: nothing that may not be combined (RES-03), each with its price.

use super::Actor;
use crate::{House, OperationError, permission::Permission};
use ::lines::{Ground, Service, offers_on, options};
pub use catalog::Capping;
use catalog::{Catalog, Measure, NumberChoice, OptionPrice, Version};
use store::{Issuer, NumbersFor};
use vocabulary::{CustomerId, E164, Money, Quantity, UsageKind};

/// Free numbers that a page lists to pick from.
const MOST_NUMBERS: usize = 50;
/// Customers that a page lists to choose from.
const MOST_CUSTOMERS: u32 = 20;

/// What was chosen so far: ids of the catalogue, empty where nothing was.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// The network.
    pub network: String,
    /// The offer.
    pub offer: String,
    /// Capped or not.
    pub capping: Option<Capping>,
    /// Options.
    pub options: Vec<String>,
}

/// What may be chosen next.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Networks that take lines: id and name.
    pub networks: Vec<(String, String)>,
    /// Offers of the network that was chosen.
    pub offers: Vec<OfferChoice>,
    /// Has the offer lines that stop at their allowance and such that do not?
    pub has_capping: bool,
    /// Options of the line as it was chosen.
    pub options: Vec<OptionChoice>,
    /// Its cut-offs.
    pub cutoffs: Vec<CutoffChoice>,
    /// What an eSIM costs once; `None` where the network has none.
    pub esim: Option<Money>,
    /// Can somebody bring a number along, or pick one?
    pub numbers: NumbersChoice,
    /// Is all chosen that lines need?
    pub is_complete: bool,
}

/// Whence a number comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumbersChoice {
    /// May a number be brought along from another operator?
    pub may_come: bool,
    /// Some that may be picked.
    pub to_pick: Vec<E164>,
    /// Is the proof of a number that comes a RIO, and not a customer number?
    pub by_rio: bool,
}

/// An offer.
#[derive(Clone, Debug)]
pub struct OfferChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Each month.
    pub monthly: Money,
    /// Once.
    pub once: Money,
}

/// An option.
#[derive(Clone, Debug)]
pub struct OptionChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Each month; nothing for one that is paid once.
    pub monthly: Money,
    /// Once; nothing for one that is paid each month.
    pub once: Money,
}

/// A cut-off.
#[derive(Clone, Debug)]
pub struct CutoffChoice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its values: as forms send them, and as they read.
    pub values: Vec<(String, CutoffValue)>,
    /// The value of who chooses none, as forms send it; `None` where it has to be chosen (MOB-42).
    pub default: Option<String>,
}

/// A value of a cut-off.
#[derive(Clone, Copy, Debug)]
pub enum CutoffValue {
    /// So much money.
    Amount(Money),
    /// So much usage.
    Volume(UsageKind, Quantity),
}

/// What may be chosen for a customer, given what was; `None` for a customer outside the asker's scope, or who may not order.
///
/// # Errors
/// When the database fails.
pub async fn choices(
    house: &House,
    actor: &Actor,
    (customer, chosen): (CustomerId, &Chosen),
    language: &str,
) -> Result<Option<Choices>, OperationError> {
    let Some(reseller) = super::customer(house, actor, customer).await? else { return Ok(None) };
    let catalog = house.catalog_of(Issuer { operator: actor.scope.operator, reseller }).await?;
    let ground = Ground::at(&catalog, house.clock.now());
    let mut choices = offered((&ground, language), chosen);
    if let Some(wanted) = numbers_to_pick(&catalog, ground.version, chosen) {
        let scoped = house.store.scoped(crate::Scope::operator(actor.scope.operator));
        let free = scoped.free_numbers(customer, wanted, MOST_NUMBERS).await?;
        choices.numbers.to_pick = free.into_iter().map(|kept| kept.number.number).collect();
    }
    Ok(Some(choices))
}

/// Customers of this reference or name, to order for; `None` for who may not order.
///
/// # Errors
/// When the database fails.
pub async fn customers(house: &House, actor: &Actor, text: &str) -> Result<Option<Vec<(CustomerId, String)>>, OperationError> {
    if !actor.may(Permission::OrderLines) {
        return Ok(None);
    }
    let found = house.store.scoped(actor.scope).customers_like(text.trim(), MOST_CUSTOMERS).await?;
    let named = found.into_iter().filter_map(|found| match found.party {
        store::Party::Customer(id) => Some((id, found.name)),
        _ => None,
    });
    Ok(Some(named.collect()))
}

fn offered((ground, language): (&Ground<'_>, &str), chosen: &Chosen) -> Choices {
    let version = ground.version;
    let has_offers = |ix| offers_on(version, ix).next().is_some();
    let networks = version.networks.iter().filter(|(ix, _)| has_offers(*ix));
    let networks = networks.map(|(ix, network)| (version.networks.id(ix).to_owned(), network.name.clone())).collect();
    let mut choices = Choices { networks, ..Choices::default() };
    let Some((network_ix, network)) = ground.network(&chosen.network) else { return choices };
    choices.esim = network.esim_price;
    choices.offers = offers_on(version, network_ix)
        .map(|(id, offer, monthly)| OfferChoice {
            id: id.to_owned(),
            name: offer.name.in_language(language).to_owned(),
            monthly,
            once: offer.one_off,
        })
        .collect();
    let Some(offer_ix) = version.offers.find(&chosen.offer).filter(|ix| version.offers.get(*ix).price(network_ix).is_some())
    else {
        return choices;
    };
    let family = version.families.get(version.offers.get(offer_ix).family);
    choices.has_capping = family.cap_choice;
    let choice = network.number_choice(family.service);
    choices.numbers.may_come = choice != NumberChoice::Network;
    choices.numbers.by_rio = ground.catalog.world.plan.calling_code == FRANCE;
    let capping = match (family.cap_choice, chosen.capping) {
        (true, None) => return choices,
        (true, Some(capping)) => capping,
        (false, _) => Capping::Uncapped,
    };
    choices.is_complete = true;
    choices.options = options_of(ground, (chosen, capping), language);
    choices.cutoffs = version
        .cutoffs_of(offer_ix, network_ix)
        .map(|(ix, cutoff)| {
            let value = |value: i64| match cutoff.measure {
                Measure::Amount => CutoffValue::Amount(Money::from_micros(value)),
                Measure::Volume => CutoffValue::Volume(cutoff.kinds[0], Quantity::new(value).unwrap_or_default()),
            };
            CutoffChoice {
                id: version.cutoffs.id(ix).to_owned(),
                name: cutoff.name.in_language(language).to_owned(),
                values: cutoff.values.iter().filter_map(|each| Some((cutoff.write(*each)?, value(*each)))).collect(),
                default: cutoff.write(cutoff.default).filter(|_| !cutoff.chosen_at_order),
            }
        })
        .collect();
    choices
}

/// The calling code of the country where a RIO proves whose a number is.
const FRANCE: u16 = 33;

/// Those that the line may have beside what was chosen, and what was chosen of them.
fn options_of(ground: &Ground<'_>, (chosen, capping): (&Chosen, Capping), language: &str) -> Vec<OptionChoice> {
    let version = ground.version;
    let mut service =
        Service { offer: chosen.offer.as_str().into(), monthly: Money::ZERO, capping, options: Vec::new(), cutoffs: Vec::new() };
    let mut ids: Vec<&str> = Vec::new();
    // What one option needs may itself need another: each round those are found that the last one opened.
    loop {
        let found = options::offered(&service, &chosen.network, ground);
        let new: Vec<&str> = found.iter().map(|(id, _)| *id).filter(|id| !ids.contains(id)).collect();
        ids.extend(&new);
        let opened: Vec<&str> = new.into_iter().filter(|id| chosen.options.iter().any(|chosen| chosen == id)).collect();
        if opened.is_empty() {
            break;
        }
        let held = |id: &str| ::lines::HeldOption { option: id.into(), monthly: Money::ZERO, from: ground.now };
        service.options.extend(opened.into_iter().map(held));
    }
    let option = |id: &str| {
        let option = version.options.get(version.options.find(id)?);
        let (monthly, once) = match option.price {
            OptionPrice::Monthly(price) => (price, Money::ZERO),
            OptionPrice::Once(price) => (Money::ZERO, price),
        };
        Some(OptionChoice { id: id.to_owned(), name: option.name.in_language(language).to_owned(), monthly, once })
    };
    ids.into_iter().filter_map(option).collect()
}

/// The numbers of which one may be picked; `None` where none is.
fn numbers_to_pick<'c>(catalog: &Catalog, version: &Version, chosen: &'c Chosen) -> Option<NumbersFor<'c>> {
    let network = version.networks.get(version.networks.find(&chosen.network)?);
    let offer = version.offers.get(version.offers.find(&chosen.offer)?);
    let service = version.families.get(offer.family).service;
    if network.number_choice(service) != NumberChoice::Pick {
        return None;
    }
    let plan = &catalog.world.plan;
    let digits = usize::from(network.digits_of(service)?) + plan.calling_code.to_string().len() - plan.trunk_prefix.len();
    Some(NumbersFor { network: &chosen.network, kind: service.as_str(), digits })
}

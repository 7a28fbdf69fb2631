//! What a line's contract says beside its services (RES-04): what it costs each month and what it cost once, from the catalogue and its order; what
//! it is technically and on whose network; and what its user has to know or type on a telephone (MOB-65).

use crate::{
    Actor, House, OperationError,
    catalog_names::Names,
    esim::{self, EsimStage},
    line_services,
    permission::Role,
    sims::{self, SimKind},
};
pub use catalog::SheetPart;
use catalog::{Catalog, Network, OptionPrice, Service};
use store::ContractFacts;
use vocabulary::{LineId, Money, SimId, Timestamp};

/// Something that a line costs each month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlyFee {
    /// The plan or the option, by name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// From when on.
    pub since: Option<Timestamp>,
}

/// What something was that was paid once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnceFor {
    /// The beginning of the contract, with this plan.
    Beginning(String),
    /// An option.
    Option(String),
    /// A recharge.
    Recharge(String),
    /// An eSIM instead of a card.
    Esim,
    /// Another SIM card.
    SimSwap,
}

/// Something that was paid once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnceFee {
    /// For what.
    pub what: OnceFor,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}

/// What a line is technically.
#[derive(Clone, Debug)]
pub struct Technical {
    /// What it is for.
    pub service: Option<Service>,
    /// Digits of its numbers, as they are dialled.
    pub digits: Option<u8>,
    /// The host network, by name, and its codes (ITU-T E.212).
    pub network: Option<(String, Vec<String>)>,
    /// Data sessions at once; 0 for no limit, `None` where the network is not known.
    pub sessions_at_once: Option<i64>,
    /// Parties of a conference at home and roaming.
    pub conference: Option<(i64, i64)>,
    /// Its SIM.
    pub sim: Option<TechnicalSim>,
    /// How far its eSIM profile is at the SM-DP+.
    pub profile: Option<EsimStage>,
}

/// Its SIM.
#[derive(Clone, Debug)]
pub struct TechnicalSim {
    /// Which.
    pub id: SimId,
    /// Its serial number.
    pub iccid: String,
    /// What the network knows it by; not for a customer's people.
    pub imsi: Option<String>,
    /// Card or profile.
    pub kind: SimKind,
}

/// One row of the sheet of the line's network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// To which part it belongs.
    pub part: SheetPart,
    /// What people call it.
    pub name: String,
    /// What is to be typed, or done.
    pub value: String,
}

/// A contract.
#[derive(Clone, Debug)]
pub struct Contract {
    /// When the line was ordered, of one that was ordered here.
    pub ordered: Option<Timestamp>,
    /// What it costs each month, the plan first.
    pub monthly: Vec<MonthlyFee>,
    /// In all.
    pub monthly_in_all: Money,
    /// What it cost once, the latest first.
    pub once: Vec<OnceFee>,
    /// What it is technically.
    pub technical: Technical,
    /// What its user has to know or type, in the order of the sheet's parts; a subscriber's without what partners need.
    pub settings: Vec<Setting>,
}

/// The contract of a line; `None` outside the asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn contract(house: &House, actor: &Actor, line: LineId, language: &str) -> Result<Option<Contract>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let scoped = house.store.scoped(actor.scope);
    let Some(facts) = scoped.contract(line).await? else { return Ok(None) };
    let Some(services) = line_services::services(house, actor, line, language).await? else { return Ok(None) };
    let names = Names { catalog: &catalog, language };
    let offer = MonthlyFee { name: services.offer.clone(), amount: services.offer_monthly, since: None };
    let options = services.options.iter().filter(|option| option.monthly.is_positive()).map(|option| MonthlyFee {
        name: option.name.clone(),
        amount: option.monthly,
        since: Some(option.since),
    });
    let sim = match services.sim {
        Some(id) => scoped.sim(id).await?,
        None => None,
    };
    let of_customer = matches!(actor.role, Role::Subscriber | Role::Member | Role::FleetManager);
    let sim = sim.map(|kept| TechnicalSim {
        id: kept.id,
        iccid: kept.iccid,
        imsi: kept.imsi.filter(|_| !of_customer),
        kind: sims::kind_of(&kept.kind),
    });
    let options_had = scoped.options_of(line).await?;
    let mut once = paid_once(&catalog, &facts, names);
    once.extend(options_had.iter().filter_map(|past| {
        let amount = option_once(&catalog, &past.option, past.since)?;
        Some(OnceFee { what: OnceFor::Option(names.option(&past.option)), amount, at: past.since })
    }));
    let began_with_esim = sim.as_ref().is_some_and(|sim| sim.kind == SimKind::Esim) && facts.swaps.is_empty();
    let now = house.clock.now();
    let network = network_at(&catalog, &facts.network, now);
    if let Some(amount) = network.and_then(|network| network.esim_price).filter(|_| began_with_esim) {
        once.push(OnceFee { what: OnceFor::Esim, amount, at: facts.ordered.unwrap_or(facts.first_offer.1) });
    }
    once.retain(|fee| fee.amount.is_positive());
    once.sort_by_key(|fee| std::cmp::Reverse(fee.at));
    let profile = esim::of_line(house, actor, line).await?.map(|esim| esim.stage);
    let service = Service::WORDS.iter().find(|(word, _)| *word == facts.service).map(|(_, service)| *service);
    Ok(Some(Contract {
        ordered: facts.ordered,
        monthly: std::iter::once(offer).chain(options).collect(),
        monthly_in_all: services.monthly,
        once,
        settings: network.map(|network| settings(network, actor.role, language)).unwrap_or_default(),
        technical: Technical {
            service,
            digits: network.zip(service).and_then(|(network, service)| network.digits_of(service)),
            network: network.map(|network| (network.name.clone(), network.plmn.clone())),
            sessions_at_once: network.map(|network| network.sessions_at_once),
            conference: network.and_then(|network| network.conference),
            sim,
            profile,
        },
    }))
}

fn network_at<'c>(catalog: &'c Catalog, id: &str, at: Timestamp) -> Option<&'c Network> {
    let networks = &catalog.version_at(at).networks;
    networks.find(id).map(|ix| networks.get(ix))
}

/// What the plan, recharges and SIM swaps cost once, at the prices of their days.
fn paid_once(catalog: &Catalog, facts: &ContractFacts, names: Names<'_>) -> Vec<OnceFee> {
    let (offer, bought) = &facts.first_offer;
    let began = facts.ordered.unwrap_or(*bought);
    let version = catalog.version_at(began);
    let mut fees = Vec::new();
    if let Some(ix) = version.offers.find(offer) {
        let amount = version.offers.get(ix).one_off;
        fees.push(OnceFee { what: OnceFor::Beginning(names.offer(offer)), amount, at: began });
    }
    for (recharge, at) in &facts.recharges {
        let recharges = &catalog.version_at(*at).recharges;
        let Some(found) = recharges.find(recharge).map(|ix| recharges.get(ix)) else { continue };
        let name = found.name.in_language(names.language).to_owned();
        fees.push(OnceFee { what: OnceFor::Recharge(name), amount: found.price, at: *at });
    }
    for (work, at) in &facts.swaps {
        let Some(network) = network_at(catalog, &facts.network, *at) else { continue };
        let (what, amount) = match work.as_str() {
            "esim-swap" => (OnceFor::Esim, network.esim_price.unwrap_or(Money::ZERO)),
            _ => (OnceFor::SimSwap, network.sim_swap_price),
        };
        fees.push(OnceFee { what, amount, at: *at });
    }
    fees
}

/// What an option cost once on the day on which it was bought.
fn option_once(catalog: &Catalog, option: &str, at: Timestamp) -> Option<Money> {
    let options = &catalog.version_at(at).options;
    match options.get(options.find(option)?).price {
        OptionPrice::Once(amount) => Some(amount),
        OptionPrice::Monthly(_) => None,
    }
}

fn settings(network: &Network, role: Role, language: &str) -> Vec<Setting> {
    // Whoever uses a line at home has nothing to set up at a partner's platform.
    let is_private = matches!(role, Role::Subscriber | Role::Member);
    let mut settings: Vec<Setting> = network
        .sheet
        .iter()
        .filter(|row| !(is_private && row.part == SheetPart::Partner))
        .map(|row| Setting {
            part: row.part,
            name: row.name.in_language(language).to_owned(),
            value: row.value.in_language(language).to_owned(),
        })
        .collect();
    settings.sort_by_key(|setting| setting.part);
    settings
}

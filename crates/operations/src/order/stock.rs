//! The SIM and the number that each line of an order is to have, out of what nobody has. That nobody takes them meanwhile is seen when they are
//! saved.

use super::{LineAsked, NumberRequest, OrderAsked, OrderFault, OrderFaults, SimRequest};
use crate::{Actor, House, OperationError, Scope, sims::KINDS};
use ::lines::{Chance, Number, Quote};
use catalog::{Catalog, NumberChoice, Service, Version};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::{KeptCard, KeptNumber, NumberFor, NumbersFor, Scoped};
use vocabulary::{CustomerId, E164, Iccid};

/// So many more are looked at than are needed, so that two orders at once seldom want the same.
const SPARE: usize = 40;

/// What a line of an order is to have.
pub(super) struct Picked {
    pub(super) card: KeptCard,
    pub(super) number: Option<KeptNumber>,
    pub(super) service: &'static str,
}

/// Whose eyes look at the inventory.
struct Eyes {
    /// The operator's: what is free is its own to give, whoever orders.
    stock: Scoped,
    /// Those of who orders: what they do not see is not there, rather than somebody else's.
    own: Scoped,
}

/// Picks for every line, by a seed; or says for which there is nothing.
pub(super) async fn pick(
    (house, actor): (&House, &Actor),
    catalog: &Catalog,
    asked: &OrderAsked,
    (quotes, seed): (&[Quote], u64),
) -> Result<Result<Vec<Picked>, OrderFaults>, OperationError> {
    let scoped = |scope| house.store.scoped(scope);
    let eyes = Eyes { stock: scoped(Scope::operator(actor.scope.operator)), own: scoped(actor.scope) };
    let version = catalog.version_at(house.clock.now());
    let mut chance = Chance::new(seed);
    let mut cards = Cards::load(&eyes, asked, &mut chance).await?;
    let services: Vec<Option<Service>> = quotes.iter().map(|quote| service_of(version, &quote.service.offer)).collect();
    let mut numbers = Numbers::load(&eyes.stock, (catalog, version), asked, (&services, &mut chance)).await?;
    let (mut picked, mut faults) = (Vec::with_capacity(asked.lines.len()), OrderFaults::new());
    for (at, line) in asked.lines.iter().enumerate() {
        match (cards.take(asked.customer, line), numbers.take(at, line)) {
            (Ok(card), Ok(number)) => {
                picked.push(Picked { card, number, service: services[at].map_or("mobile", Service::as_str) });
            }
            (Err(fault), _) | (_, Err(fault)) => faults.push((at, fault)),
        }
    }
    Ok(if faults.is_empty() { Ok(picked) } else { Err(faults) })
}

fn service_of(version: &Version, offer: &str) -> Option<Service> {
    let offer = version.offers.get(version.offers.find(offer)?);
    Some(version.families.get(offer.family).service)
}

/// SIMs that may be taken, by network and kind, and those that are named.
struct Cards {
    any: BTreeMap<(String, &'static str), Vec<KeptCard>>,
    named: HashMap<Iccid, KeptCard>,
}

impl Cards {
    async fn load(eyes: &Eyes, asked: &OrderAsked, chance: &mut Chance) -> Result<Self, OperationError> {
        let mut wanted: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
        let mut iccids = Vec::new();
        for line in &asked.lines {
            match line.request.sim {
                SimRequest::This(iccid) => iccids.push(iccid),
                SimRequest::Any(_) => *wanted.entry(key(line)).or_default() += 1,
            }
        }
        let mut named = eyes.stock.cards_named(asked.customer, &iccids).await?;
        let seen: HashSet<Iccid> =
            eyes.own.cards_named(asked.customer, &iccids).await?.into_iter().map(|card| card.sim.iccid).collect();
        let is_free = |card: &KeptCard| card.sim.refuse_unless_free().is_ok();
        named.retain(|card| seen.contains(&card.sim.iccid) || is_free(card));
        let named: HashMap<Iccid, KeptCard> = named.into_iter().map(|card| (card.sim.iccid, card)).collect();
        let mut any = BTreeMap::new();
        for ((network, kind), count) in wanted {
            let mut cards = eyes.stock.cards_for(asked.customer, (&network, kind), count + SPARE + named.len()).await?;
            cards.retain(|card| !named.contains_key(&card.sim.iccid));
            shuffle(&mut cards, chance);
            // What was given to the customer is taken before what is in stock.
            cards.sort_by_key(|card| card.sim.state == ::lines::SimState::Free);
            cards.reverse();
            any.insert((network, kind), cards);
        }
        Ok(Self { any, named })
    }

    fn take(&mut self, customer: CustomerId, line: &LineAsked) -> Result<KeptCard, OrderFault> {
        match line.request.sim {
            SimRequest::This(iccid) => {
                let card = self.named.get(&iccid).ok_or(OrderFault::NoSuchSim)?;
                card.sim.refuse_for(customer, &line.request.network).map_err(OrderFault::Sim)?;
                Ok(card.clone())
            }
            SimRequest::Any(_) => self.any.get_mut(&key(line)).and_then(Vec::pop).ok_or(OrderFault::NoSimLeft),
        }
    }
}

fn key(line: &LineAsked) -> (String, &'static str) {
    let kind = match line.request.sim {
        SimRequest::Any(kind) => KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word),
        SimRequest::This(_) => "",
    };
    (line.request.network.to_string(), kind)
}

/// For what a number of the pool is wanted: the network, the service, how many digits.
type Wanted = (String, &'static str, usize);

/// Numbers that may be taken, by what they are for, and what is known of those that are named.
struct Numbers {
    wanted: Vec<Option<Wanted>>,
    free: BTreeMap<Wanted, Vec<KeptNumber>>,
    known: HashMap<E164, KeptNumber>,
    /// Those that are named and that the customer may have.
    allowed: Vec<NumberFor>,
    services: Vec<Option<Service>>,
}

impl Numbers {
    async fn load(
        scoped: &Scoped,
        (catalog, version): (&Catalog, &Version),
        asked: &OrderAsked,
        (services, chance): (&[Option<Service>], &mut Chance),
    ) -> Result<Self, OperationError> {
        let plan = &catalog.world.plan;
        let mut of_lines = Vec::with_capacity(asked.lines.len());
        let mut wanted: BTreeMap<Wanted, usize> = BTreeMap::new();
        for (line, service) in asked.lines.iter().zip(services) {
            let network = version.networks.find(&line.request.network).map(|ix| version.networks.get(ix));
            let from_pool = network.zip(*service).filter(|(network, service)| {
                line.request.number == NumberRequest::Any && network.number_choice(*service) != NumberChoice::Network
            });
            let of_line = from_pool.and_then(|(network, service)| {
                let digits = usize::from(network.digits_of(service)?);
                let digits = digits + plan.calling_code.to_string().len() - plan.trunk_prefix.len();
                Some((line.request.network.to_string(), service.as_str(), digits))
            });
            if let Some(of_line) = &of_line {
                *wanted.entry(of_line.clone()).or_default() += 1;
            }
            of_lines.push(of_line);
        }
        let named: Vec<E164> = asked.lines.iter().filter_map(|line| named(&line.request.number)).collect();
        let known = scoped.numbers_known(&named).await?.into_iter().map(|kept| (kept.number.number, kept)).collect();
        let allowed = scoped.numbers_for(asked.customer, &named).await?;
        let mut free = BTreeMap::new();
        for (of_line, count) in wanted {
            let (network, kind, digits) = &of_line;
            let numbers = NumbersFor { network, kind, digits: *digits };
            let mut found = scoped.free_numbers(asked.customer, numbers, count + SPARE + named.len()).await?;
            found.retain(|kept| !named.contains(&kept.number.number));
            shuffle(&mut found, chance);
            free.insert(of_line, found);
        }
        Ok(Self { wanted: of_lines, free, known, allowed, services: services.to_vec() })
    }

    fn take(&mut self, at: usize, line: &LineAsked) -> Result<Option<KeptNumber>, OrderFault> {
        match line.request.number {
            NumberRequest::Any => match &self.wanted[at] {
                None => Ok(None),
                Some(of_line) => {
                    let number = self.free.get_mut(of_line).and_then(Vec::pop).ok_or(OrderFault::NoNumberLeft)?;
                    Ok(Some(number))
                }
            },
            NumberRequest::Picked(number) if self.may_pick(at, line, number) => Ok(self.known.get(&number).cloned()),
            NumberRequest::Picked(number) => Err(match self.known.get(&number).map(|kept| kept.number.refuse_unless_free()) {
                Some(Err(refusal)) => OrderFault::Number(refusal),
                Some(Ok(())) | None => OrderFault::NotOurNumber,
            }),
            NumberRequest::Ported { number, .. } => {
                let known = self.known.get(&number);
                Number::refuse_port_in(known.map(|kept| &kept.number)).map_err(OrderFault::Number)?;
                Ok(known.cloned())
            }
        }
    }
}

impl Numbers {
    fn may_pick(&self, at: usize, line: &LineAsked, number: E164) -> bool {
        let Some((_, network, kind)) = self.allowed.iter().find(|(allowed, ..)| *allowed == number) else { return false };
        let service = self.services[at].map_or("", Service::as_str);
        network.as_deref().is_none_or(|network| network == line.request.network)
            && kind.as_deref().is_none_or(|kind| kind == service)
    }
}

const fn named(request: &NumberRequest) -> Option<E164> {
    match request {
        NumberRequest::Picked(number) | NumberRequest::Ported { number, .. } => Some(*number),
        NumberRequest::Any => None,
    }
}

fn shuffle<T>(things: &mut [T], chance: &mut Chance) {
    for at in (1..things.len()).rev() {
        let other = usize::try_from(chance.below(at as u64 + 1)).unwrap_or(at);
        things.swap(at, other);
    }
}

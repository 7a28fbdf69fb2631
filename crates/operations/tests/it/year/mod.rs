//! A year of lines on a real database, with the program's own operations, against networks that are slow, refuse, stay silent, answer twice and
//! out of order, with a program that dies between any two of its steps: before and after a network is told something, before and after an answer
//! is acknowledged, and after a person's form was carried out and before they hear of it. What happens within a transaction is the database's.
//!
//! The decisions alone have a simulation of their own in the room `lines`, with ten thousand lines. Everything here follows from a seed, which
//! a failure prints. The ordinary test runs a few lines; `CADRAN_YEAR=300x5@1` runs 300 lines under five seeds from 1 on.

mod checks;
mod people;

use crate::stage::{actor, at, house, line, operator, root};
use catalog::CatalogFiles;
use gateways::simulated_network::{Manners, NetworkSettings, NumberBlock, SimulatedNetwork};
use operations::{
    Actor, House, Scope,
    host_network::{Answer, AnswerId, Asked, Chance, HostNetwork, HostNetworks, NetworkRequest, ServiceKind, TransportFault},
    mail::Work,
    network_delivery::round,
    permission::Role,
    seal::Seal,
    sim_batches::{self, BatchFile},
    sims::SimKind,
};
use people::Step;
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::Store;
use tokio::sync::Notify;
use vocabulary::{CustomerId, E164, Iccid, LineId, OperatorId, OrderId, Timestamp, WorkOrderId};

const DAY: i64 = 86_400;
const START: &str = "2026-11-02T08:00:00Z";
const NETWORKS: [&str; 2] = ["orange", "bouygues"];
/// A bad day of a network, every day: of a thousand cases.
const UNRELIABLE: Manners = Manners {
    slow: 500,
    refusing: 40,
    silent: 120,
    busy: 60,
    twice: 80,
    out_of_order: 100,
    breaking: 60,
    longest_s: 3 * 3_600,
    outage: None,
};
/// A letter that a dead program took is found again after so many seconds.
const FOUND_AGAIN_S: i64 = 125;
/// In so many calls to a network the program dies once.
const DIES_ONCE_IN: u64 = 60;

/// When the program dies: at a call of a network that chance picks, before or after it is done.
#[derive(Clone, Debug)]
struct Death {
    seed: u64,
    calls: Arc<AtomicU64>,
    deaths: Arc<AtomicU64>,
    died: Arc<Notify>,
    /// No deaths any more.
    ended: Arc<AtomicU64>,
}

impl Death {
    /// One step of the program; it may be the last.
    async fn step(&self) {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        let is_last = Chance::new(self.seed ^ call.wrapping_mul(0x9e37_79b9)).below(DIES_ONCE_IN) == 0;
        if is_last && self.ended.load(Ordering::SeqCst) == 0 {
            self.deaths.fetch_add(1, Ordering::SeqCst);
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

/// A network at whose calls the program may die.
#[derive(Debug)]
struct Deadly {
    network: SimulatedNetwork,
    death: Death,
}

impl HostNetwork for Deadly {
    fn send(&self, requests: Vec<NetworkRequest>, now: Timestamp) -> Work<'_, Vec<Asked>> {
        Box::pin(async move {
            self.death.step().await;
            let asked = self.network.send(requests, now).await;
            self.death.step().await;
            asked
        })
    }

    fn withdraw(&self, keys: Vec<WorkOrderId>, now: Timestamp) -> Work<'_, Vec<Asked>> {
        Box::pin(async move {
            self.death.step().await;
            let asked = self.network.withdraw(keys, now).await;
            self.death.step().await;
            asked
        })
    }

    fn answers(&self, most: usize, now: Timestamp) -> Work<'_, Result<Vec<Answer>, TransportFault>> {
        Box::pin(async move {
            let answers = self.network.answers(most, now).await;
            if answers.as_ref().is_ok_and(|answers| !answers.is_empty()) {
                self.death.step().await;
            }
            answers
        })
    }

    fn acknowledge(&self, answers: Vec<AnswerId>) -> Work<'_, Result<(), TransportFault>> {
        Box::pin(async move {
            self.death.step().await;
            let done = self.network.acknowledge(answers).await;
            self.death.step().await;
            done
        })
    }
}

/// What was seen, to know that everything happened that is to be tried.
#[derive(Debug, Default)]
struct Tally {
    done: BTreeMap<&'static str, u64>,
    refused: BTreeMap<&'static str, u64>,
    forms_again: u64,
    at_once: u64,
}

/// The world of a run.
struct Year {
    seed: u64,
    chance: Chance,
    house: House,
    url: String,
    operator: OperatorId,
    customer: CustomerId,
    staff: Actor,
    networks: Vec<(&'static str, SimulatedNetwork)>,
    death: Death,
    agenda: BTreeMap<(Timestamp, u64), Step>,
    steps: u64,
    orders: BTreeMap<u64, OrderId>,
    given_up: BTreeSet<u64>,
    lines: BTreeSet<LineId>,
    catalogs: CatalogFiles,
    /// SIMs and numbers that somebody had at the beginning.
    held_before: [i64; 2],
    is_open: bool,
    tally: Tally,
}

impl Year {
    async fn begin(url: &str, (seed, lines): (u64, u64)) -> Self {
        let seal = Seal::read(Seal::fresh_line(Some("k1")).unwrap().as_str()).unwrap();
        let house = house(url, START).await.with_seal(seal);
        let operator = operator(&house, "grandlarge", vec![line("+33639980011", &[], ("mobile", "orange", "unlimited-5"))]).await;
        let scope = Scope::operator(operator);
        let staff = actor(scope, Role::OperatorAgent);
        let store::Party::Customer(customer) =
            house.store.scoped(scope).customers_like("V100001", 1).await.unwrap().remove(0).party
        else {
            panic!("a customer")
        };
        for (at, (network, plmn)) in NETWORKS.iter().zip(["20801", "20820"]).enumerate() {
            for (kind, part) in [(SimKind::CardWithPin, 0), (SimKind::Esim, 1)] {
                let first = u128::try_from(at * 2 + part).unwrap() * 1_000_000;
                let row = |place: u128| {
                    let iccid = Iccid::from_serial(893_326_000_000_000_000 + first + place).unwrap();
                    format!("{iccid};{plmn}{:010};1234;87000002;5678;99000002\n", first + place)
                };
                let rows: String = (0..u128::from(lines) * 3 + 4).map(row).collect();
                let text = format!("ICCID;IMSI;PIN1;PUK1;PIN2;PUK2\n{rows}");
                let name = format!("{network}-{part}.csv");
                let file = BatchFile { name: &name, network, kind, bytes: text.as_bytes() };
                sim_batches::take(&house, &staff, file).await.unwrap().unwrap().unwrap();
            }
        }
        let numbers: Vec<E164> = (0..lines * 2).map(|place| E164::from_digits(33_639_000_000 + place).unwrap()).collect();
        let transaction = house.store.begin().await.unwrap();
        let new = store::NewNumbers { operator, reseller: None, network: None, kind: None, numbers: &numbers };
        transaction.take_numbers_in(&new).await.unwrap();
        transaction.commit().await.unwrap();
        let blocks = [(ServiceKind::Data, 33_700_000_000_000), (ServiceKind::M2m, 33_700_000_500_000)];
        let block = |(kind, first)| NumberBlock { kind, first: E164::from_digits(first).unwrap(), count: 100_000 };
        let network = |place: u64| {
            let settings = NetworkSettings { seed: seed * 10 + place, manners: UNRELIABLE, blocks: blocks.map(block).into() };
            SimulatedNetwork::in_memory(settings)
        };
        let networks = NETWORKS.into_iter().zip(0..).map(|(name, place)| (name, network(place))).collect();
        let [calls, deaths, ended] = [0; 3].map(|zero| Arc::new(AtomicU64::new(zero)));
        let mut year = Self {
            seed,
            chance: Chance::new(seed),
            house,
            url: url.to_owned(),
            operator,
            customer,
            staff,
            networks,
            death: Death { seed, calls, deaths, died: Arc::new(Notify::new()), ended },
            agenda: BTreeMap::new(),
            steps: 0,
            orders: BTreeMap::new(),
            given_up: BTreeSet::new(),
            lines: BTreeSet::new(),
            catalogs: CatalogFiles::read(&root().join("catalogs")).unwrap(),
            held_before: [0, 0],
            is_open: true,
            tally: Tally::default(),
        };
        year.held_before = year.held().await;
        for token in 0..lines {
            let when = year.within(200 * DAY);
            year.at(when, Step::Order(token));
        }
        let first_look = at(START).plus_seconds(DAY / 2);
        year.at(first_look, Step::Staff);
        year
    }

    fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    fn within(&mut self, seconds: i64) -> Timestamp {
        let later = self.chance.below(seconds.unsigned_abs()) + 1;
        self.now().plus_seconds(i64::try_from(later).unwrap())
    }

    fn per_cent(&mut self, per_cent: u64) -> bool {
        self.chance.below(100) < per_cent
    }

    fn at(&mut self, when: Timestamp, step: Step) {
        self.steps += 1;
        self.agenda.insert((when, self.steps), step);
    }

    /// Does rounds until nothing happens any more at this hour. A program that dies is started again, and remembers what is in the database.
    async fn rounds(&mut self) {
        loop {
            let ways = self.networks.iter().fold(HostNetworks::default(), |ways, (name, network)| {
                let deadly = Deadly { network: network.clone(), death: self.death.clone() };
                ways.with(self.operator, name, Arc::new(deadly))
            });
            let came = tokio::select! {
                came = round(&self.house, &ways) => Some(came.unwrap()),
                () = self.death.died.notified() => None,
            };
            match came {
                Some(round) if round.is_quiet() => return,
                Some(_) => {}
                None => {
                    self.start_again().await;
                    let found = self.now().plus_seconds(FOUND_AGAIN_S);
                    self.at(found, Step::Nothing);
                }
            }
        }
    }

    async fn start_again(&mut self) {
        let store = Store::open(&self.url).await.unwrap();
        let house = House::new(store, &self.catalogs, self.house.clock.clone()).unwrap();
        let before = std::mem::replace(&mut self.house, house);
        before.store.close().await.unwrap();
    }

    /// Goes to the next hour at which something happens, unless that is after `end`.
    async fn go_on(&mut self, end: Timestamp) -> bool {
        let now = self.now();
        let agenda = self.agenda.first_key_value().map(|((hour, _), _)| *hour);
        let due = self.house.store.next_due().await.unwrap();
        let network = self.networks.iter().filter_map(|(_, network)| network.next_hour(now)).min();
        let Some(hour) = [agenda, due, network].into_iter().flatten().min().filter(|hour| *hour <= end) else { return false };
        self.house.clock.set(hour.max(now));
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 <= hour) {
            let step = entry.remove();
            self.act(step).await;
        }
        self.rounds().await;
        self.check().await;
        true
    }
}

async fn run(url: &str, (seed, lines): (u64, u64)) -> Year {
    let mut year = Year::begin(url, (seed, lines)).await;
    let end = at(START).plus_seconds(365 * DAY);
    while year.go_on(end).await {}
    // Nobody begins anything any more; what is planned and underway comes to its end.
    year.is_open = false;
    year.death.ended.store(1, Ordering::SeqCst);
    let deadline = end.plus_seconds(400 * DAY);
    while year.go_on(deadline).await {}
    year.agree().await;
    for token in 0..lines {
        let is_there = year.orders.contains_key(&token);
        assert!(is_there != year.given_up.contains(&token), "seed {seed}: order {token} is lost, or was taken and refused");
    }
    year
}

/// PLT-12, MOB-60, MOB-61, MOB-62: on both databases, a year of orders, swaps, suspensions, plan changes, options, portings and endings comes out
/// right whatever networks, crashes and impatient people do.
#[tokio::test]
async fn plt_12_a_year_on_a_database() {
    let size = env::var("CADRAN_YEAR").ok();
    let (lines, seeds, first) = match &size {
        Some(text) => read_size(text).unwrap_or_else(|| panic!("CADRAN_YEAR `{text}` is not of the form 300x5@1")),
        None => (30, 1, 7),
    };
    for seed in first..first + seeds {
        for database in testkit::databases() {
            let year = run(database.url(), (seed, lines)).await;
            let deaths = year.death.deaths.load(Ordering::SeqCst);
            println!("seed {seed} on {:?}: {} lines, {deaths} deaths, {:?}", database.engine(), year.lines.len(), year.tally);
            let tally = &year.tally;
            let all = ["suspend", "reactivate", "plan", "add_option", "swap_sim", "end", "take_back", "cancel", "give_up"];
            let missing: Vec<_> = all.iter().filter(|what| !tally.done.contains_key(*what)).collect();
            assert!(missing.is_empty(), "seed {seed}: nobody did {missing:?}: {tally:?}");
            assert!(deaths > 5 && tally.forms_again > 3 && tally.at_once > 3, "seed {seed}: {deaths} deaths, {tally:?}");
        }
    }
}

fn read_size(text: &str) -> Option<(u64, u64, u64)> {
    let (size, first) = text.split_once('@').unwrap_or((text, "1"));
    let (lines, seeds) = size.split_once('x')?;
    Some((lines.parse().ok()?, seeds.parse().ok()?, first.parse().ok()?))
}

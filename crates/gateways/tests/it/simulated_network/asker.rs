//! Somebody who asks a network for the lives of lines, again and again until it answers, and keeps all that it says.

use gateways::simulated_network::{NetworkSettings, NumberBlock, SimulatedNetwork, SubscriptionState};
use operations::host_network::{
    Action, Asked, Capping, HeldOption, HostNetwork as _, LineFacts, NetworkRequest, Reply, Service, ServiceKind, SimFacts,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};
use vocabulary::{E164, Iccid, LineId, Money, OperatorId, SimId, Timestamp, WorkOrderId};

/// An hour of the day on which tests begin, so many seconds in.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::EPOCH.plus_seconds(20_000 * 86_400 + seconds)
}

pub(crate) fn line(n: i64) -> LineId {
    LineId(n)
}

pub(crate) fn sim(n: i64) -> SimFacts {
    let serial = 893_326_321_220_000_000 + u128::try_from(n).unwrap();
    SimFacts { iccid: Iccid::from_serial(serial).unwrap(), imsi: format!("20801{n:010}").parse().ok() }
}

pub(crate) fn number(n: i64) -> E164 {
    E164::from_digits(33_639_000_000 + u64::try_from(n).unwrap()).unwrap()
}

pub(crate) fn service(offer: &str, options: &[&str]) -> Service {
    let held = |option: &&str| HeldOption { option: (*option).into(), monthly: Money::ZERO, from: at(0) };
    Service {
        offer: offer.into(),
        monthly: Money::ZERO,
        capping: Capping::Capped,
        options: options.iter().map(held).collect(),
        cutoffs: vec![],
    }
}

pub(crate) fn activate_with(n: i64, number: Option<E164>) -> Action {
    Action::Activate { sim: SimId(n), number, service: service("small", &[]) }
}

pub(crate) fn activate(n: i64) -> Action {
    activate_with(n, Some(number(n)))
}

pub(crate) fn request(key: i64, line: LineId, action: Action) -> NetworkRequest {
    let (sim_of_it, number) = match &action {
        Action::Activate { sim: id, number, .. } => (Some(sim(id.0)), *number),
        _ => (Some(sim(line.0)), Some(number(line.0))),
    };
    NetworkRequest {
        key: WorkOrderId(key),
        operator: OperatorId(1),
        network: "first".into(),
        line,
        action,
        facts: LineFacts { kind: ServiceKind::Mobile, sim: sim_of_it, next_sim: None, number },
    }
}

pub(crate) fn swap(key: i64, line: LineId, to: i64) -> NetworkRequest {
    let mut request = request(key, line, Action::SwapSim { to: SimId(to) });
    request.facts.next_sim = Some(sim(to));
    request
}

/// Three mobile numbers of 10 digits as they are dialled, and a million machine numbers of 14.
pub(crate) fn settings(seed: u64, manners: gateways::simulated_network::Manners) -> NetworkSettings {
    let block = |kind, first: &str, count| NumberBlock { kind, first: first.parse().unwrap(), count };
    let blocks = vec![block(ServiceKind::Mobile, "+33639980011", 3), block(ServiceKind::M2m, "+337000000000000", 1_000_000)];
    NetworkSettings { seed, manners, blocks }
}

/// When somebody asks again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AsksAgain {
    /// Every three hours until it is told how the request ended.
    Always,
    /// Three hours after it was told to ask again, and not else.
    AfterBusy,
}

/// Who asks: for each line to be activated, suspended, swapped and ended, each once the one before is over.
pub(crate) struct Asker {
    pub(crate) network: SimulatedNetwork,
    pub(crate) asks_again: AsksAgain,
    /// The file from which the network is opened anew every so often.
    pub(crate) restarts_from: Option<(PathBuf, NetworkSettings)>,
    /// All that was heard, with the hour.
    pub(crate) heard: Vec<(Timestamp, WorkOrderId, String)>,
    open: BTreeMap<WorkOrderId, (Timestamp, NetworkRequest)>,
    ends: BTreeMap<WorkOrderId, BTreeSet<String>>,
    asked: BTreeMap<WorkOrderId, NetworkRequest>,
    now: Timestamp,
}

const PATIENCE_S: i64 = 3 * 3_600;
/// Nobody looks more often.
const TICK_S: i64 = 300;
const STEPS: i64 = 4;

impl Asker {
    pub(crate) fn new(network: SimulatedNetwork, lines: i64) -> Self {
        let mut asker = Self {
            network,
            asks_again: AsksAgain::Always,
            restarts_from: None,
            heard: vec![],
            open: BTreeMap::new(),
            ends: BTreeMap::new(),
            asked: BTreeMap::new(),
            now: at(0),
        };
        (1..=lines).for_each(|n| asker.ask(n, 0));
        asker
    }

    fn ask(&mut self, n: i64, step: i64) {
        let key = n * 10 + step;
        let request = match step {
            0 => request(key, line(n), activate(n)),
            1 => request(key, line(n), Action::Suspend),
            2 => swap(key, line(n), 1_000 + n),
            _ => request(key, line(n), Action::End),
        };
        self.asked.insert(request.key, request.clone());
        self.open.insert(request.key, (self.now, request));
    }

    /// Asks and listens, hour by hour, until nothing is open and nothing is on its way.
    pub(crate) async fn until_quiet(&mut self) {
        for round in 1..5_000 {
            if let Some((file, settings)) = self.restarts_from.clone().filter(|_| round % 7 == 0) {
                self.network = SimulatedNetwork::in_memory(settings.clone());
                self.network = SimulatedNetwork::open(settings, &file).unwrap();
            }
            let due: Vec<_> =
                self.open.values().filter(|(due, _)| *due <= self.now).map(|(_, request)| request.clone()).collect();
            for request in &due {
                let again = self.now.plus_seconds(PATIENCE_S);
                let next = if self.asks_again == AsksAgain::Always { again } else { Timestamp::from_micros(i64::MAX) };
                self.open.insert(request.key, (next, request.clone()));
            }
            let keys: Vec<_> = due.iter().map(|request| request.key).collect();
            for (key, asked) in keys.into_iter().zip(self.network.send(due, self.now).await) {
                match asked {
                    Asked::Answered(reply) => self.hear(key, reply),
                    other => self.heard.push((self.now, key, format!("{other:?}"))),
                }
            }
            if let Ok(answers) = self.network.answers(10, self.now).await {
                let ids = answers.iter().map(|answer| answer.id.clone()).collect();
                // Whether it hears that they were taken or is down by now: they are heard.
                drop(self.network.acknowledge(ids).await);
                answers.into_iter().for_each(|answer| self.hear(answer.key, answer.reply));
            }
            let due = self.open.values().map(|(due, _)| *due).filter(|due| due.micros() != i64::MAX).min();
            let Some(next) = [due, self.network.next_hour(self.now)].into_iter().flatten().min() else { return };
            self.now = self.now.plus_seconds(TICK_S).max(next);
        }
        panic!("it is never quiet: {:?}", self.open);
    }

    fn hear(&mut self, key: WorkOrderId, reply: Reply) {
        self.heard.push((self.now, key, format!("{reply:?}")));
        match &reply {
            Reply::Busy => {
                if let Some((due, _)) = self.open.get_mut(&key) {
                    *due = self.now.plus_seconds(PATIENCE_S);
                }
            }
            Reply::Accepted => {}
            Reply::Done { .. } | Reply::Refused { .. } | Reply::Withdrawn => {
                self.ends.entry(key).or_default().insert(format!("{reply:?}"));
                if self.open.remove(&key).is_some() && key.0 % 10 + 1 < STEPS {
                    self.ask(key.0 / 10, key.0 % 10 + 1);
                }
            }
        }
    }

    /// Keys of which it was never said how they ended.
    pub(crate) fn without_end(&self) -> Vec<WorkOrderId> {
        self.asked.keys().filter(|key| !self.ends.contains_key(key)).copied().collect()
    }

    /// One end a key, as many deeds as keys that were done, and each line as its answers say.
    pub(crate) fn check(&self, about: &str) {
        assert!(self.ends.values().all(|ends| ends.len() == 1), "{about}: {:?}", self.ends);
        let done = |n: i64, step: i64| {
            self.ends.get(&WorkOrderId(n * 10 + step)).is_some_and(|ends| ends.iter().any(|end| end.starts_with("Done")))
        };
        let deeds = self.ends.keys().filter(|key| done(key.0 / 10, key.0 % 10)).count();
        assert_eq!(self.network.deeds(), u64::try_from(deeds).unwrap(), "{about}");
        for n in 1..=self.asked.keys().map(|key| key.0 / 10).max().unwrap() {
            let view = self.network.view(line(n));
            let expected = match [0, 1, 3].map(|step| done(n, step)) {
                [false, ..] => None,
                [_, _, true] => Some(SubscriptionState::Ended),
                [_, true, _] => Some(SubscriptionState::Suspended),
                _ => Some(SubscriptionState::Active),
            };
            assert_eq!(view.as_ref().map(|view| view.state), expected, "{about}: line {n}");
            let has = if done(n, 2) { sim(1_000 + n) } else { sim(n) };
            assert!(view.is_none_or(|view| view.sim.as_ref() == Some(&has)), "{about}: line {n}");
        }
    }
}

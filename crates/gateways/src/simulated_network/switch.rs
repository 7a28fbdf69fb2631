//! What a simulated network does with what it is asked: by its manners, and each key once whatever happens.

use super::{
    NetworkSettings,
    manners::Draws,
    memory::{Fact, Memory, Record, Subscription, SubscriptionState, Task},
};
use crate::json_lines;
use compact_str::CompactString;
use operations::host_network::{Action, Answer, AnswerId, Asked, NetworkRequest, Reply, Service, TransportFault};
use std::{collections::HashMap, fs::File, mem};
use vocabulary::{E164, Timestamp, WorkOrderId};

/// The reason of a refusal that is nobody's fault.
const NOT_TODAY: &str = "not-today";
/// A half, in thousandths.
const HALF: u16 = 500;

/// How a request came.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Somebody waits for the answer.
    Direct,
    /// It is the second copy of one.
    Echo,
}

/// The network as it works.
#[derive(Debug)]
pub(super) struct Switch {
    settings: NetworkSettings,
    pub(super) memory: Memory,
    hearings: HashMap<WorkOrderId, u32>,
    /// How many numbers of each block were passed.
    passed: Vec<u64>,
    file: Option<File>,
    /// Facts that are not in the file yet, as lines.
    fresh: Vec<u8>,
    /// Why it does not work any more: what it knows and what its file says are not the same.
    broken: Option<String>,
}

impl Switch {
    pub(super) fn new(settings: NetworkSettings, memory: Memory, file: Option<File>) -> Self {
        let passed = vec![0; settings.blocks.len()];
        Self { settings, memory, hearings: HashMap::new(), passed, file, fresh: Vec::new(), broken: None }
    }

    pub(super) fn send(&mut self, requests: Vec<NetworkRequest>, now: Timestamp) -> Vec<Asked> {
        let asked = requests.len();
        let answer = |switch: &mut Self| {
            switch.go_on(now);
            requests.into_iter().map(|request| switch.hear(request, now, Way::Direct)).collect()
        };
        self.reached(now, answer).unwrap_or_else(|fault| vec![Asked::Fault(fault); asked])
    }

    pub(super) fn withdraw(&mut self, keys: &[WorkOrderId], now: Timestamp) -> Vec<Asked> {
        let answer = |switch: &mut Self| {
            switch.go_on(now);
            keys.iter().map(|key| switch.forget(*key, now)).collect()
        };
        self.reached(now, answer).unwrap_or_else(|fault| vec![Asked::Fault(fault); keys.len()])
    }

    pub(super) fn answers(&mut self, most: usize, now: Timestamp) -> Result<Vec<Answer>, TransportFault> {
        self.reached(now, |switch| {
            switch.go_on(now);
            let arrived = switch.memory.answers.range(..=(now, u64::MAX)).take(most);
            let answer = |(&(_, serial), (key, reply)): (&(Timestamp, u64), &(WorkOrderId, Reply))| Answer {
                id: AnswerId(compact_str::format_compact!("{serial}")),
                key: *key,
                reply: reply.clone(),
            };
            arrived.map(answer).collect()
        })
    }

    pub(super) fn acknowledge(&mut self, ids: &[AnswerId]) -> Result<(), TransportFault> {
        self.saved(|switch| {
            let known = ids.iter().filter_map(|id| id.0.parse().ok()).filter(|serial| switch.memory.waits(*serial));
            let serials: Vec<u64> = known.collect();
            if !serials.is_empty() {
                switch.note(Fact::Acknowledged { serials });
            }
        })
    }

    /// Lines that were there before.
    pub(super) fn find(&mut self, subscriptions: Vec<Subscription>) -> Result<(), TransportFault> {
        self.saved(|switch| {
            for subscription in subscriptions {
                if !switch.memory.subscriptions.contains_key(&subscription.line) {
                    switch.note(Fact::Found { subscription });
                }
            }
        })
    }

    /// Does something that the network can be asked for, unless it is down.
    fn reached<T>(&mut self, now: Timestamp, work: impl FnOnce(&mut Self) -> T) -> Result<T, TransportFault> {
        if self.settings.manners.is_out(now) {
            return Err(TransportFault::NotReached("the network is down".to_owned()));
        }
        self.saved(work)
    }

    /// Does something and writes down what came of it before anybody hears of it.
    fn saved<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Result<T, TransportFault> {
        if let Some(problem) = &self.broken {
            return Err(TransportFault::NotReached(problem.clone()));
        }
        let done = work(self);
        let lines = mem::take(&mut self.fresh);
        if let Some(file) = &mut self.file
            && let Err(error) = json_lines::append(file, &lines)
        {
            self.broken = Some(format!("the simulated network cannot write its file: {error}"));
        }
        match &self.broken {
            Some(problem) => Err(TransportFault::Unclear(problem.clone())),
            None => Ok(done),
        }
    }

    fn note(&mut self, fact: Fact) {
        if self.file.is_some() && self.broken.is_none() {
            match serde_json::to_writer(&mut self.fresh, &fact) {
                Ok(()) => self.fresh.push(b'\n'),
                Err(error) => self.broken = Some(format!("the simulated network cannot write a fact: {error}")),
            }
        }
        self.memory.note(fact);
    }

    /// All that was to happen by itself until now.
    fn go_on(&mut self, now: Timestamp) {
        while let Some(entry) = self.memory.agenda.first_entry().filter(|entry| entry.key().0 <= now) {
            let ((at, serial), task) = entry.remove_entry();
            match task {
                Task::Work(request) => {
                    if matches!(self.memory.records.get(&request.key), Some(Record::InHand)) {
                        let reply = self.carry_out(&request);
                        let mut draws = self.draws(request.key, at);
                        self.post(&mut draws, (request.key, reply), at);
                    }
                }
                Task::Echo(request) => {
                    self.note(Fact::Echoed { serial, at });
                    self.hear(*request, at, Way::Echo);
                }
            }
        }
    }

    fn draws(&mut self, key: WorkOrderId, at: Timestamp) -> Draws {
        let times = self.hearings.entry(key).or_default();
        *times += 1;
        Draws::new(self.settings.seed, key, (at, *times))
    }

    fn hear(&mut self, request: NetworkRequest, at: Timestamp, way: Way) -> Asked {
        let (manners, key) = (self.settings.manners, request.key);
        let mut draws = self.draws(key, at);
        let breaks = way == Way::Direct && draws.happens(manners.breaking);
        if breaks && draws.happens(HALF) {
            return Asked::Fault(TransportFault::NotReached("the connection is refused".to_owned()));
        }
        if draws.happens(manners.silent) {
            return broken_or(breaks, Asked::Later);
        }
        if way == Way::Direct && draws.happens(manners.twice) {
            let (serial, again) = (self.memory.next_serial, draws.after(at, manners.longest_s));
            self.note(Fact::Echo { serial, at: again, request: Box::new(request.clone()) });
        }
        let reply = match self.memory.records.get(&key) {
            Some(Record::InHand) => Reply::Accepted,
            Some(Record::Over(reply)) => reply.clone(),
            Some(Record::Forgotten) => Reply::Withdrawn,
            None if draws.happens(manners.busy) => Reply::Busy,
            None if draws.happens(manners.refusing) => self.refuse(key, NOT_TODAY),
            None if draws.happens(manners.slow) => {
                let (serial, at) = (self.memory.next_serial, draws.after(at, manners.longest_s));
                self.note(Fact::Accepted { serial, at, request: Box::new(request) });
                Reply::Accepted
            }
            None => self.carry_out(&request),
        };
        broken_or(breaks, self.answer(&mut draws, (key, reply), (at, way)))
    }

    /// It is asked to forget a request that it may not even have.
    fn forget(&mut self, key: WorkOrderId, at: Timestamp) -> Asked {
        let mut draws = self.draws(key, at);
        if draws.happens(self.settings.manners.silent) {
            return Asked::Later;
        }
        let reply = match self.memory.records.get(&key) {
            Some(Record::Over(reply)) => reply.clone(),
            Some(Record::Forgotten) => Reply::Withdrawn,
            Some(Record::InHand) | None => {
                self.note(Fact::Forgotten { key });
                Reply::Withdrawn
            }
        };
        self.answer(&mut draws, (key, reply), (at, Way::Direct))
    }

    fn answer(&mut self, draws: &mut Draws, (key, reply): (WorkOrderId, Reply), (at, way): (Timestamp, Way)) -> Asked {
        let manners = self.settings.manners;
        if way == Way::Echo || draws.happens(manners.out_of_order) {
            self.post(draws, (key, reply), at);
            return Asked::Later;
        }
        if draws.happens(manners.silent) {
            return Asked::Later;
        }
        if draws.happens(manners.twice) {
            self.put_in_post((key, reply.clone()), draws.after(at, manners.longest_s));
        }
        Asked::Answered(reply)
    }

    /// An answer that comes later: soon, or so late that others overtake it; twice, or never.
    fn post(&mut self, draws: &mut Draws, (key, reply): (WorkOrderId, Reply), at: Timestamp) {
        let manners = self.settings.manners;
        if draws.happens(manners.silent) {
            return;
        }
        if draws.happens(manners.twice) {
            self.put_in_post((key, reply.clone()), draws.after(at, manners.longest_s));
        }
        let soon = draws.happens(HALF) && !draws.happens(manners.out_of_order);
        let arrives = draws.after(at, if soon { 1 } else { manners.longest_s });
        self.put_in_post((key, reply), arrives);
    }

    fn put_in_post(&mut self, (key, reply): (WorkOrderId, Reply), at: Timestamp) {
        self.note(Fact::Posted { serial: self.memory.next_serial, at, key, reply });
    }

    fn refuse(&mut self, key: WorkOrderId, reason: &str) -> Reply {
        let reason = CompactString::from(reason);
        self.note(Fact::Refused { key, reason: reason.clone() });
        Reply::Refused { reason }
    }

    fn carry_out(&mut self, request: &NetworkRequest) -> Reply {
        match self.changed(request) {
            Ok((subscription, given)) => {
                self.note(Fact::Done { key: request.key, subscription, given });
                Reply::Done { number: given }
            }
            Err(reason) => self.refuse(request.key, reason),
        }
    }

    /// The line as it is after what is asked, and the number that the network gave it; or the network's word for why that cannot be.
    fn changed(&mut self, request: &NetworkRequest) -> Result<(Subscription, Option<E164>), &'static str> {
        if let Action::Activate { number, service, .. } = &request.action {
            return self.activated(request, (*number, service));
        }
        let mut known = self.memory.subscriptions.get(&request.line).cloned().ok_or("line-unknown")?;
        match (&request.action, known.state) {
            (_, SubscriptionState::Ended) => return Err("line-ended"),
            (Action::Suspend, SubscriptionState::Active) => known.state = SubscriptionState::Suspended,
            (Action::Suspend, SubscriptionState::Suspended) => return Err("line-suspended"),
            (Action::Reactivate, SubscriptionState::Suspended) => known.state = SubscriptionState::Active,
            (Action::Reactivate, SubscriptionState::Active) | (Action::Activate { .. }, _) => return Err("line-active"),
            (Action::Modify { service }, _) => (known.offer, known.options) = held(service),
            (Action::SwapSim { .. }, _) => {
                let next = request.facts.next_sim.clone().ok_or("sim-missing")?;
                if self.memory.sims.contains_key(&next.iccid) {
                    return Err("sim-used");
                }
                known.sim = Some(next);
            }
            (Action::End, _) => known.state = SubscriptionState::Ended,
        }
        Ok((known, None))
    }

    fn activated(
        &mut self,
        request: &NetworkRequest,
        (number, service): (Option<E164>, &Service),
    ) -> Result<(Subscription, Option<E164>), &'static str> {
        if self.memory.subscriptions.contains_key(&request.line) {
            return Err("line-known");
        }
        let sim = request.facts.sim.clone().ok_or("sim-missing")?;
        if self.memory.sims.contains_key(&sim.iccid) {
            return Err("sim-used");
        }
        if number.is_some_and(|number| self.memory.numbers.contains(&number)) {
            return Err("number-in-use");
        }
        let given = if number.is_none() { Some(self.next_number(request).ok_or("no-number-left")?) } else { None };
        let (offer, options) = held(service);
        let (operator, line, state) = (request.operator, request.line, SubscriptionState::Active);
        Ok((Subscription { operator, line, sim: Some(sim), number: number.or(given), state, offer, options }, given))
    }

    /// The next number of the blocks for this kind of line that nobody ever had from here.
    fn next_number(&mut self, request: &NetworkRequest) -> Option<E164> {
        for (block, passed) in self.settings.blocks.iter().zip(&mut self.passed) {
            while block.kind == request.facts.kind && *passed < block.count {
                let number = block.first.digits().checked_add(*passed).and_then(E164::from_digits);
                *passed += 1;
                let is_free = |number: &E164| !self.memory.given.contains(number) && !self.memory.numbers.contains(number);
                if let Some(number) = number.filter(is_free) {
                    return Some(number);
                }
            }
        }
        None
    }
}

/// Whoever asked over a connection that broke hears nothing, whatever the network did.
fn broken_or(breaks: bool, asked: Asked) -> Asked {
    if breaks { Asked::Fault(TransportFault::Unclear("the connection ended before an answer".to_owned())) } else { asked }
}

/// What a network keeps of a service: the ids.
fn held(service: &Service) -> (CompactString, Vec<CompactString>) {
    (service.offer.clone(), service.options.iter().map(|held| held.option.clone()).collect())
}

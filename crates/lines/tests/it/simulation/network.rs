//! A host network that is slow, refuses, stays silent, answers twice and out of order, and keeps what it was told whatever happens to us. It
//! knows a request by its key, and does it once.

use lines::{Action, Chance, Reply};
use std::collections::{HashMap, HashSet};
use vocabulary::{E164, LineId, SimId, Timestamp, WorkOrderId};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DOWN_EVERY: i64 = 37 * 24 * HOUR;
const DOWN_FOR: i64 = 36 * HOUR;

/// What the network knows of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub(crate) sim: SimId,
    pub(crate) number: Option<E164>,
    pub(crate) state: SubscriptionState,
    pub(crate) service: lines::Service,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubscriptionState {
    Active,
    Suspended,
    Gone,
}

/// What is on its way to the network or back, and when it arrives.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    Request(WorkOrderId, LineId, Action),
    Work(WorkOrderId, LineId, Action),
    Answer(WorkOrderId, LineId, Reply),
}

#[derive(Clone)]
enum Record {
    InHand,
    Over(Reply),
    Forgotten,
}

/// How badly it behaves, in per cent of requests.
#[derive(Clone, Copy)]
pub(crate) struct Manners {
    pub(crate) silent: u64,
    pub(crate) busy: u64,
    pub(crate) refuses: u64,
    pub(crate) twice: u64,
}

pub(crate) struct Network {
    manners: Manners,
    chance: Chance,
    records: HashMap<WorkOrderId, Record>,
    pub(crate) subscriptions: HashMap<LineId, Subscription>,
    sims: HashSet<SimId>,
    numbers: HashSet<E164>,
    next_number: u64,
    /// How often it did something.
    pub(crate) carried_out: u64,
    /// What it was asked that cannot be: a decision of ours was wrong.
    pub(crate) wrong: Vec<String>,
}

impl Network {
    pub(crate) fn new(seed: u64, manners: Manners) -> Self {
        Self {
            manners,
            chance: Chance::new(seed ^ 0x004e_4554),
            records: HashMap::new(),
            subscriptions: HashMap::new(),
            sims: HashSet::new(),
            numbers: HashSet::new(),
            next_number: 337_000_000_000_000,
            carried_out: 0,
            wrong: Vec::new(),
        }
    }

    fn happens(&mut self, per_cent: u64) -> bool {
        self.chance.below(100) < per_cent
    }

    /// It misses some requests, and every so often all of them for a day and a half.
    fn is_silent(&mut self, now: Timestamp) -> bool {
        let is_down = now.seconds_since(Timestamp::EPOCH).rem_euclid(DOWN_EVERY) < DOWN_FOR;
        is_down || self.happens(self.manners.silent)
    }

    fn later(&mut self, now: Timestamp, longest_s: i64) -> Timestamp {
        now.plus_seconds(1 + i64::try_from(self.chance.below(longest_s.unsigned_abs())).unwrap())
    }

    /// A request arrives; what follows arrives later.
    pub(crate) fn receive(
        &mut self,
        (key, line, action): (WorkOrderId, LineId, Action),
        now: Timestamp,
    ) -> Vec<(Timestamp, Message)> {
        let mut sent = Vec::new();
        if self.happens(self.manners.twice) {
            sent.push((self.later(now, 40 * HOUR), Message::Request(key, line, action.clone())));
        }
        if self.is_silent(now) {
            return sent;
        }
        match self.records.get(&key).cloned() {
            Some(Record::InHand) => self.answer((key, line, Reply::Accepted), now, &mut sent),
            Some(Record::Over(reply)) => self.answer((key, line, reply), now, &mut sent),
            Some(Record::Forgotten) => self.answer((key, line, Reply::Withdrawn), now, &mut sent),
            None if self.happens(self.manners.busy) => self.answer((key, line, Reply::Busy), now, &mut sent),
            None if self.happens(self.manners.refuses) => {
                let reply = Reply::Refused { reason: "not today".into() };
                self.records.insert(key, Record::Over(reply.clone()));
                self.answer((key, line, reply), now, &mut sent);
            }
            None if self.happens(50) => {
                self.records.insert(key, Record::InHand);
                self.answer((key, line, Reply::Accepted), now, &mut sent);
                sent.push((self.later(now, 8 * HOUR), Message::Work(key, line, action)));
            }
            None => self.carry_out((key, line, action), now, &mut sent),
        }
        sent
    }

    /// What it accepted is done now, unless it was asked to forget it.
    pub(crate) fn work(
        &mut self,
        (key, line, action): (WorkOrderId, LineId, Action),
        now: Timestamp,
    ) -> Vec<(Timestamp, Message)> {
        let mut sent = Vec::new();
        if matches!(self.records.get(&key), Some(Record::InHand)) {
            self.carry_out((key, line, action), now, &mut sent);
        }
        sent
    }

    /// It is asked to forget a request that it may not even have.
    pub(crate) fn withdraw(&mut self, (key, line): (WorkOrderId, LineId), now: Timestamp) -> Vec<(Timestamp, Message)> {
        let mut sent = Vec::new();
        if self.is_silent(now) {
            return sent;
        }
        let reply = match self.records.get(&key) {
            Some(Record::Over(reply)) => reply.clone(),
            _ => {
                self.records.insert(key, Record::Forgotten);
                Reply::Withdrawn
            }
        };
        self.answer((key, line, reply), now, &mut sent);
        sent
    }

    fn answer(&mut self, (key, line, reply): (WorkOrderId, LineId, Reply), now: Timestamp, sent: &mut Vec<(Timestamp, Message)>) {
        if self.is_silent(now) {
            return;
        }
        if self.happens(self.manners.twice) {
            sent.push((self.later(now, 30 * HOUR), Message::Answer(key, line, reply.clone())));
        }
        let slowest = if self.happens(10) { 12 * HOUR } else { 2 * MINUTE };
        sent.push((self.later(now, slowest), Message::Answer(key, line, reply)));
    }

    fn carry_out(
        &mut self,
        (key, line, action): (WorkOrderId, LineId, Action),
        now: Timestamp,
        sent: &mut Vec<(Timestamp, Message)>,
    ) {
        let reply = match self.apply(line, &action) {
            Ok(number) => {
                self.carried_out += 1;
                Reply::Done { number }
            }
            Err(wrong) => {
                self.wrong.push(format!("work order {key} of line {line}: {wrong} ({action:?})"));
                Reply::Refused { reason: "impossible".into() }
            }
        };
        self.records.insert(key, Record::Over(reply.clone()));
        self.answer((key, line, reply), now, sent);
    }

    fn apply(&mut self, line: LineId, action: &Action) -> Result<Option<E164>, &'static str> {
        if let Action::Activate { sim, number, service } = action {
            return self.activate(line, (*sim, *number), service.clone());
        }
        let known = self.subscriptions.get_mut(&line).ok_or("no such subscription")?;
        match (action, known.state) {
            (_, SubscriptionState::Gone) => return Err("the subscription is gone"),
            (Action::Suspend, SubscriptionState::Active) => known.state = SubscriptionState::Suspended,
            (Action::Reactivate, SubscriptionState::Suspended) => known.state = SubscriptionState::Active,
            (Action::Modify { service }, _) => known.service = service.clone(),
            (Action::SwapSim { to }, _) if self.sims.insert(*to) => known.sim = *to,
            (Action::SwapSim { .. }, _) => return Err("the SIM was used"),
            (Action::End, _) => {
                known.state = SubscriptionState::Gone;
                known.number.map(|number| self.numbers.remove(&number));
            }
            _ => return Err("not in this state"),
        }
        Ok(None)
    }

    fn activate(
        &mut self,
        line: LineId,
        (sim, number): (SimId, Option<E164>),
        service: lines::Service,
    ) -> Result<Option<E164>, &'static str> {
        if self.subscriptions.contains_key(&line) {
            return Err("the line has a subscription");
        }
        if !self.sims.insert(sim) {
            return Err("the SIM was used");
        }
        let given = number.or_else(|| {
            self.next_number += 1;
            E164::from_digits(self.next_number)
        });
        if given.is_some_and(|number| !self.numbers.insert(number)) {
            return Err("the number is in use");
        }
        self.subscriptions.insert(line, Subscription { sim, number: given, state: SubscriptionState::Active, service });
        Ok(if number.is_none() { given } else { None })
    }
}

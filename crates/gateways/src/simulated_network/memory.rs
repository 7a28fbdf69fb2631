//! What a simulated network knows: every fact it ever noted, one after the other. Nothing is decided here, so that the same facts read from a
//! file give the same knowledge.

use compact_str::CompactString;
use operations::host_network::{NetworkRequest, Reply, SimFacts};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use vocabulary::{E164, Iccid, LineId, OperatorId, Timestamp, WorkOrderId};

/// What a network believes of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Whose line it is.
    pub operator: OperatorId,
    /// Which line, by our id.
    pub line: LineId,
    /// Its SIM; a fixed line has none.
    pub sim: Option<SimFacts>,
    /// Its number.
    pub number: Option<E164>,
    /// Does it work?
    pub state: SubscriptionState,
    /// Its offer, by its id in the catalogue.
    pub offer: CompactString,
    /// Its options, likewise.
    pub options: Vec<CompactString>,
}

impl Subscription {
    /// The serial number of its SIM.
    pub fn iccid(&self) -> Option<Iccid> {
        self.sim.as_ref().map(|sim| sim.iccid)
    }
}

/// Whether a line works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// It does.
    Active,
    /// It does not for now.
    Suspended,
    /// It does not any more.
    Ended,
}

/// One thing that a network notes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub(super) enum Fact {
    /// A line was there before anybody was asked.
    Found { subscription: Subscription },
    /// It will do this at that hour.
    Accepted { serial: u64, at: Timestamp, request: Box<NetworkRequest> },
    /// This request will arrive again.
    Echo { serial: u64, at: Timestamp, request: Box<NetworkRequest> },
    /// It arrived again.
    Echoed { serial: u64, at: Timestamp },
    /// It did what the key asks: so the line is now, and this number it gave.
    Done { key: WorkOrderId, subscription: Subscription, given: Option<E164> },
    /// It will not do what the key asks.
    Refused { key: WorkOrderId, reason: CompactString },
    /// It will never do what the key asks.
    Forgotten { key: WorkOrderId },
    /// An answer is on its way and arrives at that hour.
    Posted { serial: u64, at: Timestamp, key: WorkOrderId, reply: Reply },
    /// Answers were taken.
    Acknowledged { serials: Vec<u64> },
}

/// How far a key is.
#[derive(Clone, Debug)]
pub(super) enum Record {
    /// It will be done.
    InHand,
    /// It ended so.
    Over(Reply),
    /// It will never be done.
    Forgotten,
}

/// What happens by itself at its hour.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// What was accepted is done.
    Work(Box<NetworkRequest>),
    /// A request arrives again.
    Echo(Box<NetworkRequest>),
}

/// All that is known.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) records: HashMap<WorkOrderId, Record>,
    pub(super) subscriptions: HashMap<LineId, Subscription>,
    /// Which line a SIM has or had: no SIM is used twice.
    pub(super) sims: HashMap<Iccid, LineId>,
    /// Numbers of lines that have not ended.
    pub(super) numbers: HashSet<E164>,
    /// Numbers that this network ever gave.
    pub(super) given: HashSet<E164>,
    pub(super) agenda: BTreeMap<(Timestamp, u64), Task>,
    /// Answers that nobody acknowledged, by the hour at which they arrive.
    pub(super) answers: BTreeMap<(Timestamp, u64), (WorkOrderId, Reply)>,
    arrivals: HashMap<u64, Timestamp>,
    /// The serial number that the next answer or task gets.
    pub(super) next_serial: u64,
    /// How often it did something.
    pub(super) deeds: u64,
}

impl Memory {
    pub(super) fn note(&mut self, fact: Fact) {
        match fact {
            Fact::Found { subscription } => self.keep(subscription),
            Fact::Accepted { serial, at, request } => {
                self.records.insert(request.key, Record::InHand);
                self.plan((at, serial), Task::Work(request));
            }
            Fact::Echo { serial, at, request } => self.plan((at, serial), Task::Echo(request)),
            Fact::Echoed { serial, at } => drop(self.agenda.remove(&(at, serial))),
            Fact::Done { key, subscription, given } => {
                self.records.insert(key, Record::Over(Reply::Done { number: given }));
                self.given.extend(given);
                self.keep(subscription);
                self.deeds += 1;
            }
            Fact::Refused { key, reason } => drop(self.records.insert(key, Record::Over(Reply::Refused { reason }))),
            Fact::Forgotten { key } => drop(self.records.insert(key, Record::Forgotten)),
            Fact::Posted { serial, at, key, reply } => {
                self.next_serial = self.next_serial.max(serial + 1);
                self.arrivals.insert(serial, at);
                self.answers.insert((at, serial), (key, reply));
            }
            Fact::Acknowledged { serials } => {
                for serial in serials {
                    if let Some(at) = self.arrivals.remove(&serial) {
                        self.answers.remove(&(at, serial));
                    }
                }
            }
        }
    }

    /// Is an answer with this serial number not acknowledged yet?
    pub(super) fn waits(&self, serial: u64) -> bool {
        self.arrivals.contains_key(&serial)
    }

    fn plan(&mut self, (at, serial): (Timestamp, u64), task: Task) {
        self.next_serial = self.next_serial.max(serial + 1);
        self.agenda.insert((at, serial), task);
    }

    fn keep(&mut self, subscription: Subscription) {
        if let Some(number) = subscription.number {
            match subscription.state {
                SubscriptionState::Ended => self.numbers.remove(&number),
                SubscriptionState::Active | SubscriptionState::Suspended => self.numbers.insert(number),
            };
        }
        if let Some(iccid) = subscription.iccid() {
            self.sims.insert(iccid, subscription.line);
        }
        self.subscriptions.insert(subscription.line, subscription);
    }
}

//! A host network within the program (PLT-12): what stands in for a real one in a demonstration, a test and a benchmark.
//!
//! It knows lines only by what it was told, does each key once, and behaves by its [`Manners`] and a seed: slow, refusing, silent, answering
//! twice and out of order. The hour is an argument of every call; what was to happen in between happens then. What it did stands in a file of
//! its own, so that it remembers after a restart as a real network does, or in memory alone.

mod manners;
mod memory;
mod switch;

pub use crate::json_lines::PeerFileError;
pub use manners::{Manners, Outage};
pub use memory::{Subscription, SubscriptionState};

use crate::json_lines;
use memory::Memory;
use operations::{
    host_network::{Answer, AnswerId, Asked, HostNetwork, NetworkRequest, ServiceKind, TransportFault},
    mail::Work,
};
use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use switch::Switch;
use vocabulary::{E164, Iccid, LineId, Timestamp, WorkOrderId};

/// How a network is made.
#[derive(Clone, Debug)]
pub struct NetworkSettings {
    /// What its chance follows from: the same seed, asked the same at the same hours, behaves the same.
    pub seed: u64,
    /// How it behaves.
    pub manners: Manners,
    /// The numbers that it may give.
    pub blocks: Vec<NumberBlock>,
}

/// Numbers that follow each other, for one kind of line (MOB-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberBlock {
    /// What lines get them.
    pub kind: ServiceKind,
    /// The first.
    pub first: E164,
    /// How many.
    pub count: u64,
}

/// A network within the program. Clones are the same network.
#[derive(Clone, Debug)]
pub struct SimulatedNetwork {
    switch: Arc<Mutex<Switch>>,
    kept: Kept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    InMemory,
    InFile,
}

impl SimulatedNetwork {
    /// A network that forgets everything with the program.
    pub fn in_memory(settings: NetworkSettings) -> Self {
        let switch = Switch::new(settings, Memory::default(), None);
        Self { switch: Arc::new(Mutex::new(switch)), kept: Kept::InMemory }
    }

    /// A network that remembers what stands in its file, which is made when it is not there. What it answered is written before anybody hears
    /// of it, so that the death of the program loses nothing; that of the machine may lose the last of it.
    ///
    /// # Errors
    /// When the file cannot be read, is another's, or is in use.
    pub fn open(settings: NetworkSettings, file: &Path) -> Result<Self, PeerFileError> {
        let mut memory = Memory::default();
        let file = json_lines::open(file, |fact| memory.note(fact))?;
        let switch = Switch::new(settings, memory, Some(file));
        Ok(Self { switch: Arc::new(Mutex::new(switch)), kept: Kept::InFile })
    }

    /// Tells it of lines that were on it before anybody asked it for anything. Those that it knows stay as they are. It writes its file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn take_over(&self, lines: Vec<Subscription>) -> Result<(), TransportFault> {
        self.lock().find(lines)
    }

    /// What it believes of a line.
    pub fn view(&self, line: LineId) -> Option<Subscription> {
        self.lock().memory.subscriptions.get(&line).cloned()
    }

    /// What it believes of the line that has a SIM.
    pub fn view_of_sim(&self, iccid: Iccid) -> Option<Subscription> {
        let switch = self.lock();
        let line = switch.memory.sims.get(&iccid)?;
        switch.memory.subscriptions.get(line).filter(|known| known.iccid() == Some(iccid)).cloned()
    }

    /// All lines that it knows, by their id.
    pub fn views(&self) -> Vec<Subscription> {
        let mut views: Vec<_> = self.lock().memory.subscriptions.values().cloned().collect();
        views.sort_unstable_by_key(|subscription| subscription.line);
        views
    }

    /// How often it did something: at most once a key.
    pub fn deeds(&self) -> u64 {
        self.lock().memory.deeds
    }

    /// When something happens next by itself: something is done, or an answer arrives. An answer that nobody acknowledged is not counted again.
    pub fn next_hour(&self, now: Timestamp) -> Option<Timestamp> {
        let switch = self.lock();
        let task = switch.memory.agenda.keys().next().map(|(at, _)| *at);
        let answer = switch.memory.answers.keys().map(|(at, _)| *at).find(|at| *at > now);
        [task, answer].into_iter().flatten().min()
    }

    fn lock(&self) -> MutexGuard<'_, Switch> {
        self.switch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the network, beside the requests where a file is written.
    async fn with<T: Send + 'static>(&self, work: impl FnOnce(&mut Switch) -> T + Send + 'static) -> Result<T, TransportFault> {
        if self.kept == Kept::InMemory {
            return Ok(work(&mut self.lock()));
        }
        let network = self.clone();
        let worked = tokio::task::spawn_blocking(move || work(&mut network.lock())).await;
        worked.map_err(|_| TransportFault::Unclear("the program stopped the work".to_owned()))
    }
}

impl HostNetwork for SimulatedNetwork {
    fn send(&self, requests: Vec<NetworkRequest>, now: Timestamp) -> Work<'_, Vec<Asked>> {
        let asked = requests.len();
        Box::pin(async move {
            let answered = self.with(move |switch| switch.send(requests, now)).await;
            answered.unwrap_or_else(|fault| vec![Asked::Fault(fault); asked])
        })
    }

    fn withdraw(&self, keys: Vec<WorkOrderId>, now: Timestamp) -> Work<'_, Vec<Asked>> {
        let asked = keys.len();
        Box::pin(async move {
            let answered = self.with(move |switch| switch.withdraw(&keys, now)).await;
            answered.unwrap_or_else(|fault| vec![Asked::Fault(fault); asked])
        })
    }

    fn answers(&self, most: usize, now: Timestamp) -> Work<'_, Result<Vec<Answer>, TransportFault>> {
        Box::pin(async move { self.with(move |switch| switch.answers(most, now)).await? })
    }

    fn acknowledge(&self, answers: Vec<AnswerId>) -> Work<'_, Result<(), TransportFault>> {
        Box::pin(async move { self.with(move |switch| switch.acknowledge(&answers)).await? })
    }
}

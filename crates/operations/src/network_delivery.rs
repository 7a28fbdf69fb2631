//! Tells host networks what they have to do, and takes their answers (PLT-12). What follows from an answer is decided in `lines`; what is
//! said in which protocol is an adapter's.
//!
//! A letter is struck out after it was told: a program that dies in between tells it again, under the same key.

use crate::{
    House, OperationError, convergence,
    host_network::{
        Answer, Asked, HostNetwork, HostNetworks, LineFacts, MOST_OF_A_BATCH, NetworkRequest, Reply, SimFacts, TransportFault,
    },
    life::{Beside, Doer, hours_due, work_events, work_events_beside},
    line_account,
};
use ::lines::{Sim, WorkEvent};
use catalog::Service;
use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};
use store::{KeptLife, LivesAsked, NewLetter, Scope, TakenLetter};
use vocabulary::{OperatorId, WorkOrderId};

/// How long a letter is this node's, in seconds: then another takes it for forgotten.
const LEASE_S: i64 = 120;
/// How many letters are told at once.
const LETTERS_AT_ONCE: usize = 1_000;
/// How often networks are asked for answers where nothing else happens.
const ROUND: Duration = Duration::from_secs(2);

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Lines whose hour had come.
    pub due: usize,
    /// Letters that were told.
    pub told: usize,
    /// Answers that were taken.
    pub answers: usize,
}

impl Round {
    /// Did nothing happen?
    pub const fn is_quiet(self) -> bool {
        self.due == 0 && self.told == 0 && self.answers == 0
    }
}

/// Does what is due, tells what is to be told, takes what is answered: once.
///
/// # Errors
/// When the database fails.
pub async fn round(house: &House, networks: &HostNetworks) -> Result<Round, OperationError> {
    let waiting = house.store.waiting(house.clock.now()).await?;
    let due = if waiting.lines { hours_due(house).await? } else { 0 };
    let told = if waiting.letters || due > 0 { tell(house, networks).await? } else { 0 };
    let answers = listen(house, networks).await?;
    if waiting.numbers {
        house.numbers_rested().await?;
    }
    if waiting.accounts {
        line_account::accounts_due(house).await?;
    }
    if waiting.bereft {
        convergence::bereft_due(house).await?;
    }
    Ok(Round { due, told, answers })
}

/// Does rounds until it is told to stop; nothing that goes wrong ends it. A round that is begun is finished.
pub async fn run(house: House, networks: HostNetworks, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        let wait = match round(&house, &networks).await {
            Ok(round) if !round.is_quiet() => Duration::ZERO,
            Ok(_) => ROUND,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "lines and networks");
                ROUND
            }
        };
        tokio::select! {
            () = &mut stop => return,
            () = house.life_waits() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn tell(house: &House, networks: &HostNetworks) -> Result<usize, OperationError> {
    let now = house.clock.now();
    let letters = house.store.take_letters(now, now.plus_seconds(LEASE_S), LETTERS_AT_ONCE).await?;
    let mut by_network: BTreeMap<(OperatorId, &str), Vec<&TakenLetter>> = BTreeMap::new();
    for letter in &letters {
        by_network.entry((letter.operator, &letter.network)).or_default().push(letter);
    }
    for ((operator, network), letters) in by_network {
        let events = match networks.find(operator, network) {
            Some(port) => tell_one(house, port.as_ref(), operator, &letters).await?,
            None => {
                tracing::warn!(network, "nothing leads to this network: its work waits");
                let busy = |letter: &&TakenLetter| (work_of(letter.letter), WorkEvent::Answer(Reply::Busy));
                letters.iter().map(busy).collect()
            }
        };
        let told: Vec<i64> = letters.iter().map(|letter| letter.id).collect();
        // What cannot be taken is asked again when its time is over.
        let _untaken = taken_of(house, operator, &events, &told).await?;
    }
    Ok(letters.len())
}

const fn work_of(letter: NewLetter) -> WorkOrderId {
    match letter {
        NewLetter::Request(work) | NewLetter::Withdrawal(work) => work,
    }
}

/// Tells one network what is for it: requests before withdrawals, as they were written.
async fn tell_one(
    house: &House,
    port: &dyn HostNetwork,
    operator: OperatorId,
    letters: &[&TakenLetter],
) -> Result<Vec<(WorkOrderId, WorkEvent)>, OperationError> {
    let keys = |wanted: fn(&NewLetter) -> bool| {
        letters.iter().filter(|letter| wanted(&letter.letter)).map(|letter| work_of(letter.letter)).collect::<Vec<_>>()
    };
    let asked = keys(|letter| matches!(letter, NewLetter::Request(_)));
    let withdrawn = keys(|letter| matches!(letter, NewLetter::Withdrawal(_)));
    let catalog = house.catalog(operator).await?;
    let lives = house.store.scoped(Scope::operator(operator)).lives(LivesAsked::Works(&asked), &catalog).await?;
    let requests: Vec<NetworkRequest> = lives.iter().filter_map(|kept| request(operator, kept)).collect();
    let mut events = Vec::new();
    let now = house.clock.now();
    let keys: Vec<WorkOrderId> = requests.iter().map(|request| request.key).collect();
    if !requests.is_empty() {
        events.extend(keys.iter().copied().zip(port.send(requests, now).await).filter_map(event));
    }
    if !withdrawn.is_empty() {
        events.extend(withdrawn.iter().copied().zip(port.withdraw(withdrawn.clone(), now).await).filter_map(event));
    }
    Ok(events)
}

/// What an answer at once says to the work order. A network that nothing reached is asked again after a pause, as one that is busy; where it
/// is not known, its time passes first.
fn event((key, asked): (WorkOrderId, Asked)) -> Option<(WorkOrderId, WorkEvent)> {
    let reply = match asked {
        Asked::Answered(reply) => reply,
        Asked::Later => return None,
        Asked::Fault(fault) => {
            tracing::warn!(key = key.0, error = &fault as &dyn std::error::Error, "a network was not asked");
            match fault {
                TransportFault::NotReached(_) => Reply::Busy,
                TransportFault::Unclear(_) => return None,
            }
        }
    };
    Some((key, WorkEvent::Answer(reply)))
}

fn request(operator: OperatorId, kept: &KeptLife) -> Option<NetworkRequest> {
    let work = kept.life.work.as_ref()?;
    let kind = Service::WORDS.into_iter().find(|(word, _)| *word == kept.service).map(|(_, kind)| kind)?;
    let [imsi, next_imsi] = &kept.imsi;
    let facts = |sim: &Option<Sim>, imsi: &Option<String>| {
        sim.as_ref().map(|sim| SimFacts { iccid: sim.iccid, imsi: imsi.as_ref().and_then(|imsi| imsi.parse().ok()) })
    };
    Some(NetworkRequest {
        key: work.id,
        operator,
        network: work.network.clone(),
        line: work.line,
        action: work.action.clone(),
        facts: LineFacts {
            kind,
            sim: facts(&kept.life.sim, imsi),
            next_sim: facts(&kept.life.next_sim, next_imsi),
            number: kept.life.line.number,
        },
    })
}

/// Takes what a network said: one answer that cannot be true of its line, such as a number that another line has, does not hold the others up.
/// About which work orders it could not be taken. The letters that these are answers to are struck out.
async fn taken_of(
    house: &House,
    operator: OperatorId,
    events: &[(WorkOrderId, WorkEvent)],
    told: &[i64],
) -> Result<HashSet<WorkOrderId>, OperationError> {
    let doer = Doer::Program(operator);
    match work_events_beside(house, doer, events, &Beside { told, ..Beside::default() }).await {
        Ok(_) => return Ok(HashSet::new()),
        // Whatever else is wrong is so for all of them.
        Err(error) if !is_of_one(&error) => return Err(error),
        Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "answers are taken one by one"),
    }
    let mut untaken = HashSet::new();
    for event in events {
        match work_events(house, doer, std::slice::from_ref(event)).await {
            Ok(_) => {}
            Err(error) if !is_of_one(&error) => return Err(error),
            Err(error) => {
                tracing::error!(key = event.0.0, error = &error as &dyn std::error::Error, "an answer cannot be taken");
                untaken.insert(event.0);
            }
        }
    }
    house.store.letters_told(told).await?;
    Ok(untaken)
}

const fn is_of_one(error: &OperationError) -> bool {
    matches!(error, OperationError::Contended | OperationError::Life(..))
}

async fn listen(house: &House, networks: &HostNetworks) -> Result<usize, OperationError> {
    let mut taken = 0;
    for (operator, network, port) in networks.iter() {
        let answers = match port.answers(MOST_OF_A_BATCH, house.clock.now()).await {
            Ok(answers) => answers,
            Err(fault) => {
                tracing::warn!(network, error = &fault as &dyn std::error::Error, "a network says nothing");
                continue;
            }
        };
        if answers.is_empty() {
            continue;
        }
        taken += answers.len();
        // About what another network was asked for it has nothing to say.
        let keys: Vec<WorkOrderId> = answers.iter().map(|answer| answer.key).collect();
        let own = house.store.works_of(operator, network, &keys).await?;
        let event = |answer: &Answer| (answer.key, WorkEvent::Answer(answer.reply.clone()));
        let events: Vec<_> = answers.iter().filter(|answer| own.contains(&answer.key)).map(event).collect();
        if events.len() < answers.len() {
            tracing::warn!(network, answers = answers.len() - events.len(), "a network answers what it was not asked");
        }
        let untaken = taken_of(house, operator, &events, &[]).await?;
        let heard = answers.into_iter().filter(|answer| !untaken.contains(&answer.key)).map(|answer| answer.id).collect();
        if let Err(fault) = port.acknowledge(heard).await {
            tracing::warn!(network, error = &fault as &dyn std::error::Error, "a network will say it again");
        }
    }
    Ok(taken)
}

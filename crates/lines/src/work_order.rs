//! What a network is asked to do (PLT-12): a request with a key that it may be sent under any number of times, and whose answers may come
//! late, twice, in another order, or never. How a network is spoken to is not decided here; when it is open is `opening_hours`'.
//!
//! The states:
//!
//! ```text
//! waiting ─► ready ─► sent ─► accepted ─► done
//!    │        ▲ │ ▲     │ └──────┬──────► refused
//!    │        │ │ └─────┴────────┘ time-out, or "ask again later": after a pause, with the same key
//!    │   staff│ └─► unanswered     after so many tries
//!    │        └──────────┘
//!    └────────► cancelled ◄── withdrawing ◄── staff, once it was sent
//! ```
//!
//! What was sent once is not simply cancelled: the network may have done it, or may do it yet. It is asked to withdraw the key, and its
//! answer decides: `withdrawn`, and it will never do it; or `done`, and it has.

use crate::{Chance, Service};
use catalog::{Requests, Work};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use vocabulary::{E164, LineId, SimId, Timestamp, WorkOrderId};

/// What a network has to do for a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkOrder {
    /// Its id, which is also the key under which the network knows the request.
    pub id: WorkOrderId,
    /// For this line.
    pub line: LineId,
    /// Which network, by its id in the catalogue.
    pub network: CompactString,
    /// What it has to do.
    pub action: Action,
    /// When its opening hours matter: what kind of work it is.
    pub work: Work,
    /// How far it is.
    pub state: WorkState,
}

/// What a network has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Bring a line into service.
    Activate {
        /// With this SIM.
        sim: SimId,
        /// And this number; `None` where the network gives one.
        number: Option<E164>,
        /// With these services.
        service: Service,
    },
    /// Other services.
    Modify {
        /// What the line is to have from now on.
        service: Service,
    },
    /// Stop all services.
    Suspend,
    /// Begin them again.
    Reactivate,
    /// Another SIM.
    SwapSim {
        /// The new one.
        to: SimId,
    },
    /// Out of service for ever.
    End,
}

/// How far a work order is. Tries are counted from 1 with the first request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum WorkState {
    /// The network is closed.
    Waiting {
        /// It opens.
        until: Timestamp,
    },
    /// It is to be sent, at once or after a pause.
    Ready {
        /// So often it was sent.
        tries: u32,
        /// Not before.
        not_before: Timestamp,
    },
    /// It was sent, or is about to be: nobody answered yet.
    Sent {
        /// So often.
        tries: u32,
        /// Then it is sent again.
        answer_by: Timestamp,
    },
    /// The network has it and will say when it is done.
    Accepted {
        /// So often it was sent.
        tries: u32,
        /// Then the network is asked again.
        answer_by: Timestamp,
    },
    /// The network is asked to forget it.
    Withdrawing {
        /// So often.
        tries: u32,
        /// Then it is asked again.
        answer_by: Timestamp,
    },
    /// The network has done it.
    Done {
        /// When it said so.
        at: Timestamp,
    },
    /// The network will not do it.
    Refused {
        /// When it said so.
        at: Timestamp,
        /// Its word for why.
        reason: CompactString,
    },
    /// Nobody answered, or not to the end: somebody has to look.
    Unanswered {
        /// Since.
        since: Timestamp,
    },
    /// Staff took it back, and the network never did it.
    Cancelled {
        /// When.
        at: Timestamp,
    },
}

/// What comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkEvent {
    /// Time has passed.
    Hour,
    /// The network says something about this key.
    Answer(Reply),
    /// Staff has it sent again.
    Retry,
    /// Staff takes it back.
    Cancel,
}

/// What a network says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// It will do it.
    Accepted,
    /// It has done it.
    Done {
        /// The number that it gave, where it gives them (MOB-10).
        number: Option<E164>,
    },
    /// It will not.
    Refused {
        /// Its word for why.
        reason: CompactString,
    },
    /// Not now: ask again.
    Busy,
    /// It will never do what it had not done.
    Withdrawn,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkEffect {
    /// Send the request, under its key.
    Send,
    /// Ask the network to forget the key.
    Withdraw,
    /// Carry the result to the line.
    Settle(Settlement),
    /// Staff has to look.
    Tell(StaffNote),
}

/// How a work order ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The network has done it.
    Done {
        /// The number that it gave.
        number: Option<E164>,
    },
    /// It has not, and will not.
    NotDone,
}

/// Why staff has to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffNote {
    /// Nobody answered so often.
    Unanswered,
    /// The network refused.
    Refused,
    /// It was to be taken back, and the network had done it.
    DoneDespiteCancel,
    /// The network says what cannot be: it did what it had refused or forgotten, or answers what was never sent.
    Contradiction,
}

/// Why staff cannot retry or cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkRefusal {
    /// It is over.
    #[error("the work order is over")]
    Over,
    /// It is being sent as it is.
    #[error("the work order is on its way")]
    OnItsWay,
}

/// What [`next`] decides with beside the work order: the hour, how the network is asked, when it opens, and a seed for the pause.
#[derive(Clone, Copy, Debug)]
pub struct WorkHours {
    /// The hour.
    pub now: Timestamp,
    /// From when on the network does such work.
    pub opens: Timestamp,
    /// How it is asked.
    pub requests: Requests,
    /// For the jitter of pauses, so that a thousand requests do not come back in one second.
    pub seed: u64,
}

impl WorkState {
    /// Is it over?
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Refused { .. } | Self::Cancelled { .. })
    }

    /// When time alone moves it on; `None` where only an answer or a person does.
    pub const fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting { until } => Some(*until),
            Self::Ready { not_before, .. } => Some(*not_before),
            Self::Sent { answer_by, .. } | Self::Accepted { answer_by, .. } | Self::Withdrawing { answer_by, .. } => {
                Some(*answer_by)
            }
            Self::Done { .. } | Self::Refused { .. } | Self::Unanswered { .. } | Self::Cancelled { .. } => None,
        }
    }

    /// Has the network been asked, so that it may have done it?
    const fn was_sent(&self) -> bool {
        match self {
            Self::Waiting { .. } => false,
            Self::Ready { tries, .. } => *tries > 0,
            _ => true,
        }
    }
}

/// Decides what becomes of a work order.
///
/// # Errors
/// When staff asks for what its state does not let them.
pub fn next(order: &WorkOrder, event: &WorkEvent, hours: &WorkHours) -> Result<(WorkState, Vec<WorkEffect>), WorkRefusal> {
    match event {
        WorkEvent::Hour => Ok(hour(&order.state, hours)),
        WorkEvent::Answer(reply) => Ok(answer(&order.state, reply, hours)),
        WorkEvent::Retry => retry(&order.state, hours).map(|state| (state, Vec::new())),
        WorkEvent::Cancel => cancel(&order.state, hours),
    }
}

fn hour(state: &WorkState, hours: &WorkHours) -> (WorkState, Vec<WorkEffect>) {
    let now = hours.now;
    if state.due().is_none_or(|due| due > now) {
        return (state.clone(), Vec::new());
    }
    match *state {
        WorkState::Waiting { .. } | WorkState::Ready { .. } if hours.opens > now && !state.was_sent() => {
            (WorkState::Waiting { until: hours.opens }, Vec::new())
        }
        WorkState::Waiting { .. } => send(0, hours),
        WorkState::Ready { tries, .. } => send(tries, hours),
        WorkState::Sent { tries, .. } | WorkState::Accepted { tries, .. } => pause(tries, hours),
        WorkState::Withdrawing { tries, .. } => withdraw(tries, hours),
        WorkState::Done { .. } | WorkState::Refused { .. } | WorkState::Unanswered { .. } | WorkState::Cancelled { .. } => {
            (state.clone(), Vec::new())
        }
    }
}

fn send(tries: u32, hours: &WorkHours) -> (WorkState, Vec<WorkEffect>) {
    let answer_by = hours.now.plus_seconds(hours.requests.answer_within_s);
    (WorkState::Sent { tries: tries + 1, answer_by }, vec![WorkEffect::Send])
}

/// Nobody answered the try, or the network is busy: again after a pause, until it was tried often enough.
fn pause(tries: u32, hours: &WorkHours) -> (WorkState, Vec<WorkEffect>) {
    if tries >= hours.requests.tries {
        return (WorkState::Unanswered { since: hours.now }, vec![WorkEffect::Tell(StaffNote::Unanswered)]);
    }
    let not_before = hours.now.plus_seconds(pause_s(tries, &hours.requests, hours.seed));
    (WorkState::Ready { tries, not_before }, Vec::new())
}

/// Seconds before the try after `tries` tries: doubled each time up to the longest, then half of it to all of it, by the seed.
pub fn pause_s(tries: u32, requests: &Requests, seed: u64) -> i64 {
    let doubled = requests.pause_s.saturating_mul(1_i64.checked_shl(tries.saturating_sub(1).min(40)).unwrap_or(i64::MAX));
    let longest = doubled.min(requests.longest_pause_s).max(1);
    let spread = Chance::new(seed).below(longest.unsigned_abs() / 2 + 1);
    longest - i64::try_from(spread).unwrap_or(0)
}

fn withdraw(tries: u32, hours: &WorkHours) -> (WorkState, Vec<WorkEffect>) {
    let answer_by = hours.now.plus_seconds(hours.requests.answer_within_s);
    let told = (tries + 1 == hours.requests.tries).then_some(WorkEffect::Tell(StaffNote::Unanswered));
    // It goes on for as long as it takes: until the network has answered, nobody knows what the line is.
    (
        WorkState::Withdrawing { tries: tries.saturating_add(1), answer_by },
        [Some(WorkEffect::Withdraw), told].into_iter().flatten().collect(),
    )
}

fn answer(state: &WorkState, reply: &Reply, hours: &WorkHours) -> (WorkState, Vec<WorkEffect>) {
    let same = |effects: Vec<WorkEffect>| (state.clone(), effects);
    let contradiction = || same(vec![WorkEffect::Tell(StaffNote::Contradiction)]);
    if !state.was_sent() {
        return contradiction();
    }
    let at = hours.now;
    match (state, reply) {
        // What is over stays so: a second answer of the same kind, or an older one, says nothing new.
        (WorkState::Done { .. }, Reply::Done { .. } | Reply::Accepted | Reply::Busy) => same(Vec::new()),
        (WorkState::Refused { .. }, Reply::Refused { .. } | Reply::Accepted | Reply::Busy) => same(Vec::new()),
        (WorkState::Cancelled { .. }, Reply::Withdrawn | Reply::Refused { .. } | Reply::Accepted | Reply::Busy) => {
            same(Vec::new())
        }
        (WorkState::Done { .. } | WorkState::Refused { .. } | WorkState::Cancelled { .. }, _) => contradiction(),

        (_, Reply::Done { number }) => {
            let settle = WorkEffect::Settle(Settlement::Done { number: *number });
            let told = matches!(state, WorkState::Withdrawing { .. }).then_some(WorkEffect::Tell(StaffNote::DoneDespiteCancel));
            (WorkState::Done { at }, [Some(settle), told].into_iter().flatten().collect())
        }
        (WorkState::Withdrawing { .. }, Reply::Withdrawn | Reply::Refused { .. }) => {
            (WorkState::Cancelled { at }, vec![WorkEffect::Settle(Settlement::NotDone)])
        }
        (WorkState::Withdrawing { .. }, Reply::Accepted | Reply::Busy) => same(Vec::new()),
        (_, Reply::Refused { reason }) => (
            WorkState::Refused { at, reason: reason.clone() },
            vec![WorkEffect::Settle(Settlement::NotDone), WorkEffect::Tell(StaffNote::Refused)],
        ),
        (_, Reply::Withdrawn) => contradiction(),
        (WorkState::Sent { tries, .. } | WorkState::Ready { tries, .. }, Reply::Accepted) => {
            let answer_by = at.plus_seconds(hours.requests.answer_within_s.saturating_mul(ACCEPTED_WAITS));
            (WorkState::Accepted { tries: *tries, answer_by }, Vec::new())
        }
        (WorkState::Sent { tries, .. }, Reply::Busy) => pause(*tries, hours),
        (_, Reply::Accepted | Reply::Busy) => same(Vec::new()),
    }
}

/// Who said that they will do it has so many times as long for it as for a first answer.
const ACCEPTED_WAITS: i64 = 4;

fn retry(state: &WorkState, hours: &WorkHours) -> Result<WorkState, WorkRefusal> {
    match state {
        // With the same key: had the network done it, it says so.
        WorkState::Unanswered { .. } => Ok(WorkState::Ready { tries: 1, not_before: hours.now }),
        WorkState::Ready { tries, .. } if *tries > 0 => Ok(WorkState::Ready { tries: *tries, not_before: hours.now }),
        WorkState::Done { .. } | WorkState::Refused { .. } | WorkState::Cancelled { .. } => Err(WorkRefusal::Over),
        _ => Err(WorkRefusal::OnItsWay),
    }
}

fn cancel(state: &WorkState, hours: &WorkHours) -> Result<(WorkState, Vec<WorkEffect>), WorkRefusal> {
    match state {
        WorkState::Done { .. } | WorkState::Refused { .. } | WorkState::Cancelled { .. } => Err(WorkRefusal::Over),
        WorkState::Withdrawing { .. } => Err(WorkRefusal::OnItsWay),
        unsent if !unsent.was_sent() => {
            Ok((WorkState::Cancelled { at: hours.now }, vec![WorkEffect::Settle(Settlement::NotDone)]))
        }
        _ => Ok(withdraw(0, hours)),
    }
}

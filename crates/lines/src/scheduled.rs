//! Changes that take effect later: they are seen and taken back before their hour. What they do is `change`'s and `life`'s.

use crate::{Change, Refusal};
use serde::{Deserialize, Serialize};
use vocabulary::{LineId, ScheduledChangeId, Timestamp, WorkOrderId};

/// A change and its hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledChange {
    /// Its id.
    pub id: ScheduledChangeId,
    /// Of this line.
    pub line: LineId,
    /// What changes.
    pub change: Change,
    /// When.
    pub due: Timestamp,
    /// How far it is.
    pub state: ScheduledState,
}

/// How far a scheduled change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ScheduledState {
    /// Its hour has not come, or the line is busy.
    Planned,
    /// Somebody took it back in time.
    TakenBack {
        /// When.
        at: Timestamp,
    },
    /// The network is asked for it.
    Begun {
        /// By this work order.
        work: WorkOrderId,
    },
    /// It is done.
    Done {
        /// When.
        at: Timestamp,
    },
    /// When its hour had come, it could not be any more.
    Dropped {
        /// When.
        at: Timestamp,
        /// Why; `None` where the network would not.
        why: Option<Refusal>,
    },
}

/// Why a scheduled change cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeBackRefusal {
    /// The line has none of that id.
    #[error("there is no such change")]
    Unknown,
    /// Its hour has come.
    #[error("the change is being carried out or is over")]
    TooLate,
}

impl ScheduledChange {
    /// Does it still wait?
    pub const fn is_planned(&self) -> bool {
        matches!(self.state, ScheduledState::Planned)
    }

    /// Is its hour there?
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.is_planned() && self.due <= now
    }

    /// Takes it back before its hour.
    ///
    /// # Errors
    /// When its hour has come.
    pub fn take_back(&mut self, now: Timestamp) -> Result<(), TakeBackRefusal> {
        if !self.is_planned() || self.due <= now {
            return Err(TakeBackRefusal::TooLate);
        }
        self.state = ScheduledState::TakenBack { at: now };
        Ok(())
    }
}

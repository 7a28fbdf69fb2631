//! A line and its states. What else it holds, SIM and number, has files of its own; when a change takes effect is `change`'s.

use crate::Service;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use vocabulary::{CustomerId, E164, LineId, OrderId, SimId, Timestamp, WorkOrderId};

/// One subscription to a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The network it lives on, by its id in the catalogue.
    pub network: CompactString,
    /// How far it is.
    pub state: LineState,
    /// What it has: offer, capping, options, cut-offs.
    pub service: Service,
    /// Its SIM card or eSIM profile.
    pub sim: Option<SimId>,
    /// Its telephone number; one that the network gives is not known before it is active.
    pub number: Option<E164>,
    /// The change that the network is carrying out; one at a time.
    pub underway: Option<WorkOrderId>,
}

/// How far a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LineState {
    /// Asked for; no network knows of it yet.
    Ordered {
        /// In this order.
        order: OrderId,
        /// From when on the network is to be asked; `None` after it refused, until somebody has looked.
        begins: Option<Timestamp>,
    },
    /// The network is bringing it into service.
    Activating {
        /// In this order, to which it returns if the network refuses.
        order: OrderId,
    },
    /// In service.
    Active {
        /// Since.
        since: Timestamp,
    },
    /// Out of service until it is reactivated; its plan is billed on (MOB-60).
    Suspended {
        /// Since.
        since: Timestamp,
    },
    /// The network is taking it out of service for ever.
    Ending {
        /// What it returns to if the network refuses.
        from: InService,
        /// Why it ends.
        cause: EndCause,
    },
    /// It is over; its SIM is never used again (MOB-62).
    Ended {
        /// Since.
        at: Timestamp,
        /// Why.
        cause: EndCause,
    },
}

/// A line that a network knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InService {
    /// Active since.
    Active(Timestamp),
    /// Suspended since.
    Suspended(Timestamp),
}

/// Why a line is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndCause {
    /// Somebody asked for it.
    Asked,
    /// Its number went to another operator.
    PortedAway,
    /// It was given up before it was ever active.
    GivenUp,
}

/// A state without what it carries: the rows and columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the state of the same name")]
pub enum Stage {
    Ordered,
    Activating,
    Active,
    Suspended,
    Ending,
    Ended,
}

/// What moves a line on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The network is asked to activate it.
    BeginActivation,
    /// The network has.
    Activated,
    /// The network will not, or no longer has to.
    ActivationFailed,
    /// It is given up before the network knows of it.
    GiveUp,
    /// The network has suspended it.
    Suspended,
    /// The network has reactivated it.
    Reactivated,
    /// The network is asked to end it.
    BeginEnd(EndCause),
    /// The network has.
    Ended,
    /// The network will not, or no longer has to: it is as it was.
    EndFailed,
}

/// Every transition there is. Nothing else moves a line; a change that leaves it where it is (a plan, an option, a SIM) is none.
pub const TRANSITIONS: [(Stage, &str, Stage); 12] = [
    // from              step                 to
    (Stage::Ordered, "begin activation", Stage::Activating),
    (Stage::Ordered, "give up", Stage::Ended),
    (Stage::Activating, "activated", Stage::Active),
    (Stage::Activating, "activation failed", Stage::Ordered),
    (Stage::Active, "suspended", Stage::Suspended),
    (Stage::Active, "begin end", Stage::Ending),
    (Stage::Suspended, "reactivated", Stage::Active),
    (Stage::Suspended, "begin end", Stage::Ending),
    (Stage::Ending, "ended", Stage::Ended),
    (Stage::Ending, "end failed", Stage::Active),
    (Stage::Ending, "end failed", Stage::Suspended),
    // A line that is over stays over: there is no row that begins with it. The network may say it twice.
    (Stage::Ended, "ended", Stage::Ended),
];

/// A step that the table does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a line that is {from:?} cannot be moved by {step:?}")]
pub struct NoTransition {
    /// Where the line is.
    pub from: Stage,
    /// What was tried.
    pub step: Step,
}

impl Step {
    /// Its name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BeginActivation => "begin activation",
            Self::Activated => "activated",
            Self::ActivationFailed => "activation failed",
            Self::GiveUp => "give up",
            Self::Suspended => "suspended",
            Self::Reactivated => "reactivated",
            Self::BeginEnd(_) => "begin end",
            Self::Ended => "ended",
            Self::EndFailed => "end failed",
        }
    }
}

impl LineState {
    /// The state without what it carries.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Ordered { .. } => Stage::Ordered,
            Self::Activating { .. } => Stage::Activating,
            Self::Active { .. } => Stage::Active,
            Self::Suspended { .. } => Stage::Suspended,
            Self::Ending { .. } => Stage::Ending,
            Self::Ended { .. } => Stage::Ended,
        }
    }

    /// Its word in tables and addresses.
    pub const fn as_str(self) -> &'static str {
        match self.stage() {
            Stage::Ordered => "ordered",
            Stage::Activating => "activating",
            Stage::Active => "active",
            Stage::Suspended => "suspended",
            Stage::Ending => "ending",
            Stage::Ended => "ended",
        }
    }

    /// The state after a step at an hour.
    ///
    /// # Errors
    /// When the table does not have the step from here.
    pub fn after(self, step: Step, at: Timestamp) -> Result<LineState, NoTransition> {
        let next = match (self, step) {
            (Self::Ordered { order, .. }, Step::BeginActivation) => Self::Activating { order },
            (Self::Ordered { .. }, Step::GiveUp) => Self::Ended { at, cause: EndCause::GivenUp },
            (Self::Activating { .. }, Step::Activated) | (Self::Suspended { .. }, Step::Reactivated) => {
                Self::Active { since: at }
            }
            (Self::Activating { order }, Step::ActivationFailed) => Self::Ordered { order, begins: None },
            (Self::Active { .. }, Step::Suspended) => Self::Suspended { since: at },
            (Self::Active { since }, Step::BeginEnd(cause)) => Self::Ending { from: InService::Active(since), cause },
            (Self::Suspended { since }, Step::BeginEnd(cause)) => Self::Ending { from: InService::Suspended(since), cause },
            (Self::Ending { cause, .. }, Step::Ended) => Self::Ended { at, cause },
            (Self::Ending { from: InService::Active(since), .. }, Step::EndFailed) => Self::Active { since },
            (Self::Ending { from: InService::Suspended(since), .. }, Step::EndFailed) => Self::Suspended { since },
            (ended @ Self::Ended { .. }, Step::Ended) => ended,
            _ => return Err(NoTransition { from: self.stage(), step }),
        };
        Ok(next)
    }
}

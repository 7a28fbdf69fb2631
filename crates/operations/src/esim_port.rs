//! The port to the server that has eSIM profiles, an SM-DP+ (MOB-52, RES-08): a profile is ordered, confirmed and released, or its order is
//! cancelled; and what the server tells of its way to a telephone.
//!
//! What is kept of a profile, and what is told to whom, is not decided here. The port speaks once and says what came of it.

use crate::mail::Work;
use compact_str::CompactString;
pub use lines::ProfileEvent;
use std::fmt;
use vocabulary::{ActivationCode, Confirmation, ConfirmationCode, Eid, Iccid, MatchingId, SmDpAddress, Timestamp};

/// One call, by the caller's name for it: who asks again after a lost answer gives the same, and the server can tell that it is the same call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub CompactString);

/// A profile to be reserved. Either the profile or its type is named, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileOrder {
    /// This profile.
    pub iccid: Option<Iccid>,
    /// Any of this type, by the server's name for it.
    pub profile_type: Option<CompactString>,
    /// For this chip alone.
    pub eid: Option<Eid>,
}

/// A profile to be made ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileConfirmation {
    /// Which.
    pub iccid: Iccid,
    /// For this chip alone, as it was ordered.
    pub eid: Option<Eid>,
    /// What its activation code is to say; the server chooses where this is `None`. Who chooses it can ask again without harm.
    pub matching_id: Option<MatchingId>,
    /// What the user has to type.
    pub confirmation_code: Option<ConfirmationCode>,
    /// When it may be downloaded.
    pub release: Release,
}

/// When a confirmed profile may be downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// At once.
    Now,
    /// Once it is [released](ProfileServer::release).
    Later,
}

/// A profile that was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedProfile {
    /// Where it waits.
    pub sm_dp: SmDpAddress,
    /// What its activation code says.
    pub matching_id: MatchingId,
}

impl ConfirmedProfile {
    /// The activation code of it.
    pub fn activation_code(self, confirmation: Confirmation) -> ActivationCode {
        ActivationCode { sm_dp: self.sm_dp, matching_id: Some(self.matching_id), oid: None, confirmation }
    }
}

/// An order to be cancelled, before the profile is on a telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileCancellation {
    /// Of which profile.
    pub iccid: Iccid,
    /// For which chip it was ordered.
    pub eid: Option<Eid>,
    /// What its activation code says, once it was confirmed.
    pub matching_id: Option<MatchingId>,
    /// What becomes of the profile.
    pub leaves: Leaves,
}

/// What becomes of a profile whose order is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// It can be ordered again.
    Available,
    /// Nobody gets it any more.
    Unavailable,
}

/// Why a call did not lead to what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileFailure {
    /// The server will not.
    #[error("the profile server refuses: {0}")]
    Refused(ProfileRefusal),
    /// Nothing reached the server, or it asks to come back later: the same call may be tried again.
    #[error("the profile server is not reached: {0}")]
    NotReached(String),
    /// The server takes no such call from us: settings have to be looked at.
    #[error("the profile server turns the call away: {0}")]
    TurnedAway(String),
    /// It may have been done: the connection ended, or what came back is no answer. The same call may be tried again.
    #[error("the profile server may have done it, and its answer is not known: {0}")]
    Unclear(String),
}

/// A refusal by the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileRefusal {
    /// Why.
    pub why: WhyNot,
    /// The server's own code: subject and reason, for staff.
    pub code: CompactString,
    /// The server's own words, for staff. They are shortened, and come from outside.
    pub message: String,
}

impl fmt::Display for ProfileRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.why, self.code)?;
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

/// Why a profile server refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum WhyNot {
    /// It does not know the profile.
    #[error("the profile is unknown")]
    UnknownProfile,
    /// The profile is not ours.
    #[error("the profile is not ours")]
    NotOurProfile,
    /// The profile is taken: ordered before, or on a telephone.
    #[error("the profile is taken")]
    ProfileTaken,
    /// The profile is not in a state for this: the step before is missing, or this one was done.
    #[error("the profile is not in a state for this")]
    WrongState,
    /// It does not know the type, or it is not ours.
    #[error("the type of profile is unknown")]
    UnknownType,
    /// No profile of the type is left.
    #[error("no profile of this type is left")]
    NoneLeft,
    /// The profile is of another type.
    #[error("the profile is of another type")]
    OtherType,
    /// The activation code is that of another profile.
    #[error("the matching id is taken")]
    MatchingIdTaken,
    /// The activation code is not the profile's.
    #[error("the matching id is not that of the profile")]
    OtherMatchingId,
    /// The chip is not that of the order.
    #[error("the profile was ordered for another chip")]
    OtherChip,
    /// It does not know us, or we may not ask for this.
    #[error("the profile server does not know who asks")]
    UnknownCaller,
    /// It does not understand what was asked.
    #[error("the request is not understood")]
    NotUnderstood,
    /// It could not, for a reason of its own.
    #[error("the profile server failed")]
    Failed,
    /// What was asked came too late.
    #[error("the request expired")]
    Expired,
    /// Anything else.
    #[error("for a reason of its own")]
    Other,
}

impl WhyNot {
    /// May it be that the same was done before, so that asking again is refused for that? Who asks again after a lost answer takes it so.
    pub const fn may_be_done(self) -> bool {
        matches!(self, Self::ProfileTaken | Self::WrongState | Self::MatchingIdTaken)
    }
}

/// A way to a profile server.
pub trait ProfileServer: Send + Sync + fmt::Debug {
    /// Reserves a profile and says which.
    fn order(&self, call: CallId, order: ProfileOrder) -> Work<'_, Result<Iccid, ProfileFailure>>;

    /// Makes a reserved profile ready and says what its activation code is.
    fn confirm(&self, call: CallId, confirmation: ProfileConfirmation) -> Work<'_, Result<ConfirmedProfile, ProfileFailure>>;

    /// Lets a confirmed profile be downloaded.
    fn release(&self, call: CallId, iccid: Iccid) -> Work<'_, Result<(), ProfileFailure>>;

    /// Cancels an order.
    fn cancel(&self, call: CallId, cancellation: ProfileCancellation) -> Work<'_, Result<(), ProfileFailure>>;
}

/// What a profile server tells of a profile on its way to a telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileProgress {
    /// Which profile.
    pub iccid: Iccid,
    /// On which chip.
    pub eid: Option<Eid>,
    /// How far it came, or what was tried.
    pub step: ProgressStep,
    /// Did it come that far?
    pub outcome: ProgressOutcome,
    /// When, by the server's clock.
    pub at: Timestamp,
}

/// Steps of a profile on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProgressStep {
    /// The telephone may have it: chip and number of tries were looked at.
    Checked,
    /// The user typed the confirmation code.
    CodeTyped,
    /// It was downloaded.
    Downloaded,
    /// It was installed.
    Installed,
    /// The user switched it on.
    Enabled,
    /// The user switched it off.
    Disabled,
    /// The user deleted it.
    Deleted,
    /// A step that is not known, by the server's number.
    Other(u32),
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgressOutcome {
    /// It was done.
    Done,
    /// It failed.
    Failed {
        /// The server's code: subject and reason; empty where it gave none.
        code: CompactString,
        /// The server's words, shortened.
        message: String,
    },
}

impl ProfileProgress {
    /// What happened to the profile; `None` where nothing did that changes its state.
    pub fn event(&self) -> Option<ProfileEvent> {
        if self.outcome != ProgressOutcome::Done {
            return None;
        }
        match self.step {
            ProgressStep::Downloaded => Some(ProfileEvent::Downloaded),
            ProgressStep::Installed => Some(ProfileEvent::Installed),
            ProgressStep::Enabled => Some(ProfileEvent::Enabled),
            ProgressStep::Disabled => Some(ProfileEvent::Disabled),
            ProgressStep::Deleted => Some(ProfileEvent::Deleted),
            ProgressStep::Checked | ProgressStep::CodeTyped | ProgressStep::Other(_) => None,
        }
    }
}

/// Reads what a profile server tells.
pub trait ProgressReader: Send + Sync + fmt::Debug {
    /// Reads the body of its message.
    ///
    /// # Errors
    /// Why it is none.
    fn read(&self, body: &[u8]) -> Result<ProfileProgress, ProgressRefusal>;
}

/// Why a message of a profile server is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgressRefusal {
    /// It is longer than any such message.
    #[error("the message is longer than {MOST_PROGRESS_BYTES} bytes")]
    TooLong,
    /// It is not what such a message is.
    #[error("the message is not understood: {0}")]
    NotUnderstood(String),
}

/// The longest message of a profile server that is read, in bytes: the result of an installation is the largest part of one.
pub const MOST_PROGRESS_BYTES: usize = 16 * 1024;

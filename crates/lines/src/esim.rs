//! An eSIM profile on its way to a telephone: its states, who may see its activation code, and the confirmation code that is asked for before
//! (RES-08). How an SM-DP+ is spoken to is a gateway's.

use serde::{Deserialize, Serialize};
use vocabulary::{ConfirmationCode, E164, Timestamp};

/// How far a profile is (GSMA SGP.22 §3.1.1, and the notifications of §3.5 and §5.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileState {
    /// The SM-DP+ has it ready: its activation code works.
    Released,
    /// A telephone has fetched it.
    Downloaded,
    /// It is on the chip.
    Installed,
    /// It is the one in use.
    Enabled,
    /// It is on the chip, not in use.
    Disabled,
    /// The user deleted it: it cannot be installed again.
    Deleted,
}

/// What the SM-DP+ tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each leads to the state of its name")]
pub enum ProfileEvent {
    Released,
    Downloaded,
    Installed,
    Enabled,
    Disabled,
    Deleted,
}

impl ProfileState {
    /// Every state and its word in tables, in the order of a life.
    pub const WORDS: [(&'static str, ProfileState); 6] = [
        ("released", Self::Released),
        ("downloaded", Self::Downloaded),
        ("installed", Self::Installed),
        ("enabled", Self::Enabled),
        ("disabled", Self::Disabled),
        ("deleted", Self::Deleted),
    ];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    /// The state after a notification. They come twice, late and in another order: one that tells of an earlier state changes nothing, and what
    /// is deleted stays deleted. Enabled and disabled follow each other as often as the user wants.
    #[must_use]
    pub fn after(self, event: ProfileEvent) -> ProfileState {
        let told = match event {
            ProfileEvent::Released => Self::Released,
            ProfileEvent::Downloaded => Self::Downloaded,
            ProfileEvent::Installed => Self::Installed,
            ProfileEvent::Enabled => Self::Enabled,
            ProfileEvent::Disabled => Self::Disabled,
            ProfileEvent::Deleted => Self::Deleted,
        };
        match (self, told) {
            (Self::Deleted, _) => Self::Deleted,
            (Self::Disabled, Self::Enabled) => Self::Enabled,
            _ => self.max(told),
        }
    }
}

/// Why an activation code is not shown or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ShowRefusal {
    /// It is on a telephone: the code works no more.
    #[error("the profile is installed: its code is used up")]
    Installed,
    /// It was deleted there: another profile is needed.
    #[error("the profile was deleted and cannot be installed again: another is needed")]
    Deleted,
    /// The code would go to the telephone that cannot receive it.
    #[error("the code goes to another number than the line's own")]
    OwnNumber,
    /// The code of this profile was tried too often.
    #[error("the confirmation code is dead after {CODE_TRIES} wrong tries: a new one is needed")]
    CodeDead,
}

/// May QR code and activation code be shown or mailed? Once it is on a telephone, there is nothing left to show.
///
/// # Errors
/// Why not.
pub fn may_show(profile: ProfileState) -> Result<(), ShowRefusal> {
    match profile {
        ProfileState::Released | ProfileState::Downloaded => Ok(()),
        ProfileState::Installed | ProfileState::Enabled | ProfileState::Disabled => Err(ShowRefusal::Installed),
        ProfileState::Deleted => Err(ShowRefusal::Deleted),
    }
}

/// May the confirmation code be sent by SMS to this number? It is another than the line's, and the code is alive.
///
/// # Errors
/// Why not.
pub fn may_send_code(profile: ProfileState, code: &CodeState, to: E164, own: Option<E164>) -> Result<(), ShowRefusal> {
    may_show(profile)?;
    if own == Some(to) {
        return Err(ShowRefusal::OwnNumber);
    }
    if matches!(code, CodeState::Dead { .. }) { Err(ShowRefusal::CodeDead) } else { Ok(()) }
}

/// So many wrong tries end a confirmation code.
pub const CODE_TRIES: u8 = 3;

/// How far a confirmation code is. A new code begins anew; the old one is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CodeState {
    /// It may be typed.
    Open {
        /// So often it was typed wrongly.
        wrong: u8,
    },
    /// It was typed rightly.
    Used {
        /// When.
        at: Timestamp,
    },
    /// It was typed wrongly too often.
    Dead {
        /// When.
        at: Timestamp,
    },
}

/// What becomes of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVerdict {
    /// It was the code.
    Right,
    /// It was not; so many tries are left.
    Wrong {
        /// How many.
        left: u8,
    },
    /// It is dead, whatever was typed.
    Dead,
}

impl CodeState {
    /// A new code.
    pub const NEW: CodeState = CodeState::Open { wrong: 0 };

    /// Somebody types a code. Typing the right one again is right again, so that an answer that was lost can be asked for twice.
    pub fn try_code(&mut self, typed: &ConfirmationCode, code: &ConfirmationCode, now: Timestamp) -> CodeVerdict {
        let is_right = same(typed.reveal(), code.reveal());
        match *self {
            Self::Dead { .. } => CodeVerdict::Dead,
            Self::Used { .. } if is_right => CodeVerdict::Right,
            Self::Used { .. } => CodeVerdict::Dead,
            Self::Open { .. } if is_right => {
                *self = Self::Used { at: now };
                CodeVerdict::Right
            }
            Self::Open { wrong } if wrong + 1 >= CODE_TRIES => {
                *self = Self::Dead { at: now };
                CodeVerdict::Dead
            }
            Self::Open { wrong } => {
                *self = Self::Open { wrong: wrong + 1 };
                CodeVerdict::Wrong { left: CODE_TRIES - wrong - 1 }
            }
        }
    }
}

/// Compares without telling by its time how much agrees.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

//! How long a line rings before something else takes the call (FIX-04).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A ring time: 20 to 60 seconds in whole rings of five. It is written as its seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct RingTime(u8);

/// Why a ring time is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingTimeError {
    /// Too short or too long.
    #[error("a line rings 20 to 60 seconds, not {0}")]
    Range(u16),
    /// Not whole rings.
    #[error("a ring lasts 5 seconds: {0} seconds are no whole rings")]
    Step(u16),
}

impl RingTime {
    /// What a line has that nobody changed: 20 seconds.
    pub const DEFAULT: RingTime = RingTime(20);
    /// Of one ring, in seconds.
    pub const RING_S: u8 = 5;
    /// The shortest, in seconds.
    pub const SHORTEST_S: u8 = 20;
    /// The longest, in seconds.
    pub const LONGEST_S: u8 = 60;

    /// So many seconds.
    ///
    /// # Errors
    /// When they are out of range, or no whole rings.
    pub fn of_seconds(seconds: u16) -> Result<Self, RingTimeError> {
        match u8::try_from(seconds) {
            Ok(s) if (Self::SHORTEST_S..=Self::LONGEST_S).contains(&s) => {
                if s.is_multiple_of(Self::RING_S) {
                    Ok(Self(s))
                } else {
                    Err(RingTimeError::Step(seconds))
                }
            }
            _ => Err(RingTimeError::Range(seconds)),
        }
    }

    /// The nearest that a line can ring to what a code asks for, which mobile networks count from 5 to 30 seconds (3GPP TS 29.002).
    pub fn nearest(seconds: u8) -> Self {
        let rings = seconds.saturating_add(Self::RING_S / 2) / Self::RING_S;
        Self((rings * Self::RING_S).clamp(Self::SHORTEST_S, Self::LONGEST_S))
    }

    /// Every ring time that can be chosen, the shortest first.
    pub fn all() -> impl Iterator<Item = RingTime> {
        (Self::SHORTEST_S..=Self::LONGEST_S).step_by(usize::from(Self::RING_S)).map(Self)
    }

    /// In seconds.
    pub const fn seconds(self) -> u8 {
        self.0
    }

    /// In rings.
    pub const fn rings(self) -> u8 {
        self.0 / Self::RING_S
    }
}

impl Default for RingTime {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl TryFrom<u8> for RingTime {
    type Error = RingTimeError;
    fn try_from(seconds: u8) -> Result<Self, RingTimeError> {
        Self::of_seconds(u16::from(seconds))
    }
}

impl From<RingTime> for u8 {
    fn from(time: RingTime) -> u8 {
        time.0
    }
}

impl fmt::Display for RingTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

//! A number on its way to us or away from us: what is asked, the other operator's answer, the day. How operators write to each other is an
//! adapter's; what becomes of number and line is `number`'s and `life`'s.

use crate::{Ground, opening_hours};
use catalog::{Network, Work};
use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::{E164, LineId, PortingId, Timestamp};

/// A number on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Porting {
    /// Its id.
    pub id: PortingId,
    /// The line that brings it or leaves with it.
    pub line: LineId,
    /// Which number.
    pub number: E164,
    /// To us or away.
    pub direction: PortingDirection,
    /// How far it is.
    pub state: PortingState,
}

/// To us or away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortingDirection {
    /// To us.
    In,
    /// Away.
    Out,
}

/// How far a porting is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PortingState {
    /// The operator that gives the number away is asked.
    Requested,
    /// It may go; a day is to be agreed.
    Eligible,
    /// It may not.
    Ineligible {
        /// That operator's word for why.
        reason: CompactString,
    },
    /// It goes then.
    Dated {
        /// From this instant on.
        at: Timestamp,
    },
    /// It has gone.
    Ported {
        /// When.
        at: Timestamp,
    },
    /// It was taken back in time.
    Cancelled {
        /// When.
        at: Timestamp,
    },
    /// It had gone and came back: the request was not the holder's.
    Reversed {
        /// When.
        at: Timestamp,
    },
}

/// What moves a porting on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortingEvent {
    /// The other operator lets it go.
    Eligible,
    /// It does not.
    Ineligible(CompactString),
    /// The day is agreed.
    Dated(Timestamp),
    /// The number has moved.
    Ported,
    /// Somebody takes it back.
    Cancel,
    /// It comes back.
    Reverse,
}

/// What a porting does not do from where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the porting cannot do that any more, or not yet")]
pub struct NotThen;

/// Why a day cannot be the day of a porting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortingDayRefusal {
    /// Fewer working days away than the network needs.
    #[error("{0} is the first day on which the number can come")]
    TooEarly(Date),
    /// A weekend or a public holiday.
    #[error("no number moves on a day that is no working day")]
    NoWorkingDay,
    /// The network ports nothing.
    #[error("the network takes no numbers from elsewhere")]
    Never,
}

impl Porting {
    /// A new one.
    pub const fn new(id: PortingId, line: LineId, number: E164, direction: PortingDirection) -> Self {
        Self { id, line, number, direction, state: PortingState::Requested }
    }

    /// Is it neither over nor refused? Of one number there is one such porting at most.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, PortingState::Requested | PortingState::Eligible | PortingState::Dated { .. })
    }

    /// The instant from which on it may be carried out.
    pub const fn due(&self) -> Option<Timestamp> {
        match self.state {
            PortingState::Dated { at } => Some(at),
            _ => None,
        }
    }

    /// Moves it on. The same answer twice changes nothing.
    ///
    /// # Errors
    /// When it cannot, from where it is.
    pub fn step(&mut self, event: PortingEvent, now: Timestamp) -> Result<(), NotThen> {
        use PortingState as State;
        let next = match (&self.state, event) {
            (State::Requested, PortingEvent::Eligible) => State::Eligible,
            (State::Eligible | State::Dated { .. }, PortingEvent::Eligible) => return Ok(()),
            (State::Requested | State::Eligible, PortingEvent::Ineligible(reason)) => State::Ineligible { reason },
            (State::Ineligible { .. }, PortingEvent::Ineligible(_)) => return Ok(()),
            // The day may be agreed anew as long as the number has not moved.
            (State::Eligible | State::Dated { .. }, PortingEvent::Dated(at)) => State::Dated { at },
            (State::Dated { .. }, PortingEvent::Ported) => State::Ported { at: now },
            (State::Ported { .. }, PortingEvent::Ported) => return Ok(()),
            (State::Requested | State::Eligible | State::Dated { .. } | State::Ineligible { .. }, PortingEvent::Cancel) => {
                State::Cancelled { at: now }
            }
            (State::Ported { .. }, PortingEvent::Reverse) => State::Reversed { at: now },
            _ => return Err(NotThen),
        };
        self.state = next;
        Ok(())
    }
}

/// The instant of a porting on a day that somebody wants, or on the first that can be: working days only, as many ahead as the network
/// needs (MOB-63, MOB-64).
///
/// # Errors
/// Why that day cannot be.
pub fn porting_day(ground: &Ground<'_>, network: &Network, wanted: Option<Date>) -> Result<Timestamp, PortingDayRefusal> {
    let first = opening_hours::opens(ground, network, Work::Porting, ground.now).ok_or(PortingDayRefusal::Never)?;
    let Some(day) = wanted else { return Ok(first) };
    let first_day = first.to_local(ground.zone()).date();
    if day < first_day {
        return Err(PortingDayRefusal::TooEarly(first_day));
    }
    if !ground.holidays().is_working_day(day) {
        return Err(PortingDayRefusal::NoWorkingDay);
    }
    if day == first_day {
        return Ok(first);
    }
    opening_hours::opens_on(ground, network, Work::Porting, day).ok_or(PortingDayRefusal::NoWorkingDay)
}

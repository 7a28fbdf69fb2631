//! Telephone numbers of the inventory: who has them, and how long they rest. How they are written and dialled is `vocabulary`'s.

use crate::Chance;
use catalog::{AfterQuarantine, Operator};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use vocabulary::{E164, LineId, PortingId, Timestamp};

/// A number of the inventory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Which.
    pub number: E164,
    /// Who has it.
    pub state: NumberState,
}

/// Who has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum NumberState {
    /// Nobody: it may be chosen.
    Free,
    /// An order, for a line that is not active yet.
    Reserved {
        /// For it.
        line: LineId,
    },
    /// A line.
    InUse {
        /// Whose it is.
        line: LineId,
    },
    /// Another operator still; it comes with a line.
    PortingIn {
        /// For it.
        line: LineId,
        /// By this porting.
        porting: PortingId,
    },
    /// A line that leaves with it.
    PortingOut {
        /// Whose it still is.
        line: LineId,
        /// By this porting.
        porting: PortingId,
    },
    /// Nobody, for a time after its line ended.
    Quarantined {
        /// Until then.
        until: Timestamp,
    },
    /// Not ours any more.
    Gone {
        /// Since.
        at: Timestamp,
    },
}

/// Why a number cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NumberRefusal {
    /// A line or an order has it.
    #[error("the number is taken")]
    Taken,
    /// It is on its way already.
    #[error("the number is being ported already")]
    BeingPorted,
    /// Its line ended not long ago.
    #[error("the number rests after its line ended")]
    Quarantined,
    /// It is not ours any more.
    #[error("the number is not one of ours any more")]
    Gone,
    /// Nobody else has it.
    #[error("the number is not of that line")]
    NotOfThatLine,
}

impl Number {
    /// Reserves a free number for a line.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub fn reserve(&mut self, line: LineId) -> Result<(), NumberRefusal> {
        self.refuse_unless_free()?;
        self.state = NumberState::Reserved { line };
        Ok(())
    }

    /// Why it is not free.
    ///
    /// # Errors
    /// When it is not.
    pub fn refuse_unless_free(&self) -> Result<(), NumberRefusal> {
        match self.state {
            NumberState::Free => Ok(()),
            NumberState::Reserved { .. } | NumberState::InUse { .. } => Err(NumberRefusal::Taken),
            NumberState::PortingIn { .. } | NumberState::PortingOut { .. } => Err(NumberRefusal::BeingPorted),
            NumberState::Quarantined { .. } => Err(NumberRefusal::Quarantined),
            NumberState::Gone { .. } => Err(NumberRefusal::Gone),
        }
    }

    /// Why a number cannot come from another operator, given what the inventory knows of it: nothing, or that it left once.
    ///
    /// # Errors
    /// When it is one of ours, or on its way already.
    pub fn refuse_port_in(known: Option<&Number>) -> Result<(), NumberRefusal> {
        match known.map(|known| (known.state, known.refuse_unless_free())) {
            None | Some((NumberState::Gone { .. }, _)) => Ok(()),
            Some((_, Ok(()))) => Err(NumberRefusal::Taken),
            Some((_, Err(refusal))) => Err(refusal),
        }
    }

    /// A number that a line brings from another operator.
    ///
    /// # Errors
    /// As [`Number::refuse_port_in`].
    pub fn port_in(known: Option<&Number>, number: E164, (line, porting): (LineId, PortingId)) -> Result<Number, NumberRefusal> {
        Number::refuse_port_in(known).map(|()| Number { number, state: NumberState::PortingIn { line, porting } })
    }

    /// The line is active: the number is its own. Again changes nothing.
    ///
    /// # Errors
    /// When another has it.
    pub fn put_in_use(&mut self, by: LineId) -> Result<(), NumberRefusal> {
        match self.state {
            NumberState::Reserved { line } | NumberState::PortingIn { line, .. } | NumberState::InUse { line } if line == by => {
                self.state = NumberState::InUse { line };
                Ok(())
            }
            _ => Err(NumberRefusal::NotOfThatLine),
        }
    }

    /// The line leaves with its number.
    ///
    /// # Errors
    /// When it is not that line's, or leaves already.
    pub fn begin_port_out(&mut self, by: LineId, porting: PortingId) -> Result<(), NumberRefusal> {
        match self.state {
            NumberState::InUse { line } if line == by => {
                self.state = NumberState::PortingOut { line, porting };
                Ok(())
            }
            NumberState::PortingOut { .. } | NumberState::PortingIn { .. } => Err(NumberRefusal::BeingPorted),
            _ => Err(NumberRefusal::NotOfThatLine),
        }
    }

    /// The line stays after all.
    pub fn cancel_port_out(&mut self) {
        if let NumberState::PortingOut { line, .. } = self.state {
            self.state = NumberState::InUse { line };
        }
    }

    /// An order is given up before its line was active: one of the pool is free again, one that was to come is not ours.
    pub fn let_go(&mut self, at: Timestamp) {
        self.state = match self.state {
            NumberState::Reserved { .. } => NumberState::Free,
            NumberState::PortingIn { .. } => NumberState::Gone { at },
            other => other,
        };
    }

    /// Its line ended: it rests, or it went along with whoever left.
    pub fn end(&mut self, operator: &Operator, at: Timestamp) {
        self.state = match self.state {
            NumberState::PortingOut { .. } => NumberState::Gone { at },
            NumberState::InUse { .. } => NumberState::Quarantined { until: quarantine_end(operator, at) },
            other => other,
        };
    }

    /// It rested long enough. Does it change?
    pub fn hour(&mut self, after: AfterQuarantine, now: Timestamp) -> bool {
        let NumberState::Quarantined { until } = self.state else { return false };
        if now < until {
            return false;
        }
        self.state = match after {
            AfterQuarantine::Gone => NumberState::Gone { at: now },
            AfterQuarantine::Free => NumberState::Free,
        };
        true
    }
}

/// Until when a number rests whose line ended at `at`: so many days of the operator's zone as its catalogue says, 45 to 120.
pub fn quarantine_end(operator: &Operator, at: Timestamp) -> Timestamp {
    let local = at.to_local(&operator.time_zone).saturating_add(operator.number_quarantine_days.days());
    operator.time_zone.to_ambiguous_timestamp(local).compatible().map_or(at, Timestamp::from)
}

/// One number of those that are free, by a seed.
pub fn choose(free: &[E164], seed: u64) -> Option<E164> {
    let chosen = Chance::new(seed).below(free.len() as u64);
    free.get(usize::try_from(chosen).ok()?).copied()
}

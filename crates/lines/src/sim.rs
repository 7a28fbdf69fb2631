//! SIM cards and eSIM profiles of the inventory: who has them. How a batch of a maker is read is `sim_batch`'s; how an eSIM reaches a
//! telephone is `esim`'s.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use vocabulary::{CustomerId, Iccid, LineId, SimId, Timestamp};

/// A SIM card or an eSIM profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sim {
    /// Its id.
    pub id: SimId,
    /// Its serial number.
    pub iccid: Iccid,
    /// Card or profile.
    pub kind: SimKind,
    /// The network it was made for, by its id in the catalogue.
    pub network: CompactString,
    /// Who has it.
    pub state: SimState,
}

/// Card or profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SimKind {
    /// A card that asks for its PIN.
    CardWithPin,
    /// A card that does not.
    CardWithoutPin,
    /// A profile that is downloaded.
    Esim,
}

impl SimKind {
    /// Is it a profile?
    pub const fn is_esim(self) -> bool {
        matches!(self, Self::Esim)
    }
}

/// Who has a SIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SimState {
    /// Nobody yet.
    Free,
    /// A customer, whose self-care shows it (RES-07).
    Given {
        /// Whose it is.
        customer: CustomerId,
    },
    /// An order or a swap, until the network has done it.
    Reserved {
        /// For this line.
        line: LineId,
        /// To whom it goes back if nothing comes of it.
        given: Option<CustomerId>,
    },
    /// A line.
    InUse {
        /// Whose it is.
        line: LineId,
        /// The customer to whom it was given.
        given: Option<CustomerId>,
    },
    /// Nobody, for ever (MOB-62).
    Ended {
        /// Since.
        at: Timestamp,
    },
}

/// Why a SIM cannot be had, in this order: what it is comes before whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
pub enum SimRefusal {
    /// Its line ended, or it was swapped for another.
    #[error("the SIM was used and is over")]
    Ended,
    /// A line has it.
    #[error("the SIM is in use")]
    InUse,
    /// An order has it.
    #[error("the SIM is reserved by an order")]
    Reserved,
    /// It is given to another customer.
    #[error("the SIM is not one of this customer")]
    NotTheirs,
    /// It was made for another network.
    #[error("the SIM is of another network")]
    OtherNetwork,
    /// A card where an eSIM is asked for, or the other way round.
    #[error("the SIM is not of the kind that is asked for")]
    OtherKind,
}

impl Sim {
    /// Gives a free SIM to a customer. To the same again changes nothing.
    ///
    /// # Errors
    /// Why it cannot be given.
    pub fn give(&mut self, customer: CustomerId) -> Result<(), SimRefusal> {
        match self.state {
            SimState::Free => {
                self.state = SimState::Given { customer };
                Ok(())
            }
            SimState::Given { customer: holder } if holder == customer => Ok(()),
            SimState::Given { .. } => Err(SimRefusal::NotTheirs),
            other => Err(taken(other)),
        }
    }

    /// Takes a given SIM back. A free one stays free.
    ///
    /// # Errors
    /// When an order or a line has it, or had it.
    pub fn release(&mut self) -> Result<(), SimRefusal> {
        match self.state {
            SimState::Free | SimState::Given { .. } => {
                self.state = SimState::Free;
                Ok(())
            }
            other => Err(taken(other)),
        }
    }

    /// Why nobody may have it as it is.
    ///
    /// # Errors
    /// When somebody has it, or had it.
    pub fn refuse_unless_free(&self) -> Result<(), SimRefusal> {
        match self.state {
            SimState::Free => Ok(()),
            other => Err(taken(other)),
        }
    }

    /// May a customer's line on a network have it? A free SIM may be had by anybody who orders for that customer.
    ///
    /// # Errors
    /// The first reason why not, in the order of [`SimRefusal`].
    pub fn refuse_for(&self, customer: CustomerId, network: &str) -> Result<(), SimRefusal> {
        match self.state {
            SimState::Free => {}
            SimState::Given { customer: holder } if holder == customer => {}
            SimState::Given { .. } => return Err(SimRefusal::NotTheirs),
            other => return Err(taken(other)),
        }
        if self.network == network { Ok(()) } else { Err(SimRefusal::OtherNetwork) }
    }

    /// Reserves it for a customer's line.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub fn reserve(&mut self, line: LineId, customer: CustomerId, network: &str) -> Result<(), SimRefusal> {
        self.refuse_for(customer, network)?;
        let given = match self.state {
            SimState::Given { customer } => Some(customer),
            _ => None,
        };
        self.state = SimState::Reserved { line, given };
        Ok(())
    }

    /// Nothing came of what it was reserved for: it is again what it was.
    pub fn let_go(&mut self) {
        if let SimState::Reserved { given, .. } = self.state {
            self.state = given.map_or(SimState::Free, |customer| SimState::Given { customer });
        }
    }

    /// The network has put it into the line. Again changes nothing.
    ///
    /// # Errors
    /// When it was not reserved for this line.
    pub fn put_in_use(&mut self, by: LineId) -> Result<(), SimRefusal> {
        match self.state {
            SimState::Reserved { line, given } | SimState::InUse { line, given } if line == by => {
                self.state = SimState::InUse { line, given };
                Ok(())
            }
            other => Err(taken(other)),
        }
    }

    /// Its line ended or has another: it is over.
    pub fn end(&mut self, at: Timestamp) {
        if !matches!(self.state, SimState::Ended { .. }) {
            self.state = SimState::Ended { at };
        }
    }
}

const fn taken(state: SimState) -> SimRefusal {
    match state {
        SimState::Ended { .. } => SimRefusal::Ended,
        SimState::InUse { .. } => SimRefusal::InUse,
        SimState::Reserved { .. } => SimRefusal::Reserved,
        SimState::Given { .. } | SimState::Free => SimRefusal::NotTheirs,
    }
}

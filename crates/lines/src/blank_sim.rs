//! Blank SIM cards that a customer orders ahead (FLT-16): by multiples of ten, delivered in two working days, followed until they arrive.

use crate::Ground;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::Timestamp;

/// Cards are packed by so many.
pub const CARDS_OF_A_PACK: u32 = 10;

/// The most cards of one delivery.
pub const MOST_CARDS: u32 = 10_000;

/// Working days until they are there.
const DELIVERY_DAYS: i64 = 2;

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Delivery {
    /// It is being packed.
    Ordered,
    /// It is on its way.
    Sent {
        /// Since.
        at: Timestamp,
    },
    /// Its cards stand in the inventory, given to the customer.
    Arrived {
        /// Since.
        at: Timestamp,
    },
    /// Nobody sent it, and nobody will.
    Cancelled {
        /// Since.
        at: Timestamp,
    },
}

/// Why so many cards cannot be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlankSimRefusal {
    /// Not a multiple of ten.
    #[error("{0} cards are not a multiple of {CARDS_OF_A_PACK}")]
    NotByPacks(u32),
    /// None, or more than one delivery takes.
    #[error("{0} cards are not between {CARDS_OF_A_PACK} and {MOST_CARDS}")]
    HowMany(u32),
}

/// The day on which so many cards are there, if they are ordered now.
///
/// # Errors
/// When so many cannot be ordered.
pub fn delivered_on(cards: u32, ground: &Ground<'_>) -> Result<Date, BlankSimRefusal> {
    if !(CARDS_OF_A_PACK..=MOST_CARDS).contains(&cards) {
        return Err(BlankSimRefusal::HowMany(cards));
    }
    if !cards.is_multiple_of(CARDS_OF_A_PACK) {
        return Err(BlankSimRefusal::NotByPacks(cards));
    }
    Ok(ground.holidays().after_working_days(ground.now.to_local(ground.zone()).date(), DELIVERY_DAYS))
}

impl Delivery {
    /// Moves it on; the same news twice, or older news, changes nothing. What was sent is not cancelled, and nothing arrives that was not sent.
    #[must_use]
    pub const fn after(self, news: Delivery) -> Delivery {
        match (self, news) {
            (Self::Ordered, Self::Sent { .. } | Self::Cancelled { .. }) => news,
            (Self::Sent { .. }, Self::Arrived { at }) => Self::Arrived { at },
            (as_it_is, _) => as_it_is,
        }
    }
}

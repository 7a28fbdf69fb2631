//! The words of the house.
//!
//! Ids, money, quantities, instants and months, telephone numbers and usage records, as types that cannot hold a wrong value, and
//! the [`Clock`]. No rule of business lives here: what a usage costs is `rating`'s, what an offer contains is `catalog`'s.

mod country;
mod ids;
mod money;
mod number;
mod quantity;
mod time;
mod usage;

pub use country::{CountryCode, CountryCodeError};
pub use ids::*;
pub use money::{Money, MoneyError, Rounding, div_round};
pub use number::{E164, NumberError, NumberingPlan, Party};
pub use quantity::{Quantity, QuantityError, UsageKind};
pub use time::{Clock, Month, MonthError, Timestamp, TimestampError};
pub use usage::{Access, Direction, RecordKey, UsageRecord, Visited};

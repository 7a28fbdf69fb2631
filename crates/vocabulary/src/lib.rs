//! The words of the house.
//!
//! Ids, money, quantities, instants and months, telephone numbers, what SIM cards and eSIM profiles carry, and usage records, as types that
//! cannot hold a wrong value, and the [`Clock`]. No rule of business lives here: what a usage costs is `rating`'s, what an offer contains is
//! `catalog`'s, what may happen to a line is `lines`'.

mod activation_code;
mod cents;
mod country;
mod eid;
mod iccid;
mod ids;
mod imsi;
mod label;
mod money;
mod national;
mod number;
mod pin;
mod porting_proof;
mod quantity;
mod time;
mod usage;

pub use activation_code::{ActivationCode, ActivationCodeError, Confirmation, MatchingId, SmDpAddress};
pub use cents::Cents;
pub use country::{CountryCode, CountryCodeError};
pub use eid::{Eid, EidError};
pub use iccid::{Iccid, IccidError, IccidRange, IccidRangeError, MOST_OF_A_RANGE};
pub use ids::*;
pub use imsi::{Imsi, ImsiError};
pub use label::{Label, LabelRefusal, unreadable};
pub use money::{Money, MoneyError, Rounding, div_round};
pub use national::{NationalNumber, NationalNumberError};
pub use number::{E164, NumberError, NumberingPlan, Party};
pub use pin::{ConfirmationCode, Pin, Puk, SecretError};
pub use porting_proof::{DonorCustomerNumber, DonorCustomerNumberError, Rio, RioError, RioQuality};
pub use quantity::{Quantity, QuantityError, UsageKind};
pub use time::{Clock, Month, MonthError, Timestamp, TimestampError};
pub use usage::{Access, Direction, Reach, RecordKey, UsageGroup, UsageRecord, Visited};

//! The words of the house.
//!
//! Ids, money, quantities, instants and months, telephone numbers, what SIM cards and eSIM profiles carry, accounts of banks and numbers
//! of companies, and usage records, as types that cannot hold a wrong value, and the [`Clock`]. No rule of business lives here: what a
//! usage costs is `rating`'s, what an offer contains is `catalog`'s, what may happen to a line is `lines`'.

mod activation_code;
mod bic;
mod cents;
mod company;
mod country;
mod creditor_id;
mod eid;
mod iban;
mod iban_countries;
mod iccid;
mod ids;
mod imsi;
mod label;
mod luhn;
mod mandate_reference;
mod markup;
mod money;
mod national;
mod number;
mod pin;
mod porting_proof;
mod quantity;
mod structured_reference;
mod time;
mod usage;
mod vat_number;

pub use activation_code::{ActivationCode, ActivationCodeError, Confirmation, MatchingId, SmDpAddress};
pub use bic::{Bic, BicError};
pub use cents::Cents;
pub use company::{CompanyNumberError, EnterpriseNumber, Siren, Siret};
pub use country::{CountryCode, CountryCodeError};
pub use creditor_id::{CreditorId, CreditorIdError};
pub use eid::{Eid, EidError};
pub use iban::{Iban, IbanError};
pub use iccid::{Iccid, IccidError, IccidRange, IccidRangeError, MOST_OF_A_RANGE};
pub use ids::*;
pub use imsi::{Imsi, ImsiError};
pub use label::{Label, LabelRefusal, unreadable};
pub use mandate_reference::{MandateReference, MandateReferenceError};
pub use markup::{Markup, Markups};
pub use money::{Money, MoneyError, Rounding, div_round};
pub use national::{NationalNumber, NationalNumberError};
pub use number::{E164, NumberError, NumberingPlan, Party};
pub use pin::{ConfirmationCode, Pin, Puk, SecretError};
pub use porting_proof::{DonorCustomerNumber, DonorCustomerNumberError, Rio, RioError, RioQuality};
pub use quantity::{Quantity, QuantityError, UsageKind};
pub use structured_reference::{StructuredReference, StructuredReferenceError};
pub use time::{Clock, Month, MonthError, Timestamp, TimestampError};
pub use usage::{Access, Direction, Reach, RecordKey, UsageGroup, UsageRecord, Visited};
pub use vat_number::{VatNumber, VatNumberError};

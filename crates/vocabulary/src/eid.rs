//! Which chip an eSIM profile is installed on: EID (GSMA SGP.29).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The identifier of an eUICC: 32 digits that leave 1 when divided by 97 (GSMA SGP.29 §4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Eid(u128);

/// Why a text is no EID.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EidError {
    /// Not 32 digits.
    #[error("EID `{0}` is not 32 digits")]
    Length(String),
    /// The last two digits do not agree with the rest.
    #[error("EID `{0}` has wrong check digits")]
    CheckDigits(String),
}

impl FromStr for Eid {
    type Err = EidError;
    /// Reads 32 digits, also in groups.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-')).collect();
        if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(EidError::Length(text.to_owned()));
        }
        let value: u128 = digits.parse().map_err(|_| EidError::Length(text.to_owned()))?;
        if value % 97 == 1 { Ok(Self(value)) } else { Err(EidError::CheckDigits(text.to_owned())) }
    }
}

impl TryFrom<String> for Eid {
    type Error = EidError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Eid> for String {
    fn from(eid: Eid) -> Self {
        eid.to_string()
    }
}

impl fmt::Display for Eid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032}", self.0)
    }
}

impl fmt::Debug for Eid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

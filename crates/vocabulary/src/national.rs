//! Numbers as people of their country dial them.

use crate::{E164, NumberingPlan};
use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A number as it is dialled at home: `0639980011`, or 14 digits for a French machine (Arcep 2018-0881: 0700, 0901).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NationalNumber(CompactString);

/// Why a text is no such number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("number `{0}` is not 9 to 14 digits that begin with 0")]
pub struct NationalNumberError(String);

impl NationalNumber {
    /// Its digits, the trunk prefix first.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for NationalNumber {
    type Err = NationalNumberError;
    /// Reads `0639980011`, also in groups.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: CompactString =
            text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '/')).collect();
        if digits.starts_with('0') && (9..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits))
        } else {
            Err(NationalNumberError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for NationalNumber {
    type Error = NationalNumberError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<NationalNumber> for String {
    fn from(number: NationalNumber) -> Self {
        number.0.into()
    }
}

impl fmt::Display for NationalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for NationalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl NumberingPlan {
    /// How a number of this country is dialled at home; `None` for one of another.
    pub fn as_dialled(&self, number: E164) -> Option<NationalNumber> {
        let digits = number.digits().to_string();
        let national = digits.strip_prefix(self.calling_code.to_string().as_str())?;
        let is_known = self.national_digits.iter().any(|length| usize::from(*length) == national.len());
        format_compact!("{}{national}", self.trunk_prefix).parse().ok().filter(|_| is_known)
    }
}

//! The code of a bank: BIC (ISO 9362).

use crate::CountryCode;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A BIC: four signs of the institution, two letters of its country, two of its place, and three of an office where it is not the main
/// one. `XXX`, the main office, is left out, so that both writings are one bank.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bic {
    signs: [u8; 11],
    length: u8,
}

/// Why a text is no BIC.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BicError {
    /// Not 8 or 11 signs.
    #[error("BIC `{0}` has {1} signs where 8 or 11 are needed")]
    Length(String, usize),
    /// Signs that stand in no BIC, or not there.
    #[error("BIC `{0}` is not four letters or digits, two letters of a country, and two or five letters or digits")]
    Form(String),
}

impl Bic {
    /// Its 8 or 11 signs.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.signs[..usize::from(self.length)]).expect("letters and digits are ASCII")
    }

    /// The country of the bank; of an office overseas, that territory's.
    pub fn country(&self) -> CountryCode {
        self.as_str()[4..6].parse().expect("two capitals stand there")
    }
}

impl FromStr for Bic {
    type Err = BicError;
    /// Reads `AGRIFRPP` and `AGRI FR PP XXX`, in small letters too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: CompactString = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let named = || text.trim().to_owned();
        let count = plain.chars().count();
        if !matches!(count, 8 | 11) {
            return Err(BicError::Length(named(), count));
        }
        let signs = plain.as_bytes();
        if !signs.iter().all(u8::is_ascii_alphanumeric) || !signs[4..6].iter().all(u8::is_ascii_alphabetic) {
            return Err(BicError::Form(named()));
        }
        let kept = plain.strip_suffix("XXX").filter(|head| head.len() == 8).unwrap_or(&plain).as_bytes();
        let mut signs = [0; 11];
        signs[..kept.len()].copy_from_slice(kept);
        Ok(Self { signs, length: if kept.len() == 8 { 8 } else { 11 } })
    }
}

impl TryFrom<String> for Bic {
    type Error = BicError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Bic> for String {
    fn from(bic: Bic) -> Self {
        bic.as_str().to_owned()
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

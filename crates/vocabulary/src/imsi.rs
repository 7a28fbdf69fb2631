//! What a network knows a subscription by: IMSI (ITU-T E.212).

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An IMSI: country (three digits), network (two or three), subscription; at most 15 digits in all (ITU-T E.212 §5).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Imsi(CompactString);

/// Why a text is no IMSI.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("IMSI `{0}` is not 6 to 15 digits, the first three a country's")]
pub struct ImsiError(String);

impl Imsi {
    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The mobile country code: 208.
    pub fn country(&self) -> u16 {
        self.0[..3].parse().expect("three digits")
    }

    /// Is it one of the network of this code, country and network together (`20801`)?
    pub fn is_of(&self, network: &str) -> bool {
        self.0.starts_with(network)
    }
}

impl FromStr for Imsi {
    type Err = ImsiError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim();
        // Country codes begin with 2 to 7, shared networks with 9, test networks with 0 (E.212 §6).
        let known = digits.starts_with(['0', '2', '3', '4', '5', '6', '7', '9']);
        if known && (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits.into()))
        } else {
            Err(ImsiError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Imsi {
    type Error = ImsiError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Imsi> for String {
    fn from(imsi: Imsi) -> Self {
        imsi.0.into()
    }
}

impl fmt::Display for Imsi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Imsi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

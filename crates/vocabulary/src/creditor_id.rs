//! Who collects: the SEPA creditor identifier, in France ICS (EPC262-08).

use crate::{CountryCode, iban::mod_97};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A creditor identifier: country, two check digits, three signs that the creditor may choose for a line of business and that do
/// not count in the check, and a national identifier.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditorId(CompactString);

/// Why a text is no creditor identifier.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CreditorIdError {
    /// Signs that stand in none, or not there.
    #[error("creditor identifier `{0}` is not a country, two check digits and four to 31 letters or digits")]
    Form(String),
    /// Of another length than its country's.
    #[error("creditor identifier `{0}` has {1} signs where France has {FRENCH_SIGNS}")]
    Length(String, usize),
    /// The check digits do not agree with the rest.
    #[error("creditor identifier `{0}` has a sign that is mistyped: its check digits do not agree with the rest")]
    Check(String),
}

/// What pain.008 has place for.
const MOST_SIGNS: usize = 35;
/// Country, check, line of business, six signs that the Banque de France gave.
const FRENCH_SIGNS: usize = 13;

impl CreditorId {
    /// Without blanks, as files have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its country.
    pub fn country(&self) -> CountryCode {
        self.0[..2].parse().expect("it begins with two capitals")
    }

    /// What says who it is, whatever the line of business: two identifiers that agree in it are one creditor.
    pub fn national(&self) -> &str {
        &self.0[7..]
    }
}

impl FromStr for CreditorId {
    type Err = CreditorIdError;
    /// Reads `FR72ZZZ123456`, with blanks and small letters too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: CompactString = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let named = || text.trim().to_owned();
        let is_form = (8..=MOST_SIGNS).contains(&plain.len())
            && plain.bytes().all(|b| b.is_ascii_alphanumeric())
            && plain[..2].bytes().all(|b| b.is_ascii_alphabetic())
            && plain[2..4].bytes().all(|b| b.is_ascii_digit());
        if !is_form {
            return Err(CreditorIdError::Form(named()));
        }
        if plain.starts_with("FR") && plain.len() != FRENCH_SIGNS {
            return Err(CreditorIdError::Length(named(), plain.len()));
        }
        let right = mod_97(plain[7..].chars().chain(plain[..4].chars())) == 1;
        if !right || !("02"..="98").contains(&&plain[2..4]) {
            return Err(CreditorIdError::Check(named()));
        }
        Ok(Self(plain))
    }
}

impl TryFrom<String> for CreditorId {
    type Error = CreditorIdError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CreditorId> for String {
    fn from(id: CreditorId) -> Self {
        id.0.into()
    }
}

impl fmt::Display for CreditorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for CreditorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

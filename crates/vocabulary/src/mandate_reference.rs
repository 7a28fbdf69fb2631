//! The name of a mandate between creditor and debtor: unique mandate reference, in France RUM (EPC130-08 §6).

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A mandate's reference: at most 35 letters, digits and signs that every bank of SEPA passes on. Banks do not tell capitals from small
/// letters in it, so it is kept in capitals; it holds no blanks, which some of them drop.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MandateReference(CompactString);

/// Why a text is no mandate reference.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum MandateReferenceError {
    /// None or too many signs.
    #[error("mandate reference `{0}` has {1} signs where 1 to {MOST_SIGNS} are allowed")]
    Length(String, usize),
    /// A sign that not every bank passes on.
    #[error("mandate reference `{0}` holds `{1}`: letters without accents, digits and + ? / - : ( ) . , ' are allowed")]
    Sign(String, char),
    /// A slash where banks read one as their own.
    #[error("mandate reference `{0}` begins or ends with a slash, or has two in a row")]
    Slash(String),
}

const MOST_SIGNS: usize = 35;

impl MandateReference {
    /// The reference of an account's mandate that stands at a place, from 1: `VAL-4711-2`.
    ///
    /// # Errors
    /// When the prefix cannot stand in a reference.
    pub fn numbered(prefix: &str, account: i64, place: u32) -> Result<Self, MandateReferenceError> {
        format!("{prefix}-{account}-{place}").parse()
    }

    /// Its signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MandateReference {
    type Err = MandateReferenceError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim();
        let count = plain.chars().count();
        if !(1..=MOST_SIGNS).contains(&count) {
            return Err(MandateReferenceError::Length(plain.to_owned(), count));
        }
        let is_allowed = |sign: char| sign.is_ascii_alphanumeric() || "+?/-:().,'".contains(sign);
        if let Some(sign) = plain.chars().find(|sign| !is_allowed(*sign)) {
            return Err(MandateReferenceError::Sign(plain.to_owned(), sign));
        }
        if plain.starts_with('/') || plain.ends_with('/') || plain.contains("//") {
            return Err(MandateReferenceError::Slash(plain.to_owned()));
        }
        Ok(Self(plain.to_ascii_uppercase().into()))
    }
}

impl TryFrom<String> for MandateReference {
    type Error = MandateReferenceError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<MandateReference> for String {
    fn from(reference: MandateReference) -> Self {
        reference.0.into()
    }
}

impl fmt::Display for MandateReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for MandateReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

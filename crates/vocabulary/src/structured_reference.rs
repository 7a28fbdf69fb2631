//! What a Belgian transfer says so that a machine knows what it pays: the structured communication (OGM, VCS).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A structured communication: ten digits and two that are their rest by 97, written `+++090/9337/55493+++`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StructuredReference(u64);

/// Why something is no structured communication.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum StructuredReferenceError {
    /// More than ten digits.
    #[error("structured communication of {0} is not possible: it has place for ten digits")]
    TooLarge(u64),
    /// Not twelve digits between its signs.
    #[error("structured communication `{0}` is not written as `+++090/9337/55493+++`")]
    Form(String),
    /// The last two digits do not agree with those before them.
    #[error("structured communication `{0}` has a digit that is mistyped: its last two would be {1:02}")]
    Check(String, u64),
}

const LARGEST: u64 = 9_999_999_999;

impl StructuredReference {
    /// Of a number of at most ten digits.
    ///
    /// # Errors
    /// When it has more.
    pub const fn of(number: u64) -> Result<Self, StructuredReferenceError> {
        if number > LARGEST {
            return Err(StructuredReferenceError::TooLarge(number));
        }
        Ok(Self(number))
    }

    /// The number that it was made of.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Its twelve digits, as files have them.
    pub fn digits(self) -> String {
        format!("{:010}{:02}", self.0, check(self.0))
    }

    /// Every one that stands in a text, in the order of the text: between its signs, or as twelve digits with nothing beside them.
    pub fn find_in(text: &str) -> Vec<Self> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '+' | '*' | '/');
        let mut found: Vec<Self> = text.split(|c| !is_part(c)).filter_map(|part| part.trim_matches('/').parse().ok()).collect();
        found.dedup();
        found
    }
}

/// The rest by 97, which is never written 00.
const fn check(number: u64) -> u64 {
    match number % 97 {
        0 => 97,
        rest => rest,
    }
}

impl FromStr for StructuredReference {
    type Err = StructuredReferenceError;
    /// Reads `+++090/9337/55493+++`, `***090/9337/55493***` and `090933755493`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let error = || StructuredReferenceError::Form(text.to_owned());
        let between = |signs: &str| text.strip_prefix(signs)?.strip_suffix(signs);
        let digits: String = match between("+++").or_else(|| between("***")).unwrap_or(text).split('/').collect::<Vec<_>>()[..] {
            [a, b, c] if (a.len(), b.len(), c.len()) == (3, 4, 5) => [a, b, c].concat(),
            [all] if all == text => all.to_owned(),
            _ => return Err(error()),
        };
        if digits.len() != 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(error());
        }
        let (number, last) = digits.split_at(10);
        let (number, last) = (number.parse().map_err(|_| error())?, last.parse::<u64>().map_err(|_| error())?);
        match check(number) {
            right if right == last => Ok(Self(number)),
            right => Err(StructuredReferenceError::Check(text.to_owned(), right)),
        }
    }
}

impl TryFrom<String> for StructuredReference {
    type Error = StructuredReferenceError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<StructuredReference> for String {
    fn from(reference: StructuredReference) -> Self {
        reference.digits()
    }
}

impl fmt::Display for StructuredReference {
    /// As it is written on a transfer: `+++090/9337/55493+++`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        f.pad(&format!("+++{}/{}/{}+++", &digits[..3], &digits[3..7], &digits[7..]))
    }
}

impl fmt::Debug for StructuredReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

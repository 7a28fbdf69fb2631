//! Numbers of companies and their places: SIREN and SIRET in France, the enterprise number in Belgium.

use crate::luhn;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A French company: nine digits, the last of which makes Luhn's sum right (INSEE).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siren(u32);

/// A place of a French company: its SIREN and five digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(u64);

/// A Belgian company: ten digits that begin with 0 or 1, the last two of which check the others (Crossroads Bank for Enterprises).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnterpriseNumber(u64);

/// Why a text is no number of a company.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CompanyNumberError {
    /// Something else than so many digits.
    #[error("{kind} `{text}` is not made of {digits} digits")]
    Digits {
        /// Which kind of number.
        kind: &'static str,
        /// What was read.
        text: String,
        /// How many digits it has.
        digits: usize,
    },
    /// It begins with a digit that none begins with.
    #[error("enterprise number `{0}` does not begin with 0 or 1")]
    First(String),
    /// The check does not agree.
    #[error("{0} `{1}` has a digit that is mistyped or two that changed places")]
    Check(&'static str, String),
}

/// The one company whose places are too many for Luhn's sum: their digits add up to a multiple of five instead (INSEE).
const POST_OFFICES: u32 = 356_000_000;

fn digits(kind: &'static str, text: &str, count: usize) -> Result<String, CompanyNumberError> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    if plain.len() == count && plain.bytes().all(|b| b.is_ascii_digit()) {
        Ok(plain)
    } else {
        Err(CompanyNumberError::Digits { kind, text: text.trim().to_owned(), digits: count })
    }
}

impl Siren {
    /// Its nine digits as a number.
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl FromStr for Siren {
    type Err = CompanyNumberError;
    /// Reads `732829320` and `732 829 320`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = digits("SIREN", text, 9)?;
        let number = digits.parse().ok().filter(|_| luhn::is_right(&digits));
        number.map(Self).ok_or_else(|| CompanyNumberError::Check("SIREN", text.trim().to_owned()))
    }
}

impl fmt::Display for Siren {
    /// Nine digits without blanks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:09}", self.0))
    }
}

impl Siret {
    /// The company whose place it is.
    pub fn siren(self) -> Siren {
        Siren(u32::try_from(self.0 / 100_000).expect("nine digits"))
    }
}

impl FromStr for Siret {
    type Err = CompanyNumberError;
    /// Reads `73282932000074` and `732 829 320 00074`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = digits("SIRET", text, 14)?;
        let error = || CompanyNumberError::Check("SIRET", text.trim().to_owned());
        let number: u64 = digits.parse().map_err(|_| error())?;
        let siren: Siren = digits[..9].parse().map_err(|_| error())?;
        let sum: u32 = digits.chars().filter_map(|digit| digit.to_digit(10)).sum();
        let right = luhn::is_right(&digits) || (siren.0 == POST_OFFICES && sum.is_multiple_of(5));
        if right { Ok(Self(number)) } else { Err(error()) }
    }
}

impl fmt::Display for Siret {
    /// Fourteen digits without blanks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:014}", self.0))
    }
}

impl EnterpriseNumber {
    /// Its ten digits without points, as registers and files have it.
    pub fn digits(self) -> String {
        format!("{:010}", self.0)
    }
}

impl FromStr for EnterpriseNumber {
    type Err = CompanyNumberError;
    /// Reads `0428.759.497`, `BE 0428759497`, and the nine digits of before 2008.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const KIND: &str = "enterprise number";
        let trimmed = text.trim();
        let country = trimmed.get(..2).filter(|country| country.eq_ignore_ascii_case("BE"));
        let rest = country.map_or(trimmed, |country| &trimmed[country.len()..]);
        let plain = digits(KIND, rest, 9).map(|nine| format!("0{nine}")).or_else(|_| digits(KIND, rest, 10))?;
        if !plain.starts_with(['0', '1']) {
            return Err(CompanyNumberError::First(trimmed.to_owned()));
        }
        let error = || CompanyNumberError::Check(KIND, trimmed.to_owned());
        let number: u64 = plain.parse().map_err(|_| error())?;
        // A company's number is never nought, though nought and 97 would agree.
        if number / 100 > 0 && 97 - number / 100 % 97 == number % 100 { Ok(Self(number)) } else { Err(error()) }
    }
}

impl fmt::Display for EnterpriseNumber {
    /// As Belgium writes it: `0428.759.497`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        f.pad(&format!("{}.{}.{}", &digits[..4], &digits[4..7], &digits[7..]))
    }
}

macro_rules! kept_as_text {
    ($($name:ident),*) => {$(
        impl TryFrom<String> for $name {
            type Error = CompanyNumberError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.to_string()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )*};
}

kept_as_text!(Siren, Siret, EnterpriseNumber);

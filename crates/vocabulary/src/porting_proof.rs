//! What proves that somebody may take a number along: the French RIO, the customer number at a Belgian operator.

use crate::NationalNumber;
use compact_str::CompactString;
use std::{fmt, str::FromStr};

/// A *relevé d'identité opérateur* that belongs to its number: `OO Q RRRRRR CCC`, operator, quality, reference and a key over all of
/// them and the number ("Algorithme inter-opérateurs de calcul du RIO", v1.1). That the key agrees says only that code and number belong
/// together; whether the number may leave is the donor's answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rio([u8; 12]);

/// Who holds the contract, by the third sign of a RIO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RioQuality {
    /// `E`: the mobile line of a business.
    Business,
    /// `P`: the mobile line of a person.
    Personal,
    /// `F` to `Z` but for `P`: a fixed line.
    Fixed,
}

/// Why a text is no RIO of a number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RioError {
    /// Not of the form.
    #[error("RIO `{0}` is not 12 signs such as `01PEROY4P4TR`")]
    Form(String),
    /// The number is neither of 10 nor of 14 digits.
    #[error("number `{0}` has no RIO: it is not 10 or 14 digits")]
    Number(NationalNumber),
    /// The key does not agree.
    #[error("RIO `{0}` does not belong to number `{1}`")]
    Key(String, NationalNumber),
}

/// The value of a sign is its place: A is 0, `+` is 36.
const ALPHABET: &[u8; 37] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+";

impl Rio {
    /// Reads a RIO as somebody types it, in small letters, with blanks and hyphens, and checks that it is that of `number`. The plus sign is
    /// one of the key's and stays.
    ///
    /// # Errors
    /// When it is none, or another number's.
    pub fn of(text: &str, number: &NationalNumber) -> Result<Self, RioError> {
        let form = || RioError::Form(text.to_owned());
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-')).collect();
        let signs: [u8; 12] = plain.to_ascii_uppercase().into_bytes().try_into().map_err(|_| form())?;
        let is_sign = |(place, sign): (usize, &u8)| match place {
            2 => matches!(sign, b'E' | b'P' | b'F'..=b'Z'),
            0..9 => sign.is_ascii_uppercase() || sign.is_ascii_digit(),
            _ => ALPHABET.contains(sign),
        };
        if !signs.iter().enumerate().all(is_sign) {
            return Err(form());
        }
        let rio = Self(signs);
        let key = Self::key(&rio.as_str()[..9], number).ok_or_else(|| RioError::Number(number.clone()))?;
        if rio.as_str()[9..] == key { Ok(rio) } else { Err(RioError::Key(text.to_owned(), number.clone())) }
    }

    /// The key of operator, quality and reference (nine signs) with a number; `None` where there is none.
    pub fn key(body: &str, number: &NationalNumber) -> Option<CompactString> {
        let value = |sign: u8| u32::try_from(ALPHABET.iter().position(|known| *known == sign)?).ok();
        if body.len() != 9 || !matches!(number.as_str().len(), 10 | 14) {
            return None;
        }
        let mut sums = [0_u32; 3];
        for sign in body.bytes().chain(number.as_str().bytes()) {
            let x = value(sign)?;
            for (sum, factor) in sums.iter_mut().zip([1, 2, 4]) {
                *sum = (factor * *sum + x) % 37;
            }
        }
        Some(sums.iter().map(|sum| char::from(ALPHABET[*sum as usize])).collect())
    }

    /// Its twelve signs.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("signs are ASCII")
    }

    /// The code of the operator that the number leaves.
    pub fn operator(&self) -> &str {
        &self.as_str()[..2]
    }

    /// Whose line it is.
    pub fn quality(&self) -> RioQuality {
        match self.0[2] {
            b'E' => RioQuality::Business,
            b'P' => RioQuality::Personal,
            _ => RioQuality::Fixed,
        }
    }
}

impl fmt::Display for Rio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Rio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How somebody is known as a customer at the operator that a Belgian number leaves: no common form exists, so it is a short text of letters,
/// digits and what stands between them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DonorCustomerNumber(CompactString);

/// Why a text is no customer number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("customer number `{0}` is not 3 to 30 letters and digits")]
pub struct DonorCustomerNumberError(String);

impl DonorCustomerNumber {
    /// As it was typed, without blanks around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DonorCustomerNumber {
    type Err = DonorCustomerNumberError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim();
        let signs = plain.bytes().filter(u8::is_ascii_alphanumeric).count();
        let is_sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/' | b' ' | b'_');
        if signs >= 3 && plain.len() <= 30 && plain.bytes().all(is_sign) {
            Ok(Self(plain.into()))
        } else {
            Err(DonorCustomerNumberError(text.to_owned()))
        }
    }
}

impl fmt::Display for DonorCustomerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for DonorCustomerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! The serial number of a SIM card or an eSIM profile: ICCID (ITU-T E.118).

use crate::luhn::check_digit;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An ICCID: 19 or 20 digits that begin with 89 (telecommunications) and end with a Luhn check digit (ITU-T E.118 §4). What a card stores
/// after it, `F` as filler of the last half byte (ETSI TS 102 221 §13.2), is read and left out, so that both writings are one card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iccid {
    /// Digits as ASCII, filled up with zero bytes.
    digits: [u8; 20],
    length: u8,
}

/// Why a text is no ICCID.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IccidError {
    /// Something else than digits.
    #[error("ICCID `{0}` has other signs than digits")]
    NotDigits(String),
    /// Not 19 or 20 of them.
    #[error("ICCID `{0}` has {1} digits where 19 or 20 are needed")]
    Length(String, usize),
    /// Not one of telecommunications.
    #[error("ICCID `{0}` does not begin with 89")]
    NotTelecom(String),
    /// The last digit does not agree with those before it.
    #[error("ICCID `{0}` has a wrong check digit: `{1}` would be right")]
    CheckDigit(String, char),
}

impl Iccid {
    /// Its digits, check digit included, without filler.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.length)]).expect("digits are ASCII")
    }

    /// Its digits without the check digit: what a batch counts up.
    pub fn serial(&self) -> u128 {
        self.as_str()[..usize::from(self.length) - 1].parse().expect("18 or 19 digits")
    }

    /// The ICCID of a serial number of 18 or 19 digits, with its check digit; `None` where it does not begin with 89.
    pub fn from_serial(serial: u128) -> Option<Self> {
        let body = serial.to_string();
        if !matches!(body.len(), 18 | 19) {
            return None;
        }
        format!("{body}{}", check_digit(&body)).parse().ok()
    }

    /// As a card stores it (EF-ICCID): ten bytes, the halves of each swapped, filled up with `F`.
    pub fn to_bcd(&self) -> [u8; 10] {
        let half = |at: usize| if at < usize::from(self.length) { self.digits[at] - b'0' } else { 0xF };
        std::array::from_fn(|byte| half(2 * byte + 1) << 4 | half(2 * byte))
    }

    /// From what a card stores.
    ///
    /// # Errors
    /// When it is no ICCID.
    pub fn from_bcd(bytes: [u8; 10]) -> Result<Self, IccidError> {
        bytes.iter().flat_map(|byte| [byte & 0xF, byte >> 4]).map(|half| format!("{half:X}")).collect::<String>().parse()
    }
}

impl FromStr for Iccid {
    type Err = IccidError;
    /// Reads `8933263212200169065`, also with blanks, hyphens and a filler after it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-')).collect();
        let digits = plain.strip_suffix(['F', 'f']).unwrap_or(&plain);
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IccidError::NotDigits(text.to_owned()));
        }
        if !matches!(digits.len(), 19 | 20) {
            return Err(IccidError::Length(text.to_owned(), digits.len()));
        }
        if !digits.starts_with("89") {
            return Err(IccidError::NotTelecom(text.to_owned()));
        }
        let (body, last) = digits.split_at(digits.len() - 1);
        let right = check_digit(body);
        if last != right.to_string() {
            return Err(IccidError::CheckDigit(text.to_owned(), right));
        }
        let mut kept = [0; 20];
        kept[..digits.len()].copy_from_slice(digits.as_bytes());
        Ok(Self { digits: kept, length: if digits.len() == 20 { 20 } else { 19 } })
    }
}

impl TryFrom<String> for Iccid {
    type Error = IccidError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Iccid> for String {
    fn from(iccid: Iccid) -> Self {
        iccid.as_str().to_owned()
    }
}

impl fmt::Display for Iccid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Iccid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// ICCIDs that follow each other, both ends included: what a person gives to a customer at once (RES-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IccidRange {
    first: Iccid,
    last: Iccid,
}

/// Why two ICCIDs are no range.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum IccidRangeError {
    /// One has 19 digits and the other 20.
    #[error("ICCID `{0}` and `{1}` have not the same number of digits")]
    Lengths(Iccid, Iccid),
    /// The last stands before the first.
    #[error("ICCID `{0}` comes after `{1}`: the first of a range is the smaller one")]
    Descending(Iccid, Iccid),
    /// More than a delivery holds: most likely a mistyped digit.
    #[error("range from `{0}` to `{1}` has more than {MOST_OF_A_RANGE} cards")]
    TooMany(Iccid, Iccid),
}

/// The most cards of one range: more than anybody gives away in one go.
pub const MOST_OF_A_RANGE: u128 = 100_000;

impl IccidRange {
    /// From the first to the last, in ascending order.
    ///
    /// # Errors
    /// When the two are no range.
    pub fn new(first: Iccid, last: Iccid) -> Result<Self, IccidRangeError> {
        if first.length != last.length {
            return Err(IccidRangeError::Lengths(first, last));
        }
        if last.serial() < first.serial() {
            return Err(IccidRangeError::Descending(first, last));
        }
        if last.serial() - first.serial() >= MOST_OF_A_RANGE {
            return Err(IccidRangeError::TooMany(first, last));
        }
        Ok(Self { first, last })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        usize::try_from(self.last.serial() - self.first.serial() + 1).expect("at most the most of a range")
    }

    /// Each, with its own check digit.
    pub fn iter(&self) -> impl Iterator<Item = Iccid> {
        (self.first.serial()..=self.last.serial()).filter_map(Iccid::from_serial)
    }

    /// Is it one of them?
    pub fn holds(&self, iccid: Iccid) -> bool {
        iccid.length == self.first.length && (self.first.serial()..=self.last.serial()).contains(&iccid.serial())
    }
}

//! What usage is counted in: seconds of voice, messages, bytes.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The kinds of usage (RAT-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UsageKind {
    /// Calls, in seconds.
    Voice,
    /// Short messages, one each.
    Sms,
    /// Multimedia messages, one each.
    Mms,
    /// Data, in bytes.
    Data,
}

impl UsageKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [UsageKind; 4] = [UsageKind::Voice, UsageKind::Sms, UsageKind::Mms, UsageKind::Data];

    /// Its number in tables: 0 voice, 1 SMS, 2 MMS, 3 data.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// From its number in tables.
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    /// Its word in files: `voice`, `sms`, `mms`, `data`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Sms => "sms",
            Self::Mms => "mms",
            Self::Data => "data",
        }
    }
}

impl FromStr for UsageKind {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| QuantityError::UnknownKind(text.to_owned()))
    }
}

impl fmt::Display for UsageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// So many seconds, messages or bytes: the kind of usage beside it says which. Never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(i64);

/// Why a text is no quantity.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum QuantityError {
    /// Not one of the four kinds.
    #[error("usage kind `{0}` is not one of voice, sms, mms, data")]
    UnknownKind(String),
    /// Not a whole number and a unit.
    #[error("quantity `{0}` is not a whole number with a unit such as `30 GB`, `2 h`, `100`")]
    NotAQuantity(String),
    /// A unit of another kind: hours of data.
    #[error("quantity `{text}` has a unit that does not measure {kind}")]
    WrongUnit {
        /// What was read.
        text: String,
        /// What it was to measure.
        kind: UsageKind,
    },
    /// Less than nothing, or beyond 9 exabytes.
    #[error("quantity `{0}` is negative or too large")]
    OutOfRange(String),
}

/// The units that a catalogue may write. Data sizes are decimal (1 GB = 10^9 bytes); the binary ones say so.
const UNITS: [(&str, UsageKind, i64); 11] = [
    ("B", UsageKind::Data, 1),
    ("kB", UsageKind::Data, 1_000),
    ("MB", UsageKind::Data, 1_000_000),
    ("GB", UsageKind::Data, 1_000_000_000),
    ("TB", UsageKind::Data, 1_000_000_000_000),
    ("KiB", UsageKind::Data, 1 << 10),
    ("MiB", UsageKind::Data, 1 << 20),
    ("GiB", UsageKind::Data, 1 << 30),
    ("s", UsageKind::Voice, 1),
    ("min", UsageKind::Voice, 60),
    ("h", UsageKind::Voice, 3_600),
];

impl Quantity {
    /// Nothing.
    pub const ZERO: Quantity = Quantity(0);

    /// From base units (seconds, messages, bytes); `None` when negative.
    pub const fn new(units: i64) -> Option<Self> {
        if units < 0 { None } else { Some(Self(units)) }
    }

    /// In base units: seconds, messages, bytes.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// Reads `30 GB`, `2 h`, `100` as a quantity of that kind.
    ///
    /// # Errors
    /// When the text is no whole number with a unit of that kind; a bare number is a count of messages.
    pub fn parse(text: &str, kind: UsageKind) -> Result<Self, QuantityError> {
        let trimmed = text.trim();
        let split = trimmed.find(|c: char| !c.is_ascii_digit()).unwrap_or(trimmed.len());
        let (digits, unit) = (&trimmed[..split], trimmed[split..].trim());
        let not_a_quantity = || QuantityError::NotAQuantity(text.to_owned());
        if digits.is_empty() {
            return Err(not_a_quantity());
        }
        let count: i64 = digits.parse().map_err(|_| QuantityError::OutOfRange(text.to_owned()))?;
        let factor = match (unit, kind) {
            ("", UsageKind::Sms | UsageKind::Mms) => 1,
            ("", _) => return Err(not_a_quantity()),
            _ => {
                let &(_, measures, factor) = UNITS.iter().find(|(name, _, _)| *name == unit).ok_or_else(not_a_quantity)?;
                if measures != kind {
                    return Err(QuantityError::WrongUnit { text: text.to_owned(), kind });
                }
                factor
            }
        };
        count.checked_mul(factor).map(Self).ok_or_else(|| QuantityError::OutOfRange(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_with_the_unit_of_their_kind() {
        let data = |text| Quantity::parse(text, UsageKind::Data).map(Quantity::units);
        assert_eq!(data("30 GB"), Ok(30_000_000_000));
        assert_eq!(data("1TB"), Ok(1_000_000_000_000));
        assert_eq!(data("1 GiB"), Ok(1_073_741_824));
        assert_eq!(Quantity::parse("2 h", UsageKind::Voice).unwrap().units(), 7_200);
        assert_eq!(Quantity::parse("100", UsageKind::Sms).unwrap().units(), 100);
        assert!(matches!(data("2 h"), Err(QuantityError::WrongUnit { .. })));
        for bad in ["", "GB", "-1 GB", "1.5 GB", "1 gb", "10", "99999999999 TB"] {
            assert!(data(bad).is_err(), "{bad}");
        }
    }
}

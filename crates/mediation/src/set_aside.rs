//! Rows that gave no record, and why.

use crate::MAX_RAW_CHARS;
use std::{fmt, str::FromStr};

/// A row, or the rows of one call, that gave no record (RAT-08): it can be shown, corrected and taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its line in the decompressed file, from 1, the header included; of a call, the first; of an event, its number in the batch.
    pub row: u64,
    /// Why, in a word that stays the same.
    pub reason: SetAsideReason,
    /// Why, in a sentence that names the value.
    pub detail: String,
    /// The text as it stood in the file, at most [`MAX_RAW_CHARS`] characters; the rows of a call one below the
    /// other; of an event, its bytes in hexadecimal digits.
    pub raw: String,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// Why a row was set aside. The codes are stored: they never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum SetAsideReason {
            $($(#[$doc])* $name),+
        }

        impl SetAsideReason {
            /// Every reason.
            pub const ALL: &[SetAsideReason] = &[$(SetAsideReason::$name),+];

            /// Its stable code: `wrong_column_count`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

reasons! {
    /// Not a row at all: too long, a quote left open, no JSON object.
    Unreadable = "unreadable",
    /// More or fewer columns than the layout knows.
    WrongColumnCount = "wrong_column_count",
    /// The line or the other party is no text that could name one.
    BadNumber = "bad_number",
    /// The row does not say whose usage it is.
    NoLine = "no_line",
    /// A time in no format of the layout, or one that the clocks skipped.
    BadTime = "bad_time",
    /// Seconds, messages or bytes that are no number, or missing.
    BadQuantity = "bad_quantity",
    /// A kind of usage that the layout does not list.
    UnknownKind = "unknown_kind",
    /// A direction that the layout does not list.
    UnknownDirection = "unknown_direction",
    /// A network or country that is written as neither.
    BadVisited = "bad_visited",
    /// An access that the layout does not list.
    UnknownAccess = "unknown_access",
    /// A call nobody answered.
    NotAnswered = "not_answered",
    /// More rows with one call's id than a call can have.
    TooManyLegs = "too_many_legs",
}

/// A word that is no reason.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no reason for setting a row aside")]
pub struct UnknownReason(String);

impl FromStr for SetAsideReason {
    type Err = UnknownReason;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == code).ok_or_else(|| UnknownReason(code.to_owned()))
    }
}

impl fmt::Display for SetAsideReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a row gives no record: what becomes a [`SetAside`] once its place is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) reason: SetAsideReason,
    pub(crate) detail: String,
}

impl Fault {
    pub(crate) fn new(reason: SetAsideReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    pub(crate) fn at(self, row: u64, raw: &[u8]) -> SetAside {
        SetAside { row, reason: self.reason, detail: self.detail, raw: shown(raw) }
    }
}

/// Bytes of a file as text that can be shown: lossy, cut at [`MAX_RAW_CHARS`].
pub(crate) fn shown(raw: &[u8]) -> String {
    // No character takes more than four bytes, so the cut never needs more than these.
    let enough = &raw[..raw.len().min(MAX_RAW_CHARS * 4)];
    String::from_utf8_lossy(enough).trim_end_matches(['\r', '\n']).chars().take(MAX_RAW_CHARS).collect()
}

/// A value quoted in a sentence: lossy, short.
pub(crate) fn quoted(value: &[u8]) -> String {
    const SHOWN: usize = 60;
    let text = String::from_utf8_lossy(&value[..value.len().min(SHOWN * 4)]);
    let mut short: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().count() > SHOWN || value.len() > SHOWN * 4 {
        short.push('…');
    }
    format!("`{}`", short.replace("\\\"", "\"").replace("\\'", "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RAT-08: the reasons are stored by their codes.
    #[test]
    fn reasons_are_read_back_from_their_codes() {
        for &reason in SetAsideReason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(reason));
        }
        assert!("because".parse::<SetAsideReason>().is_err());
    }

    #[test]
    fn raw_text_is_cut_by_characters_and_never_within_one() {
        assert_eq!(shown("é".repeat(3_000).as_bytes()).chars().count(), MAX_RAW_CHARS);
        assert_eq!(shown(b"a\xffb\r\n"), "a\u{fffd}b");
        assert_eq!(quoted(b"a\"b\x00"), "`a\"b\\0`");
    }
}

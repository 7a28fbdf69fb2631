//! Telephone numbers and whoever else a call or message goes to.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An international number without its plus sign (ITU-T E.164): a calling code and at most 15 digits in all. French machine numbers of
/// 14 national digits are within it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(u64);

/// Why a text is no number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NumberError {
    /// Not digits, or too few or too many.
    #[error("number `{0}` is not an international number of 4 to 15 digits such as `+33639980011`")]
    NotInternational(String),
}

impl E164 {
    /// From its digits, calling code first.
    pub const fn from_digits(digits: u64) -> Option<Self> {
        if digits >= 1_000 && digits < 1_000_000_000_000_000 { Some(Self(digits)) } else { None }
    }

    /// Its digits, calling code first.
    pub const fn digits(self) -> u64 {
        self.0
    }
}

impl FromStr for E164 {
    type Err = NumberError;
    /// Reads `+33639980011` and `33639980011`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || NumberError::NotInternational(text.to_owned());
        let digits = text.strip_prefix('+').unwrap_or(text);
        if digits.starts_with('0') || digits.len() > 15 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(error());
        }
        digits.parse().ok().and_then(Self::from_digits).ok_or_else(error)
    }
}

impl TryFrom<String> for E164 {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.to_string()
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Who is at the other end of a usage.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// A number of the world.
    Number(E164),
    /// A number that only the home country dials: emergency, short, directory enquiries. Digits as dialled.
    Short(CompactString),
    /// Anything else a switch writes: a name, an internal extension, an alphanumeric sender.
    Named(CompactString),
    /// Nobody is named: a data session, a caller who hides the number.
    Unknown,
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Party::Number(number) => number.fmt(f),
            Party::Short(text) | Party::Named(text) => f.write_str(text),
            Party::Unknown => Ok(()),
        }
    }
}

/// How the numbers of a home country are dialled: enough to read what a switch writes as [`Party`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberingPlan {
    /// The calling code: 33.
    pub calling_code: u16,
    /// What stands before a national number: `0`.
    pub trunk_prefix: CompactString,
    /// What stands before an international number: `00`.
    pub international_prefix: CompactString,
    /// Lengths of a national number without its trunk prefix; the shortest is also where short numbers end.
    pub national_digits: Vec<u8>,
}

impl NumberingPlan {
    /// Reads a dialled or written number (RAT-02): `+33 6…`, `0033 6…`, `06…`, `336…` as a number of the world; `112`, `3179` as a short
    /// one; the rest as a name. Blanks, points, hyphens and brackets are passed over.
    pub fn read(&self, written: &str) -> Party {
        let mut digits = CompactString::const_new("");
        let mut plus = false;
        for c in written.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() && !plus => plus = true,
                ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '(' | ')' | '/' => {}
                _ => return Party::Named(written.trim().into()),
            }
        }
        if digits.is_empty() {
            return if plus { Party::Named(written.trim().into()) } else { Party::Unknown };
        }
        let abroad = if plus { Some(digits.as_str()) } else { digits.strip_prefix(self.international_prefix.as_str()) };
        if let Some(international) = abroad {
            return international.parse().map_or_else(|_| Party::Named(written.trim().into()), Party::Number);
        }
        if let Some(national) = digits.strip_prefix(self.trunk_prefix.as_str())
            && self.is_national_length(national.len())
        {
            return self.national(national);
        }
        let code = self.calling_code.to_string();
        if let Some(national) = digits.strip_prefix(code.as_str())
            && self.is_national_length(national.len())
        {
            return self.national(national);
        }
        let shortest = self.national_digits.iter().min().copied().unwrap_or(9);
        if digits.len() < usize::from(shortest) { Party::Short(digits) } else { Party::Named(digits) }
    }

    fn is_national_length(&self, length: usize) -> bool {
        self.national_digits.iter().any(|&digits| usize::from(digits) == length)
    }

    fn national(&self, national: &str) -> Party {
        let whole = format!("{}{national}", self.calling_code);
        whole.parse().map_or_else(|_| Party::Named(whole.into()), Party::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn france() -> NumberingPlan {
        NumberingPlan {
            calling_code: 33,
            trunk_prefix: "0".into(),
            international_prefix: "00".into(),
            national_digits: vec![9, 13],
        }
    }

    /// RAT-02: numbers read as E.164 from national, international and trunk forms.
    #[test]
    fn every_usual_writing_of_a_number_is_read_as_one() {
        let mobile = Party::Number("+33639980011".parse().unwrap());
        for written in [
            "0639980011",
            "+33639980011",
            "0033639980011",
            "33639980011",
            "06 39 98 00 11",
            "06.39.98.00.11",
            "+33 (6) 39-98-00-11",
        ] {
            assert_eq!(france().read(written), mobile, "{written}");
        }
        assert_eq!(france().read("07001234567890"), Party::Number("+337001234567890".parse().unwrap()));
        assert_eq!(france().read("+41791234567"), Party::Number("+41791234567".parse().unwrap()));
        assert_eq!(france().read("112"), Party::Short("112".into()));
        assert_eq!(france().read("3179"), Party::Short("3179".into()));
        assert_eq!(france().read("118712"), Party::Short("118712".into()));
        assert_eq!(france().read("client1"), Party::Named("client1".into()));
        assert_eq!(france().read("&"), Party::Named("&".into()));
        assert_eq!(france().read(""), Party::Unknown);
        assert_eq!(france().read("+"), Party::Named("+".into()));
        assert_eq!(france().read("00"), Party::Named("00".into()));
    }
}

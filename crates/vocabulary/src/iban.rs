//! The number of a bank account in SEPA: IBAN (ISO 13616).

use crate::{
    CountryCode,
    iban_countries::{Form, form_of, signs},
};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An IBAN of a country in SEPA: two letters of the country, two check digits (ISO 7064, MOD 97-10), and what the country's banks
/// write after them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(CompactString);

/// Why a text is no IBAN of SEPA.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum IbanError {
    /// Nothing was typed.
    #[error("IBAN is empty: it stands on statements and on the bank's card")]
    Empty,
    /// Other signs than letters, digits and blanks.
    #[error("IBAN `{0}` holds `{1}`: only letters, digits and blanks belong into it")]
    Sign(String, char),
    /// It does not begin with two letters.
    #[error("IBAN `{0}` does not begin with the two letters of a country, such as `FR`")]
    NoCountry(String),
    /// No country has these letters.
    #[error("IBAN `{0}` begins with `{1}`, which no country's account numbers do: check the first two letters")]
    UnknownCountry(String, CountryCode),
    /// The country's banks take no part in SEPA.
    #[error("IBAN `{0}` is of `{1}`, a country outside SEPA: give an account in SEPA")]
    NotSepa(String, CountryCode),
    /// Too long or too short for its country.
    #[error("IBAN `{text}` has {has} signs where {country} has {needs}: count them again")]
    Length {
        /// What was read.
        text: String,
        /// Its country.
        country: CountryCode,
        /// How many signs it has, without blanks.
        has: usize,
        /// How many it should have.
        needs: usize,
    },
    /// A letter where the country has digits, or a digit where it has letters.
    #[error("IBAN `{text}` has `{sign}` at place {place}, where {country} never has it: check that sign")]
    Form {
        /// What was read.
        text: String,
        /// Its country.
        country: CountryCode,
        /// The sign.
        sign: char,
        /// Where it stands, from 1, blanks not counted.
        place: usize,
    },
    /// The check digits do not agree with the rest.
    #[error("IBAN `{0}` has a sign that is mistyped or two that changed places: its check digits do not agree with the rest")]
    Check(String),
}

impl Iban {
    /// Without blanks, as files have it.
    pub fn electronic(&self) -> &str {
        &self.0
    }

    /// Its country.
    pub fn country(&self) -> CountryCode {
        self.0[..2].parse().expect("an IBAN begins with two capitals")
    }

    /// What the country's banks write after the check digits (BBAN): the code of the bank comes first.
    pub fn national(&self) -> &str {
        &self.0[4..]
    }

    /// As it is shown to whoever need not know it: `FR** **** **** **** **** ***0 189`.
    pub fn masked(&self) -> String {
        let open = |place: usize| place < 2 || place + 4 >= self.0.len();
        grouped(self.0.chars().enumerate().map(|(place, sign)| if open(place) { sign } else { '*' }))
    }
}

/// In groups of four, as people read it (ISO 13616-1 §6.2).
fn grouped(signs: impl Iterator<Item = char>) -> String {
    let blank = |place: usize| (place > 0 && place.is_multiple_of(4)).then_some(' ');
    signs.enumerate().flat_map(|(place, sign)| blank(place).into_iter().chain([sign])).collect()
}

/// The rest of the number that digits and letters (A = 10) write, by 97 (ISO 7064).
pub(crate) fn mod_97(signs: impl Iterator<Item = char>) -> u32 {
    signs.filter_map(|sign| sign.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}

impl FromStr for Iban {
    type Err = IbanError;
    /// Reads `FR76 3000 6000 0112 3456 7890 189`, with blanks anywhere, in small letters too, and with `IBAN` before it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain: CompactString = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let plain = plain.strip_prefix("IBAN").map_or(plain.as_str(), |rest| rest.trim_start_matches(':'));
        let named = || text.trim().to_owned();
        if plain.is_empty() {
            return Err(IbanError::Empty);
        }
        if let Some(sign) = plain.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(IbanError::Sign(named(), sign));
        }
        let country: CountryCode =
            plain.get(..2).and_then(|letters| letters.parse().ok()).ok_or_else(|| IbanError::NoCountry(named()))?;
        let form = match form_of(country.as_str()) {
            Form::Sepa(form) => form,
            Form::Elsewhere => return Err(IbanError::NotSepa(named(), country)),
            Form::Unknown => return Err(IbanError::UnknownCountry(named(), country)),
        };
        let needs = signs(form).count() + 4;
        if plain.len() != needs {
            return Err(IbanError::Length { text: named(), country, has: plain.len(), needs });
        }
        let fits = |kind: char, sign: char| match kind {
            'n' => sign.is_ascii_digit(),
            'a' => sign.is_ascii_alphabetic(),
            _ => true,
        };
        let places = "nn".chars().chain(signs(form)).zip(plain.chars().skip(2)).zip(3..);
        if let Some(((_, sign), place)) = places.into_iter().find(|((kind, sign), _)| !fits(*kind, *sign)) {
            return Err(IbanError::Form { text: named(), country, sign, place });
        }
        // 00, 01 and 99 are never made, though 97 more or less leaves the same rest.
        let right = mod_97(plain[4..].chars().chain(plain[..4].chars())) == 1;
        if !right || !("02"..="98").contains(&&plain[2..4]) {
            return Err(IbanError::Check(named()));
        }
        Ok(Self(plain.into()))
    }
}

impl TryFrom<String> for Iban {
    type Error = IbanError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0.into()
    }
}

impl fmt::Display for Iban {
    /// In groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&grouped(self.0.chars()))
    }
}

impl fmt::Debug for Iban {
    /// Masked: what is logged is read by many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iban({})", self.masked())
    }
}

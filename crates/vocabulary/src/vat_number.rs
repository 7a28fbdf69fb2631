//! VAT numbers of the Union's countries (directive 2006/112/EC, article 215).

use crate::{CompanyNumberError, CountryCode, EnterpriseNumber, Siren};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A VAT number of a country of the Union, without blanks: `FR44732829320`. In France and Belgium its check is right too; of the other
/// countries only the form is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VatNumber(CompactString);

/// Why a text is no VAT number.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum VatNumberError {
    /// It does not begin with two letters of a country of the Union.
    #[error("VAT number `{0}` does not begin with a country of the European Union, such as `FR`")]
    Country(String),
    /// Not as its country writes it.
    #[error("VAT number `{0}` is not written as {1} writes them: `{2}`")]
    Form(String, CompactString, &'static str),
    /// The two signs after `FR` do not agree with the SIREN.
    #[error("VAT number `{0}` has a wrong key: `{1:02}` would be right for this SIREN")]
    Key(String, u32),
    /// The number of the company in it is wrong.
    #[error("VAT number `{0}` holds no number of a company")]
    Company(String, #[source] CompanyNumberError),
}

/// What follows the country's letters (europa.eu, VIES): `9` stands for a digit, `A` for a letter, `X` for either; forms are
/// separated by bars. Greece writes EL.
const FORMS: [(&str, &str); 27] = [
    ("AT", "A99999999"),
    ("BE", "999999999|9999999999"),
    ("BG", "999999999|9999999999"),
    ("CY", "99999999A"),
    ("CZ", "99999999|999999999|9999999999"),
    ("DE", "999999999"),
    ("DK", "99999999"),
    ("EE", "999999999"),
    ("EL", "999999999"),
    ("ES", "X9999999X"),
    ("FI", "99999999"),
    ("FR", "XX999999999"),
    ("HR", "99999999999"),
    ("HU", "99999999"),
    ("IE", "9X99999A|9999999AA"),
    ("IT", "99999999999"),
    ("LT", "999999999|999999999999"),
    ("LU", "99999999"),
    ("LV", "99999999999"),
    ("MT", "99999999"),
    ("NL", "999999999A99"),
    ("PL", "9999999999"),
    ("PT", "999999999"),
    ("RO", "99|999|9999|99999|999999|9999999|99999999|999999999|9999999999"),
    ("SE", "999999999999"),
    ("SI", "99999999"),
    ("SK", "9999999999"),
];

/// Which key of two digits belongs to a SIREN.
const fn key(siren: u32) -> u32 {
    (12 + 3 * (siren % 97)) % 97
}

impl VatNumber {
    /// The number of a French company.
    pub fn of_siren(siren: Siren) -> Self {
        Self(compact_str::format_compact!("FR{:02}{siren}", key(siren.number())))
    }

    /// The number of a Belgian company.
    pub fn of_enterprise(enterprise: EnterpriseNumber) -> Self {
        Self(compact_str::format_compact!("BE{}", enterprise.digits()))
    }

    /// Without blanks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is it that of the company with this number in the register of its country, where the one is made of the other? A SIRET begins with its SIREN.
    pub fn is_of(&self, legal_id: &str) -> bool {
        match self.country().as_str() {
            "FR" => self.0.get(4..) == legal_id.get(..9),
            "BE" => self.0.get(2..) == Some(legal_id),
            _ => true,
        }
    }

    /// The country it is of.
    pub fn country(&self) -> CountryCode {
        let letters = if self.0.starts_with("EL") { "GR" } else { &self.0[..2] };
        letters.parse().expect("it begins with two capitals")
    }
}

fn fits(form: &str, text: &str) -> bool {
    let is_place = |kind, sign: char| match kind {
        '9' => sign.is_ascii_digit(),
        'A' => sign.is_ascii_alphabetic(),
        _ => sign.is_ascii_alphanumeric(),
    };
    form.split('|')
        .any(|form| form.len() == text.len() && form.chars().zip(text.chars()).all(|(kind, sign)| is_place(kind, sign)))
}

impl FromStr for VatNumber {
    type Err = VatNumberError;
    /// Reads `FR 44 732829320` and `BE 0428.759.497`, in small letters too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_between = |c: char| c.is_whitespace() || matches!(c, '.' | '-');
        let plain: CompactString = text.chars().filter(|c| !is_between(*c)).map(|c| c.to_ascii_uppercase()).collect();
        let named = || text.trim().to_owned();
        let known = FORMS.iter().find(|(country, _)| plain.starts_with(country));
        let (country, form) = known.ok_or_else(|| VatNumberError::Country(named()))?;
        let rest = &plain[2..];
        if !fits(form, rest) {
            return Err(VatNumberError::Form(named(), (*country).into(), form));
        }
        match *country {
            "BE" => rest.parse().map(Self::of_enterprise).map_err(|error| VatNumberError::Company(named(), error)),
            "FR" => check_french(rest, named).map(|()| Self(plain)),
            _ => Ok(Self(plain)),
        }
    }
}

/// The key of a French number. Companies of Monaco, `000` and six digits, have no SIREN and no check that is published, and keys with
/// letters, of foreign companies, are not made from the SIREN.
fn check_french(rest: &str, named: impl Fn() -> String) -> Result<(), VatNumberError> {
    let (typed, company) = rest.split_at(2);
    if company.starts_with("000") {
        return Ok(());
    }
    let siren: Siren = company.parse().map_err(|error| VatNumberError::Company(named(), error))?;
    let right = key(siren.number());
    if typed.parse().is_ok_and(|typed: u32| typed != right) { Err(VatNumberError::Key(named(), right)) } else { Ok(()) }
}

impl TryFrom<String> for VatNumber {
    type Error = VatNumberError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<VatNumber> for String {
    fn from(number: VatNumber) -> Self {
        number.0.into()
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! What an eSIM is downloaded with: the activation code of GSMA SGP.22 §4.1.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An activation code: `1$SM-DP+ address$matching id[$OID[$1]]`, with `LPA:` before it where it stands in a QR code (SGP.22 §4.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActivationCode {
    /// Where the profile waits.
    pub sm_dp: SmDpAddress,
    /// Which profile it is; `None` where the chip's identifier says so.
    pub matching_id: Option<MatchingId>,
    /// The object identifier of the server's certificate.
    pub oid: Option<CompactString>,
    /// Does the user have to type a code beside it?
    pub confirmation: Confirmation,
}

/// Whether an eSIM is installed with its activation code alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Confirmation {
    /// It is.
    #[default]
    None,
    /// A confirmation code is asked for (SGP.22 §4.7).
    Code,
}

/// The address of an SM-DP+: a full domain name, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SmDpAddress(CompactString);

/// Which profile waits at an SM-DP+: capitals, digits and hyphens (SGP.22 §4.1.1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatchingId(CompactString);

/// Why a text is no activation code. It does not repeat the text, with which anybody could install the profile.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ActivationCodeError {
    /// Not `1$` with at least two parts.
    #[error("activation code is not of the form `LPA:1$address$matching id`")]
    Form,
    /// Longer than 255 signs.
    #[error("activation code is longer than {MOST_SIGNS} signs")]
    TooLong,
    /// Not a domain name.
    #[error("SM-DP+ address `{0}` is not a full domain name")]
    Address(String),
    /// Other signs than a matching id may have.
    #[error("matching id has other signs than capitals, digits and hyphens")]
    MatchingId,
    /// Not numbers with points between.
    #[error("object identifier `{0}` is not numbers with points between them")]
    Oid(String),
    /// An empty part at the end, or a flag that is not 1.
    #[error("activation code ends with something else than the flag `1`")]
    Flag,
}

const MOST_SIGNS: usize = 255;

impl ActivationCode {
    /// What a QR code holds, and what is typed where a telephone asks for all of it.
    pub fn qr_text(&self) -> String {
        format!("LPA:{self}")
    }
}

impl FromStr for ActivationCode {
    type Err = ActivationCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MOST_SIGNS {
            return Err(ActivationCodeError::TooLong);
        }
        let scheme = text.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("LPA:"));
        let body = scheme.map_or(text, |scheme| &text[scheme.len()..]);
        let parts: Vec<&str> = body.split('$').collect();
        let ["1", address, matching_id, rest @ ..] = parts.as_slice() else { return Err(ActivationCodeError::Form) };
        let (oid, confirmation) = match rest {
            [] => ("", Confirmation::None),
            [oid] if !oid.is_empty() => (*oid, Confirmation::None),
            [oid, "1"] => (*oid, Confirmation::Code),
            _ => return Err(ActivationCodeError::Flag),
        };
        let is_oid = |oid: &str| oid.split('.').count() > 1 && oid.split('.').all(is_number);
        if !oid.is_empty() && !is_oid(oid) {
            return Err(ActivationCodeError::Oid(oid.to_owned()));
        }
        Ok(Self {
            sm_dp: address.parse()?,
            matching_id: if matching_id.is_empty() { None } else { Some(matching_id.parse()?) },
            oid: (!oid.is_empty()).then(|| oid.into()),
            confirmation,
        })
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for ActivationCode {
    /// Without `LPA:`, as it is typed by hand.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1${}${}", self.sm_dp, self.matching_id.as_ref().map_or("", MatchingId::as_str))?;
        match (&self.oid, self.confirmation) {
            (None, Confirmation::None) => Ok(()),
            (Some(oid), Confirmation::None) => write!(f, "${oid}"),
            (oid, Confirmation::Code) => write!(f, "${}$1", oid.as_deref().unwrap_or_default()),
        }
    }
}

impl TryFrom<String> for ActivationCode {
    type Error = ActivationCodeError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ActivationCode> for String {
    fn from(code: ActivationCode) -> Self {
        code.to_string()
    }
}

impl SmDpAddress {
    /// The domain name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SmDpAddress {
    type Err = ActivationCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.to_ascii_lowercase();
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        if name.len() <= 253 && name.contains('.') && name.split('.').all(is_label) {
            Ok(Self(name.into()))
        } else {
            Err(ActivationCodeError::Address(text.to_owned()))
        }
    }
}

impl fmt::Display for SmDpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl MatchingId {
    /// Its signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MatchingId {
    type Err = ActivationCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_sign = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        if !text.is_empty() && text.len() <= MOST_SIGNS && text.bytes().all(is_sign) {
            Ok(Self(text.into()))
        } else {
            Err(ActivationCodeError::MatchingId)
        }
    }
}

impl fmt::Debug for MatchingId {
    /// Who knows it can install the profile.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MatchingId(…)")
    }
}

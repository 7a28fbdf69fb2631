//! What unlocks a SIM card or lets an eSIM profile be installed: secrets that no log and no error shows.

use compact_str::CompactString;
use std::{fmt, str::FromStr};

/// Why a text is no such secret. It does not repeat the text: that may be a secret with a mistyped digit.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SecretError {
    /// No PIN.
    #[error("PIN is not 4 to 8 digits")]
    Pin,
    /// No PUK.
    #[error("PUK is not 8 digits")]
    Puk,
    /// No confirmation code.
    #[error("confirmation code is not 6 digits")]
    ConfirmationCode,
}

macro_rules! secrets {
    ($($(#[$doc:meta])* $name:ident: $lengths:expr),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(CompactString);

        impl $name {
            /// Its digits, for who may see them and for the seal.
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = SecretError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = text.trim();
                if $lengths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
                    Ok(Self(digits.into()))
                } else {
                    Err(SecretError::$name)
                }
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

secrets! {
    /// What the user types at the telephone, PIN or PIN2: 4 to 8 digits, three tries (ETSI TS 102 221 §9.5.1).
    Pin: 4..=8_usize,
    /// What unlocks a PIN after three wrong tries, PUK or PUK2: 8 digits, ten tries (ETSI TS 102 221 §9.5.1).
    Puk: 8..=8_usize,
    /// What the user types beside an activation code (SGP.22 §4.7): six digits here, sent to another number (RES-08).
    ConfirmationCode: 6..=6_usize,
}

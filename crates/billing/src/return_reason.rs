//! The reasons for which banks refuse and return direct debits, and what each means.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a bank refused or returned a debit (ISO 20022, external return and status reason codes; EPC173-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "CompactString", into = "CompactString")]
pub enum ReturnReason {
    /// `AC01`: the account number is wrong.
    WrongAccount,
    /// `AC04`: the account was closed.
    ClosedAccount,
    /// `AC06`: the account is blocked.
    BlockedAccount,
    /// `AG01`: no direct debits from this kind of account.
    DebitsForbidden,
    /// `AG02`: the sequence or operation is wrong.
    WrongOperation,
    /// `AM04`: not enough money.
    NoMoney,
    /// `AM05`: collected twice.
    Duplicate,
    /// `BE05`: the creditor is not known.
    UnknownCreditor,
    /// `FF05`: the scheme is wrong.
    WrongScheme,
    /// `MD01`: no valid mandate.
    NoMandate,
    /// `MD06`: the debtor wants an authorised debit back.
    Refund,
    /// `MD07`: the debtor died.
    DebtorDied,
    /// `MS02`: the debtor refused it.
    RefusedByDebtor,
    /// `MS03`: the bank does not say why.
    NotSaid,
    /// `RC01`: the BIC is wrong.
    WrongBank,
    /// `RR01`: names or addresses that the law wants are missing.
    Regulatory,
    /// Another code.
    Other(CompactString),
}

impl ReturnReason {
    /// Every reason that has a meaning here, with its code.
    pub const CODES: [(&'static str, ReturnReason); 16] = [
        ("AC01", Self::WrongAccount),
        ("AC04", Self::ClosedAccount),
        ("AC06", Self::BlockedAccount),
        ("AG01", Self::DebitsForbidden),
        ("AG02", Self::WrongOperation),
        ("AM04", Self::NoMoney),
        ("AM05", Self::Duplicate),
        ("BE05", Self::UnknownCreditor),
        ("FF05", Self::WrongScheme),
        ("MD01", Self::NoMandate),
        ("MD06", Self::Refund),
        ("MD07", Self::DebtorDied),
        ("MS02", Self::RefusedByDebtor),
        ("MS03", Self::NotSaid),
        ("RC01", Self::WrongBank),
        ("RR01", Self::Regulatory),
    ];

    /// Its code.
    pub fn code(&self) -> &str {
        match self {
            Self::Other(code) => code,
            known => Self::CODES.iter().find(|(_, reason)| reason == known).map_or("", |(code, _)| code),
        }
    }

    /// What becomes of the mandate.
    pub const fn mandate(&self) -> MandateFate {
        match self {
            Self::WrongAccount | Self::ClosedAccount | Self::DebitsForbidden | Self::NoMandate | Self::DebtorDied => {
                MandateFate::Ends
            }
            Self::BlockedAccount | Self::RefusedByDebtor => MandateFate::Blocked,
            _ => MandateFate::Stays,
        }
    }

    /// Is it due to the customer, who may be charged for it? Not where a mistake of ours or of a bank is likely, or somebody died.
    pub const fn is_due_to_customer(&self) -> bool {
        matches!(self, Self::NoMoney | Self::ClosedAccount | Self::BlockedAccount | Self::RefusedByDebtor)
    }
}

impl From<CompactString> for ReturnReason {
    fn from(code: CompactString) -> Self {
        let known = Self::CODES.into_iter().find(|(known, _)| *known == code);
        known.map_or(Self::Other(code), |(_, reason)| reason)
    }
}

impl From<ReturnReason> for CompactString {
    fn from(reason: ReturnReason) -> Self {
        reason.code().into()
    }
}

impl fmt::Display for ReturnReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// What becomes of a mandate after an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateFate {
    /// It may be used as before.
    Stays,
    /// Nobody uses it until somebody has looked.
    Blocked,
    /// It is over.
    Ends,
}

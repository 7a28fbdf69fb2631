//! The ledger's transfers: an amount goes from one account of the ledger to another, so that an entry balances however many it has (BIL-06).

use crate::{Invoice, InvoiceKind, Item, VatRate};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};
use vocabulary::{BillingAccountId, Cents, CountryCode};

/// An account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LedgerAccount {
    /// What a billing account owes.
    Receivable(BillingAccountId),
    /// What was earned.
    Revenue(Revenue),
    /// VAT that is owed to a state.
    Vat(CountryCode, VatRate),
    /// Money at the bank.
    Bank,
    /// Money that a payment provider has taken and not paid out yet.
    CardProvider,
    /// Money that a bank was asked to collect.
    Collections,
    /// Money that came and that nobody knows the owner of.
    Unmatched,
    /// What will not be paid any more.
    WrittenOff,
}

/// For what something was earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revenue {
    /// Plans, packs, and what is missing to a minimum.
    Plans,
    /// Options.
    Options,
    /// Usage that was not included.
    Usage,
    /// Recharges and fees.
    OneOff,
    /// What is taken off: it lowers what was earned.
    Discounts,
    /// Fees for reminders and for collections that came back.
    Dunning,
}

impl Revenue {
    /// All of them and their words in tables.
    pub const WORDS: [(&'static str, Revenue); 6] = [
        ("plans", Self::Plans),
        ("options", Self::Options),
        ("usage", Self::Usage),
        ("one_off", Self::OneOff),
        ("discounts", Self::Discounts),
        ("dunning", Self::Dunning),
    ];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, revenue)| *revenue == self).map_or("", |(word, _)| word)
    }

    /// What something charged is earned for.
    pub fn of(item: &Item) -> Revenue {
        match item {
            Item::Plan(_) | Item::Pack(_) | Item::Minimum => Self::Plans,
            Item::LineOption(_) => Self::Options,
            Item::Usage(_) | Item::Correction(_) => Self::Usage,
            Item::Recharge(_) | Item::Activation(_) | Item::OptionOnce(_) | Item::Esim | Item::SimSwap | Item::Free => {
                Self::OneOff
            }
            Item::Bundle { .. } => Self::Discounts,
        }
    }
}

impl fmt::Display for LedgerAccount {
    /// Its name in the ledger: `receivable/17`, `revenue/plans`, `vat/FR/20`, `bank`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Receivable(account) => write!(f, "receivable/{account}"),
            Self::Revenue(revenue) => write!(f, "revenue/{}", revenue.as_str()),
            Self::Vat(country, rate) => write!(f, "vat/{country}/{}", rate.hundredths()),
            Self::Bank => f.write_str("bank"),
            Self::CardProvider => f.write_str("card_provider"),
            Self::Collections => f.write_str("collections"),
            Self::Unmatched => f.write_str("unmatched"),
            Self::WrittenOff => f.write_str("written_off"),
        }
    }
}

/// Why a text names no account of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no account of the ledger")]
pub struct LedgerAccountError(String);

impl FromStr for LedgerAccount {
    type Err = LedgerAccountError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || LedgerAccountError(text.to_owned());
        match text.split('/').collect::<Vec<_>>()[..] {
            ["receivable", account] => account.parse().map(Self::Receivable).map_err(|_| error()),
            ["revenue", word] => {
                Revenue::WORDS.iter().find(|(known, _)| *known == word).map(|(_, of)| Self::Revenue(*of)).ok_or_else(error)
            }
            ["vat", country, rate] => {
                let rate = rate.parse().ok().and_then(VatRate::new).ok_or_else(error)?;
                Ok(Self::Vat(country.parse().map_err(|_| error())?, rate))
            }
            ["bank"] => Ok(Self::Bank),
            ["card_provider"] => Ok(Self::CardProvider),
            ["collections"] => Ok(Self::Collections),
            ["unmatched"] => Ok(Self::Unmatched),
            ["written_off"] => Ok(Self::WrittenOff),
            _ => Err(error()),
        }
    }
}

/// An amount that goes from one account of the ledger to another: one is debited, the other credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transfer {
    /// The account that is debited: it has more, or owes less.
    pub debit: LedgerAccount,
    /// The account that is credited.
    pub credit: LedgerAccount,
    /// How much: more than nothing.
    pub amount: Cents,
}

impl Transfer {
    /// A transfer of an amount that may be less than nothing, which goes the other way then; `None` of nothing.
    pub fn signed(debit: LedgerAccount, credit: LedgerAccount, amount: Cents) -> Option<Transfer> {
        if amount.is_negative() {
            Some(Transfer { debit: credit, credit: debit, amount: -amount })
        } else {
            amount.is_positive().then_some(Transfer { debit, credit, amount })
        }
    }
}

impl Invoice {
    /// What an invoice or a credit note moves in the ledger: the customer owes it, and it was earned or is owed to the state.
    pub fn transfers(&self, account: BillingAccountId) -> Vec<Transfer> {
        let mut sums: BTreeMap<LedgerAccount, Cents> = BTreeMap::new();
        let mut add = |to: LedgerAccount, amount: Cents| {
            let sum = sums.entry(to).or_default();
            *sum = *sum + amount;
        };
        for line in &self.lines {
            add(LedgerAccount::Revenue(Revenue::of(&line.item)), line.net);
        }
        for discount in &self.discounts {
            add(LedgerAccount::Revenue(Revenue::Discounts), -discount.amount);
        }
        let state = self.vat_country();
        for subtotal in &self.vat {
            add(LedgerAccount::Vat(state, subtotal.terms.rate), subtotal.tax);
        }
        let owed = LedgerAccount::Receivable(account);
        let transfer = |(earned, amount): (LedgerAccount, Cents)| match self.kind {
            InvoiceKind::Invoice => Transfer::signed(owed, earned, amount),
            InvoiceKind::CreditNote { .. } => Transfer::signed(owed, earned, -amount),
        };
        sums.into_iter().filter_map(transfer).collect()
    }

    /// The state that its VAT is owed to. A consumer elsewhere in the Union pays that of its own.
    fn vat_country(&self) -> CountryCode {
        let is_taxed = self.vat.iter().any(|subtotal| subtotal.terms.rate != VatRate::ZERO);
        if is_taxed { self.buyer.address.country } else { self.seller.address.country }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_written_and_read() {
        let france: CountryCode = "FR".parse().unwrap();
        let accounts = [
            LedgerAccount::Receivable(BillingAccountId(17)),
            LedgerAccount::Revenue(Revenue::OneOff),
            LedgerAccount::Vat(france, VatRate::new(550).unwrap()),
            LedgerAccount::Bank,
            LedgerAccount::CardProvider,
            LedgerAccount::Collections,
            LedgerAccount::Unmatched,
            LedgerAccount::WrittenOff,
        ];
        for account in accounts {
            assert_eq!(account.to_string().parse(), Ok(account));
        }
        for (_, revenue) in Revenue::WORDS {
            assert_eq!(LedgerAccount::Revenue(revenue).to_string().parse(), Ok(LedgerAccount::Revenue(revenue)));
        }
        for wrong in ["", "receivable", "receivable/x", "vat/FR/10001", "vat/france/20", "bank/1"] {
            assert_eq!(wrong.parse::<LedgerAccount>(), Err(LedgerAccountError(wrong.to_owned())));
        }
    }
}

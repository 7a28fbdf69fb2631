//! Payments: what may be asked, what may follow of one, and what it moves in the ledger (BIL-07, CUS-09).
//!
//! A provider may tell the same twice, late or in any order: success counts whenever it comes, and once. What it tells of another amount or
//! currency counts nothing and is for somebody to look at.

use crate::{BankAmount, Currency, LedgerAccount, Transfer};
use vocabulary::{BillingAccountId, Cents};

/// How far a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentState {
    /// Somebody was sent to the provider's page.
    Asked,
    /// The provider is at it: strong authentication, or a bank that takes its time.
    UnderWay,
    /// The money came.
    Succeeded,
    /// It was refused. The same page may still be paid on with another card.
    Refused,
    /// Nobody paid in time.
    Expired,
}

impl PaymentState {
    /// All of them and their words in tables.
    pub const WORDS: [(&'static str, PaymentState); 5] = [
        ("asked", Self::Asked),
        ("under_way", Self::UnderWay),
        ("succeeded", Self::Succeeded),
        ("refused", Self::Refused),
        ("expired", Self::Expired),
    ];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    /// The state of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, state)| *state)
    }

    /// Does nothing of it stand open, unless the provider changes its mind?
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Succeeded | Self::Refused | Self::Expired)
    }

    /// What follows of news about a payment of an amount.
    pub fn after(self, news: &PaymentNews, asked: BankAmount) -> PaymentStep {
        match (self, news) {
            (_, PaymentNews::Succeeded(paid)) if paid.currency != asked.currency => {
                PaymentStep::Aside(AsideReason::OtherCurrency { asked, paid: *paid })
            }
            (_, PaymentNews::Succeeded(paid)) if paid.cents != asked.cents => {
                PaymentStep::Aside(AsideReason::OtherAmount { asked, paid: *paid })
            }
            // Money that came has come: nothing that is told later undoes it but a refund.
            (Self::Succeeded, _) => PaymentStep::Nothing,
            (_, PaymentNews::Succeeded(_)) => PaymentStep::Counts,
            (Self::Asked, PaymentNews::UnderWay) => PaymentStep::Becomes(Self::UnderWay),
            (Self::Asked | Self::UnderWay, PaymentNews::Refused(_)) => PaymentStep::Becomes(Self::Refused),
            (Self::Asked | Self::UnderWay, PaymentNews::Expired) => PaymentStep::Becomes(Self::Expired),
            (_, PaymentNews::UnderWay | PaymentNews::Refused(_) | PaymentNews::Expired) => PaymentStep::Nothing,
        }
    }
}

/// What a provider tells of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentNews {
    /// It is at it.
    UnderWay,
    /// It has the money: so much.
    Succeeded(BankAmount),
    /// It was refused, for a reason in the provider's words.
    Refused(String),
    /// Nobody paid in time.
    Expired,
}

/// What follows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentStep {
    /// Its state changes and no money moves.
    Becomes(PaymentState),
    /// It has succeeded: it is entered in the ledger, now and never again.
    Counts,
    /// Nothing: it is known.
    Nothing,
    /// Nothing is counted, and somebody has to look at it.
    Aside(AsideReason),
}

/// Why something that a provider told counts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AsideReason {
    /// Another amount than was asked.
    #[error("{} {} were paid and {} {} were asked: look at the payment with the provider", paid.cents, paid.currency, asked.cents, asked.currency)]
    OtherAmount {
        /// What was asked.
        asked: BankAmount,
        /// What came.
        paid: BankAmount,
    },
    /// Another currency.
    #[error("{} {} were paid and {} {} were asked: look at the payment with the provider", paid.cents, paid.currency, asked.cents, asked.currency)]
    OtherCurrency {
        /// What was asked.
        asked: BankAmount,
        /// What came.
        paid: BankAmount,
    },
}

/// Why an amount may not be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountRefusal {
    /// The account owes nothing.
    #[error("nothing is owed")]
    NothingOwed,
    /// Nothing.
    #[error("an amount of nothing is not paid")]
    Nothing,
    /// Less than nothing.
    #[error("an amount below nothing is not paid")]
    Negative,
    /// More than is owed, which is so much.
    #[error("more than the {0} that are owed is not paid")]
    MoreThanOwed(Cents),
    /// Not the account's currency, which is this.
    #[error("what is owed is paid in {0}")]
    OtherCurrency(Currency),
}

/// May so much be paid of what is owed?
///
/// # Errors
/// Says why not.
pub fn may_be_paid(amount: BankAmount, owed: BankAmount) -> Result<(), AmountRefusal> {
    if !owed.cents.is_positive() {
        Err(AmountRefusal::NothingOwed)
    } else if amount.currency != owed.currency {
        Err(AmountRefusal::OtherCurrency(owed.currency))
    } else if amount.cents.is_zero() {
        Err(AmountRefusal::Nothing)
    } else if amount.cents.is_negative() {
        Err(AmountRefusal::Negative)
    } else if amount.cents > owed.cents {
        Err(AmountRefusal::MoreThanOwed(owed.cents))
    } else {
        Ok(())
    }
}

/// What is to be given back yet, of a payment of which a provider says that so much was given back in all, where so much is known of. `None`:
/// it is known, or more than was paid, or less than nothing.
pub fn given_back(paid: Cents, known: Cents, told: Cents) -> Option<Cents> {
    (told <= paid && told > known).then(|| told - known)
}

/// What a payment by a provider moves: it has the money, and the account owes less.
pub fn payment_transfer(account: BillingAccountId, amount: Cents) -> Option<Transfer> {
    amount.is_positive().then_some(Transfer {
        debit: LedgerAccount::CardProvider,
        credit: LedgerAccount::Receivable(account),
        amount,
    })
}

/// What a refund by a provider moves: the way back.
pub fn refund_transfer(account: BillingAccountId, amount: Cents) -> Option<Transfer> {
    amount.is_positive().then_some(Transfer {
        debit: LedgerAccount::Receivable(account),
        credit: LedgerAccount::CardProvider,
        amount,
    })
}

//! The port to payment providers (BIL-07): a page to pay on, what became of it, money given back, and callbacks that prove who calls.

use crate::mail::Work;
use billing::{BankAmount, PaymentNews};
use std::{collections::BTreeMap, fmt, sync::Arc};
use store::Issuer;
use vocabulary::{Cents, PaymentId, Timestamp};

/// A payment that a page is made for.
#[derive(Clone, Debug)]
pub struct PaymentAsked {
    /// Which; a provider that is asked for the same one again gives the same page.
    pub payment: PaymentId,
    /// Whom it is paid to.
    pub issuer: Issuer,
    /// How much.
    pub amount: BankAmount,
    /// What is paid, as the page says it.
    pub title: String,
    /// The tag of the language of the page.
    pub language: String,
    /// Where the browser comes back to that has paid.
    pub paid_url: String,
    /// Where it comes back to without.
    pub left_url: String,
}

/// A page to pay on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutPage {
    /// The provider's name for the payment.
    pub reference: String,
    /// Where the browser goes.
    pub url: String,
}

/// A refund that is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundAsked {
    /// The payment that it is of.
    pub payment: PaymentId,
    /// The provider's name for that.
    pub reference: String,
    /// How much.
    pub amount: BankAmount,
    /// So much of the payment is given back then in all; a provider that is asked for the same sum again gives back once.
    pub total: Cents,
    /// So many times before something of it was given back and did not arrive: then it is not the same again.
    pub failed: i64,
}

/// Why a provider did not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// It was not reached, or did not answer: the same is asked again.
    #[error("the payment provider did not answer: {0}")]
    NotReached(String),
    /// It refused.
    #[error("the payment provider refused: {0}")]
    Refused(String),
    /// Its answer is not understood.
    #[error("the answer of the payment provider is not understood: {0}")]
    NotUnderstood(String),
}

/// What a provider tells by calling back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// The provider's name for what it tells: it may tell it several times.
    pub event: String,
    /// The payment.
    pub payment: Whose,
    /// The provider's name for that, where it says it.
    pub reference: Option<String>,
    /// What it tells.
    pub told: Told,
}

/// Which payment a callback is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// By its name here.
    Ours(PaymentId),
    /// By another name of the provider, which has to be asked whose that is.
    Theirs(String),
}

/// What a callback is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// How the payment stands.
    News(PaymentNews),
    /// So much of it was given back in all, with its currency.
    GivenBack(BankAmount),
    /// Who paid disputes it, and the provider took so much back.
    Withdrawn {
        /// The provider's name for the dispute.
        dispute: String,
        /// How much.
        amount: BankAmount,
    },
    /// The dispute was won: what was taken back came again.
    Reinstated {
        /// The provider's name for the dispute.
        dispute: String,
        /// How much.
        amount: BankAmount,
    },
    /// What was given back did not reach who paid.
    RefundFailed {
        /// The provider's name for it.
        refund: String,
        /// How much.
        amount: BankAmount,
        /// Why, in the provider's words.
        why: String,
    },
}

/// Why a callback is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallbackRefusal {
    /// It is not signed with the provider's key, or not within the last minutes.
    #[error("the callback is not signed by the payment provider, or not within the last five minutes")]
    Stranger,
    /// It is signed and not understood.
    #[error("the callback is not understood: {0}")]
    NotUnderstood(String),
    /// It is about something that is no matter of ours: it is taken and forgotten.
    #[error("the callback is about nothing of ours")]
    NotOurs,
    /// What has to be known before it is not told now: it has to be told again.
    #[error("the callback cannot be taken now: {0}")]
    NotNow(ProviderFault),
}

/// A payment provider.
pub trait PaymentProvider: fmt::Debug + Send + Sync {
    /// Its word in tables, which never changes.
    fn word(&self) -> &'static str;
    /// The header that its callbacks are signed in.
    fn signature_header(&self) -> &'static str;
    /// Where its pages stand, as a browser's policy names it, such as `https://pay.example`; `None` where they are our own.
    fn page_origin(&self) -> Option<&str>;
    /// A page to pay on; the same one for the same payment.
    fn checkout<'a>(&'a self, asked: &'a PaymentAsked) -> Work<'a, Result<CheckoutPage, ProviderFault>>;
    /// How a payment stands; `None` where nothing came of it yet.
    fn look<'a>(&'a self, reference: &'a str) -> Work<'a, Result<Option<PaymentNews>, ProviderFault>>;
    /// Gives money back; how much.
    fn refund<'a>(&'a self, asked: &'a RefundAsked) -> Work<'a, Result<Cents, ProviderFault>>;
    /// How much of a payment is given back by now in all, without what disputes took.
    fn given_back<'a>(&'a self, reference: &'a str) -> Work<'a, Result<Cents, ProviderFault>>;
    /// Which payment the provider calls so in a callback; `None` where it is none of ours.
    fn payment_of<'a>(&'a self, name: &'a str) -> Work<'a, Result<Option<PaymentId>, ProviderFault>>;
    /// Reads a callback whose signature is right and of now.
    ///
    /// # Errors
    /// Says why it is not taken.
    fn read_callback(&self, signature: Option<&str>, body: &[u8], now: Timestamp) -> Result<Callback, CallbackRefusal>;
}

/// The providers by who is paid: an operator, or a reseller by its own customers.
#[derive(Clone, Debug, Default)]
pub struct PaymentProviders(BTreeMap<Issuer, Arc<dyn PaymentProvider>>);

impl PaymentProviders {
    /// The same with the provider of one more.
    #[must_use]
    pub fn with(mut self, issuer: Issuer, provider: Arc<dyn PaymentProvider>) -> Self {
        self.0.insert(issuer, provider);
        self
    }

    /// The provider by which somebody is paid.
    pub fn of(&self, issuer: Issuer) -> Option<Arc<dyn PaymentProvider>> {
        self.0.get(&issuer).cloned()
    }
}

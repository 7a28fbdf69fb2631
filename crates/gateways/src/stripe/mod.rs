//! Payments by Stripe Checkout: a page of theirs for each payment, and their signed callbacks (BIL-07).
//!
//! A call is made once, under a key by which Stripe knows it again; when to call again is not decided here. A card's number never comes by.

pub(crate) mod event;
pub(crate) mod signature;

pub use crate::{
    http_peer::{Limits, PeerUrlError},
    tls::{TlsFiles, TlsSetupError},
};

use crate::{
    http_peer::{Peer, PostFault},
    tls,
};
use billing::PaymentNews;
use event::{PaymentIntent, Session};
use hyper::{StatusCode, body::Bytes, header::HeaderName};
use operations::{
    mail::Work,
    payment_provider::{Callback, CallbackRefusal, CheckoutPage, PaymentAsked, PaymentProvider, ProviderFault, RefundAsked},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::fmt;
use url::form_urlencoded;
use vocabulary::{Cents, PaymentId, Timestamp};
use zeroize::Zeroizing;

/// The header that callbacks are signed in.
pub const SIGNATURE: &str = "stripe-signature";
/// Where its pages are, but for who has a host name of their own there.
pub const PAGES: &str = "https://checkout.stripe.com";
/// Where Stripe listens.
pub const URL: &str = "https://api.stripe.com";
/// The version of the interface that is spoken.
const VERSION: (&str, &str) = ("stripe-version", "2024-06-20");
/// The longest answer that is read, in bytes.
const MOST_ANSWER_BYTES: usize = 256 * 1024;

/// How Stripe is spoken to.
#[derive(Clone)]
pub struct StripeSettings {
    /// Where it listens, [`URL`] but in tests.
    pub url: String,
    /// Where its pages are, [`PAGES`] but for who has a host name of their own there.
    pub pages: String,
    /// What proves who asks: `sk_…`.
    pub secret: Zeroizing<String>,
    /// The keys that callbacks are signed with: `whsec_…`, several while they are changed.
    pub callback_keys: Vec<Zeroizing<String>>,
    /// How long is waited for it.
    pub limits: Limits,
    /// With which certificates.
    pub tls: TlsFiles,
}

/// Nothing that is secret.
impl fmt::Debug for StripeSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StripeSettings({})", self.url)
    }
}

/// Why Stripe cannot be spoken to, before any call.
#[derive(Debug, thiserror::Error)]
pub enum StripeSetupError {
    /// Its address.
    #[error("the address of the payment provider cannot be used")]
    Url(#[from] PeerUrlError),
    /// The certificates.
    #[error("encryption towards the payment provider cannot be set up")]
    Tls(#[from] TlsSetupError),
    /// No key that callbacks are signed with: nothing paid would ever count in time.
    #[error("no key is named that the payment provider signs its callbacks with")]
    NoCallbackKey,
}

/// An account with Stripe.
pub struct Stripe {
    peer: Peer,
    pages: String,
    keys: Vec<Zeroizing<String>>,
}

/// Nothing that is secret.
impl fmt::Debug for Stripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stripe({:?})", self.peer)
    }
}

impl Stripe {
    /// An account; it is not spoken to yet.
    ///
    /// # Errors
    /// When the address, the certificates or the keys cannot be used.
    pub fn new(settings: StripeSettings) -> Result<Self, StripeSetupError> {
        if settings.callback_keys.is_empty() || settings.callback_keys.iter().any(|key| key.is_empty()) {
            return Err(StripeSetupError::NoCallbackKey);
        }
        let peer = Peer::new(&settings.url, settings.limits, tls::config(&settings.tls)?)?;
        let peer = peer.with_secret(&settings.secret).with_header(HeaderName::from_static(VERSION.0), VERSION.1);
        Ok(Self { peer: peer.reading(MOST_ANSWER_BYTES), pages: settings.pages, keys: settings.callback_keys })
    }

    async fn asked(&self, asked: &PaymentAsked) -> Result<CheckoutPage, ProviderFault> {
        let (payment, cents) = (asked.payment.to_string(), asked.amount.cents.get().to_string());
        let currency = asked.amount.currency.as_str().to_ascii_lowercase();
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("mode", "payment")
            .append_pair("client_reference_id", &payment)
            .append_pair("line_items[0][quantity]", "1")
            .append_pair("line_items[0][price_data][currency]", &currency)
            .append_pair("line_items[0][price_data][unit_amount]", &cents)
            .append_pair("line_items[0][price_data][product_data][name]", &asked.title)
            .append_pair("payment_intent_data[metadata][payment]", &payment)
            .append_pair("payment_method_types[0]", "card")
            .append_pair("locale", &asked.language)
            .append_pair("success_url", &asked.paid_url)
            .append_pair("cancel_url", &asked.left_url)
            .finish();
        let answered = self.peer.post_form("/v1/checkout/sessions", &format!("payment-{payment}"), form).await;
        let session: Session = answer(answered)?;
        let no_page = || ProviderFault::NotUnderstood(format!("session {} has no page", session.id));
        Ok(CheckoutPage { url: session.url.clone().ok_or_else(no_page)?, reference: session.id })
    }

    async fn session(&self, reference: &str) -> Result<Session, ProviderFault> {
        if !is_plain(reference) {
            return Err(ProviderFault::Refused(format!("`{reference}` names no session")));
        }
        answer(self.peer.get(&format!("/v1/checkout/sessions/{reference}")).await)
    }

    async fn refunded_in_all(&self, reference: &str) -> Result<Cents, ProviderFault> {
        let session = self.session(reference).await?;
        let Some(intent) = session.payment_intent.filter(|intent| is_plain(intent)) else { return Ok(Cents::ZERO) };
        let path = format!("/v1/payment_intents/{intent}?expand%5B%5D=latest_charge");
        let intent: PaymentIntent = answer(self.peer.get(&path).await)?;
        Ok(Cents::new(intent.refunded()))
    }

    async fn named(&self, name: &str) -> Result<Option<PaymentId>, ProviderFault> {
        if !is_plain(name) {
            return Err(ProviderFault::Refused(format!("`{name}` names no payment")));
        }
        let intent: PaymentIntent = answer(self.peer.get(&format!("/v1/payment_intents/{name}")).await)?;
        Ok(intent.payment())
    }

    async fn looked(&self, reference: &str) -> Result<Option<PaymentNews>, ProviderFault> {
        event::news_of(&self.session(reference).await?).map_err(ProviderFault::NotUnderstood)
    }

    async fn refunded(&self, asked: &RefundAsked) -> Result<Cents, ProviderFault> {
        let session = self.session(&asked.reference).await?;
        let not_paid = || ProviderFault::Refused(format!("session {} was not paid", session.id));
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("payment_intent", session.payment_intent.as_deref().ok_or_else(not_paid)?)
            .append_pair("amount", &asked.amount.cents.get().to_string())
            .finish();
        // A key that was used for a refund that failed would be answered with that one.
        let again = if asked.failed > 0 { format!("-{}", asked.failed) } else { String::new() };
        let key = format!("refund-{}-{}{again}", asked.payment, asked.total.get());
        let refund: Refund = answer(self.peer.post_form("/v1/refunds", &key, form).await)?;
        Ok(Cents::new(refund.amount))
    }
}

impl PaymentProvider for Stripe {
    fn word(&self) -> &'static str {
        "stripe"
    }

    fn signature_header(&self) -> &'static str {
        SIGNATURE
    }

    fn page_origin(&self) -> Option<&str> {
        Some(&self.pages)
    }

    fn checkout<'a>(&'a self, asked: &'a PaymentAsked) -> Work<'a, Result<CheckoutPage, ProviderFault>> {
        Box::pin(self.asked(asked))
    }

    fn look<'a>(&'a self, reference: &'a str) -> Work<'a, Result<Option<PaymentNews>, ProviderFault>> {
        Box::pin(self.looked(reference))
    }

    fn refund<'a>(&'a self, asked: &'a RefundAsked) -> Work<'a, Result<Cents, ProviderFault>> {
        Box::pin(self.refunded(asked))
    }

    fn given_back<'a>(&'a self, reference: &'a str) -> Work<'a, Result<Cents, ProviderFault>> {
        Box::pin(self.refunded_in_all(reference))
    }

    fn payment_of<'a>(&'a self, name: &'a str) -> Work<'a, Result<Option<PaymentId>, ProviderFault>> {
        Box::pin(self.named(name))
    }

    fn read_callback(&self, signature: Option<&str>, body: &[u8], now: Timestamp) -> Result<Callback, CallbackRefusal> {
        let keys: Vec<&str> = self.keys.iter().map(|key| key.as_str()).collect();
        if !signature::is_signed(&keys, signature.unwrap_or_default(), body, now) {
            return Err(CallbackRefusal::Stranger);
        }
        event::read(body)
    }
}

#[derive(Deserialize)]
struct Refund {
    amount: i64,
}

#[derive(Deserialize)]
struct Refused {
    error: Problem,
}

#[derive(Deserialize)]
struct Problem {
    message: Option<String>,
}

/// A name that may stand in a path.
fn is_plain(reference: &str) -> bool {
    !reference.is_empty() && reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn answer<T: DeserializeOwned>(answered: Result<(StatusCode, Bytes), PostFault>) -> Result<T, ProviderFault> {
    let (status, body) = answered.map_err(|fault| match fault {
        PostFault::NotSent(problem) | PostFault::Unclear(problem) => ProviderFault::NotReached(problem),
    })?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|error| ProviderFault::NotUnderstood(error.to_string()));
    }
    let said = serde_json::from_slice::<Refused>(&body).ok().and_then(|refused| refused.error.message);
    let problem = format!("{}: {}", status.as_u16(), said.unwrap_or_default());
    // Too many at once, two of the same key at once, and trouble of theirs pass.
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::CONFLICT {
        Err(ProviderFault::NotReached(problem))
    } else {
        Err(ProviderFault::Refused(problem))
    }
}

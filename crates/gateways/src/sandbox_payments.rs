//! The payment provider of a demonstration: it runs in the program, and whoever pays on its page chooses what happens (BIL-07).
//!
//! It tells what Stripe would, signed with a key of its own, so that all of it goes the way of a real provider's. It delivers nothing itself:
//! whoever shows its page takes the callbacks that a choice makes to `operations::payments::take_callback`. What it knows is lost with the
//! program.

use crate::stripe::{event, signature};
use billing::PaymentNews;
use operations::{
    mail::Work,
    payment_provider::{Callback, CallbackRefusal, CheckoutPage, PaymentAsked, PaymentProvider, ProviderFault, RefundAsked},
    payment_sandbox::{Chosen, Delivered, LATE_S, Mood, PaymentSandbox, SandboxCallback, SandboxPage, SandboxStep},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};
use vocabulary::{Cents, PaymentId, Timestamp};
use zeroize::Zeroizing;

/// The header that its callbacks are signed in.
pub const SIGNATURE: &str = "sandbox-signature";
/// The provider.
pub struct SandboxPayments {
    base: String,
    key: Zeroizing<String>,
    late_s: i64,
    sessions: Mutex<BTreeMap<String, Session>>,
}

#[derive(Clone)]
struct Session {
    asked: PaymentAsked,
    step: SandboxStep,
    news: Option<PaymentNews>,
    given_back: Cents,
    events: u32,
}

/// Nothing that is secret.
impl fmt::Debug for SandboxPayments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SandboxPayments({})", self.base)
    }
}

impl SandboxPayments {
    /// A provider whose pages stand below an address, such as `/sandbox-payments`, with a key of its own.
    pub fn new(base: &str, key: Zeroizing<String>) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), key, late_s: LATE_S, sessions: Mutex::default() }
    }

    /// The same, whose late callbacks come after so many seconds.
    #[must_use]
    pub fn late_by(self, late_s: i64) -> Self {
        Self { late_s, ..self }
    }

    fn sessions(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its name for a payment: the same each time, and not to be guessed.
    fn reference(&self, payment: PaymentId) -> String {
        let mac = signature::signed(self.key.as_bytes(), payment.to_string().as_bytes(), Timestamp::EPOCH);
        let code: String = mac.rsplit('=').next().unwrap_or_default().chars().take(32).collect();
        format!("cs_sandbox_{code}")
    }

    /// The callback of money that was given back, to be delivered; `None` for a payment that it does not know.
    pub fn tells_given_back(&self, reference: &str, now: Timestamp) -> Option<SandboxCallback> {
        self.tells(reference, "charge.refunded", now, |session| {
            json!({
                "id": format!("ch_{}", &reference[3..]), "amount_refunded": session.given_back.get(),
                "metadata": { "payment": session.asked.payment.to_string() },
            })
        })
    }

    /// The callback of so much that who paid disputes, taken back or, once that was won, come again.
    pub fn disputed(&self, reference: &str, (amount, is_won): (Cents, bool), now: Timestamp) -> Option<SandboxCallback> {
        let kind = if is_won { "charge.dispute.funds_reinstated" } else { "charge.dispute.funds_withdrawn" };
        self.tells(reference, kind, now, |_| json!({ "id": format!("dp_{}", &reference[3..]), "amount": amount.get() }))
    }

    /// The callback of so much that was given back and did not arrive.
    pub fn refund_failed(&self, reference: &str, amount: Cents, now: Timestamp) -> Option<SandboxCallback> {
        self.tells(reference, "refund.failed", now, |session| {
            session.given_back = session.given_back - amount;
            json!({
                "id": format!("re_{}_{}", &reference[3..], session.events), "amount": amount.get(),
                "status": "failed", "failure_reason": "expired_or_canceled_card",
            })
        })
    }

    /// A callback of a body, signed.
    pub fn told(&self, body: &str, now: Timestamp) -> SandboxCallback {
        let signature = signature::signed(self.key.as_bytes(), body.as_bytes(), now);
        SandboxCallback { signature, body: body.as_bytes().to_vec(), delivered: Delivered::Beside }
    }

    /// A signed callback about a payment.
    fn tells(
        &self,
        reference: &str,
        kind: &str,
        now: Timestamp,
        object: impl FnOnce(&mut Session) -> Value,
    ) -> Option<SandboxCallback> {
        let mut sessions = self.sessions();
        let session = sessions.get_mut(reference)?;
        session.events += 1;
        let mut object = object(session);
        object["currency"] = session.asked.amount.currency.as_str().to_ascii_lowercase().into();
        object["payment_intent"] = format!("pi_{}", &reference[3..]).into();
        let body = event_body(&format!("evt_{}_{}", &reference[3..], session.events), kind, &object);
        Some(self.told(&String::from_utf8_lossy(&body), now))
    }

    fn refunded(&self, asked: &RefundAsked) -> Result<Cents, ProviderFault> {
        let mut sessions = self.sessions();
        let session = sessions.get_mut(&asked.reference);
        let session = session.ok_or_else(|| ProviderFault::Refused("there is no such payment".to_owned()))?;
        if !matches!(session.news, Some(PaymentNews::Succeeded(paid)) if asked.total <= paid.cents) {
            return Err(ProviderFault::Refused("so much was not paid".to_owned()));
        }
        session.given_back = session.given_back.max(asked.total);
        Ok(asked.amount.cents)
    }
}

fn event_body(id: &str, kind: &str, object: &Value) -> Vec<u8> {
    json!({ "id": id, "type": kind, "data": { "object": object } }).to_string().into_bytes()
}

impl PaymentProvider for SandboxPayments {
    fn word(&self) -> &'static str {
        "sandbox"
    }

    fn signature_header(&self) -> &'static str {
        SIGNATURE
    }

    fn page_origin(&self) -> Option<&str> {
        None
    }

    fn checkout<'a>(&'a self, asked: &'a PaymentAsked) -> Work<'a, Result<CheckoutPage, ProviderFault>> {
        let reference = self.reference(asked.payment);
        let session = Session { asked: asked.clone(), step: SandboxStep::Card, news: None, given_back: Cents::ZERO, events: 0 };
        self.sessions().entry(reference.clone()).or_insert(session);
        let url = format!("{}/{reference}", self.base);
        Box::pin(async move { Ok(CheckoutPage { reference, url }) })
    }

    fn look<'a>(&'a self, reference: &'a str) -> Work<'a, Result<Option<PaymentNews>, ProviderFault>> {
        // What was asked before the program began anew has no page any more.
        let news = self.sessions().get(reference).map_or(Some(PaymentNews::Expired), |session| session.news.clone());
        Box::pin(async move { Ok(news) })
    }

    fn refund<'a>(&'a self, asked: &'a RefundAsked) -> Work<'a, Result<Cents, ProviderFault>> {
        let refunded = self.refunded(asked);
        Box::pin(async move { refunded })
    }

    fn given_back<'a>(&'a self, reference: &'a str) -> Work<'a, Result<Cents, ProviderFault>> {
        let found = self.sessions().get(reference).map(|session| session.given_back);
        let found = found.ok_or_else(|| ProviderFault::Refused("there is no such payment".to_owned()));
        Box::pin(async move { found })
    }

    fn payment_of<'a>(&'a self, name: &'a str) -> Work<'a, Result<Option<PaymentId>, ProviderFault>> {
        let found = self.sessions().get(&format!("cs_{}", name.trim_start_matches("pi_"))).map(|session| session.asked.payment);
        Box::pin(async move { Ok(found) })
    }

    fn read_callback(&self, signature: Option<&str>, body: &[u8], now: Timestamp) -> Result<Callback, CallbackRefusal> {
        if !signature::is_signed(&[self.key.as_bytes()], signature.unwrap_or_default(), body, now) {
            return Err(CallbackRefusal::Stranger);
        }
        event::read(body)
    }
}

impl PaymentSandbox for SandboxPayments {
    fn page(&self, reference: &str) -> Option<SandboxPage> {
        self.sessions().get(reference).map(|Session { asked, step, .. }| SandboxPage {
            issuer: asked.issuer,
            title: asked.title.clone(),
            amount: asked.amount,
            language: asked.language.clone(),
            step: *step,
            paid_url: asked.paid_url.clone(),
            left_url: asked.left_url.clone(),
        })
    }

    fn choose(&self, reference: &str, mood: Mood, now: Timestamp) -> Option<Chosen> {
        let mut sessions = self.sessions();
        let session = sessions.get_mut(reference)?;
        let (paid_url, left_url) = (session.asked.paid_url.clone(), session.asked.left_url.clone());
        if session.step == SandboxStep::Over {
            return Some(Chosen { callbacks: Vec::new(), goes: paid_url });
        }
        let asked = session.asked.amount;
        let (kind, status, paid) = match mood {
            Mood::Left => return Some(Chosen { callbacks: Vec::new(), goes: left_url }),
            Mood::StrongAuthentication => ("checkout.session.completed", ("complete", "unpaid"), false),
            Mood::Refusal => ("checkout.session.async_payment_failed", ("complete", "unpaid"), false),
            Mood::Expired => ("checkout.session.expired", ("expired", "unpaid"), false),
            Mood::Forged => ("checkout.session.completed", ("complete", "paid"), false),
            Mood::Success | Mood::Late | Mood::Twice | Mood::BeforeRedirect | Mood::WrongAmount | Mood::WrongCurrency => {
                ("checkout.session.completed", ("complete", "paid"), true)
            }
        };
        session.step = match mood {
            Mood::StrongAuthentication => SandboxStep::Authentication,
            Mood::Forged => session.step,
            _ => SandboxStep::Over,
        };
        let cents = asked.cents.get() + i64::from(mood == Mood::WrongAmount);
        let currency = match (mood, asked.currency.as_str()) {
            (Mood::WrongCurrency, "CHF") => "eur".to_owned(),
            (Mood::WrongCurrency, _) => "chf".to_owned(),
            (_, right) => right.to_ascii_lowercase(),
        };
        let object = json!({
            "id": reference, "client_reference_id": session.asked.payment.to_string(), "amount_total": cents,
            "currency": currency, "status": status.0, "payment_status": status.1,
        });
        session.news = match mood {
            Mood::Forged => session.news.take(),
            Mood::StrongAuthentication => Some(PaymentNews::UnderWay),
            Mood::Refusal => Some(PaymentNews::Refused("the bank refused".to_owned())),
            Mood::Expired => Some(PaymentNews::Expired),
            _ if paid => serde_json::from_value(object.clone()).ok().and_then(|told| event::news_of(&told).ok().flatten()),
            _ => None,
        };
        session.events += 1;
        let body = event_body(&format!("evt_{}_{}", &reference[3..], session.events), kind, &object);
        let delivered = match mood {
            Mood::Late => Delivered::After(self.late_s),
            Mood::Success | Mood::Twice => Delivered::Beside,
            _ => Delivered::First,
        };
        let hour = if let Delivered::After(seconds) = delivered { now.plus_seconds(seconds) } else { now };
        let key = if mood == Mood::Forged { b"somebody else's".as_slice() } else { self.key.as_bytes() };
        let callback = SandboxCallback { signature: signature::signed(key, &body, hour), body, delivered };
        let times = if mood == Mood::Twice { 2 } else { 1 };
        let goes = match mood {
            Mood::StrongAuthentication => format!("{}/{reference}", self.base),
            Mood::Refusal | Mood::Expired => left_url,
            _ => paid_url,
        };
        Some(Chosen { callbacks: vec![callback; times], goes })
    }
}

//! What Stripe's events say, as far as they are of payments of ours.

use billing::{BankAmount, Currency, PaymentNews};
use operations::payment_provider::{Callback, CallbackRefusal, Told, Whose};
use serde::Deserialize;
use std::collections::BTreeMap;
use vocabulary::{Cents, PaymentId};

/// No callback is longer, in bytes.
pub(crate) const MOST_BYTES: usize = 256 * 1024;
/// No name of an event is longer, in bytes.
const LONGEST_ID: usize = 100;

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: serde_json::Value,
}

/// A Checkout Session.
#[derive(Debug, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    client_reference_id: Option<String>,
    amount_total: Option<i64>,
    currency: Option<String>,
    status: Option<String>,
    payment_status: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) payment_intent: Option<String>,
}

#[derive(Deserialize)]
struct Charge {
    amount_refunded: i64,
    currency: String,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Dispute {
    id: String,
    amount: i64,
    currency: String,
    payment_intent: Option<String>,
    #[serde(default)]
    balance_transactions: Vec<Movement>,
}

/// What moved of the money of a dispute: less than nothing where it was taken.
#[derive(Deserialize)]
struct Movement {
    amount: i64,
    currency: String,
}

impl Dispute {
    /// How much was taken, or came again. What is disputed may be another amount than what moves, such as of what was given back in part before; where
    /// the account is in another currency only that is known.
    fn moved(&self, is_won: bool) -> i64 {
        let of_currency = || self.balance_transactions.iter().filter(|movement| movement.currency == self.currency);
        let moved: i64 =
            of_currency().map(|movement| movement.amount).filter(|amount| (*amount > 0) == is_won).map(i64::abs).sum();
        if moved > 0 { moved } else { self.amount }
    }
}

#[derive(Deserialize)]
struct Refund {
    id: String,
    amount: i64,
    currency: String,
    payment_intent: Option<String>,
    status: Option<String>,
    failure_reason: Option<String>,
}

/// A payment as Stripe calls it in what it tells of disputes and refunds.
#[derive(Deserialize)]
pub(crate) struct PaymentIntent {
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    latest_charge: Option<LatestCharge>,
}

/// Its charge: whole where it was asked for so, and its name otherwise.
#[derive(Deserialize)]
#[serde(untagged)]
enum LatestCharge {
    Whole { amount_refunded: i64 },
    Named(#[allow(dead_code, reason = "only whole charges are asked for")] String),
}

impl PaymentIntent {
    /// How much of it is given back by now.
    pub(crate) fn refunded(&self) -> i64 {
        match &self.latest_charge {
            Some(LatestCharge::Whole { amount_refunded }) => *amount_refunded,
            Some(LatestCharge::Named(_)) | None => 0,
        }
    }

    /// Which of ours it is.
    pub(crate) fn payment(&self) -> Option<PaymentId> {
        self.metadata.get("payment")?.parse().ok()
    }
}

/// Reads the body of a callback whose signature was right.
pub(crate) fn read(body: &[u8]) -> Result<Callback, CallbackRefusal> {
    let not_understood = |problem: String| CallbackRefusal::NotUnderstood(problem);
    if body.len() > MOST_BYTES {
        return Err(not_understood(format!("it is longer than {MOST_BYTES} bytes")));
    }
    let event: Event = serde_json::from_slice(body).map_err(|error| not_understood(error.to_string()))?;
    if event.id.is_empty() || event.id.len() > LONGEST_ID {
        return Err(not_understood(format!("its id is empty or longer than {LONGEST_ID} bytes")));
    }
    let object = event.data.object;
    if event.kind == "charge.refunded" {
        let charge: Charge = serde_json::from_value(object).map_err(|error| not_understood(error.to_string()))?;
        let payment = payment_of(charge.metadata.get("payment").map(String::as_str))?;
        let told = Told::GivenBack(amount(charge.amount_refunded, &charge.currency).map_err(not_understood)?);
        return Ok(Callback { event: event.id, payment: Whose::Ours(payment), reference: None, told });
    }
    if let Some((whose, told)) = taken_back(&event.kind, &object).map_err(not_understood)? {
        return Ok(Callback { event: event.id, payment: Whose::Theirs(whose), reference: None, told });
    }
    let news: fn(&Session) -> Result<Option<PaymentNews>, String> = match event.kind.as_str() {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" => news_of,
        "checkout.session.async_payment_failed" => |_| Ok(Some(PaymentNews::Refused("the bank refused".to_owned()))),
        "checkout.session.expired" => |_| Ok(Some(PaymentNews::Expired)),
        _ => return Err(CallbackRefusal::NotOurs),
    };
    let session: Session = serde_json::from_value(object).map_err(|error| not_understood(error.to_string()))?;
    let payment = payment_of(session.client_reference_id.as_deref())?;
    let news = news(&session).map_err(not_understood)?.ok_or(CallbackRefusal::NotOurs)?;
    Ok(Callback { event: event.id, payment: Whose::Ours(payment), reference: Some(session.id), told: Told::News(news) })
}

/// What is told of disputes and of refunds that did not arrive, and of which payment; `None` for anything else. A dispute that takes no money tells nothing.
fn taken_back(kind: &str, object: &serde_json::Value) -> Result<Option<(String, Told)>, String> {
    let problem = |error: serde_json::Error| error.to_string();
    let (whose, told) = match kind {
        "charge.dispute.funds_withdrawn" | "charge.dispute.funds_reinstated" => {
            let dispute = Dispute::deserialize(object).map_err(problem)?;
            let is_won = kind.ends_with("reinstated");
            let (amount, whose) = (amount(dispute.moved(is_won), &dispute.currency)?, dispute.payment_intent);
            let dispute = dispute.id;
            (whose, if is_won { Told::Reinstated { dispute, amount } } else { Told::Withdrawn { dispute, amount } })
        }
        // The name of the event changed with Stripe's versions; both may come for one refund.
        "refund.failed" | "refund.updated" | "charge.refund.updated" => {
            let refund = Refund::deserialize(object).map_err(problem)?;
            if refund.status.as_deref() != Some("failed") {
                return Ok(None);
            }
            let why = refund.failure_reason.unwrap_or_else(|| "no reason is told".to_owned());
            let amount = amount(refund.amount, &refund.currency)?;
            (refund.payment_intent, Told::RefundFailed { refund: refund.id, amount, why })
        }
        _ => return Ok(None),
    };
    Ok(whose.map(|whose| (whose, told)))
}

/// How a session stands; `None` where nothing came of it yet.
pub(crate) fn news_of(session: &Session) -> Result<Option<PaymentNews>, String> {
    match (session.payment_status.as_deref(), session.status.as_deref()) {
        (Some("paid"), _) => {
            let (Some(total), Some(currency)) = (session.amount_total, &session.currency) else {
                return Err("a paid session says no amount or no currency".to_owned());
            };
            Ok(Some(PaymentNews::Succeeded(amount(total, currency)?)))
        }
        (_, Some("expired")) => Ok(Some(PaymentNews::Expired)),
        (_, Some("complete")) => Ok(Some(PaymentNews::UnderWay)),
        _ => Ok(None),
    }
}

fn payment_of(text: Option<&str>) -> Result<PaymentId, CallbackRefusal> {
    text.and_then(|text| text.parse().ok()).ok_or(CallbackRefusal::NotOurs)
}

fn amount(cents: i64, currency: &str) -> Result<BankAmount, String> {
    let currency = Currency::try_from(currency.to_ascii_uppercase()).map_err(|error| error.to_string())?;
    Ok(BankAmount { cents: Cents::new(cents), currency })
}

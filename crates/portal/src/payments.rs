//! Payments by card: what is owed and how much of it is paid now, what became of it, what was paid before, and what staff has to look at
//! (CUS-09, FLT-17, BIL-07).

pub(crate) mod callback;
pub mod list;
pub mod new;
pub mod problems;
pub mod sandbox;
pub mod show;

use crate::Page;
use operations::payments::{BankAmount, KeptPayment, NotedMeans, PaymentState, is_disputed};

/// An amount in its currency's sign, or word.
fn money(page: &Page, amount: BankAmount) -> String {
    match amount.currency.as_str() {
        "EUR" => page.money(amount.cents.money()),
        other => format!("{}\u{a0}{other}", amount.cents),
    }
}

/// The class of a state's badge and its name.
fn state(page: &Page, payment: &KeptPayment) -> (&'static str, &'static str) {
    match (payment.kind.as_str(), payment.state) {
        ("refund", PaymentState::Refused) if is_disputed(payment) => ("ended", page.t("payment-state-dispute-over")),
        ("refund", PaymentState::Succeeded) if is_disputed(payment) => ("failed", page.t("payment-state-disputed")),
        ("refund", PaymentState::Succeeded) => ("active", page.t("payment-state-given-back")),
        ("refund", PaymentState::Refused) => ("ended", page.t("payment-state-came-again")),
        (_, PaymentState::Succeeded) => ("active", page.t("payment-state-succeeded")),
        (_, PaymentState::Asked) => ("in-progress", page.t("payment-state-asked")),
        (_, PaymentState::UnderWay) => ("in-progress", page.t("payment-state-under-way")),
        (_, PaymentState::Refused) if NotedMeans::of(payment).is_some() => ("ended", page.t("payment-state-taken-back")),
        (_, PaymentState::Refused) => ("failed", page.t("payment-state-refused")),
        (_, PaymentState::Expired) => ("failed", page.t("payment-state-expired")),
    }
}

/// When it came: of what somebody noted only the day is known.
fn when(page: &Page, payment: &KeptPayment) -> String {
    match NotedMeans::of(payment) {
        Some(_) => page.long_day(payment.asked.to_local(&page.zone).date()),
        None => page.moment(payment.asked),
    }
}

/// By what it was paid.
fn means(page: &Page, payment: &KeptPayment) -> &'static str {
    match payment.kind.as_str() {
        "transfer" => match NotedMeans::of(payment) {
            Some(NotedMeans::Cheque) => page.t("payment-by-cheque"),
            Some(NotedMeans::Cash) => page.t("payment-by-cash"),
            Some(NotedMeans::Transfer) | None => page.t("payment-by-transfer"),
        },
        "direct_debit" => page.t("payment-by-debit"),
        "refund" if is_disputed(payment) => page.t("payment-dispute"),
        "refund" => page.t("payment-refund"),
        _ => page.t("payment-by-card"),
    }
}

//! `/payments`: what was paid for an account, and what was given back.

use super::{means, money, state, when};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use operations::payments::{self, BankAmount, KeptPayment};
use vocabulary::BillingAccountId;

/// The page.
#[derive(Template)]
#[template(path = "payments/list.html")]
pub struct PaymentsPage {
    /// Its frame.
    pub page: Page,
    /// Which account, and what the customer calls it.
    pub account: (BillingAccountId, String),
    /// The latest first.
    pub payments: Vec<KeptPayment>,
    /// What the account owes; `None` for who may not pay.
    pub owed: Option<BankAmount>,
}

impl PaymentsPage {
    fn money(&self, payment: &KeptPayment) -> String {
        let BankAmount { cents, currency } = payment.amount;
        let cents = if payment.gives_back.is_some() { -cents } else { cents };
        money(&self.page, BankAmount { cents, currency })
    }

    fn when(&self, payment: &KeptPayment) -> String {
        when(&self.page, payment)
    }

    fn state(&self, payment: &KeptPayment) -> (&'static str, &'static str) {
        state(&self.page, payment)
    }

    fn means(&self, payment: &KeptPayment) -> &'static str {
        means(&self.page, payment)
    }

    fn owes(&self) -> bool {
        self.owed.is_some_and(|owed| owed.cents.is_positive())
    }
}

/// Shows the payments of an account.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let Some(query) = query.filter(|query| !query.is_empty()) else { return Ok(see_other("/invoices")) };
    let account = query.strip_prefix("account=").and_then(|id| id.parse().ok()).ok_or(Stop::NOT_FOUND)?;
    let account = BillingAccountId(account);
    let found = payments::of_account(&app.house, &signed.actor, account).await?;
    let (name, payments) = found.ok_or(Stop::NOT_FOUND)?;
    let owed = payments::owed(&app.house, &signed.actor, account).await?;
    let page = Page { here: format!("/payments?account={account}"), ..signed.page };
    html(&PaymentsPage { page, account: (account, name), payments, owed })
}

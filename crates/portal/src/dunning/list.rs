//! The list of accounts that do not pay.

use super::{next_words, state};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use operations::dunning::{
    DunningRow,
    desk::{self, DunningDesk},
};

/// Accounts on a page.
const ROWS: usize = 50;
/// No page lies further back.
const LAST_PAGE: usize = 10_000;

/// The page.
#[derive(Template)]
#[template(path = "dunning/list.html")]
pub struct LateAccountsPage {
    /// Its frame.
    pub page: Page,
    /// Which page of them, from 0 on.
    pub number: usize,
    /// The accounts.
    pub desk: DunningDesk,
}

impl LateAccountsPage {
    fn state(&self, row: &DunningRow) -> (&'static str, &'static str) {
        state(&self.page, &row.kept)
    }

    fn next(&self, row: &DunningRow) -> Option<String> {
        row.kept.next.filter(|_| row.kept.hold.is_none()).map(|next| next_words(&self.page, next))
    }

    fn held(&self, row: &DunningRow) -> Option<String> {
        row.kept.hold.as_ref().map(|hold| self.page.ta("dunning-held-until", self.page.long_day(hold.until)))
    }

    /// What was late at the last step; nothing before there was one.
    fn amount(&self, row: &DunningRow) -> String {
        if row.kept.amount.is_zero() { String::new() } else { self.page.money(row.kept.amount.money()) }
    }

    fn newer(&self) -> Option<String> {
        self.number.checked_sub(1).map(url)
    }

    fn older(&self) -> Option<String> {
        self.desk.has_more.then(|| url(self.number + 1))
    }
}

fn url(number: usize) -> String {
    if number == 0 { "/invoices/late".to_owned() } else { format!("/invoices/late?page={number}") }
}

fn number(query: &str) -> usize {
    let page = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page");
    page.and_then(|(_, value)| value.parse::<usize>().ok()).unwrap_or(0).min(LAST_PAGE)
}

/// Shows the list.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let number = number(query.as_deref().unwrap_or_default());
    let desk = desk::desk(&app.house, &signed.actor, (number * ROWS, ROWS)).await?.ok_or(Stop::NOT_FOUND)?;
    html(&LateAccountsPage { page: Page { here: url(number), ..signed.page }, number, desk })
}

//! The list of resellers: whom they are, what they have, and what they were billed last.

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{extract::State, response::Response};
use operations::reseller::{self, ResellerInvoice, ResellerRow};

/// The page.
#[derive(Template)]
#[template(path = "resellers/list.html")]
pub struct ResellersPage {
    /// Its frame.
    pub page: Page,
    /// The resellers, by name.
    pub resellers: Vec<ResellerRow>,
}

impl ResellersPage {
    /// How many are not billed, because nobody is there to be billed.
    fn without_company(&self) -> i64 {
        let without = self.resellers.iter().filter(|reseller| reseller.company.is_none() && reseller.lines > 0);
        i64::try_from(without.count()).unwrap_or(i64::MAX)
    }

    fn without_words(&self) -> String {
        self.page.tn("resellers-without", self.without_company())
    }

    fn amount(&self, invoice: &ResellerInvoice) -> String {
        self.page.money(invoice.gross.money())
    }
}

/// Shows the list.
pub(crate) async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    let resellers = reseller::list(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    html(&ResellersPage { page: Page { here: "/resellers".to_owned(), ..signed.page }, resellers })
}

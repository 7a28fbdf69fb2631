//! `/payments/problems`: what payment providers told that counts nothing, for staff to look at (BIL-07).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{extract::State, response::Response};
use operations::payments::{self, CallbackAside};

/// The page.
#[derive(Template)]
#[template(path = "payments/problems.html")]
pub struct PaymentProblemsPage {
    /// Its frame.
    pub page: Page,
    /// The latest first.
    pub problems: Vec<CallbackAside>,
}

/// Shows what somebody has to look at.
pub(crate) async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    let problems = payments::problems(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    html(&PaymentProblemsPage { page: Page { here: "/payments/problems".to_owned(), ..signed.page }, problems })
}

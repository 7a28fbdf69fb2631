//! `/payments/problems`: what payment providers told that counts nothing, for staff to look at and to say what it was (BIL-07).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::payments::{self, LONGEST_SAID, Problems, SettleRefusal};

const HERE: &str = "/payments/problems";

/// The page.
#[derive(Template)]
#[template(path = "payments/problems.html")]
pub struct PaymentProblemsPage {
    /// Its frame.
    pub page: Page,
    /// What waits, and what somebody looked at.
    pub problems: Problems,
    /// Why nothing was settled.
    pub refusal: Option<SettleRefusal>,
    /// Was something settled a moment ago?
    pub is_settled: bool,
}

impl PaymentProblemsPage {
    fn refusal_words(&self, refusal: &SettleRefusal) -> String {
        match refusal {
            SettleRefusal::Over => self.page.t("bank-decided-before").to_owned(),
            SettleRefusal::Said(None) => self.page.t("bank-say-what").to_owned(),
            SettleRefusal::Said(Some(sign)) => self.page.label_words(*sign, self.page.t("bank-say-what")),
        }
    }
}

async fn page(app: &App, signed: Signed) -> Result<PaymentProblemsPage, Stop> {
    let problems = payments::problems(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: HERE.to_owned(), ..signed.page };
    Ok(PaymentProblemsPage { page, problems, refusal: None, is_settled: false })
}

/// Shows what somebody has to look at.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    html(&PaymentProblemsPage { is_settled: query.as_deref() == Some("done=yes"), ..page(&app, signed).await? })
}

/// Says what something was.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    settling(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn settling(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let said: String = posted.field("what").chars().take(LONGEST_SAID + 1).collect();
    let event = (posted.field("provider"), posted.field("event"));
    match payments::settle(&app.house, &signed.actor, event, &said).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("{HERE}?done=yes"))),
        Err(refusal) => {
            let status = if refusal == SettleRefusal::Over { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let shown = PaymentProblemsPage { refusal: Some(refusal), ..page(app, signed).await? };
            Ok((status, html(&shown)?).into_response())
        }
    }
}

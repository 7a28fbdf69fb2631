//! `/lines/{id}/account`: which billing account pays for a line (FLT-09).

use super::services::line_name;
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::line_account::{self, AccountRefusal, AccountShown};
use vocabulary::{BillingAccountId, LineId, Party};

/// The page.
#[derive(Template)]
#[template(path = "lines/account.html")]
pub struct AccountPage {
    /// Its frame.
    pub page: Page,
    /// Who pays, and who could.
    pub shown: AccountShown,
    /// Why it was not changed.
    pub refusal: Option<AccountRefusal>,
    /// Was it changed a moment ago?
    pub is_done: bool,
}

impl AccountPage {
    fn name(&self) -> String {
        let number = if let Party::Number(number) = self.shown.kept.number { Some(number) } else { None };
        line_name(&self.page, number, &self.shown.kept.user)
    }

    /// The account that the form begins with: the one that will pay.
    fn is_payer(&self, account: &BillingAccountId) -> bool {
        let kept = &self.shown.kept;
        kept.planned.as_ref().map_or(kept.account.0, |(id, ..)| *id) == *account
    }

    fn pays_now(&self, account: &BillingAccountId) -> bool {
        self.shown.kept.account.0 == *account
    }

    fn has_choice(&self) -> bool {
        !self.shown.is_over && self.shown.accounts.len() > 1
    }

    fn refusal_words(&self, refusal: &AccountRefusal) -> &'static str {
        match refusal {
            AccountRefusal::Over => self.page.t("refusal-over"),
            AccountRefusal::Same => self.page.t("payer-same"),
            AccountRefusal::Unknown => self.page.t("payer-unknown"),
            AccountRefusal::NothingPlanned => self.page.t("done-too-late"),
        }
    }
}

async fn shown(app: &App, signed: Signed, id: LineId) -> Result<AccountPage, Stop> {
    let shown = line_account::account(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("/lines/{id}/account"), ..signed.page };
    Ok(AccountPage { page, shown, refusal: None, is_done: false })
}

/// Shows who pays.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let is_done = query.as_deref() == Some("done=yes");
    html(&AccountPage { is_done, ..shown(&app, signed, id).await? })
}

/// Has another account pay.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    chosen(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn chosen(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let account = posted.field("account").parse().map_or(BillingAccountId(0), BillingAccountId);
    let came = line_account::plan(&app.house, &signed.actor, id, account).await?.ok_or(Stop::NOT_FOUND)?;
    answer(app, signed, id, came.map(drop)).await
}

/// Takes back what is planned.
pub(crate) async fn take_back(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    taken_back(&app, signed, &id).await.map_err(IntoResponse::into_response)
}

async fn taken_back(app: &App, signed: Signed, id: &str) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let came = line_account::take_back(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    answer(app, signed, id, came).await
}

async fn answer(app: &App, signed: Signed, id: LineId, came: Result<(), AccountRefusal>) -> Result<Response, Stop> {
    match came {
        Ok(()) => Ok(see_other(&format!("/lines/{id}/account?done=yes"))),
        Err(refusal) => {
            let page = AccountPage { refusal: Some(refusal), ..shown(app, signed, id).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

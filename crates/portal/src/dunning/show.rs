//! One account that does not pay: what is open, how far it went, the hold, disputes, and fees.

use super::{next_words, state};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::dunning::desk::{self, HoldRefusal, LONGEST_HOLD_DAYS, LONGEST_REASON, ShownDunning};
use vocabulary::{BillingAccountId, Cents, InvoiceId};

/// The page.
#[derive(Template)]
#[template(path = "dunning/show.html")]
pub struct LateAccountPage {
    /// Its frame.
    pub page: Page,
    /// The account.
    pub shown: ShownDunning,
    /// Why what was asked is not done.
    pub refusal: Option<HoldRefusal>,
}

impl LateAccountPage {
    fn state(&self) -> (&'static str, &'static str) {
        state(&self.page, &self.shown.row.kept)
    }

    fn next(&self) -> Option<String> {
        let kept = &self.shown.row.kept;
        kept.next.filter(|_| kept.hold.is_none()).map(|next| next_words(&self.page, next))
    }

    /// May this reader put it on hold?
    fn may_hold(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::HoldDunning))
    }

    fn money(&self, amount: &Cents) -> String {
        self.page.money(amount.money())
    }

    /// The last day that a hold may have.
    fn last_day(&self) -> String {
        self.shown.today.saturating_add(jiff::Span::new().days(LONGEST_HOLD_DAYS)).to_string()
    }

    fn hold_words(&self) -> Option<String> {
        let hold = self.shown.row.kept.hold.as_ref()?;
        let values = [
            ("day", self.page.long_day(hold.until).into()),
            ("by", hold.by.as_str().into()),
            ("reason", hold.reason.as_str().into()),
        ];
        Some(self.page.locale.text_with("dunning-hold-words", values))
    }

    fn refusal_words(&self) -> Option<String> {
        Some(match self.refusal? {
            HoldRefusal::Reason => self.page.t("dunning-reason-wrong").to_owned(),
            HoldRefusal::End(last) => self.page.ta("dunning-end-wrong", self.page.long_day(last)),
            HoldRefusal::Changed => self.page.t("transfer-changed").to_owned(),
        })
    }
}

fn url(account: BillingAccountId) -> String {
    format!("/invoices/late/{account}")
}

async fn page(app: &App, signed: Signed, account: BillingAccountId) -> Result<LateAccountPage, Stop> {
    let shown = desk::shown(&app.house, &signed.actor, account).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(LateAccountPage { page: Page { here: url(account), ..signed.page }, shown, refusal: None })
}

/// Shows an account.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: BillingAccountId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&page(&app, signed, id).await?)
}

/// Puts an account on hold, or ends its hold.
pub(crate) async fn hold(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id: BillingAccountId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let asked = match posted.field("what") {
        "release" => Ok(None),
        _ => posted.field("until").parse().map(|until| Some((until, posted.field("reason")))),
    };
    let came = match asked {
        Ok(asked) => desk::hold(&app.house, &signed.actor, id, asked).await,
        // What is no day is told with the days that there are.
        Err(_) => desk::hold(&app.house, &signed.actor, id, Some((jiff::civil::Date::MIN, "–"))).await,
    };
    answer(&app, signed, id, came.map_err(|error| Stop::from(error).into_response())?).await
}

/// Notes that an invoice is disputed, or that it is not any more.
pub(crate) async fn dispute(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id: BillingAccountId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let invoice: InvoiceId = posted.field("invoice").parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let why = (posted.field("what") != "settle").then(|| posted.field("reason"));
    let came = desk::dispute(&app.house, &signed.actor, invoice, why).await;
    let came = came.map_err(|error| Stop::from(error).into_response())?;
    answer(&app, signed, id, came.map(|came| came.map(|_| ()))).await
}

/// Takes the fee of an invoice back.
pub(crate) async fn take_fee_back(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id: BillingAccountId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let invoice: InvoiceId = posted.field("invoice").parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let came = desk::take_fee_back(&app.house, &signed.actor, (id, invoice)).await;
    let came = came.map_err(|error| Stop::from(error).into_response())?;
    answer(&app, signed, id, came.map(Ok)).await
}

async fn answer(
    app: &App,
    signed: Signed,
    account: BillingAccountId,
    came: Option<Result<(), HoldRefusal>>,
) -> Result<Response, Response> {
    match came {
        None => Err(Stop::NOT_FOUND.into_response()),
        Some(Ok(())) => Ok(see_other(&url(account))),
        Some(Err(refusal)) => {
            let shown = page(app, signed, account).await.map_err(IntoResponse::into_response)?;
            let shown = LateAccountPage { refusal: Some(refusal), ..shown };
            Ok((StatusCode::CONFLICT, html(&shown).map_err(IntoResponse::into_response)?).into_response())
        }
    }
}

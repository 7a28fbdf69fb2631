//! `/lines/{id}/convergence`: calls to a fixed line ring a mobile line of the account as well: who may have it, for what price, and why not (TEL-11).

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
use operations::{
    convergence::{self, AccountMobile, Barrier, Came, ConvergenceShown},
    line_change::{self, Refusal},
};
use vocabulary::{LineId, Party};

/// The page.
#[derive(Template)]
#[template(path = "lines/convergence.html")]
pub struct ConvergencePage {
    /// Its frame.
    pub page: Page,
    /// How the line stands.
    pub shown: ConvergenceShown,
    /// Why what was asked for cannot be.
    pub refusal: Option<Refusal>,
    /// Is it something else than what was confirmed?
    pub has_changed: bool,
    /// Was something done a moment ago?
    pub is_done: bool,
}

impl ConvergencePage {
    fn name(&self) -> String {
        line_name(&self.page, self.shown.number, &self.shown.user)
    }

    fn mobile(&self, mobile: &AccountMobile) -> String {
        line_name(&self.page, Some(mobile.number), &mobile.user)
    }

    fn is_chosen(&self, mobile: &AccountMobile) -> bool {
        self.shown.rings_with == Some(mobile.number)
    }

    /// The number that rings too, or is to.
    fn rings_with(&self) -> Option<String> {
        Some(self.page.party(&Party::Number(self.shown.rings_with?)))
    }

    /// Was a mobile line chosen that is not there to be chosen any more?
    fn is_gone(&self) -> bool {
        self.shown.may_choose
            && self.shown.held.is_some()
            && !self.shown.mobiles.iter().any(|mobile| Some(mobile.number) == self.shown.rings_with)
    }

    /// Has the line the option, or is it to have it?
    fn is_there(&self) -> bool {
        self.shown.held.is_some() || self.shown.is_underway
    }

    fn barrier(&self, barrier: &Barrier) -> String {
        match barrier {
            Barrier::OtherPlan(offers) if offers.is_empty() => self.page.t("convergence-no-plan").to_owned(),
            Barrier::OtherPlan(offers) => self.page.ta("convergence-other-plan", offers.join(", ")),
            Barrier::NoMobile => self.page.t("convergence-no-mobile").to_owned(),
            Barrier::Line(refusal) => self.page.not_now(refusal).to_owned(),
        }
    }
}

async fn found(app: &App, signed: Signed, id: LineId) -> Result<Option<ConvergencePage>, Stop> {
    let language = signed.page.locale.tag();
    let shown = convergence::convergence(&app.house, &signed.actor, id, language).await?;
    let page = Page { here: format!("/lines/{id}/convergence"), ..signed.page };
    Ok(shown.map(|shown| ConvergencePage { page, shown, refusal: None, has_changed: false, is_done: false }))
}

async fn shown(app: &App, signed: Signed, id: LineId) -> Result<ConvergencePage, Stop> {
    found(app, signed, id).await?.ok_or(Stop::NOT_FOUND)
}

/// Shows how the line stands.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let is_done = query.as_deref() == Some("done=yes");
    let actor = signed.actor.clone();
    if let Some(page) = found(&app, signed, id).await? {
        return html(&ConvergencePage { is_done, ..page });
    }
    // A line that could never ring with another has its own page.
    line_change::life(&app.house, &actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(see_other(&format!("/lines/{id}")))
}

/// Begins it with a mobile line, or takes another one.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    begin(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn begin(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let mobile: LineId = posted.field("mobile").parse().map_err(|_| Stop::NOT_FOUND)?;
    let came = convergence::begin(&app.house, &signed.actor, id, (mobile, posted.field("digest"))).await?;
    let (refusal, has_changed) = match came.ok_or(Stop::NOT_FOUND)? {
        Came::Done => return Ok(done(id)),
        Came::Changed => (None, true),
        Came::Refused(refusal) => (Some(refusal), false),
    };
    let page = ConvergencePage { refusal, has_changed, ..shown(app, signed, id).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

fn done(id: LineId) -> Response {
    see_other(&format!("/lines/{id}/convergence?done=yes"))
}

/// Plans its end.
pub(crate) async fn end(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    ended(&app, signed, &id).await.map_err(IntoResponse::into_response)
}

async fn ended(app: &App, signed: Signed, id: &str) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    match convergence::end(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(done(id)),
        Err(refusal) => {
            let page = ConvergencePage { refusal: Some(refusal), ..shown(app, signed, id).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

/// Takes a planned end back.
pub(crate) async fn keep(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    kept(&app, signed, &id).await.map_err(IntoResponse::into_response)
}

async fn kept(app: &App, signed: Signed, id: &str) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let was_taken_back = convergence::keep(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(if was_taken_back { done(id) } else { see_other(&format!("/lines/{id}/convergence")) })
}

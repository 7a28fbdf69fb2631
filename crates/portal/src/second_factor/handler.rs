//! `/account/second-factor`: looking at it, and switching one-time codes on and off.

use super::{FactorDone, FactorRefusal, RecoveryMade, RecoveryPage, SecondFactorPage};
use crate::{
    Page,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    Actor,
    passkey::PasskeyRefusal,
    second_factor::{self, CodeRefusal, Missing, RecoveryCodes},
};

/// Where all of it is.
pub(crate) const HERE: &str = "/account/second-factor";

/// Shows it.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let done = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes()).find(|(name, _)| name == "done").and_then(
        |(_, value)| match value.as_ref() {
            "codes" => Some(FactorDone::CodesEnded),
            "passkey" => Some(FactorDone::PasskeyAdded),
            "passkey-removed" => Some(FactorDone::PasskeyRemoved),
            _ => None,
        },
    );
    html(&SecondFactorPage { done, ..page(&app, signed).await? })
}

/// What somebody has to do before anything else.
pub(crate) async fn missing(app: &App, actor: &Actor) -> Result<Option<Missing>, Stop> {
    Ok(second_factor::missing(&app.house, actor).await?)
}

/// Makes a seed.
pub(crate) async fn begin(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let begun = second_factor::begin(&app.house, &signed.actor, posted.field("password")).await;
    match begun.map_err(fault)? {
        Ok(()) => Ok(see_other(HERE)),
        Err(refusal) => refused(&app, signed, FactorRefusal::Codes(refusal)).await,
    }
}

/// Switches codes on, and shows the recovery codes.
pub(crate) async fn confirm(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let was_missing = second_factor::missing(&app.house, &signed.actor).await.map_err(fault)?.is_some();
    let confirmed = second_factor::confirm(&app.house, &signed.actor, posted.field("code"), &links).await;
    let next = if was_missing { "/" } else { HERE };
    codes(&app, signed, confirmed.map_err(fault)?, (RecoveryMade::First, next)).await
}

/// Makes other recovery codes, and shows them.
pub(crate) async fn renew(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let proof = (posted.field("password"), posted.field("code"));
    let renewed = second_factor::renew_recovery_codes(&app.house, &signed.actor, proof, &links).await;
    codes(&app, signed, renewed.map_err(fault)?, (RecoveryMade::Again, HERE)).await
}

/// Switches codes off.
pub(crate) async fn end(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let proof = (posted.field("password"), posted.field("code"));
    let ended = second_factor::end(&app.house, &signed.actor, proof, &links).await;
    match ended.map_err(fault)? {
        Ok(()) => Ok(see_other("/account/second-factor?done=codes")),
        Err(refusal) => refused(&app, signed, FactorRefusal::Ending(refusal)).await,
    }
}

async fn codes(
    app: &App,
    signed: Signed,
    codes: Result<RecoveryCodes, CodeRefusal>,
    (made, next): (RecoveryMade, &'static str),
) -> Result<Response, Response> {
    match codes {
        Ok(codes) => {
            html(&RecoveryPage { page: Page { here: HERE.to_owned(), ..signed.page }, codes, made, next }).map_err(fault)
        }
        Err(refusal) => refused(app, signed, FactorRefusal::Codes(refusal)).await,
    }
}

/// The page with what was refused.
pub(super) async fn refused(app: &App, signed: Signed, refusal: FactorRefusal) -> Result<Response, Response> {
    let status = match refusal {
        FactorRefusal::Codes(CodeRefusal::Wait(_))
        | FactorRefusal::Ending(CodeRefusal::Wait(_))
        | FactorRefusal::Adding(PasskeyRefusal::Wait(_))
        | FactorRefusal::Removing(_, PasskeyRefusal::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = SecondFactorPage { refusal: Some(refusal), ..page(app, signed).await.map_err(fault)? };
    Ok((status, html(&shown).map_err(fault)?).into_response())
}

pub(super) fn fault(error: impl Into<Stop>) -> Response {
    error.into().into_response()
}

async fn page(app: &App, signed: Signed) -> Result<SecondFactorPage, Stop> {
    let factor = second_factor::state(&app.house, &signed.actor, &signed.page.brand.name).await?;
    let mut shown = SecondFactorPage { page: Page { here: HERE.to_owned(), ..signed.page }, factor, done: None, refusal: None };
    // Nothing else opens before.
    if shown.is_missing() {
        shown.page.menu.clear();
    }
    Ok(shown)
}

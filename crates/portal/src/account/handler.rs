//! `/account`: looking at it, and the changes that it offers.

use super::{AccountForm, AccountPage};
use crate::{
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::account::{self, AccountRefusal};
use vocabulary::SessionId;

/// Shows it.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let done = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes()).find(|(name, _)| name == "done").and_then(
        |(_, value)| match value.as_ref() {
            "password" => Some(AccountForm::Password),
            "identifier" => Some(AccountForm::Identifier),
            "sessions" => Some(AccountForm::Sessions),
            _ => None,
        },
    );
    html(&AccountPage { done, ..page(&app, signed).await? })
}

/// Changes the password.
pub(crate) async fn password(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let typed = (posted.field("old"), posted.field("new"));
    let changed = account::change_password(&app.house, &signed.actor, typed, &links).await;
    let changed = changed.map_err(|error| Stop::from(error).into_response())?;
    answer(&app, signed, (AccountForm::Password, ""), changed).await
}

/// Changes the identifier of one's own.
pub(crate) async fn identifier(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let typed = (posted.field("identifier"), posted.field("password"));
    let changed = account::change_identifier(&app.house, &signed.actor, typed, &links).await;
    let changed = changed.map_err(|error| Stop::from(error).into_response())?;
    answer(&app, signed, (AccountForm::Identifier, typed.0), changed).await
}

/// Ends a session, or all but this one.
pub(crate) async fn end(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let fault = |error| Stop::from(error).into_response();
    match posted.find("session") {
        None => account::end_other_sessions(&app.house, &signed.actor).await.map_err(fault)?,
        Some(id) => {
            let id: SessionId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
            if !account::end_session(&app.house, &signed.actor, id).await.map_err(fault)? {
                return Err(Stop::NOT_FOUND.into_response());
            }
        }
    }
    Ok(see_other("/account?done=sessions"))
}

async fn answer(
    app: &App,
    signed: Signed,
    (form, wanted): (AccountForm, &str),
    changed: Result<(), AccountRefusal>,
) -> Result<Response, Response> {
    let Err(refusal) = changed else {
        return Ok(see_other(if form == AccountForm::Password { "/account?done=password" } else { "/account?done=identifier" }));
    };
    let status = match refusal {
        AccountRefusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let wanted = wanted.chars().take(account::IDENTIFIER_LENGTHS.1).collect();
    let shown =
        AccountPage { refusal: Some((form, refusal)), wanted, ..page(app, signed).await.map_err(IntoResponse::into_response)? };
    Ok((status, html(&shown).map_err(IntoResponse::into_response)?).into_response())
}

async fn page(app: &App, signed: Signed) -> Result<AccountPage, Stop> {
    let account = account::account(&app.house, &signed.actor).await?;
    Ok(AccountPage {
        page: crate::Page { here: "/account".to_owned(), ..signed.page },
        account,
        current: signed.actor.session,
        done: None,
        refusal: None,
        wanted: String::new(),
    })
}

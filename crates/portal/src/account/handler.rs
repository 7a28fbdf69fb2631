//! `/account`: looking at it, and the changes that it offers.

use super::{AccountForm, AccountPage, Refusal};
use crate::{
    answer::{Stop, html, see_other},
    proof,
    server::App,
    session::{Posted, Signed, Visitor},
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{account, factor_removal, first_access::Address};
use vocabulary::SessionId;

/// Shows it.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let word = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done").map(|(_, word)| word);
    let done = AccountForm::WORDS.into_iter().find(|(known, _)| word.as_deref() == Some(*known)).map(|(_, form)| form);
    let links = app.links(&visitor.brand, &headers);
    html(&AccountPage { done, ..page(&app, signed, &links).await? })
}

/// Changes the password. The one before is asked each time (CUS-05), however fresh the last proof is.
pub(crate) async fn password(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let stop = |error| Stop::from(error).into_response();
    let changed = match proof::with(&app, &signed.actor, &posted, &links).await.map_err(IntoResponse::into_response)? {
        Err(refusal) => Err(Refusal::Proof(refusal)),
        Ok(fresh) => {
            let changed = account::change_password(&app.house, fresh, posted.field("new"), &links).await;
            changed.map_err(stop)?.map_err(Refusal::Account)
        }
    };
    answer(&app, signed, (AccountForm::Password, ""), (changed, &links)).await
}

/// Changes the identifier of one's own.
pub(crate) async fn identifier(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let wanted = posted.field("identifier");
    let changed = match proof::of(&app, &signed.actor, &posted, &links).await.map_err(IntoResponse::into_response)? {
        Err(refusal) => Err(Refusal::Proof(refusal)),
        Ok(fresh) => {
            let changed = account::change_identifier(&app.house, fresh, wanted, &links).await;
            changed.map_err(|error| Stop::from(error).into_response())?.map_err(Refusal::Account)
        }
    };
    answer(&app, signed, (AccountForm::Identifier, wanted), (changed, &links)).await
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

/// Stops the removal of one's own codes and passkeys that somebody asked a desk for.
pub(crate) async fn keep_factors(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let stopped = factor_removal::stop(&app.house, &signed.actor).await;
    let was_to_come = stopped.map_err(|error| Stop::from(error).into_response())?;
    Ok(see_other(if was_to_come { "/account?done=factors-kept" } else { "/account" }))
}

async fn answer(
    app: &App,
    signed: Signed,
    (form, wanted): (AccountForm, &str),
    (changed, links): (Result<(), Refusal>, &Address),
) -> Result<Response, Response> {
    let Err(refusal) = changed else {
        return Ok(see_other(if form == AccountForm::Password { "/account?done=password" } else { "/account?done=identifier" }));
    };
    let status = match refusal {
        Refusal::Proof(refusal) => proof::status(refusal),
        Refusal::Account(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let wanted = wanted.chars().take(account::IDENTIFIER_LENGTHS.1).collect();
    let shown = AccountPage {
        refusal: Some((form, refusal)),
        wanted,
        ..page(app, signed, links).await.map_err(IntoResponse::into_response)?
    };
    Ok((status, html(&shown).map_err(IntoResponse::into_response)?).into_response())
}

async fn page(app: &App, signed: Signed, links: &Address) -> Result<AccountPage, Stop> {
    let account = account::account(&app.house, &signed.actor).await?;
    let ways = crate::proof::ways(app, &signed, links).await?;
    Ok(AccountPage {
        factors_removed_at: factor_removal::due(&app.house, &signed.actor).await?,
        ways,
        page: crate::Page { here: "/account".to_owned(), ..signed.page },
        account,
        current: signed.actor.session,
        done: None,
        refusal: None,
        wanted: String::new(),
    })
}

//! Passkeys of one's own login: adding one takes two requests, the first of which a script makes.

use super::{
    FactorRefusal,
    handler::{fault, refused},
    passkey_words,
};
use crate::{
    Page,
    answer::{Stop, see_other},
    proof::typed,
    server::{App, HostBrand},
    session::Posted,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use operations::{
    first_access::Address,
    passkey::{self, PasskeyRefusal, Site},
};
use vocabulary::PasskeyId;

/// The place where a passkey is asked for.
pub(crate) fn site<'a>(brand: &'a HostBrand, links: &'a Address, csrf: &'a str) -> Site<'a> {
    Site { door: brand.door, links, name: &brand.look.name, browser: csrf }
}

/// What a script gets that asked for a challenge.
pub(crate) fn challenge(options: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], options).into_response()
}

/// What it gets that may not ask.
pub(crate) fn refused_challenge(page: &Page, refusal: PasskeyRefusal) -> Response {
    let status = match refusal {
        PasskeyRefusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, challenge(serde_json::json!({ "refusal": passkey_words(page, refusal) }).to_string())).into_response()
}

/// Says what a browser needs to make a passkey.
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let brand = &posted.visitor.brand;
    let links = app.links(brand, &headers);
    let asked = (posted.field("name"), typed(&posted));
    let asked = passkey::begin_adding(&app.house, &signed.actor, site(brand, &links, &signed.page.csrf), asked).await;
    match asked.map_err(fault)? {
        Ok(options) => Ok(challenge(options)),
        Err(refusal) => Ok(refused_challenge(&signed.page, refusal)),
    }
}

/// Adds the passkey that the browser made.
pub(crate) async fn add(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let brand = &posted.visitor.brand;
    let links = app.links(brand, &headers);
    let site = site(brand, &links, &signed.page.csrf);
    let added = passkey::add(&app.house, &signed.actor, site, posted.field("answer")).await;
    match added.map_err(fault)? {
        Ok(()) => Ok(see_other("/account/second-factor?done=passkey")),
        Err(refusal) => refused(&app, signed.clone(), FactorRefusal::Adding(refusal)).await,
    }
}

/// Removes one.
pub(crate) async fn remove(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id: PasskeyId = posted.field("passkey").parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let links = app.links(&posted.visitor.brand, &headers);
    let removed = passkey::remove(&app.house, &signed.actor, (id, typed(&posted)), &links).await;
    match removed.map_err(fault)? {
        None => Err(Stop::NOT_FOUND.into_response()),
        Some(Ok(())) => Ok(see_other("/account/second-factor?done=passkey-removed")),
        Some(Err(refusal)) => refused(&app, signed, FactorRefusal::Removing(id, refusal)).await,
    }
}

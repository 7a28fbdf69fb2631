//! Signing in and out.

use super::{SignInPage, SignInRefusal};
use crate::{
    answer::{Stop, html, own_path, see_other},
    cookies,
    server::App,
    session::{Posted, Visitor, is_secure},
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use operations::sign_in::{self, Credentials};

/// Shows the form; who is signed in already goes on.
pub(crate) async fn get(visitor: Visitor, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let next = next_of(&query.unwrap_or_default());
    if visitor.signed.is_some() {
        return Ok(see_other(&next));
    }
    form(&app, visitor, Asked { next, refusal: None, identifier: String::new() })
}

/// Lets somebody in, or says that the two do not belong together.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let credentials = Credentials { identifier: posted.field("identifier"), password: posted.field("password") };
    let token = sign_in::sign_in(&app.house, posted.visitor.brand.door, credentials).await?;
    let next = own_path(posted.field("next")).to_owned();
    let Some(token) = token else {
        let identifier = posted.field("identifier").chars().take(sign_in::LONGEST_IDENTIFIER).collect();
        let refusal = Some(SignInRefusal::WrongCredentials);
        let page = form(&app, posted.visitor, Asked { next, refusal, identifier })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let cookie = cookies::own_for(cookies::SESSION, token.as_str(), sign_in::SESSION_S, is_secure(&headers));
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), see_other(&next)).into_response())
}

/// Ends the session, on this machine and in the database.
pub(crate) async fn delete(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    if posted.visitor.signed.is_some()
        && let Some(token) = cookies::Cookies::of(&headers).get(cookies::SESSION)
    {
        sign_in::sign_out(&app.house, token).await?;
    }
    let gone = cookies::own_for(cookies::SESSION, "", 0, is_secure(&headers));
    Ok((AppendHeaders([(header::SET_COOKIE, gone)]), see_other("/sign-in")).into_response())
}

/// What the form shows besides its frame.
struct Asked {
    next: String,
    refusal: Option<SignInRefusal>,
    identifier: String,
}

fn form(app: &App, visitor: Visitor, asked: Asked) -> Result<Response, Stop> {
    let Visitor { brand, page, cookie, .. } = visitor;
    let Asked { next, refusal, identifier } = asked;
    let page = html(&SignInPage { page, refusal, identifier, next, demo: app.demo(brand.door) })?;
    Ok((AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), page).into_response())
}

fn next_of(query: &str) -> String {
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next");
    own_path(next.as_ref().map_or("/", |(_, next)| next)).to_owned()
}

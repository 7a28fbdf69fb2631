//! Signing in and out.

use super::{SignInPage, SignInRefusal, ask_code};
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
use operations::{
    identifier::LONGEST_IDENTIFIER,
    sign_in::{self, Credentials, MOST_DEVICES, Origin, Outcome, Token},
};

/// Shows the form; who is signed in already goes on.
pub(crate) async fn get(visitor: Visitor, RawQuery(query): RawQuery, State(app): State<App>) -> Result<Response, Stop> {
    let next = next_of(&query.unwrap_or_default());
    if visitor.actor.is_some() {
        return Ok(see_other(&next));
    }
    form(&app, visitor, Asked { next, refusal: None, identifier: String::new() })
}

/// Lets somebody in, or says that the two do not belong together.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let credentials = Credentials { identifier: posted.field("identifier"), password: posted.field("password") };
    let origin = origin(&headers, &posted.visitor);
    let links = app.links(&posted.visitor.brand, &headers);
    let outcome = sign_in::sign_in(&app.house, posted.visitor.brand.door, credentials, origin, &links).await?;
    let next = own_path(posted.field("next")).to_owned();
    let (status, refusal) = match outcome {
        Outcome::In { session, device } => return Ok(let_in(&headers, (&session, &device), &next)),
        Outcome::Code(pending) => return Ok(ask_code(&headers, &pending, &next)),
        Outcome::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, SignInRefusal::WrongCredentials),
        Outcome::Wait(minutes) => (StatusCode::TOO_MANY_REQUESTS, SignInRefusal::TooManyTries(minutes)),
    };
    let identifier = posted.field("identifier").chars().take(LONGEST_IDENTIFIER).collect();
    let page = form(&app, posted.visitor, Asked { next, refusal: Some(refusal), identifier })?;
    Ok((status, page).into_response())
}

/// Where a request comes from.
pub(crate) fn origin<'r>(headers: &'r HeaderMap, visitor: &'r Visitor) -> Origin<'r> {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let device = cookies::Cookies::of(headers).own(cookies::DEVICE);
    Origin { address: &visitor.address, agent, device, language: visitor.page.locale.tag() }
}

/// The response that begins a session in the browser.
pub(crate) fn let_in(headers: &HeaderMap, (session, device): (&Token, &Token), next: &str) -> Response {
    let secure = is_secure(headers);
    // Beside the tokens by which other logins know this browser.
    let brought = Origin { device: cookies::Cookies::of(headers).own(cookies::DEVICE), ..Origin::default() };
    let others = brought.devices().filter(|other| *other != device.as_str()).take(MOST_DEVICES - 1);
    let devices = std::iter::once(device.as_str()).chain(others).collect::<Vec<_>>().join(".");
    let cookies = [
        (header::SET_COOKIE, cookies::own_for(cookies::SESSION, session.as_str(), sign_in::SESSION_S, secure)),
        (header::SET_COOKIE, cookies::own_for(cookies::DEVICE, &devices, DEVICE_S, secure)),
    ];
    (AppendHeaders(cookies), see_other(next)).into_response()
}

/// How long a browser is known again, in seconds: a year.
const DEVICE_S: i64 = 31_536_000;

/// Ends the session, on this machine and in the database.
pub(crate) async fn delete(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    if let Some(actor) = &posted.visitor.actor {
        sign_in::sign_out(&app.house, actor).await?;
    }
    let gone = cookies::own_for(cookies::SESSION, "", 0, is_secure(&headers));
    Ok((AppendHeaders([(header::SET_COOKIE, gone)]), see_other("/sign-in")).into_response())
}

/// What the form shows besides its frame.
pub(super) struct Asked {
    pub(super) next: String,
    pub(super) refusal: Option<SignInRefusal>,
    pub(super) identifier: String,
}

pub(super) fn form(app: &App, visitor: Visitor, asked: Asked) -> Result<Response, Stop> {
    let Visitor { brand, page, cookie, .. } = visitor;
    let Asked { next, refusal, identifier } = asked;
    let page = html(&SignInPage { page, refusal, identifier, next, demo: app.demo(brand.door) })?;
    Ok((AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), page).into_response())
}

pub(super) fn next_of(query: &str) -> String {
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next");
    own_path(next.as_ref().map_or("/", |(_, next)| next)).to_owned()
}

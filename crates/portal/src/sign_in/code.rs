//! `/sign-in/code`: the second step, for who switched one-time codes on.

use super::{
    CodePage, SignInRefusal,
    handler::{Asked, form, let_in, next_of, origin},
};
use crate::{
    answer::{Stop, html, own_path, see_other},
    cookies::{self, Cookies},
    second_factor::code_words,
    server::App,
    session::{Posted, Visitor, is_secure},
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use form_urlencoded::Serializer;
use operations::{
    PENDING_S,
    pending_sign_in::{self, CodeOutcome},
    second_factor::CodeRefusal,
    sign_in::Token,
};

/// The way to the second step: what is shown with the code goes to this browser only.
pub(crate) fn ask_code(headers: &HeaderMap, pending: &Token, next: &str) -> Response {
    let cookie = cookies::own_for(cookies::PENDING, pending.as_str(), PENDING_S, is_secure(headers));
    let query = Serializer::new(String::new()).append_pair("next", next).finish();
    (AppendHeaders([(header::SET_COOKIE, cookie)]), see_other(&format!("/sign-in/code?{query}"))).into_response()
}

/// Shows the form; who waits for no code begins again.
pub(crate) async fn get(
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    State(app): State<App>,
) -> Result<Response, Stop> {
    let next = next_of(&query.unwrap_or_default());
    if visitor.actor.is_some() {
        return Ok(see_other(&next));
    }
    let token = Cookies::of(&headers).own(cookies::PENDING).unwrap_or_default();
    match pending_sign_in::pending(&app.house, visitor.brand.door, token).await? {
        Some(name) => page(visitor, (name, next), None),
        None => Ok(see_other("/sign-in")),
    }
}

/// Lets in who shows the code.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let visitor = &posted.visitor;
    let token = Cookies::of(&headers).own(cookies::PENDING).unwrap_or_default();
    let (door, next) = (visitor.brand.door, own_path(posted.field("next")).to_owned());
    let (origin, links) = (origin(&headers, visitor), app.links(&visitor.brand, &headers));
    let outcome = pending_sign_in::show_code(&app.house, door, (token, posted.field("code")), origin, &links).await?;
    let gone = AppendHeaders([(header::SET_COOKIE, cookies::own_for(cookies::PENDING, "", 0, is_secure(&headers)))]);
    let refusal = match outcome {
        CodeOutcome::In { session, device } => return Ok((gone, let_in(&headers, (&session, &device), &next)).into_response()),
        CodeOutcome::Wrong => CodeRefusal::WrongCode,
        CodeOutcome::Wait(minutes) => CodeRefusal::Wait(minutes),
        CodeOutcome::Over => {
            let asked = Asked { next, refusal: Some(SignInRefusal::Over), identifier: String::new() };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, gone, form(&app, posted.visitor, asked)?).into_response());
        }
    };
    match pending_sign_in::pending(&app.house, door, token).await? {
        Some(name) => page(posted.visitor, (name, next), Some(refusal)),
        // That was the last try.
        None => {
            let asked = Asked { next, refusal: Some(SignInRefusal::Over), identifier: String::new() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, gone, form(&app, posted.visitor, asked)?).into_response())
        }
    }
}

fn page(visitor: Visitor, (name, next): (String, String), refusal: Option<CodeRefusal>) -> Result<Response, Stop> {
    let Visitor { page, cookie, .. } = visitor;
    let status = match refusal {
        None => StatusCode::OK,
        Some(CodeRefusal::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let refusal = refusal.map(|refusal| code_words(&page, refusal));
    let page = html(&CodePage { page, name, next, refusal })?;
    Ok((status, AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), page).into_response())
}

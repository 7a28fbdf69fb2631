//! Signing in with a passkey: nothing is typed, the browser knows whose it is.

use super::{
    SignInRefusal,
    handler::{Asked, form, let_in, origin},
};
use crate::{
    answer::{Stop, own_path},
    second_factor::{challenge, site},
    server::App,
    session::Posted,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::passkey::{self, PasskeyOutcome, PasskeyRefusal};

/// Says what a browser needs to ask for a passkey.
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let brand = &posted.visitor.brand;
    let links = app.links(brand, &headers);
    Ok(challenge(passkey::begin_sign_in(&app.house, site(brand, &links, &posted.visitor.page.csrf)).await?))
}

/// Lets in whose passkey it is.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let visitor = &posted.visitor;
    let links = app.links(&visitor.brand, &headers);
    let site = site(&visitor.brand, &links, &visitor.page.csrf);
    let origin = origin(&headers, &visitor.address);
    let outcome = passkey::sign_in(&app.house, site, posted.field("answer"), origin).await?;
    let next = own_path(posted.field("next")).to_owned();
    let (status, refusal) = match outcome {
        PasskeyOutcome::In { session, device } => return Ok(let_in(&headers, (&session, &device), &next)),
        PasskeyOutcome::Refused(PasskeyRefusal::Wait(minutes)) => {
            (StatusCode::TOO_MANY_REQUESTS, SignInRefusal::TooManyTries(minutes))
        }
        PasskeyOutcome::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, SignInRefusal::Passkey),
    };
    let asked = Asked { next, refusal: Some(refusal), identifier: String::new() };
    Ok((status, form(&app, posted.visitor, asked)?).into_response())
}

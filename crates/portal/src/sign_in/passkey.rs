//! Signing in with a passkey: nothing is typed, the browser knows whose it is.

use super::{
    SignInRefusal,
    handler::{Asked, form, let_in, origin},
};
use crate::{
    answer::{Stop, own_path},
    second_factor::{challenge, refused_challenge, site},
    server::App,
    session::Posted,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::passkey::{self, PasskeyOutcome};

/// Says what a browser needs to ask for a passkey.
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let visitor = &posted.visitor;
    let links = app.links(&visitor.brand, &headers);
    let asked = passkey::begin_sign_in(&app.house, site(&visitor.brand, &links, &visitor.page.csrf), &visitor.address).await?;
    Ok(match asked {
        Ok(options) => challenge(options),
        Err(refusal) => refused_challenge(&visitor.page, refusal),
    })
}

/// Lets in whose passkey it is.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let visitor = &posted.visitor;
    let links = app.links(&visitor.brand, &headers);
    let site = site(&visitor.brand, &links, &visitor.page.csrf);
    let origin = origin(&headers, visitor);
    let next = own_path(posted.field("next")).to_owned();
    match passkey::sign_in(&app.house, site, posted.field("answer"), origin).await? {
        PasskeyOutcome::In { session, device } => Ok(let_in(&headers, (&session, &device), &next)),
        PasskeyOutcome::Unknown => {
            let asked = Asked { next, refusal: Some(SignInRefusal::Passkey), identifier: String::new() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&app, posted.visitor, asked)?).into_response())
        }
    }
}

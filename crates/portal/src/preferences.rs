//! The reader's choice of language and theme (PLT-08, RES-26), kept by the browser; mails follow the language of who is signed in.

use crate::{
    Locale, Theme,
    answer::{self, Stop},
    cookies,
    server::App,
    session::Posted,
};
use axum::{
    extract::State,
    http::header,
    response::{AppendHeaders, IntoResponse, Response},
};
use operations::account;

/// Keeps what was chosen and comes back to the page where it was.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Stop> {
    let mut chosen = Vec::new();
    if let Ok(language) = posted.field("language").parse::<Locale>() {
        chosen.push((header::SET_COOKIE, cookies::choice(cookies::LANGUAGE, language.tag())));
        if let Some(actor) = &posted.visitor.actor {
            account::choose_language(&app.house, actor, language.tag()).await?;
        }
    }
    if !posted.field("theme").is_empty() {
        chosen.push((header::SET_COOKIE, cookies::choice(cookies::THEME, Theme::from_cookie(posted.field("theme")).as_str())));
    }
    Ok((AppendHeaders(chosen), answer::see_other(posted.field("back"))).into_response())
}

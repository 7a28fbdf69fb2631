//! The reader's choice of language and theme (PLT-08, RES-26), kept by the browser.

use crate::{Locale, Theme, answer, cookies, session::Posted};
use axum::{
    http::header,
    response::{AppendHeaders, IntoResponse, Response},
};

/// Keeps what was chosen and comes back to the page where it was.
pub(crate) async fn post(posted: Posted) -> Response {
    let mut chosen = Vec::new();
    if let Ok(language) = posted.field("language").parse::<Locale>() {
        chosen.push((header::SET_COOKIE, cookies::choice(cookies::LANGUAGE, language.tag())));
    }
    if !posted.field("theme").is_empty() {
        chosen.push((header::SET_COOKIE, cookies::choice(cookies::THEME, Theme::from_cookie(posted.field("theme")).as_str())));
    }
    (AppendHeaders(chosen), answer::see_other(posted.field("back"))).into_response()
}

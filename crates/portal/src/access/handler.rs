//! `/access`: asking for a link; `/access/{token}`: what it leads to.

use super::{AccessRefusal, AskPage, ChoiceRefusal, ChoosePage, OverPage, SentPage};
use crate::{
    answer::{Stop, html},
    server::App,
    session::{Posted, Visitor},
    sign_in::{ask_code, let_in, origin},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use operations::{
    account::{AccountRefusal, IDENTIFIER_LENGTHS},
    first_access::{self, Answer, Asked, Chosen, LONGEST_PROOF, Welcome},
    humanity,
    identifier::LONGEST_IDENTIFIER,
};

/// Shows the form.
pub(crate) async fn get(visitor: Visitor, State(app): State<App>) -> Result<Response, Stop> {
    form(&app, visitor, (String::new(), String::new()), None)
}

/// Answers who asks for a link, the same whoever they are.
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let cut = |name: &str, most| posted.field(name).chars().take(most).collect::<String>();
    let typed = (cut("identifier", LONGEST_IDENTIFIER), cut("proof", LONGEST_PROOF));
    let page = &posted.visitor.page;
    if typed.0.trim().is_empty() || typed.1.trim().is_empty() {
        return form(&app, posted.visitor, typed, Some(AccessRefusal::Empty));
    }
    let answered = humanity::answered(&app.house, &page.csrf, (posted.field("nonce"), posted.field("answer")));
    // A field that nobody sees is filled in by programs only.
    let Some(answered) = answered.filter(|_| posted.field("website").is_empty()) else {
        return form(&app, posted.visitor, typed, Some(AccessRefusal::Question));
    };
    let asked = Asked { identifier: &typed.0, proof: &typed.1, language: page.locale.tag(), answered: &answered };
    let origin = origin(&headers, &posted.visitor);
    let links = app.links(&posted.visitor.brand, &headers);
    match first_access::ask(&app.house, posted.visitor.brand.door, asked, origin, links).await? {
        Answer::Sent(masked) => html(&SentPage { page: posted.visitor.page, masked }),
        Answer::Wait(minutes) => form(&app, posted.visitor, typed, Some(AccessRefusal::Wait(minutes))),
        Answer::Repeated => form(&app, posted.visitor, typed, Some(AccessRefusal::Repeated)),
    }
}

fn form(
    app: &App,
    visitor: Visitor,
    (identifier, proof): (String, String),
    refusal: Option<AccessRefusal>,
) -> Result<Response, Stop> {
    let Visitor { page, cookie, .. } = visitor;
    let question = humanity::ask(&app.house, &page.csrf)?;
    let status = match refusal {
        None => StatusCode::OK,
        Some(AccessRefusal::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = html(&AskPage { page, identifier, proof, question, refusal })?;
    Ok((status, AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), page).into_response())
}

/// Shows what a link leads to. Looking at it uses nothing up: mail programs look too.
pub(crate) async fn link(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result<Response, Stop> {
    match first_access::link(&app.house, visitor.brand.door, &token).await? {
        Some(welcome) => choosing(visitor, token, (welcome, String::new()), None),
        None => over(visitor),
    }
}

/// Sets the password and lets in.
pub(crate) async fn choose(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Stop> {
    let visitor = &posted.visitor;
    let links = app.links(&visitor.brand, &headers);
    let origin = origin(&headers, visitor);
    let typed = (token.as_str(), posted.field("password"), posted.field("identifier"));
    let refusal = match first_access::choose(&app.house, visitor.brand.door, typed, origin, &links).await? {
        Chosen::In { session, device } => return Ok(let_in(&headers, (&session, &device), "/")),
        Chosen::Code(pending) => return Ok(ask_code(&headers, &pending, "/")),
        Chosen::Over => return over(posted.visitor),
        Chosen::Refused(refusal) => ChoiceRefusal::Password(refusal),
        Chosen::Identifier(AccountRefusal::Taken) => ChoiceRefusal::Taken,
        Chosen::Identifier(_) => ChoiceRefusal::NoIdentifier,
    };
    let identifier = posted.field("identifier").chars().take(IDENTIFIER_LENGTHS.1).collect();
    match first_access::link(&app.house, posted.visitor.brand.door, &token).await? {
        Some(welcome) => choosing(posted.visitor, token, (welcome, identifier), Some(refusal)),
        None => over(posted.visitor),
    }
}

fn choosing(
    visitor: Visitor,
    token: String,
    (welcome, identifier): (Welcome, String),
    refusal: Option<ChoiceRefusal>,
) -> Result<Response, Stop> {
    let Visitor { page, cookie, .. } = visitor;
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = html(&ChoosePage { page, token, welcome, identifier, refusal })?;
    Ok((status, AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie))), page).into_response())
}

fn over(visitor: Visitor) -> Result<Response, Stop> {
    let Visitor { page, cookie, .. } = visitor;
    let page = html(&OverPage { page })?;
    let cookie = AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((StatusCode::GONE, cookie, page).into_response())
}

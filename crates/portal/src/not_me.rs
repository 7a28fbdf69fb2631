//! `/not-me/{token}`: "this was not me", for who was told of a change by mail (PLT-05). Nobody has to be signed in, and nobody is let in.

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    server::App,
    session::{Posted, Visitor},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use operations::{ChangeKind, regret};

/// Where somebody is on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMe {
    /// Asked whether to take a change of this kind back.
    Asked(ChangeKind),
    /// It is done; a link for another password goes to this masked address, empty for nowhere.
    Done(String),
    /// The link was used, is over, or never was.
    Over,
}

/// The page.
#[derive(Template)]
#[template(path = "not_me/show.html")]
pub struct NotMePage {
    /// Its frame.
    pub page: Page,
    /// The token of the link.
    pub token: String,
    /// What it says.
    pub state: NotMe,
}

impl NotMePage {
    fn lead(&self, kind: &ChangeKind) -> &'static str {
        match kind {
            ChangeKind::Email => self.page.t("not-me-email"),
            ChangeKind::Password => self.page.t("not-me-password"),
            ChangeKind::SecondFactor => self.page.t("not-me-second-factor"),
            ChangeKind::Numbers => self.page.t("not-me-numbers"),
            ChangeKind::Codes => self.page.t("not-me-codes"),
            ChangeKind::Passkey => self.page.t("not-me-passkey"),
            ChangeKind::Identifier => self.page.t("not-me-identifier"),
        }
    }
}

/// Shows what the link takes back. Looking at it changes nothing: mail programs look too.
pub(crate) async fn get(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Result<Response, Stop> {
    let found = regret::regret(&app.house, visitor.brand.door, &token).await?;
    answer(visitor, token, found.map_or(NotMe::Over, |regret| NotMe::Asked(regret.kind)))
}

/// Takes it back.
pub(crate) async fn post(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Stop> {
    let visitor = &posted.visitor;
    let links = app.links(&visitor.brand, &headers);
    let taken = regret::take_back(&app.house, visitor.brand.door, (&token, &visitor.address), &links).await?;
    answer(posted.visitor, token, taken.map_or(NotMe::Over, NotMe::Done))
}

fn answer(visitor: Visitor, token: String, state: NotMe) -> Result<Response, Stop> {
    let Visitor { page, cookie, .. } = visitor;
    let status = if state == NotMe::Over { StatusCode::GONE } else { StatusCode::OK };
    // The token stands in no form of another page.
    let page = Page { here: "/".to_owned(), ..page };
    let cookie = AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((status, cookie, html(&NotMePage { page, token, state })?).into_response())
}

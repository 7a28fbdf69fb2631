//! The mails of an operator, for its own people: what waits, what left, and what a person has to decide (PLT-07).

pub mod texts;

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::{Posted, Signed},
    usage_files::page_of,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use operations::mail::{self, KeptMail, Window};
use std::num::NonZeroU32;

/// Mails on a page.
const SIZE: PageSize = PageSize::TwentyFive;

/// The page.
#[derive(Template)]
#[template(path = "mails.html")]
pub struct MailsPage {
    /// Its frame.
    pub page: Page,
    /// The mails of this page: those that need somebody first, then the latest.
    pub mails: Vec<KeptMail>,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl MailsPage {
    fn page_url(&self, page: &u32) -> String {
        address(*page)
    }

    /// What a mail is about, as its subject says it.
    fn subject(&self, mail: &KeptMail) -> String {
        let page = &self.page;
        match mail.template.as_str() {
            "first-access" => page.t("mail-first-access-subject").into(),
            "forgotten-password" => page.t("mail-forgotten-password-subject").into(),
            "invitation" => page.ta("mail-invitation-subject", &page.brand.name),
            "confirm-address" => page.t("mail-confirm-address-subject").into(),
            "new-device" => page.t("mail-new-device-subject").into(),
            "password-changed" => page.t("mail-password-changed-subject").into(),
            "address-asked" => page.t("mail-address-asked-subject").into(),
            "address-held" => page.t("mail-address-asked-subject").into(),
            "second-factor-removed" => page.t("mail-second-factor-removed-subject").into(),
            "access-taken-away" => page.t("mail-access-taken-away-subject").into(),
            "access-given-back" => page.t("mail-access-given-back-subject").into(),
            "line-joined" => page.t("mail-line-joined-subject").into(),
            "address-changed" => page.t("mail-address-changed-subject").into(),
            "identifier-changed" => page.t("mail-identifier-changed-subject").into(),
            "test" => page.t("mail-test-subject").into(),
            other => other.to_owned(),
        }
    }

    fn state(&self, mail: &KeptMail) -> &'static str {
        state_name(&self.page, &mail.state)
    }

    fn class(&self, mail: &KeptMail) -> &'static str {
        state_class(&mail.state)
    }

    /// Can a person send it again?
    fn can_be_sent_again(&self, mail: &KeptMail) -> bool {
        mail.is_whole && matches!(mail.state.as_str(), "failed" | "uncertain")
    }
}

/// What a state is called.
fn state_name(page: &Page, state: &str) -> &'static str {
    match state {
        "sent" => page.t("mails-sent"),
        "sending" => page.t("mails-sending"),
        "failed" => page.t("mails-failed"),
        "uncertain" => page.t("mails-uncertain"),
        _ => page.t("mails-waiting"),
    }
}

/// The word of a state in class names.
fn state_class(state: &str) -> &'static str {
    match state {
        "sent" => "active",
        "failed" => "failed",
        "uncertain" => "suspended",
        _ => "in-progress",
    }
}

pub(crate) async fn list(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let number = page_of(query.as_deref()).max(1);
    let window = Window { offset: u64::from(number - 1) * u64::from(SIZE.rows()), rows: SIZE.rows() };
    let (mails, total) = mail::mails(&app.house, signed.actor.scope, window).await?.ok_or(Stop::NOT_FOUND)?;
    if mails.is_empty() && number > 1 {
        return Ok(see_other("/mails"));
    }
    let pages = Pages { current: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN), size: SIZE, total };
    html(&MailsPage { page: Page { here: address(number), ..signed.page }, mails, pages })
}

/// Sends a mail again: what only a person decides.
pub(crate) async fn again(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let stop = |error| Stop::from(error).into_response();
    match mail::send_again(&app.house, signed.actor.scope, id).await.map_err(stop)? {
        true => Ok(see_other("/mails")),
        false => Err(Stop::NOT_FOUND.into_response()),
    }
}

fn address(page: u32) -> String {
    if page == 1 { "/mails".into() } else { format!("/mails?page={page}") }
}

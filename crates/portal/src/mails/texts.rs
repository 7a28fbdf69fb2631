//! The text messages of an operator, for its own people, as its mails.

use super::{SIZE, Senders, senders, state_class, state_name};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    pagination::{PageLink, Pages},
    server::App,
    session::{Posted, Signed},
    usage_files::page_of,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use operations::{
    mail::Window,
    text_message::{self, KeptText},
};
use std::num::NonZeroU32;

/// The page.
#[derive(Template)]
#[template(path = "mails/texts.html")]
pub struct TextsPage {
    /// Its frame.
    pub page: Page,
    /// Those that need somebody first, then the latest.
    pub texts: Vec<KeptText>,
    /// The brands that wrote them, by host name.
    pub senders: Senders,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl TextsPage {
    fn page_url(&self, page: &u32) -> String {
        address(*page)
    }

    /// The brand that wrote a text message; its host name where there is no brand any more.
    fn brand<'a>(&'a self, text: &'a KeptText) -> &'a str {
        self.senders.get(&text.host).map_or(text.host.as_str(), |sender| sender.name.as_str())
    }

    /// What it is about, in the reader's words: a text message has no subject.
    fn subject(&self, text: &KeptText) -> String {
        let page = &self.page;
        match text.template.as_str() {
            "address-asked" => page.t("mail-address-asked-subject").into(),
            "password-changed" => page.t("mail-password-changed-subject").into(),
            "identifier-changed" => page.t("mail-identifier-changed-subject").into(),
            "second-factor-removed" => page.t("mail-second-factor-removed-subject").into(),
            "sim-swapped" => page.t("mail-sim-swapped-subject").into(),
            "esim-code" => page.t("text-esim-code-subject").into(),
            "numbers-changed" => page.t("text-numbers-changed-subject").into(),
            other => other.to_owned(),
        }
    }

    fn number(&self, text: &KeptText) -> String {
        self.page.party(&self.page.plan.read(&text.recipient))
    }

    fn state(&self, text: &KeptText) -> &'static str {
        state_name(&self.page, &text.state)
    }

    fn class(&self, text: &KeptText) -> &'static str {
        state_class(&text.state)
    }

    /// Can a person send it again?
    fn can_be_sent_again(&self, text: &KeptText) -> bool {
        text.is_whole && matches!(text.state.as_str(), "failed" | "uncertain")
    }
}

pub(crate) async fn list(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let number = page_of(query.as_deref()).max(1);
    let window = Window { offset: u64::from(number - 1) * u64::from(SIZE.rows()), rows: SIZE.rows() };
    let (texts, total) = text_message::texts(&app.house, signed.actor.scope, window).await?.ok_or(Stop::NOT_FOUND)?;
    if texts.is_empty() && number > 1 {
        return Ok(see_other("/mails/texts"));
    }
    let pages = Pages { current: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN), size: SIZE, total };
    let senders = senders(&app, texts.iter().map(|text| text.host.as_str())).await?;
    html(&TextsPage { page: Page { here: address(number), ..signed.page }, texts, senders, pages })
}

/// Sends a text message again: what only a person decides.
pub(crate) async fn again(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let stop = |error| Stop::from(error).into_response();
    match text_message::send_again(&app.house, signed.actor.scope, id).await.map_err(stop)? {
        true => Ok(see_other("/mails/texts")),
        false => Err(Stop::NOT_FOUND.into_response()),
    }
}

fn address(page: u32) -> String {
    if page == 1 { "/mails/texts".into() } else { format!("/mails/texts?page={page}") }
}

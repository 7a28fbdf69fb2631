//! The mails of an operator, for its own people: what waits, what left, and what a person has to decide (PLT-07).

pub mod texts;

use crate::{
    Icon, Locale, Page, Theme,
    answer::{Stop, html, see_other},
    mail::{one_of, subject},
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
use std::{collections::HashMap, num::NonZeroU32};

/// Mails on a page.
const SIZE: PageSize = PageSize::TwentyFive;

/// Brands by host name.
pub type Senders = HashMap<String, Sender>;

/// What of a brand its mails show.
#[derive(Clone, Debug)]
pub struct Sender {
    /// What it calls itself.
    pub name: String,
    /// What it speaks, its own first.
    pub languages: Vec<Locale>,
}

/// The page.
#[derive(Template)]
#[template(path = "mails.html")]
pub struct MailsPage {
    /// Its frame.
    pub page: Page,
    /// The mails of this page: those that need somebody first, then the latest.
    pub mails: Vec<KeptMail>,
    /// The brands that wrote them, by host name.
    pub senders: Senders,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl MailsPage {
    fn page_url(&self, page: &u32) -> String {
        address(*page)
    }

    /// The brand that wrote a mail; its host name where there is no brand any more.
    fn brand<'a>(&'a self, mail: &'a KeptMail) -> &'a str {
        self.senders.get(&mail.host).map_or(mail.host.as_str(), |sender| sender.name.as_str())
    }

    /// The language of a mail: its reader's, where the brand speaks it.
    fn language(&self, mail: &KeptMail) -> Locale {
        self.senders
            .get(&mail.host)
            .map_or_else(|| one_of(&Locale::ALL, &mail.language), |sender| one_of(&sender.languages, &mail.language))
    }

    /// The subject that stands in a mail.
    fn subject(&self, mail: &KeptMail) -> String {
        subject(self.language(mail), self.brand(mail), &mail.template).unwrap_or_else(|| mail.template.clone())
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
    let senders = senders(&app, mails.iter().map(|mail| mail.host.as_str())).await?;
    html(&MailsPage { page: Page { here: address(number), ..signed.page }, mails, senders, pages })
}

/// The brands at these host names, as far as there are any.
async fn senders(app: &App, hosts: impl Iterator<Item = &str>) -> Result<Senders, Stop> {
    let mut senders = Senders::new();
    for host in hosts {
        if !senders.contains_key(host)
            && let Some(brand) = app.brand(host).await?
        {
            let sender = Sender { name: brand.look.name.clone(), languages: brand.languages.clone() };
            senders.insert(host.to_owned(), sender);
        }
    }
    Ok(senders)
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

//! One usage file, and the rows of it that were set aside.

use super::{Attempt, ProgressWords as _, page_of, reason::reason_name};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use operations::{
    journal::{self, Noted, Object},
    line::Paging,
    usage_files::{self, AsideFilter, SetAside, UsageFile},
};
use std::num::NonZeroU32;
use vocabulary::FileId;

/// Rows on a page.
const SIZE: PageSize = PageSize::TwentyFive;
/// The most of a row that a list shows, in characters; the form has it whole.
const MOST_SHOWN: usize = 500;

/// The page of one usage file.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let asked = Asked::read(query.as_deref().unwrap_or_default());
    let attempt = Attempt::read(query.as_deref().unwrap_or_default());
    html(&ShowPage { attempt, ..page(&app, signed, id.parse().map_err(|_| Stop::NOT_FOUND)?, asked).await? })
}

/// Which rows are asked for, and which page of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) filter: AsideFilter,
    pub(crate) page: u32,
}

impl Asked {
    /// From an address, or from what a form keeps of it.
    pub(crate) fn read(query: &str) -> Self {
        let mut filter = AsideFilter::Open;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match (name.as_ref(), value.as_ref()) {
                ("reason", reason) if !reason.is_empty() => filter = AsideFilter::Reason(reason.to_owned()),
                ("show", "taken") => filter = AsideFilter::Taken,
                _ => {}
            }
        }
        Self { filter, page: page_of(Some(query)) }
    }

    /// As an address has it, without the page.
    pub(crate) fn query(filter: &AsideFilter) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        match filter {
            AsideFilter::Open => {}
            AsideFilter::Reason(reason) => {
                query.append_pair("reason", reason);
            }
            AsideFilter::Taken => {
                query.append_pair("show", "taken");
            }
        }
        query.finish()
    }
}

/// The page of a file, as it is now.
pub(crate) async fn page(app: &App, signed: Signed, id: FileId, asked: Asked) -> Result<ShowPage, Stop> {
    let paging = Paging { page: asked.page, rows: SIZE.rows() };
    let found = usage_files::usage_file(&app.house, signed.actor.scope, id, &asked.filter, paging).await?;
    let (file, aside) = found.ok_or(Stop::NOT_FOUND)?;
    let listed = aside.listed;
    let history = journal::history(&app.house, &signed.actor, Object::UsageFile(id)).await?;
    let mut shown = ShowPage {
        page: signed.page,
        is_text: app.desk.is_text(&file.layout),
        file,
        rows: listed.rows,
        by_reason: aside.by_reason,
        taken: aside.taken,
        filter: asked.filter,
        pages: Pages { current: NonZeroU32::new(listed.page).unwrap_or(NonZeroU32::MIN), size: SIZE, total: listed.total },
        attempt: None,
        history,
    };
    shown.page.here = shown.page_url(&listed.page);
    Ok(shown)
}

/// The page.
#[derive(Template)]
#[template(path = "usage_files/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The file.
    pub file: UsageFile,
    /// Are its rows text that a person can correct?
    pub is_text: bool,
    /// The rows of this page, in the file's order.
    pub rows: Vec<SetAside>,
    /// For each reason, how many rows are still to be taken.
    pub by_reason: Vec<(String, i64)>,
    /// How many rows were taken after all.
    pub taken: i64,
    /// Which rows are listed.
    pub filter: AsideFilter,
    /// Where in the list they stand.
    pub pages: Pages,
    /// What was done to the file, the latest first.
    pub history: Vec<Noted>,
    /// What became of the rows that were taken again just now.
    pub attempt: Option<Attempt>,
}

impl ShowPage {
    fn page_url(&self, page: &u32) -> String {
        let query = Asked::query(&self.filter);
        let number = if *page == 1 { String::new() } else { format!("page={page}") };
        let parts: Vec<_> = [query, number].into_iter().filter(|part| !part.is_empty()).collect();
        let id = self.file.id;
        if parts.is_empty() { format!("/usage-files/{id}") } else { format!("/usage-files/{id}?{}", parts.join("&")) }
    }

    /// Where a form on this page leads back to: the page's own query.
    fn back(&self) -> String {
        let (query, page) = (Asked::query(&self.filter), self.pages.current);
        if query.is_empty() { format!("page={page}") } else { format!("{query}&page={page}") }
    }

    fn tabs(&self) -> Vec<Tab> {
        let tab = |filter: AsideFilter, name: &'static str, count| {
            let (id, query) = (self.file.id, Asked::query(&filter));
            let url = if query.is_empty() { format!("/usage-files/{id}") } else { format!("/usage-files/{id}?{query}") };
            Tab { url, name, count, is_current: filter == self.filter }
        };
        let open = self.by_reason.iter().map(|(_, count)| count).sum();
        let mut tabs = vec![tab(AsideFilter::Open, self.page.t("aside-open"), open)];
        let reasons = self.by_reason.iter();
        tabs.extend(reasons.map(|(reason, count)| tab(AsideFilter::Reason(reason.clone()), self.reason(reason), *count)));
        if self.taken > 0 || self.filter == AsideFilter::Taken {
            tabs.push(tab(AsideFilter::Taken, self.page.t("aside-taken"), self.taken));
        }
        tabs
    }

    fn reason(&self, code: &str) -> &'static str {
        reason_name(code, self.page.locale)
    }

    /// The reason that is filtered by; empty for all of them.
    fn filtered_reason(&self) -> &str {
        match &self.filter {
            AsideFilter::Reason(reason) => reason,
            _ => "",
        }
    }

    /// Rows of the list that could be taken again together.
    fn is_open(&self) -> bool {
        self.filter != AsideFilter::Taken && !self.rows.is_empty()
    }

    fn shown<'r>(&self, raw: &'r str) -> &'r str {
        raw.char_indices().nth(MOST_SHOWN).map_or(raw, |(end, _)| &raw[..end])
    }

    fn is_cut(&self, raw: &str) -> bool {
        raw.chars().nth(MOST_SHOWN).is_some()
    }
}

/// A choice of rows.
struct Tab {
    url: String,
    name: &'static str,
    count: i64,
    is_current: bool,
}

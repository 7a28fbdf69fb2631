//! The list of usage files.

use super::{ProgressWords as _, page_of};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::Signed,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use operations::{
    line::Paging,
    usage_files::{self, FileProgress, UsageFile},
};
use std::num::NonZeroU32;

/// Files on a page.
const SIZE: PageSize = PageSize::TwentyFive;

/// The page of usage files.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let paging = Paging { page: page_of(query.as_deref()), rows: SIZE.rows() };
    let listed = usage_files::usage_files(&app.house, signed.scope, paging).await?.ok_or(Stop::NOT_FOUND)?;
    html(&ListPage {
        page: signed.page,
        files: listed.rows,
        pages: Pages { current: NonZeroU32::new(listed.page).unwrap_or(NonZeroU32::MIN), size: SIZE, total: listed.total },
    })
}

/// The page.
#[derive(Template)]
#[template(path = "usage_files/list.html")]
pub struct ListPage {
    /// Its frame.
    pub page: Page,
    /// The files of this page, latest first.
    pub files: Vec<UsageFile>,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl ListPage {
    fn page_url(&self, page: &u32) -> String {
        if *page == 1 { "/usage-files".into() } else { format!("/usage-files?page={page}") }
    }
}

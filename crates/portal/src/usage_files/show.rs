//! One usage file, and the rows of it that were set aside.

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
    extract::{Path, RawQuery, State},
    response::Response,
};
use operations::{
    line::Paging,
    usage_files::{self, SetAside, UsageFile},
};
use std::num::NonZeroU32;
use vocabulary::FileId;

/// Rows on a page.
const SIZE: PageSize = PageSize::TwentyFive;

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
    let id: FileId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let paging = Paging { page: page_of(query.as_deref()), rows: SIZE.rows() };
    let (file, listed) = usage_files::usage_file(&app.house, signed.scope, id, paging).await?.ok_or(Stop::NOT_FOUND)?;
    html(&ShowPage {
        page: signed.page,
        file,
        rows: listed.rows,
        pages: Pages { current: NonZeroU32::new(listed.page).unwrap_or(NonZeroU32::MIN), size: SIZE, total: listed.total },
    })
}

/// The page.
#[derive(Template)]
#[template(path = "usage_files/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The file.
    pub file: UsageFile,
    /// The rows of this page, in the file's order.
    pub rows: Vec<SetAside>,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl ShowPage {
    fn page_url(&self, page: &u32) -> String {
        let id = self.file.id;
        if *page == 1 { format!("/usage-files/{id}") } else { format!("/usage-files/{id}?page={page}") }
    }
}

//! The list of usage files.

use super::{FileState, UsageFile};
use crate::{
    Icon, Page, Theme,
    pagination::{PageLink, Pages},
};
use askama::Template;

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

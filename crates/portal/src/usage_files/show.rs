//! One usage file, and the rows of it that were set aside.

use super::UsageFile;
use crate::{
    Icon, Page, Theme,
    pagination::{PageLink, Pages},
};
use askama::Template;

/// A row that could not be taken in.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Which row of the file, from 1 on.
    pub row: i64,
    /// Why.
    pub reason: String,
    /// The row as it stands there, cut where it is very long.
    pub raw: String,
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

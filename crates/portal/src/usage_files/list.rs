//! The list of usage files, and the form that hands one in.

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
    usage_desk::{InboxFile, InboxFiles, UploadRefusal},
    usage_files::{self, FileProgress, UsageFile},
};
use std::num::NonZeroU32;
use vocabulary::Quantity;

/// Files on a page.
const SIZE: PageSize = PageSize::TwentyFive;

/// The page of usage files.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let pairs = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let received = pairs.into_iter().find(|(name, _)| name == "received").map(|(_, value)| value.into_owned());
    let shown = page(&app, signed, page_of(query.as_deref())).await?;
    // A link that somebody was sent says nothing of files that are not there.
    let is_there = |name: &String| {
        shown.inbox.waiting.iter().any(|file| file.name == *name) || shown.files.iter().any(|file| file.name == *name)
    };
    html(&ListPage { received: received.filter(is_there), ..shown })
}

/// A page of the list.
pub(crate) async fn page(app: &App, signed: Signed, number: u32) -> Result<ListPage, Stop> {
    let paging = Paging { page: number, rows: SIZE.rows() };
    let listed = usage_files::usage_files(&app.house, signed.actor.scope, paging).await?.ok_or(Stop::NOT_FOUND)?;
    let inbox = app.desk.files(&app.house, signed.actor.scope).await?;
    let owned = |(id, title): (&str, &str)| (id.to_owned(), title.to_owned());
    let here = address(listed.page);
    Ok(ListPage {
        page: Page { here, ..signed.page },
        files: listed.rows,
        pages: Pages { current: NonZeroU32::new(listed.page).unwrap_or(NonZeroU32::MIN), size: SIZE, total: listed.total },
        upload: app.desk.is_open().then(|| UploadForm {
            layouts: app.desk.layouts().map(owned).collect(),
            largest: i64::try_from(app.desk.largest_upload()).ok().and_then(Quantity::new),
            layout: String::new(),
            refusal: None,
        }),
        inbox,
        received: None,
    })
}

fn address(page: u32) -> String {
    if page == 1 { "/usage-files".into() } else { format!("/usage-files?page={page}") }
}

/// The form that hands a file in.
#[derive(Clone, Debug)]
pub struct UploadForm {
    /// Ids and titles of the layouts.
    pub layouts: Vec<(String, String)>,
    /// The largest file, in bytes.
    pub largest: Option<Quantity>,
    /// The layout that was chosen before.
    pub layout: String,
    /// Why the file before was not received.
    pub refusal: Option<UploadRefusal>,
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
    /// The form, where somebody watches a folder.
    pub upload: Option<UploadForm>,
    /// What stands in the watched folder.
    pub inbox: InboxFiles,
    /// The file that was received just now.
    pub received: Option<String>,
}

impl ListPage {
    fn page_url(&self, page: &u32) -> String {
        address(*page)
    }

    /// Files that wait stand before the latest; one that is being read stands among these already.
    fn waiting(&self) -> Vec<&InboxFile> {
        if self.pages.current != NonZeroU32::MIN {
            return Vec::new();
        }
        let is_read = |name: &str| self.files.iter().any(|file| file.name == name && file.progress != FileProgress::Done);
        self.inbox.waiting.iter().filter(|file| !is_read(&file.name)).collect()
    }

    /// Does the list change by itself?
    fn is_moving(&self) -> bool {
        !self.waiting().is_empty() || self.files.iter().any(|file| matches!(file.progress, FileProgress::Reading(_)))
    }

    fn refusal_words(&self, form: &UploadForm, refusal: &UploadRefusal) -> String {
        match refusal {
            UploadRefusal::NoFile => self.page.t("upload-no-file").into(),
            UploadRefusal::Empty => self.page.t("upload-empty").into(),
            UploadRefusal::UnknownLayout => self.page.t("upload-unknown-layout").into(),
            UploadRefusal::TooLarge => self.page.ta("upload-too-large", self.largest_words(form)),
        }
    }

    fn largest_words(&self, form: &UploadForm) -> String {
        form.largest.map(|largest| self.page.volume(largest)).unwrap_or_default()
    }
}

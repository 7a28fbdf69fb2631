//! The usage files that were taken in, for the operator's own people (RAT-08).

pub mod list;
pub mod show;

use crate::Locale;
use operations::usage_files::FileProgress;
use vocabulary::{FileId, Timestamp};

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Some of it is taken in: so many percent.
    Reading(i64),
    /// All of it is.
    Done,
    /// It could not be read to its end; what was read is kept.
    Failed,
}

impl FileState {
    /// What its badge says.
    pub fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Reading(_) => locale.text("file-reading"),
            Self::Done => locale.text("file-done"),
            Self::Failed => locale.text("file-failed"),
        }
    }

    /// Its word in class names.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Reading(_) => "in-progress",
            Self::Done => "active",
            Self::Failed => "failed",
        }
    }
}

/// A file.
#[derive(Clone, Debug)]
pub struct UsageFile {
    /// Itself.
    pub id: FileId,
    /// As it was named.
    pub name: String,
    /// The layout that it was read by.
    pub layout: String,
    /// When it was begun.
    pub taken_at: Timestamp,
    /// Records that were rated and stored.
    pub records: i64,
    /// Records that were known already.
    pub duplicates: i64,
    /// Rows that were set aside.
    pub set_aside: i64,
    /// How far it is.
    pub state: FileState,
}

/// Which page of a list an address asks for; the first by default.
pub(crate) fn page_of(query: Option<&str>) -> u32 {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.into_iter().filter(|(name, _)| name == "page").find_map(|(_, value)| value.parse().ok()).unwrap_or(1)
}

impl From<operations::usage_files::UsageFile> for UsageFile {
    fn from(file: operations::usage_files::UsageFile) -> Self {
        Self {
            id: file.id,
            name: file.name,
            layout: file.layout,
            taken_at: file.taken_at,
            records: file.records,
            duplicates: file.duplicates,
            set_aside: file.set_aside,
            state: match file.progress {
                FileProgress::Reading(percent) => FileState::Reading(percent),
                FileProgress::Done => FileState::Done,
                FileProgress::Failed => FileState::Failed,
            },
        }
    }
}

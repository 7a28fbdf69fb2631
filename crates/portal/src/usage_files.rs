//! The usage files that were taken in or are to be, and what of them was set aside, for the operator's own people (RAT-08).

pub(crate) mod again;
pub mod list;
pub(crate) mod reason;
pub mod show;
pub(crate) mod upload;

pub use again::Attempt;

use crate::Locale;
use operations::usage_files::FileProgress;

/// What pages say of how far a file is.
pub trait ProgressWords {
    /// What its badge says.
    fn name(&self, locale: &Locale) -> &'static str;
    /// Its word in class names.
    fn class(&self) -> &'static str;
}

impl ProgressWords for FileProgress {
    fn name(&self, locale: &Locale) -> &'static str {
        match self {
            Self::Reading(_) => locale.text("file-reading"),
            Self::Done => locale.text("file-done"),
            Self::Failed => locale.text("file-failed"),
        }
    }

    fn class(&self) -> &'static str {
        match self {
            Self::Reading(_) => "in-progress",
            Self::Done => "active",
            Self::Failed => "failed",
        }
    }
}

/// Which page of a list an address asks for; the first by default.
pub(crate) fn page_of(query: Option<&str>) -> u32 {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.into_iter().filter(|(name, _)| name == "page").find_map(|(_, value)| value.parse().ok()).unwrap_or(1)
}

//! The history of one thing, beside it on its page (PLT-06): the same words as those of the journal.

use crate::Page;
use operations::journal::{Change, Noted};

impl Page {
    /// Who did something, as far as the reader may know.
    pub(crate) fn doer(&self, entry: &Noted) -> String {
        match (entry.name.as_str(), entry.role) {
            ("", Some(role)) => self.role(role).to_string(),
            ("", None) => self.t("journal-somebody").to_owned(),
            (name, _) => name.to_owned(),
        }
    }

    /// What changed: its name, and from what to what.
    pub(crate) fn change_words(&self, change: &Change) -> String {
        let (name, colon) = (self.change_name(change), self.t("colon"));
        let words = |text: &str| crate::line_journal::value(self, &change.what, text).unwrap_or_else(|| text.to_owned());
        match (words(&change.before).as_str(), words(&change.after).as_str()) {
            ("", after) => format!("{name}{colon}{after}"),
            (before, after) => format!("{name}{colon}{before} → {after}"),
        }
    }
}

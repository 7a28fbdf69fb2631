//! The history of one thing, beside it on its page (PLT-06): the same words as those of the journal.

use crate::numbers::NumberKindWords as _;
use crate::{Locale, Page, Role, brands::legal_name, members::number_text, usage_files::reason::reason_name};
use operations::{
    brand::LegalPage,
    journal::{Change, Noted},
    numbers::KINDS,
};

impl Page {
    /// Who did something, as far as the reader may know.
    pub(crate) fn doer(&self, entry: &Noted) -> String {
        match (entry.name.as_str(), entry.role) {
            ("", Some(role)) => self.role(role).to_string(),
            ("", None) => self.t("journal-somebody").to_owned(),
            (name, _) => name.to_owned(),
        }
    }

    /// What changed: its name, and from what to what; that another picture or text took the place of one says nothing more.
    pub(crate) fn change_words(&self, change: &Change) -> String {
        let (name, colon) = (self.change_name(change), self.t("colon"));
        let (before, after) = (change.before.as_str(), change.after.as_str());
        if matches!(change.what.as_str(), "logo" | "logo_on_dark") || self.legal_page_name(&change.what).is_some() {
            let words = match (before, after) {
                ("", _) => self.t("journal-added"),
                (_, "") => self.t("journal-removed"),
                _ => self.t("journal-replaced"),
            };
            return format!("{name}{colon}{words}");
        }
        let value = |value| self.value_words(&change.what, value);
        match (before, after) {
            ("", after) => format!("{name}{colon}{}", value(after)),
            (before, after) => format!("{name}{colon}{} → {}", value(before), value(after)),
        }
    }

    /// A value as it is read: what was noted is a word of the program's own.
    fn value_words(&self, what: &str, value: &str) -> String {
        let known = match (what, value) {
            ("role", word) => Role::named(word).map(|role| self.role(role)),
            ("state", "invited") => Some(self.t("people-invited")),
            ("state", "validated") => Some(self.t("people-validated")),
            ("state", "blocked") => Some(self.t("people-blocked")),
            ("purpose", "first_access") => Some(self.t("journal-purpose-first-access")),
            ("purpose", "password") => Some(self.t("journal-purpose-password")),
            ("kind", word) => KINDS.into_iter().find(|kind| kind.as_str() == word).map(|kind| kind.kind_name(&self.locale)),
            ("rows", word) => Some(reason_name(word, self.locale)).filter(|_| word.bytes().any(|sign| sign.is_ascii_lowercase())),
            _ => None,
        };
        match (known, what) {
            (Some(words), _) => words.to_owned(),
            (None, "number" | "mobile" | "home" | "other" | "first" | "last") => number_text(self, value),
            (None, _) => crate::line_journal::value(self, what, value).unwrap_or_else(|| value.to_owned()),
        }
    }

    /// The name of a legal page in a language, by the word that is noted: `privacy_fr`.
    pub(crate) fn legal_page_name(&self, word: &str) -> Option<String> {
        let (page, tag) = word.rsplit_once('_')?;
        let (page, language) = (LegalPage::named(page)?, tag.parse::<Locale>().ok()?);
        Some(format!("{} ({})", legal_name(self.locale, page), language.tag()))
    }
}

//! The words of the pages, in four languages.
//!
//! A text has one key in `locales/*/*.ftl`. Sources are typed plainly; what typography asks for (the curved apostrophe, and in French
//! the spaces that do not break before a colon or within quotation marks) is put in as the text is made. So is what keeps `e-mail` on one
//! line: a joiner behind its hyphen, which no font has to draw, no search looks at and no screen reader says. What leaves the pages, as
//! mails do, goes without ([`without_joiners`]).

use crate::Locale;
use fluent_templates::{Loader, fluent_bundle::FluentValue, static_loader};
use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{LazyLock, RwLock},
};

static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| {
            bundle.set_use_isolating(false);
            let french = bundle.locales.first().is_some_and(|locale| locale.language.as_str() == "fr");
            bundle.set_transform(Some(if french { french_typography } else { typography }));
        },
    };
}

/// Texts without arguments, once made: a table asks for the same few a hundred times.
static MADE: LazyLock<[RwLock<HashMap<&'static str, &'static str>>; 4]> = LazyLock::new(Default::default);

impl Locale {
    /// The text of a key that takes no arguments.
    pub fn text(self, key: &'static str) -> &'static str {
        let made = &MADE[self as usize];
        if let Ok(known) = made.read()
            && let Some(text) = known.get(key)
        {
            return text;
        }
        let text: &'static str = TEXTS.lookup(&self.language(), key).leak();
        if let Ok(mut known) = made.write() {
            known.insert(key, text);
        }
        text
    }

    /// The text of a key with its arguments. A number chooses the plural; what is shown of it is passed as text beside it.
    pub fn text_with<const N: usize>(self, key: &'static str, arguments: [(&'static str, FluentValue<'_>); N]) -> String {
        let arguments = arguments.map(|(name, value)| (Cow::Borrowed(name), value));
        TEXTS.lookup_with_args(&self.language(), key, &HashMap::from(arguments))
    }

    fn language(self) -> fluent_templates::LanguageIdentifier {
        self.tag().parse().expect("the four tags are language identifiers")
    }
}

/// Keeps what stands before and behind it on one line.
const JOINER: char = '\u{2060}';

/// A text for where no line breaks: mails, text messages.
pub(crate) fn without_joiners(text: &str) -> String {
    text.replace(JOINER, "")
}

/// `'` between letters as an apostrophe, and `e-mail` on one line.
fn typography(text: &str) -> Cow<'_, str> {
    const JOINED: [(&str, &str); 4] =
        [("'", "’"), ("e-mail", "e-\u{2060}mail"), ("E-mail", "E-\u{2060}mail"), ("E-Mail", "E-\u{2060}Mail")];
    replaced(text.into(), &JOINED)
}

fn replaced<'t>(text: Cow<'t, str>, pairs: &[(&str, &str)]) -> Cow<'t, str> {
    pairs.iter().fold(text, |text, (plain, set)| if text.contains(plain) { text.replace(plain, set).into() } else { text })
}

/// Apostrophes, and the spaces of French: narrow before `;`, `!`, `?`, whole before `:` and within quotation marks; none breaks.
fn french_typography(text: &str) -> Cow<'_, str> {
    const SPACED: [(&str, &str); 6] =
        [(" ;", "\u{202f};"), (" !", "\u{202f}!"), (" ?", "\u{202f}?"), (" :", "\u{a0}:"), ("« ", "«\u{a0}"), (" »", "\u{a0}»")];
    replaced(typography(text), &SPACED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    fn files_below(folder: &Path, ends: &[&str], found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files_below(&path, ends, found);
            } else if ends.iter().any(|end| path.extension().is_some_and(|extension| extension == *end)) {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }

    fn keys_of(language: &str) -> BTreeSet<String> {
        let mut files = Vec::new();
        files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language), &["ftl"], &mut files);
        let keys = files.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| {
            let key = line.split_once(" =")?.0;
            key.starts_with(|c: char| c.is_ascii_lowercase()).then(|| key.to_owned())
        });
        keys.collect()
    }

    /// Every text between quotes in the crate's Rust files and templates that looks like a key.
    fn keys_asked_for() -> BTreeSet<String> {
        let mut files = Vec::new();
        files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &["rs", "html"], &mut files);
        let mut keys = BTreeSet::new();
        for call in [".t(\"", ".text(\"", ".tn(\"", ".text_with(\"", ".ta(\"", "key!(\""] {
            for (_, text) in &files {
                keys.extend(text.split(call).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
        keys.retain(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()));
        keys
    }

    /// PLT-08: a missing text fails the tests, and so does one that no page asks for.
    #[test]
    fn every_text_that_a_page_asks_for_is_there_in_each_language_and_no_other() {
        let asked = keys_asked_for();
        assert!(asked.len() > 100, "the search for keys found {} only", asked.len());
        for locale in Locale::ALL {
            let there = keys_of(locale.tag());
            let missing: Vec<_> = asked.difference(&there).collect();
            let unused: Vec<_> = there.difference(&asked).collect();
            assert!(missing.is_empty(), "{} lacks {missing:?}", locale.tag());
            assert!(unused.is_empty(), "{} has {unused:?}, which no page asks for", locale.tag());
        }
    }

    #[test]
    fn french_keeps_its_signs_with_their_words() {
        assert_eq!(french_typography("l'offre : « 30 Go » ?"), "l’offre\u{a0}: «\u{a0}30 Go\u{a0}»\u{202f}?");
        assert_eq!(Locale::French.text("sign-out"), "Se déconnecter");
    }

    /// PLT-08: the word `e-mail` stays on one line, in every language, and goes out as everybody types it.
    #[test]
    fn an_e_mail_is_one_word() {
        for (locale, word) in
            [(Locale::French, "E-\u{2060}mail"), (Locale::German, "E-\u{2060}Mail"), (Locale::Dutch, "E-\u{2060}mail")]
        {
            assert_eq!(locale.text("identifier-email"), word);
            assert_eq!(without_joiners(word), word.replace('\u{2060}', ""));
        }
    }
}

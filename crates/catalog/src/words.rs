//! Texts of a catalogue that people read, in the operator's languages.

use std::collections::BTreeMap;

/// One text for all languages, or one a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    every: String,
    by_language: BTreeMap<String, String>,
}

impl Words {
    /// The same text whatever the language: a product's name.
    pub fn same(text: &str) -> Self {
        Self { every: text.to_owned(), by_language: BTreeMap::new() }
    }

    /// A text a language; the first stands in for a language that has none.
    pub fn by_language(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let by_language: BTreeMap<_, _> = texts.into_iter().collect();
        let every = by_language.get("en").or_else(|| by_language.values().next()).cloned().unwrap_or_default();
        Self { every, by_language }
    }

    /// The text in `language` (`fr`), or the one that stands in for it.
    pub fn in_language(&self, language: &str) -> &str {
        self.by_language.get(language).unwrap_or(&self.every)
    }
}

//! Reads a TOML table field by field, so that one mistake does not hide the next.
//!
//! A field that is missing or wrong is written to the log and answered with a stand-in; no stand-in leaves the crate, because a
//! catalogue with a logged mistake is never handed out.

use crate::{
    Coverage, Ix,
    draft::Draft,
    fault::{FaultLog, Place},
    words::Words,
};
use std::{collections::BTreeSet, fmt, str::FromStr};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};
use vocabulary::{Money, Quantity, UsageKind};

/// A text and where it stood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Located {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A parsed file and what is needed to tell lines.
pub(crate) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    /// Where the lines of the text end: each value that is read asks for its line.
    line_ends: Vec<usize>,
    log: &'a FaultLog,
    languages: &'a [String],
}

impl<'a> Document<'a> {
    pub(crate) fn new((file, text): (&'a str, &'a str), log: &'a FaultLog, languages: &'a [String]) -> Self {
        let line_ends = text.match_indices('\n').map(|(offset, _)| offset).collect();
        Self { file, text, line_ends, log, languages }
    }

    fn place(&self, offset: usize) -> Place {
        let line = 1 + self.line_ends.partition_point(|&end| end < offset);
        Place { file: self.file.to_owned(), line }
    }
}

/// One table of a document: its fields are taken out by name, and what is left at the end is unknown.
pub(crate) struct Fields<'d, 't> {
    document: &'d Document<'d>,
    table: &'t DeTable<'t>,
    at: usize,
    taken: BTreeSet<&'static str>,
}

/// Parses `document` and hands its root table to `read`; a syntax error is logged and answered with `None`.
pub(crate) fn read_document<T>(document: &Document<'_>, read: impl FnOnce(&mut Fields<'_, '_>) -> T) -> Option<T> {
    match DeTable::parse(document.text) {
        Ok(root) => {
            let mut fields = Fields { document, table: root.get_ref(), at: 0, taken: BTreeSet::new() };
            let value = read(&mut fields);
            fields.finish();
            Some(value)
        }
        Err(error) => {
            let place = document.place(error.span().map_or(0, |span| span.start));
            document.log.add(&place, "", format!("is no TOML: {}", error.message()));
            None
        }
    }
}

impl<'d, 't> Fields<'d, 't> {
    /// Where this table begins.
    pub(crate) fn place(&self) -> Place {
        self.document.place(self.at)
    }

    /// Where a field of it stands; the table where it has none of that name.
    pub(crate) fn place_of(&self, field: &str) -> Place {
        self.document.place(self.table.get(field).map_or(self.at, |value| value.span().start))
    }

    pub(crate) fn fault(&self, field: &str, reason: impl fmt::Display) {
        self.document.log.add(&self.place_of(field), field, reason);
    }

    fn value(&mut self, field: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.taken.insert(field);
        self.table.get(field)
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    pub(crate) fn optional(&mut self, field: &'static str) -> Option<Located> {
        let value = self.value(field)?;
        match value.get_ref() {
            DeValue::String(text) => {
                Some(Located { text: text.clone().into_owned(), place: self.document.place(value.span().start) })
            }
            _ => {
                self.fault(field, "is not a text in quotes");
                None
            }
        }
    }

    pub(crate) fn required(&mut self, field: &'static str) -> Located {
        if !self.has(field) {
            self.fault(field, "is missing");
        }
        self.optional(field).unwrap_or_else(|| Located { text: String::new(), place: self.place() })
    }

    /// An id: small letters, digits and hyphens.
    pub(crate) fn id(&mut self) -> Located {
        let id = self.required("id");
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.has("id") && (id.text.is_empty() || !id.text.chars().all(good)) {
            self.fault("id", format!("`{}` is not made of small letters, digits and hyphens", id.text));
        }
        id
    }

    pub(crate) fn parsed<T>(&mut self, field: &'static str) -> Option<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        let text = self.optional(field)?.text;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(field, error);
                None
            }
        }
    }

    pub(crate) fn money(&mut self, field: &'static str) -> Option<Money> {
        self.parsed(field)
    }

    pub(crate) fn quantity(&mut self, field: &'static str, kind: UsageKind) -> Option<Quantity> {
        let text = self.optional(field)?.text;
        match Quantity::parse(&text, kind) {
            Ok(quantity) => Some(quantity),
            Err(error) => {
                self.fault(field, error);
                None
            }
        }
    }

    /// One of the words given, or `None` with a fault that lists them; the first stands for a missing field if `or_first`.
    pub(crate) fn choice<T: Copy>(&mut self, field: &'static str, words: &[(&str, T)], or_first: bool) -> T {
        let fallback = words[0].1;
        if !self.has(field) && or_first {
            self.taken.insert(field);
            return fallback;
        }
        let text = self.required(field).text;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return *value;
        }
        if self.has(field) {
            let list: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.fault(field, format!("`{text}` is not one of {}", list.join(", ")));
        }
        fallback
    }

    pub(crate) fn boolean(&mut self, field: &'static str, otherwise: bool) -> bool {
        match self.value(field).map(Spanned::get_ref) {
            None => otherwise,
            Some(DeValue::Boolean(value)) => *value,
            Some(_) => {
                self.fault(field, "is neither true nor false");
                otherwise
            }
        }
    }

    pub(crate) fn integer(&mut self, field: &'static str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let value = match self.value(field)?.get_ref() {
            DeValue::Integer(value) => i64::from_str_radix(value.as_str(), value.radix()).ok(),
            _ => None,
        };
        if !value.is_some_and(|value| range.contains(&value)) {
            self.fault(field, format!("is not a whole number from {} to {}", range.start(), range.end()));
            return None;
        }
        value
    }

    /// A list of whole numbers, each within the range.
    pub(crate) fn integers(&mut self, field: &'static str, range: std::ops::RangeInclusive<i64>) -> Vec<i64> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let list = value.get_ref().as_array().map(|items| {
            let number = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok().filter(|n| range.contains(n)),
                _ => None,
            };
            items.iter().map(number).collect::<Option<Vec<_>>>()
        });
        list.flatten().unwrap_or_else(|| {
            self.fault(field, format!("is not a list of whole numbers from {} to {}", range.start(), range.end()));
            Vec::new()
        })
    }

    /// A list of texts; empty when left out.
    pub(crate) fn list(&mut self, field: &'static str) -> Vec<Located> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let document = self.document;
        let located = |item: &Spanned<DeValue<'_>>| {
            let text = item.get_ref().as_str()?.to_owned();
            Some(Located { text, place: document.place(item.span().start) })
        };
        let list = value.get_ref().as_array().map(|items| items.iter().map(located).collect::<Option<Vec<_>>>());
        list.flatten().unwrap_or_else(|| {
            self.fault(field, "is not a list of texts");
            Vec::new()
        })
    }

    pub(crate) fn kinds(&mut self, field: &'static str) -> Vec<UsageKind> {
        let mut kinds = Vec::new();
        for item in self.list(field) {
            match item.text.parse() {
                Ok(kind) => kinds.push(kind),
                Err(error) => self.document.log.add(&item.place, field, error),
            }
        }
        if kinds.is_empty() {
            self.fault(field, "names no kind of usage (voice, sms, mms, data)");
            kinds.push(UsageKind::Data);
        }
        kinds
    }

    /// Coverages by their names; none when left out.
    pub(crate) fn coverages(&mut self, field: &'static str, draft: &Draft<'_>) -> Vec<Ix<Coverage>> {
        let names = &draft.version.coverages.names;
        self.list(field).iter().filter_map(|name| names.resolve(&name.text, &name.place, field, draft.log)).collect()
    }

    /// A text for all languages, or one for each language of the operator.
    pub(crate) fn words(&mut self, field: &'static str) -> Words {
        self.words_in(field, self.document.languages)
    }

    /// A text for all languages, or one for each of these.
    pub(crate) fn words_in(&mut self, field: &'static str, languages: &[String]) -> Words {
        match self.value(field).map(Spanned::get_ref) {
            None => {
                self.fault(field, "is missing");
                Words::default()
            }
            Some(DeValue::String(text)) => Words::same(text),
            Some(DeValue::Table(table)) => {
                for language in languages {
                    if !table.contains_key(language.as_str()) {
                        self.fault(field, format!("has no text in `{language}`, a language of the operator"));
                    }
                }
                Words::by_language(table.iter().filter_map(|(language, text)| {
                    Some((language.get_ref().clone().into_owned(), text.get_ref().as_str()?.to_owned()))
                }))
            }
            Some(_) => {
                self.fault(field, "is neither a text nor one text a language");
                Words::default()
            }
        }
    }

    /// The entries of a table of texts, such as `price = { a = "1.00" }`; a plain text answers with one entry of key `*`.
    pub(crate) fn entries(&mut self, field: &'static str) -> Vec<(Located, Located)> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let here = |at: usize| self.document.place(at);
        match value.get_ref() {
            DeValue::String(text) => {
                let place = here(value.span().start);
                vec![(Located { text: "*".into(), place: place.clone() }, Located { text: text.clone().into_owned(), place })]
            }
            DeValue::Table(table) => table
                .iter()
                .filter_map(|(key, text)| {
                    let key = Located { text: key.get_ref().clone().into_owned(), place: here(key.span().start) };
                    match text.get_ref().as_str() {
                        Some(value) => Some((key, Located { text: value.to_owned(), place: here(text.span().start) })),
                        None => {
                            self.document.log.add(
                                &key.place,
                                field,
                                format!("`{}` is not followed by a text in quotes", key.text),
                            );
                            None
                        }
                    }
                })
                .collect(),
            _ => {
                self.fault(field, "is neither a text nor a table of texts");
                Vec::new()
            }
        }
    }

    /// The tables of an array (`[[field]]`), or the one table of that name.
    pub(crate) fn tables(&mut self, field: &'static str) -> Vec<Fields<'d, 't>> {
        let document = self.document;
        let Some(value) = self.value(field) else { return Vec::new() };
        let open = |item: &'t Spanned<DeValue<'t>>| {
            let table = item.get_ref().as_table()?;
            Some(Fields { document, table, at: item.span().start, taken: BTreeSet::new() })
        };
        let tables = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(open).collect::<Option<Vec<_>>>(),
            _ => open(value).map(|one| vec![one]),
        };
        tables.unwrap_or_else(|| {
            self.fault(field, "is not a table");
            Vec::new()
        })
    }

    /// Ends the table: whatever nobody asked for is a mistake, most often of spelling.
    pub(crate) fn finish(&mut self) {
        for (key, _) in self.table {
            if !self.taken.contains(key.get_ref().as_ref()) {
                let place = self.document.place(key.span().start);
                let known: Vec<_> = self.taken.iter().copied().collect();
                self.document.log.add(&place, key.get_ref(), format!("is unknown here; known are {}", known.join(", ")));
            }
        }
    }
}

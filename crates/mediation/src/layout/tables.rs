//! Reading tables of a mapping file with the line of each mistake.

use super::{Choice, Column};
use std::{cell::RefCell, fmt};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One mistake of a mapping file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutFault {
    /// The file, as it was named.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong, naming the value.
    pub reason: String,
}

impl fmt::Display for LayoutFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for LayoutFault {}

/// The mapping file, the mistakes found so far, and the columns named so far.
pub(super) struct Mapping<'t> {
    file: &'t str,
    text: &'t str,
    faults: RefCell<Vec<LayoutFault>>,
    names: RefCell<Vec<String>>,
    /// Those of the columns that the file names itself.
    said: RefCell<Vec<String>>,
}

impl<'t> Mapping<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, faults: RefCell::default(), names: RefCell::default(), said: RefCell::default() }
    }

    pub(super) fn fault(&self, at: usize, reason: impl Into<String>) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        self.faults.borrow_mut().push(LayoutFault { file: self.file.to_owned(), line, reason: reason.into() });
    }

    /// The columns that were named, if nothing was wrong.
    pub(super) fn finish(self) -> Result<Vec<String>, Vec<LayoutFault>> {
        let mut faults = self.faults.into_inner();
        faults.sort_by_key(|fault| fault.line);
        if faults.is_empty() { Ok(self.names.into_inner()) } else { Err(faults) }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.names.borrow().clone()
    }

    /// The columns that the file names itself; the others are looked at where they exist.
    pub(super) fn said(&self) -> Vec<String> {
        self.said.borrow().clone()
    }

    /// A column that the file names, or several of which the first that is not empty counts.
    pub(super) fn column(&self, names: &[&str]) -> Column {
        self.said.borrow_mut().extend(names.iter().map(|&name| name.to_owned()));
        self.usual_column(names)
    }

    /// A column of our own mobile format, where the file names none.
    pub(super) fn usual_column(&self, names: &[&str]) -> Column {
        let mut known = self.names.borrow_mut();
        let mut slot = |name: &str| {
            known.iter().position(|other| other == name).unwrap_or_else(|| {
                known.push(name.to_owned());
                known.len() - 1
            })
        };
        Column(names.iter().map(|name| slot(name)).collect())
    }
}

/// One table of the mapping file.
#[derive(Clone, Copy)]
pub(super) struct Table<'m, 't> {
    pub(super) mapping: &'m Mapping<'t>,
    name: &'m str,
    entries: Option<&'m DeTable<'t>>,
    /// Where it begins.
    pub(super) at: usize,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl<'m, 't> Table<'m, 't> {
    pub(super) const fn root(mapping: &'m Mapping<'t>, entries: &'m DeTable<'t>) -> Self {
        Self { mapping, name: "", entries: Some(entries), at: 0 }
    }

    /// Does the file have it?
    pub(super) const fn is_present(&self) -> bool {
        self.entries.is_some()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// Its keys, in their order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'m str> {
        self.entries.into_iter().flatten().map(|(key, _)| key.get_ref().as_ref())
    }

    /// Reports every key that is not one of these.
    pub(super) fn only(&self, keys: &[&str]) {
        for (key, _) in self.entries.into_iter().flatten() {
            if !keys.contains(&key.get_ref().as_ref()) {
                let known = keys.join(", ");
                self.mapping.fault(key.span().start, format!("{} is not known here; known are {known}", self.key(key.get_ref())));
            }
        }
    }

    fn key(&self, key: &str) -> String {
        if self.name.is_empty() { format!("`{key}`") } else { format!("`{}.{key}`", self.name) }
    }

    fn value(&self, key: &str) -> Option<&'m Value<'t>> {
        let (_, value) = self.entries?.iter().find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some(value)
    }

    /// Where a key stands, for mistakes that are found later; where the table stands without it.
    pub(super) fn place(&self, key: &str) -> usize {
        self.value(key).map_or(self.at, |value| value.span().start)
    }

    pub(super) fn fault(&self, key: &str, reason: impl fmt::Display) {
        self.mapping.fault(self.place(key), format!("{}: {reason}", self.key(key)));
    }

    fn of_type<T>(&self, key: &str, expected: &str, read: impl Fn(&'m DeValue<'t>) -> Option<T>) -> Option<T> {
        let value = self.value(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            self.fault(key, format!("should be {expected}, and is of type {}", value.get_ref().type_str()));
        }
        read
    }

    pub(super) fn text(&self, key: &str) -> Option<&'m str> {
        self.of_type(key, "a text", |value| value.as_str())
    }

    pub(super) fn boolean(&self, key: &str) -> Option<bool> {
        self.of_type(key, "true or false", DeValue::as_bool)
    }

    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        self.of_type(key, "a whole number", |value| value.as_integer()?.as_str().parse().ok())
    }

    /// One text or a list of them.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<&'m str>> {
        self.of_type(key, "a text or a list of texts", |value| match value {
            DeValue::String(text) => Some(vec![text.as_ref()]),
            DeValue::Array(list) => list.iter().map(|item| item.get_ref().as_str()).collect(),
            _ => None,
        })
    }

    pub(super) fn owned_texts(&self, key: &str) -> Vec<String> {
        self.texts(key).unwrap_or_default().into_iter().map(str::to_owned).collect()
    }

    /// A list of lists of texts.
    pub(super) fn text_lists(&self, key: &str) -> Option<Vec<Vec<String>>> {
        let texts = |list: &'m Value<'t>| -> Option<Vec<String>> {
            list.get_ref().as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
        };
        self.of_type(key, "a list of lists of column names", |value| value.as_array()?.iter().map(texts).collect())
    }

    /// A table; an absent one has no entries.
    pub(super) fn table(&self, key: &'m str) -> Table<'m, 't> {
        let entries = self.of_type(key, "a table", DeValue::as_table);
        Table { mapping: self.mapping, name: key, entries, at: self.place(key) }
    }

    /// Tables under one name.
    pub(super) fn tables(&self, key: &'m str) -> Vec<Table<'m, 't>> {
        let list = self.of_type(key, "a list of tables", DeValue::as_array);
        let table = |item: &'m Value<'t>| {
            let entries = item.get_ref().as_table();
            if entries.is_none() {
                self.fault(key, "should be a list of tables");
            }
            Table { mapping: self.mapping, name: key, entries, at: item.span().start }
        };
        list.into_iter().flatten().map(table).collect()
    }

    /// A column by name, or several of which the first that is not empty counts; `default` where nothing is said.
    pub(super) fn column(&self, key: &str, default: Option<&str>) -> Option<Column> {
        match self.texts(key) {
            Some(names) if names.is_empty() || names.contains(&"") => {
                self.fault(key, "names no column");
                None
            }
            Some(names) => Some(self.mapping.column(&names)),
            None if self.has(key) => None,
            None => default.map(|name| self.mapping.usual_column(&[name])),
        }
    }

    /// A column that must be named.
    pub(super) fn needed_column(&self, key: &str) -> Option<Column> {
        if !self.has(key) {
            self.mapping.fault(self.at, format!("{} is missing: name the column", self.key(key)));
        }
        self.column(key, None)
    }

    /// One word for all rows, or a table of the words that a column has: `{ column, values = { word = [written …] }, empty }`.
    pub(super) fn choice<T: Copy>(&self, key: &'m str, words: &[(&str, T)]) -> Option<Choice<T>> {
        let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        let find = |table: &Self, key: &str, word: &str| {
            let found = words.iter().find(|(known, _)| *known == word).map(|&(_, value)| value);
            if found.is_none() {
                table.fault(key, format!("`{word}` is not one of {known}"));
            }
            found
        };
        match self.value(key)?.get_ref() {
            DeValue::String(word) => find(self, key, word).map(Choice::Always),
            DeValue::Table(_) => {
                let table = self.table(key);
                table.only(&["column", "values", "empty"]);
                let column = table.needed_column("column")?;
                let empty = table.text("empty").and_then(|word| find(&table, "empty", word));
                let listed = table.table("values");
                let mut values = Vec::new();
                for (word, _) in listed.entries.into_iter().flatten() {
                    let word = word.get_ref().as_ref();
                    if let Some(value) = find(&listed, word, word) {
                        values.extend(listed.owned_texts(word).into_iter().map(|written| (written, value)));
                    }
                }
                if !listed.is_present() {
                    // Without a list, the house's own words are what the column has.
                    values = words.iter().map(|&(word, value)| (word.to_owned(), value)).collect();
                }
                Some(Choice::Of { column, values, empty })
            }
            other => {
                self.fault(
                    key,
                    format!("should be one of {known}, or a table with a column, and is of type {}", other.type_str()),
                );
                None
            }
        }
    }
}

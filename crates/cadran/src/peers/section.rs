//! One table of the file of peers: its fields are taken out by name, what is wrong with one does not hide the next, and what is left at the end
//! is unknown. A secret stands in a file or a variable of its own, never here.

use gateways::http_network::{ClientIdentity, Limits, TlsFiles};
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};
use zeroize::Zeroizing;

/// What is wrong, in the order in which it was found.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<String>);

impl Faults {
    pub(crate) fn add(&mut self, fault: &str) {
        self.0.push(fault.to_owned());
    }

    pub(crate) fn into_lines(self) -> Vec<String> {
        self.0
    }
}

/// How long a peer is waited for at most, in seconds: a round of work goes to several, and its lease is not for ever.
const LONGEST_CONNECT_S: u64 = 10;
const LONGEST_ANSWER_S: u64 = 30;

pub(crate) struct Section<'f> {
    place: String,
    table: toml::Table,
    folder: &'f Path,
    faults: &'f mut Faults,
    /// Where the secrets came from, so that one that is too short is named by it.
    sources: BTreeMap<&'static str, String>,
}

impl<'f> Section<'f> {
    pub(crate) fn new((kind, (at, table)): (&str, (usize, toml::Table)), folder: &'f Path, faults: &'f mut Faults) -> Self {
        let name = |field: &str| table.get(field).and_then(toml::Value::as_str);
        let named: Vec<_> = ["operator", "network"].into_iter().filter_map(name).collect();
        let named = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) };
        Self { place: format!("[[{kind}]] {at}{named}"), table, folder, faults, sources: BTreeMap::new() }
    }

    /// Says what is wrong with a field.
    pub(crate) fn fault(&mut self, field: &str, problem: &str) {
        self.faults.add(&format!("{}: {field}: {problem}", self.place));
    }

    /// Is a field there that was not taken yet?
    pub(crate) fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    /// A text that may be missing.
    pub(crate) fn text(&mut self, field: &str) -> Option<String> {
        match self.table.remove(field)? {
            toml::Value::String(text) if !text.trim().is_empty() => Some(text),
            toml::Value::String(_) => {
                self.fault(field, "is empty");
                None
            }
            _ => {
                self.fault(field, "is no text in quotes");
                None
            }
        }
    }

    /// A text that has to be there.
    pub(crate) fn needed(&mut self, field: &str) -> Option<String> {
        if !self.has(field) {
            self.fault(field, "is missing");
        }
        self.text(field)
    }

    /// A text that has to be there and means something.
    pub(crate) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, field: &str) -> Option<T> {
        let text = self.needed(field)?;
        text.parse().map_err(|error: T::Err| self.fault(field, &error.to_string())).ok()
    }

    /// A list of texts, each of which means something, that has to be there.
    pub(crate) fn list<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, field: &str) -> Vec<T> {
        let Some(toml::Value::Array(values)) =
            self.table.remove(field).filter(|list| list.as_array().is_some_and(|l| !l.is_empty()))
        else {
            self.fault(field, "is missing, or no list of texts");
            return Vec::new();
        };
        let mut found = Vec::new();
        for value in values {
            match value.as_str().map(str::parse::<T>) {
                Some(Ok(one)) => found.push(one),
                Some(Err(error)) => self.fault(field, &error.to_string()),
                None => self.fault(field, &format!("{value} is no text in quotes")),
            }
        }
        found
    }

    /// One of some words; the first where nothing is said.
    pub(crate) fn choice<T: Copy>(&mut self, field: &str, words: &[(&str, T)]) -> Option<T> {
        let Some(text) = self.text(field) else { return words.first().map(|(_, value)| *value) };
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.fault(field, &format!("`{text}` is none of {}", known.join(", ")));
        }
        found
    }

    /// A whole number that may be missing.
    pub(crate) fn number(&mut self, field: &str) -> Option<u32> {
        let number = self.table.remove(field)?.as_integer().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.fault(field, "is no whole number of 0 or more");
        }
        number
    }

    /// Seconds, written `10 s`, from 1 to as many.
    pub(crate) fn seconds(&mut self, field: &str, most: u64) -> Option<u64> {
        let text = self.text(field)?;
        let seconds = text.strip_suffix('s').and_then(|number| number.trim().parse().ok());
        let seconds = seconds.filter(|seconds| (1..=most).contains(seconds));
        if seconds.is_none() {
            self.fault(field, &format!("`{text}` is not from `1 s` to `{most} s`"));
        }
        seconds
    }

    /// How long the peer is waited for.
    pub(crate) fn limits(&mut self, usual: Limits) -> Limits {
        let connect = self.seconds("connect_within", LONGEST_CONNECT_S).map_or(usual.connect, Duration::from_secs);
        let answer = self.seconds("answer_within", LONGEST_ANSWER_S).map_or(usual.answer, Duration::from_secs);
        Limits { connect, answer }
    }

    /// The path of a file that is named beside this one, or by its whole path.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Such a file, which has to be there.
    pub(crate) fn file(&mut self, field: &str) -> Option<PathBuf> {
        let path = self.folder.join(self.text(field)?);
        if let Err(error) = fs::metadata(&path) {
            self.fault(field, &format!("`{}` cannot be read: {error}", path.display()));
        }
        Some(path)
    }

    /// The certificates towards the peer.
    pub(crate) fn tls(&mut self) -> TlsFiles {
        let authority = self.file("ca");
        let identity = match (self.file("certificate"), self.file("key")) {
            (Some(certificate), Some(key)) => Some(ClientIdentity { certificate, key }),
            (None, None) => None,
            (Some(_), None) => {
                self.fault("key", "is missing: a certificate needs its key");
                None
            }
            (None, Some(_)) => {
                self.fault("certificate", "is missing: a key needs its certificate");
                None
            }
        };
        TlsFiles { authority, identity }
    }

    /// A secret, from the file or the variable that `FIELD_file` or `FIELD_env` names; `None` where neither does.
    pub(crate) fn secret(&mut self, [here, file, variable]: [&'static str; 3]) -> Option<Zeroizing<String>> {
        if self.table.remove(here).is_some() {
            self.fault(here, &format!("a secret does not stand in this file: name one with `{file}` or `{variable}`"));
        }
        let (file, variable) = ((file, self.text(file)), (variable, self.text(variable)));
        let named = if file.1.is_some() { file.0 } else { variable.0 };
        let (field, read) = match (file, variable) {
            ((_, None), (_, None)) => return None,
            ((field, Some(_)), (other, Some(_))) => {
                self.sources.insert(here, named.to_owned());
                self.fault(field, &format!("stands beside `{other}`: one of them is enough"));
                return None;
            }
            ((field, Some(path)), _) => {
                let path = self.folder.join(path);
                let read = fs::read_to_string(&path).map_err(|error| format!("`{}` cannot be read: {error}", path.display()));
                (field, read)
            }
            (_, (field, Some(name))) => (field, env::var(&name).map_err(|_| format!("variable `{name}` is not set"))),
        };
        self.sources.insert(here, named.to_owned());
        let secret = read.map(Zeroizing::new).map(|text| Zeroizing::new(text.trim().to_owned()));
        match secret {
            Ok(secret) if secret.is_empty() => {
                self.fault(field, "is empty");
                None
            }
            Ok(secret) => Some(secret),
            Err(problem) => {
                self.fault(field, &problem);
                None
            }
        }
    }

    /// Was it said where a secret is?
    pub(crate) fn names(&self, here: &str) -> bool {
        self.sources.contains_key(here)
    }

    /// Says what is wrong with a secret, by the field that named it.
    pub(crate) fn secret_fault(&mut self, here: &'static str, problem: &str) {
        let field = self.sources.get(here).cloned().unwrap_or_else(|| here.to_owned());
        self.fault(&field, problem);
    }

    /// What was not taken is unknown.
    pub(crate) fn finish(mut self) {
        for field in std::mem::take(&mut self.table).keys() {
            self.fault(field, "is not known");
        }
    }
}

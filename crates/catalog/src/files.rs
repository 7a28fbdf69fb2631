//! The files of a catalogue folder, in memory.

use crate::fault::{Fault, FaultLog, Faults};
use jiff::civil::Date;
use std::{collections::BTreeMap, fs, io, path::Path};

/// Every file under a catalogues' folder by its path from there, with `/` between names.
#[derive(Clone, Debug, Default)]
pub struct CatalogFiles(BTreeMap<String, String>);

impl CatalogFiles {
    /// From paths and texts: what a test writes, or what a program carries within.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(files.into_iter().collect())
    }

    /// Reads a folder: its TOML and CSV files, two folders deep.
    ///
    /// # Errors
    /// When the folder or a file of it cannot be read, naming it.
    pub fn read(folder: &Path) -> Result<Self, Faults> {
        let mut files = BTreeMap::new();
        read_folder(folder, "", &mut files).map_err(|(path, error)| {
            let file = if path.is_empty() { folder.display().to_string() } else { path };
            Faults(vec![Fault { file, line: 0, field: String::new(), reason: format!("cannot be read: {error}") }])
        })?;
        Ok(Self(files))
    }

    /// The same with one more version of an operator's, of these files by name, that takes effect on a day. Versions from that day on are
    /// left out: what is drafted is the last.
    #[must_use]
    pub fn with_draft(&self, operator: &str, effective: Date, files: impl IntoIterator<Item = (String, String)>) -> Self {
        let stays = |path: &str| {
            let folder = path.strip_prefix(operator).and_then(|rest| rest.strip_prefix('/')?.split_once('/'));
            folder.is_none_or(|(folder, _)| folder.parse::<Date>().map_or(true, |day| day < effective))
        };
        let kept = self.0.iter().filter(|(path, _)| stays(path)).map(|(path, text)| (path.clone(), text.clone()));
        let drafted = files.into_iter().map(|(name, text)| (format!("{operator}/{effective}/{name}"), text));
        Self(kept.chain(drafted).collect())
    }

    /// The operators there are: folders that hold an `operator.toml`.
    pub fn operators(&self) -> Vec<&str> {
        self.0.keys().filter_map(|path| path.strip_suffix("/operator.toml")).filter(|name| !name.contains('/')).collect()
    }

    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// The text of a file that must be there.
    pub(crate) fn expect(&self, path: &str, log: &FaultLog) -> Option<&str> {
        let text = self.get(path);
        if text.is_none() {
            log.add_to_file(path, "is missing");
        }
        text
    }

    /// The names of the folders right under `folder`.
    pub(crate) fn folders_of(&self, folder: &str) -> Vec<&str> {
        let prefix = format!("{folder}/");
        let mut names: Vec<&str> =
            self.0.keys().filter_map(|path| path.strip_prefix(&prefix)?.split_once('/').map(|(name, _)| name)).collect();
        names.dedup();
        names
    }

    /// The paths of the files right in `folder`.
    pub(crate) fn files_of<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().filter_map(move |path| path.strip_prefix(folder)?.strip_prefix('/').filter(|name| !name.contains('/')))
    }
}

type ReadFailure = (String, io::Error);

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), ReadFailure> {
    const DEEPEST: usize = 2;
    let failed = |error| (prefix.trim_end_matches('/').to_owned(), error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let failed = |error| (path.clone(), error);
        if entry.file_type().map_err(failed)?.is_dir() {
            if prefix.matches('/').count() < DEEPEST {
                read_folder(&entry.path(), &format!("{path}/"), files)?;
            }
        } else if path.ends_with(".toml") || path.ends_with(".csv") {
            files.insert(path.clone(), fs::read_to_string(entry.path()).map_err(failed)?);
        }
    }
    Ok(())
}

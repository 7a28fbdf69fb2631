//! What is wrong with a catalogue: file, line, field and reason, all of it in one pass.

use std::{cell::RefCell, fmt};

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, from the catalogues' folder: `OPERATOR/2026-01-01/offers.toml`.
    pub file: String,
    /// Its line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The field or column, where one is at fault.
    pub field: String,
    /// What is wrong, naming the value.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.field.is_empty() {
            write!(f, ": {}", self.field)?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Every mistake of a catalogue, in the order of files and lines.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the catalogue has {} mistake(s):\n{}", .0.len(), .0.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<Fault>);

/// Where a value stood, so that a mistake found later can still name the place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// Mistakes as they are found.
#[derive(Debug, Default)]
pub(crate) struct FaultLog(RefCell<Vec<Fault>>);

impl FaultLog {
    pub(crate) fn add(&self, place: &Place, field: &str, reason: impl fmt::Display) {
        let (file, line) = (place.file.clone(), place.line);
        self.0.borrow_mut().push(Fault { file, line, field: field.to_owned(), reason: reason.to_string() });
    }

    pub(crate) fn add_to_file(&self, file: &str, reason: impl fmt::Display) {
        self.add(&Place { file: file.to_owned(), line: 0 }, "", reason);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// `value` when nothing was found, else everything that was, sorted.
    pub(crate) fn into_result<T>(self, value: Option<T>) -> Result<T, Faults> {
        let mut faults = self.0.into_inner();
        match value {
            Some(value) if faults.is_empty() => Ok(value),
            _ => {
                faults.sort();
                faults.dedup();
                Err(Faults(faults))
            }
        }
    }
}

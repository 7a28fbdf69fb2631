//! What an import is asked, tells on the way, and answers.

use crate::OperationError;
use mediation::ReadError;
use std::{io, path::Path};
use store::StoreError;
use vocabulary::{Money, Timestamp};

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes: u64,
    /// Rows that became records or were set aside.
    pub rows: u64,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Records rated and kept.
    pub taken: u64,
    /// Records that were there already.
    pub duplicates: u64,
    /// Rows set aside.
    pub set_aside: u64,
    /// What the records cost beyond what is included.
    pub charged: Money,
    /// The file was taken before, under this name; nothing changed.
    pub taken_before_as: Option<String>,
}

/// Why a file could not be taken in, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is a folder.
    #[error("`{0}` is a folder: name the files in it")]
    Folder(String),
    /// It cannot be read, or not to its end.
    #[error("`{file}`: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: Box<ReadError>,
    },
    /// The system does not let it be read.
    #[error("`{file}` cannot be read")]
    Closed {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Another import of the same operator runs.
    #[error("another import of this operator runs ({holder}, until {until} at the latest): wait for it, or end it")]
    Busy {
        /// Machine and process.
        holder: String,
        /// When its right ends unless it goes on.
        until: Timestamp,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Anything else.
    #[error(transparent)]
    Operation(#[from] OperationError),
    /// Somebody wished it to end.
    #[error("the import was interrupted after {taken} records of this file; the same command goes on from there")]
    Interrupted {
        /// Records taken by this call.
        taken: u64,
    },
    /// A thread of the import ended without a word.
    #[error("the import was stopped; call it again to go on")]
    Stopped,
}

impl ImportError {
    pub(super) fn unreadable(path: &Path, source: io::Error) -> Self {
        Self::Closed { file: path.display().to_string(), source }
    }
}

//! What a reader gives: records, rows set aside, and where to start again.

use crate::{SetAside, set_aside::shown};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use vocabulary::UsageRecord;

/// A place in a file where a reader may start again: nothing before it is given twice, nothing after it is lost.
///
/// Where the legs of calls are put together, the rows of calls that are still open are read again and what was given stays given:
/// reading is a function of the rows alone, so that nothing else needs to be remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Bytes of decompressed text before the first row to read.
    pub(crate) position: u64,
    /// Lines before that row.
    pub(crate) lines: u64,
    /// The last line whose outcome was given.
    pub(crate) given_through: u64,
    /// Of the calls that only the file's end closes, how many were given.
    pub(crate) given_at_end: u64,
}

impl Checkpoint {
    /// Lines of the file whose outcome was given.
    pub const fn rows_done(&self) -> u64 {
        self.given_through
    }
}

/// Some records and rows set aside, each in the order of the file.
#[derive(Debug, Default)]
pub struct Batch {
    /// What became records.
    pub records: Vec<Taken>,
    /// What did not.
    pub set_aside: Vec<SetAside>,
    /// Where to start again once this batch is stored.
    pub checkpoint: Checkpoint,
    raw: Vec<u8>,
}

/// One record and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its line in the decompressed file, from 1, the header included; of a call, the first.
    pub row: u64,
    /// The record, as made by the caller where the file is a switch's.
    pub record: UsageRecord,
    /// Who was called, where the file names caller and callee: the line that received the call if the caller is not one of ours.
    pub callee_line: Option<CompactString>,
    raw: Range<usize>,
}

impl Batch {
    /// The rows of a record as they stood in the file, cut at [`crate::MAX_RAW_CHARS`] characters.
    pub fn raw(&self, taken: &Taken) -> String {
        shown(self.raw.get(taken.raw.clone()).unwrap_or_default())
    }

    /// Nothing taken and nothing set aside?
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty() && self.set_aside.is_empty()
    }

    pub(crate) const fn len(&self) -> usize {
        self.records.len() + self.set_aside.len()
    }

    pub(crate) fn take(&mut self, row: u64, record: UsageRecord, callee_line: Option<CompactString>, raw: &[u8]) {
        let start = self.raw.len();
        self.raw.extend_from_slice(kept(raw));
        self.records.push(Taken { row, record, callee_line, raw: start..self.raw.len() });
    }
}

/// As much of a row as may be shown.
pub(crate) fn kept(raw: &[u8]) -> &[u8] {
    &raw[..raw.len().min(crate::MAX_RAW_CHARS * 4)]
}

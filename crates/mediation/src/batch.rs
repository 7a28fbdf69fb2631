//! What a reader gives: records, rows set aside, and where to start again.

use crate::{
    MAX_RAW_CHARS, SetAside,
    set_aside::{Fault, shown},
    tap::hex,
};
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
    /// Decompressed bytes before the first row or event to read.
    pub(crate) position: u64,
    /// Lines or events before that place.
    pub(crate) lines: u64,
    /// The last line or event whose outcome was given.
    pub(crate) given_through: u64,
    /// Of the calls that only the file's end closes, how many were given.
    pub(crate) given_at_end: u64,
}

impl Checkpoint {
    /// Lines or events of the file whose outcome was given.
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
    notation: Notation,
}

/// How bytes of the file are shown.
#[derive(Clone, Copy, Debug, Default)]
enum Notation {
    /// As the text that they are.
    #[default]
    Text,
    /// Two hexadecimal digits each.
    Hex,
}

/// One record and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its line in the decompressed file, from 1, the header included; of a call, the first; of an event, its number in the batch.
    pub row: u64,
    /// The record, as made by the caller where the file is a switch's.
    pub record: UsageRecord,
    /// Who was called, where the file names caller and callee: the line that received the call if the caller is not one of ours.
    pub callee_line: Option<CompactString>,
    raw: Range<usize>,
}

impl Batch {
    /// For a file that is no text.
    pub(crate) fn of_bytes() -> Self {
        Self { notation: Notation::Hex, ..Self::default() }
    }

    /// The rows of a record as they stood in the file, cut at [`MAX_RAW_CHARS`] characters; bytes of a file that is
    /// no text in hexadecimal digits.
    pub fn raw(&self, taken: &Taken) -> String {
        self.notation.show(self.raw.get(taken.raw.clone()).unwrap_or_default())
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
        self.raw.extend_from_slice(&raw[..raw.len().min(MAX_RAW_CHARS * 4)]);
        self.records.push(Taken { row, record, callee_line, raw: start..self.raw.len() });
    }

    pub(crate) fn set_aside(&mut self, row: u64, fault: Fault, raw: &[u8]) {
        let raw = self.notation.show(raw);
        self.set_aside.push(SetAside { row, reason: fault.reason, detail: fault.detail, raw });
    }
}

impl Notation {
    /// Bytes of the file as text, at most [`MAX_RAW_CHARS`] characters.
    fn show(self, raw: &[u8]) -> String {
        match self {
            Self::Text => shown(raw),
            Self::Hex => hex(&raw[..raw.len().min(MAX_RAW_CHARS / 2)]),
        }
    }
}

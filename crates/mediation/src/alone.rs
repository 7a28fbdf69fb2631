//! A small file of some rows of another: rows that were set aside, as they stood or corrected, so that they can be taken again (RAT-08).

use crate::{
    Layout, MAX_RAW_CHARS,
    fields::Fields,
    layout::{Columns, Format},
};

/// A transfer batch (`[APPLICATION 1]`) and its list of events (`[APPLICATION 3]`), both ended by a mark.
const TAP_BATCH: [u8; 2] = [0x61, 0x80];
const TAP_EVENTS: [u8; 2] = [0x63, 0x80];
const TAP_END: [u8; 2] = [0, 0];

/// Rows of a file, and what has to stand before them, as a file of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowsAlone {
    /// The bytes of the small file.
    pub bytes: Vec<u8>,
    /// Of each row given, the line or event of the small file that it ends with; nothing where it is left out.
    ends: Vec<Option<u64>>,
}

/// Why rows cannot stand alone.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum AloneFault {
    /// Nobody kept what has to stand before the rows.
    #[error("the header of the file was not kept: present its rows with their header as a file")]
    NoHeader,
    /// What was kept of a file that is no text is not what it was.
    #[error("the kept bytes are not in hexadecimal digits")]
    NotHex,
}

impl RowsAlone {
    /// Puts rows as [`crate::SetAside::raw`] has them behind a header as [`crate::UsageReader::header`] gave it. Rows that are not whole
    /// are left out: those that were cut when they were kept and, where there are several, those with a quote left open, which would
    /// swallow what follows them.
    ///
    /// # Errors
    /// When the layout needs a header and there is none, or bytes are not written as they were.
    pub fn of(layout: &Layout, header: Option<&str>, rows: &[&str]) -> Result<Self, AloneFault> {
        match &layout.format {
            Format::Tap3 => Self::of_events(header.ok_or(AloneFault::NoHeader)?, rows),
            Format::JsonLines => Ok(Self::of_lines(None, rows, |_| true)),
            Format::Csv { delimiter, columns } => {
                let header = match columns {
                    Columns::Header => Some(header.ok_or(AloneFault::NoHeader)?),
                    Columns::Sets(_) => None,
                };
                let mut fields = Fields::default();
                Ok(Self::of_lines(header, rows, |row| rows.len() == 1 || fields.split_csv(row.as_bytes(), *delimiter).is_ok()))
            }
        }
    }

    fn of_lines(header: Option<&str>, rows: &[&str], mut is_whole: impl FnMut(&str) -> bool) -> Self {
        let mut alone = Self::default();
        let mut lines = 0;
        if let Some(header) = header {
            lines += alone.add_lines(header);
        }
        for row in rows {
            let is_kept = !is_cut(row) && is_whole(row);
            if is_kept {
                lines += alone.add_lines(row);
            }
            alone.ends.push(is_kept.then_some(lines));
        }
        alone
    }

    /// Adds lines, and says how many they are.
    fn add_lines(&mut self, text: &str) -> u64 {
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'\n');
        text.lines().count() as u64
    }

    fn of_events(head: &str, rows: &[&str]) -> Result<Self, AloneFault> {
        let mut alone = Self { bytes: TAP_BATCH.to_vec(), ends: Vec::new() };
        alone.bytes.extend(unhex(head)?);
        alone.bytes.extend(TAP_EVENTS);
        let mut events = 0;
        for row in rows {
            let is_kept = !is_cut(row);
            if is_kept {
                alone.bytes.extend(unhex(row)?);
                events += 1;
            }
            alone.ends.push(is_kept.then_some(events));
        }
        alone.bytes.extend([TAP_END, TAP_END].concat());
        Ok(alone)
    }

    /// Was a row, counted from 0, left out?
    pub fn is_left_out(&self, row: usize) -> bool {
        self.ends.get(row).is_none_or(Option::is_none)
    }

    /// Which of the rows, counted from 0, stands at this line or event of the small file.
    pub fn origin(&self, line: u64) -> Option<usize> {
        self.ends.iter().position(|end| end.is_some_and(|end| line <= end))
    }
}

/// A row as long as what is kept of a row was longer once.
fn is_cut(row: &str) -> bool {
    row.len() >= MAX_RAW_CHARS && row.chars().count() == MAX_RAW_CHARS
}

fn unhex(text: &str) -> Result<Vec<u8>, AloneFault> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).ok_or(AloneFault::NotHex);
    let pair = |pair: &[u8]| match pair {
        [high, low] => Ok(digit(*high)? << 4 | digit(*low)?),
        _ => Err(AloneFault::NotHex),
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

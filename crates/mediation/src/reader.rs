//! Reads a usage file batch by batch.

use crate::{
    Batch, Checkpoint, Layout, layout::Format, read_error::ReadError, rows::RowReader, source, stream::Stream, tap::TapReader,
};
use std::{
    io::Read,
    sync::{Arc, atomic::AtomicU64},
};

/// Reads one usage file by one layout.
pub struct UsageReader {
    content: Content,
    bytes: Arc<AtomicU64>,
}

/// What the file is made of.
enum Content {
    Rows(Box<RowReader>),
    Events(Box<TapReader>),
}

impl UsageReader {
    /// Opens a file, plain or compressed with gzip or zstd, at its beginning or where an earlier reader left off.
    ///
    /// # Errors
    /// When it is empty, of no kind that is read, lacks the header its layout needs, or ends before the checkpoint.
    pub fn open(source: Box<dyn Read + Send>, layout: Arc<Layout>, from: Option<Checkpoint>) -> Result<Self, ReadError> {
        let opened = source::open(source).map_err(|error| ReadError::of(error, 0, 1))?;
        let stream = Stream::new(opened.content.map_err(ReadError::NotText)?);
        let content = match layout.format {
            Format::Tap3 => Content::Events(Box::new(TapReader::open(stream, layout, from)?)),
            Format::Csv { .. } | Format::JsonLines => Content::Rows(Box::new(RowReader::open(stream, layout, from)?)),
        };
        Ok(Self { content, bytes: opened.bytes })
    }

    /// Believes that the file is in its layout, however few of its rows can be read: for rows that stood in a file that was.
    #[must_use]
    pub fn of_known_layout(mut self) -> Self {
        if let Content::Rows(rows) = &mut self.content {
            rows.believe_layout();
        }
        self
    }

    /// What has to stand before a row for it to be read alone ([`crate::RowsAlone`]): the header; of a file that is no text, its head in
    /// hexadecimal digits.
    pub fn header(&self) -> Option<String> {
        match &self.content {
            Content::Rows(rows) => rows.header_text().map(str::to_owned),
            Content::Events(events) => Some(events.head()),
        }
    }

    /// Bytes of the file as it was given, compressed or not, read so far: for a progress bar.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes)
    }

    /// The next records and rows set aside, about `max_records` of both together; nothing at the end.
    ///
    /// # Errors
    /// When the file is in another layout, or cannot be read further. What was whole before was given by earlier calls.
    pub fn next_batch(&mut self, max_records: usize) -> Result<Option<Batch>, ReadError> {
        match &mut self.content {
            Content::Rows(rows) => rows.next_batch(max_records.max(1)),
            Content::Events(events) => events.next_batch(max_records.max(1)),
        }
    }
}

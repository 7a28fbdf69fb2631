//! A stream and the part of it that is held, in flat memory: lines of text and elements of bytes are looked at before they are passed.
//! What is longer than [`MAX_ROW_BYTES`] is recognised and passed over, never held.

use crate::MAX_ROW_BYTES;
use memchr::memchr;
use std::io::{self, ErrorKind, Read};

/// How much of the stream is held at once; several of the longest rows.
pub(crate) const BUFFER_BYTES: usize = 8 * MAX_ROW_BYTES;

/// What stands at the current place of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peek {
    /// A line of so many bytes, its line break included.
    Line(usize),
    /// The last line, without a line break.
    Tail(usize),
    /// More than [`MAX_ROW_BYTES`] without a line break.
    TooLong,
    /// Nothing more.
    End,
    /// The stream failed before the line's end: [`Stream::take_error`] says how.
    Failed,
}

/// A stream and the part of it that is held.
pub(crate) struct Stream {
    source: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    at_end: bool,
    error: Option<io::Error>,
}

impl Stream {
    pub(crate) fn new(source: Box<dyn Read + Send>) -> Self {
        Self { source, buffer: vec![0; BUFFER_BYTES], start: 0, end: 0, offset: 0, at_end: false, error: None }
    }

    /// The current place: bytes from the beginning of the stream.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// The first `length` bytes from the current place, which were peeked at before.
    pub(crate) fn bytes(&self, length: usize) -> &[u8] {
        &self.buffer[self.start..(self.start + length).min(self.end)]
    }

    /// Holds the next `length` bytes, at most [`BUFFER_BYTES`]; false when the stream ends or fails before.
    pub(crate) fn hold(&mut self, length: usize) -> bool {
        while self.end - self.start < length {
            if self.at_end || self.error.is_some() || self.end - self.start == BUFFER_BYTES {
                return false;
            }
            self.fill();
        }
        true
    }

    /// How many bytes are held from the current place.
    pub(crate) const fn held(&self) -> usize {
        self.end - self.start
    }

    /// Did the stream fail, rather than end?
    pub(crate) const fn has_failed(&self) -> bool {
        self.error.is_some()
    }

    /// Looks for the end of the line that begins here and goes on at least `from` bytes.
    pub(crate) fn peek(&mut self, from: usize) -> Peek {
        loop {
            let held = &self.buffer[self.start..self.end];
            let found = held.get(from..).and_then(|rest| memchr(b'\n', rest)).map(|at| from + at + 1);
            match found {
                Some(length) if length > MAX_ROW_BYTES => return Peek::TooLong,
                Some(length) => return Peek::Line(length),
                None if held.len() > MAX_ROW_BYTES => return Peek::TooLong,
                None if self.error.is_some() => return Peek::Failed,
                None if self.at_end && held.len() > from => return Peek::Tail(held.len()),
                None if self.at_end => return Peek::End,
                None => self.fill(),
            }
        }
    }

    /// Goes on by `length` bytes, which were peeked at before.
    pub(crate) fn advance(&mut self, length: usize) {
        let length = length.min(self.end - self.start);
        self.start += length;
        self.offset += length as u64;
    }

    /// Goes on to the beginning of the next line, however far it is; false when the stream fails before.
    pub(crate) fn skip_line(&mut self) -> bool {
        loop {
            if let Some(at) = memchr(b'\n', &self.buffer[self.start..self.end]) {
                self.advance(at + 1);
                return true;
            }
            self.advance(self.end - self.start);
            if self.at_end || self.error.is_some() {
                return self.error.is_none();
            }
            self.fill();
        }
    }

    /// Goes on to an offset; false when the stream ends or fails before.
    pub(crate) fn skip_to(&mut self, offset: u64) -> bool {
        while self.offset < offset {
            let held = self.end - self.start;
            let wanted = usize::try_from(offset - self.offset).unwrap_or(usize::MAX);
            self.advance(held.min(wanted));
            if self.offset < offset {
                if self.at_end || self.error.is_some() {
                    return false;
                }
                self.fill();
            }
        }
        true
    }

    /// Passes over a byte order mark, which stands at the beginning only.
    pub(crate) fn skip_mark(&mut self) {
        self.hold(3);
        if self.offset == 0 && self.buffer[self.start..self.end].starts_with("\u{feff}".as_bytes()) {
            self.advance(3);
        }
    }

    /// Why the stream failed, once.
    pub(crate) fn take_error(&mut self) -> Option<io::Error> {
        self.at_end = true;
        self.start = self.end;
        self.error.take()
    }

    fn fill(&mut self) {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        match self.source.read(&mut self.buffer[self.end..]) {
            Ok(0) => self.at_end = true,
            Ok(read) => self.end += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => self.error = Some(error),
        }
    }
}

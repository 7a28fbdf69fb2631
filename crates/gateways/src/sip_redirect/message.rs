//! The bytes of one SIP message as lines: start line and headers (RFC 3261, part 7). Nothing is put right that is wrong; limits come first.
//!
//! The reader is our own: DESIGN.md says what others' readers let through.

use std::borrow::Cow;

/// The longest message that is read, in bytes, body included.
pub const MOST_MESSAGE_BYTES: usize = 32 * 1024;
/// So many header lines a message has at most.
pub const MOST_HEADERS: usize = 200;
/// So many hops a request may have come through: as many as Max-Forwards begins with.
pub const MOST_VIAS: usize = 70;

/// What stands between head and body.
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// Headers with a short name (RFC 3261, part 7.3.3).
const SHORT_NAMES: [(&str, &str); 6] =
    [("via", "v"), ("from", "f"), ("to", "t"), ("call-id", "i"), ("content-length", "l"), ("contact", "m")];

/// Why bytes are no message. Nobody is answered then: where the answer belongs cannot be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is longer than any message.
    TooLong,
    /// Its head does not end: a packet that was cut.
    Unended,
    /// It holds what no head may hold.
    NotText,
    /// A line is no header.
    NoHeader,
    /// It has too many headers, or came through too many hops.
    TooMany,
}

/// The head of a message, and how many bytes follow it.
#[derive(Debug)]
pub(super) struct Message<'a> {
    /// The request line or status line.
    pub(super) start: &'a str,
    headers: Vec<(&'a str, Cow<'a, str>)>,
    /// So many bytes are there after the head.
    pub(super) rest_bytes: usize,
}

/// A Content-Length that is none, or two that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadLength;

/// Where the head ends, with the empty line; `None` while it does not.
pub(super) fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(END_OF_HEAD.len()).position(|four| four == END_OF_HEAD).map(|at| at + END_OF_HEAD.len())
}

/// Reads the head of a message.
pub(super) fn read(bytes: &[u8]) -> Result<Message<'_>, Unread> {
    if bytes.len() > MOST_MESSAGE_BYTES {
        return Err(Unread::TooLong);
    }
    // Some send empty lines before a message (part 7.5).
    let begin = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).ok_or(Unread::Unended)?;
    let bytes = &bytes[begin..];
    let end = end_of_head(bytes).ok_or(Unread::Unended)?;
    let head = std::str::from_utf8(&bytes[..end - END_OF_HEAD.len()]).map_err(|_| Unread::NotText)?;
    let mut lines = head.split("\r\n");
    let start = lines.next().unwrap_or_default();
    let mut headers: Vec<(&str, Cow<'_, str>)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            // A header that goes on in the next line is one line with a blank.
            let (_, value) = headers.last_mut().ok_or(Unread::NoHeader)?;
            let value = value.to_mut();
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        let (name, value) = line.split_once(':').ok_or(Unread::NoHeader)?;
        let name = name.trim_end_matches([' ', '\t']);
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(Unread::NoHeader);
        }
        if headers.len() == MOST_HEADERS {
            return Err(Unread::TooMany);
        }
        headers.push((name, Cow::Borrowed(value.trim_matches([' ', '\t']))));
    }
    // Whatever is copied into an answer holds no line of its own.
    let is_control = |text: &str| text.chars().any(|sign| sign.is_control() && sign != '\t');
    if is_control(start) || headers.iter().any(|(_, value)| is_control(value)) {
        return Err(Unread::NotText);
    }
    let message = Message { start, headers, rest_bytes: bytes.len() - end };
    let hops = message.values("via").map(|value| value.split(',').count()).sum::<usize>();
    if hops > MOST_VIAS { Err(Unread::TooMany) } else { Ok(message) }
}

impl Message<'_> {
    /// The values of a header, in their order, by its long name in small letters.
    pub(super) fn values<'m>(&'m self, name: &'static str) -> impl Iterator<Item = &'m str> {
        let short = SHORT_NAMES.iter().find(|(long, _)| *long == name).map(|(_, short)| *short);
        let is_it = move |found: &str| found.eq_ignore_ascii_case(name) || short.is_some_and(|s| found.eq_ignore_ascii_case(s));
        self.headers.iter().filter(move |(found, _)| is_it(found)).map(|(_, value)| value.as_ref())
    }

    /// The value of a header that stands once; `None` where it is missing, or there twice.
    pub(super) fn only(&self, name: &'static str) -> Option<&str> {
        let mut values = self.values(name);
        let first = values.next()?;
        values.next().is_none().then_some(first)
    }

    /// So many bytes the body has; `None` where nothing is said.
    pub(super) fn content_length(&self) -> Result<Option<usize>, BadLength> {
        let mut said = None;
        for value in self.values("content-length") {
            let is_number = (1..=8).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
            let length: usize = value.parse().ok().filter(|_| is_number).ok_or(BadLength)?;
            if said.replace(length).is_some_and(|before| before != length) {
                return Err(BadLength);
            }
        }
        Ok(said)
    }
}

/// A sign of a method or a header's name (part 25.1).
pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

//! Elements of BER (ITU-T X.690) in a stream: their heads, how far they go, and passing over those that are not wanted, without
//! holding them and without recursion.

use crate::{MAX_ROW_BYTES, stream::Stream};

/// The longest head that is read: a tag of up to four bytes after its first, a length of up to eight after its first.
const MAX_HEAD_BYTES: usize = 1 + 4 + 1 + 8;
const APPLICATION: u8 = 1;
/// The end of an element whose length is not said.
const END_MARK: &[u8] = &[0, 0];

/// The beginning of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    class: u8,
    number: u32,
    /// How many bytes tag and length take.
    bytes: usize,
    /// How many bytes follow; nothing where a mark ends them.
    length: Option<u64>,
}

/// Where an element that was entered ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// At this offset of the stream.
    At(u64),
    /// At its mark.
    Mark,
}

/// Why there is no element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The stream ends or fails before.
    Cut,
    /// The bytes are no element.
    Malformed(&'static str),
}

/// How far an element goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// So many bytes in all, which are held.
    Whole(usize),
    /// More than an element may have.
    TooLong,
}

impl Head {
    /// Reads the head that `bytes` begin with; nothing when it goes on.
    fn read(bytes: &[u8]) -> Result<Option<Self>, Broken> {
        let Some(&first) = bytes.first() else { return Ok(None) };
        let (class, is_constructed) = (first >> 6, first & 0x20 != 0);
        let (mut at, mut number) = (1, u32::from(first & 0x1f));
        if number == 0x1f {
            number = 0;
            loop {
                let Some(&byte) = bytes.get(at) else { return Ok(None) };
                if at > 4 {
                    return Err(Broken::Malformed("a tag is too long"));
                }
                (at, number) = (at + 1, number << 7 | u32::from(byte & 0x7f));
                if byte & 0x80 == 0 {
                    break;
                }
            }
        }
        let Some(&said) = bytes.get(at) else { return Ok(None) };
        at += 1;
        let length = match said {
            0..=0x7f => Some(u64::from(said)),
            0x80 if is_constructed => None,
            0x80 => return Err(Broken::Malformed("a simple element has no length")),
            0x81..=0x88 => {
                let count = usize::from(said & 0x7f);
                let Some(digits) = bytes.get(at..at + count) else { return Ok(None) };
                at += count;
                Some(digits.iter().fold(0, |length, &byte| length << 8 | u64::from(byte)))
            }
            _ => return Err(Broken::Malformed("a length is too long")),
        };
        if class == 0 && number == 0 {
            return Err(Broken::Malformed("an end has no beginning"));
        }
        Ok(Some(Self { class, number, bytes: at, length }))
    }

    /// The head at the current place, which is not passed.
    pub(crate) fn peek(stream: &mut Stream) -> Result<Self, Broken> {
        Self::peek_after(stream, 0)
    }

    /// The head that stands so many held bytes after the current place.
    fn peek_after(stream: &mut Stream, passed: usize) -> Result<Self, Broken> {
        for wanted in 2..=MAX_HEAD_BYTES {
            if !stream.hold(passed + wanted) {
                return Err(Broken::Cut);
            }
            if let Some(head) = Self::read(&stream.bytes(passed + wanted)[passed..])? {
                return Ok(head);
            }
        }
        Err(Broken::Malformed("a length is too long"))
    }

    /// Its number, if it is one of the application's.
    pub(crate) const fn application(self) -> Option<u32> {
        if self.class == APPLICATION { Some(self.number) } else { None }
    }

    /// Passes the head, so that what is in the element comes next; answers where that ends, which is within `outer`.
    pub(crate) fn enter(self, stream: &mut Stream, outer: End) -> Result<End, Broken> {
        let end = self.end(stream, outer)?;
        stream.advance(self.bytes);
        Ok(end)
    }

    /// Where the element ends, checked against the one that it stands in.
    fn end(self, stream: &Stream, outer: End) -> Result<End, Broken> {
        let Some(length) = self.length else { return Ok(End::Mark) };
        let end = stream.offset().saturating_add(self.bytes as u64).saturating_add(length);
        match outer {
            End::At(limit) if end > limit => Err(Broken::Malformed("an element is longer than the one it stands in")),
            _ => Ok(End::At(end)),
        }
    }

    /// Holds the whole element, if it is not longer than `most` bytes.
    pub(crate) fn hold(self, stream: &mut Stream, outer: End, most: usize) -> Result<Extent, Broken> {
        if let End::At(end) = self.end(stream, outer)? {
            let length = usize::try_from(end - stream.offset()).unwrap_or(usize::MAX);
            return match length {
                _ if length > most => Ok(Extent::TooLong),
                _ if stream.hold(length) => Ok(Extent::Whole(length)),
                _ => Err(Broken::Cut),
            };
        }
        let (mut length, mut open) = (self.bytes, 1_usize);
        while open > 0 {
            if !stream.hold(length + END_MARK.len()) {
                return Err(Broken::Cut);
            }
            if stream.bytes(length + END_MARK.len()).ends_with(END_MARK) {
                (length, open) = (length + END_MARK.len(), open - 1);
            } else {
                let inner = Self::peek_after(stream, length)?;
                let rest = usize::try_from(inner.length.unwrap_or(0)).unwrap_or(usize::MAX);
                length = length.saturating_add(inner.bytes).saturating_add(rest);
                open += usize::from(inner.length.is_none());
            }
            if length > most {
                return Ok(Extent::TooLong);
            }
        }
        match outer {
            End::At(limit) if stream.offset() + length as u64 > limit => {
                Err(Broken::Malformed("an element is longer than the one it stands in"))
            }
            _ => Ok(Extent::Whole(length)),
        }
    }

    /// Passes over the whole element, however long it is.
    pub(crate) fn skip(self, stream: &mut Stream, outer: End) -> Result<(), Broken> {
        if let End::At(end) = self.end(stream, outer)? {
            return if stream.skip_to(end) { Ok(()) } else { Err(Broken::Cut) };
        }
        stream.advance(self.bytes);
        let mut open = 1_u64;
        while open > 0 {
            if End::Mark.is_here(stream)? {
                stream.advance(END_MARK.len());
                open -= 1;
                continue;
            }
            let inner = Self::peek(stream)?;
            match inner.end(stream, outer)? {
                End::At(end) if !stream.skip_to(end) => return Err(Broken::Cut),
                End::At(_) => {}
                End::Mark => {
                    stream.advance(inner.bytes);
                    open += 1;
                }
            }
        }
        Ok(())
    }
}

impl End {
    /// Is the current place the end? A mark is not passed.
    pub(crate) fn is_here(self, stream: &mut Stream) -> Result<bool, Broken> {
        match self {
            Self::At(end) if stream.offset() > end => Err(Broken::Malformed("an element is longer than the one it stands in")),
            Self::At(end) => Ok(stream.offset() == end),
            Self::Mark if stream.hold(END_MARK.len()) => Ok(stream.bytes(END_MARK.len()) == END_MARK),
            Self::Mark => Err(Broken::Cut),
        }
    }

    /// Passes the mark, if one stands here.
    pub(crate) fn pass(self, stream: &mut Stream) {
        if self == Self::Mark {
            stream.advance(END_MARK.len());
        }
    }
}

// What `hold` is asked for is within what a stream can hold.
const _: () = assert!(super::MAX_GROUP_BYTES + MAX_HEAD_BYTES + END_MARK.len() <= crate::stream::BUFFER_BYTES);
const _: () = assert!(MAX_ROW_BYTES <= super::MAX_GROUP_BYTES);

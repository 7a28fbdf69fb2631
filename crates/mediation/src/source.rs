//! Where the bytes come from: counted as they are read, and decompressed when they are gzip or zstd.

use crate::zstd::Frames;
use flate2::read::MultiGzDecoder;
use std::{
    io::{self, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// A source that counts what was read of it.
struct Counted {
    source: Box<dyn Read + Send>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A source whose first bytes were looked at.
pub(crate) struct Opened {
    /// What is in it, decompressed; nothing where the file is of a kind that is not read.
    pub(crate) content: Result<Box<dyn Read + Send>, &'static str>,
    /// Bytes of the file as it was given, compressed or not, read so far.
    pub(crate) bytes: Arc<AtomicU64>,
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// A frame of zstd that is to be skipped, as some programs begin with; its first byte is 0x50 to 0x5f.
const ZSTD_SKIPPED: &[u8] = &[0x2a, 0x4d, 0x18];
/// Archives and compressions that are told apart from text, so that they get a better answer than "wrong layout".
const OTHERS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a zip archive or a workbook"),
    (b"BZh", "compressed with bzip2"),
    (&[0xfd, b'7', b'z', b'X', b'Z', 0], "compressed with xz"),
    (&[0xff, 0xfe], "UTF-16 text"),
    (&[0xfe, 0xff], "UTF-16 text"),
];
const LONGEST_MAGIC: usize = 6;

pub(crate) fn open(source: Box<dyn Read + Send>) -> io::Result<Opened> {
    let bytes = Arc::new(AtomicU64::new(0));
    let mut counted = Counted { source, bytes: Arc::clone(&bytes) };
    let mut magic = Vec::with_capacity(LONGEST_MAGIC);
    (&mut counted).take(LONGEST_MAGIC as u64).read_to_end(&mut magic)?;
    let other = OTHERS.iter().find(|(start, _)| magic.starts_with(start)).map(|&(_, what)| what);
    let is_gzip = magic.starts_with(GZIP);
    let is_skipped = magic.first().is_some_and(|first| first & 0xf0 == 0x50) && magic[1..].starts_with(ZSTD_SKIPPED);
    let is_zstd = magic.starts_with(ZSTD) || is_skipped;
    let whole = Cursor::new(magic).chain(counted);
    let content: Result<Box<dyn Read + Send>, _> = match other {
        Some(what) => Err(what),
        None if is_gzip => Ok(Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(64 * 1024, whole)))),
        None if is_zstd => Ok(Box::new(Frames::new(whole))),
        None => Ok(Box::new(whole)),
    };
    Ok(Opened { content, bytes })
}

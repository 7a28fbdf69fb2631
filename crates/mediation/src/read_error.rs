//! Why a file cannot be read.

use std::io::{self, ErrorKind};

/// Why a file cannot be read, or not to its end. What was whole before was given.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// An archive, or a compression that is not read.
    #[error("the file is {0}: give it plain, or compressed with gzip or zstd")]
    NotText(&'static str),
    /// None of the first rows is as the layout says.
    #[error("the file is not in layout `{layout}`: {reason}; choose its layout with --layout, or write one")]
    WrongLayout {
        /// The layout's id.
        layout: String,
        /// What is wrong with the first row.
        reason: String,
    },
    /// It is compressed so that too much would have to be held of it.
    #[error("the file cannot be read in the memory that it may take: {0}; compress it again, with less")]
    TooWide(io::Error),
    /// The file ends before it is complete.
    #[error("the file was cut short: it ends after byte {byte}, in row {row}; fetch it again")]
    CutShort {
        /// Decompressed bytes that were read.
        byte: u64,
        /// The line that was being read, from 1.
        row: u64,
    },
    /// The file is damaged.
    #[error("the file is damaged: it cannot be read after byte {byte}, in row {row}; fetch it again")]
    Damaged {
        /// Decompressed bytes that were read.
        byte: u64,
        /// The line that was being read, from 1.
        row: u64,
        /// What the decompression said.
        source: io::Error,
    },
    /// The file could not be read.
    #[error("the file could not be read after byte {byte}, in row {row}")]
    Failed {
        /// Decompressed bytes that were read.
        byte: u64,
        /// The line that was being read, from 1.
        row: u64,
        /// What the system said.
        source: io::Error,
    },
    /// It says of itself that it tries out the transfer.
    #[error("the file says that it is a test: what it holds is not to be charged")]
    Test,
    /// It does not hold as many events as it says.
    #[error("the file says that it holds {said} events, and holds {found}: ask its sender for it again")]
    Miscounted {
        /// How many it says.
        said: i64,
        /// How many were read.
        found: u64,
    },
    /// It ends before the place where reading should go on.
    #[error("the file has only {length} bytes, and {position} were read of it before: it is another file")]
    Shorter {
        /// Decompressed bytes that it has.
        length: u64,
        /// Bytes that had been read.
        position: u64,
    },
}

impl ReadError {
    /// What an error of the stream means, after so many bytes of text.
    pub(crate) fn of(error: io::Error, byte: u64, row: u64) -> Self {
        match error.kind() {
            ErrorKind::Unsupported => Self::TooWide(error),
            ErrorKind::UnexpectedEof => Self::CutShort { byte, row },
            ErrorKind::InvalidData | ErrorKind::InvalidInput => Self::Damaged { byte, row, source: error },
            _ => Self::Failed { byte, row, source: error },
        }
    }
}

//! Mediation: bytes of usage files in, [`vocabulary::UsageRecord`]s out (RAT-08).
//!
//! This room owns what stands between a file and a record: the [`Layout`] that a small mapping file describes, decompression, reading
//! row by row or event by event in flat memory, and putting the legs of one call together. It owns no line, price or database: whether a record's
//! line is known, and whether a record was taken before, is for the caller to say, who gives what it cannot use back its
//! [raw text](Batch::raw).
//!
//! A file is read as batches. After each one, its [`Checkpoint`] is a place where a new reader goes on as if nothing had
//! happened.

mod alone;
mod batch;
mod calls;
mod fields;
mod layout;
mod quantity;
mod read_error;
mod reader;
mod rows;
mod set_aside;
mod source;
mod stream;
mod tap;
mod time;
mod understand;
mod zstd;

pub use alone::{AloneFault, RowsAlone};
pub use batch::{Batch, Checkpoint, Taken};
pub use layout::{Layout, LayoutFault};
pub use read_error::ReadError;
pub use reader::UsageReader;
pub use set_aside::{SetAside, SetAsideReason, UnknownReason};

/// The longest row or event, in decompressed bytes; a longer one is set aside.
pub const MAX_ROW_BYTES: usize = 64 * 1024;
/// How much of a row is kept to be shown and corrected, in characters.
pub const MAX_RAW_CHARS: usize = 2_000;
/// How many rows at the beginning may be unreadable before the layout is called wrong.
pub const MAX_ROWS_ON_PROBATION: u64 = 100;

//! Reads bytes by the layouts of the repository.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "each test program uses a part of it, and fails by panic"
)]

use mediation::{Batch, Checkpoint, Layout, ReadError, SetAside, Taken, UsageReader};
use std::{
    io::{Cursor, Read},
    path::PathBuf,
    sync::Arc,
};

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn layout(id: &str) -> Arc<Layout> {
    let path = repository().join("layouts").join(format!("{id}.toml"));
    let text = std::fs::read_to_string(&path).unwrap();
    Arc::new(Layout::parse(&path.to_string_lossy(), &text).unwrap())
}

pub(crate) fn open(bytes: &[u8], layout: &Arc<Layout>, from: Option<Checkpoint>) -> Result<UsageReader, ReadError> {
    UsageReader::open(Box::new(Cursor::new(bytes.to_vec())), Arc::clone(layout), from)
}

/// Everything that a file gives.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) records: Vec<(u64, vocabulary::UsageRecord, Option<String>, String)>,
    pub(crate) set_aside: Vec<SetAside>,
}

impl Outcome {
    pub(crate) fn add(&mut self, batch: Batch) {
        let row = |taken: &Taken| {
            let callee = taken.callee_line.as_ref().map(ToString::to_string);
            (taken.row, taken.record.clone(), callee, batch.raw(taken))
        };
        self.records.extend(batch.records.iter().map(row));
        self.set_aside.extend(batch.set_aside);
    }

    pub(crate) fn rows_set_aside(&self) -> Vec<(u64, &'static str)> {
        self.set_aside.iter().map(|row| (row.row, row.reason.as_str())).collect()
    }
}

/// Reads to the end or to the first error.
pub(crate) fn read_source(source: Box<dyn Read + Send>, layout: &Arc<Layout>, batch: usize) -> (Outcome, Option<ReadError>) {
    let mut all = Outcome::default();
    let mut reader = match UsageReader::open(source, Arc::clone(layout), None) {
        Ok(reader) => reader,
        Err(error) => return (all, Some(error)),
    };
    loop {
        match reader.next_batch(batch) {
            Ok(Some(batch)) => all.add(batch),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}

/// Reading that does not come to an end is a fault too.
const MORE_BATCHES_THAN_ROWS: usize = 20_000;

/// Reads with a new reader after each batch; the checkpoint goes through its stored form.
pub(crate) fn read_with_restarts(bytes: &[u8], layout: &Arc<Layout>, sizes: &[usize]) -> (Outcome, Option<ReadError>) {
    let (mut outcome, mut from): (Outcome, Option<Checkpoint>) = Default::default();
    for size in sizes.iter().cycle().take(MORE_BATCHES_THAN_ROWS) {
        match open(bytes, layout, from.clone()).and_then(|mut reader| reader.next_batch(*size)) {
            Ok(Some(batch)) => {
                let stored = serde_json::to_string(&batch.checkpoint).unwrap();
                from = Some(serde_json::from_str(&stored).unwrap());
                outcome.add(batch);
            }
            Ok(None) => return (outcome, None),
            Err(error) => return (outcome, Some(error)),
        }
    }
    panic!("reading begins again and again");
}

pub(crate) fn read(bytes: &[u8], layout: &Arc<Layout>) -> Outcome {
    let (all, error) = read_source(Box::new(Cursor::new(bytes.to_vec())), layout, 1_000);
    assert!(error.is_none(), "{error:?}");
    all
}

/// A file that a switch wrote; nothing where the folder is not there.
pub(crate) fn usage_file(name: &str) -> Option<Vec<u8>> {
    let path = repository().join("../shared/data").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("{} is missing: not tested", path.display());
    }
    bytes
}

//! What has to hold for any bytes: reading ends, it does not panic, what it gives is bounded, and beginning again after any batch
//! changes nothing (RAT-08).

use jiff::tz::TimeZone;
use mediation::{Batch, Checkpoint, Layout, MAX_RAW_CHARS, ReadError, SetAside, UsageReader};
use std::{io::Cursor, sync::Arc};
use vocabulary::{Month, UsageRecord};

/// Batches of the reader that begins again and again, in turn.
const BATCHES: [usize; 3] = [1, 3, 7];
/// More batches than an input has bytes: reading goes round in circles.
const MOST_BATCHES: usize = 100_000;

/// Everything that a file gives.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    records: Vec<(u64, UsageRecord, Option<String>, String)>,
    set_aside: Vec<SetAside>,
}

impl Outcome {
    fn add(&mut self, batch: Batch) {
        for taken in &batch.records {
            let raw = batch.raw(taken);
            assert!(raw.chars().count() <= MAX_RAW_CHARS);
            for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"] {
                let zone = TimeZone::get(zone).expect("a zone of the bundle");
                let month = Month::containing(taken.record.start, &zone);
                assert_eq!(Month::from_number(month.number()), Ok(month));
            }
            let callee = taken.callee_line.as_ref().map(ToString::to_string);
            self.records.push((taken.row, taken.record.clone(), callee, raw));
        }
        for set_aside in &batch.set_aside {
            assert!(set_aside.raw.chars().count() <= MAX_RAW_CHARS && set_aside.detail.len() < 2_000);
        }
        self.set_aside.extend(batch.set_aside);
    }
}

/// A layout that comes with the program.
pub fn layout(text: &str) -> Arc<Layout> {
    Arc::new(Layout::parse("layout.toml", text).expect("a layout of the house"))
}

/// Reads bytes in one go, and again with a new reader after each batch.
pub fn read(layout: &Arc<Layout>, bytes: &[u8]) {
    let open = |from| UsageReader::open(Box::new(Cursor::new(bytes.to_vec())), Arc::clone(layout), from);
    let mut whole = Outcome::default();
    let error = match open(None) {
        Ok(mut reader) => loop {
            match reader.next_batch(1_000) {
                Ok(Some(batch)) => whole.add(batch),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        },
        Err(error) => Some(error),
    };
    assert!(error.as_ref().is_none_or(|error| !error.to_string().is_empty()));
    // A file of another layout may be found out only after its first rows.
    if matches!(error, Some(ReadError::WrongLayout { .. } | ReadError::Empty)) {
        return;
    }
    let (mut pieces, mut from): (Outcome, Option<Checkpoint>) = Default::default();
    for size in BATCHES.into_iter().cycle().take(MOST_BATCHES) {
        match open(from.clone()).and_then(|mut reader| reader.next_batch(size)) {
            Ok(Some(batch)) => {
                from = Some(batch.checkpoint.clone());
                pieces.add(batch);
            }
            Ok(None) => {
                assert!(error.is_none(), "the whole ends with {error:?}");
                assert_eq!(pieces, whole);
                return;
            }
            Err(again) => {
                assert_eq!(Some(again.to_string()), error.map(|error| error.to_string()));
                assert_eq!(pieces, whole);
                return;
            }
        }
    }
    panic!("reading begins again and again");
}

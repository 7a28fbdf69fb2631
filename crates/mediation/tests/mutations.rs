//! Files of every format with bytes changed, lost, doubled and moved: a short run, on any compiler, of what `fuzz/` does for hours.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;

use mediation::{Layout, ReadError};
use proptest::prelude::*;
use reading::{layout, read_source, read_with_restarts, repository};
use std::io::Cursor;

/// A folder of seeds, and the layout that reads them.
const FORMATS: [(&str, &str); 7] = [
    ("asterisk", "asterisk"),
    ("freeswitch", "freeswitch"),
    ("mobile", "mobile"),
    ("jsonl", "jsonl"),
    ("gzip", "jsonl"),
    ("zstd", "jsonl"),
    ("tap3", "tap3"),
];

fn seeds(folder: &str) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(repository().join("fuzz/seeds").join(folder)).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// One change of a file, at a place that is a part of its length.
#[derive(Clone, Debug)]
enum Change {
    Set(u16, u8),
    Flip(u16, u8),
    Insert(u16, Vec<u8>),
    Lose(u16, u8),
    Double(u16, u8),
    Cut(u16),
}

fn change() -> impl Strategy<Value = Change> {
    let few = proptest::collection::vec(any::<u8>(), 1..6);
    prop_oneof![
        3 => (any::<u16>(), prop_oneof![Just(0), Just(0x80), Just(0xff), any::<u8>()]).prop_map(|(at, byte)| Change::Set(at, byte)),
        3 => (any::<u16>(), 0_u8..8).prop_map(|(at, bit)| Change::Flip(at, 1 << bit)),
        2 => (any::<u16>(), few).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (any::<u16>(), any::<u8>()).prop_map(|(at, length)| Change::Lose(at, length)),
        2 => (any::<u16>(), any::<u8>()).prop_map(|(at, length)| Change::Double(at, length)),
        1 => any::<u16>().prop_map(Change::Cut),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: u16| usize::from(at) * bytes.len() / (1 << 16);
    let piece = |at: u16, length: u8| place(at)..(place(at) + usize::from(length)).min(bytes.len());
    match change {
        _ if bytes.is_empty() => {}
        &Change::Set(at, byte) => {
            let at = place(at);
            bytes[at] = byte;
        }
        &Change::Flip(at, bits) => {
            let at = place(at);
            bytes[at] ^= bits;
        }
        Change::Insert(at, more) => {
            let at = place(*at);
            bytes.splice(at..at, more.iter().copied());
        }
        &Change::Lose(at, length) => {
            bytes.drain(piece(at, length));
        }
        &Change::Double(at, length) => {
            let piece = piece(at, length);
            bytes.splice(piece.start..piece.start, bytes[piece.clone()].to_vec());
        }
        &Change::Cut(at) => bytes.truncate(place(at)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// RAT-08: no bytes make the reader panic or go round in circles, and beginning again after any batch changes nothing.
    #[test]
    fn changed_files_are_read_to_an_end(changes in proptest::collection::vec(change(), 1..6)) {
        for (folder, id) in FORMATS {
            let layout = layout(id);
            for mut bytes in seeds(folder) {
                for change in &changes {
                    apply(&mut bytes, change);
                }
                let (whole, error) = read_source(Box::new(Cursor::new(bytes.clone())), &layout, 1_000);
                if matches!(error, Some(ReadError::WrongLayout { .. } | ReadError::Empty)) {
                    continue;
                }
                let (pieces, again) = read_with_restarts(&bytes, &layout, &[1, 3, 7]);
                prop_assert_eq!(again.map(|error| error.to_string()), error.map(|error| error.to_string()), "{}", folder);
                prop_assert_eq!(pieces, whole, "{}", folder);
            }
        }
    }

    /// RAT-08: a changed mapping file is a layout or a list of mistakes.
    #[test]
    fn changed_mapping_files_are_read_or_refused(changes in proptest::collection::vec(change(), 1..6)) {
        for mut bytes in seeds("layout") {
            for change in &changes {
                apply(&mut bytes, change);
            }
            if let Err(faults) = Layout::parse("changed.toml", &String::from_utf8_lossy(&bytes)) {
                prop_assert!(!faults.is_empty());
            }
        }
    }
}

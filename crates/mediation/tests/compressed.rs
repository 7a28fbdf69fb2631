//! Compressed files: recognised by what they contain, in several pieces, cut short, damaged, too wide; progress in bytes of the file.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;

use mediation::ReadError;
use proptest::prelude::*;
use reading::{Outcome, layout, open, read, read_source};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::{
    io::{Cursor, Write},
    sync::atomic::Ordering,
};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

fn rows(count: usize) -> String {
    let row = |n| format!("r{n},voice,made,33639980011,06399{n:05},2026-11-21 08:00:00,{},,,\n", n % 600);
    HEADER.to_owned() + &(0..count).map(row).collect::<String>()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

fn zstd(text: &str) -> Vec<u8> {
    compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
}

/// A frame that says nothing of the text: other programs keep their notes in it.
const SKIPPED: &[u8] = &[0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];

fn broken(bytes: &[u8]) -> (Outcome, ReadError) {
    let (outcome, error) = read_source(Box::new(Cursor::new(bytes.to_vec())), &layout("mobile"), 100);
    (outcome, error.expect("an error"))
}

/// RAT-08: gzip and zstd are recognised by content; pieces one after the other are one text.
#[test]
fn gzip_and_zstd_give_what_the_plain_file_gives() {
    let text = rows(5_000);
    let plain = read(text.as_bytes(), &layout("mobile"));
    assert_eq!(plain.records.len(), 5_000);
    let (first, second) = text.split_at(100_001);
    for compress in [gzip, zstd] {
        assert_eq!(read(&compress(&text), &layout("mobile")), plain);
        assert_eq!(read(&[compress(first), compress(second)].concat(), &layout("mobile")), plain);
    }
    let with_notes = [SKIPPED, &zstd(first), SKIPPED, &zstd(second), SKIPPED].concat();
    assert_eq!(read(&with_notes, &layout("mobile")), plain);
}

/// RAT-08: a frame of the `zstd` program, at level 19 with its checksum.
#[test]
fn a_frame_of_another_program_is_read() {
    let file = std::fs::read(reading::repository().join("crates/mediation/tests/files/calls.csv.zst")).unwrap();
    assert_eq!(read(&file, &layout("mobile")), read(rows(2_000).as_bytes(), &layout("mobile")));
}

/// RAT-08: progress counts bytes of the file as it is given, and comes to its length.
#[test]
fn progress_of_a_compressed_file_counts_its_own_bytes() {
    let text = rows(60_000);
    for file in [gzip(&text), zstd(&text)] {
        let mut reader = open(&file, &layout("mobile"), None).unwrap();
        let bytes = reader.bytes_read();
        let mut seen = Vec::new();
        while reader.next_batch(10_000).unwrap().is_some() {
            seen.push(bytes.load(Ordering::Relaxed));
        }
        assert!(seen.windows(2).all(|pair| pair[0] <= pair[1]) && seen[0] < file.len() as u64 / 2, "{seen:?}");
        assert_eq!(seen.last(), Some(&(file.len() as u64)));
    }
}

/// RAT-08: of a file that was cut, every whole row that its bytes hold is given, and then how far it goes.
#[test]
fn rows_before_the_cut_of_a_compressed_file_are_kept() {
    let text = rows(20_000);
    for file in [gzip(&text), zstd(&text)] {
        let (outcome, error) = broken(&file[..file.len() * 3 / 4]);
        let given = outcome.records.len();
        assert!((10_000..20_000).contains(&given) && outcome.set_aside.is_empty(), "{given}");
        let ReadError::CutShort { byte, row } = error else { panic!("{error:?}") };
        assert_eq!((byte as usize, row), (rows(given).len(), given as u64 + 2));
        let (_, last) = broken(&file[..file.len() - 1]);
        assert!(matches!(last, ReadError::CutShort { .. }), "{last:?}");
        // A reader that begins there finds the same end.
        let mut reader = open(&file[..file.len() * 3 / 4], &layout("mobile"), None).unwrap();
        let checkpoint = reader.next_batch(1_000_000).unwrap().unwrap().checkpoint;
        let mut again = open(&file[..file.len() * 3 / 4], &layout("mobile"), Some(checkpoint)).unwrap();
        assert!(matches!(again.next_batch(10), Err(ReadError::CutShort { .. })));
    }
}

/// RAT-08: damage is told apart from a cut; a frame that needs too much memory is refused before anything is held.
#[test]
fn damage_and_too_wide_a_window_are_named() {
    let mut file = zstd(&rows(2_000));
    let end = file.len();
    file[end - 1] ^= 0xff;
    let (outcome, error) = broken(&file);
    assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    assert_eq!(outcome.records.len(), 2_000, "only the checksum is wrong");
    let (_, error) = broken(&[zstd(&rows(10)), b"and something else".to_vec()].concat());
    assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    // No single segment, window descriptor 0x98: 2^29 bytes.
    let (_, error) = broken(&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x98, 1, 0, 0]);
    assert_eq!(
        error.to_string(),
        "the file cannot be read in the memory that it may take: it refers back over more than 128 MiB; compress it again, with less"
    );
    let (_, error) = broken(&[0x28, 0xb5, 0x2f, 0xfd]);
    assert!(matches!(error, ReadError::CutShort { byte: 0, row: 1 }), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// RAT-08: wherever a compressed file is cut or damaged, reading ends, and no row is given that the plain file does not have.
    #[test]
    fn cuts_and_damage_anywhere_end_in_an_error_or_in_true_rows(cut in 1_usize..4_000, flip in any::<Option<u8>>()) {
        let text = rows(500);
        let plain = read(text.as_bytes(), &layout("mobile"));
        for mut file in [gzip(&text), zstd(&text)] {
            let at = cut % file.len();
            match flip {
                Some(bits) => file[at] ^= bits,
                None => file.truncate(at),
            }
            let (outcome, error) = read_source(Box::new(Cursor::new(file)), &layout("mobile"), 50);
            if flip.is_none() {
                prop_assert!(error.is_some() && outcome.set_aside.is_empty());
                prop_assert_eq!(&outcome.records[..], &plain.records[..outcome.records.len()]);
            }
        }
    }
}

//! Files as they come: our own formats, cut short, damaged, empty, of another layout, with rows that no one can read.

mod reading;

use mediation::{Layout, MAX_RAW_CHARS, ReadError};
use reading::{layout, read, read_source};
use std::{
    io::{self, Cursor, Read, Write},
    sync::Arc,
};
use vocabulary::{Access, Direction, UsageKind, Visited};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

fn mobile(rows: &str) -> reading::Outcome {
    read(format!("{HEADER}{rows}").as_bytes(), &layout("mobile"))
}

/// RAT-01, RAT-08: each kind in its own unit; the same fields as JSON lines give the same records.
#[test]
fn our_own_csv_and_json_lines_say_the_same() {
    let csv = mobile(concat!(
        "a1,voice,made,33639980011,+41791234567,2026-11-21 08:00:00,61,,22801,vowifi\n",
        "a2,sms,received,33639980011,Médecin,2026-11-21 08:01:00,,,,\n",
        "a3,mms,,33639980011,0639980012,2026-11-21 08:02:00,,,,mobile\r\n",
        "a4,data,made,33639980011,internet,2026-11-21 08:03:00,,1048576,CH,mobile\n",
    ));
    let (record, callee) = (&csv.records[0].1, &csv.records[0].2);
    assert_eq!((record.kind, record.direction, record.quantity.units()), (UsageKind::Voice, Direction::Made, 61));
    assert_eq!((record.visited.clone(), record.access), (Visited::Network("22801".into()), Access::Vowifi));
    assert_eq!((record.start.to_string(), callee), ("2026-11-21T07:00:00Z".to_owned(), &None));
    assert_eq!((csv.records[1].1.direction, csv.records[1].1.quantity.units()), (Direction::Received, 1));
    assert_eq!((csv.records[2].1.direction, csv.records[2].1.visited.clone()), (Direction::Made, Visited::Home));
    assert_eq!((csv.records[3].1.quantity.units(), csv.records[3].1.other.as_str()), (1_048_576, ""));
    assert_eq!(csv.records[3].1.visited, Visited::Country("CH".parse().unwrap()));
    assert_eq!(
        (csv.records[3].0, csv.records[2].3.as_str()),
        (5, "a3,mms,,33639980011,0639980012,2026-11-21 08:02:00,,,,mobile")
    );

    let json = concat!(
        r#"{"record_id":"a1","type":"voice","direction":"made","msisdn":"33639980011","other_party":"+41791234567","#,
        r#""start_time":"2026-11-21T08:00:00+01:00","duration_s":61,"visited_network":"22801","access":"vowifi"}"#,
        "\n",
        r#"{"record_id":"a2","type":"sms","direction":"received","msisdn":33639980011,"other_party":"M\u00e9decin","#,
        r#""start_time":"2026-11-21T07:01:00Z"}"#,
        "\n\n",
        r#"{"record_id":"a3","type":"mms","msisdn":"33639980011","other_party":"0639980012","start_time":"2026-11-21T07:02:00Z"}"#,
        "\n",
        r#"{"record_id":"a4","type":"data","msisdn":"33639980011","start_time":"2026-11-21T07:03:00Z","volume_bytes":1048576,"#,
        r#""visited_network":"CH","apn":{"name":"internet"}}"#,
    );
    let json = read(json.as_bytes(), &layout("jsonl"));
    let records = |outcome: &reading::Outcome| outcome.records.iter().map(|(_, record, ..)| record.clone()).collect::<Vec<_>>();
    assert_eq!(records(&json), records(&csv));
}

/// RAT-08: a bad record goes aside with its reason, and the others are taken.
#[test]
fn each_bad_row_is_set_aside_with_its_reason() {
    let long = "x".repeat(70_000);
    let outcome = mobile(&format!(
        concat!(
            "a0,voice,made,33639980011,0639980012,2026-11-21 08:00:00,61,,,\n",
            "a1,voice,made,33639980011\n",
            "a2,fax,made,33639980011,0639980012,2026-11-21 08:00:00,61,,,\n",
            "a3,voice,sideways,33639980011,0639980012,2026-11-21 08:00:00,61,,,\n",
            "a4,voice,made,,0639980012,2026-11-21 08:00:00,61,,,\n",
            "a5,voice,made,33639980011,0639980012,2026-03-29 02:30:00,61,,,\n",
            "a6,voice,made,33639980011,0639980012,yesterday,61,,,\n",
            "a7,voice,made,33639980011,0639980012,2026-11-21 08:00:00,-61,,,\n",
            "a8,voice,made,33639980011,0639980012,2026-11-21 08:00:00,61,,Mars,\n",
            "a9,voice,made,33639980011,0639980012,2026-11-21 08:00:00,61,,,wire\n",
            "b0,voice,made,33639980011,\"06399,2026-11-21 08:00:00,61,,,\n",
            "{}\n",
            "b2,voice,made,33639980011,06\x01,2026-11-21 08:00:00,61,,,\n",
            "b3,voice,made,33639980011,0639980012,2026-11-21 08:00:00,61,,,\n",
            "b4,voice,made,339"
        ),
        long
    ));
    assert_eq!(outcome.records.iter().map(|record| record.0).collect::<Vec<_>>(), [2, 15]);
    assert_eq!(
        outcome.rows_set_aside(),
        [
            (3, "wrong_column_count"),
            (4, "unknown_kind"),
            (5, "unknown_direction"),
            (6, "no_line"),
            (7, "bad_time"),
            (8, "bad_time"),
            (9, "bad_quantity"),
            (10, "bad_visited"),
            (11, "unknown_access"),
            (12, "unreadable"),
            (13, "unreadable"),
            (14, "bad_number"),
            (16, "wrong_column_count"),
        ]
    );
    let detail = |row: u64| outcome.set_aside.iter().find(|set_aside| set_aside.row == row).unwrap().detail.clone();
    assert_eq!(detail(3), "row 3 has 4 columns where its header has 10");
    assert_eq!(detail(7), "start_time `2026-03-29 02:30:00` does not exist: the clocks went forward over it in spring");
    assert_eq!(detail(9), "duration_s `-61` is no number of s");
    assert_eq!(detail(16), "row 16 has 4 columns where its header has 10; the file ends within it");
    assert_eq!(outcome.set_aside[10].raw.chars().count(), MAX_RAW_CHARS);
}

/// RAT-08: a quoted field may go over lines, and a last row without its line break counts.
#[test]
fn quoted_line_breaks_and_a_missing_last_one_are_read() {
    let outcome = mobile(concat!(
        "a0,sms,made,33639980011,\"Big\nSender\",2026-11-21 08:00:00,,,,\n",
        "a1,sms,made,33639980011,\"Big; \"\"Sender\"\"\",2026-11-21 08:00:00,,,,\n",
        "a2,sms,made,33639980011,0639980012,2026-11-21 08:00:00,,,,"
    ));
    let rows: Vec<_> = outcome.records.iter().map(|record| (record.0, record.1.other.as_str())).collect();
    assert_eq!(rows, [(4, "Big; \"Sender\""), (5, "0639980012")]);
    assert_eq!(outcome.rows_set_aside(), [(2, "bad_number")]);
}

fn failure(bytes: &[u8], layout: &Arc<Layout>) -> (reading::Outcome, ReadError) {
    let (outcome, error) = read_source(Box::new(Cursor::new(bytes.to_vec())), layout, 1_000);
    (outcome, error.expect("an error"))
}

/// RAT-08: an empty file, an archive and a file of another layout are told apart.
#[test]
fn files_that_are_not_usage_are_refused_in_one_sentence() {
    for layout in ["mobile", "asterisk", "jsonl"].map(layout) {
        assert!(matches!(failure(b"", &layout).1, ReadError::Empty));
        assert!(matches!(failure(b"\n\r\n", &layout).1, ReadError::Empty));
    }
    assert!(matches!(failure(b"PK\x03\x04......", &layout("mobile")).1, ReadError::NotText(_)));
    let said = |bytes: &[u8], id: &str| failure(bytes, &layout(id)).1.to_string();
    assert_eq!(
        said(b"a,b,c\nd,e,f\n", "asterisk"),
        "the file is not in layout `asterisk`: row 1 has 3 columns where layout `asterisk` has 16 or 17 or 18 or 19 or 20 or 21; \
         choose its layout with --layout, or write one"
    );
    assert!(said(b"a,b,c\nd,e,f\n", "mobile").contains("its header `a,b,c` has no column `msisdn`"));
    assert!(said(HEADER.as_bytes(), "jsonl").contains("row 1: not a JSON object"));
    assert!(mobile("").records.is_empty(), "a header alone is a file without usage");
    let many = "x\n".repeat(150) + "{}\n";
    assert!(matches!(failure(many.as_bytes(), &layout("jsonl")).1, ReadError::WrongLayout { .. }));
}

/// A source that fails after its bytes.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 => Err(io::Error::other("the disk is gone")),
            read => Ok(read),
        }
    }
}

/// RAT-08: what was whole before a file breaks off is given, then the error says where.
#[test]
fn what_stands_before_a_break_is_kept() {
    let rows = (0..2_000).map(|n| format!("r{n},voice,made,33639980011,06399{n:05},2026-11-21 08:00:00,{n},,,\n"));
    let text = HEADER.to_owned() + &rows.collect::<String>();

    let (outcome, error) = read_source(Box::new(Failing(Cursor::new(text[..5_000].into()))), &layout("mobile"), 10);
    let whole = text[..5_000].matches('\n').count();
    assert_eq!(outcome.records.len(), whole - 1);
    let Some(ReadError::Failed { byte, row, .. }) = error else { panic!("{error:?}") };
    assert_eq!((byte, row), (text[..5_000].rfind('\n').unwrap() as u64 + 1, whole as u64 + 1));

    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let (outcome, error) = read_source(Box::new(Cursor::new(gzip[..gzip.len() / 2].to_vec())), &layout("mobile"), 100);
    assert!(matches!(error, Some(ReadError::CutShort { .. })), "{error:?}");
    assert!(outcome.records.len() > 100 && outcome.set_aside.is_empty(), "{}", outcome.records.len());
    let mut damaged = gzip.clone();
    let end = damaged.len();
    damaged[end - 6] ^= 0xff;
    let (outcome, error) = read_source(Box::new(Cursor::new(damaged)), &layout("mobile"), 100);
    assert!(matches!(error, Some(ReadError::Damaged { .. })), "{error:?}");
    assert_eq!(outcome.records.len(), 2_000);
    let two_members = [gzip.clone(), gzip].concat();
    assert_eq!(read(&two_members, &layout("mobile")).records.len(), 4_000, "the second member's header is a row of its own");
}

/// RAT-08: a checkpoint of another, shorter file is noticed.
#[test]
fn a_checkpoint_beyond_the_file_is_refused() {
    let text = HEADER.to_owned() + "a0,sms,made,33639980011,0639980012,2026-11-21 08:00:00,,,,\n";
    let mut reader = reading::open(text.as_bytes(), &layout("mobile"), None).unwrap();
    let checkpoint = reader.next_batch(10).unwrap().unwrap().checkpoint;
    assert!(reader.next_batch(10).unwrap().is_none());
    assert_eq!(reader.bytes_read().load(std::sync::atomic::Ordering::Relaxed), text.len() as u64);
    let shorter = reading::open(HEADER.as_bytes(), &layout("mobile"), Some(checkpoint));
    assert!(matches!(shorter, Err(ReadError::Shorter { .. })));
}

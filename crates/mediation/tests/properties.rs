//! What holds for every file: reading can stop and go on after any batch, and no bytes make the reader panic.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;

use mediation::Layout;
use proptest::prelude::*;
use reading::{layout, read, read_with_restarts};
use std::sync::Arc;

const LAYOUTS: [&str; 4] = ["asterisk", "freeswitch", "mobile", "jsonl"];
const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

/// Two calls in five share their rows with others, some are never answered, some rows are broken.
fn switch_rows() -> impl Strategy<Value = String> {
    let row = (0_u8..12, 0_u8..30, 0_u8..3, 0_u8..20).prop_map(|(call, second, seconds, broken)| match broken {
        0 => "broken\n".to_owned(),
        1 => "\n".to_owned(),
        2 => format!("n,1001,\"10\n02\",c,s,2020/2/10 22:41,e,9,{seconds},OK,call{call},b,1001,P,P\n"),
        3 => "n,1001,1002,c,s,never,e,9,9,OK,bad,b,1001,P,P\n".to_owned(),
        4 => format!("n,1001,1002,c,s,2020-02-10 22:41:{second:02},e,9,{seconds},OK,,b,1001,P,P\n"),
        _ => format!("n,1001,1002,c,s,2020-02-10 22:41:{second:02},e,9,{seconds},OK,call{call},b,1001,P,P\n"),
    });
    proptest::collection::vec(row, 1..80).prop_map(|rows| rows.concat())
}

fn mobile_rows() -> impl Strategy<Value = String> {
    let row = (0_u16..1_000, 0_u8..10).prop_map(|(n, broken)| match broken {
        0 => "broken\n".to_owned(),
        1 => format!("r{n},data,made,33639980011,,2026-11-21 08:00:00,,many,,\r\n"),
        _ => format!("r{n},voice,made,33639980011,0639980012,2026-11-21 08:00:00,{n},,,\n"),
    });
    proptest::collection::vec(row, 1..60).prop_map(|rows| HEADER.to_owned() + &rows.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// RAT-08: nothing is lost or doubled when the program dies in the middle, whatever the window in which legs are put together.
    #[test]
    fn a_restart_after_any_batch_changes_nothing(
        rows in switch_rows(),
        window in 1_u32..40,
        sizes in proptest::collection::vec(1_usize..9, 1..6),
    ) {
        let text = std::fs::read_to_string(reading::repository().join("layouts/freeswitch.toml")).unwrap();
        let text = text.replace("window_rows = 500", &format!("window_rows = {window}"));
        let layout = Arc::new(Layout::parse("freeswitch.toml", &text).unwrap());
        // The first row is whole, so that the layout is the right one.
        let rows = format!("n,1,2,c,s,2020-02-10 22:41:00,e,9,9,OK,first,b,1001,P,P\n{rows}");
        let (pieces, error) = read_with_restarts(rows.as_bytes(), &layout, &sizes);
        prop_assert!(error.is_none());
        prop_assert_eq!(pieces, read(rows.as_bytes(), &layout));
    }

    /// RAT-08: the same for rows that are each a record.
    #[test]
    fn a_restart_within_records_changes_nothing(rows in mobile_rows(), sizes in proptest::collection::vec(1_usize..9, 1..6)) {
        let layout = layout("mobile");
        let rows = rows + "r,sms,made,33639980011,0639980012,2026-11-21 08:00:00,,,,\n";
        let (pieces, error) = read_with_restarts(rows.as_bytes(), &layout, &sizes);
        prop_assert!(error.is_none());
        prop_assert_eq!(pieces, read(rows.as_bytes(), &layout));
    }

    /// Bytes of any kind give records, rows set aside or an error.
    #[test]
    fn no_bytes_make_the_reader_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..3_000),
        piece in "[\\x00-\\x7f\"\n,;{}:0-9é]{0,400}",
        head in 0_usize..4,
    ) {
        let heads: [&[u8]; 4] = [b"", HEADER.as_bytes(), &[0x1f, 0x8b, 8, 0], "\u{feff}\"a\n".as_bytes()];
        let bytes = [heads[head], piece.as_bytes(), &bytes].concat();
        for id in LAYOUTS {
            let source = Box::new(std::io::Cursor::new(bytes.clone()));
            let (outcome, error) = reading::read_source(source, &layout(id), 7);
            prop_assert!(error.is_some() || !outcome.set_aside.is_empty() || !outcome.records.is_empty() || id == "mobile");
        }
    }

    /// Fields of any text in rows of the right width, and members of any text in JSON, neither.
    #[test]
    fn no_fields_make_the_reader_panic(fields in proptest::collection::vec("[^\r\n,\"]{0,12}", 10..=21), json in any::<String>()) {
        let columns = fields.join(",") + "\n";
        for id in ["asterisk", "freeswitch"] {
            reading::read_source(Box::new(std::io::Cursor::new(columns.clone())), &layout(id), 7);
        }
        let row = HEADER.to_owned() + &fields[..10].join(",");
        reading::read_source(Box::new(std::io::Cursor::new(row)), &layout("mobile"), 7);
        let object = serde_json::json!({ "type": "data", "msisdn": json, "start_time": json, "volume_bytes": json }).to_string();
        reading::read_source(Box::new(std::io::Cursor::new(object)), &layout("jsonl"), 7);
    }

    /// A mapping file of any text is a layout or a list of mistakes.
    #[test]
    fn no_mapping_file_makes_the_parser_panic(text in "[a-z\\[\\]=\"{},.\n ]{0,200}") {
        if let Err(faults) = Layout::parse("any.toml", &text) {
            prop_assert!(!faults.is_empty());
        }
    }
}

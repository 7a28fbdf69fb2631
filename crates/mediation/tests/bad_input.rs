//! Values that no record can have, in every format: each sets its own row aside with its reason, its place and its text, and the rows
//! around it are taken.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;

use reading::{layout, read};

const NAMES: [&str; 10] = [
    "record_id",
    "type",
    "direction",
    "msisdn",
    "other_party",
    "start_time",
    "duration_s",
    "volume_bytes",
    "visited_network",
    "access",
];
const CALL: [&str; 10] = ["a0", "voice", "made", "33639980011", "0639980012", "2026-11-21T08:00:00+01:00", "61", "", "", ""];

/// A column, a value that it cannot have, and the reason. Data and messages have their own columns.
const BAD: [(&str, &str, &str); 22] = [
    ("type", "fax", "unknown_kind"),
    ("type", "", "unknown_kind"),
    ("direction", "sideways", "unknown_direction"),
    ("msisdn", "", "no_line"),
    ("other_party", "06\u{1}", "bad_number"),
    ("start_time", "", "bad_time"),
    ("start_time", "yesterday", "bad_time"),
    ("start_time", "2026-02-30T08:00:00Z", "bad_time"),
    ("start_time", "2026-11-21T24:00:00Z", "bad_time"),
    ("start_time", "2026-13-01T08:00:00Z", "bad_time"),
    ("start_time", "1970-01-01T00:00:00Z", "bad_time"),
    ("start_time", "9999-12-30T00:00:00Z", "bad_time"),
    ("duration_s", "", "bad_quantity"),
    ("duration_s", "many", "bad_quantity"),
    ("duration_s", "-1", "bad_quantity"),
    ("duration_s", "1e3", "bad_quantity"),
    ("duration_s", "0x10", "bad_quantity"),
    ("duration_s", "2678401", "bad_quantity"),
    ("duration_s", "9223372036854775808", "bad_quantity"),
    ("visited_network", "Mars", "bad_visited"),
    ("visited_network", "2080", "bad_visited"),
    ("access", "wire", "unknown_access"),
];

type Writer<'w> = &'w dyn Fn(&[String; 10]) -> String;

fn changed(column: &str, value: &str) -> [String; 10] {
    let mut row = CALL.map(str::to_owned);
    row[NAMES.iter().position(|name| *name == column).unwrap()] = value.to_owned();
    row
}

fn json(row: &[String; 10]) -> String {
    let members: serde_json::Map<_, _> =
        NAMES.iter().zip(row).map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
    serde_json::Value::Object(members).to_string()
}

/// RAT-08: in CSV and in JSON lines, each bad value with its reason, row and text; every other row is taken.
#[test]
fn a_value_that_no_record_can_have_sets_its_row_aside() {
    let good = CALL.map(str::to_owned);
    let csv = |row: &[String; 10]| row.join(",");
    let formats: [(&str, Option<String>, Writer<'_>); 2] = [("mobile", Some(NAMES.join(",")), &csv), ("jsonl", None, &json)];
    for (id, header, written) in formats {
        let header_rows = u64::from(header.is_some());
        let rows: Vec<_> = header
            .into_iter()
            .chain(BAD.iter().flat_map(|(column, value, _)| [written(&changed(column, value)), written(&good)]))
            .collect();
        // A header alone is not enough to know the layout: the first row is a good one.
        let first = written(&good);
        let mut rows = rows;
        rows.insert(header_rows as usize, first);
        let outcome = read((rows.join("\n") + "\n").as_bytes(), &layout(id));
        assert_eq!(outcome.records.len(), BAD.len() + 1, "{id}");
        assert_eq!(outcome.set_aside.len(), BAD.len(), "{id}");
        for (at, (set_aside, (column, value, reason))) in outcome.set_aside.iter().zip(BAD).enumerate() {
            assert_eq!(set_aside.reason.as_str(), reason, "{id}: {column} `{value}`: {}", set_aside.detail);
            assert_eq!(set_aside.row, at as u64 * 2 + 2 + header_rows, "{id}: {column} `{value}`");
            assert_eq!(set_aside.raw, rows[set_aside.row as usize - 1], "{id}");
            let shown = value.replace('\u{1}', "\\u{1}");
            assert!(reason == "no_line" || set_aside.detail.contains(&format!("`{shown}`")), "{id}: {}", set_aside.detail);
        }
    }
}

/// RAT-08: a local time that spring skips, days that do not exist, absurd amounts of data and messages, in the layout's own writing.
#[test]
fn local_times_and_large_quantities_are_bounded() {
    let text = concat!(
        "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n",
        "a1,data,made,33639980011,,2026-03-29 01:59:59,,100000000000000,,\n",
        "a2,data,made,33639980011,,2026-03-29 02:00:00,,1,,\n",
        "a3,data,made,33639980011,,2026-03-29 02:59:59,,1,,\n",
        "a4,data,made,33639980011,,2026-03-29 03:00:00,,1,,\n",
        "a5,data,made,33639980011,,2026-02-29 03:00:00,,1,,\n",
        "a6,data,made,33639980011,,2026-11-21 03:60:00,,1,,\n",
        "a7,data,made,33639980011,,2026-11-21 03:00:00,,100000000000001,,\n",
        "a8,data,made,33639980011,,2026-11-21 03:00:00,,-1,,\n",
        "a9,data,made,33639980011,,2026-11-21 03:00:00,,12 MB,,\n",
    );
    let outcome = read(text.as_bytes(), &layout("mobile"));
    assert_eq!(outcome.records.iter().map(|record| record.0).collect::<Vec<_>>(), [2, 5]);
    let expected: Vec<_> =
        [3, 4, 6, 7].map(|row| (row, "bad_time")).into_iter().chain([8, 9, 10].map(|row| (row, "bad_quantity"))).collect();
    assert_eq!(outcome.rows_set_aside(), expected);
    assert_eq!(
        outcome.set_aside[4].detail,
        "volume_bytes `100000000000001` is more than one record of data can be, which is 100000000000000 at most"
    );
    let partner = "id = \"p\"\nheader = true\nkind = \"sms\"\n[quantity]\nsms = { column = \"parts\" }\n[time]\nzone = \"UTC\"\n";
    let partner = std::sync::Arc::new(mediation::Layout::parse("p.toml", partner).unwrap());
    let rows =
        "msisdn,other_party,start_time,parts\n1234,5678,2026-11-21 08:00:00,100000\n1234,5678,2026-11-21 08:00:00,100001\n";
    assert_eq!(read(rows.as_bytes(), &partner).rows_set_aside(), [(3, "bad_quantity")]);
}

/// RAT-08: in a switch's file, one bad leg sets its whole call aside, with the place of its first row and the text of all.
#[test]
fn a_bad_leg_sets_its_call_aside() {
    let leg = |id: &str, answer: &str, seconds: &str| format!("n,1001,1002,c,s,{answer},e,9,{seconds},OK,{id},b,1001,P,P");
    let good = |id: &str| leg(id, "2026-02-10 22:41:00", "9");
    let bad = [
        ("2026-02-30 22:41:00", "9", "bad_time"),
        ("2026-03-29 02:30:00", "9", "bad_time"),
        ("never", "9", "bad_time"),
        ("2026-02-10 22:41:00", "-9", "bad_quantity"),
        ("2026-02-10 22:41:00", "nine", "bad_quantity"),
        ("2026-02-10 22:41:00", "99999999", "bad_quantity"),
    ];
    let mut rows = vec![good("first")];
    for (at, (answer, seconds, _)) in bad.iter().enumerate() {
        let id = format!("call{at}");
        rows.extend([good(&id), leg(&id, answer, seconds), good(&format!("other{at}"))]);
    }
    let outcome = read((rows.join("\n") + "\nn,1001\n").as_bytes(), &layout("freeswitch"));
    assert_eq!(outcome.records.len(), bad.len() + 1);
    let wrong_width = (rows.len() as u64 + 1, "wrong_column_count");
    let mut expected: Vec<_> = bad.iter().enumerate().map(|(at, (.., reason))| (at as u64 * 3 + 2, *reason)).collect();
    expected.push(wrong_width);
    let mut said = outcome.rows_set_aside();
    said.sort_unstable();
    assert_eq!(said, expected);
    let first = outcome.set_aside.iter().find(|set_aside| set_aside.row == 2).unwrap();
    assert_eq!(first.raw, rows[1..3].join("\n"));
}

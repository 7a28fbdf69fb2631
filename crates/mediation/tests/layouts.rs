//! Mapping files: what they may say, and that all their mistakes are named at once.

#![allow(clippy::unwrap_used, reason = "a test fails by panic")]

mod reading;

use mediation::Layout;
use reading::read;
use std::sync::Arc;

fn faults(text: &str) -> Vec<String> {
    Layout::parse("my.toml", text).unwrap_err().iter().map(ToString::to_string).collect()
}

/// RAT-08: every mistake of a mapping file, in one pass, with its line.
#[test]
fn all_mistakes_are_named_with_their_lines() {
    let text = r#"id = "My Layout"
format = "csv"
delimiter = "::"
colums = []
columns = [["line", "other", "at"], ["a", "b", "c"]]
kind = "telex"

[parties]
line = "line"
other = 7
direction = { column = "way", values = { made = ["O"], sideways = ["S"] } }

[time]
column = "at"
formats = ["%d.%m.%y", "unix"]
zone = "Europe/Atlantis"

[quantity]
voice = { column = "seconds", unit = "kB" }

[legs]
call = "id"
window_rows = 0

[[exceptions]]
column = "other"
direction = "received"
"#;
    let expected = [
        "my.toml:1: `id`: `My Layout` is not made of small letters, digits and hyphens",
        "my.toml:3: `delimiter`: `::` is not one character such as `,` or `;`",
        "my.toml:4: `colums` is not known here; known are id, title, format, delimiter, header, columns, nobody, parties, \
         exceptions, kind, time, quantity, reference, answered, legs, visited, access",
        "my.toml:6: `kind`: `telex` is not one of voice, sms, mms, data",
        "my.toml:10: `parties.other`: should be a text or a list of texts, and is of type integer",
        "my.toml:11: `values.sideways`: `sideways` is not one of made, received, forwarded",
        "my.toml:15: `time.formats`: time format `%d.%m.%y` knows only %Y %m %d %H %M %S %f, and `rfc3339` and `unix`",
        "my.toml:16: `time.zone`: `Europe/Atlantis` is no time zone such as `Europe/Paris`",
        "my.toml:19: `voice.unit`: `kB` does not measure voice: use one of s, ms, min, h",
        "my.toml:21: `legs`: only calls have legs: say kind = \"voice\"",
        "my.toml:23: `legs.window_rows`: 0 is not between 1 and 100000",
        "my.toml:25: `exceptions.line` is missing: name the column",
        "my.toml:25: `exceptions.values`: lists no value of the column",
    ];
    let said = faults(text);
    for expected in expected {
        assert!(said.iter().any(|fault| fault == expected), "{expected}\nis not among\n{}", said.join("\n"));
    }
    // `way`, `seconds` and `id` are in no list, and two lists have 3 columns.
    let columns = said.iter().filter(|fault| fault.starts_with("my.toml:5: `columns`")).count();
    assert_eq!(columns, 4, "{}", said.join("\n"));
    assert_eq!(said.len(), expected.len() + columns, "{}", said.join("\n"));
}

/// RAT-08: what is no TOML, and what is missing, is named too.
#[test]
fn broken_and_incomplete_files_are_refused() {
    assert!(faults("id = \"a\"\nformat = ")[0].starts_with("my.toml:2: "));
    let said = faults("");
    assert!(said.iter().any(|fault| fault.contains("`id` is missing")), "{said:?}");
    assert!(said.iter().any(|fault| fault.contains("`columns` is missing")), "{said:?}");
    assert!(said.iter().any(|fault| fault.contains("`time.zone` is missing")), "{said:?}");
    let text = "id = \"a\"\nheader = true\n[time]\nzone = \"UTC\"\n[quantity]\nvoice = { column = \"s\" }\n";
    assert_eq!(faults(text), ["my.toml:5: `quantity.data` is missing: name the column that counts data"]);
}

/// RAT-08: a partner's file in its own words, units and order of columns.
#[test]
fn a_partner_s_own_words_are_translated() {
    let text = r#"
id = "partner"
delimiter = ";"
columns = [["when", "what", "dir", "who", "peer", "amount", "plmn", "switch", "number"]]
nobody = ["PRIVATE"]
reference = ["switch", "number"]
kind = { column = "what", values = { voice = ["MOC", "MTC"], sms = ["SMS-MO"], data = ["GPRS"] } }

[parties]
line = "who"
other = "peer"
direction = { column = "what", values = { made = ["MOC", "SMS-MO", "GPRS"], received = ["MTC"] } }

[time]
column = "when"
formats = ["%d/%m/%Y %H:%M:%S"]
zone = "Europe/Brussels"

[quantity]
voice = { column = "amount", unit = "min" }
data = { column = "amount", unit = "KiB" }

[visited]
column = "plmn"
home = ["20620"]
"#;
    let layout = Arc::new(Layout::parse("partner.toml", text).unwrap());
    let outcome = read(
        "\u{feff}01/07/2026 12:00:00;MOC;;32470000001;PRIVATE;1.5;20620;A;1\r\n\
         01/07/2026 12:00:01;mtc;;32470000001;32470000002;2;20801;A;2\r\n\
         01/07/2026 12:00:02;GPRS;;32470000001;apn;3;;A;11\r\n\
         01/07/2026 12:00:02;GPRS;;32470000001;apn;3;;A1;1\r\n"
            .as_bytes(),
        &layout,
    );
    let words: Vec<_> = outcome
        .records
        .iter()
        .map(|(_, record, ..)| {
            (record.direction.as_str(), record.other.as_str(), record.quantity.units(), record.start.to_string())
        })
        .collect();
    let at = |second: &str| format!("2026-07-01T10:00:{second}Z");
    assert_eq!(
        words,
        [
            ("made", "", 90, at("00")),
            ("received", "32470000002", 120, at("01")),
            ("made", "", 3_072, at("02")),
            ("made", "", 3_072, at("02")),
        ]
    );
    let keys: std::collections::HashSet<_> = outcome.records.iter().map(|(_, record, ..)| record.key).collect();
    assert_eq!(keys.len(), 4, "the parts of a reference are kept apart");
    assert!(outcome.set_aside.is_empty());
}

/// RAT-08: a mapping file for TAP3 may name the columns that events have, and networks by codes that exist.
#[test]
fn mistakes_of_a_mapping_file_for_tap3_are_named() {
    let text = r#"id = "roaming"
format = "tap3"
header = true
kind = { column = "service", values = { voice = ["tele 11"], data = ["gprs"] } }
access = { column = "rat" }

[parties]
line = "imsi"
direction = { column = "event", values = { made = ["moc", "gprs"] } }

[legs]
call = "call_reference"

[visited]
column = "sender"

[visited.networks]
CHEC1 = "22801"
XXXXX = "somewhere"
"#;
    let columns = "event, service, imsi, msisdn, other_party, dialled_digits, start_time, duration_s, volume_bytes, access_point, \
                   call_reference, partial, sender, record_id";
    assert_eq!(
        faults(text),
        [
            &format!("my.toml:2: `format`: TAP3 has no column `rat`; it has {columns}"),
            "my.toml:3: `header`: does not go with format = \"tap3\"",
            "my.toml:11: `legs`: only calls have legs: say kind = \"voice\"",
            "my.toml:11: `legs`: does not go with format = \"tap3\"",
            "my.toml:19: `networks.XXXXX`: `somewhere` is neither a network such as `22801` nor a country such as `CH`",
        ]
    );
}

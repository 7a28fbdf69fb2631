//! The three files that real switches wrote, as they are. The expected calls were worked out apart from this program.

mod reading;

use reading::{layout, read, usage_file};
use vocabulary::{Access, Direction, UsageKind};

/// Row, who is seen as the line, the other party, start in UTC, seconds.
type Call = (u64, &'static str, &'static str, &'static str, i64);

fn calls(outcome: &reading::Outcome) -> Vec<(u64, &str, &str, String, i64)> {
    let call = |(row, record, _, _): &'_ (u64, vocabulary::UsageRecord, Option<String>, String)| {
        assert_eq!((record.kind, record.access), (UsageKind::Voice, Access::Fixed));
        (*row, record.start.to_string(), record.quantity.units())
    };
    let words = |index: usize| (outcome.records[index].1.line.as_str(), outcome.records[index].1.other.as_str());
    let all = outcome.records.iter().map(call).enumerate();
    all.map(|(index, (row, start, seconds))| (row, words(index).0, words(index).1, start, seconds)).collect()
}

fn assert_calls(outcome: &reading::Outcome, expected: &[Call]) {
    let expected: Vec<_> =
        expected.iter().map(|&(row, line, other, start, seconds)| (row, line, other, start.to_owned(), seconds)).collect();
    assert_eq!(calls(outcome), expected);
}

/// RAT-08: rows of 19 columns, one a call; 11 of 14 were answered, 78 seconds in all.
#[test]
fn the_asterisk_lab_gives_its_answered_calls() {
    let Some(bytes) = usage_file("asterisk-lab.csv") else { return };
    let outcome = read(&bytes, &layout("asterisk"));
    assert_calls(
        &outcome,
        &[
            (1, "client1", "6789", "2023-07-25T23:51:50Z", 13),
            (3, "client2", "1234", "2023-07-25T23:54:23Z", 13),
            (4, "client1", "6789", "2023-07-26T00:18:33Z", 18),
            (6, "client1", "6789", "2023-07-26T00:23:38Z", 8),
            (7, "client1", "6789", "2023-07-26T00:35:56Z", 8),
            (8, "client1", "6789", "2023-07-26T00:39:26Z", 7),
            (9, "client1", "6789", "2023-07-26T00:45:45Z", 3),
            (11, "client1", "6789", "2023-07-26T00:57:27Z", 2),
            (12, "client1", "6789", "2023-07-26T01:01:43Z", 2),
            (13, "client2", "1234", "2023-07-26T07:22:18Z", 2),
            (14, "client2", "1234", "2023-07-26T07:25:02Z", 2),
        ],
    );
    assert_eq!(outcome.rows_set_aside(), [(2, "not_answered"), (5, "not_answered"), (10, "not_answered")]);
    assert_eq!(outcome.records[0].2.as_deref(), Some("6789"));
    assert!(outcome.records[0].3.starts_with(r#"""""" <client1>","client1","6789""#), "{}", outcome.records[0].3);
}

/// RAT-08: 84 rows are the legs of 36 calls, of which 30 were answered, 884 seconds in all. Rows 4 to 6 bill 60 and 30 seconds that
/// nobody answered; rows 22 to 26 are one call of 17 seconds, of which two legs are answered with 0 s.
#[test]
fn the_asterisk_office_gives_each_call_once() {
    let Some(bytes) = usage_file("asterisk-office.csv") else { return };
    let outcome = read(&bytes, &layout("asterisk"));
    assert_calls(
        &outcome,
        &[
            (1, "0639980011", "0353011474", "2024-01-27T14:07:24Z", 27),
            (2, "0639980011", "0353011474", "2024-01-27T14:27:58Z", 27),
            (3, "0639980011", "0353011474", "2024-01-27T14:31:16Z", 10),
            (21, "0639980025", "0353011474", "2024-01-28T00:13:18Z", 10),
            (22, "0639980032", "0353011553", "2024-01-28T01:04:12Z", 17),
            (27, "0353014943", "0353011553", "2024-01-28T02:20:27Z", 23),
            (32, "0639980039", "0353011474", "2024-01-28T02:34:03Z", 10),
            (33, "0639980039", "0353011474", "2024-01-28T02:34:43Z", 10),
            (34, "0639980046", "0353011553", "2024-01-28T02:34:57Z", 79),
            (39, "0639980039", "0353011474", "2024-01-28T02:39:30Z", 43),
            (41, "0639980053", "0353011553", "2024-01-28T03:10:52Z", 30),
            (43, "0639980060", "0353011553", "2024-01-28T04:38:24Z", 16),
            (45, "0639980067", "0353011553", "2024-01-28T05:05:40Z", 33),
            (47, "0639980074", "0353011553", "2024-01-28T05:16:58Z", 29),
            (49, "0639980074", "0353011553", "2024-01-28T05:22:25Z", 19),
            (51, "0639980081", "0353011553", "2024-01-28T06:01:12Z", 17),
            (53, "0639980088", "0353011553", "2024-01-28T06:32:48Z", 58),
            (55, "0639980095", "0353011474", "2024-01-28T06:50:35Z", 19),
            (57, "0353014928", "0353011553", "2024-01-28T06:57:59Z", 39),
            (59, "0639980102", "0353011553", "2024-01-28T07:17:11Z", 32),
            (61, "0639980109", "0353011553", "2024-01-28T07:22:29Z", 61),
            (67, "0639980123", "0353011553", "2024-01-28T07:54:20Z", 15),
            (69, "0639980130", "0353011553", "2024-01-28T08:29:45Z", 24),
            (71, "0639980137", "0353011553", "2024-01-28T08:40:34Z", 34),
            (73, "0639980144", "0353011553", "2024-01-28T08:56:56Z", 21),
            (75, "0639980151", "0353011553", "2024-01-28T09:00:20Z", 23),
            (77, "0639980158", "0353011553", "2024-01-28T09:27:32Z", 24),
            (79, "0639980165", "0353011553", "2024-01-28T09:38:25Z", 39),
            (81, "0639980172", "0353011553", "2024-01-28T09:41:41Z", 29),
            (84, "0639980186", "0353011553", "2024-01-28T11:36:54Z", 66),
        ],
    );
    let rows: Vec<u64> = outcome.set_aside.iter().map(|row| row.row).collect();
    assert_eq!(rows, [4, 7, 14, 63, 65, 83]);
    assert!(outcome.set_aside.iter().all(|row| row.reason.as_str() == "not_answered"));
    assert_eq!(outcome.set_aside[1].detail, "nobody answered this call from `0639980011` to `0353011553` (7 rows)");
    assert_eq!(outcome.set_aside[0].raw.lines().count(), 3);
    assert_eq!(outcome.records[4].2.as_deref(), Some("0353011553"));
    assert_eq!(outcome.records[4].3.lines().count(), 5);
}

/// RAT-08: times to the minute, three rows of one call, `&` for nobody: 8 calls, of which 7 were answered, 490 seconds in all.
#[test]
fn the_freeswitch_lab_gives_calls_received_from_nobody_known() {
    let Some(bytes) = usage_file("freeswitch-lab.csv") else { return };
    let outcome = read(&bytes, &layout("freeswitch"));
    assert_calls(
        &outcome,
        &[
            (1, "1002", "", "2020-02-10T21:41:00Z", 9),
            (2, "1002", "", "2020-02-10T21:40:00Z", 61),
            (4, "1002", "", "2020-02-10T21:41:00Z", 21),
            (5, "1002", "", "2020-02-10T21:42:00Z", 327),
            (6, "1004", "", "2020-02-11T09:55:00Z", 20),
            (7, "1002", "1004", "2020-02-11T10:05:00Z", 32),
            (8, "1004", "", "2020-02-11T10:13:00Z", 20),
        ],
    );
    let directions: Vec<_> = outcome.records.iter().map(|(_, record, callee, _)| (record.direction, callee.is_some())).collect();
    let (received, made) = ((Direction::Received, false), (Direction::Made, true));
    assert_eq!(directions, [received, received, received, received, received, made, received]);
    assert_eq!(outcome.rows_set_aside(), [(3, "not_answered")]);
}

/// RAT-08: bytes that are no UTF-8 in a caller's name do no harm, and gzip gives what plain text gives.
#[test]
fn broken_names_and_compression_change_nothing() {
    let Some(bytes) = usage_file("asterisk-office.csv") else { return };
    let plain = read(&bytes, &layout("asterisk"));
    let at = |text: &[u8]| bytes.windows(text.len()).position(|window| window == text).unwrap();
    let mut broken = bytes.clone();
    let name = at("8107924651\u{fffd}".as_bytes());
    broken[name..name + 12].fill(0xa5);
    let read_broken = read(&broken, &layout("asterisk"));
    let records = |outcome: &reading::Outcome| outcome.records.iter().map(|(_, record, ..)| record.clone()).collect::<Vec<_>>();
    assert_eq!(records(&read_broken), records(&plain));

    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, &bytes).unwrap();
    assert_eq!(read(&gzip.finish().unwrap(), &layout("asterisk")), plain);
}

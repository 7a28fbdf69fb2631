//! `cadran rate` (RAT-11).

use crate::{cadran, catalogs};

fn rate(input: &str) -> (Vec<String>, Option<i32>) {
    let output = cadran(&["rate", "--catalogs", catalogs().to_str().unwrap(), "--operator", "grandlarge", "--explain"], input);
    let text = String::from_utf8(output.stdout).unwrap();
    (text.lines().map(str::to_owned).collect(), output.status.code())
}

/// RAT-11: events in, one JSON object a line out, in order, with the reason for each euro; a bad event does not stop the rest.
///
/// Forwarded call: 75 s × 0.019 / 60 = 0.02375. USA: 500 MB × 0.01 = 5.00, the other 100 MB held back. 10 GB of 11 are in the plan.
/// The month: 5.02375 beyond a subscription of 8.00.
#[test]
fn rat_11_a_month_of_a_line() {
    let (lines, code) = rate(include_str!("rate.jsonl"));
    let expected: Vec<&str> = include_str!("rate.golden.jsonl").lines().collect();
    for (line, expected) in lines.iter().zip(&expected) {
        assert_eq!(line, expected);
    }
    assert_eq!((lines.len(), code), (expected.len(), Some(1)), "one event is of an unknown line");
}

/// RAT-11: every bad event is named with its place and value, and the rest goes on.
#[test]
fn rat_11_bad_events_are_named() {
    let line = r#"{"event":"line","line":"1","network":"orange","offer":"unlimited-10","start":"2026-09-01"}"#;
    let bad = [
        ("{", "is no JSON object"),
        (r#"{"event":"dance"}"#, "event `dance` is not one of line, usage"),
        (r#"{"event":"usage","line":"1","at":"2026-02-30","kind":"sms","to":"0639980011"}"#, "`2026-02-30` is not a time"),
        (r#"{"event":"usage","line":"1","at":"2026-09-02","kind":"voice","to":"0639980011"}"#, "no `quantity` of voice"),
        (r#"{"event":"usage","line":"1","at":"2026-09-02","kind":"data","quantity":-1}"#, "quantity `-1` is negative"),
        (r#"{"event":"usage","line":"1","at":"2026-08-31","kind":"data","quantity":1}"#, "began before the line did"),
        (r#"{"event":"usage","line":"1","at":"2026-09-02","kind":"sms","to":"nobody"}"#, "`nobody` is no number"),
        (
            r#"{"event":"cutoff","line":"1","at":"2026-09-02","cutoff":"data-world","value":"7 GB"}"#,
            "`7 GB` is not one of the values",
        ),
        (
            r#"{"event":"option","line":"1","at":"2026-09-02","option":"fixed-ip-orange"}"#,
            "may not have option `fixed-ip-orange`",
        ),
        (r#"{"event":"recharge","line":"1","at":"2026-09-02","recharge":"data-1gb"}"#, "may not have recharge `data-1gb`"),
    ];
    let input: Vec<&str> = [line].into_iter().chain(bad.iter().map(|(event, _)| *event)).collect();
    let good = r#"{"event":"usage","line":"1","at":"2026-09-02","kind":"sms","to":"0639980011"}"#;
    let (lines, code) = rate(&format!("{}\n{good}\n", input.join("\n")));
    assert_eq!((lines.len(), code), (bad.len() + 2, Some(1)));
    for (number, (answer, (event, reason))) in lines[1..].iter().zip(&bad).enumerate() {
        assert!(answer.contains(&format!(r#""input":"-:{}""#, number + 2)), "{answer}");
        assert!(answer.contains(reason), "{event}: {answer}");
    }
    assert!(lines.last().unwrap().contains(r#""price":"0.00""#));
}

/// RAT-11, RAT-15: two lines of a customer share a cap, which is raised for a time.
///
/// 300 MB in the USA × 0.0080 (from October 2026) = 2.40; the other line has 0.60 of 3.00 left, which are 75 MB. Raised to 5.00, 2.00 more: 250 MB.
#[test]
fn rat_15_lines_of_a_customer_share_a_cap() {
    let line = |name: &str| {
        format!(
            r#"{{"event":"line","line":"{name}","network":"orange","offer":"unlimited-10","start":"2026-11-01","customer":"c","cutoffs":{{"data-usa-canada":"1 GB"}}}}"#
        )
    };
    let data = |name: &str, at: &str, size: &str| {
        format!(r#"{{"event":"usage","line":"{name}","at":"{at}","kind":"data","quantity":"{size}","in":"US"}}"#)
    };
    let input = [
        line("a"),
        line("b"),
        r#"{"event":"spend_cap","customer":"c","at":"2026-11-01","period":"month","amount":"3.00","at_cap":"stop","steps":[50,100]}"#.to_owned(),
        data("a", "2026-11-05T10:00:00", "300 MB"),
        data("b", "2026-11-06T10:00:00", "100 MB"),
        r#"{"event":"cap_raise","customer":"c","at":"2026-11-07","period":"month","amount":"5.00","until":"2026-11-20"}"#.to_owned(),
        data("b", "2026-11-08T10:00:00", "300 MB"),
        r#"{"event":"spend_cap","account":"d","at":"2026-11-07","period":"day"}"#.to_owned(),
        r#"{"event":"spend_cap","account":"d","customer":"c","at":"2026-11-07","period":"day"}"#.to_owned(),
    ];
    let (lines, code) = rate(&input.join("\n"));
    assert_eq!(code, Some(1), "the last two are of nobody and of two");
    let says = |number: usize, words: &[&str]| {
        for word in words {
            assert!(lines[number].contains(word), "`{word}` in {}", lines[number]);
        }
    };
    says(4, &[r#""price":"2.40""#, r#""of":"spend/customer/month","percent":50"#, r#""spend/customer/month":"2.40""#]);
    says(5, &[r#""price":"0.60""#, r#""quantity":75000000"#, r#""percent":100"#, r#""by":"spend/customer/month""#]);
    says(7, &[r#""line":"b""#, r#""change":"cap_raise""#, r#""event":"lifted","by":"spend/customer/month""#]);
    says(8, &[r#""price":"2.00""#, r#""quantity":250000000"#, r#""spend/customer/month":"5.00""#]);
    says(9, &["an account or a customer that no line names"]);
    says(10, &["names not one of `line`, `account` and `customer`"]);
}

/// RAT-11, FLT-10, FLT-12, RAT-16: what is told of a line: an amount beyond what is included, a block, a guard.
///
/// 41 s to New York: the first minute whole, 0.03. A satellite: a minute, 4.90.
#[test]
fn flt_12_what_is_told_of_a_line() {
    let input = [
        r#"{"event":"line","line":"a","network":"bouygues","offer":"unlimited-10","start":"2026-11-01","notices":["4.00"],"guard":{"per_minute":"1.00"},"options":["risky-destinations-on"]}"#,
        r#"{"event":"usage","line":"a","at":"2026-11-05","kind":"voice","to":"+12125550123","quantity":41}"#,
        r#"{"event":"option","line":"a","at":"2026-11-06","option":"international-on"}"#,
        r#"{"event":"usage","line":"a","at":"2026-11-07","kind":"voice","to":"+8816123456","quantity":41}"#,
    ];
    let (lines, code) = rate(&input.join("\n"));
    assert_eq!(code, Some(0), "{lines:?}");
    assert!(
        lines[1].contains(r#""alerts":[{"event":"despite_block","kind":"voice","by":"block/international"}]"#),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains(r#""price":"0.03""#), "{}", lines[1]);
    let alerts = concat!(
        r#""alerts":[{"event":"despite_guard","by":"guard/voice-to-satellite"},"#,
        r#"{"event":"out_of_bundle","of":"spend/told","amount":4000000}]"#
    );
    assert!(lines[3].contains(alerts) && lines[3].contains(r#""price":"4.90""#), "{}", lines[3]);
}

/// RAT-11: a usage file in place of usage events, within a scenario of lines and what happens to them.
///
/// A line of 1 GB that stops at its end: 0.6 GB pass, then 0.4 GB of the next 0.6 and the rest is stopped; a recharge of 1 GB takes the third
/// 0.6 GB. The row of a line that the scenario does not know is named, and so is one that is no row.
#[test]
fn rat_11_a_usage_file_within_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let (scenario, usage) = (folder.path().join("scenario.jsonl"), folder.path().join("usage.csv"));
    let events = [
        r#"{"event":"month_end","month":"2026-09"}"#,
        r#"{"event":"recharge","line":"+33639980011","at":"2026-09-04","recharge":"unlimited-1gb"}"#,
        r#"{"event":"line","line":"+33639980011","network":"orange","offer":"unlimited-1","capped":true,"start":"2026-09-01"}"#,
    ];
    std::fs::write(&scenario, events.join("\n")).unwrap();
    let row = |id: &str, number: &str, day: u32| format!("{id},data,made,{number},,2026-09-0{day} 10:00:00,,600000000,,\n");
    let header = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";
    let rows = [row("a", "33639980011", 2), row("b", "33639980011", 3), row("c", "33639980011", 5), row("d", "33700000000", 5)];
    std::fs::write(&usage, format!("{header}{}e,data\n", rows.concat())).unwrap();
    let catalogs = catalogs();
    let files = [catalogs.to_str().unwrap(), scenario.to_str().unwrap(), usage.to_str().unwrap()];
    let arguments =
        ["rate", "--operator", "grandlarge", "--layout", "mobile", "--catalogs", files[0], "--scenario", files[1], files[2]];
    let output = cadran(&arguments, "");
    let text = String::from_utf8(output.stdout).unwrap();
    let said: Vec<&str> = text.lines().collect();
    assert_eq!(output.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let kinds: Vec<&str> =
        ["\"line\"", "usage.csv:6", "600000000", "400000000", "recharge", "600000000", "usage.csv:5", "month"].to_vec();
    assert_eq!(said.len(), kinds.len(), "{text}");
    for (answer, kind) in said.iter().zip(kinds) {
        assert!(answer.contains(kind), "{kind} in {answer}");
    }
    assert!(said[3].contains("200000000") && said[3].contains("stopped"), "{}", said[3]);
    let alone = cadran(&["rate", "--operator", "grandlarge", "--layout", "mobile", files[2]], "");
    assert_eq!(alone.status.code(), Some(2));
}

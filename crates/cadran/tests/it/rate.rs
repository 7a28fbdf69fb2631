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

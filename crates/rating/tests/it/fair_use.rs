//! Fair use of the unlimited plans.

use crate::stage::{FRIEND, Line, call, events, grandlarge, mms, parts, sms};

fn number(index: u32) -> String {
    format!("06399{index:05}")
}

/// MOB-20: calls to a 251st number are metered; the 250 known ones stay included, and staff is told once.
#[test]
fn mob_20_the_251st_number_called_is_metered() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30");
    for index in 0..250 {
        assert_eq!(line.price(call(&number(index), 60)), "0.00");
    }
    let rated = line.rate(call(&number(250), 90));
    // voice-national-orange, 60/1: 90 s × 0.019 / 60 = 0.0285.
    assert_eq!(parts(&rated), ["90 voice-national-orange 0.0285 too-many-correspondents"]);
    assert_eq!(events(&rated), ["voice beyond 250"]);
    // A started first minute counts whole: 60 s × 0.019 / 60 = 0.019.
    let again = line.rate(call(&number(250), 5));
    assert_eq!((again.price.to_string().as_str(), events(&again).len()), ("0.019", 0));
    assert_eq!(line.price(call(&number(0), 60)), "0.00");
    assert_eq!(line.price(call(&number(251), 60).received()), "0.00", "who calls the line is nobody it called");
}

/// MOB-21: what is beyond two hours of one call is metered.
#[test]
fn mob_21_a_call_is_included_for_two_hours() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-30");
    // 2 h 10 min: 600 s of voice-national-bouygues, 10 × 0.018 = 0.18.
    assert_eq!(line.parts(call(FRIEND, 7_800)), ["7200 plan/voice", "600 voice-national-bouygues 0.18 too-long"]);
    assert_eq!(line.parts(call(FRIEND, 7_200)), ["7200 plan/voice"]);
}

/// MOB-22: SMS and MMS to a 251st recipient are metered; the two count together.
#[test]
fn mob_22_the_251st_recipient_is_metered() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-30");
    for index in 0..250 {
        let message = if index % 2 == 0 { sms(&number(index)) } else { mms(&number(index)) };
        assert_eq!(line.price(message), "0.00");
    }
    // sms-national-bouygues 0.028; mms-national 0.09.
    assert_eq!(line.parts(sms(&number(250))), ["1 sms-national-bouygues 0.028 too-many-correspondents"]);
    assert_eq!(line.parts(mms(&number(251))), ["1 mms-national 0.09 too-many-correspondents"]);
    assert_eq!(line.price(call(&number(252), 60)), "0.00", "calls are counted by themselves");
}

/// MOB-22: the 501st SMS within an hour suspends sending for three days, on the one network that says so.
#[test]
fn mob_22_501_messages_in_an_hour_suspend_sending() {
    for (network, suspended) in [("orange", true), ("bouygues", false)] {
        let mut line = Line::new(grandlarge(), network, "unlimited-30");
        for index in 0..500 {
            let rated = line.rate(sms(FRIEND).at(&format!("05 12:{:02}:{:02}", index / 10, index % 10)));
            assert!(events(&rated).is_empty());
        }
        let rated = line.rate(sms(FRIEND).at("05 12:59:00"));
        // 12:59 in Paris is 10:59 UTC; 72 hours later.
        let expected: &[&str] = if suspended { &["sending suspended until 2026-09-08T10:59:00Z"] } else { &[] };
        assert_eq!(events(&rated), expected);
    }
}

/// MOB-22: messages of more than an hour ago do not count.
#[test]
fn mob_22_the_hour_moves_on() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30");
    for _ in 0..500 {
        line.rate(sms(FRIEND).at("05 12:00"));
    }
    assert!(events(&line.rate(sms(FRIEND).at("05 13:00"))).is_empty());
}

/// MOB-23: a forwarded call is metered although the same call made is included.
#[test]
fn mob_23_forwarded_calls_are_metered() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30");
    assert_eq!(line.parts(call(FRIEND, 75)), ["75 plan/voice"]);
    // voice-national-orange: 75 s × 0.019 / 60 = 0.02375.
    assert_eq!(line.parts(call(FRIEND, 75).forwarded()), ["75 voice-national-orange 0.02375 not-covered"]);
}

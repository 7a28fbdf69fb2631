//! The fixed telephone: connection fees, times of the week and increments (RAT-03).

use crate::stage::{Line, call, vallee};

fn price(other: &str, seconds: i64, at: &str) -> String {
    Line::new(vallee(), "vallee", "fixed-metered").price(call(other, seconds).at(at))
}

/// RAT-03: a connection fee and a price by the time of the week; 2026-09-04 is a Friday.
#[test]
fn rat_03_the_time_of_the_week_decides() {
    // fixed-national-peak: 0.08 + 90 s × 0.023 / 60 = 0.08 + 0.0345 = 0.1145.
    assert_eq!(price("0388123456", 90, "04 10:00"), "0.1145");
    // fixed-national: 0.08 + 90 s × 0.012 / 60 = 0.08 + 0.018 = 0.098.
    assert_eq!(price("0388123456", 90, "04 19:00"), "0.098");
    assert_eq!(price("0388123456", 90, "05 10:00"), "0.098");
    // What counts is when the call began.
    assert_eq!(price("0388123456", 90, "04 18:59:59"), "0.1145");
}

/// RAT-03: increments of 30 s, then 6 s.
#[test]
fn rat_03_increments_of_thirty_and_six_seconds() {
    // fixed-to-europe-2, Serbia: 32 s count 36 s: 0.08 + 36 × 0.12 / 60 = 0.08 + 0.072 = 0.152.
    assert_eq!(price("+381112345678", 32, "04 10:00"), "0.152");
    // 1 s counts 30 s: 0.08 + 0.06 = 0.14; 0 s cost nothing, not even the fee.
    assert_eq!(price("+381112345678", 1, "04 10:00"), "0.14");
    assert_eq!(price("+381112345678", 0, "04 10:00"), "0.00");
}

/// RAT-03: a fee alone, and a rounding at the sixth decimal.
#[test]
fn rat_03_a_fee_alone_and_one_rounding() {
    // fixed-directory: 2.49 once, however long.
    assert_eq!(price("118712", 600, "04 10:00"), "2.49");
    // fixed-to-germany: 0.08 + 1 s × 0.02 / 60 = 0.08 + 0.000333… → 0.080333.
    assert_eq!(price("+4930123456", 1, "04 10:00"), "0.080333");
}

/// TEL-10, RAT-05: the unlimited fixed line includes geographic numbers of some countries and no mobile ones.
#[test]
fn rat_05_the_class_of_the_destination_decides() {
    let mut line = Line::new(vallee(), "vallee", "fixed-unlimited").capped();
    assert_eq!(line.parts(call("0388123456", 600)), ["600 plan/voice"]);
    assert_eq!(line.parts(call("+41441234567", 600)), ["600 plan/voice"]);
    // fixed-mobile: 0.08 + 10 × 0.09 = 0.98.
    assert_eq!(line.parts(call("0639980011", 600)), ["600 fixed-mobile 0.98 not-covered"]);
    assert_eq!(line.parts(call("poste 12", 600)), ["600 fixed-internal 0.00 not-covered"]);
}

//! Thresholds and what happens at the end of an allowance (RAT-06, RAT-07).

use crate::stage::{Line, data, events, grandlarge, parts};

/// RAT-06: one record that crosses 80 and 100 % tells both, in order, then the stop; none of it again.
#[test]
fn rat_06_one_record_crosses_two_thresholds() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-10").capped();
    assert_eq!(events(&line.rate(data("7 GB"))), [""; 0]);
    assert_eq!(events(&line.rate(data("4 GB"))), ["80 % of plan/data", "100 % of plan/data", "data stopped by plan/data"]);
    assert_eq!(events(&line.rate(data("1 GB"))), [""; 0]);
}

/// RAT-07: stop and slow, each where the catalogue says so; a counter that slows in France stops abroad, and both are ordered.
#[test]
fn rat_07_slow_at_home_and_stop_abroad_are_two_orders() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-1");
    line.rate(data("1 GB"));
    assert_eq!(events(&line.rate(data("1 MB"))), ["data slowed by plan/data"]);
    assert_eq!(events(&line.rate(data("1 MB").within("DE"))), ["data stopped by plan/data"]);
    assert_eq!(events(&line.rate(data("1 MB"))), [""; 0]);
}

/// RAT-07: a metered end charges.
#[test]
fn rat_07_an_uncapped_line_is_charged_in_europe_where_the_catalogue_says_so() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-1");
    // 2 GB beyond: 2,000 MB × 0.0011 = 2.20.
    assert_eq!(line.parts(data("3 GB").within("DE")), ["1000000000 plan/data", "2000000000 data-zone-1-bouygues 2.20 used-up"]);
}

/// RAT-07, MOB-08: a recharge lifts the stop, once.
#[test]
fn rat_07_a_recharge_lifts_the_stop() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-1").capped();
    assert_eq!(events(&line.rate(data("2 GB"))).last().unwrap(), "data stopped by plan/data");
    line = line.recharge(1, "unlimited-1gb", "06 00:00");
    assert_eq!(line.lift("06 00:00"), ["lifted plan/data"]);
    assert_eq!(line.lift("06 00:00"), [""; 0]);
    let rated = line.rate(data("2 GB").at("06 12:00"));
    assert_eq!(parts(&rated), ["1000000000 recharge/1", "1000000000 stopped by recharge/1"]);
    assert_eq!(events(&rated), ["data stopped by recharge/1"]);
}

//! Thresholds and what happens at the end of an allowance (RAT-06, RAT-07).

use crate::stage::{Line, data, events, grandlarge, parts, zenne};
use rating::{HeldPack, PackAccount};
use vocabulary::{Markup, Month, PackId};

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

/// RAT-07, FLT-13: a group pack that is raised, and one that is joined, lift the stop.
#[test]
fn rat_07_a_raised_pack_lifts_the_stop() {
    let mut line = Line::new(zenne(), "scaldis", "mobile-data-12").capped().pack("team-50");
    let rated = line.rate(data("63 GB"));
    assert_eq!(events(&rated).last().unwrap(), "data stopped by pack/team-50");
    assert_eq!(line.lift("06 00:00"), [""; 0]);
    // The customer's pack is a larger one now; what was drawn stays drawn.
    let state = line.packs[0].state;
    let held = HeldPack {
        id: PackId(1),
        pack: "team-100".into(),
        bought: line.terms.started,
        notices: Vec::new(),
        markup: Markup::NONE,
    };
    line.packs = vec![PackAccount::open(zenne(), &zenne().versions()[0], &held, state)];
    assert_eq!(line.lift("06 00:00"), ["lifted pack/team-50"]);
    assert_eq!(line.parts(data("1 GB").at("06 12:00")), ["1000000000 pack/team-100"]);

    let mut alone = Line::new(zenne(), "scaldis", "mobile-data-12").capped();
    alone.rate(data("13 GB"));
    assert_eq!(alone.lift("06 00:00"), [""; 0]);
    alone = alone.pack("team-minutes");
    assert_eq!(alone.lift("06 00:00"), [""; 0], "minutes are no data");
    alone = alone.pack("team-50");
    assert_eq!(alone.lift("06 00:00"), ["lifted plan/data"]);
}

/// RAT-07: a larger option lifts the stop of the smaller one; one of another zone does not.
#[test]
fn rat_07_a_larger_option_lifts_the_stop() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30").option("world-1", "01 00:00", None);
    line.rate(data("2 GB").within("JP"));
    line = line.option("maghreb-turkey-5", "06 00:00", None);
    assert_eq!(line.lift("06 00:00"), [""; 0]);
    line.terms.options.remove(0);
    line = line.option("world-1", "01 00:00", Some("07 00:00")).option("world-5", "07 00:00", None);
    assert_eq!(line.lift("07 00:00"), ["lifted option/roaming-world/data"]);
    // 5 GB in all, 1 GB of them used before.
    assert_eq!(
        line.parts(data("5 GB").within("JP").at("07 12:00")),
        ["4000000000 option/roaming-world/data", "1000000000 stopped by option/roaming-world/data"]
    );
}

/// RAT-07: a new month lifts all that the old one held back.
#[test]
fn rat_07_a_new_month_lifts_all() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-1").capped().cutoff("data-world", "500 MB");
    line.rate(data("2 GB"));
    line.rate(data("1 GB").within("JP"));
    assert_eq!(line.lift("30 23:59:59"), [""; 0]);
    let october: Month = "2026-10".parse().unwrap();
    let midnight = october.start(&grandlarge().operator.time_zone);
    assert_eq!(line.lift_at(midnight), ["lifted plan/data", "lifted cutoff/data-world"]);
}

/// RAT-06: a group pack tells 50, 80 and 100 % once, in order, whichever line's record crosses them.
#[test]
fn rat_06_a_pack_tells_its_thresholds_once() {
    let mut a = Line::new(zenne(), "scaldis", "mobile-data-12").pack("team-50");
    let mut b = Line::new(zenne(), "scaldis", "mobile-data-12");
    let told = |line: &mut Line, size: &str| -> Vec<String> {
        events(&line.rate(data(size))).into_iter().filter(|event| event.contains("% of pack/")).collect()
    };
    // 12 GB are the plan's: 20 GB of the pack, 40 %.
    assert_eq!(told(&mut a, "32 GB"), [""; 0]);
    b.packs = std::mem::take(&mut a.packs);
    // 23 GB more: 43 of 50, 86 %.
    assert_eq!(told(&mut b, "35 GB"), ["50 % of pack/team-50", "80 % of pack/team-50"]);
    a.packs = std::mem::take(&mut b.packs);
    assert_eq!(told(&mut a, "7 GB"), ["100 % of pack/team-50"]);
    assert_eq!(told(&mut a, "1 GB"), [""; 0]);
}

//! Families that pay for what they use.

use crate::stage::{FRIEND, Line, call, data, events, grandlarge, mms, parts, sms};

/// MOB-05: everything per unit, with a monthly minimum that the catalogue gives to the bill.
#[test]
fn mob_05_a_metered_line_pays_each_unit() {
    let mut line = Line::new(grandlarge(), "orange", "metered");
    // voice-national-orange, 60/1: 61 s × 0.019 / 60 = 0.01931666… → 0.019317.
    assert_eq!(line.price(call(FRIEND, 61)), "0.019317");
    assert_eq!(line.price(sms(FRIEND)), "0.03");
    assert_eq!(line.price(mms(FRIEND)), "0.09");
    // data-home-orange: 1 MB × 0.004.
    assert_eq!(line.price(data("1 MB")), "0.004");
    // 0.019317 + 0.03 + 0.09 + 0.004
    assert_eq!(line.state().totals.out_of_bundle.to_string(), "0.143317");
    let version = grandlarge().version_at(line.terms.started);
    let family = version.families.get(version.families.find("metered").unwrap());
    assert_eq!(family.monthly_minimum.unwrap().to_string(), "2.50");
}

/// MOB-05: a threshold in volume, raised when it is reached.
#[test]
fn mob_05_a_metered_line_stops_at_its_data_threshold() {
    let mut line = Line::new(grandlarge(), "orange", "metered").cutoff("data-metered-orange", "1 GB");
    let rated = line.rate(data("1500 MB"));
    // 1,000 MB × 0.004 = 4.00.
    assert_eq!(
        parts(&rated),
        ["1000000000 data-home-orange 4.00 not-covered", "500000000 stopped by cutoff/data-metered-orange"]
    );
    assert_eq!(events(&rated).last().unwrap(), "data stopped by cutoff/data-metered-orange");
    line = line.cutoff("data-metered-orange", "5 GB");
    assert_eq!(line.lift("06 00:00"), ["lifted cutoff/data-metered-orange"]);
}

/// MOB-06: the price of the tier reached holds for every MB above the 500 MB of the subscription.
#[test]
fn mob_06_the_tier_reached_prices_every_megabyte() {
    let mut line = Line::new(grandlarge(), "orange", "metered-data");
    // 200 MB × 0.0040 = 0.80.
    assert_eq!(line.parts(data("700 MB")), ["500000000 plan/data", "200000000 data-tiers-orange 0.80 used-up"]);
    // 1,500 MB in all, above 1 GB: 1,500 × 0.0030 = 4.50, of which 0.80 was charged: 3.70.
    assert_eq!(line.parts(data("1300 MB")), ["1300000000 data-tiers-orange 3.70 used-up"]);
    // 5,500 MB in all, above 5 GB: 5,500 × 0.0022 = 12.10 − 4.50 = 7.60.
    assert_eq!(line.parts(data("4 GB")), ["4000000000 data-tiers-orange 7.60 used-up"]);
    assert_eq!(line.state().totals.out_of_bundle.to_string(), "12.10");
}

/// MOB-06: a step into a cheaper tier gives back: 1,000 MB at 0.0036 cost more than 1,001 MB at 0.0028.
#[test]
fn mob_06_reaching_a_cheaper_tier_may_give_money_back() {
    let mut line = Line::new(grandlarge(), "bouygues", "metered-data");
    // 1,000 × 0.0036 = 3.60.
    assert_eq!(line.parts(data("1500 MB")), ["500000000 plan/data", "1000000000 data-tiers-bouygues 3.60 used-up"]);
    // 1,001 × 0.0028 = 2.8028; 2.8028 − 3.60 = −0.7972.
    assert_eq!(line.price(data("1 MB")), "-0.7972");
}

//! Roaming and calls abroad, cut-offs and roaming options.

use crate::stage::{FRIEND, Line, Usage, call, data, events, grandlarge, mms, parts, sms};
use catalog::OptionPrice;

const GERMAN_MOBILE: &str = "+491701234567";
const NEW_YORK: &str = "+12125550123";
const TOKYO: &str = "+81312345678";

fn prices(network: &str, table: &[(Usage, &str)]) {
    for (usage, price) in table {
        let mut line = Line::new(grandlarge(), network, "unlimited-30").cutoff_of_the_world(network);
        assert_eq!(line.price(usage.clone()), *price, "{network}: {usage:?}");
    }
}

impl Line {
    fn cutoff_of_the_world(self, network: &str) -> Self {
        if network == "orange" {
            self.cutoff("data-usa-canada", "1 GB").cutoff("data-maghreb-turkey", "1 GB").cutoff("data-world", "1 GB")
        } else {
            self.cutoff("data-world-euros", "50.00")
        }
    }
}

/// MOB-30: in zones 1 and 1B, data, calls and messages within Europe are included.
#[test]
fn mob_30_roaming_in_europe_is_included() {
    for network in ["orange", "bouygues"] {
        prices(
            network,
            &[
                (data("1 GB").within("DE"), "0.00"),
                (call(FRIEND, 600).within("DE"), "0.00"),
                (call(GERMAN_MOBILE, 600).within("GB"), "0.00"),
                (call(NEW_YORK, 600).within("DE").received(), "0.00"),
                (sms(GERMAN_MOBILE).within("GB"), "0.00"),
                (sms(NEW_YORK).within("DE").received(), "0.00"),
                (mms(FRIEND).within("DE"), "0.00"),
            ],
        );
    }
}

/// MOB-31, MOB-32: elsewhere everything is metered but SMS received.
#[test]
fn mob_31_roaming_elsewhere_is_metered() {
    for network in ["orange", "bouygues"] {
        prices(
            network,
            &[
                // voice-in-usa-canada, 60/1: 61 s × 0.25 / 60 = 0.2541666… → 0.254167.
                (call(FRIEND, 61).within("US"), "0.254167"),
                // voice-received-usa-canada: a started first minute, 0.15.
                (call(FRIEND, 30).within("US").received(), "0.15"),
                // voice-in-world, 60/60: 61 s count 120 s, 2 × 0.95 = 1.90.
                (call(TOKYO, 61).within("JP"), "1.90"),
                // sms-world.
                (sms(FRIEND).within("JP"), "0.25"),
                // mms-roaming.
                (mms(FRIEND).within("MA"), "0.50"),
                // data-usa-canada, 10 kB increments: 1,234,567 B count 1,240,000 B, 1.24 × 0.01 = 0.0124.
                (data("1234567 B").within("US"), "0.0124"),
                // MOB-32
                (sms(TOKYO).within("JP").received(), "0.00"),
            ],
        );
    }
}

/// MOB-33, MOB-34: from France, calls to zones 1 and 1B are included, calls elsewhere metered.
#[test]
fn mob_33_34_calls_from_france() {
    for network in ["orange", "bouygues"] {
        prices(
            network,
            &[
                (call(GERMAN_MOBILE, 600), "0.00"),
                (call("+442071234567", 600), "0.00"),
                // voice-to-usa-canada, 60/1: 61 s × 0.03 / 60 = 0.0305.
                (call(NEW_YORK, 61), "0.0305"),
                // voice-to-ch-ad-mobile: Switzerland belongs to the world. 0.22 a minute.
                (call("+41791234567", 60), "0.22"),
                // voice-to-world-near, 60/30: 100 s count 120 s, 2 × 0.09 = 0.18.
                (call(TOKYO, 100), "0.18"),
            ],
        );
    }
}

/// MOB-35, MOB-36: an SMS to zone 1 is included on one network and metered on the other; elsewhere it is metered, as any MMS abroad.
#[test]
fn mob_35_36_messages_from_france() {
    prices("orange", &[(sms(GERMAN_MOBILE), "0.00"), (sms(NEW_YORK), "0.095"), (mms(GERMAN_MOBILE), "0.25")]);
    prices("bouygues", &[(sms(GERMAN_MOBILE), "0.05"), (sms(NEW_YORK), "0.095"), (mms(GERMAN_MOBILE), "0.25")]);
}

/// MOB-37: from Europe to other zones, calls and SMS are metered.
#[test]
fn mob_37_from_europe_to_other_zones() {
    // voice-europe-to-usa-canada: a started first minute, 0.25; sms-europe-to-elsewhere 0.15.
    prices("orange", &[(call(NEW_YORK, 30).within("DE"), "0.25"), (sms(NEW_YORK).within("DE"), "0.15")]);
}

/// MOB-41: in Europe the plan's data is the cut-off.
#[test]
fn mob_41_a_capped_plan_stops_at_its_data_in_europe() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30").capped();
    assert_eq!(line.parts(data("29 GB")), ["29000000000 plan/data"]);
    assert_eq!(line.parts(data("2 GB").within("DE")), ["1000000000 plan/data", "1000000000 stopped by plan/data"]);
}

/// MOB-41: outside Europe a cut-off in volume, 0 where nothing was chosen; metered within.
#[test]
fn mob_41_a_cutoff_in_volume_outside_europe() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30");
    assert_eq!(line.parts(data("1 MB").within("US")), ["1000000 stopped by cutoff/data-usa-canada"]);
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30").cutoff("data-usa-canada", "500 MB");
    let rated = line.rate(data("600 MB").within("US"));
    // data-usa-canada: 500 MB × 0.01 = 5.00.
    assert_eq!(parts(&rated), ["500000000 data-usa-canada 5.00 not-covered", "100000000 stopped by cutoff/data-usa-canada"]);
    assert_eq!(
        events(&rated),
        ["80 % of cutoff/data-usa-canada", "100 % of cutoff/data-usa-canada", "data stopped by cutoff/data-usa-canada"]
    );
}

/// MOB-42: cut-offs in euros; what does not fit into the last cents is not let through.
#[test]
fn mob_42_a_cutoff_in_euros() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-5").cutoff("data-world-euros", "50.00");
    let rated = line.rate(data("700 MB").within("JP"));
    // data-world: 50.00 / 0.08 = 625 MB.
    assert_eq!(parts(&rated), ["625000000 data-world 50.00 not-covered", "75000000 stopped by cutoff/data-world-euros"]);
    assert_eq!(
        events(&rated),
        ["80 % of cutoff/data-world-euros", "100 % of cutoff/data-world-euros", "data stopped by cutoff/data-world-euros"]
    );
    // In Europe beyond the plan: 1,000 MB × 0.0011 = 1.10.
    assert_eq!(line.parts(data("6 GB").within("DE")), ["5000000000 plan/data", "1000000000 data-zone-1-bouygues 1.10 used-up"]);
}

/// MOB-42, MOB-44: the 100 % of a cut-off in euros is told although the last increment did not fit into its last cents.
#[test]
fn mob_42_the_end_of_a_cutoff_is_told_even_if_it_is_never_reached_exactly() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-5").cutoff("data-world-euros", "50.00");
    // data-on-board: an increment of 10 kB costs 0.06, so that 833 of them fit: 49.98.
    let rated = line.rate(data("9 MB").within("XV"));
    assert_eq!(parts(&rated), ["8330000 data-on-board 49.98 not-covered", "670000 stopped by cutoff/data-world-euros"]);
    assert_eq!(
        events(&rated),
        ["80 % of cutoff/data-world-euros", "100 % of cutoff/data-world-euros", "data stopped by cutoff/data-world-euros"]
    );
}

/// MOB-42: 0 € in Europe means no data in Europe, not even the plan's.
#[test]
fn mob_42_nothing_in_europe_at_zero_euros() {
    let mut line = Line::new(grandlarge(), "bouygues", "unlimited-5").cutoff("data-europe-euros", "0.00");
    assert_eq!(line.parts(data("1 MB").within("DE")), ["1000000 stopped by cutoff/data-europe-euros"]);
    assert_eq!(line.parts(data("1 MB")), ["1000000 plan/data"]);
}

/// MOB-43: a raised cut-off unblocks the line at once.
#[test]
fn mob_43_a_raised_cutoff_lifts_the_block() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30").cutoff("data-world", "500 MB");
    line.rate(data("600 MB").within("JP"));
    assert_eq!(line.lift("06 00:00"), [""; 0]);
    line = line.cutoff("data-world", "1 GB");
    assert_eq!(line.lift("06 00:00"), ["lifted cutoff/data-world"]);
    // 100 MB × 0.08 = 8.00.
    assert_eq!(line.parts(data("100 MB").within("JP")), ["100000000 data-world 8.00 not-covered"]);
}

/// MOB-44: at 80 and 100 % of the plan on one network; on the other at 80 % when uncapped, at 100 % when capped.
#[test]
fn mob_44_thresholds_of_the_plan() {
    let told = |network, capped: Option<()>| {
        let line = Line::new(grandlarge(), network, "unlimited-10");
        let mut line = if capped.is_some() { line.capped() } else { line };
        let mut told = Vec::new();
        for _ in 0..11 {
            told.extend(events(&line.rate(data("1 GB"))).into_iter().filter(|event| event.contains('%')));
        }
        told
    };
    assert_eq!(told("orange", None), ["80 % of plan/data", "100 % of plan/data"]);
    assert_eq!(told("orange", Some(())), ["80 % of plan/data", "100 % of plan/data"]);
    assert_eq!(told("bouygues", None), ["80 % of plan/data"]);
    assert_eq!(told("bouygues", Some(())), ["100 % of plan/data"]);
}

/// MOB-50: data stops at the option's end; a larger size within the month replaces the smaller and goes on counting.
#[test]
fn mob_50_a_larger_roaming_option_replaces_the_smaller() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30")
        .cutoff("data-maghreb-turkey", "1 GB")
        .option("maghreb-turkey-5", "01 00:00", Some("10 00:00"))
        .option("maghreb-turkey-10", "10 00:00", None);
    let meter = "option/roaming-maghreb-turkey/data";
    assert_eq!(
        line.parts(data("6 GB").within("MA").at("05 12:00")),
        [format!("5000000000 {meter}"), format!("1000000000 stopped by {meter}")]
    );
    // 10 GB are usable in all, not 15: 5 GB were used before.
    assert_eq!(
        line.parts(data("6 GB").within("MA").at("12 12:00")),
        [format!("5000000000 {meter}"), format!("1000000000 stopped by {meter}")]
    );
    // Both are billed: 45.00 + 85.00.
    let version = grandlarge().version_at(line.terms.started);
    let price = |id: &str| match version.options.get(version.options.find(id).unwrap()).price {
        OptionPrice::Monthly(price) | OptionPrice::Once(price) => price.to_string(),
    };
    assert_eq!((price("maghreb-turkey-5").as_str(), price("maghreb-turkey-10").as_str()), ("45.00", "85.00"));
}

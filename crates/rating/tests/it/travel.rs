//! The travel plans: data of which a part may be used in the USA and Canada (MOB-02).

use crate::stage::{FRIEND, Line, call, data, events, grandlarge, parts, sms};
use catalog::FiveG;

const NEW_YORK: &str = "+12025550123";

/// MOB-02: in the USA both ways of a call count, within the zone and towards France; what is beyond is metered, data stops.
#[test]
fn mob_02_a_travel_plan_counts_both_ways_in_the_usa() {
    let mut line = Line::new(grandlarge(), "orange", "travel-20").capped();
    assert_eq!(line.parts(call(FRIEND, 1_800).within("US")), ["1800 plan/voice-usa-canada"]);
    // The hour has 1,800 s left: 1,500 s of them go to a received call, 300 s to the next; the other 60 s pay voice-in-usa-canada,
    // 0.25 a minute.
    assert_eq!(line.parts(call("+12025550123", 1_500).within("US").received()), ["1500 plan/voice-usa-canada"]);
    assert_eq!(
        line.parts(call("+12025550123", 360).within("CA")),
        ["300 plan/voice-usa-canada", "60 voice-in-usa-canada 0.25 used-up"]
    );
    // From the zone to a third country nothing is included: voice-usa-canada-to-elsewhere, 0.95 a minute.
    assert_eq!(line.parts(call("+491701234567", 120).within("US")), ["120 voice-usa-canada-to-elsewhere 1.90 not-covered"]);
    assert_eq!(line.price(sms("+12025550123").within("US").received()), "0.00");
    assert_eq!(
        line.parts(data("6 GB").within("US")),
        ["5000000000 plan/data-usa-canada of plan/data", "1000000000 stopped by plan/data-usa-canada"]
    );
    assert_eq!(line.parts(data("1 MB").within("JP")), ["1000000 stopped by cutoff/data-travel"]);
}

/// MOB-02: with a roaming option, data passes where the plan does not reach.
#[test]
fn mob_02_a_roaming_option_opens_the_rest_of_the_world() {
    let mut line = Line::new(grandlarge(), "orange", "travel-20").capped().option("world-1", "01 00:00", None);
    assert_eq!(line.parts(data("1 MB").within("JP")), ["1000000 option/roaming-world/data"]);
}

/// MOB-02: four sizes, of which a part in the USA and Canada, with calls and messages; 5G always; no recharge.
#[test]
fn mob_02_four_sizes_and_their_parts() {
    let table = [
        ("travel-20", 20, 5, 3_600, "20.00"),
        ("travel-30", 30, 15, 3_600, "30.00"),
        ("travel-50", 50, 25, 7_200, "50.00"),
        ("travel-100", 100, 50, 7_200, "90.00"),
    ];
    for (offer, total_gb, part_gb, seconds, price) in table {
        let mut line = Line::new(grandlarge(), "orange", offer).capped();
        let version = grandlarge().version_at(line.terms.started);
        let sold = version.offers.get(version.offers.find(offer).unwrap());
        let network = version.networks.find("orange").unwrap();
        assert_eq!(sold.price(network).unwrap().to_string(), price, "{offer}");
        assert!(sold.five_g.iter().all(|(_, five_g)| *five_g == FiveG::Included) && !sold.recharges, "{offer}");
        let gb = |gb: i64| format!("{gb}000000000");
        assert_eq!(
            line.parts(data(&format!("{} GB", part_gb + 1)).within("CA")),
            [format!("{} plan/data-usa-canada of plan/data", gb(part_gb)), format!("{} stopped by plan/data-usa-canada", gb(1))]
        );
        // What was used in Canada is gone at home.
        assert_eq!(
            line.parts(data(&format!("{total_gb} GB"))),
            [format!("{} plan/data", gb(total_gb - part_gb)), format!("{} stopped by plan/data", gb(part_gb))]
        );
        // A minute more than is included: voice-in-usa-canada, 60 s × 0.25 / 60 = 0.25.
        assert_eq!(
            line.parts(call(FRIEND, seconds + 60).within("US")),
            [format!("{seconds} plan/voice-usa-canada"), "60 voice-in-usa-canada 0.25 used-up".to_owned()]
        );
        for _ in 0..100 {
            assert_eq!(line.parts(sms(NEW_YORK).within("US")), ["1 plan/messages-usa-canada"]);
        }
        // sms-usa-canada.
        assert_eq!(line.parts(sms(NEW_YORK).within("US")), ["1 sms-usa-canada 0.15 used-up"]);
    }
}

/// MOB-02, RAT-04, RAT-06: a part gives no more than the whole has left; both counters move, and each tells its thresholds.
#[test]
fn mob_02_a_part_ends_with_the_whole() {
    let mut line = Line::new(grandlarge(), "orange", "travel-20").capped();
    // 17 of 20 GB are 85 %.
    assert_eq!(events(&line.rate(data("17 GB"))), ["80 % of plan/data"]);
    // 3 GB are left of the 20, of which 5 might be used in the USA: 3 of 5 are 60 %.
    let rated = line.rate(data("4 GB").within("US"));
    assert_eq!(parts(&rated), ["3000000000 plan/data-usa-canada of plan/data", "1000000000 stopped by plan/data"]);
    assert_eq!(events(&rated), ["100 % of plan/data", "data stopped by plan/data"]);
    assert_eq!((line.counter("plan/data"), line.counter("plan/data-usa-canada")), (20_000_000_000, 3_000_000_000));
}

/// MOB-02: an uncapped line whose whole is used up goes on slowly at home, and stops in the USA.
#[test]
fn mob_02_the_end_of_the_whole_is_as_the_zone_says() {
    let mut line = Line::new(grandlarge(), "orange", "travel-20");
    line.rate(data("20 GB"));
    assert_eq!(line.parts(data("1 GB")), ["1000000000 slowed by plan/data"]);
    assert_eq!(line.parts(data("1 GB").within("US")), ["1000000000 stopped by plan/data"]);
}

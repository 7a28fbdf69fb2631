//! Roaming options and what options ask of a line (MOB-50 to MOB-53, RAT-05).

use crate::stage::{FRIEND, Line, call, data, grandlarge, grandlarge_with, sms};
use catalog::{Capping, OptionPrice};

const TOKYO: &str = "+81312345678";

fn monthly(option: &str) -> String {
    let version = &grandlarge().versions()[0];
    match version.options.get(version.options.find(option).unwrap()).price {
        OptionPrice::Monthly(price) => price.to_string(),
        OptionPrice::Once(price) => format!("{price} once"),
    }
}

/// MOB-50: twelve roaming sizes at their prices; each holds what it says in its zone, stops there, and opens no other zone.
#[test]
fn mob_50_every_size_of_roaming_data() {
    let table = [
        ("maghreb-turkey-1", "MA", 1, "10.00"),
        ("maghreb-turkey-3", "TN", 3, "25.00"),
        ("maghreb-turkey-5", "TR", 5, "45.00"),
        ("maghreb-turkey-10", "DZ", 10, "85.00"),
        ("maghreb-turkey-20", "MA", 20, "165.00"),
        ("maghreb-turkey-30", "MA", 30, "250.00"),
        ("world-1", "JP", 1, "25.00"),
        ("world-2", "CH", 2, "50.00"),
        ("world-3", "AD", 3, "75.00"),
        ("world-5", "JP", 5, "125.00"),
        ("world-10", "JP", 10, "250.00"),
        ("usa-canada-3", "US", 3, "10.00"),
    ];
    for (option, country, gb, price) in table {
        assert_eq!(monthly(option), price, "{option}");
        let mut line = Line::new(grandlarge(), "orange", "unlimited-30").option(option, "01 00:00", None);
        let zone = option.rsplit_once('-').unwrap().0;
        assert_eq!(
            line.parts(data(&format!("{} GB", gb + 1)).within(country)),
            [format!("{gb}000000000 option/roaming-{zone}/data"), format!("1000000000 stopped by option/roaming-{zone}/data"),],
            "{option}"
        );
        let elsewhere = if zone == "world" { "US" } else { "JP" };
        assert!(line.parts(data("1 MB").within(elsewhere))[0].contains("stopped by cutoff/"), "{option}");
    }
}

/// MOB-51: roaming with an hour of calls and 50 SMS for travel plans; calls and messages beyond are metered, data stops.
#[test]
fn mob_51_roaming_with_calls_and_messages() {
    let table = [
        ("world-calls-1", 1, "60.00"),
        ("world-calls-2", 2, "85.00"),
        ("world-calls-3", 3, "110.00"),
        ("world-calls-5", 5, "160.00"),
        ("world-calls-10", 10, "290.00"),
    ];
    let meter = "option/roaming-world";
    for (option, gb, price) in table {
        assert_eq!(monthly(option), price, "{option}");
        let mut line = Line::new(grandlarge(), "orange", "travel-20").option(option, "01 00:00", None);
        // Both ways of a call count: 50 min out, 10 min in; the next minute is voice-in-world, 60/60 at 0.95.
        assert_eq!(line.parts(call(FRIEND, 3_000).within("JP")), [format!("3000 {meter}/voice")]);
        assert_eq!(
            line.parts(call(TOKYO, 601).within("JP").received()),
            [format!("600 {meter}/voice"), "1 voice-received-world 0.55 used-up".to_owned()]
        );
        assert_eq!(line.parts(call(TOKYO, 60).within("JP")), ["60 voice-in-world 0.95 used-up"]);
        for _ in 0..50 {
            assert_eq!(line.parts(sms(FRIEND).within("JP")), [format!("1 {meter}/messages")]);
        }
        // sms-world.
        assert_eq!(line.parts(sms(FRIEND).within("JP")), ["1 sms-world 0.25 used-up"]);
        assert_eq!(
            line.parts(data(&format!("{} GB", gb + 1)).within("JP")),
            [format!("{gb}000000000 {meter}/data"), format!("1000000000 stopped by {meter}/data")]
        );
    }
}

/// MOB-53: a fixed IP is for capped data lines on the one network, for both on the other, and for metered lines on both.
#[test]
fn mob_53_a_fixed_ip_asks_for_a_capped_line() {
    let version = &grandlarge().versions()[0];
    let table = [
        ("fixed-ip-orange", "orange", "data-10", true, false),
        ("fixed-ip-orange", "orange", "m2m-10", true, false),
        ("fixed-ip-orange", "orange", "metered", true, true),
        ("fixed-ip-orange", "orange", "metered-data", true, true),
        ("fixed-ip-orange", "bouygues", "data-10", false, false),
        ("fixed-ip-orange", "orange", "unlimited-30", false, false),
        ("fixed-ip-bouygues", "bouygues", "data-10", true, true),
        ("fixed-ip-bouygues", "bouygues", "metered", true, true),
        ("fixed-ip-platform", "orange", "data-10", true, false),
        ("fixed-ip-platform-bouygues", "bouygues", "data-10", true, true),
    ];
    for (option, network, offer, capped, uncapped) in table {
        let found = version.options.get(version.options.find(option).unwrap());
        let (offer_ix, network_ix) = (version.offers.find(offer).unwrap(), version.networks.find(network).unwrap());
        let may = |capping| found.allowed(version, offer_ix, network_ix) && found.suits(version, offer_ix, capping);
        assert_eq!((may(Capping::Capped), may(Capping::Uncapped)), (capped, uncapped), "{option} on {offer}, {network}");
    }
}

/// RAT-05: an option that is not held at the time gives nothing, and goes on counting where it was when it is held again.
#[test]
fn rat_05_a_suspended_option_gives_nothing() {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30")
        .option("world-1", "01 00:00", Some("10 00:00"))
        .option("world-1", "20 00:00", None);
    assert_eq!(line.parts(data("400 MB").within("JP").at("05 12:00")), ["400000000 option/roaming-world/data"]);
    assert_eq!(line.parts(data("1 MB").within("JP").at("15 12:00")), ["1000000 stopped by cutoff/data-world"]);
    assert_eq!(
        line.parts(data("700 MB").within("JP").at("25 12:00")),
        ["600000000 option/roaming-world/data", "100000000 stopped by option/roaming-world/data"]
    );
}

const FOR_CAPPED_LINES: &str = r#"
[[option]]
id = "more-for-capped"
name = "1 GB"
families = ["unlimited"]
price = "1.00"

[[option.allowance]]
id = "data"
name = "1 GB"
kinds = ["data"]
covers = "home-data"
quantity = "1 GB"
for = ["capped"]
"#;

/// RAT-05: an allowance may be for capped lines only.
#[test]
fn rat_05_an_allowance_for_capped_lines() {
    let catalog = grandlarge_with("options.toml", FOR_CAPPED_LINES);
    let line = || Line::new(catalog, "orange", "unlimited-5").option("more-for-capped", "01 00:00", None);
    assert_eq!(line().capped().parts(data("1 GB")), ["1000000000 option/more-for-capped/data"]);
    assert_eq!(line().parts(data("1 GB")), ["1000000000 plan/data"]);
}

//! Business plans and their options.

use crate::stage::{Line, call, data, zenne};
use catalog::OptionPrice;

const BELGIAN_MOBILE: &str = "0470123456";

/// FLT-19: nine plans at their prices.
#[test]
fn flt_19_the_price_of_every_plan() {
    let version = &zenne().versions()[0];
    let network = version.networks.find("scaldis").unwrap();
    for (offer, price) in [
        ("mobile-1", "5.00"),
        ("start", "10.00"),
        ("start-plus", "10.00"),
        ("contact", "20.00"),
        ("limitless", "33.00"),
        ("europe", "45.00"),
        ("mobile-data-12", "12.00"),
        ("mobile-data-20", "20.00"),
        ("mobile-data-50", "35.00"),
    ] {
        let found = version.offers.get(version.offers.find(offer).unwrap()).price(network);
        assert_eq!(found.unwrap().to_string(), price, "{offer}");
    }
}

/// FLT-19: which plan may have which option, and what it costs.
#[test]
fn flt_19_options_by_plan() {
    let version = &zenne().versions()[0];
    let network = version.networks.find("scaldis").unwrap();
    let every = ["mobile-1", "start", "start-plus", "contact", "limitless", "europe", "mobile-data-12", "mobile-data-50"];
    let table: [(&str, &str, &[&str]); 4] = [
        ("data-asia-business", "16.00", &[]),
        ("data-asia-tech", "35.00", &[]),
        ("voice-national-100", "3.00", &["contact", "limitless", "europe", "mobile-data-12", "mobile-data-50"]),
        ("data-national-10", "25.00", &["limitless"]),
    ];
    for (option, price, without) in table {
        let found = version.options.get(version.options.find(option).unwrap());
        assert_eq!(found.price, OptionPrice::Monthly(price.parse().unwrap()));
        for offer in every {
            let allowed = found.allowed(version, version.offers.find(offer).unwrap(), network);
            assert_eq!(allowed, !without.contains(&offer), "{option} on {offer}");
        }
    }
}

/// FLT-19: the option's 100 minutes go before the plan's 150; what is beyond is charged.
#[test]
fn flt_19_national_minutes_of_the_option_go_first() {
    let mut line = Line::new(zenne(), "scaldis", "start").option("voice-national-100", "01 00:00", None);
    // 260 min: 100 of the option, 150 of the plan, 10 × 0.15 = 1.50 of voice-national.
    assert_eq!(
        line.parts(call(BELGIAN_MOBILE, 15_600)),
        ["6000 option/voice-national-100/voice", "9000 plan/voice", "600 voice-national 1.50 used-up"]
    );
}

/// FLT-19: 600 MB in Asia, then the price of the zone.
#[test]
fn flt_19_data_in_asia() {
    let mut line = Line::new(zenne(), "scaldis", "start").option("data-asia-business", "01 00:00", None);
    // 50 MB of data-asia × 0.25 = 12.50.
    assert_eq!(line.parts(data("650 MB").within("JP")), ["600000000 option/data-asia/data", "50000000 data-asia 12.50 used-up"]);
}

/// FLT-13, RAT-04: a group pack comes after the plan, and each line says what it drew.
#[test]
fn flt_13_a_group_pack_comes_after_the_plan() {
    let mut line = Line::new(zenne(), "scaldis", "start").option("data-national-10", "01 00:00", None).pack("team-50");
    // 10 GB of the option, 500 MB of the plan, 50 GB of the pack, then data-home: 100 MB × 0.02 = 2.00.
    assert_eq!(
        line.parts(data("60600 MB")),
        [
            "10000000000 option/data-national-10/data",
            "500000000 plan/data",
            "50000000000 pack/team-50",
            "100000000 data-home 2.00 used-up",
        ]
    );
}

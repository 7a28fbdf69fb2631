//! Business plans and their options.

use crate::stage::{Line, call, data, events, parts, sms, zenne};
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

/// FLT-13: lines share a pack, and each record says who used what of it.
#[test]
fn flt_13_who_used_what_of_a_pack() {
    let mut a = Line::new(zenne(), "scaldis", "mobile-data-12").pack("team-50");
    let mut b = Line::new(zenne(), "scaldis", "mobile-data-20");
    // Beyond 12 GB of the plan.
    assert_eq!(a.parts(data("42 GB")), ["12000000000 plan/data", "30000000000 pack/team-50"]);
    b.packs = std::mem::take(&mut a.packs);
    // Beyond 20 GB of the plan and 20 GB that the pack has left: 100 MB × 0.02 = 2.00.
    assert_eq!(
        b.parts(data("40100 MB")),
        ["20000000000 plan/data", "20000000000 pack/team-50", "100000000 data-home 2.00 used-up"]
    );
}

/// FLT-11: a limit of payments by mobile phone; other messages pass. At 0 none is let through.
#[test]
fn flt_11_a_limit_of_payments_by_mobile_phone() {
    const PAID: &str = "4000";
    let mut line = Line::new(zenne(), "scaldis", "contact").cutoff("mobile-payments", "10.00");
    for paid in 1..=20 {
        // sms-short-paid: 20 × 0.50 = 10.00.
        assert_eq!(line.price(sms(PAID)), "0.50", "{paid}");
    }
    let rated = line.rate(sms(PAID));
    assert_eq!(parts(&rated), ["1 stopped by cutoff/mobile-payments"]);
    assert_eq!(events(&rated), ["sms stopped by cutoff/mobile-payments"]);
    assert_eq!(line.parts(sms(BELGIAN_MOBILE)), ["1 plan/messages"]);
    // voice-sva-090 counts too: nothing is left of 10.00.
    assert_eq!(line.parts(call("090212345", 60)), ["60 stopped by cutoff/mobile-payments"]);
    let mut none = Line::new(zenne(), "scaldis", "contact").cutoff("mobile-payments", "0.00");
    assert_eq!(none.parts(sms(PAID)), ["1 stopped by cutoff/mobile-payments"]);
    assert_eq!(none.parts(sms(BELGIAN_MOBILE)), ["1 plan/messages"]);
}

/// FLT-12: amounts beyond what is included at which somebody is told, each once a month, in order; off where there is none.
#[test]
fn flt_12_amounts_at_which_somebody_is_told() {
    let notices = |amounts: &[&str]| amounts.iter().map(|amount| amount.parse().unwrap()).collect();
    let told = |line: &mut Line, minutes: i64| events(&line.rate(call(BELGIAN_MOBILE, minutes * 60)));
    let mut line = Line::new(zenne(), "scaldis", "mobile-1");
    assert_eq!(told(&mut line, 100), [""; 0], "15.00, and nobody wants to know");
    let mut line = Line::new(zenne(), "scaldis", "mobile-1");
    line.terms.notices = notices(&["5.00", "10.00", "20.00"]);
    // voice-national, 0.15 a minute: 33 min 4.95; 1 min 5.10; 100 min 20.10 in all.
    assert_eq!(told(&mut line, 33), [""; 0]);
    assert_eq!(told(&mut line, 1), ["spend/told has reached 5.00"]);
    assert_eq!(told(&mut line, 100), ["spend/told has reached 10.00", "spend/told has reached 20.00"]);
    assert_eq!(told(&mut line, 100), [""; 0]);
}

/// FLT-12: of a group pack too: what its lines pay for what it covers, after its end.
#[test]
fn flt_12_amounts_of_a_group_pack() {
    let mut line = Line::new(zenne(), "scaldis", "mobile-data-12").pack_telling_at("team-50", &["5.00"]);
    // 12 GB, 50 GB, then 200 MB × 0.02 = 4.00; then 60 MB, 1.20 more: 5.20.
    assert!(!events(&line.rate(data("62200 MB"))).iter().any(|event| event.contains("has reached")));
    assert_eq!(events(&line.rate(data("60 MB"))), ["pack/team-50 has reached 5.00"]);
    assert_eq!(line.packs[0].state.charged.to_string(), "5.20");
    assert_eq!(events(&line.rate(data("60 MB"))), [""; 0]);
}

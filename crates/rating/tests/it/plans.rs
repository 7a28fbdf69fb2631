//! The unlimited and travel plans at home and in the zones that they include.

use crate::stage::{FRIEND, Line, call, data, grandlarge, mms, parts, sms};
use catalog::Capping;
use rating::Refusal;

/// MOB-01: nine sizes at their prices; calls and messages in France and Europe are included in all of them.
#[test]
fn mob_01_every_unlimited_plan_includes_calls_and_messages() {
    let table = [
        ("unlimited-0", None, "4.00"),
        ("unlimited-1", Some("1 GB"), "7.50"),
        ("unlimited-5", Some("5 GB"), "7.00"),
        ("unlimited-10", Some("10 GB"), "8.00"),
        ("unlimited-30", Some("30 GB"), "10.50"),
        ("unlimited-50", Some("50 GB"), "13.00"),
        ("unlimited-100", Some("100 GB"), "20.00"),
        ("unlimited-250", Some("250 GB"), "60.00"),
        ("unlimited-500", Some("500 GB"), "125.00"),
    ];
    for (offer, size, price) in table {
        let mut line = Line::new(grandlarge(), "orange", offer).capped();
        let version = grandlarge().version_at(line.terms.started);
        let (ix, network) = (version.offers.find(offer).unwrap(), version.networks.find("orange").unwrap());
        assert_eq!(version.offers.get(ix).price(network).unwrap().to_string(), price, "{offer}");
        for included in [
            call(FRIEND, 3_600),
            call("+491701234567", 3_600).within("DE"),
            call("+33199000001", 60).within("ES").received(),
            sms(FRIEND),
            mms(FRIEND),
            sms(FRIEND).within("DE"),
        ] {
            assert_eq!(line.price(included), "0.00", "{offer}");
        }
        match size {
            Some(size) => assert_eq!(line.parts(data(size)), [format!("{} plan/data", bytes(size))]),
            None => assert!(matches!(line.try_rate(&data("1 MB")), Err(Refusal::NotAllowed { .. }))),
        }
    }
}

fn bytes(size: &str) -> String {
    size.replace(" GB", "000000000")
}

/// MOB-07: a capped line stops at its allowance, an uncapped one is slowed beyond it and pays nothing in France.
#[test]
fn mob_07_capped_stops_and_uncapped_slows() {
    for (capping, held_back) in [(Capping::Capped, "stopped"), (Capping::Uncapped, "slowed")] {
        let mut line = Line::new(grandlarge(), "bouygues", "unlimited-5");
        line.terms.capping = capping;
        let rated = line.rate(data("6 GB"));
        assert_eq!(rated.price.to_string(), "0.00");
        assert_eq!(parts(&rated), ["5000000000 plan/data".to_owned(), format!("1000000000 {held_back} by plan/data")]);
    }
}

/// MOB-07: a family that gives no choice is as the uncapped column says, whatever the line was told.
#[test]
fn mob_07_a_family_without_the_choice_is_never_capped() {
    let mut line = Line::new(crate::stage::zenne(), "scaldis", "contact").capped();
    // 10 GB, then data-home: 100 MB × 0.02 = 2.00.
    assert_eq!(line.parts(data("10100 MB")), ["10000000000 plan/data", "100000000 data-home 2.00 used-up"]);
}

/// RAT-01: an emergency call is free and never stopped, from wherever it is made.
#[test]
fn rat_01_emergency_calls_are_free() {
    let mut line = Line::new(grandlarge(), "orange", "metered").capped();
    assert_eq!(line.parts(call("112", 90)), ["90 emergency"]);
    assert_eq!(line.parts(call("15", 90).within("JP")), ["90 emergency"]);
}

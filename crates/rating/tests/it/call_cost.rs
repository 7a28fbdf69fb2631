//! What a forwarded call would cost, told before it is made (FIX-06): it agrees with what the call is charged when it comes.

use crate::stage::{Line, call, grandlarge, vallee, zenne};
use rating::{CallCost, CallPrice};

fn price(per_minute: &str, fee: &str) -> CallPrice {
    CallPrice { per_minute: per_minute.parse().unwrap(), fee: fee.parse().unwrap(), minimum: "0".parse().unwrap() }
}

fn fixed(offer: &str) -> Line {
    Line::new(vallee(), "vallee", offer)
}

/// FIX-06: the price of the forwarded leg by plan, options and hour: included, charged by the minute and by the call, or not put through.
#[test]
fn fix_06_a_forwarded_call_has_a_price_before_it_is_made() {
    let cost = |offer: &str, other: &str| fixed(offer).cost(&call(other, 1).forwarded());
    // fixed-national and fixed-national-peak: 0.012 a minute, on weekdays 0.023, and 0.08 a call.
    let national = CallCost::Charged(vec![price("0.012", "0.08"), price("0.023", "0.08")]);
    assert_eq!(cost("fixed-metered", "0388123456"), national);
    // The unlimited plan covers calls that are made, not those that are forwarded.
    assert_eq!(cost("fixed-unlimited", "0388123456"), national);
    assert_eq!(fixed("fixed-unlimited").cost(&call("0388123456", 1)), CallCost::Included { limit_s: None, beyond: Vec::new() });
    // fixed-mobile.
    assert_eq!(cost("fixed-metered", "0639980011"), CallCost::Charged(vec![price("0.09", "0.08")]));
    // fixed-free: charged nothing.
    assert!(!cost("fixed-metered", "0800123456").is_charged());
    assert!(cost("fixed-metered", "0639980011").is_charged());
    // fixed-sva-089, which the option forbids.
    let blocked = fixed("fixed-metered").option("sva-off", "01 00:00", None);
    assert_eq!(blocked.cost(&call("0899123456", 1).forwarded()), CallCost::Barred);
    // fixed-to-satellite: 4.90 a minute is below the guard of 5.00.
    assert_eq!(cost("fixed-metered", "+8816123456789"), CallCost::Charged(vec![price("4.9", "0")]));
}

/// FIX-06: an allowance with an end says what comes after it: the next price, or nothing where the plan stops there and its cap is not lifted.
#[test]
fn fix_06_an_allowance_says_what_comes_after_it() {
    let capped = || Line::new(vallee(), "rhenane", "mobile-capped").capped();
    let included = |beyond| CallCost::Included { limit_s: Some(7_200), beyond };
    assert_eq!(capped().cost(&call("0639980011", 1)), included(Vec::new()));
    let lifted = capped().option("calls-beyond", "01 00:00", None);
    // mobile-national.
    assert_eq!(lifted.cost(&call("0639980011", 1)), included(vec![price("0.08", "0")]));
    // Forwarded, no allowance takes them.
    assert_eq!(capped().cost(&call("0639980011", 1).forwarded()), CallCost::Charged(vec![price("0.08", "0")]));
}

/// How a line is made, anew for each usage.
type Made = fn() -> Line;

/// FIX-06: what is told agrees with what is charged, whatever the operator, the plan and the number called.
#[test]
fn fix_06_what_is_told_is_what_is_charged() {
    let lines: [(&str, Made); 5] = [
        ("fixed-metered", || fixed("fixed-metered")),
        ("fixed-unlimited", || fixed("fixed-unlimited")),
        ("mobile-20", || Line::new(vallee(), "rhenane", "mobile-20")),
        ("unlimited-5", || Line::new(grandlarge(), "orange", "unlimited-5").capped()),
        ("zenne", || {
            let version = &zenne().versions()[0];
            let (offer, _) = version.offers.iter().next().unwrap();
            Line::new(zenne(), "scaldis", version.offers.id(offer))
        }),
    ];
    let (mut charged, mut free) = (0, 0);
    for (name, line) in lines {
        for other in ["0388123456", "0612345678", "+4930123456", "+41791234567", "+12125550123", "0800123456", "+32470123456"] {
            for usage in [call(other, 60), call(other, 60).forwarded()] {
                let told = line().cost(&usage);
                let rated = line().try_rate(&usage);
                match (&told, rated) {
                    (CallCost::Barred, Err(_)) => {}
                    (CallCost::Barred, Ok(rated)) => assert!(!rated.events.is_empty(), "{name} to {other}: {rated:?}"),
                    (CallCost::Included { .. }, Ok(rated)) => {
                        free += 1;
                        assert!(rated.price.is_zero(), "{name} to {other}: {rated:?}");
                    }
                    (CallCost::Charged(prices), Ok(rated)) => {
                        charged += 1;
                        let one = |price: &CallPrice| price.per_minute.checked_add(price.fee).unwrap().max(price.minimum);
                        assert!(prices.iter().any(|price| one(price) == rated.price), "{name} to {other}: {told:?}, {rated:?}");
                    }
                    (told, rated) => panic!("{name} to {other}: {told:?}, {rated:?}"),
                }
            }
        }
    }
    assert!(charged > 20 && free > 5, "{charged} charged, {free} free");
}

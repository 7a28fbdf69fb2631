//! Spend caps (RAT-15).

use crate::stage::{Line, call, data, events, grandlarge, parts, sms};
use rating::{AtCap, SpendPeriod};

const JOHANNESBURG: &str = "+27111234567";

fn line(period: SpendPeriod, amount: &str, at_cap: AtCap) -> Line {
    Line::new(grandlarge(), "orange", "unlimited-30").cutoff("data-usa-canada", "1 GB").spend_cap(period, amount, at_cap)
}

/// RAT-15: the cap is enforced inside the record that crosses it, with the steps of the operator.
#[test]
fn rat_15_the_cap_is_enforced_inside_the_record() {
    let mut line = line(SpendPeriod::Month, "3.00", AtCap::Stop);
    let rated = line.rate(data("500 MB").within("US"));
    // data-usa-canada: 3.00 / 0.01 = 300 MB.
    assert_eq!(parts(&rated), ["300000000 data-usa-canada 3.00 not-covered", "200000000 stopped by spend/month"]);
    assert_eq!(
        events(&rated),
        ["50 % of spend/month", "80 % of spend/month", "100 % of spend/month", "data stopped by spend/month"]
    );
    // What is included goes on, what costs does not; the network hears of each kind.
    assert_eq!(line.parts(data("1 MB")), ["1000000 plan/data"]);
    let call = line.rate(call(JOHANNESBURG, 60));
    assert_eq!(
        (parts(&call), events(&call)),
        (vec!["60 stopped by spend/month".to_owned()], vec!["voice stopped by spend/month".to_owned()])
    );
}

/// RAT-15: increments that do not fit into what is left are not let through, and the end is told all the same.
#[test]
fn rat_15_an_increment_that_does_not_fit() {
    let mut line = line(SpendPeriod::Month, "1.00", AtCap::Stop);
    let rated = line.rate(call(JOHANNESBURG, 300));
    // voice-to-world, 60/30 at 0.45: 120 s cost 0.90, 121 s would cost 150 s, 1.125.
    assert_eq!(parts(&rated), ["120 voice-to-world 0.90 not-covered", "180 stopped by spend/month"]);
    assert_eq!(
        events(&rated),
        ["50 % of spend/month", "80 % of spend/month", "100 % of spend/month", "voice stopped by spend/month"]
    );
}

/// RAT-15: at the cap, tell or slow.
#[test]
fn rat_15_tell_and_slow() {
    let mut told = line(SpendPeriod::Month, "3.00", AtCap::Tell);
    assert_eq!(told.parts(data("500 MB").within("US")), ["500000000 data-usa-canada 5.00 not-covered"]);
    let mut slowed = line(SpendPeriod::Month, "3.00", AtCap::Slow);
    assert_eq!(
        slowed.parts(data("500 MB").within("US")),
        ["300000000 data-usa-canada 3.00 not-covered", "200000000 slowed by spend/month"]
    );
}

/// RAT-15: a call or a message cannot go on slowly: where data slows, they stop.
#[test]
fn rat_15_what_cannot_be_slowed_stops() {
    let mut line = line(SpendPeriod::Month, "0.50", AtCap::Slow);
    // voice-to-world, 60/30 at 0.45: 60 s; then data-usa-canada: 5 MB × 0.01 = 0.05.
    assert_eq!(line.parts(call(JOHANNESBURG, 90)), ["60 voice-to-world 0.45 not-covered", "30 stopped by spend/month"]);
    assert_eq!(line.parts(sms("+12125550123")), ["1 stopped by spend/month"]);
    let data = line.rate(data("10 MB").within("US"));
    assert_eq!(parts(&data), ["5000000 data-usa-canada 0.05 not-covered", "5000000 slowed by spend/month"]);
    assert_eq!(events(&data).last().unwrap(), "data slowed by spend/month");
    assert_eq!(line.lift("06 00:00"), [""; 0]);
    line = line.spend_cap(SpendPeriod::Month, "0.50", AtCap::Tell);
    assert_eq!(line.lift("06 00:00"), ["lifted spend/month"]);
}

/// RAT-15: a cap by the day begins anew each day of the operator's zone, and stops anew.
#[test]
fn rat_15_a_cap_by_the_day() {
    let mut line = line(SpendPeriod::Day, "0.10", AtCap::Stop);
    for day in ["05", "06"] {
        // sms-to-abroad 0.095: the second does not fit.
        assert_eq!(line.price(sms("+12125550123").at(&format!("{day} 00:30"))), "0.095");
        let second = line.rate(sms("+12125550123").at(&format!("{day} 23:30")));
        let day = day.trim_start_matches('0');
        assert_eq!(parts(&second), [format!("1 stopped by spend/day/{day}")]);
        assert_eq!(events(&second), [format!("100 % of spend/day/{day}"), format!("sms stopped by spend/day/{day}")]);
    }
    // Half a cent is left of the 6th, which is no room for a message; the 5th is over.
    assert_eq!(line.lift("06 23:59:59"), ["lifted spend/day/5"]);
    line = line.spend_cap(SpendPeriod::Day, "1.00", AtCap::Stop);
    assert_eq!(line.lift("06 23:59:59"), ["lifted spend/day/6"]);
}

/// RAT-15: a cap that is taken away lifts what it held back.
#[test]
fn rat_15_no_cap_holds_nothing_back() {
    let mut line = line(SpendPeriod::Month, "0.10", AtCap::Stop);
    line.rate(call(JOHANNESBURG, 300));
    line.terms.spend_caps.clear();
    assert_eq!(line.lift("06 00:00"), ["lifted spend/month"]);
}

//! Spend caps of billing accounts and customers: ceilings in money that lines share (RAT-15).

use crate::stage::{Line, call, data, events, grandlarge, parts, september};
use rating::{AtCap, CapRaise, SpendAccount, SpendCap, SpendOwner, SpendPeriod, SpendState, SpendTerms};
use vocabulary::Markup;

const JOHANNESBURG: &str = "+27111234567";

fn terms(owner: SpendOwner, period: SpendPeriod, amount: &str, at_cap: AtCap) -> SpendTerms {
    let cap = SpendCap { period, amount: amount.parse().unwrap(), at_cap };
    SpendTerms { owner, caps: vec![cap], raises: Vec::new(), steps: Vec::new(), markup: Markup::NONE }
}

fn open(terms: &SpendTerms) -> Vec<SpendAccount> {
    vec![SpendAccount::open(grandlarge(), terms, SpendState::default())]
}

/// Two lines that data in the USA costs 0.01 a MB.
fn two() -> (Line, Line) {
    let line = || Line::new(grandlarge(), "orange", "unlimited-30").cutoff("data-usa-canada", "1 GB");
    (line(), line())
}

/// Hands what lines share from the one that was rated last to the other.
fn hand_over(from: &mut Line, to: &mut Line) {
    to.spends = std::mem::take(&mut from.spends);
}

/// RAT-15: what lines of a customer spend counts together, and the record that crosses the cap is cut in itself, whoever's it is.
#[test]
fn rat_15_the_lines_of_a_customer_share_a_cap() {
    let (mut a, mut b) = two();
    a.spends = open(&terms(SpendOwner::Customer, SpendPeriod::Month, "5.00", AtCap::Stop));
    // 300 MB × 0.01 = 3.00: 60 %.
    let first = a.rate(data("300 MB").within("US"));
    assert_eq!((first.price.to_string().as_str(), events(&first)), ("3.00", vec!["50 % of spend/customer/month".to_owned()]));
    hand_over(&mut a, &mut b);
    // 2.00 are left: 200 MB.
    let second = b.rate(data("300 MB").within("US"));
    assert_eq!(parts(&second), ["200000000 data-usa-canada 2.00 not-covered", "100000000 stopped by spend/customer/month"]);
    assert_eq!(
        events(&second),
        ["80 % of spend/customer/month", "100 % of spend/customer/month", "data stopped by spend/customer/month"]
    );
    hand_over(&mut b, &mut a);
    // What is included goes on; what costs does not, and this line's network hears of it too.
    assert_eq!(a.parts(data("1 MB")), ["1000000 plan/data"]);
    let third = a.rate(call(JOHANNESBURG, 60));
    assert_eq!(
        (parts(&third), events(&third)),
        (vec!["60 stopped by spend/customer/month".to_owned()], vec!["voice stopped by spend/customer/month".to_owned()],)
    );
}

/// RAT-15: by the day of a billing account, which begins anew at midnight and lifts what it stopped.
#[test]
fn rat_15_an_account_s_day() {
    let (mut a, mut b) = two();
    a.spends = open(&terms(SpendOwner::BillingAccount, SpendPeriod::Day, "1.00", AtCap::Stop));
    a.rate(data("60 MB").within("US").at("05 12:00"));
    hand_over(&mut a, &mut b);
    // 0.40 are left: 40 MB.
    assert_eq!(
        b.parts(data("50 MB").within("US").at("05 13:00")),
        ["40000000 data-usa-canada 0.40 not-covered", "10000000 stopped by spend/account/day/5"]
    );
    assert_eq!(b.lift("05 23:59:59"), [""; 0]);
    assert_eq!(b.lift("06 00:00"), ["lifted spend/account/day/5"]);
    assert_eq!(b.price(data("50 MB").within("US").at("06 00:00")), "0.50");
}

/// RAT-15: a cap that is raised for a time lets more through and lifts; after it the cap is as it was.
#[test]
fn rat_15_a_cap_raised_for_a_time() {
    let mut terms = terms(SpendOwner::Customer, SpendPeriod::Month, "5.00", AtCap::Stop);
    let (mut line, _) = two();
    line.spends = open(&terms);
    line.rate(data("600 MB").within("US"));
    assert_eq!(line.lift("10 00:00"), [""; 0]);
    let at = |day| september(grandlarge(), day);
    terms.raises = vec![CapRaise {
        period: SpendPeriod::Month,
        amount: "8.00".parse().unwrap(),
        since: at("10 00:00"),
        until: at("20 00:00"),
    }];
    line.spends = vec![SpendAccount::open(grandlarge(), &terms, line.spends[0].state.clone())];
    assert_eq!(line.lift("09 23:59:59"), [""; 0]);
    assert_eq!(line.lift("10 00:00"), ["lifted spend/customer/month"]);
    // 3.00 more: 300 MB of the 400; the cut-off of 1 GB has 500 MB left.
    assert_eq!(
        line.parts(data("400 MB").within("US").at("12 12:00")),
        ["300000000 data-usa-canada 3.00 not-covered", "100000000 stopped by spend/customer/month"]
    );
    assert_eq!(line.parts(data("1 MB").within("US").at("20 00:00")), ["1000000 stopped by spend/customer/month"]);
}

/// RAT-15: a line's own cap may be raised for a time too.
#[test]
fn rat_15_a_line_s_cap_raised_for_a_time() {
    let (line, _) = two();
    let mut line = line.spend_cap(SpendPeriod::Day, "1.00", AtCap::Stop);
    let at = |day| september(grandlarge(), day);
    line.terms.cap_raises = vec![CapRaise {
        period: SpendPeriod::Day,
        amount: "2.00".parse().unwrap(),
        since: at("05 00:00"),
        until: at("06 00:00"),
    }];
    assert_eq!(line.price(data("300 MB").within("US").at("05 12:00")), "2.00");
    assert_eq!(line.price(data("300 MB").within("US").at("06 12:00")), "1.00");
}

/// RAT-15: tell and slow; the steps that were chosen, and those of the operator where none were.
#[test]
fn rat_15_what_happens_at_a_shared_cap() {
    for (at_cap, steps, after, told) in [
        (AtCap::Tell, vec![], "500000000 data-usa-canada 5.00 not-covered", "50 80 100"),
        (AtCap::Tell, vec![25, 75], "500000000 data-usa-canada 5.00 not-covered", "25 75"),
        (AtCap::Slow, vec![90], "200000000 slowed by spend/account/month", "90"),
    ] {
        let (mut line, _) = two();
        let terms = SpendTerms { steps, ..terms(SpendOwner::BillingAccount, SpendPeriod::Month, "3.00", at_cap) };
        line.spends = open(&terms);
        let rated = line.rate(data("500 MB").within("US"));
        assert_eq!(parts(&rated).last().unwrap(), after);
        let events = events(&rated);
        let percents: Vec<_> = events.iter().filter_map(|event| event.split_once(" % of ")).map(|(percent, _)| percent).collect();
        assert_eq!(percents.join(" "), told);
    }
}

/// RAT-15: the strictest of a line's, an account's and a customer's cap holds back, and all of them count.
#[test]
fn rat_15_the_strictest_cap_holds_back() {
    for (line_cap, account_cap, customer_cap, by) in [
        ("1.00", "2.00", "3.00", "spend/month"),
        ("3.00", "1.00", "2.00", "spend/account/month"),
        ("3.00", "2.00", "1.00", "spend/customer/month"),
    ] {
        let (line, _) = two();
        let mut line = line.spend_cap(SpendPeriod::Month, line_cap, AtCap::Stop);
        line.spends = open(&terms(SpendOwner::BillingAccount, SpendPeriod::Month, account_cap, AtCap::Stop));
        line.spends.extend(open(&terms(SpendOwner::Customer, SpendPeriod::Month, customer_cap, AtCap::Stop)));
        // 1.00 / 0.01 = 100 MB.
        assert_eq!(
            line.parts(data("150 MB").within("US")),
            ["100000000 data-usa-canada 1.00 not-covered".to_owned(), format!("50000000 stopped by {by}")]
        );
        let counted: Vec<_> = line.spends.iter().map(|spend| spend.state.meters[0].used).collect();
        assert_eq!((line.counter("spend/month"), counted), (1_000_000, vec![1_000_000, 1_000_000]));
    }
}

/// RAT-15: a cap that comes in the middle of a month knows what was spent before it, a line's and a shared one.
#[test]
fn rat_15_a_new_cap_knows_what_was_spent() {
    let (mut line, _) = two();
    let none = SpendTerms { caps: Vec::new(), ..terms(SpendOwner::Customer, SpendPeriod::Month, "1.00", AtCap::Stop) };
    line.spends = open(&none);
    line.rate(data("300 MB").within("US"));
    let capped = terms(SpendOwner::Customer, SpendPeriod::Month, "4.00", AtCap::Stop);
    line.spends = vec![SpendAccount::open(grandlarge(), &capped, line.spends[0].state.clone())];
    // 1.00 of 4.00 is left.
    assert_eq!(line.price(data("300 MB").within("US")), "1.00");
    line.spends.clear();
    let mut line = line.spend_cap(SpendPeriod::Month, "4.50", AtCap::Stop);
    // 4.00 were charged, 0.50 are left.
    assert_eq!(line.price(data("300 MB").within("US")), "0.50");
}

/// RAT-15: live progress: what each ceiling is and what was counted.
#[test]
fn rat_15_live_progress() {
    let (mut line, _) = two();
    line.spends = open(&terms(SpendOwner::Customer, SpendPeriod::Day, "5.00", AtCap::Tell));
    line.rate(data("300 MB").within("US").at("05 12:00"));
    let progress = |at: &str| -> Vec<String> {
        let ceilings = line.spends[0].ceilings(grandlarge(), september(grandlarge(), at));
        ceilings.map(|(key, limit, used)| format!("{} {used} of {limit}", key.as_str())).collect()
    };
    assert_eq!(progress("05 13:00"), ["spend/customer/day/5 3.00 of 5.00"]);
    assert_eq!(progress("06 00:00"), ["spend/customer/day/6 0.00 of 5.00"]);
}

//! Month after month: in advance, in arrears, by days, a month begun is due.

use crate::stage::{Story, at, grandlarge, line, month, option, usage, vallee};
use billing::{Before, PackTerms, PlanSpell, Reach};
use vocabulary::{BillingAccountId, UsageKind};

const UNLIMITED: (&str, &str) = ("orange", "unlimited-30");

/// BIL-01: the first month by days with the first bill, then months in advance, and a month begun is due when it ends.
#[test]
fn the_first_month_is_by_days_and_a_month_begun_is_due() {
    let mut story = Story::of(grandlarge(), vec![line(1, UNLIMITED, "2026-11-12T10:00")]);
    assert!(story.bill("2026-11").is_empty(), "it had not begun on the 1st");
    // 10.50 a month; 19 of 30 days: 6.65.
    assert_eq!(story.bill("2026-12"), ["1 2026-11 unlimited-30 6.65", "1 2026-12 unlimited-30 10.50"]);
    assert_eq!(story.bill("2027-01"), ["1 2027-01 unlimited-30 10.50"]);
    story.customer.lines[0].ended = Some(at("2027-02-01T10:00"));
    assert_eq!(story.bill("2027-02"), ["1 2027-02 unlimited-30 10.50"], "a month begun is due");
    assert!(story.bill("2027-03").is_empty());
}

/// BIL-01: a run of the 1st and one of the 20th ask for the same, and one that is made twice asks once.
#[test]
fn what_begins_after_the_first_instant_is_for_the_next_run() {
    let mut lines = vec![line(1, UNLIMITED, "2026-12-01T00:00"), line(2, UNLIMITED, "2026-12-01T00:01")];
    lines[0].ended = Some(at("2026-12-05T00:00"));
    let mut story = Story::of(grandlarge(), lines);
    assert_eq!(story.bill("2026-12"), ["1 2026-12 unlimited-30 10.50"]);
    assert!(story.bill("2026-12").is_empty(), "once");
    // The first was there for 4 of 31 days of its first month, 1.35.
    let next = ["1 2026-12 unlimited-30 -9.15", "2 2026-12 unlimited-30 10.50", "2 2027-01 unlimited-30 10.50"];
    assert_eq!(story.bill("2027-01"), next);
}

/// BIL-01: a line that came and went within a day, on the 29th of February, or in the hour that comes twice pays for that day; one that was
/// given up at once pays nothing.
#[test]
fn a_line_of_one_day_pays_for_one_day() {
    for (from, to, next, asked) in [
        ("2026-11-12T10:00", "2026-11-12T18:00", "2026-12", "1 2026-11 unlimited-30 0.35"),
        ("2028-02-29T10:00", "2028-02-29T10:05", "2028-03", "1 2028-02 unlimited-30 0.36"),
        ("2026-10-25T02:30", "2026-10-25T03:10", "2026-11", "1 2026-10 unlimited-30 0.34"),
    ] {
        let mut one = line(1, UNLIMITED, from);
        one.ended = Some(at(to));
        assert_eq!(Story::of(grandlarge(), vec![one.clone()]).bill(next), [asked]);
        one.ended = Some(at(from));
        assert!(Story::of(grandlarge(), vec![one]).bill(next).is_empty());
    }
}

/// BIL-01: the first bill of an operator that billed elsewhere before asks for nothing of the month before but what began in it.
#[test]
fn the_first_run_does_not_bill_what_others_billed() {
    let mut old = line(1, UNLIMITED, "2026-03-04T10:00");
    old.options =
        vec![option("maghreb-turkey-5", "2026-08-01T00:00", None), option("maghreb-turkey-10", "2026-11-20T00:00", None)];
    let mut story = Story::of(grandlarge(), vec![old, line(2, UNLIMITED, "2026-11-16T00:00")]);
    story.before = Before::Elsewhere;
    assert_eq!(
        story.bill("2026-12"),
        [
            "1 2026-11 maghreb-turkey-10 85.00",
            "1 2026-12 unlimited-30 10.50",
            "1 2026-12 maghreb-turkey-10 85.00",
            "1 2026-12 maghreb-turkey-5 45.00",
            "2 2026-11 unlimited-30 5.25",
            "2 2026-12 unlimited-30 10.50",
        ]
    );
}

/// MOB-50: a change of a roaming option within a month bills both; a month begun is due; the same one taken twice is one month.
#[test]
fn a_change_of_an_option_within_a_month_bills_both() {
    let mut story = Story::of(grandlarge(), vec![line(1, UNLIMITED, "2026-10-01T00:00")]);
    story.bill("2026-10");
    story.bill("2026-11");
    story.customer.lines[0].options = vec![
        option("maghreb-turkey-5", "2026-11-03T09:00", Some("2026-11-10T09:00")),
        option("maghreb-turkey-10", "2026-11-10T09:00", Some("2026-12-01T00:00")),
        option("maghreb-turkey-10", "2026-11-10T09:00", Some("2026-11-10T09:00")),
    ];
    assert_eq!(
        story.bill("2026-12"),
        ["1 2026-11 maghreb-turkey-10 85.00", "1 2026-11 maghreb-turkey-5 45.00", "1 2026-12 unlimited-30 10.50"]
    );
    story.customer.lines[0].options = vec![
        option("maghreb-turkey-5", "2026-12-03T09:00", Some("2026-12-04T09:00")),
        option("maghreb-turkey-5", "2026-12-20T09:00", Some("2026-12-21T09:00")),
    ];
    assert_eq!(story.bill("2027-01"), ["1 2026-12 maghreb-turkey-5 45.00", "1 2027-01 unlimited-30 10.50"]);
}

/// BIL-01, MOB-61: a plan that changed on the 1st, and that the run did not see yet, is put right by the next one.
#[test]
fn a_change_that_came_late_is_put_right_by_the_next_bill() {
    let mut story = Story::of(grandlarge(), vec![line(1, UNLIMITED, "2026-10-01T00:00")]);
    story.bill("2026-10");
    story.bill("2026-11");
    assert_eq!(story.bill("2026-12"), ["1 2026-12 unlimited-30 10.50"]);
    story.customer.lines[0].plans = vec![
        PlanSpell {
            until: Some(at("2026-12-01T00:00")),
            offer: "unlimited-30".into(),
            bought: at("2026-10-01T00:00"),
            monthly: None,
        },
        PlanSpell { until: None, offer: "unlimited-50".into(), bought: at("2026-12-01T00:00"), monthly: None },
    ];
    assert_eq!(
        story.bill("2027-01"),
        ["1 2026-12 unlimited-30 -10.50", "1 2026-12 unlimited-50 13.00", "1 2027-01 unlimited-50 13.00"]
    );
    assert_eq!(story.bill("2027-02"), ["1 2027-02 unlimited-50 13.00"]);
}

/// BIL-01: what a line pays stays what it was when it was bought.
#[test]
fn a_price_is_that_of_the_purchase() {
    let mut one = line(1, UNLIMITED, "2026-10-01T00:00");
    one.plans[0].monthly = Some("9.99".parse().unwrap());
    let mut story = Story::of(grandlarge(), vec![one]);
    story.before = Before::Elsewhere;
    assert_eq!(story.bill("2026-12"), ["1 2026-12 unlimited-30 9.99"]);
}

/// MOB-05: a metered line is billed afterwards, at least its minimum, by days in its first month.
#[test]
fn a_metered_line_costs_at_least_its_minimum() {
    let mut story = Story::of(grandlarge(), vec![line(1, ("orange", "metered"), "2026-11-16T08:00")]);
    assert!(story.bill("2026-11").is_empty());
    // 15 of 30 days of 2.50 are 1.25.
    story.customer.lines[0].usage = vec![usage(UsageKind::Voice, Reach::Home, "0.504")];
    assert_eq!(story.bill("2026-12"), ["1 2026-11 minimum 0.75", "1 2026-11 voice home 0.50"]);
    story.customer.lines[0].usage = vec![usage(UsageKind::Voice, Reach::Home, "2.495")];
    assert_eq!(story.bill("2027-01"), ["1 2026-12 voice home 2.50"], "rounded, it is the minimum");
    assert_eq!(story.bill("2027-02"), ["1 2027-01 minimum 2.50"]);
}

/// MOB-06: the subscription of metered data is billed afterwards, with what was used; its tiers are the rating's.
#[test]
fn metered_data_is_billed_afterwards() {
    let mut story = Story::of(grandlarge(), vec![line(1, ("bouygues", "metered-data"), "2026-11-01T00:00")]);
    story.customer.lines[0].usage = vec![usage(UsageKind::Data, Reach::Home, "3.7521")];
    assert_eq!(story.bill("2026-12"), ["1 2026-11 metered-data 2.00", "1 2026-11 data home 3.75"]);
    story.customer.lines[0].ended = Some(at("2026-12-02T00:00"));
    assert_eq!(story.bill("2027-01"), ["1 2026-12 metered-data 2.00"], "a month begun is due");
    assert!(story.bill("2027-02").is_empty());
}

/// RAT-09, RAT-10: what came late, or was rated again, is on the next bill with its own month.
#[test]
fn late_usage_has_its_own_line() {
    let mut story = Story::of(grandlarge(), vec![line(1, UNLIMITED, "2026-03-01T00:00")]);
    story.before = Before::Elsewhere;
    let money = |text: &str| text.parse().unwrap();
    story.customer.lines[0].corrections = vec![(month("2026-09"), money("1.238")), (month("2026-10"), money("-0.60"))];
    assert_eq!(
        story.bill("2026-12"),
        ["1 2026-11 correction of 2026-09 1.24", "1 2026-11 correction of 2026-10 -0.60", "1 2026-12 unlimited-30 10.50"]
    );
}

/// FLT-09: a line that moved to another account on the 1st is paid by the one for what is in advance, by the other for what was used.
#[test]
fn a_line_that_moved_is_paid_by_who_had_it_in_the_month() {
    let mut story = Story::of(grandlarge(), vec![line(1, UNLIMITED, "2026-10-01T00:00")]);
    story.bill("2026-10");
    story.bill("2026-11");
    let one = &mut story.customer.lines[0];
    (one.account, one.accounts_before) = (BillingAccountId(2), vec![(at("2026-12-01T00:00"), BillingAccountId(1))]);
    one.usage = vec![usage(UsageKind::Sms, Reach::Abroad, "0.30")];
    assert_eq!(story.bill("2026-12"), ["1 2026-11 sms abroad 0.30", "1 to 2 2026-12 unlimited-30 10.50"]);
}

/// FLT-13, BIL-01: a group pack is billed in advance, whole in the month in which it was bought.
#[test]
fn a_pack_is_billed_in_advance() {
    let mut story = Story::of(grandlarge(), Vec::new());
    let id = grandlarge().versions()[0].packs.iter().next().map(|(ix, _)| grandlarge().versions()[0].packs.id(ix)).unwrap();
    let price = grandlarge().versions()[0].packs.iter().next().unwrap().1.price;
    story.customer.packs = vec![PackTerms { pack: id.into(), bought: at("2026-11-20T00:00"), account: BillingAccountId(1) }];
    assert_eq!(story.bill("2026-12"), [format!("- 2026-11 {id} {price}"), format!("- 2026-12 {id} {price}")]);
    assert_eq!(story.bill("2027-01"), [format!("- 2027-01 {id} {price}")]);
}

/// BIL-01: an offer that no catalogue has puts the bill aside with its name.
#[test]
fn what_has_no_price_is_named() {
    let story = Story::of(vallee(), vec![line(7, ("vallee", "fibre-9"), "2026-10-01T00:00")]);
    let error = story.run("2026-12").due(&story.customer).unwrap_err();
    assert_eq!(error.to_string(), "offer `fibre-9` of line 7 has no price in the catalogue");
}

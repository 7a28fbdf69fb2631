//! Bills: who pays what, what is granted, and which way the money goes.

use crate::stage::{MAIN, Story, at, at_home, cents, grandlarge, line, month, option, usage};
use billing::{Before, Grant, Item, PlanSpell, Reach, Reduction, Sign, SplitKind, SplitProfile, SplitSpell};
use vocabulary::{BillingAccountId, UsageKind};

const EMPLOYEE: BillingAccountId = BillingAccountId(9);
const UNLIMITED: (&str, &str) = ("orange", "unlimited-30");

fn shared_from(since: &str, profile: SplitProfile) -> SplitSpell {
    SplitSpell { since: month(since), share: Some((profile, EMPLOYEE)) }
}

/// FLT-20: a split holds for what is due for its months: the subscription of the first is shared, what was used before is not; and the other way
/// round when it ends.
#[test]
fn a_split_begins_and_ends_with_a_month() {
    let mut one = line(1, UNLIMITED, "2026-03-01T00:00");
    one.usage = vec![usage(UsageKind::Voice, Reach::Roaming, "3.00")];
    one.splits = vec![shared_from("2026-12", SplitProfile::Share { per_cent: 0 })];
    let mut story = Story::of(grandlarge(), vec![one]);
    story.before = Before::Elsewhere;
    let net = |story: &Story<'_>, of, account| story.draft(of, account, at_home()).map(|draft| draft.totals.net.get());
    assert_eq!((net(&story, "2026-12", MAIN), net(&story, "2026-12", EMPLOYEE)), (Some(300), Some(1050)));
    assert_eq!((net(&story, "2026-11", MAIN), net(&story, "2026-11", EMPLOYEE)), (Some(1350), None));
    assert_eq!((net(&story, "2027-01", MAIN), net(&story, "2027-01", EMPLOYEE)), (None, Some(1350)));
    story.customer.lines[0].splits.push(SplitSpell { since: month("2027-01"), share: None });
    assert_eq!((net(&story, "2027-01", MAIN), net(&story, "2027-01", EMPLOYEE)), (Some(1050), Some(300)));
}

/// FLT-20: an employer pays the plan, the employee what was used abroad, each on a bill of their own; both together are the whole.
#[test]
fn a_split_bill_makes_two() {
    let mut one = line(1, UNLIMITED, "2026-03-01T00:00");
    one.usage = vec![usage(UsageKind::Voice, Reach::Roaming, "3.33"), usage(UsageKind::Voice, Reach::Special, "0.80")];
    one.splits = vec![shared_from("2026-03", SplitProfile::Kinds { kinds: vec![SplitKind::Plan] })];
    let mut story = Story::of(grandlarge(), vec![one]);
    story.before = Before::Elsewhere;
    let (employer, employee) = (story.draft("2026-12", MAIN, at_home()), story.draft("2026-12", EMPLOYEE, at_home()));
    assert_eq!(employer.unwrap().totals.net.get(), 1050);
    let employee = employee.unwrap();
    assert_eq!(employee.totals.net.get(), 413);
    assert_eq!(employee.subjects[0].number, "06 39 98 00 01");
    story.customer.lines[0].splits = vec![shared_from("2026-03", SplitProfile::Share { per_cent: 60 })];
    let employer = story.draft("2026-12", MAIN, at_home()).unwrap();
    let plan = employer.lines.iter().find(|line| matches!(line.item, Item::Plan(_))).unwrap();
    assert_eq!((plan.net.get(), plan.share.unwrap().whole.get()), (630, 1050));
}

/// BIL-02: what is granted lowers what recurs, in its months, and never below nothing.
#[test]
fn what_is_granted_is_taken_off() {
    let mut story = Story::of(grandlarge(), vec![line(1, UNLIMITED, "2026-03-01T00:00")]);
    story.before = Before::Elsewhere;
    story.customer.lines[0].usage = vec![usage(UsageKind::Voice, Reach::Roaming, "3.00")];
    let grant = |reduction| Grant {
        account: MAIN,
        reduction,
        from: month("2026-12"),
        to: Some(month("2027-01")),
        reason: "Geste commercial".to_owned(),
    };
    let discount = |story: &Story<'_>, month| story.draft(month, MAIN, at_home()).unwrap().totals.discounts.get();
    story.customer.grants = vec![grant(Reduction::Part(1000))];
    assert_eq!(discount(&story, "2026-12"), 105, "a tenth of the plan, not of what was used");
    assert_eq!(discount(&story, "2026-11"), 0);
    story.customer.grants = vec![grant(Reduction::Amount(cents(400))), grant(Reduction::Amount(cents(100_000)))];
    let draft = story.draft("2026-12", MAIN, at_home()).unwrap();
    assert_eq!((draft.discounts.len(), draft.totals.gross.get()), (2, 0));
}

/// BIL-03: a bill that comes to less than nothing is a credit note with amounts that are given back.
#[test]
fn less_than_nothing_is_given_back() {
    let mut story = Story::of(grandlarge(), vec![line(1, ("orange", "unlimited-500"), "2026-10-01T00:00")]);
    story.bill("2026-10");
    story.bill("2026-11");
    // The line was ended on the last day of October; nobody had said so.
    story.customer.lines[0].ended = Some(at("2026-10-31T12:00"));
    let draft = story.draft("2026-12", MAIN, at_home()).unwrap();
    assert_eq!(draft.sign, Sign::Gives);
    // 125.00 without VAT, 150.00 with it.
    assert_eq!((draft.totals.net.get(), draft.totals.vat.get(), draft.totals.gross.get()), (12_500, 2500, 15_000));
    assert_eq!(draft.lines[0].net.get(), 12_500);
    story.bill("2026-12");
    assert_eq!(story.draft("2027-01", MAIN, at_home()), None);
}

/// BIL-03: what is given back beside what is asked for is a line that is less than nothing.
#[test]
fn something_given_back_is_a_line() {
    let mut story = Story::of(grandlarge(), vec![line(1, ("orange", "unlimited-50"), "2026-10-01T00:00")]);
    story.bill("2026-10");
    story.bill("2026-11");
    story.bill("2026-12");
    story.customer.lines[0]
        .plans
        .insert(0, PlanSpell { until: None, offer: "unlimited-30".into(), bought: at("2026-12-01T00:00"), monthly: None });
    story.customer.lines[0].options = vec![option("maghreb-turkey-5", "2026-12-20T00:00", None)];
    let draft = story.draft("2027-01", MAIN, at_home()).unwrap();
    let lines: Vec<_> = draft.lines.iter().map(|line| (line.name.as_str(), line.from.month(), line.net.get())).collect();
    assert_eq!(
        lines,
        [
            ("Illimité 30 Go", 12, 1050),
            ("Illimité 30 Go", 1, 1050),
            ("Maghreb et Turquie 5 Go", 12, 4500),
            ("Maghreb et Turquie 5 Go", 1, 4500),
            ("Illimité 50 Go", 12, -1300),
        ]
    );
    assert_eq!(draft.sign, Sign::Asks);
}

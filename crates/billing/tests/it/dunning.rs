//! What is done about who does not pay, day by day.

use billing::{
    Claim, DebtorKind, DunnedAccount, DunningCase, DunningMove, DunningStep, InvoiceNumber, NextDunning, OpenItems, Settlement,
    dunning,
};
use catalog::Dunning;
use jiff::{Span, civil::Date};
use proptest::prelude::*;
use std::collections::BTreeSet;
use vocabulary::{Cents, Money};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn number(text: &str) -> InvoiceNumber {
    InvoiceNumber::from(text)
}

/// 5, 15, 30 and 45 days after the due day; from 10 € on.
fn terms() -> Dunning {
    Dunning {
        minimum: money("10.00"),
        reminder_days: 5,
        second_reminder_days: Some(15),
        restriction_days: Some(30),
        suspension_days: Some(45),
        restriction: vec!["unpaid".to_owned()],
        business_fee: money("40.00"),
        consumer_fee: money("7.50"),
    }
}

fn claim(of: &str, amount: i64, due: &str) -> Claim {
    Claim { number: number(of), amount: Cents::new(amount), due: day(due) }
}

fn paid(of: Option<&str>, amount: i64) -> Settlement {
    Settlement { of: of.map(number), amount: Cents::new(amount) }
}

/// An account that a test lets days pass for.
struct Debtor {
    claims: Vec<Claim>,
    paid: Vec<Settlement>,
    left_alone: BTreeSet<InvoiceNumber>,
    charged: BTreeSet<InvoiceNumber>,
    case: Option<DunningCase>,
    held_until: Option<Date>,
    kind: DebtorKind,
}

impl Debtor {
    fn of(claims: Vec<Claim>) -> Self {
        Debtor {
            claims,
            paid: Vec::new(),
            left_alone: BTreeSet::new(),
            charged: BTreeSet::new(),
            case: None,
            held_until: None,
            kind: DebtorKind::Consumer,
        }
    }

    fn decide(&self, terms: &Dunning, today: Date) -> DunningMove {
        let open = OpenItems::of(&self.claims, &self.paid);
        let account = DunnedAccount {
            open: &open,
            left_alone: &self.left_alone,
            charged: &self.charged,
            case: self.case,
            held_until: self.held_until,
            kind: self.kind,
        };
        dunning(&account, terms, today)
    }

    /// What happens on a day, carried out, in short words; empty for nothing.
    fn on(&mut self, today: &str) -> String {
        let today = day(today);
        match self.decide(&terms(), today) {
            DunningMove::Wait(_) => String::new(),
            DunningMove::Take(notice) => {
                self.case = Some(DunningCase { step: notice.step, on: today });
                self.charged.extend(notice.fees.iter().map(|(number, _)| number.clone()));
                let fees: Cents = notice.fees.iter().map(|(_, fee)| *fee).sum();
                format!("{} {} {fees}", notice.step.as_str(), notice.late)
            }
            DunningMove::Pause(case) => {
                self.case = Some(case);
                "pause".to_owned()
            }
            DunningMove::End => {
                self.case = None;
                "end".to_owned()
            }
        }
    }

    /// What happens from one day to another, each with its day.
    fn through(&mut self, from: &str, to: &str) -> Vec<String> {
        let (mut today, last, mut story) = (day(from), day(to), Vec::new());
        while today <= last {
            let told = self.on(&today.to_string());
            if !told.is_empty() {
                story.push(format!("{} {told}", today.strftime("%m-%d")));
            }
            today = today.tomorrow().unwrap();
        }
        story
    }
}

/// BIL-09: reminder, second reminder, restriction, suspension, each on its day and once; paid, it ends by itself.
#[test]
fn each_step_comes_on_its_day() {
    let mut debtor = Debtor::of(vec![claim("A1", 5_000, "2026-12-15")]);
    let story = debtor.through("2026-12-01", "2027-03-31");
    let expected = [
        "12-20 reminder 50.00 0.00",
        "12-30 second_reminder 50.00 0.00",
        "01-14 restriction 50.00 0.00",
        "01-29 suspension 50.00 0.00",
    ];
    assert_eq!(story, expected);
    debtor.paid.push(paid(Some("A1"), 5_000));
    assert_eq!(debtor.through("2027-04-01", "2027-04-30"), ["04-01 end"]);
}

/// BIL-09: whoever is looked at late has as much time between the steps as anybody, and what comes next is told with each.
#[test]
fn steps_lie_as_far_apart_as_they_are_said_to() {
    let mut debtor = Debtor::of(vec![claim("A1", 5_000, "2026-06-15")]);
    let DunningMove::Take(notice) = debtor.decide(&terms(), day("2026-12-01")) else { panic!("it is late") };
    assert_eq!(notice.step, DunningStep::Reminder);
    assert_eq!(notice.next, Some(NextDunning { step: DunningStep::SecondReminder, day: day("2026-12-11") }));
    let story = debtor.through("2026-12-01", "2027-02-28");
    let days: Vec<&str> = story.iter().map(|told| told.split(' ').next().unwrap()).collect();
    assert_eq!(days, ["12-01", "12-11", "12-26", "01-10"]);
    let few = Dunning { second_reminder_days: None, suspension_days: None, ..terms() };
    let case = Some(DunningCase { step: DunningStep::Reminder, on: day("2026-06-20") });
    let restricted = Debtor { case, ..Debtor::of(vec![claim("A1", 5_000, "2026-06-15")]) };
    let DunningMove::Take(notice) = restricted.decide(&few, day("2026-07-15")) else { panic!("steps may be left out") };
    assert_eq!((notice.step, notice.next), (DunningStep::Restriction, None));
}

/// BIL-09: a case is about what was told: paid, it ends although something else has become late since, of which one is reminded anew.
#[test]
fn a_case_is_about_what_was_told() {
    let mut debtor = Debtor::of(vec![claim("A1", 5_000, "2026-12-15"), claim("A2", 3_000, "2027-01-20")]);
    assert_eq!(debtor.through("2026-12-01", "2027-01-21").len(), 3);
    debtor.paid.push(paid(Some("A1"), 5_000));
    let story = debtor.through("2027-01-22", "2027-02-05");
    assert_eq!(story, ["01-22 end", "01-25 reminder 30.00 0.00", "02-04 second_reminder 30.00 0.00"]);
}

/// BIL-09: what is disputed or on its way from a bank is left alone, and gives back what was taken away; a little is not worth a word.
#[test]
fn what_is_disputed_or_collected_is_left_alone() {
    let mut debtor = Debtor::of(vec![claim("A1", 5_000, "2026-12-15"), claim("A2", 900, "2026-12-15")]);
    debtor.left_alone.insert(number("A1"));
    assert_eq!(debtor.through("2026-12-01", "2027-03-31"), Vec::<String>::new(), "9 € are left");
    debtor.left_alone.clear();
    assert_eq!(debtor.on("2027-04-01"), "reminder 59.00 0.00");
    assert_eq!(debtor.through("2027-04-02", "2027-04-26").len(), 2, "reminded again, restricted");
    debtor.left_alone.insert(number("A1"));
    assert_eq!(debtor.on("2027-04-27"), "end");
    let mut paid_in_part = Debtor::of(vec![claim("A1", 5_000, "2026-12-15")]);
    paid_in_part.paid.push(paid(None, 4_001));
    assert_eq!(paid_in_part.through("2026-12-01", "2027-03-31"), Vec::<String>::new());
}

/// BIL-09: a hold stops everything to its last day and gives back what was taken away; afterwards it goes on with the time between the steps.
#[test]
fn a_hold_stops_everything() {
    let mut debtor = Debtor::of(vec![claim("A1", 5_000, "2026-12-15")]);
    debtor.held_until = Some(day("2026-12-31"));
    assert_eq!(debtor.through("2026-12-01", "2027-01-01"), ["01-01 reminder 50.00 0.00"]);
    assert_eq!(debtor.through("2027-01-02", "2027-01-26").len(), 2, "reminded again, restricted");
    debtor.held_until = Some(day("2027-02-20"));
    assert_eq!(debtor.through("2027-01-27", "2027-02-20"), ["01-27 pause"]);
    assert_eq!(debtor.through("2027-02-21", "2027-03-31"), ["02-21 restriction 50.00 0.00", "03-08 suspension 50.00 0.00"]);
    debtor.held_until = Some(day("2027-04-30"));
    debtor.paid.push(paid(None, 5_000));
    assert_eq!(debtor.on("2027-04-01"), "end", "a hold keeps nobody who has paid");
}

/// BIL-09: a hold tells nothing: what became late before it is not told by it, so that the case ends once what was told is paid, and the rest begins
/// with a reminder; and a short one brings no step nearer than the days between the steps.
#[test]
fn a_hold_is_no_word() {
    let mut debtor = Debtor::of(vec![claim("A1", 5_000, "2027-01-01"), claim("A2", 3_000, "2027-01-31")]);
    let story = debtor.through("2027-01-01", "2027-02-02");
    assert_eq!(story, ["01-06 reminder 50.00 0.00", "01-16 second_reminder 50.00 0.00", "01-31 restriction 50.00 0.00"]);
    debtor.held_until = Some(day("2027-02-28"));
    assert_eq!(debtor.through("2027-02-03", "2027-02-09"), ["02-03 pause"]);
    debtor.paid.push(paid(Some("A1"), 5_000));
    let story = debtor.through("2027-02-10", "2027-03-31");
    let expected = ["02-10 end", "03-01 reminder 30.00 0.00", "03-11 second_reminder 30.00 0.00", "03-26 restriction 30.00 0.00"];
    assert_eq!(story, expected);

    let mut soon = Debtor::of(vec![claim("A1", 5_000, "2027-01-01")]);
    assert_eq!(soon.through("2027-01-01", "2027-01-31").len(), 3, "reminded twice, restricted");
    soon.held_until = Some(day("2027-02-02"));
    let story = soon.through("2027-02-01", "2027-03-31");
    assert_eq!(story, ["02-01 pause", "02-15 restriction 50.00 0.00", "03-02 suspension 50.00 0.00"]);
}

/// BIL-09: a first reminder costs nothing; the second a business the fixed sum for each late invoice once, a consumer one fee, and not before fourteen days
/// have passed.
#[test]
fn fees_are_charged_once_and_in_time() {
    let claims = || vec![claim("A1", 5_000, "2026-12-15"), claim("A2", 3_000, "2026-12-20")];
    let mut business = Debtor { kind: DebtorKind::Business, ..Debtor::of(claims()) };
    let story = business.through("2026-12-01", "2027-01-20");
    assert_eq!(story, ["12-20 reminder 50.00 0.00", "12-30 second_reminder 80.00 80.00", "01-14 restriction 80.00 0.00"]);
    business.case = Some(DunningCase { step: DunningStep::Reminder, on: day("2027-01-21") });
    assert_eq!(business.on("2027-02-15"), "second_reminder 80.00 0.00", "charged before");
    let mut soon = Debtor::of(claims());
    assert_eq!(soon.through("2026-12-01", "2026-12-30")[1], "12-30 second_reminder 80.00 0.00", "ten days after the first");
    let mut later =
        Debtor { case: Some(DunningCase { step: DunningStep::Reminder, on: day("2026-12-21") }), ..Debtor::of(claims()) };
    assert_eq!(later.on("2027-01-05"), "second_reminder 80.00 7.50");
}

proptest! {
    /// BIL-09: whatever was asked and paid, nothing is taken from who owes nothing, no step is left out or taken twice, and two lie as far apart as they
    /// are said to.
    #[test]
    fn no_step_comes_before_the_one_before_it(
        claims in prop::collection::vec((1_i64..20_000, 0_i64..120), 1..6),
        payments in prop::collection::vec((1_i64..20_000, 0_i64..200), 0..6),
    ) {
        let start = day("2026-01-01");
        let plus = |days: i64| start.saturating_add(Span::new().days(days));
        let claims: Vec<Claim> = claims.iter().enumerate().map(|(place, (amount, days))| Claim {
            number: number(&format!("A{place}")),
            amount: Cents::new(*amount),
            due: plus(*days),
        }).collect();
        let mut debtor = Debtor::of(claims);
        let terms = terms();
        let days = [5, 15, 30, 45];
        for passed in 0..300 {
            let today = plus(passed);
            debtor.paid = payments.iter().filter(|(_, on)| *on <= passed).map(|(amount, _)| paid(None, *amount)).collect();
            let open = OpenItems::of(&debtor.claims, &debtor.paid);
            let before = debtor.case;
            match debtor.decide(&terms, today) {
                DunningMove::Take(notice) => {
                    prop_assert!(open.overdue(today) >= Cents::new(1_000) && notice.late == open.overdue(today));
                    let place = |step: DunningStep| DunningStep::ALL.iter().position(|known| *known == step).unwrap();
                    let now = place(notice.step);
                    prop_assert_eq!(now, before.map_or(0, |case| place(case.step) + 1));
                    if let Some(case) = before {
                        let apart = (today - case.on).get_days();
                        prop_assert!(i64::from(apart) >= days[now] - days[now - 1]);
                    }
                    debtor.case = Some(DunningCase { step: notice.step, on: today });
                }
                DunningMove::End => {
                    prop_assert!(before.is_some());
                    debtor.case = None;
                }
                DunningMove::Wait(next) => prop_assert!(next.is_none_or(|next| next.day > today)),
                DunningMove::Pause(_) => prop_assert!(false, "nobody put it on hold"),
            }
            if open.overdue(today).is_zero() {
                prop_assert!(debtor.case.is_none(), "who owes nothing late is left in peace the same day");
            }
        }
    }
}

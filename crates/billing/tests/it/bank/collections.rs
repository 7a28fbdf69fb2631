use super::{OTHER_IBAN, account, banks, cents, day, invoice, mandate};
use crate::stage::{grandlarge, vallee};
use billing::{
    Announced, Claim, CollectionPlan, DebitDay, DebitTerms, Debtor, FileDays, Following, MOST_OF_A_DEBIT, NotCollected,
    NoticeOfDebit, OpenItem, OpenItems, Sequence, Settlement,
};
use catalog::Catalog;
use proptest::prelude::*;
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents};

fn debit_day(day: i8) -> DebitDay {
    day.try_into().unwrap()
}

fn terms() -> DebitTerms {
    DebitTerms { days: [5, 15, 25].map(debit_day).to_vec(), ..DebitTerms::default() }
}

/// BIL-08: how an operator collects stands in its catalogue.
#[test]
fn terms_are_those_of_the_catalogue() {
    let of = |catalog: &Catalog| DebitTerms::of(catalog.operator.invoicing.as_ref().unwrap());
    assert_eq!(of(vallee()), Some(terms()));
    assert_eq!(of(grandlarge()).unwrap().days, [10, 20].map(debit_day));
    let mut silent = vallee().operator.invoicing.clone().unwrap();
    silent.creditor = None;
    assert_eq!(DebitTerms::of(&silent), None, "who has no creditor identifier collects nothing");
}

fn claims(amounts: &[(&str, i64)]) -> Vec<Claim> {
    amounts
        .iter()
        .map(|(number, amount)| Claim { number: invoice(number), amount: cents(*amount), due: day("2026-11-20") })
        .collect()
}

/// An account that owes amounts and was told that they are collected on days, all that is open of each.
fn debtor(id: i64, owes: &[(&str, i64)], told: &[(&str, &str)]) -> Debtor {
    let mandate = mandate("2026-01-10");
    let announced = |(number, on): &(&str, &str)| {
        let amount = owes.iter().find(|(owed, _)| owed == number).map_or(0, |(_, amount)| *amount);
        let announced = Announced { day: day(on), mandate: mandate.reference.clone() };
        (invoice(number), NoticeOfDebit { announced, amount: cents(amount) })
    };
    Debtor {
        account: BillingAccountId(id),
        wished: None,
        open: OpenItems::of(&claims(owes), &[]),
        announced: told.iter().map(announced).collect(),
        under_way: BTreeMap::new(),
        following: Following::Expected,
        mandate,
    }
}

fn plan(debtors: &[Debtor], sent: &str, until: &str) -> CollectionPlan {
    CollectionPlan::of(debtors, FileDays { sent: day(sent), until: day(until) }, &terms(), &banks())
}

/// What goes into files, as text.
fn debits(plan: &CollectionPlan) -> Vec<String> {
    let shown = |debit: &billing::Debit| {
        let parts: Vec<String> = debit.parts.iter().map(|part| format!("{}:{}", part.number, part.amount)).collect();
        format!("{} {} {} {}", debit.day, debit.sequence.code(), debit.account.0, parts.join(" "))
    };
    plan.debits.iter().map(shown).collect()
}

/// BIL-08: the day of a debit is the first wished one after the notice, on which banks settle.
#[test]
fn the_day_of_a_debit_leaves_the_notice() {
    let (terms, banks) = (terms(), banks());
    let on = |wished: Option<i8>, told: &str| terms.debit_day(wished.map(debit_day), day(told), &banks).to_string();
    assert_eq!(on(Some(15), "2026-12-01"), "2026-12-15", "exactly 14 days");
    assert_eq!(on(Some(15), "2026-12-02"), "2027-01-15");
    assert_eq!(on(Some(25), "2026-12-01"), "2026-12-28", "25 and 26 December are holidays, then comes Sunday");
    assert_eq!(on(Some(5), "2026-03-16"), "2026-04-07", "Easter: 3 to 6 April 2026");
    assert_eq!(on(Some(5), "2026-11-22"), "2027-01-05", "6 December would be 14 days on");
    assert_eq!(on(None, "2026-11-20"), "2026-12-07", "who wished none has the first day offered");
    assert_eq!(on(Some(10), "2026-11-24"), "2027-01-05", "a day that is not offered any more");
    assert_eq!(on(Some(5), "2026-04-20"), "2026-05-05");
    assert_eq!(on(Some(15), "2026-01-31"), "2026-02-16", "15 February 2026 is a Sunday");
    let short = DebitTerms { notice_days: 0, ..terms.clone() };
    assert_eq!(
        short.debit_day(Some(debit_day(5)), day("2026-11-05"), &banks),
        day("2026-12-07"),
        "a file needs a working day before"
    );
    assert_eq!(short.first_day(day("2026-12-24"), &banks), day("2026-12-28"));
    assert_eq!([0, 29, -1].map(|day| DebitDay::try_from(day).is_err()), [true; 3]);
    assert_eq!(DebitDay::try_from(29).unwrap_err().to_string(), "debit day 29 is not from 1 to 28");
    assert!(terms.offers(debit_day(25)) && !terms.offers(debit_day(1)));
}

/// BIL-08: what was told is collected on its day, one debit an account and day; the rest is told or waits.
#[test]
fn what_was_told_is_collected_on_its_day() {
    let owes = [("A1", 1999), ("A2", 500), ("A3", 700), ("A4", 800)];
    let told = [("A1", "2026-12-07"), ("A2", "2026-12-07"), ("A3", "2026-12-15"), ("A4", "2026-11-25")];
    let first = debtor(1, &owes, &told);
    let mut second = debtor(2, &[("B1", 100)], &[("B1", "2026-12-07")]);
    second.mandate = second.mandate.used_on(day("2026-11-05"));
    let plan = plan(&[second, first], "2026-12-01", "2026-12-08");
    assert_eq!(debits(&plan), ["2026-12-07 FRST 1 A1:19.99 A2:5.00", "2026-12-07 RCUR 2 B1:1.00"]);
    let told: Vec<String> =
        plan.announcements.iter().map(|told| format!("{} {}", told.part.number, told.announced.day)).collect();
    assert_eq!(told, ["A4 2027-01-05"], "its day has passed, so a new one is told");
    assert_eq!(plan.left, [(BillingAccountId(1), NotCollected::Later(invoice("A3"), day("2026-12-15")))]);
}

/// BIL-08: no more is collected than was told, and no more than is open; the rest of an invoice is told anew once the bank has settled what was.
#[test]
fn no_more_is_debited_than_was_told() {
    let mut debtor = debtor(1, &[("A1", 10_000), ("A2", 500)], &[("A1", "2026-12-07"), ("A2", "2026-12-07")]);
    let told = |debtor: &mut Debtor, amount: i64| {
        debtor.announced.get_mut(&invoice("A1")).expect("it was told").amount = cents(amount);
    };
    // Of A1 60 euros stood paid when 40 were told, and that payment was taken back.
    told(&mut debtor, 4_000);
    let planned = plan(std::slice::from_ref(&debtor), "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), ["2026-12-07 FRST 1 A1:40.00 A2:5.00"]);
    assert_eq!(planned.announcements, []);
    assert_eq!(planned.left, [(BillingAccountId(1), NotCollected::NotTold(invoice("A1"), cents(6_000)))]);
    let mut closed = debtor.clone();
    closed.following = Following::None;
    assert_eq!(
        debits(&plan(&[closed], "2026-12-01", "2026-12-08")),
        ["2026-12-07 FRST 1 A1:40.00 A2:5.00"],
        "the last of an account is not its last as long as something is to be told"
    );

    // What the bank has settled is paid, and its day has passed.
    debtor.open = OpenItems::of(&claims(&[("A1", 10_000)]), &[Settlement { of: Some(invoice("A1")), amount: cents(4_000) }]);
    let planned = plan(std::slice::from_ref(&debtor), "2026-12-08", "2026-12-20");
    assert_eq!(debits(&planned), Vec::<String>::new());
    let [anew] = &planned.announcements[..] else { panic!("{planned:?}") };
    assert_eq!((anew.part.amount, anew.announced.day), (cents(6_000), day("2027-01-05")));

    told(&mut debtor, 10_000);
    let planned = plan(&[debtor], "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), ["2026-12-07 FRST 1 A1:60.00"], "less is open than was told");
    assert_eq!(planned.left, []);
}

/// BIL-08: an amount is collected once: not what the bank has already, and never more than is owed once that has arrived.
#[test]
fn an_amount_is_collected_once() {
    let told = [("A1", "2026-12-07"), ("A2", "2026-12-07"), ("A3", "2026-12-07")];
    let mut debtor = debtor(1, &[("A1", 1000), ("A2", 2000), ("A3", 500)], &told);
    debtor.under_way.insert(invoice("A1"), cents(1000));
    let planned = plan(std::slice::from_ref(&debtor), "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), ["2026-12-07 FRST 1 A2:20.00 A3:5.00"]);
    assert_eq!(planned.left, [(BillingAccountId(1), NotCollected::UnderWay(invoice("A1")))]);
    // Meanwhile somebody transferred 15 euros, and the debit of A1 will arrive too.
    let paid = [Settlement { of: None, amount: cents(1500) }];
    debtor.open = OpenItems::of(&claims(&[("A1", 1000), ("A2", 2000), ("A3", 500)]), &paid);
    let planned = plan(std::slice::from_ref(&debtor), "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), ["2026-12-07 FRST 1 A2:10.00"], "35 owed, 15 transferred, 10 under way");
    assert_eq!(planned.left, [(BillingAccountId(1), NotCollected::Covered(invoice("A3")))]);
    debtor.open = OpenItems::of(&claims(&[("A1", 1000)]), &[Settlement { of: None, amount: cents(1200) }]);
    assert_eq!(plan(&[debtor], "2026-12-01", "2026-12-08"), CollectionPlan::default(), "credit is never collected");
}

/// BIL-08: an invoice that is stopped while the bank has it takes nothing from the others, but for what the bank has of it beyond what is open.
#[test]
fn what_is_stopped_with_the_bank_holds_up_nothing() {
    let owes = [("A1", 3_000), ("A2", 5_000)];
    let planned = |settled: &[Settlement]| {
        let mut debtor = debtor(1, &owes, &[("A2", "2026-12-07")]);
        debtor.open = OpenItems::of(&claims(&owes), settled);
        debtor.under_way.insert(invoice("A1"), cents(3_000));
        plan(&[debtor.without(&[invoice("A1")])], "2026-12-01", "2026-12-08")
    };
    let of_both = planned(&[]);
    assert_eq!(debits(&of_both), ["2026-12-07 FRST 1 A2:50.00"]);
    assert_eq!((of_both.announcements, of_both.left), (vec![], vec![]));
    // Whoever had it stopped transfers it, and the debit arrives all the same: 30 euros too much, which pay the other.
    let paid = planned(&[Settlement { of: Some(invoice("A1")), amount: cents(3_000) }]);
    assert_eq!(debits(&paid), ["2026-12-07 FRST 1 A2:20.00"]);
}

/// BIL-08: fees are neither told nor collected, and what the bank has too much pays invoices before them.
#[test]
fn fees_are_not_debited() {
    let mut owing = debtor(1, &[("A1", 1_000), (OpenItem::FEES, 500)], &[("A1", "2026-12-07")]);
    let planned = plan(std::slice::from_ref(&owing), "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), ["2026-12-07 FRST 1 A1:10.00"]);
    assert_eq!((planned.announcements, planned.left), (vec![], vec![]));
    owing.under_way.insert(invoice("A0"), cents(400));
    assert_eq!(debits(&plan(&[owing], "2026-12-01", "2026-12-08")), ["2026-12-07 FRST 1 A1:6.00"]);
    let alone = debtor(2, &[(OpenItem::FEES, 500)], &[]);
    assert_eq!(plan(&[alone], "2026-12-01", "2026-12-08"), CollectionPlan::default());
}

/// BIL-08: a mandate that may not be used, or is not the one that was told, collects nothing.
#[test]
fn a_mandate_that_may_not_be_used_collects_nothing() {
    let told = [("A1", "2026-12-07")];
    let mut blocked = debtor(1, &[("A1", 1000)], &told);
    blocked.mandate = blocked.mandate.blocked(day("2026-11-01"));
    let mut changed = debtor(2, &[("A1", 1000)], &told);
    changed.mandate = changed.mandate.change_account(account(OTHER_IBAN, "VX-1-2"), day("2026-11-28")).unwrap().1;
    let planned = plan(&[blocked, changed], "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), Vec::<String>::new());
    assert!(matches!(planned.left[..], [(BillingAccountId(1), NotCollected::Mandate(_))]));
    let [told] = &planned.announcements[..] else { panic!("{planned:?}") };
    assert_eq!((told.account.0, told.announced.mandate.as_str(), told.announced.day), (2, "VX-1-2", day("2027-01-05")));
}

/// BIL-08: a debit has its limit; the last of a closed account is the last one only.
#[test]
fn debits_have_a_limit_and_a_last() {
    let most = MOST_OF_A_DEBIT.get();
    let told = [("A1", "2026-12-07"), ("A2", "2026-12-07"), ("A3", "2026-12-07")];
    let planned = plan(&[debtor(1, &[("A1", most), ("A2", 1), ("A3", most + 1)], &told)], "2026-12-01", "2026-12-08");
    assert_eq!(debits(&planned), ["2026-12-07 FRST 1 A1:999999999.99", "2026-12-07 RCUR 1 A2:0.01"]);
    assert_eq!(planned.left, [(BillingAccountId(1), NotCollected::TooLarge(invoice("A3"), cents(most + 1)))]);
    let told = [("A1", "2026-12-03"), ("A2", "2026-12-07")];
    let mut closed = debtor(1, &[("A1", 100), ("A2", 200)], &told);
    closed.following = Following::None;
    assert_eq!(
        debits(&plan(std::slice::from_ref(&closed), "2026-12-01", "2026-12-08")),
        ["2026-12-03 FRST 1 A1:1.00", "2026-12-07 FNAL 1 A2:2.00"]
    );
    assert_eq!(debits(&plan(&[closed], "2026-12-01", "2026-12-04")), ["2026-12-03 FRST 1 A1:1.00"], "another one waits");
}

/// Amounts with the days until their debit and whether they are under way; what was paid; how the mandate was used.
type Owing = (Vec<(i64, i64, bool)>, i64, u8);

prop_compose! {
    fn debtors()(
        accounts in prop::collection::vec(
            (prop::collection::vec((1..9_000_i64, 0..40_i64, any::<bool>()), 0..6), 0..20_000_i64, 0..3_u8),
            0..6,
        ),
    ) -> Vec<Debtor> {
        let one = |(id, (items, paid, used)): (i64, Owing)| {
            let owes: Vec<Claim> = items.iter().enumerate()
                .map(|(place, (amount, ..))| Claim { number: invoice(&format!("A{place}")), amount: cents(*amount), due: day("2026-11-20") })
                .collect();
            let mut debtor = debtor(id, &[], &[]);
            debtor.open = OpenItems::of(&owes, &[Settlement { of: None, amount: cents(paid) }]);
            for (place, (amount, after, under_way)) in items.iter().enumerate() {
                let number = invoice(&format!("A{place}"));
                if *under_way {
                    debtor.under_way.insert(number, cents(*amount));
                } else {
                    let on = day("2026-11-25").saturating_add(jiff::Span::new().days(*after));
                    let announced = Announced { day: on, mandate: debtor.mandate.reference.clone() };
                    // Every other one was told less than is open now.
                    let amount = if after % 2 == 0 { *amount } else { (*amount + 1) / 2 };
                    debtor.announced.insert(number, NoticeOfDebit { announced, amount: cents(amount) });
                }
            }
            if used == 1 { debtor.mandate = debtor.mandate.used_on(day("2026-02-05")); }
            if used == 2 { debtor.mandate = debtor.mandate.blocked(day("2026-02-05")); }
            debtor
        };
        (1..).zip(accounts).map(one).collect()
    }
}

proptest! {
    /// BIL-08: no order of accounts changes a plan; nobody is debited more than is owed or was told, nothing, or twice for an invoice; a
    /// mandate has one first debit.
    #[test]
    fn a_plan_never_collects_too_much(debtors in debtors()) {
        let plan_of = |debtors: &[Debtor]| plan(debtors, "2026-12-01", "2026-12-20");
        let planned = plan_of(&debtors);
        let turned: Vec<Debtor> = debtors.iter().rev().cloned().collect();
        prop_assert_eq!(&plan_of(&turned), &planned);
        for debtor in &debtors {
            let of_account: Vec<_> = planned.debits.iter().filter(|debit| debit.account == debtor.account).collect();
            let collected: Cents = of_account.iter().map(|debit| debit.amount()).sum();
            let under_way: Cents = debtor.under_way.values().copied().sum();
            prop_assert!(collected <= Cents::ZERO.max(debtor.open.balance() - under_way));
            let mut numbers: Vec<_> = of_account.iter().flat_map(|debit| &debit.parts).map(|part| &part.number).collect();
            numbers.sort();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), of_account.iter().map(|debit| debit.parts.len()).sum::<usize>());
            prop_assert!(of_account.iter().flat_map(|debit| &debit.parts).all(|part| part.amount.is_positive()));
            prop_assert!(numbers.iter().all(|number| !debtor.under_way.contains_key(*number)));
            let mut parts = of_account.iter().flat_map(|debit| &debit.parts);
            prop_assert!(parts.all(|part| part.amount <= debtor.announced[&part.number].amount));
            let firsts = of_account.iter().filter(|debit| debit.sequence == Sequence::First).count();
            prop_assert_eq!(firsts, usize::from(debtor.mandate.used.is_none() && !of_account.is_empty()));
        }
        prop_assert!(planned.debits.iter().all(|debit| (day("2026-12-02")..=day("2026-12-20")).contains(&debit.day)));
    }
}

//! What lines spend together, notices and guards, as they are stored, imported and rated again, on both engines.

use crate::{
    import::{NOW, everything},
    stage::{Interruption, at, house, import_with, line},
};
use catalog::{Guard, RetailItem, RetailPrice};
use operations::{
    House, NewCustomer, NewLine, NewNotice, NewOperator, NewPack, NewReseller, NewSpend, NoticeTo,
    line::{AlertEvent, LineQuery},
    provision,
    rate_again::{Difference, Whose, rate_again},
};
use rating::{AtCap, CapRaise, Event, MeterKey, SpendCap, SpendOwner, SpendPeriod};
use std::{fs, num::NonZeroUsize, path::Path};
use store::{Reach, Scope};
use vocabulary::{LineId, Money, Month, OperatorId};

const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

fn november() -> Month {
    Month::from_number(202_611).expect("a month")
}

fn euros(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn cap(period: SpendPeriod, amount: &str) -> SpendCap {
    SpendCap { period, amount: euros(amount), at_cap: AtCap::Stop }
}

fn notice(amount: &str, to: NoticeTo, active: bool) -> NewNotice {
    NewNotice { amount: euros(amount), to, active }
}

/// Lines 639980001 and on.
fn lines(count: usize) -> Vec<NewLine> {
    (1..=count).map(|i| line(&format!("+3363998000{i}"), &[], ("mobile", "orange", "unlimited-5"))).collect()
}

/// An operator with one customer of two billing accounts.
async fn operator(house: &House, slug: &str, change: impl FnOnce(&mut NewCustomer)) -> OperatorId {
    let mut customer = NewCustomer::household("C1", "Test", lines(3));
    customer.billing_accounts = vec!["head office".to_owned(), "workshop".to_owned()];
    change(&mut customer);
    let new = NewOperator { slug: slug.to_owned(), name: slug.to_owned(), customers: vec![customer], ..NewOperator::default() };
    provision(house, &new).await.expect("a valid operator")
}

/// A call of a minute to a Swiss mobile: 0.22, in increments of 60 s and then 1 s.
fn call(id: u32, line: usize, day_and_hour: &str) -> String {
    format!("r{id},voice,made,3363998000{line},0041791234567,2026-11-{day_and_hour}:00:00,60,,,\n")
}

async fn take(house: &House, operator: OperatorId, folder: &Path, rows: &[String], records_a_batch: usize) {
    let path = folder.join(format!("{}.csv", rows[0].split(',').next().expect("an id")));
    fs::write(&path, format!("{HEADER}{}", rows.concat())).expect("a file");
    let interruption = Interruption { records_a_batch: NonZeroUsize::new(records_a_batch), after_batches: None };
    let report = import_with(house, operator, "mobile", &path, interruption).await.expect("a file");
    assert_eq!((report.taken, report.set_aside), (rows.len() as u64, 0));
}

async fn again(house: &House, operator: OperatorId, whose: Whose) -> Difference {
    let house = house.clone();
    let rate = move || rate_again(&house, operator, &whose, november(), true, &|_, _| {});
    tokio::task::spawn_blocking(rate).await.expect("it does not panic").expect("it can be kept")
}

/// The events of the month by line, in words.
async fn told(house: &House, operator: OperatorId) -> Vec<String> {
    let scoped = house.store.scoped(Scope::operator(operator));
    let mut told = Vec::new();
    for line in scoped.line_choices().await.expect("the lines") {
        let mut events = scoped.line_events(line.id, november()).await.expect("events");
        events.sort_by_key(|kept| kept.at);
        let number = line.number.to_string().chars().last().expect("a number");
        told.extend(events.into_iter().map(|kept| match kept.event {
            Event::Threshold { of, percent } => format!("{number}: {percent} % of {}", of.as_str()),
            Event::Stopped { kind, by } => format!("{number}: {kind} stopped by {}", by.as_str()),
            Event::OutOfBundle { of, amount } => format!("{number}: {} has reached {amount}", of.as_str()),
            Event::DespiteGuard { by } => format!("{number}: despite {}", by.as_str()),
            other => format!("{number}: {other:?}"),
        }));
    }
    told.sort();
    told
}

/// What the lines cost in the month, in their order.
async fn costs(house: &House, operator: OperatorId) -> Vec<String> {
    let scoped = house.store.scoped(Scope::operator(operator));
    let ids: Vec<LineId> = scoped.line_choices().await.expect("the lines").iter().map(|line| line.id).collect();
    let states = scoped.month_states(november(), &ids).await.expect("counters");
    ids.iter().map(|id| states.get(id).map_or(Money::ZERO, |state| state.totals.out_of_bundle).to_string()).collect()
}

/// The alerts on the page of the line at a position.
async fn shown(house: &House, scope: Scope, position: usize) -> Vec<AlertEvent> {
    let line = house.store.scoped(scope).line_choices().await.expect("the lines")[position].id;
    let query = LineQuery { month: Some(november()), ..LineQuery::default() };
    let detail = operations::line::line(house, scope, line, &query, "en").await.expect("a page").expect("a line");
    detail.alerts.into_iter().map(|alert| alert.event).collect()
}

/// What an owner's month counter stands at.
async fn spent(house: &House, operator: OperatorId, owner: SpendOwner) -> Option<Money> {
    let scoped = house.store.scoped(Scope::operator(operator));
    let ids: Vec<LineId> = scoped.line_choices().await.expect("the lines").iter().map(|line| line.id).collect();
    let lines = scoped.lines_to_rate(&ids).await.expect("terms");
    let shared: Vec<_> = lines.values().flat_map(|line| line.terms.spends.iter().copied()).collect();
    let spends = house.store.shared_spends(&shared, november()).await.expect("what is shared");
    let spend = spends.into_values().find(|spend| spend.terms.owner == owner)?;
    Some(Money::from_micros(spend.state?.used(&MeterKey::spend_month(Some(owner)))))
}

/// RAT-15: the lines of a customer share a cap in an import: in the order of their records, across batches and files, whoever's record
/// crosses it is cut, and each threshold is told once. Rated again, it is the same.
#[tokio::test(flavor = "multi_thread")]
async fn rat_15_an_import_keeps_a_customer_s_cap() {
    let mut outcomes = Vec::new();
    for (database, batch) in testkit::databases().into_iter().zip([2, 1]).chain(testkit::databases().into_iter().zip([3, 100])) {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let spends = vec![NewSpend {
            billing_account: None,
            caps: vec![cap(SpendPeriod::Month, "1.00")],
            raises: Vec::new(),
            steps: vec![40, 100],
        }];
        let id = operator(&house, "grandlarge", |customer| customer.spends = spends).await;
        // 0.22, 0.44: 44 %; 0.66.
        let first = [call(1, 1, "03 09"), call(2, 2, "03 10"), call(3, 1, "03 11")];
        take(&house, id, folder.path(), &first, batch).await;
        // 0.88; the next minute is one too many and no increment fits; then each line's network hears of it once.
        let second = [call(4, 2, "04 09"), call(5, 2, "04 10"), call(6, 1, "04 11"), call(7, 1, "04 12")];
        take(&house, id, folder.path(), &second, batch).await;
        assert_eq!(costs(&house, id).await, ["0.44", "0.44", "0.00"]);
        assert_eq!(spent(&house, id, SpendOwner::Customer).await, Some(euros("0.88")));
        let events = told(&house, id).await;
        assert_eq!(
            events,
            [
                "1: voice stopped by spend/customer/month",
                "2: 100 % of spend/customer/month",
                "2: 40 % of spend/customer/month",
                "2: voice stopped by spend/customer/month"
            ]
        );
        let before = everything(&house, id).await;
        // One line alone is rated with those that it shares with.
        let found = again(&house, id, Whose::Line("+33639980002".to_owned())).await;
        assert_eq!((found.records, found.lines), (7, Vec::new()));
        assert_eq!(everything(&house, id).await, before);
        assert_eq!(spent(&house, id, SpendOwner::Customer).await, Some(euros("0.88")));
        outcomes.push(before);
    }
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
}

/// RAT-15: a billing account's cap is of its own lines, the customer's of all; a day's cap begins anew, and a raise lets more through as
/// long as it holds.
#[tokio::test(flavor = "multi_thread")]
async fn rat_15_caps_of_accounts_and_raises_are_kept() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let raise = |since: &str, until: &str| CapRaise {
            period: SpendPeriod::Day,
            amount: euros("0.50"),
            since: at(since),
            until: at(until),
        };
        let spend = |billing_account, caps, raises| NewSpend { billing_account, caps, raises, steps: Vec::new() };
        let id = operator(&house, "grandlarge", |customer| {
            customer.lines[2].billing_account = 1;
            customer.spends = vec![
                spend(None, vec![cap(SpendPeriod::Month, "5.00")], Vec::new()),
                spend(Some(0), vec![cap(SpendPeriod::Day, "0.30")], vec![raise("2026-11-05T00:00:00Z", "2026-11-06T00:00:00Z")]),
            ];
        })
        .await;
        let rows = [
            // Of 0.30 the first takes 0.22, the second is stopped; line 3 is of the other account.
            call(1, 1, "03 09"),
            call(2, 2, "03 10"),
            call(3, 3, "03 11"),
            // Another day.
            call(4, 2, "04 09"),
            // The cap is raised to 0.50: two fit.
            call(5, 1, "05 09"),
            call(6, 2, "05 10"),
            call(7, 2, "05 11"),
        ];
        take(&house, id, folder.path(), &rows, 3).await;
        assert_eq!(costs(&house, id).await, ["0.44", "0.44", "0.22"]);
        assert_eq!(spent(&house, id, SpendOwner::Customer).await, Some(euros("1.10")));
        assert_eq!(spent(&house, id, SpendOwner::BillingAccount).await, Some(euros("0.88")));
        let before = everything(&house, id).await;
        assert_eq!(again(&house, id, Whose::Everybody).await.lines, []);
        assert_eq!(everything(&house, id).await, before);
    }
}

/// RAT-15: a cap that nobody counted for yet knows what was spent in the month, and on the day.
#[tokio::test(flavor = "multi_thread")]
async fn rat_15_a_cap_that_is_new_counts_what_was_spent() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let caps = vec![cap(SpendPeriod::Month, "1.00"), cap(SpendPeriod::Day, "0.50")];
        let spends = vec![NewSpend { billing_account: None, caps, raises: Vec::new(), steps: Vec::new() }];
        let id = operator(&house, "grandlarge", |customer| customer.spends = spends).await;
        take(&house, id, folder.path(), &[call(1, 1, "03 09"), call(2, 2, "04 09")], 100).await;
        // As a cap is that comes now: there are no counters of it.
        let forget = "DELETE FROM shared_spend_month";
        testkit::raw::run(database.url(), forget).await;
        assert_eq!(spent(&house, id, SpendOwner::Customer).await, None);
        // The day takes one more, the month then as much as is left of it: 0.66, 0.88.
        let rows = [call(3, 1, "04 10"), call(4, 1, "04 11"), call(5, 2, "05 09"), call(6, 2, "05 10")];
        take(&house, id, folder.path(), &rows, 100).await;
        assert_eq!(spent(&house, id, SpendOwner::Customer).await, Some(euros("0.88")));
        assert_eq!(costs(&house, id).await, ["0.44", "0.44", "0.00"]);
    }
}

/// RAT-15: a line's own cap may be raised for a time and tell at chosen steps; both are kept.
#[tokio::test(flavor = "multi_thread")]
async fn rat_15_a_line_s_raises_and_steps_are_kept() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let raise = CapRaise {
            period: SpendPeriod::Month,
            amount: euros("0.50"),
            since: at("2026-11-05T00:00:00Z"),
            until: at("2026-11-06T00:00:00Z"),
        };
        let id = operator(&house, "grandlarge", |customer| {
            customer.lines[0].spend_caps = vec![cap(SpendPeriod::Month, "0.30")];
            customer.lines[0].cap_raises = vec![raise];
            customer.lines[0].spend_steps = vec![70];
        })
        .await;
        let rows = [call(1, 1, "03 09"), call(2, 1, "04 09"), call(3, 1, "05 09"), call(4, 1, "05 10")];
        take(&house, id, folder.path(), &rows, 100).await;
        assert_eq!(costs(&house, id).await[0], "0.44");
        let events = told(&house, id).await;
        assert_eq!(events[0], "1: 70 % of spend/month", "{events:?}");
        assert_eq!(events.iter().filter(|event| event.contains('%')).count(), 1, "{events:?}");
    }
}

/// FLT-12: amounts of a line that are switched on are told once, those that are switched off are not; of a group pack, what its lines pay
/// beyond it is kept from file to file.
#[tokio::test(flavor = "multi_thread")]
async fn flt_12_notices_are_kept_and_told_once() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let id = operator(&house, "zenne", |customer| {
            customer.lines = (1..=2)
                .map(|i| NewLine {
                    in_packs: true,
                    ..line(&format!("+3247012000{i}"), &[], ("data", "scaldis", "mobile-data-12"))
                })
                .collect();
            customer.lines[0].notices = vec![
                notice("3.00", NoticeTo::User, true),
                notice("3.00", NoticeTo::Managers, true),
                notice("3.50", NoticeTo::User, false),
            ];
            let bought = at("2020-01-01T00:00:00Z");
            let notices = vec![notice("5.00", NoticeTo::Address("fleet@example.org".to_owned()), true)];
            customer.packs = vec![NewPack { pack: "team-50".to_owned(), bought, notices }];
        })
        .await;
        let data = |id: u32, line: usize, day: u32, megabytes: u32| {
            format!("d{id},data,made,3247012000{line},,2026-11-0{day} 09:00:00,,{megabytes}000000,,\n")
        };
        // 12 GB, 50 GB, then 200 MB at 0.02: 4.00.
        take(&house, id, folder.path(), &[data(1, 1, 3, 62_200)], 100).await;
        // 12 GB, then 60 MB at 0.02: 1.20, 5.20 beyond the pack in all.
        take(&house, id, folder.path(), &[data(2, 2, 4, 12_060), data(3, 2, 5, 60)], 1).await;
        let of_notices: Vec<String> = told(&house, id).await.into_iter().filter(|event| event.contains("has reached")).collect();
        assert_eq!(of_notices, ["1: spend/told has reached 3.00", "2: pack/team-50 has reached 5.00"]);
        let operator = Scope::operator(id);
        assert!(shown(&house, operator, 0).await.contains(&AlertEvent::OutOfBundle { amount: euros("3.00"), pack: None }));
        let of_pack = AlertEvent::OutOfBundle { amount: euros("5.00"), pack: Some("Group pack 50 GB".to_owned()) };
        assert!(shown(&house, operator, 1).await.contains(&of_pack));
        let before = everything(&house, id).await;
        assert_eq!(again(&house, id, Whose::Everybody).await.lines, []);
        assert_eq!(everything(&house, id).await, before);
    }
}

/// RAT-16: the guard of a line is kept: a call above it that was put through is charged and told, once a month.
#[tokio::test(flavor = "multi_thread")]
async fn rat_16_the_guard_of_a_line_is_kept() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let id = operator(&house, "grandlarge", |customer| {
            customer.lines[0].guard = Guard { per_minute: Some(euros("0.20")), fee: None };
        })
        .await;
        take(&house, id, folder.path(), &[call(1, 1, "03 09"), call(2, 2, "03 09"), call(3, 1, "04 09")], 100).await;
        assert_eq!(told(&house, id).await, ["1: despite guard/voice-to-ch-ad-mobile"]);
        let operator = Scope::operator(id);
        assert_eq!(shown(&house, operator, 0).await, [AlertEvent::DespiteGuard]);
        let line = house.store.scoped(operator).line_choices().await.expect("the lines")[0].id;
        let of_line = Scope { reach: Reach::Line(line), ..operator };
        assert_eq!(shown(&house, of_line, 0).await, [], "it is for staff alone");
        assert_eq!(costs(&house, id).await[0], "0.44");
    }
}

/// RES-11, RAT-15, FLT-12: caps, shared ones, and amounts that are told hold in what a reseller's customer pays, in an import as when a month is rated
/// again; what is kept stays at the operator's prices.
#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_s_customer_has_caps_in_what_it_pays() {
    for database in testkit::databases() {
        let folder = tempfile::tempdir().expect("a folder");
        let house = house(database.url(), NOW).await;
        let mut sold = lines(3);
        sold[2].notices = vec![notice("0.40", NoticeTo::User, true)];
        sold[1].spend_caps = vec![cap(SpendPeriod::Month, "0.50")];
        let spends = vec![NewSpend {
            billing_account: None,
            caps: vec![cap(SpendPeriod::Month, "2.00")],
            raises: Vec::new(),
            steps: vec![100],
        }];
        let customer = NewCustomer { reseller: Some(0), spends, ..NewCustomer::household("C1", "Test", sold) };
        let new = NewOperator {
            slug: "grandlarge".to_owned(),
            name: "grandlarge".to_owned(),
            resellers: vec![NewReseller { slug: "near".to_owned(), name: "near".to_owned() }],
            customers: vec![customer],
            ..NewOperator::default()
        };
        let id = provision(&house, &new).await.expect("a valid operator");
        let reseller = house.store.reseller_named(id, "near").await.expect("it is there").expect("a reseller");
        let twice = RetailPrice { item: RetailItem::usage(), from: None, amount: euros("2.00") };
        let transaction = house.store.begin().await.expect("a transaction");
        transaction.add_retail_prices(reseller, &[twice], (house.clock.now(), "Test")).await.expect("a price");
        transaction.commit().await.expect("a commit");
        // Each 0.22, of which 0.44 are paid: the second line's second call is beyond its 0.50; the customer's fifth beyond its 2.00.
        let rows = [
            call(1, 1, "03 09"),
            call(2, 2, "03 10"),
            call(3, 2, "03 11"),
            call(4, 3, "03 12"),
            call(5, 1, "03 13"),
            call(6, 1, "03 14"),
        ];
        take(&house, id, folder.path(), &rows, 2).await;
        let expected = ["0.44", "0.22", "0.22"];
        assert_eq!(costs(&house, id).await, expected);
        let events = told(&house, id).await;
        for event in
            ["1: voice stopped by spend/customer/month", "2: voice stopped by spend/month", "3: spend/told has reached 0.40"]
        {
            assert!(events.iter().any(|told| told == event), "{event}: {events:?}");
        }
        let difference = again(&house, id, Whose::Everybody).await;
        assert_eq!((costs(&house, id).await, told(&house, id).await), (expected.map(str::to_owned).to_vec(), events));
        assert_eq!(difference.lines, Vec::new());
    }
}

//! A month rated again, on both engines.

use crate::{
    import::{NOW, everything, mobile_operator},
    stage::{at, catalogs_with, house, import, line, operator},
};
use operations::{
    House,
    rate_again::{Difference, LineDifference, RateAgainError, Whose, rate_again},
};
use std::{fs, path::PathBuf};
use store::Store;
use tempfile::TempDir;
use vocabulary::{Clock, Money, Month, OperatorId};

const PRICES: &str = "grandlarge/2026-10-01/prices.csv";
const HEADER: &str = "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n";

fn november() -> Month {
    Month::from_number(202_611).expect("a month")
}

async fn again(house: &House, operator: OperatorId, whose: Whose, keep: bool) -> Result<Difference, RateAgainError> {
    let house = house.clone();
    let rate = move || rate_again(&house, operator, &whose, november(), keep, &|_, _| {});
    tokio::task::spawn_blocking(rate).await.expect("it does not panic")
}

/// The same database under catalogues in which a minute to a Swiss mobile costs 0.2600 in place of 0.2200.
async fn corrected(url: &str) -> House {
    let row = "voice-to-ch-ad-mobile,standard|metered,,voice,made|forwarded,home,CH|AD,mobile,,";
    let files = catalogs_with(PRICES, &format!("{row}0.2200"), &format!("{row}0.2600"));
    House::new(Store::open(url).await.expect("it opens"), &files, Clock::held_at(at(NOW))).expect("no mistake")
}

fn file(name: &str, rows: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, format!("{HEADER}{rows}")).expect("a file");
    (folder, path)
}

fn euros(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// RAT-10: rating a month again changes nothing when nothing was corrected, whatever the order in which records came.
#[tokio::test(flavor = "multi_thread")]
async fn a_month_rated_again_is_the_same_when_nothing_was_corrected() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole.csv");
    testkit::write_mobile_usage(&whole, 4_000);
    // Earlier calls that come later.
    let late = (0..200).map(|i| {
        format!("L{i},voice,made,33{},0041791234567,2026-11-0{} 05:00:00,{},,,\n", 639_980_000 + i % 40, 1 + i % 9, 30 + i)
    });
    let (_folder, late) = file("late.csv", &late.collect::<String>());
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        import(&house, id, "mobile", &whole).await.expect("a file");
        import(&house, id, "mobile", &late).await.expect("a file");
        let before = everything(&house, id).await;
        let found = again(&house, id, Whose::Everybody, true).await.expect("it can be rated");
        assert!(found.records > 4_000, "{found:?}");
        assert_eq!((found.lines, found.refused), (Vec::new(), 0));
        assert_eq!(everything(&house, id).await, before);
    }
}

/// RAT-10: a corrected price is shown as a difference before it is kept; kept, the month is what it would have been from the start.
#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_price_is_shown_and_then_kept() {
    // 60 s, 90 s and 30 s in increments of 60 s and then 1 s: 60 + 90 + 60 = 210 s.
    // At 0.2200 a minute 0.22 + 0.33 + 0.22 = 0.77; at 0.2600 it is 0.26 + 0.39 + 0.26 = 0.91.
    let call = |id: &str, number: &str, hour: u32, seconds: u32| {
        format!("{id},voice,made,33{number},0041791234567,2026-11-03 {hour:02}:00:00,{seconds},,,\n")
    };
    let rows = [
        call("a", "639980001", 9, 60),
        call("b", "639980001", 10, 90),
        call("c", "639980001", 11, 30),
        call("d", "639980002", 9, 60),
    ];
    let (_folder, calls) = file("calls.csv", &rows.concat());
    for database in testkit::databases() {
        let wrong = house(database.url(), NOW).await;
        let id = mobile_operator(&wrong).await;
        import(&wrong, id, "mobile", &calls).await.expect("a file");
        let before = everything(&wrong, id).await;
        let right = corrected(database.url()).await;
        let shown = again(&right, id, Whose::Line("+33639980001".to_owned()), false).await.expect("it can be rated");
        let expected = LineDifference {
            line: shown.lines[0].line,
            number: "+33639980001".to_owned(),
            customer: "V100001".to_owned(),
            before: euros("0.77"),
            after: euros("0.91"),
            changed: 3,
        };
        assert_eq!((shown.records, &shown.lines), (3, &vec![expected]));
        assert_eq!(everything(&right, id).await, before, "what is shown changes nothing");
        again(&right, id, Whose::Everybody, true).await.expect("it can be kept");
        let other = testkit::databases().into_iter().find(|other| other.engine() == database.engine()).expect("the same engine");
        let from_the_start = corrected(other.url()).await;
        let from_start_id = mobile_operator(&from_the_start).await;
        import(&from_the_start, from_start_id, "mobile", &calls).await.expect("a file");
        assert_eq!(everything(&right, id).await, everything(&from_the_start, from_start_id).await);
    }
}

/// RAT-09, RAT-10: a closed month is not rewritten: what rating it again would change goes to the next bill, once; so do records that
/// come late, at the price of their day.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_month_is_corrected_with_the_next_bill() {
    let (_folder, calls) = file("calls.csv", "a,voice,made,33639980001,0041791234567,2026-11-03 09:00:00,60,,,\n");
    let (_late_folder, late) = file("late.csv", "b,voice,made,33639980001,0041791234567,2026-11-04 09:00:00,120,,,\n");
    for database in testkit::databases() {
        let wrong = house(database.url(), NOW).await;
        let lines = vec![line("+33639980001", &[], ("mobile", "orange", "unlimited-5"))];
        let id = operator(&wrong, "grandlarge", lines).await;
        import(&wrong, id, "mobile", &calls).await.expect("a file");
        wrong.store.close_month(id, november(), at(NOW)).await.expect("it closes");
        import(&wrong, id, "mobile", &late).await.expect("a file");
        let december = november().next();
        // Two minutes at 0.2200.
        let billed_late = wrong.store.late_usage(id, december).await.expect("late usage");
        assert_eq!(billed_late.iter().map(|late| (late.month, late.price)).collect::<Vec<_>>(), [(november(), euros("0.44"))]);
        let before = everything(&wrong, id).await;
        let right = corrected(database.url()).await;
        let found = again(&right, id, Whose::Customer("V100001".to_owned()), true).await.expect("it can be kept");
        // Three minutes at 0.04 more.
        assert_eq!(
            (found.billed_with, found.lines[0].before, found.lines[0].after),
            (Some(december), euros("0.66"), euros("0.78"))
        );
        let noted = right.store.corrections_to(id, november()).await.expect("corrections");
        assert_eq!(noted.into_values().collect::<Vec<_>>(), [euros("0.12")]);
        let found = again(&right, id, Whose::Everybody, true).await.expect("it can be kept");
        assert_eq!(found.lines, [], "it was corrected before");
        let found = again(&wrong, id, Whose::Everybody, true).await.expect("it can be kept");
        assert_eq!(
            (found.lines[0].before, found.lines[0].after),
            (euros("0.78"), euros("0.66")),
            "what was charged is given back"
        );
        let noted = right.store.corrections_to(id, november()).await.expect("corrections");
        assert_eq!(noted.into_values().collect::<Vec<_>>(), [Money::ZERO]);
        assert_eq!(everything(&right, id).await, before, "what was billed stands");
    }
}

/// RAT-10: who or what is not there is named, and records that no price speaks of any more keep the month as it is.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_rated_again_is_named() {
    let (_folder, calls) = file("calls.csv", "a,voice,made,33639980001,0041791234567,2026-11-03 09:00:00,60,,,\n");
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = mobile_operator(&house).await;
        let nothing = again(&house, id, Whose::Everybody, true).await.unwrap_err().to_string();
        assert!(nothing.contains("no usage in 2026-11"), "{nothing}");
        import(&house, id, "mobile", &calls).await.expect("a file");
        let nobody = again(&house, id, Whose::Line("+33600000000".to_owned()), false).await.unwrap_err().to_string();
        assert!(nobody.contains("`+33600000000` has no usage in that month"), "{nobody}");
    }
}

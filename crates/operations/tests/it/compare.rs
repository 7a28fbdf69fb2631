//! What the last months would have cost on other offers, on both engines.

use crate::{
    import::NOW,
    stage::{catalogs_with, house, import, line, operator},
};
use catalog::Catalog;
use operations::{
    House, Reach, Scope,
    compare::{LineComparison, MONTHS, compare, compare_draft, compare_line},
    rate_again::Whose,
};
use std::{fmt::Write, fs, ops::ControlFlow};
use vocabulary::{CustomerId, Money, OperatorId};

/// Three gigabytes in each of two months on a plan of 30 GB; twelve in each on a plan of 5 GB that is slowed.
async fn stage(house: &House) -> OperatorId {
    let sold = |offer| ("mobile", "orange", offer);
    let lines = vec![line("+33639980001", &[], sold("unlimited-30")), line("+33639980002", &[], sold("unlimited-5"))];
    let id = operator(house, "grandlarge", lines).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("usage.csv");
    let mut text =
        String::from("record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n");
    for (month, number, gigabytes) in [("09", 1, 3), ("10", 1, 3), ("09", 2, 12), ("10", 2, 12)] {
        for session in 0..gigabytes {
            let start = format!("2026-{month}-{:02} 10:00:00", session + 1);
            writeln!(text, "{month}{number}{session},data,made,3363998000{number},,{start},,1000000000,,")
                .expect("a text takes all");
        }
    }
    fs::write(&path, text).expect("a file");
    import(house, id, "mobile", &path).await.expect("the file is read");
    id
}

fn euros(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn go_on(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

async fn all(house: &House, operator: OperatorId) -> Vec<LineComparison> {
    let house = house.clone();
    let work = move || {
        let mut lines = Vec::new();
        let whose = (&Whose::Everybody, MONTHS);
        compare(&house, Scope::operator(operator), whose, &go_on, &mut |line| lines.push(line)).map(|()| lines)
    };
    let mut lines = tokio::task::spawn_blocking(work).await.expect("it does not panic").expect("it can be compared");
    lines.sort_by(|a, b| a.number.cmp(&b.number));
    lines
}

/// RAT-13: the last months on every offer; the cheapest that holds back no more than the line's own is named, with the saving.
#[tokio::test(flavor = "multi_thread")]
async fn the_cheapest_offer_that_serves_as_well_is_named() {
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = stage(&house).await;
        let lines = all(&house, id).await;
        // Two months at 10.50 = 21.00; 3 GB fit into 5 GB, at 7.00 a month: 14.00.
        let (offer, saving) = lines[0].cheapest().expect("a cheaper one");
        assert_eq!((lines[0].now.cost.total(), offer.offer.as_str(), saving), (euros("21"), "unlimited-5", euros("7")));
        assert_eq!((offer.in_family, lines[0].months.len()), (true, 2));
        // 2 × 7 GB beyond the plan were slowed: whatever costs less would hold back more.
        let slowed = &lines[1];
        assert_eq!((slowed.now.cost.total(), slowed.now.cost.data_held_back.units()), (euros("14"), 14_000_000_000));
        assert_eq!(slowed.cheapest(), None);
        let larger = slowed.others.iter().find(|other| other.offer == "unlimited-30").expect("it is sold");
        assert_eq!((larger.cost.total(), larger.cost.data_held_back.units()), (euros("21"), 0));
        // Without data in the plan all of it would be refused.
        let without = slowed.others.iter().find(|other| other.offer == "unlimited-0").expect("it is sold");
        assert!(!without.cost.serves_as_well_as(&slowed.now.cost));
        // The page asks for one line, and only within its scope.
        let scope = Scope::operator(id);
        let (number, one) = compare_line(&house, scope, lines[0].line, MONTHS, "en").await.expect("no fault").expect("a line");
        assert_eq!((number.to_string(), one.as_ref()), (lines[0].number.clone(), Some(&lines[0])));
        let stranger = Scope { reach: Reach::Customer(CustomerId(i64::MAX)), ..scope };
        assert_eq!(compare_line(&house, stranger, lines[0].line, MONTHS, "en").await.expect("no fault"), None);
    }
}

/// RAT-13: a draft of the catalogue beside the one in force, by offer.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_tells_what_it_would_earn_or_cost() {
    let files = catalogs_with("grandlarge/2026-01-01/offers.toml", "orange = \"10.50\"", "orange = \"9.50\"");
    let draft = Catalog::load(&files, "grandlarge").expect("a draft without mistake");
    for database in testkit::databases() {
        let house = house(database.url(), NOW).await;
        let id = stage(&house).await;
        let (drafted, work) = (draft.clone(), house.clone());
        let found = tokio::task::spawn_blocking(move || {
            compare_draft(&work, Scope::operator(id), (&Whose::Everybody, MONTHS), &drafted, &go_on)
        });
        let offers = found.await.expect("it does not panic").expect("it can be compared").offers;
        // One line for two months: 21.00 in force, 19.00 under the draft. The other plan stays at 14.00.
        let totals = |offer: &str| (offers[offer].now.total(), offers[offer].draft.total());
        assert_eq!(totals("unlimited-30"), (euros("21"), euros("19")));
        assert_eq!(totals("unlimited-5"), (euros("14"), euros("14")));
    }
}

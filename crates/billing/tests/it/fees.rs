//! What is paid once.

use crate::stage::{Story, at, files, grandlarge, line, vallee};
use billing::{Count, Item};
use catalog::{Catalog, CatalogFiles};
use vocabulary::Money;

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

/// MOB-08, BIL-01: recharges of the month before, those of one size together; and each on one bill.
#[test]
fn recharges_are_billed_once() {
    let mut one = line(1, ("orange", "unlimited-30"), "2026-10-01T00:00");
    let bought = |at_: &str| ("data-10".into(), at(at_));
    let recharge = grandlarge().versions()[0].recharges.iter().next().unwrap();
    let id = grandlarge().versions()[0].recharges.id(recharge.0);
    let rename = |(_, at): (compact_str::CompactString, _)| (id.into(), at);
    one.recharges =
        ["2026-10-31T23:59", "2026-11-01T00:00", "2026-11-30T23:59", "2026-12-01T00:00"].map(bought).map(rename).to_vec();
    let mut story = Story::of(grandlarge(), vec![one]);
    story.bill("2026-10");
    let twice = recharge.1.price.micros() * 2 / 10_000;
    assert_eq!(story.bill("2026-11")[0], format!("1 2026-10 {id} {}", recharge.1.price));
    let due = story.run("2026-12").due(&story.customer).unwrap();
    let due = due.into_iter().find(|due| matches!(due.item, Item::Recharge(_))).unwrap();
    assert_eq!((due.count, due.amount.get()), (Count::Pieces { pieces: 2, each: recharge.1.price }, twice));
    story.bill("2026-12");
    assert_eq!(story.bill("2027-01")[0], format!("1 2026-12 {id} {}", recharge.1.price));
    assert_eq!(story.bill("2027-02").len(), 1, "the plan");
}

/// BIL-01, RAT-02: each recharge costs what it cost on the day on which it was bought.
#[test]
fn a_recharge_costs_what_it_did_that_day() {
    let mut files = files();
    let (_, sold) = files.iter().find(|(path, _)| path == "grandlarge/2026-01-01/recharges.toml").unwrap();
    let later = sold.replace("price = \"5.00\"", "price = \"6.00\"");
    files.push(("grandlarge/2026-11-15/recharges.toml".to_owned(), later));
    let catalog = Catalog::load(&CatalogFiles::new(files), "grandlarge").unwrap();
    let mut one = line(1, ("orange", "unlimited-30"), "2026-10-01T00:00");
    one.recharges =
        ["2026-11-10T12:00", "2026-11-14T23:59", "2026-11-15T00:00"].map(|day| ("unlimited-5gb".into(), at(day))).to_vec();
    let story = Story::of(&catalog, vec![one]);
    let due = story.run("2026-12").due(&story.customer).unwrap();
    let counts: Vec<_> = due.into_iter().filter(|due| matches!(due.item, Item::Recharge(_))).map(|due| due.count).collect();
    let pieces = |pieces, each: &str| Count::Pieces { pieces, each: money(each) };
    assert_eq!(counts, [pieces(2, "5.00"), pieces(1, "6.00")]);
}

/// MOB-52, BIL-01: fees are billed with the month in which they arose, those of one price together.
#[test]
fn fees_are_billed_once() {
    let mut one = line(1, ("vallee", "internet-300"), "2026-11-10T00:00");
    one.fees = vec![
        (at("2026-11-10T00:00"), Item::Activation("internet-300".into()), money("40.00")),
        (at("2026-11-11T00:00"), Item::SimSwap, money("5.00")),
        (at("2026-11-12T00:00"), Item::SimSwap, money("5.00")),
        (at("2026-11-13T00:00"), Item::SimSwap, money("7.00")),
        (at("2026-12-02T00:00"), Item::Esim, money("1.50")),
    ];
    let mut story = Story::of(vallee(), vec![one]);
    story.bill("2026-11");
    // 24.90 × 21/30 = 17.43.
    assert_eq!(
        story.bill("2026-12"),
        [
            "1 2026-11 internet-300 17.43",
            "1 2026-11 activation of internet-300 40.00",
            "1 2026-11 sim swap 10.00",
            "1 2026-11 sim swap 7.00",
            "1 2026-12 internet-300 24.90",
        ]
    );
    assert_eq!(story.bill("2027-01"), ["1 2026-12 esim 1.50", "1 2027-01 internet-300 24.90"]);
}

//! Bundles.

use crate::stage::{Story, at_home, line, vallee};
use billing::Before;

const INTERNET: (&str, &str) = ("vallee", "internet-300");
const TV: (&str, &str) = ("vallee", "tv-essential");
const FIXED: (&str, &str) = ("vallee", "fixed-unlimited");

/// BIL-01: the bundle that saves most, once for each set of its offers.
#[test]
fn a_bundle_takes_off_what_it_saves() {
    // Apart 24.90 + 8.90 + 13.25 = 47.05, as a trio 39.90: 7.15 less. The duo of internet and telephone would save 4.90.
    let since = "2026-03-01T00:00";
    let lines = vec![line(1, INTERNET, since), line(2, TV, since), line(3, FIXED, since), line(4, FIXED, since)];
    let mut story = Story::of(vallee(), lines);
    story.before = Before::Elsewhere;
    let asked = story.bill("2026-12");
    let bundle: Vec<_> = asked.iter().filter(|text| text.starts_with('-')).map(String::as_str).collect();
    // Television is at the reduced rate: 8.90 of 47.05 of it.
    assert_eq!(bundle, ["- 2026-12 trio -5.80", "- 2026-12 trio reduced -1.35"]);
}

/// BIL-01: in the month in which one of its lines begins, a bundle holds by the days that all are there; and it ends with them.
#[test]
fn a_bundle_holds_by_days_and_ends_with_its_lines() {
    let mut story = Story::of(vallee(), vec![line(1, INTERNET, "2026-10-01T00:00")]);
    story.bill("2026-10");
    story.bill("2026-11");
    story.customer.lines.push(line(2, FIXED, "2026-11-16T09:00"));
    // The duo costs 33.25 in place of 38.15; half of November has it.
    assert_eq!(
        story.bill("2026-12"),
        [
            "- 2026-11 duo -2.45",
            "- 2026-12 duo -4.90",
            "1 2026-12 internet-300 24.90",
            "2 2026-11 fixed-unlimited 6.63",
            "2 2026-12 fixed-unlimited 13.25",
        ]
    );
    story.customer.lines[1].ended = Some(crate::stage::at("2026-12-20T00:00"));
    assert_eq!(story.bill("2027-01"), ["1 2027-01 internet-300 24.90"]);
}

/// BIL-02: what a bundle takes off stands on the bill as a discount, by rate of VAT.
#[test]
fn a_bundle_is_a_discount_of_the_bill() {
    let since = "2026-03-01T00:00";
    let mut story = Story::of(vallee(), vec![line(1, INTERNET, since), line(2, TV, since), line(3, FIXED, since)]);
    story.before = Before::Elsewhere;
    let draft = story.draft("2026-12", crate::stage::MAIN, at_home()).unwrap();
    let discounts: Vec<_> =
        draft.discounts.iter().map(|d| (d.reason.as_str(), d.amount.get(), d.vat.rate.hundredths())).collect();
    assert_eq!(discounts, [("Trio internet, TV et fixe", 580, 2000), ("Trio internet, TV et fixe", 135, 1000)]);
    let vat: Vec<_> = draft.vat.iter().map(|v| (v.terms.rate.hundredths(), v.base.get(), v.tax.get())).collect();
    // 24.90 + 13.25 − 5.80 = 32.35; 8.90 − 1.35 = 7.55, of which a tenth is 0.755.
    assert_eq!(vat, [(1000, 755, 76), (2000, 3235, 647)]);
    assert_eq!((draft.totals.net.get(), draft.totals.gross.get()), (3990, 4713));
}

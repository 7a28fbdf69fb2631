//! What a reseller's bill asks its customers for usage (RES-11).

use crate::stage::{Story, line, month, usage as used, vallee};
use catalog::{RetailItem, RetailPrice, RetailPrices};
use vocabulary::{Money, UsageKind};

fn euros(text: &str) -> Money {
    text.parse().unwrap()
}

fn usage(from: Option<&str>, of_a_unit: &str) -> RetailPrice {
    RetailPrice { item: RetailItem::usage(), from: from.map(|day| day.parse().unwrap()), amount: euros(of_a_unit) }
}

/// RES-11, RAT-10: usage has the markup of its month, and what was found for an earlier one has that one's, also where it is given back.
#[test]
fn usage_goes_by_the_markup_of_its_month() {
    let prices = RetailPrices::new([usage(None, "1.25"), usage(Some("2026-11-01"), "2.00")]);
    let retail = vallee().at_retail(&prices, None);
    let mut sold = line(1, ("vallee", "fixed-unlimited"), "2026-09-01T00:00");
    sold.usage = vec![used(UsageKind::Voice, billing::Reach::Abroad, "1.10")];
    sold.corrections = vec![(month("2026-09"), euros("4.00")), (month("2026-10"), euros("-0.80"))];
    let mut story = Story::of(&retail, vec![sold]);
    story.customer.price_at_retail(&retail, month("2026-11"));
    let line = &story.customer.lines[0];
    assert_eq!(line.usage[0].amount, euros("2.20"));
    assert_eq!(line.corrections, [(month("2026-09"), euros("5.00")), (month("2026-10"), euros("-1.00"))]);
    let told = story.bill("2026-12");
    assert!(told.iter().any(|due| due.contains("2.20")) && told.iter().any(|due| due.contains("5.00")), "{told:?}");
}

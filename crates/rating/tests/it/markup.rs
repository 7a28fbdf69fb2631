//! Limits in money of lines whose customers pay something else than the catalogue says (RES-11, RAT-15): they hold in what the customer pays, and what is
//! kept stays at the catalogue's prices.

use crate::stage::{Line, call, data, events, grandlarge, vallee, zenne};
use rating::{
    AtCap, CallCost, Event, HeldPack, PackAccount, PackState, SpendAccount, SpendCap, SpendOwner, SpendPeriod, SpendState,
    SpendTerms,
};
use vocabulary::{Markup, Markups, Money, Month, PackId};

fn euros(text: &str) -> Money {
    text.parse().unwrap()
}

fn september() -> Month {
    "2026-09".parse().unwrap()
}

fn twice() -> Markup {
    Markup::new(euros("2.00")).unwrap()
}

/// A line that data in the USA costs 0.01 a MB, and its customer twice that from September 2026 on.
fn line() -> Line {
    let mut line = Line::new(grandlarge(), "orange", "unlimited-30").cutoff("data-usa-canada", "1 GB");
    line.terms.markups = Markups::new([(september(), twice())]);
    line
}

/// RES-11, RAT-15: a cap of 1 € is reached where the customer has paid 1 €, its thresholds are told on the way, and what was charged is kept at the
/// catalogue's prices.
#[test]
fn a_cap_holds_in_what_the_customer_pays() {
    let mut line = line().spend_cap(SpendPeriod::Month, "1.00", AtCap::Stop);
    line.terms.spend_steps = vec![50];
    let first = line.rate(data("25 MB").within("US"));
    assert_eq!(first.price, euros("0.25"));
    assert!(matches!(first.events[..], [Event::Threshold { percent: 50, .. }]), "{:?}", first.events);
    let second = line.rate(data("50 MB").within("US"));
    assert_eq!(second.price, euros("0.25"), "the other half of it is held back");
    assert!(second.events.iter().any(|event| matches!(event, Event::Stopped { .. })), "{:?}", second.events);
    // A month before its reseller asked for more.
    let mut before = self::line().spend_cap(SpendPeriod::Month, "1.00", AtCap::Stop);
    before.terms.markups = Markups::new([("2026-10".parse().unwrap(), twice())]);
    assert_eq!(before.rate(data("200 MB").within("US")).price, euros("1.00"));
    // Whose customers pay nothing for usage reaches no amount.
    before.terms.markups = Markups::new([(september(), Markup::new(Money::ZERO).unwrap())]);
    assert_eq!(before.rate(data("200 MB").within("US")).price, euros("2.00"));
}

/// RES-11, RAT-15: what lines share ends where they have paid so much together.
#[test]
fn a_shared_cap_holds_in_what_the_customer_pays() {
    let mut line = line();
    let cap = SpendCap { period: SpendPeriod::Month, amount: euros("1.00"), at_cap: AtCap::Stop };
    let owner = SpendOwner::Customer;
    let terms = SpendTerms { owner, caps: vec![cap], raises: Vec::new(), steps: Vec::new(), markup: twice() };
    line.spends = vec![SpendAccount::open(grandlarge(), &terms, SpendState::default())];
    assert_eq!(line.rate(data("200 MB").within("US")).price, euros("0.50"));
}

/// RES-11, FLT-12: an amount is told once the customer pays as much, for a line and beyond a pack.
#[test]
fn an_amount_is_told_in_what_the_customer_pays() {
    let mut line = line();
    line.terms.notices = vec![euros("1.00")];
    assert!(line.rate(data("49 MB").within("US")).events.is_empty());
    let told = line.rate(data("1 MB").within("US")).events;
    assert!(matches!(told[..], [Event::OutOfBundle { amount, .. }] if amount == euros("1.00")), "{told:?}");

    let mut line = Line::new(zenne(), "scaldis", "mobile-data-12");
    let (bought, notices) = (line.terms.started, vec![euros("5.00")]);
    let held = HeldPack { id: PackId(1), pack: "team-50".into(), bought, notices, markup: twice() };
    line.packs = vec![PackAccount::open(zenne(), &zenne().versions()[0], &held, PackState::default())];
    // 12 GB, 50 GB, then 100 MB × 0.02 = 2.00, of which 4.00 are paid; then 30 MB, 0.60 more: 5.20.
    assert!(!events(&line.rate(data("62100 MB"))).iter().any(|event| event.contains("has reached")));
    assert_eq!(events(&line.rate(data("30 MB"))), ["pack/team-50 has reached 5.00"]);
    assert_eq!(line.packs[0].state.charged, euros("2.60"));
}

/// RES-11, RAT-16, FIX-06: a guard lets no call through that the customer pays more for.
#[test]
fn a_guard_holds_in_what_the_customer_pays() {
    let satellite = call("+8816123456789", 1).forwarded();
    let mut line = Line::new(vallee(), "vallee", "fixed-metered");
    // fixed-to-satellite: 4.90 a minute is below the guard of 5.00, and twice that is not.
    assert!(matches!(line.cost(&satellite), CallCost::Charged(_)));
    line.terms.markups = Markups::new([(september(), twice())]);
    assert_eq!(line.cost(&satellite), CallCost::Barred);
}

//! The catalogue at a reseller's prices.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use catalog::{Catalog, CatalogFiles, RetailItem, RetailKind, RetailPrice, RetailPrices};
use jiff::civil::Date;
use std::{path::Path, sync::Arc};
use vocabulary::{Money, Timestamp};

fn catalog() -> Catalog {
    let files = CatalogFiles::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs")).unwrap();
    Catalog::load(&files, "vallee").unwrap()
}

fn plan() -> RetailItem {
    RetailItem { kind: RetailKind::Plan, id: "mobile-20".into(), network: "rhenane".into() }
}

fn price(from: Option<&str>, amount: &str) -> RetailPrice {
    RetailPrice { item: plan(), from: from.map(|from| from.parse().unwrap()), amount: amount.parse().unwrap() }
}

fn monthly(catalog: &Catalog, at: &str) -> Money {
    let at = Timestamp::from_local(at.parse().unwrap(), &catalog.operator.time_zone).unwrap();
    let version = catalog.version_at(at);
    let offer = version.offers.get(version.offers.find("mobile-20").unwrap());
    offer.price(version.networks.find("rhenane").unwrap()).unwrap()
}

/// RES-11: a price holds from its first day on, one without a day for all that was sold before; of two of one day the later one counts; where none
/// holds, the operator's does.
#[test]
fn prices_hold_from_their_days_on() {
    let sold = catalog();
    let operators = monthly(&sold, "2027-01-01T12:00");
    let prices = RetailPrices::new([
        price(Some("2027-02-01"), "13.37"),
        price(Some("2027-03-01"), "99.00"),
        price(Some("2027-03-01"), "14.37"),
    ]);
    let retail = sold.at_retail(&prices, None);
    let seen = ["2027-01-31T23:59", "2027-02-01T00:00", "2027-02-28T23:59", "2027-03-01T00:00"].map(|at| monthly(&retail, at));
    assert_eq!(seen, [operators, "13.37".parse().unwrap(), "13.37".parse().unwrap(), "14.37".parse().unwrap()]);
    let ever = RetailPrices::new([price(None, "12.37"), price(Some("2027-02-01"), "13.37")]);
    let retail = sold.at_retail(&ever, None);
    assert_eq!(monthly(&retail, "2020-01-01T00:00"), "12.37".parse().unwrap());
    assert_eq!(monthly(&retail, "2027-02-01T00:00"), "13.37".parse().unwrap());
    assert!(retail.is_retail() && !sold.is_retail());
    let on = |day: &str| ever.on(&plan(), day.parse::<Date>().unwrap()).unwrap().1;
    assert_eq!((on("2027-01-31"), on("2027-02-01")), ("12.37".parse().unwrap(), "13.37".parse().unwrap()));
    assert_eq!(
        ever.after(&plan(), "2027-01-31".parse().unwrap()),
        Some(("2027-02-01".parse().unwrap(), "13.37".parse().unwrap()))
    );
    assert_eq!(ever.after(&plan(), "2027-02-01".parse().unwrap()), None);
}

/// RES-11: fifty resellers do not keep fifty copies of what a usage costs, and every version of the operator's is one of theirs.
#[test]
fn what_a_usage_costs_is_shared() {
    let sold = catalog();
    let retail = sold.at_retail(&RetailPrices::new([price(Some("2030-05-05"), "1.00")]), None);
    assert_eq!(retail.versions().len(), sold.versions().len() + 1);
    for version in sold.versions() {
        let same = retail.version_of(version.effective).unwrap();
        assert_eq!(same.starts, version.starts);
        assert!(Arc::ptr_eq(&same.tariffs, &version.tariffs) && Arc::ptr_eq(&same.coverages, &version.coverages));
    }
    assert!(Arc::ptr_eq(&retail.world, &sold.world));
}

/// RES-11: whatever is told to cost something can have a price of the reseller's, and has it then; what the operator asks nothing for once is charged
/// to nobody.
#[test]
fn everything_that_is_sold_can_have_a_price() {
    let sold = catalog();
    let at = Timestamp::from_local("2027-01-01T12:00".parse().unwrap(), &sold.operator.time_zone).unwrap();
    let items = sold.version_at(at).retail_items();
    assert!(items.iter().any(|(item, _)| *item == plan()));
    let odd = |place: usize| Money::from_micros(777_000_000 + 10_000 * i64::try_from(place).unwrap());
    let prices =
        items.iter().enumerate().map(|(place, (item, _))| RetailPrice { item: item.clone(), from: None, amount: odd(place) });
    let retail = sold.at_retail(&RetailPrices::new(prices), None);
    let after = retail.version_at(at).retail_items();
    let expected: Vec<_> = items.iter().enumerate().map(|(place, (item, _))| (item.clone(), odd(place))).collect();
    assert_eq!(after, expected);
    for (item, _) in &items {
        assert_eq!(RetailKind::named(item.kind.as_str()), Some(item.kind));
    }
    let free = sold.version_at(at).offers.iter().find(|(_, offer)| offer.one_off == Money::ZERO);
    if let Some((ix, _)) = free {
        let item =
            RetailItem { kind: RetailKind::Activation, id: sold.version_at(at).offers.id(ix).to_owned(), network: String::new() };
        let retail = sold.at_retail(&RetailPrices::new([RetailPrice { item, from: None, amount: odd(0) }]), None);
        assert_eq!(retail.version_at(at).offers.get(ix).one_off, Money::ZERO);
    }
}

//! Fair use of data when roaming in the European Union, against figures of others.

use crate::catalogs;
use catalog::{Catalog, CatalogFiles, least_roaming_bytes};
use std::fs;
use vocabulary::{Money, Rounding, div_round};

/// A price without VAT, from one with it: `9.99` with 20 % is 9.99 × 100 / 120 = 8.325.
fn without_vat(price: Money, percent: i64) -> Money {
    let micros = div_round(i128::from(price.micros()) * 100, i128::from(100 + percent), Rounding::HalfAwayFromZero);
    Money::from_micros(i64::try_from(micros).unwrap())
}

/// FLT-19: the least roaming data of an open bundle, in MB and rounded up to GB, is that of the shared cases.
#[test]
fn flt_19_fair_use_when_roaming_is_as_the_shared_cases_say() {
    let Some(path) = testkit::shared("vectors/roaming_fup.csv") else { return };
    let text = fs::read_to_string(path).unwrap();
    let mut rows = text.lines();
    assert_eq!(
        rows.next().unwrap(),
        "retail_incl_vat,vat_pct,retail_ex_vat,year,wholesale_cap_eur_per_gb_ex_vat,min_fup_gb,rounded_up_gb"
    );
    let mut count = 0;
    for row in rows {
        let [retail, vat, _, _, ceiling, least, rounded] = row.split(',').collect::<Vec<_>>()[..] else {
            panic!("`{row}` has not seven columns");
        };
        let price = without_vat(retail.parse().unwrap(), vat.parse().unwrap());
        let bytes = least_roaming_bytes(price, ceiling.parse().unwrap()).unwrap().units();
        let megabytes = div_round(i128::from(bytes), 1_000_000, Rounding::HalfAwayFromZero);
        assert_eq!(format!("{}.{:03}", megabytes / 1_000, megabytes % 1_000), least, "{row}");
        let gigabytes = div_round(i128::from(bytes), 1_000_000_000, Rounding::Up);
        assert_eq!(gigabytes.to_string(), rounded, "{row}");
        count += 1;
    }
    assert_eq!(count, 10);
}

/// FLT-19: the bundles with unlimited data at home give at least what the rule asks for, at 1.10 a GB, the ceiling of 2026.
#[test]
fn flt_19_unlimited_bundles_give_what_the_rule_asks_for() {
    let catalog = Catalog::load(&CatalogFiles::read(&catalogs()).unwrap(), "zenne").unwrap();
    let version = &catalog.versions()[0];
    let network = version.networks.find("scaldis").unwrap();
    // 2 × 33.00 / 1.10 = 60 GB; 2 × 45.00 / 1.10 = 81.82 GB.
    for (offer, least) in [("limitless", 60_000_000_000), ("europe", 81_818_181_819)] {
        let offer = version.offers.get(version.offers.find(offer).unwrap());
        let asked = least_roaming_bytes(offer.price(network).unwrap(), "1.10".parse().unwrap()).unwrap();
        assert_eq!(asked.units(), least);
        assert!(offer.quantity("data-eu").unwrap() >= asked);
    }
    assert_eq!(least_roaming_bytes("10.00".parse().unwrap(), Money::ZERO), None);
    assert_eq!(least_roaming_bytes(Money::from_micros(-1), Money::from_micros(1)), None);
}

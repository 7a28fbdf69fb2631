//! What tests stand on: the shipped catalogues.

use catalog::{Catalog, CatalogFiles};
use jiff::civil;
use lines::Ground;
use std::{path::Path, sync::LazyLock};
use vocabulary::Timestamp;

fn load(operator: &str) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    Catalog::load(&CatalogFiles::read(&folder).unwrap(), operator).unwrap()
}

pub(crate) fn grandlarge() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load("grandlarge"));
    &CATALOG
}

pub(crate) fn vallee() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load("vallee"));
    &CATALOG
}

pub(crate) fn zenne() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load("zenne"));
    &CATALOG
}

/// An instant of an operator's own time: `2026-11-20 14:00`.
pub(crate) fn at(catalog: &Catalog, local: &str) -> Timestamp {
    let local: civil::DateTime = local.replace(' ', "T").parse().unwrap();
    Timestamp::from_local(local, &catalog.operator.time_zone).unwrap()
}

/// The ground of a decision at such an instant.
pub(crate) fn ground(catalog: &'static Catalog, local: &str) -> Ground<'static> {
    Ground::at(catalog, at(catalog, local))
}

//! What a reseller's administrators set of what it sells: its prices, and who it is on its invoices (RES-11). Both stand behind the invoices.

pub mod item;
pub mod letterhead;
pub mod prices;

use crate::Page;
use operations::retail::{PriceRefusal, PricedItem, RetailKind};

/// A sort of things, as a heading.
pub(crate) fn kind_name(page: &Page, kind: RetailKind) -> &'static str {
    match kind {
        RetailKind::Plan => page.t("retail-plans"),
        RetailKind::Activation => page.t("retail-activations"),
        RetailKind::Monthly => page.t("retail-options"),
        RetailKind::Once => page.t("retail-options-once"),
        RetailKind::Recharge => page.t("retail-recharges"),
        RetailKind::Pack => page.t("retail-packs"),
        RetailKind::Bundle => page.t("retail-bundles"),
        RetailKind::Minimum => page.t("retail-minimums"),
        RetailKind::Esim => page.t("retail-esims"),
        RetailKind::SimSwap => page.t("retail-sim-swaps"),
        RetailKind::Usage => page.t("retail-usage"),
    }
}

/// What something is called, with its network where that makes a difference.
pub(crate) fn item_name(page: &Page, priced: &PricedItem) -> String {
    let name = match priced.item.kind {
        RetailKind::Usage => page.t("retail-usage-item"),
        kind if priced.name.is_empty() => kind_name(page, kind),
        _ => priced.name.as_str(),
    };
    match &priced.network {
        Some(network) => format!("{name} ({network})"),
        None => name.to_owned(),
    }
}

/// Why a price is not taken.
pub(crate) fn refusal_words(page: &Page, refusal: &PriceRefusal) -> String {
    match refusal {
        PriceRefusal::NoSuchItem => page.t("retail-no-such-item").to_owned(),
        PriceRefusal::Amount(typed) => page.ta("retail-no-amount", typed),
        PriceRefusal::OutOfBounds(typed) => page.ta("retail-out-of-bounds", typed),
        PriceRefusal::NoMarkup(typed) => page.ta("retail-no-markup", typed),
        PriceRefusal::NotFirst(day) => page.ta("retail-not-first", page.long_day(*day)),
        PriceRefusal::Day(typed) => page.ta("retail-no-day", typed),
        PriceRefusal::TooEarly(earliest) => page.ta("retail-too-early", page.long_day(*earliest)),
    }
}

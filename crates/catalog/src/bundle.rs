//! Bundles: several offers for one price.

use crate::{draft::Draft, fields::Fields, recharge::required, words::Words};
use vocabulary::Money;

/// Several offers for one price.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// What people call it.
    pub name: Words,
    /// Ids of its offers.
    pub offers: Vec<String>,
    /// What it costs a month, in place of the prices of its offers.
    pub price: Money,
}

impl Bundle {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Bundle {
        let offers = fields.list("offers");
        for offer in &offers {
            draft.version.offers.resolve(&offer.text, &offer.place, "offers", draft.log);
        }
        Bundle {
            name: fields.words("name"),
            offers: offers.into_iter().map(|offer| offer.text).collect(),
            price: required(fields, "price", |fields| fields.money("price")),
        }
    }
}

//! Group packs: an allowance that lines of a business share (FLT-13).

use crate::{Coverage, Ix, draft::Draft, fields::Fields, recharge::required, words::Words};
use vocabulary::{Money, Quantity, UsageKind};

/// A shared allowance.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What people call it.
    pub name: Words,
    /// The kinds of usage that it counts.
    pub kinds: Vec<UsageKind>,
    /// Which of them it takes; `None` only where the name was wrong.
    pub covers: Ix<Coverage>,
    /// How much a month.
    pub quantity: Quantity,
    /// What it costs a month, without VAT.
    pub price: Money,
}

impl Pack {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Pack {
        let name = fields.words("name");
        let kinds = fields.kinds("kinds");
        let covers = fields.required("covers");
        let covers = draft.version.coverages.names.resolve(&covers.text, &covers.place, "covers", draft.log);
        let kind = kinds[0];
        Pack {
            name,
            covers: covers.unwrap_or(Ix::new(0)),
            quantity: required(fields, "quantity", |fields| fields.quantity("quantity", kind)),
            price: required(fields, "price", |fields| fields.money("price")),
            kinds,
        }
    }
}

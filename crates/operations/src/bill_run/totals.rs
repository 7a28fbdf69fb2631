//! What a run comes to.

use billing::{Draft, Item, Revenue, Sign};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::StoreError;
use vocabulary::Cents;

/// What a run comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTotals {
    /// Invoices.
    pub invoices: i64,
    /// Credit notes.
    pub credit_notes: i64,
    /// Without VAT: what is asked for less what is given back.
    pub net: Cents,
    /// VAT.
    pub vat: Cents,
    /// With VAT.
    pub gross: Cents,
    /// Customers whose bills were put aside.
    pub put_aside: i64,
    /// Without VAT, by what it is for.
    pub by_revenue: BTreeMap<Revenue, Cents>,
    /// Plans, options and packs: how many months and how much, without VAT, by their id.
    pub by_offer: BTreeMap<String, Worth>,
}

/// How many of something, and how much they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worth {
    /// How many.
    pub count: i64,
    /// Without VAT.
    pub net: Cents,
}

impl BillTotals {
    /// As a run keeps it.
    ///
    /// # Errors
    /// When it is something else.
    pub fn read(text: &str) -> Result<Self, StoreError> {
        let corrupt = |error: serde_json::Error| StoreError::Corrupt { column: "bill_run.totals", value: error.to_string() };
        serde_json::from_str(text).map_err(corrupt)
    }

    /// Adds a bill.
    pub(crate) fn add(&mut self, draft: &Draft) {
        let signed = |amount: Cents| if draft.sign == Sign::Gives { -amount } else { amount };
        match draft.sign {
            Sign::Asks => self.invoices += 1,
            Sign::Gives => self.credit_notes += 1,
        }
        self.net = self.net + signed(draft.totals.net);
        self.vat = self.vat + signed(draft.totals.vat);
        self.gross = self.gross + signed(draft.totals.gross);
        for line in &draft.lines {
            self.earned(Revenue::of(&line.item), signed(line.net));
            if let Item::Plan(id) | Item::LineOption(id) | Item::Pack(id) = &line.item {
                let worth = match self.by_offer.get_mut(id.as_str()) {
                    Some(worth) => worth,
                    None => self.by_offer.entry(id.to_string()).or_default(),
                };
                worth.count += line.count.pieces();
                worth.net = worth.net + signed(line.net);
            }
        }
        for discount in &draft.discounts {
            self.earned(Revenue::Discounts, signed(-discount.amount));
        }
    }

    fn earned(&mut self, revenue: Revenue, amount: Cents) {
        let sum = self.by_revenue.entry(revenue).or_default();
        *sum = *sum + amount;
    }
}

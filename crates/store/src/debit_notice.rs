//! What customers were told: that an invoice is collected on a day, under a mandate (BIL-08). The last notice of an invoice holds.

use crate::{StoreError, Value, engine::Table, store::Transaction};
use billing::Announced;
use vocabulary::{Cents, InvoiceId, Timestamp};

/// Something that a customer is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNoticeOfDebit {
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// Its place among the notices of the invoice, from 1: the invoice itself is the first where it says so.
    pub place: i16,
    /// When, and under which mandate.
    pub announced: Announced,
    /// How much.
    pub amount: Cents,
}

impl Transaction {
    /// Keeps what customers are told; `by` is empty where the invoices themselves say so.
    ///
    /// # Errors
    /// When the database fails, or an invoice has a notice of that place.
    pub async fn add_debit_notices(&self, new: &[NewNoticeOfDebit], (now, by): (Timestamp, &str)) -> Result<(), StoreError> {
        let row = |new: &NewNoticeOfDebit| -> Vec<Value> {
            vec![
                new.invoice.0.into(),
                new.place.into(),
                new.announced.mandate.as_str().into(),
                new.announced.day.to_string().into(),
                new.amount.get().into(),
                now.into(),
                by.into(),
            ]
        };
        const COLUMNS: &str = "invoice_id, place, mandate, day, amount, told, told_by";
        let into = Table { doing: "keep what is told of debits", name: "debit_notice", columns: COLUMNS };
        self.insert(into, new.iter().map(row).collect()).await
    }
}

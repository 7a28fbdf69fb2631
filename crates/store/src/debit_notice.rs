//! What customers were told: that an invoice is collected on a day, under a mandate (BIL-08); and which are not
//! collected any more. The last notice of an invoice holds.

use crate::{Row, Store, StoreError, Value, engine::Table, line_terms::list, store::Transaction};
use billing::{Announced, InvoiceNumber};
use std::collections::BTreeSet;
use vocabulary::{BillingAccountId, Cents, InvoiceId, Timestamp};

/// An invoice, under the alias `i`, that a bank is collecting, or whose debit is announced under a mandate in use and not yet sent.
pub(crate) const EXPECTED: &str = "(EXISTS (SELECT 1 FROM debit_part p WHERE p.invoice_id = i.id AND p.under_way = 1) \
    OR EXISTS (SELECT 1 FROM debit_notice n JOIN mandate m ON m.reference = n.mandate AND m.state = 'active' WHERE n.invoice_id = i.id \
      AND n.place = (SELECT MAX(l.place) FROM debit_notice l WHERE l.invoice_id = i.id) \
      AND NOT EXISTS (SELECT 1 FROM debit_stop s WHERE s.invoice_id = i.id) \
      AND NOT EXISTS (SELECT 1 FROM debit_part p JOIN debit d ON d.id = p.debit_id JOIN collection_file f ON f.id = d.file_id \
        WHERE p.invoice_id = i.id AND f.made >= n.told)))";

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

impl Store {
    /// The invoices of an account that a bank is collecting, or whose debit is announced: who owes them has nothing to do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn debits_expected(&self, account: BillingAccountId) -> Result<BTreeSet<InvoiceNumber>, StoreError> {
        let sql = format!("SELECT i.number FROM invoice i WHERE i.billing_account_id = $1 AND {EXPECTED}");
        let rows = self.rows("look for debits that are expected", &sql, vec![account.0.into()]).await?;
        let read = |row: &Row| row.get("number").map(|number: String| InvoiceNumber::from(number.as_str()));
        rows.iter().map(read).collect()
    }

    /// Is an invoice not collected any more?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_debit_stopped(&self, invoice: InvoiceId) -> Result<bool, StoreError> {
        let sql = "SELECT why FROM debit_stop WHERE invoice_id = $1";
        Ok(self.row("look whether an invoice is collected", sql, vec![invoice.0.into()]).await?.is_some())
    }
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

    /// Is one of these invoices not collected any more?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_any_debit_stopped(&self, invoices: &[InvoiceId]) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT s.invoice_id FROM {} AS wanted CROSS JOIN debit_stop s WHERE s.invoice_id = CAST(wanted.value AS BIGINT) LIMIT 1",
            self.store.listed(1)
        );
        let asked = list(invoices.iter().map(|invoice| invoice.0));
        Ok(!self.rows("look whether invoices are collected", &sql, vec![asked]).await?.is_empty())
    }

    /// How many notices an invoice has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_debit_notices(&self, invoice: InvoiceId) -> Result<i16, StoreError> {
        let sql = "SELECT CAST(COALESCE(MAX(place), 0) AS INTEGER) AS many FROM debit_notice WHERE invoice_id = $1";
        let rows = self.rows("count notices of debits", sql, vec![invoice.0.into()]).await?;
        let many: i32 = rows.first().map_or(Ok(0), |row| row.get("many"))?;
        Ok(i16::try_from(many).unwrap_or(i16::MAX))
    }

    /// An invoice is not collected any more; `false` when it was not before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_debit(
        &self,
        invoice: InvoiceId,
        (now, by, why): (Timestamp, &str, &'static str),
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO debit_stop (invoice_id, at, stopped_by, why) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let values = vec![invoice.0.into(), now.into(), by.into(), why.into()];
        Ok(self.execute("stop a collection", sql, values).await? == 1)
    }
}

//! Credit notes of an invoice, and the forms that asked for them: a form that is sent twice asks once (BIL-03).

use crate::{Issuer, Row, Scoped, StoreError, Value, store::Transaction};
use billing::{Invoice, InvoiceNumber};
use vocabulary::{BillingAccountId, InvoiceId};

const OF_ACCOUNT: &str = "SELECT i.id, i.facts FROM invoice i WHERE i.billing_account_id = $1 AND i.operator_id = $2 AND i.issuer = $3 \
                          AND i.kind = 'credit_note' ORDER BY i.id";

/// Those that correct one invoice: an account has few credit notes, and each says of what it is.
fn of_invoice(rows: &[Row], number: &InvoiceNumber) -> Result<Vec<(InvoiceId, Invoice)>, StoreError> {
    let mut found = Vec::new();
    for row in rows {
        let facts: String = row.get("facts")?;
        let facts: Invoice = serde_json::from_str(&facts)
            .map_err(|error| StoreError::Corrupt { column: "invoice.facts", value: error.to_string() })?;
        if facts.corrects() == Some(number) {
            found.push((InvoiceId(row.get("id")?), facts));
        }
    }
    Ok(found)
}

fn values((issuer, account): (Issuer, BillingAccountId)) -> Vec<Value> {
    vec![account.0.into(), issuer.operator.0.into(), issuer.number().into()]
}

impl Scoped {
    /// The credit notes of an invoice of an account that is seen, the first one first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn credit_notes_of(
        &self,
        of: (Issuer, BillingAccountId),
        number: &InvoiceNumber,
    ) -> Result<Vec<(InvoiceId, Invoice)>, StoreError> {
        of_invoice(&self.store.rows("find the credit notes of an invoice", OF_ACCOUNT, values(of)).await?, number)
    }
}

impl Transaction {
    /// The same within what is being written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn credit_notes_of(
        &self,
        of: (Issuer, BillingAccountId),
        number: &InvoiceNumber,
    ) -> Result<Vec<(InvoiceId, Invoice)>, StoreError> {
        of_invoice(&self.rows("find the credit notes of an invoice", OF_ACCOUNT, values(of)).await?, number)
    }

    /// The credit note that a form asked for, if it was sent before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn credit_note_of_form(&self, issuer: Issuer, token: &str) -> Result<Option<InvoiceId>, StoreError> {
        let sql = "SELECT invoice_id FROM credit_form WHERE operator_id = $1 AND token = $2";
        let rows = self.rows("look for a form", sql, vec![issuer.operator.0.into(), token.into()]).await?;
        rows.first().map(|row| row.get("invoice_id").map(InvoiceId)).transpose()
    }

    /// Notes which credit note a form asked for.
    ///
    /// # Errors
    /// When the database fails, or the form asked for one before.
    pub async fn keep_credit_form(&self, issuer: Issuer, (token, note): (&str, InvoiceId)) -> Result<(), StoreError> {
        let sql = "INSERT INTO credit_form (operator_id, token, invoice_id) VALUES ($1, $2, $3)";
        self.execute("note a form", sql, vec![issuer.operator.0.into(), token.into(), note.0.into()]).await.map(|_| ())
    }
}

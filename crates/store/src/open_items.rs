//! What is open of accounts' invoices: read from the ledger, and kept nowhere (BIL-06, FLT-17).

use crate::{Row, Store, StoreError, line_terms::list, store::Transaction};
use billing::{Claim, Invoice, InvoiceKind, InvoiceNumber, OpenItem, OpenItems, Settlement};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, InvoiceId};

/// A fee of an invoice that was not paid in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingFee {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// What was charged and not taken back, whether it is paid or not.
    pub amount: Cents,
}

/// What moved what accounts owe, of those that a condition on the transfers `t` lets through.
fn moves(from: &str, condition: &str) -> String {
    format!(
        "SELECT t.billing_account_id, e.kind, i.number, i.due, CASE WHEN e.kind = 'credit_note' THEN i.facts END AS facts, \
         CASE WHEN t.debit = 'receivable/' || t.billing_account_id THEN t.amount ELSE -t.amount END AS owed \
         FROM {from} ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id LEFT JOIN invoice i ON i.id = e.invoice_id \
         WHERE t.billing_account_id = {condition} ORDER BY t.billing_account_id, e.id, t.place"
    )
}

fn read(rows: &[Row]) -> Result<BTreeMap<BillingAccountId, OpenItems>, StoreError> {
    let mut moves: BTreeMap<BillingAccountId, (Vec<Claim>, Vec<Settlement>)> = BTreeMap::new();
    for row in rows {
        let (claims, settlements) = moves.entry(BillingAccountId(row.get("billing_account_id")?)).or_default();
        match movement(row)? {
            // What is taken off an invoice lowers it, and is no credit for another.
            Movement::Asks(claim) => match claims.iter_mut().find(|known| known.number == claim.number) {
                Some(known) => known.amount = known.amount + claim.amount,
                None => claims.push(claim),
            },
            Movement::Settles(settlement) => settlements.push(settlement),
        }
    }
    Ok(moves.into_iter().map(|(account, (claims, settlements))| (account, OpenItems::of(&claims, &settlements))).collect())
}

impl Store {
    /// What is open of each of these accounts, of its invoices by number. One that has no entry in the ledger is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_items(&self, accounts: &[BillingAccountId]) -> Result<BTreeMap<BillingAccountId, OpenItems>, StoreError> {
        let sql = moves(&format!("{} AS wanted CROSS JOIN", self.listed(1)), "CAST(wanted.value AS BIGINT)");
        let asked = list(accounts.iter().map(|account| account.0));
        read(&self.rows("read what is open of accounts", &sql, vec![asked]).await?)
    }

    /// The fees of an account that stand, in the order of their invoices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing_fees(&self, account: BillingAccountId) -> Result<Vec<StandingFee>, StoreError> {
        let sql = "SELECT i.id, i.number, CAST(SUM(CASE WHEN t.debit = 'receivable/' || t.billing_account_id THEN t.amount ELSE -t.amount END) \
                   AS BIGINT) AS stands FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id JOIN invoice i ON i.id = e.invoice_id \
                   WHERE t.billing_account_id = $1 AND e.kind = 'fee' GROUP BY i.id, i.number ORDER BY i.id";
        let read = |row: &Row| -> Result<StandingFee, StoreError> {
            let (invoice, number) = (InvoiceId(row.get("id")?), row.get("number")?);
            Ok(StandingFee { invoice, number, amount: Cents::new(row.get("stands")?) })
        };
        let rows = self.rows("list the fees of an account", sql, vec![account.0.into()]).await?;
        let mut fees = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        fees.retain(|fee| fee.amount.is_positive());
        Ok(fees)
    }
}

impl Transaction {
    /// The same of one account, as it stands for this transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_items(&self, account: BillingAccountId) -> Result<OpenItems, StoreError> {
        let rows = self.rows("read what is open of an account", &moves("", "$1"), vec![account.0.into()]).await?;
        Ok(read(&rows)?.remove(&account).unwrap_or_default())
    }

    /// The fees of an account that stand for this transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing_fees(&self, account: BillingAccountId) -> Result<Vec<StandingFee>, StoreError> {
        self.reader().standing_fees(account).await
    }
}

enum Movement {
    Asks(Claim),
    Settles(Settlement),
}

fn movement(row: &Row) -> Result<Movement, StoreError> {
    let (kind, owed): (String, i64) = (row.get("kind")?, row.get("owed")?);
    let (number, due): (Option<String>, Option<String>) = (row.get("number")?, row.get("due")?);
    let amount = Cents::new(owed);
    if kind == "fee" {
        return Ok(if amount.is_positive() {
            Movement::Asks(Claim { number: OpenItem::FEES.into(), amount, due: Date::MAX })
        } else {
            // One that is taken back pays nothing of the invoice that it was charged for.
            Movement::Settles(Settlement { of: Some(OpenItem::FEES.into()), amount: -amount })
        });
    }
    if let ("invoice", Some(number), Some(due)) = (kind.as_str(), &number, &due) {
        let due = due.parse().map_err(|_| StoreError::Corrupt { column: "invoice.due", value: due.clone() })?;
        return Ok(Movement::Asks(Claim { number: number.as_str().into(), amount, due }));
    }
    let of = match row.get::<Option<String>>("facts")? {
        Some(facts) => corrected(&facts)?,
        None => number.map(|number| number.as_str().into()),
    };
    Ok(Movement::Settles(Settlement { of, amount: -amount }))
}

/// The invoice that a credit note corrects: its own number is no claim.
fn corrected(facts: &str) -> Result<Option<InvoiceNumber>, StoreError> {
    let invoice: Invoice =
        serde_json::from_str(facts).map_err(|error| StoreError::Corrupt { column: "invoice.facts", value: error.to_string() })?;
    Ok(match invoice.kind {
        InvoiceKind::CreditNote { of, .. } => Some(of),
        InvoiceKind::Invoice => None,
    })
}

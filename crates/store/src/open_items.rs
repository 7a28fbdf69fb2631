//! What accounts owe, invoice by invoice: their invoices and all that the ledger has of them besides, for `billing` to say which payment pays which.

use crate::{Row, Store, StoreError, line_terms::list};
use billing::{Claim, Invoice, InvoiceKind, InvoiceNumber, OpenItems, Settlement};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents};

/// What fees are called among open items. They are paid last, and are never late: nobody is restricted for them.
const FEES: &str = "–";

type Moved = (Vec<Claim>, Vec<Settlement>);

impl Store {
    /// What is open of accounts; one without invoices and payments is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_items(&self, accounts: &[BillingAccountId]) -> Result<BTreeMap<BillingAccountId, OpenItems>, StoreError> {
        let asked = || list(accounts.iter().map(|account| account.0));
        let mut found: BTreeMap<BillingAccountId, Moved> = BTreeMap::new();
        // What a credit note corrects stands in its facts alone.
        let sql = format!(
            "SELECT i.billing_account_id, i.kind, i.number, i.due, i.gross, CASE i.kind WHEN 'credit_note' THEN i.facts ELSE '' END AS facts \
             FROM {} AS wanted CROSS JOIN invoice i WHERE i.billing_account_id = CAST(wanted.value AS BIGINT) ORDER BY i.id",
            self.listed(1)
        );
        for row in self.rows("load what accounts are asked for", &sql, vec![asked()]).await? {
            let (claims, settlements) = found.entry(BillingAccountId(row.get("billing_account_id")?)).or_default();
            match read_invoice(&row)? {
                Entered::Claim(claim) => claims.push(claim),
                Entered::Settlement(settlement) => settlements.push(settlement),
            }
        }
        let sql = format!(
            "SELECT t.billing_account_id, e.kind, i.number, CASE WHEN t.credit = 'receivable/' || t.billing_account_id THEN t.amount ELSE -t.amount END \
             AS amount FROM {} AS wanted CROSS JOIN ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id \
             LEFT JOIN payment p ON p.id = e.payment_id LEFT JOIN invoice i ON i.id = p.invoice_id \
             WHERE t.billing_account_id = CAST(wanted.value AS BIGINT) AND e.kind NOT IN ('invoice', 'credit_note') ORDER BY e.id, t.place",
            self.listed(1)
        );
        for row in self.rows("load what accounts paid", &sql, vec![asked()]).await? {
            let (of, kind): (Option<String>, String) = (row.get("number")?, row.get("kind")?);
            let of = of.map(|number| InvoiceNumber::from(number.as_str()));
            let amount = Cents::new(row.get("amount")?);
            let (claims, settlements) = found.entry(BillingAccountId(row.get("billing_account_id")?)).or_default();
            if kind == "fee" && amount.is_negative() {
                claims.push(Claim { number: InvoiceNumber::from(FEES), amount: -amount, due: Date::MAX });
            } else {
                settlements.push(Settlement { of, amount });
            }
        }
        let open = |(account, (claims, settlements)): (BillingAccountId, Moved)| (account, OpenItems::of(&claims, &settlements));
        Ok(found.into_iter().map(open).collect())
    }
}

enum Entered {
    Claim(Claim),
    Settlement(Settlement),
}

fn read_invoice(row: &Row) -> Result<Entered, StoreError> {
    let (kind, number, due): (String, String, String) = (row.get("kind")?, row.get("number")?, row.get("due")?);
    let amount = Cents::new(row.get("gross")?);
    if kind == "invoice" {
        let due = due.parse().map_err(|_| StoreError::Corrupt { column: "invoice.due", value: due })?;
        return Ok(Entered::Claim(Claim { number: InvoiceNumber::from(number.as_str()), amount, due }));
    }
    let facts: String = row.get("facts")?;
    let facts: Invoice = serde_json::from_str(&facts)
        .map_err(|error| StoreError::Corrupt { column: "invoice.facts", value: error.to_string() })?;
    let of = match facts.kind {
        InvoiceKind::CreditNote { of, .. } => Some(of),
        InvoiceKind::Invoice => None,
    };
    Ok(Entered::Settlement(Settlement { of, amount }))
}

//! What is open of accounts' invoices, from the invoices and the ledger: it is never kept (BIL-06).

use crate::{Issuer, Store, StoreError, line_terms::list};
use billing::{Claim, InvoiceNumber, OpenItems, Settlement};
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, InvoiceId};

/// What an account owes, and which invoices it has.
#[derive(Clone, Debug, Default)]
pub struct AccountItems {
    /// What is open.
    pub open: OpenItems,
    /// Its invoices that ask for money.
    pub invoices: BTreeMap<InvoiceNumber, InvoiceId>,
}

impl Store {
    /// What is open of the invoices that an issuer sent to accounts. One that has none is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_items(
        &self,
        issuer: Issuer,
        accounts: &[BillingAccountId],
    ) -> Result<BTreeMap<BillingAccountId, AccountItems>, StoreError> {
        let wanted = list(accounts.iter().map(|account| account.0));
        let sql = format!(
            "SELECT i.billing_account_id, i.id, i.number, i.gross, i.due FROM {} AS wanted CROSS JOIN invoice i \
             WHERE i.billing_account_id = CAST(wanted.value AS BIGINT) AND i.operator_id = $2 AND i.issuer = $3 \
             AND i.kind = 'invoice' ORDER BY i.id",
            self.listed(1)
        );
        let values = || vec![wanted.clone(), issuer.operator.0.into(), issuer.number().into()];
        let mut claims: BTreeMap<BillingAccountId, Vec<Claim>> = BTreeMap::new();
        let mut found: BTreeMap<BillingAccountId, AccountItems> = BTreeMap::new();
        for row in self.rows("load invoices of accounts", &sql, values()).await? {
            let account = BillingAccountId(row.get("billing_account_id")?);
            let (number, due): (String, String) = (row.get("number")?, row.get("due")?);
            let number = InvoiceNumber::from(number.as_str());
            let due = due.parse().map_err(|_| StoreError::Corrupt { column: "invoice.due", value: due })?;
            found.entry(account).or_default().invoices.insert(number.clone(), InvoiceId(row.get("id")?));
            claims.entry(account).or_default().push(Claim { number, amount: Cents::new(row.get("gross")?), due });
        }
        // A credit note pays whatever is open; what else names an invoice pays that one first.
        let sql = format!(
            "SELECT t.billing_account_id, COALESCE(i.number, '') AS number, \
             CAST(SUM(CASE WHEN t.credit = 'receivable/' || t.billing_account_id THEN t.amount ELSE -t.amount END) AS BIGINT) AS amount \
             FROM {} AS wanted CROSS JOIN ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id \
             LEFT JOIN invoice i ON i.id = e.invoice_id AND i.kind = 'invoice' \
             WHERE t.billing_account_id = CAST(wanted.value AS BIGINT) AND e.operator_id = $2 AND e.issuer = $3 \
             AND e.kind <> 'invoice' GROUP BY t.billing_account_id, COALESCE(i.number, '') ORDER BY 1, 2",
            self.listed(1)
        );
        let mut settlements: BTreeMap<BillingAccountId, Vec<Settlement>> = BTreeMap::new();
        for row in self.rows("load what settles invoices", &sql, values()).await? {
            let number: String = row.get("number")?;
            let of = (!number.is_empty()).then(|| InvoiceNumber::from(number.as_str()));
            let settlement = Settlement { of, amount: Cents::new(row.get("amount")?) };
            let account = BillingAccountId(row.get("billing_account_id")?);
            found.entry(account).or_default();
            settlements.entry(account).or_default().push(settlement);
        }
        for (account, items) in &mut found {
            let of = |all: Option<Vec<Claim>>| all.unwrap_or_default();
            items.open = OpenItems::of(&of(claims.remove(account)), &settlements.remove(account).unwrap_or_default());
        }
        Ok(found)
    }
}

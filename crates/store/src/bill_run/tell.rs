//! Who is told of the invoices of a kept run, some hundred at a time, and how far that is: the mails and the place after them are one transaction, so
//! that nobody is told twice.

use super::{COLUMNS, KeptRun, read_run};
use crate::{Row, Store, StoreError, Value, line_terms::list, store::Transaction};
use billing::Invoice;
use std::collections::BTreeMap;
use vocabulary::{BillRunId, BillingAccountId, CustomerId, InvoiceId, ResellerId, Timestamp};

/// An invoice that somebody is to be told of.
#[derive(Clone, Debug)]
pub struct InvoiceToTell {
    /// Which.
    pub id: InvoiceId,
    /// Whose.
    pub customer: CustomerId,
    /// Which of its accounts.
    pub account: BillingAccountId,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
    /// The address that its account wants new invoices told to; empty where it named none.
    pub email: String,
    /// What it says.
    pub facts: Invoice,
    /// Who sees it besides.
    pub people: Vec<Reader>,
}

/// Somebody who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// Where their mails go.
    pub email: String,
    /// The language of their mails; empty for the brand's own.
    pub language: String,
}

impl Store {
    /// The runs whose invoices are not all told, the oldest first, each with the last invoice that was: those that are kept, and those that somebody stopped
    /// half way, whose invoices are issued all the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs_to_tell(&self) -> Result<Vec<(KeptRun, InvoiceId)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, told_after FROM bill_run WHERE told IS NULL AND (state = 'kept' OR (state = 'keeping' AND stopped IS NOT NULL)) ORDER BY id"
        );
        let rows = self.rows("look for invoices to tell", &sql, Vec::new()).await?;
        rows.iter().map(|row| Ok((read_run(row)?, InvoiceId(row.get("told_after")?)))).collect()
    }

    /// So many invoices of a run after one, of accounts that want to be told, in the order of their ids, with who of the customer's people is in one of these roles.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoices_to_tell(
        &self,
        run: BillRunId,
        (after, most): (InvoiceId, usize),
        roles: &[&str],
    ) -> Result<Vec<InvoiceToTell>, StoreError> {
        let after = match after {
            InvoiceId(0) => self.before_first(run).await?,
            after => after,
        };
        // The sign keeps SQLite from gathering the whole run each time: its invoices stand close together by their ids.
        let sql = format!(
            "SELECT i.id, i.customer_id, i.billing_account_id, i.facts, c.reseller_id, a.invoice_email FROM invoice i \
             JOIN customer c ON c.id = i.customer_id JOIN billing_account a ON a.id = i.billing_account_id \
             WHERE +i.run_id = $1 AND i.id > $2 AND a.invoices_told = 1 ORDER BY i.id LIMIT {most}"
        );
        let rows = self.rows("load invoices to tell", &sql, vec![run.0.into(), after.0.into()]).await?;
        let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let accounts: Vec<BillingAccountId> = found.iter().map(|one| one.account).collect();
        let people = self.readers(&accounts, roles).await?;
        for one in &mut found {
            one.people = people.get(&one.account).cloned().unwrap_or_default();
        }
        Ok(found)
    }

    async fn before_first(&self, run: BillRunId) -> Result<InvoiceId, StoreError> {
        let sql = "SELECT MIN(id) AS first FROM invoice WHERE run_id = $1";
        let row = self.row("find the first invoice of a run", sql, vec![run.0.into()]).await?;
        let first: Option<i64> = row.map_or(Ok(None), |row| row.get("first"))?;
        Ok(InvoiceId(first.map_or(0, |first| first - 1)))
    }

    /// Whoever is told of what accounts owe, those who came first before the others: the customer's people in one of these roles who have an address; of
    /// the account of a line's user, who signs in for that line; of a reseller's company, the reseller's people.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn readers(
        &self,
        accounts: &[BillingAccountId],
        roles: &[&str],
    ) -> Result<BTreeMap<BillingAccountId, Vec<Reader>>, StoreError> {
        let (wanted, allowed) = (self.listed(1), self.listed(2));
        let sql = format!(
            "SELECT a.id, g.id AS login, g.name, g.email, g.language FROM {wanted} AS wanted CROSS JOIN billing_account a \
             CROSS JOIN login g WHERE a.id = CAST(wanted.value AS BIGINT) AND a.holder = '' AND g.customer_id = a.customer_id \
             AND g.line_id IS NULL AND g.state = 'validated' AND g.email <> '' AND g.role IN (SELECT allowed.value FROM {allowed} AS allowed) \
             UNION ALL SELECT a.id, g.id, g.name, g.email, g.language FROM {wanted} AS wanted CROSS JOIN billing_account a \
             CROSS JOIN login g WHERE a.id = CAST(wanted.value AS BIGINT) AND a.holder <> '' AND g.line_id = a.line_id \
             AND g.state = 'validated' AND g.email <> '' AND g.role IN (SELECT allowed.value FROM {allowed} AS allowed) \
             UNION ALL SELECT a.id, g.id, g.name, g.email, g.language FROM {wanted} AS wanted CROSS JOIN billing_account a \
             CROSS JOIN reseller r CROSS JOIN login g WHERE a.id = CAST(wanted.value AS BIGINT) AND r.customer_id = a.customer_id \
             AND g.reseller_id = r.id AND g.customer_id IS NULL AND g.line_id IS NULL AND g.state = 'validated' AND g.email <> '' \
             AND g.role IN (SELECT allowed.value FROM {allowed} AS allowed) ORDER BY 1, 2"
        );
        let mut wanted: Vec<i64> = accounts.iter().map(|id| id.0).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let values: Vec<Value> = vec![list(wanted), list(roles)];
        let mut people: BTreeMap<BillingAccountId, Vec<Reader>> = BTreeMap::new();
        for row in self.rows("find who sees invoices", &sql, values).await? {
            let reader = Reader { name: row.get("name")?, email: row.get("email")?, language: row.get("language")? };
            people.entry(BillingAccountId(row.get("id")?)).or_default().push(reader);
        }
        Ok(people)
    }
}

impl Transaction {
    /// Notes that the invoices of a run after one are told up to another, or all of them at an instant.
    ///
    /// # Errors
    /// When the database fails, or they were told by somebody else meanwhile: the mails of this transaction have to be dropped.
    pub async fn note_told(
        &self,
        run: BillRunId,
        (after, to): (InvoiceId, InvoiceId),
        all: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE bill_run SET told_after = $3, told = $4 WHERE id = $1 AND told_after = $2 AND told IS NULL";
        let values = vec![run.0.into(), after.0.into(), to.0.into(), all.map(Timestamp::micros).into()];
        match self.execute("note which invoices are told", sql, values).await? {
            1 => Ok(()),
            _ => Err(StoreError::LeaseLost),
        }
    }
}

fn read(row: &Row) -> Result<InvoiceToTell, StoreError> {
    let (facts, reseller): (String, Option<i64>) = (row.get("facts")?, row.get("reseller_id")?);
    Ok(InvoiceToTell {
        id: InvoiceId(row.get("id")?),
        customer: CustomerId(row.get("customer_id")?),
        account: BillingAccountId(row.get("billing_account_id")?),
        reseller: reseller.map(ResellerId),
        email: row.get("invoice_email")?,
        facts: serde_json::from_str(&facts)
            .map_err(|error| StoreError::Corrupt { column: "invoice.facts", value: error.to_string() })?,
        people: Vec::new(),
    })
}

//! Who is told of the invoices of a kept run, some hundred at a time, and how far that is: the mails and the place after them are one transaction, so
//! that nobody is told twice.

use super::{COLUMNS, KeptRun, read_run};
use crate::{Row, Store, StoreError, Value, line_terms::list, store::Transaction};
use billing::Invoice;
use std::collections::BTreeMap;
use vocabulary::{BillRunId, CustomerId, InvoiceId, ResellerId, Timestamp};

/// An invoice that somebody is to be told of.
#[derive(Clone, Debug)]
pub struct InvoiceToTell {
    /// Which.
    pub id: InvoiceId,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
    /// The address that its account wants new invoices told to; empty where it named none.
    pub email: String,
    /// What it says.
    pub facts: Invoice,
    /// Who of the customer's people sees it.
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
    /// The kept runs whose invoices are not all told, the oldest first, each with the last invoice that was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs_to_tell(&self) -> Result<Vec<(KeptRun, InvoiceId)>, StoreError> {
        let sql = format!("SELECT {COLUMNS}, told_after FROM bill_run WHERE state = 'kept' AND told IS NULL ORDER BY id");
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
            "SELECT i.id, i.customer_id, i.facts, c.reseller_id, a.invoice_email FROM invoice i \
             JOIN customer c ON c.id = i.customer_id JOIN billing_account a ON a.id = i.billing_account_id \
             WHERE +i.run_id = $1 AND i.id > $2 AND a.invoices_told = 1 ORDER BY i.id LIMIT {most}"
        );
        let rows = self.rows("load invoices to tell", &sql, vec![run.0.into(), after.0.into()]).await?;
        let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let customers: Vec<CustomerId> = found.iter().map(|one| one.customer).collect();
        let people = self.readers(&customers, roles).await?;
        for one in &mut found {
            one.people = people.get(&one.customer).cloned().unwrap_or_default();
        }
        Ok(found)
    }

    async fn before_first(&self, run: BillRunId) -> Result<InvoiceId, StoreError> {
        let sql = "SELECT MIN(id) AS first FROM invoice WHERE run_id = $1";
        let row = self.row("find the first invoice of a run", sql, vec![run.0.into()]).await?;
        let first: Option<i64> = row.map_or(Ok(None), |row| row.get("first"))?;
        Ok(InvoiceId(first.map_or(0, |first| first - 1)))
    }

    /// The people of customers who are in one of these roles and have an address, those who came first before the others. Those of a reseller's company
    /// are the reseller's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn readers(
        &self,
        customers: &[CustomerId],
        roles: &[&str],
    ) -> Result<BTreeMap<CustomerId, Vec<Reader>>, StoreError> {
        const READER: &str = "g.name, g.email, g.language, g.id FROM";
        let sees = format!(
            "g.line_id IS NULL AND g.state = 'validated' AND g.email <> '' AND g.role IN (SELECT allowed.value FROM {} AS allowed)",
            self.listed(2)
        );
        let wanted = self.listed(1);
        let sql = format!(
            "SELECT g.customer_id, {READER} {wanted} AS wanted CROSS JOIN login g WHERE g.customer_id = CAST(wanted.value AS BIGINT) AND {sees} \
             UNION ALL SELECT r.customer_id, {READER} {wanted} AS wanted CROSS JOIN reseller r CROSS JOIN login g \
             WHERE r.customer_id = CAST(wanted.value AS BIGINT) AND g.reseller_id = r.id AND g.customer_id IS NULL AND {sees} ORDER BY 1, 5"
        );
        let mut wanted: Vec<i64> = customers.iter().map(|id| id.0).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let values: Vec<Value> = vec![list(wanted), list(roles)];
        let mut people: BTreeMap<CustomerId, Vec<Reader>> = BTreeMap::new();
        for row in self.rows("find who sees invoices", &sql, values).await? {
            let reader = Reader { name: row.get("name")?, email: row.get("email")?, language: row.get("language")? };
            people.entry(CustomerId(row.get("customer_id")?)).or_default().push(reader);
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
        reseller: reseller.map(ResellerId),
        email: row.get("invoice_email")?,
        facts: serde_json::from_str(&facts)
            .map_err(|error| StoreError::Corrupt { column: "invoice.facts", value: error.to_string() })?,
        people: Vec::new(),
    })
}

//! What a reseller's invoice is made of, line by line: what its run billed, with whose line it is (RES-11). An invoice of a hundred thousand lines is
//! read some hundred of them at a time.

use crate::{Reach, Row, Scoped, StoreError, Value, bill_run::read_item, query::read_month};
use billing::Item;
use vocabulary::{BillRunId, BillingAccountId, Cents, InvoiceId, LineId, Month};

/// An invoice of a run that a reseller's company received.
#[derive(Clone, Debug)]
pub struct WholesaleInvoice {
    /// Its number.
    pub number: String,
    run: BillRunId,
    account: BillingAccountId,
    month: Month,
}

/// Something that a line was billed, without VAT.
#[derive(Clone, Debug)]
pub struct WholesaleLine {
    /// Which line; `None`: what is of no line, as a pack is.
    pub line: Option<LineId>,
    /// The reference and the name of the customer whose line it is; empty for what is of no line.
    pub customer: (String, String),
    /// Its number, or what it has in place of one.
    pub number: String,
    /// Who uses it.
    pub user: String,
    /// The id of its offer.
    pub offer: String,
    /// What was billed.
    pub item: Item,
    /// For which month.
    pub month: Month,
    /// How much.
    pub amount: Cents,
}

impl Scoped {
    /// Is an invoice one that a reseller's company received for its customers' lines, and which run made it? `None` where it is none that is
    /// seen, or none of a run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wholesale_invoice(&self, id: InvoiceId) -> Result<Option<WholesaleInvoice>, StoreError> {
        if !matches!(self.scope.reach, Reach::Operator | Reach::Reseller(_)) {
            return Ok(None);
        }
        let (within, scope) = self.scope.on_invoices();
        let sql = format!(
            "SELECT i.number, i.run_id, i.billing_account_id, i.month FROM invoice i JOIN reseller r ON r.customer_id = i.customer_id \
             WHERE {within} AND i.id = $2 AND i.run_id IS NOT NULL"
        );
        let row = self.store.row("find a reseller's invoice", &sql, vec![scope, id.0.into()]).await?;
        row.as_ref().map(read_invoice).transpose()
    }

    /// What an invoice billed of the lines after one, of so many lines at most, in the order of their ids, and the last of them; `None` after the
    /// last, and where there is no such invoice. What is of no line comes first, after `None`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wholesale_lines(
        &self,
        invoice: &WholesaleInvoice,
        (after, most): (Option<LineId>, usize),
    ) -> Result<Option<(Vec<WholesaleLine>, LineId)>, StoreError> {
        let after = after.map_or(-1, |line| line.0);
        let months = [invoice.month.previous(), invoice.month];
        let Some(last) = self.last_of_chunk(invoice, months, (after, most)).await? else { return Ok(None) };
        let sql = "SELECT b.line_id, b.item, b.month, b.amount, COALESCE(l.number, '') AS number, COALESCE(l.user_name, '') AS user_name, \
                   COALESCE(l.offer, '') AS offer, COALESCE(c.reference, '') AS reference, COALESCE(c.name, '') AS customer \
                   FROM billed b LEFT JOIN line l ON l.id = b.line_id LEFT JOIN customer c ON c.id = l.customer_id \
                   WHERE b.month IN ($1, $2) AND b.billing_account_id = $3 AND b.line_id > $4 AND b.line_id <= $5 AND b.run_id = $6 \
                   ORDER BY b.line_id, b.month, b.item";
        let values: Vec<Value> =
            vec![months[0].into(), months[1].into(), invoice.account.0.into(), after.into(), last.into(), invoice.run.0.into()];
        let rows = self.store.rows("list what lines were billed", sql, values).await?;
        Ok(Some((rows.iter().map(read_line).collect::<Result<_, _>>()?, LineId(last))))
    }

    /// The last of so many lines that an account was billed for after one, as far as every month has them.
    async fn last_of_chunk(
        &self,
        invoice: &WholesaleInvoice,
        months: [Month; 2],
        (after, most): (i64, usize),
    ) -> Result<Option<i64>, StoreError> {
        let mut ends: Vec<(i64, bool)> = Vec::new();
        for month in months {
            let sql = format!(
                "SELECT MAX(line_id) AS last, COUNT(*) AS found FROM (SELECT DISTINCT b.line_id FROM billed b WHERE b.month = $1 \
                 AND b.billing_account_id = $2 AND b.line_id > $3 ORDER BY b.line_id LIMIT {most}) AS following"
            );
            let values: Vec<Value> = vec![month.into(), invoice.account.0.into(), after.into()];
            let Some(row) = self.store.row("find the next lines billed", &sql, values).await? else { continue };
            let (end, found): (Option<i64>, i64) = (row.get("last")?, row.get("found")?);
            ends.extend(end.map(|end| (end, usize::try_from(found).is_ok_and(|found| found >= most))));
        }
        // A month that has more of them ends the chunk; without one, nothing comes after it.
        let full = ends.iter().filter(|(_, is_full)| *is_full).map(|(end, _)| *end).min();
        Ok(full.or_else(|| ends.iter().map(|(end, _)| *end).max()))
    }
}

fn read_invoice(row: &Row) -> Result<WholesaleInvoice, StoreError> {
    Ok(WholesaleInvoice {
        number: row.get("number")?,
        run: BillRunId(row.get("run_id")?),
        account: BillingAccountId(row.get("billing_account_id")?),
        month: read_month(row.get("month")?)?,
    })
}

fn read_line(row: &Row) -> Result<WholesaleLine, StoreError> {
    let (line, item): (i64, String) = (row.get("line_id")?, row.get("item")?);
    Ok(WholesaleLine {
        line: (line != 0).then_some(LineId(line)),
        customer: (row.get("reference")?, row.get("customer")?),
        number: row.get("number")?,
        user: row.get("user_name")?,
        offer: row.get("offer")?,
        item: read_item(&item)?,
        month: read_month(row.get("month")?)?,
        amount: Cents::new(row.get("amount")?),
    })
}

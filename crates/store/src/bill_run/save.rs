//! Writes the bills of some hundred customers with their numbers, what was billed, the ledger, and how far the run is, in one transaction (BIL-01,
//! BIL-03, BIL-06).

use super::{BillStage, Issuer, KeptRun};
use crate::{
    StoreError, Value,
    engine::Table,
    revenue::{EarnedSums, LedgerSums},
    store::Transaction,
};
use billing::{Billed, Invoice, InvoiceKind, InvoiceNumber, LedgerAccount, Transfer};
use jiff::civil::Date;
use vocabulary::{BillRunId, BillingAccountId, CustomerId, InvoiceId, OperatorId, PaymentId, Timestamp};

/// An invoice or a credit note that is issued now.
#[derive(Clone, Debug)]
pub struct NewInvoice {
    /// Whose.
    pub customer: CustomerId,
    /// For which account.
    pub account: BillingAccountId,
    /// Of which run; `None`: a person made it.
    pub run: Option<BillRunId>,
    /// Its place in its year's numbers.
    pub place: i64,
    /// What it says.
    pub facts: Invoice,
}

/// An entry of the ledger.
#[derive(Clone, Debug)]
pub struct NewLedgerEntry {
    /// What happened: `invoice`, `credit_note`, `payment`, `refund`, `return`, `fee`, `write_off`, `settlement`.
    pub kind: &'static str,
    /// The invoice that it is of.
    pub invoice: Option<InvoiceId>,
    /// The payment that it is of.
    pub payment: Option<PaymentId>,
    /// What moves.
    pub transfers: Vec<Transfer>,
}

/// What a run has done with some customers.
#[derive(Clone, Debug)]
pub struct BillSaved {
    /// How many customers.
    pub customers: i64,
    /// The last of them.
    pub after: CustomerId,
    /// What the run came to so far, as JSON of whoever counts.
    pub totals: String,
    /// What was billed.
    pub billed: Vec<Billed>,
    /// Customers whose bills were put aside, and why.
    pub problems: Vec<(CustomerId, String)>,
}

impl Transaction {
    /// The first of so many numbers in a row of an issuer's year. They are given only with what this transaction writes: nobody else takes
    /// one before it ends, and when it fails, they were never taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_invoice_numbers(&self, issuer: Issuer, year: i16, count: usize) -> Result<i64, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let sql = "INSERT INTO invoice_series (operator_id, issuer, year, last) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (operator_id, issuer, year) DO UPDATE SET last = invoice_series.last + $4 RETURNING last";
        let values = vec![issuer.operator.0.into(), issuer.number().into(), year.into(), count.into()];
        let rows = self.rows("take numbers of invoices", sql, values).await?;
        let row = rows.first().ok_or(StoreError::Corrupt { column: "invoice_series.last", value: "none".to_owned() })?;
        let last: i64 = row.get("last")?;
        Ok(last - count + 1)
    }

    /// The last invoice of an account, and when it was issued.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_invoice(
        &self,
        issuer: Issuer,
        account: BillingAccountId,
    ) -> Result<Option<(InvoiceNumber, Date)>, StoreError> {
        let sql = "SELECT number, issued FROM invoice WHERE billing_account_id = $1 AND issuer = $2 AND operator_id = $3 \
                   AND kind = 'invoice' ORDER BY id DESC LIMIT 1";
        let values = vec![account.0.into(), issuer.number().into(), issuer.operator.0.into()];
        let rows = self.rows("look for the last invoice", sql, values).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let (number, issued): (String, String) = (row.get("number")?, row.get("issued")?);
        let issued = issued.parse().map_err(|_| StoreError::Corrupt { column: "invoice.issued", value: issued })?;
        Ok(Some((InvoiceNumber::from(number.as_str()), issued)))
    }

    /// The invoice that bears a number of an operator's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoice_numbered(&self, operator: OperatorId, number: &str) -> Result<Option<InvoiceId>, StoreError> {
        let sql = "SELECT id FROM invoice WHERE operator_id = $1 AND number = $2";
        let rows = self.rows("find an invoice by its number", sql, vec![operator.0.into(), number.into()]).await?;
        rows.first().map(|row| row.get("id").map(InvoiceId)).transpose()
    }

    /// Issues invoices, with their entries of the ledger; the ids they got, in their order.
    ///
    /// # Errors
    /// When the database fails, or one of them was issued already.
    pub async fn issue_invoices(
        &self,
        issuer: Issuer,
        invoices: Vec<NewInvoice>,
        now: Timestamp,
    ) -> Result<Vec<InvoiceId>, StoreError> {
        if invoices.is_empty() {
            return Ok(Vec::new());
        }
        let first = self.reserve_money_ids(2 * invoices.len()).await?;
        let (mut rows, mut entries) = (Vec::with_capacity(invoices.len()), Vec::with_capacity(invoices.len()));
        let mut ids = Vec::with_capacity(invoices.len());
        let (mut moved, mut earned) = (LedgerSums::default(), EarnedSums::default());
        for (id, new) in (first..).zip(invoices) {
            let kind = match new.facts.kind {
                InvoiceKind::Invoice => "invoice",
                InvoiceKind::CreditNote { .. } => "credit_note",
            };
            let transfers = new.facts.transfers(new.account);
            moved.add_of_day(new.facts.issued, kind, &transfers);
            earned.add(&new.facts);
            entries.push(NewLedgerEntry { kind, invoice: Some(InvoiceId(id)), payment: None, transfers });
            rows.push(invoice_row(issuer, (id, kind), &new)?);
            ids.push(InvoiceId(id));
        }
        const COLUMNS: &str = "id, operator_id, issuer, customer_id, billing_account_id, run_id, kind, year, place, number, month, issued, \
                               due, net, vat, gross, facts";
        self.insert(Table { doing: "issue invoices", name: "invoice", columns: COLUMNS }, rows).await?;
        let after = first + i64::try_from(entries.len()).unwrap_or(i64::MAX);
        self.write_entries(issuer, (after, now), entries).await?;
        self.keep_ledger_sums(issuer, moved).await?;
        self.keep_earned(issuer, earned).await?;
        Ok(ids)
    }

    /// Adds entries to the ledger.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_to_ledger(&self, issuer: Issuer, entries: Vec<NewLedgerEntry>, now: Timestamp) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let first = self.reserve_money_ids(entries.len()).await?;
        let mut moved = LedgerSums::default();
        entries.iter().for_each(|entry| moved.add_at(now, entry.kind, &entry.transfers));
        self.write_entries(issuer, (first, now), entries).await?;
        self.keep_ledger_sums(issuer, moved).await
    }

    async fn write_entries(
        &self,
        issuer: Issuer,
        (first, now): (i64, Timestamp),
        entries: Vec<NewLedgerEntry>,
    ) -> Result<(), StoreError> {
        let (mut rows, mut transfers) = (Vec::with_capacity(entries.len()), Vec::new());
        // An invoice of nothing moves nothing, and has no entry.
        for (id, entry) in (first..).zip(entries).filter(|(_, entry)| !entry.transfers.is_empty()) {
            rows.push(vec![
                id.into(),
                issuer.operator.0.into(),
                issuer.number().into(),
                now.into(),
                entry.kind.into(),
                entry.invoice.map(|invoice| invoice.0).into(),
                entry.payment.map(|payment| payment.0).into(),
            ]);
            let places = 0_i16..;
            transfers.extend(places.zip(entry.transfers).map(|(place, transfer)| transfer_row((id, place), transfer)));
        }
        const ENTRY: &str = "id, operator_id, issuer, at, kind, invoice_id, payment_id";
        self.insert(Table { doing: "add to the ledger", name: "ledger_entry", columns: ENTRY }, rows).await?;
        const TRANSFER: &str = "entry_id, place, debit, credit, amount, billing_account_id";
        self.insert(Table { doing: "add to the ledger", name: "ledger_transfer", columns: TRANSFER }, transfers).await
    }

    /// Notes how far a run is, with what it billed; whoever lost the right to it writes nothing. `false` where somebody stopped it: then nothing of this
    /// transaction may be kept.
    ///
    /// # Errors
    /// When the database fails, or the run is not where it was.
    pub async fn save_bills(&self, run: &KeptRun, saved: &BillSaved) -> Result<bool, StoreError> {
        let row = |billed: &Billed| -> Result<Vec<Value>, StoreError> {
            Ok(vec![
                billed.month.into(),
                billed.account.0.into(),
                billed.line.map_or(0, |line| line.0).into(),
                json("billed.item", &billed.item)?.into(),
                run.id.0.into(),
                billed.amount.get().into(),
            ])
        };
        let rows = saved.billed.iter().map(row).collect::<Result<_, _>>()?;
        const BILLED: &str = "month, billing_account_id, line_id, item, run_id, amount";
        self.insert(Table { doing: "note what was billed", name: "billed", columns: BILLED }, rows).await?;
        let problem =
            |(customer, problem): &(CustomerId, String)| vec![run.id.0.into(), customer.0.into(), problem.as_str().into()];
        let rows = saved.problems.iter().map(problem).collect();
        const PROBLEM: &str = "run_id, customer_id, problem";
        self.insert(Table { doing: "put bills aside", name: "bill_problem", columns: PROBLEM }, rows).await?;
        let sql = "UPDATE bill_run SET done = done + $2, after_customer = $3, totals = $4, problem = NULL \
                   WHERE id = $1 AND after_customer = $5 AND state IN ('previewing', 'keeping') AND stopped IS NULL";
        let values =
            vec![run.id.0.into(), saved.customers.into(), saved.after.0.into(), saved.totals.as_str().into(), run.after.0.into()];
        match self.execute("note how far a bill run is", sql, values).await? {
            1 => Ok(true),
            _ if self.is_run_stopped(run.id).await? => Ok(false),
            _ => Err(StoreError::LeaseLost),
        }
    }

    async fn is_run_stopped(&self, run: BillRunId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 AS one FROM bill_run WHERE id = $1 AND stopped IS NOT NULL";
        Ok(!self.rows("look whether a bill run was stopped", sql, vec![run.0.into()]).await?.is_empty())
    }

    /// A run has come to its end. Resellers that have no company are noted with how many of their customers' lines were in service since an instant
    /// and before another: nobody paid for those. `false` where somebody stopped it.
    ///
    /// # Errors
    /// When the database fails, or the run was at its end.
    pub async fn end_run(&self, run: &KeptRun, (began, cut): (Timestamp, Timestamp), now: Timestamp) -> Result<bool, StoreError> {
        let stage = if run.stage == BillStage::Previewing { BillStage::Previewed } else { BillStage::Kept };
        let sql = "UPDATE bill_run SET state = $2, ended = $3, problem = NULL WHERE id = $1 AND state IN ('previewing', 'keeping') AND stopped IS NULL";
        match self.execute("end a bill run", sql, vec![run.id.0.into(), stage.as_str().into(), now.into()]).await? {
            1 => {}
            _ if self.is_run_stopped(run.id).await? => return Ok(false),
            _ => return Err(StoreError::LeaseLost),
        }
        if !run.issuer.is_operator() {
            return Ok(true);
        }
        let sql = "INSERT INTO bill_without_company (run_id, reseller_id, lines) \
                   SELECT CAST($1 AS BIGINT), r.id, COUNT(*) FROM reseller r CROSS JOIN line l WHERE r.operator_id = $2 \
                   AND r.customer_id IS NULL AND l.reseller_id = r.id AND l.started < $4 AND (l.ended IS NULL OR l.ended > $3) GROUP BY r.id";
        let values = vec![run.id.0.into(), run.issuer.operator.0.into(), began.into(), cut.into()];
        self.execute("note resellers without a company", sql, values).await.map(|_| true)
    }

    /// Closes a month of an operator in this transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_month(&self, operator: OperatorId, month: vocabulary::Month, now: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO closed_month (operator_id, month, closed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        self.execute("close a month", sql, vec![operator.0.into(), month.into(), now.into()]).await.map(|_| ())
    }
}

fn invoice_row(issuer: Issuer, (id, kind): (i64, &str), new: &NewInvoice) -> Result<Vec<Value>, StoreError> {
    let facts = &new.facts;
    Ok(vec![
        id.into(),
        issuer.operator.0.into(),
        issuer.number().into(),
        new.customer.0.into(),
        new.account.0.into(),
        new.run.map(|run| run.0).into(),
        kind.into(),
        facts.issued.year().into(),
        new.place.into(),
        facts.number.as_str().into(),
        facts.month.into(),
        facts.issued.to_string().into(),
        facts.due.to_string().into(),
        facts.totals.net.get().into(),
        facts.totals.vat.get().into(),
        facts.totals.gross.get().into(),
        json("invoice.facts", facts)?.into(),
    ])
}

fn transfer_row((id, place): (i64, i16), transfer: Transfer) -> Vec<Value> {
    let owed = [transfer.debit, transfer.credit].into_iter().find_map(|account| match account {
        LedgerAccount::Receivable(account) => Some(account.0),
        _ => None,
    });
    vec![
        id.into(),
        place.into(),
        transfer.debit.to_string().into(),
        transfer.credit.to_string().into(),
        transfer.amount.get().into(),
        owed.into(),
    ]
}

fn json(column: &'static str, value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt { column, value: error.to_string() })
}

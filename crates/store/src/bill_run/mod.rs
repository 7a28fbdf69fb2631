//! Bill runs: which there are, how far each is, what it bills and what it wrote (BIL-01).

mod load;
mod save;
mod stop;
mod tell;

pub(crate) use load::read_item;
pub use load::{AccountToBill, CustomerToBill};
pub use save::{BillSaved, NewInvoice, NewLedgerEntry};
pub use tell::{InvoiceToTell, Reader};

use crate::{NewEntry, Row, Scope, Store, StoreError, Value, query::read_month};
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocabulary::{BillRunId, CustomerId, Month, OperatorId, ResellerId, Timestamp};

/// Who issues invoices: an operator, or a reseller to its own customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issuer {
    /// The operator.
    pub operator: OperatorId,
    /// The reseller, if it is one.
    pub reseller: Option<ResellerId>,
}

impl Issuer {
    /// The operator itself.
    pub const fn operator(operator: OperatorId) -> Self {
        Self { operator, reseller: None }
    }

    /// Its number in tables: 0 for an operator.
    pub(crate) fn number(self) -> i64 {
        self.reseller.map_or(0, |reseller| reseller.0)
    }

    pub(crate) fn of(operator: OperatorId, number: i64) -> Self {
        Self { operator, reseller: (number != 0).then_some(ResellerId(number)) }
    }
}

/// How far a bill run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillStage {
    /// It is counted what would be billed.
    Previewing,
    /// That was told.
    Previewed,
    /// Invoices are written.
    Keeping,
    /// All of them are.
    Kept,
}

impl BillStage {
    const WORDS: [(&'static str, BillStage); 4] =
        [("previewing", Self::Previewing), ("previewed", Self::Previewed), ("keeping", Self::Keeping), ("kept", Self::Kept)];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, stage)| *stage == self).map_or("", |(word, _)| word)
    }
}

/// A bill run as it is kept.
#[derive(Clone, Debug)]
pub struct KeptRun {
    /// Which.
    pub id: BillRunId,
    /// Who issues.
    pub issuer: Issuer,
    /// Its month.
    pub month: Month,
    /// How far it is.
    pub stage: BillStage,
    /// The day of issue of its invoices.
    pub issued: Date,
    /// When it was begun.
    pub begun: Timestamp,
    /// By whom.
    pub begun_by: String,
    /// When it came to its end.
    pub ended: Option<Timestamp>,
    /// How many customers it is about.
    pub customers: i64,
    /// Of how many it has seen to the bills.
    pub done: i64,
    /// The last of them.
    pub after: CustomerId,
    /// What it came to so far, as JSON of whoever counts.
    pub totals: String,
    /// Why it stopped, if it did.
    pub problem: Option<String>,
    /// When somebody stopped it, and who; it rests until somebody has it go on.
    pub stopped: Option<(Timestamp, String)>,
}

/// A reseller whose lines were not billed, because no company pays for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutCompany {
    /// Which.
    pub reseller: ResellerId,
    /// What people call it.
    pub name: String,
    /// How many lines of its customers were in service in a month of the run.
    pub lines: i64,
}

const COLUMNS: &str = "id, operator_id, issuer, month, state, issued, begun, begun_by, ended, customers, done, after_customer, totals, problem, \
     stopped, stopped_by";

fn read_run(row: &Row) -> Result<KeptRun, StoreError> {
    let (state, issued): (String, String) = (row.get("state")?, row.get("issued")?);
    let stage = BillStage::WORDS.iter().find(|(word, _)| *word == state).map(|(_, stage)| *stage);
    let (ended, stopped): (Option<i64>, Option<i64>) = (row.get("ended")?, row.get("stopped")?);
    let stopped_by: String = row.get("stopped_by")?;
    Ok(KeptRun {
        id: BillRunId(row.get("id")?),
        issuer: Issuer::of(OperatorId(row.get("operator_id")?), row.get("issuer")?),
        month: read_month(row.get("month")?)?,
        stage: stage.ok_or(StoreError::Corrupt { column: "bill_run.state", value: state })?,
        issued: issued.parse().map_err(|_| StoreError::Corrupt { column: "bill_run.issued", value: issued })?,
        begun: row.instant("begun")?,
        begun_by: row.get("begun_by")?,
        ended: ended.map(Timestamp::from_micros),
        customers: row.get("customers")?,
        done: row.get("done")?,
        after: CustomerId(row.get("after_customer")?),
        totals: row.get("totals")?,
        problem: row.get("problem")?,
        stopped: stopped.map(|at| (Timestamp::from_micros(at), stopped_by)),
    })
}

/// A run that is to begin.
#[derive(Clone, Debug)]
pub struct NewRun<'a> {
    /// Who issues.
    pub issuer: Issuer,
    /// For which month.
    pub month: Month,
    /// [`BillStage::Previewing`] or [`BillStage::Keeping`].
    pub stage: BillStage,
    /// The day of issue.
    pub issued: Date,
    /// When, and by whom.
    pub begun: (Timestamp, &'a str),
    /// What it came to so far: nothing.
    pub totals: &'a str,
    /// What the journal says of it, where it begins.
    pub noted: Option<NewEntry>,
}

impl Store {
    /// Begins a run, or answers with the one of the same month and kind that there is: a run is kept once, and taken up where it was. A preview
    /// of before is forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_run(&self, new: &NewRun<'_>) -> Result<KeptRun, StoreError> {
        let transaction = self.begin().await?;
        let (operator, issuer) = (new.issuer.operator.0, new.issuer.number());
        if !new.issuer.is_operator() {
            // No price begins to hold in what is being billed.
            transaction.hold_reseller(new.issuer).await?;
        }
        let preview = new.stage == BillStage::Previewing;
        let of_it: Vec<Value> = vec![operator.into(), issuer.into(), new.month.into()];
        let found = "operator_id = $1 AND issuer = $2 AND month = $3";
        if preview {
            let old = format!("SELECT id FROM bill_run WHERE {found} AND state IN ('previewing', 'previewed')");
            let problems = format!("DELETE FROM bill_problem WHERE run_id IN ({old})");
            transaction.execute("forget a preview", &problems, of_it.clone()).await?;
            let without = format!("DELETE FROM bill_without_company WHERE run_id IN ({old})");
            transaction.execute("forget a preview", &without, of_it.clone()).await?;
            let runs = format!("DELETE FROM bill_run WHERE {found} AND state IN ('previewing', 'previewed')");
            transaction.execute("forget a preview", &runs, of_it).await?;
        } else {
            let sql = format!("SELECT {COLUMNS} FROM bill_run WHERE {found} AND state IN ('keeping', 'kept')");
            if let Some(row) = transaction.rows("look for a bill run", &sql, of_it).await?.first() {
                return read_run(row);
            }
        }
        let counted = "SELECT COUNT(*) FROM customer WHERE operator_id = $1 AND COALESCE(reseller_id, 0) = $2";
        let sql = format!(
            "INSERT INTO bill_run (operator_id, issuer, month, state, issued, begun, begun_by, customers, totals) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, ({counted}), $8) RETURNING {COLUMNS}"
        );
        let values = vec![
            operator.into(),
            issuer.into(),
            new.month.into(),
            new.stage.as_str().into(),
            new.issued.to_string().into(),
            new.begun.0.into(),
            new.begun.1.into(),
            new.totals.into(),
        ];
        let rows = transaction.rows("begin a bill run", &sql, values).await?;
        let run = read_run(rows.first().ok_or(StoreError::Corrupt { column: "bill_run.id", value: "none".to_owned() })?)?;
        if let Some(entry) = &new.noted {
            transaction.note(entry.clone()).await?;
        }
        transaction.commit().await?;
        Ok(run)
    }

    /// Was a month billed by an issuer?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_month_billed(&self, issuer: Issuer, month: Month) -> Result<bool, StoreError> {
        let sql = "SELECT 1 AS one FROM bill_run WHERE operator_id = $1 AND issuer = $2 AND month = $3 AND state = 'kept'";
        let values = vec![issuer.operator.0.into(), issuer.number().into(), month.into()];
        Ok(self.row("look for a bill run", sql, values).await?.is_some())
    }

    /// The latest month that an issuer billed, or is billing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_month_billed(&self, issuer: Issuer) -> Result<Option<Month>, StoreError> {
        let sql =
            "SELECT MAX(month) AS month FROM bill_run WHERE operator_id = $1 AND issuer = $2 AND state IN ('keeping', 'kept')";
        let row = self.row("look for bill runs", sql, vec![issuer.operator.0.into(), issuer.number().into()]).await?;
        let month: Option<i32> = row.map_or(Ok(None), |row| row.get("month"))?;
        month.map(read_month).transpose()
    }

    /// The runs of an issuer, the latest month first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bill_runs(&self, issuer: Issuer, most: usize) -> Result<Vec<KeptRun>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM bill_run WHERE operator_id = $1 AND issuer = $2 ORDER BY month DESC, id DESC LIMIT {most}"
        );
        let rows = self.rows("list bill runs", &sql, vec![issuer.operator.0.into(), issuer.number().into()]).await?;
        rows.iter().map(read_run).collect()
    }

    /// A run of an issuer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bill_run(&self, issuer: Issuer, id: BillRunId) -> Result<Option<KeptRun>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM bill_run WHERE operator_id = $1 AND issuer = $2 AND id = $3");
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into()];
        self.row("find a bill run", &sql, values).await?.as_ref().map(read_run).transpose()
    }

    /// Runs that were begun, are not at their end, and that nobody stopped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished_runs(&self) -> Result<Vec<KeptRun>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM bill_run WHERE state IN ('previewing', 'keeping') AND stopped IS NULL ORDER BY id");
        self.rows("look for bill runs", &sql, Vec::new()).await?.iter().map(read_run).collect()
    }

    /// Notes why a run stopped; whoever goes on with it takes that away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_run_problem(&self, run: BillRunId, problem: &str) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE bill_run SET problem = $2 WHERE id = $1 AND state IN ('previewing', 'keeping')";
        transaction.execute("note why a bill run stopped", sql, vec![run.0.into(), problem.into()]).await?;
        transaction.commit().await
    }

    /// The customers whose bills a run put aside, by reference, and why.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bill_problems(&self, run: BillRunId, most: usize) -> Result<Vec<(CustomerId, String, String)>, StoreError> {
        let sql = format!(
            "SELECT p.customer_id, c.reference, p.problem FROM bill_problem p JOIN customer c ON c.id = p.customer_id \
             WHERE p.run_id = $1 ORDER BY p.customer_id LIMIT {most}"
        );
        let rows = self.rows("list bills that were put aside", &sql, vec![run.0.into()]).await?;
        rows.iter().map(|row| Ok((CustomerId(row.get("customer_id")?), row.get("reference")?, row.get("problem")?))).collect()
    }

    /// Of the customers from one to another, those whose bills the runs right before a month put aside, with these months, the latest first: nothing of
    /// them was billed since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn months_put_aside(
        &self,
        issuer: Issuer,
        (first, last): (CustomerId, CustomerId),
        before: Month,
    ) -> Result<BTreeMap<CustomerId, Vec<Month>>, StoreError> {
        let sql = "SELECT p.customer_id, r.month FROM bill_run r CROSS JOIN bill_problem p WHERE p.run_id = r.id AND r.operator_id = $1 \
                   AND r.issuer = $2 AND r.state = 'kept' AND r.month < $3 AND p.customer_id >= $4 AND p.customer_id <= $5 \
                   ORDER BY p.customer_id, r.month DESC";
        let values: Vec<Value> =
            vec![issuer.operator.0.into(), issuer.number().into(), before.into(), first.0.into(), last.0.into()];
        let mut found: BTreeMap<CustomerId, Vec<Month>> = BTreeMap::new();
        for row in self.rows("look for bills that were put aside", sql, values).await? {
            let (customer, month) = (CustomerId(row.get("customer_id")?), read_month(row.get("month")?)?);
            let months = found.entry(customer).or_default();
            if months.last().copied().unwrap_or(before).previous() == month {
                months.push(month);
            }
        }
        found.retain(|_, months| !months.is_empty());
        Ok(found)
    }

    /// The resellers whose lines a run did not bill because they have no company, by name, and how many lines that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn billed_without_company(&self, run: BillRunId) -> Result<Vec<WithoutCompany>, StoreError> {
        let sql = "SELECT w.reseller_id, r.name, w.lines FROM bill_without_company w JOIN reseller r ON r.id = w.reseller_id \
                   WHERE w.run_id = $1 ORDER BY r.name, r.id";
        let rows = self.rows("list resellers without a company", sql, vec![run.0.into()]).await?;
        let read = |row: &Row| {
            Ok(WithoutCompany { reseller: ResellerId(row.get("reseller_id")?), name: row.get("name")?, lines: row.get("lines")? })
        };
        rows.iter().map(read).collect()
    }
}

/// The scope within which an issuer bills.
impl From<Issuer> for Scope {
    fn from(issuer: Issuer) -> Self {
        match issuer.reseller {
            None => Scope::operator(issuer.operator),
            Some(reseller) => Scope { operator: issuer.operator, reach: crate::Reach::Reseller(reseller) },
        }
    }
}

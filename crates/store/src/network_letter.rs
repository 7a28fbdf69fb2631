//! What networks are still to be told (PLT-12): one node takes a letter, tells it, and strikes it out. Who dies in between leaves it to be told
//! again.

use crate::{NewLetter, Store, StoreError, Transaction, Value, line_terms::list};
use std::collections::HashMap;
use vocabulary::{LineId, OperatorId, Timestamp, WorkOrderId};

/// A letter that this node tells.
#[derive(Clone, Debug)]
pub struct TakenLetter {
    /// Its place in the order in which they were written.
    pub id: i64,
    /// Whose.
    pub operator: OperatorId,
    /// To which network.
    pub network: String,
    /// What it says.
    pub letter: NewLetter,
}

/// What waits at an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Lines that time alone moves on.
    pub lines: bool,
    /// Letters to networks that nobody tells right now.
    pub letters: bool,
    /// Numbers whose rest is over.
    pub numbers: bool,
    /// Lines that another billing account pays for from now on.
    pub accounts: bool,
    /// Lines whose mobile line is over.
    pub bereft: bool,
}

impl Store {
    /// What waits at this hour: to look once costs less than to begin each.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self, now: Timestamp) -> Result<Waiting, StoreError> {
        let some = |from: &str| format!("CAST(CASE WHEN EXISTS (SELECT 1 FROM {from}) THEN 1 ELSE 0 END AS SMALLINT)");
        let sql = format!(
            "SELECT {} AS lines, {} AS letters, {} AS numbers, {} AS accounts, {} AS bereft",
            some("line WHERE due <= $1"),
            some("network_letter WHERE taken_until IS NULL OR taken_until <= $1"),
            some("inventory_number WHERE rest_until <= $1"),
            some("line_account WHERE applied IS NULL AND since <= $1"),
            some("line_telephony WHERE bereft <= $1")
        );
        let rows = self.rows("look what waits", &sql, vec![now.into()]).await?;
        let row = rows.first().ok_or(StoreError::Corrupt { column: "lines", value: "no row".to_owned() })?;
        let is = |name| row.get::<i16>(name).map(|some| some == 1);
        Ok(Waiting {
            lines: is("lines")?,
            letters: is("letters")?,
            numbers: is("numbers")?,
            accounts: is("accounts")?,
            bereft: is("bereft")?,
        })
    }

    /// Takes letters that nobody tells right now, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_letters(&self, now: Timestamp, until: Timestamp, most: usize) -> Result<Vec<TakenLetter>, StoreError> {
        let sql = format!(
            "UPDATE network_letter SET taken_until = $2 WHERE id IN (SELECT id FROM network_letter \
             WHERE taken_until IS NULL OR taken_until <= $1 ORDER BY id LIMIT {most} {}) \
             RETURNING id, operator_id, network, work_order_id, kind",
            self.skip_locked()
        );
        let transaction = self.begin().await?;
        let rows = transaction.rows("take letters to networks", &sql, vec![now.into(), until.into()]).await?;
        transaction.commit().await?;
        let read = |row: &crate::Row| {
            let (work, kind): (i64, String) = (row.get("work_order_id")?, row.get("kind")?);
            let letter = match kind.as_str() {
                "withdrawal" => NewLetter::Withdrawal(WorkOrderId(work)),
                _ => NewLetter::Request(WorkOrderId(work)),
            };
            Ok(TakenLetter {
                id: row.get("id")?,
                operator: OperatorId(row.get("operator_id")?),
                network: row.get("network")?,
                letter,
            })
        };
        let mut letters: Vec<_> = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
        letters.sort_by_key(|letter| letter.id);
        Ok(letters)
    }

    /// Strikes letters out that were told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letters_told(&self, letters: &[i64]) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.strike_letters(letters).await?;
        transaction.commit().await
    }

    /// Lines that time alone moves on at this hour, the longest due first, with their operators.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_lines(&self, now: Timestamp, most: usize) -> Result<Vec<(OperatorId, LineId)>, StoreError> {
        let sql = format!("SELECT operator_id, id FROM line WHERE due <= $1 ORDER BY due, id LIMIT {most}");
        let rows = self.rows("find lines that are due", &sql, vec![now.into()]).await?;
        rows.iter().map(|row| Ok((OperatorId(row.get("operator_id")?), LineId(row.get("id")?)))).collect()
    }

    /// When the next line is due; `None` when none is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        let row =
            self.row("find the next hour of a line", "SELECT MIN(due) AS due FROM line WHERE due IS NOT NULL", vec![]).await?;
        let due: Option<i64> = row.map_or(Ok(None), |row| row.get("due"))?;
        Ok(due.map(Timestamp::from_micros))
    }
}

impl Store {
    /// The lines of work orders.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lines_of_works(&self, works: &[WorkOrderId]) -> Result<HashMap<WorkOrderId, LineId>, StoreError> {
        let sql = format!(
            "SELECT w.id, w.line_id FROM {} AS wanted CROSS JOIN work_order w WHERE w.id = CAST(wanted.value AS BIGINT)",
            self.listed(1)
        );
        let rows = self.rows("find the lines of work orders", &sql, vec![list(works.iter().map(|id| id.0))]).await?;
        rows.iter().map(|row| Ok((WorkOrderId(row.get("id")?), LineId(row.get("line_id")?)))).collect()
    }

    /// Lets a line that cannot be moved on wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_line_aside(&self, line: LineId, until: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE line SET due = $2 WHERE id = $1 AND due < $2";
        transaction.execute("let a line wait", sql, vec![line.0.into(), until.into()]).await?;
        transaction.commit().await
    }
}

impl Transaction {
    /// Strikes letters out that were told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn strike_letters(&self, letters: &[i64]) -> Result<(), StoreError> {
        if letters.is_empty() {
            return Ok(());
        }
        let source = if self.is_postgres() { "json_array_elements_text(CAST($1 AS json))" } else { "json_each($1)" };
        let sql = format!("DELETE FROM network_letter WHERE id IN (SELECT CAST(told.value AS BIGINT) FROM {source} AS told)");
        let letters: Value = list(letters);
        self.execute("strike letters out", &sql, vec![letters]).await.map(drop)
    }
}

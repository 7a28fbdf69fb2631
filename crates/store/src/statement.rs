//! What statements and annexes of usage need: whether a month's records are still there, all of them in order, and whether their numbers are
//! shown whole (BIL-11).

use crate::{
    Scoped, StoreError, Transaction, UsageMonth, UsageSelection,
    line_month::read_month,
    line_terms::list,
    migrate::usage_table,
    usage::{COLUMNS, KeptUsage, read_usage},
};
use std::collections::BTreeSet;
use vocabulary::{LineId, Month, RecordKey, Timestamp};

/// What is left of a line's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageOfMonth {
    /// The line used nothing, or the reader sees nothing of it.
    Nothing,
    /// Its records are erased, as the law wants it.
    Erased,
    /// So many records.
    Kept(UsageMonth, i64),
}

impl Scoped {
    /// What is left of a line's month.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn usage_of_month(&self, line: LineId, month: Month) -> Result<UsageOfMonth, StoreError> {
        let (within, scope) = self.scope.on_usage(3);
        let sql = format!(
            "SELECT m.month, m.records FROM line l JOIN line_month m ON m.line_id = l.id AND m.month = $2 WHERE l.id = $1 AND {within}"
        );
        let row = self.store.row("look for a line's month", &sql, vec![line.0.into(), month.into(), scope]).await?;
        let Some(row) = row else { return Ok(UsageOfMonth::Nothing) };
        let (month, counted): (i32, i64) = (row.get("month")?, row.get("records")?);
        let month = read_month(month)?;
        if !self.has_table(month).await? {
            return Ok(UsageOfMonth::Erased);
        }
        let selection = UsageSelection { line: Some(line), ..UsageSelection::default() };
        let query = self.select("COUNT(*) AS many", month, &selection);
        let row = self.store.row("count a line's usage", &query.sql, query.values).await?;
        let many: i64 = row.map_or(Ok(0), |row| row.get("many"))?;
        Ok(match many {
            0 if counted > 0 => UsageOfMonth::Erased,
            0 => UsageOfMonth::Nothing,
            many => UsageOfMonth::Kept(month, many),
        })
    }

    /// Is there a table of a month's records? It is dropped whole when the law says so.
    async fn has_table(&self, month: UsageMonth) -> Result<bool, StoreError> {
        let sql = if self.store.is_postgres() {
            "SELECT 1 AS one FROM pg_tables WHERE schemaname = current_schema() AND tablename = $1"
        } else {
            "SELECT 1 AS one FROM sqlite_master WHERE type = 'table' AND name = $1"
        };
        let table = usage_table(month.month());
        Ok(self.store.row("look for a month's usage", sql, vec![table.into()]).await?.is_some())
    }

    /// A line's records of a month after one of them, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn usage_in_order(
        &self,
        (month, line): (UsageMonth, LineId),
        after: Option<(Timestamp, RecordKey)>,
        most: usize,
    ) -> Result<Vec<KeptUsage>, StoreError> {
        let selection = UsageSelection { line: Some(line), ..UsageSelection::default() };
        let mut query = self.select(COLUMNS, month, &selection);
        if let Some((started, key)) = after {
            let (started, key) = (query.place(started), query.place(key.0));
            query.and(&format!("(u.started, u.record_key) > ({started}, {key})"));
        }
        let sql = format!("{} ORDER BY u.started, u.record_key LIMIT {most}", query.sql);
        self.store.rows("list a line's usage", &sql, query.values).await?.iter().map(read_usage).collect()
    }

    /// Those of some lines whose subscriber asked for whole numbers; those outside the scope are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lines_with_whole_numbers(&self, lines: &[LineId]) -> Result<BTreeSet<LineId>, StoreError> {
        let (within, scope) = self.scope.on_usage(1);
        let sql = format!(
            "SELECT l.id FROM {} AS wanted CROSS JOIN line l JOIN whole_numbers w ON w.line_id = l.id \
             WHERE l.id = CAST(wanted.value AS BIGINT) AND {within}",
            self.store.listed(2)
        );
        let asked = list(lines.iter().map(|line| line.0));
        let rows = self.store.rows("look for lines with whole numbers", &sql, vec![scope, asked]).await?;
        rows.iter().map(|row| row.get("id").map(LineId)).collect()
    }
}

impl Transaction {
    /// A line's subscriber asks for whole numbers; `false` where they are shown already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_numbers(&self, line: LineId, (by, now): (&str, Timestamp)) -> Result<bool, StoreError> {
        let sql = "INSERT INTO whole_numbers (line_id, since, asked_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        Ok(self.execute("show whole numbers", sql, vec![line.0.into(), now.into(), by.into()]).await? == 1)
    }

    /// A line's numbers are hidden again; `false` where they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hide_numbers(&self, line: LineId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM whole_numbers WHERE line_id = $1";
        Ok(self.execute("hide numbers", sql, vec![line.0.into()]).await? == 1)
    }
}

//! Ids that are known before their rows are there: a decision names the work order, the change or the line that comes of it.

use crate::{Store, StoreError, store::Transaction};
use vocabulary::LineId;

impl Store {
    /// So many ids in a row for orders, work orders, planned changes and portings; the first of them. None is given twice, whatever becomes
    /// of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reserve_ids(&self, count: usize) -> Result<i64, StoreError> {
        let transaction = self.begin().await?;
        let first = transaction.reserve_ids(count).await?;
        transaction.commit().await?;
        Ok(first)
    }
}

impl Transaction {
    /// The same within a transaction: what it does not keep may be given again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reserve_ids(&self, count: usize) -> Result<i64, StoreError> {
        self.reserve("life", count).await
    }

    /// Holds the ledger: whoever else adds to it waits until this transaction ends, and what is read of it from here on does not change. It is held
    /// before the journal, as by whoever adds to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_ledger(&self) -> Result<(), StoreError> {
        self.reserve_money_ids(0).await.map(|_| ())
    }

    /// So many ids in a row for invoices and entries of the ledger; the first of them.
    pub(crate) async fn reserve_money_ids(&self, count: usize) -> Result<i64, StoreError> {
        self.reserve("money", count).await
    }

    async fn reserve(&self, of: &str, count: usize) -> Result<i64, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let sql = "UPDATE next_id SET next = next + $1 WHERE name = $2 RETURNING next";
        let rows = self.rows("reserve ids", sql, vec![count.into(), of.into()]).await?;
        let next: i64 = first(&rows)?.get("next")?;
        Ok(next - count)
    }

    /// So many ids in a row for lines that this transaction writes; the first of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reserve_lines(&self, count: usize) -> Result<Vec<LineId>, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if self.is_postgres() {
            let sql = "SELECT nextval(pg_get_serial_sequence('line', 'id')) AS id FROM generate_series(1, CAST($1 AS BIGINT))";
            let rows = self.rows("reserve lines", sql, vec![count.into()]).await?;
            return rows.iter().map(|row| Ok(LineId(row.get("id")?))).collect();
        }
        // Whoever writes to SQLite is alone.
        let rows = self.rows("reserve lines", "SELECT COALESCE(MAX(id), 0) AS last FROM line", vec![]).await?;
        let last: i64 = first(&rows)?.get("last")?;
        Ok((1..=count).map(|at| LineId(last + at)).collect())
    }
}

fn first(rows: &[crate::Row]) -> Result<&crate::Row, StoreError> {
    rows.first().ok_or(StoreError::Corrupt { column: "next", value: "no row".to_owned() })
}

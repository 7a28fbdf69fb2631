//! Months whose bills were made: what comes later is billed later (RAT-09).

use crate::{LateUsage, Store, StoreError, query::read_month};
use vocabulary::{LineId, Month, OperatorId, RecordKey, Timestamp};

impl Store {
    /// The latest month of an operator that is closed; every month before it is closed too.
    pub async fn last_closed_month(&self, operator: OperatorId) -> Result<Option<Month>, StoreError> {
        let sql = "SELECT MAX(month) AS month FROM closed_month WHERE operator_id = $1";
        let row = self.row("find the last closed month", sql, vec![operator.0.into()]).await?;
        let number: Option<i32> = row.map_or(Ok(None), |row| row.get("month"))?;
        number.map(read_month).transpose()
    }

    /// The late records that a month's bill takes, by line and instant.
    pub async fn late_usage(&self, operator: OperatorId, bill_month: Month) -> Result<Vec<LateUsage>, StoreError> {
        let sql = "SELECT u.line_id, u.month, u.started, u.record_key, u.price FROM late_usage u JOIN line l ON l.id = u.line_id \
                   WHERE l.operator_id = $1 AND u.bill_month = $2 ORDER BY u.line_id, u.started, u.record_key";
        let rows = self.rows("list late usage", sql, vec![operator.0.into(), bill_month.into()]).await?;
        let read = |row: &crate::Row| {
            Ok(LateUsage {
                line: LineId(row.get("line_id")?),
                bill_month,
                month: read_month(row.get("month")?)?,
                started: row.instant("started")?,
                key: RecordKey(row.get("record_key")?),
                price: row.money("price")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Closes a month. Whoever calls it holds the operator's lease, so that no record slips between.
    pub async fn close_month(&self, operator: OperatorId, month: Month, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "INSERT INTO closed_month (operator_id, month, closed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        transaction.execute("close a month", sql, vec![operator.0.into(), month.into(), now.into()]).await?;
        transaction.commit().await
    }
}

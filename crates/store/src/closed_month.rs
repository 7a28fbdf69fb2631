//! Months whose bills were made: what comes later is billed later (RAT-09).

use crate::{Store, StoreError};
use vocabulary::{Month, OperatorId, Timestamp};

impl Store {
    /// The latest month of an operator that is closed; every month before it is closed too.
    pub async fn last_closed_month(&self, operator: OperatorId) -> Result<Option<Month>, StoreError> {
        let sql = "SELECT MAX(month) AS month FROM closed_month WHERE operator_id = $1";
        let row = self.row("find the last closed month", sql, vec![operator.0.into()]).await?;
        let number: Option<i32> = row.map_or(Ok(None), |row| row.get("month"))?;
        number.map(read_month).transpose()
    }

    /// Closes a month. Whoever calls it holds the operator's lease, so that no record slips between.
    pub async fn close_month(&self, operator: OperatorId, month: Month, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "INSERT INTO closed_month (operator_id, month, closed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        transaction.execute("close a month", sql, vec![operator.0.into(), month.into(), now.into()]).await?;
        transaction.commit().await
    }
}

fn read_month(number: i32) -> Result<Month, StoreError> {
    Month::from_number(number).map_err(|_| StoreError::Corrupt { column: "closed_month.month", value: number.to_string() })
}

//! Runs that somebody stops, and has go on.

use super::KeptRun;
use crate::{Issuer, NewEntry, Store, StoreError, store::Transaction};
use jiff::civil::Date;
use vocabulary::{BillRunId, Timestamp};

impl Store {
    /// Stops a run that is not at its end: whoever works at it writes nothing more. Was there one to stop?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_run(
        &self,
        issuer: Issuer,
        id: BillRunId,
        (now, by): (Timestamp, &str),
        noted: NewEntry,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE bill_run SET stopped = $4, stopped_by = $5 WHERE operator_id = $1 AND issuer = $2 AND id = $3 \
                   AND stopped IS NULL AND state IN ('previewing', 'keeping')";
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into(), now.into(), by.into()];
        let transaction = self.begin().await?;
        if transaction.execute("stop a bill run", sql, values).await? == 0 {
            return Ok(false);
        }
        transaction.note(noted).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Has a stopped run go on. Was there one?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn go_on_with_run(&self, issuer: Issuer, id: BillRunId, noted: NewEntry) -> Result<bool, StoreError> {
        let sql = "UPDATE bill_run SET stopped = NULL, stopped_by = '' WHERE operator_id = $1 AND issuer = $2 AND id = $3 \
                   AND stopped IS NOT NULL";
        let transaction = self.begin().await?;
        let values = vec![issuer.operator.0.into(), issuer.number().into(), id.0.into()];
        if transaction.execute("have a bill run go on", sql, values).await? == 0 {
            return Ok(false);
        }
        transaction.note(noted).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

impl Transaction {
    /// Notes the day of issue of what a run writes from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn date_run(&self, run: &KeptRun, day: Date) -> Result<(), StoreError> {
        let sql = "UPDATE bill_run SET issued = $2 WHERE id = $1 AND state = 'keeping'";
        self.execute("date a bill run", sql, vec![run.id.0.into(), day.to_string().into()]).await.map(|_| ())
    }
}

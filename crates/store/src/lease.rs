//! Leases: the right to do something that one program does at a time. Each holder has a number, the fence; what it writes is kept only while that
//! is the last one, so that whoever slept past the end of its lease writes nothing.

use crate::{Store, StoreError, store::Transaction};
use vocabulary::Timestamp;

/// A lease that somebody else holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLease {
    /// Who.
    pub holder: String,
    /// Until when.
    pub until: Timestamp,
}

impl Store {
    /// Takes a lease and answers with its fence; or who holds it. One that is over, or whose holder `is_gone`, is taken over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_lease(
        &self,
        name: &str,
        holder: &str,
        (now, until): (Timestamp, Timestamp),
        is_gone: impl Fn(&str) -> bool,
    ) -> Result<Result<i64, HeldLease>, StoreError> {
        let transaction = self.begin().await?;
        let sql = "INSERT INTO lease (name, holder, fence, until) VALUES ($1, $2, 1, $3) ON CONFLICT (name) DO NOTHING";
        if transaction.execute("take a lease", sql, vec![name.into(), holder.into(), until.into()]).await? == 1 {
            transaction.commit().await?;
            return Ok(Ok(1));
        }
        let read = "SELECT holder, fence, until FROM lease WHERE name = $1";
        let rows = transaction.rows("read a lease", read, vec![name.into()]).await?;
        let row = rows.first().ok_or(StoreError::LeaseLost)?;
        let (before, fence, held_until): (String, i64, _) = (row.get("holder")?, row.get("fence")?, row.instant("until")?);
        if before != holder && held_until > now && !is_gone(&before) {
            return Ok(Err(HeldLease { holder: before, until: held_until }));
        }
        let sql = "UPDATE lease SET holder = $2, fence = fence + 1, until = $3 WHERE name = $1 AND fence = $4";
        let values = vec![name.into(), holder.into(), until.into(), fence.into()];
        if transaction.execute("take over a lease", sql, values).await? != 1 {
            // Somebody took it over between our reading and our writing.
            let rows = transaction.rows("read a lease", read, vec![name.into()]).await?;
            let row = rows.first().ok_or(StoreError::LeaseLost)?;
            return Ok(Err(HeldLease { holder: row.get("holder")?, until: row.instant("until")? }));
        }
        transaction.commit().await?;
        Ok(Ok(fence + 1))
    }

    /// Gives a lease back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_lease_back(&self, name: &str, fence: i64) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE lease SET until = 0 WHERE name = $1 AND fence = $2";
        transaction.execute("give a lease back", sql, vec![name.into(), fence.into()]).await?;
        transaction.commit().await
    }
}

impl Transaction {
    /// Holds a lease for longer: what this transaction writes is kept only while it is held.
    ///
    /// # Errors
    /// When the database fails or the lease was lost.
    pub async fn hold_lease(&self, name: &str, (fence, until): (i64, Timestamp)) -> Result<(), StoreError> {
        let sql = "UPDATE lease SET until = $2 WHERE name = $1 AND fence = $3";
        match self.execute("hold the lease", sql, vec![name.into(), until.into(), fence.into()]).await? {
            1 => Ok(()),
            _ => Err(StoreError::LeaseLost),
        }
    }
}

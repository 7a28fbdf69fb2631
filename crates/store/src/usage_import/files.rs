//! Which files were taken, how far, and who is taking them now.

use crate::{Store, StoreError, Value};
use vocabulary::{FileId, OperatorId, Timestamp};

/// A file as it is presented.
#[derive(Clone, Debug)]
pub struct FileFacts {
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// Its name, for people.
    pub name: String,
    /// The layout it is read by.
    pub layout: String,
    /// How long it is.
    pub size_bytes: i64,
}

/// What is known of a file that is presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileClaim {
    /// It was not seen before.
    New(FileId),
    /// It was begun before; its checkpoint says where to read on.
    Begun(FileId, Option<String>),
    /// It was taken to its end, under this name.
    Done {
        /// Which file.
        file: FileId,
        /// Under which name it was taken.
        name: String,
    },
}

/// The right to write an operator's counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportLease {
    /// Grows with each holder.
    pub fence: i64,
    /// How many records of the operator there are.
    pub arrivals: i64,
}

impl Store {
    /// Takes a file up: once per file, whatever its name (RAT-08).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_file(&self, operator: OperatorId, facts: &FileFacts, now: Timestamp) -> Result<FileClaim, StoreError> {
        let transaction = self.begin().await?;
        let sql = "INSERT INTO usage_file (operator_id, digest, name, layout, size_bytes, state, started, taken, duplicates, set_aside) \
                   VALUES ($1, $2, $3, $4, $5, 'reading', $6, 0, 0, 0) ON CONFLICT (operator_id, digest) DO NOTHING RETURNING id";
        let values: Vec<Value> = vec![
            operator.0.into(),
            facts.digest.as_str().into(),
            facts.name.as_str().into(),
            facts.layout.as_str().into(),
            facts.size_bytes.into(),
            now.into(),
        ];
        if let Some(row) = transaction.rows("note a usage file", sql, values).await?.first() {
            let file = FileId(row.get("id")?);
            transaction.commit().await?;
            return Ok(FileClaim::New(file));
        }
        let sql = "SELECT id, name, state, checkpoint FROM usage_file WHERE operator_id = $1 AND digest = $2";
        let rows = transaction.rows("look for a usage file", sql, vec![operator.0.into(), facts.digest.as_str().into()]).await?;
        let row = rows.first().ok_or(StoreError::Corrupt { column: "usage_file.digest", value: facts.digest.clone() })?;
        let (file, state): (_, String) = (FileId(row.get("id")?), row.get("state")?);
        Ok(if state == "done" {
            FileClaim::Done { file, name: row.get("name")? }
        } else {
            FileClaim::Begun(file, row.get("checkpoint")?)
        })
    }

    /// Notes that a file could not be read to its end; it can be presented again.
    pub async fn note_broken_file(&self, file: FileId, problem: &str, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE usage_file SET state = 'broken', problem = $2, finished = $3 WHERE id = $1";
        transaction.execute("note a broken file", sql, vec![file.0.into(), problem.into(), now.into()]).await?;
        transaction.commit().await
    }

    /// Takes the lease of an operator's counters, so that one importer at a time writes them; or who holds it and until when.
    pub async fn take_import_lease(
        &self,
        operator: OperatorId,
        holder: &str,
        (now, until): (Timestamp, Timestamp),
        is_gone: impl Fn(&str) -> bool,
    ) -> Result<Result<ImportLease, (String, Timestamp)>, StoreError> {
        let name = lease_name(operator);
        let fence = match self.take_lease(&name, holder, (now, until), is_gone).await? {
            Ok(fence) => fence,
            Err(held) => return Ok(Err((held.holder, held.until))),
        };
        let sql = "SELECT arrivals FROM lease WHERE name = $1 AND fence = $2";
        let row = self.row("read a lease", sql, vec![name.as_str().into(), fence.into()]).await?;
        let arrivals = row.ok_or(StoreError::LeaseLost)?.get("arrivals")?;
        Ok(Ok(ImportLease { fence, arrivals }))
    }

    /// Gives the lease back.
    pub async fn give_import_lease_back(&self, operator: OperatorId, fence: i64) -> Result<(), StoreError> {
        self.give_lease_back(&lease_name(operator), fence).await
    }
}

pub(crate) fn lease_name(operator: OperatorId) -> String {
    format!("usage-import/{operator}")
}

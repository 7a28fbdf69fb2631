//! Rows that were set aside and are taken again: which they are, and what became of them (RAT-08).

use crate::{NewEntry, Reach, Scoped, Store, StoreError, query::Row};
use vocabulary::FileId;

/// Which rows of a file that were set aside are meant: those that are not yet taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideRows<'a> {
    /// The one at this row.
    Row(i64),
    /// All of them.
    All,
    /// Those with this reason.
    Reason(&'a str),
}

/// A row that is to be taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideRow {
    /// Which row of the file, from 1.
    pub row: i64,
    /// Why it was set aside, in one word.
    pub reason: String,
    /// The row as it was kept.
    pub raw: String,
}

/// Why a row is set aside now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideAgain {
    /// Which row of the file that takes rows again, from 1.
    pub row: i64,
    /// Why, in one word.
    pub reason: String,
    /// Why, with the value.
    pub detail: String,
}

/// What became of rows that were taken again.
#[derive(Clone, Debug, Default)]
pub struct AgainOutcome {
    /// Rows that are records now.
    pub taken: Vec<AsideRow>,
    /// Rows that are set aside again, each with its reason now.
    pub aside: Vec<(AsideRow, AsideAgain)>,
}

impl Scoped {
    /// Rows that were set aside and are not yet taken, in the order of the file, at most so many.
    pub async fn rows_to_take(&self, file: FileId, which: AsideRows<'_>, most: u32) -> Result<Vec<AsideRow>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let mut values = vec![file.0.into(), self.scope.operator.0.into()];
        let condition = match which {
            AsideRows::All => "",
            AsideRows::Row(row) => {
                values.push(row.into());
                "AND a.row_number = $3"
            }
            AsideRows::Reason(reason) => {
                values.push(reason.into());
                "AND a.reason = $3"
            }
        };
        let sql = format!(
            "SELECT a.row_number, a.reason, a.raw FROM usage_set_aside a JOIN usage_file f ON f.id = a.file_id \
             WHERE a.file_id = $1 AND f.operator_id = $2 AND a.taken_again IS NULL {condition} \
             ORDER BY a.row_number, a.reason LIMIT {most}"
        );
        let read = |row: &Row| Ok(AsideRow { row: row.get("row_number")?, reason: row.get("reason")?, raw: row.get("raw")? });
        self.store.rows("list rows to take again", &sql, values).await?.iter().map(read).collect()
    }
}

impl Store {
    /// Keeps what has to stand before a row of a file.
    pub async fn keep_header(&self, file: FileId, header: &str) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE usage_file SET header = $2 WHERE id = $1";
        transaction.execute("keep the header of a file", sql, vec![file.0.into(), header.into()]).await?;
        transaction.commit().await
    }

    /// Notes whose rows a file takes again: it is not listed beside the files that came in.
    pub async fn note_again(&self, again: FileId, of: FileId) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE usage_file SET again_of = $2 WHERE id = $1";
        transaction.execute("note whose rows a file takes again", sql, vec![again.0.into(), of.0.into()]).await?;
        transaction.commit().await
    }

    /// The rows that the file `again` set aside, in its order.
    pub async fn aside_again(&self, again: FileId) -> Result<Vec<AsideAgain>, StoreError> {
        let sql = "SELECT row_number, reason, detail FROM usage_set_aside WHERE file_id = $1 ORDER BY row_number, reason";
        let read =
            |row: &Row| Ok(AsideAgain { row: row.get("row_number")?, reason: row.get("reason")?, detail: row.get("detail")? });
        self.rows("list rows set aside again", sql, vec![again.0.into()]).await?.iter().map(read).collect()
    }

    /// Notes what became of rows of the file `of` that the file `again` took: rows that are taken are done, rows set aside again have
    /// their reason now, and the records count with the file that they came in. Where nothing was taken, no file is left of it. The
    /// journal has who did it.
    pub async fn settle_again(
        &self,
        of: FileId,
        again: FileId,
        outcome: &AgainOutcome,
        noted: NewEntry,
    ) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let now = noted.at;
        let mut done = 0_u64;
        for row in &outcome.taken {
            let sql = "UPDATE usage_set_aside SET taken_again = $4 \
                       WHERE file_id = $1 AND row_number = $2 AND reason = $3 AND taken_again IS NULL";
            let values = vec![of.0.into(), row.row.into(), row.reason.as_str().into(), now.into()];
            done += transaction.execute("note a row as taken", sql, values).await?;
        }
        for (row, aside) in &outcome.aside {
            // Two rows of one place keep different reasons: the key asks for it.
            let sql = "UPDATE usage_set_aside SET reason = $4, detail = $5 \
                       WHERE file_id = $1 AND row_number = $2 AND reason = $3 AND taken_again IS NULL AND NOT EXISTS \
                       (SELECT 1 FROM usage_set_aside o WHERE o.file_id = $1 AND o.row_number = $2 AND o.reason = $4 AND $3 <> $4)";
            let reason = aside.reason.as_str();
            let (was, detail) = (row.reason.as_str(), aside.detail.as_str());
            let values = vec![of.0.into(), row.row.into(), was.into(), reason.into(), detail.into()];
            transaction.execute("note why a row is set aside now", sql, values).await?;
        }
        let sql = "UPDATE usage_file SET set_aside = set_aside - $3, \
                   taken = taken + (SELECT a.taken FROM usage_file a WHERE a.id = $2), \
                   duplicates = duplicates + (SELECT a.duplicates FROM usage_file a WHERE a.id = $2) WHERE id = $1";
        let done = i64::try_from(done).unwrap_or(i64::MAX);
        transaction.execute("count rows taken again", sql, vec![of.0.into(), again.0.into(), done.into()]).await?;
        let sql = "DELETE FROM usage_set_aside WHERE file_id = $1";
        transaction.execute("forget rows set aside twice", sql, vec![again.0.into()]).await?;
        // What is settled is not gone on with: the same rows, tried another day, are a file of their own.
        let sql = "UPDATE usage_file SET set_aside = 0, digest = digest || $2 WHERE id = $1";
        let settled = format!(" settled {again}");
        transaction.execute("close a file of rows again", sql, vec![again.0.into(), settled.as_str().into()]).await?;
        let sql = "DELETE FROM usage_file WHERE id = $1 AND taken = 0 AND duplicates = 0";
        transaction.execute("forget a file that gave nothing", sql, vec![again.0.into()]).await?;
        transaction.note(noted).await?;
        transaction.commit().await
    }
}

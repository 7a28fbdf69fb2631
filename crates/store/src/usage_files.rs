//! The usage files of an operator, for its own people: which were taken in, and what of them was set aside.

use crate::{Reach, Scoped, StoreError, Window, query::Row};
use vocabulary::{FileId, Timestamp};

/// The most rows of a page, whatever is asked for.
const MOST_ROWS: u32 = 100;

/// A usage file.
#[derive(Clone, Debug)]
pub struct KeptFile {
    /// Itself.
    pub id: FileId,
    /// As it was named.
    pub name: String,
    /// The layout it was read by.
    pub layout: String,
    /// How large it is.
    pub size_bytes: i64,
    /// `reading`, `done` or `broken`.
    pub state: String,
    /// When it was begun.
    pub started: Timestamp,
    /// What has to stand before a row of it, where the import kept it.
    pub header: Option<String>,
    /// Where reading would go on, as the import wrote it.
    pub checkpoint: Option<String>,
    /// Records that were rated and stored.
    pub taken: i64,
    /// Records that were known already.
    pub duplicates: i64,
    /// Rows that were set aside.
    pub set_aside: i64,
}

/// A row that was set aside.
#[derive(Clone, Debug)]
pub struct KeptSetAside {
    /// Which row of the file, from 1.
    pub row: i64,
    /// Why, in one word.
    pub reason: String,
    /// Why, with the value.
    pub detail: String,
    /// The row as it stands there, cut where it is very long.
    pub raw: String,
    /// When it was taken after all.
    pub taken_again: Option<Timestamp>,
}

/// Which rows that were set aside are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideList<'a> {
    /// Those not yet taken.
    Open,
    /// Those not yet taken, with this reason.
    Reason(&'a str),
    /// Those taken after all.
    Taken,
}

/// How many rows were set aside for a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideCount {
    /// The reason, in one word.
    pub reason: String,
    /// Rows not yet taken.
    pub open: i64,
    /// Rows taken after all.
    pub taken: i64,
}

const COLUMNS: &str =
    "SELECT id, name, layout, size_bytes, state, started, header, checkpoint, taken, duplicates, set_aside FROM usage_file";

/// The name of a file is for whoever has its usage; the rest of it for the operator's own people.
#[derive(Clone, Debug)]
pub struct FileOrigin {
    /// As it was named.
    pub name: String,
    /// When it was begun.
    pub started: Timestamp,
}

impl Scoped {
    /// A page of the files, latest first, and how many there are; `None` unless the whole operator is in reach.
    pub async fn usage_files(&self, window: Window) -> Result<Option<(Vec<KeptFile>, u64)>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let operator = self.scope.operator.0;
        let most = window.rows.min(MOST_ROWS);
        let sql = format!(
            "{COLUMNS} WHERE operator_id = $1 AND again_of IS NULL ORDER BY started DESC, id DESC LIMIT {most} OFFSET $2"
        );
        let values = vec![operator.into(), window.offset().into()];
        let rows = self.store.rows("list usage files", &sql, values).await?;
        let files = rows.iter().map(read_file).collect::<Result<_, _>>()?;
        let count = "SELECT COUNT(*) AS files FROM usage_file WHERE operator_id = $1 AND again_of IS NULL";
        let count = self.store.row("count usage files", count, vec![operator.into()]).await?;
        let count: i64 = count.map_or(Ok(0), |row| row.get("files"))?;
        Ok(Some((files, u64::try_from(count).unwrap_or(0))))
    }

    /// One file; `None` unless the whole operator is in reach.
    pub async fn usage_file(&self, id: FileId) -> Result<Option<KeptFile>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let sql = format!("{COLUMNS} WHERE id = $1 AND operator_id = $2");
        let row = self.store.row("load a usage file", &sql, vec![id.0.into(), self.scope.operator.0.into()]).await?;
        row.as_ref().map(read_file).transpose()
    }

    /// How many rows of a file were set aside for each reason, most first.
    pub async fn set_aside_counts(&self, file: FileId) -> Result<Vec<AsideCount>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let sql = "SELECT a.reason, COUNT(*) - COUNT(a.taken_again) AS still, COUNT(a.taken_again) AS done \
                   FROM usage_set_aside a JOIN usage_file f ON f.id = a.file_id WHERE a.file_id = $1 AND f.operator_id = $2 \
                   GROUP BY a.reason ORDER BY still DESC, a.reason";
        let rows = self.store.rows("count rows set aside", sql, vec![file.0.into(), self.scope.operator.0.into()]).await?;
        let read = |row: &Row| Ok(AsideCount { reason: row.get("reason")?, open: row.get("still")?, taken: row.get("done")? });
        rows.iter().map(read).collect()
    }

    /// A page of the rows of a file that were set aside, in its order.
    pub async fn set_aside_rows(
        &self,
        file: FileId,
        list: AsideList<'_>,
        window: Window,
    ) -> Result<Vec<KeptSetAside>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let most = window.rows.min(MOST_ROWS);
        let mut values = vec![file.0.into(), self.scope.operator.0.into(), window.offset().into()];
        let condition = match list {
            AsideList::Open => "a.taken_again IS NULL",
            AsideList::Taken => "a.taken_again IS NOT NULL",
            AsideList::Reason(reason) => {
                values.push(reason.into());
                "a.taken_again IS NULL AND a.reason = $4"
            }
        };
        let sql = format!(
            "SELECT a.row_number, a.reason, a.detail, a.raw, a.taken_again \
             FROM usage_set_aside a JOIN usage_file f ON f.id = a.file_id WHERE a.file_id = $1 AND f.operator_id = $2 AND {condition} \
             ORDER BY a.row_number, a.reason LIMIT {most} OFFSET $3"
        );
        let rows = self.store.rows("list rows set aside", &sql, values).await?;
        let read = |row: &Row| {
            Ok(KeptSetAside {
                row: row.get("row_number")?,
                reason: row.get("reason")?,
                detail: row.get("detail")?,
                raw: row.get("raw")?,
                taken_again: row.get::<Option<i64>>("taken_again")?.map(Timestamp::from_micros),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Where a usage that somebody may see came from.
    pub async fn file_origin(&self, usage: &crate::KeptUsage) -> Result<Option<FileOrigin>, StoreError> {
        let sql = "SELECT name, started FROM usage_file WHERE id = $1 AND operator_id = $2";
        let row = self.store.row("find a usage's file", sql, vec![usage.file.0.into(), self.scope.operator.0.into()]).await?;
        row.map(|row| Ok(FileOrigin { name: row.get("name")?, started: row.instant("started")? })).transpose()
    }
}

fn read_file(row: &Row) -> Result<KeptFile, StoreError> {
    Ok(KeptFile {
        id: FileId(row.get("id")?),
        name: row.get("name")?,
        layout: row.get("layout")?,
        size_bytes: row.get("size_bytes")?,
        state: row.get("state")?,
        started: row.instant("started")?,
        header: row.get("header")?,
        checkpoint: row.get("checkpoint")?,
        taken: row.get("taken")?,
        duplicates: row.get("duplicates")?,
        set_aside: row.get("set_aside")?,
    })
}

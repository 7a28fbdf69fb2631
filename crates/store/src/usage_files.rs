//! The usage files of an operator, for its own people: which were taken in, and what of them was set aside.

use crate::{Reach, Scoped, StoreError, Window, query::Row};
use vocabulary::{FileId, Timestamp};

/// The most rows of a page, whatever is asked for.
const MOST_ROWS: u32 = 100;
/// The most of a raw row that a page shows, in characters.
const MOST_RAW: u32 = 500;

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
}

const COLUMNS: &str =
    "SELECT id, name, layout, size_bytes, state, started, checkpoint, taken, duplicates, set_aside FROM usage_file";

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
        let sql = format!("{COLUMNS} WHERE operator_id = $1 ORDER BY started DESC, id DESC LIMIT {most} OFFSET $2");
        let values = vec![operator.into(), window.offset().into()];
        let rows = self.store.rows("list usage files", &sql, values).await?;
        let files = rows.iter().map(read_file).collect::<Result<_, _>>()?;
        let count = "SELECT COUNT(*) AS files FROM usage_file WHERE operator_id = $1";
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

    /// A page of the rows of a file that were set aside, in its order.
    pub async fn set_aside_rows(&self, file: FileId, window: Window) -> Result<Vec<KeptSetAside>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let most = window.rows.min(MOST_ROWS);
        let sql = format!(
            "SELECT a.row_number, a.reason, a.detail, SUBSTR(a.raw, 1, {MOST_RAW}) AS raw \
             FROM usage_set_aside a JOIN usage_file f ON f.id = a.file_id WHERE a.file_id = $1 AND f.operator_id = $2 \
             ORDER BY a.row_number, a.reason LIMIT {most} OFFSET $3"
        );
        let values = vec![file.0.into(), self.scope.operator.0.into(), window.offset().into()];
        let rows = self.store.rows("list rows set aside", &sql, values).await?;
        let read = |row: &Row| {
            Ok(KeptSetAside {
                row: row.get("row_number")?,
                reason: row.get("reason")?,
                detail: row.get("detail")?,
                raw: row.get("raw")?,
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
        checkpoint: row.get("checkpoint")?,
        taken: row.get("taken")?,
        duplicates: row.get("duplicates")?,
        set_aside: row.get("set_aside")?,
    })
}

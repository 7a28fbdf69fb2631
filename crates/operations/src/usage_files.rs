//! The usage files that an operator took in, for its own people (RAT-08).

use crate::{House, OperationError, Scope, line::Paging};
use mediation::SetAsideReason;
use store::{AsideCount, AsideList, KeptFile, KeptSetAside};
use vocabulary::{FileId, Timestamp};

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProgress {
    /// So many percent of it are taken in.
    Reading(i64),
    /// All of it is.
    Done,
    /// It could not be read to its end; what was read is kept.
    Failed,
}

/// A usage file.
#[derive(Clone, Debug)]
pub struct UsageFile {
    /// Itself.
    pub id: FileId,
    /// As it was named.
    pub name: String,
    /// The layout that it was read by.
    pub layout: String,
    /// When it was begun.
    pub taken_at: Timestamp,
    /// Records that were rated and stored.
    pub records: i64,
    /// Records that were known already.
    pub duplicates: i64,
    /// Rows that were set aside.
    pub set_aside: i64,
    /// How far it is.
    pub progress: FileProgress,
}

/// A row that could not be taken in.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// Which row of the file, from 1.
    pub row: i64,
    /// Why, in a word that stays the same: one of [`reasons`].
    pub reason: String,
    /// Why, with the value, in English.
    pub detail: String,
    /// The row, cut where it is very long.
    pub raw: String,
    /// When it was taken after all.
    pub taken_again: Option<Timestamp>,
}

/// Which rows that were set aside are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AsideFilter {
    /// Those that are still to be taken.
    #[default]
    Open,
    /// Those that are still to be taken, with this reason.
    Reason(String),
    /// Those that were taken after all.
    Taken,
}

/// Rows of a file that were set aside.
#[derive(Clone, Debug)]
pub struct AsideRows {
    /// A page of them.
    pub listed: Listed<SetAside>,
    /// For each reason, how many are still to be taken; most first.
    pub by_reason: Vec<(String, i64)>,
    /// How many were taken after all.
    pub taken: i64,
}

/// Every reason for which a row is set aside, by the word that is stored.
pub fn reasons() -> impl Iterator<Item = &'static str> {
    SetAsideReason::ALL.iter().map(|reason| reason.as_str()).chain(crate::usage_import::reasons::REASONS)
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// The page there is.
    pub page: u32,
    /// Rows in the whole list.
    pub total: u64,
}

/// The files, latest first; `None` for who does not see the whole operator.
///
/// # Errors
/// When the database fails.
pub async fn usage_files(house: &House, scope: Scope, paging: Paging) -> Result<Option<Listed<UsageFile>>, OperationError> {
    let scoped = house.store.scoped(scope);
    let asked = paging.within(u64::MAX);
    let Some((mut files, total)) = scoped.usage_files(asked.window()).await? else { return Ok(None) };
    let there = paging.within(total);
    if there.page != asked.page {
        files = scoped.usage_files(there.window()).await?.map(|(files, _)| files).unwrap_or_default();
    }
    Ok(Some(Listed { rows: files.into_iter().map(file).collect(), page: there.page, total }))
}

/// One file with a page of the rows that were set aside; `None` for who does not see the whole operator.
///
/// # Errors
/// When the database fails.
pub async fn usage_file(
    house: &House,
    scope: Scope,
    id: FileId,
    filter: &AsideFilter,
    paging: Paging,
) -> Result<Option<(UsageFile, AsideRows)>, OperationError> {
    let scoped = house.store.scoped(scope);
    let Some(kept) = scoped.usage_file(id).await? else { return Ok(None) };
    let counts = scoped.set_aside_counts(id).await?;
    let taken = counts.iter().map(|count| count.taken).sum();
    let (list, total) = match filter {
        AsideFilter::Open => (AsideList::Open, counts.iter().map(|count| count.open).sum()),
        AsideFilter::Reason(reason) => (AsideList::Reason(reason), open_of(&counts, reason)),
        AsideFilter::Taken => (AsideList::Taken, taken),
    };
    let total = u64::try_from(total).unwrap_or(0);
    let paging = paging.within(total);
    let rows = scoped.set_aside_rows(id, list, paging.window()).await?.into_iter().map(set_aside).collect();
    let listed = Listed { rows, page: paging.page, total };
    let by_reason = counts.into_iter().filter(|count| count.open > 0).map(|count| (count.reason, count.open)).collect();
    Ok(Some((file(kept), AsideRows { listed, by_reason, taken })))
}

fn open_of(counts: &[AsideCount], reason: &str) -> i64 {
    counts.iter().find(|count| count.reason == reason).map_or(0, |count| count.open)
}

fn file(kept: KeptFile) -> UsageFile {
    UsageFile {
        progress: match kept.state.as_str() {
            "done" => FileProgress::Done,
            "broken" => FileProgress::Failed,
            _ => FileProgress::Reading(percent_read(&kept)),
        },
        id: kept.id,
        name: kept.name,
        layout: kept.layout,
        taken_at: kept.started,
        records: kept.taken,
        duplicates: kept.duplicates,
        set_aside: kept.set_aside,
    }
}

/// How far reading has come, by the byte of the file that the last checkpoint stands at; nothing where it does not say.
fn percent_read(kept: &KeptFile) -> i64 {
    let checkpoint: Option<serde_json::Value> = kept.checkpoint.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let byte =
        checkpoint.as_ref().and_then(|checkpoint| checkpoint.get("position")).and_then(serde_json::Value::as_i64).unwrap_or(0);
    byte.saturating_mul(100).checked_div(kept.size_bytes).unwrap_or(0).clamp(0, 99)
}

fn set_aside(kept: KeptSetAside) -> SetAside {
    let KeptSetAside { row, reason, detail, raw, taken_again } = kept;
    SetAside { row, reason, detail, raw, taken_again }
}

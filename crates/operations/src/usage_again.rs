//! Rows that were set aside are taken again, as they are or corrected (RAT-08): as a small file with the header of their own that goes
//! through the import, so that each record is still taken once.

use crate::{
    Actor, House, OperationError,
    permission::Permission,
    usage_desk::UsageDesk,
    usage_import::{ImportError, Importer, Interrupt, importing},
};
use mediation::{Layout, RowsAlone};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{AgainOutcome, AsideAgain, AsideRow, AsideRows, FileFacts, KeptFile, NewEntry, Object};
use tokio::runtime::Handle;
use vocabulary::FileId;

/// How many rows are taken again at once: the answer comes while somebody waits. The rest is for the next click.
pub const MOST_AT_ONCE: u32 = 5_000;
/// The longest text that a row is corrected to, in bytes: somewhat less than a form may send, with what its writing there adds.
pub const LONGEST_ROW: usize = 16 * 1024;

/// Which rows of a file are taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// One, as it is.
    Row(i64),
    /// One, with this text in its place.
    Corrected(i64, String),
    /// Those with this reason, as they are.
    Reason(String),
    /// All, as they are.
    All,
}

impl Which {
    /// As the journal has it: never a row itself.
    fn words(&self) -> String {
        match self {
            Self::Row(row) => row.to_string(),
            Self::Corrected(row, _) => format!("{row} corrected"),
            Self::Reason(reason) => reason.clone(),
            Self::All => "all".to_owned(),
        }
    }
}

/// What became of rows that were taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// They were tried.
    Tried {
        /// Rows that are records now, or were already.
        taken: u64,
        /// Rows that are set aside again.
        aside: u64,
        /// Rows that cannot be tried as they are: only a part of them was kept.
        cut: u64,
        /// Why the first of them is set aside now: its reason, and the value in English.
        why: Option<(String, String)>,
    },
    /// There is no such row any more: it was taken.
    NothingToTake,
    /// The correction is empty.
    Blank,
    /// The correction is longer than [`LONGEST_ROW`].
    TooLong,
    /// Only a part of the row was kept: it has to be completed.
    Cut,
    /// What has to stand before the rows was not kept, or the layout is not there any more.
    NotReadable,
    /// Another import of the operator runs: nothing changed.
    Busy,
}

/// Takes rows of a file again that were set aside; `None` for who does not see the file or may not take usage in.
///
/// # Errors
/// When the database fails; a row that was taken stays taken.
pub async fn take_again(
    house: &House,
    desk: &UsageDesk,
    actor: &Actor,
    file: FileId,
    which: Which,
) -> Result<Option<Again>, OperationError> {
    let scope = actor.scope;
    if !actor.may(Permission::TakeUsageIn) {
        return Ok(None);
    }
    let Some(kept) = house.store.scoped(scope).usage_file(file).await? else { return Ok(None) };
    if let Which::Corrected(_, text) = &which {
        if text.trim().is_empty() {
            return Ok(Some(Again::Blank));
        }
        if text.len() > LONGEST_ROW {
            return Ok(Some(Again::TooLong));
        }
    }
    let is_text_needed = matches!(which, Which::Corrected(..));
    let layout = desk.layout(&kept.layout).filter(|layout| layout.is_text() || !is_text_needed);
    let Some(layout) = layout else { return Ok(Some(Again::NotReadable)) };
    let catalog = house.catalog(scope.operator).await?;
    let (house, actor) = (house.clone(), actor.clone());
    let work = move || {
        importing(&house, &catalog, scope.operator, Interrupt::default(), |importer| {
            take(&house, importer, &actor, &Source { kept, layout }, &which)
        })
    };
    match tokio::task::spawn_blocking(work).await.map_err(|_| OperationError::Stopped)? {
        Ok(again) => Ok(Some(again)),
        Err(ImportError::Busy { .. }) => Ok(Some(Again::Busy)),
        // The layout was changed since: it asks for columns that the header does not have.
        Err(ImportError::Unreadable { .. }) => Ok(Some(Again::NotReadable)),
        Err(ImportError::Store(error)) => Err(error.into()),
        Err(ImportError::Operation(error)) => Err(error),
        Err(_) => Err(OperationError::Stopped),
    }
}

/// The file that the rows stand in.
struct Source {
    kept: KeptFile,
    layout: Arc<Layout>,
}

/// Chooses the rows under the lease, so that nobody else takes them meanwhile, takes them in, and notes what became of them.
fn take(house: &House, importer: &mut Importer<'_>, actor: &Actor, source: &Source, which: &Which) -> Result<Again, ImportError> {
    let (runtime, file) = (Handle::current(), source.kept.id);
    let meant = match which {
        Which::Row(row) | Which::Corrected(row, _) => AsideRows::Row(*row),
        Which::Reason(reason) => AsideRows::Reason(reason),
        Which::All => AsideRows::All,
    };
    let rows = runtime.block_on(house.store.scoped(actor.scope).rows_to_take(file, meant, MOST_AT_ONCE))?;
    if rows.is_empty() {
        return Ok(Again::NothingToTake);
    }
    let corrected = match which {
        Which::Corrected(_, text) => Some(text.replace("\r\n", "\n").trim_end_matches('\n').to_owned()),
        _ => None,
    };
    let texts: Vec<&str> = match &corrected {
        Some(text) => vec![text],
        None => rows.iter().map(|row| row.raw.as_str()).collect(),
    };
    let Ok(alone) = RowsAlone::of(&source.layout, source.kept.header.as_deref(), &texts) else { return Ok(Again::NotReadable) };
    let cut = (0..texts.len()).filter(|row| alone.is_left_out(*row)).count();
    if cut == texts.len() {
        return Ok(Again::Cut);
    }
    let facts = facts(&source.kept, &rows, which, &alone);
    let again = importer.take_rows(&source.layout, &facts, (file, alone.bytes.clone()))?;
    let aside = runtime.block_on(house.store.aside_again(again))?;
    let mut outcome = outcome(rows, &alone, aside);
    let after = json!({
        "layout": source.kept.layout,
        "name": source.kept.name,
        "rows": which.words(),
        "taken": outcome.taken.len(),
        "set_aside": outcome.aside.len(),
    });
    let entry = actor.entry(house.clock.now(), "usage_rows_taken_again", Object::UsageFile(file));
    let noted = NewEntry { after: Some(after.to_string()), ..entry };
    let tried = Again::Tried {
        taken: outcome.taken.len() as u64,
        aside: outcome.aside.len() as u64,
        cut: cut as u64,
        why: outcome.aside.first().map(|(_, aside)| (aside.reason.clone(), aside.detail.clone())),
    };
    if corrected.is_some() {
        // What is wrong with the correction is said of the correction: the row stands there as it came, with its own reason.
        outcome.aside.clear();
    }
    runtime.block_on(house.store.settle_again(file, again, &outcome, noted))?;
    Ok(tried)
}

/// Which of the rows are set aside again, each by the first thing that is wrong with it; the others were taken.
fn outcome(rows: Vec<AsideRow>, alone: &RowsAlone, aside: Vec<AsideAgain>) -> AgainOutcome {
    let mut wrong: Vec<Option<AsideAgain>> = vec![None; rows.len()];
    for aside in aside {
        let line = u64::try_from(aside.row).unwrap_or(u64::MAX);
        if let Some(place) = alone.origin(line).and_then(|row| wrong.get_mut(row)) {
            place.get_or_insert(aside);
        }
    }
    let mut outcome = AgainOutcome::default();
    for (place, (row, wrong)) in rows.into_iter().zip(wrong).enumerate() {
        match wrong {
            Some(wrong) => outcome.aside.push((row, wrong)),
            None if alone.is_left_out(place) => {}
            None => outcome.taken.push(row),
        }
    }
    outcome
}

/// The small file's identity: whose rows, which, and their bytes. The bytes alone would not do: a file of one row is its own row again.
fn facts(of: &KeptFile, rows: &[AsideRow], which: &Which, alone: &RowsAlone) -> FileFacts {
    let mut digest = Sha256::new().chain_update(format!("rows of file {}\n", of.id));
    for row in rows {
        digest.update(format!("{} {}\n", row.row, row.reason));
    }
    let digest = digest.chain_update(&alone.bytes).finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let what = match which {
        Which::Row(row) => format!("row {row} again"),
        Which::Corrected(row, _) => format!("row {row} corrected"),
        Which::Reason(_) | Which::All => format!("{} rows again", rows.len()),
    };
    let size_bytes = i64::try_from(alone.bytes.len()).unwrap_or(i64::MAX);
    FileFacts { digest, name: format!("{} ({what})", of.name), layout: of.layout.clone(), size_bytes }
}

//! The watched folder: usage files that are put into `INBOX/OPERATOR/LAYOUT/` are taken in and moved to `done` or `refused` beside them.

#[cfg(test)]
mod tests;

use anyhow::Context;
use mediation::Layout;
use operations::{
    House,
    usage_import::{ImportError, ImportReport, Interrupt, importing},
};
use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};
use vocabulary::OperatorId;

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// Where files go that were taken in.
const DONE: &str = "done";
/// Where files go that cannot be read, each with its reason beside it.
const REFUSED: &str = "refused";

/// A folder that is looked at again and again. Looking beats being told: it works on every file system, network mounts included.
pub(crate) struct Inbox {
    house: House,
    folder: PathBuf,
    layouts: BTreeMap<String, Arc<Layout>>,
    /// Length and time of change of each file at the last look: one that still grows is left alone.
    seen: HashMap<PathBuf, (u64, SystemTime)>,
}

impl Inbox {
    pub(crate) fn new(house: House, folder: PathBuf, layouts: BTreeMap<String, Arc<Layout>>) -> Self {
        Self { house, folder, layouts, seen: HashMap::new() }
    }

    /// Looks until the program ends.
    pub(crate) async fn watch(mut self) {
        let mut clock = tokio::time::interval(EVERY);
        loop {
            clock.tick().await;
            if let Err(error) = self.look().await {
                tracing::error!("inbox: {error:#}");
            }
        }
    }

    /// Takes every file in that has not changed since the last look; how many were moved away.
    pub(crate) async fn look(&mut self) -> anyhow::Result<usize> {
        let mut moved = 0;
        let mut now_there = HashMap::new();
        for operator in folders(&self.folder)? {
            for place in folders(&operator)? {
                for (path, state) in files(&place)? {
                    if self.seen.get(&path) == Some(&state) {
                        moved += usize::from(self.take(&operator, &place, &path).await?);
                    } else {
                        now_there.insert(path, state);
                    }
                }
            }
        }
        self.seen = now_there;
        Ok(moved)
    }

    /// Takes one file in; was it moved away?
    async fn take(&self, operator: &Path, place: &Path, path: &Path) -> anyhow::Result<bool> {
        let (slug, layout) = (name(operator), name(place));
        let Some(id) = self.house.store.operator_by_slug(&slug).await? else {
            return refuse(path, &format!("operator `{slug}`, after which the folder is named, is not in the database"));
        };
        let Some(layout) = self.layouts.get(&layout) else {
            return refuse(path, &format!("layout `{layout}`, after which the folder is named, is not known"));
        };
        match self.take_in(id, layout.clone(), path).await? {
            Ok(report) => {
                tracing::info!(file = %path.display(), taken = report.taken, set_aside = report.set_aside, "usage file taken in");
                put(path, DONE).map(|_| true)
            }
            // The file is as it should be, the house is not: it stays where it is and is tried again.
            Err(
                error @ (ImportError::Busy { .. }
                | ImportError::Store(_)
                | ImportError::Operation(_)
                | ImportError::Interrupted { .. }
                | ImportError::Stopped),
            ) => {
                tracing::warn!(file = %path.display(), "usage file has to wait: {error}");
                Ok(false)
            }
            Err(error) => refuse(path, &error.to_string()),
        }
    }

    async fn take_in(
        &self,
        operator: OperatorId,
        layout: Arc<Layout>,
        path: &Path,
    ) -> anyhow::Result<Result<ImportReport, ImportError>> {
        let catalog = self.house.catalog(operator).await?;
        let (house, path) = (self.house.clone(), path.to_owned());
        let work = move || {
            importing(&house, &catalog, operator, Interrupt::default(), |importer| importer.take(&layout, &path, &|_| {}))
        };
        Ok(tokio::task::spawn_blocking(work).await?)
    }
}

/// Moves a file aside with the reason beside it.
fn refuse(path: &Path, why: &str) -> anyhow::Result<bool> {
    tracing::warn!(file = %path.display(), "usage file refused: {why}");
    let moved = put(path, REFUSED)?;
    let note = moved.with_extension("why.txt");
    fs::write(&note, format!("{why}\n")).with_context(|| format!("`{}` cannot be written", note.display()))?;
    Ok(true)
}

/// Moves a file into a folder beside it, under a name that is free there.
fn put(path: &Path, folder: &str) -> anyhow::Result<PathBuf> {
    let target = path.parent().unwrap_or(Path::new(".")).join(folder);
    fs::create_dir_all(&target).with_context(|| format!("folder `{}` cannot be made", target.display()))?;
    let name = name(path);
    let free = (0..).map(|n: u32| target.join(if n == 0 { name.clone() } else { format!("{n}-{name}") }));
    let to = free.into_iter().find(|to| !to.exists()).context("there is always a free name")?;
    fs::rename(path, &to).with_context(|| format!("`{}` cannot be moved to `{}`", path.display(), to.display()))?;
    Ok(to)
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The folders right in a folder, but for those that hold what was dealt with.
fn folders(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let unreadable = || format!("folder `{}` cannot be read", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        if entry.file_type().with_context(unreadable)?.is_dir() && entry.file_name() != DONE && entry.file_name() != REFUSED {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// The files right in a folder with length and time of change; names that begin with a point are still being written.
fn files(folder: &Path) -> anyhow::Result<Vec<(PathBuf, (u64, SystemTime))>> {
    let unreadable = || format!("folder `{}` cannot be read", folder.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        match entry.metadata() {
            Ok(metadata) if metadata.is_file() && !entry.file_name().to_string_lossy().starts_with('.') => {
                found.push((entry.path(), (metadata.len(), metadata.modified().with_context(unreadable)?)));
            }
            Ok(_) => {}
            // It was moved away between the list and the look.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(unreadable),
        }
    }
    found.sort();
    Ok(found)
}

//! Where the operator's own people hand usage files in: the watched folder, its layouts, and what stands in it (RAT-08).
//!
//! It owns what a person puts into the folder and reads of it. Files are taken in by whoever watches the folder.

mod upload;

pub use upload::Upload;

use crate::{Actor, House, OperationError, Reach, Scope, permission::Permission};
use mediation::Layout;
use serde_json::json;
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{NewEntry, Object};
use upload::plain_name;

/// The largest file that is taken from a browser, in bytes, compressed or not: half an hour on a slow line, months of a small operator.
pub const LARGEST_UPLOAD: u64 = 1_000_000_000;
/// Where files go that cannot be read, each with its reason beside it.
pub const REFUSED: &str = "refused";
/// Where files that were refused go once somebody has read why.
const DISMISSED: &str = "dismissed";
/// The end of the name of a reason.
const WHY: &str = "why.txt";
/// The most of a reason that is shown, in bytes.
const LONGEST_REASON: usize = 2_000;
/// The layouts that files are read by, and the folder that is watched for files, if one is.
#[derive(Clone, Debug, Default)]
pub struct UsageDesk {
    layouts: Arc<BTreeMap<String, Arc<Layout>>>,
    inbox: Option<Arc<Path>>,
    largest_upload: u64,
}

/// A file of the watched folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InboxFile {
    /// The layout that it was put in for.
    pub layout: String,
    /// As it is named there.
    pub name: String,
}

/// What an operator's part of the watched folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxFiles {
    /// Files that wait to be taken in.
    pub waiting: Vec<InboxFile>,
    /// Files that could not be read, each with the reason in English.
    pub refused: Vec<(InboxFile, String)>,
}

/// Why a file was not received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadRefusal {
    /// None was chosen.
    NoFile,
    /// There is nothing in it.
    Empty,
    /// There is no such layout.
    UnknownLayout,
    /// It is larger than is taken.
    TooLarge,
}

impl UsageDesk {
    /// A desk with these layouts; without a folder, nothing can be handed in.
    pub fn new(layouts: BTreeMap<String, Arc<Layout>>, inbox: Option<PathBuf>) -> Self {
        Self { layouts: Arc::new(layouts), inbox: inbox.map(Arc::from), largest_upload: LARGEST_UPLOAD }
    }

    /// The same, with files of so many bytes at most.
    #[must_use]
    pub fn taking_at_most(self, largest_upload: u64) -> Self {
        Self { largest_upload, ..self }
    }

    /// The largest file that is taken, in bytes.
    pub const fn largest_upload(&self) -> u64 {
        self.largest_upload
    }

    /// Does somebody watch a folder?
    pub const fn is_open(&self) -> bool {
        self.inbox.is_some()
    }

    /// Ids and titles of the layouts, by id.
    pub fn layouts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.layouts.values().map(|layout| (layout.id(), layout.title()))
    }

    /// Are the rows of files in this layout text that a person can correct?
    pub fn is_text(&self, layout: &str) -> bool {
        self.layouts.get(layout).is_some_and(|layout| layout.is_text())
    }

    pub(crate) fn layout(&self, id: &str) -> Option<Arc<Layout>> {
        self.layouts.get(id).cloned()
    }

    /// The operator's folder; nothing for who does not see the whole operator, or where no folder is watched.
    async fn folder(&self, house: &House, scope: Scope) -> Result<Option<PathBuf>, OperationError> {
        let Some(inbox) = self.inbox.as_deref().filter(|_| scope.reach == Reach::Operator) else { return Ok(None) };
        Ok(house.store.operator_slug(scope.operator).await?.map(|slug| inbox.join(slug)))
    }

    /// What stands in the operator's folder; nothing where there is none.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn files(&self, house: &House, scope: Scope) -> Result<InboxFiles, OperationError> {
        let Some(folder) = self.folder(house, scope).await? else { return Ok(InboxFiles::default()) };
        let layouts = self.layouts.clone();
        blocking(move || {
            let mut found = InboxFiles::default();
            for layout in layouts.keys() {
                let file = |name| InboxFile { layout: layout.clone(), name };
                let place = folder.join(layout);
                found.waiting.extend(names(&place)?.into_iter().map(file));
                let refused = place.join(REFUSED);
                for name in names(&refused)?.into_iter().filter(|name| !name.ends_with(WHY)) {
                    let why = reason(&refused.join(&name));
                    found.refused.push((file(name), why));
                }
            }
            Ok(found)
        })
        .await
    }

    /// Puts a file that was refused out of sight, with its reason; was it there for who may take usage in?
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn dismiss(&self, house: &House, actor: &Actor, file: InboxFile) -> Result<bool, OperationError> {
        let Some(folder) = self.own_folder(house, actor).await? else { return Ok(false) };
        if !self.layouts.contains_key(&file.layout) {
            return Ok(false);
        }
        let noted = noted(house, actor, "usage_file_dismissed", json!({ "layout": file.layout, "name": file.name }));
        // Who dismissed it is kept before it is out of sight, and not kept if it stays.
        let transaction = house.store.begin().await?;
        transaction.note(noted).await?;
        let was_there = blocking(move || {
            let refused = folder.join(&file.layout).join(REFUSED);
            // Only what the folder lists is moved: a name is no way to elsewhere.
            if !names(&refused)?.contains(&file.name) {
                return Ok(false);
            }
            let aside = refused.join(DISMISSED);
            fs::create_dir_all(&aside)?;
            let (path, to) = (refused.join(&file.name), free(&aside, &file.name));
            fs::rename(&path, &to)?;
            match fs::rename(path.with_extension(WHY), to.with_extension(WHY)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(true),
            }
        })
        .await?;
        if was_there {
            transaction.commit().await?;
        }
        Ok(was_there)
    }

    /// The folder of the operator of who may take usage in.
    async fn own_folder(&self, house: &House, actor: &Actor) -> Result<Option<PathBuf>, OperationError> {
        if actor.may(Permission::TakeUsageIn) { self.folder(house, actor.scope).await } else { Ok(None) }
    }

    /// Begins to receive a file for a layout: it is written beside the others under a name that nobody takes in, and gets its own when
    /// it is whole. For who may not take usage in there is no layout.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn receive(
        &self,
        house: &House,
        actor: &Actor,
        layout: &str,
        name: &str,
    ) -> Result<Result<Upload, UploadRefusal>, OperationError> {
        let Some(folder) = self.own_folder(house, actor).await?.filter(|_| self.layouts.contains_key(layout)) else {
            return Ok(Err(UploadRefusal::UnknownLayout));
        };
        let by = Receiver { house: house.clone(), actor: actor.clone(), layout: layout.to_owned() };
        Ok(Ok(Upload::begin((folder.join(layout), plain_name(name)), self.largest_upload, by).await?))
    }
}

/// Who hands a file in, and for which layout: what the journal has once it is whole.
#[derive(Clone, Debug)]
struct Receiver {
    house: House,
    actor: Actor,
    layout: String,
}

/// An entry of the journal about what stands in the operator's folder.
fn noted(house: &House, actor: &Actor, action: &'static str, after: serde_json::Value) -> NewEntry {
    let entry = actor.entry(house.clock.now(), action, Object::Operator(actor.scope.operator));
    NewEntry { after: Some(after.to_string()), ..entry }
}

/// A name in a folder that nobody has.
fn free(folder: &Path, name: &str) -> PathBuf {
    let mut names = (0..).map(|tried| folder.join(numbered(tried, name)));
    names.find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}

fn numbered(tried: u32, name: &str) -> String {
    if tried == 0 { name.to_owned() } else { format!("{tried}-{name}") }
}

/// The names of the files right in a folder, sorted; those that begin with a point are still being written. None where it is not there.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && !name.starts_with('.') {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

/// Why a file was refused, without the way to it on this machine, which is nobody's business.
fn reason(path: &Path) -> String {
    let text = fs::read_to_string(path.with_extension(WHY)).unwrap_or_default();
    let mut end = text.len().min(LONGEST_REASON);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let place = path.parent().and_then(Path::parent).unwrap_or(Path::new(""));
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    text[..end].trim().replace(&place.join(name).display().to_string(), name)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, OperationError> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(|_| OperationError::Stopped)??)
}

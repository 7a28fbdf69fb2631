//! The folder of sounds: `OPERATOR/ab/abcdef….wav`, each file whole or not there. Which of them belongs to what, the database says.

use super::sound::SoundFormat;
use crate::OperationError;
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
};

/// So many digits of a file's name are the folder that it lies in.
const FOLDER_DIGITS: usize = 2;
/// The end of the name of a file that is being written.
const PART: &str = ".part";

/// Where the sounds of the voicemail lie; nowhere, where nobody named a folder. What lies in it is people's own: only its owner reads it.
#[derive(Clone, Debug, Default)]
pub struct SoundFolder(Option<Arc<Path>>);

impl SoundFolder {
    /// A folder, which is made with the first sound.
    pub fn at(path: PathBuf) -> Self {
        Self(Some(path.into()))
    }

    /// Did somebody name one?
    pub const fn is_there(&self) -> bool {
        self.0.is_some()
    }

    fn of(&self, operator: &str) -> Result<PathBuf, OperationError> {
        Ok(self.0.as_deref().ok_or(OperationError::NoSounds)?.join(operator))
    }

    /// Writes a sound: beside its place under another name, then with its own, so that it is whole or not there.
    pub(crate) async fn write(&self, operator: &str, name: &str, bytes: Vec<u8>) -> Result<(), OperationError> {
        let (path, part) = places(&self.of(operator)?, name);
        blocking(move || {
            let folder = path.parent().unwrap_or(Path::new("."));
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&part, &path)?;
            // A name is as durable as its folder, and the folder as the one above.
            for folder in path.ancestors().skip(1).take(2) {
                File::open(folder)?.sync_all()?;
            }
            Ok(())
        })
        .await
    }

    /// The bytes of a sound; `None` where the file is not there.
    pub(crate) async fn read(&self, operator: &str, name: &str) -> Result<Option<Vec<u8>>, OperationError> {
        let (path, _) = places(&self.of(operator)?, name);
        blocking(move || match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    /// Erases sounds, and what is left of some that were never whole. One that is not there is erased already.
    pub(crate) async fn erase(&self, operator: &str, names: Vec<String>) -> Result<(), OperationError> {
        let folder = self.of(operator)?;
        blocking(move || {
            for (path, part) in names.iter().map(|name| places(&folder, name)) {
                for path in [path, part] {
                    match fs::remove_file(path) {
                        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                        _ => {}
                    }
                }
            }
            Ok(())
        })
        .await
    }

    /// The names of the sounds that begin with these digits, in no order.
    pub(crate) async fn names(&self, operator: &str, begin: String) -> Result<Vec<String>, OperationError> {
        let folder = self.of(operator)?.join(begin);
        blocking(move || {
            let entries = match fs::read_dir(&folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                entries => entries?,
            };
            let mut names = Vec::new();
            for entry in entries {
                let name = entry?.file_name().to_string_lossy().into_owned();
                names.push(name.trim_start_matches('.').trim_end_matches(PART).to_owned());
            }
            Ok(names)
        })
        .await
    }

    /// Is a sound there?
    pub(crate) async fn has(&self, operator: &str, name: &str) -> Result<bool, OperationError> {
        let (path, part) = places(&self.of(operator)?, name);
        blocking(move || Ok(path.try_exists()? || part.try_exists()?)).await
    }
}

/// Where names begin: every folder that there can be.
pub(super) fn folders() -> impl Iterator<Item = String> {
    (0..=u8::MAX).map(|place| format!("{place:02x}"))
}

/// A name that nobody has.
pub(super) fn fresh_name(format: SoundFormat) -> Result<String, OperationError> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|_| OperationError::Stopped)?;
    Ok(format!("{:032x}.{}", u128::from_be_bytes(random), format.as_str()))
}

/// Where a file lies, and where while it is written.
fn places(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let folder = folder.join(name.get(..FOLDER_DIGITS).unwrap_or("xx"));
    (folder.join(name), folder.join(format!(".{name}{PART}")))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, OperationError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| OperationError::Stopped)?.map_err(OperationError::Sounds)
}

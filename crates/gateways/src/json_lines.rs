//! A file that is only ever added to, one JSON value a line: what a simulated peer remembers.

use serde::de::DeserializeOwned;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// A value is far shorter: a longer line is no file of ours.
const LONGEST_LINE: u64 = 1 << 20;

/// Why the file of a simulated peer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PeerFileError {
    /// It cannot be opened, read or cut.
    #[error("file `{0}` cannot be read")]
    Unreadable(String, #[source] io::Error),
    /// Another program has it open.
    #[error("file `{0}` is in use by another program")]
    InUse(String),
    /// A line of it says nothing that is known.
    #[error("line {1} of file `{0}` says nothing that is known: move the file away to begin anew")]
    UnknownLine(String, usize, #[source] serde_json::Error),
}

/// Opens the file, which is made when it is not there, and gives what stands in it, one value after the other. A last line that was cut off as
/// the program died is removed: nobody was told what stood there.
pub(crate) fn open<T: DeserializeOwned>(path: &Path, mut take: impl FnMut(T)) -> Result<File, PeerFileError> {
    let name = path.display().to_string();
    let unreadable = |error| PeerFileError::Unreadable(name.clone(), error);
    let mut options = OpenOptions::new();
    let mut file = options.read(true).append(true).create(true).mode(0o600).open(path).map_err(unreadable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(PeerFileError::InUse(name)),
        Err(TryLockError::Error(error)) => return Err(unreadable(error)),
    }
    let (mut whole, mut number) = (0, 0);
    let mut reader = BufReader::new(&mut file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(unreadable)?;
        if line.last() != Some(&b'\n') && u64::try_from(read) != Ok(LONGEST_LINE) {
            break;
        }
        number += 1;
        take(serde_json::from_slice(&line).map_err(|error| PeerFileError::UnknownLine(name.clone(), number, error))?);
        whole += u64::try_from(read).unwrap_or(0);
    }
    if !line.is_empty() {
        tracing::warn!(file = name, line = number + 1, "the last line of the file was cut off and is removed");
    }
    file.set_len(whole).map_err(unreadable)?;
    file.seek(SeekFrom::End(0)).map_err(unreadable)?;
    Ok(file)
}

/// Adds values, already written as lines.
pub(crate) fn append(file: &mut File, lines: &[u8]) -> io::Result<()> {
    file.write_all(lines)
}

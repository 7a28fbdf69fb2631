//! The file of a simulated network: one fact a line, only ever added to.

use super::memory::{Fact, Memory};
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

/// A fact is far shorter: a longer line is no file of ours.
const LONGEST_LINE: u64 = 1 << 20;

/// Why the file of a simulated network cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FactFileError {
    /// It cannot be opened, read or cut.
    #[error("file `{0}` of the simulated network cannot be read")]
    Unreadable(String, #[source] io::Error),
    /// Another program has it open.
    #[error("file `{0}` of the simulated network is in use by another program")]
    InUse(String),
    /// A line of it is no fact.
    #[error("line {1} of file `{0}` of the simulated network is no fact: move the file away to begin anew")]
    NoFact(String, usize, #[source] serde_json::Error),
}

/// Opens the file, which is made when it is not there, and reads what stands in it. A last line that was cut off as the program died is
/// removed: nobody was told what stood there.
pub(super) fn open(path: &Path) -> Result<(File, Memory), FactFileError> {
    let name = path.display().to_string();
    let unreadable = |error| FactFileError::Unreadable(name.clone(), error);
    let mut options = OpenOptions::new();
    let mut file = options.read(true).append(true).create(true).mode(0o600).open(path).map_err(unreadable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(FactFileError::InUse(name)),
        Err(TryLockError::Error(error)) => return Err(unreadable(error)),
    }
    let (mut memory, mut whole, mut number) = (Memory::default(), 0, 0);
    let mut reader = BufReader::new(&mut file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(unreadable)?;
        if line.last() != Some(&b'\n') && u64::try_from(read) != Ok(LONGEST_LINE) {
            break;
        }
        number += 1;
        let fact: Fact = serde_json::from_slice(&line).map_err(|error| FactFileError::NoFact(name.clone(), number, error))?;
        memory.note(fact);
        whole += u64::try_from(read).unwrap_or(0);
    }
    if !line.is_empty() {
        tracing::warn!(file = name, line = number + 1, "the last line of the simulated network was cut off and is removed");
    }
    file.set_len(whole).map_err(unreadable)?;
    file.seek(SeekFrom::End(0)).map_err(unreadable)?;
    Ok((file, memory))
}

/// Adds facts, already written as lines.
pub(super) fn append(file: &mut File, lines: &[u8]) -> io::Result<()> {
    file.write_all(lines)
}

//! A file on its way into the watched folder: written beside the others under a name that nobody takes in, and named when it is whole.

use super::{REFUSED, Receiver, UploadRefusal, blocking, noted, numbered};
use crate::OperationError;
use serde_json::json;
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// The longest name that a file keeps, in bytes: with what is added to it, it stays within what file systems take.
const LONGEST_NAME: usize = 180;
/// How many pieces of an upload wait to be written.
const PIECES: usize = 4;

/// A file on its way into the watched folder. Dropped before its end, it leaves nothing.
#[derive(Debug)]
pub struct Upload {
    /// Under which name it is written: nothing once it has its own.
    part: Option<Part>,
    place: PathBuf,
    to_write: Option<mpsc::Sender<Vec<u8>>>,
    written: tokio::task::JoinHandle<io::Result<()>>,
    bytes: u64,
    largest: u64,
    by: Receiver,
}

/// Where a file is written until it is whole, and the name it then gets.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    name: String,
}

impl Upload {
    /// Makes the file, under a name that is free there, and a thread that writes it.
    pub(super) async fn begin((place, name): (PathBuf, String), largest: u64, by: Receiver) -> Result<Self, OperationError> {
        let (part, mut file) = blocking({
            let place = place.clone();
            move || {
                fs::create_dir_all(&place)?;
                begin(&place, &name)
            }
        })
        .await?;
        let (to_write, mut pieces) = mpsc::channel::<Vec<u8>>(PIECES);
        let written = tokio::task::spawn_blocking(move || {
            while let Some(piece) = pieces.blocking_recv() {
                file.write_all(&piece)?;
            }
            file.sync_all()
        });
        Ok(Self { part: Some(part), place, to_write: Some(to_write), written, bytes: 0, largest, by })
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// When the disk does.
    pub async fn write(&mut self, piece: &[u8]) -> Result<Result<(), UploadRefusal>, OperationError> {
        self.bytes += piece.len() as u64;
        if self.bytes > self.largest {
            return Ok(Err(UploadRefusal::TooLarge));
        }
        if let Some(to_write) = &self.to_write
            && to_write.send(piece.to_vec()).await.is_err()
        {
            // The writer ended: it says why.
            self.to_write = None;
            (&mut self.written).await.map_err(|_| OperationError::Stopped)??;
        }
        Ok(Ok(()))
    }

    /// Ends the file and puts it where it is taken in; the name that it has there.
    ///
    /// # Errors
    /// When the disk does.
    pub async fn finish(mut self) -> Result<Result<String, UploadRefusal>, OperationError> {
        self.to_write = None;
        (&mut self.written).await.map_err(|_| OperationError::Stopped)??;
        if self.bytes == 0 {
            return Ok(Err(UploadRefusal::Empty));
        }
        let Some(part) = self.part.take() else { return Err(OperationError::Stopped) };
        let (place, by) = (self.place.clone(), &self.by);
        let after = json!({ "layout": by.layout, "name": part.name, "bytes": self.bytes });
        // Who handed it in is kept with the file, or neither is.
        let transaction = by.house.store.begin().await?;
        transaction.note(noted(&by.house, &by.actor, "usage_file_received", after)).await?;
        let name = blocking(move || {
            fs::rename(&part.path, place.join(&part.name))?;
            // A name is as durable as its folder.
            File::open(&place)?.sync_all()?;
            Ok(part.name)
        })
        .await?;
        transaction.commit().await?;
        Ok(Ok(name))
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            // What is left of it is not taken in; its name is passed over the next time.
            let _removed = fs::remove_file(&part.path);
        }
    }
}

/// Makes the file that is written to, under a name that is free: nobody else writes to it, and it takes nobody's place.
fn begin(place: &Path, name: &str) -> io::Result<(Part, File)> {
    let mut tried = 0_u32;
    loop {
        let name = numbered(tried, name);
        let path = place.join(format!(".{name}.part"));
        let made = if place.join(&name).exists() { Err(io::ErrorKind::AlreadyExists.into()) } else { File::create_new(&path) };
        match made {
            Ok(file) => return Ok((Part { path, name }, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => tried += 1,
            Err(error) => return Err(error),
        }
    }
}

/// The name of a file without the way to it, and without what would hide it or mislead who reads it.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = visible.trim().trim_start_matches('.');
    let mut end = plain.len().min(LONGEST_NAME);
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    match &plain[..end] {
        "" => "usage".to_owned(),
        // The folders beside the files have these names.
        name @ ("done" | REFUSED) => format!("usage-{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RAT-08: what a browser names a file leads nowhere else, and hides nothing.
    #[test]
    fn a_file_gets_a_plain_name() {
        for (given, plain) in [
            ("calls.csv.gz", "calls.csv.gz"),
            ("../../etc/passwd", "passwd"),
            ("C:\\usage\\août.csv", "août.csv"),
            (".hidden.part", "hidden.part"),
            ("a\nb\0.csv", "ab.csv"),
            ("", "usage"),
            ("..", "usage"),
            ("refused", "usage-refused"),
        ] {
            assert_eq!(plain_name(given), plain, "{given:?}");
        }
        assert!(plain_name(&"é".repeat(300)).len() <= LONGEST_NAME);
    }

    /// RAT-08: a file that is being received takes nobody's name.
    #[test]
    fn two_files_of_one_name_are_two_files() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.csv"), "x").expect("a file");
        let (one, _) = begin(folder.path(), "a.csv").expect("a free name");
        let (two, _) = begin(folder.path(), "a.csv").expect("a free name");
        assert_eq!((one.name.as_str(), two.name.as_str()), ("1-a.csv", "2-a.csv"));
        assert_eq!(super::super::names(folder.path()).expect("a folder"), ["a.csv"]);
    }
}

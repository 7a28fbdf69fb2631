//! Takes a usage file in: read → place → group by line → rate → write, each file once and each record once (RAT-08).
//!
//! Three threads with bounded queues between them: one reads ([`mediation`]), one rates ([`rating_stage`]), one writes the rows,
//! counters, events and the file's position in one transaction a batch. Killed at any moment, the import begins again where the last
//! transaction ended.

mod accounts;
mod interrupt;
pub(crate) mod rating_stage;
pub(crate) mod reasons;
mod report;
mod shared;

pub use interrupt::Interrupt;
pub use report::{ImportError, ImportReport, Progress};

use crate::House;
use catalog::Catalog;
use mediation::{Checkpoint, Layout, ReadError, UsageReader};
use rating_stage::{RatingStage, StageEnd};
use sha2::{Digest, Sha256};
pub(crate) use shared::spend_state;
use std::{
    fs::File,
    io::{Cursor, Read},
    num::NonZeroUsize,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};
use store::{FileClaim, FileFacts, ImportLease, StoreError, UsageWriter, WriteBatch};
use tokio::runtime::Handle;
use vocabulary::{FileId, OperatorId};

/// How many records one transaction holds.
pub const RECORDS_A_BATCH: NonZeroUsize = NonZeroUsize::new(50_000).expect("it is not zero");
/// How long an importer may be silent before another takes over.
pub(crate) const LEASE_S: i64 = 30;
/// How many batches may wait between two threads.
const QUEUE: usize = 1;

/// Tables asked for several times a record: hashed by a quick function, whose seed nobody who writes a file can know.
type HashMap<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;
type HashSet<K> = std::collections::HashSet<K, foldhash::fast::RandomState>;

type ReadBatch = Result<mediation::Batch, ReadError>;

/// Takes an operator's lease, lets the work take files in, and gives the lease back whatever came of it. Blocking: it is called on a
/// thread that may block, within the program's runtime.
///
/// # Errors
/// When another importer has the lease, the database fails, or the work does.
pub fn importing<T, E: From<ImportError>>(
    house: &House,
    catalog: &Catalog,
    operator: OperatorId,
    interrupt: Interrupt,
    work: impl FnOnce(&mut Importer<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut importer = Importer::open(house, catalog, operator, interrupt)?;
    let outcome = work(&mut importer);
    // Why the work ended is worth more than that its lease, which ends by itself, could not be given back.
    let closed = importer.close();
    let value = outcome?;
    closed?;
    Ok(value)
}

/// The right to write an operator's counters, and the lines laid out so far: files taken one after the other share them.
pub struct Importer<'c> {
    house: House,
    runtime: Handle,
    operator: OperatorId,
    lease: Lease,
    stage: RatingStage<'c>,
    writer: Option<Box<dyn UsageWriter>>,
    interrupt: Interrupt,
}

impl<'c> Importer<'c> {
    fn open(house: &House, catalog: &'c Catalog, operator: OperatorId, interrupt: Interrupt) -> Result<Self, ImportError> {
        let runtime = Handle::current();
        let lease = Lease::take(house, &runtime, operator)?;
        let closed = runtime.block_on(house.store.last_closed_month(operator))?;
        let stage = RatingStage::new(house, catalog, operator, (lease.held, closed), runtime.clone(), interrupt.clone());
        Ok(Self { house: house.clone(), runtime, operator, lease, stage, writer: None, interrupt })
    }

    /// Lets one transaction hold so many records at most, in place of [`RECORDS_A_BATCH`].
    pub fn hold_at_most(&mut self, records: NonZeroUsize) {
        self.stage.records_a_batch = records.get();
    }

    /// Takes one file in: once per file, whatever its name.
    ///
    /// # Errors
    /// When the file or the database fails, or somebody interrupts; what was written before stays, and the next call goes on from
    /// there.
    pub fn take(
        &mut self,
        layout: &Arc<Layout>,
        path: &Path,
        on_progress: &dyn Fn(Progress),
    ) -> Result<ImportReport, ImportError> {
        let facts = facts(path, layout.id(), &self.interrupt)?;
        let (file, checkpoint) = match self.claim(&facts)? {
            FileClaim::Done { name, .. } => return Ok(ImportReport { taken_before_as: Some(name), ..ImportReport::default() }),
            FileClaim::New(file) => (file, None),
            FileClaim::Begun(file, checkpoint) => (file, checkpoint),
        };
        let from: Option<Checkpoint> = checkpoint.and_then(|text| serde_json::from_str(&text).ok());
        let source = File::open(path).map_err(|error| ImportError::unreadable(path, error))?;
        let reader = match UsageReader::open(Box::new(source), layout.clone(), from) {
            Ok(reader) => reader,
            Err(error) => return Err(self.broken(file, path, error)),
        };
        if let Some(header) = reader.header() {
            self.runtime.block_on(self.house.store.keep_header(file, &header))?;
        }
        self.read_to_end(file, reader, path, on_progress)
    }

    /// Takes rows of another file in, as a file of their own that was not presented as one: its id, whether it was new or not.
    pub(crate) fn take_rows(
        &mut self,
        layout: &Arc<Layout>,
        facts: &FileFacts,
        (of, bytes): (FileId, Vec<u8>),
    ) -> Result<FileId, ImportError> {
        let (file, checkpoint) = match self.claim(facts)? {
            FileClaim::Done { file, .. } => return Ok(file),
            FileClaim::New(file) => (file, None),
            FileClaim::Begun(file, checkpoint) => (file, checkpoint),
        };
        self.runtime.block_on(self.house.store.note_again(file, of))?;
        let from: Option<Checkpoint> = checkpoint.and_then(|text| serde_json::from_str(&text).ok());
        let path = Path::new(&facts.name);
        let reader = match UsageReader::open(Box::new(Cursor::new(bytes)), layout.clone(), from) {
            Ok(reader) => reader.of_known_layout(),
            Err(error) => return Err(self.broken(file, path, error)),
        };
        self.read_to_end(file, reader, path, &|_| {}).map(|_| file)
    }

    fn claim(&self, facts: &FileFacts) -> Result<FileClaim, ImportError> {
        Ok(self.runtime.block_on(self.house.store.claim_file(self.operator, facts, self.house.clock.now()))?)
    }

    fn read_to_end(
        &mut self,
        file: FileId,
        reader: UsageReader,
        path: &Path,
        on_progress: &dyn Fn(Progress),
    ) -> Result<ImportReport, ImportError> {
        match self.run(file, reader, on_progress) {
            Ok((report, None)) => Ok(report),
            Ok((_, Some(error))) => Err(self.broken(file, path, error)),
            Err(error) => {
                // What was decided and not written is forgotten: the database is what counts.
                self.stage.forget();
                Err(error)
            }
        }
    }

    fn close(self) -> Result<(), ImportError> {
        self.lease.give_back(&self.house, &self.runtime)
    }

    /// Runs the three threads to their end; the report, and why reading ended early if it did.
    fn run(
        &mut self,
        file: FileId,
        reader: UsageReader,
        on_progress: &dyn Fn(Progress),
    ) -> Result<(ImportReport, Option<ReadError>), ImportError> {
        let bytes_read = reader.bytes_read();
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.house.store.usage_writer()?,
        };
        let records_a_batch = self.stage.records_a_batch;
        let stage = &mut self.stage;
        let (end, written, writer) = thread::scope(|scope| {
            let (to_rate, batches) = sync_channel(QUEUE);
            let (to_write, writes) = sync_channel(QUEUE);
            let (to_acknowledge, written) = sync_channel(QUEUE + 3);
            scope.spawn(move || read(reader, records_a_batch, &to_rate));
            let writing = scope.spawn(move || write(writer, &writes, &to_acknowledge));
            let progress = |rows: u64| on_progress(Progress { bytes: bytes_read.load(Ordering::Relaxed), rows });
            let end = stage.run(file, &batches, to_write, &written, &progress);
            // Whatever ended the stage, its queues are closed now: the reader and the writer come to their end.
            drop((batches, written));
            writing.join().map(|(writer, written)| (end, written, writer)).map_err(|_| ImportError::Stopped)
        })?;
        written?;
        self.writer = Some(writer);
        let StageEnd { report, broken } = end?;
        Ok((report, broken))
    }

    /// Notes a file that cannot be read to its end, and words why.
    fn broken(&self, file: FileId, path: &Path, error: ReadError) -> ImportError {
        let problem = error.to_string();
        let noted = self.house.store.note_broken_file(file, &problem, self.house.clock.now());
        match self.runtime.block_on(noted) {
            Ok(()) => ImportError::Unreadable { file: path.display().to_string(), why: Box::new(error) },
            Err(store) => store.into(),
        }
    }
}

/// The first batch is small, so that the writer need not wait long for it.
fn read(mut reader: UsageReader, records_a_batch: usize, to_rate: &SyncSender<ReadBatch>) {
    let mut most = (records_a_batch / 8).max(1);
    loop {
        match reader.next_batch(most) {
            Ok(Some(batch)) => {
                most = records_a_batch;
                if to_rate.send(Ok(batch)).is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) => {
                // Nobody listens any more when the rating ended first: it has its own reason then.
                let _ended = to_rate.send(Err(error));
                return;
            }
        }
    }
}

type Written = (Box<dyn UsageWriter>, Result<(), StoreError>);

/// What is written goes back to who made it, and is let go there: memory is given back quickest by the thread that took it.
fn write(mut writer: Box<dyn UsageWriter>, writes: &Receiver<WriteBatch>, written: &SyncSender<WriteBatch>) -> Written {
    while let Ok(batch) = writes.recv() {
        if let Err(error) = writer.write(&batch) {
            return (writer, Err(error));
        }
        // Nobody counts any more when the rating is at its end; the batches still come.
        let _counted = written.try_send(batch);
    }
    (writer, Ok(()))
}

/// The file's identity: its bytes, whatever its name.
fn facts(path: &Path, layout: &str, interrupt: &Interrupt) -> Result<FileFacts, ImportError> {
    let unreadable = |error| ImportError::unreadable(path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(ImportError::Folder(path.display().to_string()));
    }
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        interrupt.check()?;
        match file.read(&mut buffer).map_err(unreadable)? {
            0 => break,
            count => digest.update(&buffer[..count]),
        }
    }
    let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(FileFacts { digest, name, layout: layout.to_owned(), size_bytes: i64::try_from(metadata.len()).unwrap_or(i64::MAX) })
}

/// The right to write an operator's counters, for as long as the import runs.
pub(crate) struct Lease {
    operator: OperatorId,
    pub(crate) held: ImportLease,
}

impl Lease {
    pub(crate) fn take(house: &House, runtime: &Handle, operator: OperatorId) -> Result<Self, ImportError> {
        let now = house.clock.now();
        let times = (now, now.plus_seconds(LEASE_S));
        let holder = holder();
        match runtime.block_on(house.store.take_import_lease(operator, &holder, times, is_gone))? {
            Ok(held) => Ok(Self { operator, held }),
            Err((holder, until)) => Err(ImportError::Busy { holder, until }),
        }
    }

    pub(crate) fn give_back(&self, house: &House, runtime: &Handle) -> Result<(), ImportError> {
        Ok(runtime.block_on(house.store.give_import_lease_back(self.operator, self.held.fence))?)
    }
}

/// This process, by machine and number, and the thread within it.
pub(crate) fn holder() -> String {
    format!("{}:{}:{:?}", machine(), std::process::id(), thread::current().id())
}

/// The same for one piece of work: two of one program are two holders.
pub(crate) fn holder_of(work: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{} {work} {}", holder(), COUNT.fetch_add(1, Ordering::Relaxed))
}

fn machine() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map_or_else(|_| "unknown".to_owned(), |id| id.trim().to_owned())
}

/// Is the holder of a lease a process of this machine that no longer runs? One that was killed and that nobody has asked after yet (a
/// zombie, state `Z`) does not run either.
pub(crate) fn is_gone(holder: &str) -> bool {
    let mut words = holder.splitn(3, ':');
    let (Some(on), Some(process)) = (words.next(), words.next()) else { return false };
    if on == "unknown" || on != machine() {
        return false;
    }
    match std::fs::read_to_string(Path::new("/proc").join(process).join("stat")) {
        // The state follows the program's name, which stands in brackets and may itself hold some.
        Ok(stat) => stat.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with(['Z', 'X'])),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// RAT-08: the lease of a program that was killed is free at once, also while the system still lists it.
    #[test]
    fn a_killed_holder_is_gone_and_a_running_one_is_not() {
        assert!(!is_gone(&holder()), "this process runs");
        assert!(!is_gone("another-machine:1:x"), "nobody knows what runs elsewhere");
        let mut child = Command::new("cat").stdin(std::process::Stdio::piped()).spawn().expect("`cat` is everywhere");
        let held = format!("{}:{}:x", machine(), child.id());
        assert!(!is_gone(&held));
        child.kill().expect("the child runs");
        // Until it is asked after, it is a zombie; the signal takes a moment to arrive.
        while !is_gone(&held) {
            thread::yield_now();
        }
        child.wait().expect("the child is ours");
        assert!(is_gone(&held));
    }
}

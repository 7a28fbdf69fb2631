//! SQLite, through `rusqlite`. A statement runs on the thread of whoever asks: most of them take some ten microseconds, and the way to another thread
//! and back takes more. Those that are known to take long run on a thread where nobody waits for anything else.

use super::{MOST_CONNECTIONS, Purpose, Statement, Table};
use crate::{
    Obstacle, StoreError,
    obstacle::Fault as _,
    query::{Cell, Row, Value},
};
use rusqlite::{Connection, ErrorCode, OpenFlags, params_from_iter, types::ValueRef};
use std::{
    collections::HashMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    sync::{Mutex as Turn, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::{sleep, timeout},
};

/// How long a statement waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a statement waits for another program's lock, or for its turn to write.
const LOCK_TIMEOUT: Duration = Duration::from_secs(30);
/// How long opening waits for a lock.
const OPEN_TIMEOUT: Duration = Duration::from_secs(5);
/// So long whoever finds a lock waits before looking again: at first, and at most.
const LOOK_AGAIN: [Duration; 2] = [Duration::from_millis(1), Duration::from_millis(50)];
/// A statement that takes longer than this on the average, in microseconds, runs where it holds nobody up.
const LONG_US: u64 = 1_000;
/// So many texts of statements are known by their time; then all are forgotten.
const MOST_TEXTS: usize = 4_096;
/// So many compiled statements a connection keeps.
const MOST_COMPILED: usize = 256;
/// What a connection is set to. A commit that finds 16,384 pages of 4 KiB in the log brings them home itself, in case nobody else could. What a
/// statement might have to take back is small, and is else written to a file each time.
const SETTINGS: &str = "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384; \
                        PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY";

/// Whose turn it is to write: SQLite has one writer, and whoever waits here waits in order, and sleeps.
pub(crate) type WriterTurn = Arc<Turn<()>>;

/// The connections to a file.
pub(crate) struct Pool {
    path: PathBuf,
    flags: OpenFlags,
    free: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    turn: WriterTurn,
    /// How long statements took, on the average in microseconds, by the hash of their text.
    times: Mutex<HashMap<u64, u64>>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The file of an address such as `sqlite:PATH?mode=rw`.
pub(crate) fn path(url: &str) -> &Path {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    Path::new(path.split_once('?').map_or(path, |(path, _)| path))
}

impl Pool {
    /// Opens `sqlite:PATH`, with `?mode=` of `ro`, `rw` or, as without, `rwc`, which makes the file.
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let access = match url.split_once('?').map(|(_, options)| options) {
            None | Some("mode=rwc") => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Some("mode=rw") => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Some("mode=ro") => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Some(_) => return Err(StoreError::UnknownEngine(url.to_owned())),
        };
        let pool = Self {
            path: path(url).to_owned(),
            // One thread at a time has a connection, so it needs no lock of its own.
            flags: access | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            free: Mutex::default(),
            permits: Arc::new(Semaphore::new(MOST_CONNECTIONS as usize)),
            turn: WriterTurn::default(),
            times: Mutex::default(),
        };
        let first = pool.connect().await.map_err(|error| match error.obstacle() {
            Some(obstacle) => StoreError::NotOpened { url: url.to_owned(), obstacle },
            None => StoreError::Unreachable { url: url.to_owned(), source: Box::new(error) },
        })?;
        pool.put_back(first);
        Ok(pool)
    }

    async fn connect(&self) -> rusqlite::Result<Connection> {
        let (path, flags) = (self.path.clone(), self.flags);
        elsewhere(move || {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(OPEN_TIMEOUT)?;
            connection.execute_batch(SETTINGS)?;
            // Whoever finds a lock from now on waits without holding up a thread.
            connection.busy_timeout(Duration::ZERO)?;
            connection.set_prepared_statement_cache_capacity(MOST_COMPILED);
            Ok(connection)
        })
        .await
    }

    /// Lends a connection. Who writes waits for their turn first, so that those who wait hold no connection.
    pub(super) async fn lend(self: &Arc<Self>, doing: &'static str, purpose: Purpose) -> Result<Lent, StoreError> {
        let hindered = |obstacle| StoreError::Hindered { doing, obstacle };
        let turn = match purpose {
            Purpose::Read => None,
            Purpose::Write => {
                let turn = timeout(LOCK_TIMEOUT, self.turn.clone().lock_owned()).await;
                Some(turn.map_err(|_| hindered(Obstacle::Locked))?)
            }
        };
        let permit = timeout(ACQUIRE_TIMEOUT, self.permits.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| hindered(Obstacle::Busy))?.map_err(|_| StoreError::Closed)?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            None => self.connect().await.map_err(StoreError::failed(doing))?,
        };
        let rights = Arc::new(Rights { _permit: permit, _turn: turn });
        Ok(Lent { connection: Some(connection), pool: self.clone(), rights })
    }

    fn put_back(&self, connection: Connection) {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    /// Whose turn it is to write.
    pub(crate) fn turn(&self) -> WriterTurn {
        self.turn.clone()
    }

    /// Ends every connection: what is lent is waited for.
    pub(super) async fn close(&self) -> Result<(), StoreError> {
        let doing = "close the database";
        let all = timeout(LOCK_TIMEOUT, self.permits.acquire_many(MOST_CONNECTIONS)).await;
        let _all = all.map_err(|_| StoreError::Hindered { doing, obstacle: Obstacle::Busy })?.map_err(|_| StoreError::Closed)?;
        self.permits.close();
        let free = std::mem::take(&mut *self.free.lock().unwrap_or_else(PoisonError::into_inner));
        // The last one brings the log home and takes its file away.
        let close = move || free.into_iter().try_for_each(|connection| connection.close().map_err(|(_, error)| error));
        elsewhere(close).await.map_err(StoreError::failed(doing))
    }

    /// Writes the pages of the log to where they belong, without waiting for anybody.
    pub(super) async fn bring_log_home(self: &Arc<Self>) -> Result<(), StoreError> {
        let doing = "bring the log home";
        let mut lent = self.lend(doing, Purpose::Read).await?;
        lent.elsewhere(|connection| connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)"))
            .await
            .map_err(StoreError::failed(doing))
    }

    #[cfg(test)]
    pub(super) fn is_long_text(&self, sql: &str) -> bool {
        self.is_long(hash(sql))
    }

    /// Does it take long, as far as is known? What never ran may.
    fn is_long(&self, text: u64) -> bool {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).get(&text).is_none_or(|us| *us > LONG_US)
    }

    fn took(&self, text: u64, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        if times.len() >= MOST_TEXTS {
            times.clear();
        }
        // One that a busy machine held up once is no long one.
        times.entry(text).and_modify(|average| *average = average.saturating_mul(7).saturating_add(us) / 8).or_insert(us / 2);
    }
}

/// A connection that somebody has; it goes back when this is dropped, and takes back what was not committed.
pub(crate) struct Lent {
    /// Not there while it is on another thread.
    connection: Option<Connection>,
    pool: Arc<Pool>,
    /// Given back when whatever runs on the connection is over, though nobody waits for it any more.
    rights: Arc<Rights>,
}

/// The right to a connection, and to write.
struct Rights {
    _permit: OwnedSemaphorePermit,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl fmt::Debug for Lent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lent").field("pool", &self.pool).finish_non_exhaustive()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            self.pool.put_back(connection);
        }
    }
}

impl Lent {
    /// Runs a statement; one that finds a lock is tried again for as long as a lock is waited for.
    pub(super) async fn run(&mut self, statement: Statement<'_>) -> Result<Answer, StoreError> {
        let Statement { doing, sql, values } = statement;
        let text = hash(sql);
        let values: Arc<[Value]> = values.into();
        let begun = Instant::now();
        let mut pause = LOOK_AGAIN[0];
        loop {
            let (outcome, time) = match (&self.connection, self.pool.is_long(text)) {
                (Some(connection), false) => timed(|| answer(connection, sql, &values)),
                _ => {
                    let (sql, values) = (sql.to_owned(), values.clone());
                    self.elsewhere(move |connection| Ok(timed(|| answer(connection, &sql, &values))))
                        .await
                        .map_err(StoreError::failed(doing))?
                }
            };
            match outcome {
                Err(error) if is_locked(&error) && begun.elapsed() < LOCK_TIMEOUT => {
                    sleep(pause).await;
                    pause = (2 * pause).min(LOOK_AGAIN[1]);
                }
                outcome => {
                    self.pool.took(text, time);
                    return outcome.map_err(StoreError::failed(doing));
                }
            }
        }
    }

    /// Runs statements without values, where they hold nobody up.
    pub(super) async fn script(&mut self, doing: &'static str, sql: &str) -> Result<(), StoreError> {
        let sql = sql.to_owned();
        let script = move |connection: &Connection| {
            connection.busy_timeout(LOCK_TIMEOUT)?;
            let done = connection.execute_batch(&sql);
            connection.busy_timeout(Duration::ZERO)?;
            done
        };
        self.elsewhere(script).await.map_err(StoreError::failed(doing))
    }

    /// Adds many rows to a table, where it holds nobody up.
    pub(super) async fn insert(&mut self, into: Table<'_>, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
        let places = into.columns.split(',').map(|_| "?").collect::<Vec<_>>().join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({places})", into.name, into.columns);
        let add = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            rows.iter().try_for_each(|row| statement.execute(params_from_iter(row)).map(|_| ()))
        };
        self.elsewhere(add).await.map_err(StoreError::failed(into.doing))
    }

    /// Does something with the connection on a thread that may wait.
    async fn elsewhere<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let connection = self.connection.take().ok_or(rusqlite::Error::InvalidQuery)?;
        let rights = self.rights.clone();
        // Who gave up drops the connection before the rights to it: what it had begun is taken back by then.
        let (connection, done, _rights) = elsewhere(move || {
            let done = work(&connection);
            (connection, done, rights)
        })
        .await;
        self.connection = Some(connection);
        done
    }
}

/// What came of a statement.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The rows that it answered with.
    pub rows: Vec<Row>,
    /// How many it changed.
    pub changed: u64,
}

/// Runs something on a thread that may wait, and lets a panic there be one here.
async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

fn hash(sql: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    sql.hash(&mut hasher);
    hasher.finish()
}

fn is_locked(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn answer(connection: &Connection, sql: &str, values: &[Value]) -> rusqlite::Result<Answer> {
    let mut statement = connection.prepare_cached(sql)?;
    // SQLite numbers `$1` by where it stands first, and takes the digit for a name.
    for at in 1..=statement.parameter_count() {
        let name =
            statement.parameter_name(at).and_then(|name| name.strip_prefix('$')).and_then(|digits| digits.parse::<usize>().ok());
        let value = name.and_then(|number| values.get(number.checked_sub(1)?));
        let Some(value) = value else { return Err(rusqlite::Error::InvalidParameterCount(at, values.len())) };
        statement.raw_bind_parameter(at, value)?;
    }
    let columns: Arc<[Box<str>]> = statement.column_names().into_iter().map(Into::into).collect();
    let mut answer = Answer::default();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let cells = (0..columns.len()).map(|at| cell(row.get_ref(at)?, at)).collect::<rusqlite::Result<Box<[Cell]>>>()?;
        answer.rows.push(Row::Sqlite(columns.clone(), cells));
    }
    drop(rows);
    answer.changed = connection.changes();
    Ok(answer)
}

fn cell(value: ValueRef<'_>, column: usize) -> rusqlite::Result<Cell> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Integer(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).map_err(|error| rusqlite::Error::Utf8Error(column, error))?;
            Cell::Text(text.into())
        }
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.into()),
    })
}

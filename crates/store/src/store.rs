//! Opening the database, and what every query goes through.

use crate::{
    Obstacle, Scope, Scoped, StoreError,
    log_pages::{self, LogPages},
    migrate,
    query::{Row, Value},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, sqlite::SqliteConnectOptions};
use std::{sync::Arc, time::Duration};

/// The most connections that a program holds.
const MOST_CONNECTIONS: u32 = 8;
/// How long a statement waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection that rested so long is tested before it is used again; to test it every time would double the ways of each query.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(10);

/// How long a statement waits for another program's lock on SQLite.
const LOCK_TIMEOUT: Duration = Duration::from_secs(30);
/// How long opening waits for a lock; a server is given twice that to answer.
const OPEN_TIMEOUT: Duration = Duration::from_secs(5);

/// A database with this program's tables.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) connection: DatabaseConnection,
    /// Where questions go instead, while several belong together.
    reading: Option<Arc<DatabaseTransaction>>,
    /// Who looks after SQLite's log; a server does so itself.
    log: Option<LogPages>,
    pub(crate) url: String,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is of no known engine, the database cannot be reached, or a newer program wrote it.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let address = match url.split_once(':') {
            Some(("sqlite", _)) if url.contains('?') => url.to_owned(),
            Some(("sqlite", _)) => format!("{url}?mode=rwc"),
            Some(("postgres" | "postgresql", _)) => url.to_owned(),
            _ => return Err(StoreError::UnknownEngine(without_password(url))),
        };
        let not_opened = |obstacle| StoreError::NotOpened { url: without_password(url), obstacle };
        probe(&address).await.map_err(|error| match error {
            ProbeError::Late => not_opened(Obstacle::NoServer),
            ProbeError::Failed(error) => match Obstacle::of_sqlx(&error) {
                Some(obstacle) => not_opened(obstacle),
                None => StoreError::Unreachable { url: without_password(url), source: Box::new(error) },
            },
        })?;
        let mut options = ConnectOptions::new(address);
        options.max_connections(MOST_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false);
        options.test_before_acquire_if_idle_for(TEST_AFTER_IDLE);
        options.map_sqlx_sqlite_opts(sqlite_options);
        let unreachable = |source| StoreError::Unreachable { url: without_password(url), source: Box::new(source) };
        let connection = Database::connect(options).await.map_err(unreachable)?;
        let log = (connection.get_database_backend() == DbBackend::Sqlite).then(|| LogPages::look_after(connection.clone()));
        let store = Self { connection, reading: None, log, url: url.to_owned() };
        match migrate::up(&store).await {
            Ok(()) => Ok(store),
            Err(StoreError::Hindered { obstacle, .. }) => Err(not_opened(obstacle)),
            Err(error) => Err(error),
        }
    }

    /// Ends every connection and waits for it: only then does SQLite's file alone hold everything, and may be copied.
    ///
    /// # Errors
    /// When a connection cannot be ended in order.
    pub async fn close(self) -> Result<(), StoreError> {
        self.connection.close().await.map_err(StoreError::failed("close the database"))
    }

    /// The address it was opened by.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Is it PostgreSQL?
    pub fn is_postgres(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Postgres
    }

    /// What makes rows that several nodes look for go to one of them, without the others waiting: SQLite has one writer anyway.
    pub(crate) fn skip_locked(&self) -> &'static str {
        if self.is_postgres() { "FOR UPDATE SKIP LOCKED" } else { "" }
    }

    /// The store as somebody sees it.
    pub fn scoped(&self, scope: Scope) -> Scoped {
        Scoped { store: self.clone(), scope }
    }

    /// The store as somebody sees it who has several questions. They take one connection, which goes back to the pool when this is
    /// dropped: each for itself would borrow one, and the pool tests every one that comes back. On SQLite all of them see the same
    /// moment, on PostgreSQL each sees its own.
    ///
    /// # Errors
    /// When no connection becomes free in time.
    pub async fn reading(&self, scope: Scope) -> Result<Scoped, StoreError> {
        let reading = self.connection.begin().await.map_err(StoreError::failed("begin to read"))?;
        Ok(Self { reading: Some(Arc::new(reading)), ..self.clone() }.scoped(scope))
    }

    /// The rows that a query answers with.
    pub(crate) async fn rows(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let statement =
            Statement::from_sql_and_values(self.connection.get_database_backend(), sql, values.into_iter().map(|v| v.0));
        let rows = match &self.reading {
            Some(reading) => reading.query_all_raw(statement).await,
            None => self.connection.query_all_raw(statement).await,
        };
        let rows = rows.map_err(StoreError::failed(doing))?;
        Ok(rows.into_iter().map(Row).collect())
    }

    /// The first row of a query, if any.
    pub(crate) async fn row(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(doing, sql, values).await?.into_iter().next())
    }

    /// Begins a transaction that writes: at once on SQLite, because one that reads first and writes later fails when somebody wrote
    /// between.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.connection.begin_with_options(options).await.map_err(StoreError::failed("begin a transaction"))?;
        Ok(Transaction { transaction: Arc::new(transaction), store: self.clone() })
    }

    /// Runs statements of a migration or of a month's table.
    pub(crate) async fn script(&self, doing: &'static str, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_unprepared(sql).await.map(|_| ()).map_err(StoreError::failed(doing))
    }
}

fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .foreign_keys(true)
        .busy_timeout(LOCK_TIMEOUT)
        .pragma("journal_mode", "WAL")
        .pragma("synchronous", "NORMAL")
        .pragma("wal_autocheckpoint", log_pages::MOST_PAGES)
        .pragma("cache_size", "-32000")
        // What a statement might have to take back is small, and is else written to a file each time.
        .pragma("temp_store", "MEMORY")
}

enum ProbeError {
    /// No answer in time.
    Late,
    Failed(sqlx::Error),
}

/// Connects once without the pool, which takes a server that refuses for one that is about to come up, and says "timed out" of all it
/// waited for.
async fn probe(address: &str) -> Result<(), ProbeError> {
    let connecting = async {
        if address.starts_with("sqlite:") {
            let options = sqlite_options(address.parse()?).busy_timeout(OPEN_TIMEOUT);
            options.connect().await?.close().await
        } else {
            PgConnection::connect(address).await?.close().await
        }
    };
    // SQLite has a time-out of its own, which then comes first and knows the reason.
    let answer = tokio::time::timeout(2 * OPEN_TIMEOUT, connecting).await;
    answer.map_err(|_| ProbeError::Late)?.map_err(ProbeError::Failed)
}

/// A transaction that writes; dropped without [`Transaction::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Transaction {
    transaction: Arc<DatabaseTransaction>,
    pub(crate) store: Store,
}

impl Transaction {
    /// The store as somebody sees it within this transaction: with what it wrote, and on SQLite with nobody who writes beside it. It must be
    /// dropped before the commit.
    pub fn scoped(&self, scope: Scope) -> Scoped {
        Store { reading: Some(self.transaction.clone()), ..self.store.clone() }.scoped(scope)
    }

    /// Keeps everything written.
    ///
    /// # Errors
    /// When the database fails, or somebody still [reads](Transaction::scoped) within the transaction: nothing is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        let transaction = Arc::into_inner(self.transaction).ok_or(StoreError::StillRead)?;
        transaction.commit().await.map_err(StoreError::failed("commit"))?;
        if let Some(log) = self.store.log {
            log.committed();
        }
        Ok(())
    }

    /// Is it PostgreSQL's?
    pub(crate) fn is_postgres(&self) -> bool {
        self.transaction.get_database_backend() == DbBackend::Postgres
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn execute(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let statement =
            Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values.into_iter().map(|v| v.0));
        let done = self.transaction.execute_raw(statement).await.map_err(StoreError::failed(doing))?;
        Ok(done.rows_affected())
    }

    /// Runs a statement that answers with rows, such as an insert that returns its id.
    pub(crate) async fn rows(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let statement =
            Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, values.into_iter().map(|v| v.0));
        let rows = self.transaction.query_all_raw(statement).await.map_err(StoreError::failed(doing))?;
        Ok(rows.into_iter().map(Row).collect())
    }
}

/// An address as it may be shown: without its password.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            let credentials = &url[scheme + 3..at];
            let user = credentials.split(':').next().unwrap_or_default();
            format!("{}://{user}@{}", &url[..scheme], &url[at + 1..])
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://me:secret@db/cadran"), "postgres://me@db/cadran");
        assert_eq!(without_password("sqlite:/var/lib/cadran.db"), "sqlite:/var/lib/cadran.db");
    }
}

//! Opening the database, and what every query goes through.

use crate::{
    Scope, Scoped, StoreError,
    engine::{Engine, Purpose, Session, Statement, Table},
    migrate,
    query::{Row, Value},
};
use std::sync::Arc;
use tokio::sync::Mutex;

/// A database with this program's tables.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) engine: Engine,
    /// Where questions go instead, while several belong together.
    reading: Option<Arc<Mutex<Session>>>,
    pub(crate) url: String,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is of no known engine, the database cannot be reached, or a newer program wrote it.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let store = Self { engine: Engine::open(url).await?, reading: None, url: url.to_owned() };
        match migrate::up(&store).await {
            Ok(()) => Ok(store),
            Err(StoreError::Hindered { obstacle, .. }) => Err(StoreError::NotOpened { url: without_password(url), obstacle }),
            Err(error) => Err(error),
        }
    }

    /// Ends every connection and waits for it: only then does SQLite's file alone hold everything, and may be copied.
    ///
    /// # Errors
    /// When a connection cannot be ended in order.
    pub async fn close(self) -> Result<(), StoreError> {
        self.engine.close().await
    }

    /// The address it was opened by.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Is it PostgreSQL?
    pub fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
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
    /// dropped: each for itself would borrow one. On SQLite all of them see the same moment, on PostgreSQL each sees its own.
    ///
    /// # Errors
    /// When no connection becomes free in time.
    pub async fn reading(&self, scope: Scope) -> Result<Scoped, StoreError> {
        let reading = self.engine.begin("begin to read", Purpose::Read).await?;
        Ok(Self { reading: Some(Arc::new(Mutex::new(reading))), ..self.clone() }.scoped(scope))
    }

    /// The rows that a query answers with.
    pub(crate) async fn rows(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let statement = Statement { doing, sql, values };
        match &self.reading {
            Some(reading) => reading.lock().await.rows(statement).await,
            None => self.engine.rows(statement).await,
        }
    }

    /// The first row of a query, if any.
    pub(crate) async fn row(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(doing, sql, values).await?.into_iter().next())
    }

    /// Begins a transaction that writes.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        let session = self.engine.begin("begin a transaction", Purpose::Write).await?;
        Ok(Transaction { session: Arc::new(Mutex::new(session)), store: self.clone() })
    }

    /// Runs statements of a migration or of a month's table.
    pub(crate) async fn script(&self, doing: &'static str, sql: &str) -> Result<(), StoreError> {
        self.engine.script(doing, sql).await
    }
}

/// A transaction that writes; dropped without [`Transaction::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Transaction {
    session: Arc<Mutex<Session>>,
    pub(crate) store: Store,
}

impl Transaction {
    /// The store as somebody sees it within this transaction: with what it wrote, and on SQLite with nobody who writes beside it. It must be
    /// dropped before the commit.
    pub fn scoped(&self, scope: Scope) -> Scoped {
        self.reader().scoped(scope)
    }

    /// The store within this transaction, for what is asked outside of one, too. It must be dropped before the commit.
    pub(crate) fn reader(&self) -> Store {
        Store { reading: Some(self.session.clone()), ..self.store.clone() }
    }

    /// Keeps everything written.
    ///
    /// # Errors
    /// When the database fails, or somebody still [reads](Transaction::scoped) within the transaction: nothing is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        Arc::into_inner(self.session).ok_or(StoreError::StillRead)?.into_inner().commit().await
    }

    /// Is it PostgreSQL's?
    pub(crate) fn is_postgres(&self) -> bool {
        self.store.is_postgres()
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn execute(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        self.session.lock().await.execute(Statement { doing, sql, values }).await
    }

    /// Adds many rows to a table.
    pub(crate) async fn insert(&self, into: Table<'_>, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.session.lock().await.insert(into, rows).await
    }

    /// Runs a statement that answers with rows, such as an insert that returns its id.
    pub(crate) async fn rows(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        self.session.lock().await.rows(Statement { doing, sql, values }).await
    }
}

/// An address as it may be shown: without its password.
pub(crate) fn without_password(url: &str) -> String {
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

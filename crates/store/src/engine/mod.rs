//! The two engines behind one face: statements with `$1`, `$2` … go in, rows come out. What a statement says, and who may see what it finds, others know.

mod log_pages;
mod postgres;
mod sqlite;
#[cfg(test)]
mod tests;

pub(crate) use sqlite::{WriterTurn, path as sqlite_path};

use crate::{
    StoreError,
    query::{Row, Value},
};
use log_pages::LogPages;
use std::sync::Arc;

/// The most connections that a program holds.
const MOST_CONNECTIONS: u32 = 8;

/// An opened database.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    /// A file, with who looks after its log.
    Sqlite(Arc<sqlite::Pool>, LogPages),
    /// A server, which looks after its own.
    Postgres(sqlx::PgPool),
}

/// Several statements that belong together, on one connection. Dropped, it takes back what it wrote.
#[derive(Debug)]
pub(crate) enum Session {
    Sqlite(Box<sqlite::Lent>, LogPages),
    Postgres(sqlx::PgTransaction<'static>),
}

/// Does somebody who begins a session write?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Only questions.
    Read,
    /// Changes too.
    Write,
}

/// A statement and its values.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    /// What it is for, in a verb that follows "could not".
    pub doing: &'static str,
    /// Its text, whose values are `$1`, `$2` ….
    pub sql: &'a str,
    /// They.
    pub values: Vec<Value>,
}

/// A table that rows are added to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    /// What it is for, in a verb that follows "could not".
    pub doing: &'static str,
    /// Its name.
    pub name: &'a str,
    /// The columns that the rows have, separated by commas.
    pub columns: &'a str,
}

impl Engine {
    /// Opens `sqlite:PATH` or `postgres://…`.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sqlite", _)) => {
                let pool = Arc::new(sqlite::Pool::open(url).await?);
                let log = LogPages::look_after(pool.clone());
                Ok(Self::Sqlite(pool, log))
            }
            Some(("postgres" | "postgresql", _)) => postgres::open(url).await.map(Self::Postgres),
            _ => Err(StoreError::UnknownEngine(crate::store::without_password(url))),
        }
    }

    /// Ends every connection and waits for it.
    pub(crate) async fn close(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(pool, _) => pool.close().await,
            Self::Postgres(pool) => {
                pool.close().await;
                Ok(())
            }
        }
    }

    /// The rows that a question for itself is answered with.
    pub(crate) async fn rows(&self, statement: Statement<'_>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(pool, _) => Ok(pool.lend(statement.doing, Purpose::Read).await?.run(statement).await?.rows),
            Self::Postgres(pool) => postgres::rows(pool, statement).await,
        }
    }

    /// Runs statements without values, separated by `;`.
    pub(crate) async fn script(&self, doing: &'static str, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(pool, _) => pool.lend(doing, Purpose::Write).await?.script(doing, sql).await,
            Self::Postgres(pool) => postgres::script(pool, doing, sql).await,
        }
    }

    /// Begins a session. One that writes does so at once on SQLite, because one that reads first and writes later fails when somebody wrote between.
    pub(crate) async fn begin(&self, doing: &'static str, purpose: Purpose) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite(pool, log) => {
                let mut lent = pool.lend(doing, purpose).await?;
                let sql = if purpose == Purpose::Write { "BEGIN IMMEDIATE" } else { "BEGIN" };
                lent.run(Statement { doing, sql, values: Vec::new() }).await?;
                Ok(Session::Sqlite(Box::new(lent), log.clone()))
            }
            Self::Postgres(pool) => pool.begin().await.map(Session::Postgres).map_err(StoreError::failed(doing)),
        }
    }
}

impl Session {
    /// The rows that one of its statements answers with.
    pub(crate) async fn rows(&mut self, statement: Statement<'_>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(lent, _) => Ok(lent.run(statement).await?.rows),
            Self::Postgres(transaction) => postgres::rows(&mut **transaction, statement).await,
        }
    }

    /// Runs one of its statements; how many rows it changed.
    pub(crate) async fn execute(&mut self, statement: Statement<'_>) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(lent, _) => Ok(lent.run(statement).await?.changed),
            Self::Postgres(transaction) => postgres::execute(&mut **transaction, statement).await,
        }
    }

    /// Adds many rows to a table, each with a value for each of its columns: what takes thousands does not go through statements one by one.
    pub(crate) async fn insert(&mut self, into: Table<'_>, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(lent, _) => lent.insert(into, rows).await,
            Self::Postgres(transaction) => postgres::copy(transaction, into, &rows).await,
        }
    }

    /// Keeps everything written.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(mut lent, log) => {
                lent.run(Statement { doing: "commit", sql: "COMMIT", values: Vec::new() }).await?;
                log.committed();
                Ok(())
            }
            Self::Postgres(transaction) => transaction.commit().await.map_err(StoreError::failed("commit")),
        }
    }
}

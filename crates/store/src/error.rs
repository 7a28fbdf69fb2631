//! What can go wrong between the program and its database, in words that say what to do.

use crate::obstacle::{Fault, Obstacle};

/// A fault of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is of no engine that is known.
    #[error("database `{0}` is neither `sqlite:PATH` nor `postgres://USER@HOST/NAME`")]
    UnknownEngine(String),
    /// It cannot be reached or opened.
    #[error("database `{url}` cannot be opened; is the path writable, the server running, the name right?")]
    Unreachable {
        /// Its address, without a password.
        url: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It cannot be opened, for a reason that is known.
    #[error("database `{url}` cannot be opened: {obstacle}")]
    NotOpened {
        /// Its address, without a password.
        url: String,
        /// What stands in the way.
        obstacle: Obstacle,
    },
    /// It was written by a later program.
    #[error("database was written by a newer Cadran (schema {found}, this program knows {known}): use that program")]
    Newer {
        /// The schema that is there.
        found: i64,
        /// The latest that this program knows.
        known: i64,
    },
    /// Something outside the program stands in the way of a statement.
    #[error("database could not {doing}: {obstacle}")]
    Hindered {
        /// What it was to do.
        doing: &'static str,
        /// What stands in the way.
        obstacle: Obstacle,
    },
    /// A statement failed.
    #[error("database could not {doing}")]
    Failed {
        /// What it was to do.
        doing: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A value is not of the type that its column promises.
    #[error("column `{column}` of the database holds what it cannot hold: {value}")]
    Corrupt {
        /// The column.
        column: &'static str,
        /// What is there.
        value: String,
    },
    /// Somebody else took over the work that this program had leased.
    #[error("another importer of this operator took over; this one stops and loses nothing")]
    LeaseLost,
    /// It was closed before.
    #[error("the database is closed already")]
    Closed,
    /// A transaction was to be committed while somebody read within it.
    #[error("a transaction cannot be committed while it is read from")]
    StillRead,
}

impl StoreError {
    pub(crate) fn failed<E: Fault>(doing: &'static str) -> impl FnOnce(E) -> StoreError {
        move |source| match source.obstacle() {
            Some(obstacle) => StoreError::Hindered { doing, obstacle },
            None => StoreError::Failed { doing, source: Box::new(source) },
        }
    }
}

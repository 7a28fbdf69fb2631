//! Values into a query and rows out of it, by the types of the vocabulary.
//!
//! What differs from one request to the next is a value, so that a text is compiled once for a connection. A `LIMIT` stands in the text
//! nevertheless: SQLite compiles a statement anew, each time, when it is a value.

use crate::StoreError;
use sea_orm::{QueryResult, TryGetable};
use vocabulary::{Money, Month, Timestamp};

/// One value of a query.
#[derive(Clone, Debug)]
pub struct Value(pub(crate) sea_orm::Value);

macro_rules! values {
    ($($kind:ty),+ $(,)?) => {$(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                Self(value.into())
            }
        }
        impl From<Option<$kind>> for Value {
            fn from(value: Option<$kind>) -> Self {
                Self(value.into())
            }
        }
    )+};
}

values!(i64, i32, i16, String, Vec<u8>);

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self(value.into())
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        value.micros().into()
    }
}

impl From<Money> for Value {
    fn from(value: Money) -> Self {
        value.micros().into()
    }
}

impl From<Month> for Value {
    fn from(value: Month) -> Self {
        value.number().into()
    }
}

/// One row of an answer.
#[derive(Debug)]
pub struct Row(pub(crate) QueryResult);

impl Row {
    /// The value of a column.
    pub(crate) fn get<T: TryGetable>(&self, column: &'static str) -> Result<T, StoreError> {
        self.0.try_get("", column).map_err(StoreError::failed("read a column"))
    }

    /// An instant.
    pub(crate) fn instant(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.get(column).map(Timestamp::from_micros)
    }

    /// An amount.
    pub(crate) fn money(&self, column: &'static str) -> Result<Money, StoreError> {
        self.get(column).map(Money::from_micros)
    }
}

//! Values into a query and rows out of it, by the types of the vocabulary.
//!
//! What differs from one request to the next is a value, so that a text is compiled once for a connection. A `LIMIT` stands in the text
//! nevertheless: SQLite compiles a statement anew, each time, when it is a value.

use crate::StoreError;
use compact_str::CompactString;
use rusqlite::{
    ToSql,
    types::{Null, ToSqlOutput},
};
use sqlx::{Row as _, postgres::PgRow};
use std::sync::Arc;
use vocabulary::{Money, Month, Timestamp};

/// One value of a query, of the width of its column: PostgreSQL tells them apart.
#[derive(Clone, Debug)]
pub enum Value {
    /// A `BIGINT`.
    Big(Option<i64>),
    /// An `INTEGER`.
    Int(Option<i32>),
    /// A `SMALLINT`.
    Small(Option<i16>),
    /// A `TEXT`.
    Text(Option<String>),
    /// A `BYTEA`.
    Bytes(Option<Vec<u8>>),
}

macro_rules! values {
    ($($name:ident: $kind:ty),+ $(,)?) => {$(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                Self::$name(Some(value))
            }
        }
        impl From<Option<$kind>> for Value {
            fn from(value: Option<$kind>) -> Self {
                Self::$name(value)
            }
        }
    )+};
}

values!(Big: i64, Int: i32, Small: i16, Text: String, Bytes: Vec<u8>);

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        value.to_owned().into()
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

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Big(Some(value)) => value.to_sql(),
            Self::Int(Some(value)) => value.to_sql(),
            Self::Small(Some(value)) => value.to_sql(),
            Self::Text(Some(value)) => value.to_sql(),
            Self::Bytes(Some(value)) => value.to_sql(),
            Self::Big(None) | Self::Int(None) | Self::Small(None) | Self::Text(None) | Self::Bytes(None) => Ok(Null.into()),
        }
    }
}

/// One row of an answer.
#[derive(Debug)]
pub enum Row {
    /// Of SQLite: the names of the columns, which all rows share, and what stands in them.
    Sqlite(Arc<[Box<str>]>, Box<[Cell]>),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

/// What stands in a column of SQLite.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// Another number.
    Real(f64),
    /// A text.
    Text(CompactString),
    /// Bytes.
    Bytes(Box<[u8]>),
}

/// What a column can be read as.
pub(crate) trait Column: Sized {
    /// From SQLite; `None` when it is something else.
    fn of_cell(cell: &Cell) -> Option<Self>;
    /// From PostgreSQL.
    fn of_row(row: &PgRow, column: &str) -> sqlx::Result<Self>;
}

macro_rules! columns {
    ($($kind:ty: $cell:ident($value:ident) => $read:expr;)+) => {$(
        impl Column for $kind {
            fn of_cell(cell: &Cell) -> Option<Self> {
                let Cell::$cell($value) = cell else { return None };
                $read
            }
            fn of_row(row: &PgRow, column: &str) -> sqlx::Result<Self> {
                row.try_get(column)
            }
        }
        impl Column for Option<$kind> {
            fn of_cell(cell: &Cell) -> Option<Self> {
                if *cell == Cell::Null { Some(None) } else { <$kind>::of_cell(cell).map(Some) }
            }
            fn of_row(row: &PgRow, column: &str) -> sqlx::Result<Self> {
                row.try_get(column)
            }
        }
    )+};
}

columns! {
    i64: Integer(value) => Some(*value);
    i32: Integer(value) => (*value).try_into().ok();
    i16: Integer(value) => (*value).try_into().ok();
    bool: Integer(value) => Some(*value != 0);
    f64: Real(value) => Some(*value);
    String: Text(value) => Some(value.as_str().to_owned());
    Vec<u8>: Bytes(value) => Some(value.to_vec());
}

impl Row {
    /// The value of a column.
    pub(crate) fn get<T: Column>(&self, column: &'static str) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(columns, cells) => {
                let cell = columns.iter().position(|name| **name == *column).and_then(|at| cells.get(at));
                cell.and_then(T::of_cell).ok_or_else(|| StoreError::Corrupt { column, value: format!("{cell:?}") })
            }
            Self::Postgres(row) => T::of_row(row, column).map_err(StoreError::failed("read a column")),
        }
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

/// A month as its column has it.
pub(crate) fn read_month(number: i32) -> Result<Month, StoreError> {
    Month::from_number(number).map_err(|_| StoreError::Corrupt { column: "month", value: number.to_string() })
}

//! PostgreSQL, through `sqlx`.

use super::{MOST_CONNECTIONS, Statement, Table};
use crate::{
    Obstacle, StoreError,
    obstacle::Fault as _,
    query::{Row, Value},
    store::without_password,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgExecutor, PgPool, Postgres,
    postgres::{PgArguments, PgConnectOptions, PgPoolOptions},
    query::Query,
};
use std::time::Duration;

/// How long a statement waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection that rested so long is tested before it is used again; to test it every time would double the ways of each query.
const TEST_AFTER_IDLE: Duration = Duration::from_secs(10);
/// How long opening waits for an answer.
const OPEN_TIMEOUT: Duration = Duration::from_secs(10);

/// Connects, once without the pool first: it takes a server that refuses for one that is about to come up, and says "timed out" of all it waited for.
pub(super) async fn open(url: &str) -> Result<PgPool, StoreError> {
    let not_opened = |obstacle| StoreError::NotOpened { url: without_password(url), obstacle };
    let refused = |error: sqlx::Error| match error.obstacle() {
        Some(obstacle) => not_opened(obstacle),
        None => StoreError::Unreachable { url: without_password(url), source: Box::new(error) },
    };
    let options: PgConnectOptions = url.parse().map_err(refused)?;
    let options = options.disable_statement_logging();
    let probe = async { PgConnection::connect_with(&options).await?.close().await };
    let answer = tokio::time::timeout(OPEN_TIMEOUT, probe).await;
    answer.map_err(|_| not_opened(Obstacle::NoServer))?.map_err(refused)?;
    let pool = PgPoolOptions::new()
        .max_connections(MOST_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= TEST_AFTER_IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        });
    pool.connect_with(options).await.map_err(refused)
}

/// The rows that a statement answers with.
pub(super) async fn rows(executor: impl PgExecutor<'_>, statement: Statement<'_>) -> Result<Vec<Row>, StoreError> {
    let doing = statement.doing;
    let rows = query(statement).fetch_all(executor).await.map_err(StoreError::failed(doing))?;
    Ok(rows.into_iter().map(Row::Postgres).collect())
}

/// Runs a statement; how many rows it changed.
pub(super) async fn execute(executor: impl PgExecutor<'_>, statement: Statement<'_>) -> Result<u64, StoreError> {
    let doing = statement.doing;
    Ok(query(statement).execute(executor).await.map_err(StoreError::failed(doing))?.rows_affected())
}

fn query(statement: Statement<'_>) -> Query<'static, Postgres, PgArguments> {
    statement.values.into_iter().fold(sqlx::query(AssertSqlSafe(statement.sql)), |query, value| match value {
        Value::Big(value) => query.bind(value),
        Value::Int(value) => query.bind(value),
        Value::Small(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}

/// Runs statements without values.
pub(super) async fn script(pool: &PgPool, doing: &'static str, sql: &str) -> Result<(), StoreError> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.map(|_| ()).map_err(StoreError::failed(doing))
}

/// Adds many rows by COPY in its binary format: a signature, then each row as a count of columns and each column as its length and bytes.
pub(super) async fn copy(connection: &mut PgConnection, into: Table<'_>, rows: &[Vec<Value>]) -> Result<(), StoreError> {
    let mut bytes = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec();
    for row in rows {
        let columns = i16::try_from(row.len()).expect("a table has fewer than 32,768 columns");
        bytes.extend_from_slice(&columns.to_be_bytes());
        row.iter().for_each(|value| put(&mut bytes, value));
    }
    bytes.extend_from_slice(&(-1_i16).to_be_bytes());
    let sql = format!("COPY {} ({}) FROM STDIN (FORMAT binary)", into.name, into.columns);
    let sent = async {
        let mut copy = connection.copy_in_raw(&sql).await?;
        copy.send(bytes).await?;
        copy.finish().await
    };
    sent.await.map(|_| ()).map_err(StoreError::failed(into.doing))
}

fn put(bytes: &mut Vec<u8>, value: &Value) {
    let mut column = |value: Option<&[u8]>| {
        let length = value.map_or(-1, |value| i32::try_from(value.len()).expect("a column holds less than 2 GB"));
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(value.unwrap_or_default());
    };
    match value {
        Value::Big(value) => column(value.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice)),
        Value::Int(value) => column(value.map(i32::to_be_bytes).as_ref().map(<[u8; 4]>::as_slice)),
        Value::Small(value) => column(value.map(i16::to_be_bytes).as_ref().map(<[u8; 2]>::as_slice)),
        Value::Text(value) => column(value.as_deref().map(str::as_bytes)),
        Value::Bytes(value) => column(value.as_deref()),
    }
}

//! Statements of somebody who goes round the program: what no operation does to a database.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

/// Runs statements on the database at an address, on a connection of their own.
///
/// # Panics
/// When the database cannot be reached, or refuses them.
pub async fn run(url: &str, sql: &str) {
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await.unwrap_or_else(|error| panic!("cannot reach `{url}`: {error}"));
        connection.execute(AssertSqlSafe(sql)).await.unwrap_or_else(|error| panic!("`{sql}`: {error}"));
    } else {
        sqlite(url).execute_batch(sql).unwrap_or_else(|error| panic!("`{sql}`: {error}"));
    }
}

/// The number that a question to the database at an address is answered with.
///
/// # Panics
/// When the database cannot be reached, or answers with something else.
pub async fn count(url: &str, sql: &str) -> i64 {
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await.unwrap_or_else(|error| panic!("cannot reach `{url}`: {error}"));
        let found = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await;
        found.unwrap_or_else(|error| panic!("`{sql}`: {error}"))
    } else {
        sqlite(url).query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("`{sql}`: {error}"))
    }
}

/// A connection to a file; it waits for a lock that the program has, as another program would.
fn sqlite(url: &str) -> rusqlite::Connection {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    rusqlite::Connection::open(path).unwrap_or_else(|error| panic!("cannot open `{url}`: {error}"))
}

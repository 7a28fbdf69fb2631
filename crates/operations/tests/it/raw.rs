//! What no operation does to a database, for tests.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use testkit::{Engine, TestDatabase};

/// Runs a statement.
pub(crate) async fn execute(database: &TestDatabase, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    if database.engine() == Engine::Postgres {
        PgConnection::connect(database.url()).await.unwrap().execute(sql).await.unwrap();
    } else {
        SqliteConnection::connect(database.url()).await.unwrap().execute(sql).await.unwrap();
    }
}

/// The number that a question to the database at an address answers with.
pub(crate) async fn count(url: &str, sql: &'static str) -> i64 {
    if url.starts_with("postgres") {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    } else {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    }
}

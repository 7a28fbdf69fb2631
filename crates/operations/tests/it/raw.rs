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

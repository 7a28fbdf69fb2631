//! Statements of somebody who goes round the program.

use rusqlite::Connection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use testkit::{Engine, TestDatabase};

/// Runs a statement on a connection of its own.
pub(crate) async fn run(database: &TestDatabase, sql: &str) {
    if database.engine() == Engine::Postgres {
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    } else {
        let path = database.url().trim_start_matches("sqlite://").split('?').next().unwrap();
        Connection::open(path).unwrap().execute_batch(sql).unwrap();
    }
}

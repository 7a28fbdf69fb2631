//! Fresh databases, one of each engine, gone when the test ends.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    env, fmt,
    hash::{BuildHasher, Hasher, RandomState},
    thread,
};
use tempfile::TempDir;

/// The environment variable that names a PostgreSQL server on which tests may create databases, as a URL of one of its databases.
/// `cargo xtask test` sets it.
pub const POSTGRES_VARIABLE: &str = "CADRAN_TEST_POSTGRES";

/// What a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A database of a server.
    Postgres,
}

/// An empty database that exists as long as this value.
#[derive(Debug)]
pub struct TestDatabase {
    engine: Engine,
    url: String,
    _place: Place,
}

#[derive(Debug)]
#[expect(dead_code, reason = "held for what dropping it does")]
enum Place {
    File(TempDir),
    Server(ServerDatabase),
}

#[derive(Debug)]
struct ServerDatabase {
    server: String,
    name: String,
}

/// A fresh database of each engine: always a SQLite file, and a PostgreSQL database when [`POSTGRES_VARIABLE`] names a server. A test
/// loops over them, so that what it proves holds on both.
///
/// # Panics
/// When a database cannot be made: on a server that is named but does not answer, too, so that it is not left out unseen.
pub fn databases() -> Vec<TestDatabase> {
    let mut databases = vec![TestDatabase::sqlite()];
    match env::var(POSTGRES_VARIABLE) {
        Ok(server) if !server.is_empty() => databases.push(TestDatabase::postgres(&server)),
        _ => eprintln!("PostgreSQL is left out: {POSTGRES_VARIABLE} is not set; `cargo xtask test` sets it"),
    }
    databases
}

impl TestDatabase {
    /// What it runs on.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where it is, as the program takes it: `sqlite:///…?mode=rwc`, `postgres://…`.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn sqlite() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("cadran-test-")
            .tempdir()
            .unwrap_or_else(|error| panic!("cannot make a folder for a SQLite database: {error}"));
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("cadran.db").display());
        Self { engine: Engine::Sqlite, url, _place: Place::File(folder) }
    }

    fn postgres(server: &str) -> Self {
        let name = format!("cadran_test_{:016x}", RandomState::new().build_hasher().finish());
        run_on_server(server, format!("CREATE DATABASE {name}"))
            .unwrap_or_else(|error| panic!("cannot make a database on {POSTGRES_VARIABLE}=`{server}`: {error}"));
        let url = with_database(server, &name);
        Self { engine: Engine::Postgres, url, _place: Place::Server(ServerDatabase { server: server.to_owned(), name }) }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        })
    }
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        // FORCE, because the test's pool may be dropped after this value.
        if let Err(error) = run_on_server(&self.server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)) {
            eprintln!("database `{}` stays behind: {error}", self.name);
        }
    }
}

/// The URL of another database of the same server; what follows a question mark stays.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..end])
}

/// Runs one statement on a thread and runtime of its own, so that it works inside a test's runtime, without one, and in a `Drop`.
fn run_on_server(server: &str, statement: String) -> Result<(), String> {
    let server = server.to_owned();
    let run = move || -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&server).await.map_err(|error| error.to_string())?;
            connection.execute(AssertSqlSafe(statement)).await.map_err(|error| error.to_string())?;
            connection.close().await.map_err(|error| error.to_string())
        })
    };
    thread::spawn(run).join().unwrap_or_else(|_| Err("the thread that talks to the server panicked".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_of_a_url_is_replaced_and_the_rest_stays() {
        for (server, expected) in [
            ("postgres://postgres@127.0.0.1:5432/postgres", "postgres://postgres@127.0.0.1:5432/mine"),
            ("postgres://127.0.0.1", "postgres://127.0.0.1/mine"),
            ("postgres://a:b@host/one?sslmode=disable", "postgres://a:b@host/mine?sslmode=disable"),
        ] {
            assert_eq!(with_database(server, "mine"), expected);
        }
    }

    #[test]
    fn each_database_is_empty_and_its_own() {
        let (first, second) = (databases(), databases());
        assert_eq!(first.len(), second.len());
        for (one, other) in first.iter().zip(&second) {
            assert_eq!(one.engine(), other.engine());
            assert_ne!(one.url(), other.url());
        }
    }

    #[test]
    fn a_database_of_a_server_is_gone_with_its_value() {
        for database in databases() {
            if database.engine() == Engine::Postgres {
                let url = database.url().to_owned();
                run_on_server(&url, "CREATE TABLE t (a BIGINT)".to_owned()).unwrap();
                drop(database);
                let error = run_on_server(&url, "SELECT 1".to_owned()).unwrap_err();
                assert!(error.contains("does not exist"), "{error}");
            }
        }
    }
}

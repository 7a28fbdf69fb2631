//! What stands in a database's way is said in a sentence that names the database and what to do.

use rusqlite::Connection;
use std::{fs, path::Path};
use store::{Store, StoreError};
use testkit::{Engine, databases, raw};

/// Why a database does not open.
async fn refusal(url: &str) -> String {
    let error = Store::open(url).await.unwrap_err();
    assert!(matches!(error, StoreError::NotOpened { .. } | StoreError::UnknownEngine(_)), "{error:?}");
    error.to_string()
}

fn at(folder: &Path, file: &str) -> String {
    format!("sqlite:{}", folder.join(file).display())
}

/// PLT-13: a SQLite file that is in no folder, is something else, may only be read, or is locked by another program.
#[tokio::test]
async fn a_sqlite_file_that_cannot_be_opened_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = refusal(&at(folder.path(), "no/such/folder/cadran.db")).await;
    assert!(nowhere.contains("no/such/folder/cadran.db` cannot be opened: its file cannot be opened"), "{nowhere}");

    fs::write(folder.path().join("letter.db"), "Dear Sir or Madam, ".repeat(300)).unwrap();
    let letter = refusal(&at(folder.path(), "letter.db")).await;
    assert!(letter.contains("no SQLite database"), "{letter}");
    assert!(fs::read_to_string(folder.path().join("letter.db")).unwrap().starts_with("Dear Sir"), "it stays as it was");

    Connection::open(folder.path().join("mine.db")).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    let read_only = refusal(&format!("{}?mode=ro", at(folder.path(), "mine.db"))).await;
    assert!(read_only.contains("read-only; give the right to write"), "{read_only}");

    let other = Connection::open(folder.path().join("mine.db")).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO mine VALUES (1)").unwrap();
    let locked = refusal(&at(folder.path(), "mine.db")).await;
    assert!(locked.contains("another program holds it locked; end that program"), "{locked}");
    drop(other);
    Store::open(&at(folder.path(), "mine.db")).await.expect("nobody holds it any more");
}

/// PLT-13: a PostgreSQL that is not there, does not know the database or the user, or lets them only read; passwords are not shown.
#[tokio::test]
async fn a_postgres_that_cannot_be_opened_says_why() {
    let Some(database) = databases().into_iter().find(|database| database.engine() == Engine::Postgres) else { return };
    let url = database.url();
    let (server, name) = url.rsplit_once('/').unwrap();
    let (scheme, host) = server.rsplit_once('@').map_or(("postgres://", server), |(_, host)| ("postgres://", host));
    let unknown = refusal(&format!("{server}/{name}_not_there")).await;
    assert!(unknown.contains("no database of that name; make it with `createdb`"), "{unknown}");
    let stranger = refusal(&format!("{scheme}stranger:secret@{host}/{name}")).await;
    assert!(stranger.contains("refuses the user or the password") && !stranger.contains("secret"), "{stranger}");
    let read_only = refusal(&format!("{url}?options=-c%20default_transaction_read_only%3Don")).await;
    assert!(read_only.contains("it is read-only"), "{read_only}");
    // Port 1 is of a service that nobody runs; a server that refuses says so at once.
    let nobody = refusal("postgres://me:secret@127.0.0.1:1/cadran").await;
    assert!(nobody.contains("postgres://me@127.0.0.1:1/cadran` cannot be opened: no server answers there"), "{nobody}");
}

/// PLT-13: a database of a newer program, or of an engine that is not known, is left alone.
#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    for database in databases() {
        let store = Store::open(database.url()).await.unwrap();
        drop(store);
        raw::run(database.url(), "INSERT INTO schema_version VALUES (9999)").await;
        let error = Store::open(database.url()).await.unwrap_err().to_string();
        assert!(error.contains("schema 9999") && error.contains("use that program"), "{error}");
    }
    assert!(refusal("mysql://me:secret@host/cadran").await.contains("neither `sqlite:PATH` nor `postgres://"));
}

use super::{Engine, Purpose, Statement};
use crate::{Obstacle, StoreError, query::Value};
use std::{sync::Arc, time::Duration};
use testkit::{TestDatabase, databases};

fn statement(sql: &str, values: Vec<Value>) -> Statement<'_> {
    Statement { doing: "try", sql, values }
}

async fn opened(database: &TestDatabase) -> Engine {
    let engine = Engine::open(database.url()).await.unwrap();
    engine.script("make a table", "CREATE TABLE kept (a BIGINT, b TEXT); INSERT INTO kept VALUES (1, 'one')").await.unwrap();
    engine
}

async fn write(engine: &Engine, number: i64) -> super::Session {
    let mut session = engine.begin("write", Purpose::Write).await.unwrap();
    let changed = session.execute(statement("INSERT INTO kept (a) VALUES ($1)", vec![number.into()])).await.unwrap();
    assert_eq!(changed, 1);
    session
}

async fn sum(engine: &Engine) -> i64 {
    let rows = engine.rows(statement("SELECT CAST(SUM(a) AS BIGINT) AS sum FROM kept", Vec::new())).await.unwrap();
    rows[0].get("sum").unwrap()
}

/// Values go where their number says, whichever stands first in the text, and as often as it stands there; nothing is nothing.
#[tokio::test]
async fn values_go_by_their_number() {
    for database in databases() {
        let engine = opened(&database).await;
        let sql = "SELECT a, b, CAST($3 AS TEXT) AS c FROM kept WHERE b = $2 AND a = $1 AND b = $2";
        let rows = engine.rows(statement(sql, vec![1_i64.into(), "one".into(), None::<String>.into()])).await.unwrap();
        assert_eq!((rows[0].get::<i64>("a").unwrap(), rows[0].get::<String>("b").unwrap()), (1, "one".to_owned()));
        assert_eq!(rows[0].get::<Option<String>>("c").unwrap(), None);
        let nothing = rows[0].get::<String>("c").unwrap_err();
        assert!(matches!(nothing, StoreError::Corrupt { .. } | StoreError::Failed { .. }), "{nothing:?}");
        let missing = engine.rows(statement("SELECT a FROM kept WHERE a = $2", vec![1_i64.into()])).await.unwrap_err();
        assert!(matches!(missing, StoreError::Failed { doing: "try", .. }), "{missing:?}");
    }
}

/// What is dropped is taken back, and whoever gives up leaves a connection that works.
#[tokio::test]
async fn what_is_not_committed_is_taken_back() {
    for database in databases() {
        let engine = opened(&database).await;
        drop(write(&engine, 10).await);
        let mut broken = write(&engine, 20).await;
        broken.execute(statement("INSERT INTO nowhere VALUES (1)", Vec::new())).await.unwrap_err();
        drop(broken);
        write(&engine, 30).await.commit().await.unwrap();
        assert_eq!(sum(&engine).await, 31);
        let given_up = tokio::time::timeout(Duration::ZERO, engine.script("wait", "SELECT 1")).await;
        drop(given_up);
        assert_eq!(sum(&engine).await, 31);
    }
}

/// Many who write at once take turns, and many who read beside them wait for nobody.
#[tokio::test(flavor = "multi_thread")]
async fn many_write_at_once() {
    for database in databases() {
        let engine = Arc::new(opened(&database).await);
        let writers = (0..40_i64).map(|_| {
            let engine = engine.clone();
            tokio::spawn(async move {
                assert!(sum(&engine).await >= 1);
                write(&engine, 1).await.commit().await.unwrap();
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        assert_eq!(sum(&engine).await, 41);
    }
}

/// Another program's lock is waited for until it is given back.
#[tokio::test(flavor = "multi_thread")]
async fn another_programs_lock_is_waited_for() {
    let database = &databases()[0];
    let (engine, other) = (opened(database).await, Engine::open(database.url()).await.unwrap());
    let held = write(&other, 10).await;
    // The first to be asked finds the lock; the second gives it back.
    let (waited, kept) = tokio::join!(write(&engine, 20), held.commit());
    kept.unwrap();
    waited.commit().await.unwrap();
    assert_eq!(sum(&engine).await, 31);
}

/// Statements that take long run where they hold nobody up, and answer alike.
#[tokio::test]
async fn a_long_statement_answers_alike() {
    let database = &databases()[0];
    let engine = opened(database).await;
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT CAST(SUM(i) AS BIGINT) AS sum FROM n";
    for _ in 0..3 {
        let rows = engine.rows(statement(sql, vec![100_000_i64.into()])).await.unwrap();
        assert_eq!(rows[0].get::<i64>("sum").unwrap(), 5_000_050_000);
    }
    let Engine::Sqlite(pool, _) = &engine else { panic!("SQLite comes first") };
    assert!(pool.is_long_text(sql) && pool.is_long_text("never run"));
}

/// A database that was closed says so; its file alone holds everything.
#[tokio::test]
async fn closed_is_closed() {
    for database in databases() {
        let engine = opened(&database).await;
        write(&engine, 5).await.commit().await.unwrap();
        let closed = engine.clone();
        engine.close().await.unwrap();
        let error = closed.rows(statement("SELECT 1 AS one", Vec::new())).await.unwrap_err();
        assert!(matches!(error, StoreError::Closed | StoreError::Failed { .. }), "{error:?}");
        assert_eq!(sum(&Engine::open(database.url()).await.unwrap()).await, 6);
    }
}

/// An address that asks for what is not known is refused, not taken for something else.
#[tokio::test]
async fn an_unknown_mode_is_refused() {
    let error = Engine::open("sqlite:cadran.db?mode=memory").await.unwrap_err();
    assert!(matches!(error, StoreError::UnknownEngine(_)), "{error:?}");
    let nobody = Engine::open("sqlite:/no/such/folder/cadran.db").await.unwrap_err();
    assert!(matches!(nobody, StoreError::NotOpened { obstacle: Obstacle::NoFile, .. }), "{nobody:?}");
}

//! Keeps SQLite's log of changes short, beside those who write. Left to itself SQLite brings the log's pages home within whichever commit
//! finds it long, and that person waits for the disk; a program that looks after it in between makes nobody wait (SQLite, "Write-Ahead Logging",
//! part 3.2). Nothing durable hangs on it: what is committed stands in the log.

use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// A commit that finds so many pages in the log brings them home itself, in case nobody else could: at 4 KiB each, 64 MiB.
pub(crate) const MOST_PAGES: &str = "16384";
/// So long the log grows before its pages are brought home.
const PAUSE: Duration = Duration::from_millis(250);

/// Hears of commits. When the last of the clones is dropped, the looking after ends.
#[derive(Clone, Debug)]
pub(crate) struct LogPages(Arc<watch::Sender<()>>);

impl LogPages {
    /// Begins to look after the log of a database, until its connections are closed.
    pub(crate) fn look_after(connection: DatabaseConnection) -> Self {
        let (commits, heard) = watch::channel(());
        tokio::spawn(bring_home(connection, heard));
        Self(Arc::new(commits))
    }

    /// Something was committed.
    pub(crate) fn committed(&self) {
        self.0.send_replace(());
    }
}

async fn bring_home(connection: DatabaseConnection, mut commits: watch::Receiver<()>) {
    while commits.changed().await.is_ok() {
        tokio::time::sleep(PAUSE).await;
        commits.mark_unchanged();
        // It waits for nobody: pages that somebody still reads stay for the next time.
        if let Err(error) = connection.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
            tracing::debug!(error = &error as &dyn std::error::Error, "the log's pages stay where they are");
        }
    }
}

//! Keeps SQLite's log of changes short, beside those who write. Left to itself SQLite brings the log's pages home within whichever commit
//! finds it long, and that person waits for the disk; a program that looks after it in between makes nobody wait (SQLite, "Write-Ahead Logging",
//! part 3.2). Nothing durable hangs on it: what is committed stands in the log.

use super::sqlite::Pool;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// So long the log grows before its pages are brought home.
const PAUSE: Duration = Duration::from_millis(250);

/// Hears of commits. When the last of the clones is dropped, the looking after ends.
#[derive(Clone, Debug)]
pub(crate) struct LogPages(Arc<watch::Sender<()>>);

impl LogPages {
    /// Begins to look after the log of a database, until its connections are closed.
    pub(super) fn look_after(pool: Arc<Pool>) -> Self {
        let (commits, heard) = watch::channel(());
        tokio::spawn(bring_home(pool, heard));
        Self(Arc::new(commits))
    }

    /// Something was committed.
    pub(super) fn committed(&self) {
        self.0.send_replace(());
    }
}

async fn bring_home(pool: Arc<Pool>, mut commits: watch::Receiver<()>) {
    while commits.changed().await.is_ok() {
        tokio::time::sleep(PAUSE).await;
        commits.mark_unchanged();
        // It waits for nobody: pages that somebody still reads stay for the next time.
        if let Err(error) = pool.bring_log_home().await {
            tracing::debug!(error = &error as &dyn std::error::Error, "the log's pages stay where they are");
        }
    }
}

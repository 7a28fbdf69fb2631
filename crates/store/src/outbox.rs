//! What mails and text messages have in common on their way: claimed by one worker, handed over once, and what became of them. The two states
//! of one that somebody works at are told in [`crate::mail`].

use crate::{MailClaim, MailOutcome, Reach, Row, Scoped, Store, StoreError, Value, Window};
use vocabulary::Timestamp;

/// The most rows of a page, whatever is asked for.
const MOST_ROWS: u32 = 100;

/// A table of messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outbox {
    table: &'static str,
}

/// Mails.
pub(crate) const MAILS: Outbox = Outbox { table: "mail" };
/// Text messages.
pub(crate) const TEXTS: Outbox = Outbox { table: "text_message" };

impl Outbox {
    /// Claims what is due, oldest first: each goes to one worker, on however many nodes.
    pub(crate) async fn claim(self, store: &Store, claim: MailClaim<'_>, columns: &str) -> Result<Vec<Row>, StoreError> {
        let table = self.table;
        // Materialized, because PostgreSQL may else run the select once a row, and each time find other rows unlocked: more than the limit.
        let sql = format!(
            "WITH free AS MATERIALIZED (SELECT id FROM {table} WHERE state = 'waiting' AND due <= $3 \
             AND (held_until IS NULL OR held_until <= $3) ORDER BY due, id LIMIT {} {}) \
             UPDATE {table} SET holder = $1, held_until = $2, fence = fence + 1, attempts = attempts + 1 \
             WHERE id IN (SELECT id FROM free) RETURNING {columns}, arguments, fence",
            claim.most,
            store.skip_locked()
        );
        let transaction = store.begin().await?;
        let values = vec![claim.holder.into(), claim.until.into(), claim.now.into()];
        let rows = transaction.rows("claim messages", &sql, values).await?;
        transaction.commit().await?;
        Ok(rows)
    }

    /// Notes that one is being handed over now; `false` when somebody else claimed it since, and it must not be.
    pub(crate) async fn note_sending(self, store: &Store, (id, fence): (i64, i64), until: Timestamp) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE {} SET state = 'sending', held_until = $3 WHERE id = $1 AND fence = $2 AND state = 'waiting'",
            self.table
        );
        write_one(store, "note that a message is being sent", &sql, vec![id.into(), fence.into(), until.into()]).await
    }

    /// Notes what became of one; `false` when somebody else claimed it since. What it said is erased once it was sent.
    pub(crate) async fn note(
        self,
        store: &Store,
        (id, fence): (i64, i64),
        outcome: &MailOutcome,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (set, due, value) = match outcome {
            MailOutcome::Sent => ("state = 'sent', arguments = NULL, problem = NULL, sent = $3", None, now.into()),
            MailOutcome::Later(due, problem) => {
                ("state = 'waiting', due = $4, problem = $3", Some((*due).into()), problem.as_str().into())
            }
            MailOutcome::Failed(problem) => ("state = 'failed', problem = $3", None, problem.as_str().into()),
            MailOutcome::Uncertain(problem) => ("state = 'uncertain', problem = $3", None, problem.as_str().into()),
        };
        let sql = format!(
            "UPDATE {} SET {set}, holder = NULL, held_until = NULL \
             WHERE id = $1 AND fence = $2 AND state IN ('waiting', 'sending', 'uncertain')",
            self.table
        );
        let mut values = vec![id.into(), fence.into(), value];
        values.extend(due);
        write_one(store, "note what became of a message", &sql, values).await
    }

    /// Finds those whose sending broke off, and forgets what was said that is of no use any more; how many became uncertain.
    pub(crate) async fn note_broken(self, store: &Store, problem: &str, now: Timestamp) -> Result<u64, StoreError> {
        let transaction = store.begin().await?;
        let sql = format!(
            "UPDATE {} SET state = 'uncertain', problem = $2, holder = NULL, held_until = NULL \
             WHERE state = 'sending' AND held_until <= $1",
            self.table
        );
        let broken = transaction.execute("find messages that broke off", &sql, vec![now.into(), problem.into()]).await?;
        let sql = format!(
            "UPDATE {} SET arguments = NULL \
             WHERE state IN ('failed', 'uncertain') AND arguments IS NOT NULL AND useful_until <= $1",
            self.table
        );
        transaction.execute("forget what old messages said", &sql, vec![now.into()]).await?;
        transaction.commit().await?;
        Ok(broken)
    }

    /// Gives back what a worker claimed and did not hand over, as if it had not been claimed.
    pub(crate) async fn give_back(self, store: &Store, holder: &str) -> Result<u64, StoreError> {
        let sql = format!(
            "UPDATE {} SET holder = NULL, held_until = NULL, attempts = attempts - 1 WHERE holder = $1 AND state = 'waiting'",
            self.table
        );
        let transaction = store.begin().await?;
        let given = transaction.execute("give messages back", &sql, vec![holder.into()]).await?;
        transaction.commit().await?;
        Ok(given)
    }

    /// A page of the operator's, latest first, those that need somebody before all others, and how many there are; `None` unless the whole
    /// operator is in reach.
    pub(crate) async fn page(
        self,
        scoped: &Scoped,
        window: Window,
        columns: &str,
    ) -> Result<Option<(Vec<Row>, u64)>, StoreError> {
        if scoped.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let (table, most) = (self.table, window.rows.min(MOST_ROWS));
        let sql = format!(
            "SELECT {columns} FROM {table} WHERE operator_id = $1 \
             ORDER BY CASE WHEN state IN ('failed', 'uncertain') AND arguments IS NOT NULL THEN 0 ELSE 1 END, id DESC \
             LIMIT {most} OFFSET $2"
        );
        let operator = scoped.scope.operator.0;
        let rows = scoped.store.rows("list messages", &sql, vec![operator.into(), window.offset().into()]).await?;
        let count = format!("SELECT COUNT(*) AS messages FROM {table} WHERE operator_id = $1");
        let count = scoped.store.row("count messages", &count, vec![operator.into()]).await?;
        let count: i64 = count.map_or(Ok(0), |row| row.get("messages"))?;
        Ok(Some((rows, u64::try_from(count).unwrap_or(0))))
    }

    /// Lets one that failed, or of which nobody knows whether it arrived, wait again; `false` when it is none of these, says nothing any
    /// more, or is not in reach.
    pub(crate) async fn send_again(self, scoped: &Scoped, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        if scoped.scope.reach != Reach::Operator {
            return Ok(false);
        }
        // A new fence: whoever still waits for an answer to the sending before has nothing to note any more.
        let sql = format!(
            "UPDATE {} SET state = 'waiting', due = $3, attempts = 0, fence = fence + 1, holder = NULL, held_until = NULL \
             WHERE id = $1 AND operator_id = $2 AND state IN ('failed', 'uncertain') AND arguments IS NOT NULL",
            self.table
        );
        let values = vec![id.into(), scoped.scope.operator.0.into(), now.into()];
        write_one(&scoped.store, "send a message again", &sql, values).await
    }
}

async fn write_one(store: &Store, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<bool, StoreError> {
    let transaction = store.begin().await?;
    let touched = transaction.execute(doing, sql, values).await?;
    transaction.commit().await?;
    Ok(touched == 1)
}

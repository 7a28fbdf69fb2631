//! Mails on their way (PLT-07): written with what they tell of, claimed by one node, handed over once, and what became of them.
//!
//! Two states stand for a mail that somebody works at. One that is `waiting` under a lease has not been handed to its server yet: when the
//! lease ends, another may claim it. One that is `sending` may have arrived: when nobody notes what became of it, it is `uncertain`, and
//! only a person sends it again.

use crate::{Reach, Row, Scoped, Store, StoreError, Window, store::Transaction};
use vocabulary::{MailId, OperatorId, Timestamp};

/// The most mails of a page, whatever is asked for.
const MOST_ROWS: u32 = 100;

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Whose it is.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: String,
    /// To whom: one address.
    pub recipient: String,
    /// The tag of its language: `fr`.
    pub language: String,
    /// The word of its template.
    pub template: String,
    /// What its `Message-ID` is made of: its own, the same each time that it is sent.
    pub message_id: String,
    /// What it says, sealed.
    pub arguments: String,
    /// When it was written.
    pub created: Timestamp,
    /// From when on it says nothing that is still of use; `None` for never.
    pub useful_until: Option<Timestamp>,
}

/// Who claims mails, and until when.
#[derive(Clone, Copy, Debug)]
pub struct MailClaim<'a> {
    /// Tells this worker from every other.
    pub holder: &'a str,
    /// Now.
    pub now: Timestamp,
    /// When others may take what was not handed over until then.
    pub until: Timestamp,
    /// How many at most.
    pub most: u32,
}

/// A mail that this worker has to itself.
#[derive(Clone, Debug)]
pub struct ClaimedMail {
    /// The mail.
    pub id: MailId,
    /// Its sealed arguments.
    pub arguments: Option<String>,
    /// The rest of it.
    pub kept: KeptMail,
    /// Which claim of it this is: whoever has an older one writes nothing.
    pub fence: i64,
}

/// What became of a mail that was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailOutcome {
    /// Its server took it.
    Sent,
    /// It was not taken, and is tried again from then on.
    Later(Timestamp, String),
    /// It will never be taken.
    Failed(String),
    /// Nobody can know whether it was taken.
    Uncertain(String),
}

/// A mail as it is kept, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMail {
    /// The mail.
    pub id: MailId,
    /// Whose.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: String,
    /// To whom.
    pub recipient: String,
    /// The tag of its language.
    pub language: String,
    /// The word of its template.
    pub template: String,
    /// What its `Message-ID` is made of.
    pub message_id: String,
    /// When it was written.
    pub created: Timestamp,
    /// When it is tried next.
    pub due: Timestamp,
    /// From when on it is of no use.
    pub useful_until: Option<Timestamp>,
    /// `waiting`, `sending`, `sent`, `failed` or `uncertain`.
    pub state: String,
    /// How often it was claimed.
    pub attempts: i32,
    /// What went wrong last.
    pub problem: Option<String>,
    /// When its server took it.
    pub sent: Option<Timestamp>,
    /// Is what it says still there, so that it could be sent?
    pub is_whole: bool,
}

const COLUMNS: &str = "id, operator_id, host, recipient, language, template, message_id, created, due, useful_until, state, attempts, \
     problem, sent, CASE WHEN arguments IS NULL THEN 0 ELSE 1 END AS whole";

impl Transaction {
    /// Writes a mail in the transaction of what it tells of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn post_mail(&self, mail: &NewMail) -> Result<MailId, StoreError> {
        let sql = "INSERT INTO mail (operator_id, host, recipient, language, template, message_id, arguments, created, due, useful_until, \
                   state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, 'waiting') RETURNING id";
        let values = vec![
            mail.operator.0.into(),
            mail.host.as_str().into(),
            mail.recipient.as_str().into(),
            mail.language.as_str().into(),
            mail.template.as_str().into(),
            mail.message_id.as_str().into(),
            mail.arguments.as_str().into(),
            mail.created.into(),
            mail.useful_until.map(Timestamp::micros).into(),
        ];
        let rows = self.rows("post a mail", sql, values).await?;
        let row = rows.first().ok_or(StoreError::Corrupt { column: "mail.id", value: "no id".to_owned() })?;
        Ok(MailId(row.get("id")?))
    }
}

impl Store {
    /// Claims mails that are due, oldest first: each goes to one worker, on however many nodes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_mails(&self, claim: MailClaim<'_>) -> Result<Vec<ClaimedMail>, StoreError> {
        // Materialized, because PostgreSQL may else run the select once a row, and each time find other rows unlocked: more than the limit.
        let sql = format!(
            "WITH free AS MATERIALIZED (SELECT id FROM mail WHERE state = 'waiting' AND due <= $3 \
             AND (held_until IS NULL OR held_until <= $3) ORDER BY due, id LIMIT {} {}) \
             UPDATE mail SET holder = $1, held_until = $2, fence = fence + 1, attempts = attempts + 1 \
             WHERE id IN (SELECT id FROM free) RETURNING {COLUMNS}, arguments, fence",
            claim.most,
            self.skip_locked()
        );
        let transaction = self.begin().await?;
        let values = vec![claim.holder.into(), claim.until.into(), claim.now.into()];
        let rows = transaction.rows("claim mails", &sql, values).await?;
        transaction.commit().await?;
        let read = |row: &Row| {
            let kept = kept(row)?;
            Ok(ClaimedMail { id: kept.id, arguments: row.get("arguments")?, kept, fence: row.get("fence")? })
        };
        rows.iter().map(read).collect()
    }

    /// Notes that a mail is being handed to its server now; `false` when somebody else claimed it since, and it must not be.
    ///
    /// # Errors
    /// When the database fails: then it must not be handed over either.
    pub async fn note_mail_sending(&self, mail: MailId, fence: i64, until: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE mail SET state = 'sending', held_until = $3 WHERE id = $1 AND fence = $2 AND state = 'waiting'";
        self.write_one("note that a mail is being sent", sql, vec![mail.0.into(), fence.into(), until.into()]).await
    }

    /// Notes what became of a claimed mail; `false` when somebody else claimed it since. What it said is erased once it was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_mail(
        &self,
        (mail, fence): (MailId, i64),
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
            "UPDATE mail SET {set}, holder = NULL, held_until = NULL \
             WHERE id = $1 AND fence = $2 AND state IN ('waiting', 'sending', 'uncertain')"
        );
        let mut values = vec![mail.0.into(), fence.into(), value];
        values.extend(due);
        self.write_one("note what became of a mail", &sql, values).await
    }

    /// Finds the mails whose sending broke off, and forgets what mails said that are of no use any more; how many became uncertain.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_broken_mails(&self, problem: &str, now: Timestamp) -> Result<u64, StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE mail SET state = 'uncertain', problem = $2, holder = NULL, held_until = NULL \
                   WHERE state = 'sending' AND held_until <= $1";
        let broken = transaction.execute("find mails that broke off", sql, vec![now.into(), problem.into()]).await?;
        let sql = "UPDATE mail SET arguments = NULL \
                   WHERE state IN ('failed', 'uncertain') AND arguments IS NOT NULL AND useful_until <= $1";
        transaction.execute("forget what old mails said", sql, vec![now.into()]).await?;
        transaction.commit().await?;
        Ok(broken)
    }

    /// Gives back what a worker claimed and did not hand over, as if it had not been claimed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_mails_back(&self, holder: &str) -> Result<u64, StoreError> {
        let sql =
            "UPDATE mail SET holder = NULL, held_until = NULL, attempts = attempts - 1 WHERE holder = $1 AND state = 'waiting'";
        let transaction = self.begin().await?;
        let given = transaction.execute("give mails back", sql, vec![holder.into()]).await?;
        transaction.commit().await?;
        Ok(given)
    }

    /// One mail, whoever asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail(&self, id: MailId) -> Result<Option<KeptMail>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mail WHERE id = $1");
        self.row("load a mail", &sql, vec![id.0.into()]).await?.as_ref().map(kept).transpose()
    }

    async fn write_one(&self, doing: &'static str, sql: &str, values: Vec<crate::Value>) -> Result<bool, StoreError> {
        let transaction = self.begin().await?;
        let touched = transaction.execute(doing, sql, values).await?;
        transaction.commit().await?;
        Ok(touched == 1)
    }
}

impl Scoped {
    /// A page of the operator's mails, latest first, those that need somebody before all others; `None` unless the whole operator is in
    /// reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mails(&self, window: Window) -> Result<Option<(Vec<KeptMail>, u64)>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let most = window.rows.min(MOST_ROWS);
        let sql = format!(
            "SELECT {COLUMNS} FROM mail WHERE operator_id = $1 \
             ORDER BY CASE WHEN state IN ('failed', 'uncertain') AND arguments IS NOT NULL THEN 0 ELSE 1 END, id DESC \
             LIMIT {most} OFFSET $2"
        );
        let operator = self.scope.operator.0;
        let rows = self.store.rows("list mails", &sql, vec![operator.into(), window.offset().into()]).await?;
        let count = "SELECT COUNT(*) AS mails FROM mail WHERE operator_id = $1";
        let count = self.store.row("count mails", count, vec![operator.into()]).await?;
        let count: i64 = count.map_or(Ok(0), |row| row.get("mails"))?;
        Ok(Some((rows.iter().map(kept).collect::<Result<_, _>>()?, u64::try_from(count).unwrap_or(0))))
    }

    /// Lets a mail that failed, or of which nobody knows whether it arrived, wait again; `false` when it is none of these, says nothing
    /// any more, or is not in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn send_mail_again(&self, mail: MailId, now: Timestamp) -> Result<bool, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(false);
        }
        // A new fence: whoever still waits for an answer to the sending before has nothing to note any more.
        let sql = "UPDATE mail SET state = 'waiting', due = $3, attempts = 0, fence = fence + 1, holder = NULL, held_until = NULL \
                   WHERE id = $1 AND operator_id = $2 AND state IN ('failed', 'uncertain') AND arguments IS NOT NULL";
        self.store.write_one("send a mail again", sql, vec![mail.0.into(), self.scope.operator.0.into(), now.into()]).await
    }
}

fn kept(row: &Row) -> Result<KeptMail, StoreError> {
    let instant = |column| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp::from_micros));
    Ok(KeptMail {
        id: MailId(row.get("id")?),
        operator: OperatorId(row.get("operator_id")?),
        host: row.get("host")?,
        recipient: row.get("recipient")?,
        language: row.get("language")?,
        template: row.get("template")?,
        message_id: row.get("message_id")?,
        created: row.instant("created")?,
        due: row.instant("due")?,
        useful_until: instant("useful_until")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        problem: row.get("problem")?,
        sent: instant("sent")?,
        is_whole: row.get::<i32>("whole")? == 1,
    })
}

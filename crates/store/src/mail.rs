//! Mails on their way (PLT-07): written with what they tell of, claimed by one node, handed over once, and what became of them.
//!
//! Two states stand for a mail that somebody works at. One that is `waiting` under a lease has not been handed to its server yet: when the
//! lease ends, another may claim it. One that is `sending` may have arrived: when nobody notes what became of it, it is `uncertain`, and
//! only a person sends it again.

use crate::{Row, Scoped, Store, StoreError, Window, engine::Table, outbox::MAILS, store::Transaction};
use vocabulary::{MailId, OperatorId, Timestamp};

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

impl Transaction {
    /// Writes many mails at once in the transaction of what they tell of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn post_mails(&self, mails: &[NewMail]) -> Result<(), StoreError> {
        const COLUMNS: &str =
            "operator_id, host, recipient, language, template, message_id, arguments, created, due, useful_until, state";
        let row = |mail: &NewMail| {
            vec![
                mail.operator.0.into(),
                mail.host.as_str().into(),
                mail.recipient.as_str().into(),
                mail.language.as_str().into(),
                mail.template.as_str().into(),
                mail.message_id.as_str().into(),
                mail.arguments.as_str().into(),
                mail.created.into(),
                mail.created.into(),
                mail.useful_until.map(Timestamp::micros).into(),
                "waiting".into(),
            ]
        };
        self.insert(Table { doing: "post mails", name: "mail", columns: COLUMNS }, mails.iter().map(row).collect()).await
    }
}

impl Store {
    /// Claims mails that are due, oldest first: each goes to one worker, on however many nodes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_mails(&self, claim: MailClaim<'_>) -> Result<Vec<ClaimedMail>, StoreError> {
        let read = |row: &Row| {
            let kept = kept(row)?;
            Ok(ClaimedMail { id: kept.id, arguments: row.get("arguments")?, kept, fence: row.get("fence")? })
        };
        MAILS.claim(self, claim, COLUMNS).await?.iter().map(read).collect()
    }

    /// Notes that a mail is being handed to its server now; `false` when somebody else claimed it since, and it must not be.
    ///
    /// # Errors
    /// When the database fails: then it must not be handed over either.
    pub async fn note_mail_sending(&self, mail: MailId, fence: i64, until: Timestamp) -> Result<bool, StoreError> {
        MAILS.note_sending(self, (mail.0, fence), until).await
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
        MAILS.note(self, (mail.0, fence), outcome, now).await
    }

    /// Finds the mails whose sending broke off, and forgets what mails said that are of no use any more; how many became uncertain.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_broken_mails(&self, problem: &str, now: Timestamp) -> Result<u64, StoreError> {
        MAILS.note_broken(self, problem, now).await
    }

    /// Gives back what a worker claimed and did not hand over, as if it had not been claimed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_mails_back(&self, holder: &str) -> Result<u64, StoreError> {
        MAILS.give_back(self, holder).await
    }

    /// One mail, whoever asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail(&self, id: MailId) -> Result<Option<KeptMail>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mail WHERE id = $1");
        self.row("load a mail", &sql, vec![id.0.into()]).await?.as_ref().map(kept).transpose()
    }
}

impl Scoped {
    /// A page of the operator's mails, latest first, those that need somebody before all others; `None` unless the whole operator is in
    /// reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mails(&self, window: Window) -> Result<Option<(Vec<KeptMail>, u64)>, StoreError> {
        let Some((rows, count)) = MAILS.page(self, window, COLUMNS).await? else { return Ok(None) };
        Ok(Some((rows.iter().map(kept).collect::<Result<_, _>>()?, count)))
    }

    /// Lets a mail that failed, or of which nobody knows whether it arrived, wait again; `false` when it is none of these, says nothing
    /// any more, or is not in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn send_mail_again(&self, mail: MailId, now: Timestamp) -> Result<bool, StoreError> {
        MAILS.send_again(self, mail.0, now).await
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

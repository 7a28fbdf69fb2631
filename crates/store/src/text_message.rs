//! Text messages on their way (PLT-07): the same as mails, but for what they say, which is short and holds neither a secret nor a link.

use crate::{MailClaim, MailOutcome, Row, Scoped, Store, StoreError, Window, outbox::TEXTS, store::Transaction};
use vocabulary::{E164, LoginId, OperatorId, TextMessageId, Timestamp};

/// A text message to be sent.
#[derive(Clone, Debug)]
pub struct NewText {
    /// Whose it is.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: String,
    /// To which number.
    pub recipient: E164,
    /// The tag of its language: `fr`.
    pub language: String,
    /// The word of its template.
    pub template: String,
    /// What it says, as JSON; never a secret.
    pub arguments: String,
    /// When it was written.
    pub created: Timestamp,
    /// From when on it says nothing that is still of use.
    pub useful_until: Timestamp,
}

/// A text message that this worker has to itself.
#[derive(Clone, Debug)]
pub struct ClaimedText {
    /// What it says, as JSON.
    pub arguments: Option<String>,
    /// The rest of it.
    pub kept: KeptText,
    /// Which claim of it this is: whoever has an older one writes nothing.
    pub fence: i64,
}

/// A text message as it is kept, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// The message.
    pub id: TextMessageId,
    /// Whose.
    pub operator: OperatorId,
    /// The host name of the brand that writes.
    pub host: String,
    /// To which number.
    pub recipient: String,
    /// The tag of its language.
    pub language: String,
    /// The word of its template.
    pub template: String,
    /// When it was written.
    pub created: Timestamp,
    /// From when on it is of no use.
    pub useful_until: Timestamp,
    /// `waiting`, `sending`, `sent`, `failed` or `uncertain`.
    pub state: String,
    /// How often it was claimed.
    pub attempts: i32,
    /// What went wrong last.
    pub problem: Option<String>,
    /// Is what it says still there, so that it could be sent?
    pub is_whole: bool,
}

const COLUMNS: &str = "id, operator_id, host, recipient, language, template, created, useful_until, state, attempts, problem, \
     CASE WHEN arguments IS NULL THEN 0 ELSE 1 END AS whole";

impl Transaction {
    /// Writes a text message in the transaction of what it tells of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn post_text(&self, text: &NewText) -> Result<(), StoreError> {
        let sql = "INSERT INTO text_message (operator_id, host, recipient, language, template, arguments, created, due, useful_until, \
                   state) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, 'waiting')";
        let values = vec![
            text.operator.0.into(),
            text.host.as_str().into(),
            text.recipient.to_string().into(),
            text.language.as_str().into(),
            text.template.as_str().into(),
            text.arguments.as_str().into(),
            text.created.into(),
            text.useful_until.into(),
        ];
        self.execute("post a text message", sql, values).await.map(|_| ())
    }
}

impl Store {
    /// Claims text messages that are due, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_texts(&self, claim: MailClaim<'_>) -> Result<Vec<ClaimedText>, StoreError> {
        let read = |row: &Row| Ok(ClaimedText { arguments: row.get("arguments")?, kept: kept(row)?, fence: row.get("fence")? });
        TEXTS.claim(self, claim, COLUMNS).await?.iter().map(read).collect()
    }

    /// Notes that a text message is being handed over now; `false` when somebody else claimed it since, and it must not be.
    ///
    /// # Errors
    /// When the database fails: then it must not be handed over either.
    pub async fn note_text_sending(&self, text: &ClaimedText, until: Timestamp) -> Result<bool, StoreError> {
        TEXTS.note_sending(self, (text.kept.id.0, text.fence), until).await
    }

    /// Notes what became of a claimed text message; `false` when somebody else claimed it since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_text(&self, text: &ClaimedText, outcome: &MailOutcome, now: Timestamp) -> Result<bool, StoreError> {
        TEXTS.note(self, (text.kept.id.0, text.fence), outcome, now).await
    }

    /// Finds the text messages whose sending broke off; how many became uncertain.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_broken_texts(&self, problem: &str, now: Timestamp) -> Result<u64, StoreError> {
        TEXTS.note_broken(self, problem, now).await
    }

    /// Gives back what a worker claimed and did not hand over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_texts_back(&self, holder: &str) -> Result<u64, StoreError> {
        TEXTS.give_back(self, holder).await
    }

    /// The numbers with a SIM of ours that a login is told at: its own line's, or those of its household's mobile lines in service, the
    /// longest held first and so many at most. Who looks after a company is not told at its people's telephones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_numbers(&self, login: LoginId, most: u32) -> Result<Vec<E164>, StoreError> {
        let sql = format!(
            "SELECT l.number FROM login g JOIN line l ON l.customer_id = g.customer_id AND (g.line_id IS NULL OR l.id = g.line_id) \
             WHERE g.id = $1 AND g.role IN ('subscriber', 'member') AND l.service = 'mobile' AND l.ended IS NULL \
             AND l.state IN ('active', 'suspended') AND l.number LIKE '+%' ORDER BY l.started, l.id LIMIT {most}"
        );
        let rows = self.rows("find the SIMs of a login", &sql, vec![login.0.into()]).await?;
        let numbers = rows.iter().map(|row| row.get::<String>("number")).collect::<Result<Vec<_>, _>>()?;
        Ok(numbers.iter().filter_map(|number| number.parse().ok()).collect())
    }
}

impl Scoped {
    /// A page of the operator's text messages, as [`Scoped::mails`] are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn texts(&self, window: Window) -> Result<Option<(Vec<KeptText>, u64)>, StoreError> {
        let Some((rows, count)) = TEXTS.page(self, window, COLUMNS).await? else { return Ok(None) };
        Ok(Some((rows.iter().map(kept).collect::<Result<_, _>>()?, count)))
    }

    /// Lets a text message that failed, or of which nobody knows whether it arrived, wait again; `false` when it is none of these, says
    /// nothing any more, or is not in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn send_text_again(&self, text: TextMessageId, now: Timestamp) -> Result<bool, StoreError> {
        TEXTS.send_again(self, text.0, now).await
    }
}

fn kept(row: &Row) -> Result<KeptText, StoreError> {
    Ok(KeptText {
        id: TextMessageId(row.get("id")?),
        operator: OperatorId(row.get("operator_id")?),
        host: row.get("host")?,
        recipient: row.get("recipient")?,
        language: row.get("language")?,
        template: row.get("template")?,
        created: row.instant("created")?,
        useful_until: row.instant("useful_until")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        problem: row.get("problem")?,
        is_whole: row.get::<i32>("whole")? == 1,
    })
}

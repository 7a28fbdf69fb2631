//! The voicemail of lines: messages, greetings and codes. Sounds are files; what stands here names them, and [`Leftover`]s say which belong to
//! nobody, so that a file is never without a row that tells why it is there.

use crate::{Row, Scoped, Store, StoreError, line_terms::list, store::Transaction};
use vocabulary::{LineId, OperatorId, Timestamp, VoicemailMessageId};

/// The most leftovers that are read at a time.
const LEFTOVERS: u32 = 500;
/// The most messages whose time is over that are erased in one transaction.
const EXPIRED: u32 = 500;

/// A message, for its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMessage {
    /// Which one.
    pub id: VoicemailMessageId,
    /// Whose line's.
    pub line: LineId,
    /// Who left it: a number with its plus, empty where it was hidden.
    pub caller: String,
    /// When.
    pub arrived: Timestamp,
    /// Was it kept by its user? Else it is new.
    pub is_kept: bool,
    /// Its sound.
    pub sound: KeptSound,
}

/// A sound that lies in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSound {
    /// The file's name in its operator's folder.
    pub file: String,
    /// How it is written, by its word.
    pub format: String,
    /// Bytes of the file.
    pub size_bytes: i64,
    /// How long it lasts, in milliseconds.
    pub length_ms: i64,
}

/// What a line has set of its voicemail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptBox {
    /// The hash of its code; none until one is set.
    pub code_hash: Option<String>,
    /// Its own greeting, and since when it has it.
    pub greeting: Option<(KeptSound, Timestamp)>,
    /// The tag of the language in which its messages are sent; empty where nobody chose.
    pub language: String,
}

/// A message that arrives.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// Whose.
    pub operator: OperatorId,
    /// For which line.
    pub line: LineId,
    /// Who left it: a number with its plus, empty where it was hidden.
    pub caller: &'a str,
    /// When.
    pub arrived: Timestamp,
    /// Its sound.
    pub sound: &'a KeptSound,
}

/// A file that belongs to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Its name in its operator's folder.
    pub file: String,
    /// Whose folder.
    pub operator: OperatorId,
}

const COLUMNS: &str = "m.id, m.line_id, m.caller, m.arrived, m.length_ms, m.format, m.size_bytes, m.file, m.state";

impl Scoped {
    /// The messages of a line in the order in which they are heard: new ones first, each kind as it arrived. None outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voicemail_messages(&self, line: LineId) -> Result<Vec<KeptMessage>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT {COLUMNS} FROM line l JOIN voicemail_message m ON m.line_id = l.id WHERE l.id = $1 AND {within} \
             ORDER BY CASE WHEN m.state = 'new' THEN 0 ELSE 1 END, m.arrived, m.id"
        );
        let rows = self.store.rows("load a line's messages", &sql, vec![line.0.into(), scope]).await?;
        rows.iter().map(message).collect()
    }

    /// What a line has set of its voicemail; the default outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voicemail_box(&self, line: LineId) -> Result<KeptBox, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT v.code_hash, v.language, v.greeting, v.greeting_format, v.greeting_size_bytes, v.greeting_length_ms, v.greeting_since \
             FROM line l JOIN voicemail_box v ON v.line_id = l.id WHERE l.id = $1 AND {within}"
        );
        let found = self.store.row("load a line's voicemail", &sql, vec![line.0.into(), scope]).await?;
        let Some(row) = found else { return Ok(KeptBox::default()) };
        let greeting = match row.get::<Option<String>>("greeting")? {
            None => None,
            Some(file) => {
                let sound = KeptSound {
                    file,
                    format: row.get("greeting_format")?,
                    size_bytes: row.get("greeting_size_bytes")?,
                    length_ms: row.get("greeting_length_ms")?,
                };
                Some((sound, row.instant("greeting_since")?))
            }
        };
        Ok(KeptBox { code_hash: row.get("code_hash")?, greeting, language: row.get("language")? })
    }
}

impl Store {
    /// A message, whoever asks: for who sends it by mail.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voicemail_message(&self, id: VoicemailMessageId) -> Result<Option<(OperatorId, KeptMessage)>, StoreError> {
        let sql = format!("SELECT m.operator_id, {COLUMNS} FROM voicemail_message m WHERE m.id = $1");
        let found = self.row("load a message", &sql, vec![id.0.into()]).await?;
        found.map(|row| Ok((OperatorId(row.get("operator_id")?), message(&row)?))).transpose()
    }

    /// An operator's files that belong to nobody by now, some of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voicemail_leftovers(&self, operator: OperatorId, now: Timestamp) -> Result<Vec<Leftover>, StoreError> {
        let sql =
            format!("SELECT file FROM voicemail_leftover WHERE operator_id = $1 AND due <= $2 ORDER BY due LIMIT {LEFTOVERS}");
        let rows = self.rows("look for files of nobody", &sql, vec![operator.0.into(), now.into()]).await?;
        rows.iter().map(|row| Ok(Leftover { file: row.get("file")?, operator })).collect()
    }

    /// Names a file before it is written: from `due` on it belongs to nobody, unless a row was written by then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announce_voicemail_file(&self, leftover: &Leftover, due: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.leave_voicemail_files(leftover.operator, std::slice::from_ref(&leftover.file), due).await?;
        transaction.commit().await
    }

    /// Forgets files that are erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_voicemail_files(&self, files: &[String]) -> Result<(), StoreError> {
        if files.is_empty() {
            return Ok(());
        }
        let transaction = self.begin().await?;
        transaction.claim_voicemail_files(files).await?;
        transaction.commit().await
    }

    /// The files of an operator whose names begin so that have a row, of whatever kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voicemail_files(&self, operator: OperatorId, begin: &str) -> Result<Vec<String>, StoreError> {
        // Names are made of hexadecimal digits, after which comes `g`.
        let sql = "SELECT file FROM voicemail_message WHERE operator_id = $1 AND file >= $2 AND file < $3 \
                   UNION ALL SELECT v.greeting AS file FROM voicemail_box v JOIN line l ON l.id = v.line_id \
                   WHERE l.operator_id = $1 AND v.greeting >= $2 AND v.greeting < $3 \
                   UNION ALL SELECT file FROM voicemail_leftover WHERE operator_id = $1 AND file >= $2 AND file < $3";
        let values = vec![operator.0.into(), begin.into(), format!("{begin}g").into()];
        self.rows("look for files of the voicemail", sql, values).await?.iter().map(|row| row.get("file")).collect()
    }

    /// Does a message or a greeting of an operator name this file?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn voicemail_needs(&self, operator: OperatorId, file: &str) -> Result<bool, StoreError> {
        let sql = "SELECT 1 AS one FROM voicemail_message WHERE operator_id = $1 AND file = $2 \
                   UNION ALL SELECT 1 AS one FROM voicemail_box v JOIN line l ON l.id = v.line_id \
                   WHERE l.operator_id = $1 AND v.greeting = $2";
        Ok(self.row("look who names a file", sql, vec![operator.0.into(), file.into()]).await?.is_some())
    }

    /// The lines of an operator that ended and still have a voicemail, some of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ended_lines_with_voicemail(&self, operator: OperatorId) -> Result<Vec<LineId>, StoreError> {
        let sql = format!(
            "SELECT l.id FROM line l WHERE l.operator_id = $1 AND l.state = 'ended' AND (EXISTS (SELECT 1 FROM voicemail_message m \
             WHERE m.line_id = l.id) OR EXISTS (SELECT 1 FROM voicemail_box v WHERE v.line_id = l.id)) ORDER BY l.id LIMIT {EXPIRED}"
        );
        let rows = self.rows("look for voicemails of lines that ended", &sql, vec![operator.0.into()]).await?;
        rows.iter().map(|row| Ok(LineId(row.get("id")?))).collect()
    }
}

impl Transaction {
    /// Writes a message whose file is there, unless its line has as many as it may have: then `None`. Messages that arrive at the same
    /// moment are counted one after the other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_voicemail_message(
        &self,
        message: &NewMessage<'_>,
        most: i64,
    ) -> Result<Option<VoicemailMessageId>, StoreError> {
        // Written as it is, so that others wait for it.
        let hold =
            "INSERT INTO voicemail_box (line_id) VALUES ($1) ON CONFLICT (line_id) DO UPDATE SET line_id = excluded.line_id";
        self.execute("hold a voicemail", hold, vec![message.line.0.into()]).await?;
        let sql = "INSERT INTO voicemail_message (operator_id, line_id, caller, arrived, length_ms, format, size_bytes, file, state) \
                   SELECT $1, $2, $3, $4, $5, $6, $7, $8, 'new' \
                   WHERE (SELECT COUNT(*) FROM voicemail_message WHERE line_id = $2) < $9 RETURNING id";
        let values = vec![
            message.operator.0.into(),
            message.line.0.into(),
            message.caller.into(),
            message.arrived.into(),
            message.sound.length_ms.into(),
            message.sound.format.as_str().into(),
            message.sound.size_bytes.into(),
            message.sound.file.as_str().into(),
            most.into(),
        ];
        let rows = self.rows("write a message", sql, values).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        self.claim_voicemail_files(std::slice::from_ref(&message.sound.file)).await?;
        Ok(Some(VoicemailMessageId(rows[0].get("id")?)))
    }

    /// Marks a line's message as kept; `false` when it is not there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_voicemail_message(&self, line: LineId, id: VoicemailMessageId) -> Result<bool, StoreError> {
        let sql = "UPDATE voicemail_message SET state = 'kept' WHERE id = $1 AND line_id = $2";
        Ok(self.execute("keep a message", sql, vec![id.0.into(), line.0.into()]).await? == 1)
    }

    /// Erases a line's messages, one or all of them; their files are left over. How many were there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_voicemail_messages(
        &self,
        (operator, line): (OperatorId, LineId),
        one: Option<VoicemailMessageId>,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let sql = "DELETE FROM voicemail_message WHERE line_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR id = $2) RETURNING file";
        let values = vec![line.0.into(), one.map(|id| id.0).into()];
        let rows = self.rows("delete messages", sql, values).await?;
        self.left_over(operator, &rows, now).await
    }

    /// Erases an operator's messages that arrived before an instant, some of them; their files are left over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_old_voicemail_messages(
        &self,
        (operator, service): (OperatorId, &str),
        before: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let sql = format!(
            "DELETE FROM voicemail_message WHERE id IN (SELECT m.id FROM voicemail_message m JOIN line l ON l.id = m.line_id \
             WHERE m.operator_id = $1 AND m.arrived < $2 AND l.service = $3 ORDER BY m.arrived LIMIT {EXPIRED}) RETURNING file"
        );
        let values = vec![operator.0.into(), before.into(), service.into()];
        let rows = self.rows("delete old messages", &sql, values).await?;
        self.left_over(operator, &rows, now).await
    }

    /// Empties a line's voicemail: messages, greeting and code. The files that are left over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn empty_voicemail(
        &self,
        (operator, line): (OperatorId, LineId),
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        let mut files = self.delete_voicemail_messages((operator, line), None, now).await?;
        let sql = "DELETE FROM voicemail_box WHERE line_id = $1 RETURNING greeting AS file";
        let rows = self.rows("empty a voicemail", sql, vec![line.0.into()]).await?;
        files.extend(self.left_over(operator, &rows, now).await?);
        Ok(files)
    }

    /// Sets a line's greeting, or takes it away; the file of the one before is left over. `None` where there was none before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_voicemail_greeting(
        &self,
        (operator, line): (OperatorId, LineId),
        greeting: Option<&KeptSound>,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let hold = "INSERT INTO voicemail_box (line_id) VALUES ($1) ON CONFLICT (line_id) DO UPDATE SET line_id = excluded.line_id \
                    RETURNING greeting AS file";
        let before = self.rows("hold a voicemail", hold, vec![line.0.into()]).await?;
        let sql = "UPDATE voicemail_box SET greeting = $2, greeting_format = $3, greeting_size_bytes = $4, greeting_length_ms = $5, \
                   greeting_since = $6 WHERE line_id = $1";
        let values = vec![
            line.0.into(),
            greeting.map(|sound| sound.file.clone()).into(),
            greeting.map(|sound| sound.format.clone()).into(),
            greeting.map(|sound| sound.size_bytes).into(),
            greeting.map(|sound| sound.length_ms).into(),
            greeting.map(|_| now.micros()).into(),
        ];
        self.execute("set a greeting", sql, values).await?;
        if let Some(sound) = greeting {
            self.claim_voicemail_files(std::slice::from_ref(&sound.file)).await?;
        }
        Ok(self.left_over(operator, &before, now).await?.pop())
    }

    /// Sets the hash of a line's code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_voicemail_code(&self, line: LineId, hash: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO voicemail_box (line_id, code_hash) VALUES ($1, $2) \
                   ON CONFLICT (line_id) DO UPDATE SET code_hash = excluded.code_hash";
        self.execute("set a voicemail's code", sql, vec![line.0.into(), hash.into()]).await?;
        Ok(())
    }

    /// Sets the language in which a line's messages are sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_voicemail_language(&self, line: LineId, tag: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO voicemail_box (line_id, language) VALUES ($1, $2) \
                   ON CONFLICT (line_id) DO UPDATE SET language = excluded.language";
        self.execute("set the language of a voicemail", sql, vec![line.0.into(), tag.into()]).await?;
        Ok(())
    }

    async fn left_over(&self, operator: OperatorId, rows: &[Row], now: Timestamp) -> Result<Vec<String>, StoreError> {
        let files = rows.iter().map(|row| row.get::<Option<String>>("file")).collect::<Result<Vec<_>, _>>()?;
        let files: Vec<String> = files.into_iter().flatten().collect();
        self.leave_voicemail_files(operator, &files, now).await?;
        Ok(files)
    }

    async fn leave_voicemail_files(&self, operator: OperatorId, files: &[String], due: Timestamp) -> Result<(), StoreError> {
        if files.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO voicemail_leftover (file, operator_id, due) SELECT wanted.value, $1, $2 FROM {} AS wanted WHERE TRUE \
             ON CONFLICT (file) DO UPDATE SET due = excluded.due",
            self.store.listed(3)
        );
        let values = vec![operator.0.into(), due.into(), list(files.iter().cloned())];
        self.execute("leave files over", &sql, values).await?;
        Ok(())
    }

    /// These files belong to somebody, or are erased.
    async fn claim_voicemail_files(&self, files: &[String]) -> Result<(), StoreError> {
        let sql =
            format!("DELETE FROM voicemail_leftover WHERE file IN (SELECT wanted.value FROM {} AS wanted)", self.store.listed(1));
        self.execute("claim files", &sql, vec![list(files.iter().cloned())]).await?;
        Ok(())
    }
}

fn message(row: &Row) -> Result<KeptMessage, StoreError> {
    Ok(KeptMessage {
        id: VoicemailMessageId(row.get("id")?),
        line: LineId(row.get("line_id")?),
        caller: row.get("caller")?,
        arrived: row.instant("arrived")?,
        is_kept: row.get::<String>("state")? == "kept",
        sound: KeptSound {
            file: row.get("file")?,
            format: row.get("format")?,
            size_bytes: row.get("size_bytes")?,
            length_ms: row.get("length_ms")?,
        },
    })
}

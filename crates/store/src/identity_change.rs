//! Changes with which a login could be taken over: asked for, held until their hour, carried out, taken back (PLT-05).

use crate::{
    Row, Store, StoreError,
    login::{LOGIN, Login, OF_LOGIN, login},
    store::Transaction,
};
use vocabulary::{IdentityChangeId, LoginId, Timestamp};

/// What changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// The address that mails go to.
    Email,
    /// The password.
    Password,
    /// The identifier of one's own.
    Identifier,
    /// One-time codes and passkeys, taken away by who helps.
    SecondFactor,
    /// The numbers to reach a person at; before and after they are kept as JSON, by kind.
    Numbers,
    /// One-time codes, switched on.
    Codes,
    /// A passkey, added.
    Passkey,
}

impl ChangeKind {
    /// The word that is kept of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::Identifier => "identifier",
            Self::SecondFactor => "second_factor",
            Self::Numbers => "numbers",
            Self::Codes => "codes",
            Self::Passkey => "passkey",
        }
    }

    fn named(word: &str) -> Option<Self> {
        let all = [Self::Email, Self::Password, Self::Identifier, Self::SecondFactor, Self::Numbers, Self::Codes, Self::Passkey];
        all.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A change as it is asked for, or as it was just made.
#[derive(Clone, Debug)]
pub struct NewChange<'t> {
    /// Whose.
    pub login: LoginId,
    /// What changes.
    pub kind: ChangeKind,
    /// How it was; empty for a password, and for what was not.
    pub before: &'t str,
    /// How it will be; empty for a password.
    pub after: &'t str,
    /// The host name of the brand that writes.
    pub host: &'t str,
    /// Where links lead: scheme and host.
    pub site: &'t str,
    /// When it was asked for.
    pub asked: Timestamp,
    /// Was it made at once? Else it waits to be confirmed.
    pub done: Option<Timestamp>,
    /// Until when it can be taken back by who was told.
    pub regret_until: Timestamp,
}

/// A change, with its login.
#[derive(Clone, Debug)]
pub struct KeptChange {
    /// Which.
    pub id: IdentityChangeId,
    /// What changes.
    pub kind: ChangeKind,
    /// `asked`, `held`, `done`, `replaced`, `taken_back`.
    pub state: String,
    /// How it was.
    pub before: String,
    /// How it will be.
    pub after: String,
    /// The host name of the brand that writes.
    pub host: String,
    /// Where links lead: scheme and host.
    pub site: String,
    /// When it was asked for.
    pub asked: Timestamp,
    /// From when on it is to be carried out, once that is known.
    pub due: Option<Timestamp>,
    /// Until when it can be taken back by who was told.
    pub regret_until: Timestamp,
    /// Whose.
    pub login: Login,
}

/// A change that had been carried out and is taken back.
#[derive(Clone, Debug)]
pub struct UndoneChange {
    /// What changed.
    pub kind: ChangeKind,
    /// How it was.
    pub before: String,
    /// How it is.
    pub after: String,
}

const COLUMNS: &str =
    "h.id AS change_id, h.kind, h.state AS change_state, h.before, h.after, h.host, h.site, h.asked, h.due, h.regret_until";

impl Transaction {
    /// Holds a login until the transaction ends: changes of one login are made one after the other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_login(&self, login: LoginId) -> Result<(), StoreError> {
        let sql = "UPDATE login SET name = name WHERE id = $1";
        self.execute("hold a login", sql, vec![login.0.into()]).await.map(|_| ())
    }

    /// Writes a change; those of the same kind that were not carried out yet are replaced.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_change(&self, new: &NewChange<'_>) -> Result<IdentityChangeId, StoreError> {
        self.hold_login(new.login).await?;
        let sql =
            "UPDATE identity_change SET state = 'replaced' WHERE login_id = $1 AND kind = $2 AND state IN ('asked', 'held')";
        self.execute("replace changes", sql, vec![new.login.0.into(), new.kind.as_str().into()]).await?;
        let sql = "INSERT INTO identity_change (login_id, kind, state, before, after, host, site, asked, done, regret_until) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id";
        let values = vec![
            new.login.0.into(),
            new.kind.as_str().into(),
            (if new.done.is_some() { "done" } else { "asked" }).into(),
            new.before.into(),
            new.after.into(),
            new.host.into(),
            new.site.into(),
            new.asked.into(),
            new.done.map(Timestamp::micros).into(),
            new.regret_until.into(),
        ];
        let rows = self.rows("ask for a change", sql, values).await?;
        let row = rows.first().ok_or(StoreError::Corrupt { column: "id", value: "no id".to_owned() })?;
        Ok(IdentityChangeId(row.get("id")?))
    }

    /// Makes a link with which who was told takes a change back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_regret(&self, change: IdentityChangeId, token_hash: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO identity_change_regret (token_hash, change_id) VALUES ($1, $2)";
        self.execute("make a link to regret", sql, vec![token_hash.into(), change.0.into()]).await.map(|_| ())
    }

    /// Lets a change that was asked for wait for its hour; `false` when it does not wait to be confirmed any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_change(&self, change: IdentityChangeId, due: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE identity_change SET state = 'held', due = $2 WHERE id = $1 AND state = 'asked'";
        Ok(self.execute("hold a change", sql, vec![change.0.into(), due.into()]).await? == 1)
    }

    /// Notes that a held change is carried out; `false` when it is not held, not due, or in somebody else's hands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_done(&self, change: IdentityChangeId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE identity_change SET state = 'done', done = $2 WHERE id = $1 AND state = 'held' AND due <= $2";
        Ok(self.execute("carry a change out", sql, vec![change.0.into(), now.into()]).await? == 1)
    }

    /// Takes back a login's changes from this one on, of every kind, and ends its links: those that had been carried out, the latest
    /// first, to be undone. `None` when this one was taken back before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_changes_back(
        &self,
        login: LoginId,
        from: IdentityChangeId,
    ) -> Result<Option<Vec<UndoneChange>>, StoreError> {
        self.hold_login(login).await?;
        let sql = "SELECT id, kind, state, before, after FROM identity_change \
                   WHERE id >= $1 AND login_id = $2 AND state <> 'taken_back' ORDER BY id DESC";
        let rows = self.rows("look for changes to undo", sql, vec![from.0.into(), login.0.into()]).await?;
        let is_there = rows.last().map(|row| row.get::<i64>("id")).transpose()? == Some(from.0);
        if !is_there {
            return Ok(None);
        }
        let sql = "UPDATE identity_change SET state = 'taken_back' WHERE id >= $1 AND login_id = $2";
        self.execute("take changes back", sql, vec![from.0.into(), login.0.into()]).await?;
        let sql = "DELETE FROM login_link WHERE login_id = $1";
        self.execute("end links", sql, vec![login.0.into()]).await?;
        let mut undone = Vec::new();
        for row in &rows {
            if row.get::<String>("state")? == "done" {
                undone.push(UndoneChange { kind: kind(row)?, before: row.get("before")?, after: row.get("after")? });
            }
        }
        Ok(Some(undone))
    }

    /// Takes back what a login asked for of a kind and was not carried out yet; what that was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_change(&self, login: LoginId, kind: ChangeKind) -> Result<Option<String>, StoreError> {
        let sql = "UPDATE identity_change SET state = 'replaced' WHERE login_id = $1 AND kind = $2 AND state IN ('asked', 'held') \
                   RETURNING after";
        let rows = self.rows("drop a change", sql, vec![login.0.into(), kind.as_str().into()]).await?;
        rows.first().map(|row| row.get("after")).transpose()
    }

    /// Gives a login another address for its mails. If it signed in with the one before, it does with the new one, unless somebody else is
    /// known by it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_email(&self, login: LoginId, (before, after): (&str, &str)) -> Result<(), StoreError> {
        let sql = "UPDATE login SET email = $2 WHERE id = $1";
        self.execute("set an address", sql, vec![login.0.into(), after.into()]).await?;
        let sql = "UPDATE login_identifier SET identifier = $3 WHERE login_id = $1 AND kind = 'email' AND identifier = $2 \
                   AND $3 <> '' AND NOT EXISTS (SELECT 1 FROM login_identifier o WHERE o.operator_id = login_identifier.operator_id \
                   AND o.identifier = $3)";
        let values = vec![login.0.into(), before.to_lowercase().into(), after.to_lowercase().into()];
        self.execute("sign in with another address", sql, values).await.map(|_| ())
    }

    /// Takes a login's password away: until another is chosen by a link, nobody signs in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_password(&self, login: LoginId) -> Result<(), StoreError> {
        let sql = "UPDATE login SET password_hash = NULL WHERE id = $1";
        self.execute("forget a password", sql, vec![login.0.into()]).await.map(|_| ())
    }
}

impl Store {
    /// The held changes whose hour has come, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_changes(&self, now: Timestamp, most: u32) -> Result<Vec<IdentityChangeId>, StoreError> {
        let sql = format!("SELECT id FROM identity_change WHERE state = 'held' AND due <= $1 ORDER BY due, id LIMIT {most}");
        let rows = self.rows("look for due changes", &sql, vec![now.into()]).await?;
        rows.iter().map(|row| row.get("id").map(IdentityChangeId)).collect()
    }

    /// A change.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change(&self, id: IdentityChangeId) -> Result<Option<KeptChange>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {LOGIN} FROM identity_change h JOIN login g ON g.id = h.login_id {OF_LOGIN} WHERE h.id = $1"
        );
        self.row("load a change", &sql, vec![id.0.into()]).await?.as_ref().map(kept).transpose()
    }

    /// What a login asked for of a kind and was not carried out yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_to_come(&self, login: LoginId, kind: ChangeKind) -> Result<Option<KeptChange>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {LOGIN} FROM identity_change h JOIN login g ON g.id = h.login_id {OF_LOGIN} \
             WHERE h.login_id = $1 AND h.kind = $2 AND h.state IN ('asked', 'held') ORDER BY h.id DESC LIMIT 1"
        );
        let values = vec![login.0.into(), kind.as_str().into()];
        self.row("look for a change to come", &sql, values).await?.as_ref().map(kept).transpose()
    }

    /// The change that a link takes back, if it still can be.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_to_regret(&self, token_hash: &str, now: Timestamp) -> Result<Option<KeptChange>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {LOGIN} FROM identity_change_regret t JOIN identity_change h ON h.id = t.change_id \
             JOIN login g ON g.id = h.login_id {OF_LOGIN} \
             WHERE t.token_hash = $1 AND h.state <> 'taken_back' AND h.regret_until > $2"
        );
        self.row("find a change to regret", &sql, vec![token_hash.into(), now.into()]).await?.as_ref().map(kept).transpose()
    }
}

fn kind(row: &Row) -> Result<ChangeKind, StoreError> {
    let word: String = row.get("kind")?;
    ChangeKind::named(&word).ok_or(StoreError::Corrupt { column: "kind", value: word })
}

fn kept(row: &Row) -> Result<KeptChange, StoreError> {
    Ok(KeptChange {
        id: IdentityChangeId(row.get("change_id")?),
        kind: kind(row)?,
        state: row.get("change_state")?,
        before: row.get("before")?,
        after: row.get("after")?,
        host: row.get("host")?,
        site: row.get("site")?,
        asked: row.instant("asked")?,
        due: row.get::<Option<i64>>("due")?.map(Timestamp::from_micros),
        regret_until: row.instant("regret_until")?,
        login: login(row)?,
    })
}

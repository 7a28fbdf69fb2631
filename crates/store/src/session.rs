//! Sessions by the hash of their token, and the browsers that somebody signed in with before.

use crate::{
    Row, Store, StoreError,
    login::{LOGIN, Login, OF_LOGIN, login},
    store::Transaction,
};
use vocabulary::{LoginId, SessionId, Timestamp};

/// A session as it begins.
#[derive(Clone, Debug)]
pub struct NewSession<'t> {
    /// Whose.
    pub login: LoginId,
    /// Of its token.
    pub token_hash: &'t str,
    /// Of the cookie that its browser keeps.
    pub device_hash: &'t str,
    /// When it begins.
    pub started: Timestamp,
    /// When it is over.
    pub expires: Timestamp,
    /// Where it comes from.
    pub address: &'t str,
    /// What its browser says that it is.
    pub device: &'t str,
}

/// A session that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSession {
    /// Which.
    pub id: SessionId,
    /// When it began.
    pub started: Timestamp,
    /// When something was last asked in it, to some minutes.
    pub seen: Timestamp,
    /// Where it was begun.
    pub address: String,
    /// What its browser says that it is.
    pub device: String,
}

impl Transaction {
    /// Begins a session, and forgets those of the login that are over. Is it the first with this browser, of a login that had others before?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_session(&self, new: &NewSession<'_>) -> Result<bool, StoreError> {
        let (login, now) = (new.login.0, new.started);
        self.execute(
            "forget sessions",
            "DELETE FROM session WHERE login_id = $1 AND expires <= $2",
            vec![login.into(), now.into()],
        )
        .await?;
        let sql = "INSERT INTO session (token_hash, login_id, started, seen, expires, address, device) \
                   VALUES ($1, $2, $3, $3, $4, $5, $6)";
        let values =
            vec![new.token_hash.into(), login.into(), now.into(), new.expires.into(), new.address.into(), new.device.into()];
        self.execute("begin a session", sql, values).await?;
        let others = "SELECT CAST(COUNT(*) AS BIGINT) AS known FROM login_device WHERE login_id = $1 AND device_hash <> $2";
        let others = self.rows("look for other browsers", others, vec![login.into(), new.device_hash.into()]).await?;
        let others: i64 = others.first().map_or(Ok(0), |row| row.get("known"))?;
        let seen = "UPDATE login_device SET seen = $3 WHERE login_id = $1 AND device_hash = $2";
        let values = vec![login.into(), new.device_hash.into(), now.into()];
        if self.execute("see a browser again", seen, values.clone()).await? > 0 {
            return Ok(false);
        }
        let sql = "INSERT INTO login_device (login_id, device_hash, seen) VALUES ($1, $2, $3)";
        self.execute("get to know a browser", sql, values).await?;
        Ok(others > 0)
    }

    /// Ends every session of a login, but for one, and what waits for its code; how many sessions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions(&self, login: LoginId, but: Option<SessionId>) -> Result<u64, StoreError> {
        let waiting = "DELETE FROM pending_sign_in WHERE login_id = $1";
        self.execute("end what waits for a code", waiting, vec![login.0.into()]).await?;
        let sql = "DELETE FROM session WHERE login_id = $1 AND id <> $2";
        self.execute("end sessions", sql, vec![login.0.into(), but.map_or(0, |id| id.0).into()]).await
    }

    /// Ends a session of a login; was it there?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, login: LoginId, id: SessionId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM session WHERE login_id = $1 AND id = $2";
        Ok(self.execute("end a session", sql, vec![login.0.into(), id.0.into()]).await? > 0)
    }
}

impl Transaction {
    /// Notes that a session was begun with a passkey.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begun_with_passkey(&self, token_hash: &str, now: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE session SET passkey_shown = $2 WHERE token_hash = $1";
        self.execute("note a passkey", sql, vec![token_hash.into(), now.into()]).await.map(|_| ())
    }
}

impl Store {
    /// Notes that the owner of a session showed a passkey in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_passkey(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE session SET passkey_shown = $2 WHERE id = $1";
        transaction.execute("note a passkey", sql, vec![id.0.into(), now.into()]).await?;
        transaction.commit().await
    }

    /// Was a passkey shown in a session?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_shown_passkey(&self, id: SessionId) -> Result<bool, StoreError> {
        let sql = "SELECT id FROM session WHERE id = $1 AND passkey_shown IS NOT NULL";
        Ok(self.row("look for a passkey", sql, vec![id.0.into()]).await?.is_some())
    }

    /// The session of a token that is not over at `now`, with its login, when something was last asked in it, and when its owner last
    /// proved who they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session_login(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(SessionId, (Timestamp, Timestamp), Login)>, StoreError> {
        let sql = format!(
            "SELECT s.id AS session_id, s.seen, COALESCE(s.proved, s.started) AS proved, {LOGIN} FROM session s JOIN login g ON g.id = s.login_id {OF_LOGIN} \
             WHERE s.token_hash = $1 AND s.expires > $2"
        );
        let row = self.row("find a session", &sql, vec![token_hash.into(), now.into()]).await?;
        let read = |row: Row| {
            let times = (row.instant("seen")?, row.instant("proved")?);
            Ok((SessionId(row.get("session_id")?), times, login(&row)?))
        };
        row.map(read).transpose()
    }

    /// Notes that the owner of a session proved who they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_proof(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction
            .execute("note a proof", "UPDATE session SET proved = $2 WHERE id = $1", vec![id.0.into(), now.into()])
            .await?;
        transaction.commit().await
    }

    /// Notes that something was asked in a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn see_session(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.execute("see a session", "UPDATE session SET seen = $2 WHERE id = $1", vec![id.0.into(), now.into()]).await?;
        transaction.commit().await
    }

    /// The sessions of a login that are not over, the one asked in last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions(&self, login: LoginId, now: Timestamp) -> Result<Vec<KeptSession>, StoreError> {
        let sql = "SELECT id, started, seen, address, device FROM session WHERE login_id = $1 AND expires > $2 \
                   ORDER BY seen DESC, id DESC";
        self.rows("list sessions", sql, vec![login.0.into(), now.into()]).await?.iter().map(kept).collect()
    }

    /// Did somebody sign in to this login with a browser before?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_device_known(&self, login: LoginId, device_hash: &str) -> Result<bool, StoreError> {
        let sql = "SELECT seen FROM login_device WHERE login_id = $1 AND device_hash = $2";
        Ok(self.row("look for a browser", sql, vec![login.0.into(), device_hash.into()]).await?.is_some())
    }
}

fn kept(row: &Row) -> Result<KeptSession, StoreError> {
    Ok(KeptSession {
        id: SessionId(row.get("id")?),
        started: row.instant("started")?,
        seen: row.instant("seen")?,
        address: row.get("address")?,
        device: row.get("device")?,
    })
}

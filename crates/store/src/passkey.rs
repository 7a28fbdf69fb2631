//! Passkeys of logins, each of one host name, and the challenges that they answer once. What a passkey is made of, this room does not
//! know: it keeps JSON.

use crate::{
    Row, Store, StoreError,
    login::{LOGIN, Login, OF_LOGIN, login},
    store::Transaction,
};
use vocabulary::{LoginId, PasskeyId, Timestamp};

/// A passkey as it is added.
#[derive(Clone, Debug)]
pub struct NewPasskey<'t> {
    /// Whose.
    pub login: LoginId,
    /// The host name that it is for.
    pub host: &'t str,
    /// What names it, in base64url.
    pub credential_id: &'t str,
    /// By what it names its login, in base64url.
    pub user_handle: &'t str,
    /// Its public key and what is checked of it, as JSON.
    pub credential: &'t str,
    /// What its owner calls it.
    pub name: &'t str,
    /// When it was made.
    pub made: Timestamp,
}

/// A passkey.
#[derive(Clone, Debug)]
pub struct KeptPasskey {
    /// Which.
    pub id: PasskeyId,
    /// The host name that it is for.
    pub host: String,
    /// By what it names its login, in base64url.
    pub user_handle: String,
    /// Its public key and what is checked of it, as JSON.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub made: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// A challenge as it is made.
#[derive(Clone, Debug)]
pub struct NewChallenge<'t> {
    /// Of the challenge.
    pub challenge_hash: &'t str,
    /// Which browser may answer it, where, and what for.
    pub asked: Challenge<'t>,
    /// Whose passkey is asked for, or added; `None` where that is not known yet.
    pub login: Option<LoginId>,
    /// What the answer is checked against, as JSON.
    pub state: &'t str,
    /// When it is made.
    pub made: Timestamp,
    /// When it is over.
    pub expires: Timestamp,
}

/// Where and for what a challenge may be answered.
#[derive(Clone, Copy, Debug)]
pub struct Challenge<'t> {
    /// Of what the browser holds that asked.
    pub browser_hash: &'t str,
    /// `adding`, `sign_in`, `proof`.
    pub purpose: &'static str,
    /// The host name.
    pub host: &'t str,
}

const PASSKEY: &str = "k.id AS passkey_id, k.host, k.user_handle, k.credential, k.name AS passkey_name, k.made, k.used";

impl Store {
    /// The passkeys of a login, the one that was used last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn passkeys(&self, login: LoginId) -> Result<Vec<KeptPasskey>, StoreError> {
        let sql =
            format!("SELECT {PASSKEY} FROM passkey k WHERE k.login_id = $1 ORDER BY COALESCE(k.used, k.made) DESC, k.id DESC");
        self.rows("list passkeys", &sql, vec![login.0.into()]).await?.iter().map(passkey).collect()
    }

    /// The passkey of a host name that is named so, with its login.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn passkey_named(&self, host: &str, credential_id: &str) -> Result<Option<(KeptPasskey, Login)>, StoreError> {
        let sql = format!(
            "SELECT {PASSKEY}, {LOGIN} FROM passkey k JOIN login g ON g.id = k.login_id {OF_LOGIN} \
             WHERE k.host = $1 AND k.credential_id = $2"
        );
        let row = self.row("find a passkey", &sql, vec![host.into(), credential_id.into()]).await?;
        row.map(|row| Ok((passkey(&row)?, login(&row)?))).transpose()
    }
}

impl Transaction {
    /// Adds a passkey; `false` when somebody has it at this host name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_passkey(&self, new: &NewPasskey<'_>) -> Result<bool, StoreError> {
        let sql = "INSERT INTO passkey (login_id, host, credential_id, user_handle, credential, name, made) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (host, credential_id) DO NOTHING";
        let values = vec![
            new.login.0.into(),
            new.host.into(),
            new.credential_id.into(),
            new.user_handle.into(),
            new.credential.into(),
            new.name.into(),
            new.made.into(),
        ];
        Ok(self.execute("add a passkey", sql, values).await? == 1)
    }

    /// Notes a use, and what is checked at the next; `false` when it was used or removed since it was read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_passkey(&self, before: &KeptPasskey, credential: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE passkey SET credential = $3, used = $4 WHERE id = $1 AND credential = $2";
        let values = vec![before.id.0.into(), before.credential.as_str().into(), credential.into(), now.into()];
        Ok(self.execute("use a passkey", sql, values).await? == 1)
    }

    /// Removes a passkey of a login; what it was called, if it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_passkey(&self, login: LoginId, id: PasskeyId) -> Result<Option<String>, StoreError> {
        let sql = "DELETE FROM passkey WHERE login_id = $1 AND id = $2 RETURNING name";
        let rows = self.rows("remove a passkey", sql, vec![login.0.into(), id.0.into()]).await?;
        rows.first().map(|row| row.get("name")).transpose()
    }

    /// Keeps a challenge, and forgets all that are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_challenge(&self, new: &NewChallenge<'_>) -> Result<(), StoreError> {
        let over = "DELETE FROM passkey_challenge WHERE expires <= $1";
        self.execute("forget challenges", over, vec![new.made.into()]).await?;
        let sql = "INSERT INTO passkey_challenge (challenge_hash, browser_hash, purpose, host, login_id, state, expires) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            new.challenge_hash.into(),
            new.asked.browser_hash.into(),
            new.asked.purpose.into(),
            new.asked.host.into(),
            new.login.map(|login| login.0).into(),
            new.state.into(),
            new.expires.into(),
        ];
        self.execute("make a challenge", sql, values).await.map(|_| ())
    }

    /// Takes a challenge: it is gone then, whatever the answer. Whose it is, and what the answer is checked against; `None` for one that
    /// was taken, is over, or was made for another browser, host name or purpose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_challenge(
        &self,
        challenge_hash: &str,
        asked: Challenge<'_>,
        now: Timestamp,
    ) -> Result<Option<(Option<LoginId>, String)>, StoreError> {
        let sql = "DELETE FROM passkey_challenge WHERE challenge_hash = $1 AND browser_hash = $2 AND purpose = $3 AND host = $4 \
                   AND expires > $5 RETURNING login_id, state";
        let values = vec![challenge_hash.into(), asked.browser_hash.into(), asked.purpose.into(), asked.host.into(), now.into()];
        let rows = self.rows("take a challenge", sql, values).await?;
        rows.first().map(|row| Ok((row.get::<Option<i64>>("login_id")?.map(LoginId), row.get("state")?))).transpose()
    }
}

fn passkey(row: &Row) -> Result<KeptPasskey, StoreError> {
    Ok(KeptPasskey {
        id: PasskeyId(row.get("passkey_id")?),
        host: row.get("host")?,
        user_handle: row.get("user_handle")?,
        credential: row.get("credential")?,
        name: row.get("passkey_name")?,
        made: row.instant("made")?,
        used: row.get::<Option<i64>>("used")?.map(Timestamp::from_micros),
    })
}

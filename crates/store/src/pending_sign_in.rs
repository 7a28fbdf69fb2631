//! Sign-ins whose password was right and whose code is waited for, by the hash of their token. They are no sessions: nothing can be asked
//! in one but the code.

use crate::{
    Store, StoreError,
    login::{LOGIN, Login, OF_LOGIN, login},
    store::Transaction,
};
use vocabulary::{LoginId, Timestamp};

/// One as it begins.
#[derive(Clone, Debug)]
pub struct NewPending<'t> {
    /// Whose.
    pub login: LoginId,
    /// Of the token that its browser holds.
    pub token_hash: &'t str,
    /// When it begins.
    pub begun: Timestamp,
    /// When it is over.
    pub expires: Timestamp,
}

impl Transaction {
    /// Begins one, and forgets all that are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_pending(&self, new: &NewPending<'_>) -> Result<(), StoreError> {
        let over = "DELETE FROM pending_sign_in WHERE expires <= $1";
        self.execute("forget what waits for a code", over, vec![new.begun.into()]).await?;
        let sql = "INSERT INTO pending_sign_in (token_hash, login_id, expires) VALUES ($1, $2, $3)";
        let values = vec![new.token_hash.into(), new.login.0.into(), new.expires.into()];
        self.execute("wait for a code", sql, values).await.map(|_| ())
    }

    /// Counts one more try; `false` when it is over, had `most` tries, or never was. Tries at the same time are counted each.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_pending(&self, token_hash: &str, now: Timestamp, most: i32) -> Result<bool, StoreError> {
        let sql = "UPDATE pending_sign_in SET tries = tries + 1 WHERE token_hash = $1 AND expires > $2 AND tries < $3";
        Ok(self.execute("try a code", sql, vec![token_hash.into(), now.into(), most.into()]).await? == 1)
    }

    /// Ends one; was it there?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_pending(&self, token_hash: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM pending_sign_in WHERE token_hash = $1";
        Ok(self.execute("end what waits for a code", sql, vec![token_hash.into()]).await? == 1)
    }
}

impl Store {
    /// Whose code is waited for; `None` for a token of nothing, of what is over, or had `most` tries.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pending_login(&self, token_hash: &str, now: Timestamp, most: i32) -> Result<Option<Login>, StoreError> {
        let sql = format!(
            "SELECT {LOGIN} FROM pending_sign_in p JOIN login g ON g.id = p.login_id {OF_LOGIN} \
             WHERE p.token_hash = $1 AND p.expires > $2 AND p.tries < $3"
        );
        let row = self.row("find what waits for a code", &sql, vec![token_hash.into(), now.into(), most.into()]).await?;
        row.as_ref().map(login).transpose()
    }
}

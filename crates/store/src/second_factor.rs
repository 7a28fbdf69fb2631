//! One-time codes and recovery codes of logins: what is kept of them, and what makes each good once.

use crate::{Store, StoreError, store::Transaction};
use vocabulary::{LoginId, Timestamp};

/// What one-time codes of a login are made of.
#[derive(Clone, Debug)]
pub struct KeptCodes {
    /// The seed, sealed.
    pub seed: String,
    /// When it was made.
    pub begun: Timestamp,
    /// Since when codes are asked for; `None` before a first right one.
    pub confirmed: Option<Timestamp>,
    /// The last step whose code was used.
    pub last_step: i64,
}

const LEFT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS unused FROM recovery_code WHERE login_id = $1 AND used IS NULL";

impl Store {
    /// What one-time codes of a login are made of, confirmed or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one_time_codes(&self, login: LoginId) -> Result<Option<KeptCodes>, StoreError> {
        let sql = "SELECT seed, begun, confirmed, last_step FROM one_time_code WHERE login_id = $1";
        let row = self.row("load one-time codes", sql, vec![login.0.into()]).await?;
        row.map(|row| {
            Ok(KeptCodes {
                seed: row.get("seed")?,
                begun: row.instant("begun")?,
                confirmed: row.get::<Option<i64>>("confirmed")?.map(Timestamp::from_micros),
                last_step: row.get("last_step")?,
            })
        })
        .transpose()
    }

    /// Does a login ask for one-time codes?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_codes(&self, login: LoginId) -> Result<bool, StoreError> {
        let sql = "SELECT login_id FROM one_time_code WHERE login_id = $1 AND confirmed IS NOT NULL";
        Ok(self.row("look for one-time codes", sql, vec![login.0.into()]).await?.is_some())
    }

    /// How many recovery codes of a login were not used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recovery_codes_left(&self, login: LoginId) -> Result<i64, StoreError> {
        let row = self.row("count recovery codes", LEFT, vec![login.0.into()]).await?;
        row.map_or(Ok(0), |row| row.get("unused"))
    }
}

impl Transaction {
    /// Keeps a seed that is to be confirmed, in place of one that never was; `false` when the login's codes are on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_codes(&self, login: LoginId, seed: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "INSERT INTO one_time_code (login_id, seed, begun) VALUES ($1, $2, $3) \
                   ON CONFLICT (login_id) DO UPDATE SET seed = $2, begun = $3 WHERE one_time_code.confirmed IS NULL";
        Ok(self.execute("begin one-time codes", sql, vec![login.0.into(), seed.into(), now.into()]).await? == 1)
    }

    /// Switches codes on by the code of a step; `false` when they are on already, or the seed is another by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn confirm_codes(&self, login: LoginId, (seed, step): (&str, i64), now: Timestamp) -> Result<bool, StoreError> {
        let sql =
            "UPDATE one_time_code SET confirmed = $4, last_step = $3 WHERE login_id = $1 AND seed = $2 AND confirmed IS NULL";
        let values = vec![login.0.into(), seed.into(), step.into(), now.into()];
        Ok(self.execute("confirm one-time codes", sql, values).await? == 1)
    }

    /// Uses the code of a step up; `false` when it or a later one was used before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_step(&self, login: LoginId, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE one_time_code SET last_step = $2 WHERE login_id = $1 AND confirmed IS NOT NULL AND last_step < $2";
        Ok(self.execute("use a one-time code", sql, vec![login.0.into(), step.into()]).await? == 1)
    }

    /// Switches codes off and forgets the recovery codes; were they on?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_codes(&self, login: LoginId) -> Result<bool, StoreError> {
        let recovery = "DELETE FROM recovery_code WHERE login_id = $1";
        self.execute("forget recovery codes", recovery, vec![login.0.into()]).await?;
        let sql = "DELETE FROM one_time_code WHERE login_id = $1 AND confirmed IS NOT NULL";
        Ok(self.execute("end one-time codes", sql, vec![login.0.into()]).await? == 1)
    }

    /// Takes from a login what it asks besides a password, where that began after an instant, and what waits for a code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_factors_since(&self, login: LoginId, since: Timestamp) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM recovery_code WHERE login_id = $1 \
             AND EXISTS (SELECT 1 FROM one_time_code o WHERE o.login_id = $1 AND o.begun > $2)",
            "DELETE FROM one_time_code WHERE login_id = $1 AND begun > $2",
            "DELETE FROM passkey WHERE login_id = $1 AND made > $2",
        ] {
            self.execute("drop factors", sql, vec![login.0.into(), since.into()]).await?;
        }
        for sql in ["DELETE FROM pending_sign_in WHERE login_id = $1", "DELETE FROM passkey_challenge WHERE login_id = $1"] {
            self.execute("drop what waits for a factor", sql, vec![login.0.into()]).await?;
        }
        Ok(())
    }

    /// Takes codes, recovery codes and passkeys of a login away, whether they were confirmed or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_factors(&self, login: LoginId) -> Result<(), StoreError> {
        for table in ["recovery_code", "one_time_code", "passkey_challenge", "passkey"] {
            let sql = format!("DELETE FROM {table} WHERE login_id = $1");
            self.execute("take a second factor away", &sql, vec![login.0.into()]).await?;
        }
        Ok(())
    }

    /// Gives a login other recovery codes than before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_recovery_codes(&self, login: LoginId, hashes: &[String]) -> Result<(), StoreError> {
        let before = "DELETE FROM recovery_code WHERE login_id = $1";
        self.execute("forget recovery codes", before, vec![login.0.into()]).await?;
        for hash in hashes {
            let sql = "INSERT INTO recovery_code (login_id, code_hash) VALUES ($1, $2)";
            self.execute("keep a recovery code", sql, vec![login.0.into(), hash.as_str().into()]).await?;
        }
        Ok(())
    }

    /// How many recovery codes of a login were not used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recovery_codes_left(&self, login: LoginId) -> Result<i64, StoreError> {
        let rows = self.rows("count recovery codes", LEFT, vec![login.0.into()]).await?;
        rows.first().map_or(Ok(0), |row| row.get("unused"))
    }

    /// Uses a recovery code up; `false` when it was used, or never was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_recovery_code(&self, login: LoginId, hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE recovery_code SET used = $3 WHERE login_id = $1 AND code_hash = $2 AND used IS NULL";
        Ok(self.execute("use a recovery code", sql, vec![login.0.into(), hash.into(), now.into()]).await? == 1)
    }
}

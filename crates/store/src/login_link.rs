//! Links that were mailed, by the hash of their token, and what may be done with one.

use crate::{
    Row, Store, StoreError,
    login::{LOGIN, Login, OF_LOGIN, login},
    store::Transaction,
};
use vocabulary::{LoginId, OperatorId, ResellerId, Timestamp};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// A first password.
    FirstAccess,
    /// A new password in place of one that was forgotten.
    Password,
    /// A first password of somebody who was asked in.
    Invitation,
    /// To show that an address is one's own.
    Email,
}

impl LinkPurpose {
    /// The word that is kept of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstAccess => "first_access",
            Self::Password => "password",
            Self::Invitation => "invitation",
            Self::Email => "email",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Self::FirstAccess, Self::Password, Self::Invitation, Self::Email].into_iter().find(|purpose| purpose.as_str() == word)
    }
}

/// A link as it is made.
#[derive(Clone, Debug)]
pub struct NewLink<'t> {
    /// Whom it lets in.
    pub login: LoginId,
    /// Of its token.
    pub token_hash: &'t str,
    /// What for.
    pub purpose: LinkPurpose,
    /// What it confirms, such as a new address; empty for nothing.
    pub value: &'t str,
    /// When it is made.
    pub created: Timestamp,
    /// When it is over.
    pub expires: Timestamp,
}

/// A link that may be used.
#[derive(Clone, Debug)]
pub struct OpenLink {
    /// What for.
    pub purpose: LinkPurpose,
    /// What it confirms.
    pub value: String,
    /// Whom it lets in.
    pub login: Login,
}

impl Transaction {
    /// Makes a link; those of the same login and purpose that were made before are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_link(&self, new: &NewLink<'_>) -> Result<(), StoreError> {
        let before = "DELETE FROM login_link WHERE (login_id = $1 AND purpose = $2) OR expires <= $3";
        let values = vec![new.login.0.into(), new.purpose.as_str().into(), new.created.into()];
        self.execute("end links", before, values).await?;
        let sql =
            "INSERT INTO login_link (token_hash, login_id, purpose, value, created, expires) VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            new.token_hash.into(),
            new.login.0.into(),
            new.purpose.as_str().into(),
            new.value.into(),
            new.created.into(),
            new.expires.into(),
        ];
        self.execute("make a link", sql, values).await.map(|_| ())
    }

    /// Uses a link up; `false` when it was used, is over, or never was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_link(&self, token_hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE login_link SET used = $2 WHERE token_hash = $1 AND used IS NULL AND expires > $2";
        Ok(self.execute("use a link", sql, vec![token_hash.into(), now.into()]).await? == 1)
    }

    /// Gives a login its password; one that was invited may sign in from then on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(&self, login: LoginId, hash: &str) -> Result<(), StoreError> {
        let sql = "UPDATE login SET password_hash = $2, version = version + 1, state = CASE WHEN state = 'invited' THEN 'validated' ELSE state END \
                   WHERE id = $1";
        self.execute("set a password", sql, vec![login.0.into(), hash.into()]).await.map(|_| ())
    }
}

impl Store {
    /// A link that is not used and not over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_link(&self, token_hash: &str, now: Timestamp) -> Result<Option<OpenLink>, StoreError> {
        let sql = format!(
            "SELECT k.purpose, k.value, {LOGIN} FROM login_link k JOIN login g ON g.id = k.login_id {OF_LOGIN} \
             WHERE k.token_hash = $1 AND k.used IS NULL AND k.expires > $2"
        );
        let row = self.row("find a link", &sql, vec![token_hash.into(), now.into()]).await?;
        row.map(|row| {
            let word: String = row.get("purpose")?;
            let purpose = LinkPurpose::named(&word).ok_or(StoreError::Corrupt { column: "purpose", value: word })?;
            Ok(OpenLink { purpose, value: row.get("value")?, login: login(&row)? })
        })
        .transpose()
    }

    /// The postcode of the contract that a login belongs to; empty for a login of no customer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postcode_of(&self, login: LoginId) -> Result<String, StoreError> {
        let sql = "SELECT c.postcode FROM login g JOIN customer c ON c.id = g.customer_id WHERE g.id = $1";
        let row: Option<Row> = self.row("find a postcode", sql, vec![login.0.into()]).await?;
        row.map_or(Ok(String::new()), |row| row.get("postcode"))
    }

    /// The address of somebody at this door: of the one at that place among all who have one, counted round.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn some_address(
        &self,
        operator: OperatorId,
        reseller: Option<ResellerId>,
        place: u32,
    ) -> Result<Option<String>, StoreError> {
        let (of, mut values) = match reseller {
            Some(reseller) => (" AND reseller_id = $2", vec![operator.0.into(), reseller.0.into()]),
            None => ("", vec![operator.0.into()]),
        };
        let count = format!("SELECT CAST(COUNT(*) AS BIGINT) AS addresses FROM login WHERE operator_id = $1{of} AND email <> ''");
        let count: i64 = self.row("count addresses", &count, values.clone()).await?.map_or(Ok(0), |row| row.get("addresses"))?;
        let offset = i64::from(place) % count.max(1);
        values.push(offset.into());
        let sql = format!(
            "SELECT email FROM login WHERE operator_id = $1{of} AND email <> '' ORDER BY id LIMIT 1 OFFSET ${}",
            values.len()
        );
        self.row("find an address", &sql, values).await?.map(|row| row.get("email")).transpose()
    }
}

//! Brands by host, logins by identifier, sessions by the hash of their token: what is read before there is a scope.

use crate::{Row, Store, StoreError};
use vocabulary::{CustomerId, LoginId, OperatorId, ResellerId, Timestamp};

/// A host name and whose it is.
#[derive(Clone, Debug)]
pub struct Brand {
    /// The host name, without port.
    pub host: String,
    /// Whose it is.
    pub operator: OperatorId,
    /// The name of that operator's catalogue folder.
    pub slug: String,
    /// The reseller whose brand it is.
    pub reseller: Option<ResellerId>,
    /// What the pages call themselves.
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    /// Where questions go.
    pub contact: String,
}

/// A login, with all that a session needs of it.
#[derive(Clone, Debug)]
pub struct Login {
    /// The login.
    pub id: LoginId,
    /// Whose.
    pub operator: OperatorId,
    /// The reseller it acts for, or whose customer it acts for.
    pub reseller: Option<ResellerId>,
    /// The customer it acts for.
    pub customer: Option<CustomerId>,
    /// What is typed.
    pub identifier: String,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// `subscriber`, `fleet_manager`, `reseller_agent`, `operator_agent`.
    pub role: String,
    /// The person.
    pub name: String,
    /// The customer, reseller or operator that the person acts for.
    pub party: String,
}

/// What somebody typed to be known by, in every writing that the same identifier may have been stored in.
#[derive(Clone, Debug)]
pub struct Identifier {
    /// In small letters, the likeliest first; never none, and not many.
    pub writings: Vec<String>,
    /// Digits that a reference may have after one leading letter; empty for none.
    pub after_letter: String,
}

/// A login with what it acts for: a login of a reseller's customer is that reseller's too.
const LOGIN: &str = "g.id, g.operator_id, COALESCE(g.reseller_id, c.reseller_id) AS reseller_id, g.customer_id, g.identifier, \
    g.password_hash, g.role, g.name, COALESCE(c.name, r.name, o.name) AS party FROM login g \
    JOIN operator o ON o.id = g.operator_id LEFT JOIN customer c ON c.id = g.customer_id LEFT JOIN reseller r ON r.id = g.reseller_id";

/// More logins than that of one identifier are as good as none.
const MOST_MATCHES: usize = 3;

impl Store {
    /// Every host name.
    pub async fn brands(&self) -> Result<Vec<Brand>, StoreError> {
        let sql = "SELECT b.host, b.operator_id, o.slug, b.reseller_id, b.name, b.colour, b.contact FROM brand b \
                   JOIN operator o ON o.id = b.operator_id ORDER BY b.host";
        self.rows("list the brands", sql, vec![]).await?.iter().map(brand).collect()
    }

    /// The brand of a host name in small letters, without port.
    pub async fn brand_by_host(&self, host: &str) -> Result<Option<Brand>, StoreError> {
        let sql = "SELECT b.host, b.operator_id, o.slug, b.reseller_id, b.name, b.colour, b.contact FROM brand b \
                   JOIN operator o ON o.id = b.operator_id WHERE b.host = $1";
        self.row("find a brand", sql, vec![host.into()]).await?.as_ref().map(brand).transpose()
    }

    /// The logins of an operator, or of one of its resellers, that an identifier may mean: those that are written so first. A caller
    /// takes the first if it is written so, else the only one.
    pub async fn login_by_identifier(
        &self,
        operator: OperatorId,
        reseller: Option<ResellerId>,
        identifier: &Identifier,
    ) -> Result<Vec<Login>, StoreError> {
        let mut values = vec![operator.0.into(), identifier.after_letter.as_str().into()];
        let mut places = Vec::new();
        for writing in &identifier.writings {
            values.push(writing.as_str().into());
            places.push(format!("${}", values.len()));
        }
        let written = format!("LOWER(g.identifier) IN ({})", places.join(", "));
        let lettered = "($2 <> '' AND SUBSTR(g.identifier, 2) = $2 AND LOWER(SUBSTR(g.identifier, 1, 1)) BETWEEN 'a' AND 'z')";
        let mut sql = format!("SELECT {LOGIN} WHERE g.operator_id = $1 AND ({written} OR {lettered})");
        if let Some(reseller) = reseller {
            values.push(reseller.0.into());
            sql.push_str(&format!(" AND COALESCE(g.reseller_id, c.reseller_id) = ${}", values.len()));
        }
        sql.push_str(&format!(" ORDER BY CASE WHEN {written} THEN 0 ELSE 1 END, g.id LIMIT {MOST_MATCHES}"));
        self.rows("find a login", &sql, values).await?.iter().map(login).collect()
    }

    /// Begins a session, and forgets those that are over.
    pub async fn begin_session(
        &self,
        login: LoginId,
        token_hash: &str,
        started: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.execute("forget sessions", "DELETE FROM session WHERE expires <= $1", vec![started.into()]).await?;
        let sql = "INSERT INTO session (token_hash, login_id, started, expires) VALUES ($1, $2, $3, $4)";
        let values = vec![token_hash.into(), login.0.into(), started.into(), expires.into()];
        transaction.execute("begin a session", sql, values).await?;
        transaction.commit().await
    }

    /// The login of a session that is not over at `now`.
    pub async fn session_login(&self, token_hash: &str, now: Timestamp) -> Result<Option<Login>, StoreError> {
        let sql = format!("SELECT {LOGIN} JOIN session s ON s.login_id = g.id WHERE s.token_hash = $1 AND s.expires > $2");
        self.row("find a session", &sql, vec![token_hash.into(), now.into()]).await?.as_ref().map(login).transpose()
    }

    /// Ends a session; one that is not there is over already.
    pub async fn end_session(&self, token_hash: &str) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.execute("end a session", "DELETE FROM session WHERE token_hash = $1", vec![token_hash.into()]).await?;
        transaction.commit().await
    }
}

fn brand(row: &Row) -> Result<Brand, StoreError> {
    Ok(Brand {
        host: row.get("host")?,
        operator: OperatorId(row.get("operator_id")?),
        slug: row.get("slug")?,
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        name: row.get("name")?,
        colour: row.get("colour")?,
        contact: row.get("contact")?,
    })
}

fn login(row: &Row) -> Result<Login, StoreError> {
    Ok(Login {
        id: LoginId(row.get("id")?),
        operator: OperatorId(row.get("operator_id")?),
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        customer: row.get::<Option<i64>>("customer_id")?.map(CustomerId),
        identifier: row.get("identifier")?,
        password_hash: row.get("password_hash")?,
        role: row.get("role")?,
        name: row.get("name")?,
        party: row.get("party")?,
    })
}

//! Logins, by what they are known by: what is read before there is a scope.

use crate::{Row, Store, StoreError, Value, store::Transaction};
use vocabulary::{CustomerId, LineId, LoginId, OperatorId, ResellerId};

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
    /// The line that it sees, of who uses one.
    pub line: Option<LineId>,
    /// Argon2id, in PHC form; `None` until a password was chosen.
    pub password_hash: Option<String>,
    /// The word of its role.
    pub role: String,
    /// `invited`, `validated`, `blocked`.
    pub state: String,
    /// The person.
    pub name: String,
    /// Where mails go; empty for nowhere.
    pub email: String,
    /// The language of mails; empty for the brand's own.
    pub language: String,
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

/// What kind of thing a login is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// The customer's reference.
    Reference,
    /// One of its own choosing.
    Own,
    /// A telephone number.
    Number,
    /// An e-mail address.
    Email,
}

impl IdentifierKind {
    /// The word that is kept of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Own => "own",
            Self::Number => "number",
            Self::Email => "email",
        }
    }

    fn named(word: &str) -> Option<Self> {
        [Self::Reference, Self::Own, Self::Number, Self::Email].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A login with what it acts for: a login of a reseller's customer is that reseller's too.
pub(crate) const LOGIN: &str = "g.id, g.operator_id, COALESCE(g.reseller_id, c.reseller_id) AS reseller_id, g.customer_id, g.line_id, \
    g.password_hash, g.role, g.state, g.name, g.email, g.language, COALESCE(c.name, r.name, o.name) AS party";
/// What is read beside the table `login`, under the alias `g`.
pub(crate) const OF_LOGIN: &str = "JOIN operator o ON o.id = g.operator_id \
    LEFT JOIN customer c ON c.id = g.customer_id LEFT JOIN reseller r ON r.id = g.reseller_id";

/// More logins than that of one identifier are as good as none.
const MOST_MATCHES: usize = 3;

impl Store {
    /// The logins of an operator, or of one of its resellers, that an identifier may mean, each with what it is known by: those that are
    /// written so first. A caller takes the first if it is written so, else the only one.
    pub async fn login_by_identifier(
        &self,
        operator: OperatorId,
        reseller: Option<ResellerId>,
        identifier: &Identifier,
    ) -> Result<Vec<(String, Login)>, StoreError> {
        let mut values = vec![operator.0.into(), identifier.after_letter.as_str().into()];
        let mut places = Vec::new();
        for writing in &identifier.writings {
            values.push(writing.as_str().into());
            places.push(format!("${}", values.len()));
        }
        let written = format!("i.identifier IN ({})", places.join(", "));
        let mut sql = format!(
            "SELECT i.identifier, {LOGIN} FROM login_identifier i JOIN login g ON g.id = i.login_id {OF_LOGIN} \
             WHERE i.operator_id = $1 AND ({written} OR ($2 <> '' AND i.bare = $2))"
        );
        if let Some(reseller) = reseller {
            values.push(reseller.0.into());
            sql.push_str(&format!(" AND COALESCE(g.reseller_id, c.reseller_id) = ${}", values.len()));
        }
        sql.push_str(&format!(" ORDER BY CASE WHEN {written} THEN 0 ELSE 1 END, g.id LIMIT {MOST_MATCHES}"));
        let rows = self.rows("find a login", &sql, values).await?;
        rows.iter().map(|row| Ok((row.get("identifier")?, login(row)?))).collect()
    }
}

impl Store {
    /// A login.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login(&self, id: LoginId) -> Result<Option<Login>, StoreError> {
        let sql = format!("SELECT {LOGIN} FROM login g {OF_LOGIN} WHERE g.id = $1");
        self.row("load a login", &sql, vec![id.0.into()]).await?.as_ref().map(login).transpose()
    }

    /// Who is known by an identifier, as it is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_by(&self, operator: OperatorId, identifier: &str) -> Result<Option<LoginId>, StoreError> {
        let sql = "SELECT login_id FROM login_identifier WHERE operator_id = $1 AND identifier = $2";
        let row = self.row("look for an identifier", sql, vec![operator.0.into(), identifier.to_lowercase().into()]).await?;
        row.map(|row| row.get("login_id").map(LoginId)).transpose()
    }

    /// What a login is known by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn identifiers(&self, id: LoginId) -> Result<Vec<(IdentifierKind, String)>, StoreError> {
        let sql = "SELECT kind, identifier FROM login_identifier WHERE login_id = $1 ORDER BY identifier";
        let rows = self.rows("list identifiers", sql, vec![id.0.into()]).await?;
        let read = |row: &Row| {
            let word: String = row.get("kind")?;
            let kind = IdentifierKind::named(&word).ok_or(StoreError::Corrupt { column: "kind", value: word })?;
            Ok((kind, row.get("identifier")?))
        };
        rows.iter().map(read).collect()
    }
}

impl Transaction {
    /// Keeps the language of a login's mails, where none is known yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn learn_language(&self, login: LoginId, tag: &str) -> Result<(), StoreError> {
        let sql = "UPDATE login SET language = $2 WHERE id = $1 AND language = ''";
        self.execute("learn a language", sql, vec![login.0.into(), tag.into()]).await.map(|_| ())
    }

    /// Writes a login's mails in another language from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn choose_language(&self, login: LoginId, tag: &str) -> Result<(), StoreError> {
        let sql = "UPDATE login SET language = $2 WHERE id = $1";
        self.execute("choose a language", sql, vec![login.0.into(), tag.into()]).await.map(|_| ())
    }

    /// Gives a login an identifier of its own choosing in place of the one before; `false` when somebody is known by it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn choose_identifier(&self, operator: OperatorId, login: LoginId, identifier: &str) -> Result<bool, StoreError> {
        self.forget_identifier(login).await?;
        let sql = "INSERT INTO login_identifier (operator_id, identifier, bare, kind, login_id) VALUES ($1, $2, '', 'own', $3) \
                   ON CONFLICT DO NOTHING";
        let values = vec![operator.0.into(), identifier.to_lowercase().into(), login.0.into()];
        Ok(self.execute("write an identifier", sql, values).await? == 1)
    }

    /// Gives a login one more thing to be known by, unless somebody is known by it; was it free?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_identifier(
        &self,
        (operator, login): (OperatorId, LoginId),
        (kind, identifier): (IdentifierKind, &str),
    ) -> Result<bool, StoreError> {
        let identifier = identifier.to_lowercase();
        let bare = bare(&identifier).unwrap_or_default().to_owned();
        let values: Vec<Value> = vec![operator.0.into(), identifier.into(), bare.into(), kind.as_str().into(), login.0.into()];
        let sql = "INSERT INTO login_identifier (operator_id, identifier, bare, kind, login_id) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT DO NOTHING";
        Ok(self.execute("write a login's identifier", sql, values).await? == 1)
    }

    /// Takes the identifier of its own choosing from a login.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_identifier(&self, login: LoginId) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_identifier WHERE login_id = $1 AND kind = 'own'";
        self.execute("forget an identifier", sql, vec![login.0.into()]).await.map(|_| ())
    }

    /// Gives a login one more thing to be known by; one that somebody else is known by is refused by the database.
    pub(crate) async fn add_identifier(
        &self,
        operator: OperatorId,
        login: LoginId,
        (kind, identifier): (IdentifierKind, &str),
    ) -> Result<(), StoreError> {
        let identifier = identifier.to_lowercase();
        let bare = bare(&identifier).unwrap_or_default().to_owned();
        let values: Vec<Value> = vec![operator.0.into(), identifier.into(), bare.into(), kind.as_str().into(), login.0.into()];
        let sql = "INSERT INTO login_identifier (operator_id, identifier, bare, kind, login_id) VALUES ($1, $2, $3, $4, $5)";
        self.execute("write a login's identifier", sql, values).await.map(|_| ())
    }
}

/// A reference without its leading letter; `None` for what has none.
fn bare(identifier: &str) -> Option<&str> {
    let rest = identifier.strip_prefix(|first: char| first.is_ascii_lowercase())?;
    (!rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())).then_some(rest)
}

pub(crate) fn login(row: &Row) -> Result<Login, StoreError> {
    Ok(Login {
        id: LoginId(row.get("id")?),
        operator: OperatorId(row.get("operator_id")?),
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        customer: row.get::<Option<i64>>("customer_id")?.map(CustomerId),
        line: row.get::<Option<i64>>("line_id")?.map(LineId),
        password_hash: row.get("password_hash")?,
        role: row.get("role")?,
        state: row.get("state")?,
        name: row.get("name")?,
        email: row.get("email")?,
        language: row.get("language")?,
        party: row.get("party")?,
    })
}

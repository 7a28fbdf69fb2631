//! Lines of a household whose user has access of their own (TEL-07): given by the holder of the account, accepted by who uses the line,
//! and taken back together with the login.

use crate::{IdentifierKind, Reach, Row, Scoped, Store, StoreError, line::read_party, store::Transaction};
use std::collections::BTreeSet;
use vocabulary::{LineId, LoginId, OperatorId, Party, Timestamp};

/// A line of a customer, and who has access to it alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAccess {
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// What it is for, by the catalogue's word.
    pub service: String,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// The access of its own, if it has one.
    pub own: Option<OwnAccess>,
}

/// The access that a line has of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAccess {
    /// The login.
    pub login: LoginId,
    /// Grows with each change of it.
    pub version: i64,
    /// Who has it.
    pub name: String,
    /// Where its mails go.
    pub email: String,
    /// The language of its mails.
    pub language: String,
    /// `invited`, `validated`, `blocked`.
    pub state: String,
    /// When it was given.
    pub given: Timestamp,
    /// When its holder chose a password.
    pub accepted: Option<Timestamp>,
    /// Its password, as it is kept.
    pub password_hash: Option<String>,
}

const COLUMNS: &str = "l.id, l.number, l.service, l.user_name, a.login_id, a.given, a.accepted, g.version, g.name, g.email, g.language, \
    g.state, g.password_hash";
const FROM: &str = "line l LEFT JOIN line_access a ON a.line_id = l.id LEFT JOIN login g ON g.id = a.login_id";
/// The most lines of a household that are listed.
const MOST_LINES: u32 = 200;

impl Scoped {
    /// The lines of the scope that are not over or have access of their own, by number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_accesses(&self) -> Result<Vec<LineAccess>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE {within} AND (l.state <> 'ended' OR a.login_id IS NOT NULL) \
             ORDER BY l.number, l.id LIMIT {MOST_LINES}"
        );
        self.store.rows("list who has access to lines", &sql, vec![scope]).await?.iter().map(line_access).collect()
    }

    /// The lines whose usage their own holders alone see, of who sees a whole customer; none for everybody else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn private_lines(&self) -> Result<BTreeSet<LineId>, StoreError> {
        let Reach::Customer(customer) = self.scope.reach else { return Ok(BTreeSet::new()) };
        let sql =
            "SELECT l.id FROM line_access a JOIN line l ON l.id = a.line_id WHERE l.customer_id = $1 AND a.accepted IS NOT NULL";
        let rows = self.store.rows("list lines with access of their own", sql, vec![customer.0.into()]).await?;
        rows.iter().map(|row| row.get("id").map(LineId)).collect()
    }

    /// One of them; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_access(&self, line: LineId) -> Result<Option<LineAccess>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE l.id = $1 AND {within} AND (l.state <> 'ended' OR a.login_id IS NOT NULL)"
        );
        let row = self.store.row("find who has access to a line", &sql, vec![line.0.into(), scope]).await?;
        row.as_ref().map(line_access).transpose()
    }
}

impl Store {
    /// Will a login that sees one line be known by its number? It is, where it is the line's own access, or nobody has the number yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_free_number(&self, login: LoginId) -> Result<bool, StoreError> {
        let sql = "SELECT l.id FROM login g JOIN line l ON l.id = g.line_id LEFT JOIN line_access a ON a.login_id = g.id \
                   WHERE g.id = $1 AND l.number LIKE '+%' AND (a.login_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM login_identifier i \
                   WHERE i.operator_id = l.operator_id AND i.identifier = l.number AND i.login_id <> $1))";
        Ok(self.row("look for a free number", sql, vec![login.0.into()]).await?.is_some())
    }
}

impl Transaction {
    /// Makes a login the one that has access to a line alone; `false` when it has one already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn split_line(&self, line: LineId, login: LoginId, at: Timestamp) -> Result<bool, StoreError> {
        let sql = "INSERT INTO line_access (line_id, login_id, given) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        Ok(self.execute("split a line", sql, vec![line.0.into(), login.0.into(), at.into()]).await? == 1)
    }

    /// Makes a login that sees one line known by its number, as its holder chose a password. A line's own access takes it from who was known
    /// by it before, and is alone with what the line uses from then on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accept_line(
        &self,
        (operator, login): (OperatorId, LoginId),
        at: Timestamp,
    ) -> Result<Option<LineId>, StoreError> {
        let sql = "SELECT l.id, l.number, a.login_id FROM login g JOIN line l ON l.id = g.line_id \
                   LEFT JOIN line_access a ON a.login_id = g.id WHERE g.id = $1";
        let rows = self.rows("find a line of a login", sql, vec![login.0.into()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let number: String = row.get("number")?;
        let mut own = None;
        if row.get::<Option<i64>>("login_id")?.is_some() {
            let taken = "UPDATE line_access SET accepted = $2, number_of = (SELECT i.login_id FROM login_identifier i \
                         WHERE i.operator_id = $3 AND i.identifier = $4 AND i.login_id <> $1) WHERE login_id = $1 AND accepted IS NULL";
            let values = vec![login.0.into(), at.into(), operator.0.into(), number.to_lowercase().into()];
            if self.execute("accept access to a line", taken, values).await? == 1 {
                own = Some(LineId(row.get("id")?));
            }
            let sql = "DELETE FROM login_identifier WHERE operator_id = $1 AND identifier = $2 AND login_id IN \
                       (SELECT a.number_of FROM line_access a WHERE a.login_id = $3)";
            let values = vec![operator.0.into(), number.to_lowercase().into(), login.0.into()];
            self.execute("take a number over", sql, values).await?;
        }
        if number.starts_with('+') {
            self.try_identifier((operator, login), (IdentifierKind::Number, &number)).await?;
        }
        Ok(own)
    }

    /// Takes a line's own access away with its login and gives its number back to who was known by it before; `false` when somebody changed
    /// it since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn join_line(&self, operator: OperatorId, (login, version): (LoginId, i64)) -> Result<bool, StoreError> {
        let sql = "SELECT l.number, b.id AS login_id FROM line_access a JOIN line l ON l.id = a.line_id \
                   LEFT JOIN login b ON b.id = a.number_of WHERE a.login_id = $1";
        let rows = self.rows("find who had a number", sql, vec![login.0.into()]).await?;
        if !self.remove_login((login, version)).await? {
            return Ok(false);
        }
        if let Some(row) = rows.first()
            && let Some(before) = row.get::<Option<i64>>("login_id")?
        {
            let number: String = row.get("number")?;
            self.try_identifier((operator, LoginId(before)), (IdentifierKind::Number, &number)).await?;
        }
        Ok(true)
    }
}

fn line_access(row: &Row) -> Result<LineAccess, StoreError> {
    let number: String = row.get("number")?;
    let own = match row.get::<Option<i64>>("login_id")? {
        None => None,
        Some(login) => Some(OwnAccess {
            login: LoginId(login),
            version: row.get("version")?,
            name: row.get("name")?,
            email: row.get("email")?,
            language: row.get("language")?,
            state: row.get("state")?,
            given: row.instant("given")?,
            accepted: row.get::<Option<i64>>("accepted")?.map(Timestamp::from_micros),
            password_hash: row.get("password_hash")?,
        }),
    };
    Ok(LineAccess {
        line: LineId(row.get("id")?),
        number: read_party(&number),
        service: row.get("service")?,
        user: row.get("user_name")?,
        own,
    })
}

impl Store {
    /// Has a line access of its own, whose holder came?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_has_own_access(&self, line: LineId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 AS one FROM line_access WHERE line_id = $1 AND accepted IS NOT NULL";
        Ok(self.row("look who has access to a line", sql, vec![line.0.into()]).await?.is_some())
    }
}

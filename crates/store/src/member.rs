//! People who have access, as those see them who look after them (FLT-14, RES-02): of an operator, of a reseller, or of a customer.

use crate::{Reach, Row, Scoped, StoreError, Value, Window, store::Transaction};
use vocabulary::{CustomerId, LineId, LoginId, OperatorId, ResellerId, Timestamp};

/// Whose people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// The operator's own.
    Operator,
    /// A reseller's.
    Reseller(ResellerId),
    /// A customer's.
    Customer(CustomerId),
}

impl Party {
    /// The reseller and the customer of its logins.
    const fn columns(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Operator => (None, None),
            Self::Reseller(id) => (Some(id.0), None),
            Self::Customer(id) => (None, Some(id.0)),
        }
    }
}

/// Whose people, with what one says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyName {
    /// Which.
    pub party: Party,
    /// What people call it.
    pub name: String,
    /// What a customer is known by; empty for others.
    pub reference: String,
    /// A business, or a household; others are businesses.
    pub business: bool,
    /// The reseller itself, or the one whose customer it is.
    pub reseller: Option<ResellerId>,
}

/// Somebody who has access, or was asked in, or may not come in any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The login.
    pub login: LoginId,
    /// Whose person.
    pub party: Party,
    /// The line that it sees, of who uses one.
    pub line: Option<LineId>,
    /// That line's number.
    pub number: Option<String>,
    /// Was that line given access of its own by the holder of its account?
    pub is_split: bool,
    /// The word of its role.
    pub role: String,
    /// `invited`, `validated`, `blocked`.
    pub state: String,
    /// Did it ever choose a password?
    pub has_password: bool,
    /// The person.
    pub name: String,
    /// Where mails go; empty for nowhere.
    pub email: String,
    /// The language of mails; empty for the brand's own.
    pub language: String,
    /// When it was last asked in by mail.
    pub invited: Option<Timestamp>,
    /// When somebody last signed in with it.
    pub signed_in: Option<Timestamp>,
    /// Grows with each change.
    pub version: i64,
}

/// Somebody who is asked in.
#[derive(Clone, Debug)]
pub struct NewMember<'t> {
    /// Whose.
    pub operator: OperatorId,
    /// Whose person.
    pub party: Party,
    /// The line that it sees, of who uses one.
    pub line: Option<LineId>,
    /// The word of its role.
    pub role: &'t str,
    /// The person.
    pub name: &'t str,
    /// Where the invitation goes.
    pub email: &'t str,
    /// The language of mails.
    pub language: &'t str,
    /// When.
    pub invited: Timestamp,
}

/// What of a login changes.
#[derive(Clone, Copy, Debug)]
pub enum MemberChange<'t> {
    /// Its role, and the line of who uses one.
    Role(&'t str, Option<LineId>),
    /// It may not come in any more.
    Blocked,
    /// It may come in again.
    Unblocked,
    /// Where its mails go.
    Email(&'t str),
    /// It was asked in once more.
    Invited(Timestamp),
}

const MEMBER: &str = "g.id, g.reseller_id, g.customer_id, g.line_id, l.number, g.role, g.state, g.name, g.email, g.language, g.invited, \
    g.version, CASE WHEN g.password_hash IS NULL THEN 0 ELSE 1 END AS has_password, CASE WHEN a.login_id IS NULL THEN 0 ELSE 1 END AS is_split, \
    (SELECT MAX(d.seen) FROM login_device d WHERE d.login_id = g.id) AS signed_in";
const FROM: &str = "login g LEFT JOIN customer c ON c.id = g.customer_id LEFT JOIN line l ON l.id = g.line_id \
    LEFT JOIN line_access a ON a.login_id = g.id";

/// The logins of a party, under the alias `g`, as parameters from 1 to 3.
const OF_PARTY: &str =
    "g.operator_id = $1 AND COALESCE(g.reseller_id, 0) = COALESCE($2, 0) AND COALESCE(g.customer_id, 0) = COALESCE($3, 0)";

fn of_party(operator: OperatorId, party: Party) -> Vec<Value> {
    let (reseller, customer) = party.columns();
    vec![operator.0.into(), reseller.into(), customer.into()]
}

impl Scoped {
    /// Whose people these are, with its name; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn party(&self, party: Party) -> Result<Option<PartyName>, StoreError> {
        let operator = Value::from(self.scope.operator.0);
        let (sql, values) = match (party, self.scope.reach) {
            (Party::Operator, Reach::Operator) => {
                let sql = "SELECT o.name, '' AS reference, CAST(1 AS SMALLINT) AS business, CAST(NULL AS BIGINT) AS reseller_id FROM operator o WHERE o.id = $1";
                (sql.to_owned(), vec![operator])
            }
            (Party::Reseller(id), Reach::Operator) => (RESELLER.to_owned(), vec![operator, id.0.into()]),
            (Party::Reseller(id), Reach::Reseller(own)) if own == id => (RESELLER.to_owned(), vec![operator, id.0.into()]),
            (Party::Customer(id), _) => {
                let (within, scope) = self.scope.on_customers();
                let sql =
                    format!("SELECT c.name, c.reference, c.business, c.reseller_id FROM customer c WHERE {within} AND c.id = $2");
                (sql, vec![scope, id.0.into()])
            }
            (Party::Operator | Party::Reseller(_), _) => return Ok(None),
        };
        let row = self.store.row("find a party", &sql, values).await?;
        row.map(|row| party_name(&row, party)).transpose()
    }

    /// The resellers of the operator by name; none unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resellers(&self) -> Result<Vec<PartyName>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let sql = "SELECT r.id, r.name, '' AS reference, CAST(1 AS SMALLINT) AS business, r.id AS reseller_id FROM reseller r WHERE r.operator_id = $1 \
                   ORDER BY LOWER(r.name), r.id";
        let rows = self.store.rows("list resellers", sql, vec![self.scope.operator.0.into()]).await?;
        rows.iter().map(|row| party_name(row, Party::Reseller(ResellerId(row.get("id")?)))).collect()
    }

    /// Customers of the scope whose reference begins so or whose name has this in it, whatever the case, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn customers_like(&self, text: &str, most: u32) -> Result<Vec<PartyName>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let literal = crate::lines::literal(&text.to_lowercase());
        let sql = format!(
            "SELECT c.id, c.name, c.reference, c.business, c.reseller_id FROM customer c \
             WHERE {within} AND (LOWER(c.name) LIKE $2 ESCAPE '\\' OR c.name LIKE $4 ESCAPE '\\' OR LOWER(c.reference) LIKE $3 ESCAPE '\\') \
             ORDER BY LOWER(c.name), c.reference LIMIT {most}"
        );
        // SQLite makes only the letters without accents small: a name as it is written is found too.
        let written = crate::lines::literal(text);
        let values = vec![scope, format!("%{literal}%").into(), format!("{literal}%").into(), format!("%{written}%").into()];
        let rows = self.store.rows("look for customers", &sql, values).await?;
        rows.iter().map(|row| party_name(row, Party::Customer(CustomerId(row.get("id")?)))).collect()
    }

    /// A page of a party's people, who looks after the others first, then by name; and how many there are. The party has to be one that
    /// [`Scoped::party`] found.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn members(&self, party: Party, window: Window) -> Result<(Vec<Member>, u64), StoreError> {
        let mut values = of_party(self.scope.operator, party);
        let count = format!("SELECT COUNT(*) AS people FROM login g WHERE {OF_PARTY}");
        let count: i64 = self.store.row("count people", &count, values.clone()).await?.map_or(Ok(0), |row| row.get("people"))?;
        values.push(window.offset().into());
        let sql = format!(
            "SELECT {MEMBER} FROM {FROM} WHERE {OF_PARTY} \
             ORDER BY CASE WHEN g.role IN ('fleet_manager', 'subscriber', 'reseller_admin', 'operator_admin') THEN 0 ELSE 1 END, \
             LOWER(g.name), g.id LIMIT {} OFFSET $4",
            window.rows
        );
        let rows = self.store.rows("list people", &sql, values).await?;
        Ok((rows.iter().map(member).collect::<Result<_, _>>()?, u64::try_from(count).unwrap_or(0)))
    }

    /// Somebody who has access; `None` outside the scope. Who sees one line only sees nobody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn member(&self, login: LoginId) -> Result<Option<Member>, StoreError> {
        let (within, value): (&str, Value) = match self.scope.reach {
            Reach::Operator => ("g.operator_id = $1", self.scope.operator.0.into()),
            Reach::Reseller(id) => ("COALESCE(g.reseller_id, c.reseller_id) = $1", id.0.into()),
            Reach::Customer(id) => ("g.customer_id = $1", id.0.into()),
            Reach::Line(_) => return Ok(None),
        };
        let sql = format!("SELECT {MEMBER} FROM {FROM} WHERE {within} AND g.id = $2");
        self.store.row("find a person", &sql, vec![value, login.0.into()]).await?.as_ref().map(member).transpose()
    }

    /// Those of some people who are in the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn some_members(&self, logins: &[LoginId]) -> Result<Vec<Member>, StoreError> {
        let (within, value): (&str, Value) = match self.scope.reach {
            _ if logins.is_empty() => return Ok(Vec::new()),
            Reach::Line(_) => return Ok(Vec::new()),
            Reach::Operator => ("g.operator_id = $1", self.scope.operator.0.into()),
            Reach::Reseller(id) => ("COALESCE(g.reseller_id, c.reseller_id) = $1", id.0.into()),
            Reach::Customer(id) => ("g.customer_id = $1", id.0.into()),
        };
        let places: Vec<String> = (2..logins.len() + 2).map(|place| format!("${place}")).collect();
        let sql = format!("SELECT {MEMBER} FROM {FROM} WHERE {within} AND g.id IN ({})", places.join(", "));
        let values = std::iter::once(value).chain(logins.iter().map(|login| login.0.into())).collect();
        self.store.rows("find people", &sql, values).await?.iter().map(member).collect()
    }

    /// Is there somebody else of the party with this address?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_address(&self, party: Party, email: &str, but: Option<LoginId>) -> Result<bool, StoreError> {
        let mut values = of_party(self.scope.operator, party);
        values.extend([email.into(), but.map_or(0, |login| login.0).into()]);
        let sql = format!("SELECT g.id FROM login g WHERE {OF_PARTY} AND LOWER(g.email) = LOWER($4) AND g.id <> $5");
        Ok(self.store.row("look for an address", &sql, values).await?.is_some())
    }

    /// The lines of a customer that are not over, by number, with who uses each: no more than fit a list to choose from.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lines_of_customer(&self, customer: CustomerId) -> Result<Vec<(String, String)>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT l.number, l.user_name FROM line l WHERE {within} AND l.customer_id = $2 AND l.state <> 'ended' \
             ORDER BY l.number, l.id LIMIT {MOST_CHOICES}"
        );
        let rows = self.store.rows("list lines to choose from", &sql, vec![scope, customer.0.into()]).await?;
        rows.iter().map(|row| Ok((row.get("number")?, row.get("user_name")?))).collect()
    }

    /// A line of a customer that is not over, by its number or name as it is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_of_customer(&self, customer: CustomerId, number: &str) -> Result<Option<LineId>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT l.id FROM line l WHERE {within} AND l.customer_id = $2 AND l.number = $3 AND l.state <> 'ended' ORDER BY l.id LIMIT 1"
        );
        let row = self.store.row("find a line", &sql, vec![scope, customer.0.into(), number.into()]).await?;
        row.map(|row| row.get("id").map(LineId)).transpose()
    }
}

/// The most lines that a list to choose from holds.
const MOST_CHOICES: u32 = 200;
const RESELLER: &str = "SELECT r.name, '' AS reference, CAST(1 AS SMALLINT) AS business, r.id AS reseller_id FROM reseller r WHERE r.operator_id = $1 AND r.id = $2";

/// Nobody else of the party has the address.
const FREE: &str = " AND NOT EXISTS (SELECT 1 FROM login o WHERE o.id <> $1 AND o.operator_id = login.operator_id \
    AND COALESCE(o.reseller_id, 0) = COALESCE(login.reseller_id, 0) AND COALESCE(o.customer_id, 0) = COALESCE(login.customer_id, 0) \
    AND LOWER(o.email) = LOWER($3))";

/// Every table with rows of a login: they go with it.
const TABLES_OF_LOGIN: [&str; 13] = [
    "line_access",
    "login_link",
    "session",
    "login_device",
    "login_identifier",
    "one_time_code",
    "recovery_code",
    "pending_sign_in",
    "passkey",
    "passkey_challenge",
    "login_number",
    "notification",
    "identity_change",
];

/// Every table with rows that say what a login did: they stay, without it.
const TABLES_THAT_STAY: [(&str, &str); 2] = [("payment", "login_id"), ("sim_delivery", "asked_login")];

impl Transaction {
    /// Takes somebody up who is asked in; `None` when the party knows the address already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_member(&self, new: &NewMember<'_>) -> Result<Option<LoginId>, StoreError> {
        let sql = "INSERT INTO login (operator_id, reseller_id, customer_id, line_id, role, name, email, language, state, invited) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'invited', $9) ON CONFLICT DO NOTHING RETURNING id";
        let mut values = of_party(new.operator, new.party);
        values.extend([
            new.line.map(|line| line.0).into(),
            new.role.into(),
            new.name.into(),
            new.email.into(),
            new.language.into(),
            new.invited.into(),
        ]);
        let rows = self.rows("take a person up", sql, values).await?;
        rows.first().map(|row| row.get("id").map(LoginId)).transpose()
    }

    /// Changes a login, if it still has this version; `false` when somebody else changed it since, or the party knows the new address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_member(&self, (login, version): (LoginId, i64), change: MemberChange<'_>) -> Result<bool, StoreError> {
        let (set, values): (&str, Vec<Value>) = match change {
            MemberChange::Role(role, line) => ("role = $3, line_id = $4", vec![role.into(), line.map(|line| line.0).into()]),
            MemberChange::Blocked => ("state = 'blocked'", vec![]),
            MemberChange::Unblocked => ("state = CASE WHEN password_hash IS NULL THEN 'invited' ELSE 'validated' END", vec![]),
            MemberChange::Email(email) => ("email = $3", vec![email.into()]),
            MemberChange::Invited(at) => ("invited = $3", vec![at.into()]),
        };
        let free = if matches!(change, MemberChange::Email(_)) { FREE } else { "" };
        let sql = format!("UPDATE login SET version = version + 1, {set} WHERE id = $1 AND version = $2{free}");
        let values = [vec![login.0.into(), version.into()], values].concat();
        Ok(self.execute("change a person's access", &sql, values).await? == 1)
    }

    /// How many others of a party may sign in with this role. Whoever changes one of them meanwhile waits until this is kept, so that two
    /// who take each other's access away do not both find the other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn others_in_role(
        &self,
        (operator, party): (OperatorId, Party),
        role: &str,
        but: LoginId,
    ) -> Result<i64, StoreError> {
        let mut values = of_party(operator, party);
        values.push(role.into());
        let held =
            format!("UPDATE login SET version = version WHERE id IN (SELECT g.id FROM login g WHERE {OF_PARTY} AND g.role = $4)");
        self.execute("hold the people of a role", &held, values.clone()).await?;
        values.push(but.0.into());
        let sql = format!(
            "SELECT COUNT(*) AS others FROM login g WHERE {OF_PARTY} AND g.role = $4 AND g.state = 'validated' AND g.id <> $5"
        );
        let rows = self.rows("count the people of a role", &sql, values).await?;
        rows.first().map_or(Ok(0), |row| row.get("others"))
    }

    /// Makes somebody who acts for a whole customer known by what that is known by, where nobody is yet: its reference, and the telephone
    /// numbers of a household.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accept_customer(&self, (operator, login): (OperatorId, LoginId)) -> Result<(), StoreError> {
        let sql = "SELECT c.reference, l.number FROM login g JOIN customer c ON c.id = g.customer_id \
                   LEFT JOIN line l ON l.customer_id = c.id AND c.business = 0 AND l.state <> 'ended' AND l.number LIKE '+%' \
                   AND NOT EXISTS (SELECT 1 FROM line_access a WHERE a.line_id = l.id AND a.accepted IS NOT NULL) \
                   WHERE g.id = $1 AND g.line_id IS NULL ORDER BY l.number";
        for row in self.rows("find what a customer is known by", sql, vec![login.0.into()]).await? {
            let reference: String = row.get("reference")?;
            self.try_identifier((operator, login), (crate::IdentifierKind::Reference, &reference)).await?;
            if let Some(number) = row.get::<Option<String>>("number")? {
                self.try_identifier((operator, login), (crate::IdentifierKind::Number, &number)).await?;
            }
        }
        Ok(())
    }

    /// Ends every link that a login was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_links(&self, login: LoginId) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_link WHERE login_id = $1";
        self.execute("end links", sql, vec![login.0.into()]).await.map(|_| ())
    }

    /// Takes a login away with all that it is known by; `false` when somebody changed it since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_login(&self, (login, version): (LoginId, i64)) -> Result<bool, StoreError> {
        // Its row first, so that who chooses a password with its link waits for this, and the other way round.
        let held = "UPDATE login SET version = version WHERE id = $1 AND version = $2";
        if self.execute("hold a login", held, vec![login.0.into(), version.into()]).await? == 0 {
            return Ok(false);
        }
        let regrets =
            "DELETE FROM identity_change_regret WHERE change_id IN (SELECT id FROM identity_change WHERE login_id = $1)";
        self.execute("take links away", regrets, vec![login.0.into()]).await?;
        for table in TABLES_OF_LOGIN {
            let sql = format!("DELETE FROM {table} WHERE login_id = $1");
            self.execute("take a login away", &sql, vec![login.0.into()]).await?;
        }
        for (table, column) in TABLES_THAT_STAY {
            let sql = format!("UPDATE {table} SET {column} = NULL WHERE {column} = $1");
            self.execute("take a login away", &sql, vec![login.0.into()]).await?;
        }
        let sql = "DELETE FROM login WHERE id = $1";
        Ok(self.execute("take a login away", sql, vec![login.0.into()]).await? == 1)
    }

    /// Forgets what a login is known by of a kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_identifiers(&self, login: LoginId, kind: crate::IdentifierKind) -> Result<(), StoreError> {
        let sql = "DELETE FROM login_identifier WHERE login_id = $1 AND kind = $2";
        self.execute("forget identifiers", sql, vec![login.0.into(), kind.as_str().into()]).await.map(|_| ())
    }
}

fn party_name(row: &Row, party: Party) -> Result<PartyName, StoreError> {
    Ok(PartyName {
        party,
        name: row.get("name")?,
        reference: row.get("reference")?,
        business: is_one(row, "business")?,
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
    })
}

/// A yes or no, whichever width of number the engine gives it.
fn is_one(row: &Row, column: &'static str) -> Result<bool, StoreError> {
    row.get::<i16>(column).map(|one| one == 1).or_else(|_| row.get::<i32>(column).map(|one| one == 1))
}

fn member(row: &Row) -> Result<Member, StoreError> {
    let party = match (row.get::<Option<i64>>("customer_id")?, row.get::<Option<i64>>("reseller_id")?) {
        (Some(customer), _) => Party::Customer(CustomerId(customer)),
        (None, Some(reseller)) => Party::Reseller(ResellerId(reseller)),
        (None, None) => Party::Operator,
    };
    let instant = |column| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp::from_micros));
    Ok(Member {
        login: LoginId(row.get("id")?),
        party,
        line: row.get::<Option<i64>>("line_id")?.map(LineId),
        number: row.get("number")?,
        is_split: is_one(row, "is_split")?,
        role: row.get("role")?,
        state: row.get("state")?,
        has_password: is_one(row, "has_password")?,
        name: row.get("name")?,
        email: row.get("email")?,
        language: row.get("language")?,
        invited: instant("invited")?,
        signed_in: instant("signed_in")?,
        version: row.get("version")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_points_to_a_login_is_listed() {
        let (mut table, mut found) = (String::new(), std::collections::BTreeSet::new());
        for line in crate::migrate::MIGRATIONS.iter().flat_map(|(_, text)| text.lines()) {
            if let Some(named) = line.strip_prefix("CREATE TABLE ").or_else(|| line.strip_prefix("ALTER TABLE ")) {
                table = named.split([' ', '(']).next().unwrap_or_default().to_owned();
            }
            if line.contains("REFERENCES login (id)") {
                found.insert(table.clone());
            }
        }
        let listed = TABLES_OF_LOGIN.into_iter().chain(TABLES_THAT_STAY.map(|(table, _)| table));
        assert_eq!(found, listed.map(str::to_owned).collect());
    }
}

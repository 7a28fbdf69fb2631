//! Who uses a line: names, birth, address, where messages go, and whether the user said that these are right (FLT-07, RES-25). Who may change
//! them is no matter of this module.

use crate::{Row, Scoped, StoreError, line::read_party, line_terms::list, scope::PRIVATE, store::Transaction};
use jiff::civil::Date;
use serde_json::json;
use vocabulary::{CustomerId, E164, LineId, LoginId, Party, ResellerId, Timestamp};

/// What is known of the user of a line; empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserData {
    /// What the line is for, where that says more than a name: a van, a lift.
    pub description: String,
    /// `ms`, `mr` or empty.
    pub title: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// When they were born.
    pub born: Option<Date>,
    /// Where their messages go.
    pub email: String,
    /// The number that is called about the line.
    pub number: String,
    /// The tag of their language.
    pub language: String,
    /// Where the line is used: street and house number.
    pub street: String,
    /// Its postcode.
    pub postcode: String,
    /// Its town.
    pub town: String,
}

/// A line and its user.
#[derive(Clone, Debug)]
pub struct LineUser {
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// Where it is in its life.
    pub state: String,
    /// Through whom, and whose.
    pub owner: (Option<ResellerId>, CustomerId),
    /// The name that lists show; empty for nobody.
    pub shown: String,
    /// What is known of them.
    pub data: UserData,
    /// When they said that it is right.
    pub confirmed: Option<Timestamp>,
    /// Grows with each change; 0 while nobody wrote anything but a name.
    pub version: i64,
}

const COLUMNS: &str = "l.id, l.number, l.state, l.reseller_id, l.customer_id, l.user_name, l.contact_email, l.contact_number, u.description, \
                       u.title, u.first_name, u.last_name, u.born, u.language, u.street, u.postcode, u.town, u.confirmed, u.version";
/// So many people with access to one line are named.
const MOST_PEOPLE: u32 = 20;

impl Scoped {
    /// The user of a line; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_user(&self, line: LineId) -> Result<Option<LineUser>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!("SELECT {COLUMNS} FROM line l LEFT JOIN line_user u ON u.line_id = l.id WHERE l.id = $1 AND {within}");
        self.store.row("load a line's user", &sql, vec![line.0.into(), scope]).await?.as_ref().map(read).transpose()
    }

    /// Who signs in for this line alone, by name; nobody for a line outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people_of_line(&self, line: LineId) -> Result<Vec<(LoginId, String)>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT g.id, g.name FROM line l JOIN login g ON g.line_id = l.id WHERE l.id = $1 AND {within} AND g.state <> 'blocked' \
             ORDER BY g.name, g.id LIMIT {MOST_PEOPLE}"
        );
        let rows = self.store.rows("find who signs in for a line", &sql, vec![line.0.into(), scope]).await?;
        rows.iter().map(|row| Ok((LoginId(row.get("id")?), row.get("name")?))).collect()
    }
}

impl Scoped {
    /// The users of a customer's lines that have these numbers and are not over; those outside the scope are left out, and those with
    /// access of their own, whose users alone say what is known of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users_of(&self, customer: CustomerId, numbers: &[E164]) -> Result<Vec<LineUser>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT {COLUMNS} FROM line l LEFT JOIN line_user u ON u.line_id = l.id WHERE l.customer_id = $1 AND {within} \
             AND l.state <> 'ended' AND NOT {PRIVATE} AND l.number IN (SELECT wanted.value FROM {} AS wanted)",
            self.store.listed(3)
        );
        let values = vec![customer.0.into(), scope, list(numbers.iter().map(E164::to_string))];
        self.store.rows("find the users of lines", &sql, values).await?.iter().map(read).collect()
    }
}

impl Scoped {
    /// Who uses a customer's lines, by name, each with their number: as far as somebody would choose from a list. Of lines with access of their own nobody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn users_named(&self, customer: CustomerId, most: u32) -> Result<Vec<(String, E164)>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT l.user_name, l.number FROM line l WHERE l.customer_id = $1 AND {within} AND l.state <> 'ended' \
             AND l.user_name <> '' AND NOT {PRIVATE} AND l.number LIKE '+%' ORDER BY l.user_name, l.number LIMIT {most}"
        );
        let rows = self.store.rows("list who uses lines", &sql, vec![customer.0.into(), scope]).await?;
        let read = |row: &Row| {
            let number: String = row.get("number")?;
            let read = number.parse().map_err(|_| StoreError::Corrupt { column: "number", value: number })?;
            Ok((row.get("user_name")?, read))
        };
        rows.iter().map(read).collect()
    }
}

impl Transaction {
    /// Writes what is known of the users of new lines, where that is more than lists show.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn write_new_users(&self, users: &[(LineId, &UserData)]) -> Result<(), StoreError> {
        let is_more = |data: &UserData| {
            let contact_alone = UserData { email: data.email.clone(), number: data.number.clone(), ..UserData::default() };
            *data != contact_alone
        };
        let row = |(line, data): &(LineId, &UserData)| {
            json!({
                "line": line, "description": data.description, "title": data.title, "first": data.first_name, "last": data.last_name,
                "born": data.born.map(|day| day.to_string()).unwrap_or_default(), "language": data.language, "street": data.street,
                "postcode": data.postcode, "town": data.town,
            })
        };
        let sql = "INSERT INTO line_user (line_id, description, title, first_name, last_name, born, language, street, postcode, town, version) \
                   SELECT {#line}, {description}, {title}, {first}, {last}, {born}, {language}, {street}, {postcode}, {town}, 1 \
                   FROM {rows} WHERE true";
        let rows: Vec<_> = users.iter().filter(|(_, data)| is_more(data)).map(row).collect();
        self.write(("write the users of new lines", sql), &rows).await.map(|_| ())
    }

    /// Writes who uses a line, under the name that lists show; `false` when somebody wrote since the version that is named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_line_user(
        &self,
        (line, version): (LineId, i64),
        (shown, data): (&str, &UserData),
        confirmed: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        // Nobody wrote before: who writes at the same time is told.
        let first = "INSERT INTO line_user (line_id, description, title, first_name, last_name, born, language, street, postcode, town, \
                     confirmed, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1) ON CONFLICT DO NOTHING";
        let again = "UPDATE line_user SET description = $2, title = $3, first_name = $4, last_name = $5, born = $6, language = $7, \
                     street = $8, postcode = $9, town = $10, confirmed = $11, version = version + 1 WHERE line_id = $1 AND version = $12";
        let sql = if version == 0 { first } else { again };
        let values = vec![
            line.0.into(),
            data.description.as_str().into(),
            data.title.as_str().into(),
            data.first_name.as_str().into(),
            data.last_name.as_str().into(),
            data.born.map(|day| day.to_string()).unwrap_or_default().into(),
            data.language.as_str().into(),
            data.street.as_str().into(),
            data.postcode.as_str().into(),
            data.town.as_str().into(),
            confirmed.map(Timestamp::micros).into(),
            version.into(),
        ];
        if self.execute("write a line's user", sql, values).await? != 1 {
            return Ok(false);
        }
        let sql = "UPDATE line SET user_name = $2, contact_email = $3, contact_number = $4 WHERE id = $1";
        let values = vec![line.0.into(), shown.into(), data.email.as_str().into(), data.number.as_str().into()];
        Ok(self.execute("name a line's user", sql, values).await? == 1)
    }
}

fn read(row: &Row) -> Result<LineUser, StoreError> {
    let number: String = row.get("number")?;
    let text = |column| row.get::<Option<String>>(column).map(Option::unwrap_or_default);
    let (shown, version): (String, Option<i64>) = (row.get("user_name")?, row.get("version")?);
    let mut data = UserData {
        description: text("description")?,
        title: text("title")?,
        first_name: text("first_name")?,
        last_name: text("last_name")?,
        born: text("born")?.parse().ok(),
        email: row.get("contact_email")?,
        number: row.get("contact_number")?,
        language: text("language")?,
        street: text("street")?,
        postcode: text("postcode")?,
        town: text("town")?,
    };
    if version.is_none() {
        // What an order or an older program wrote is one name, and nobody knows where it parts.
        data.last_name.clone_from(&shown);
    }
    let reseller: Option<i64> = row.get("reseller_id")?;
    Ok(LineUser {
        line: LineId(row.get("id")?),
        number: read_party(&number),
        state: row.get("state")?,
        owner: (reseller.map(ResellerId), CustomerId(row.get("customer_id")?)),
        shown,
        data,
        confirmed: row.get::<Option<i64>>("confirmed")?.map(Timestamp::from_micros),
        version: version.unwrap_or(0),
    })
}

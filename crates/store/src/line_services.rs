//! What a line had beside what it has, and who has to hear of what is done to it.

use crate::{
    Login, Scoped, Store, StoreError, Transaction,
    login::{LOGIN, OF_LOGIN, login},
};
use vocabulary::{LineId, Money, Timestamp};

/// An option that a line has or had.
#[derive(Clone, Debug)]
pub struct PastOption {
    /// Its id.
    pub option: String,
    /// From when on.
    pub since: Timestamp,
    /// Until when; `None` while it lasts.
    pub until: Option<Timestamp>,
    /// At what price a month, where that was kept.
    pub monthly: Option<Money>,
}

/// So much of a line's options is told.
const MOST_OPTIONS: usize = 50;
/// So many people hear of what is done to one line.
const MOST_TOLD: usize = 5;

impl Scoped {
    /// The options that a line has and had, the latest first; none outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn options_of(&self, line: LineId) -> Result<Vec<PastOption>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT h.option, h.since, h.until, h.monthly FROM line_option h JOIN line l ON l.id = h.line_id \
             WHERE {within} AND l.id = $2 ORDER BY h.since DESC, h.option LIMIT {MOST_OPTIONS}"
        );
        let rows = self.store.rows("list the options of a line", &sql, vec![scope, line.0.into()]).await?;
        let read = |row: &crate::Row| {
            Ok(PastOption {
                option: row.get("option")?,
                since: row.instant("since")?,
                until: row.get::<Option<i64>>("until")?.map(Timestamp::from_micros),
                monthly: row.get::<Option<i64>>("monthly")?.map(Money::from_micros),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Since when the network is asked for what is underway on a line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn underway_since(&self, line: LineId) -> Result<Option<Timestamp>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!("SELECT w.begun FROM line l JOIN work_order w ON w.id = l.underway WHERE {within} AND l.id = $2");
        let row = self.store.row("find what is underway", &sql, vec![scope, line.0.into()]).await?;
        row.map(|row| row.instant("begun")).transpose()
    }
}

impl Store {
    /// The people who hear of what is done to a line: who has access to it alone, and who looks after its customer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn told_of_line(&self, line: LineId) -> Result<Vec<Login>, StoreError> {
        let sql = format!(
            "SELECT {LOGIN} FROM login g {OF_LOGIN} WHERE g.state = 'validated' AND (g.line_id = $1 OR g.line_id IS NULL \
             AND g.role IN ('subscriber', 'fleet_manager') AND g.customer_id = (SELECT l.customer_id FROM line l WHERE l.id = $1)) \
             ORDER BY CASE WHEN g.line_id IS NULL THEN 1 ELSE 0 END, g.id LIMIT {MOST_TOLD}"
        );
        self.rows("find who hears of a line", &sql, vec![line.0.into()]).await?.iter().map(login).collect()
    }
}

impl Transaction {
    /// Says where the messages of a line go besides, and which number is called about it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_line_contact(&self, line: LineId, (email, number): (&str, &str)) -> Result<(), StoreError> {
        let sql = "UPDATE line SET contact_email = $1, contact_number = $2 WHERE id = $3";
        self.execute("set who is told of a line", sql, vec![email.into(), number.into(), line.0.into()]).await?;
        // Who has the form of the line's user before them is told that it is not what they see any more.
        let sql = "UPDATE line_user SET version = version + 1 WHERE line_id = $1";
        self.execute("note that a line's user changed", sql, vec![line.0.into()]).await.map(drop)
    }
}

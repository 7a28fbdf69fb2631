//! The list of lines: filtered, sorted and cut into pages by the database, in one statement and one count.

use crate::{Reach, Row, Scoped, StoreError, Value, scope::PRIVATE};
use vocabulary::{LineId, Money, Month, Timestamp};

/// What of the lines is asked for. An empty text filters nothing.
#[derive(Clone, Debug)]
pub struct LineQuery {
    /// The month whose use is shown.
    pub month: Month,
    /// Digits within the number.
    pub number: String,
    /// `activating`, `active`, `suspended`, `ended`.
    pub state: Option<&'static str>,
    /// Part of the user's name, whatever the case of its letters.
    pub user: String,
    /// Part of the customer's name, whatever the case of its letters.
    pub customer: String,
    /// An offer's id.
    pub offer: String,
    /// With or without out of bundle in the month.
    pub out_of_bundle: Option<bool>,
    /// What to sort by.
    pub sort: LineSort,
    /// Largest first?
    pub order: SortOrder,
    /// How many rows.
    pub limit: u32,
    /// How many rows before them.
    pub offset: u64,
}

/// What lines may be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSort {
    /// The number.
    Number,
    /// The state, by its word.
    State,
    /// When it was delivered.
    Started,
    /// The user's name.
    User,
    /// The customer's name.
    Customer,
    /// The offer's id.
    Offer,
    /// Data of the month.
    Data,
    /// Out of bundle of the month.
    OutOfBundle,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub struct LineRow {
    /// The line.
    pub id: LineId,
    /// Its number with a plus, or another name.
    pub number: String,
    /// What it is for, by the catalogue's word.
    pub service: String,
    /// `activating`, `active`, `suspended`, `ended`.
    pub state: String,
    /// When it was delivered.
    pub started: Option<Timestamp>,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Whose it is.
    pub customer: String,
    /// Its offer's id.
    pub offer: String,
    /// Since when it has that offer.
    pub bought: Timestamp,
    /// Its SIM.
    pub iccid: Option<String>,
    /// What it used in the month; none while nothing was taken in.
    pub used: Option<LineUse>,
}

/// What a line used in a month.
#[derive(Clone, Copy, Debug)]
pub struct LineUse {
    /// Bytes of data.
    pub data_bytes: i64,
    /// Bytes of data included; `None` without an end.
    pub data_included: Option<i64>,
    /// Bytes drawn from what is included.
    pub data_drawn: i64,
    /// Seconds of calls.
    pub voice_s: i64,
    /// What was charged beyond what is included.
    pub out_of_bundle: Money,
    /// How data flows.
    pub data_hold: DataHold,
}

/// How data flows on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataHold {
    /// As bought.
    None,
    /// Slowly.
    Slowed,
    /// Not at all.
    Stopped,
}

/// What a row of a list shows, of the tables `l`, `c` and `m`.
pub(crate) const COLUMNS: &str = "l.id, l.number, l.service, l.state, l.started, l.user_name, c.name AS customer, l.offer, l.bought, \
    l.iccid, m.data_bytes, m.data_included, m.data_drawn, m.voice_s, m.out_of_bundle, COALESCE(m.data_hold, 0) AS data_hold";

/// The parts of a statement that a query asks for: joins where a filter or the order needs them, conditions, their values.
struct Asked {
    joins: String,
    condition: String,
    values: Vec<Value>,
}

impl LineSort {
    /// Fixed text: nothing that somebody typed is ever in it. Where there is nothing, both engines are told what to sort it as.
    const fn expression(self) -> &'static str {
        match self {
            Self::Number => "l.number",
            Self::State => "l.state",
            Self::Started => "COALESCE(l.started, 0)",
            Self::User => "LOWER(l.user_name)",
            Self::Customer => "LOWER(c.name)",
            Self::Offer => "l.offer",
            Self::Data => "COALESCE(m.data_drawn, 0)",
            Self::OutOfBundle => "COALESCE(m.out_of_bundle, 0)",
        }
    }
}

impl Scoped {
    /// The lines asked for.
    pub async fn lines(&self, query: &LineQuery) -> Result<Vec<LineRow>, StoreError> {
        let Asked { joins, condition, mut values } = self.asked(query, Some(query.sort));
        let rank = match (query.sort, self.scope.reach) {
            // What a line uses that its own holder alone sees does not show in the order either.
            (LineSort::Data, Reach::Customer(_)) => {
                format!("CASE WHEN {PRIVATE} THEN 0 ELSE {} END", query.sort.expression())
            }
            (sort, _) => sort.expression().to_owned(),
        };
        let order = match query.order {
            SortOrder::Ascending => "ASC",
            SortOrder::Descending => "DESC",
        };
        values.push(i64::try_from(query.offset).unwrap_or(i64::MAX).into());
        let (limit, offset) = (query.limit, values.len());
        // The inner statement reads the least that places a line; the outer one dresses the few that are shown.
        let sql = format!(
            "WITH shown AS (SELECT l.id AS id, {rank} AS place FROM line l{joins} WHERE {condition} \
             ORDER BY place {order}, l.id LIMIT {limit} OFFSET ${offset}) \
             SELECT {COLUMNS} FROM shown JOIN line l ON l.id = shown.id JOIN customer c ON c.id = l.customer_id \
             LEFT JOIN line_month m ON m.line_id = l.id AND m.month = $2 ORDER BY shown.place {order}, l.id"
        );
        self.store.rows("list lines", &sql, values).await?.iter().map(line_row).collect()
    }

    /// The ids of all the lines asked for, whatever page; so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_ids(&self, query: &LineQuery, most: usize) -> Result<Vec<LineId>, StoreError> {
        let Asked { joins, condition, values } = self.asked(query, None);
        let sql = format!(
            "SELECT l.id FROM line l{joins} WHERE {condition} AND CAST($2 AS INTEGER) > 0 ORDER BY l.number, l.id LIMIT {most}"
        );
        self.store.rows("list the ids of lines", &sql, values).await?.iter().map(|row| Ok(LineId(row.get("id")?))).collect()
    }

    /// How many lines are asked for in all.
    pub async fn count_lines(&self, query: &LineQuery) -> Result<u64, StoreError> {
        let Asked { joins, condition, values } = self.asked(query, None);
        // A parameter that no condition names still has to be of a type that PostgreSQL knows.
        let sql = format!("SELECT COUNT(*) AS lines FROM line l{joins} WHERE {condition} AND CAST($2 AS INTEGER) > 0");
        let row = self.store.row("count lines", &sql, values).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.get("lines"))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// How many lines are in each state that has some.
    pub async fn lines_by_state(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let (condition, value) = self.scope.on_lines(1);
        let sql = format!("SELECT l.state AS word, COUNT(*) AS lines FROM line l WHERE {condition} GROUP BY l.state");
        self.counts("count lines by state", &sql, vec![value]).await
    }

    /// How many lines that are not over each offer has, most first.
    pub async fn lines_by_offer(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let (condition, value) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT l.offer AS word, COUNT(*) AS lines FROM line l WHERE {condition} AND l.state <> 'ended' \
             GROUP BY l.offer ORDER BY lines DESC, l.offer"
        );
        self.counts("count lines by offer", &sql, vec![value]).await
    }

    /// The offers that lines have which are not over.
    pub async fn offers_held(&self) -> Result<Vec<String>, StoreError> {
        let (condition, value) = self.scope.on_lines(1);
        // From one offer to the next within an index: there are few of them, however many lines.
        let sql = format!(
            "WITH RECURSIVE held(offer) AS (               SELECT MIN(l.offer) FROM line l WHERE {condition}                UNION ALL SELECT (SELECT MIN(l.offer) FROM line l WHERE {condition} AND l.offer > held.offer)                FROM held WHERE held.offer IS NOT NULL)              SELECT held.offer AS offer FROM held              WHERE EXISTS (SELECT 1 FROM line l WHERE {condition} AND l.offer = held.offer AND l.state <> 'ended')"
        );
        self.store.rows("list the offers of lines", &sql, vec![value]).await?.iter().map(|row| row.get("offer")).collect()
    }

    async fn counts(&self, doing: &'static str, sql: &str, values: Vec<Value>) -> Result<Vec<(String, i64)>, StoreError> {
        let rows = self.store.rows(doing, sql, values).await?;
        rows.iter().map(|row| Ok((row.get("word")?, row.get("lines")?))).collect()
    }

    fn asked(&self, query: &LineQuery, sort: Option<LineSort>) -> Asked {
        let (scope, value) = self.scope.on_lines(1);
        let mut asked = Asked { joins: String::new(), condition: scope, values: vec![value, query.month.into()] };
        if !query.number.is_empty() {
            asked.add("l.number LIKE ", format!("%{}%", literal(&query.number)).into(), " ESCAPE '\\'");
        }
        if let Some(state) = query.state {
            // What is ordered and what is being activated is on its way.
            let either = if state == "activating" { "OR l.state = 'ordered')" } else { ")" };
            asked.add("(l.state = ", state.into(), either);
        }
        for (column, text) in [("LOWER(l.user_name)", &query.user), ("LOWER(c.name)", &query.customer)] {
            if !text.is_empty() {
                let value = format!("%{}%", literal(&text.to_lowercase())).into();
                asked.add(&format!("{column} LIKE "), value, " ESCAPE '\\'");
            }
        }
        if !query.offer.is_empty() {
            asked.add("l.offer = ", query.offer.as_str().into(), "");
        }
        match query.out_of_bundle {
            Some(true) => asked.condition.push_str(" AND m.out_of_bundle > 0"),
            Some(false) => asked.condition.push_str(" AND COALESCE(m.out_of_bundle, 0) = 0"),
            None => {}
        }
        if !query.customer.is_empty() || sort == Some(LineSort::Customer) {
            asked.joins.push_str(" JOIN customer c ON c.id = l.customer_id");
        }
        if query.out_of_bundle.is_some() || matches!(sort, Some(LineSort::Data | LineSort::OutOfBundle)) {
            asked.joins.push_str(" LEFT JOIN line_month m ON m.line_id = l.id AND m.month = $2");
        }
        asked
    }
}

impl Asked {
    fn add(&mut self, before: &str, value: Value, after: &str) {
        self.values.push(value);
        let place = self.values.len();
        self.condition.push_str(&format!(" AND {before}${place}{after}"));
    }
}

/// A text in which the signs of `LIKE` mean themselves.
pub(crate) fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

pub(crate) fn line_row(row: &Row) -> Result<LineRow, StoreError> {
    let used = match row.get::<Option<i64>>("data_bytes")? {
        None => None,
        Some(data_bytes) => Some(LineUse {
            data_bytes,
            data_included: row.get("data_included")?,
            data_drawn: row.get("data_drawn")?,
            voice_s: row.get("voice_s")?,
            out_of_bundle: row.money("out_of_bundle")?,
            data_hold: match row.get::<i32>("data_hold")? {
                2 => DataHold::Stopped,
                1 => DataHold::Slowed,
                _ => DataHold::None,
            },
        }),
    };
    Ok(LineRow {
        id: LineId(row.get("id")?),
        number: row.get("number")?,
        service: row.get("service")?,
        state: row.get("state")?,
        started: row.get::<Option<i64>>("started")?.map(Timestamp::from_micros),
        user: row.get("user_name")?,
        customer: row.get("customer")?,
        offer: row.get("offer")?,
        bought: row.instant("bought")?,
        iccid: row.get("iccid")?,
        used,
    })
}

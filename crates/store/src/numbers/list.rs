//! The list of numbers: filtered and cut by the database, which goes on after the last one shown, so that the thousandth page costs what the first
//! does; and counted by state up to a bound.

use super::read_digits;
use crate::{KeptNumber, Reach, Row, Scoped, StoreError, Value, life::number_state, line::read_party, lines::literal};
use lines::Number;
use vocabulary::{CustomerId, E164, LineId, NumberId, Party, ResellerId, Timestamp};

/// The digits from the last to the first, as the index has them.
const BACKWARDS: &str = "SUBSTR(i.number, 16, 1) || SUBSTR(i.number, 15, 1) || SUBSTR(i.number, 14, 1) || SUBSTR(i.number, 13, 1) || \
    SUBSTR(i.number, 12, 1) || SUBSTR(i.number, 11, 1) || SUBSTR(i.number, 10, 1) || SUBSTR(i.number, 9, 1) || SUBSTR(i.number, 8, 1) || \
    SUBSTR(i.number, 7, 1) || SUBSTR(i.number, 6, 1) || SUBSTR(i.number, 5, 1) || SUBSTR(i.number, 4, 1) || SUBSTR(i.number, 3, 1) || \
    SUBSTR(i.number, 2, 1)";
/// Longer than any number: what begins alike stands between a beginning and the same with nines behind it.
const NINES: &str = "9999999999999999";

/// Where a number is, as lists tell it: its state, and of a free one whether it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberStanding {
    /// Nobody has it.
    Free,
    /// A customer has it, and no line.
    Given,
    /// Any other state, by its word.
    State(&'static str),
}

/// From where on a list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberPlace {
    /// After this one.
    After(E164),
    /// Before this one.
    Before(E164),
}

/// What of the numbers is asked for. An empty text filters nothing.
#[derive(Clone, Debug, Default)]
pub struct NumberQuery {
    /// The digits with which they begin, calling code first.
    pub begins: String,
    /// The digits with which they end.
    pub ends: String,
    /// Where they are.
    pub standing: Option<NumberStanding>,
    /// A network's id in the catalogue.
    pub network: String,
    /// The word of a service in the catalogue.
    pub kind: String,
    /// Part of the name of who has it, customer or reseller, whatever the case of its letters.
    pub holder: String,
    /// From where on; `None` from the first.
    pub place: Option<NumberPlace>,
}

/// A number, as far as lists name it.
#[derive(Clone, Debug)]
pub struct HeldNumber {
    /// Itself.
    pub id: NumberId,
    /// With its state and its version.
    pub kept: KeptNumber,
    /// The network for which it is, by its id; `None` for any.
    pub network: Option<String>,
    /// The service for which it is, by its word; `None` for any.
    pub kind: Option<String>,
    /// In whose stock it is, and the name; `None` for the operator's own.
    pub reseller: Option<(ResellerId, String)>,
    /// Who has it, and the name.
    pub customer: Option<(CustomerId, String)>,
    /// The line that has it, or had it last, and what it is called now.
    pub line: Option<(LineId, Party)>,
}

const COLUMNS: &str = "i.id, i.number, i.state, i.network, i.kind, i.reseller_id, i.customer_id, i.line_id, i.rest_until, i.ended, \
    i.version, r.name AS reseller, c.name AS customer, l.number AS line_number";
const JOINS: &str = "LEFT JOIN reseller r ON r.id = i.reseller_id LEFT JOIN customer c ON c.id = i.customer_id \
    LEFT JOIN line l ON l.id = i.line_id";

impl NumberStanding {
    /// Fixed text: nothing that somebody typed is ever in it.
    fn condition(self, reach: Reach) -> String {
        match self {
            Self::Free => "i.state = 'free' AND i.customer_id IS NULL".to_owned(),
            // What was given and has no line is free: in these words, the index of the few that are given is found.
            Self::Given if reach == Reach::Operator => "i.given_to IS NOT NULL AND i.line_id IS NULL".to_owned(),
            // And in these those of a reseller or a customer, by their state.
            Self::Given => "i.state = 'free' AND i.given_to IS NOT NULL AND i.line_id IS NULL".to_owned(),
            Self::State(word) => format!("i.state = '{word}'"),
        }
    }
}

impl Scoped {
    /// So many of the numbers that are asked for, by number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn numbers(&self, query: &NumberQuery, most: u32) -> Result<Vec<HeldNumber>, StoreError> {
        let (mut condition, mut values) = self.numbers_asked(query);
        let mut order = "ASC";
        if let Some(place) = query.place {
            let (sign, number) = match place {
                NumberPlace::After(number) => (">", number),
                NumberPlace::Before(number) => ("<", number),
            };
            if matches!(place, NumberPlace::Before(_)) {
                order = "DESC";
            }
            values.push(number.to_string().into());
            condition.push_str(&format!(" AND i.number {sign} ${}", values.len()));
        }
        // Of somebody's few numbers, all are sorted; else an index has them in their order.
        let by = if query.holder.is_empty() { "i.number" } else { "i.number || ''" };
        let sql =
            format!("SELECT {COLUMNS} FROM inventory_number i {JOINS} WHERE {condition} ORDER BY {by} {order} LIMIT {most}");
        let rows = self.store.rows("list numbers", &sql, values).await?;
        let mut found = rows.iter().map(read_number).collect::<Result<Vec<_>, _>>()?;
        if order == "DESC" {
            found.reverse();
        }
        Ok(found)
    }

    /// How many numbers are asked for, counted no further than to `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_numbers(&self, query: &NumberQuery, most: u32) -> Result<i64, StoreError> {
        let (condition, values) = self.numbers_asked(query);
        let sql = format!(
            "SELECT COUNT(*) AS numbers FROM (SELECT 1 AS one FROM inventory_number i WHERE {condition} LIMIT {most}) AS found"
        );
        let row = self.store.row("count numbers", &sql, values).await?;
        row.map_or(Ok(0), |row| row.get("numbers"))
    }

    /// The numbers of a range, both ends included, by number, so many at most. Of the same length, texts of digits stand in the order of
    /// their numbers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn numbers_between(&self, (first, last): (E164, E164), most: u32) -> Result<Vec<HeldNumber>, StoreError> {
        let (within, scope) = self.scope.on_numbers();
        let (first, last) = (first.to_string(), last.to_string());
        let length = i64::try_from(first.len()).unwrap_or_default();
        let sql = format!(
            "SELECT {COLUMNS} FROM inventory_number i {JOINS} WHERE {within} AND i.number >= $2 AND i.number <= $3 \
             AND LENGTH(i.number) = $4 ORDER BY i.number LIMIT {most}"
        );
        let values = vec![scope, first.into(), last.into(), length.into()];
        self.store.rows("list a range of numbers", &sql, values).await?.iter().map(read_number).collect()
    }

    fn numbers_asked(&self, query: &NumberQuery) -> (String, Vec<Value>) {
        let (within, scope) = self.scope.on_numbers();
        // Who has them are found first, not the operator's million numbers one after the other.
        let within =
            if query.holder.is_empty() { within.to_owned() } else { within.replace("operator_id =", "operator_id + 0 =") };
        let (mut condition, mut values) = (within, vec![scope]);
        let mut add = |text: &str, added: &[Value]| {
            condition.push_str(" AND ");
            let mut parts = text.split('?');
            condition.push_str(parts.next().unwrap_or_default());
            for (place, part) in parts.enumerate() {
                values.push(added[place.min(added.len() - 1)].clone());
                condition.push_str(&format!("${}{part}", values.len()));
            }
        };
        if !query.begins.is_empty() {
            let begins = format!("+{}", query.begins);
            add("i.number >= ? AND i.number <= ?", &[begins.as_str().into(), format!("{begins}{NINES}").into()]);
        }
        if !query.ends.is_empty() {
            let ends: String = query.ends.chars().rev().collect();
            let text = format!("({BACKWARDS}) >= ? AND ({BACKWARDS}) <= ?");
            add(&text, &[ends.as_str().into(), format!("{ends}{NINES}").into()]);
        }
        if !query.network.is_empty() {
            add("i.network = ?", &[query.network.as_str().into()]);
        }
        if !query.kind.is_empty() {
            add("i.kind = ?", &[query.kind.as_str().into()]);
        }
        if !query.holder.is_empty() {
            let part: Value = format!("%{}%", literal(&query.holder.to_lowercase())).into();
            let text = "(i.customer_id IN (SELECT h.id FROM customer h WHERE LOWER(h.name) LIKE ? ESCAPE '\\') OR \
                        i.reseller_id IN (SELECT h.id FROM reseller h WHERE LOWER(h.name) LIKE ? ESCAPE '\\'))";
            add(text, &[part]);
        }
        if let Some(standing) = query.standing {
            condition.push_str(" AND ");
            condition.push_str(&standing.condition(self.scope.reach));
        }
        (condition, values)
    }
}

fn read_number(row: &Row) -> Result<HeldNumber, StoreError> {
    let named = |id: &'static str, name: &'static str| -> Result<Option<(i64, String)>, StoreError> {
        let id = row.get::<Option<i64>>(id)?;
        Ok(id.zip(row.get::<Option<String>>(name)?))
    };
    let (word, line): (String, Option<i64>) = (row.get("state")?, row.get("line_id")?);
    let times = (row.get("rest_until")?, row.get("ended")?);
    let state = number_state(&word, line.map(LineId), times, None);
    let state = state.ok_or(StoreError::Corrupt { column: "inventory_number.state", value: word })?;
    Ok(HeldNumber {
        id: NumberId(row.get("id")?),
        kept: KeptNumber { number: Number { number: read_digits(row)?, state }, version: row.get("version")? },
        network: row.get("network")?,
        kind: row.get("kind")?,
        reseller: named("reseller_id", "reseller")?.map(|(id, name)| (ResellerId(id), name)),
        customer: named("customer_id", "customer")?.map(|(id, name)| (CustomerId(id), name)),
        line: named("line_id", "line_number")?.map(|(id, number)| (LineId(id), read_party(&number))),
    })
}

impl HeldNumber {
    /// What it grows to with each change.
    pub const fn version(&self) -> i64 {
        self.kept.version
    }

    /// Since when it is not ours any more, or until when it rests.
    pub const fn instant(&self) -> Option<Timestamp> {
        match self.kept.number.state {
            lines::NumberState::Quarantined { until } => Some(until),
            lines::NumberState::Gone { at } => Some(at),
            _ => None,
        }
    }
}

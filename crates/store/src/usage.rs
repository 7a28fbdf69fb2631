//! Usage as it was rated and kept: pages of a journal, sums, and one record.
//!
//! Every query joins the line and its scope, and takes a [`UsageMonth`], so that no table is asked for that is not there.

use crate::{Scoped, StoreError, UsageMonth, Value, line::read_party, migrate::usage_table, query::Row};
use catalog::NumberClass;
use rating::{KeptRecord, Part};
use std::fmt::Write;
use vocabulary::{Access, CountryCode, Direction, FileId, LineId, Money, Party, Quantity, RecordKey, Timestamp, UsageKind};

/// What [`KeptUsage`] is read of, in the table `u`.
pub(crate) const COLUMNS: &str = "u.line_id, u.started, u.record_key, u.kind, u.direction, u.other, u.from_country, u.to_country, \
                                  u.to_class, u.quantity, u.price, u.parts, u.access, u.file_id";
/// The most rows of a page, whatever is asked for.
const MOST_ROWS: u32 = 100;
/// The most straddling or special records that are looked at one by one.
const MOST_SINGLE: u32 = 1_000;
/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// A usage as it is kept.
#[derive(Clone, Debug)]
pub struct KeptUsage {
    /// Its line.
    pub line: LineId,
    /// When it began.
    pub started: Timestamp,
    /// Its key.
    pub key: RecordKey,
    /// Voice, SMS, MMS or data.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// Who was at the other end.
    pub other: Party,
    /// Where the line was.
    pub from_country: Option<CountryCode>,
    /// Where the other number belongs.
    pub to_country: Option<CountryCode>,
    /// What the other number is, by the catalogue's word; empty for nobody.
    pub to_class: String,
    /// Seconds, messages or bytes.
    pub quantity: Quantity,
    /// What it cost.
    pub price: Money,
    /// Where each part went.
    pub parts: Vec<Part>,
    /// Over what.
    pub access: Access,
    /// The file it came in.
    pub file: FileId,
}

impl KeptUsage {
    /// What is needed of it to rate it again.
    pub fn record(&self) -> KeptRecord {
        KeptRecord {
            key: self.key,
            started: self.started,
            kind: self.kind,
            direction: self.direction,
            other: self.other.clone(),
            is_internal: self.to_class == NumberClass::Internal.as_str(),
            from_country: self.from_country,
            quantity: self.quantity,
            access: self.access,
        }
    }
}

/// What another party has to be: any one of these.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    /// These characters stand somewhere in its number or name, small and capital letters alike.
    pub text: Option<String>,
    /// It belongs to one of these countries and is no special number.
    pub countries: Vec<CountryCode>,
    /// It is one of these, as they are kept.
    pub parties: Vec<String>,
}

/// Numbers beyond ordinary lines: value-added and short ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpecialNumbers {
    /// They do not matter.
    #[default]
    Among,
    /// Only they.
    Only,
    /// All but they.
    Without,
}

/// What of a month's usage is asked for.
#[derive(Clone, Debug, Default)]
pub struct UsageSelection {
    /// One line; every line of the scope by default.
    pub line: Option<LineId>,
    /// These kinds; every kind where there is none.
    pub kinds: Vec<UsageKind>,
    /// Value-added and short numbers.
    pub special: SpecialNumbers,
    /// Made, received or forwarded.
    pub direction: Option<Direction>,
    /// The other party has to match each of these.
    pub matching: Vec<Matching>,
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// Only what is charged.
    pub charged: Option<Charged>,
}

/// A part of it is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charged;

/// In which order rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsageOrder {
    /// Latest first.
    #[default]
    Latest,
    /// Earliest first.
    Earliest,
    /// By the other party.
    Party,
    /// Most expensive first.
    Price,
    /// Largest first, within each kind.
    Quantity,
    /// What is charged first, then latest first.
    ChargedFirst,
}

impl UsageOrder {
    const fn sql(self) -> &'static str {
        match self {
            Self::Latest => "u.started DESC, u.line_id, u.record_key",
            Self::Earliest => "u.started, u.line_id, u.record_key",
            Self::Party => "u.other, u.started DESC, u.line_id, u.record_key",
            Self::Price => "u.price DESC, u.started DESC, u.line_id, u.record_key",
            Self::Quantity => "u.kind, u.quantity DESC, u.started DESC, u.line_id, u.record_key",
            Self::ChargedFirst => "u.charged DESC, u.started DESC, u.line_id, u.record_key",
        }
    }
}

/// Which rows of an order.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Rows before the first.
    pub offset: u64,
    /// How many at most.
    pub rows: u32,
}

impl Window {
    pub(crate) fn offset(self) -> i64 {
        i64::try_from(self.offset).unwrap_or(i64::MAX)
    }
}

/// A group of usage added up.
#[derive(Clone, Copy, Debug)]
pub struct UsageSum {
    /// The kind.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// To value-added and short numbers?
    pub special: bool,
    /// How many records.
    pub count: i64,
    /// Base units.
    pub quantity: i64,
    /// What they cost.
    pub price: Money,
}

/// A group of a line's month added up.
#[derive(Clone, Copy, Debug)]
pub struct LineSum {
    /// Its kind, direction and sums.
    pub sum: UsageSum,
    /// Is a part of each record charged?
    pub charged: bool,
    /// And another part of it not, or otherwise?
    pub straddling: bool,
    /// The hour in which data began; none for other kinds.
    pub hour: Option<i64>,
}

/// The text of a query and its values, as they are found.
pub(crate) struct Query {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Query {
    pub(crate) fn place(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn places(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        values.into_iter().map(|value| self.place(value)).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn and(&mut self, condition: &str) {
        let _ = write!(self.sql, " AND {condition}");
    }
}

const SPECIAL: &str = "u.to_class IN ('special', 'short')";
const SUMS: &str = "COUNT(*) AS records, CAST(SUM(u.quantity) AS BIGINT) AS quantity, CAST(SUM(u.price) AS BIGINT) AS price";

impl Scoped {
    /// A page of what is selected.
    pub async fn usage_page(
        &self,
        month: UsageMonth,
        selection: &UsageSelection,
        order: UsageOrder,
        window: Window,
    ) -> Result<Vec<KeptUsage>, StoreError> {
        let mut query = self.select(COLUMNS, month, selection);
        let offset = query.place(window.offset());
        let sql = format!("{} ORDER BY {} LIMIT {} OFFSET {offset}", query.sql, order.sql(), window.rows.min(MOST_ROWS));
        let rows = self.store.rows("list usage", &sql, query.values).await?;
        rows.iter().map(read_usage).collect()
    }

    /// Sums of what is selected, by kind, direction and special numbers.
    pub async fn usage_sums(&self, month: UsageMonth, selection: &UsageSelection) -> Result<Vec<UsageSum>, StoreError> {
        let columns = format!("u.kind, u.direction, CASE WHEN {SPECIAL} THEN 1 ELSE 0 END AS special, {SUMS}");
        let query = self.select(&columns, month, selection);
        let rows = self.store.rows("add up usage", &format!("{} GROUP BY 1, 2, 3", query.sql), query.values).await?;
        rows.iter().map(sum).collect()
    }

    /// All of a line's month added up in one pass, data by the hour since `since`. Days are summed from hours by who knows the zone,
    /// because zones move by whole hours.
    pub async fn line_sums(&self, month: UsageMonth, line: LineId, since: Timestamp) -> Result<Vec<LineSum>, StoreError> {
        let selection = UsageSelection { line: Some(line), ..UsageSelection::default() };
        let columns = format!(
            "u.kind, u.direction, CASE WHEN {SPECIAL} THEN 1 ELSE 0 END AS special, u.charged, \
             CASE WHEN u.charged = 1 AND u.parts LIKE '%;%' THEN 1 ELSE 0 END AS straddling, \
             CASE WHEN u.kind = {} THEN (u.started - {}) / {HOUR} END AS hour, {SUMS}",
            UsageKind::Data.index(),
            since.micros()
        );
        let query = self.select(&columns, month, &selection);
        let sql = format!("{} GROUP BY 1, 2, 3, 4, 5, 6", query.sql);
        let rows = self.store.rows("add up a line's month", &sql, query.values).await?;
        let read = |row: &Row| {
            let (charged, straddling): (i16, i32) = (row.get("charged")?, row.get("straddling")?);
            Ok(LineSum { sum: sum(row)?, charged: charged == 1, straddling: straddling == 1, hour: row.get("hour")? })
        };
        rows.iter().map(read).collect()
    }

    /// Bytes of data of the scope's lines in a month, by the hour since `since`.
    pub async fn data_by_hour(&self, month: UsageMonth, since: Timestamp) -> Result<Vec<(i64, i64)>, StoreError> {
        let selection = UsageSelection { kinds: vec![UsageKind::Data], ..UsageSelection::default() };
        let columns = format!("(u.started - {}) / {HOUR} AS hour, CAST(SUM(u.quantity) AS BIGINT) AS quantity", since.micros());
        let query = self.select(&columns, month, &selection);
        let rows = self.store.rows("add up data by hour", &format!("{} GROUP BY 1", query.sql), query.values).await?;
        rows.iter().map(|row| Ok((row.get("hour")?, row.get("quantity")?))).collect()
    }

    /// Bytes of the charged parts of data records that an allowance took in part.
    pub async fn straddling_data(&self, month: UsageMonth, line: LineId) -> Result<i64, StoreError> {
        let selection = UsageSelection {
            line: Some(line),
            kinds: vec![UsageKind::Data],
            charged: Some(Charged),
            ..UsageSelection::default()
        };
        let query = self.select("u.parts", month, &selection);
        let sql = format!("{} AND u.parts LIKE '%;%' LIMIT {MOST_SINGLE}", query.sql);
        let mut bytes = 0_i64;
        for row in self.store.rows("add up charged parts of data", &sql, query.values).await? {
            let charged = parts(&row)?.into_iter().filter(Part::is_out_of_bundle);
            bytes = charged.fold(bytes, |sum, part| sum.saturating_add(part.quantity));
        }
        Ok(bytes)
    }

    /// One usage; `None` outside the scope.
    pub async fn usage(
        &self,
        month: UsageMonth,
        line: LineId,
        started: Timestamp,
        key: RecordKey,
    ) -> Result<Option<KeptUsage>, StoreError> {
        let selection = UsageSelection { line: Some(line), ..UsageSelection::default() };
        let columns = "u.line_id, u.started, u.record_key, u.kind, u.direction, u.other, u.from_country, u.to_country, u.to_class, \
                       u.quantity, u.price, u.parts, u.access, u.file_id";
        let mut query = self.select(columns, month, &selection);
        let started = query.place(started);
        query.and(&format!("u.started = {started}"));
        let key = query.place(key.0);
        query.and(&format!("u.record_key = {key}"));
        self.store.row("load a usage", &query.sql, query.values).await?.as_ref().map(read_usage).transpose()
    }

    /// The different parties of a month that are no ordinary lines, each with its class: value-added, short, emergency numbers.
    pub async fn special_parties(&self, month: UsageMonth, line: Option<LineId>) -> Result<Vec<(Party, String)>, StoreError> {
        let selection = UsageSelection { line, ..UsageSelection::default() };
        let mut query = self.select("DISTINCT u.other, u.to_class", month, &selection);
        query.and("u.to_class IN ('special', 'short', 'emergency', 'internal')");
        let sql = format!("{} LIMIT {MOST_SINGLE}", query.sql);
        let rows = self.store.rows("list special numbers", &sql, query.values).await?;
        let read = |row: &Row| {
            let other: String = row.get("other")?;
            Ok((read_party(&other), row.get("to_class")?))
        };
        rows.iter().map(read).collect()
    }

    pub(crate) fn select(&self, columns: &str, month: UsageMonth, selection: &UsageSelection) -> Query {
        let table = usage_table(month.month());
        let (within, scope) = self.scope.on_usage(1);
        let mut query = Query { sql: String::new(), values: vec![scope] };
        let number = query.place(month.month());
        query.sql =
            format!("SELECT {columns} FROM line l JOIN {table} u ON u.line_id = l.id AND u.month = {number} WHERE {within}");
        narrow(&mut query, selection);
        query
    }
}

fn narrow(query: &mut Query, selection: &UsageSelection) {
    if let Some(line) = selection.line {
        let place = query.place(line.0);
        query.and(&format!("l.id = {place}"));
    }
    if !selection.kinds.is_empty() {
        let kinds = query.places(selection.kinds.iter().map(|kind| Value::from(small(kind.index()))));
        query.and(&format!("u.kind IN ({kinds})"));
    }
    match selection.special {
        SpecialNumbers::Among => {}
        SpecialNumbers::Only => query.and(SPECIAL),
        SpecialNumbers::Without => query.and(&format!("NOT {SPECIAL}")),
    }
    if let Some(direction) = selection.direction {
        let place = query.place(small(direction.index()));
        query.and(&format!("u.direction = {place}"));
    }
    for matching in &selection.matching {
        narrow_party(query, matching);
    }
    if let Some(from) = selection.from {
        let place = query.place(from);
        query.and(&format!("u.started >= {place}"));
    }
    if let Some(until) = selection.until {
        let place = query.place(until);
        query.and(&format!("u.started < {place}"));
    }
    if selection.charged.is_some() {
        query.and("u.charged = 1");
    }
}

fn narrow_party(query: &mut Query, matching: &Matching) {
    let mut any = Vec::new();
    if let Some(text) = &matching.text {
        let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let place = query.place(format!("%{escaped}%"));
        any.push(format!("LOWER(u.other) LIKE {place} ESCAPE '\\'"));
    }
    if !matching.countries.is_empty() {
        let countries = query.places(matching.countries.iter().map(|country| Value::from(country.as_str())));
        any.push(format!("(u.to_country IN ({countries}) AND u.to_class IN ('geographic', 'mobile', 'machine'))"));
    }
    if !matching.parties.is_empty() {
        let parties = query.places(matching.parties.iter().map(|party| Value::from(party.as_str())));
        any.push(format!("u.other IN ({parties})"));
    }
    // What nothing can match finds nothing.
    let condition = if any.is_empty() { "1 = 0".to_owned() } else { format!("({})", any.join(" OR ")) };
    query.and(&condition);
}

fn small(index: usize) -> i16 {
    i16::try_from(index).expect("few kinds and directions")
}

fn sum(row: &Row) -> Result<UsageSum, StoreError> {
    let special: i32 = row.get("special")?;
    Ok(UsageSum {
        kind: kind(row)?,
        direction: direction(row)?,
        special: special == 1,
        count: row.get("records")?,
        quantity: row.get("quantity")?,
        price: row.money("price")?,
    })
}

pub(crate) fn read_usage(row: &Row) -> Result<KeptUsage, StoreError> {
    let other: String = row.get("other")?;
    let (from_country, to_country): (String, String) = (row.get("from_country")?, row.get("to_country")?);
    let units: i64 = row.get("quantity")?;
    let access: i16 = row.get("access")?;
    Ok(KeptUsage {
        line: LineId(row.get("line_id")?),
        started: row.instant("started")?,
        key: RecordKey(row.get("record_key")?),
        kind: kind(row)?,
        direction: direction(row)?,
        other: read_party(&other),
        from_country: from_country.parse().ok(),
        to_country: to_country.parse().ok(),
        to_class: row.get("to_class")?,
        quantity: Quantity::new(units).ok_or_else(|| StoreError::Corrupt { column: "quantity", value: units.to_string() })?,
        price: row.money("price")?,
        parts: parts(row)?,
        access: match access {
            0 => Access::Mobile,
            1 => Access::Vowifi,
            2 => Access::Fixed,
            _ => return Err(StoreError::Corrupt { column: "access", value: access.to_string() }),
        },
        file: FileId(row.get("file_id")?),
    })
}

fn parts(row: &Row) -> Result<Vec<Part>, StoreError> {
    let text: String = row.get("parts")?;
    rating::read_parts(&text).map_err(|_| StoreError::Corrupt { column: "parts", value: text.clone() })
}

fn kind(row: &Row) -> Result<UsageKind, StoreError> {
    let index: i16 = row.get("kind")?;
    let kind = usize::try_from(index).ok().and_then(UsageKind::from_index);
    kind.ok_or_else(|| StoreError::Corrupt { column: "kind", value: index.to_string() })
}

fn direction(row: &Row) -> Result<Direction, StoreError> {
    let index: i16 = row.get("direction")?;
    let direction = usize::try_from(index).ok().and_then(Direction::from_index);
    direction.ok_or_else(|| StoreError::Corrupt { column: "direction", value: index.to_string() })
}

//! Usage files and their records, written in bulk: one transaction a batch, with rows, counters, events, outbox and the file's position.

mod files;
mod postgres;
mod sqlite;

pub(crate) use files::lease_name;
pub use files::{FileClaim, FileFacts, ImportLease};

use crate::{Store, StoreError, engine::Engine};
use compact_str::CompactString;
use rating::{Hold, PackState};
use vocabulary::{CustomerId, FileId, LineId, Money, Month, OperatorId, PackId, RecordKey, SpendId, Timestamp};

/// One rated record as it is kept.
#[derive(Clone, Debug)]
pub struct UsageRow {
    /// Whose.
    pub line: LineId,
    /// The month that its beginning falls into.
    pub month: Month,
    /// When it began.
    pub started: Timestamp,
    /// What makes it the same record elsewhere.
    pub key: RecordKey,
    /// [`vocabulary::UsageKind::index`].
    pub kind: i16,
    /// [`vocabulary::Direction::index`].
    pub direction: i16,
    /// The other party.
    pub other: CompactString,
    /// Where the line was: two letters.
    pub from_country: CompactString,
    /// Where the other party belongs: two letters, or empty.
    pub to_country: CompactString,
    /// What the other party is: the word of its class, or empty.
    pub to_class: CompactString,
    /// Seconds, messages or bytes.
    pub quantity: i64,
    /// What it costs.
    pub price: Money,
    /// Is any part charged beyond what is included?
    pub charged: bool,
    /// Its parts, joined by `;`.
    pub parts: String,
    /// 0 mobile, 1 Wi-Fi calling, 2 fixed.
    pub access: i16,
    /// Its number among the operator's records, in the order in which they were rated.
    pub arrival: i64,
}

/// A record that came after its month was closed.
#[derive(Clone, Copy, Debug)]
pub struct LateUsage {
    /// Whose.
    pub line: LineId,
    /// The month whose bill takes it.
    pub bill_month: Month,
    /// The month that it belongs to.
    pub month: Month,
    /// When it began.
    pub started: Timestamp,
    /// Which record.
    pub key: RecordKey,
    /// What it costs.
    pub price: Money,
}

/// A line's counters in a month, as they stand after a batch.
#[derive(Clone, Debug)]
pub struct LineMonth {
    /// Whose.
    pub line: LineId,
    /// Which month.
    pub month: Month,
    /// The sums.
    pub totals: rating::Totals,
    /// Bytes of data that plan, options and recharges hold; `None` for no end or no data at all.
    pub data_included: Option<i64>,
    /// Bytes drawn on them.
    pub data_drawn: i64,
    /// How data is held back, if it is.
    pub data_hold: Option<Hold>,
    /// All that rating remembers, as JSON.
    pub state: String,
}

/// What a batch adds to a customer's day.
#[derive(Clone, Copy, Debug, Default)]
pub struct DaySums {
    /// Bytes.
    pub data_bytes: i64,
    /// Seconds.
    pub voice_s: i64,
    /// SMS and MMS.
    pub messages: i64,
    /// Beyond what is included.
    pub out_of_bundle: Money,
}

/// Something that happened to a line while a record was rated.
#[derive(Clone, Debug)]
pub struct LineEvent {
    /// Whose.
    pub line: LineId,
    /// Which month.
    pub month: Month,
    /// When the record began.
    pub at: Timestamp,
    /// Which record.
    pub key: RecordKey,
    /// Its place among the record's events.
    pub sequence: i32,
    /// The event as JSON.
    pub event: String,
    /// Has a network or a person to be told? Then it goes to the outbox too.
    pub to_tell: bool,
}

/// A row that is not rated.
#[derive(Clone, Debug)]
pub struct SetAsideRow {
    /// Its line in the file.
    pub row: i64,
    /// Why, in a word that stays the same.
    pub reason: String,
    /// Why, in a sentence.
    pub detail: String,
    /// The text as it stood.
    pub raw: String,
}

/// Everything that one batch of a file changes: written whole or not at all.
#[derive(Debug)]
pub struct WriteBatch {
    /// Whose file.
    pub operator: OperatorId,
    /// Which file.
    pub file: FileId,
    /// The lease under which it is written.
    pub fence: i64,
    /// How many records of the operator there are with this batch.
    pub arrivals: i64,
    /// Until when the lease then holds.
    pub lease_until: Timestamp,
    /// The hour of writing.
    pub now: Timestamp,
    /// Rated records, by line and instant.
    pub rows: Vec<UsageRow>,
    /// Counters of lines.
    pub line_months: Vec<LineMonth>,
    /// Counters of packs.
    pub pack_months: Vec<(PackId, Month, PackState)>,
    /// Counters of what lines spend together, as JSON.
    pub spend_months: Vec<(SpendId, Month, String)>,
    /// What customers' days grow by; a day is a number such as 20261121.
    pub days: Vec<(CustomerId, i32, DaySums)>,
    /// What happened.
    pub events: Vec<LineEvent>,
    /// Those of the records that came after their month was closed.
    pub late: Vec<LateUsage>,
    /// Rows that are not rated.
    pub set_aside: Vec<SetAsideRow>,
    /// Records that were there already.
    pub duplicates: i64,
    /// Where the file is to be read on.
    pub checkpoint: String,
    /// Is this its last batch?
    pub is_last: bool,
}

/// The sums of an operator's usage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperatorSums {
    /// How many records there are.
    pub records: i64,
    /// Their seconds, messages and bytes, added up whatever they are.
    pub quantity: i64,
    /// What they cost.
    pub out_of_bundle: Money,
    /// How many records the lines' counters have seen.
    pub counted_records: i64,
    /// What the lines' counters say that they cost.
    pub counted_out_of_bundle: Money,
    /// Bytes of the customers' days.
    pub data_by_day: i64,
    /// What the customers' days say that they cost.
    pub out_of_bundle_by_day: Money,
    /// How many events there are.
    pub events: i64,
    /// How many rows were set aside.
    pub set_aside: i64,
}

/// Writes batches on a connection of its own. Blocking: it has a thread of its own.
pub trait UsageWriter: Send {
    /// Writes a batch in one transaction.
    ///
    /// # Errors
    /// When the database fails, or another importer took over; nothing of the batch is there then.
    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError>;

    /// Writes rows alone, in one transaction as durable as that of a batch: what the speed of an import is measured by.
    ///
    /// # Errors
    /// When the database fails; none of the rows is there then.
    fn write_rows(&mut self, file: FileId, rows: &[UsageRow]) -> Result<(), StoreError>;
}

/// A hold on data as its column has it; a stop weighs more than a slowing.
pub(crate) const fn hold_number(hold: Option<Hold>) -> i16 {
    match hold {
        None => 0,
        Some(Hold::Slowed) => 1,
        Some(Hold::Stopped) => 2,
    }
}

impl Store {
    /// The bulk writer of this database's engine.
    ///
    /// # Errors
    /// When its connection cannot be opened.
    pub fn usage_writer(&self) -> Result<Box<dyn UsageWriter>, StoreError> {
        match &self.engine {
            Engine::Postgres(pool) => Ok(Box::new(postgres::PostgresWriter::open(pool.clone()))),
            Engine::Sqlite(pool, _) => Ok(Box::new(sqlite::SqliteWriter::open(&self.url, pool.turn())?)),
        }
    }

    /// Which of these instants of a line have records already, and their keys.
    pub async fn records_between(
        &self,
        line: LineId,
        month: Month,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Vec<(Timestamp, RecordKey)>, StoreError> {
        let sql = format!(
            "SELECT started, record_key FROM {} WHERE line_id = $1 AND month = $2 AND started BETWEEN $3 AND $4",
            crate::migrate::usage_table(month)
        );
        let values = vec![line.0.into(), month.into(), from.into(), to.into()];
        let rows = self.rows("look for records", &sql, values).await?;
        rows.iter().map(|row| Ok((row.instant("started")?, RecordKey(row.get("record_key")?)))).collect()
    }

    /// Every row of usage of a month, by instant. It holds them all in memory: for measuring and comparing, not for pages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn usage_rows(&self, month: Month) -> Result<Vec<UsageRow>, StoreError> {
        let (columns, table) = (crate::migrate::USAGE_COLUMNS, crate::migrate::usage_table(month));
        let sql = format!("SELECT {columns} FROM {table} ORDER BY started, line_id, record_key");
        let rows = self.rows("read all usage", &sql, vec![]).await?;
        let read = |row: &crate::Row| {
            Ok(UsageRow {
                line: LineId(row.get("line_id")?),
                month,
                started: row.instant("started")?,
                key: RecordKey(row.get("record_key")?),
                kind: row.get("kind")?,
                direction: row.get("direction")?,
                other: row.get::<String>("other")?.into(),
                from_country: row.get::<String>("from_country")?.into(),
                to_country: row.get::<String>("to_country")?.into(),
                to_class: row.get::<String>("to_class")?.into(),
                quantity: row.get("quantity")?,
                price: row.money("price")?,
                charged: row.get::<i16>("charged")? != 0,
                parts: row.get("parts")?,
                access: row.get("access")?,
                arrival: row.get("arrival")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// The sums of an operator's usage, from the records themselves and from the counters beside them: what `cadran` compares.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operator_sums(&self, operator: OperatorId) -> Result<OperatorSums, StoreError> {
        let sql =
            "SELECT DISTINCT m.month FROM line_month m JOIN line l ON l.id = m.line_id WHERE l.operator_id = $1 ORDER BY m.month";
        let months = self.rows("list the months", sql, vec![operator.0.into()]).await?;
        let mut sums = OperatorSums::default();
        for row in months {
            let month = Month::from_number(row.get("month")?)
                .map_err(|error| StoreError::Corrupt { column: "month", value: error.to_string() })?;
            let sql = format!(
                "SELECT CAST(COUNT(*) AS BIGINT) AS records, CAST(SUM(u.quantity) AS BIGINT) AS quantity, \
                 CAST(SUM(u.price) AS BIGINT) AS price FROM {} u JOIN line l ON l.id = u.line_id WHERE l.operator_id = $1",
                crate::migrate::usage_table(month)
            );
            if let Some(row) = self.row("sum up usage", &sql, vec![operator.0.into()]).await? {
                let (quantity, price): (Option<i64>, Option<i64>) = (row.get("quantity")?, row.get("price")?);
                sums.records += row.get::<i64>("records")?;
                sums.quantity += quantity.unwrap_or(0);
                let price = Money::from_micros(price.unwrap_or(0));
                sums.out_of_bundle = sums.out_of_bundle.checked_add(price).unwrap_or(sums.out_of_bundle);
            }
        }
        let counters = "SELECT CAST(COALESCE(SUM(m.out_of_bundle), 0) AS BIGINT) AS charged, CAST(COALESCE(SUM(m.records), 0) AS BIGINT) AS records \
                        FROM line_month m JOIN line l ON l.id = m.line_id WHERE l.operator_id = $1";
        if let Some(row) = self.row("sum up counters", counters, vec![operator.0.into()]).await? {
            (sums.counted_records, sums.counted_out_of_bundle) = (row.get("records")?, row.money("charged")?);
        }
        let days = "SELECT CAST(COALESCE(SUM(d.out_of_bundle), 0) AS BIGINT) AS charged, CAST(COALESCE(SUM(d.data_bytes), 0) AS BIGINT) AS data \
                    FROM customer_day d JOIN customer c ON c.id = d.customer_id WHERE c.operator_id = $1";
        if let Some(row) = self.row("sum up days", days, vec![operator.0.into()]).await? {
            (sums.data_by_day, sums.out_of_bundle_by_day) = (row.get("data")?, row.money("charged")?);
        }
        let events = "SELECT CAST(COUNT(*) AS BIGINT) AS events FROM line_event e JOIN line l ON l.id = e.line_id WHERE l.operator_id = $1";
        if let Some(row) = self.row("count events", events, vec![operator.0.into()]).await? {
            sums.events = row.get("events")?;
        }
        let aside = "SELECT CAST(COUNT(*) AS BIGINT) AS aside FROM usage_set_aside s JOIN usage_file f ON f.id = s.file_id WHERE f.operator_id = $1";
        if let Some(row) = self.row("count rows set aside", aside, vec![operator.0.into()]).await? {
            sums.set_aside = row.get("aside")?;
        }
        Ok(sums)
    }

    /// Makes a month's table where it is not there.
    pub async fn prepare_month(&self, month: Month) -> Result<(), StoreError> {
        self.script("make a month's table", &crate::migrate::usage_table_sql(month, self.is_postgres())).await
    }
}

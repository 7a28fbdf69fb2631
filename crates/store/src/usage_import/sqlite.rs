//! The bulk writer for SQLite: prepared statements on a connection of its own, durable at each commit.

use super::{UsageRow, UsageWriter, WriteBatch, files::lease_name, hold_number};
use crate::{
    StoreError,
    engine::{WriterTurn, sqlite_path},
    migrate::{USAGE_COLUMNS, usage_table},
};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::time::Duration;
use vocabulary::FileId;

/// Its connection, and whose turn it is to write beside those who write pages.
pub(super) struct SqliteWriter(Connection, WriterTurn);

impl SqliteWriter {
    pub(super) fn open(url: &str, turn: WriterTurn) -> Result<Self, StoreError> {
        let connection = Connection::open(sqlite_path(url)).map_err(StoreError::failed("open the bulk writer"))?;
        connection.busy_timeout(Duration::from_secs(30)).map_err(StoreError::failed("set the busy time-out"))?;
        for (pragma, value) in [("journal_mode", "WAL"), ("synchronous", "FULL"), ("cache_size", "-64000")] {
            connection.pragma_update(None, pragma, value).map_err(StoreError::failed("set up the bulk writer"))?;
        }
        Ok(Self(connection, turn))
    }
}

impl UsageWriter for SqliteWriter {
    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        let _turn = self.1.blocking_lock();
        let transaction = self
            .0
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::failed("begin a batch of usage"))?;
        hold_lease(&transaction, batch)?;
        write_rows(&transaction, batch.file, &batch.rows).map_err(StoreError::failed("write usage"))?;
        write_counters(&transaction, batch).map_err(StoreError::failed("write counters"))?;
        write_events(&transaction, batch).map_err(StoreError::failed("write events"))?;
        write_file(&transaction, batch).map_err(StoreError::failed("write the file's position"))?;
        transaction.commit().map_err(StoreError::failed("commit a batch of usage"))
    }

    fn write_rows(&mut self, file: FileId, rows: &[UsageRow]) -> Result<(), StoreError> {
        let _turn = self.1.blocking_lock();
        let transaction =
            self.0.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::failed("begin rows"))?;
        write_rows(&transaction, file, rows).map_err(StoreError::failed("write usage"))?;
        transaction.commit().map_err(StoreError::failed("commit rows"))
    }
}

fn hold_lease(transaction: &Transaction<'_>, batch: &WriteBatch) -> Result<(), StoreError> {
    let sql = "UPDATE lease SET until = ?2, arrivals = ?4 WHERE name = ?1 AND fence = ?3";
    let values = params![lease_name(batch.operator), batch.lease_until.micros(), batch.fence, batch.arrivals];
    match transaction.execute(sql, values).map_err(StoreError::failed("hold the lease"))? {
        1 => Ok(()),
        _ => Err(StoreError::LeaseLost),
    }
}

fn write_rows(transaction: &Transaction<'_>, file: FileId, rows: &[UsageRow]) -> rusqlite::Result<()> {
    for rows in rows.chunk_by(|a, b| a.month == b.month) {
        let places = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17";
        let table = usage_table(rows[0].month);
        let mut insert = transaction.prepare(&format!("INSERT INTO {table} ({USAGE_COLUMNS}) VALUES ({places})"))?;
        for row in rows {
            insert.execute(params![
                row.line.0,
                row.month.number(),
                row.started.micros(),
                row.key.0,
                row.kind,
                row.direction,
                row.other.as_str(),
                row.from_country.as_str(),
                row.to_country.as_str(),
                row.to_class.as_str(),
                row.quantity,
                row.price.micros(),
                row.charged,
                row.parts,
                row.access,
                file.0,
                row.arrival,
            ])?;
        }
    }
    Ok(())
}

fn write_counters(transaction: &Transaction<'_>, batch: &WriteBatch) -> rusqlite::Result<()> {
    let mut upsert = transaction.prepare(
        // Updated where it stands: a row that is replaced is deleted and written again elsewhere.
        "INSERT INTO line_month (line_id, month, data_bytes, data_included, data_drawn, voice_s, special_s, sms, mms, out_of_bundle, \
         records, latest, data_hold, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
         ON CONFLICT (line_id, month) DO UPDATE SET data_bytes = excluded.data_bytes, data_included = excluded.data_included, \
         data_drawn = excluded.data_drawn, voice_s = excluded.voice_s, special_s = excluded.special_s, sms = excluded.sms, \
         mms = excluded.mms, out_of_bundle = excluded.out_of_bundle, records = excluded.records, latest = excluded.latest, \
         data_hold = excluded.data_hold, state = excluded.state",
    )?;
    for month in &batch.line_months {
        let totals = &month.totals;
        upsert.execute(params![
            month.line.0,
            month.month.number(),
            totals.data_bytes,
            month.data_included,
            month.data_drawn,
            totals.voice_s,
            totals.special_s,
            totals.sms,
            totals.mms,
            totals.out_of_bundle.micros(),
            totals.records,
            totals.latest.micros(),
            hold_number(month.data_hold),
            month.state,
        ])?;
    }
    write_shared(transaction, batch)?;
    let mut add = transaction.prepare(
        "INSERT INTO customer_day (customer_id, day, data_bytes, voice_s, messages, out_of_bundle) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (customer_id, day) DO UPDATE SET data_bytes = data_bytes + excluded.data_bytes, \
         voice_s = voice_s + excluded.voice_s, messages = messages + excluded.messages, \
         out_of_bundle = out_of_bundle + excluded.out_of_bundle",
    )?;
    for (customer, day, sums) in &batch.days {
        add.execute(params![customer.0, day, sums.data_bytes, sums.voice_s, sums.messages, sums.out_of_bundle.micros()])?;
    }
    Ok(())
}

fn write_shared(transaction: &Transaction<'_>, batch: &WriteBatch) -> rusqlite::Result<()> {
    let mut upsert = transaction.prepare(
        "INSERT INTO pack_month (pack_id, month, used, told, charged, charged_told) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (pack_id, month) DO UPDATE SET used = excluded.used, told = excluded.told, charged = excluded.charged, \
         charged_told = excluded.charged_told",
    )?;
    for (pack, month, state) in &batch.pack_months {
        let (charged, charged_told) = (state.charged.micros(), state.charged_told.micros());
        upsert.execute(params![pack.0, month.number(), state.used, state.told, charged, charged_told])?;
    }
    let mut upsert = transaction.prepare(
        "INSERT INTO shared_spend_month (spend_id, month, state) VALUES (?1, ?2, ?3) \
         ON CONFLICT (spend_id, month) DO UPDATE SET state = excluded.state",
    )?;
    for (spend, month, state) in &batch.spend_months {
        upsert.execute(params![spend.0, month.number(), state])?;
    }
    Ok(())
}

fn write_events(transaction: &Transaction<'_>, batch: &WriteBatch) -> rusqlite::Result<()> {
    let mut insert = transaction
        .prepare("INSERT INTO line_event (line_id, month, at, record_key, sequence, event) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut tell = transaction.prepare("INSERT INTO outbox (operator_id, line_id, created, message) VALUES (?1, ?2, ?3, ?4)")?;
    for event in &batch.events {
        let values = params![event.line.0, event.month.number(), event.at.micros(), event.key.0, event.sequence, event.event];
        insert.execute(values)?;
        if event.to_tell {
            tell.execute(params![batch.operator.0, event.line.0, batch.now.micros(), event.event])?;
        }
    }
    let mut insert = transaction.prepare(
        "INSERT INTO late_usage (line_id, bill_month, month, started, record_key, price) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for late in &batch.late {
        let (bill, month) = (late.bill_month.number(), late.month.number());
        insert.execute(params![late.line.0, bill, month, late.started.micros(), late.key.0, late.price.micros()])?;
    }
    Ok(())
}

fn write_file(transaction: &Transaction<'_>, batch: &WriteBatch) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare(
        "INSERT INTO usage_set_aside (file_id, row_number, reason, detail, raw) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )?;
    for row in &batch.set_aside {
        insert.execute(params![batch.file.0, row.row, row.reason, row.detail, row.raw])?;
    }
    let sql = "UPDATE usage_file SET checkpoint = ?2, taken = taken + ?3, duplicates = duplicates + ?4, set_aside = set_aside + ?5, \
               state = ?6, finished = ?7, problem = NULL WHERE id = ?1";
    let counts = [batch.rows.len(), batch.set_aside.len()].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let (state, finished) = if batch.is_last { ("done", Some(batch.now.micros())) } else { ("reading", None) };
    transaction.execute(sql, params![batch.file.0, batch.checkpoint, counts[0], batch.duplicates, counts[1], state, finished])?;
    Ok(())
}

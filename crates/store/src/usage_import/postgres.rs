//! The bulk writer for PostgreSQL: binary COPY for usage, arrays for counters, in one transaction.

use super::{UsageRow, UsageWriter, WriteBatch, files::lease_name, hold_number};
use crate::{
    StoreError,
    migrate::{USAGE_COLUMNS, usage_table},
};
use sqlx::{PgConnection, PgPool};
use tokio::runtime::Handle;
use vocabulary::FileId;

pub(super) struct PostgresWriter {
    pool: PgPool,
    runtime: Handle,
}

impl PostgresWriter {
    pub(super) fn open(pool: PgPool) -> Self {
        Self { pool, runtime: Handle::current() }
    }

    async fn write_all(&self, batch: &WriteBatch) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await.map_err(StoreError::failed("begin a batch of usage"))?;
        hold_lease(&mut transaction, batch).await?;
        for rows in batch.rows.chunk_by(|a, b| a.month == b.month) {
            copy_rows(&mut transaction, batch.file.0, rows).await.map_err(StoreError::failed("write usage"))?;
        }
        write_counters(&mut transaction, batch).await.map_err(StoreError::failed("write counters"))?;
        write_shared(&mut transaction, batch).await.map_err(StoreError::failed("write counters"))?;
        write_days(&mut transaction, batch).await.map_err(StoreError::failed("write days"))?;
        write_events(&mut transaction, batch).await.map_err(StoreError::failed("write events"))?;
        write_file(&mut transaction, batch).await.map_err(StoreError::failed("write the file's position"))?;
        transaction.commit().await.map_err(StoreError::failed("commit a batch of usage"))
    }
}

impl UsageWriter for PostgresWriter {
    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        self.runtime.block_on(self.write_all(batch))
    }

    fn write_rows(&mut self, file: FileId, rows: &[UsageRow]) -> Result<(), StoreError> {
        self.runtime.block_on(async {
            let mut transaction = self.pool.begin().await.map_err(StoreError::failed("begin rows"))?;
            for rows in rows.chunk_by(|a, b| a.month == b.month) {
                copy_rows(&mut transaction, file.0, rows).await.map_err(StoreError::failed("write usage"))?;
            }
            transaction.commit().await.map_err(StoreError::failed("commit rows"))
        })
    }
}

async fn hold_lease(connection: &mut PgConnection, batch: &WriteBatch) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE lease SET until = $2, arrivals = $4 WHERE name = $1 AND fence = $3")
        .bind(lease_name(batch.operator))
        .bind(batch.lease_until.micros())
        .bind(batch.fence)
        .bind(batch.arrivals)
        .execute(connection)
        .await
        .map_err(StoreError::failed("hold the lease"))?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::LeaseLost) }
}

/// COPY's binary format: a signature, then each row as a count of columns and each column as its length and bytes.
async fn copy_rows(connection: &mut PgConnection, file: i64, rows: &[UsageRow]) -> sqlx::Result<()> {
    const COLUMNS: i16 = 17;
    const BYTES_A_ROW: usize = 220;
    let mut bytes = Vec::with_capacity(rows.len() * BYTES_A_ROW);
    bytes.extend_from_slice(b"PGCOPY\n\xff\r\n\0");
    bytes.extend_from_slice(&[0; 8]);
    for row in rows {
        bytes.extend_from_slice(&COLUMNS.to_be_bytes());
        put(&mut bytes, &row.line.0.to_be_bytes());
        put(&mut bytes, &row.month.number().to_be_bytes());
        put(&mut bytes, &row.started.micros().to_be_bytes());
        put(&mut bytes, &row.key.0.to_be_bytes());
        put(&mut bytes, &row.kind.to_be_bytes());
        put(&mut bytes, &row.direction.to_be_bytes());
        for text in [&row.other, &row.from_country, &row.to_country, &row.to_class] {
            put(&mut bytes, text.as_bytes());
        }
        put(&mut bytes, &row.quantity.to_be_bytes());
        put(&mut bytes, &row.price.micros().to_be_bytes());
        put(&mut bytes, &i16::from(row.charged).to_be_bytes());
        put(&mut bytes, row.parts.as_bytes());
        put(&mut bytes, &row.access.to_be_bytes());
        put(&mut bytes, &file.to_be_bytes());
        put(&mut bytes, &row.arrival.to_be_bytes());
    }
    bytes.extend_from_slice(&(-1_i16).to_be_bytes());
    let table = usage_table(rows[0].month);
    let mut copy = connection.copy_in_raw(&format!("COPY {table} ({USAGE_COLUMNS}) FROM STDIN (FORMAT binary)")).await?;
    copy.send(bytes).await?;
    copy.finish().await?;
    Ok(())
}

fn put(bytes: &mut Vec<u8>, value: &[u8]) {
    let length = i32::try_from(value.len()).expect("a column holds less than 2 GB");
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(value);
}

async fn write_counters(connection: &mut PgConnection, batch: &WriteBatch) -> sqlx::Result<()> {
    let months = &batch.line_months;
    let column = |value: fn(&rating::Totals) -> i64| months.iter().map(|m| value(&m.totals)).collect::<Vec<i64>>();
    sqlx::query(
        "INSERT INTO line_month (line_id, month, data_bytes, data_included, data_drawn, voice_s, special_s, sms, mms, out_of_bundle, \
         records, latest, data_hold, state) SELECT * FROM UNNEST($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], \
         $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::smallint[], $14::text[]) \
         ON CONFLICT (line_id, month) DO UPDATE SET data_bytes = excluded.data_bytes, data_included = excluded.data_included, \
         data_drawn = excluded.data_drawn, voice_s = excluded.voice_s, special_s = excluded.special_s, sms = excluded.sms, \
         mms = excluded.mms, out_of_bundle = excluded.out_of_bundle, records = excluded.records, latest = excluded.latest, \
         data_hold = excluded.data_hold, state = excluded.state",
    )
    .bind(months.iter().map(|m| m.line.0).collect::<Vec<_>>())
    .bind(months.iter().map(|m| m.month.number()).collect::<Vec<_>>())
    .bind(column(|t| t.data_bytes))
    .bind(months.iter().map(|m| m.data_included).collect::<Vec<_>>())
    .bind(months.iter().map(|m| m.data_drawn).collect::<Vec<_>>())
    .bind(column(|t| t.voice_s))
    .bind(column(|t| t.special_s))
    .bind(column(|t| t.sms))
    .bind(column(|t| t.mms))
    .bind(column(|t| t.out_of_bundle.micros()))
    .bind(column(|t| t.records))
    .bind(column(|t| t.latest.micros()))
    .bind(months.iter().map(|m| hold_number(m.data_hold)).collect::<Vec<_>>())
    .bind(months.iter().map(|m| m.state.as_str()).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    Ok(())
}

async fn write_shared(connection: &mut PgConnection, batch: &WriteBatch) -> sqlx::Result<()> {
    for (pack, month, state) in &batch.pack_months {
        sqlx::query(
            "INSERT INTO pack_month (pack_id, month, used, told, charged, charged_told) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (pack_id, month) DO UPDATE SET used = excluded.used, told = excluded.told, \
             charged = excluded.charged, charged_told = excluded.charged_told",
        )
        .bind(pack.0)
        .bind(month.number())
        .bind(state.used)
        .bind(i32::from(state.told))
        .bind(state.charged.micros())
        .bind(state.charged_told.micros())
        .execute(&mut *connection)
        .await?;
    }
    for (spend, month, state) in &batch.spend_months {
        sqlx::query(
            "INSERT INTO shared_spend_month (spend_id, month, state) VALUES ($1, $2, $3) \
             ON CONFLICT (spend_id, month) DO UPDATE SET state = excluded.state",
        )
        .bind(spend.0)
        .bind(month.number())
        .bind(state)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn write_days(connection: &mut PgConnection, batch: &WriteBatch) -> sqlx::Result<()> {
    let days = &batch.days;
    sqlx::query(
        "INSERT INTO customer_day AS d (customer_id, day, data_bytes, voice_s, messages, out_of_bundle) \
         SELECT * FROM UNNEST($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) \
         ON CONFLICT (customer_id, day) DO UPDATE SET data_bytes = d.data_bytes + excluded.data_bytes, \
         voice_s = d.voice_s + excluded.voice_s, messages = d.messages + excluded.messages, \
         out_of_bundle = d.out_of_bundle + excluded.out_of_bundle",
    )
    .bind(days.iter().map(|(customer, _, _)| customer.0).collect::<Vec<_>>())
    .bind(days.iter().map(|(_, day, _)| *day).collect::<Vec<_>>())
    .bind(days.iter().map(|(_, _, sums)| sums.data_bytes).collect::<Vec<_>>())
    .bind(days.iter().map(|(_, _, sums)| sums.voice_s).collect::<Vec<_>>())
    .bind(days.iter().map(|(_, _, sums)| sums.messages).collect::<Vec<_>>())
    .bind(days.iter().map(|(_, _, sums)| sums.out_of_bundle.micros()).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

async fn write_events(connection: &mut PgConnection, batch: &WriteBatch) -> sqlx::Result<()> {
    let events = &batch.events;
    sqlx::query(
        "INSERT INTO line_event (line_id, month, at, record_key, sequence, event) \
         SELECT * FROM UNNEST($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::int[], $6::text[])",
    )
    .bind(events.iter().map(|e| e.line.0).collect::<Vec<_>>())
    .bind(events.iter().map(|e| e.month.number()).collect::<Vec<_>>())
    .bind(events.iter().map(|e| e.at.micros()).collect::<Vec<_>>())
    .bind(events.iter().map(|e| e.key.0).collect::<Vec<_>>())
    .bind(events.iter().map(|e| e.sequence).collect::<Vec<_>>())
    .bind(events.iter().map(|e| e.event.as_str()).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    let to_tell: Vec<_> = events.iter().filter(|event| event.to_tell).collect();
    sqlx::query(
        "INSERT INTO outbox (operator_id, line_id, created, message) \
         SELECT $1, line, $2, message FROM UNNEST($3::bigint[], $4::text[]) AS t (line, message)",
    )
    .bind(batch.operator.0)
    .bind(batch.now.micros())
    .bind(to_tell.iter().map(|e| e.line.0).collect::<Vec<_>>())
    .bind(to_tell.iter().map(|e| e.event.as_str()).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    let late = &batch.late;
    sqlx::query(
        "INSERT INTO late_usage (line_id, bill_month, month, started, record_key, price) \
         SELECT * FROM UNNEST($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[])",
    )
    .bind(late.iter().map(|l| l.line.0).collect::<Vec<_>>())
    .bind(late.iter().map(|l| l.bill_month.number()).collect::<Vec<_>>())
    .bind(late.iter().map(|l| l.month.number()).collect::<Vec<_>>())
    .bind(late.iter().map(|l| l.started.micros()).collect::<Vec<_>>())
    .bind(late.iter().map(|l| l.key.0).collect::<Vec<_>>())
    .bind(late.iter().map(|l| l.price.micros()).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

async fn write_file(connection: &mut PgConnection, batch: &WriteBatch) -> sqlx::Result<()> {
    let rows = &batch.set_aside;
    sqlx::query(
        "INSERT INTO usage_set_aside (file_id, row_number, reason, detail, raw) \
         SELECT $1, * FROM UNNEST($2::bigint[], $3::text[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING",
    )
    .bind(batch.file.0)
    .bind(rows.iter().map(|r| r.row).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.reason.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.detail.as_str()).collect::<Vec<_>>())
    .bind(rows.iter().map(|r| r.raw.replace('\0', "\u{fffd}")).collect::<Vec<_>>())
    .execute(&mut *connection)
    .await?;
    let (state, finished) = if batch.is_last { ("done", Some(batch.now.micros())) } else { ("reading", None) };
    let counts = [batch.rows.len(), batch.set_aside.len()].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    sqlx::query(
        "UPDATE usage_file SET checkpoint = $2, taken = taken + $3, duplicates = duplicates + $4, set_aside = set_aside + $5, \
         state = $6, finished = $7, problem = NULL WHERE id = $1",
    )
    .bind(batch.file.0)
    .bind(&batch.checkpoint)
    .bind(counts[0])
    .bind(batch.duplicates)
    .bind(counts[1])
    .bind(state)
    .bind(finished)
    .execute(connection)
    .await?;
    Ok(())
}

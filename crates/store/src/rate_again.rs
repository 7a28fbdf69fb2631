//! A month's usage as it was rated, to be rated again; and what that changes, written whole or not at all (RAT-10).

use crate::{
    LineEvent, LineMonth, Scoped, Store, StoreError, UsageMonth, Value,
    migrate::usage_table,
    shared_spend,
    store::Transaction,
    usage::{COLUMNS, KeptUsage, read_usage},
    usage_import::{hold_number, lease_name},
};
use rating::{PackState, Part};
use std::collections::{HashMap, HashSet};
use vocabulary::{CustomerId, LineId, Money, Month, OperatorId, PackId, RecordKey, SpendId, Timestamp};

/// How many lines' usage of a month one statement asks for.
const LINES_AT_ONCE: usize = 500;

/// A customer with those of its lines that have usage in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerLines {
    /// Who.
    pub customer: CustomerId,
    /// By what it is known.
    pub reference: String,
    /// Its lines and their numbers.
    pub lines: Vec<(LineId, String)>,
}

/// A record whose price or parts are others than before.
#[derive(Clone, Debug)]
pub struct RatedAgainRow {
    /// Whose.
    pub line: LineId,
    /// When it began.
    pub started: Timestamp,
    /// Which record.
    pub key: RecordKey,
    /// What it costs now.
    pub price: Money,
    /// Where each part goes now.
    pub parts: Vec<Part>,
}

/// What rating lines of one customer again changes in a month.
#[derive(Clone, Debug)]
pub struct RatedAgain {
    /// Whose lines.
    pub operator: OperatorId,
    /// Which customer's.
    pub customer: CustomerId,
    /// Which month.
    pub month: Month,
    /// The lease under which it is written, and until when it then holds.
    pub lease: (i64, Timestamp),
    /// The hour of writing.
    pub now: Timestamp,
    /// Every line that was rated again.
    pub lines: Vec<LineId>,
    /// The records that changed.
    pub rows: Vec<RatedAgainRow>,
    /// The counters of the lines.
    pub line_months: Vec<LineMonth>,
    /// The counters of packs.
    pub pack_months: Vec<(PackId, PackState)>,
    /// The counters of what lines spend together, as JSON.
    pub spend_months: Vec<(SpendId, String)>,
    /// By how much the customer's days change; only amounts do.
    pub days: Vec<(i32, Money)>,
    /// Everything that happens in the month now.
    pub events: Vec<LineEvent>,
}

/// What rating a closed month again would have changed.
#[derive(Clone, Debug)]
pub struct Corrections {
    /// Whose lines.
    pub operator: OperatorId,
    /// The lease under which it is written, and until when it then holds.
    pub lease: (i64, Timestamp),
    /// The month that is closed.
    pub month: Month,
    /// The month whose bill takes the difference.
    pub bill_month: Month,
    /// By line: above 0 it is charged, below it is given back.
    pub amounts: Vec<(LineId, Money)>,
    /// Why, for the bill.
    pub reason: String,
    /// The hour of writing.
    pub now: Timestamp,
}

impl Scoped {
    /// The customers of the scope with usage in a month, with their lines, by reference and number.
    pub async fn customers_with_usage(&self, month: UsageMonth) -> Result<Vec<CustomerLines>, StoreError> {
        let (within, scope) = self.scope.on_usage(1);
        let sql = format!(
            "SELECT c.id AS customer_id, c.reference, l.id, l.number FROM line l JOIN customer c ON c.id = l.customer_id \
             JOIN line_month m ON m.line_id = l.id AND m.month = $2 WHERE {within} ORDER BY c.reference, c.id, l.number, l.id"
        );
        let rows = self.store.rows("list customers with usage", &sql, vec![scope, month.month().into()]).await?;
        let mut customers: Vec<CustomerLines> = Vec::new();
        for row in rows {
            let customer = CustomerId(row.get("customer_id")?);
            let line = (LineId(row.get("id")?), row.get("number")?);
            match customers.last_mut().filter(|last| last.customer == customer) {
                Some(last) => last.lines.push(line),
                None => customers.push(CustomerLines { customer, reference: row.get("reference")?, lines: vec![line] }),
            }
        }
        Ok(customers)
    }

    /// All usage of these lines in a month, in the order in which it was rated; lines outside the scope, or whose
    /// usage is not for its eyes, are left out.
    pub async fn usage_as_it_came(&self, month: UsageMonth, lines: &[LineId]) -> Result<Vec<KeptUsage>, StoreError> {
        let mut usages = Vec::new();
        for chunk in lines.chunks(LINES_AT_ONCE) {
            let (asked, values) = self.beginning_with(chunk, self.scope.on_usage(1));
            let sql = format!(
                "{asked} SELECT {COLUMNS}, u.arrival FROM asked CROSS JOIN {} u WHERE u.line_id = asked.id AND u.month = {}",
                usage_table(month.month()),
                month.month().number()
            );
            for row in self.store.rows("load usage to rate again", &sql, values).await? {
                let arrival: i64 = row.get("arrival")?;
                usages.push((arrival, read_usage(&row)?));
            }
        }
        usages.sort_by_key(|(arrival, usage)| (*arrival, usage.started, usage.line, usage.key));
        Ok(usages.into_iter().map(|(_, usage)| usage).collect())
    }
}

impl Store {
    /// Writes what rating again changes, in one transaction under the operator's lease.
    ///
    /// # Errors
    /// When the database fails or the lease was lost; nothing has changed then.
    pub async fn keep_rated_again(&self, again: &RatedAgain) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.hold_import_lease(again.operator, again.lease).await?;
        write_rows(&transaction, again).await?;
        for month in &again.line_months {
            write_line_month(&transaction, month).await?;
        }
        for (pack, state) in &again.pack_months {
            write_pack_month(&transaction, (*pack, again.month), state).await?;
        }
        for (spend, state) in &again.spend_months {
            shared_spend::write_state(&transaction, (*spend, again.month), state).await?;
        }
        for (day, amount) in &again.days {
            let sql = "UPDATE customer_day SET out_of_bundle = out_of_bundle + $3 WHERE customer_id = $1 AND day = $2";
            let values = vec![again.customer.0.into(), (*day).into(), (*amount).into()];
            transaction.execute("write a customer's day", sql, values).await?;
        }
        write_events(&transaction, again).await?;
        transaction.commit().await
    }

    /// Notes what rating a closed month again would have changed, by line, for a later bill.
    ///
    /// # Errors
    /// When the database fails or the lease was lost; nothing is noted then.
    pub async fn note_corrections(&self, noted: &Corrections) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.hold_import_lease(noted.operator, noted.lease).await?;
        for (line, amount) in &noted.amounts {
            let sql =
                "INSERT INTO usage_correction (line_id, month, bill_month, amount, reason, made) VALUES ($1, $2, $3, $4, $5, $6)";
            let values = vec![
                line.0.into(),
                noted.month.into(),
                noted.bill_month.into(),
                (*amount).into(),
                noted.reason.as_str().into(),
                noted.now.into(),
            ];
            transaction.execute("note a correction", sql, values).await?;
        }
        transaction.commit().await
    }

    /// By how much a month was corrected so far, by line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn corrections_to(&self, operator: OperatorId, month: Month) -> Result<HashMap<LineId, Money>, StoreError> {
        let sql = "SELECT k.line_id, CAST(SUM(k.amount) AS BIGINT) AS amount FROM usage_correction k JOIN line l ON l.id = k.line_id \
                   WHERE l.operator_id = $1 AND k.month = $2 GROUP BY k.line_id";
        let rows = self.rows("add up corrections", sql, vec![operator.0.into(), month.into()]).await?;
        rows.iter().map(|row| Ok((LineId(row.get("line_id")?), row.money("amount")?))).collect()
    }

    /// Holds the lease of an operator's counters for longer.
    ///
    /// # Errors
    /// When the database fails or the lease was lost.
    pub async fn hold_import_lease(&self, operator: OperatorId, lease: (i64, Timestamp)) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        transaction.hold_import_lease(operator, lease).await?;
        transaction.commit().await
    }
}

impl Transaction {
    /// Holds the lease of an operator's counters for longer: what this transaction writes is kept only while it is held.
    ///
    /// # Errors
    /// When the database fails or the lease was lost.
    pub async fn hold_import_lease(&self, operator: OperatorId, lease: (i64, Timestamp)) -> Result<(), StoreError> {
        self.hold_lease(&lease_name(operator), lease).await
    }
}

async fn write_rows(transaction: &Transaction, again: &RatedAgain) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE {} SET price = $5, charged = $6, parts = $7 WHERE line_id = $1 AND month = $2 AND started = $3 AND record_key = $4",
        usage_table(again.month)
    );
    for row in &again.rows {
        let charged = row.parts.iter().any(Part::is_out_of_bundle);
        let values: Vec<Value> = vec![
            row.line.0.into(),
            again.month.into(),
            row.started.into(),
            row.key.0.into(),
            row.price.into(),
            i16::from(charged).into(),
            rating::write_parts(&row.parts).into(),
        ];
        transaction.execute("rewrite a record", &sql, values).await?;
    }
    Ok(())
}

async fn write_pack_month(
    transaction: &Transaction,
    (pack, month): (PackId, Month),
    state: &PackState,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO pack_month (pack_id, month, used, told, charged, charged_told) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (pack_id, month) DO UPDATE SET used = excluded.used, told = excluded.told, charged = excluded.charged, \
               charged_told = excluded.charged_told";
    let values: Vec<Value> = vec![
        pack.0.into(),
        month.into(),
        state.used.into(),
        i32::from(state.told).into(),
        state.charged.into(),
        state.charged_told.into(),
    ];
    transaction.execute("write a pack's counter", sql, values).await.map(|_| ())
}

async fn write_line_month(transaction: &Transaction, month: &LineMonth) -> Result<(), StoreError> {
    let totals = &month.totals;
    let sql = "UPDATE line_month SET data_bytes = $3, data_included = $4, data_drawn = $5, voice_s = $6, special_s = $7, sms = $8, \
               mms = $9, out_of_bundle = $10, records = $11, latest = $12, data_hold = $13, state = $14 \
               WHERE line_id = $1 AND month = $2";
    let values: Vec<Value> = vec![
        month.line.0.into(),
        month.month.into(),
        totals.data_bytes.into(),
        month.data_included.into(),
        month.data_drawn.into(),
        totals.voice_s.into(),
        totals.special_s.into(),
        totals.sms.into(),
        totals.mms.into(),
        totals.out_of_bundle.into(),
        totals.records.into(),
        totals.latest.into(),
        hold_number(month.data_hold).into(),
        month.state.as_str().into(),
    ];
    transaction.execute("rewrite a line's counters", sql, values).await.map(|_| ())
}

/// The events of the month are those of now. Nobody is told again what was told before.
async fn write_events(transaction: &Transaction, again: &RatedAgain) -> Result<(), StoreError> {
    let mut told: HashSet<(LineId, String)> = HashSet::new();
    for line in &again.lines {
        let of_line = || vec![line.0.into(), again.month.into()];
        let sql = "SELECT event FROM line_event WHERE line_id = $1 AND month = $2";
        for row in transaction.rows("read a line's events", sql, of_line()).await? {
            told.insert((*line, row.get("event")?));
        }
        let sql = "DELETE FROM line_event WHERE line_id = $1 AND month = $2";
        transaction.execute("forget a line's events", sql, of_line()).await?;
    }
    for event in &again.events {
        let sql = "INSERT INTO line_event (line_id, month, at, record_key, sequence, event) VALUES ($1, $2, $3, $4, $5, $6)";
        let values: Vec<Value> = vec![
            event.line.0.into(),
            event.month.into(),
            event.at.into(),
            event.key.0.into(),
            event.sequence.into(),
            event.event.as_str().into(),
        ];
        transaction.execute("write an event", sql, values).await?;
        if event.to_tell && !told.contains(&(event.line, event.event.clone())) {
            let sql = "INSERT INTO outbox (operator_id, line_id, created, message) VALUES ($1, $2, $3, $4)";
            let values = vec![again.operator.0.into(), event.line.0.into(), again.now.into(), event.event.as_str().into()];
            transaction.execute("tell of an event", sql, values).await?;
        }
    }
    Ok(())
}

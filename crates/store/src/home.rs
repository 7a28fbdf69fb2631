//! What the first page shows of many lines: which need attention, what each day used, when usage was last taken in.

use crate::{
    Scoped, StoreError,
    lines::{COLUMNS, LineRow, line_row},
};
use vocabulary::{Money, Month, Timestamp};

/// What the lines of a scope used on a day.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    /// The day as a number such as 20261121.
    pub day: i32,
    /// Bytes of data.
    pub data_bytes: i64,
    /// What was charged beyond what is included.
    pub out_of_bundle: Money,
}

/// Lines that need attention.
#[derive(Clone, Debug)]
pub struct Attention {
    /// The most urgent.
    pub most_urgent: Vec<LineRow>,
    /// How many there are in all.
    pub total: i64,
}

/// Data that is stopped, then slowed, then used up; then what was charged; then what is nearly used up (80 %).
const USED_UP: &str = "(m.data_included > 0 AND m.data_drawn >= m.data_included)";
const NEARLY: &str = "(m.data_included > 0 AND m.data_drawn * 5 >= m.data_included * 4)";

impl Scoped {
    /// The lines that need attention in a month, most urgent first.
    pub async fn attention(&self, month: Month, limit: u32) -> Result<Attention, StoreError> {
        let (condition, value) = self.scope.on_usage(1);
        let urgency = format!(
            "CASE m.data_hold WHEN 2 THEN 0 WHEN 1 THEN 1 ELSE CASE WHEN {USED_UP} THEN 2 \
                               WHEN m.out_of_bundle > 0 THEN 3 WHEN {NEARLY} THEN 4 ELSE 5 END END"
        );
        let sql = format!(
            "WITH urgent AS (SELECT l.id AS id, {urgency} AS urgency, m.out_of_bundle AS amount \
             FROM line l JOIN line_month m ON m.line_id = l.id AND m.month = $2 WHERE {condition} AND l.state <> 'ended'), \
             counted AS (SELECT id, urgency, amount, COUNT(*) OVER () AS total FROM urgent WHERE urgency < 5 \
             ORDER BY urgency, amount DESC, id LIMIT {limit}) \
             SELECT counted.total, {COLUMNS} FROM counted JOIN line l ON l.id = counted.id JOIN customer c ON c.id = l.customer_id \
             JOIN line_month m ON m.line_id = l.id AND m.month = $2 ORDER BY counted.urgency, counted.amount DESC, l.id"
        );
        let rows = self.store.rows("list lines that need attention", &sql, vec![value, month.into()]).await?;
        let total = rows.first().map_or(Ok(0), |row| row.get("total"))?;
        Ok(Attention { most_urgent: rows.iter().map(line_row).collect::<Result<_, _>>()?, total })
    }

    /// What each day of these months used, where anything was; days as they are numbered in the table.
    pub async fn days(&self, first: Month, last: Month) -> Result<Vec<Day>, StoreError> {
        let (condition, value) = self.scope.on_customers();
        let sql = format!(
            "SELECT d.day, CAST(SUM(d.data_bytes) AS BIGINT) AS data_bytes, CAST(SUM(d.out_of_bundle) AS BIGINT) AS out_of_bundle \
             FROM customer_day d JOIN customer c ON c.id = d.customer_id WHERE {condition} AND d.day BETWEEN $2 AND $3 \
             GROUP BY d.day ORDER BY d.day"
        );
        let values = vec![value, (first.number() * 100).into(), (last.number() * 100 + 99).into()];
        let rows = self.store.rows("sum days", &sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(Day { day: row.get("day")?, data_bytes: row.get("data_bytes")?, out_of_bundle: row.money("out_of_bundle")? })
            })
            .collect()
    }

    /// When a usage file of the operator was last taken in whole.
    pub async fn last_import(&self) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MAX(finished) AS finished FROM usage_file WHERE operator_id = $1 AND state = 'done'";
        let row = self.store.row("find the last usage file", sql, vec![self.scope.operator.0.into()]).await?;
        let finished: Option<i64> = row.map_or(Ok(None), |row| row.get("finished"))?;
        Ok(finished.map(Timestamp::from_micros))
    }
}

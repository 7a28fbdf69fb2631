//! The counters of a line in a month, and what happened to it in that month.

use crate::{Scoped, StoreError, line::MOST_MONTHS, query::Row};
use rating::{Event, MonthState};
use vocabulary::{LineId, Month, Timestamp};

/// The most events of a line's month that are shown.
const MOST_EVENTS: u32 = 200;

/// A month that is known to have usage, and so to have a table of it: the key to the queries of usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsageMonth(Month);

impl UsageMonth {
    /// Which month.
    pub const fn month(self) -> Month {
        self.0
    }
}

/// A month in which a line has usage, with its counters.
#[derive(Clone, Debug)]
pub struct KeptMonth {
    /// Which.
    pub month: UsageMonth,
    counters: String,
}

impl KeptMonth {
    /// The columns `month` and `counters` of a line that may have none.
    pub(crate) fn read(row: &Row) -> Result<Option<Self>, StoreError> {
        let month: Option<i32> = row.get("month")?;
        month.map(|month| Ok(Self { month: read_month(month)?, counters: row.get("counters")? })).transpose()
    }

    /// All that rating remembers of it.
    pub fn state(&self) -> Result<MonthState, StoreError> {
        read_state(&self.counters)
    }
}

/// Something that happened to a line.
#[derive(Clone, Debug)]
pub struct KeptEvent {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

impl Scoped {
    /// The months in which a line, or any line of the scope, has usage, latest first.
    pub async fn usage_months(&self, line: Option<LineId>) -> Result<Vec<UsageMonth>, StoreError> {
        let (within, scope) = self.scope.on_usage(1);
        let mut values = vec![scope];
        let of_line = line.map_or("", |line| {
            values.push(line.0.into());
            " AND l.id = $2"
        });
        let sql = format!(
            "SELECT DISTINCT m.month FROM line l JOIN line_month m ON m.line_id = l.id WHERE {within}{of_line} \
             ORDER BY m.month DESC LIMIT {MOST_MONTHS}"
        );
        let rows = self.store.rows("list months of usage", &sql, values).await?;
        rows.iter().map(|row| read_month(row.get("month")?)).collect()
    }

    /// When the last record of the scope's lines in a month began.
    pub async fn latest_usage(&self, month: UsageMonth) -> Result<Option<Timestamp>, StoreError> {
        let (within, scope) = self.scope.on_usage(1);
        let sql = format!(
            "SELECT MAX(m.latest) AS latest FROM line l JOIN line_month m ON m.line_id = l.id AND m.month = $2 WHERE {within}"
        );
        let row = self.store.row("find the latest usage", &sql, vec![scope, month.0.into()]).await?;
        let latest: Option<i64> = row.map_or(Ok(None), |row| row.get("latest"))?;
        Ok(latest.map(Timestamp::from_micros))
    }

    /// What happened to a line in a month, earliest first.
    pub async fn line_events(&self, line: LineId, month: Month) -> Result<Vec<KeptEvent>, StoreError> {
        let (within, scope) = self.scope.on_usage(3);
        let sql = format!(
            "SELECT e.at, e.event FROM line_event e JOIN line l ON l.id = e.line_id WHERE e.line_id = $1 AND e.month = $2 AND {within} \
             ORDER BY e.at, e.record_key, e.sequence LIMIT {MOST_EVENTS}"
        );
        let values = vec![line.0.into(), month.into(), scope];
        let rows = self.store.rows("list a line's events", &sql, values).await?;
        let read = |row: &Row| {
            let text: String = row.get("event")?;
            let event =
                serde_json::from_str(&text).map_err(|_| StoreError::Corrupt { column: "line_event.event", value: text })?;
            Ok(KeptEvent { at: row.instant("at")?, event })
        };
        rows.iter().map(read).collect()
    }
}

pub(crate) fn read_month(number: i32) -> Result<UsageMonth, StoreError> {
    Month::from_number(number)
        .map(UsageMonth)
        .map_err(|_| StoreError::Corrupt { column: "line_month.month", value: number.to_string() })
}

/// The counters as they are kept.
pub(crate) fn read_state(text: &str) -> Result<MonthState, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt { column: "line_month.state", value: text.to_owned() })
}

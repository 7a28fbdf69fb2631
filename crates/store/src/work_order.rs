//! Work orders as the operator's staff lists them. What becomes of one is saved with its line's life.

use crate::{Reach, Row, Scoped, StoreError, Value, line::read_party};
use lines::{Action, WorkState};
use vocabulary::{LineId, Party, Timestamp, WorkOrderId};

/// A work order, with whose it is.
#[derive(Clone, Debug)]
pub struct KeptWork {
    /// Itself.
    pub id: WorkOrderId,
    /// For this line, by its number.
    pub line: (LineId, Party),
    /// Of this customer.
    pub customer: String,
    /// Which network, by its id in the catalogue.
    pub network: String,
    /// What it has to do.
    pub action: Action,
    /// How far it is.
    pub state: WorkState,
    /// When it was begun.
    pub begun: Timestamp,
    /// When it changed last.
    pub changed: Timestamp,
}

/// Which work orders are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkAsked {
    /// Those at which somebody has to look.
    Stuck,
    /// Those that a network is still to do.
    Open,
    /// Those that are over.
    Over,
    /// Those of a line.
    OfLine(LineId),
}

impl Scoped {
    /// Work orders, the latest first, from a place on and at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn work_orders(&self, asked: WorkAsked, (skip, most): (u64, u32)) -> Result<Vec<KeptWork>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let mut values: Vec<Value> = vec![scope, i64::try_from(skip).unwrap_or(i64::MAX).into()];
        let condition = match asked {
            WorkAsked::Stuck => "w.state = 'unanswered'",
            WorkAsked::Open => "w.state IN ('waiting', 'ready', 'sent', 'accepted', 'withdrawing')",
            WorkAsked::Over => "w.state IN ('done', 'refused', 'cancelled')",
            WorkAsked::OfLine(line) => {
                values.push(line.0.into());
                "w.line_id = $3"
            }
        };
        let sql = format!(
            "SELECT w.id, w.line_id, l.number, c.name AS customer, w.network, w.action, w.progress, w.begun, w.changed \
             FROM work_order w JOIN line l ON l.id = w.line_id JOIN customer c ON c.id = l.customer_id \
             WHERE {within} AND {condition} ORDER BY w.id DESC LIMIT {most} OFFSET $2"
        );
        self.store.rows("list work orders", &sql, values).await?.iter().map(read).collect()
    }

    /// How many work orders wait for somebody to look; `None` unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stuck_work(&self) -> Result<Option<i64>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let sql = "SELECT COUNT(*) AS stuck FROM work_order WHERE operator_id = $1 AND state = 'unanswered'";
        let row = self.store.row("count work orders", sql, vec![self.scope.operator.0.into()]).await?;
        row.map(|row| row.get("stuck")).transpose()
    }

    /// Is a work order one of a line that is in reach?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sees_work(&self, id: WorkOrderId) -> Result<bool, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!("SELECT w.id FROM work_order w JOIN line l ON l.id = w.line_id WHERE {within} AND w.id = $2");
        Ok(self.store.row("find a work order", &sql, vec![scope, id.0.into()]).await?.is_some())
    }
}

fn read(row: &Row) -> Result<KeptWork, StoreError> {
    let (number, action, progress): (String, String, String) = (row.get("number")?, row.get("action")?, row.get("progress")?);
    Ok(KeptWork {
        id: WorkOrderId(row.get("id")?),
        line: (LineId(row.get("line_id")?), read_party(&number)),
        customer: row.get("customer")?,
        network: row.get("network")?,
        action: crate::life::text_json("work_order.action", &action)?,
        state: crate::life::text_json("work_order.progress", &progress)?,
        begun: row.instant("begun")?,
        changed: row.instant("changed")?,
    })
}

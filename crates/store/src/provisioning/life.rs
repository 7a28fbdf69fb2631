//! Where a line that is written is in its life, as if it had been ordered here.

use super::NewLine;
use crate::{StoreError, Value, store::Transaction};
use lines::{EndCause, LineState};
use vocabulary::{CustomerId, LineId, OperatorId, OrderId, ResellerId, Timestamp};

/// A line that is on its way begins so long after it was bought, in days.
const DAYS_ON_THE_WAY: i64 = 30;
const DAY_S: i64 = 86_400;

/// The state of a line, in an order that is written with it.
pub(super) fn state(line: &NewLine) -> LineState {
    progress(line, OrderId(0))
}

fn progress(line: &NewLine, order: OrderId) -> LineState {
    let since = line.started.unwrap_or(line.bought);
    match line.state.as_str() {
        "activating" => LineState::Ordered { order, begins: Some(begins(line)) },
        "active" => LineState::Active { since },
        "suspended" => LineState::Suspended { since },
        _ => LineState::Ended { at: line.ended.unwrap_or(line.bought), cause: EndCause::Asked },
    }
}

fn begins(line: &NewLine) -> Timestamp {
    line.bought.plus_seconds(DAYS_ON_THE_WAY * DAY_S)
}

/// Writes it, with its order where it is on its way.
pub(super) async fn write(
    transaction: &Transaction,
    (operator, reseller, customer): (OperatorId, Option<ResellerId>, CustomerId),
    id: LineId,
    line: &NewLine,
) -> Result<(), StoreError> {
    let order = if line.state == "activating" {
        let order = transaction.reserve_ids(1).await?;
        let token = format!("line-{id}");
        let values: Vec<Value> = vec![
            order.into(),
            operator.0.into(),
            reseller.map(|id| id.0).into(),
            customer.0.into(),
            token.into(),
            line.bought.into(),
        ];
        let sql = "INSERT INTO customer_order (id, operator_id, reseller_id, customer_id, token, placed, placed_by, lines, monthly, once) \
                   VALUES ($1, $2, $3, $4, $5, $6, '', 1, 0, 0)";
        transaction.execute("write a line's order", sql, values).await?;
        Some(order)
    } else {
        None
    };
    let state = progress(line, OrderId(order.unwrap_or(0)));
    let text = serde_json::to_string(&state).expect("ids and words are plain data");
    let due = order.map(|_| begins(line).micros());
    let sql = "UPDATE line SET progress = $2, order_id = $3, due = $4, \
               sim_id = (SELECT s.id FROM sim s WHERE s.line_id = line.id AND s.iccid = line.iccid) WHERE id = $1";
    transaction.execute("write where a line is", sql, vec![id.0.into(), text.into(), order.into(), due.into()]).await.map(drop)
}

//! What a line has of the inventory from its beginning: its SIM and its number. Who gives SIMs to whom is `sim`'s.

use crate::{StoreError, Transaction, Value};
use vocabulary::{CustomerId, LineId, OperatorId, ResellerId, Timestamp};

/// A line and whose it is.
pub(crate) struct OfLine {
    pub(crate) operator: OperatorId,
    pub(crate) reseller: Option<ResellerId>,
    pub(crate) customer: CustomerId,
    pub(crate) line: LineId,
}

impl OfLine {
    fn values(&self, name: &str) -> Vec<Value> {
        let (reseller, customer) = (self.reseller.map(|id| id.0), self.customer.0);
        vec![self.operator.0.into(), name.into(), reseller.into(), customer.into(), self.line.0.into()]
    }
}

/// What a line's state makes of what it has.
fn state_by(line_state: &str, over: &'static str) -> &'static str {
    match line_state {
        "ended" => over,
        "activating" => "reserved",
        _ => "in_use",
    }
}

impl Transaction {
    /// Puts a line's SIM into the inventory; `ended` of a line that is over. How it asks for its PIN nobody said: as most cards do.
    ///
    /// # Errors
    /// When another line has it, or the database fails.
    pub(crate) async fn put_sim_in(
        &self,
        of: &OfLine,
        (iccid, network): (&str, &str),
        (state, ended): (&str, Option<Timestamp>),
    ) -> Result<(), StoreError> {
        let mut values = of.values(iccid);
        values.extend([network.into(), state_by(state, "ended").into(), ended.map(Timestamp::micros).into()]);
        let sql = "INSERT INTO sim (operator_id, iccid, reseller_id, customer_id, line_id, network, kind, state, ended) \
                   VALUES ($1, $2, $3, $4, $5, $6, 'card_with_pin', $7, $8)";
        self.execute("put a line's SIM into the inventory", sql, values).await.map(drop)
    }

    /// Puts a line's number into the inventory; `ended` of a line that is over, whose number is not used again (MOB-62).
    ///
    /// # Errors
    /// When another line has it, or the database fails.
    pub(crate) async fn put_number_in(
        &self,
        of: &OfLine,
        number: &str,
        (state, ended): (&str, Option<Timestamp>),
    ) -> Result<(), StoreError> {
        let mut values = of.values(number);
        values.extend([state_by(state, "gone").into(), ended.map(Timestamp::micros).into()]);
        let sql = "INSERT INTO inventory_number (operator_id, number, reseller_id, customer_id, line_id, state, ended, network, kind) \
                   SELECT $1, $2, $3, $4, $5, $6, $7, l.network, l.service FROM line l WHERE l.id = $5";
        self.execute("put a line's number into the inventory", sql, values).await.map(drop)
    }
}

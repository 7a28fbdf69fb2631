//! Numbers that come into the inventory, and those that are given and taken back. Who has them while a line lives is saved with its life.

use crate::{StoreError, Transaction};
use vocabulary::{CustomerId, E164, NumberId, OperatorId, ResellerId};

/// Numbers that come in.
#[derive(Clone, Debug)]
pub struct NewNumbers<'a> {
    /// Whose.
    pub operator: OperatorId,
    /// For whose stock; `None` for the operator's own.
    pub reseller: Option<ResellerId>,
    /// For which network, by its id in the catalogue; `None` for any.
    pub network: Option<&'a str>,
    /// For which service, by the catalogue's word; `None` for any.
    pub kind: Option<&'a str>,
    /// Which.
    pub numbers: &'a [E164],
}

/// Who has a free number after it was given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberMove {
    /// The number.
    pub id: NumberId,
    /// What it was when that was decided.
    pub version: i64,
    /// In whose stock it is then.
    pub reseller: Option<ResellerId>,
    /// To whom it is given then.
    pub customer: Option<CustomerId>,
}

impl Transaction {
    /// Takes free numbers into an operator's inventory; how many were not there yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_numbers_in(&self, new: &NewNumbers<'_>) -> Result<u64, StoreError> {
        let row = |number: &E164| {
            serde_json::json!({
                "operator": new.operator, "reseller": new.reseller, "number": number, "network": new.network, "kind": new.kind,
            })
        };
        let sql = "INSERT INTO inventory_number (operator_id, number, state, reseller_id, network, kind) \
                   SELECT {#operator}, {number}, 'free', {#reseller}, {network}, {kind} FROM {rows} WHERE true ON CONFLICT DO NOTHING";
        self.write(("take numbers in", sql), &new.numbers.iter().map(row).collect::<Vec<_>>()).await
    }

    /// Notes who has free numbers; how many were still what they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_numbers(&self, moves: &[NumberMove]) -> Result<u64, StoreError> {
        let row = |one: &NumberMove| serde_json::json!({ "id": one.id, "version": one.version, "reseller": one.reseller, "customer": one.customer });
        let sql = "UPDATE inventory_number SET reseller_id = n.reseller, customer_id = n.customer, given_to = n.customer, \
                   version = inventory_number.version + 1 \
                   FROM (SELECT {#id} AS id, {#version} AS version, {#reseller} AS reseller, {#customer} AS customer FROM {rows}) AS n \
                   WHERE inventory_number.id = n.id AND inventory_number.version = n.version AND inventory_number.state = 'free'";
        self.write(("move numbers", sql), &moves.iter().map(row).collect::<Vec<_>>()).await
    }
}

//! Telephone numbers of the inventory: those that an order may take, and those whose rest is over. What a line has is saved with its life; how
//! they are listed and given is `list`'s and `moves`'.

mod list;
mod moves;

pub use list::{HeldNumber, NumberPlace, NumberQuery, NumberStanding};
pub use moves::{NewNumbers, NumberMove};

use crate::{KeptNumber, Reach, Scoped, Store, StoreError, Value, life::number_state, line_terms::list};
use lines::{Number, NumberState};
use vocabulary::{CustomerId, E164, OperatorId, ResellerId, Timestamp};

/// The stock of no reseller.
const OWN_STOCK: i64 = 0;

/// A number that nobody has: the customer's own, or the operator's, or of the stock of the customer's reseller.
const FOR_CUSTOMER: &str = "i.state = 'free' AND (i.customer_id IS NULL OR i.customer_id = $3) AND (i.reseller_id IS NULL OR \
    i.reseller_id = (SELECT c.reseller_id FROM customer c WHERE c.id = $3))";

/// The numbers that a line may have.
#[derive(Clone, Copy, Debug)]
pub struct NumbersFor<'a> {
    /// The network of the line, by its id in the catalogue.
    pub network: &'a str,
    /// Its service, by the catalogue's word.
    pub kind: &'a str,
    /// How many digits they have, calling code included.
    pub digits: usize,
}

/// A number that may be taken, and the network and the service for which it is; `None` for any.
pub type NumberFor = (E164, Option<String>, Option<String>);

impl Scoped {
    /// Free numbers that an order for a customer may take: first those that were given to it, each by number. As they are here they are free for
    /// it: who gives one to somebody else makes it another version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn free_numbers(
        &self,
        customer: CustomerId,
        wanted: NumbersFor<'_>,
        most: usize,
    ) -> Result<Vec<KeptNumber>, StoreError> {
        let sql = "SELECT c.reseller_id FROM customer c WHERE c.id = $1 AND c.operator_id = $2";
        let values = vec![customer.0.into(), self.scope.operator.0.into()];
        let Some(row) = self.store.row("find a customer's stock of numbers", sql, values).await? else { return Ok(Vec::new()) };
        let stock = row.get::<Option<i64>>("reseller_id")?.unwrap_or(OWN_STOCK);
        let length = i64::try_from(wanted.digits + 1).unwrap_or(i64::MAX);
        let given = format!(
            "SELECT i.number, i.version FROM inventory_number i WHERE i.customer_id = $2 AND i.state = 'free' AND LENGTH(i.number) = $1 \
             AND COALESCE(i.reseller_id, $3) = $3 AND COALESCE(i.network, $4) = $4 AND COALESCE(i.kind, $5) = $5 \
             ORDER BY i.number LIMIT {most}"
        );
        let values: Vec<Value> = vec![length.into(), customer.0.into(), stock.into(), wanted.network.into(), wanted.kind.into()];
        let mut rows = self.store.rows("find free numbers that were given", &given, values).await?;
        // Each in the order of the index, so that no more is read than is asked for.
        let mut parts = Vec::new();
        for network in ["$4", "''"] {
            for kind in ["$5", "''"] {
                for stock in if stock == OWN_STOCK { ["$3"].as_slice() } else { &["$3", "0"] } {
                    parts.push(format!(
                        "SELECT i.number, i.version FROM inventory_number i WHERE i.operator_id = $2 AND COALESCE(i.network, '') = {network} \
                         AND COALESCE(i.kind, '') = {kind} AND COALESCE(i.reseller_id, 0) = {stock} AND i.state = 'free' \
                         AND i.customer_id IS NULL AND LENGTH(i.number) = $1"
                    ));
                }
            }
        }
        let stocked = format!("{} ORDER BY number LIMIT {}", parts.join(" UNION ALL "), most.saturating_sub(rows.len()));
        let values: Vec<Value> =
            vec![length.into(), self.scope.operator.0.into(), stock.into(), wanted.network.into(), wanted.kind.into()];
        rows.extend(self.store.rows("find free numbers", &stocked, values).await?);
        let read = |row: &crate::Row| {
            let number = Number { number: read_digits(row)?, state: NumberState::Free };
            Ok(KeptNumber { number, version: row.get("version")? })
        };
        rows.iter().map(read).collect()
    }

    /// What the inventory of the operator knows of these numbers; those that it does not know are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn numbers_known(&self, numbers: &[E164]) -> Result<Vec<KeptNumber>, StoreError> {
        let sql = format!(
            "SELECT i.number, i.state, i.line_id, i.rest_until, i.ended, i.version FROM {} AS wanted CROSS JOIN inventory_number i \
             WHERE i.number = wanted.value AND i.operator_id = $1",
            self.store.listed(2)
        );
        let values = vec![self.scope.operator.0.into(), list(numbers.iter().map(E164::to_string))];
        let read = |row: &crate::Row| {
            let (word, line): (String, Option<i64>) = (row.get("state")?, row.get("line_id")?);
            let times = (row.get("rest_until")?, row.get("ended")?);
            let state = number_state(&word, line.map(vocabulary::LineId), times, None);
            let state = state.ok_or(StoreError::Corrupt { column: "inventory_number.state", value: word })?;
            Ok(KeptNumber { number: Number { number: read_digits(row)?, state }, version: row.get("version")? })
        };
        self.store.rows("load numbers", &sql, values).await?.iter().map(read).collect()
    }

    /// Of these numbers, those that an order for a customer may take, with the network and the service for which they are; `None` for any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn numbers_for(&self, customer: CustomerId, numbers: &[E164]) -> Result<Vec<NumberFor>, StoreError> {
        let sql = format!(
            "SELECT i.number, i.network, i.kind FROM {} AS wanted CROSS JOIN inventory_number i WHERE i.number = wanted.value \
             AND i.operator_id = $1 AND {FOR_CUSTOMER}",
            self.store.listed(2)
        );
        let values = vec![self.scope.operator.0.into(), list(numbers.iter().map(E164::to_string)), customer.0.into()];
        let rows = self.store.rows("find numbers for an order", &sql, values).await?;
        rows.iter().map(|row| Ok((read_digits(row)?, row.get("network")?, row.get("kind")?))).collect()
    }
}

impl Store {
    /// The operators that have numbers whose rest is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators_with_rested(&self, now: Timestamp) -> Result<Vec<OperatorId>, StoreError> {
        let sql = "SELECT DISTINCT operator_id FROM inventory_number WHERE rest_until <= $1";
        let rows = self.rows("find numbers that rested", sql, vec![now.into()]).await?;
        rows.iter().map(|row| Ok(OperatorId(row.get("operator_id")?))).collect()
    }

    /// Ends the rest of an operator's numbers: they are `free`, or `gone`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_rest(&self, operator: OperatorId, word: &'static str, now: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE inventory_number SET state = $3, rest_until = NULL, version = version + 1, \
                   ended = CASE $3 WHEN 'gone' THEN $2 END, line_id = CASE $3 WHEN 'gone' THEN line_id END, \
                   customer_id = CASE $3 WHEN 'gone' THEN customer_id END, given_to = NULL \
                   WHERE operator_id = $1 AND rest_until <= $2";
        transaction.execute("end the rest of numbers", sql, vec![operator.0.into(), now.into(), word.into()]).await?;
        transaction.commit().await
    }
}

impl Reach {
    /// The reseller whose stock somebody gives numbers from; `None` for the operator's.
    pub const fn reseller(self) -> Option<ResellerId> {
        match self {
            Self::Reseller(reseller) => Some(reseller),
            Self::Operator | Self::Customer(_) | Self::Line(_) => None,
        }
    }
}

fn read_digits(row: &crate::Row) -> Result<E164, StoreError> {
    let text: String = row.get("number")?;
    text.parse().map_err(|_| StoreError::Corrupt { column: "inventory_number.number", value: text })
}

//! Telephone numbers of the inventory: those that an order may take, and those whose rest is over. What a line has is saved with its life.

use crate::{KeptNumber, Reach, Scoped, Store, StoreError, Transaction, Value, life::number_state, line_terms::list};
use lines::Number;
use vocabulary::{CustomerId, E164, OperatorId, ResellerId, Timestamp};

/// A number that nobody has: the operator's own, or of the stock of the customer's reseller.
const FOR_CUSTOMER: &str = "i.state = 'free' AND (i.reseller_id IS NULL OR \
    i.reseller_id = (SELECT c.reseller_id FROM customer c WHERE c.id = $3))";

impl Scoped {
    /// Free numbers of so many digits, calling code included, that an order for a customer may take: from one that begins like `from` on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn free_numbers(
        &self,
        customer: CustomerId,
        (digits, from): (usize, &str),
        most: usize,
    ) -> Result<Vec<E164>, StoreError> {
        let sql = format!(
            "SELECT i.number FROM inventory_number i WHERE i.operator_id = $1 AND LENGTH(i.number) = $2 AND {FOR_CUSTOMER} \
             AND i.number >= $4 ORDER BY i.number LIMIT {most}"
        );
        let length = i64::try_from(digits + 1).unwrap_or(i64::MAX);
        let values: Vec<Value> = vec![self.scope.operator.0.into(), length.into(), customer.0.into(), from.into()];
        let rows = self.store.rows("find free numbers", &sql, values).await?;
        rows.iter().map(read_digits).collect()
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

    /// Of these numbers, those that an order for a customer may take.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn numbers_for(&self, customer: CustomerId, numbers: &[E164]) -> Result<Vec<E164>, StoreError> {
        let sql = format!(
            "SELECT i.number FROM {} AS wanted CROSS JOIN inventory_number i WHERE i.number = wanted.value \
             AND i.operator_id = $1 AND {FOR_CUSTOMER}",
            self.store.listed(2)
        );
        let values = vec![self.scope.operator.0.into(), list(numbers.iter().map(E164::to_string)), customer.0.into()];
        self.store.rows("find numbers for an order", &sql, values).await?.iter().map(read_digits).collect()
    }
}

impl Transaction {
    /// Takes free numbers into an operator's inventory, for its own stock or a reseller's; how many were not there yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_numbers_in(
        &self,
        operator: OperatorId,
        reseller: Option<ResellerId>,
        numbers: &[E164],
    ) -> Result<u64, StoreError> {
        let row = |number: &E164| serde_json::json!({ "operator": operator, "reseller": reseller, "number": number });
        let sql = "INSERT INTO inventory_number (operator_id, number, state, reseller_id) \
                   SELECT {#operator}, {number}, 'free', {#reseller} FROM {rows} WHERE true ON CONFLICT DO NOTHING";
        self.write(("take numbers in", sql), &numbers.iter().map(row).collect::<Vec<_>>()).await
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
                   customer_id = CASE $3 WHEN 'gone' THEN customer_id END \
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

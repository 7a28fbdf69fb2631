//! What the pages of comparisons ask besides usage: whom they are of, and whose the lines are that they name (RAT-13).

use crate::{Scoped, StoreError, line::read_party};
use std::collections::HashMap;
use vocabulary::{LineId, Party};

/// A customer as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerName {
    /// By what it is known.
    pub reference: String,
    /// Its name.
    pub name: String,
}

/// How a line is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineName {
    /// Its number or name.
    pub number: Party,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Whose it is.
    pub customer: String,
}

impl Scoped {
    /// The first customers of the scope by name, so many at most.
    pub async fn customers(&self, limit: u32) -> Result<Vec<CustomerName>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT c.reference, c.name FROM customer c WHERE {within} ORDER BY LOWER(c.name), c.reference LIMIT {limit}"
        );
        let rows = self.store.rows("list customers", &sql, vec![scope]).await?;
        rows.iter().map(|row| Ok(CustomerName { reference: row.get("reference")?, name: row.get("name")? })).collect()
    }

    /// The customers of the scope with this reference or name, whatever the case of its letters: two are one too many.
    pub async fn customers_called(&self, text: &str) -> Result<Vec<CustomerName>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT c.reference, c.name FROM customer c WHERE {within} AND (LOWER(c.reference) = $2 OR LOWER(c.name) = $2 OR c.name = $3) \
             ORDER BY c.id LIMIT 2"
        );
        // SQLite makes only the letters without accents small: a name as it is written is found in any case.
        let rows = self.store.rows("find a customer", &sql, vec![scope, text.to_lowercase().into(), text.into()]).await?;
        rows.iter().map(|row| Ok(CustomerName { reference: row.get("reference")?, name: row.get("name")? })).collect()
    }

    /// How these lines are called; one outside the scope is left out. There are not more of them than a page has.
    pub async fn line_names(&self, ids: &[LineId]) -> Result<HashMap<LineId, LineName>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let (asked, values) = self.beginning(ids);
        let sql = format!(
            "{asked} SELECT asked.id, asked.number, asked.user_name, c.name AS customer FROM asked CROSS JOIN customer c \
             WHERE c.id = asked.customer_id"
        );
        let rows = self.store.rows("name lines", &sql, values).await?;
        let read = |row: &crate::Row| {
            let number: String = row.get("number")?;
            let name = LineName { number: read_party(&number), user: row.get("user_name")?, customer: row.get("customer")? };
            Ok((LineId(row.get("id")?), name))
        };
        rows.iter().map(read).collect()
    }
}

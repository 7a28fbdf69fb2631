//! Operators by their id.

use crate::{Store, StoreError};
use vocabulary::OperatorId;

impl Store {
    /// Every operator there is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators(&self) -> Result<Vec<OperatorId>, StoreError> {
        let rows = self.rows("list operators", "SELECT id FROM operator ORDER BY id", Vec::new()).await?;
        rows.iter().map(|row| row.get("id").map(OperatorId)).collect()
    }

    /// The name of an operator's catalogue folder; `None` when there is no such operator.
    pub async fn operator_slug(&self, operator: OperatorId) -> Result<Option<String>, StoreError> {
        let row = self.row("find an operator", "SELECT slug FROM operator WHERE id = $1", vec![operator.0.into()]).await?;
        row.map(|row| row.get("slug")).transpose()
    }
}

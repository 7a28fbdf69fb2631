//! Operators by their id.

use crate::{Store, StoreError};
use vocabulary::OperatorId;

impl Store {
    /// The name of an operator's catalogue folder; `None` when there is no such operator.
    pub async fn operator_slug(&self, operator: OperatorId) -> Result<Option<String>, StoreError> {
        let row = self.row("find an operator", "SELECT slug FROM operator WHERE id = $1", vec![operator.0.into()]).await?;
        row.map(|row| row.get("slug")).transpose()
    }
}

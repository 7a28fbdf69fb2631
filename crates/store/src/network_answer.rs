//! Answers with which host networks called back (PLT-12).

use crate::{Store, StoreError, Transaction, line_terms::list};
use std::collections::HashSet;
use vocabulary::{OperatorId, Timestamp, WorkOrderId};

/// After so many seconds an answer is forgotten: a month.
const REMEMBERED_S: i64 = 30 * 86_400;

/// An answer of a network from which something follows.
#[derive(Clone, Copy, Debug)]
pub struct NewNetworkAnswer<'a> {
    /// Whose network.
    pub operator: OperatorId,
    /// Which, by its id in the catalogue.
    pub network: &'a str,
    /// The network's own name for the answer.
    pub answer: &'a str,
    /// About what.
    pub work: WorkOrderId,
    /// When.
    pub taken: Timestamp,
}

impl Store {
    /// Those of some work orders that are this operator's for this network: about others it has nothing to say.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn works_of(
        &self,
        operator: OperatorId,
        network: &str,
        works: &[WorkOrderId],
    ) -> Result<HashSet<WorkOrderId>, StoreError> {
        let sql = format!(
            "SELECT w.id FROM {} AS wanted CROSS JOIN work_order w \
             WHERE w.id = CAST(wanted.value AS BIGINT) AND w.operator_id = $2 AND w.network = $3",
            self.listed(1)
        );
        let values = vec![list(works.iter().map(|id| id.0)), operator.0.into(), network.into()];
        let rows = self.rows("find the work orders of a network", &sql, values).await?;
        rows.iter().map(|row| Ok(WorkOrderId(row.get("id")?))).collect()
    }
}

impl Transaction {
    /// Notes an answer; `false` where it was noted before: the transaction has to be dropped then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_network_answer(&self, answer: &NewNetworkAnswer<'_>) -> Result<bool, StoreError> {
        let forgotten = answer.taken.plus_seconds(-REMEMBERED_S);
        self.execute("forget old answers", "DELETE FROM network_answer WHERE taken < $1", vec![forgotten.into()]).await?;
        let sql = "INSERT INTO network_answer (operator_id, network, answer, work_order_id, taken) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (operator_id, network, answer) DO NOTHING";
        let values = vec![
            answer.operator.0.into(),
            answer.network.into(),
            answer.answer.into(),
            answer.work.0.into(),
            answer.taken.into(),
        ];
        Ok(self.execute("note an answer of a network", sql, values).await? == 1)
    }
}

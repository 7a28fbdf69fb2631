//! Answers with which host networks called back (PLT-12).

use crate::{Store, StoreError, Transaction};
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
    /// Is a work order one of this operator's for this network?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_work_of(&self, operator: OperatorId, network: &str, work: WorkOrderId) -> Result<bool, StoreError> {
        let sql = "SELECT id FROM work_order WHERE id = $1 AND operator_id = $2 AND network = $3";
        let values = vec![work.0.into(), operator.0.into(), network.into()];
        Ok(self.row("find a work order of a network", sql, values).await?.is_some())
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

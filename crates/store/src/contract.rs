//! What a contract's page says beside what a line has now: its beginning, what was paid once for it, and its SIM.

use crate::{Row, Scoped, StoreError};
use vocabulary::{LineId, Timestamp};

/// What is known of a line's contract.
#[derive(Clone, Debug)]
pub struct ContractFacts {
    /// The service, by the catalogue's word.
    pub service: String,
    /// The network, by its id.
    pub network: String,
    /// When it was ordered, of a line that was ordered here.
    pub ordered: Option<Timestamp>,
    /// The offer with which it began, and when that was bought.
    pub first_offer: (String, Timestamp),
    /// Recharges that were bought, by id, the latest first.
    pub recharges: Vec<(String, Timestamp)>,
    /// SIM swaps that its network carried out: the word of the work, and when it was done, the latest first.
    pub swaps: Vec<(String, Timestamp)>,
}

/// So much of each is told.
const MOST_TOLD: usize = 50;

impl Scoped {
    /// The contract of a line; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contract(&self, line: LineId) -> Result<Option<ContractFacts>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT l.service, l.network, o.placed, COALESCE((SELECT p.offer FROM line_past_plan p WHERE p.line_id = l.id \
             ORDER BY p.until LIMIT 1), l.offer) AS offer, COALESCE((SELECT p.bought FROM line_past_plan p WHERE p.line_id = l.id \
             ORDER BY p.until LIMIT 1), l.bought) AS bought \
             FROM line l LEFT JOIN customer_order o ON o.id = l.order_id WHERE {within} AND l.id = $2"
        );
        let Some(row) = self.store.row("load a contract", &sql, vec![scope, line.0.into()]).await? else { return Ok(None) };
        // The line is within the scope: what is its own is, too.
        let recharges = format!(
            "SELECT recharge AS word, at FROM line_recharge WHERE line_id = $1 ORDER BY at DESC, id DESC LIMIT {MOST_TOLD}"
        );
        let swaps = format!(
            "SELECT work AS word, changed AS at FROM work_order WHERE line_id = $1 AND state = 'done' \
             AND work IN ('sim-swap', 'esim-swap') ORDER BY id DESC LIMIT {MOST_TOLD}"
        );
        let dated = |row: &Row| Ok((row.get("word")?, row.instant("at")?));
        let recharges = self.store.rows("list the recharges of a line", &recharges, vec![line.0.into()]).await?;
        let swaps = self.store.rows("list the SIM swaps of a line", &swaps, vec![line.0.into()]).await?;
        Ok(Some(ContractFacts {
            service: row.get("service")?,
            network: row.get("network")?,
            ordered: row.get::<Option<i64>>("placed")?.map(Timestamp::from_micros),
            first_offer: (row.get("offer")?, row.instant("bought")?),
            recharges: recharges.iter().map(dated).collect::<Result<_, StoreError>>()?,
            swaps: swaps.iter().map(dated).collect::<Result<_, StoreError>>()?,
        }))
    }
}

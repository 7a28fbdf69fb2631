//! Batches of SIMs: a maker's file, whole or not at all.

use crate::{Reach, Row, Scoped, SealedCodes, StoreError, Transaction, Value, Window};
use vocabulary::{OperatorId, SimBatchId, SimId, Timestamp};

/// The most rows of a page, whatever is asked for.
const MOST_ROWS: u32 = 100;

/// A batch that is to be taken in.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch<'t> {
    /// Whose.
    pub operator: OperatorId,
    /// The hash of the file's bytes.
    pub digest: &'t str,
    /// The file's name.
    pub name: &'t str,
    /// The network that the cards were made for.
    pub network: &'t str,
    /// `card_with_pin`, `card_without_pin`, `esim`.
    pub kind: &'t str,
    /// How many.
    pub cards: i64,
    /// When.
    pub at: Timestamp,
}

/// A batch that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBatch {
    /// Itself.
    pub id: SimBatchId,
    /// The file's name.
    pub name: String,
    /// The network that its cards were made for.
    pub network: String,
    /// `card_with_pin`, `card_without_pin`, `esim`.
    pub kind: String,
    /// How many cards it had.
    pub cards: i64,
    /// How many of them nobody has yet.
    pub free: i64,
    /// When.
    pub taken: Timestamp,
}

/// A SIM of a batch.
#[derive(Clone, Copy, Debug)]
pub struct NewSim<'t> {
    /// Its serial number.
    pub iccid: &'t str,
    /// What the network knows it by.
    pub imsi: &'t str,
}

/// What became of a SIM of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddedSim {
    /// It is in the inventory.
    Added(SimId),
    /// Its ICCID was there before.
    KnownIccid(SimId),
    /// Another has its IMSI.
    KnownImsi,
}

impl Transaction {
    /// Notes a batch; `None` when the same bytes were taken in before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_batch(&self, new: &NewBatch<'_>) -> Result<Option<SimBatchId>, StoreError> {
        let values: Vec<Value> = vec![
            new.operator.0.into(),
            new.digest.into(),
            new.name.into(),
            new.network.into(),
            new.kind.into(),
            new.cards.into(),
            new.at.into(),
        ];
        let sql = "INSERT INTO sim_batch (operator_id, digest, name, network, kind, cards, taken) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                   ON CONFLICT DO NOTHING RETURNING id";
        let rows = self.rows("write a batch of SIMs", sql, values).await?;
        rows.first().map(|row| row.get("id").map(SimBatchId)).transpose()
    }

    /// Puts a SIM of a batch into the inventory, with what unlocks it; one that is there already stays as it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_sim(
        &self,
        (batch, id): (&NewBatch<'_>, SimBatchId),
        sim: NewSim<'_>,
        codes: &SealedCodes,
    ) -> Result<AddedSim, StoreError> {
        let values: Vec<Value> = vec![
            batch.operator.0.into(),
            sim.iccid.into(),
            sim.imsi.into(),
            batch.network.into(),
            batch.kind.into(),
            id.0.into(),
        ];
        let sql = "INSERT INTO sim (operator_id, iccid, imsi, network, kind, batch_id, state) VALUES ($1, $2, $3, $4, $5, $6, 'free') \
                   ON CONFLICT DO NOTHING RETURNING id";
        if let Some(row) = self.rows("write a SIM", sql, values).await?.first() {
            let added = SimId(row.get("id")?);
            self.keep_codes(added, codes).await?;
            return Ok(AddedSim::Added(added));
        }
        let sql = "SELECT id FROM sim WHERE operator_id = $1 AND iccid = $2";
        let rows = self.rows("find a SIM", sql, vec![batch.operator.0.into(), sim.iccid.into()]).await?;
        rows.first().map_or(Ok(AddedSim::KnownImsi), |row| Ok(AddedSim::KnownIccid(SimId(row.get("id")?))))
    }

    /// The SIM of an ICCID.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_called(&self, operator: OperatorId, iccid: &str) -> Result<Option<SimId>, StoreError> {
        let sql = "SELECT id FROM sim WHERE operator_id = $1 AND iccid = $2";
        let rows = self.rows("find a SIM", sql, vec![operator.0.into(), iccid.into()]).await?;
        rows.first().map(|row| row.get("id").map(SimId)).transpose()
    }
}

const COLUMNS: &str = "SELECT b.id, b.name, b.network, b.kind, b.cards, b.taken, \
    (SELECT COUNT(*) FROM sim s WHERE s.batch_id = b.id AND s.state = 'free') AS free FROM sim_batch b";

impl Scoped {
    /// A page of the batches, latest first, and how many there are; `None` unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_batches(&self, window: Window) -> Result<Option<(Vec<KeptBatch>, u64)>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let operator = self.scope.operator.0;
        let most = window.rows.min(MOST_ROWS);
        let sql = format!("{COLUMNS} WHERE b.operator_id = $1 ORDER BY b.taken DESC, b.id DESC LIMIT {most} OFFSET $2");
        let rows = self.store.rows("list batches of SIMs", &sql, vec![operator.into(), window.offset().into()]).await?;
        let batches = rows.iter().map(read_batch).collect::<Result<_, _>>()?;
        let count = "SELECT COUNT(*) AS batches FROM sim_batch WHERE operator_id = $1";
        let count = self.store.row("count batches of SIMs", count, vec![operator.into()]).await?;
        let count: i64 = count.map_or(Ok(0), |row| row.get("batches"))?;
        Ok(Some((batches, u64::try_from(count).unwrap_or(0))))
    }

    /// The batch with that hash; `None` where it was not taken in, and unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_batch_of(&self, digest: &str) -> Result<Option<KeptBatch>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let sql = format!("{COLUMNS} WHERE b.operator_id = $1 AND b.digest = $2");
        let row = self.store.row("find a batch of SIMs", &sql, vec![self.scope.operator.0.into(), digest.into()]).await?;
        row.as_ref().map(read_batch).transpose()
    }

    /// The name of a batch; `None` unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_batch_name(&self, id: SimBatchId) -> Result<Option<String>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let sql = "SELECT name FROM sim_batch WHERE operator_id = $1 AND id = $2";
        let row = self.store.row("name a batch of SIMs", sql, vec![self.scope.operator.0.into(), id.0.into()]).await?;
        row.map(|row| row.get("name")).transpose()
    }
}

fn read_batch(row: &Row) -> Result<KeptBatch, StoreError> {
    Ok(KeptBatch {
        id: SimBatchId(row.get("id")?),
        name: row.get("name")?,
        network: row.get("network")?,
        kind: row.get("kind")?,
        cards: row.get("cards")?,
        free: row.get("free")?,
        taken: row.instant("taken")?,
    })
}

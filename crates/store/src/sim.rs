//! One SIM of the inventory: what is known of it, who has it, and what unlocks it. Lists are `sims`', batches `sim_batch`'s.

use crate::{Reach, Row, Scope, Scoped, StoreError, Transaction, Value, line::read_party, scope::PRIVATE, seal::SIM_CODES};
use vocabulary::{CustomerId, LineId, Party, ResellerId, SimBatchId, SimDeliveryId, SimId, Timestamp};

/// A SIM, as far as lists and its page name it.
#[derive(Clone, Debug)]
pub struct KeptSim {
    /// Itself.
    pub id: SimId,
    /// Its serial number.
    pub iccid: String,
    /// What the network knows it by, where the maker said so.
    pub imsi: Option<String>,
    /// The network that it was made for, by its id in the catalogue.
    pub network: String,
    /// `card_with_pin`, `card_without_pin`, `esim`.
    pub kind: String,
    /// `free`, `given`, `reserved`, `in_use`, `ended`.
    pub state: String,
    /// The batch in which it came.
    pub batch: Option<SimBatchId>,
    /// In whose stock it is, and the name; `None` for the operator's own.
    pub reseller: Option<(ResellerId, String)>,
    /// Who has it, and the name.
    pub customer: Option<(CustomerId, String)>,
    /// The line that has it, and its number.
    pub line: Option<(LineId, Party)>,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// The parcel in which it is on its way.
    pub delivery: Option<SimDeliveryId>,
    /// What it grows to with each change.
    pub version: i64,
}

/// Who has a SIM after it was given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimHolding {
    /// `free` or `given`.
    pub state: &'static str,
    /// In whose stock it is.
    pub reseller: Option<ResellerId>,
    /// To whom it is given.
    pub customer: Option<CustomerId>,
}

/// A line's SIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimOfLine {
    /// Which.
    pub sim: SimId,
    /// Is something kept that unlocks it?
    pub has_codes: bool,
}

/// What unlocks a SIM, sealed.
#[derive(Clone, Debug)]
pub struct SealedCodes {
    /// What names the row in which the values stand.
    pub name: String,
    /// PIN1, PUK1, PIN2, PUK2.
    pub codes: [Option<String>; 4],
}

pub(crate) const COLUMNS: &str = "s.id, s.iccid, s.imsi, s.network, s.kind, s.state, s.batch_id, s.reseller_id, s.customer_id, \
    s.line_id, s.ended, s.delivery_id, s.version, r.name AS reseller, c.name AS customer, l.number AS line_number";
pub(crate) const JOINS: &str = "LEFT JOIN reseller r ON r.id = s.reseller_id LEFT JOIN customer c ON c.id = s.customer_id \
    LEFT JOIN line l ON l.id = s.line_id";

impl Scoped {
    /// A SIM; `None` outside the scope, as if it did not exist (PLT-01).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim(&self, id: SimId) -> Result<Option<KeptSim>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let sql = format!("SELECT {COLUMNS} FROM sim s {JOINS} WHERE {within} AND s.id = $2");
        let row = self.store.row("load a SIM", &sql, vec![scope, id.0.into()]).await?;
        row.as_ref().map(read_sim).transpose()
    }

    /// The SIM that a line has, or that is reserved for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_of_line(&self, line: LineId) -> Result<Option<SimOfLine>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let sql = format!(
            "SELECT s.id, CASE WHEN k.puk1 IS NULL THEN 0 ELSE 1 END AS has_codes FROM sim s LEFT JOIN sim_secret k ON k.sim_id = s.id \
             WHERE {within} AND s.line_id = $2 AND s.state <> 'ended' ORDER BY s.state LIMIT 1"
        );
        let row = self.store.row("find a line's SIM", &sql, vec![scope, line.0.into()]).await?;
        row.map(|row| Ok(SimOfLine { sim: SimId(row.get("id")?), has_codes: row.get::<i32>("has_codes")? == 1 })).transpose()
    }

    /// What unlocks a SIM; `None` outside the scope, where nothing is kept, and for who sees a household, of a line with access of its own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_codes(&self, id: SimId) -> Result<Option<SealedCodes>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let own = match self.scope.reach {
            Reach::Customer(_) => format!("AND NOT {PRIVATE}"),
            Reach::Operator | Reach::Reseller(_) | Reach::Line(_) => String::new(),
        };
        let sql = format!(
            "SELECT k.name, k.pin1, k.puk1, k.pin2, k.puk2 FROM sim s JOIN sim_secret k ON k.sim_id = s.id \
             LEFT JOIN line l ON l.id = s.line_id WHERE {within} AND s.id = $2 {own}"
        );
        let row = self.store.row("load what unlocks a SIM", &sql, vec![scope, id.0.into()]).await?;
        let codes = |row: &Row| Ok([row.get("pin1")?, row.get("puk1")?, row.get("pin2")?, row.get("puk2")?]);
        row.map(|row| Ok(SealedCodes { name: row.get("name")?, codes: codes(&row)? })).transpose()
    }
}

impl Scope {
    /// The place of the codes of a SIM: its row's name.
    pub fn codes_name(self, iccid: &str) -> String {
        format!("{}/{iccid}", self.operator)
    }
}

impl Transaction {
    /// Notes who has a SIM; `false` when it changed since that version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_sim(&self, (sim, version): (SimId, i64), to: SimHolding) -> Result<bool, StoreError> {
        let values: Vec<Value> = vec![
            to.state.into(),
            to.reseller.map(|id| id.0).into(),
            to.customer.map(|id| id.0).into(),
            sim.0.into(),
            version.into(),
        ];
        let sql = "UPDATE sim SET state = $1, reseller_id = $2, customer_id = $3, version = version + 1 \
                   WHERE id = $4 AND version = $5 AND state IN ('free', 'given') AND delivery_id IS NULL";
        Ok(self.execute("move a SIM", sql, values).await? == 1)
    }

    /// Keeps what unlocks a SIM that has nothing kept yet; whether it was kept. Names are [`Scope::codes_name`]'s.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_codes(&self, sim: SimId, sealed: &SealedCodes) -> Result<bool, StoreError> {
        let mut values: Vec<Value> = vec![sealed.name.as_str().into(), sim.0.into()];
        values.extend(sealed.codes.iter().map(|code| code.clone().into()));
        let [pin1, puk1, pin2, puk2] = SIM_CODES.map(|place| place.column);
        let sql = format!(
            "INSERT INTO sim_secret (name, sim_id, {pin1}, {puk1}, {pin2}, {puk2}) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT DO NOTHING"
        );
        Ok(self.execute("keep what unlocks a SIM", &sql, values).await? == 1)
    }
}

pub(crate) fn read_sim(row: &Row) -> Result<KeptSim, StoreError> {
    let named = |id: &'static str, name: &'static str| -> Result<Option<(i64, String)>, StoreError> {
        let id = row.get::<Option<i64>>(id)?;
        Ok(id.zip(row.get::<Option<String>>(name)?))
    };
    Ok(KeptSim {
        id: SimId(row.get("id")?),
        iccid: row.get("iccid")?,
        imsi: row.get("imsi")?,
        network: row.get("network")?,
        kind: row.get("kind")?,
        state: row.get("state")?,
        batch: row.get::<Option<i64>>("batch_id")?.map(SimBatchId),
        reseller: named("reseller_id", "reseller")?.map(|(id, name)| (ResellerId(id), name)),
        customer: named("customer_id", "customer")?.map(|(id, name)| (CustomerId(id), name)),
        line: named("line_id", "line_number")?.map(|(id, number)| (LineId(id), read_party(&number))),
        ended: row.get::<Option<i64>>("ended")?.map(Timestamp::from_micros),
        delivery: row.get::<Option<i64>>("delivery_id")?.map(SimDeliveryId),
        version: row.get("version")?,
    })
}

//! The list of SIMs: filtered and cut into pages by the database, counted by state, and in ranges; and to whom one may give them.

use crate::{
    KeptSim, Reach, Scoped, StoreError, Value,
    lines::literal,
    sim::{COLUMNS, JOINS, read_sim},
};
use vocabulary::{CustomerId, Iccid, ResellerId, SimBatchId};

/// What of the SIMs is asked for. An empty text filters nothing.
#[derive(Clone, Debug, Default)]
pub struct SimQuery {
    /// Digits within the ICCID.
    pub iccid: String,
    /// The word of a state, or `on_its_way` for what is in a parcel.
    pub state: Option<&'static str>,
    /// A network's id in the catalogue.
    pub network: String,
    /// The word of a kind.
    pub kind: Option<&'static str>,
    /// Part of the name of who has it, customer or reseller, whatever the case of its letters.
    pub holder: String,
    /// The batch in which they came.
    pub batch: Option<SimBatchId>,
    /// How many rows.
    pub limit: u32,
    /// How many rows before them.
    pub offset: u64,
}

/// Whoever SIMs can be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimHolder {
    /// Which customer.
    pub customer: CustomerId,
    /// Whose customer; `None` for the operator's own.
    pub reseller: Option<ResellerId>,
    /// Its number.
    pub reference: String,
    /// Its name.
    pub name: String,
}

impl Scoped {
    /// The SIMs asked for, by ICCID.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sims(&self, query: &SimQuery) -> Result<Vec<KeptSim>, StoreError> {
        let (condition, mut values) = self.sims_asked(query);
        values.push(i64::try_from(query.offset).unwrap_or(i64::MAX).into());
        let (limit, offset) = (query.limit, values.len());
        let sql = format!(
            "SELECT {COLUMNS} FROM sim s {JOINS} WHERE {condition} ORDER BY s.iccid, s.id LIMIT {limit} OFFSET ${offset}"
        );
        self.store.rows("list SIMs", &sql, values).await?.iter().map(read_sim).collect()
    }

    /// How many SIMs are asked for in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_sims(&self, query: &SimQuery) -> Result<u64, StoreError> {
        let (condition, values) = self.sims_asked(query);
        let joins = if query.holder.is_empty() { "" } else { JOINS };
        let sql = format!("SELECT COUNT(*) AS sims FROM sim s {joins} WHERE {condition}");
        let row = self.store.row("count SIMs", &sql, values).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.get("sims"))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// How many SIMs are in each state that has some.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sims_by_state(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let (condition, value) = self.scope.on_sims();
        let sql = format!("SELECT s.state, COUNT(*) AS sims FROM sim s WHERE {condition} GROUP BY s.state");
        let rows = self.store.rows("count SIMs by state", &sql, vec![value]).await?;
        rows.iter().map(|row| Ok((row.get("state")?, row.get("sims")?))).collect()
    }

    /// The SIMs of a range, both ends included, by ICCID, so many at most. Of the same length, texts of digits stand in the order of
    /// their numbers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sims_between(&self, (first, last): (Iccid, Iccid), most: u32) -> Result<Vec<KeptSim>, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let length = i64::try_from(first.as_str().len()).unwrap_or_default();
        let sql = format!(
            "SELECT {COLUMNS} FROM sim s {JOINS} WHERE {within} AND s.iccid >= $2 AND s.iccid <= $3 AND LENGTH(s.iccid) = $4 \
             ORDER BY s.iccid LIMIT {most}"
        );
        let values = vec![scope, first.as_str().into(), last.as_str().into(), length.into()];
        self.store.rows("list a range of SIMs", &sql, values).await?.iter().map(read_sim).collect()
    }

    /// The customers whose reference or whole name that is: two at most, so that one knows whether it is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_holders_called(&self, text: &str) -> Result<Vec<SimHolder>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT c.id, c.reseller_id, c.reference, c.name FROM customer c WHERE {within} \
             AND (LOWER(c.reference) = $2 OR LOWER(c.name) = $2 OR c.name = $3) ORDER BY c.id LIMIT 2"
        );
        let rows = self.store.rows("find a customer", &sql, vec![scope, text.to_lowercase().into(), text.into()]).await?;
        let read = |row: &crate::Row| {
            Ok(SimHolder {
                customer: CustomerId(row.get("id")?),
                reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
                reference: row.get("reference")?,
                name: row.get("name")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// The operator's resellers by name; none unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resellers_to_give(&self) -> Result<Vec<(ResellerId, String)>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, name FROM reseller WHERE operator_id = $1 ORDER BY name, id";
        let rows = self.store.rows("list resellers", sql, vec![self.scope.operator.0.into()]).await?;
        rows.iter().map(|row| Ok((ResellerId(row.get("id")?), row.get("name")?))).collect()
    }

    fn sims_asked(&self, query: &SimQuery) -> (String, Vec<Value>) {
        let (within, scope) = self.scope.on_sims();
        let (mut condition, mut values) = (within.to_owned(), vec![scope]);
        let mut condition_of_parcels = "";
        let mut add = |text: &str, value: Value| {
            values.push(value);
            condition.push_str(" AND ");
            condition.push_str(&text.replace('?', &format!("${}", values.len())));
        };
        if !query.iccid.is_empty() {
            add("s.iccid LIKE ? ESCAPE '\\'", format!("%{}%", literal(&query.iccid)).into());
        }
        match query.state {
            None => {}
            // A card in a parcel is free, and nobody else's to have.
            Some("on_its_way") => condition_of_parcels = "s.delivery_id IS NOT NULL",
            Some("free") => {
                add("s.state = ?", "free".into());
                condition_of_parcels = "s.delivery_id IS NULL";
            }
            Some(state) => add("s.state = ?", state.into()),
        }
        if !query.network.is_empty() {
            add("s.network = ?", query.network.as_str().into());
        }
        if let Some(kind) = query.kind {
            add("s.kind = ?", kind.into());
        }
        if let Some(batch) = query.batch {
            add("s.batch_id = ?", batch.0.into());
        }
        if !query.holder.is_empty() {
            let part = format!("%{}%", literal(&query.holder.to_lowercase()));
            add("(LOWER(c.name) LIKE ? ESCAPE '\\' OR LOWER(r.name) LIKE ? ESCAPE '\\')", part.into());
        }
        if !condition_of_parcels.is_empty() {
            condition.push_str(" AND ");
            condition.push_str(condition_of_parcels);
        }
        (condition, values)
    }
}

//! What users set of their telephones: one document a line, which the room `telephony` reads and changes.

use crate::{Row, Scoped, StoreError, line::read_party, line_terms::list, store::Transaction};
use ::telephony::LineServices;
use vocabulary::{CustomerId, E164, LineId, Party, ResellerId, Timestamp};

/// A line as its telephone sees it.
#[derive(Clone, Debug)]
pub struct KeptTelephony {
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// What it is for, by the catalogue's word.
    pub service: String,
    /// Its network, by its id in the catalogue.
    pub network: String,
    /// Where it is in its life.
    pub state: String,
    /// Through whom, and whose.
    pub owner: (Option<ResellerId>, CustomerId),
    /// What its user has set; the default where nobody did.
    pub services: LineServices,
    /// Grows with each change; 0 while nobody changed anything.
    pub version: i64,
    /// When it was changed last, and from where.
    pub changed: Option<(Timestamp, String)>,
}

const COLUMNS: &str = "l.id, l.number, l.service, l.network, l.state, l.reseller_id, l.customer_id, t.services, t.version, t.changed, t.source \
                       FROM line l LEFT JOIN line_telephony t ON t.line_id = l.id";

impl Scoped {
    /// A line as its telephone sees it; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails, or holds what no line can have set.
    pub async fn telephony(&self, line: LineId) -> Result<Option<KeptTelephony>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!("SELECT {COLUMNS} WHERE l.id = $1 AND {within}");
        self.store.row("load a line's telephone", &sql, vec![line.0.into(), scope]).await?.as_ref().map(read).transpose()
    }

    /// The lines in service that have these numbers; those outside the scope are left out.
    ///
    /// # Errors
    /// As [`Scoped::telephony`].
    pub async fn telephony_of(&self, numbers: &[E164]) -> Result<Vec<KeptTelephony>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT {COLUMNS} WHERE {within} AND l.operator_id = $2 AND l.state IN ('active', 'suspended', 'ending') \
             AND l.number IN (SELECT wanted.value FROM {} AS wanted) ORDER BY l.id",
            self.store.listed(3)
        );
        let values = vec![scope, self.scope.operator.0.into(), list(numbers.iter().map(E164::to_string))];
        self.store.rows("load telephones by their numbers", &sql, values).await?.iter().map(read).collect()
    }
}

impl Transaction {
    /// Writes what a user has set; `false` when somebody was faster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_telephony(
        &self,
        (line, version): (LineId, i64),
        services: &LineServices,
        (now, source): (Timestamp, &str),
    ) -> Result<bool, StoreError> {
        let rings_with = services.rings_with.map(|number| number.to_string());
        let services = serde_json::to_string(services).expect("switches, numbers and seconds are plain data");
        let sql = "INSERT INTO line_telephony (line_id, services, version, changed, source, rings_with) \
                   VALUES ($1, $3, $2 + 1, $4, $5, $6) \
                   ON CONFLICT (line_id) DO UPDATE SET services = excluded.services, version = excluded.version, \
                   changed = excluded.changed, source = excluded.source, rings_with = excluded.rings_with, \
                   bereft = CASE WHEN excluded.rings_with = line_telephony.rings_with THEN line_telephony.bereft END \
                   WHERE line_telephony.version = $2";
        let values = vec![line.0.into(), version.into(), services.into(), now.into(), source.into(), rings_with.into()];
        Ok(self.execute("save a line's telephone", sql, values).await? == 1)
    }
}

fn read(row: &Row) -> Result<KeptTelephony, StoreError> {
    let services = match row.get::<Option<String>>("services")? {
        Some(text) => {
            serde_json::from_str(&text).map_err(|_| StoreError::Corrupt { column: "line_telephony.services", value: text })?
        }
        None => LineServices::default(),
    };
    let changed = row.get::<Option<i64>>("changed")?.map(Timestamp::from_micros).zip(row.get::<Option<String>>("source")?);
    Ok(KeptTelephony {
        line: LineId(row.get("id")?),
        number: read_party(&row.get::<String>("number")?),
        service: row.get("service")?,
        network: row.get("network")?,
        state: row.get("state")?,
        owner: (row.get::<Option<i64>>("reseller_id")?.map(ResellerId), CustomerId(row.get("customer_id")?)),
        services,
        version: row.get::<Option<i64>>("version")?.unwrap_or(0),
        changed,
    })
}

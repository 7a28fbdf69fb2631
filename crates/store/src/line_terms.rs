//! What rating needs to know of lines and packs, for many at a time.

use crate::{Store, StoreError, Value, query::Row};
use catalog::Capping;
use rating::{ChosenCutoff, HeldOption, HeldPack, HeldRecharge, LineTerms, MonthState, PackState};
use std::collections::HashMap;
use vocabulary::{CustomerId, LineId, Month, OperatorId, PackId, RechargeId, Timestamp};

/// How many values one statement asks for.
const CHUNK: usize = 500;

/// A line as the import needs it.
#[derive(Clone, Debug)]
pub struct LineToRate {
    /// Who pays: its days are summed.
    pub customer: CustomerId,
    /// What rating needs.
    pub terms: LineTerms,
}

impl Store {
    /// Which lines of an operator these names belong to; a name of nobody is left out.
    pub async fn lines_by_identity(&self, operator: OperatorId, names: &[String]) -> Result<HashMap<String, LineId>, StoreError> {
        let mut found = HashMap::new();
        for chunk in names.chunks(CHUNK) {
            let sql = format!(
                "SELECT identity, line_id FROM line_identity WHERE operator_id = $1 AND identity IN ({})",
                places(2, chunk.len())
            );
            let values = std::iter::once(operator.0.into()).chain(chunk.iter().map(|name| Value::from(name.as_str()))).collect();
            for row in self.rows("find lines by identity", &sql, values).await? {
                found.insert(row.get("identity")?, LineId(row.get("line_id")?));
            }
        }
        Ok(found)
    }

    /// The terms of these lines.
    pub async fn lines_to_rate(&self, ids: &[LineId]) -> Result<HashMap<LineId, LineToRate>, StoreError> {
        let mut lines = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let places = places(1, chunk.len());
            let values: Vec<Value> = chunk.iter().map(|id| id.0.into()).collect();
            let sql = format!(
                "SELECT id, customer_id, network, offer, bought, capped, started, ended FROM line WHERE id IN ({places})"
            );
            for row in self.rows("load lines", &sql, values.clone()).await? {
                let line = read_line(&row)?;
                lines.insert(line.terms.id, line);
            }
            self.add_holdings(&places, &values, &mut lines).await?;
        }
        Ok(lines)
    }

    async fn add_holdings(
        &self,
        places: &str,
        values: &[Value],
        lines: &mut HashMap<LineId, LineToRate>,
    ) -> Result<(), StoreError> {
        let of = |row: &Row| row.get("line_id").map(LineId);
        let sql =
            format!("SELECT line_id, option, since, until FROM line_option WHERE line_id IN ({places}) ORDER BY line_id, since");
        for row in self.rows("load options", &sql, values.to_vec()).await? {
            let option: String = row.get("option")?;
            let until: Option<i64> = row.get("until")?;
            let held =
                HeldOption { option: option.into(), since: row.instant("since")?, until: until.map(Timestamp::from_micros) };
            lines.entry(of(&row)?).and_modify(|line| line.terms.options.push(held));
        }
        let sql =
            format!("SELECT line_id, id, recharge, at FROM line_recharge WHERE line_id IN ({places}) ORDER BY line_id, at, id");
        for row in self.rows("load recharges", &sql, values.to_vec()).await? {
            let recharge: String = row.get("recharge")?;
            let held = HeldRecharge { id: RechargeId(row.get("id")?), recharge: recharge.into(), at: row.instant("at")? };
            lines.entry(of(&row)?).and_modify(|line| line.terms.recharges.push(held));
        }
        let sql = format!("SELECT line_id, cutoff, value FROM line_cutoff WHERE line_id IN ({places})");
        for row in self.rows("load cut-offs", &sql, values.to_vec()).await? {
            let cutoff: String = row.get("cutoff")?;
            let chosen = ChosenCutoff { cutoff: cutoff.into(), value: row.get("value")? };
            lines.entry(of(&row)?).and_modify(|line| line.terms.cutoffs.push(chosen));
        }
        let sql = format!(
            "SELECT line_id, period, amount, at_cap FROM line_spend_cap WHERE line_id IN ({places}) ORDER BY line_id, period"
        );
        for row in self.rows("load spend caps", &sql, values.to_vec()).await? {
            let cap = crate::provisioning::read_spend_cap(&row)?;
            lines.entry(of(&row)?).and_modify(|line| line.terms.spend_caps.push(cap));
        }
        let sql = format!("SELECT line_id, pack_id FROM line_pack WHERE line_id IN ({places}) ORDER BY line_id, pack_id");
        for row in self.rows("load packs", &sql, values.to_vec()).await? {
            let pack = PackId(row.get("pack_id")?);
            lines.entry(of(&row)?).and_modify(|line| line.terms.packs.push(pack));
        }
        Ok(())
    }

    /// The counters of these lines in a month; a line without usage in it is left out.
    pub async fn month_states(&self, month: Month, ids: &[LineId]) -> Result<HashMap<LineId, MonthState>, StoreError> {
        let mut states = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let sql =
                format!("SELECT line_id, state FROM line_month WHERE month = $1 AND line_id IN ({})", places(2, chunk.len()));
            let values = std::iter::once(month.into()).chain(chunk.iter().map(|id| id.0.into())).collect();
            for row in self.rows("load counters", &sql, values).await? {
                let text: String = row.get("state")?;
                let state =
                    serde_json::from_str(&text).map_err(|_| StoreError::Corrupt { column: "line_month.state", value: text })?;
                states.insert(LineId(row.get("line_id")?), state);
            }
        }
        Ok(states)
    }

    /// A pack, and its counter in a month.
    pub async fn pack(&self, id: PackId, month: Month) -> Result<Option<(HeldPack, PackState)>, StoreError> {
        let sql = "SELECT p.pack, p.bought, m.used, m.told FROM group_pack p \
                   LEFT JOIN pack_month m ON m.pack_id = p.id AND m.month = $2 WHERE p.id = $1";
        let Some(row) = self.row("load a pack", sql, vec![id.0.into(), month.into()]).await? else { return Ok(None) };
        let pack: String = row.get("pack")?;
        let held = HeldPack { id, pack: pack.into(), bought: row.instant("bought")? };
        let told: Option<i32> = row.get("told")?;
        let used: Option<i64> = row.get("used")?;
        let told = told.and_then(|told| u8::try_from(told).ok()).unwrap_or(0);
        Ok(Some((held, PackState { used: used.unwrap_or(0), told, ..PackState::default() })))
    }
}

fn read_line(row: &Row) -> Result<LineToRate, StoreError> {
    let (network, offer): (String, String) = (row.get("network")?, row.get("offer")?);
    let (started, ended): (Option<i64>, Option<i64>) = (row.get("started")?, row.get("ended")?);
    let capped: i16 = row.get("capped")?;
    // A line that is not in service yet has no usage of its own.
    let started = Timestamp::from_micros(started.unwrap_or(i64::MAX));
    let terms = LineTerms {
        bought: row.instant("bought")?,
        capping: if capped == 1 { Capping::Capped } else { Capping::Uncapped },
        ended: ended.map(Timestamp::from_micros),
        ..LineTerms::new(LineId(row.get("id")?), &network, &offer, started)
    };
    Ok(LineToRate { customer: CustomerId(row.get("customer_id")?), terms })
}

/// `$2, $3, $4` for three values from number 2 on.
pub(crate) fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

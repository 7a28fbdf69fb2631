//! What rating needs to know of lines and packs, for many at a time.

use crate::{
    Scoped, Store, StoreError, Value,
    line_month::read_state,
    provisioning::{read_period, read_spend_cap, read_steps},
    query::Row,
};
use catalog::{Capping, Guard};
use rating::{CapRaise, ChosenCutoff, HeldOption, HeldPack, HeldRecharge, LineTerms, MonthState, PackState, PastPlan};
use std::collections::{BTreeSet, HashMap};
use vocabulary::{
    CustomerId, LineId, Markup, Markups, Money, Month, OperatorId, PackId, RechargeId, ResellerId, SpendId, Timestamp,
};

/// How many lines one statement asks for: its answer is held in memory as a whole.
pub(crate) const CHUNK: usize = 5_000;

/// A line as the import needs it.
#[derive(Clone, Debug)]
pub struct LineToRate {
    /// Who pays: its days are summed.
    pub customer: CustomerId,
    /// What rating needs.
    pub terms: LineTerms,
}

impl Store {
    /// The values of a [`list`] at a place of a statement, as rows of one column: `value`, a text.
    pub(crate) fn listed(&self, place: usize) -> String {
        if self.is_postgres() {
            format!("json_array_elements_text(CAST(${place} AS json))")
        } else {
            format!("json_each(${place})")
        }
    }

    /// Which lines of an operator these names belong to; a name of nobody is left out.
    pub async fn lines_by_identity(&self, operator: OperatorId, names: &[String]) -> Result<HashMap<String, LineId>, StoreError> {
        let mut found = HashMap::new();
        for chunk in names.chunks(CHUNK) {
            let sql = format!(
                "SELECT i.identity, i.line_id FROM {} AS wanted CROSS JOIN line_identity i \
                 WHERE i.operator_id = $1 AND i.identity = wanted.value",
                self.listed(2)
            );
            let values = vec![operator.0.into(), list(chunk)];
            for row in self.rows("find lines by identity", &sql, values).await? {
                found.insert(row.get("identity")?, LineId(row.get("line_id")?));
            }
        }
        Ok(found)
    }

    /// A pack and its counter in a month, by pack.
    pub async fn packs(&self, ids: &[PackId], month: Month) -> Result<HashMap<PackId, (HeldPack, PackState)>, StoreError> {
        let mut packs = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let sql = format!(
                "SELECT p.id, p.pack, p.bought, c.reseller_id, m.used, m.told, m.charged, m.charged_told FROM {} AS wanted \
                 CROSS JOIN group_pack p CROSS JOIN customer c LEFT JOIN pack_month m ON m.pack_id = p.id AND m.month = $1 \
                 WHERE p.id = CAST(wanted.value AS BIGINT) AND c.id = p.customer_id",
                self.listed(2)
            );
            let values = vec![month.into(), list(chunk.iter().map(|id| id.0))];
            let rows = self.rows("load packs", &sql, values).await?;
            let markups = self.markups_of(&rows).await?;
            for row in rows {
                let markup = markups.get(&reseller(&row)?).map_or(Markup::NONE, |markups| markups.of(month));
                let (held, state) = read_pack(&row, markup)?;
                packs.insert(held.id, (held, state));
            }
            let sql = format!(
                "SELECT DISTINCT n.pack_id, n.amount FROM {} AS wanted CROSS JOIN pack_notice n \
                 WHERE n.pack_id = CAST(wanted.value AS BIGINT) AND n.active = 1 ORDER BY n.amount",
                self.listed(1)
            );
            for row in self.rows("load notices of packs", &sql, vec![list(chunk.iter().map(|id| id.0))]).await? {
                if let Some((held, _)) = packs.get_mut(&PackId(row.get("pack_id")?)) {
                    held.notices.push(row.money("amount")?);
                }
            }
        }
        Ok(packs)
    }

    /// What customers pay of usage, by the resellers that these rows name. Most rows name none.
    pub(crate) async fn markups_of(&self, rows: &[Row]) -> Result<HashMap<Option<ResellerId>, Markups>, StoreError> {
        let mut resellers = BTreeSet::new();
        for row in rows {
            resellers.extend(reseller(row)?);
        }
        if resellers.is_empty() {
            return Ok(HashMap::new());
        }
        let markups = self.markups(resellers).await?;
        Ok(markups.into_iter().map(|(reseller, markups)| (Some(reseller), markups)).collect())
    }
}

impl Scoped {
    /// The terms of these lines; one outside the scope is left out.
    pub async fn lines_to_rate(&self, ids: &[LineId]) -> Result<HashMap<LineId, LineToRate>, StoreError> {
        let mut lines = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let (asked, values) = self.beginning(chunk);
            let sql = format!(
                "{asked} SELECT id, customer_id, network, offer, bought, capped, started, ended, spend_steps, guard_per_minute, guard_fee, \
                 reseller_id FROM asked"
            );
            let rows = self.store.rows("load lines", &sql, values.clone()).await?;
            let markups = self.store.markups_of(&rows).await?;
            for row in rows {
                let mut line = read_line(&row)?;
                line.terms.markups = markups.get(&reseller(&row)?).cloned().unwrap_or_default();
                lines.insert(line.terms.id, line);
            }
            for row in self.store.rows("load what lines hold", &format!("{asked} {HOLDINGS}"), values).await? {
                if let Some(line) = lines.get_mut(&LineId(row.get("line_id")?)) {
                    add_holding(&row, &mut line.terms)?;
                }
            }
        }
        Ok(lines)
    }

    /// The counters of these lines in a month; a line without usage in it, or outside the scope, is left out.
    pub async fn month_states(&self, month: Month, ids: &[LineId]) -> Result<HashMap<LineId, MonthState>, StoreError> {
        let mut states = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let (asked, mut values) = self.beginning(chunk);
            values.push(month.into());
            let sql = format!(
                "{asked} SELECT m.line_id, m.state FROM asked CROSS JOIN line_month m WHERE m.line_id = asked.id AND m.month = ${}",
                values.len()
            );
            for row in self.store.rows("load counters", &sql, values).await? {
                let text: String = row.get("state")?;
                states.insert(LineId(row.get("line_id")?), read_state(&text)?);
            }
        }
        Ok(states)
    }

    /// How a query begins that is of these lines, as `asked`. It goes on with `CROSS JOIN`, which SQLite takes in the order in which it is
    /// written: left to itself it may go through a whole month and look for each row's line, or through all lines of the scope.
    pub(crate) fn beginning(&self, ids: &[LineId]) -> (String, Vec<Value>) {
        self.beginning_with(ids, self.scope.on_lines(1))
    }

    /// The same of the lines that a condition on them lets through.
    pub(crate) fn beginning_with(&self, ids: &[LineId], (within, scope): (String, Value)) -> (String, Vec<Value>) {
        let wanted = self.store.listed(2);
        let sql = format!(
            "WITH asked AS (SELECT l.* FROM {wanted} AS wanted CROSS JOIN line l WHERE l.id = CAST(wanted.value AS BIGINT) AND {within})"
        );
        (sql, vec![scope, list(ids.iter().map(|id| id.0))])
    }
}

/// Everything that the lines asked for hold, in one answer: each row says what it is, and has what a thing of that sort has. What lines
/// share stands in the order of rating: the account's before the customer's.
const HOLDINGS: &str = "\
    SELECT h.line_id, 'option' AS held, h.option AS name, '' AS word, CAST(0 AS BIGINT) AS number, h.since, h.until \
    FROM asked CROSS JOIN line_option h WHERE h.line_id = asked.id \
    UNION ALL SELECT h.line_id, CASE h.capped WHEN 1 THEN 'capped_plan' ELSE 'plan' END, h.offer, '', h.bought, h.until, NULL \
    FROM asked CROSS JOIN line_past_plan h WHERE h.line_id = asked.id \
    UNION ALL SELECT h.line_id, 'recharge', h.recharge, '', h.id, h.at, NULL \
    FROM asked CROSS JOIN line_recharge h WHERE h.line_id = asked.id \
    UNION ALL SELECT h.line_id, 'cutoff', h.cutoff, '', h.value, 0, NULL \
    FROM asked CROSS JOIN line_cutoff h WHERE h.line_id = asked.id \
    UNION ALL SELECT h.line_id, 'spend_cap', h.period, h.at_cap, h.amount, 0, NULL \
    FROM asked CROSS JOIN line_spend_cap h WHERE h.line_id = asked.id \
    UNION ALL SELECT h.line_id, 'spend_raise', h.period, '', h.amount, h.since, h.until \
    FROM asked CROSS JOIN line_spend_raise h WHERE h.line_id = asked.id \
    UNION ALL SELECT h.line_id, 'notice', '', '', h.amount, 0, NULL \
    FROM asked CROSS JOIN line_notice h WHERE h.line_id = asked.id AND h.active = 1 \
    UNION ALL SELECT h.line_id, 'pack', '', '', h.pack_id, 0, NULL \
    FROM asked CROSS JOIN line_pack h WHERE h.line_id = asked.id \
    UNION ALL SELECT asked.id, 'spend', '', '', h.id, CASE WHEN h.billing_account_id IS NULL THEN 1 ELSE 0 END, NULL \
    FROM asked CROSS JOIN shared_spend h WHERE h.customer_id = asked.customer_id \
    AND (h.billing_account_id IS NULL OR h.billing_account_id = asked.billing_account_id) \
    ORDER BY line_id, since, number, name";

fn add_holding(row: &Row, terms: &mut LineTerms) -> Result<(), StoreError> {
    let (held, name): (String, String) = (row.get("held")?, row.get("name")?);
    let number: i64 = row.get("number")?;
    match held.as_str() {
        "option" => {
            let until: Option<i64> = row.get("until")?;
            let until = until.map(Timestamp::from_micros);
            terms.options.push(HeldOption { option: name.into(), since: row.instant("since")?, until });
        }
        "plan" | "capped_plan" => terms.past_plans.push(PastPlan {
            until: row.instant("since")?,
            offer: name.into(),
            bought: Timestamp::from_micros(number),
            capping: if held == "capped_plan" { Capping::Capped } else { Capping::Uncapped },
        }),
        "recharge" => {
            terms.recharges.push(HeldRecharge { id: RechargeId(number), recharge: name.into(), at: row.instant("since")? });
        }
        "cutoff" => terms.cutoffs.push(ChosenCutoff { cutoff: name.into(), value: number }),
        "spend_cap" => {
            let at_cap: String = row.get("word")?;
            terms.spend_caps.push(read_spend_cap(&name, Money::from_micros(number), &at_cap));
        }
        "spend_raise" => terms.cap_raises.push(CapRaise {
            period: read_period(&name),
            amount: Money::from_micros(number),
            since: row.instant("since")?,
            until: row.instant("until")?,
        }),
        "notice" => terms.notices.push(Money::from_micros(number)),
        "spend" => terms.spends.push(SpendId(number)),
        _ => terms.packs.push(PackId(number)),
    }
    Ok(())
}

/// The reseller that has something; `None` where the operator has it.
pub(crate) fn reseller(row: &Row) -> Result<Option<ResellerId>, StoreError> {
    let id: Option<i64> = row.get("reseller_id")?;
    Ok(id.map(ResellerId))
}

fn read_pack(row: &Row, markup: Markup) -> Result<(HeldPack, PackState), StoreError> {
    let pack: String = row.get("pack")?;
    let bought = row.instant("bought")?;
    let held = HeldPack { id: PackId(row.get("id")?), pack: pack.into(), bought, notices: Vec::new(), markup };
    let (told, used): (Option<i32>, Option<i64>) = (row.get("told")?, row.get("used")?);
    let (charged, charged_told): (Option<i64>, Option<i64>) = (row.get("charged")?, row.get("charged_told")?);
    let state = PackState {
        used: used.unwrap_or(0),
        told: told.and_then(|told| u8::try_from(told).ok()).unwrap_or(0),
        charged: Money::from_micros(charged.unwrap_or(0)),
        charged_told: Money::from_micros(charged_told.unwrap_or(0)),
    };
    Ok((held, state))
}

fn read_line(row: &Row) -> Result<LineToRate, StoreError> {
    let (network, offer): (String, String) = (row.get("network")?, row.get("offer")?);
    let (started, ended): (Option<i64>, Option<i64>) = (row.get("started")?, row.get("ended")?);
    let (capped, steps): (i16, String) = (row.get("capped")?, row.get("spend_steps")?);
    let (per_minute, fee): (Option<i64>, Option<i64>) = (row.get("guard_per_minute")?, row.get("guard_fee")?);
    // A line that is not in service yet has no usage of its own.
    let started = Timestamp::from_micros(started.unwrap_or(i64::MAX));
    let terms = LineTerms {
        bought: row.instant("bought")?,
        capping: if capped == 1 { Capping::Capped } else { Capping::Uncapped },
        ended: ended.map(Timestamp::from_micros),
        spend_steps: read_steps("spend_steps", &steps)?,
        guard: Guard { per_minute: per_minute.map(Money::from_micros), fee: fee.map(Money::from_micros) },
        ..LineTerms::new(LineId(row.get("id")?), &network, &offer, started)
    };
    Ok(LineToRate { customer: CustomerId(row.get("customer_id")?), terms })
}

/// Many values as one, a JSON array: SQLite looks a statement's places up one after the other, which takes longer than to read them.
pub(crate) fn list(values: impl IntoIterator<Item: serde::Serialize>) -> Value {
    let values: Vec<_> = values.into_iter().collect();
    serde_json::to_string(&values).expect("numbers and texts are plain data").into()
}

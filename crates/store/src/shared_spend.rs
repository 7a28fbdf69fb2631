//! What lines spend together: the caps of billing accounts and customers, and their counters in a month (RAT-15).

use crate::{
    Store, StoreError, Value,
    line_terms::{CHUNK, list, reseller},
    migrate::usage_table,
    provisioning::{read_period, read_spend_cap, read_steps},
    query::Row,
    store::Transaction,
};
use rating::{CapRaise, SpendOwner, SpendState, SpendTerms};
use std::collections::HashMap;
use vocabulary::{BillingAccountId, CustomerId, Markup, Money, Month, SpendId, Timestamp};

/// What the lines of a billing account or a customer may spend together, and what they spent in a month.
#[derive(Clone, Debug)]
pub struct SharedSpend {
    /// Caps, raises, steps.
    pub terms: SpendTerms,
    /// The counters; `None` where nobody has counted yet, because it is new: then they are the fold of [`Store::charges`].
    pub state: Option<SpendState>,
    customer: CustomerId,
    account: Option<BillingAccountId>,
}

impl Store {
    /// What lines share in money, with the counters of a month.
    ///
    /// # Errors
    /// When the database fails or holds what is no counter.
    pub async fn shared_spends(&self, ids: &[SpendId], month: Month) -> Result<HashMap<SpendId, SharedSpend>, StoreError> {
        let mut found = HashMap::new();
        for chunk in ids.chunks(CHUNK) {
            let (asked, values) = (self.listed(1), vec![list(chunk.iter().map(|id| id.0))]);
            let sql = format!(
                "SELECT s.id, s.customer_id, s.billing_account_id, s.steps, c.reseller_id, m.state FROM {asked} AS wanted \
                 CROSS JOIN shared_spend s CROSS JOIN customer c LEFT JOIN shared_spend_month m ON m.spend_id = s.id AND m.month = {} \
                 WHERE s.id = CAST(wanted.value AS BIGINT) AND c.id = s.customer_id",
                month.number()
            );
            let rows = self.rows("load what lines share", &sql, values.clone()).await?;
            let markups = self.markups_of(&rows).await?;
            for row in rows {
                let markup = markups.get(&reseller(&row)?).map_or(Markup::NONE, |markups| markups.of(month));
                found.insert(SpendId(row.get("id")?), read(&row, markup)?);
            }
            let sql = format!(
                "WITH asked AS (SELECT CAST(wanted.value AS BIGINT) AS id FROM {asked} AS wanted) \
                 SELECT c.spend_id, c.period, c.amount, c.at_cap, CAST(0 AS BIGINT) AS since, CAST(NULL AS BIGINT) AS until \
                 FROM asked CROSS JOIN shared_spend_cap c WHERE c.spend_id = asked.id \
                 UNION ALL SELECT r.spend_id, r.period, r.amount, '', r.since, r.until \
                 FROM asked CROSS JOIN shared_spend_raise r WHERE r.spend_id = asked.id ORDER BY spend_id, since, period"
            );
            for row in self.rows("load shared caps", &sql, values).await? {
                if let Some(spend) = found.get_mut(&SpendId(row.get("spend_id")?)) {
                    add_ceiling(&row, &mut spend.terms)?;
                }
            }
        }
        Ok(found)
    }

    /// What the lines of a billing account or a customer were charged in a month so far, record by record. The month has its table.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn charges(&self, spend: &SharedSpend, month: Month) -> Result<Vec<(Timestamp, Money)>, StoreError> {
        let mut values: Vec<Value> = vec![spend.customer.0.into()];
        let of_account = spend.account.map_or("", |account| {
            values.push(account.0.into());
            " AND l.billing_account_id = $2"
        });
        let sql = format!(
            "SELECT u.started, u.price FROM line l CROSS JOIN {} u WHERE l.customer_id = $1{of_account} AND u.line_id = l.id \
             AND u.month = {} AND u.charged = 1 ORDER BY u.arrival",
            usage_table(month),
            month.number()
        );
        let rows = self.rows("add up what lines spent", &sql, values).await?;
        rows.iter().map(|row| Ok((row.instant("started")?, row.money("price")?))).collect()
    }
}

/// Writes the counters of a month.
pub(crate) async fn write_state(
    transaction: &Transaction,
    (spend, month): (SpendId, Month),
    state: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO shared_spend_month (spend_id, month, state) VALUES ($1, $2, $3) \
               ON CONFLICT (spend_id, month) DO UPDATE SET state = excluded.state";
    let values = vec![spend.0.into(), month.into(), state.into()];
    transaction.execute("write what lines spent", sql, values).await.map(|_| ())
}

fn read(row: &Row, markup: Markup) -> Result<SharedSpend, StoreError> {
    let (steps, state): (String, Option<String>) = (row.get("steps")?, row.get("state")?);
    let account: Option<i64> = row.get("billing_account_id")?;
    let account = account.map(BillingAccountId);
    let read = |text: String| serde_json::from_str(&text).map_err(|_| StoreError::Corrupt { column: "state", value: text });
    Ok(SharedSpend {
        terms: SpendTerms {
            owner: if account.is_some() { SpendOwner::BillingAccount } else { SpendOwner::Customer },
            caps: Vec::new(),
            raises: Vec::new(),
            steps: read_steps("steps", &steps)?,
            markup,
        },
        state: state.map(read).transpose()?,
        customer: CustomerId(row.get("customer_id")?),
        account,
    })
}

fn add_ceiling(row: &Row, terms: &mut SpendTerms) -> Result<(), StoreError> {
    let (period, at_cap): (String, String) = (row.get("period")?, row.get("at_cap")?);
    let (amount, until): (Money, Option<i64>) = (row.money("amount")?, row.get("until")?);
    match until.map(Timestamp::from_micros) {
        Some(until) => {
            terms.raises.push(CapRaise { period: read_period(&period), amount, since: row.instant("since")?, until });
        }
        None => terms.caps.push(read_spend_cap(&period, amount, &at_cap)),
    }
    Ok(())
}

//! What payment providers tell: each once, and what counts nothing until somebody has looked at it (BIL-07).

use crate::{Issuer, NewEntry, Row, Store, StoreError, Value, store::Transaction};
use vocabulary::{OperatorId, PaymentId, Timestamp};

/// Something that a provider told and that somebody has to look at, or has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackAside {
    /// The provider's word.
    pub provider: String,
    /// Its name for what it told.
    pub event: String,
    /// The payment that it named; there may be none such.
    pub payment: Option<PaymentId>,
    /// When.
    pub taken: Timestamp,
    /// Why it counts nothing.
    pub problem: String,
    /// What somebody said of it, with when and who; then it waits no more.
    pub settled: Option<(String, Timestamp, String)>,
}

/// So many callbacks that wait are listed.
const MOST_ASIDE: usize = 200;
/// So many that somebody looked at.
const MOST_SETTLED: usize = 50;

const ASIDE: &str = "SELECT provider, event, payment_id, taken, problem, said, settled, settled_by FROM payment_callback \
                     WHERE operator_id = $1 AND problem IS NOT NULL";

impl Store {
    /// What providers told an operator and somebody has to look at, the longest first, and what somebody looked at, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn callbacks_aside(&self, operator: OperatorId) -> Result<Vec<CallbackAside>, StoreError> {
        let mut all = Vec::new();
        for (which, order, most) in
            [("IS NULL", "taken, event", MOST_ASIDE), ("IS NOT NULL", "settled DESC, event", MOST_SETTLED)]
        {
            let sql = format!("{ASIDE} AND settled {which} ORDER BY {order} LIMIT {most}");
            for row in self.rows("list callbacks that were set aside", &sql, vec![operator.0.into()]).await? {
                all.push(read_aside(&row)?);
            }
        }
        Ok(all)
    }

    /// Notes what somebody says of something that was set aside: it waits no more. Did it wait?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_callback(
        &self,
        operator: OperatorId,
        (provider, event): (&str, &str),
        (said, now, by): (&str, Timestamp, &str),
        noted: NewEntry,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE payment_callback SET said = $4, settled = $5, settled_by = $6 WHERE operator_id = $1 AND provider = $2 \
                   AND event = $3 AND problem IS NOT NULL AND settled IS NULL";
        let values = vec![operator.0.into(), provider.into(), event.into(), said.into(), now.into(), by.into()];
        let transaction = self.begin().await?;
        if transaction.execute("settle a callback", sql, values).await? == 0 {
            return Ok(false);
        }
        transaction.note(noted).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn read_aside(row: &Row) -> Result<CallbackAside, StoreError> {
    let (payment, settled): (Option<i64>, Option<i64>) = (row.get("payment_id")?, row.get("settled")?);
    let (said, by): (String, String) = (row.get("said")?, row.get("settled_by")?);
    Ok(CallbackAside {
        provider: row.get("provider")?,
        event: row.get("event")?,
        payment: payment.map(PaymentId),
        taken: row.instant("taken")?,
        problem: row.get("problem")?,
        settled: settled.map(|at| (said, Timestamp::from_micros(at), by)),
    })
}

impl Transaction {
    /// Notes what a provider told; was it the first time?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_payment_callback(
        &self,
        issuer: Issuer,
        (provider, event): (&str, &str),
        payment: Option<PaymentId>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = "INSERT INTO payment_callback (operator_id, issuer, provider, event, payment_id, taken) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let values: Vec<Value> = vec![
            issuer.operator.0.into(),
            issuer.number().into(),
            provider.into(),
            event.into(),
            payment.map(|payment| payment.0).into(),
            now.into(),
        ];
        Ok(self.execute("note what a payment provider told", sql, values).await? == 1)
    }

    /// Says why something that a provider told counts nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_callback_aside(
        &self,
        issuer: Issuer,
        (provider, event): (&str, &str),
        problem: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE payment_callback SET problem = $4 WHERE operator_id = $1 AND provider = $2 AND event = $3";
        let values = vec![issuer.operator.0.into(), provider.into(), event.into(), problem.into()];
        self.execute("set a callback aside", sql, values).await.map(|_| ())
    }
}

//! Mandates of direct debits (CUS-08, BIL-08). Their IBANs stand sealed; what of one may be shown stands beside it.

use crate::{Row, Scoped, StoreError, Value, line_terms::list, seal::MANDATE_IBAN, store::Transaction};
use billing::{Mandate, MandateEnd, MandateKind, MandateState, Used};
use jiff::civil::Date;
use vocabulary::{Bic, BillingAccountId, MandateReference, OperatorId};

/// What is kept of an IBAN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptIban {
    /// Itself, sealed for its place: see [`KeptIban::TABLE`] and [`KeptIban::COLUMN`]; the reference of its mandate names the row.
    pub sealed: String,
    /// What of it may be shown.
    pub masked: String,
}

impl KeptIban {
    /// The table in which it stands.
    pub const TABLE: &'static str = MANDATE_IBAN.table;
    /// The column of that.
    pub const COLUMN: &'static str = MANDATE_IBAN.column;
}

/// A mandate as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMandate {
    /// The account that pays.
    pub account: BillingAccountId,
    /// Its place among the mandates of the account, from 1.
    pub place: u32,
    /// Who signed it, or for whom.
    pub signed_by: String,
    /// What it says.
    pub mandate: Mandate<KeptIban>,
}

const KINDS: [(&str, MandateKind); 2] = [("recurrent", MandateKind::Recurrent), ("one_off", MandateKind::OneOff)];
const ENDS: [(&str, MandateEnd); 3] =
    [("revoked", MandateEnd::Revoked), ("iban_changed", MandateEnd::IbanChanged), ("bank", MandateEnd::Bank)];

/// What of the table a mandate is read from, under the alias `m`.
pub(crate) const COLUMNS: &str = "m.reference, m.billing_account_id, m.place, m.iban, m.masked, m.bic, m.holder, m.kind, m.signed, m.signed_by, \
                                  m.state, m.since, m.why, m.first_used, m.last_used";

/// Holds mandates on PostgreSQL: nobody else changes them, and notices and debits still refer to them.
const HELD: &str = "FOR NO KEY UPDATE OF m";

impl Scoped {
    /// The mandates of an account, the latest first; none outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mandates(&self, account: BillingAccountId) -> Result<Vec<KeptMandate>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql = format!(
            "SELECT {COLUMNS} FROM mandate m JOIN billing_account a ON a.id = m.billing_account_id \
             JOIN customer c ON c.id = a.customer_id WHERE {within} AND m.billing_account_id = $2 ORDER BY m.place DESC"
        );
        let rows = self.store.rows("list mandates", &sql, vec![scope, account.0.into()]).await?;
        rows.iter().map(read_mandate).collect()
    }
}

impl Transaction {
    /// The last mandate of an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_mandate(&self, account: BillingAccountId) -> Result<Option<KeptMandate>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mandate m WHERE m.billing_account_id = $1 ORDER BY m.place DESC LIMIT 1");
        let rows = self.rows("find the last mandate", &sql, vec![account.0.into()]).await?;
        rows.first().map(read_mandate).transpose()
    }

    /// Keeps a mandate that was signed.
    ///
    /// # Errors
    /// When the database fails, or the account has one that is not ended.
    pub async fn add_mandate(&self, operator: OperatorId, new: &KeptMandate) -> Result<(), StoreError> {
        let sql = "INSERT INTO mandate (reference, operator_id, billing_account_id, place, iban, masked, bic, holder, kind, signed, \
                   signed_by, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active')";
        let mandate = &new.mandate;
        let kind = KINDS.iter().find(|(_, kind)| *kind == mandate.kind).map_or("", |(word, _)| word);
        let values: Vec<Value> = vec![
            mandate.reference.as_str().into(),
            operator.0.into(),
            new.account.0.into(),
            i32::try_from(new.place).unwrap_or(i32::MAX).into(),
            mandate.iban.sealed.as_str().into(),
            mandate.iban.masked.as_str().into(),
            mandate.bic.map(String::from).unwrap_or_default().into(),
            mandate.holder.as_str().into(),
            kind.into(),
            mandate.signed.to_string().into(),
            new.signed_by.as_str().into(),
        ];
        self.execute("keep a mandate", sql, values).await.map(|_| ())
    }

    /// Notes that a mandate is used on a day; the days of before stay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_mandate(&self, reference: &MandateReference, day: Date) -> Result<(), StoreError> {
        let sql = "UPDATE mandate SET first_used = CASE WHEN first_used IS NULL OR first_used > $2 THEN $2 ELSE first_used END, \
                   last_used = CASE WHEN last_used IS NULL OR last_used < $2 THEN $2 ELSE last_used END WHERE reference = $1";
        let values = vec![reference.as_str().into(), day.to_string().into()];
        self.execute("note that a mandate is used", sql, values).await.map(|_| ())
    }

    /// A mandate, by its reference, held until this transaction ends: what is written of it is all of it, and must not undo what somebody else wrote.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mandate(&self, reference: &MandateReference) -> Result<Option<KeptMandate>, StoreError> {
        let held = if self.is_postgres() { HELD } else { "" };
        let sql = format!("SELECT {COLUMNS} FROM mandate m WHERE m.reference = $1 {held}");
        let rows = self.rows("find a mandate", &sql, vec![reference.as_str().into()]).await?;
        rows.first().map(read_mandate).transpose()
    }

    /// Mandates as they are now, held until this transaction ends. One that somebody else is changing is left out, and not waited for: two who hold
    /// many in different orders would wait for each other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_mandates(&self, references: &[&MandateReference]) -> Result<Vec<KeptMandate>, StoreError> {
        let held = if self.is_postgres() { format!("{HELD} SKIP LOCKED") } else { String::new() };
        let wanted = self.store.listed(1);
        let sql =
            format!("SELECT {COLUMNS} FROM {wanted} AS wanted CROSS JOIN mandate m WHERE m.reference = wanted.value {held}");
        let asked = list(references.iter().map(|reference| reference.as_str()));
        self.rows("hold mandates", &sql, vec![asked]).await?.iter().map(read_mandate).collect()
    }

    /// Writes whether a mandate may be used, and when it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_mandate<A: Sync>(&self, mandate: &Mandate<A>) -> Result<(), StoreError> {
        let (state, since, why) = match mandate.state {
            MandateState::Active => ("active", None, None),
            MandateState::Blocked { since } => ("blocked", Some(since), None),
            MandateState::Ended { on, why } => {
                ("ended", Some(on), ENDS.iter().find(|(_, known)| *known == why).map(|(word, _)| (*word).to_owned()))
            }
        };
        let sql = "UPDATE mandate SET state = $2, since = $3, why = $4, first_used = $5, last_used = $6 WHERE reference = $1";
        let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
        let values = vec![
            mandate.reference.as_str().into(),
            state.into(),
            day(since),
            why.into(),
            day(mandate.used.map(|used| used.first)),
            day(mandate.used.map(|used| used.last)),
        ];
        self.execute("change a mandate", sql, values).await.map(|_| ())
    }
}

/// Reads what [`COLUMNS`] asked for.
pub(crate) fn read_mandate(row: &Row) -> Result<KeptMandate, StoreError> {
    let (reference, bic): (String, String) = (row.get("reference")?, row.get("bic")?);
    let (kind, state, why): (String, String, Option<String>) = (row.get("kind")?, row.get("state")?, row.get("why")?);
    let corrupt = |column: &'static str, value: &str| StoreError::Corrupt { column, value: value.to_owned() };
    let since = read_day(row, "since")?;
    let state = match (state.as_str(), since) {
        ("active", _) => MandateState::Active,
        ("blocked", Some(since)) => MandateState::Blocked { since },
        ("ended", Some(on)) => {
            let why = why.unwrap_or_default();
            let known = ENDS.iter().find(|(word, _)| *word == why).map(|(_, why)| *why);
            MandateState::Ended { on, why: known.ok_or_else(|| corrupt("mandate.why", &why))? }
        }
        _ => return Err(corrupt("mandate.state", &state)),
    };
    let used = match (read_day(row, "first_used")?, read_day(row, "last_used")?) {
        (Some(first), Some(last)) => Some(Used { first, last }),
        _ => None,
    };
    let kind =
        KINDS.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind).ok_or_else(|| corrupt("mandate.kind", &kind))?;
    let place: i32 = row.get("place")?;
    let signed = read_day(row, "signed")?.ok_or_else(|| corrupt("mandate.signed", ""))?;
    Ok(KeptMandate {
        account: BillingAccountId(row.get("billing_account_id")?),
        place: u32::try_from(place).map_err(|_| corrupt("mandate.place", &place.to_string()))?,
        signed_by: row.get("signed_by")?,
        mandate: Mandate {
            reference: reference.parse::<MandateReference>().map_err(|_| corrupt("mandate.reference", &reference))?,
            iban: KeptIban { sealed: row.get("iban")?, masked: row.get("masked")? },
            bic: if bic.is_empty() { None } else { Some(bic.parse::<Bic>().map_err(|_| corrupt("mandate.bic", &bic))?) },
            holder: row.get("holder")?,
            signed,
            kind,
            state,
            used,
        },
    })
}

/// A day that a column may hold.
pub(crate) fn read_day(row: &Row, column: &'static str) -> Result<Option<Date>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|_| StoreError::Corrupt { column, value: text })).transpose()
}

/// A day that a column holds.
pub(crate) fn day_of(row: &Row, column: &'static str) -> Result<Date, StoreError> {
    read_day(row, column)?.ok_or_else(|| StoreError::Corrupt { column, value: String::new() })
}

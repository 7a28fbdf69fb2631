//! The columns that hold sealed values, and how all of them are gone through when a key changes (PLT-16). What sealing is, this room does
//! not know: it sees texts that begin with the name of their key.

use crate::{Store, StoreError, Value};

/// The most values that are read at a time.
const BATCH: u32 = 200;

/// A column of sealed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column, `NULL` where there is nothing.
    pub column: &'static str,
    /// The column that names a row: a key of the table that never changes.
    pub row: &'static str,
    /// What that column holds.
    pub rows: RowName,
}

/// What names a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowName {
    /// A text.
    Text,
    /// A whole number.
    Number,
}

impl RowName {
    fn value(self, name: &str) -> Result<Value, StoreError> {
        match self {
            Self::Text => Ok(name.into()),
            Self::Number => match name.parse::<i64>() {
                Ok(number) => Ok(number.into()),
                Err(_) => Err(StoreError::Corrupt { column: "row", value: name.to_owned() }),
            },
        }
    }
}

/// What a mail that waits says.
pub(crate) const MAIL_ARGUMENTS: SealedColumn =
    SealedColumn { table: "mail", column: "arguments", row: "message_id", rows: RowName::Text };

/// What somebody's one-time codes are made of.
pub(crate) const CODE_SEED: SealedColumn =
    SealedColumn { table: "one_time_code", column: "seed", row: "login_id", rows: RowName::Number };

/// What unlocks SIM cards: PIN and PUK, the first and the second.
pub(crate) const SIM_CODES: [SealedColumn; 4] = [sim_code("pin1"), sim_code("puk1"), sim_code("pin2"), sim_code("puk2")];

const fn sim_code(column: &'static str) -> SealedColumn {
    SealedColumn { table: "sim_secret", column, row: "name", rows: RowName::Text }
}

/// What an eSIM profile is downloaded with, and the code that is typed beside it.
pub(crate) const ESIM_CODES: [SealedColumn; 2] = [esim_code("matching_id"), esim_code("confirmation_code")];

const fn esim_code(column: &'static str) -> SealedColumn {
    SealedColumn { table: "esim_profile", column, row: "name", rows: RowName::Text }
}

/// The account that a mandate is for.
pub(crate) const MANDATE_IBAN: SealedColumn =
    SealedColumn { table: "mandate", column: "iban", row: "reference", rows: RowName::Text };

/// Every column that holds sealed values: one that is not named here is not sealed anew when a key changes.
pub const SEALED: &[SealedColumn] = &[
    MAIL_ARGUMENTS,
    CODE_SEED,
    SIM_CODES[0],
    SIM_CODES[1],
    SIM_CODES[2],
    SIM_CODES[3],
    ESIM_CODES[0],
    ESIM_CODES[1],
    MANDATE_IBAN,
];

/// A sealed value and the row where it stands.
#[derive(Clone, Debug)]
pub struct SealedValue {
    /// What names the row.
    pub row: String,
    /// The value.
    pub sealed: String,
}

impl Store {
    /// Some values of a column that none of these prefixes begins, by row, after this one; none when there are no more. A prefix is
    /// the form and the name of a key: small letters, digits, hyphens and points.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sealed_otherwise(
        &self,
        place: SealedColumn,
        prefixes: &[String],
        after: Option<&str>,
    ) -> Result<Vec<SealedValue>, StoreError> {
        let SealedColumn { table, column, row, rows } = place;
        let mut sql =
            format!("SELECT CAST({row} AS TEXT) AS row_name, {column} AS sealed FROM {table} WHERE {column} IS NOT NULL");
        let mut values: Vec<Value> = prefixes.iter().map(|prefix| format!("{prefix}%").into()).collect();
        for number in 1..=prefixes.len() {
            sql.push_str(&format!(" AND {column} NOT LIKE ${number}"));
        }
        if let Some(after) = after {
            values.push(rows.value(after)?);
            sql.push_str(&format!(" AND {row} > ${}", values.len()));
        }
        sql.push_str(&format!(" ORDER BY {row} LIMIT {BATCH}"));
        let rows = self.rows("look for sealed values", &sql, values).await?;
        rows.iter().map(|row| Ok(SealedValue { row: row.get("row_name")?, sealed: row.get("sealed")? })).collect()
    }

    /// Puts values in the place of others, in one transaction; how many. One that changed meanwhile stays as it is.
    ///
    /// # Errors
    /// When the database fails: then none is changed.
    pub async fn seal_anew(&self, place: SealedColumn, values: &[(SealedValue, String)]) -> Result<u64, StoreError> {
        let SealedColumn { table, column, row, rows } = place;
        let sql = format!("UPDATE {table} SET {column} = $1 WHERE {row} = $2 AND {column} = $3");
        let transaction = self.begin().await?;
        let mut changed = 0;
        for (before, after) in values {
            let values = vec![after.as_str().into(), rows.value(&before.row)?, before.sealed.as_str().into()];
            changed += transaction.execute("seal a value anew", &sql, values).await?;
        }
        transaction.commit().await?;
        Ok(changed)
    }
}

//! Changing the key of secrets at rest (PLT-16): what names a key that is not there, and sealing everything anew with the newest.

use crate::{
    House, OperationError,
    seal::{Place, SealError, key_of},
};
use store::{SEALED, SealedColumn, SealedValue};

/// Looks for sealed values that none of the house's keys opens, before somebody needs one.
///
/// # Errors
/// Names the first such value with its key; or the database fails.
pub async fn check(house: &House) -> Result<(), OperationError> {
    let known: Vec<String> = house.seal.ids().map(prefix).collect();
    for column in SEALED {
        if let Some(value) = house.store.sealed_otherwise(*column, &known, None).await?.first() {
            let place = place(*column, value).to_string();
            return Err(match key_of(&value.sealed) {
                Some(key) => SealError::UnknownKey { place, key: key.to_owned() }.into(),
                None => SealError::NotSealed(place).into(),
            });
        }
    }
    Ok(())
}

/// Seals everything anew that an older key sealed, some hundred values a transaction; how many. Broken off, it goes on where it was, and the
/// program may serve meanwhile: a value that changed since it was read is left to the next look.
///
/// # Errors
/// Without keys, at the first value that does not open, or when the database fails; what was sealed anew by then stays so.
pub async fn rotate(house: &House, on_progress: &(dyn Fn(u64) + Sync)) -> Result<u64, OperationError> {
    let newest = [prefix(house.seal.newest().ok_or(SealError::NoKeys)?)];
    let mut done = 0;
    for column in SEALED {
        loop {
            let before = done;
            let mut after: Option<String> = None;
            loop {
                let found = house.store.sealed_otherwise(*column, &newest, after.as_deref()).await?;
                let Some(last) = found.last() else { break };
                after = Some(last.row.clone());
                let mut values = Vec::with_capacity(found.len());
                for value in found {
                    let place = place(*column, &value);
                    let secret = house.seal.open(place, &value.sealed)?;
                    let anew = house.seal.seal(place, &secret)?;
                    values.push((value, anew));
                }
                done += house.store.seal_anew(*column, &values).await?;
                on_progress(done);
            }
            // Once more from the beginning, for what was written behind the cursor; a round that changed nothing was the last.
            if done == before {
                break;
            }
        }
    }
    Ok(done)
}

fn prefix(id: &str) -> String {
    format!("v1.{id}.")
}

fn place(column: SealedColumn, value: &SealedValue) -> Place<'_> {
    Place { table: column.table, column: column.column, row: &value.row }
}

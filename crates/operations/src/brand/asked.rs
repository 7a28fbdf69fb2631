//! Host names that a reseller's people want: the operator's people say whether they are the reseller's to have. Until then nothing is
//! served there, and nobody else is kept from them.

use super::draft::is_anothers;
use crate::{Actor, House, OperationError, permission::Permission};
use store::{Brand, Object};

/// What the operator's people say to a host name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostAnswer {
    /// It is the reseller's: it serves from now on.
    Confirmed,
    /// It is not.
    Refused,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is as answered.
    Done,
    /// The host name is another brand's meanwhile.
    Taken,
}

/// Answers for a host name that a brand waits for; `None` for who may not, and for one that is not waited for.
///
/// # Errors
/// When the database fails.
pub async fn answer_host(
    house: &House,
    actor: &Actor,
    brand: &Brand,
    (host, answer): (&str, HostAnswer),
) -> Result<Option<Answered>, OperationError> {
    if !actor.may(Permission::ConfirmHosts) {
        return Ok(None);
    }
    let is_confirmed = answer == HostAnswer::Confirmed;
    if is_confirmed && is_anothers(brand, host, &house.store.brands().await?, actor.scope.reach) {
        return Ok(brand.asked.iter().any(|asked| asked == host).then_some(Answered::Taken));
    }
    let transaction = house.store.begin().await?;
    if !transaction.forget_asked_host(brand.id, host).await? {
        return Ok(None);
    }
    if is_confirmed && !transaction.give_asked_host(brand.id, host).await? {
        return Ok(Some(Answered::Taken));
    }
    let action = if is_confirmed { "brand_host_confirmed" } else { "brand_host_refused" };
    let mut entry = actor.entry(house.clock.now(), action, Object::Brand(brand.id));
    entry.owner = (brand.reseller, None);
    entry.after = Some(serde_json::json!({ "host": host }).to_string());
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Some(Answered::Done))
}

//! The removal of one's own codes and passkeys that somebody asked a desk for, until its hour (PLT-05, RES-02): its owner sees it, and
//! stops it. Asking for one is the matter of [`crate::members`]; who cannot sign in any more stops it by the link of
//! [`crate::regret`].

use crate::{Actor, House, OperationError};
use store::{ChangeKind, Object};
use vocabulary::Timestamp;

/// When the asker's codes and passkeys will be taken away, if they will.
///
/// # Errors
/// When the database fails.
pub async fn due(house: &House, actor: &Actor) -> Result<Option<Timestamp>, OperationError> {
    let change = house.store.change_to_come(actor.login, ChangeKind::SecondFactor).await?;
    Ok(change.and_then(|change| change.due))
}

/// Stops it; was it still to come?
///
/// # Errors
/// When the database fails.
pub async fn stop(house: &House, actor: &Actor) -> Result<bool, OperationError> {
    let transaction = house.store.begin().await?;
    transaction.hold_login(actor.login).await?;
    if transaction.drop_change(actor.login, ChangeKind::SecondFactor).await?.is_none() {
        return Ok(false);
    }
    let mut noted = actor.entry(house.clock.now(), "change_taken_back", Object::Login(actor.login));
    noted.before = Some(serde_json::json!({ "second_factor": "" }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    Ok(true)
}

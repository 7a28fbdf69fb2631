//! "This was not me" (PLT-05): who was told of a change at the address before takes it back with the link in that letter, without signing in.
//!
//! What was changed since goes back too, every session is over, and the password is worth nothing any more, because whoever made the
//! change knew it or had a session: a link to choose another goes to the address that is known again. It lets nobody in by itself.

use crate::{
    House, OperationError,
    contact_numbers::put_back,
    entering::entry,
    first_access::{Address, masked, password_link},
    identity_change::REGRET_DAYS,
    second_factor::SETUP_S,
    sign_in::{Door, hash_of},
};
use store::{ChangeKind, KeptChange, Login};
use vocabulary::Timestamp;

/// A change that can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regret {
    /// What changed, or will.
    pub kind: ChangeKind,
}

/// What a link takes back; `None` for one that was used, is over, never was, or is of another door.
///
/// # Errors
/// When the database fails.
pub async fn regret(house: &House, door: Door, token: &str) -> Result<Option<Regret>, OperationError> {
    Ok(open(house, door, token).await?.map(|change| Regret { kind: change.kind }))
}

async fn open(house: &House, door: Door, token: &str) -> Result<Option<KeptChange>, OperationError> {
    let change = house.store.change_to_regret(&hash_of(token), house.clock.now()).await?;
    Ok(change.filter(|change| {
        let login = &change.login;
        login.operator == door.operator && (door.reseller.is_none() || login.reseller == door.reseller)
    }))
}

/// Whoever made the change may have put a lock of their own on the door, days before it: it goes too. Where the change took factors away,
/// those before it are the owner's; where it is a lock, each of those before was told with a link of its own.
fn locks_since(change: &KeptChange) -> Timestamp {
    match change.kind {
        ChangeKind::SecondFactor => change.asked,
        // Codes are of when their seed was made.
        ChangeKind::Codes | ChangeKind::Passkey => change.asked.plus_seconds(-SETUP_S),
        ChangeKind::Email | ChangeKind::Password | ChangeKind::Identifier | ChangeKind::Numbers => {
            change.asked.plus_seconds(-REGRET_DAYS * 86_400)
        }
    }
}

/// Takes a change back, and all that was changed since; the masked address that a link for another password goes to, empty for none.
/// `None` as for [`regret`].
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn take_back(
    house: &House,
    door: Door,
    (token, from): (&str, &str),
    links: &Address,
) -> Result<Option<String>, OperationError> {
    let Some(change) = open(house, door, token).await? else { return Ok(None) };
    let (now, login) = (house.clock.now(), &change.login);
    let transaction = house.store.begin().await?;
    let Some(undone) = transaction.take_changes_back(login.id, change.id).await? else { return Ok(None) };
    let mut email = login.email.clone();
    for undone in &undone {
        match undone.kind {
            ChangeKind::Email => {
                transaction.set_email(login.id, (&undone.after, &undone.before)).await?;
                email.clone_from(&undone.before);
            }
            ChangeKind::Identifier if undone.before.is_empty() => transaction.forget_identifier(login.id).await?,
            // Somebody else may be known by it since: then nobody is by this one.
            ChangeKind::Identifier => {
                transaction.choose_identifier(login.operator, login.id, &undone.before).await?;
            }
            ChangeKind::Numbers => put_back(&transaction, login, &undone.before).await?,
            // What was taken away was told to nobody: its owner switches it on again, once they are in. What was added goes below.
            ChangeKind::Password | ChangeKind::SecondFactor | ChangeKind::Codes | ChangeKind::Passkey => {}
        }
    }
    transaction.forget_password(login.id).await?;
    transaction.drop_factors_since(login.id, locks_since(&change)).await?;
    transaction.end_sessions(login.id, None).await?;
    let mut noted = entry(login, from, now, "change_taken_back");
    let kept = |value: &String| match change.kind {
        ChangeKind::Numbers => value.clone(),
        kind => serde_json::json!({ kind.as_str(): value }).to_string(),
    };
    (noted.before, noted.after) = (Some(kept(&change.after)), Some(kept(&change.before)));
    transaction.note(noted).await?;
    let masked = if email.is_empty() { String::new() } else { masked(&email) };
    let login = Login { email, ..login.clone() };
    if !login.email.is_empty() && login.state != "blocked" {
        password_link(house, &login, "", links)?.post(&transaction, &login).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(masked))
}

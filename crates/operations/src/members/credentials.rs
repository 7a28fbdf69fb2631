//! What a desk does for somebody's way in (RES-02): the address of mails, the identifier, a link to a new password. What could take a
//! login over is told at the address of before (PLT-05).

use super::{
    MemberRefusal, address, entry,
    invitation::{links_of, waits},
    renewable,
};
use crate::{
    Actor, House, OperationError,
    account::{is_own, masked_word},
    first_access::{Address, masked, send, to},
    mail::{self, Letter},
};
use store::{IdentifierKind, MemberChange};
use vocabulary::LoginId;

/// Has somebody's mails go to another address, by which they are known from then on; links that were sent before are over. `None` for
/// who is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn change_email(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    email: &str,
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let (of, member) = match renewable(house, actor, (login, version)).await? {
        None => return Ok(None),
        Some(Err(refusal)) => return Ok(Some(Err(refusal))),
        Some(Ok(found)) => found,
    };
    let email = match address(email) {
        Ok(email) => email,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    if house.store.scoped(actor.scope).has_address(of.party, &email, Some(login)).await? {
        return Ok(Some(Err(MemberRefusal::Known)));
    }
    let Some(kept) = house.store.login(login).await? else { return Ok(None) };
    let now = house.clock.now();
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let told = if kept.email.is_empty() || kept.password_hash.is_none() || kept.email == email {
        None
    } else {
        Some(mail::written(house, to(&kept, &links, Letter::AddressChanged { to: masked(&email), at: now, not_me: None }))?)
    };
    let transaction = house.store.begin().await?;
    if !transaction.change_member((login, version), MemberChange::Email(&email)).await? {
        return Ok(Some(Err(MemberRefusal::Stale)));
    }
    transaction.end_links(login).await?;
    // Whoever was not in yet is known by the address once they are.
    if kept.password_hash.is_some() {
        transaction.forget_identifiers(login, IdentifierKind::Email).await?;
        transaction.try_identifier((kept.operator, login), (IdentifierKind::Email, &email)).await?;
    }
    let mut changed = entry(actor, (&of, login), now, "login_email_changed");
    changed.before = Some(serde_json::json!({ "email": member.email }).to_string());
    changed.after = Some(serde_json::json!({ "email": email }).to_string());
    transaction.note(changed).await?;
    if let Some(mail) = &told {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

/// Gives somebody an identifier in place of the one of their own choosing. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn change_identifier(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    wanted: &str,
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let (of, _) = match renewable(house, actor, (login, version)).await? {
        None => return Ok(None),
        Some(Err(refusal)) => return Ok(Some(Err(refusal))),
        Some(Ok(found)) => found,
    };
    let wanted = wanted.trim().to_lowercase();
    if !is_own(&wanted) {
        return Ok(Some(Err(MemberRefusal::NoIdentifier)));
    }
    let Some(kept) = house.store.login(login).await? else { return Ok(None) };
    let before = house.store.identifiers(login).await?.into_iter().find(|(kind, _)| *kind == IdentifierKind::Own);
    let now = house.clock.now();
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let told = if kept.email.is_empty() || kept.password_hash.is_none() {
        None
    } else {
        Some(mail::written(
            house,
            to(&kept, &links, Letter::IdentifierChanged { to: masked_word(&wanted), at: now, not_me: None }),
        )?)
    };
    let transaction = house.store.begin().await?;
    if !transaction.choose_identifier(kept.operator, login, &wanted).await? {
        return Ok(Some(Err(MemberRefusal::Taken)));
    }
    let mut changed = entry(actor, (&of, login), now, "identifier_changed");
    changed.before = before.map(|(_, known)| serde_json::json!({ "identifier": known }).to_string());
    changed.after = Some(serde_json::json!({ "identifier": wanted }).to_string());
    transaction.note(changed).await?;
    if let Some(mail) = &told {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

/// Sends somebody who may sign in a link to a new password; the one of before stays until it is used. `None` for who is not there for
/// the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn send_link(
    house: &House,
    actor: &Actor,
    (login, version): (LoginId, i64),
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let (of, member) = match renewable(house, actor, (login, version)).await? {
        None => return Ok(None),
        Some(Err(refusal)) => return Ok(Some(Err(refusal))),
        Some(Ok(found)) => found,
    };
    let Some(kept) = house.store.login(login).await?.filter(|_| member.state == "validated") else {
        return Ok(Some(Err(MemberRefusal::Stale)));
    };
    if kept.email.is_empty() {
        return Ok(Some(Err(MemberRefusal::Address)));
    }
    let now = house.clock.now();
    if let Some(wait) = waits(house, login, now).await? {
        return Ok(Some(Err(wait)));
    }
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let noted = entry(actor, (&of, login), now, "link_sent");
    send(house, &kept, &kept.language, (noted, &links)).await?;
    Ok(Some(Ok(())))
}

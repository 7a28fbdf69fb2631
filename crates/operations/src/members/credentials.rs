//! What a desk does for somebody's way in (RES-02): the address of mails, the identifier, a link to a new password. What could take a
//! login over is told at the address of before, and asks the desk for a fresh proof (PLT-05).

use super::{
    Effect, MemberRefusal, address, entry,
    invitation::{links_of, waits},
    renewable,
};
use crate::{
    House, OperationError, Reach,
    account::{is_own, masked_word},
    email_change::ToCome,
    first_access::{Address, masked, send},
    identity_change::{self, Notice, regret_until},
    mail::Letter,
    proof::FreshProof,
    text_message::TextNotice,
};
use store::{ChangeKind, IdentifierKind, MemberChange};
use vocabulary::{Label, LabelRefusal, LoginId};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 300;
pub(super) const HOUR_S: i64 = 3_600;

/// What was typed as the reason of something; empty for none.
///
/// # Errors
/// When it is too long, or cannot be read.
pub(super) fn reason(typed: &str) -> Result<String, MemberRefusal> {
    match Label::remark(typed, LONGEST_REASON) {
        Ok(reason) => Ok(reason.into()),
        Err(LabelRefusal::Empty) => Ok(String::new()),
        Err(refusal) => Err(MemberRefusal::Reason(refusal)),
    }
}

/// Where somebody's mails will go.
pub(super) async fn to_come(house: &House, login: LoginId) -> Result<Option<ToCome>, OperationError> {
    let change = house.store.change_to_come(login, ChangeKind::Email).await?.filter(|change| change.due.is_some());
    Ok(change.map(|change| ToCome { address: change.after, due: change.due }))
}

/// Has somebody's mails go to another address, by which they are known from then on. The address before and the SIM hear of it, and take
/// it back; until the operator's hours have passed nothing changes, unless the operator's own people say why it has to be now, or the
/// person has not been in yet. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn change_email(
    house: &House,
    proof: FreshProof<'_>,
    who: (LoginId, i64),
    (email, why): (&str, &str),
    here: &Address,
) -> Result<Option<Result<Effect, MemberRefusal>>, OperationError> {
    let actor = proof.actor();
    let (of, member) = match renewable(house, actor, who).await? {
        None => return Ok(None),
        Some(Err(refusal)) => return Ok(Some(Err(refusal))),
        Some(Ok(found)) => found,
    };
    let login = who.0;
    let (email, why) = match (address(email), reason(why)) {
        (Ok(email), Ok(why)) => (email, why),
        (Err(refusal), _) | (_, Err(refusal)) => return Ok(Some(Err(refusal))),
    };
    if house.store.scoped(actor.scope).has_address(of.party, &email, Some(login)).await? {
        return Ok(Some(Err(MemberRefusal::Known)));
    }
    let Some(kept) = house.store.login(login).await? else { return Ok(None) };
    let now = house.clock.now();
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let is_in = kept.password_hash.is_some() && kept.email != email;
    let may_hurry = actor.scope.reach == Reach::Operator && !why.is_empty();
    let hold_h = if is_in && !may_hurry { house.catalog(actor.scope.operator).await?.operator.holds.email_h } else { 0 };
    let due = now.plus_seconds(hold_h * HOUR_S);
    let notice = if is_in {
        let shown = masked(&email);
        let letter = |not_me| match hold_h {
            0 => Letter::AddressChanged { to: shown, at: now, not_me: Some(not_me) },
            _ => Letter::AddressHeld { to: shown, at: now, hold_h, not_me },
        };
        let text = TextNotice::AddressAsked { at: now };
        Some(Notice::write(house, (&kept, &links), regret_until(due), letter, Some(text)).await?)
    } else {
        None
    };
    let transaction = house.store.begin().await?;
    let what = (ChangeKind::Email, kept.email.as_str(), email.as_str());
    let action = if hold_h > 0 { "email_asked" } else { "login_email_changed" };
    if hold_h == 0 {
        if !transaction.change_member(who, MemberChange::Email(&email)).await? {
            return Ok(Some(Err(MemberRefusal::Stale)));
        }
        transaction.end_links(login).await?;
        // Whoever was not in yet is known by the address once they are.
        if kept.password_hash.is_some() {
            transaction.forget_identifiers(login, IdentifierKind::Email).await?;
            transaction.try_identifier((kept.operator, login), (IdentifierKind::Email, &email)).await?;
        }
    }
    if notice.is_none() {
        // What waited to take its place does not any more.
        transaction.hold_login(login).await?;
        transaction.drop_change(login, ChangeKind::Email).await?;
    }
    if let Some(notice) = &notice {
        let change = match hold_h {
            0 => identity_change::made(&transaction, (&kept, &links), what, now).await?,
            _ => identity_change::held(&transaction, (&kept, &links), what, (now, due)).await?,
        };
        notice.post(&transaction, change).await?;
    }
    let mut changed = entry(actor, (&of, login), now, action);
    changed.before = Some(serde_json::json!({ "email": member.email }).to_string());
    changed.after = Some(match (hold_h, why.is_empty()) {
        (0, true) => serde_json::json!({ "email": email }).to_string(),
        (0, false) => serde_json::json!({ "email": email, "reason": why }).to_string(),
        _ => serde_json::json!({ "email": email, "hold_hours": hold_h }).to_string(),
    });
    transaction.note(changed).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(if hold_h == 0 { Effect::Now } else { Effect::Held })))
}

/// Gives somebody an identifier in place of the one of their own choosing. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn change_identifier(
    house: &House,
    proof: FreshProof<'_>,
    (login, version): (LoginId, i64),
    wanted: &str,
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let actor = proof.actor();
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
    let before = before.map(|(_, known)| known);
    let now = house.clock.now();
    let links = links_of(house, (actor.scope.operator, of.reseller), here).await?;
    let notice = if kept.password_hash.is_some() {
        let letter = |not_me| Letter::IdentifierChanged { to: masked_word(&wanted), at: now, not_me: Some(not_me) };
        let text = TextNotice::IdentifierChanged { at: now };
        Some(Notice::write(house, (&kept, &links), regret_until(now), letter, Some(text)).await?)
    } else {
        None
    };
    let transaction = house.store.begin().await?;
    if !transaction.choose_identifier(kept.operator, login, &wanted).await? {
        return Ok(Some(Err(MemberRefusal::Taken)));
    }
    let mut changed = entry(actor, (&of, login), now, "identifier_changed");
    changed.before = before.as_ref().map(|known| serde_json::json!({ "identifier": known }).to_string());
    changed.after = Some(serde_json::json!({ "identifier": wanted }).to_string());
    transaction.note(changed).await?;
    if let Some(notice) = &notice {
        let what = (ChangeKind::Identifier, before.as_deref().unwrap_or_default(), wanted.as_str());
        let change = identity_change::made(&transaction, (&kept, &links), what, now).await?;
        notice.post(&transaction, change).await?;
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
    proof: FreshProof<'_>,
    (login, version): (LoginId, i64),
    here: &Address,
) -> Result<Option<Result<(), MemberRefusal>>, OperationError> {
    let actor = proof.actor();
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

//! Taking codes and passkeys away from who lost them (PLT-03, RES-02): done by a desk for those below it, never for oneself or an equal. The
//! person hears of it at the address and the SIM that are known, and takes it back if it was somebody else who asked.

use super::{
    Effect, MemberRefusal,
    credentials::{HOUR_S, reason},
    entry,
    invitation::links_of,
    renewable,
};
use crate::{
    House, OperationError,
    first_access::Address,
    identity_change::{self, Notice, regret_until},
    mail::Letter,
    proof::FreshProof,
    text_message::TextNotice,
};
use store::ChangeKind;
use vocabulary::{LabelRefusal, LoginId, Timestamp};

/// What protects somebody besides a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonFactors {
    /// Are one-time codes on?
    pub has_codes: bool,
    /// How many passkeys they have.
    pub passkeys: i64,
    /// When all of it will be taken away, if it will.
    pub removed_at: Option<Timestamp>,
}

impl PersonFactors {
    /// Is there something that could be taken away?
    pub const fn is_any(&self) -> bool {
        self.has_codes || self.passkeys > 0
    }
}

pub(super) async fn of(house: &House, login: LoginId) -> Result<PersonFactors, OperationError> {
    let change = house.store.change_to_come(login, ChangeKind::SecondFactor).await?;
    Ok(PersonFactors {
        has_codes: house.store.has_codes(login).await?,
        passkeys: i64::try_from(house.store.passkeys(login).await?.len()).unwrap_or(i64::MAX),
        removed_at: change.and_then(|change| change.due),
    })
}

/// Takes codes, recovery codes and passkeys of somebody away and ends their sessions, now or after the operator's hours. Why, has to be
/// said. `None` for who is not there for the asker.
///
/// # Errors
/// When the database fails, or without keys.
pub async fn remove_factors(
    house: &House,
    proof: FreshProof<'_>,
    who: (LoginId, i64),
    why: &str,
    here: &Address,
) -> Result<Option<Result<Effect, MemberRefusal>>, OperationError> {
    let actor = proof.actor();
    let (parent, member) = match renewable(house, actor, who).await? {
        None => return Ok(None),
        Some(Err(refusal)) => return Ok(Some(Err(refusal))),
        Some(Ok(found)) => found,
    };
    let why = match reason(why) {
        Ok(why) if !why.is_empty() => why,
        Ok(_) => return Ok(Some(Err(MemberRefusal::Reason(LabelRefusal::Empty)))),
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let Some(kept) = house.store.login(member.login).await? else { return Ok(None) };
    let factors = of(house, kept.id).await?;
    if !factors.is_any() {
        return Ok(Some(Err(MemberRefusal::NoFactors)));
    }
    let now = house.clock.now();
    let hold_h = house.catalog(actor.scope.operator).await?.operator.holds.second_factor_h;
    let due = now.plus_seconds(hold_h * HOUR_S);
    let links = links_of(house, (actor.scope.operator, parent.reseller), here).await?;
    let letter = |not_me| Letter::SecondFactorRemoved { at: now, hold_h, not_me };
    let text = TextNotice::SecondFactorRemoved { at: now };
    let notice = Notice::write(house, (&kept, &links), regret_until(due), letter, Some(text)).await?;
    let what = (ChangeKind::SecondFactor, "", "");
    let transaction = house.store.begin().await?;
    let (change, action, effect) = if hold_h > 0 {
        let change = identity_change::held(&transaction, (&kept, &links), what, (now, due)).await?;
        (change, "second_factor_removal_asked", Effect::Held)
    } else {
        let change = identity_change::made(&transaction, (&kept, &links), what, now).await?;
        transaction.forget_factors(kept.id).await?;
        transaction.end_sessions(kept.id, None).await?;
        (change, "second_factor_removed", Effect::Now)
    };
    notice.post(&transaction, change).await?;
    let mut noted = entry(actor, (&parent, kept.id), now, action);
    noted.before = Some(serde_json::json!({ "passkeys": factors.passkeys }).to_string());
    noted.after = Some(serde_json::json!({ "reason": why, "hold_hours": hold_h }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(effect)))
}

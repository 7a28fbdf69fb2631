//! What payment providers told that counts nothing: staff looks at it with the provider, and says what it was (BIL-07).

use crate::{Actor, House, OperationError, permission::Permission};
use serde_json::json;
use store::{CallbackAside, Object};
use vocabulary::{LabelRefusal, unreadable};

/// Nothing that somebody says of it is longer, in characters.
pub const LONGEST_SAID: usize = 200;

/// What waits, the longest first, and what somebody looked at, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// What waits.
    pub waiting: Vec<CallbackAside>,
    /// What somebody looked at.
    pub settled: Vec<CallbackAside>,
    /// May the reader say what it was?
    pub can_settle: bool,
}

/// Why nothing is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettleRefusal {
    /// It waits no more.
    Over,
    /// Nothing was said, or too much, or with this sign.
    Said(Option<LabelRefusal>),
}

/// What providers told and somebody has to look at; `None` for who does not see it.
///
/// # Errors
/// When the database fails.
pub async fn problems(house: &House, actor: &Actor) -> Result<Option<Problems>, OperationError> {
    if !actor.may(Permission::SeePaymentProblems) {
        return Ok(None);
    }
    let all = house.store.callbacks_aside(actor.scope.operator).await?;
    let (waiting, settled) = all.into_iter().partition(|one| one.settled.is_none());
    Ok(Some(Problems { waiting, settled, can_settle: actor.may(Permission::RefundPayments) }))
}

/// Says what something was that a provider told, by the provider's word and its name for that. `None` for who may not.
///
/// # Errors
/// When the database fails.
pub async fn settle(
    house: &House,
    actor: &Actor,
    (provider, event): (&str, &str),
    said: &str,
) -> Result<Option<Result<(), SettleRefusal>>, OperationError> {
    if !actor.may(Permission::RefundPayments) || !actor.may(Permission::SeePaymentProblems) {
        return Ok(None);
    }
    let said = said.trim();
    if let Some(sign) = unreadable(said) {
        return Ok(Some(Err(SettleRefusal::Said(Some(sign)))));
    }
    if said.is_empty() || said.chars().count() > LONGEST_SAID {
        return Ok(Some(Err(SettleRefusal::Said(None))));
    }
    let (operator, now) = (actor.scope.operator, house.clock.now());
    let mut noted = actor.entry(now, "payment_problem_settled", Object::Operator(operator));
    noted.after = Some(json!({ "message": event, "reason": said }).to_string());
    let did = house.store.settle_callback(operator, (provider, event), (said, now, &actor.name), noted).await?;
    Ok(Some(if did { Ok(()) } else { Err(SettleRefusal::Over) }))
}

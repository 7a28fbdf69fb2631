//! Money that staff gives back of a payment by card (BIL-07).

use super::callback::{Taken, refund_of};
use crate::{
    Actor, House, OperationError,
    payment_provider::{ProviderFault, RefundAsked},
    permission::Permission,
};
use billing::{BankAmount, PaymentState};
use store::{KeptPayment, Object};
use vocabulary::{Cents, PaymentId};

/// Why nothing is given back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefusal {
    /// Nothing, or less.
    #[error("an amount of nothing is not given back")]
    Nothing,
    /// More than is left of the payment, which is so much.
    #[error("more than the {0} that are left of the payment is not given back")]
    MoreThanLeft(Cents),
    /// Meanwhile something was given back: the form showed another rest.
    #[error("something was given back meanwhile: look at the payment again")]
    Meanwhile,
    /// It was not paid, or by nobody who could give it back.
    #[error("the payment was not paid by card, or its provider is not known any more")]
    NotPaid,
    /// The provider.
    #[error(transparent)]
    Provider(#[from] ProviderFault),
    /// What the provider says does not fit.
    #[error("{0}")]
    Aside(String),
}

/// What may be given back of a payment; `None` for what is not there for the asker, or that they may not give back.
///
/// # Errors
/// When the database fails.
pub async fn refundable(house: &House, actor: &Actor, id: PaymentId) -> Result<Option<(KeptPayment, Cents)>, OperationError> {
    if !actor.may(Permission::RefundPayments) {
        return Ok(None);
    }
    let Some(kept) = house.store.scoped(actor.scope).payment(id).await? else { return Ok(None) };
    if kept.state != PaymentState::Succeeded || kept.kind != "card" {
        return Ok(Some((kept, Cents::ZERO)));
    }
    let left = kept.amount.cents - house.store.payment_given_back(id).await?;
    Ok(Some((kept, left)))
}

/// Gives back so much of a payment, of which `left` were left as the form showed it: asked twice, it is given back once. `None` for what is not
/// there for the asker, or that they may not give back.
///
/// # Errors
/// When the database fails. Whatever the provider gave back is then told by its callback.
pub async fn refund(
    house: &House,
    actor: &Actor,
    id: PaymentId,
    (amount, left_shown): (Cents, Cents),
) -> Result<Option<Result<(), RefundRefusal>>, OperationError> {
    // Before what is left: whoever sends the form twice at once asks for the same sum, or is told that something was given back meanwhile.
    let (refunded, failed) = house.store.refunded(id).await?;
    let Some((kept, left)) = refundable(house, actor, id).await? else { return Ok(None) };
    let provider = house.payment_providers.of(kept.issuer).filter(|known| known.word() == kept.provider);
    let (Some(provider), Some(reference)) = (provider, kept.reference.clone()) else {
        return Ok(Some(Err(RefundRefusal::NotPaid)));
    };
    if kept.state != PaymentState::Succeeded || kept.kind != "card" {
        return Ok(Some(Err(RefundRefusal::NotPaid)));
    }
    if !amount.is_positive() {
        return Ok(Some(Err(RefundRefusal::Nothing)));
    }
    if left_shown != left {
        return Ok(Some(Err(RefundRefusal::Meanwhile)));
    }
    if amount > left {
        return Ok(Some(Err(RefundRefusal::MoreThanLeft(left))));
    }
    let currency = kept.amount.currency;
    let total = refunded + amount;
    let asked = RefundAsked { payment: id, reference, amount: BankAmount { cents: amount, currency }, total, failed };
    if let Err(fault) = provider.refund(&asked).await {
        return Ok(Some(Err(fault.into())));
    }
    let reader = house.store.payment_reader(kept.issuer, id).await?;
    let transaction = house.store.begin().await?;
    let Some(held) = transaction.hold_payment(kept.issuer, id).await? else { return Ok(None) };
    if transaction.refunded(id).await?.1 != failed {
        // The sum holds no more: the provider's callback says what does.
        return Ok(Some(Err(RefundRefusal::Meanwhile)));
    }
    let by = actor.entry(house.clock.now(), "payment_given_back", Object::Customer(kept.customer)).by;
    let total = BankAmount { cents: total, currency };
    match refund_of(house, &transaction, (&held, reader.as_ref()), (total, Some(by))).await? {
        Ok(Taken::Counted | Taken::Known | Taken::Noted | Taken::Aside) => {}
        Err(problem) => return Ok(Some(Err(RefundRefusal::Aside(problem)))),
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

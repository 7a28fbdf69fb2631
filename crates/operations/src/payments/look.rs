//! Payments whose callback never came: their provider is asked (BIL-07).

use super::callback::{Taken, news_of};
use crate::{
    House, OperationError, Scope,
    payment_provider::{PaymentProvider, ProviderFault},
};
use billing::{PaymentNews, PaymentState};
use std::time::Duration;
use store::{Issuer, KeptPayment};
use vocabulary::PaymentId;

/// A payment without news is asked after when it is older than this, in seconds.
pub const LOOKED_AFTER_S: i64 = 15 * 60;
/// One that the provider has no page for expires after so many seconds.
pub const WITHOUT_PAGE_S: i64 = 24 * 3_600;
/// So many are asked after at once.
const MOST_LOOKED: usize = 100;
/// How often is looked for such payments.
const EVERY: Duration = Duration::from_mins(5);

/// Asks providers for payments that hang, because callbacks may never come; how many of them changed.
///
/// # Errors
/// When the database fails.
pub async fn look_again(house: &House) -> Result<usize, OperationError> {
    let now = house.clock.now();
    let hanging = house.store.hanging_payments(now.plus_seconds(-LOOKED_AFTER_S), MOST_LOOKED).await?;
    let mut changed = 0;
    for kept in hanging {
        let Some(provider) = house.payment_providers.of(kept.issuer).filter(|known| known.word() == kept.provider) else {
            continue;
        };
        let news = match &kept.reference {
            Some(reference) => provider.look(reference).await.unwrap_or_else(|fault| {
                tracing::warn!(payment = kept.id.0, %fault, "a payment cannot be asked after");
                None
            }),
            None => (now.seconds_since(kept.asked) > WITHOUT_PAGE_S).then_some(PaymentNews::Expired),
        };
        if seen(house, (&kept, provider.word()), news).await? {
            changed += 1;
        }
    }
    if changed > 0 {
        house.mail_posted();
    }
    Ok(changed)
}

/// Asks after a payment of which a provider tells that it was given back, and not yet that it was paid: it tells in any order. Then it is entered first.
///
/// # Errors
/// When the database fails.
pub(super) async fn look_before_refund(
    house: &House,
    (issuer, provider): (Issuer, &dyn PaymentProvider),
    payment: PaymentId,
) -> Result<Result<(), ProviderFault>, OperationError> {
    let kept = house.store.scoped(Scope::operator(issuer.operator)).payment(payment).await?;
    let is_ours = |kept: &KeptPayment| kept.issuer == issuer && kept.provider == provider.word();
    let Some(kept) = kept.filter(|kept| is_ours(kept) && kept.state != PaymentState::Succeeded) else { return Ok(Ok(())) };
    let Some(reference) = &kept.reference else { return Ok(Ok(())) };
    match provider.look(reference).await {
        Ok(news) => seen(house, (&kept, provider.word()), news).await.map(|_| Ok(())),
        Err(fault) => Ok(Err(fault)),
    }
}

/// Enters what a provider answered of a payment. Did something change?
async fn seen(house: &House, (kept, provider): (&KeptPayment, &str), news: Option<PaymentNews>) -> Result<bool, OperationError> {
    let now = house.clock.now();
    let mut changed = false;
    let reader = house.store.payment_reader(kept.issuer, kept.id).await?;
    let transaction = house.store.begin().await?;
    transaction.looked_at_payment(kept.id, now).await?;
    if let (Some(news), Some(held)) = (news, transaction.hold_payment(kept.issuer, kept.id).await?) {
        match news_of(house, &transaction, (&held, reader.as_ref()), &news).await? {
            Ok(Taken::Counted | Taken::Noted) => changed = true,
            Ok(Taken::Known | Taken::Aside) => {}
            Err(problem) => {
                let event = format!("looked at {}", kept.id);
                let event = (provider, event.as_str());
                transaction.take_payment_callback(kept.issuer, event, Some(kept.id), now).await?;
                transaction.set_callback_aside(kept.issuer, event, &problem).await?;
            }
        }
    }
    transaction.commit().await?;
    Ok(changed)
}

/// Looks again and again until `stop` comes.
pub async fn run(house: House, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        if let Err(error) = look_again(&house).await {
            tracing::error!(error = &error as &dyn std::error::Error, "payments that hang");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

//! Money that goes a way back nobody here asked for (BIL-07): who paid disputes it, or what was given back did not arrive. Each counts once, and somebody
//! has to look at it all the same.

use super::callback::{Taken, entry};
use crate::{House, OperationError, payment_provider::Told};
use billing::{BankAmount, PaymentState, payment_transfer, refund_transfer};
use store::{Asker, By, KeptPayment, NewLedgerEntry, NewPayment, Payer, Transaction};
use vocabulary::PaymentId;

/// What is remarked on money that went back by a dispute.
const DISPUTED: &str = "disputed";

/// Did it go back because who paid disputes it?
pub fn is_disputed(kept: &KeptPayment) -> bool {
    kept.kind == "refund" && kept.remark == DISPUTED
}

/// What somebody has to look at, of what was counted; `None` where nobody has to.
pub(super) fn to_look_at(told: &Told) -> Option<String> {
    match told {
        Told::Withdrawn { amount, .. } => {
            Some(format!("who paid disputes {} {}, which went back: answer it with the provider", amount.cents, amount.currency))
        }
        Told::RefundFailed { amount, why, .. } => {
            Some(format!("{} {} that were given back did not arrive ({why}): pay them otherwise", amount.cents, amount.currency))
        }
        Told::News(_) | Told::GivenBack(_) | Told::Reinstated { .. } => None,
    }
}

/// What follows of it. An error says why it is set aside.
pub(super) async fn decide(
    house: &House,
    transaction: &Transaction,
    kept: &KeptPayment,
    told: &Told,
) -> Result<Result<Taken, String>, OperationError> {
    match told {
        Told::News(_) | Told::GivenBack(_) => Ok(Ok(Taken::Known)),
        Told::Withdrawn { dispute, amount } => withdrawn(house, transaction, kept, (dispute, *amount)).await,
        Told::Reinstated { dispute, amount } => {
            let token = token_of(dispute);
            match transaction.payment_of_token(kept.issuer, &token).await? {
                Some(back) if back.state != PaymentState::Succeeded => Ok(Ok(Taken::Known)),
                Some(back) if back.gives_back == Some(kept.id) && back.amount == *amount => {
                    came_again(house, transaction, (kept, back.id), (*amount, "payment_dispute_won", "the dispute was won")).await
                }
                _ => Ok(Err(format!(
                    "{} {} came again of dispute `{dispute}`, which is not known or took another amount: note it as a payment",
                    amount.cents, amount.currency
                ))),
            }
        }
        Told::RefundFailed { refund, amount, why } => {
            let token = format!("failed {refund}");
            if transaction.payment_of_token(kept.issuer, &token).await?.is_some() {
                return Ok(Ok(Taken::Known));
            }
            let Some(back) = transaction.refund_of_amount(kept.id, *amount).await? else {
                return Ok(Err(format!(
                    "{} {} did not arrive ({why}), and nothing of that amount is known to be given back: look at it with the provider",
                    amount.cents, amount.currency
                )));
            };
            // The same amount may be given back again.
            transaction.rename_payment_token(back, &token).await?;
            came_again(house, transaction, (kept, back), (*amount, "payment_refund_failed", why)).await
        }
    }
}

fn token_of(dispute: &str) -> String {
    format!("disputed {dispute}")
}

async fn withdrawn(
    house: &House,
    transaction: &Transaction,
    kept: &KeptPayment,
    (dispute, amount): (&str, BankAmount),
) -> Result<Result<Taken, String>, OperationError> {
    let now = house.clock.now();
    // A bank takes all of it back, also where some was given back before.
    if amount.currency != kept.amount.currency
        || kept.state != PaymentState::Succeeded
        || !amount.cents.is_positive()
        || amount.cents > kept.amount.cents
    {
        return Ok(Err(format!(
            "who paid disputes {} {} of a payment of {} {} that {}: look at it with the provider",
            amount.cents,
            amount.currency,
            kept.amount.cents,
            kept.amount.currency,
            kept.state.as_str()
        )));
    }
    let token = token_of(dispute);
    let new = NewPayment {
        payer: Payer { account: kept.account, customer: kept.customer, reseller: kept.reseller, issuer: kept.issuer },
        invoice: kept.invoice,
        provider: &kept.provider,
        kind: "refund",
        state: PaymentState::Succeeded,
        amount,
        token: &token,
        gives_back: Some(kept.id),
        asked_by: Asker { name: &kept.provider, ..Asker::default() },
    };
    let Some(id) = transaction.add_payment(&new, now).await? else { return Ok(Ok(Taken::Known)) };
    transaction.remark_on_payment(id, DISPUTED).await?;
    let transfers = refund_transfer(kept.account, amount.cents).into_iter().collect();
    let posted = NewLedgerEntry { kind: "refund", invoice: kept.invoice, payment: Some(id), transfers };
    transaction.add_to_ledger(kept.issuer, vec![posted], now).await?;
    let by = By { name: kept.provider.clone(), ..By::default() };
    transaction.note_of_account(kept.account, entry(kept, by, ("payment_disputed", amount), now)).await?;
    Ok(Ok(Taken::Counted))
}

/// What had gone back is here again.
async fn came_again(
    house: &House,
    transaction: &Transaction,
    (kept, back): (&KeptPayment, PaymentId),
    (amount, action, why): (BankAmount, &'static str, &str),
) -> Result<Result<Taken, String>, OperationError> {
    let now = house.clock.now();
    transaction.move_payment(back, (PaymentState::Refused, Some(why)), now).await?;
    let transfers = payment_transfer(kept.account, amount.cents).into_iter().collect();
    let posted = NewLedgerEntry { kind: "payment", invoice: kept.invoice, payment: Some(back), transfers };
    transaction.add_to_ledger(kept.issuer, vec![posted], now).await?;
    let by = By { name: kept.provider.clone(), ..By::default() };
    transaction.note_of_account(kept.account, entry(kept, by, (action, amount), now)).await?;
    Ok(Ok(Taken::Counted))
}

//! A block of debits of which a person says that all of it arrived, where the bank booked it in several parts, or kept something of it (BIL-08).

use super::{
    Ground, ItemOutcome, RefusedAnswer, alone,
    decide::{Act, Decided, Item},
    desk::shown,
    save::{hold_waiting, save_in},
};
use crate::{Actor, House, OperationError, journal::Object, permission::Permission, usage_import::LEASE_S};
use billing::{Concerns, Currency};
use serde_json::json;
use store::{DebitState, Issuer};
use vocabulary::{BankItemId, Cents};

/// So much that waits is looked through for bookings of one block.
const MOST_ITEMS: usize = 2_000;

/// Why debits are not counted as arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArriveRefusal {
    /// It waits no more, or none of its debits is under way.
    Over,
    /// More came than these debits are: so much.
    TooMuch(Cents),
    /// A file of the bank is being taken.
    Busy,
    /// The operator has no account that customers pay to.
    NoAccount,
}

/// Counts the debits of a booking whose sum is another as arrived, with whatever else waits of the same block. What is missing is what the bank kept. `None`
/// for who may not, and for what is not there.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub async fn arrive(house: &House, actor: &Actor, id: BankItemId) -> Result<Option<Result<(), ArriveRefusal>>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let (operator, issuer) = (actor.scope.operator, Issuer::operator(actor.scope.operator));
    if !house.store.is_bank_item(issuer, id).await? {
        return Ok(None);
    }
    let catalog = house.catalog(operator).await?;
    let Some(invoicing) = catalog.operator.invoicing.as_ref() else { return Ok(Some(Err(ArriveRefusal::NoAccount))) };
    let done = alone(house, operator, async |(lease, fence)| {
        let mut waiting = Vec::new();
        for item in shown(house.store.bank_items_that_wait(issuer, MOST_ITEMS).await?)? {
            let amount = item.kept.item.amount.filter(|amount| amount.currency == Currency::EURO && amount.cents.is_positive());
            if let (ItemOutcome::Refused { why: RefusedAnswer::Amount, name }, Some(amount)) = (item.outcome, amount) {
                waiting.push((item.kept.id, name, amount.cents));
            }
        }
        let Some(name) = waiting.iter().find(|(known, ..)| *known == id).map(|(_, name, _)| name.clone()) else {
            return Ok(Err(ArriveRefusal::Over));
        };
        waiting.retain(|(_, of, _)| *of == name);
        let named = [Concerns::Block(name.as_str().into()), Concerns::Debit(billing::EndToEndId::read(&name))];
        let mut debits = house.store.debits_meant(operator, &named).await?;
        debits.retain(|debit| debit.state == DebitState::UnderWay);
        if debits.is_empty() {
            return Ok(Err(ArriveRefusal::Over));
        }
        let came: Cents = waiting.iter().map(|(.., amount)| *amount).sum();
        let meant: Cents = debits.iter().map(|debit| debit.sent.amount()).sum();
        if came > meant {
            return Ok(Err(ArriveRefusal::TooMuch(came - meant)));
        }
        let (many, kept) = (debits.len(), came - meant);
        let outcome = ItemOutcome::Settled { debits: i64::try_from(many).unwrap_or(i64::MAX) };
        let mut acts: Vec<Act> = debits.into_iter().map(Act::Settle).collect();
        acts.extend((!kept.is_zero()).then_some(Act::Part(kept)));
        let mut decided = Vec::with_capacity(waiting.len());
        for (id, ..) in &waiting {
            decided.push(Decided { item: Item::Waited(*id, outcome.clone()), acts: std::mem::take(&mut acts) });
        }
        let (ground, now) = (Ground::of(house, operator, (&catalog, invoicing)), house.clock.now());
        let transaction = house.store.begin().await?;
        transaction.hold_lease(lease, (fence, now.plus_seconds(LEASE_S))).await?;
        let waits = hold_waiting(&transaction, &ground, &decided).await?;
        if waits.len() < decided.len() {
            // Somebody decided of one meanwhile: what came is another sum.
            return Ok(Err(ArriveRefusal::Over));
        }
        save_in(&transaction, (&ground, &actor.name, now), (None, &waits), decided).await?;
        let mut entry = actor.entry(now, "debits_noted_arrived", Object::Operator(operator));
        entry.after = Some(json!({ "message": name, "debits": many, "amount": format!("{came} EUR") }).to_string());
        transaction.note(entry).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    });
    Ok(Some(done.await?.unwrap_or(Err(ArriveRefusal::Busy))))
}

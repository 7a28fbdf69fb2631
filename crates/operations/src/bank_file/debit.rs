//! A debit as the bank was sent it, and its return as a person notes it who has it from a letter or a statement: it follows the same as of a file (BIL-08).

use super::{
    Ground, ShownItem, alone,
    decide::{self, Said},
    desk::shown,
    save::{hold_waiting, mails, save_in},
};
use crate::{Actor, House, OperationError, journal::Object, permission::Permission, usage_import::LEASE_S};
use billing::{BankAnswer, Concerns, Outcome, ReturnReason};
use serde_json::json;
use store::{DebitState, Issuer, KeptDebit};
use vocabulary::DebitId;

/// So much that waits is looked through for what is about a debit.
const MOST_ITEMS: usize = 2_000;

/// So many debits of a name are listed.
const MOST_DEBITS: usize = 500;

/// A debit with what waits of it.
#[derive(Clone, Debug)]
pub struct ShownDebit {
    /// The debit.
    pub debit: KeptDebit,
    /// What the bank said of it that counts nothing yet.
    pub waiting: Vec<ShownItem>,
    /// May its money have arrived, and has somebody to say whether it had? Not before its day, and not where the bank booked that it went back.
    pub may_have_arrived: bool,
    /// May the reader note that it came back?
    pub can_note: bool,
}

/// What a person says of a debit that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedReturn {
    /// Why, as the bank says it.
    pub reason: ReturnReason,
    /// Had its money arrived? Of a debit of which the bank told that it had, this is known.
    pub had_arrived: bool,
}

/// Why a return is not noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteReturnRefusal {
    /// It came back before.
    Before,
    /// Its day has not come: no money of it can have arrived.
    NotYet,
    /// A file of the bank is being taken.
    Busy,
    /// The operator has no account that customers pay to.
    NoAccount,
}

/// A debit; `None` where there is none, and for who may not see it.
///
/// # Errors
/// When the database fails.
pub async fn debit(house: &House, actor: &Actor, id: DebitId) -> Result<Option<ShownDebit>, OperationError> {
    if !actor.may(Permission::SeeBankFiles) {
        return Ok(None);
    }
    let (operator, issuer) = (actor.scope.operator, Issuer::operator(actor.scope.operator));
    let Some(debit) = house.store.debit(issuer, id).await? else { return Ok(None) };
    let names = [debit.sent.end_to_end.as_str(), debit.sent.block.as_str()];
    let waiting = shown(house.store.bank_items_that_wait(issuer, MOST_ITEMS).await?)?;
    let waiting: Vec<ShownItem> =
        waiting.into_iter().filter(|item| item.outcome.refused_name().is_some_and(|name| names.contains(&name))).collect();
    let catalog = house.catalog(operator).await?;
    let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
    let went_back = went_back(&waiting, &debit);
    let is_out = matches!(debit.state, DebitState::UnderWay | DebitState::Settled);
    Ok(Some(ShownDebit {
        may_have_arrived: debit.sent.day <= today && !went_back,
        can_note: is_out && actor.may(Permission::TakeBankFiles),
        debit,
        waiting,
    }))
}

/// Does a booking wait that says that its money went back? Then it had arrived.
fn went_back(waiting: &[ShownItem], debit: &KeptDebit) -> bool {
    let is_of_it = |item: &ShownItem| item.outcome.refused_name() == Some(debit.sent.end_to_end.as_str());
    let left = |item: &ShownItem| item.kept.item.amount.is_some_and(|amount| amount.cents.is_negative());
    waiting.iter().any(|item| is_of_it(item) && left(item))
}

/// The debits that something names: their own name, that of their block or file, or the number of an invoice. `None` for who may not see them.
///
/// # Errors
/// When the database fails.
pub async fn debits_named(house: &House, actor: &Actor, name: &str) -> Result<Option<Vec<KeptDebit>>, OperationError> {
    if !actor.may(Permission::SeeBankFiles) {
        return Ok(None);
    }
    Ok(Some(house.store.debits_named(Issuer::operator(actor.scope.operator), name.trim(), MOST_DEBITS).await?))
}

/// Notes that a debit came back. `None` where there is none, and for who may not.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub async fn note_return(
    house: &House,
    actor: &Actor,
    id: DebitId,
    noted: &NotedReturn,
) -> Result<Option<Result<(), NoteReturnRefusal>>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let (operator, issuer) = (actor.scope.operator, Issuer::operator(actor.scope.operator));
    if house.store.debit(issuer, id).await?.is_none() {
        return Ok(None);
    }
    let catalog = house.catalog(operator).await?;
    let Some(invoicing) = catalog.operator.invoicing.as_ref() else { return Ok(Some(Err(NoteReturnRefusal::NoAccount))) };
    let done = alone(house, operator, async |(lease, fence)| {
        // Read again, now that nobody else changes it.
        let Some(debit) = house.store.debit(issuer, id).await? else { return Ok(Err(NoteReturnRefusal::Before)) };
        let ground = Ground::of(house, operator, (&catalog, invoicing));
        let waiting = shown(house.store.bank_items_that_wait(issuer, MOST_ITEMS).await?)?;
        let outcome = match debit.state {
            DebitState::Rejected | DebitState::Returned => return Ok(Err(NoteReturnRefusal::Before)),
            DebitState::Settled => Outcome::Returned(Some(noted.reason.clone())),
            DebitState::UnderWay if !noted.had_arrived && !went_back(&waiting, &debit) => {
                Outcome::Rejected(Some(noted.reason.clone()))
            }
            DebitState::UnderWay if debit.sent.day > ground.today => return Ok(Err(NoteReturnRefusal::NotYet)),
            DebitState::UnderWay => Outcome::Returned(Some(noted.reason.clone())),
        };
        let answer = BankAnswer { concerns: Concerns::Debit(debit.sent.end_to_end.clone()), amount: None, outcome };
        let said = Said { answers: &[answer], entries: Vec::new(), by_hand: true };
        let decided = decide::decide(house, &ground, &said).await?;
        let mails = mails(house, &ground, &decided).await?;
        let now = house.clock.now();
        let transaction = house.store.begin().await?;
        transaction.hold_lease(lease, (fence, now.plus_seconds(LEASE_S))).await?;
        let waits = hold_waiting(&transaction, &ground, &decided).await?;
        save_in(&transaction, (&ground, &actor.name, now), (None, &waits), decided).await?;
        for mail in &mails {
            transaction.post_mail(mail).await?;
        }
        let mut entry = actor.entry(now, "debit_noted_back", Object::Customer(debit.customer));
        entry.owner = (debit.reseller, Some(debit.customer));
        let numbers: Vec<&str> = debit.parts.iter().map(|part| part.number.as_str()).collect();
        let (amount, reason) = (format!("{} EUR", debit.sent.amount()), noted.reason.code());
        let told =
            json!({ "debit": debit.sent.end_to_end.as_str(), "invoice": numbers.join(", "), "amount": amount, "reason": reason });
        entry.after = Some(told.to_string());
        transaction.note_of_account(debit.account, entry).await?;
        transaction.commit().await?;
        if !mails.is_empty() {
            house.mail_posted();
        }
        Ok(Ok(()))
    });
    Ok(Some(done.await?.unwrap_or(Err(NoteReturnRefusal::Busy))))
}

//! What people see of a bank's files, and what they decide: whose money is, what it is, and what is not collected.

use super::{
    ItemOutcome, read_outcome,
    save::{ByBank, Owner},
};
use crate::{Actor, House, OperationError, journal::Object, permission::Permission};
use billing::{Currency, matched_transfer};
use serde_json::json;
use store::{Issuer, KeptBankFile, KeptBankItem, NewLedgerEntry};
use vocabulary::{BankFileId, BankItemId, InvoiceId, LabelRefusal, unreadable};

/// So many files are listed.
const MOST_FILES: usize = 50;
/// So much of a file is shown, and so much that waits.
const MOST_ITEMS: usize = 500;
/// Nothing that somebody says of money is longer, in characters.
pub const LONGEST_SAID: usize = 200;

/// Something that a bank said, with what became of it.
#[derive(Clone, Debug)]
pub struct ShownItem {
    /// As it is kept.
    pub kept: KeptBankItem,
    /// What became of it.
    pub outcome: ItemOutcome,
}

/// What the desk shows of a bank's files.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What waits, the longest first.
    pub waiting: Vec<ShownItem>,
    /// Files, the latest first.
    pub files: Vec<KeptBankFile>,
    /// May the reader take files and decide?
    pub can_take: bool,
}

/// A file with what it said.
#[derive(Clone, Debug)]
pub struct ShownFile {
    /// The file.
    pub file: KeptBankFile,
    /// What it said, in its order.
    pub items: Vec<ShownItem>,
    /// May the reader decide?
    pub can_take: bool,
}

/// Why nothing was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecideRefusal {
    /// It waits no more.
    Over,
    /// No invoice has that number.
    NoInvoice(String),
    /// It is no money that came, or none in euros.
    NoMoney,
    /// Nothing was said, too much, or with this sign.
    Said(Option<LabelRefusal>),
}

/// What a bank sent; `None` for who may not see it.
///
/// # Errors
/// When the database fails.
pub async fn desk(house: &House, actor: &Actor) -> Result<Option<Desk>, OperationError> {
    if !actor.may(Permission::SeeBankFiles) {
        return Ok(None);
    }
    let issuer = Issuer::operator(actor.scope.operator);
    let waiting = shown(house.store.bank_items_that_wait(issuer, MOST_ITEMS).await?)?;
    let files = house.store.bank_files(issuer, MOST_FILES).await?;
    Ok(Some(Desk { waiting, files, can_take: actor.may(Permission::TakeBankFiles) }))
}

/// A file; `None` where there is none, and for who may not see it.
///
/// # Errors
/// When the database fails.
pub async fn show(house: &House, actor: &Actor, id: BankFileId) -> Result<Option<ShownFile>, OperationError> {
    if !actor.may(Permission::SeeBankFiles) {
        return Ok(None);
    }
    let issuer = Issuer::operator(actor.scope.operator);
    let Some(file) = house.store.bank_file(issuer, id).await? else { return Ok(None) };
    let items = shown(house.store.bank_items(issuer, id, MOST_ITEMS).await?)?;
    Ok(Some(ShownFile { file, items, can_take: actor.may(Permission::TakeBankFiles) }))
}

pub(super) fn shown(kept: Vec<KeptBankItem>) -> Result<Vec<ShownItem>, OperationError> {
    let read = |kept: KeptBankItem| {
        let outcome = read_outcome(&kept.item.outcome)?;
        Ok(ShownItem { kept, outcome })
    };
    kept.into_iter().map(read).collect()
}

/// Says whose money is: that of the account of an invoice. `None` for who may not.
///
/// # Errors
/// When the database fails.
pub async fn assign(
    house: &House,
    actor: &Actor,
    id: BankItemId,
    number: &str,
) -> Result<Option<Result<(), DecideRefusal>>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let (issuer, now) = (Issuer::operator(actor.scope.operator), house.clock.now());
    if !house.store.is_bank_item(issuer, id).await? {
        return Ok(None);
    }
    let number: String = number.trim().to_uppercase().chars().take(LONGEST_SAID).collect();
    let Some(invoice) = house.store.invoice_of_number(issuer, &number).await? else {
        return Ok(Some(Err(DecideRefusal::NoInvoice(number))));
    };
    let transaction = house.store.begin().await?;
    let Some(kept) = transaction.hold_bank_item(issuer, id).await? else { return Ok(Some(Err(DecideRefusal::Over))) };
    let amount = kept.item.amount.filter(|amount| amount.currency == Currency::EURO && amount.cents.is_positive());
    let Some(amount) = amount else { return Ok(Some(Err(DecideRefusal::NoMoney))) };
    let owner = Owner { account: invoice.account, customer: invoice.customer, reseller: invoice.reseller };
    let token = format!("bank item {id} by hand");
    let paid = ByBank {
        issuer,
        owner,
        invoice: Some(invoice.id),
        kind: "transfer",
        amount: amount.cents,
        token: &token,
        by: &actor.name,
    };
    let Some(payment) = paid.keep(&transaction, now).await? else { return Ok(Some(Err(DecideRefusal::Over))) };
    let transfers = matched_transfer(invoice.account, amount.cents).into_iter().collect();
    let entry = NewLedgerEntry { kind: "payment", invoice: Some(invoice.id), payment: Some(payment), transfers };
    transaction.add_to_ledger(issuer, vec![entry], now).await?;
    let outcome = ItemOutcome::Paid {
        customer: invoice.customer_name,
        account: invoice.account_name,
        parts: vec![(invoice.number.clone(), amount.cents)],
        rest: vocabulary::Cents::ZERO,
    };
    let outcome = serde_json::to_string(&outcome).expect("texts and numbers are plain data");
    transaction.decide_bank_item(id, &outcome, (now, &actor.name)).await?;
    let mut noted = actor.entry(now, "bank_item_assigned", Object::Customer(invoice.customer));
    noted.owner = (invoice.reseller, Some(invoice.customer));
    noted.after = Some(json!({ "invoice": invoice.number, "amount": format!("{} EUR", amount.cents) }).to_string());
    transaction.note_of_account(invoice.account, noted).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// Says what something is that pays no invoice. `None` for who may not.
///
/// # Errors
/// When the database fails.
pub async fn say(
    house: &House,
    actor: &Actor,
    id: BankItemId,
    what: &str,
) -> Result<Option<Result<(), DecideRefusal>>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let (issuer, now) = (Issuer::operator(actor.scope.operator), house.clock.now());
    if !house.store.is_bank_item(issuer, id).await? {
        return Ok(None);
    }
    let what = what.trim();
    if let Some(sign) = unreadable(what) {
        return Ok(Some(Err(DecideRefusal::Said(Some(sign)))));
    }
    if what.is_empty() || what.chars().count() > LONGEST_SAID {
        return Ok(Some(Err(DecideRefusal::Said(None))));
    }
    let transaction = house.store.begin().await?;
    if transaction.hold_bank_item(issuer, id).await?.is_none() {
        return Ok(Some(Err(DecideRefusal::Over)));
    }
    let outcome = serde_json::to_string(&ItemOutcome::Said { what: what.to_owned() }).expect("a text is plain data");
    transaction.decide_bank_item(id, &outcome, (now, &actor.name)).await?;
    let mut noted = actor.entry(now, "bank_item_explained", Object::Operator(issuer.operator));
    noted.after = Some(json!({ "reason": what }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// An invoice is not collected: its customer objected, or pays otherwise. `false` where it was stopped before; `None` where there is none, and for who may
/// not.
///
/// # Errors
/// When the database fails.
pub async fn stop_collection(house: &House, actor: &Actor, invoice: InvoiceId) -> Result<Option<bool>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let Some((row, _)) = house.store.scoped(actor.scope).invoice(invoice).await? else { return Ok(None) };
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    if !transaction.stop_debit(invoice, (now, &actor.name, "person")).await? {
        return Ok(Some(false));
    }
    let mut noted = actor.entry(now, "collection_stopped", Object::Customer(row.customer));
    noted.owner = (row.issuer.reseller, Some(row.customer));
    noted.after = Some(json!({ "invoice": row.number }).to_string());
    transaction.note_of_account(row.account, noted).await?;
    transaction.commit().await?;
    Ok(Some(true))
}

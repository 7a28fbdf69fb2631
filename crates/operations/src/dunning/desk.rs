//! Accounts that do not pay as the operator's staff sees them, with the ways to put one on hold, to note that an invoice is disputed and to take a fee
//! back; and what a customer reads of its own (BIL-09).

use crate::{Actor, House, OperationError, Reach, journal::Object, permission::Permission};
use billing::{
    DebtorKind, DunnedAccount, DunningCase, DunningMove, LedgerAccount, NextDunning, OpenItem, OpenItems, Revenue, Transfer,
    dunning,
};
use jiff::{Span, civil::Date};
use serde_json::json;
pub use store::StandingFee;
use store::{AccountToDun, DunningHold, DunningRow, KeptDunning, NewLedgerEntry};
use vocabulary::{BillingAccountId, Cents, InvoiceId};

/// No hold is longer, in days.
pub const LONGEST_HOLD_DAYS: i64 = 366;
/// No reason is longer, in characters.
pub const LONGEST_REASON: usize = 300;
/// So many accounts of a customer are told with what is late.
const MOST_ACCOUNTS: usize = 500;

/// A page of accounts.
#[derive(Clone, Debug)]
pub struct DunningDesk {
    /// Those with which it went furthest first.
    pub rows: Vec<DunningRow>,
    /// Are there more?
    pub has_more: bool,
}

/// An account with what it owes.
#[derive(Clone, Debug)]
pub struct ShownDunning {
    /// The account, and how far it went.
    pub row: DunningRow,
    /// What is open of its invoices, by due day, each with why it is disputed.
    pub items: Vec<(InvoiceId, OpenItem, Option<String>)>,
    /// The fees that stand, paid or not.
    pub fees: Vec<StandingFee>,
    /// What it owes in all.
    pub balance: Cents,
    /// Today, by the operator's clock.
    pub today: Date,
}

/// What a customer reads of one of its accounts that has something late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateAccount {
    /// Which.
    pub account: BillingAccountId,
    /// What the customer calls it.
    pub name: String,
    /// What is late.
    pub late: Cents,
    /// Since when.
    pub since: Date,
    /// The last step.
    pub case: Option<DunningCase>,
    /// What comes next if nothing is paid; none while it is on hold.
    pub next: Option<NextDunning>,
    /// Up to when it is on hold.
    pub held_until: Option<Date>,
}

/// Why an account is not put on hold, or an invoice not said to be disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefusal {
    /// No reason, or too long a one.
    #[error("a reason is needed, of {LONGEST_REASON} characters at most")]
    Reason,
    /// The end has passed, or lies too far ahead.
    #[error("the hold is to end between today and {0}")]
    End(Date),
    /// Somebody else changed it meanwhile.
    #[error("somebody else changed it meanwhile")]
    Changed,
}

/// Accounts with which something was done, so many from one on; `None` for who does not see them.
///
/// # Errors
/// When the database fails.
pub async fn desk(house: &House, actor: &Actor, (first, most): (usize, usize)) -> Result<Option<DunningDesk>, OperationError> {
    if !actor.may(Permission::SeeDunning) {
        return Ok(None);
    }
    let mut rows = house.store.scoped(actor.scope).dunning_list((first, most + 1)).await?;
    let has_more = rows.len() > most;
    rows.truncate(most);
    Ok(Some(DunningDesk { rows, has_more }))
}

/// One account; `None` where there is none that they see.
///
/// # Errors
/// When the database fails.
pub async fn shown(house: &House, actor: &Actor, account: BillingAccountId) -> Result<Option<ShownDunning>, OperationError> {
    if !actor.may(Permission::SeeDunning) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(row) = scoped.account_row(account).await? else { return Ok(None) };
    let mut open = house.store.open_items(&[account]).await?;
    let open = open.remove(&account).unwrap_or_default();
    let disputes = scoped.disputes(account).await?;
    let mut items = Vec::with_capacity(open.items.len());
    for item in &open.items {
        let Some(id) = scoped.invoice_by_number(account, item.number.as_str()).await? else { continue };
        let why = disputes.iter().find(|(number, _)| number == item.number.as_str()).map(|(_, why)| why.clone());
        items.push((id, item.clone(), why));
    }
    let fees = house.store.standing_fees(account).await?;
    Ok(Some(ShownDunning { row, items, fees, balance: open.balance(), today: today(house, actor).await? }))
}

async fn today(house: &House, actor: &Actor) -> Result<Date, OperationError> {
    let zone = &house.catalog(actor.scope.operator).await?.operator.time_zone;
    Ok(house.clock.now().to_local(zone).date())
}

fn reason(text: &str) -> Result<&str, HoldRefusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_REASON { Err(HoldRefusal::Reason) } else { Ok(text) }
}

/// Puts an account on hold up to a day; with none, its hold is over. What was taken away of its services is given back with the next round. `None` for
/// who may not, and where there is no such account.
///
/// # Errors
/// When the database fails.
pub async fn hold(
    house: &House,
    actor: &Actor,
    account: BillingAccountId,
    asked: Option<(Date, &str)>,
) -> Result<Option<Result<(), HoldRefusal>>, OperationError> {
    if !actor.may(Permission::HoldDunning) || house.store.scoped(actor.scope).account_row(account).await?.is_none() {
        return Ok(None);
    }
    let today = today(house, actor).await?;
    let hold = match asked.map(|(until, text)| reason(text).map(|reason| (until, reason))).transpose() {
        Err(refusal) => return Ok(Some(Err(refusal))),
        Ok(Some((until, reason))) => {
            let last = today.saturating_add(Span::new().days(LONGEST_HOLD_DAYS));
            if until < today || until > last {
                return Ok(Some(Err(HoldRefusal::End(last))));
            }
            Some(DunningHold { until, reason: reason.to_owned(), by: actor.name.clone() })
        }
        Ok(None) => None,
    };
    let Some(before) = house.store.accounts_to_dun(&[account]).await?.pop() else { return Ok(None) };
    let kept = before.kept.clone().unwrap_or_default();
    let now = KeptDunning { hold: hold.clone(), ..kept.clone() };
    if now == kept {
        return Ok(Some(Ok(())));
    }
    let transaction = house.store.begin().await?;
    let saved = if now.case.is_none() && now.hold.is_none() && !now.is_untold {
        transaction.end_dunning(&before).await?
    } else {
        transaction.save_dunning(actor.scope.operator, &before, &now).await?
    };
    if !saved {
        return Ok(Some(Err(HoldRefusal::Changed)));
    }
    let words = |hold: Option<&DunningHold>| json!({ "account": before.name, "until": hold.map(|hold| hold.until.to_string()), "reason": hold.map(|hold| &hold.reason) });
    let action = if hold.is_some() { "dunning_held" } else { "dunning_released" };
    let mut entry = actor.entry(house.clock.now(), action, Object::Customer(before.customer));
    entry.owner = (before.reseller, Some(before.customer));
    entry.before = kept.hold.as_ref().map(|hold| words(Some(hold)).to_string());
    entry.after = Some(words(hold.as_ref()).to_string());
    transaction.note_of_account(before.account, entry).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

/// Notes that an invoice is disputed, with the reason, or that it is not any more, without one. `None` for who may not, and where there is no such
/// invoice.
///
/// # Errors
/// When the database fails.
pub async fn dispute(
    house: &House,
    actor: &Actor,
    invoice: InvoiceId,
    why: Option<&str>,
) -> Result<Option<Result<BillingAccountId, HoldRefusal>>, OperationError> {
    if !actor.may(Permission::HoldDunning) {
        return Ok(None);
    }
    let Some((row, _)) = house.store.scoped(actor.scope).invoice(invoice).await? else { return Ok(None) };
    let why = match why.map(reason).transpose() {
        Ok(why) => why,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    let changed = match why {
        Some(why) => transaction.dispute(invoice, (&actor.name, why), now).await?,
        None => transaction.settle_dispute(invoice).await?,
    };
    if changed {
        let action = if why.is_some() { "invoice_disputed" } else { "invoice_dispute_settled" };
        let mut entry = actor.entry(now, action, Object::Customer(row.customer));
        entry.owner = (None, Some(row.customer));
        entry.after = Some(json!({ "invoice": row.number, "reason": why }).to_string());
        transaction.note_of_account(row.account, entry).await?;
        transaction.commit().await?;
    }
    Ok(Some(Ok(row.account)))
}

/// Takes back what stands of the fee that was charged for an invoice of an account, with an entry of the ledger the other way: a form that is sent
/// twice takes it back once. None is charged for that invoice again. `None` for who may not, and where there is no such invoice.
///
/// # Errors
/// When the database fails.
pub async fn take_fee_back(
    house: &House,
    actor: &Actor,
    (account, invoice): (BillingAccountId, InvoiceId),
) -> Result<Option<()>, OperationError> {
    if !actor.may(Permission::HoldDunning) {
        return Ok(None);
    }
    let Some((row, _)) = house.store.scoped(actor.scope).invoice(invoice).await?.filter(|(row, _)| row.account == account) else {
        return Ok(None);
    };
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    // Whoever else takes it back waits here, and finds that none stands any more.
    transaction.hold_ledger().await?;
    let fees = transaction.standing_fees(account).await?;
    let Some(fee) = fees.into_iter().find(|fee| fee.invoice == invoice) else { return Ok(Some(())) };
    let (debit, credit) = (LedgerAccount::Revenue(Revenue::Dunning), LedgerAccount::Receivable(account));
    let transfers = vec![Transfer { debit, credit, amount: fee.amount }];
    let entry = NewLedgerEntry { kind: "fee", invoice: Some(invoice), payment: None, transfers };
    transaction.add_to_ledger(row.issuer, vec![entry], now).await?;
    let words = json!({ "account": row.account_name, "invoice": row.number, "fee": fee.amount.to_string() });
    let mut noted = actor.entry(now, "dunning_fee_taken_back", Object::Customer(row.customer));
    noted.owner = (None, Some(row.customer));
    noted.after = Some(words.to_string());
    transaction.note_of_account(account, noted).await?;
    transaction.commit().await?;
    Ok(Some(()))
}

/// What is late of one's own customer, and what comes next; nothing for who sees several customers.
///
/// # Errors
/// When the database fails.
pub async fn late(house: &House, actor: &Actor) -> Result<Vec<LateAccount>, OperationError> {
    if !actor.may(Permission::SeeInvoices)
        || !matches!(actor.scope.reach, Reach::Customer(_) | Reach::Line(_) | Reach::Reseller(_))
    {
        return Ok(Vec::new());
    }
    let owed = house.store.scoped(actor.scope).owed_by_accounts(MOST_ACCOUNTS).await?;
    let accounts: Vec<BillingAccountId> = owed.into_iter().filter(|one| one.owed.is_positive()).map(|one| one.account).collect();
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let today = today(house, actor).await?;
    let open = house.store.open_items(&accounts).await?;
    let none = OpenItems::default();
    let mut found = Vec::new();
    for account in house.store.accounts_to_dun(&accounts).await? {
        let open = open.get(&account.account).unwrap_or(&none);
        let late = |item: &&OpenItem| item.due < today && !account.left_alone.contains(&item.number);
        let Some(since) = open.items.iter().find(late).map(|item| item.due) else { continue };
        let sum = open.items.iter().filter(late).map(|item| item.open).sum();
        let next = catalog.operator.dunning.as_ref().and_then(|terms| next(&account, open, terms, today));
        let hold = account.kept.as_ref().and_then(|kept| kept.hold.as_ref()).filter(|hold| hold.until >= today);
        found.push(LateAccount {
            account: account.account,
            late: sum,
            since,
            case: account.kept.as_ref().and_then(|kept| kept.case),
            next,
            held_until: hold.map(|hold| hold.until),
            name: account.name,
        });
    }
    Ok(found)
}

/// What comes next with an account if nothing is paid: the step of today, or the one that waits.
fn next(account: &AccountToDun, open: &OpenItems, terms: &catalog::Dunning, today: Date) -> Option<NextDunning> {
    let kept = account.kept.as_ref();
    let facts = DunnedAccount {
        open,
        left_alone: &account.left_alone,
        charged: &account.charged,
        case: kept.and_then(|kept| kept.case),
        held_until: kept.and_then(|kept| kept.hold.as_ref()).map(|hold| hold.until),
        kind: if account.is_business { DebtorKind::Business } else { DebtorKind::Consumer },
    };
    match dunning(&facts, terms, today) {
        DunningMove::Wait(next) => next,
        DunningMove::Take(notice) => Some(NextDunning { step: notice.step, day: today }),
        DunningMove::Pause(_) | DunningMove::End => None,
    }
}

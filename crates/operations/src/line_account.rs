//! The billing account that pays for a line (FLT-09): another one of the same customer, from the first of next month on, because a month is
//! billed to one account. What is planned can be taken back until then.

use crate::{
    Actor, House, OperationError,
    journal::Object,
    life::Doer,
    notification::{Detail, Happening, NotificationKind, ToldLine},
    permission::Permission,
    usage_import::{LEASE_S, holder, is_gone},
};
use ::lines::Ground;
use serde_json::{Value, json};
pub use store::LineAccount;
use store::NewEntry;
use vocabulary::{BillingAccountId, LineId, Month, OperatorId, Party, Timestamp};

/// How many lines are moved in one transaction.
const BUNDLE: usize = 500;

/// Who pays for a line, and who could.
#[derive(Clone, Debug)]
pub struct AccountShown {
    /// The line, the account that pays, and the one that is to.
    pub kept: LineAccount,
    /// The customer's accounts, by name.
    pub accounts: Vec<(BillingAccountId, String)>,
    /// From when on another one pays that is chosen now.
    pub from: Timestamp,
    /// Is the line over, so that nothing is chosen any more?
    pub is_over: bool,
}

/// Why another account does not pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountRefusal {
    /// The line is over, or about to be.
    Over,
    /// It pays already, or is to.
    Same,
    /// The customer has no such account.
    Unknown,
    /// There is nothing to take back any more.
    NothingPlanned,
}

/// Who pays for a line; `None` outside the asker's scope, or who may not change lines.
///
/// # Errors
/// When the database fails.
pub async fn account(house: &House, actor: &Actor, line: LineId) -> Result<Option<AccountShown>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.line_account(line).await? else { return Ok(None) };
    let accounts = scoped.accounts_of(kept.owner.1).await?;
    let catalog = house.catalog(actor.scope.operator).await?;
    let from = Ground::at(&catalog, house.clock.now()).month_end();
    let is_over = matches!(kept.state.as_str(), "ending" | "ended");
    Ok(Some(AccountShown { kept, accounts, from, is_over }))
}

/// Has another account pay from the first of next month on; from when on, or why not. `None` as for [`account`].
///
/// # Errors
/// When the database fails.
pub async fn plan(
    house: &House,
    actor: &Actor,
    line: LineId,
    wanted: BillingAccountId,
) -> Result<Option<Result<Timestamp, AccountRefusal>>, OperationError> {
    let Some(shown) = account(house, actor, line).await? else { return Ok(None) };
    let Some((_, name)) = shown.accounts.iter().find(|(id, _)| *id == wanted) else {
        return Ok(Some(Err(AccountRefusal::Unknown)));
    };
    let payer = shown.kept.planned.as_ref().map_or(shown.kept.account.0, |(id, ..)| *id);
    if shown.is_over {
        return Ok(Some(Err(AccountRefusal::Over)));
    }
    if payer == wanted {
        return Ok(Some(Err(AccountRefusal::Same)));
    }
    if shown.kept.account.0 == wanted {
        return Ok(take_back(house, actor, line).await?.map(|came| came.map(|()| shown.from)));
    }
    let now = house.clock.now();
    let number = if let Party::Number(number) = shown.kept.number { Some(number) } else { None };
    let happening = Happening {
        doer: Doer::Person(actor),
        kind: NotificationKind::Account,
        lines: vec![ToldLine { id: line, number, user: shown.kept.user.clone(), owner: shown.kept.owner }],
        order: None,
        bulk: None,
        detail: Detail::Named(name),
        effect: Some(shown.from),
    };
    let mails = happening.mails(house, &house.store.scoped(crate::Scope::operator(actor.scope.operator))).await?;
    let transaction = house.store.begin().await?;
    if !transaction.plan_account(line, (wanted, shown.from), (now, &actor.name)).await? {
        return Ok(Some(Err(AccountRefusal::Unknown)));
    }
    let entry = actor.entry(now, "line_account_planned", Object::Line(line));
    let words = (json!({ "account": shown.kept.account.1 }), json!({ "account": name, "due": shown.from }));
    transaction.note(noted(entry, (shown.kept.owner.0, Some(shown.kept.owner.1)), words)).await?;
    for mail in &mails {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    if !mails.is_empty() {
        house.mail_posted();
    }
    Ok(Some(Ok(shown.from)))
}

/// Leaves the line with the account that pays for it. `None` as for [`account`].
///
/// # Errors
/// When the database fails.
pub async fn take_back(house: &House, actor: &Actor, line: LineId) -> Result<Option<Result<(), AccountRefusal>>, OperationError> {
    let Some(shown) = account(house, actor, line).await? else { return Ok(None) };
    let Some((_, name, _)) = shown.kept.planned.filter(|(.., since)| *since > house.clock.now()) else {
        return Ok(Some(Err(AccountRefusal::NothingPlanned)));
    };
    let transaction = house.store.begin().await?;
    if !transaction.drop_planned_account(line, house.clock.now()).await? {
        return Ok(Some(Err(AccountRefusal::NothingPlanned)));
    }
    let entry = actor.entry(house.clock.now(), "line_account_taken_back", Object::Line(line));
    let words = (json!({ "account": name }), json!({ "account": shown.kept.account.1 }));
    transaction.note(noted(entry, (shown.kept.owner.0, Some(shown.kept.owner.1)), words)).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

fn noted(
    entry: NewEntry,
    (reseller, customer): (Option<vocabulary::ResellerId>, Option<vocabulary::CustomerId>),
    (before, after): (Value, Value),
) -> NewEntry {
    NewEntry { owner: (reseller, customer), before: Some(before.to_string()), after: Some(after.to_string()), ..entry }
}

/// Lets the accounts pay whose month has begun. While usage of the operator is taken in, its lines wait: what accounts spend is counted by
/// one at a time.
///
/// # Errors
/// When the database fails.
pub async fn accounts_due(house: &House) -> Result<usize, OperationError> {
    let mut moved = 0;
    for operator in house.store.operators_with_accounts_due(house.clock.now()).await? {
        match accounts_due_of(house, operator).await {
            Ok(of_operator) => moved += of_operator,
            // What is wrong with one operator does not hold the others up.
            Err(error) => {
                tracing::error!(operator = operator.0, error = &error as &dyn std::error::Error, "accounts do not pay yet");
            }
        }
    }
    Ok(moved)
}

async fn accounts_due_of(house: &House, operator: OperatorId) -> Result<usize, OperationError> {
    let now = house.clock.now();
    let holder = format!("{} accounts", holder());
    let times = (now, now.plus_seconds(LEASE_S));
    let Ok(lease) = house.store.take_import_lease(operator, &holder, times, is_gone).await? else { return Ok(0) };
    let moved = apply(house, operator, lease.fence).await;
    house.store.give_import_lease_back(operator, lease.fence).await?;
    moved
}

async fn apply(house: &House, operator: OperatorId, fence: i64) -> Result<usize, OperationError> {
    let zone = &house.catalog(operator).await?.operator.time_zone;
    let due = house.store.accounts_due(operator, house.clock.now(), BUNDLE).await?;
    let transaction = house.store.begin().await?;
    let now = house.clock.now();
    transaction.hold_import_lease(operator, (fence, now.plus_seconds(LEASE_S))).await?;
    let mut entries = Vec::new();
    for one in &due {
        if !transaction.apply_account(one, Month::containing(one.since, zone), now).await? {
            continue;
        }
        let [(_, after), (_, before)] = &one.accounts;
        let entry = Doer::Program(operator).entry(now, "line_account_changed", Object::Line(one.line));
        let words = (json!({ "account": before }), json!({ "account": after }));
        entries.push(noted(entry, (one.owner.0, Some(one.owner.1)), words));
    }
    let moved = entries.len();
    transaction.note_many(operator, entries).await?;
    transaction.commit().await?;
    Ok(moved)
}

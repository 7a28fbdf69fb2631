//! What is done about accounts that do not pay (BIL-09): each is looked at once a day, and those with which something was done at every round, so that
//! who has paid waits for nothing. A step, its mails, its fees, what becomes of the account's lines and the journal are one transaction, in which it
//! is decided again; the lines themselves are restricted, suspended and given back like any other change of theirs, in rounds, until their networks
//! have done it.
//!
//! What is to be done is `billing`'s; staff sees it on `desk`.

pub mod desk;
mod lines;

use crate::{
    House, OperationError,
    bill_run::tell::readers,
    esim::brand_of,
    journal::Object,
    mail::{self, Letter, Post},
    sim_transfer::program,
    usage_import::{LEASE_S, holder_of, is_gone},
};
use billing::{DebtorKind, DunnedAccount, DunningMove, DunningNotice, LedgerAccount, OpenItems, Revenue, Transfer, dunning};
pub use billing::{DunningCase, DunningStep, NextDunning};
use catalog::{Catalog, Dunning};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;
use store::{AccountToDun, Issuer, NewEntry, NewLedgerEntry, NewMail, Reader, Transaction, UnpaidWish};
pub use store::{DunningHold, DunningRow, KeptDunning};
use vocabulary::{BillingAccountId, Cents, OperatorId};

/// So many accounts are looked at together.
const BUNDLE: usize = 500;
/// So many of a customer's people are told at most.
const MOST_READERS: usize = 10;
/// So often it is looked who has paid, and whether a day has begun.
const EVERY: Duration = Duration::from_secs(30);

/// What is told of a step, or that all is well again. Days are written `2026-12-17`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DunningTold {
    /// What was done; `None`: services are given back.
    pub step: Option<DunningStep>,
    /// What the customer calls the account; empty where it has one.
    pub account: String,
    /// What is late, with VAT.
    pub late: Cents,
    /// What is charged besides.
    pub fee: Cents,
    /// The late invoices: number, what is open, due day.
    pub items: Vec<(String, Cents, String)>,
    /// What comes next if nothing is paid, and from which day on.
    pub next: Option<(DunningStep, String)>,
    /// Where it is paid.
    pub link: String,
}

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DunningRound {
    /// Steps that were taken.
    pub steps: usize,
    /// Cases that are over, or on hold.
    pub ended: usize,
    /// Lines that were asked to be otherwise.
    pub lines: usize,
}

/// Looks at whoever is to be looked at now, of every operator that does something about it.
///
/// # Errors
/// When the database fails.
pub async fn round(house: &House) -> Result<DunningRound, OperationError> {
    let mut all = DunningRound::default();
    for operator in house.store.operators().await? {
        let done = round_of(house, operator).await?;
        all.steps += done.steps;
        all.ended += done.ended;
        all.lines += done.lines;
    }
    Ok(all)
}

/// The same of one operator. One program does it at a time; without keys nobody can be told, and nothing is done to who was not told.
///
/// # Errors
/// When the database fails.
pub async fn round_of(house: &House, operator: OperatorId) -> Result<DunningRound, OperationError> {
    let mut done = DunningRound::default();
    let catalog = match house.catalog(operator).await {
        Err(OperationError::NoCatalog(_)) => return Ok(done),
        catalog => catalog?,
    };
    let Some(terms) = catalog.operator.dunning.as_ref().filter(|_| house.seal.is_there()) else { return Ok(done) };
    let lease = format!("dunning/{operator}");
    let now = house.clock.now();
    let times = (now, now.plus_seconds(LEASE_S));
    let Ok(fence) = house.store.take_lease(&lease, &holder_of("dunning"), times, is_gone).await? else { return Ok(done) };
    let worked = Worker { house, operator, catalog: &catalog, terms, lease: (&lease, fence) }.all(&mut done).await;
    house.store.give_lease_back(&lease, fence).await?;
    worked.map(|()| done)
}

/// Rounds until `stop` comes.
pub async fn run(house: House, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            done = round(&house) => if let Err(error) = done {
                tracing::error!(error = &error as &dyn std::error::Error, "accounts that do not pay");
            }
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

struct Worker<'a> {
    house: &'a House,
    operator: OperatorId,
    catalog: &'a Catalog,
    terms: &'a Dunning,
    lease: (&'a str, i64),
}

impl Worker<'_> {
    fn today(&self) -> Date {
        self.house.clock.now().to_local(&self.catalog.operator.time_zone).date()
    }

    async fn all(&self, done: &mut DunningRound) -> Result<(), OperationError> {
        for accounts in self.house.store.accounts_in_dunning(self.operator).await?.chunks(BUNDLE) {
            self.look_at(accounts, done).await?;
        }
        self.day(done).await?;
        done.lines += lines::carry_out(self.house, self.operator, self.catalog).await?;
        Ok(())
    }

    /// Every account, once a day.
    async fn day(&self, done: &mut DunningRound) -> Result<(), OperationError> {
        let today = self.today();
        let mut after = match self.house.store.dunning_day(self.operator).await? {
            Some((day, _, true)) if day >= today => return Ok(()),
            Some((day, after, false)) if day == today => after,
            _ => BillingAccountId(0),
        };
        loop {
            let accounts = self.house.store.own_accounts(self.operator, (after, BUNDLE)).await?;
            let owed = self.house.store.balances(&accounts).await?;
            let owing: Vec<BillingAccountId> =
                accounts.iter().copied().filter(|account| owed.get(account).is_some_and(|owed| owed.is_positive())).collect();
            self.look_at(&owing, done).await?;
            after = accounts.last().copied().unwrap_or(after);
            let transaction = self.house.store.begin().await?;
            self.hold(&transaction).await?;
            transaction.note_dunning_day(self.operator, (today, after), accounts.is_empty()).await?;
            transaction.commit().await?;
            if accounts.is_empty() {
                return Ok(());
            }
        }
    }

    async fn hold(&self, transaction: &Transaction) -> Result<(), OperationError> {
        let until = self.house.clock.now().plus_seconds(LEASE_S);
        Ok(transaction.hold_lease(self.lease.0, (self.lease.1, until)).await?)
    }

    async fn look_at(&self, accounts: &[BillingAccountId], done: &mut DunningRound) -> Result<(), OperationError> {
        if accounts.is_empty() {
            return Ok(());
        }
        let open = self.house.store.open_items(accounts).await?;
        let none = OpenItems::default();
        for account in self.house.store.accounts_to_dun(accounts).await? {
            match self.decide(&account, open.get(&account.account).unwrap_or(&none)) {
                DunningMove::Wait(next) => self.wait(&account, next).await?,
                DunningMove::Take(notice) => done.steps += usize::from(self.take(&account, notice).await?),
                DunningMove::Pause(case) => done.ended += usize::from(self.give_back(&account, Some(case)).await?),
                DunningMove::End => done.ended += usize::from(self.give_back(&account, None).await?),
            }
        }
        Ok(())
    }

    /// What is to be done about an account today, of which so much is open.
    fn decide(&self, account: &AccountToDun, open: &OpenItems) -> DunningMove {
        let kept = account.kept.as_ref();
        let facts = DunnedAccount {
            open,
            left_alone: &account.left_alone,
            charged: &account.charged,
            case: kept.and_then(|kept| kept.case),
            held_until: kept.and_then(|kept| kept.hold.as_ref()).map(|hold| hold.until),
            kind: if account.is_business { DebtorKind::Business } else { DebtorKind::Consumer },
        };
        dunning(&facts, self.terms, self.today())
    }

    /// Does the same step still come out, within the transaction that writes it? The account was read with hundreds of others: whoever paid or disputed
    /// something meanwhile is not told of it, and pays no fee.
    async fn is_still_due(
        &self,
        transaction: &Transaction,
        account: &AccountToDun,
        notice: &DunningNotice,
    ) -> Result<bool, OperationError> {
        transaction.hold_ledger().await?;
        let open = transaction.open_items(account.account).await?;
        let Some(now) = transaction.account_to_dun(account.account).await? else { return Ok(false) };
        // How far it went is as it was read: this transaction has moved it on since.
        let now = AccountToDun { kept: account.kept.clone(), ..now };
        Ok(matches!(self.decide(&now, &open), DunningMove::Take(again) if again == *notice))
    }

    /// What is to come is kept for who looks; an account that nothing is known of any more is forgotten.
    async fn wait(&self, account: &AccountToDun, next: Option<NextDunning>) -> Result<(), OperationError> {
        let Some(kept) = &account.kept else { return Ok(()) };
        let hold = kept.hold.clone().filter(|hold| hold.until >= self.today());
        let now = KeptDunning { next, hold, is_untold: false, ..kept.clone() };
        if now == *kept {
            return Ok(());
        }
        let transaction = self.house.store.begin().await?;
        self.hold(&transaction).await?;
        if now.case.is_none() && now.hold.is_none() {
            transaction.end_dunning(account).await?;
        } else {
            transaction.save_dunning(self.operator, account, &now).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Takes a step, if somebody can be told of it. `false` where nobody can, somebody was faster, or it is not due any more.
    async fn take(&self, account: &AccountToDun, notice: DunningNotice) -> Result<bool, OperationError> {
        let today = self.today();
        let before = account.kept.clone().unwrap_or_default();
        let fee: Cents = notice.fees.iter().map(|(_, fee)| *fee).sum();
        let told = DunningTold {
            step: Some(notice.step),
            account: if account.is_business { account.name.clone() } else { String::new() },
            late: notice.late,
            fee,
            items: notice.items.iter().map(|item| (item.number.to_string(), item.open, item.due.to_string())).collect(),
            next: notice.next.map(|next| (next.step, next.day.to_string())),
            link: String::new(),
        };
        let mails = self.mails(account, &told).await?;
        let transaction = self.house.store.begin().await?;
        self.hold(&transaction).await?;
        if mails.is_empty() {
            let next = Some(NextDunning { step: notice.step, day: today });
            let untold = KeptDunning { next, is_untold: true, amount: notice.late, ..before.clone() };
            if untold != before {
                transaction.save_dunning(self.operator, account, &untold).await?;
                transaction.commit().await?;
            }
            return Ok(false);
        }
        let case = Some(DunningCase { step: notice.step, on: today });
        let now = KeptDunning { case, amount: notice.late, next: notice.next, is_untold: false, hold: None, ..before };
        let is_saved = transaction.save_dunning(self.operator, account, &now).await?;
        if !is_saved || !self.is_still_due(&transaction, account, &notice).await? {
            return Ok(false);
        }
        self.charge(&transaction, account, &notice).await?;
        let at = self.house.clock.now();
        match notice.step {
            DunningStep::Restriction => transaction.wish_of_lines(account.account, UnpaidWish::Restricted, at).await?,
            DunningStep::Suspension => transaction.wish_of_lines(account.account, UnpaidWish::Suspended, at).await?,
            DunningStep::Reminder | DunningStep::SecondReminder => {}
        }
        transaction.post_mails(&mails).await?;
        let words =
            json!({ "account": account.name, "step": notice.step, "late": notice.late.to_string(), "fee": fee.to_string() });
        transaction.note_of_account(account.account, self.entry(account, "dunning_step", words)).await?;
        transaction.commit().await?;
        self.house.mail_posted();
        Ok(true)
    }

    async fn charge(
        &self,
        transaction: &Transaction,
        account: &AccountToDun,
        notice: &DunningNotice,
    ) -> Result<(), OperationError> {
        let mut entries = Vec::with_capacity(notice.fees.len());
        for (number, fee) in &notice.fees {
            let debit = LedgerAccount::Receivable(account.account);
            let transfer = Transfer { debit, credit: LedgerAccount::Revenue(Revenue::Dunning), amount: *fee };
            let invoice = transaction.invoice_numbered(self.operator, number.as_str()).await?;
            entries.push(NewLedgerEntry { kind: "fee", invoice, payment: None, transfers: vec![transfer] });
        }
        Ok(transaction.add_to_ledger(Issuer::operator(self.operator), entries, self.house.clock.now()).await?)
    }

    /// What was taken away is given back: all is paid, or it is on hold and stands as after another step.
    async fn give_back(&self, account: &AccountToDun, case: Option<DunningCase>) -> Result<bool, OperationError> {
        let Some(before) = account.kept.clone() else { return Ok(false) };
        let had_taken = before.case.is_some_and(|case| case.step.takes_away());
        let hold = before.hold.clone().filter(|hold| hold.until >= self.today());
        let told = DunningTold {
            step: None,
            account: if account.is_business { account.name.clone() } else { String::new() },
            late: Cents::ZERO,
            fee: Cents::ZERO,
            items: Vec::new(),
            next: None,
            link: String::new(),
        };
        let mails = if had_taken { self.mails(account, &told).await? } else { Vec::new() };
        let transaction = self.house.store.begin().await?;
        self.hold(&transaction).await?;
        let saved = match (case, hold) {
            (None, None) => transaction.end_dunning(account).await?,
            (case, hold) => {
                let amount = if case.is_some() { before.amount } else { Cents::ZERO };
                let now = KeptDunning { case, next: None, is_untold: false, amount, hold, ..before };
                transaction.save_dunning(self.operator, account, &now).await?
            }
        };
        if !saved {
            return Ok(false);
        }
        if had_taken {
            transaction.wish_of_lines(account.account, UnpaidWish::Free, self.house.clock.now()).await?;
        }
        transaction.post_mails(&mails).await?;
        let action = if case.is_some() { "dunning_paused" } else { "dunning_ended" };
        let entry = self.entry(account, action, json!({ "account": account.name }));
        transaction.note_of_account(account.account, entry).await?;
        transaction.commit().await?;
        if !mails.is_empty() {
            self.house.mail_posted();
        }
        Ok(true)
    }

    fn entry(&self, account: &AccountToDun, action: &'static str, words: serde_json::Value) -> NewEntry {
        let object = Object::Customer(account.customer);
        let entry = program(self.operator, self.house.clock.now(), (action, object));
        NewEntry { owner: (account.reseller, Some(account.customer)), after: Some(words.to_string()), ..entry }
    }

    /// The mails of a step: to the address that the account named for its invoices, else to the customer's people who see them.
    async fn mails(&self, account: &AccountToDun, told: &DunningTold) -> Result<Vec<NewMail>, OperationError> {
        let Some(brand) = brand_of(self.house, (self.operator, account.reseller)).await? else { return Ok(Vec::new()) };
        let named = Reader { name: account.payer.clone(), email: account.email.clone(), language: account.language.clone() };
        let people = if account.email.is_empty() {
            let mut people = self.house.store.readers(&[account.account], &readers()).await?;
            people.remove(&account.account).unwrap_or_default()
        } else {
            vec![named]
        };
        let told = DunningTold { link: format!("{}/invoices", self.house.site(&brand.host)), ..told.clone() };
        let mail = |reader: &Reader| {
            let language = if reader.language.is_empty() { account.language.as_str() } else { &reader.language };
            let post = Post {
                operator: self.operator,
                host: &brand.host,
                recipient: &reader.email,
                name: &reader.name,
                language,
                letter: Letter::Dunning(told.clone()),
                useful_until: None,
            };
            mail::written(self.house, post)
        };
        people.iter().take(MOST_READERS).map(mail).collect()
    }
}

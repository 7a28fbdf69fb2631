//! Writes what was decided of a file of a bank, in one transaction: payments, the ledger, debits, mandates, notices, mails, and the file itself.

use super::{
    Ground, ItemOutcome,
    decide::{Act, Decided, Item, after, is_with_nobody},
};
use crate::{Actor, House, OperationError, collection::tell, journal::Object, mail::Letter, usage_import::LEASE_S};
use billing::{
    Announced, BankAmount, Consequence, Currency, MandateEnd, MandateFate, NextStep, PaymentState, arrived_transfer,
    matched_transfer, parted_transfer, returned_transfer, unmatched_transfer,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{
    Asker, DebitState, Issuer, KeptDebit, NewBankFile, NewLedgerEntry, NewMail, NewNoticeOfDebit, NewPayment, Payer, Transaction,
};
use vocabulary::{
    BankFileId, BankItemId, BillingAccountId, Cents, CustomerId, DebitId, InvoiceId, PaymentId, ResellerId, Timestamp,
};

/// What calls itself the provider of payments by bank.
pub(super) const PROVIDER: &str = "bank";

/// Writes it; `None` where the file was taken meanwhile.
///
/// # Errors
/// When the database fails: then nothing is written.
pub(super) async fn save(
    house: &House,
    actor: &Actor,
    (ground, file, (lease, fence)): (&Ground<'_>, &NewBankFile<'_>, (&str, i64)),
    decided: Vec<Decided>,
) -> Result<Option<BankFileId>, OperationError> {
    let now = house.clock.now();
    let mails = mails(house, ground, &decided).await?;
    let transaction = house.store.begin().await?;
    transaction.hold_lease(lease, (fence, now.plus_seconds(LEASE_S))).await?;
    let waits = hold_waiting(&transaction, ground, &decided).await?;
    let Some(id) = transaction.add_bank_file(ground.issuer, file, (now, &actor.name)).await? else { return Ok(None) };
    let many = decided.len();
    save_in(&transaction, (ground, &actor.name, now), (Some(id), &waits), decided).await?;
    for mail in &mails {
        transaction.post_mail(mail).await?;
    }
    let mut noted = actor.entry(now, "bank_file_taken", Object::Operator(ground.issuer.operator));
    noted.after = Some(json!({ "name": file.name, "message": file.message, "rows": many }).to_string());
    transaction.note(noted).await?;
    transaction.commit().await?;
    if !mails.is_empty() {
        house.mail_posted();
    }
    Ok(Some(id))
}

/// Holds what waited and is decided on now: those of it of which that can still be said. Before anything else is, because whoever assigns money holds it first.
///
/// # Errors
/// When the database fails, or somebody decided meanwhile of a sum whose parts were decided on as if it were with nobody.
pub(super) async fn hold_waiting(
    transaction: &Transaction,
    ground: &Ground<'_>,
    decided: &[Decided],
) -> Result<BTreeSet<BankItemId>, OperationError> {
    let outcomes: BTreeMap<BankItemId, &ItemOutcome> = decided
        .iter()
        .filter_map(|one| if let Item::Waited(id, outcome) = &one.item { Some((*id, outcome)) } else { None })
        .collect();
    let mut waits = BTreeSet::new();
    for (id, outcome) in outcomes {
        let kept = transaction.hold_any_bank_item(ground.issuer, id).await?;
        let is_parted = matches!(outcome, ItemOutcome::Parted);
        match kept.filter(|kept| kept.item.waits || (is_parted && is_with_nobody(kept))) {
            Some(_) => drop(waits.insert(id)),
            None if is_parted => return Err(OperationError::Contended),
            None => {}
        }
    }
    Ok(waits)
}

/// Writes what was decided: of a file, what it says too.
///
/// # Errors
/// When the database fails.
pub(super) async fn save_in(
    transaction: &Transaction,
    (ground, by, now): (&Ground<'_>, &str, Timestamp),
    (file, waits): (Option<BankFileId>, &BTreeSet<BankItemId>),
    decided: Vec<Decided>,
) -> Result<(), OperationError> {
    let mut saver = Saver { transaction, ground, by, now, was_with_nobody: false, entries: Vec::new(), settled: HashMap::new() };
    for (place, one) in decided.into_iter().enumerate() {
        let token = match one.item {
            Item::New(new) => {
                saver.was_with_nobody = false;
                match file {
                    Some(file) => {
                        let item = transaction.add_bank_item(ground.issuer.operator, file, &new).await?;
                        format!("bank item {item} of {place}")
                    }
                    // What a person notes stands in the journal.
                    None => format!("noted of {place}"),
                }
            }
            Item::Waited(id, outcome) => {
                if !waits.contains(&id) {
                    continue;
                }
                let outcome = serde_json::to_string(&outcome).expect("texts and numbers are plain data");
                transaction.decide_bank_item(id, &outcome, (now, by)).await?;
                saver.was_with_nobody = true;
                format!("bank item {id} again")
            }
        };
        for act in one.acts {
            saver.act(act, &token).await?;
        }
    }
    let entries = saver.entries;
    transaction.add_to_ledger(ground.issuer, entries, now).await?;
    Ok(())
}

/// The letters to those whose debits came back, written before the transaction begins.
pub(super) async fn mails(house: &House, ground: &Ground<'_>, decided: &[Decided]) -> Result<Vec<NewMail>, OperationError> {
    let scoped = house.store.scoped(crate::Scope::operator(ground.issuer.operator));
    let mut mails = Vec::new();
    for act in decided.iter().flat_map(|one| &one.acts) {
        let Act::CameBack(debit, consequence) = act else { continue };
        let Some(account) = scoped.billing_account(debit.account).await? else { continue };
        let numbers: Vec<&str> = debit.parts.iter().map(|part| part.number.as_str()).collect();
        let day = match consequence.next {
            NextStep::PresentAgain(day) => day.to_string(),
            NextStep::CustomerPays => String::new(),
            // Somebody looks first: nothing is said before it is known.
            NextStep::Look => continue,
        };
        let letter = || Letter::DebitCameBack { numbers: numbers.join(", "), amount: debit.sent.amount(), day: day.clone() };
        mails.extend(tell(house, &account, letter).await?);
    }
    Ok(mails)
}

struct Saver<'a> {
    transaction: &'a Transaction,
    ground: &'a Ground<'a>,
    by: &'a str,
    now: Timestamp,
    /// Is it about money that came before and was with nobody?
    was_with_nobody: bool,
    entries: Vec<NewLedgerEntry>,
    /// Payments that parts of debits became by this file.
    settled: HashMap<(DebitId, i16), PaymentId>,
}

/// Whose money it is.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub(super) account: BillingAccountId,
    pub(super) customer: CustomerId,
    pub(super) reseller: Option<ResellerId>,
}

/// A payment by bank.
pub(super) struct ByBank<'a> {
    pub(super) issuer: Issuer,
    pub(super) owner: Owner,
    pub(super) invoice: Option<InvoiceId>,
    pub(super) kind: &'static str,
    pub(super) amount: Cents,
    /// What is counted once.
    pub(super) token: &'a str,
    pub(super) by: &'a str,
}

impl ByBank<'_> {
    /// Keeps it; `None` where it was counted.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn keep(&self, transaction: &Transaction, now: Timestamp) -> Result<Option<PaymentId>, OperationError> {
        let Owner { account, customer, reseller } = self.owner;
        let new = NewPayment {
            payer: Payer { account, customer, reseller, issuer: self.issuer },
            invoice: self.invoice,
            provider: PROVIDER,
            kind: self.kind,
            state: PaymentState::Succeeded,
            amount: BankAmount { cents: self.amount, currency: Currency::EURO },
            token: self.token,
            gives_back: None,
            asked_by: Asker { name: self.by, ..Asker::default() },
        };
        Ok(transaction.add_payment(&new, now).await?)
    }
}

impl Saver<'_> {
    async fn act(&mut self, act: Act, token: &str) -> Result<(), OperationError> {
        match act {
            Act::Keep(amount) => {
                let transfers = unmatched_transfer(amount).into_iter().collect();
                self.entries.push(NewLedgerEntry { kind: "settlement", invoice: None, payment: None, transfers });
                Ok(())
            }
            Act::Part(amount) => {
                let transfers = parted_transfer(amount).into_iter().collect();
                self.entries.push(NewLedgerEntry { kind: "settlement", invoice: None, payment: None, transfers });
                Ok(())
            }
            Act::Pay { of, parts, rest } => {
                let owner = Owner { account: of.account, customer: of.customer, reseller: of.reseller };
                for (place, (invoice, amount)) in parts.iter().enumerate() {
                    self.pay(owner, (Some(invoice.id), "transfer", *amount), &format!("{token}/{place}")).await?;
                }
                if rest.is_positive() {
                    self.pay(owner, (None, "transfer", rest), &format!("{token}/rest")).await?;
                }
                Ok(())
            }
            Act::Settle(debit) => self.settle(&debit).await,
            Act::CameBack(debit, consequence) => self.came_back(&debit, &consequence).await,
        }
    }

    async fn pay(
        &mut self,
        owner: Owner,
        (invoice, kind, amount): (Option<InvoiceId>, &'static str, Cents),
        token: &str,
    ) -> Result<Option<PaymentId>, OperationError> {
        let paid = ByBank { issuer: self.ground.issuer, owner, invoice, kind, amount, token, by: self.by };
        let Some(payment) = paid.keep(self.transaction, self.now).await? else { return Ok(None) };
        let from = if self.was_with_nobody { matched_transfer } else { arrived_transfer };
        let transfers = from(owner.account, amount).into_iter().collect();
        self.entries.push(NewLedgerEntry { kind: "payment", invoice, payment: Some(payment), transfers });
        Ok(Some(payment))
    }

    async fn settle(&mut self, debit: &KeptDebit) -> Result<(), OperationError> {
        let owner = Owner { account: debit.account, customer: debit.customer, reseller: debit.reseller };
        self.transaction.move_debit(debit.id, DebitState::Settled, (self.ground.today, None)).await?;
        for part in &debit.parts {
            let token = format!("debit {} of {}", part.place, debit.sent.end_to_end);
            let paid = self.pay(owner, (Some(part.invoice), "direct_debit", part.amount), &token).await?;
            if let Some(payment) = paid {
                self.transaction.pay_debit_part((debit.id, part.place), payment).await?;
                self.settled.insert((debit.id, part.place), payment);
            }
        }
        Ok(())
    }

    async fn came_back(&mut self, debit: &KeptDebit, consequence: &Consequence) -> Result<(), OperationError> {
        let (transaction, today) = (self.transaction, self.ground.today);
        let state = after(debit, consequence);
        transaction.move_debit(debit.id, state, (today, Some(consequence.reason.code()))).await?;
        // Money that came goes back, also where it came by this file; what never came moves nothing.
        for part in &debit.parts {
            let Some(payment) = part.payment.or_else(|| self.settled.get(&(debit.id, part.place)).copied()) else { continue };
            let transfers = returned_transfer(debit.account, part.amount).into_iter().collect();
            self.entries.push(NewLedgerEntry { kind: "return", invoice: Some(part.invoice), payment: Some(payment), transfers });
        }
        if let Some(kept) = transaction.mandate(&debit.sent.mandate).await? {
            let mandate = if state == DebitState::Rejected {
                kept.mandate.clone().not_used_on(debit.sent.day)
            } else {
                kept.mandate.clone()
            };
            let mandate = match consequence.mandate {
                MandateFate::Stays => mandate,
                MandateFate::Blocked => mandate.blocked(today),
                MandateFate::Ends => mandate.ended(today, MandateEnd::Bank),
            };
            if mandate != kept.mandate {
                transaction.save_mandate(&mandate).await?;
            }
        }
        match consequence.next {
            NextStep::PresentAgain(day) => {
                let mut notices = Vec::new();
                for part in &debit.parts {
                    let place = transaction.count_debit_notices(part.invoice).await? + 1;
                    let announced = Announced { day, mandate: debit.sent.mandate.clone() };
                    notices.push(NewNoticeOfDebit { invoice: part.invoice, place, announced, amount: part.amount });
                }
                transaction.add_debit_notices(&notices, (self.now, self.by)).await?;
            }
            NextStep::CustomerPays | NextStep::Look => {
                for part in &debit.parts {
                    transaction.stop_debit(part.invoice, (self.now, self.by, "returned")).await?;
                }
            }
        }
        Ok(())
    }
}

//! Payments that no provider and no file of a bank tells of, and that somebody notes: a transfer to an account whose statements nobody takes in, a
//! cheque, cash (BIL-07, RES-11). What was noted by mistake is taken back, and both stay in the ledger.

use super::token_of_form;
use crate::{
    Actor, House, OperationError,
    invoices::{is_issuer, issued_by},
    journal::Object,
    permission::Permission,
};
use billing::{BankAmount, Currency, PaymentState, arrived_transfer, returned_transfer};
use jiff::{
    ToSpan as _,
    civil::{Date, time},
};
use serde_json::json;
use store::{Asker, InvoiceRow, KeptPayment, NewEntry, NewLedgerEntry, NewPayment, Payer};
use vocabulary::{Cents, InvoiceId, Label, LabelRefusal, PaymentId, Timestamp};

/// No remark is longer, in characters.
pub const LONGEST_REMARK: usize = 100;
/// A payment of the same amount that came, or was taken from a bank's file, less than so many seconds before or after may be the same: a week.
const ALIKE_S: i64 = 7 * 86_400;
/// Money that came longer ago, in days, belongs to a year that is closed.
const MOST_DAYS: i32 = 366;

/// How money came that somebody notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotedMeans {
    /// By a transfer.
    #[default]
    Transfer,
    /// By a cheque.
    Cheque,
    /// In cash.
    Cash,
}

impl NotedMeans {
    /// All of them and their words: what stands for the provider.
    pub const WORDS: [(&'static str, NotedMeans); 3] =
        [("noted", Self::Transfer), ("cheque", Self::Cheque), ("cash", Self::Cash)];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, means)| *means == self).map_or("", |(word, _)| word)
    }

    /// That of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, means)| *means)
    }

    /// How a payment came that somebody noted; `None` for any other.
    pub fn of(kept: &KeptPayment) -> Option<Self> {
        if kept.kind == "transfer" { Self::named(&kept.provider) } else { None }
    }
}

/// An invoice that may be noted as paid.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As lists have it.
    pub row: InvoiceRow,
    /// What is open of it.
    pub open: Cents,
    /// What its account owes in all; nothing where it has a credit.
    pub owed: Cents,
    /// The operator's day.
    pub today: Date,
}

/// A payment as it was typed.
#[derive(Clone, Debug, Default)]
pub struct TypedPayment {
    /// How much.
    pub amount: Cents,
    /// The day on which it came, `2026-12-31`.
    pub day: String,
    /// How it came.
    pub means: NotedMeans,
    /// What there is to say of it.
    pub remark: String,
    /// May it be more than the account owes? What is too much stays with it as a credit.
    pub keeps_rest: bool,
    /// Is it another one than a payment of the same amount that came some days before or after?
    pub is_another: bool,
    /// Of the form, by chance: sent twice, it is one payment.
    pub token: String,
}

/// Why no payment is noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteRefusal {
    /// Nothing, or less.
    Nothing,
    /// More than the account owes, which is so much.
    MoreThanOwed(Cents),
    /// This payment of the same amount came some days before or after, by transfer or noted by somebody: it may be the same.
    Alike(PaymentId),
    /// That is no day.
    Day(String),
    /// No money has come on a day that has not.
    NotYet(Date),
    /// It is too long ago: this is the first day that can be noted.
    TooOld(Date),
    /// The remark is too long, or has this sign.
    Remark(LabelRefusal),
    /// The form was not made by a page, or noted another payment.
    OtherForm,
}

/// Why a payment is not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeBackRefusal {
    /// Nobody noted it by hand.
    NotNoted,
    /// It was taken back before.
    Over,
}

/// An invoice that may be noted as paid; `None` for who may not, and for what they did not issue.
///
/// # Errors
/// When the database fails.
pub async fn noting(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<Shown>, OperationError> {
    if !actor.may(Permission::NotePayments) {
        return Ok(None);
    }
    let Some((_, row, _)) = issued_by(house, actor, id).await? else { return Ok(None) };
    let today = house.clock.now().to_local(&house.catalog(actor.scope.operator).await?.operator.time_zone).date();
    let found = house.store.open_items(&[row.account]).await?.remove(&row.account).unwrap_or_default();
    let open = found.items.iter().find(|item| item.number.as_str() == row.number).map_or(Cents::ZERO, |item| item.open);
    Ok(Some(Shown { open, owed: found.balance().max(Cents::ZERO), row, today }))
}

/// Notes a payment of an invoice, and enters it in the ledger; which one. A form that is sent again gets the payment that it noted. `None` as for
/// [`noting`].
///
/// # Errors
/// When the database fails.
pub async fn note(
    house: &House,
    actor: &Actor,
    (id, typed): (InvoiceId, &TypedPayment),
) -> Result<Option<Result<PaymentId, NoteRefusal>>, OperationError> {
    let Some(Shown { row, today, .. }) = noting(house, actor, id).await? else { return Ok(None) };
    let Read { token, day, remark } = match read(typed, today) {
        Ok(read) => read,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let (now, zone) = (house.clock.now(), house.catalog(actor.scope.operator).await?.operator.time_zone.clone());
    // Of the hour nothing is known, and noon is of that day whatever the clocks do.
    let came = Timestamp::from_local(day.to_datetime(time(12, 0, 0, 0)), &zone).unwrap_or(now);
    let new = NewPayment {
        payer: Payer { account: row.account, customer: row.customer, reseller: row.issuer.reseller, issuer: row.issuer },
        invoice: Some(id),
        provider: typed.means.as_str(),
        kind: "transfer",
        state: PaymentState::Succeeded,
        amount: BankAmount { cents: typed.amount, currency: Currency::EURO },
        token: &token,
        gives_back: None,
        asked_by: Asker { name: &actor.name, ..Asker::default() },
    };
    let transaction = house.store.begin().await?;
    // Whoever else keeps a payment waits here: what is owed does not change any more.
    let Some(payment) = transaction.add_payment(&new, came).await? else {
        drop(transaction);
        let known = house.store.payment_of_form(actor.scope.operator, &token).await?;
        let is_it = |known: &KeptPayment| {
            (known.invoice, known.amount.cents, known.state) == (Some(id), typed.amount, PaymentState::Succeeded)
                && (known.provider.as_str(), known.asked, known.remark.as_str()) == (typed.means.as_str(), came, &remark)
        };
        return Ok(Some(known.filter(is_it).map(|known| known.id).ok_or(NoteRefusal::OtherForm)));
    };
    let around = (came.plus_seconds(-ALIKE_S), came.plus_seconds(ALIKE_S));
    let alike = transaction.transfer_like((row.account, typed.amount), around, payment).await?;
    if let Some(alike) = alike.filter(|_| !typed.is_another) {
        return Ok(Some(Err(NoteRefusal::Alike(alike))));
    }
    let owed = transaction.open_items(row.account).await?.balance().max(Cents::ZERO);
    if typed.amount > owed && !typed.keeps_rest {
        return Ok(Some(Err(NoteRefusal::MoreThanOwed(owed))));
    }
    transaction.remark_on_payment(payment, &remark).await?;
    let transfers = arrived_transfer(row.account, typed.amount).into_iter().collect();
    let entry = NewLedgerEntry { kind: "payment", invoice: Some(id), payment: Some(payment), transfers };
    transaction.add_to_ledger(row.issuer, vec![entry], now).await?;
    // The remark is not for the payer, who may read the journal of what is theirs.
    let told =
        json!({ "invoice": row.number, "amount": format!("{} {}", typed.amount, Currency::EURO), "received": day.to_string() });
    let noted = actor.entry(now, "payment_noted", Object::Customer(row.customer));
    let noted = NewEntry { owner: (row.issuer.reseller, Some(row.customer)), after: Some(told.to_string()), ..noted };
    transaction.note_of_account(row.account, noted).await?;
    transaction.commit().await?;
    Ok(Some(Ok(payment)))
}

/// What was typed, read.
struct Read {
    token: String,
    day: Date,
    remark: String,
}

fn read(typed: &TypedPayment, today: Date) -> Result<Read, NoteRefusal> {
    let token = token_of_form(&typed.token).ok_or(NoteRefusal::OtherForm)?;
    if !typed.amount.is_positive() {
        return Err(NoteRefusal::Nothing);
    }
    let told = typed.day.trim();
    let day: Date = told.parse().map_err(|_| NoteRefusal::Day(told.to_owned()))?;
    if day > today {
        return Err(NoteRefusal::NotYet(day));
    }
    let first = today.saturating_sub(MOST_DAYS.days());
    if day < first {
        return Err(NoteRefusal::TooOld(first));
    }
    let remark = typed.remark.trim();
    let remark = match remark {
        "" => String::new(),
        remark => Label::remark(remark, LONGEST_REMARK).map_err(NoteRefusal::Remark)?.into(),
    };
    Ok(Read { token, day, remark })
}

/// Did the asker's side note this payment by hand, and may they take it back as long as it counts?
pub fn is_noted_by(actor: &Actor, kept: &KeptPayment) -> bool {
    actor.may(Permission::NotePayments) && is_issuer(actor.scope, kept.issuer) && NotedMeans::of(kept).is_some()
}

/// Takes back a payment that was noted by mistake: what it paid is open again. `None` for what is not there for the asker, and for who may not.
///
/// # Errors
/// When the database fails.
pub async fn take_back(
    house: &House,
    actor: &Actor,
    id: PaymentId,
) -> Result<Option<Result<(), TakeBackRefusal>>, OperationError> {
    if !actor.may(Permission::NotePayments) {
        return Ok(None);
    }
    let Some(kept) = house.store.scoped(actor.scope).payment(id).await? else { return Ok(None) };
    if NotedMeans::of(&kept).is_none() {
        return Ok(Some(Err(TakeBackRefusal::NotNoted)));
    }
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    let Some(held) = transaction.hold_payment(kept.issuer, id).await? else { return Ok(None) };
    if !is_noted_by(actor, &held) {
        return Ok(None);
    }
    if held.state != PaymentState::Succeeded {
        return Ok(Some(Err(TakeBackRefusal::Over)));
    }
    transaction.move_payment(id, (PaymentState::Refused, None), now).await?;
    let transfers = returned_transfer(held.account, held.amount.cents).into_iter().collect();
    let entry = NewLedgerEntry { kind: "return", invoice: held.invoice, payment: Some(id), transfers };
    transaction.add_to_ledger(held.issuer, vec![entry], now).await?;
    let told = json!({ "amount": format!("{} {}", held.amount.cents, held.amount.currency) });
    let noted = actor.entry(now, "payment_taken_back", Object::Customer(held.customer));
    let noted = NewEntry { owner: (held.issuer.reseller, Some(held.customer)), after: Some(told.to_string()), ..noted };
    transaction.note_of_account(held.account, noted).await?;
    transaction.commit().await?;
    Ok(Some(Ok(())))
}

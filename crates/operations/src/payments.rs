//! Payments by card: asked once a form, counted once whatever browser and provider do (BIL-07, CUS-09).
//!
//! Two tabs may ask for the same debt, because whoever closed one would otherwise wait until it expires. Once one of them has paid, no new
//! page is given for what is paid; where both pay, both have come: the second is the account's credit.

mod callback;
mod look;
mod noted;
mod problems;
mod refund;
mod taken_back;

pub use billing::{AmountRefusal, AsideReason, BankAmount, Currency, PaymentState};
pub use callback::{Taken, take_callback};
pub use look::{LOOKED_AFTER_S, WITHOUT_PAGE_S, look_again, run};
pub use noted::{
    LONGEST_REMARK, NoteRefusal, NotedMeans, Shown as NotedShown, TakeBackRefusal, TypedPayment, is_noted_by, note, noting,
    take_back,
};
pub use problems::{LONGEST_SAID, Problems, SettleRefusal, problems, settle};
pub use refund::{RefundRefusal, refund, refundable};
pub use store::{CallbackAside, Issuer, KeptPayment};
pub use taken_back::is_disputed;

use crate::{
    Actor, House, OperationError,
    first_access::Address,
    payment_provider::{PaymentAsked, ProviderFault},
    permission::Permission,
};
use billing::may_be_paid;
use store::{Asker, NewPayment, Object, Payer, Scope};
use vocabulary::{BillingAccountId, Cents, InvoiceId, PaymentId};

/// So many payments of an account are listed.
const MOST_LISTED: usize = 100;
/// No token of a form is longer, in bytes.
const LONGEST_TOKEN: usize = 100;

/// What somebody wants to pay.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// For which account.
    pub account: BillingAccountId,
    /// The invoice that is paid first.
    pub invoice: Option<InvoiceId>,
    /// How much.
    pub amount: BankAmount,
    /// Of the form, by chance: sent twice, it is one payment.
    pub token: &'a str,
    /// What is paid, as the provider's page says it.
    pub title: &'a str,
    /// The tag of the language of the page.
    pub language: &'a str,
    /// The brand that it is paid with, where the browser comes back to.
    pub here: &'a Address,
}

/// Why nothing is paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentRefusal {
    /// The amount.
    #[error(transparent)]
    Amount(#[from] AmountRefusal),
    /// The form asked for something else before.
    #[error("the form was sent before with other values: open it again")]
    OtherForm,
    /// What the form asked for was paid, refused or is too old.
    #[error("the payment of this form is over")]
    Over(PaymentId),
    /// Nobody takes payments by card here.
    #[error("payments by card are not taken here")]
    NoProvider,
    /// The provider.
    #[error(transparent)]
    Provider(#[from] ProviderFault),
}

/// A payment that was asked, and where it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToPay {
    /// Which.
    pub payment: PaymentId,
    /// Where the browser goes.
    pub url: String,
}

/// What there is to pay, for an account or one of its invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// What the account owes, with its currency. Less than nothing is a credit.
    pub whole: BankAmount,
    /// What is open of the invoice that was asked for; of none where none was.
    pub invoice: Option<(InvoiceId, String, Cents)>,
    /// What the customer calls the account.
    pub account_name: String,
    /// Can it be paid by card?
    pub by_card: bool,
    /// Is some of it being debited, or announced to be?
    pub is_debited: bool,
}

/// What there is to pay for an account, and for an invoice of it; `None` for what is not there for the asker, or that they may not pay for.
///
/// # Errors
/// When the database fails.
pub async fn owed_of(
    house: &House,
    actor: &Actor,
    (account, invoice): (BillingAccountId, Option<InvoiceId>),
) -> Result<Option<Owed>, OperationError> {
    let Some(whole) = owed(house, actor, account).await? else { return Ok(None) };
    let scoped = house.store.scoped(actor.scope);
    let (Some(payer), Some(account_name)) = (scoped.payer(account).await?, scoped.account_name(account).await?) else {
        return Ok(None);
    };
    let open = house.store.open_items(&[account]).await?.remove(&account).unwrap_or_default();
    let invoice = match invoice {
        None => None,
        Some(id) => {
            let Some((row, _)) = scoped.invoice(id).await?.filter(|(row, _)| row.account == account) else { return Ok(None) };
            let item = open.items.iter().find(|item| item.number.as_str() == row.number);
            Some((id, row.number, item.map_or(Cents::ZERO, |item| item.open)))
        }
    };
    let by_card = house.payment_providers.of(payer.issuer).is_some();
    let expected = house.store.debits_expected(account).await?;
    let is_debited = open.items.iter().any(|item| item.open.is_positive() && expected.contains(&item.number));
    Ok(Some(Owed { whole, invoice, account_name, by_card, is_debited }))
}

/// The account of an invoice; `None` where there is none that they see.
///
/// # Errors
/// When the database fails.
pub async fn account_of(house: &House, actor: &Actor, invoice: InvoiceId) -> Result<Option<BillingAccountId>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).invoice(invoice).await?.map(|(row, _)| row.account))
}

/// Where the pages of who is paid for an account stand, as a browser's policy names it; `None` where they are our own, or nobody takes cards.
///
/// # Errors
/// When the database fails.
pub async fn page_origin(house: &House, actor: &Actor, account: BillingAccountId) -> Result<Option<String>, OperationError> {
    let Some(payer) = house.store.scoped(actor.scope).payer(account).await? else { return Ok(None) };
    Ok(house.payment_providers.of(payer.issuer).and_then(|provider| provider.page_origin().map(str::to_owned)))
}

/// What an account owes, with its currency; `None` for an account that is not there for the asker, or that they may not pay for. Less than
/// nothing is a credit.
///
/// # Errors
/// When the database fails.
pub async fn owed(house: &House, actor: &Actor, account: BillingAccountId) -> Result<Option<BankAmount>, OperationError> {
    if !actor.may(Permission::PayInvoices) {
        return Ok(None);
    }
    let Some(cents) = house.store.scoped(actor.scope).balance(account).await? else { return Ok(None) };
    Ok(Some(BankAmount { cents, currency: currency(house, actor.scope).await? }))
}

async fn currency(house: &House, scope: Scope) -> Result<Currency, OperationError> {
    let text = &house.catalog(scope.operator).await?.operator.currency;
    Ok(Currency::try_from(text.clone()).unwrap_or(Currency::EURO))
}

/// Asks for a payment: where it is paid. `None` for an account that is not there for the asker, or that they may not pay for.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    house: &House,
    actor: &Actor,
    asked: &Asked<'_>,
) -> Result<Option<Result<ToPay, PaymentRefusal>>, OperationError> {
    let Some(owed) = owed(house, actor, asked.account).await? else { return Ok(None) };
    let scoped = house.store.scoped(actor.scope);
    let Some(payer) = scoped.payer(asked.account).await? else { return Ok(None) };
    if let Some(invoice) = asked.invoice {
        let is_theirs = scoped.invoice(invoice).await?.is_some_and(|(row, _)| row.account == asked.account);
        if !is_theirs {
            return Ok(None);
        }
    }
    let Some(token) = token_of_form(asked.token) else { return Ok(Some(Err(PaymentRefusal::OtherForm))) };
    let Some(provider) = house.payment_providers.of(payer.issuer) else { return Ok(Some(Err(PaymentRefusal::NoProvider))) };
    let kept = match house.store.payment_of_form(actor.scope.operator, &token).await? {
        Some(kept) => kept,
        None => {
            if let Err(refusal) = may_be_paid(asked.amount, owed) {
                return Ok(Some(Err(refusal.into())));
            }
            keep(house, actor, (asked, &token, payer), provider.word()).await?
        }
    };
    if (kept.account, kept.amount, kept.invoice) != (asked.account, asked.amount, asked.invoice) {
        return Ok(Some(Err(PaymentRefusal::OtherForm)));
    }
    if kept.state.is_over() {
        return Ok(Some(Err(PaymentRefusal::Over(kept.id))));
    }
    if let Some(url) = kept.page {
        return Ok(Some(Ok(ToPay { payment: kept.id, url })));
    }
    let shown = format!("{}/payments/{}", site(asked.here), kept.id);
    let (paid_url, left_url) = (format!("{shown}?came=paid"), format!("{shown}?came=left"));
    let wanted = PaymentAsked {
        payment: kept.id,
        issuer: kept.issuer,
        amount: kept.amount,
        title: asked.title.to_owned(),
        language: asked.language.to_owned(),
        paid_url,
        left_url,
    };
    let page = match provider.checkout(&wanted).await {
        Ok(page) => page,
        Err(fault) => return Ok(Some(Err(fault.into()))),
    };
    let transaction = house.store.begin().await?;
    transaction.name_payment(kept.id, &page.reference, Some(&page.url)).await?;
    transaction.commit().await?;
    Ok(Some(Ok(ToPay { payment: kept.id, url: page.url })))
}

async fn keep(
    house: &House,
    actor: &Actor,
    (asked, token, payer): (&Asked<'_>, &str, Payer),
    provider: &str,
) -> Result<KeptPayment, OperationError> {
    let now = house.clock.now();
    let site = site(asked.here);
    let asked_by = Asker { name: &actor.name, login: Some(actor.login), host: &asked.here.brand, site: &site };
    let transaction = house.store.begin().await?;
    let new = NewPayment {
        payer,
        invoice: asked.invoice,
        provider,
        kind: "card",
        state: PaymentState::Asked,
        amount: asked.amount,
        token,
        gives_back: None,
        asked_by,
    };
    if let Some(id) = transaction.add_payment(&new, now).await? {
        let mut noted = actor.entry(now, "payment_asked", Object::Customer(payer.customer));
        noted.owner = (payer.reseller, Some(payer.customer));
        noted.after = Some(told(id, asked.amount, provider));
        transaction.note_of_account(payer.account, noted).await?;
        transaction.commit().await?;
    } else {
        // The form was sent before: what it made is read without holding up who writes.
        drop(transaction);
    }
    let kept = house.store.payment_of_form(payer.issuer.operator, token).await?;
    kept.ok_or(OperationError::Contended)
}

/// The name under which a payment of a form is kept, which no payment by a bank has; `None` for what no page made.
fn token_of_form(token: &str) -> Option<String> {
    (!token.is_empty() && token.len() <= LONGEST_TOKEN).then(|| format!("form {token}"))
}

fn site(here: &Address) -> String {
    format!("{}://{}", here.scheme, here.host)
}

fn told(id: PaymentId, amount: BankAmount, provider: &str) -> String {
    let amount_said = format!("{} {}", amount.cents, amount.currency);
    serde_json::json!({ "payment": id.0, "amount": amount_said, "provider": provider }).to_string()
}

/// A payment, to be shown; `None` where it is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn payment(house: &House, actor: &Actor, id: PaymentId) -> Result<Option<KeptPayment>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).payment(id).await?)
}

/// The payments of an account, the latest first; `None` for an account that is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn of_account(
    house: &House,
    actor: &Actor,
    account: BillingAccountId,
) -> Result<Option<(String, Vec<KeptPayment>)>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(name) = scoped.account_name(account).await? else { return Ok(None) };
    Ok(Some((name, scoped.payments(account, MOST_LISTED).await?)))
}

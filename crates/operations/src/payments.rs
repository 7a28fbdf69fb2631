//! Payments by card: asked once a form, counted once whatever browser and provider do (BIL-07, CUS-09).
//!
//! Two tabs may ask for the same debt, because whoever closed one would otherwise wait until it expires. Once one of them has paid, no new
//! page is given for what is paid; where both pay, both have come: the second is the account's credit.

use crate::{
    Actor, House, OperationError,
    payment_provider::{Callback, CallbackRefusal, PaymentAsked, PaymentProvider, ProviderFault, Told},
    permission::Permission,
};
pub use billing::{AmountRefusal, AsideReason, PaymentState};
use billing::{BankAmount, Currency, PaymentNews, PaymentStep, given_back, may_be_paid, payment_transfer, refund_transfer};
use store::{By, Issuer, KeptPayment, NewEntry, NewLedgerEntry, NewPayment, Object, Payer, Scope, Transaction};
use vocabulary::{BillingAccountId, InvoiceId, PaymentId, Timestamp};

/// A payment without news is asked after when it is older than this, in seconds.
pub const LOOKED_AFTER_S: i64 = 15 * 60;
/// One that the provider has no page for expires after so many seconds.
pub const WITHOUT_PAGE_S: i64 = 24 * 3_600;
/// So many are asked after at once.
const MOST_LOOKED: usize = 100;
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
}

/// Where the browser comes back to, of a payment.
pub type Links<'a> = &'a (dyn Fn(PaymentId) -> (String, String) + Sync);

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

/// What became of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Money came or went, and was entered.
    Counted,
    /// The payment's state changed.
    Noted,
    /// It was known.
    Known,
    /// It counts nothing, and somebody has to look at it.
    Aside,
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
    links: Links<'_>,
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
    if asked.token.is_empty() || asked.token.len() > LONGEST_TOKEN {
        return Ok(Some(Err(PaymentRefusal::OtherForm)));
    }
    let Some(provider) = house.payment_providers.of(payer.issuer) else { return Ok(Some(Err(PaymentRefusal::NoProvider))) };
    let kept = match house.store.payment_of_form(actor.scope.operator, asked.token).await? {
        Some(kept) => kept,
        None => {
            if let Err(refusal) = may_be_paid(asked.amount, owed) {
                return Ok(Some(Err(refusal.into())));
            }
            keep(house, actor, (asked, payer), provider.word()).await?
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
    let (paid_url, left_url) = links(kept.id);
    let wanted = PaymentAsked {
        payment: kept.id,
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
    (asked, payer): (&Asked<'_>, Payer),
    provider: &str,
) -> Result<KeptPayment, OperationError> {
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    let new = NewPayment {
        payer,
        invoice: asked.invoice,
        provider,
        kind: "card",
        state: PaymentState::Asked,
        amount: asked.amount,
        token: asked.token,
        gives_back: None,
        asked_by: &actor.name,
    };
    if let Some(id) = transaction.add_payment(&new, now).await? {
        let mut noted = actor.entry(now, "payment_asked", Object::Customer(payer.customer));
        noted.owner = (payer.reseller, Some(payer.customer));
        noted.after = Some(told(id, asked.amount, provider));
        transaction.note(noted).await?;
        transaction.commit().await?;
    }
    let kept = house.store.payment_of_form(payer.issuer.operator, asked.token).await?;
    kept.ok_or(OperationError::Contended)
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
    if !actor.may(Permission::PayInvoices) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).payment(id).await?)
}

/// Takes what a provider tells. What comes twice changes nothing.
///
/// # Errors
/// When the database fails: then it has to be told again.
pub async fn take_callback(
    house: &House,
    issuer: Issuer,
    signature: Option<&str>,
    body: &[u8],
) -> Result<Result<Taken, CallbackRefusal>, OperationError> {
    let Some(provider) = house.payment_providers.of(issuer) else { return Ok(Err(CallbackRefusal::Stranger)) };
    match provider.read_callback(signature, body, house.clock.now()) {
        Ok(callback) => Ok(Ok(take(house, (issuer, &*provider), &callback).await?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

async fn take(
    house: &House,
    (issuer, provider): (Issuer, &dyn PaymentProvider),
    callback: &Callback,
) -> Result<Taken, OperationError> {
    let now = house.clock.now();
    let event = (provider.word(), callback.event.as_str());
    let transaction = house.store.begin().await?;
    if !transaction.take_payment_callback(issuer, event, Some(callback.payment), now).await? {
        return Ok(Taken::Known);
    }
    let held = transaction.hold_payment(issuer, callback.payment).await?.filter(|kept| kept.provider == provider.word());
    let decided = match held {
        None => Err("there is no such payment: look at it with the provider".to_owned()),
        Some(kept) if is_of_another(&kept, callback.reference.as_deref()) => {
            Err("the provider calls the payment otherwise than before: look at both with it".to_owned())
        }
        Some(kept) => {
            if let (None, Some(reference)) = (&kept.reference, &callback.reference) {
                transaction.name_payment(kept.id, reference, None).await?;
            }
            match &callback.told {
                Told::News(news) => news_of(&transaction, &kept, news, now).await?,
                Told::GivenBack(total) => refund_of(&transaction, &kept, *total, now).await?,
            }
        }
    };
    let taken = match decided {
        Ok(taken) => taken,
        Err(problem) => {
            transaction.set_callback_aside(issuer, event, &problem).await?;
            Taken::Aside
        }
    };
    transaction.commit().await?;
    Ok(taken)
}

fn is_of_another(kept: &KeptPayment, reference: Option<&str>) -> bool {
    matches!((kept.reference.as_deref(), reference), (Some(known), Some(said)) if known != said)
}

/// What follows of news: state, ledger and journal in one transaction. An error says why it is set aside.
async fn news_of(
    transaction: &Transaction,
    kept: &KeptPayment,
    news: &PaymentNews,
    now: Timestamp,
) -> Result<Result<Taken, String>, OperationError> {
    let state = match kept.state.after(news, kept.amount) {
        PaymentStep::Nothing => return Ok(Ok(Taken::Known)),
        PaymentStep::Aside(reason) => return Ok(Err(reason.to_string())),
        PaymentStep::Becomes(state) => state,
        PaymentStep::Counts => PaymentState::Succeeded,
    };
    let problem = match news {
        PaymentNews::Refused(problem) => Some(problem.as_str()),
        PaymentNews::UnderWay | PaymentNews::Succeeded(_) | PaymentNews::Expired => None,
    };
    transaction.move_payment(kept.id, (state, problem), now).await?;
    let action = match state {
        PaymentState::Succeeded => "payment_succeeded",
        PaymentState::Refused => "payment_refused",
        PaymentState::Expired => "payment_expired",
        PaymentState::Asked | PaymentState::UnderWay => return Ok(Ok(Taken::Noted)),
    };
    // First the ledger's ids, then the journal's chain: in the other order two transactions would wait for each other.
    if state == PaymentState::Succeeded {
        let transfers = payment_transfer(kept.account, kept.amount.cents).into_iter().collect();
        let posted = NewLedgerEntry { kind: "payment", invoice: kept.invoice, payment: Some(kept.id), transfers };
        transaction.add_to_ledger(kept.issuer, vec![posted], now).await?;
    }
    transaction.note(entry(kept, action, kept.amount, now)).await?;
    Ok(Ok(if state == PaymentState::Succeeded { Taken::Counted } else { Taken::Noted }))
}

/// What follows of money that was given back with the provider.
async fn refund_of(
    transaction: &Transaction,
    kept: &KeptPayment,
    total: BankAmount,
    now: Timestamp,
) -> Result<Result<Taken, String>, OperationError> {
    let known = transaction.given_back(kept.id).await?;
    if total.currency != kept.amount.currency || kept.state != PaymentState::Succeeded || total.cents > kept.amount.cents {
        let paid = kept.amount;
        return Ok(Err(format!(
            "{} {} were given back of a payment of {} {} that {}: look at it with the provider",
            total.cents,
            total.currency,
            paid.cents,
            paid.currency,
            kept.state.as_str()
        )));
    }
    let Some(amount) = given_back(kept.amount.cents, known, total.cents) else { return Ok(Ok(Taken::Known)) };
    let amount = BankAmount { cents: amount, currency: total.currency };
    let payer = Payer { account: kept.account, customer: kept.customer, reseller: kept.reseller, issuer: kept.issuer };
    let token = format!("given back {} {}", kept.id, total.cents.get());
    let new = NewPayment {
        payer,
        invoice: kept.invoice,
        provider: &kept.provider,
        kind: "refund",
        state: PaymentState::Succeeded,
        amount,
        token: &token,
        gives_back: Some(kept.id),
        asked_by: &kept.provider,
    };
    let Some(id) = transaction.add_payment(&new, now).await? else { return Ok(Ok(Taken::Known)) };
    transaction.note(entry(kept, "payment_given_back", amount, now)).await?;
    let transfers = refund_transfer(kept.account, amount.cents).into_iter().collect();
    let entry = NewLedgerEntry { kind: "refund", invoice: kept.invoice, payment: Some(id), transfers };
    transaction.add_to_ledger(kept.issuer, vec![entry], now).await?;
    Ok(Ok(Taken::Counted))
}

fn entry(kept: &KeptPayment, action: &'static str, amount: BankAmount, at: Timestamp) -> NewEntry {
    NewEntry {
        operator: kept.issuer.operator,
        at,
        by: By { name: kept.provider.clone(), ..By::default() },
        action,
        object: Object::Customer(kept.customer),
        owner: (kept.reseller, Some(kept.customer)),
        before: None,
        after: Some(told(kept.id, amount, &kept.provider)),
    }
}

/// Asks providers for payments that hang, because callbacks may never come; how many of them changed.
///
/// # Errors
/// When the database fails.
pub async fn look_again(house: &House) -> Result<usize, OperationError> {
    let now = house.clock.now();
    let hanging = house.store.hanging_payments(now.plus_seconds(-LOOKED_AFTER_S), MOST_LOOKED).await?;
    let mut changed = 0;
    for kept in hanging {
        let Some(provider) = house.payment_providers.of(kept.issuer).filter(|known| known.word() == kept.provider) else {
            continue;
        };
        let news = match &kept.reference {
            Some(reference) => provider.look(reference).await.unwrap_or_else(|fault| {
                tracing::warn!(payment = kept.id.0, %fault, "a payment cannot be asked after");
                None
            }),
            None => (now.seconds_since(kept.asked) > WITHOUT_PAGE_S).then_some(PaymentNews::Expired),
        };
        let transaction = house.store.begin().await?;
        transaction.looked_at_payment(kept.id, now).await?;
        if let (Some(news), Some(held)) = (news, transaction.hold_payment(kept.issuer, kept.id).await?) {
            match news_of(&transaction, &held, &news, now).await? {
                Ok(Taken::Counted | Taken::Noted) => changed += 1,
                Ok(Taken::Known | Taken::Aside) => {}
                Err(problem) => {
                    let event = format!("looked at {}", kept.id);
                    let event = (provider.word(), event.as_str());
                    transaction.take_payment_callback(kept.issuer, event, Some(kept.id), now).await?;
                    transaction.set_callback_aside(kept.issuer, event, &problem).await?;
                }
            }
        }
        transaction.commit().await?;
    }
    Ok(changed)
}

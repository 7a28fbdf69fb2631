//! What payment providers tell by calling back: each news counts once, in one transaction with ledger, journal and mail (BIL-07).

use super::{look::look_before_refund, taken_back, told};
use crate::{
    House, OperationError, Scope,
    mail::{self, Letter, Post},
    payment_provider::{Callback, CallbackRefusal, PaymentProvider, ProviderFault, Told, Whose},
};
use billing::{BankAmount, PaymentNews, PaymentState, PaymentStep, given_back, payment_transfer, refund_transfer};
use store::{Asker, By, Issuer, KeptPayment, NewEntry, NewLedgerEntry, NewPayment, Object, Payer, PaymentReader, Transaction};
use vocabulary::{PaymentId, Timestamp};

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

/// Takes what a provider tells: `header` reads what stands in a header of what it sent. What comes twice changes nothing.
///
/// # Errors
/// When the database fails: then it has to be told again.
pub async fn take_callback(
    house: &House,
    issuer: Issuer,
    header: impl FnOnce(&str) -> Option<String>,
    body: &[u8],
) -> Result<Result<Taken, CallbackRefusal>, OperationError> {
    let Some(provider) = house.payment_providers.of(issuer) else { return Ok(Err(CallbackRefusal::Stranger)) };
    let signature = header(provider.signature_header());
    match provider.read_callback(signature.as_deref(), body, house.clock.now()) {
        Ok(callback) => {
            let prepared = prepared(house, (issuer, &*provider), callback).await?;
            match prepared {
                Ok(Some((payment, callback))) => Ok(Ok(take(house, (issuer, &*provider), (payment, &callback)).await?)),
                Ok(None) => Ok(Err(CallbackRefusal::NotOurs)),
                // Trouble that passes: it is told again. What does not is for somebody to look at.
                Err((_, fault @ ProviderFault::NotReached(_))) => Ok(Err(CallbackRefusal::NotNow(fault))),
                Err((event, fault)) => {
                    let event = (provider.word(), event.as_str());
                    Ok(Ok(set_aside(house, (issuer, event), &format!("{fault}: look at it with the provider")).await?))
                }
            }
        }
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// What has to be known before a callback is taken, which the provider is asked for: which payment it is of, whether that was paid, and, where something of it
/// was given back in vain, how much of it is by now. `None` where it is none of ours.
async fn prepared(
    house: &House,
    (issuer, provider): (Issuer, &dyn PaymentProvider),
    mut callback: Callback,
) -> Result<Result<Option<(PaymentId, Callback)>, (String, ProviderFault)>, OperationError> {
    let payment = match &callback.payment {
        Whose::Ours(payment) => *payment,
        Whose::Theirs(name) => match provider.payment_of(name).await {
            Ok(Some(payment)) => payment,
            Ok(None) => return Ok(Ok(None)),
            Err(fault) => return Ok(Err((callback.event, fault))),
        },
    };
    if matches!(callback.told, Told::News(_)) {
        return Ok(Ok(Some((payment, callback))));
    }
    if let Err(fault) = look_before_refund(house, (issuer, provider), payment).await? {
        return Ok(Err((callback.event, fault)));
    }
    if let Told::GivenBack(total) = &mut callback.told
        && house.store.refunded(payment).await?.1 > 0
    {
        // It may be of before something failed: what holds now is asked for.
        let kept = house.store.scoped(Scope::operator(issuer.operator)).payment(payment).await?;
        let kept = kept.filter(|kept| kept.issuer == issuer && kept.provider == provider.word());
        if let Some(reference) = kept.and_then(|kept| kept.reference) {
            match provider.given_back(&reference).await {
                Ok(cents) => total.cents = cents,
                Err(fault) => return Ok(Err((callback.event, fault))),
            }
        }
    }
    Ok(Ok(Some((payment, callback))))
}

/// Sets something aside that cannot be looked into.
async fn set_aside(house: &House, (issuer, event): (Issuer, (&str, &str)), problem: &str) -> Result<Taken, OperationError> {
    let transaction = house.store.begin().await?;
    if !transaction.take_payment_callback(issuer, event, None, house.clock.now()).await? {
        return Ok(Taken::Known);
    }
    transaction.set_callback_aside(issuer, event, problem).await?;
    transaction.commit().await?;
    Ok(Taken::Aside)
}

async fn take(
    house: &House,
    (issuer, provider): (Issuer, &dyn PaymentProvider),
    (payment, callback): (PaymentId, &Callback),
) -> Result<Taken, OperationError> {
    let now = house.clock.now();
    let event = (provider.word(), callback.event.as_str());
    let reader = house.store.payment_reader(issuer, payment).await?;
    let transaction = house.store.begin().await?;
    if !transaction.take_payment_callback(issuer, event, Some(payment), now).await? {
        return Ok(Taken::Known);
    }
    let held = transaction.hold_payment(issuer, payment).await?.filter(|kept| kept.provider == provider.word());
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
                Told::News(news) => news_of(house, &transaction, (&kept, reader.as_ref()), news).await?,
                Told::GivenBack(total) => refund_of(house, &transaction, (&kept, reader.as_ref()), (*total, None)).await?,
                Told::Withdrawn { .. } | Told::Reinstated { .. } | Told::RefundFailed { .. } => {
                    taken_back::decide(house, &transaction, &kept, &callback.told).await?
                }
            }
        }
    };
    // What counts may have to be looked at all the same.
    if let (Ok(Taken::Counted), Some(problem)) = (&decided, taken_back::to_look_at(&callback.told)) {
        transaction.set_callback_aside(issuer, event, &problem).await?;
    }
    let taken = match decided {
        Ok(taken) => taken,
        Err(problem) => {
            transaction.set_callback_aside(issuer, event, &problem).await?;
            Taken::Aside
        }
    };
    transaction.commit().await?;
    house.mail_posted();
    Ok(taken)
}

fn is_of_another(kept: &KeptPayment, reference: Option<&str>) -> bool {
    matches!((kept.reference.as_deref(), reference), (Some(known), Some(said)) if known != said)
}

/// What follows of news: state, ledger, journal and mail in one transaction. An error says why it is set aside.
pub(super) async fn news_of(
    house: &House,
    transaction: &Transaction,
    (kept, reader): (&KeptPayment, Option<&PaymentReader>),
    news: &PaymentNews,
) -> Result<Result<Taken, String>, OperationError> {
    let now = house.clock.now();
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
        tell(house, transaction, (kept, reader), (kept.amount, false)).await?;
    }
    let entry = entry(kept, By { name: kept.provider.clone(), ..By::default() }, (action, kept.amount), now);
    transaction.note_of_account(kept.account, entry).await?;
    Ok(Ok(if state == PaymentState::Succeeded { Taken::Counted } else { Taken::Noted }))
}

/// What follows of money that was given back with the provider, so much in all; by whom, where we asked for it. An error says why it is set
/// aside.
pub(super) async fn refund_of(
    house: &House,
    transaction: &Transaction,
    (kept, reader): (&KeptPayment, Option<&PaymentReader>),
    (total, by): (BankAmount, Option<By>),
) -> Result<Result<Taken, String>, OperationError> {
    let now = house.clock.now();
    let (known, failed) = transaction.refunded(kept.id).await?;
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
    let by = by.unwrap_or_else(|| By { name: kept.provider.clone(), ..By::default() });
    let payer = Payer { account: kept.account, customer: kept.customer, reseller: kept.reseller, issuer: kept.issuer };
    let again = if failed > 0 { format!(" after {failed}") } else { String::new() };
    let token = format!("given back {} {}{again}", kept.id, total.cents.get());
    let new = NewPayment {
        payer,
        invoice: kept.invoice,
        provider: &kept.provider,
        kind: "refund",
        state: PaymentState::Succeeded,
        amount,
        token: &token,
        gives_back: Some(kept.id),
        asked_by: Asker { name: &by.name, ..Asker::default() },
    };
    let Some(id) = transaction.add_payment(&new, now).await? else { return Ok(Ok(Taken::Known)) };
    let transfers = refund_transfer(kept.account, amount.cents).into_iter().collect();
    let posted = NewLedgerEntry { kind: "refund", invoice: kept.invoice, payment: Some(id), transfers };
    transaction.add_to_ledger(kept.issuer, vec![posted], now).await?;
    tell(house, transaction, (kept, reader), (amount, true)).await?;
    transaction.note_of_account(kept.account, entry(kept, by, ("payment_given_back", amount), now)).await?;
    Ok(Ok(Taken::Counted))
}

/// The mail to who paid (CUS-09): the money came, or goes back.
async fn tell(
    house: &House,
    transaction: &Transaction,
    (kept, reader): (&KeptPayment, Option<&PaymentReader>),
    (amount, is_back): (BankAmount, bool),
) -> Result<(), OperationError> {
    let Some(reader) = reader else { return Ok(()) };
    let letter = Letter::Payment {
        is_back,
        cents: amount.cents.get(),
        payment: kept.id.to_string(),
        account: reader.account.clone(),
        invoice: reader.invoice.clone(),
        at: house.clock.now(),
        link: format!("{}/payments/{}", reader.site, kept.id),
    };
    let post = Post {
        operator: kept.issuer.operator,
        host: &reader.host,
        recipient: &reader.email,
        name: &reader.name,
        language: &reader.language,
        letter,
        useful_until: None,
    };
    transaction.post_mail(&mail::written(house, post)?).await?;
    Ok(())
}

pub(super) fn entry(kept: &KeptPayment, by: By, (action, amount): (&'static str, BankAmount), at: Timestamp) -> NewEntry {
    NewEntry {
        operator: kept.issuer.operator,
        at,
        by,
        action,
        object: Object::Customer(kept.customer),
        owner: (kept.reseller, Some(kept.customer)),
        before: None,
        after: Some(told(kept.id, amount, &kept.provider)),
    }
}

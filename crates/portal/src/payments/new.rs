//! `/payments/new`: what is owed, filled in and to be changed, and the way to the provider's page.

use super::money;
use crate::{
    Icon, Page, Theme,
    amount::{self, AmountFault},
    answer::{Stop, html, see_other},
    assets,
    orders::token,
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use form_urlencoded::parse;
use operations::payments::{self, AmountRefusal, Asked, BankAmount, Owed, PaymentRefusal};
use vocabulary::{BillingAccountId, Cents, InvoiceId};

/// No amount is longer, in characters: a longer text is cut.
const LONGEST_TYPED: usize = 30;

/// The page.
#[derive(Template)]
#[template(path = "payments/new.html")]
pub struct NewPaymentPage {
    /// Its frame.
    pub page: Page,
    /// For which account.
    pub account: BillingAccountId,
    /// What there is to pay.
    pub owed: Owed,
    /// The amount as it is typed.
    pub typed: String,
    /// The form's own token.
    pub token: String,
    /// Why it was not taken.
    pub refusal: Option<NotAsked>,
}

/// Why no payment was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAsked {
    /// What was typed is no amount.
    Typed(AmountFault),
    /// The amount, the form, or the provider.
    Refused(PaymentRefusal),
}

impl NewPaymentPage {
    fn owes(&self) -> bool {
        self.owed.whole.cents.is_positive()
    }

    fn money(&self, cents: &Cents) -> String {
        money(&self.page, BankAmount { cents: *cents, ..self.owed.whole })
    }

    /// What is open of the invoice.
    fn invoice_words(&self, number: &str, open: &Cents) -> String {
        if open.is_positive() {
            let values = [("number", number.into()), ("amount", self.money(open).into())];
            self.page.locale.text_with("payment-invoice-open", values)
        } else {
            self.page.ta("payment-invoice-paid", number)
        }
    }

    /// What nobody owes is in one's favour.
    fn credit(&self) -> Option<String> {
        self.owed.whole.cents.is_negative().then(|| self.money(&-self.owed.whole.cents))
    }

    fn refusal_words(&self, refusal: &NotAsked) -> String {
        let page = &self.page;
        match refusal {
            NotAsked::Typed(AmountFault::TooLarge) => page.ta("payment-amount-more", self.money(&self.owed.whole.cents)),
            NotAsked::Typed(fault) => amount::fault_words(page, *fault, &self.typed),
            NotAsked::Refused(refusal) => match refusal {
                PaymentRefusal::Amount(AmountRefusal::MoreThanOwed(owed)) => page.ta("payment-amount-more", self.money(owed)),
                PaymentRefusal::Amount(AmountRefusal::Nothing | AmountRefusal::Negative) => {
                    page.t("payment-amount-nothing").to_owned()
                }
                PaymentRefusal::Amount(AmountRefusal::NothingOwed) => page.t("payment-nothing-owed").to_owned(),
                PaymentRefusal::Amount(AmountRefusal::OtherCurrency(_)) | PaymentRefusal::OtherForm | PaymentRefusal::Over(_) => {
                    page.t("payment-other-form").to_owned()
                }
                PaymentRefusal::NoProvider => page.t("payment-no-card").to_owned(),
                PaymentRefusal::Provider(_) => page.t("payment-provider-fault").to_owned(),
            },
        }
    }
}

/// What an address or a form names.
#[derive(Clone, Copy, Default)]
struct Target {
    account: Option<BillingAccountId>,
    invoice: Option<InvoiceId>,
}

impl Target {
    fn read<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, Stop> {
        let mut target = Self::default();
        for (name, value) in fields.filter(|(_, value)| !value.is_empty()) {
            match name {
                "account" => target.account = Some(BillingAccountId(value.parse().map_err(|_| Stop::NOT_FOUND)?)),
                "invoice" => target.invoice = Some(value.parse().map_err(|_| Stop::NOT_FOUND)?),
                _ => {}
            }
        }
        Ok(target)
    }
}

async fn shown(app: &App, signed: Signed, target: Target) -> Result<NewPaymentPage, Stop> {
    let actor = &signed.actor;
    let account = match (target.account, target.invoice) {
        (Some(account), _) => account,
        (None, Some(invoice)) => payments::account_of(&app.house, actor, invoice).await?.ok_or(Stop::NOT_FOUND)?,
        (None, None) => return Err(Stop::NOT_FOUND),
    };
    let owed = payments::owed_of(&app.house, actor, (account, target.invoice)).await?.ok_or(Stop::NOT_FOUND)?;
    let proposed = match &owed.invoice {
        Some((_, _, open)) if open.is_positive() => (*open).min(owed.whole.cents),
        Some(_) | None => owed.whole.cents,
    };
    let here = match target.invoice {
        Some(invoice) => format!("/payments/new?invoice={invoice}"),
        None => format!("/payments/new?account={account}"),
    };
    let typed = amount::shown(proposed.max(Cents::ZERO), signed.page.locale.tag());
    let token = token(&signed.page, app.house.clock.now());
    let page = Page { here, ..signed.page };
    Ok(NewPaymentPage { page, account, owed, typed, token, refusal: None })
}

/// A browser follows a form to another host only where the form's page says so.
async fn with_policy(app: &App, signed: &operations::Actor, page: &NewPaymentPage) -> Result<Response, Stop> {
    let body = html(page)?;
    let Some(origin) = payments::page_origin(&app.house, signed, page.account).await? else { return Ok(body) };
    let policy = assets::CONTENT_SECURITY_POLICY.replace("form-action 'self'", &format!("form-action 'self' {origin}"));
    let policy = HeaderValue::from_str(&policy).map_err(|error| Stop::fault(&error))?;
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], body).into_response())
}

/// Shows what is owed.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    if query.as_deref().unwrap_or_default().is_empty() {
        return Ok(see_other("/invoices"));
    }
    let fields: Vec<_> = parse(query.as_deref().unwrap_or_default().as_bytes()).collect();
    let target = Target::read(fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))?;
    let actor = signed.actor.clone();
    let page = shown(&app, signed, target).await?;
    with_policy(&app, &actor, &page).await
}

/// Asks for a payment, and sends the browser to where it is paid.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    asked(&app, signed, &headers, &posted).await.map_err(IntoResponse::into_response)
}

async fn asked(app: &App, signed: Signed, headers: &HeaderMap, posted: &Posted) -> Result<Response, Stop> {
    let target = Target::read(["account", "invoice"].into_iter().map(|name| (name, posted.field(name))))?;
    let actor = signed.actor.clone();
    let here = app.links(&posted.visitor.brand, headers);
    let language = signed.page.locale.tag();
    let mut page = shown(app, signed, target).await?;
    let typed: String = posted.field("amount").chars().take(LONGEST_TYPED).collect();
    let cents = match amount::read(&typed) {
        Ok(cents) => cents,
        Err(fault) => return refused(app, &actor, NewPaymentPage { typed, refusal: Some(NotAsked::Typed(fault)), ..page }).await,
    };
    let title = match &page.owed.invoice {
        Some((_, number, _)) => page.page.ta("invoice-title", number),
        None => page.page.ta("payment-title-account", &page.owed.account_name),
    };
    let asked = Asked {
        account: page.account,
        invoice: target.invoice,
        amount: BankAmount { cents, ..page.owed.whole },
        token: posted.field("token"),
        title: &title,
        language,
        here: &here,
    };
    match payments::ask(&app.house, &actor, &asked).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(to_pay) => Ok(Redirect::to(&to_pay.url).into_response()),
        Err(PaymentRefusal::Over(payment)) => Ok(see_other(&format!("/payments/{payment}"))),
        Err(refusal) => {
            if let PaymentRefusal::Provider(fault) = &refusal {
                tracing::warn!(%fault, "no page to pay on");
            }
            // The same form asks for the same again, but for one that was sent with something else.
            if refusal != PaymentRefusal::OtherForm {
                posted.field("token").clone_into(&mut page.token);
            }
            refused(app, &actor, NewPaymentPage { typed, refusal: Some(NotAsked::Refused(refusal)), ..page }).await
        }
    }
}

async fn refused(app: &App, actor: &operations::Actor, page: NewPaymentPage) -> Result<Response, Stop> {
    let body = with_policy(app, actor, &page).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

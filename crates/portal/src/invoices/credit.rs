//! The form by which staff gives back what an invoice asked for: all that is left of it, or an amount of one of its lines (BIL-03).

use crate::{
    Icon, Page, Theme, amount,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    credit_note::{self, Asked, CreditAsked, CreditRefusal, LONGEST_REASON, Refusal, Shown},
    sign_in::Token,
};
use vocabulary::{Cents, InvoiceId};

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The place of a line; empty: all that is left.
    pub line: String,
    /// How much of it, without VAT.
    pub amount: String,
    /// Why.
    pub reason: String,
}

/// The page.
#[derive(Template)]
#[template(path = "invoices/credit.html")]
pub struct CreditPage {
    /// Its frame.
    pub page: Page,
    /// The invoice, and what is left of it.
    pub shown: Shown,
    /// What was typed.
    pub typed: Typed,
    /// Of this form: sent twice, it is one credit note.
    pub token: String,
    /// Why nothing was made.
    pub refusal: Option<String>,
}

impl CreditPage {
    fn money(&self, amount: &Cents) -> String {
        self.page.money(amount.money())
    }

    /// The lines of which something is left: place, what it is, of whom, and what is left.
    fn lines(&self) -> Vec<(usize, String, Cents)> {
        let invoice = &self.shown.invoice;
        let lines = invoice.lines.iter().zip(&self.shown.left.of_lines).enumerate().filter(|(_, (_, left))| left.is_positive());
        let named = lines.map(|(place, (line, left))| {
            let revenue = super::revenue_name(&self.page, operations::invoices::Revenue::of(&line.item));
            let name = if line.name.is_empty() { revenue } else { &line.name };
            let subject = line.subject.and_then(|place| invoice.subjects.get(place)).map(|subject| subject.number.as_str());
            let name = subject.map_or_else(|| name.to_owned(), |number| format!("{number} · {name}"));
            (place, name, *left)
        });
        named.collect()
    }

    fn is_line(&self, place: &usize) -> bool {
        self.typed.line == place.to_string()
    }

    fn longest_reason(&self) -> usize {
        LONGEST_REASON
    }
}

async fn show(app: &App, signed: Signed, id: InvoiceId, typed: Typed) -> Result<CreditPage, Stop> {
    let shown = credit_note::shown(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let token = Token::fresh().map_err(|error| Stop::fault(&error))?.as_str().to_owned();
    Ok(CreditPage { page: Page { here: format!("/invoices/{id}/credit"), ..signed.page }, shown, typed, token, refusal: None })
}

/// Shows the form.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: InvoiceId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&show(&app, signed, id, Typed::default()).await?)
}

/// Makes the credit note, and leads to it.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let id: InvoiceId = id.parse().map_err(|_| Stop::NOT_FOUND.into_response())?;
    let field = |name: &str| posted.field(name).to_owned();
    let typed = Typed { line: field("line"), amount: field("amount"), reason: field("reason") };
    make(&app, signed, (id, typed, &field("token"))).await.map_err(IntoResponse::into_response)
}

async fn make(app: &App, signed: Signed, (id, typed, token): (InvoiceId, Typed, &str)) -> Result<Response, Stop> {
    let amount = amount::read(&typed.amount).ok();
    let what = match typed.line.parse::<usize>() {
        Ok(place) => amount.map(|amount| CreditAsked::OfLine(place, amount)),
        Err(_) => Some(CreditAsked::Whole),
    };
    let words = match what {
        None => signed.page.t("credit-bad-amount").to_owned(),
        Some(what) => {
            let asked = Asked { invoice: id, what, reason: &typed.reason, token };
            match credit_note::issue(&app.house, &signed.actor, &asked).await?.ok_or(Stop::NOT_FOUND)? {
                Ok(note) => return Ok(see_other(&format!("/invoices/{note}"))),
                Err(refusal) => words(&signed.page, &refusal),
            }
        }
    };
    let page = CreditPage { refusal: Some(words), ..show(app, signed, id, typed).await? };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

fn words(page: &Page, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Credit(CreditRefusal::MoreThanLeft { left, .. }) => page.ta("credit-more-than-left", page.money(left.money())),
        Refusal::Credit(CreditRefusal::NotPositive(_)) => page.t("credit-bad-amount").to_owned(),
        Refusal::Credit(CreditRefusal::NoReason) => page.t("credit-no-reason").to_owned(),
        Refusal::Credit(CreditRefusal::LongReason(_)) => {
            page.ta("credit-long-reason", page.count(i64::try_from(LONGEST_REASON).unwrap_or(i64::MAX)))
        }
        Refusal::Credit(CreditRefusal::NothingLeft(_) | CreditRefusal::NoInvoice(_)) => page.t("credit-nothing-left").to_owned(),
        Refusal::Credit(CreditRefusal::NoLine(_)) | Refusal::NoToken => page.t("credit-again").to_owned(),
        Refusal::NoInvoicing => page.t("bills-no-invoicing").to_owned(),
    }
}

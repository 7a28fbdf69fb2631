//! `/account/email`: another address for one's mails (CUS-06), from asking for it to following its link.

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    proof::{self, Marks},
    server::App,
    session::{Posted, Signed, Visitor},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    email_change::{self, AddressRefusal, Confirming, LONGEST_ADDRESS},
    first_access::Address,
    proof::{ProofRefusal, Ways},
};

/// Why no address was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailRefusal {
    /// The address.
    Address(AddressRefusal),
    /// There is no fresh proof.
    Proof(ProofRefusal),
}

/// The form.
#[derive(Template)]
#[template(path = "account/email.html")]
pub struct EmailPage {
    /// Its frame.
    pub page: Page,
    /// Where mails go now; empty for nowhere.
    pub email: String,
    /// How long a confirmed address is held, in hours.
    pub hold_h: i64,
    /// What was typed.
    pub typed: (String, String),
    /// What can be shown as proof here.
    pub ways: Ways,
    /// Does the form ask for a proof?
    pub asks_proof: bool,
    /// Why the try before was refused.
    pub refusal: Option<EmailRefusal>,
}

impl EmailPage {
    const fn is_at_once(&self) -> bool {
        self.hold_h == 0
    }

    fn proof_marks(&self) -> Marks {
        match self.refusal {
            Some(EmailRefusal::Proof(refusal)) => Marks::of(Some(refusal), "refusal"),
            _ => Marks::default(),
        }
    }

    /// Is it this one of the two fields that is not taken?
    fn is_refused(&self, field: &str) -> bool {
        match self.refusal {
            Some(EmailRefusal::Address(AddressRefusal::Differ)) => field == "again",
            Some(EmailRefusal::Address(AddressRefusal::NoAddress | AddressRefusal::Same)) => field == "email",
            _ => false,
        }
    }

    fn refusal_words(&self, refusal: &EmailRefusal) -> String {
        let page = &self.page;
        match refusal {
            EmailRefusal::Address(AddressRefusal::NoAddress) => page.t("email-no-address").into(),
            EmailRefusal::Address(AddressRefusal::Sign(refusal)) => page.label_words(*refusal, page.t("email-no-address")),
            EmailRefusal::Address(AddressRefusal::Differ) => page.t("email-differ").into(),
            EmailRefusal::Address(AddressRefusal::Same) => page.t("email-same").into(),
            EmailRefusal::Address(AddressRefusal::Wait(minutes)) => page.tn("email-too-many", minutes),
            EmailRefusal::Proof(refusal) => proof::words(page, *refusal),
        }
    }
}

/// What a link to a new address leads to.
#[derive(Template)]
#[template(path = "account/email_confirm.html")]
pub struct ConfirmPage {
    /// Its frame.
    pub page: Page,
    /// The token of the link.
    pub token: String,
    /// What it confirms; `None` for a link that is over.
    pub confirming: Option<Confirming>,
}

/// Shows the form to who proved who they are.
pub(crate) async fn get(signed: Signed, State(app): State<App>, headers: HeaderMap, visitor: Visitor) -> Result<Response, Stop> {
    match proof::before(&app, &signed) {
        Some(elsewhere) => Ok(elsewhere),
        None => html(&page(&app, signed, ((String::new(), String::new()), None), &app.links(&visitor.brand, &headers)).await?),
    }
}

/// Asks for an address.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let typed = ["email", "again"].map(|name| posted.field(name).chars().take(LONGEST_ADDRESS + 1).collect::<String>());
    let links = app.links(&posted.visitor.brand, &headers);
    let refusal = match proof::of(&app, &signed.actor, &posted, &links).await.map_err(IntoResponse::into_response)? {
        Err(refusal) => EmailRefusal::Proof(refusal),
        Ok(fresh) => {
            let asked = email_change::ask(&app.house, fresh, (&typed[0], &typed[1]), &links).await;
            match asked.map_err(|error| Stop::from(error).into_response())? {
                Ok(()) => return Ok(see_other("/account?done=email-asked")),
                Err(refusal) => EmailRefusal::Address(refusal),
            }
        }
    };
    let status = match refusal {
        EmailRefusal::Proof(refusal) => proof::status(refusal),
        EmailRefusal::Address(AddressRefusal::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        EmailRefusal::Address(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let [wanted, again] = typed;
    let shown = page(&app, signed, ((wanted, again), Some(refusal)), &links).await.map_err(IntoResponse::into_response)?;
    Ok((status, html(&shown).map_err(IntoResponse::into_response)?).into_response())
}

async fn page(
    app: &App,
    signed: Signed,
    (typed, refusal): ((String, String), Option<EmailRefusal>),
    links: &Address,
) -> Result<EmailPage, Stop> {
    let ways = proof::ways(app, &signed, links).await?;
    let account = operations::account::account(&app.house, &signed.actor).await?;
    let hold_h = app.house.catalog(signed.actor.scope.operator).await?.operator.holds.email_h;
    // A proof that came with this very form is fresher than the session that was read before it.
    let is_proved = account.is_proved || matches!(refusal, Some(EmailRefusal::Address(_)));
    let page = Page { here: "/account/email".to_owned(), ..signed.page };
    Ok(EmailPage { page, email: account.email, hold_h, typed, ways, asks_proof: !is_proved, refusal })
}

/// Takes back what was asked for.
pub(crate) async fn take_back(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let taken = email_change::take_back(&app.house, &signed.actor).await;
    let is_there = taken.map_err(|error| Stop::from(error).into_response())?;
    Ok(see_other(if is_there { "/account?done=email-taken-back" } else { "/account" }))
}

/// Shows what a link confirms. Looking at it uses nothing up: mail programs look too.
pub(crate) async fn link(signed: Signed, State(app): State<App>, Path(token): Path<String>) -> Result<Response, Stop> {
    let confirming = email_change::confirming(&app.house, &signed.actor, &token).await?;
    confirm_page(signed, token, confirming)
}

/// Confirms the address.
pub(crate) async fn confirm(State(app): State<App>, Path(token): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let confirmed = email_change::confirm(&app.house, &signed.actor, &token).await;
    match confirmed.map_err(|error| Stop::from(error).into_response())? {
        Some(due) if due <= app.house.clock.now() => Ok(see_other("/account?done=email-changed")),
        Some(_) => Ok(see_other("/account?done=email-confirmed")),
        None => confirm_page(signed, token, None).map_err(IntoResponse::into_response),
    }
}

fn confirm_page(signed: Signed, token: String, confirming: Option<Confirming>) -> Result<Response, Stop> {
    let status = if confirming.is_some() { StatusCode::OK } else { StatusCode::GONE };
    // The token stands in no form of another page.
    let page = Page { here: "/account".to_owned(), ..signed.page };
    Ok((status, html(&ConfirmPage { page, token, confirming })?).into_response())
}

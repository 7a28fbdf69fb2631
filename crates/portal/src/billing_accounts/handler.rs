//! Looking at a billing account, and what can be changed of it.

use super::{BillingAccountPage, Done, MandateProblem, TypedContact, TypedMandate};
use crate::{
    Page,
    answer::{Stop, html, see_other},
    proof,
    server::App,
    session::{Posted, Signed, Visitor},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    billing_account::{self, BillingAddress, LONGEST_LINE, Wishes},
    email_change::LONGEST_ADDRESS,
    first_access::Address,
    mandate::{self, Agreed, LONGEST_HOLDER, Typed},
};
use vocabulary::BillingAccountId;

/// No IBAN or BIC is longer as people type it, in characters.
const LONGEST_IBAN: usize = 60;

fn id_of(id: &str) -> Result<BillingAccountId, Stop> {
    id.parse().map_err(|_| Stop::NOT_FOUND)
}

/// Shows it.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let word = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done").map(|(_, word)| word);
    let done = Done::WORDS.into_iter().find(|(known, _)| word.as_deref() == Some(*known)).map(|(_, done)| done);
    let shown = page(&app, signed, id_of(&id)?, &app.links(&visitor.brand, &headers)).await?;
    html(&BillingAccountPage { done, ..shown })
}

async fn page(app: &App, signed: Signed, id: BillingAccountId, links: &Address) -> Result<BillingAccountPage, Stop> {
    let shown = billing_account::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let ways = proof::ways(app, &signed, links).await?;
    let account = &shown.account;
    let mandate =
        TypedMandate { holder: account.payer().to_owned(), email: account.invoice_email.clone(), ..TypedMandate::default() };
    let contact = TypedContact {
        told: account.is_told,
        email: account.invoice_email.clone(),
        address: account.address.clone(),
        debit_day: account.debit_day.map(|day| day.to_string()).unwrap_or_default(),
    };
    let page = Page { here: format!("/billing-accounts/{id}"), ..signed.page };
    Ok(BillingAccountPage { page, shown, ways, done: None, mandate, problem: None, contact, refusal: None })
}

fn typed(posted: &Posted, name: &str, most: usize) -> String {
    posted.field(name).chars().take(most + 1).collect()
}

/// Signs a mandate for an account at a bank.
pub(crate) async fn sign(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    signing(&app, signed, &id, (&posted, &links)).await.map_err(IntoResponse::into_response)
}

async fn signing(app: &App, signed: Signed, id: &str, (posted, links): (&Posted, &Address)) -> Result<Response, Stop> {
    let id = id_of(id)?;
    let mandate = TypedMandate {
        iban: typed(posted, "iban", LONGEST_IBAN),
        bic: typed(posted, "bic", LONGEST_IBAN),
        holder: typed(posted, "holder", LONGEST_HOLDER),
        email: typed(posted, "email", LONGEST_ADDRESS),
        agreed: posted.field("agreed") == "yes",
    };
    // Whose account it is first: a password that is right is told to nobody at somebody else's.
    let before = page(app, signed.clone(), id, links).await?;
    let actor = signed.actor;
    let problem = match proof::with(app, &actor, posted, links).await? {
        Err(refusal) => MandateProblem::Proof(refusal),
        Ok(fresh) => {
            let agreed = if mandate.agreed { Agreed::Yes } else { Agreed::No };
            let typed = Typed { iban: &mandate.iban, bic: &mandate.bic, holder: &mandate.holder, email: &mandate.email, agreed };
            match mandate::sign(&app.house, fresh, id, &typed).await?.ok_or(Stop::NOT_FOUND)? {
                Ok(_) => return Ok(see_other(&format!("/billing-accounts/{id}?done=signed"))),
                Err(refusal) => MandateProblem::Sign(refusal),
            }
        }
    };
    let status = match &problem {
        MandateProblem::Proof(refusal) => proof::status(*refusal),
        MandateProblem::Sign(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, html(&BillingAccountPage { mandate, problem: Some(problem), ..before })?).into_response())
}

/// Ends the mandate.
pub(crate) async fn end(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    ending(&app, signed, &id).await.map_err(IntoResponse::into_response)
}

async fn ending(app: &App, signed: Signed, id: &str) -> Result<Response, Stop> {
    let id = id_of(id)?;
    let was_there = mandate::end(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(see_other(&format!("/billing-accounts/{id}{}", if was_there { "?done=ended" } else { "" })))
}

/// Changes whom invoices are told to, where they go, and the day of debits.
pub(crate) async fn change(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    changing(&app, signed, &id, (&posted, &links)).await.map_err(IntoResponse::into_response)
}

async fn changing(app: &App, signed: Signed, id: &str, (posted, links): (&Posted, &Address)) -> Result<Response, Stop> {
    let id = id_of(id)?;
    let [street, postcode, town] = ["street", "postcode", "town"].map(|name| typed(posted, name, LONGEST_LINE));
    let contact = TypedContact {
        told: posted.field("told") == "yes",
        email: typed(posted, "email", LONGEST_ADDRESS),
        address: BillingAddress { street, postcode, town },
        debit_day: typed(posted, "debit_day", 3),
    };
    let BillingAddress { street, postcode, town } = &contact.address;
    let email = contact.told.then_some(contact.email.as_str());
    let wishes = Wishes { email, street, postcode, town, debit_day: &contact.debit_day };
    match billing_account::change(&app.house, &signed.actor, id, &wishes).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/billing-accounts/{id}?done=changed"))),
        Err(refusal) => {
            let before = page(app, signed, id, links).await?;
            let page = BillingAccountPage { contact, refusal: Some(refusal), ..before };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

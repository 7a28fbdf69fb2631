//! Asking for a fresh proof (PLT-05). A form of something sensitive carries the field of the proof itself, when the last one is too old
//! (`proof/field.html`): what was typed is never lost. A page that shows something sensitive leads to `/proof`, and back.
//!
//! Which proofs there are is [`operations::proof::Shown`]; what a form sends becomes one in [`of`] and nowhere else.

use crate::{
    Actor, Icon, Page, Theme,
    answer::{Stop, html, own_path, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::proof::{self, FreshProof, ProofRefusal, Shown};

/// The page that asks for a proof before another page.
#[derive(Template)]
#[template(path = "proof/show.html")]
pub struct ProofPage {
    /// Its frame.
    pub page: Page,
    /// Where to go afterwards: a path of this host.
    pub then: String,
    /// Why the try before was refused.
    pub refusal: Option<ProofRefusal>,
}

impl ProofPage {
    fn refusal_words(&self, refusal: &ProofRefusal) -> String {
        words(&self.page, *refusal)
    }
}

/// The proof that comes with a form, or of a moment ago.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of<'a>(app: &App, actor: &'a Actor, posted: &Posted) -> Result<Result<FreshProof<'a>, ProofRefusal>, Stop> {
    match sent(posted) {
        Some(_) => with(app, actor, posted).await,
        None => Ok(proof::asked(actor, app.house.clock.now())),
    }
}

/// The proof that comes with a form, and no other, however fresh.
///
/// # Errors
/// When the database fails.
pub(crate) async fn with<'a>(app: &App, actor: &'a Actor, posted: &Posted) -> Result<Result<FreshProof<'a>, ProofRefusal>, Stop> {
    match sent(posted) {
        Some(shown) => Ok(proof::shown(&app.house, actor, shown).await?),
        None => Ok(Err(ProofRefusal::Needed)),
    }
}

/// What a form sends as proof; a field that was left empty is no try.
fn sent(posted: &Posted) -> Option<Shown<'_>> {
    posted.find("password").filter(|password| !password.is_empty()).map(Shown::Password)
}

/// The way to the page that asks, for a page that needs a proof; nothing when there is one.
pub(crate) fn before(app: &App, signed: &Signed) -> Option<Response> {
    if proof::asked(&signed.actor, app.house.clock.now()).is_ok() {
        return None;
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("then", &signed.page.here).finish();
    Some(see_other(&format!("/proof?{query}")))
}

/// Shows the form; who proved it a moment ago goes on.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let then = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "then");
    let then = own_path(then.as_ref().map_or("/account", |(_, then)| then)).to_owned();
    if proof::asked(&signed.actor, app.house.clock.now()).is_ok() {
        return Ok(see_other(&then));
    }
    html(&ProofPage { page: signed.page, then, refusal: None })
}

/// Takes the proof, and goes on.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let then = own_path(posted.field("then")).to_owned();
    let shown = with(&app, &signed.actor, &posted).await.map_err(IntoResponse::into_response)?;
    let Err(refusal) = shown else { return Ok(see_other(&then)) };
    let page = Page { here: "/proof".to_owned(), ..signed.page };
    let page = html(&ProofPage { page, then, refusal: Some(refusal) }).map_err(IntoResponse::into_response)?;
    Ok((status(refusal), page).into_response())
}

/// Why there is no proof, in words.
pub(crate) fn words(page: &Page, refusal: ProofRefusal) -> String {
    match refusal {
        ProofRefusal::Needed => page.t("proof-needed").into(),
        ProofRefusal::Wrong => page.t("account-wrong-password").into(),
        ProofRefusal::Wait(minutes) => page.tn("sign-in-too-many", minutes),
    }
}

/// The status of a page that says so.
pub(crate) fn status(refusal: ProofRefusal) -> StatusCode {
    match refusal {
        ProofRefusal::Needed | ProofRefusal::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
        ProofRefusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
    }
}

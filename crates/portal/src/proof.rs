//! Asking for a fresh proof (PLT-05). A form of something sensitive carries the fields of the proof itself, when the last one is too old
//! (`proof/field.html`): what was typed is never lost. A page that shows something sensitive leads to `/proof`, and back; there a passkey
//! can be shown instead.
//!
//! Which proofs there are is [`operations::proof::Shown`]; what a form sends becomes one in [`typed`] and nowhere else.

use crate::{
    Actor, Icon, Page, Theme,
    answer::{Stop, html, own_path, see_other},
    second_factor::{challenge, site},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    first_access::Address,
    passkey,
    proof::{self, FreshProof, ProofRefusal, Shown, Ways},
    second_factor::{self, Missing},
};

/// The page that asks for a proof before another page.
#[derive(Template)]
#[template(path = "proof/show.html")]
pub struct ProofPage {
    /// Its frame.
    pub page: Page,
    /// Where to go afterwards: a path of this host.
    pub then: String,
    /// What can be shown.
    pub ways: Ways,
    /// What somebody has to do before anything else.
    pub missing: Option<Missing>,
    /// Why the try before was refused.
    pub refusal: Option<ProofRefusal>,
}

impl ProofPage {
    fn refusal_words(&self, refusal: &ProofRefusal) -> String {
        words(&self.page, *refusal)
    }

    fn marks(&self) -> Marks {
        Marks::of(self.refusal, "refusal")
    }

    /// Is the passkey the only way on?
    fn asks_passkey(&self) -> bool {
        self.missing == Some(Missing::Passkey)
    }
}

/// What a form sends as proof, for what asks for one each time.
pub(crate) fn typed(posted: &Posted) -> Shown<'_> {
    match posted.find("code") {
        Some(code) => Shown::PasswordAndCode(posted.field("password"), code),
        None => Shown::Password(posted.field("password")),
    }
}

/// The same where there may be none; a field that was left empty is no try.
fn sent(posted: &Posted) -> Option<Shown<'_>> {
    posted.find("password").filter(|password| !password.is_empty()).map(|_| typed(posted))
}

/// What the asker can show here.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ways(app: &App, signed: &Signed, links: &Address) -> Result<Ways, Stop> {
    Ok(proof::ways(&app.house, &signed.actor, &links.brand).await?)
}

/// The proof that comes with a form, or of a moment ago.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of<'a>(
    app: &App,
    actor: &'a Actor,
    posted: &Posted,
    links: &Address,
) -> Result<Result<FreshProof<'a>, ProofRefusal>, Stop> {
    match sent(posted) {
        Some(_) => with(app, actor, posted, links).await,
        None => Ok(proof::asked(actor, app.house.clock.now())),
    }
}

/// The proof that comes with a form, and no other, however fresh.
///
/// # Errors
/// When the database fails.
pub(crate) async fn with<'a>(
    app: &App,
    actor: &'a Actor,
    posted: &Posted,
    links: &Address,
) -> Result<Result<FreshProof<'a>, ProofRefusal>, Stop> {
    match sent(posted) {
        Some(shown) => Ok(proof::shown(&app.house, actor, shown, links).await?),
        None => Ok(Err(ProofRefusal::Needed)),
    }
}

/// The way to the page that asks, for a page that needs a proof; nothing when there is one.
pub(crate) fn before(app: &App, signed: &Signed) -> Option<Response> {
    if proof::asked(&signed.actor, app.house.clock.now()).is_ok() {
        return None;
    }
    Some(see_other(&way(&signed.page.here)))
}

/// The address of the page that asks before another.
pub(crate) fn way(then: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("then", then).finish();
    format!("/proof?{query}")
}

/// Shows the form; who proved it a moment ago goes on.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    headers: HeaderMap,
    visitor: crate::session::Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let then = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "then");
    let then = own_path(then.as_ref().map_or("/account", |(_, then)| then)).to_owned();
    let links = app.links(&visitor.brand, &headers);
    let shown = page(&app, signed.clone(), then, &links).await?;
    if !shown.asks_passkey() && proof::asked(&signed.actor, app.house.clock.now()).is_ok() {
        return Ok(see_other(&shown.then));
    }
    html(&shown)
}

async fn page(app: &App, signed: Signed, then: String, links: &Address) -> Result<ProofPage, Stop> {
    let ways = ways(app, &signed, links).await?;
    let missing = second_factor::missing(&app.house, &signed.actor).await?;
    let mut page = Page { here: "/proof".to_owned(), ..signed.page };
    if missing.is_some() {
        // Nothing else opens before.
        page.menu.clear();
    }
    Ok(ProofPage { page, then, ways, missing, refusal: None })
}

/// Takes the proof, and goes on.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    take(&app, &headers, &posted, sent(&posted)).await
}

/// Says what a browser needs to ask for a passkey.
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let brand = &posted.visitor.brand;
    let links = app.links(brand, &headers);
    let asked = passkey::begin_proof(&app.house, &signed.actor, site(brand, &links, &signed.page.csrf)).await;
    Ok(challenge(asked.map_err(|error| Stop::from(error).into_response())?))
}

/// Takes what a passkey answers, and goes on.
pub(crate) async fn passkey(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let brand = &posted.visitor.brand;
    let links = app.links(brand, &headers);
    let shown = Shown::Passkey(site(brand, &links, &posted.visitor.page.csrf), posted.field("answer"));
    take(&app, &headers, &posted, Some(shown)).await
}

async fn take(app: &App, headers: &HeaderMap, posted: &Posted, shown: Option<Shown<'_>>) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let then = own_path(posted.field("then")).to_owned();
    let links = app.links(&posted.visitor.brand, headers);
    let refusal = match shown {
        Some(shown) => {
            let proved = proof::shown(&app.house, &signed.actor, shown, &links).await;
            proved.map_err(|error| Stop::from(error).into_response())?.err()
        }
        None => Some(ProofRefusal::Needed),
    };
    let page = page(app, signed.clone(), then, &links).await.map_err(IntoResponse::into_response)?;
    if refusal.is_none() && !page.asks_passkey() {
        return Ok(see_other(&page.then));
    }
    let status = status(refusal.unwrap_or(ProofRefusal::Needed));
    let page = html(&ProofPage { refusal, ..page }).map_err(IntoResponse::into_response)?;
    Ok((status, page).into_response())
}

/// Which fields of a proof a refusal is about, and the id under which it stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    pub(crate) password: bool,
    pub(crate) code: bool,
    pub(crate) refusal: &'static str,
}

impl Marks {
    /// What a refusal that stands there is about.
    pub(crate) fn of(refusal: Option<ProofRefusal>, stands: &'static str) -> Self {
        Self {
            password: matches!(refusal, Some(ProofRefusal::Needed | ProofRefusal::Wrong)),
            code: matches!(refusal, Some(ProofRefusal::CodeNeeded | ProofRefusal::WrongCode)),
            refusal: stands,
        }
    }
}

/// Why there is no proof, in words.
pub(crate) fn words(page: &Page, refusal: ProofRefusal) -> String {
    match refusal {
        ProofRefusal::Needed => page.t("proof-needed").into(),
        ProofRefusal::Wrong => page.t("account-wrong-password").into(),
        ProofRefusal::CodeNeeded => page.t("proof-code-needed").into(),
        ProofRefusal::WrongCode => page.t("code-wrong").into(),
        ProofRefusal::WrongPasskey => page.t("passkey-not-taken").into(),
        ProofRefusal::Wait(minutes) => page.tn("sign-in-too-many", minutes),
    }
}

/// The status of a page that says so.
pub(crate) fn status(refusal: ProofRefusal) -> StatusCode {
    match refusal {
        ProofRefusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

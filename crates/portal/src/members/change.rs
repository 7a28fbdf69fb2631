//! `/members/{id}`: somebody, and the changes that the page offers.

use super::{
    Done, Form, PersonPage, Refusal, Typed,
    list::{status_of, typed},
};
use crate::{
    Page,
    answer::{Stop, html, see_other},
    proof,
    server::App,
    session::{Posted, Signed, Visitor},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use operations::{
    OperationError,
    first_access::Address,
    members::{self, Effect, MemberRefusal},
    proof::{FreshProof, ProofRefusal},
};
use vocabulary::LoginId;

/// Shows somebody.
pub(crate) async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let login = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let done = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes()).find(|(name, _)| name == "done");
    let done = done.and_then(|(_, word)| WORDS.into_iter().find(|(known, _)| *known == word)).map(|(_, done)| done);
    let links = app.links(&visitor.brand, &headers);
    html(&PersonPage { done, ..page(&app, signed, login, &links).await? })
}

/// What was done, by its word in the address.
const WORDS: [(&str, Done); 11] = [
    ("invited", Done::Invited),
    ("again", Done::Again),
    ("role", Done::Role),
    ("blocked", Done::Blocked),
    ("unblocked", Done::Unblocked),
    ("link", Done::Link),
    ("email", Done::Email),
    ("identifier", Done::Identifier),
    ("email-held", Done::EmailHeld),
    ("factors", Done::Factors),
    ("factors-held", Done::FactorsHeld),
];

async fn page(app: &App, signed: Signed, login: LoginId, links: &Address) -> Result<PersonPage, Stop> {
    let one = members::show(&app.house, &signed.actor, login).await?.ok_or(Stop::NOT_FOUND)?;
    let lines = if one.roles.contains(&crate::Role::Member) {
        members::lines_to_choose(&app.house, &signed.actor, one.of.party).await?
    } else {
        Vec::new()
    };
    let ways = proof::ways(app, &signed, links).await?;
    let asks_proof = operations::proof::asked(&signed.actor, app.house.clock.now()).is_err();
    let page = Page { here: format!("/members/{login}"), ..signed.page };
    Ok(PersonPage { page, one, lines, done: None, refusal: None, ways, asks_proof, typed: Typed::default() })
}

/// A form that somebody of whom was sent, as far as every one of them goes.
struct Sent {
    app: App,
    signed: Signed,
    posted: Posted,
    links: Address,
    /// Who is meant, in the version that the form showed.
    who: (LoginId, i64),
}

type Changed = Result<Option<Result<(), MemberRefusal>>, OperationError>;

impl Sent {
    /// Boxed, because an answer is large and this is the way of few.
    fn of(app: App, headers: &HeaderMap, id: &str, posted: Posted) -> Result<Self, Box<Response>> {
        let signed = posted.signed().map_err(|way| Box::new(way.into_response()))?;
        let links = app.links(&posted.visitor.brand, headers);
        let login: LoginId = id.parse().map_err(|_| Box::new(Stop::NOT_FOUND.into_response()))?;
        // No version is -1: a form without one is one of before.
        let who = (login, posted.field("version").parse().unwrap_or(-1));
        Ok(Self { app, signed, posted, links, who })
    }

    /// The proof that comes with the form, or of a moment ago. Who may not renew the person's way in is told that nobody is there, whatever they show.
    async fn proof(&self) -> Result<Result<FreshProof<'_>, ProofRefusal>, Response> {
        let stop = |error| Stop::from(error).into_response();
        let shown = members::show(&self.app.house, &self.signed.actor, self.who.0).await.map_err(stop)?;
        if !shown.is_some_and(|one| one.may_renew) {
            return Err(Stop::NOT_FOUND.into_response());
        }
        proof::of(&self.app, &self.signed.actor, &self.posted, &self.links).await.map_err(IntoResponse::into_response)
    }

    async fn answer(self, changed: Changed, form: Form, done: &str) -> Result<Response, Response> {
        let stop = |error| Stop::from(error).into_response();
        let login = self.who.0;
        match changed.map_err(stop)?.ok_or_else(|| Stop::NOT_FOUND.into_response())? {
            Ok(()) if login == self.signed.actor.login => Ok(see_other("/")),
            Ok(()) => Ok(see_other(&format!("/members/{login}?done={done}#content"))),
            Err(refusal) => self.refused(form, Refusal::Member(refusal)).await,
        }
    }

    /// The page with what was refused.
    async fn refused(self, form: Form, refusal: Refusal) -> Result<Response, Response> {
        let login = self.who.0;
        let shown = page(&self.app, self.signed, login, &self.links).await.map_err(IntoResponse::into_response)?;
        // A proof that came with this very form is fresher than the session that was read before it.
        let (status, asks_proof) = match refusal {
            Refusal::Member(refusal) => (status_of(refusal), shown.asks_proof && !form.asks_proof()),
            Refusal::Proof(refusal) => (proof::status(refusal), true),
        };
        let shown = PersonPage { refusal: Some((form, refusal)), asks_proof, typed: typed(&self.posted), ..shown };
        Ok((status, html(&shown).map_err(IntoResponse::into_response)?).into_response())
    }
}

/// Gives another role.
pub(crate) async fn role(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let typed = (sent.posted.field("role"), sent.posted.field("line"));
    let changed = members::change_role(&sent.app.house, &sent.signed.actor, sent.who, typed).await;
    sent.answer(changed, Form::Role, "role").await
}

/// Takes access away.
pub(crate) async fn block(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let changed = members::block(&sent.app.house, &sent.signed.actor, sent.who, &sent.links).await;
    sent.answer(changed, Form::Access, "blocked").await
}

/// Gives access again.
pub(crate) async fn unblock(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let changed = members::unblock(&sent.app.house, &sent.signed.actor, sent.who, &sent.links).await;
    sent.answer(changed, Form::Access, "unblocked").await
}

/// Sends the invitation again.
pub(crate) async fn again(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let changed = members::send_again(&sent.app.house, &sent.signed.actor, sent.who, &sent.links).await;
    sent.answer(changed, Form::Invitation, "again").await
}

/// Takes the invitation back: then nobody is there any more to be shown.
pub(crate) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let stop = |error| Stop::from(error).into_response();
    let shown = members::show(&sent.app.house, &sent.signed.actor, sent.who.0).await.map_err(stop)?;
    let people = shown.map(|one| super::path_of(&sent.signed.page, &one.of));
    let changed = members::withdraw(&sent.app.house, &sent.signed.actor, sent.who).await;
    if let (Ok(Some(Ok(()))), Some(people)) = (&changed, people) {
        return Ok(see_other(&format!("{people}?done=withdrawn")));
    }
    sent.answer(changed, Form::Invitation, "").await
}

/// Has mails go elsewhere.
pub(crate) async fn email(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let proof = match sent.proof().await? {
        Ok(proof) => proof,
        Err(refusal) => return sent.refused(Form::Email, Refusal::Proof(refusal)).await,
    };
    let email = (sent.posted.field("email"), sent.posted.field("reason"));
    let changed = members::change_email(&sent.app.house, proof, sent.who, email, &sent.links).await;
    let done = if matches!(changed, Ok(Some(Ok(Effect::Held)))) { "email-held" } else { "email" };
    sent.answer(changed.map(without_effect), Form::Email, done).await
}

/// Gives another identifier.
pub(crate) async fn identifier(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let proof = match sent.proof().await? {
        Ok(proof) => proof,
        Err(refusal) => return sent.refused(Form::Identifier, Refusal::Proof(refusal)).await,
    };
    let wanted = sent.posted.field("name");
    let changed = members::change_identifier(&sent.app.house, proof, sent.who, wanted, &sent.links).await;
    sent.answer(changed, Form::Identifier, "identifier").await
}

/// Sends a link to a new password.
pub(crate) async fn link(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let proof = match sent.proof().await? {
        Ok(proof) => proof,
        Err(refusal) => return sent.refused(Form::Link, Refusal::Proof(refusal)).await,
    };
    let changed = members::send_link(&sent.app.house, proof, sent.who, &sent.links).await;
    sent.answer(changed, Form::Link, "link").await
}

/// Takes codes and passkeys away from who lost them, for who proves that it is them who asks.
pub(crate) async fn remove_factors(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let sent = Sent::of(app, &headers, &id, posted).map_err(|answer| *answer)?;
    let proof = match sent.proof().await? {
        Ok(proof) => proof,
        Err(refusal) => return sent.refused(Form::Factors, Refusal::Proof(refusal)).await,
    };
    let why = sent.posted.field("reason");
    let changed = members::remove_factors(&sent.app.house, proof, sent.who, why, &sent.links).await;
    let done = if matches!(changed, Ok(Some(Ok(Effect::Held)))) { "factors-held" } else { "factors" };
    sent.answer(changed.map(without_effect), Form::Factors, done).await
}

fn without_effect(changed: Option<Result<Effect, MemberRefusal>>) -> Option<Result<(), MemberRefusal>> {
    changed.map(|changed| changed.map(drop))
}

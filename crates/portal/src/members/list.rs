//! The people of a party: `/members`, `/customers/{id}/members`, `/resellers/{id}/members`.

use super::{LONGEST_TYPED, PeoplePage, Typed};
use crate::{
    Page, Role,
    answer::{Stop, html, see_other},
    pagination::{PageSize, Pages},
    server::App,
    session::{Posted, Signed},
    usage_files::page_of,
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    mail::Window,
    members::{self, Invited, MemberRefusal, Party},
};
use std::num::NonZeroU32;

/// People on a page.
const SIZE: PageSize = PageSize::TwentyFive;
/// No search is longer, in characters.
const LONGEST_SEARCH: usize = 80;

/// The reader's own party, and the way to those below.
pub(crate) async fn own(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let of = members::own_party(&signed.actor);
    html(&people(&app, signed, of, &query.unwrap_or_default()).await?)
}

/// A customer's people.
pub(crate) async fn of_customer(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let of = customer(&id)?;
    html(&people(&app, signed, Some(of), &query.unwrap_or_default()).await?)
}

/// A reseller's people.
pub(crate) async fn of_reseller(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let of = reseller(&id)?;
    html(&people(&app, signed, Some(of), &query.unwrap_or_default()).await?)
}

fn customer(id: &str) -> Result<Party, Stop> {
    id.parse().map(Party::Customer).map_err(|_| Stop::NOT_FOUND)
}

fn reseller(id: &str) -> Result<Party, Stop> {
    id.parse().map(Party::Reseller).map_err(|_| Stop::NOT_FOUND)
}

async fn people(app: &App, signed: Signed, of: Option<Party>, query: &str) -> Result<PeoplePage, Stop> {
    let field = |wanted: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim().chars().take(LONGEST_SEARCH).collect::<String>()).unwrap_or_default()
    };
    let number = page_of(Some(query)).max(1);
    let window = Window { offset: u64::from(number - 1) * u64::from(SIZE.rows()), rows: SIZE.rows() };
    let actor = &signed.actor;
    let found = match of {
        Some(of) => Some(members::list(&app.house, actor, of, window).await?.ok_or(Stop::NOT_FOUND)?),
        None => None,
    };
    let is_own = of == members::own_party(actor);
    let search = (is_own && signed.page.sees_several_customers()).then(|| field("search"));
    let (resellers, customers) = match &search {
        Some(text) => members::below(&app.house, actor, text).await?,
        None => (Vec::new(), Vec::new()),
    };
    let lines = match &found {
        Some(found) if found.roles.contains(&Role::Member) => members::lines_to_choose(&app.house, actor, found.of.party).await?,
        _ => Vec::new(),
    };
    let total = found.as_ref().map_or(0, |found| found.total);
    Ok(PeoplePage {
        page: signed.page,
        people: found,
        pages: Pages { current: NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN), size: SIZE, total },
        lines,
        typed: Typed::default(),
        refusal: None,
        withdrawn: field("done") == "withdrawn",
        resellers,
        search,
        customers,
    })
}

/// Asks somebody of the own party in.
pub(crate) async fn invite_own(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let actor = posted.signed().map_err(IntoResponse::into_response)?.actor;
    let of = members::own_party(&actor).ok_or_else(|| Stop::NOT_FOUND.into_response())?;
    invite(&app, &headers, posted, of).await
}

/// Asks somebody of a customer in.
pub(crate) async fn invite_of_customer(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    invite(&app, &headers, posted, customer(&id).map_err(IntoResponse::into_response)?).await
}

/// Asks somebody of a reseller in.
pub(crate) async fn invite_of_reseller(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    invite(&app, &headers, posted, reseller(&id).map_err(IntoResponse::into_response)?).await
}

async fn invite(app: &App, headers: &HeaderMap, posted: Posted, of: Party) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, headers);
    let asked = Invited {
        name: posted.field("name"),
        email: posted.field("email"),
        role: posted.field("role"),
        language: posted.field("language"),
        line: posted.field("line"),
    };
    let stop = |error| Stop::from(error).into_response();
    let invited = members::invite(&app.house, &signed.actor, of, asked, &links).await.map_err(stop)?;
    let refusal = match invited.ok_or_else(|| Stop::NOT_FOUND.into_response())? {
        Ok(login) => return Ok(see_other(&format!("/members/{login}?done=invited"))),
        Err(refusal) => refusal,
    };
    let shown = people(app, signed, Some(of), "").await.map_err(IntoResponse::into_response)?;
    let here = shown.page_url(&1);
    let page = Page { here, ..shown.page };
    let shown = PeoplePage { page, typed: typed(&posted), refusal: Some(refusal), ..shown };
    Ok((status_of(refusal), html(&shown).map_err(IntoResponse::into_response)?).into_response())
}

/// What was typed, cut where it is longer than anything that fits.
pub(super) fn typed(posted: &Posted) -> Typed {
    let cut = |name: &str| posted.field(name).chars().take(LONGEST_TYPED).collect::<String>();
    Typed {
        name: cut("name"),
        email: cut("email"),
        role: cut("role"),
        language: cut("language"),
        line: cut("line"),
        reason: cut("reason"),
    }
}

/// How an answer is marked that changed nothing.
pub(super) const fn status_of(refusal: MemberRefusal) -> StatusCode {
    match refusal {
        MemberRefusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        MemberRefusal::Stale => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

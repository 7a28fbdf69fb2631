//! `/line-access`: which lines of a household have access of their own, giving it and taking it back (TEL-07).

use crate::{
    Icon, Locale, Page, Theme,
    answer::{Stop, html, see_other},
    members::{Field, number_text, refusal_words},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    OperationError,
    line_access::{self, Given, LineAccess, OwnAccess, SplitRefusal},
    members::{LONGEST_ADDRESS, LONGEST_NAME, MemberRefusal},
};
use vocabulary::{LineId, Party};

/// No field comes back longer than so many characters.
const LONGEST_TYPED: usize = 300;

/// The page.
#[derive(Template)]
#[template(path = "line_access.html")]
pub struct LineAccessPage {
    /// Its frame.
    pub page: Page,
    /// The lines that have a telephone number.
    pub lines: Vec<LineAccess>,
    /// What was done.
    pub done: Option<SplitDone>,
    /// Of which line something was not done, and why.
    pub refusal: Option<(LineId, SplitRefusal)>,
    /// What was typed as name, address and language.
    pub typed: (String, String, String),
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitDone {
    /// A line got access of its own.
    Split,
    /// Its invitation was sent again.
    Again,
    /// It has none any more.
    Joined,
}

impl LineAccessPage {
    fn done_words(&self) -> Option<&'static str> {
        Some(match self.done? {
            SplitDone::Split => self.page.t("line-access-done-split"),
            SplitDone::Again => self.page.t("people-done-again"),
            SplitDone::Joined => self.page.t("line-access-done-joined"),
        })
    }

    fn number(&self, line: &LineAccess) -> String {
        match &line.number {
            Party::Number(number) => number_text(&self.page, &number.to_string()),
            other => self.page.party(other),
        }
    }

    fn refused(&self, line: &LineAccess) -> Option<(Field, String)> {
        let (about, refusal) = self.refusal?;
        (about == line.line).then(|| match refusal {
            SplitRefusal::Person(refusal) => refusal_words(&self.page, refusal),
            SplitRefusal::Split | SplitRefusal::Stale => (Field::Other, self.page.t("people-refused-stale").into()),
            SplitRefusal::WrongPassword => (Field::Other, self.page.t("line-access-wrong-password").into()),
            SplitRefusal::Wait(minutes) => (Field::Other, self.page.tn("sign-in-too-many", minutes)),
        })
    }

    fn is_refused(&self, line: &LineAccess, field: Field) -> bool {
        self.refused(line).is_some_and(|(about, _)| about == field)
    }

    /// What was typed of this line's form; of the others nothing was.
    fn typed(&self, line: &LineAccess) -> (&str, &str) {
        match self.refusal {
            Some((about, _)) if about == line.line => (&self.typed.0, &self.typed.1),
            _ => ("", ""),
        }
    }

    fn is_language(&self, language: &Locale) -> bool {
        let chosen = if self.typed.2.is_empty() { self.page.locale.tag() } else { &self.typed.2 };
        language.tag() == chosen
    }

    fn is_accepted(&self, own: &OwnAccess) -> bool {
        own.password_hash.is_some()
    }

    fn state(&self, own: &OwnAccess) -> (&'static str, &'static str) {
        match own.state.as_str() {
            "invited" => ("in-progress", self.page.t("people-invited")),
            "validated" => ("active", self.page.t("line-access-own")),
            _ => ("failed", self.page.t("people-blocked")),
        }
    }
}

/// Shows it.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let done = form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes()).find(|(name, _)| name == "done");
    let done = done.and_then(|(_, word)| match word.as_ref() {
        "split" => Some(SplitDone::Split),
        "again" => Some(SplitDone::Again),
        "joined" => Some(SplitDone::Joined),
        _ => None,
    });
    html(&LineAccessPage { done, ..page(&app, signed).await? })
}

async fn page(app: &App, signed: Signed) -> Result<LineAccessPage, Stop> {
    let lines = line_access::list(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: "/line-access".to_owned(), ..signed.page };
    Ok(LineAccessPage { page, lines, done: None, refusal: None, typed: Default::default() })
}

/// Gives a line access of its own.
pub(crate) async fn split(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let (signed, line) = meant(&posted, &id).map_err(|answer| *answer)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let given = Given { name: posted.field("name"), email: posted.field("email"), language: posted.field("language") };
    let changed = line_access::split(&app.house, &signed.actor, line, given, &links).await;
    answer(&app, (signed, posted), line, (changed, "split")).await
}

/// Sends its invitation again.
pub(crate) async fn again(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let (signed, line) = meant(&posted, &id).map_err(|answer| *answer)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let changed = line_access::send_again(&app.house, &signed.actor, (line, version(&posted)), &links).await;
    answer(&app, (signed, posted), line, (changed, "again")).await
}

/// Takes a line's own access back.
pub(crate) async fn join(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Response> {
    let (signed, line) = meant(&posted, &id).map_err(|answer| *answer)?;
    let links = app.links(&posted.visitor.brand, &headers);
    let password = posted.field("password");
    let changed = line_access::join(&app.house, &signed.actor, (line, version(&posted)), password, &links).await;
    answer(&app, (signed, posted), line, (changed, "joined")).await
}

/// No version is -1: a form without one is one of before.
fn version(posted: &Posted) -> i64 {
    posted.field("version").parse().unwrap_or(-1)
}

/// Who asks, and of which line; boxed, because an answer is large and this is the way of few.
fn meant(posted: &Posted, id: &str) -> Result<(Signed, LineId), Box<Response>> {
    let signed = posted.signed().map_err(|way| Box::new(way.into_response()))?;
    Ok((signed, id.parse().map_err(|_| Box::new(Stop::NOT_FOUND.into_response()))?))
}

type Changed = Result<Option<Result<(), SplitRefusal>>, OperationError>;

async fn answer(
    app: &App,
    (signed, posted): (Signed, Posted),
    line: LineId,
    (changed, done): (Changed, &str),
) -> Result<Response, Response> {
    let stop = |error| Stop::from(error).into_response();
    let Err(refusal) = changed.map_err(stop)?.ok_or_else(|| Stop::NOT_FOUND.into_response())? else {
        return Ok(see_other(&format!("/line-access?done={done}#content")));
    };
    let status = match refusal {
        SplitRefusal::Wait(_) | SplitRefusal::Person(MemberRefusal::Wait(_)) => StatusCode::TOO_MANY_REQUESTS,
        SplitRefusal::Split | SplitRefusal::Stale => StatusCode::CONFLICT,
        SplitRefusal::Person(_) | SplitRefusal::WrongPassword => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let cut = |name: &str| posted.field(name).chars().take(LONGEST_TYPED).collect::<String>();
    let typed = (cut("name"), cut("email"), cut("language"));
    let shown = page(app, signed).await.map_err(IntoResponse::into_response)?;
    let shown = LineAccessPage { refusal: Some((line, refusal)), typed, ..shown };
    Ok((status, html(&shown).map_err(IntoResponse::into_response)?).into_response())
}

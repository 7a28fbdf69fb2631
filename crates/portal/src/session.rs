//! Who asks: host name, cookie and session become a scope and the frame of the page. Handlers meet the store through nothing else.

use crate::{
    Locale, Page, Section, Theme, Viewer,
    answer::{Stop, see_other},
    cookies::{self, Cookies},
    error::Failure,
    server::{App, HostBrand, unknown_host},
    way_back::page_of,
};
use axum::{
    body::{Body, HttpBody as _},
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::{HeaderMap, Method, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use operations::{
    Actor, OperationError,
    permission::{Permission, Role},
    sign_in::{self, Token},
};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write,
    future::poll_fn,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
};

/// Somebody who signed in, and the frame of the page that they asked for.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who they are, what they may see and do.
    pub actor: Actor,
    /// The frame of the page.
    pub page: Page,
}

/// A request of a known host, whoever asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The brand of the host.
    pub(crate) brand: Arc<HostBrand>,
    /// Who asks, if signed in.
    pub(crate) actor: Option<Actor>,
    /// Where from.
    pub(crate) address: String,
    /// The frame of the page.
    pub(crate) page: Page,
    /// A cookie to set: the one that forms are tied to before anybody signed in.
    pub(crate) cookie: Option<String>,
}

impl FromRequestParts<App> for Signed {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        match visitor.actor {
            Some(actor) => Ok(Self { actor, page: visitor.page }),
            None => Err(to_sign_in(app, parts).into_response()),
        }
    }
}

/// The way to the sign-in page, and back after it to the page that was asked for, or whose form was sent.
pub(crate) fn to_sign_in(app: &App, parts: &Parts) -> Redirect {
    let page = page_of(app, parts);
    if page == "/" {
        return Redirect::to("/sign-in");
    }
    let next = form_urlencoded::Serializer::new(String::new()).append_pair("next", &page).finish();
    Redirect::to(&format!("/sign-in?{next}"))
}

fn here(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), |path| path.as_str().to_owned())
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Response;
    /// The visitor whom [`crate::addresses`] asked; elsewhere there is none.
    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Stop::NOT_FOUND.into_response())
    }
}

/// The host name without its port, in small letters.
fn host(parts: &Parts) -> Option<String> {
    let named = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| parts.uri.host())?;
    Some(without_port(named).to_ascii_lowercase())
}

pub(crate) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

impl Visitor {
    /// Who asks. The response says where to go instead when the host is nobody's.
    pub(crate) async fn asking(parts: &Parts, app: &App) -> Result<Self, Response> {
        let host = host(parts);
        let found = match &host {
            Some(host) => app.brand(host).await.map_err(|error| Stop::from(error).into_response())?,
            None => None,
        };
        let Some(brand) = found else { return Err(unknown_host(app, &parts.headers)) };
        Self::of(parts, app, brand).await.map_err(|error| Stop::from(error).into_response())
    }

    async fn of(parts: &Parts, app: &App, brand: Arc<HostBrand>) -> Result<Self, OperationError> {
        let cookies = Cookies::of(&parts.headers);
        let token = cookies.own(cookies::SESSION);
        let address = address(parts);
        let actor = match token {
            Some(token) => sign_in::session(&app.house, brand.door, token, &address).await?,
            None => None,
        };
        let (seed, cookie) = match (&actor, token, cookies.own(cookies::FORM)) {
            (Some(_), Some(token), _) => (token.to_owned(), None),
            (_, _, Some(form)) => (form.to_owned(), None),
            _ => {
                let fresh = Token::fresh()?.as_str().to_owned();
                (fresh.clone(), Some(cookies::own(cookies::FORM, &fresh, is_secure(&parts.headers))))
            }
        };
        let page = frame(parts, &brand, actor.as_ref(), form_token(&seed));
        Ok(Self { brand, actor, address, page, cookie })
    }
}

/// Pages that stand behind invoices: a menu has so much room.
const BEHIND_INVOICES: [&str; 8] =
    ["/bill-runs", "/payments", "/bank-files", "/billing-accounts", "/revenue", "/prices", "/letterhead", "/resellers"];

fn frame(parts: &Parts, brand: &HostBrand, actor: Option<&Actor>, csrf: String) -> Page {
    let cookies = Cookies::of(&parts.headers);
    let chosen = cookies.chosen(cookies::LANGUAGE).and_then(|tag| tag.parse::<Locale>().ok());
    let accepted = || {
        let header = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        Locale::accepted(header.unwrap_or_default(), &brand.languages)
    };
    let viewer = actor.map(|actor| Viewer { name: actor.name.clone(), party: actor.party.clone(), role: actor.role });
    let menu = actor.map(|actor| menu(actor.role)).unwrap_or_default();
    let path = parts.uri.path();
    let section = match path {
        "/" => Some(Section::Home),
        "/comparison" | "/comparison/draft" => Some(Section::Lines),
        _ if path == "/numbers" || path.starts_with("/numbers/") => Some(Section::Sims),
        _ if path.ends_with("/members") => Some(Section::People),
        _ if BEHIND_INVOICES.iter().any(|below| path == *below || path.starts_with(&format!("{below}/"))) => {
            Some(Section::Invoices)
        }
        _ => Section::BY_PATH.into_iter().find(|section| {
            let rest = path.strip_prefix(section.url());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }),
    };
    Page {
        locale: chosen.filter(|locale| brand.languages.contains(locale)).unwrap_or_else(accepted),
        languages: brand.languages.clone(),
        theme: Theme::from_cookie(cookies.chosen(cookies::THEME).unwrap_or_default()),
        brand: brand.look.clone(),
        zone: brand.zone.clone(),
        plan: brand.plan.clone(),
        viewer,
        menu,
        section,
        here: if parts.method == Method::GET { here(parts) } else { "/".to_owned() },
        csrf,
    }
}

/// What of the house somebody may see.
fn menu(role: Role) -> Vec<Section> {
    let asked = [
        (Section::Lines, Permission::SeeLines),
        (Section::Orders, Permission::SeeOrders),
        (Section::Sims, Permission::SeeSims),
        (Section::Consumption, Permission::SeeConsumption),
        (Section::Invoices, Permission::SeeInvoices),
        (Section::LineAccess, Permission::SplitLines),
        (Section::People, Permission::SeePeople),
        (Section::UsageFiles, Permission::SeeUsageFiles),
        (Section::Mails, Permission::SeeMails),
        (Section::Journal, Permission::SeeJournal),
    ];
    let open = asked.into_iter().filter(|(_, permission)| role.may(*permission)).map(|(section, _)| section);
    std::iter::once(Section::Home).chain(open).collect()
}

/// Where a request comes from: its peer, or whom a proxy on this machine names last.
fn address(parts: &Parts) -> String {
    let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else { return String::new() };
    let forwarded = || {
        let named = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        named.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let peer = peer.ip().to_canonical();
    let named = if peer.is_loopback() { forwarded() } else { None };
    named.unwrap_or(peer).to_string()
}

/// Did the reader's request travel encrypted? A proxy in front says so.
pub(crate) fn is_secure(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|protocol| protocol.as_bytes() == b"https")
}

/// The token that forms carry: who does not hold the cookie cannot make it, and it does not give the cookie away.
fn form_token(cookie: &str) -> String {
    let digest = Sha256::new().chain_update(b"cadran form\0").chain_update(cookie).finalize();
    digest.iter().fold(String::with_capacity(64), |mut token, byte| {
        write!(token, "{byte:02x}").expect("a string takes whatever is written");
        token
    })
}

/// The fields of a form that a page of this house sent, and its visitor. It is the only way to what was posted: a request from
/// elsewhere, or without the token of its reader, is stopped before.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) visitor: Visitor,
    fields: Vec<(String, String)>,
}

impl Posted {
    /// Every value of a field that may stand several times.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The value of a field; empty when it was not sent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// The value of a field, if it was sent.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Who sent it; who is not signed in any more is led to the sign-in page.
    pub(crate) fn signed(&self) -> Result<Signed, Redirect> {
        let actor = self.visitor.actor.clone().ok_or_else(|| Redirect::to("/sign-in"))?;
        Ok(Signed { actor, page: self.visitor.page.clone() })
    }
}

impl FromRequest<App> for Posted {
    type Rejection = Response;
    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let stale = || Stop(Failure::StaleForm).into_response();
        if !is_from_here(&parts.headers) {
            return Err(stale());
        }
        let bytes = whole(body).await.map_err(IntoResponse::into_response)?;
        // Nobody types a NUL, and not every database takes it.
        let pairs = form_urlencoded::parse(&bytes).take(MOST_FIELDS + 1);
        let fields: Vec<_> = pairs.map(|(name, value)| (name.into(), value.replace('\0', ""))).collect();
        let is_cut = fields.len() > MOST_FIELDS;
        let posted = Self { visitor, fields };
        // A visitor without cookie was given a fresh token just now, which no form can carry.
        let same = is_same(posted.field("csrf").as_bytes(), posted.visitor.page.csrf.as_bytes());
        // What is left out would be something that somebody sent and nobody reads.
        match (same, is_cut) {
            (true, false) => Ok(posted),
            (true, true) => Err(Stop(Failure::TooLarge).into_response()),
            (false, _) => Err(posted.way_on(app, &parts).unwrap_or_else(stale)),
        }
    }
}

impl Posted {
    /// Where a form leads on whose page this browser got before its reader signed in, elsewhere meanwhile, or while a session lasted
    /// that is over: the cookie of then says so. It changes nothing; the one goes where they wanted to go, the other signs in again.
    fn way_on(&self, app: &App, parts: &Parts) -> Option<Response> {
        let cookies = Cookies::of(&parts.headers);
        let was_made_with =
            |cookie: Option<&str>| cookie.is_some_and(|seed| is_same(self.field("csrf").as_bytes(), form_token(seed).as_bytes()));
        match &self.visitor.actor {
            Some(_) if was_made_with(cookies.own(cookies::FORM)) => {
                Some(see_other(self.find("next").or_else(|| self.find("back")).unwrap_or("/")))
            }
            None if was_made_with(cookies.own(cookies::SESSION)) => Some(to_sign_in(app, parts).into_response()),
            _ => None,
        }
    }
}

/// The bytes of a form. One that is too long is read on for a while: a browser that is not heard to its end shows a broken connection in
/// place of the answer.
async fn whole(body: Body) -> Result<Vec<u8>, Stop> {
    let mut body = pin!(body);
    let (mut bytes, mut read) = (Vec::new(), 0);
    while let Some(piece) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(piece) = piece.map_err(|_| Stop(Failure::Unreadable))?.into_data() else { continue };
        read += piece.len();
        if read <= LONGEST_FORM {
            bytes.extend_from_slice(&piece);
        } else if read > MOST_READ_ON {
            break;
        }
    }
    if read > LONGEST_FORM { Err(Stop(Failure::TooLarge)) } else { Ok(bytes) }
}

/// No form without files is longer, in bytes: forms are small.
pub(crate) const LONGEST_FORM: usize = 64 * 1024;
/// How much of a longer one is read on, in bytes.
const MOST_READ_ON: usize = 5_000_000;

/// No form has more.
const MOST_FIELDS: usize = 2_000;

/// Does the browser say that the request comes from a page of this host? One that says nothing is left to the token.
pub(crate) fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if text(header::HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    match (headers.get(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"))
            .is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host)),
        (Some(_), None) => false,
    }
}

/// Compares in a time that does not tell where two texts differ.
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_from_another_host_is_not_from_here() {
        let with = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            pairs.iter().for_each(|(name, value)| {
                headers.insert(*name, value.parse().unwrap());
            });
            is_from_here(&headers)
        };
        let host = ("host", "one.localhost:8080");
        assert!(with(&[host]));
        assert!(with(&[host, ("origin", "http://one.localhost:8080"), ("sec-fetch-site", "same-origin")]));
        assert!(!with(&[host, ("origin", "http://two.localhost:8080")]));
        assert!(!with(&[host, ("origin", "null")]));
        assert!(!with(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!with(&[host, ("sec-fetch-site", "same-site")]));
    }

    #[test]
    fn a_form_token_belongs_to_one_cookie() {
        assert_ne!(form_token("a"), form_token("b"));
        assert!(is_same(form_token("a").as_bytes(), form_token("a").as_bytes()));
        assert!(!is_same(b"", b"a"));
        assert_eq!(without_port("One.localhost:8080"), "One.localhost");
        assert_eq!(without_port("one.localhost"), "one.localhost");
    }
}

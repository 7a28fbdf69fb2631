//! The server: every address of the house in one table, and what every response has in common.

use crate::{
    Locale, addresses,
    answer::{self, Stop},
    assets,
    brand::{self, Brand},
    error::{ErrorPage, Failure},
    network_callback, payments, profile_progress, session,
    sign_in::DemoSignIn,
};
use axum::{
    Router,
    extract::{ConnectInfo, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{AppendHeaders, Html, IntoResponse, Response},
    routing::get,
};
use jiff::tz::TimeZone;
use operations::{
    House, OperationError,
    compare::ComparisonDesk,
    first_access::Address,
    sign_in::{Door, brands},
    usage_desk::UsageDesk,
};
use std::{
    collections::HashMap,
    future::Future,
    net::SocketAddr,
    ops::Deref,
    sync::{Arc, OnceLock, RwLock},
    time::{Duration, Instant},
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
};
use vocabulary::{BrandId, NumberingPlan};

/// What the pages need of the program: cheap to clone, the same for all requests.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Parts {
    /// What operations need.
    pub house: House,
    /// Where usage files are handed in.
    pub desk: UsageDesk,
    /// Where people ask what it would have cost.
    pub comparisons: ComparisonDesk,
    /// The port that is listened on, once it is.
    port: OnceLock<u16>,
    /// What answers, once there is a router.
    pub(crate) addresses: OnceLock<Vec<addresses::Address>>,
    /// How many open pages may still hear of changes.
    pub(crate) listeners: Arc<Semaphore>,
    /// Is the program about to end? Answers that would go on end then too.
    ending: watch::Sender<bool>,
    brands: RwLock<Brands>,
    demo: HashMap<String, Vec<DemoSignIn>>,
}

/// The host names that are known, and when it was asked last whether they changed.
#[derive(Debug)]
struct Brands {
    by_host: HashMap<String, Arc<HostBrand>>,
    state: (i64, i64),
    asked: Instant,
}

/// So many open pages hear of changes at once; those beyond show them when they are opened again.
const MOST_LISTENERS: usize = 2_000;
/// How long another node's change of a brand may stay unseen here.
const FRESH: Duration = Duration::from_secs(1);

/// A host name: whose it is, how it looks and speaks, and how its country counts.
#[derive(Debug)]
pub(crate) struct HostBrand {
    pub(crate) id: BrandId,
    pub(crate) host: String,
    pub(crate) door: Door,
    pub(crate) look: Arc<Brand>,
    pub(crate) languages: Vec<Locale>,
    pub(crate) zone: TimeZone,
    pub(crate) plan: Arc<NumberingPlan>,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Loads the brands of every operator. `desk` has the layouts of usage files and the folder that is watched. `demo` lists the sign-ins that a host's sign-in page offers with one click: none
    /// outside a demonstration.
    ///
    /// # Errors
    /// When the database or an operator's catalogue cannot be read.
    pub async fn new(house: House, desk: UsageDesk, demo: HashMap<String, Vec<DemoSignIn>>) -> Result<Self, OperationError> {
        let comparisons = ComparisonDesk::new(answer::log_fault);
        let brands = RwLock::new(load(&house).await?);
        Ok(Self(Arc::new(Parts {
            house,
            desk,
            comparisons,
            port: OnceLock::new(),
            addresses: OnceLock::new(),
            listeners: Arc::new(Semaphore::new(MOST_LISTENERS)),
            ending: watch::Sender::new(false),
            brands,
            demo,
        })))
    }

    /// The brand of a host name. What another node changed is seen within [`FRESH`].
    pub(crate) async fn brand(&self, host: &str) -> Result<Option<Arc<HostBrand>>, OperationError> {
        let is_due = |brands: &Brands| brands.asked.elapsed() >= FRESH;
        if self.brands.read().is_ok_and(|brands| is_due(&brands)) {
            // One request asks, the others go on with what is known.
            let known = self.brands.write().ok().filter(|brands| is_due(brands)).map(|mut brands| {
                brands.asked = Instant::now();
                brands.state
            });
            if let Some(known) = known
                && operations::brand::state(&self.house).await? != known
            {
                self.brands_changed().await?;
            }
        }
        Ok(self.brands.read().ok().and_then(|brands| brands.by_host.get(host).cloned()))
    }

    /// Hears when the program is about to end.
    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Looks at every brand again.
    pub(crate) async fn brands_changed(&self) -> Result<(), OperationError> {
        let fresh = load(&self.house).await?;
        if let Ok(mut brands) = self.brands.write() {
            *brands = fresh;
        }
        Ok(())
    }

    /// Where the links in mails lead to: the brand's host on the port that this program listens on, or on that of the proxy that
    /// encrypts. What a request says of its port is not believed: who asks for a link is not always who gets it.
    pub(crate) fn links(&self, brand: &HostBrand, headers: &HeaderMap) -> Address {
        let (scheme, port) = match (session::is_secure(headers), self.port.get()) {
            (true, _) => ("https", String::new()),
            (false, Some(port)) if *port != 80 => ("http", format!(":{port}")),
            (false, _) => ("http", String::new()),
        };
        Address { scheme, host: format!("{}{port}", brand.host), brand: brand.host.clone() }
    }

    /// The sign-ins that a demonstration offers at a host.
    pub(crate) fn demo(&self, door: Door) -> Vec<DemoSignIn> {
        let Ok(brands) = self.brands.read() else { return Vec::new() };
        let offered = self.demo.iter().find(|(host, _)| brands.by_host.get(*host).is_some_and(|brand| brand.door == door));
        offered.map(|(_, people)| people.clone()).unwrap_or_default()
    }

    /// Every host name, in order.
    fn hosts(&self) -> Vec<String> {
        let Ok(brands) = self.brands.read() else { return Vec::new() };
        let mut hosts: Vec<String> = brands.by_host.keys().cloned().collect();
        hosts.sort_unstable();
        hosts
    }
}

async fn load(house: &House) -> Result<Brands, OperationError> {
    let asked = Instant::now();
    // Taken first: what changes meanwhile is seen the next time.
    let state = operations::brand::state(house).await?;
    let mut by_host = HashMap::new();
    for found in brands(house).await? {
        let languages: Vec<Locale> = found.languages.iter().filter_map(|tag| tag.parse().ok()).collect();
        let look = Brand { legal: found.legal, ..Brand::of(&found.look, &found.logos, brand::logo_url) };
        let brand = HostBrand {
            id: found.id,
            host: found.host.clone(),
            door: found.door,
            look: Arc::new(look),
            languages: if languages.is_empty() { vec![Locale::French] } else { languages },
            zone: found.zone,
            plan: Arc::new(found.plan),
        };
        by_host.insert(found.host, Arc::new(brand));
    }
    Ok(Brands { by_host, state, asked })
}

/// Every address.
pub fn routes(app: App) -> Router {
    addresses::router(app.clone())
        .route("/assets/{hash}/{name}", get(asset))
        .route("/brand/{hash}/{file}", get(brand_file))
        .route("/healthz", get(healthy))
        .route(network_callback::PATH, network_callback::route())
        .route(payments::callback::OF_OPERATOR, payments::callback::of_operator())
        .route(payments::callback::OF_RESELLER, payments::callback::of_reseller())
        .route(profile_progress::PATH, profile_progress::route())
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(middleware::from_fn_with_state(app.clone(), framed))
        .layer(middleware::from_fn(safe))
        .with_state(app)
}

/// Answers until `shutdown` comes, then ends what was begun.
///
/// # Errors
/// When the listener fails.
pub async fn serve(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    // Only the first listener of an app is known; there is one.
    let _first = app.port.set(listener.local_addr()?.port());
    let ending = app.clone();
    let shutdown = async move {
        shutdown.await;
        ending.ending.send_replace(true);
    };
    let service = routes(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await
}

async fn nothing_here() -> Stop {
    Stop::NOT_FOUND
}

async fn healthy() -> &'static str {
    "ok\n"
}

async fn asset(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(asset) = assets::find(&hash, &name) else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL)),
    ];
    (headers, asset.bytes.as_ref()).into_response()
}

/// What the files of brands may do where somebody opens them by themselves: nothing.
const BRAND_FILE_POLICY: &str = "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox";

/// The style sheet, icon or logo of a brand, under the hash of its content.
async fn brand_file(State(app): State<App>, Path((hash, file)): Path<(String, String)>) -> Response {
    let found = match file.as_str() {
        "logo.png" if hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            match operations::brand::logo_content(&app.house, &hash).await {
                Ok(content) => content.map(|content| ("image/png", content)),
                Err(error) => return Stop::from(error).into_response(),
            }
        }
        file => brand::made(&hash, file).map(|(content_type, body)| (content_type, body.into_bytes())),
    };
    let Some((content_type, body)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(BRAND_FILE_POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL)),
    ];
    (headers, body).into_response()
}

/// Puts the frame of brand and reader around a failure.
async fn framed(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let kept = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| Failure::of_framework(&response));
    let Some(failure) = failure else { return response };
    let status = failure.status();
    let visitor = match session::Visitor::asking(&kept, &app).await {
        Ok(visitor) => visitor,
        Err(answer) if answer.extensions().get::<Failure>().is_some() => return bare(status, &failure),
        Err(nobodys_host) => return nobodys_host,
    };
    let cookie = visitor.cookie.map(|cookie| (header::SET_COOKIE, cookie));
    match answer::html(&ErrorPage { page: visitor.page, failure: failure.clone() }) {
        Ok(page) => (status, AppendHeaders(cookie), page).into_response(),
        Err(_) => bare(status, &failure),
    }
}

/// What is said when not even the frame could be loaded.
fn bare(status: StatusCode, failure: &Failure) -> Response {
    let reference = match failure {
        Failure::Fault { reference } => reference.as_str(),
        _ => "",
    };
    (status, format!("{status} {reference}\n")).into_response()
}

/// Whoever came encrypted once comes so for a year.
const ENCRYPTED_ONLY: &str = "max-age=31536000";

/// What every response says to the browser, whatever it holds.
async fn safe(mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if !peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback()) {
        // Only a proxy on this machine is believed.
        request.headers_mut().remove("x-forwarded-proto");
        request.headers_mut().remove("x-forwarded-for");
    }
    let is_secure = session::is_secure(request.headers());
    let mut response = if names_two_hosts(&request) { two_hosts(request.headers()) } else { next.run(request).await };
    let headers = response.headers_mut();
    if is_secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ENCRYPTED_ONLY));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Pages are somebody's own and change: no proxy keeps them, and no `back` after signing out.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Does a request name two hosts? It could be one brand's to a proxy and another's here (RFC 9112, 3.2).
fn names_two_hosts(request: &Request) -> bool {
    let mut named = request.headers().get_all(header::HOST).iter();
    let (first, second) = (named.next().and_then(|host| host.to_str().ok()), named.next());
    let is_other = |asked: &str, host: &str| !session::without_port(asked).eq_ignore_ascii_case(session::without_port(host));
    let authority = request.uri().authority().map(|asked| asked.as_str());
    second.is_some() || authority.zip(first).is_some_and(|(asked, host)| is_other(asked, host))
}

fn two_hosts(headers: &HeaderMap) -> Response {
    let locale = Locale::accepted(accepted(headers), &Locale::ALL);
    let (title, advice) = (locale.text("error-unreadable"), locale.text("error-unreadable-advice"));
    (StatusCode::BAD_REQUEST, without_brand(locale, title, &format!("<p>{advice}</p>"))).into_response()
}

/// What a host name that nobody owns says; in a demonstration, where to go instead. Elsewhere nobody hears of the other houses.
pub(crate) fn unknown_host(app: &App, headers: &HeaderMap) -> Response {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = &named[session::without_port(named).len()..];
    let scheme = if session::is_secure(headers) { "https" } else { "http" };
    let locale = Locale::accepted(accepted(headers), &Locale::ALL);
    let mut hosts = app.hosts();
    hosts.retain(|host| is_plain(host) && !app.demo.is_empty());
    let links: String =
        hosts.iter().map(|host| format!("<li><a href=\"{scheme}://{host}{port}/\">{host}{port}</a></li>")).collect();
    let list = if links.is_empty() { links } else { format!("<p>{}</p><ul>{links}</ul>", locale.text("unknown-host-others")) };
    (StatusCode::NOT_FOUND, without_brand(locale, locale.text("unknown-host"), &list)).into_response()
}

/// A page of no brand: nobody knows whose it would be.
fn without_brand(locale: Locale, title: &str, rest: &str) -> Html<String> {
    let language = locale.tag();
    Html(format!(
        "<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1>{rest}</html>"
    ))
}

fn accepted(headers: &HeaderMap) -> &str {
    headers.get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok()).unwrap_or_default()
}

/// Nothing else stands in a page without being escaped.
fn is_plain(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_hosts_stand_in_a_page() {
        assert!(is_plain("one.localhost") && !is_plain("<b>"));
    }
}

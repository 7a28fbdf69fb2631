//! The server: every address of the house in one table, and what every response has in common.

use crate::{
    Locale,
    answer::{self, Stop},
    assets,
    brand::{self, Brand, Colour},
    consumption,
    error::{ErrorPage, Failure},
    home, lines, mailbox, mails, preferences, session, sign_in,
    sign_in::DemoSignIn,
    usage,
    usage_files::{self, upload::UPLOAD_TIMEOUT},
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{AppendHeaders, Html, IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use jiff::tz::TimeZone;
use operations::{
    House, OperationError,
    sign_in::{Door, brands},
    usage_desk::UsageDesk,
};
use std::{collections::HashMap, future::Future, ops::Deref, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tower_http::timeout::TimeoutLayer;
use vocabulary::NumberingPlan;

/// No request sends more, in bytes: forms are small.
const LONGEST_BODY: usize = 64 * 1024;
/// No answer takes longer.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

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
    brands: HashMap<String, Arc<HostBrand>>,
    demo: HashMap<String, Vec<DemoSignIn>>,
}

/// A host name: whose it is, how it looks and speaks, and how its country counts.
#[derive(Debug)]
pub(crate) struct HostBrand {
    pub(crate) door: Door,
    pub(crate) look: Arc<Brand>,
    pub(crate) languages: Vec<Locale>,
    pub(crate) zone: TimeZone,
    pub(crate) plan: Arc<NumberingPlan>,
    stylesheet: String,
    icon: String,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Loads the brands of every operator, once. `desk` has the layouts of usage files and the folder that is watched. `demo` lists the sign-ins that a host's sign-in page offers with one click: none
    /// outside a demonstration.
    ///
    /// # Errors
    /// When the database or an operator's catalogue cannot be read.
    pub async fn new(house: House, desk: UsageDesk, demo: HashMap<String, Vec<DemoSignIn>>) -> Result<Self, OperationError> {
        let mut by_host = HashMap::new();
        for found in brands(&house).await? {
            let colour: Colour = found.colour.parse().unwrap_or_else(|error| {
                tracing::warn!(host = found.host, "{error}; the house's own stands in");
                HOUSE_COLOUR.parse().expect("a colour")
            });
            let languages: Vec<Locale> = found.languages.iter().filter_map(|tag| tag.parse().ok()).collect();
            let brand = HostBrand {
                door: found.door,
                look: Arc::new(Brand::new(found.name, colour)),
                languages: if languages.is_empty() { vec![Locale::French] } else { languages },
                zone: found.zone,
                plan: Arc::new(found.plan),
                stylesheet: brand::stylesheet(colour),
                icon: brand::icon(colour),
            };
            by_host.insert(found.host.to_ascii_lowercase(), Arc::new(brand));
        }
        Ok(Self(Arc::new(Parts { house, desk, brands: by_host, demo })))
    }

    /// The brand of a host name.
    pub(crate) fn brand(&self, host: &str) -> Option<Arc<HostBrand>> {
        self.brands.get(host).cloned()
    }

    /// The sign-ins that a demonstration offers at a host.
    pub(crate) fn demo(&self, door: Door) -> Vec<DemoSignIn> {
        let offered = self.demo.iter().find(|(host, _)| self.brands.get(*host).is_some_and(|brand| brand.door == door));
        offered.map(|(_, people)| people.clone()).unwrap_or_default()
    }
}

/// The colour of a brand whose own cannot be read.
pub(crate) const HOUSE_COLOUR: &str = "#1b3a8a";

/// Every address.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/", get(home::get))
        .route("/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/sign-out", post(sign_in::delete))
        .route("/preferences", post(preferences::post))
        .route("/lines", get(lines::list::get))
        .route("/lines/{id}", get(lines::show::get))
        .route("/lines/{id}/offers", get(lines::offers::get))
        .route("/lines/{id}/usage/{reference}", get(usage::show::get))
        .route("/consumption", get(consumption::get))
        .route("/usage-files", get(usage_files::list::get))
        .route("/usage-files/dismissed", post(usage_files::upload::dismiss))
        .route("/usage-files/{id}", get(usage_files::show::get))
        .route("/usage-files/{id}/again", get(usage_files::again::get).post(usage_files::again::post))
        .merge(mailbox::routes().merge(mails::routes()))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, REQUEST_TIMEOUT))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .route("/usage-files", uploads())
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(middleware::from_fn_with_state(app.clone(), framed))
        .route("/assets/{hash}/{name}", get(asset))
        .route("/brand/{hash}/{file}", get(brand_file))
        .route("/healthz", get(healthy))
        .layer(middleware::map_response(safe))
        .with_state(app)
}

/// The one address that takes more than forms, for longer: whoever receives it counts.
fn uploads() -> MethodRouter<App> {
    let timeout = TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, UPLOAD_TIMEOUT);
    let receiving: MethodRouter<App> = post(usage_files::upload::post).layer(DefaultBodyLimit::disable());
    receiving.layer(timeout)
}

/// Answers until `shutdown` comes, then ends what was begun.
///
/// # Errors
/// When the listener fails.
pub async fn serve(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    axum::serve(listener, routes(app)).with_graceful_shutdown(shutdown).await
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

/// The style sheet or icon of a brand's colour, under the hash of its content.
async fn brand_file(State(app): State<App>, Path((hash, file)): Path<(String, String)>) -> Response {
    let address = format!("/brand/{hash}/{file}");
    let named = app.brands.values().find_map(|brand| {
        let stylesheet = (brand.look.stylesheet == address).then(|| ("text/css; charset=utf-8", brand.stylesheet.clone()));
        stylesheet.or_else(|| (brand.look.icon == address).then(|| ("image/svg+xml", brand.icon.clone())))
    });
    let Some((content_type, body)) = named else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL)),
    ];
    (headers, body).into_response()
}

/// Puts the frame of brand and reader around a failure.
async fn framed(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut kept = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(failure) = response.extensions_mut().remove::<Failure>() else { return response };
    let status = response.status();
    let Ok(visitor) = session::Visitor::from_request_parts(&mut kept, &app).await else { return bare(status, &failure) };
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
        Failure::NotFound | Failure::StaleForm => "",
    };
    (status, format!("{status} {reference}\n")).into_response()
}

/// What every response says to the browser, whatever it holds.
async fn safe(mut response: Response) -> Response {
    let headers = response.headers_mut();
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

/// What a host name that nobody owns says: where to go instead.
pub(crate) fn unknown_host(app: &App, headers: &HeaderMap) -> Response {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = &named[session::without_port(named).len()..];
    let scheme = if session::is_secure(headers) { "https" } else { "http" };
    let mut hosts: Vec<&str> = app.brands.keys().map(String::as_str).filter(|host| is_plain(host)).collect();
    hosts.sort_unstable();
    let links: String =
        hosts.iter().map(|host| format!("<li><a href=\"{scheme}://{host}{port}/\">{host}{port}</a></li>")).collect();
    let page = format!(
        "<!doctype html><html lang=\"fr\"><meta charset=\"utf-8\"><title>Cadran</title>\
         <h1>Aucun portail à cette adresse</h1><p>Ce programme répond à ces adresses :</p><ul>{links}</ul></html>"
    );
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

/// Nothing else stands in a page without being escaped.
fn is_plain(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-01: what every response carries, pages and refusals alike.
    #[tokio::test]
    async fn every_response_carries_its_policies() {
        let response = safe(StatusCode::NOT_FOUND.into_response()).await;
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert!(response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("frame-ancestors 'none'"));
        assert!(is_plain("one.localhost") && !is_plain("<b>"));
    }
}

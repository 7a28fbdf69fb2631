//! Where a call goes and what follows from what was dialled, as JSON over HTTP (FIX-17): for softswitches that ask so rather than by SIP.
//! docs/switches.md describes it. The same known hosts may ask, on a listener of its own, which nobody else is answered on.

use crate::{
    connections::accepted,
    known_hosts::KnownHosts,
    sip_redirect::{KnownSwitch, STANDINGS},
    switch_words::word,
};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, CONTENT_TYPE, HeaderValue, ORIGIN},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use operations::{
    switch::{CallAsked, CallDesk, CallTold, DialTold},
    telephony::{Presentation, Standing, Voicemail},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use url::form_urlencoded;

/// So many connections are open at once; one more is closed.
const MOST_CONNECTIONS: usize = 256;
/// The longest head of a request, in bytes.
const MOST_HEAD_BYTES: usize = 16 * 1024;
/// The longest body of a request, in bytes.
const MOST_BODY_BYTES: usize = 4 * 1024;
/// Through so many lines a call has come at most: fewer are a loop already.
const MOST_PASSED: usize = 20;
/// So long a connection may wait for its next request, and a request for its end.
const HEAD_WITHIN: Duration = Duration::from_secs(60);
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// Answers known switches until the future is dropped.
pub async fn serve(desk: Arc<dyn CallDesk>, switches: KnownHosts<Arc<KnownSwitch>>, listener: TcpListener) -> Infallible {
    let open = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let (stream, source) = accepted(&listener).await;
        let Some(switch) = switches.find(source.ip()).cloned() else { continue };
        let Ok(permit) = open.clone().try_acquire_owned() else { continue };
        let desk = desk.clone();
        let service = service_fn(move |request| {
            let (desk, switch) = (desk.clone(), switch.clone());
            async move { Ok::<_, Infallible>(answer(desk.as_ref(), &switch, request).await) }
        });
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(MOST_HEAD_BYTES);
            if let Err(error) = http.serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, %source, "a connection of a switch ended early");
            }
            drop(permit);
        });
    }
}

async fn answer(desk: &dyn CallDesk, switch: &KnownSwitch, request: Request<Incoming>) -> Response<Full<Bytes>> {
    // A browser on a switch's machine asks for whatever page somebody has open there.
    if request.headers().contains_key(ORIGIN) {
        return wrong(StatusCode::FORBIDDEN, "browsers are not answered");
    }
    match (request.uri().path(), request.method()) {
        ("/v1/health", &Method::GET) => told(StatusCode::OK, &json!({ "health": "good" })),
        ("/v1/route", &Method::GET) => route(desk, switch, request.uri().query().unwrap_or_default()).await,
        ("/v1/dial", &Method::POST) => dial(desk, switch, request).await,
        ("/v1/health" | "/v1/route", _) => not_allowed("GET"),
        ("/v1/dial", _) => not_allowed("POST"),
        _ => wrong(StatusCode::NOT_FOUND, "there are /v1/route, /v1/dial and /v1/health"),
    }
}

async fn route(desk: &dyn CallDesk, switch: &KnownSwitch, query: &str) -> Response<Full<Bytes>> {
    let asked = match RouteAsked::read(query) {
        Ok(asked) => asked,
        Err(problem) => return wrong(StatusCode::BAD_REQUEST, &problem),
    };
    let call = CallAsked {
        called: &asked.called,
        standing: asked.standing,
        caller: asked.caller.as_deref(),
        presentation: asked.presentation,
        passed: &asked.passed,
        voicemail: if switch.places.voicemail.is_some() { Voicemail::Yes } else { Voicemail::No },
    };
    match desk.call(switch.operator, call).await {
        Ok(CallTold::NoSuchNumber) => told(StatusCode::NOT_FOUND, &json!({ "call": "no_such_number" })),
        Ok(call) => match serde_json::to_value(&call) {
            Ok(value) => told(StatusCode::OK, &value),
            Err(error) => fault(&error, switch),
        },
        Err(error) => fault(&error, switch),
    }
}

struct RouteAsked {
    called: String,
    standing: Standing,
    caller: Option<String>,
    presentation: Presentation,
    passed: Vec<String>,
}

impl RouteAsked {
    fn read(query: &str) -> Result<Self, String> {
        let mut asked = Self {
            called: String::new(),
            standing: Standing::Free,
            caller: None,
            presentation: Presentation::Shown,
            passed: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "called" => asked.called = value.into_owned(),
                "caller" => asked.caller = Some(value.into_owned()),
                "hidden" if value == "yes" => asked.presentation = Presentation::Hidden,
                "hidden" if value == "no" => asked.presentation = Presentation::Shown,
                "hidden" => return Err("`hidden` is yes or no".to_owned()),
                "passed" if asked.passed.len() == MOST_PASSED => {
                    return Err(format!("`passed` stands here {MOST_PASSED} times at most"));
                }
                "passed" => asked.passed.push(value.into_owned()),
                "standing" => {
                    let found = STANDINGS.iter().find(|(word, _)| *word == value);
                    let words = || STANDINGS.map(|(word, _)| word).join(", ");
                    asked.standing =
                        found.map(|(_, standing)| *standing).ok_or_else(|| format!("`standing` is one of {}", words()))?;
                }
                _ => return Err("there are `called`, `caller`, `hidden`, `standing` and `passed`".to_owned()),
            }
        }
        if asked.called.is_empty() { Err("`called` is missing: a plus is written %2B".to_owned()) } else { Ok(asked) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DialAsked {
    line: String,
    dialled: String,
}

async fn dial(desk: &dyn CallDesk, switch: &KnownSwitch, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let body = tokio::time::timeout(BODY_WITHIN, Limited::new(request.into_body(), MOST_BODY_BYTES).collect()).await;
    let Ok(Ok(body)) = body else {
        return wrong(StatusCode::BAD_REQUEST, &format!("the body is longer than {MOST_BODY_BYTES} bytes, or did not come"));
    };
    let asked: DialAsked = match serde_json::from_slice(&body.to_bytes()) {
        Ok(asked) => asked,
        Err(error) => return wrong(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    match desk.dialled(switch.operator, &asked.line, &asked.dialled).await {
        Ok(DialTold::NoSuchLine) => told(StatusCode::NOT_FOUND, &json!({ "answer": "no-such-line" })),
        Ok(DialTold::Connected(reached)) => {
            told(StatusCode::OK, &json!({ "answer": "connected", "to": reached.to, "shows": reached.shows }))
        }
        Ok(DialTold::Answered { answer, .. }) => told(StatusCode::OK, &json!({ "answer": word(&answer) })),
        Err(error) => fault(&error, switch),
    }
}

fn told(status: StatusCode, value: &Value) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(value.to_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn wrong(status: StatusCode, problem: &str) -> Response<Full<Bytes>> {
    told(status, &json!({ "wrong": problem }))
}

fn not_allowed(method: &'static str) -> Response<Full<Bytes>> {
    let mut response = wrong(StatusCode::METHOD_NOT_ALLOWED, &format!("it is asked with {method}"));
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(method));
    response
}

fn fault(error: &dyn std::error::Error, switch: &KnownSwitch) -> Response<Full<Bytes>> {
    tracing::error!(%error, operator = switch.operator.0, "a switch asked and was not told");
    wrong(StatusCode::INTERNAL_SERVER_ERROR, "it cannot be told now: ask again")
}

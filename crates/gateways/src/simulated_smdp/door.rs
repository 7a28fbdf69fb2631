//! The simulated SM-DP+ as it is reached: HTTP, the JSON of ES2+, and the order in which a call is looked at. It reads and writes the messages by
//! itself, so that a mistake of our client's is seen.

use super::{
    Mood, SimulatedSmdp,
    stock::{Confirm, Profile, Refusal, StockState},
};
use crate::es2plus::{ADMIN_PROTOCOL, BASE};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::CONTENT_TYPE,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use std::{convert::Infallible, future, io};
use tokio::net::TcpListener;
use vocabulary::{ConfirmationCode, Eid, Iccid, MatchingId};

/// The longest request that it reads, in bytes.
const MOST_REQUEST_BYTES: usize = 16 * 1024;

const UNKNOWN_CALLER: Refusal = Refusal("1.1", "1.1", "who asks is not known");
const NOT_WRITTEN: Refusal = Refusal("1.6", "4.2", "the profile cannot be kept");

pub(super) async fn serve(smdp: &SimulatedSmdp, listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let smdp = smdp.clone();
        let service = service_fn(move |request| {
            let smdp = smdp.clone();
            async move { Ok::<_, Infallible>(answer(&smdp, request).await) }
        });
        tokio::spawn(async move {
            // Whoever breaks a connection off harms nobody else.
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, "a connection to the simulated SM-DP+ ended early");
            }
        });
    }
}

async fn answer(smdp: &SimulatedSmdp, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (status, body) = match called(smdp, request).await {
        Ok(body) => (StatusCode::OK, body),
        Err(status) => (status, String::new()),
    };
    let mood = smdp.lock().mood;
    match mood {
        Mood::Prompt => {}
        Mood::Slow(delay) => tokio::time::sleep(delay).await,
        Mood::Silent => future::pending().await,
    }
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("application/json"));
    response.headers_mut().insert(ADMIN_PROTOCOL.0, hyper::header::HeaderValue::from_static(ADMIN_PROTOCOL.1));
    response
}

/// What a call is answered: first what is no call at all, then who asks, then whether it came before, then what it asks for.
async fn called(smdp: &SimulatedSmdp, request: Request<Incoming>) -> Result<String, StatusCode> {
    let function = request.uri().path().strip_prefix(BASE).ok_or(StatusCode::NOT_FOUND)?.to_owned();
    if !["downloadOrder", "confirmOrder", "cancelOrder", "releaseProfile"].contains(&function.as_str()) {
        return Err(StatusCode::NOT_FOUND);
    }
    if request.method() != Method::POST {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    let version = request.headers().get(ADMIN_PROTOCOL.0).and_then(|version| version.to_str().ok());
    if !version.is_some_and(|version| version.starts_with("gsma/rsp/v2.")) {
        return Err(StatusCode::BAD_REQUEST);
    }
    let body = Limited::new(request.into_body(), MOST_REQUEST_BYTES).collect().await;
    let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?.to_bytes();
    let Ok(Value::Object(asked)) = serde_json::from_slice(&body) else { return Err(StatusCode::BAD_REQUEST) };
    let in_header = |field: &str| asked.get("header")?.get(field)?.as_str().map(str::to_owned);
    let (Some(requester), Some(call)) = (in_header("functionRequesterIdentifier"), in_header("functionCallIdentifier")) else {
        return Err(StatusCode::BAD_REQUEST);
    };
    if requester != smdp.settings.requester {
        return Ok(refused(UNKNOWN_CALLER));
    }
    let mut shelf = smdp.lock();
    let key = (requester, call);
    if let Some((before, answer)) = shelf.answers.get(&key) {
        return if *before == function { Ok(answer.clone()) } else { Err(StatusCode::BAD_REQUEST) };
    }
    let decided = decide(smdp, &shelf.stock, &function, &asked);
    let answer = match decided {
        Ok((profile, told)) => match shelf.keep(profile) {
            Ok(()) => executed(told),
            Err(_) => refused(NOT_WRITTEN),
        },
        Err(refusal) => refused(refusal),
    };
    shelf.remember(key, (function, answer.clone()));
    Ok(answer)
}

/// The profile as it is after the call, and what the answer tells beside its header.
fn decide(
    smdp: &SimulatedSmdp,
    stock: &super::stock::Stock,
    function: &str,
    asked: &Map<String, Value>,
) -> Result<(Profile, Value), Refusal> {
    let eid: Option<Eid> = read(asked, "eid", Refusal("8.1.1", "2.1", "the EID is none"))?;
    let matching_id: Option<MatchingId> = read(asked, "matchingId", Refusal("8.2.6", "2.1", "the matching id is none"))?;
    let matching_id = matching_id.map(|id| id.as_str().to_owned());
    let iccid: Option<Iccid> = read(asked, "iccid", Refusal("8.2.1", "2.1", "the ICCID is none"))?;
    if function == "downloadOrder" {
        let profile = stock.order(iccid, asked.get("profileType").and_then(Value::as_str), eid)?;
        let told = json!({ "iccid": profile.iccid });
        return Ok((profile, told));
    }
    let iccid = iccid.ok_or(Refusal("8.2.1", "2.2", "no ICCID is named"))?;
    match function {
        "confirmOrder" => {
            let code: Option<ConfirmationCode> =
                read(asked, "confirmationCode", Refusal("8.2.7", "2.1", "the confirmation code is none"))?;
            let releases = asked.get("releaseFlag").and_then(Value::as_bool);
            let releases = releases.ok_or(Refusal("1.6", "2.2", "no release flag is set"))?;
            let confirmation_code = code.map(|code| code.reveal().to_owned());
            let profile = stock.confirm(Confirm { iccid, eid, matching_id, confirmation_code, releases }, smdp.settings.seed)?;
            let mut told = json!({ "matchingId": profile.matching_id, "smdpAddress": smdp.settings.address.as_str() });
            if let Some(eid) = profile.eid {
                told["eid"] = json!(eid);
            }
            Ok((profile, told))
        }
        "releaseProfile" => Ok((stock.release(iccid)?, json!({}))),
        _ => {
            let leaves = match asked.get("finalProfileStatusIndicator").and_then(Value::as_str) {
                Some("Available") => StockState::Available,
                Some("Unavailable") => StockState::Unavailable,
                _ => return Err(Refusal("1.6", "2.2", "what becomes of the profile is not said")),
            };
            Ok((stock.cancel(iccid, (eid, matching_id.as_deref()), leaves)?, json!({})))
        }
    }
}

/// A field that may be missing or empty, and else has to be right.
fn read<T: std::str::FromStr>(asked: &Map<String, Value>, field: &str, wrong: Refusal) -> Result<Option<T>, Refusal> {
    match asked.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| wrong),
        Some(_) => Err(wrong),
    }
}

fn executed(mut told: Value) -> String {
    told["header"] = json!({ "functionExecutionStatus": { "status": "Executed-Success" } });
    told.to_string()
}

fn refused(Refusal(subject, reason, message): Refusal) -> String {
    json!({ "header": { "functionExecutionStatus": {
        "status": "Failed",
        "statusCodeData": { "subjectCode": subject, "reasonCode": reason, "message": message },
    } } })
    .to_string()
}

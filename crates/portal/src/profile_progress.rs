//! `POST /gsma/rsp2/es2plus/handleDownloadProgressInfo`: what an operator's eSIM profile server tells of profiles on their way (RES-08; SGP.22
//! §6.5.2.5). Machines ask it, not people: who calls back shows the secret that was agreed on, and whose server it is follows from that.

use crate::{answer::log_fault, server::App};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, post},
};
use operations::{
    esim::progress::{self, NotTaken},
    esim_port::MOST_PROGRESS_BYTES,
};
use std::{convert::Infallible, time::Duration};
use tower_http::timeout::TimeoutLayer;

/// Where the standard has it.
pub(crate) const PATH: &str = "/gsma/rsp2/es2plus/handleDownloadProgressInfo";
/// The version of the protocol that is answered in (SGP.22 §6.2).
const ADMIN_PROTOCOL: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-admin-protocol"), HeaderValue::from_static("gsma/rsp/v2.2.2"));
/// No answer takes longer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// What answers there, to bodies that are no longer than any such message.
pub(crate) fn route() -> MethodRouter<App> {
    post(told)
        .layer::<_, Infallible>(DefaultBodyLimit::max(MOST_PROGRESS_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIMEOUT))
}

/// The secret of `Authorization: Bearer SECRET`.
fn secret(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = given.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

async fn told(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let status = match secret(&headers) {
        None => StatusCode::UNAUTHORIZED,
        Some(secret) => match progress::take(&app.house, secret, &body).await {
            Ok(Ok(())) => StatusCode::NO_CONTENT,
            Ok(Err(NotTaken::Stranger)) => StatusCode::UNAUTHORIZED,
            Ok(Err(NotTaken::Message(refusal))) => {
                tracing::warn!(%refusal, "what a profile server tells is not taken");
                StatusCode::BAD_REQUEST
            }
            Ok(Err(NotTaken::NoProfile)) => StatusCode::NOT_FOUND,
            Err(error) => {
                log_fault(&error);
                StatusCode::SERVICE_UNAVAILABLE
            }
        },
    };
    // Said to a machine: no page is put around it.
    (status, [ADMIN_PROTOCOL, (header::CONTENT_TYPE, HeaderValue::from_static("application/json"))]).into_response()
}

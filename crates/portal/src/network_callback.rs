//! `POST /callbacks/networks/{operator}/{network}`: what an operator's host network answers later (PLT-12). Machines ask it, not people: who calls
//! back signs with the secret that was agreed on.

use crate::{answer::log_fault, server::App};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, post},
};
use operations::network_callback::{self, MOST_CALLBACK_BYTES, NotTaken, SIGNATURE};
use std::{convert::Infallible, time::Duration};
use tower_http::timeout::TimeoutLayer;

/// Where it is.
pub(crate) const PATH: &str = "/callbacks/networks/{operator}/{network}";
/// No answer takes longer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// What answers there, to bodies that are no longer than any such message.
pub(crate) fn route() -> MethodRouter<App> {
    post(told)
        .layer::<_, Infallible>(DefaultBodyLimit::max(MOST_CALLBACK_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIMEOUT))
}

async fn told(
    State(app): State<App>,
    Path((operator, network)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok());
    let status = match network_callback::take(&app.house, (&operator, &network), signature, &body).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT,
        Ok(Err(refusal)) => {
            // Both names are whoever's who calls.
            let (operator, network) = (operator.escape_debug().to_string(), network.escape_debug().to_string());
            tracing::warn!(operator, network, %refusal, "what a network tells is not taken");
            match refusal {
                NotTaken::Stranger => StatusCode::UNAUTHORIZED,
                NotTaken::Message(_) => StatusCode::BAD_REQUEST,
                NotTaken::NoWork => StatusCode::NOT_FOUND,
            }
        }
        Err(error) => {
            log_fault(&error);
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    // Said to a machine: no page is put around it.
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))]).into_response()
}

//! `POST /callbacks/payments/{operator}` and `…/{operator}/{reseller}`: what a payment provider tells (BIL-07). Machines ask it, not people: who
//! calls back signs with the key that was agreed on.

use crate::{answer::log_fault, server::App};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    routing::{MethodRouter, post},
};
use operations::{
    OperationError,
    payment_provider::CallbackRefusal,
    payments::{self, Issuer, Taken},
};
use std::{convert::Infallible, time::Duration};
use tower_http::timeout::TimeoutLayer;
use vocabulary::ResellerId;

/// Where it is, of an operator.
pub(crate) const OF_OPERATOR: &str = "/callbacks/payments/{operator}";
/// Where it is, of a reseller that bills its customers.
pub(crate) const OF_RESELLER: &str = "/callbacks/payments/{operator}/{reseller}";
/// No provider tells more at once, in bytes.
const MOST_BYTES: usize = 256 * 1024;
/// No answer takes longer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// What answers of an operator.
pub(crate) fn of_operator() -> MethodRouter<App> {
    limited(post(async |State(app): State<App>, Path(operator): Path<String>, headers: HeaderMap, body: Bytes| {
        told(&app, (&operator, None), &headers, &body).await
    }))
}

/// What answers of a reseller.
pub(crate) fn of_reseller() -> MethodRouter<App> {
    limited(post(
        async |State(app): State<App>, Path((operator, reseller)): Path<(String, i64)>, headers: HeaderMap, body: Bytes| {
            told(&app, (&operator, Some(ResellerId(reseller))), &headers, &body).await
        },
    ))
}

fn limited(route: MethodRouter<App>) -> MethodRouter<App> {
    route
        .layer::<_, Infallible>(DefaultBodyLimit::max(MOST_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, TIMEOUT))
}

async fn told(app: &App, whose: (&str, Option<ResellerId>), headers: &HeaderMap, body: &[u8]) -> StatusCode {
    match take(app, whose, headers, body).await {
        Ok(Ok(taken)) => {
            if taken == Taken::Aside {
                tracing::warn!(operator = whose.0, "what a payment provider tells was set aside: somebody has to look at it");
            }
            StatusCode::OK
        }
        // It is taken and forgotten: told again, it would be no more of ours.
        Ok(Err(CallbackRefusal::NotOurs)) => StatusCode::OK,
        Ok(Err(CallbackRefusal::NotNow(fault))) => {
            tracing::warn!(operator = whose.0, %fault, "what a payment provider tells has to be told again");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Ok(Err(refusal)) => {
            // The name is whoever's who calls.
            let operator = whose.0.escape_debug().to_string();
            tracing::warn!(operator, %refusal, "what a payment provider tells is not taken");
            StatusCode::BAD_REQUEST
        }
        Err(error) => {
            log_fault(&error);
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

async fn take(
    app: &App,
    (operator, reseller): (&str, Option<ResellerId>),
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Result<Taken, CallbackRefusal>, OperationError> {
    let Some(operator) = app.house.store.operator_by_slug(operator).await? else { return Ok(Err(CallbackRefusal::Stranger)) };
    let issuer = Issuer { operator, reseller };
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    payments::take_callback(&app.house, issuer, header, body).await
}

//! `/lines/{id}/telephone/changes`: tells an open page of a line's telephone that somebody changed what is set, by a code on the telephone, on
//! another page, or through another node. It tells that and nothing more: the page then asks for itself, and gets what its reader may see.

use crate::{
    answer::{Stop, log_fault},
    server::App,
    session::Signed,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use futures_util::stream;
use operations::{Actor, House, OperationError};
use serde::Deserialize;
use serde_json::json;
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, watch},
    time::{Instant, sleep, sleep_until},
};
use vocabulary::LineId;

/// A change of another process is seen after so long; one of this process at once.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A page is told for so long; then its browser asks again, and has to be signed in still.
const LONGEST: Duration = Duration::from_secs(60);
/// So long a browser waits before it asks again, in milliseconds.
const ASK_AGAIN: Duration = Duration::from_millis(500);

/// What an open page knows.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    /// The version that it shows.
    seen: Option<i64>,
}

/// Who listens, and what they know.
struct Listener {
    app: App,
    actor: Actor,
    line: LineId,
    seen: i64,
    changes: watch::Receiver<()>,
    ending: watch::Receiver<bool>,
    until: Instant,
    _place: OwnedSemaphorePermit,
}

/// To a browser that takes events: an event `changed` once what is set is not what the page shows. To anybody else: the version that is.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(known): Query<Seen>,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    let line: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    // Whoever changes it after this is heard.
    let changes = app.house.watch_telephones();
    let version = version(&app.house, &signed.actor, line).await?.ok_or(Stop::NOT_FOUND)?;
    let takes_events = headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"text/event-stream"));
    if !takes_events {
        return Ok(([(header::CONTENT_TYPE, "application/json")], json!({ "version": version }).to_string()).into_response());
    }
    let Ok(place) = app.listeners.clone().try_acquire_owned() else { return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response()) };
    let (seen, ending, until) = (known.seen.unwrap_or(version), app.ending(), Instant::now() + LONGEST);
    let listener = Listener { app, actor: signed.actor, line, seen, changes, ending, until, _place: place };
    let first = stream::once(async { Ok::<_, Infallible>(Event::default().retry(ASK_AGAIN)) });
    let events = stream::unfold(Some(listener), |listener| async move {
        let heard = listener?.heard().await?;
        // It is told once: the page that is shown then listens for itself.
        Some((Ok(heard), None))
    });
    Ok(Sse::new(stream::StreamExt::chain(first, events)).into_response())
}

impl Listener {
    /// The event, once there is one; `None` when the time is over, the program ends, or the line is not to be seen any more.
    async fn heard(mut self) -> Option<Event> {
        loop {
            match version(&self.app.house, &self.actor, self.line).await {
                Ok(Some(version)) if version != self.seen => {
                    return Some(Event::default().event("changed").data(version.to_string()));
                }
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(error) => {
                    log_fault(&error);
                    return None;
                }
            }
            tokio::select! {
                changed = self.changes.changed() => changed.ok()?,
                () = sleep(LOOK_EVERY) => {}
                () = sleep_until(self.until) => return None,
                _ = self.ending.wait_for(|ending| *ending) => return None,
            }
        }
    }
}

/// The version of what is set; `None` for who does not see it.
async fn version(house: &House, actor: &Actor, line: LineId) -> Result<Option<i64>, OperationError> {
    Ok(operations::telephony::telephone(house, actor, line).await?.map(|telephone| telephone.kept.version))
}

//! A SIP redirect server (FIX-17; RFC 3261, part 8.3) that asks the port [`CallDesk`] where each call goes, as docs/switches.md describes it.
//!
//! It keeps no state of a call: a request that comes again is answered again (part 8.2.7). It speaks to known hosts only, and a packet that it
//! cannot answer well leaves nothing behind.

mod address;
mod asked;
mod message;
mod rates;
mod redirect;
mod remembered;
mod reply;
mod request;
mod tcp;
#[cfg(test)]
mod tests;
mod udp;
mod via;

use crate::known_hosts::KnownHosts;
use asked::Asked;
use operations::{
    switch::{CallAsked, CallDesk},
    telephony::Voicemail,
};
use rates::Rates;
use remembered::{Known, Remembered};
use reply::{Reply, Status};
use request::Request;
use std::{
    collections::hash_map::RandomState,
    fmt,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use vocabulary::OperatorId;

pub(crate) use asked::STANDINGS;
pub use message::{MOST_HEADERS, MOST_MESSAGE_BYTES, MOST_VIAS};
pub use rates::MOST_PACKETS_A_SECOND;
pub use redirect::Places;
pub use tcp::serve as serve_tcp;
pub use udp::serve as serve_udp;

/// So long an answer is worked at. Whoever asked has asked again by then, and one that comes later keeps others waiting.
const ANSWERED_WITHIN: Duration = Duration::from_secs(8);
/// What it understands.
const METHODS: &str = "INVITE, ACK, CANCEL, OPTIONS";

/// A known switch: whose it is, and where it finds what calls may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSwitch {
    /// Whose lines it asks about.
    pub operator: OperatorId,
    /// Where calls go.
    pub places: Places,
}

/// What is behind the sockets: cheap to share, for all of them one.
pub struct Redirector {
    desk: Arc<dyn CallDesk>,
    switches: KnownHosts<Arc<KnownSwitch>>,
    rates: Mutex<Rates>,
    remembered: Mutex<Remembered>,
    chance: RandomState,
}

impl fmt::Debug for Redirector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirector").field("switches", &self.switches).finish_non_exhaustive()
    }
}

/// An answer, and where it goes over UDP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The machine that asked, at the port that it wants.
    pub target: SocketAddr,
}

/// How a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Alone in its packet.
    Packet,
    /// Cut out of a stream by its length.
    Stream,
}

impl Redirector {
    /// For these switches.
    pub fn new(desk: Arc<dyn CallDesk>, switches: KnownHosts<Arc<KnownSwitch>>) -> Self {
        Self { desk, switches, rates: Mutex::default(), remembered: Mutex::default(), chance: RandomState::new() }
    }

    /// The switch at an address, if it is known and has not sent too much.
    pub fn admits(&self, address: IpAddr) -> Option<Arc<KnownSwitch>> {
        let switch = self.switches.find(address)?;
        let is_within = self.rates.lock().is_ok_and(|mut rates| rates.take(address, Instant::now()));
        is_within.then(|| switch.clone())
    }

    /// The answer to a message of a switch; `None` where there is none to give.
    pub async fn answer(&self, switch: &KnownSwitch, bytes: &[u8], (source, carried): (SocketAddr, Carried)) -> Option<Answered> {
        let message = message::read(bytes).ok()?;
        let request = Request::read(&message)?;
        let target = request.via.target(source);
        let key = request.key(&self.chance, (switch.operator, source));
        let written = |reply: &Reply| Answered { bytes: reply.write(&request, key, source), target };
        let reply = match checked(&request, carried) {
            Err(None) => return None,
            Err(Some(reply)) => *reply,
            Ok(()) if request.method == "CANCEL" => Status::OK.into(),
            Ok(()) if request.method == "OPTIONS" => {
                Reply::from(Status::OK).with("Allow", METHODS).with("Accept", "application/sdp")
            }
            Ok(()) => match asked::read(&request) {
                Err(status) => status.into(),
                Ok(asked) if asked.is_dialled => return self.dialled(switch, &asked, (key, &written)).await,
                Ok(asked) => {
                    let diversions: Vec<&str> = message.values("diversion").collect();
                    self.call(switch, &asked, &diversions).await
                }
            },
        };
        Some(written(&reply))
    }

    async fn call(&self, switch: &KnownSwitch, asked: &Asked, diversions: &[&str]) -> Reply {
        let call = CallAsked {
            called: &asked.called,
            standing: asked.standing,
            caller: asked.caller.as_deref(),
            presentation: asked.presentation,
            passed: &asked.passed,
            voicemail: if switch.places.voicemail.is_some() { Voicemail::Yes } else { Voicemail::No },
        };
        match self.desk.call(switch.operator, call).await {
            Ok(told) => redirect::call(&switch.places, &told, (asked, diversions)),
            Err(error) => {
                tracing::error!(%error, operator = switch.operator.0, "a switch asked where a call goes and was not told");
                Status::SERVER_FAULT.into()
            }
        }
    }

    /// Once, however often it comes.
    async fn dialled(
        &self,
        switch: &KnownSwitch,
        asked: &Asked,
        (key, written): (u64, &(dyn Fn(&Reply) -> Answered + Sync)),
    ) -> Option<Answered> {
        match self.remembered.lock().ok()?.ask(key, Instant::now()) {
            Known::New => {}
            Known::Underway => return None,
            Known::Answered(bytes) => return Some(Answered { bytes, ..written(&Status::OK.into()) }),
        }
        let underway = Underway { remembered: &self.remembered, key };
        let line = asked.caller.as_deref().unwrap_or_default();
        let (reply, is_kept) = match self.desk.dialled(switch.operator, line, &asked.called).await {
            Ok(told) => (redirect::dialled(&switch.places, &told), true),
            Err(error) => {
                tracing::error!(%error, operator = switch.operator.0, "what was dialled on a line came to nothing");
                (Status::SERVER_FAULT.into(), false)
            }
        };
        let answer = written(&reply);
        self.remembered.lock().ok()?.answer(key, is_kept.then_some(&answer.bytes));
        std::mem::forget(underway);
        Some(answer)
    }
}

/// What is being answered; dropped, it was given up, and begins anew when it comes again.
struct Underway<'r> {
    remembered: &'r Mutex<Remembered>,
    key: u64,
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        if let Ok(mut remembered) = self.remembered.lock() {
            remembered.answer(self.key, None);
        }
    }
}

/// What is looked at before anything is asked (part 8.2); no reply where none is due.
fn checked(request: &Request<'_>, carried: Carried) -> Result<(), Option<Box<Reply>>> {
    let refuse = |reply: Reply| Err(Some(Box::new(reply)));
    if request.method == "ACK" {
        return Err(None);
    }
    if !request.is_of_now() {
        return refuse(Status::BAD_VERSION.into());
    }
    let is_whole = match request.message.content_length() {
        Err(message::BadLength) => false,
        Ok(None) => true,
        Ok(Some(length)) => carried == Carried::Stream || length <= request.message.rest_bytes,
    };
    if !is_whole || !request.is_numbered() {
        return refuse(Status::BAD_REQUEST.into());
    }
    if !METHODS.split(", ").any(|known| known == request.method) {
        return refuse(Reply::from(Status::NOT_ALLOWED).with("Allow", METHODS));
    }
    let required: Vec<&str> = request.message.values("require").collect();
    if !required.is_empty() && request.method != "CANCEL" {
        return refuse(Reply::from(Status::BAD_EXTENSION).with("Unsupported", required.join(", ")));
    }
    if request.is_within() && request.method == "INVITE" {
        return refuse(Status::NO_TRANSACTION.into());
    }
    Ok(())
}

//! A host network that is reached through a gateway of ours by HTTP and JSON (PLT-12): the interface of `docs/host-networks.md`, version 1.
//!
//! A call is made once, with all that goes out at that moment, under the keys of the work orders. When to ask again is not decided here. Answers
//! come with the answer to a call, by asking for them every so often, or by the gateway's calling back, which is not this module's
//! (`operations::network_callback`).

mod wire;

pub use crate::{
    http_peer::{Limits, PeerUrlError},
    tls::{ClientIdentity, TlsFiles, TlsSetupError},
};

use crate::{
    http_peer::{Peer, PostFault},
    tls,
};
use hyper::{StatusCode, body::Bytes};
use operations::{
    host_network::{Answer, AnswerId, Asked, HostNetwork, NetworkRequest, Reply, TransportFault},
    mail::Work,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};
use vocabulary::{Timestamp, WorkOrderId};
use wire::{Acknowledged, Answered, Answers, AnswersAsked, Requests, Withdrawals};
use zeroize::Zeroizing;

/// Where the interface stands below the address of a gateway.
const BASE: &str = "/v1/";
/// So many work orders go out in one call: with more, a call takes longer than is waited for it.
const MOST_OF_A_CALL: usize = 500;
/// So many answers are asked for in one call.
const MOST_ANSWERS: usize = 2_000;
/// So many seconds a gateway is left alone that was not reached, or did not answer: who waits for it holds others up.
const LEFT_ALONE_S: i64 = 60;
/// The longest answer that is read, in bytes: some hundreds for each key.
const MOST_ANSWER_BYTES: usize = 2 * 1024 * 1024;

/// How a gateway is spoken to.
#[derive(Clone)]
pub struct HttpNetworkSettings {
    /// Where it listens: `https://gateway.example.org:8443/network`. Without encryption only on this machine.
    pub url: String,
    /// What proves who asks.
    pub secret: Zeroizing<String>,
    /// How long is waited for it.
    pub limits: Limits,
    /// So many seconds lie between two calls that ask for answers; `None` where it calls back.
    pub poll_every_s: Option<i64>,
    /// With which certificates.
    pub tls: TlsFiles,
}

/// Nothing that is secret.
impl fmt::Debug for HttpNetworkSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpNetworkSettings({})", self.url)
    }
}

/// Why a gateway cannot be spoken to, before any call.
#[derive(Debug, thiserror::Error)]
pub enum HttpNetworkSetupError {
    /// Its address.
    #[error("the address of the gateway cannot be used")]
    Url(#[from] PeerUrlError),
    /// The certificates.
    #[error("encryption towards the gateway cannot be set up")]
    Tls(#[from] TlsSetupError),
}

/// A host network behind a gateway.
#[derive(Debug)]
pub struct HttpNetwork {
    peer: Peer,
    poll_every_s: Option<i64>,
    /// Before then it is not asked for answers again.
    next_poll: Mutex<Timestamp>,
    /// Before then it is not called at all.
    alone_until: Mutex<Timestamp>,
}

impl HttpNetwork {
    /// A gateway at an address; it is not spoken to yet.
    ///
    /// # Errors
    /// When its address or the certificates cannot be used.
    pub fn new(settings: HttpNetworkSettings) -> Result<Self, HttpNetworkSetupError> {
        let peer = Peer::new(&settings.url, settings.limits, tls::config(&settings.tls)?)?;
        let peer = peer.with_secret(&settings.secret).reading(MOST_ANSWER_BYTES);
        Ok(Self { peer, poll_every_s: settings.poll_every_s, next_poll: Mutex::default(), alone_until: Mutex::default() })
    }

    async fn call(&self, function: &str, asked: &impl Serialize, now: Timestamp) -> Result<Bytes, TransportFault> {
        if (1..=LEFT_ALONE_S).contains(&lock(&self.alone_until).seconds_since(now)) {
            return Err(TransportFault::NotReached("the gateway did not answer a moment ago".to_owned()));
        }
        let body = serde_json::to_vec(asked).map_err(|error| TransportFault::NotReached(error.to_string()))?;
        let (status, body) = self.peer.post(&format!("{BASE}{function}"), body).await.map_err(|fault| {
            *lock(&self.alone_until) = now.plus_seconds(LEFT_ALONE_S);
            match fault {
                PostFault::NotSent(problem) => TransportFault::NotReached(problem),
                PostFault::Unclear(problem) => TransportFault::Unclear(problem),
            }
        })?;
        understood(status).map(|()| body)
    }

    /// Calls with some keys, and gives each what was said of it; what nothing was said of may come later.
    async fn ask(
        &self,
        function: &str,
        (asked, keys): (impl Serialize, &[WorkOrderId]),
        now: Timestamp,
    ) -> Result<Vec<Asked>, TransportFault> {
        let answered: Answered = read(&self.call(function, &asked, now).await?)?;
        let mut said: HashMap<WorkOrderId, _> = HashMap::with_capacity(keys.len());
        for answer in answered.answers {
            match wire::reply(answer) {
                // Of two answers the one that is over counts, whichever came first.
                Ok((key, reply)) => match said.get(&key) {
                    Some(before) if is_over(before) => {}
                    _ => drop(said.insert(key, reply)),
                },
                Err(problem) => tracing::warn!(gateway = ?self.peer, %problem, "an answer is passed over"),
            }
        }
        Ok(keys.iter().map(|key| said.remove(key).map_or(Asked::Later, Asked::Answered)).collect())
    }

    /// Calls for all of them, some at a time.
    async fn ask_all<T>(
        &self,
        function: &str,
        all: &[T],
        (body, key): (impl Fn(&[T]) -> serde_json::Value, impl Fn(&T) -> WorkOrderId),
        now: Timestamp,
    ) -> Vec<Asked> {
        let mut asked = Vec::with_capacity(all.len());
        for some in all.chunks(MOST_OF_A_CALL) {
            let keys: Vec<WorkOrderId> = some.iter().map(&key).collect();
            match self.ask(function, (body(some), &keys), now).await {
                Ok(came) => asked.extend(came),
                Err(fault) => asked.extend(some.iter().map(|_| Asked::Fault(fault.clone()))),
            }
        }
        asked
    }

    /// Is it time to ask for answers? Then it is not for a while.
    fn is_poll_due(&self, now: Timestamp) -> bool {
        let Some(every_s) = self.poll_every_s else { return false };
        let mut next = lock(&self.next_poll);
        let is_due = *next <= now;
        if is_due {
            *next = now.plus_seconds(every_s);
        }
        is_due
    }

    async fn fetched(&self, most: usize, now: Timestamp) -> Result<Vec<Answer>, TransportFault> {
        let most = most.min(MOST_ANSWERS);
        let came: Answers = read(&self.call("answers", &AnswersAsked { most }, now).await?)?;
        if came.answers.len() == most {
            // There may be more: the next round asks again.
            *lock(&self.next_poll) = Timestamp::EPOCH;
        }
        let (mut answers, mut unread) = (Vec::with_capacity(came.answers.len().min(most)), None);
        for wire::LaterSaid { id, said } in came.answers.into_iter().take(most) {
            match wire::reply(said) {
                Ok((key, reply)) => answers.push(Answer { id: AnswerId(id.into()), key, reply }),
                Err(problem) => unread = unread.or(Some((id, problem))),
            }
        }
        if let Some((id, problem)) = unread {
            // It stays with the gateway, and comes again.
            tracing::warn!(gateway = ?self.peer, answer = id.escape_debug().to_string(), %problem, "this answer at least is passed over");
        }
        Ok(answers)
    }
}

impl HostNetwork for HttpNetwork {
    fn send(&self, requests: Vec<NetworkRequest>, now: Timestamp) -> Work<'_, Vec<Asked>> {
        Box::pin(async move {
            let body = |some: &[NetworkRequest]| serde_json::json!(Requests::of(some));
            self.ask_all("work-orders", &requests, (body, |request: &NetworkRequest| request.key), now).await
        })
    }

    fn withdraw(&self, keys: Vec<WorkOrderId>, now: Timestamp) -> Work<'_, Vec<Asked>> {
        Box::pin(async move {
            let body = |some: &[WorkOrderId]| serde_json::json!(Withdrawals::of(some));
            self.ask_all("withdrawals", &keys, (body, |key: &WorkOrderId| *key), now).await
        })
    }

    fn answers(&self, most: usize, now: Timestamp) -> Work<'_, Result<Vec<Answer>, TransportFault>> {
        Box::pin(async move { if self.is_poll_due(now) { self.fetched(most, now).await } else { Ok(Vec::new()) } })
    }

    fn acknowledge(&self, answers: Vec<AnswerId>) -> Work<'_, Result<(), TransportFault>> {
        Box::pin(async move {
            for some in answers.chunks(MOST_ANSWERS) {
                let ids = some.iter().map(|id| id.0.as_str()).collect();
                // They were fetched a moment ago: whatever hour it is, the gateway is there.
                self.call("acknowledgements", &Acknowledged { ids }, Timestamp::EPOCH).await?;
            }
            Ok(())
        })
    }
}

const fn is_over(reply: &Reply) -> bool {
    matches!(reply, Reply::Done { .. } | Reply::Refused { .. } | Reply::Withdrawn)
}

fn lock(hour: &Mutex<Timestamp>) -> MutexGuard<'_, Timestamp> {
    hour.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a status means: whatever is said before the work is looked at has done nothing.
fn understood(status: StatusCode) -> Result<(), TransportFault> {
    match status {
        StatusCode::OK | StatusCode::NO_CONTENT => Ok(()),
        StatusCode::SERVICE_UNAVAILABLE => Err(TransportFault::NotReached(format!("the gateway answers {status}"))),
        status if status.is_client_error() || status.is_redirection() => {
            Err(TransportFault::NotReached(format!("the gateway answers {status}")))
        }
        status => Err(TransportFault::Unclear(format!("the gateway answers {status}"))),
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, TransportFault> {
    serde_json::from_slice(body).map_err(|error| TransportFault::Unclear(format!("the answer is not understood: {error}")))
}

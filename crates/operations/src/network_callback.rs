//! What host networks answer by calling back (PLT-12), as `docs/host-networks.md` describes it: one answer a message, signed with the secret
//! that was agreed on. What follows from an answer is decided in `lines`, as of one that was fetched.

use crate::{
    House, OperationError,
    host_network::{NoReply, Reply, read_reply},
    life::{Beside, Doer, work_events_beside},
};
use ::lines::WorkEvent;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;
use std::{collections::BTreeMap, fmt};
use store::NewNetworkAnswer;
use vocabulary::{OperatorId, Timestamp, WorkOrderId};
use zeroize::Zeroizing;

/// The header that a message is signed in: `t=1763750000, v1=…`.
pub const SIGNATURE: &str = "cadran-signature";
/// No message is longer, in bytes: it holds one answer.
pub const MOST_CALLBACK_BYTES: usize = 16 * 1024;
/// No secret is shorter, in bytes: what is shorter is guessed.
pub const SHORTEST_SECRET: usize = 24;
/// So many seconds may lie between the hour of a signature and ours, either way.
const WINDOW_S: i64 = 300;
/// No network's name for an answer is longer, in bytes.
const LONGEST_ID: usize = 100;
/// So many bytes has a signature.
const SIGNATURE_BYTES: usize = 32;
/// What a message of nobody is checked with, so that it takes as long as any other.
const NOBODYS_SECRET: &[u8] = b"a secret that no network has";

/// The networks that call back: by the operator's name and the network's id, whose it is and the secret.
#[derive(Clone, Default)]
pub struct NetworkCallbacks(BTreeMap<(String, String), Caller>);

/// Whose network it is, and its secret.
#[derive(Clone)]
struct Caller {
    operator: OperatorId,
    secret: Zeroizing<Vec<u8>>,
}

/// A secret that is too short to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret of a network's call-backs is shorter than {SHORTEST_SECRET} bytes: take a longer one, by chance")]
pub struct ShortSecret;

impl NetworkCallbacks {
    /// Adds a network, by the name of its operator and its own id in the catalogue.
    ///
    /// # Errors
    /// When the secret is too short.
    pub fn with(mut self, operator: (&str, OperatorId), network: &str, secret: &str) -> Result<Self, ShortSecret> {
        if secret.len() < SHORTEST_SECRET {
            return Err(ShortSecret);
        }
        let (name, id) = operator;
        let caller = Caller { operator: id, secret: Zeroizing::new(secret.as_bytes().to_vec()) };
        self.0.insert((name.to_owned(), network.to_owned()), caller);
        Ok(self)
    }
}

/// Nothing that is secret.
impl fmt::Debug for NetworkCallbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Why what a network tells is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Nobody of that name calls back, or the signature is not theirs, or not of now.
    #[error("the message is not signed by a network that calls back, or not within the last five minutes")]
    Stranger,
    /// It is no such message.
    #[error("the message is not understood: {0}")]
    Message(String),
    /// The network was not asked for any such thing.
    #[error("the network was not asked under this key")]
    NoWork,
}

/// A message.
#[derive(Deserialize)]
struct Message {
    id: String,
    key: String,
    reply: String,
    number: Option<String>,
    reason: Option<String>,
}

/// Takes what a network tells. What comes twice changes nothing.
///
/// # Errors
/// When the database fails: then it has to be told again.
pub async fn take(
    house: &House,
    (operator, network): (&str, &str),
    signature: Option<&str>,
    body: &[u8],
) -> Result<Result<(), NotTaken>, OperationError> {
    let known = house.network_callbacks.0.get(&(operator.to_owned(), network.to_owned()));
    let secret = known.map_or(NOBODYS_SECRET, |caller| caller.secret.as_slice());
    let is_signed = is_signed(secret, signature.unwrap_or_default(), body, house.clock.now().seconds_since(Timestamp::EPOCH));
    let Some(operator) = known.filter(|_| is_signed).map(|caller| caller.operator) else {
        return Ok(Err(NotTaken::Stranger));
    };
    let (id, (work, reply)) = match read(body) {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if house.store.works_of(operator, network, &[work]).await?.is_empty() {
        return Ok(Err(NotTaken::NoWork));
    }
    let answer = NewNetworkAnswer { operator, network, answer: &id, work, taken: house.clock.now() };
    let beside = Beside { answer: Some(&answer), ..Beside::default() };
    work_events_beside(house, Doer::Program(operator), &[(work, WorkEvent::Answer(reply))], &beside).await?;
    Ok(Ok(()))
}

fn read(body: &[u8]) -> Result<(String, (WorkOrderId, Reply)), NotTaken> {
    let message = |problem: String| NotTaken::Message(problem);
    if body.len() > MOST_CALLBACK_BYTES {
        return Err(message(format!("it is longer than {MOST_CALLBACK_BYTES} bytes")));
    }
    let told: Message = serde_json::from_slice(body).map_err(|error| message(error.to_string()))?;
    if told.id.is_empty() || told.id.len() > LONGEST_ID {
        return Err(message(format!("`id` is empty or longer than {LONGEST_ID} bytes")));
    }
    let said = read_reply(&told.key, &told.reply, (told.number.as_deref(), told.reason.as_deref()));
    Ok((told.id, said.map_err(|problem: NoReply| message(problem.to_string()))?))
}

/// Was the body signed with the secret, not long ago? What is compared takes as long whatever is wrong.
fn is_signed(secret: &[u8], signature: &str, body: &[u8], now_s: i64) -> bool {
    let part = |name: &str| signature.split(',').find_map(|part| part.trim().strip_prefix(name)).unwrap_or_default();
    let (at, given) = (part("t="), hex(part("v1=")));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(body);
    let is_theirs = mac.verify_slice(&given.unwrap_or_default()).is_ok();
    let is_of_now = at.parse::<i64>().is_ok_and(|at| at.abs_diff(now_s) <= WINDOW_S.unsigned_abs());
    is_theirs && is_of_now
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != SIGNATURE_BYTES * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..SIGNATURE_BYTES).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()).collect()
}

/// The signature of a body at an hour in seconds, as a gateway writes it.
pub fn signature(secret: &str, body: &[u8], at_s: i64) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(format!("{at_s}.").as_bytes());
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at_s}, v1={hex}")
}

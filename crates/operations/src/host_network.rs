//! What a host network is asked, and the port through which it is (PLT-12).
//!
//! A [`NetworkRequest`] goes out under its work order's id. The network may answer at once, later, twice, or never; whoever asks it keeps that
//! in the work order (`lines::work_order`), which also says when to ask again. The port does not: it speaks once and says what came of it.
//! Requests go in batches, because all that changes on the first of a month goes out at once.

use crate::mail::Work;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, sync::Arc};
use vocabulary::{E164, Iccid, Imsi, LineId, OperatorId, Timestamp, WorkOrderId};

pub use catalog::{Capping, Service as ServiceKind};
pub use lines::{Action, Chance, HeldOption, Reply, Service};

/// What a network is asked to do for a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRequest {
    /// The work order's id: the network does a key once, however often it is asked.
    pub key: WorkOrderId,
    /// Whose line it is.
    pub operator: OperatorId,
    /// Which network, by its id in the operator's catalogue.
    pub network: CompactString,
    /// The line, by which the network names it to us.
    pub line: LineId,
    /// What it has to do. Offer and options stand in it where it is about them.
    pub action: Action,
    /// What it knows the line by.
    pub facts: LineFacts,
}

/// What a network knows a line by, beside our own id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    /// What the line is for: where the network gives numbers, their length follows from it (MOB-10).
    #[serde(with = "kind_word")]
    pub kind: ServiceKind,
    /// Its SIM, or the one that it begins with.
    pub sim: Option<SimFacts>,
    /// The SIM that is to take its place.
    pub next_sim: Option<SimFacts>,
    /// Its number; `None` while the network has still to give it.
    pub number: Option<E164>,
}

/// The kind of a service as its word in files.
mod kind_word {
    use super::ServiceKind;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(kind: &ServiceKind, serializer: S) -> Result<S::Ok, S::Error> {
        kind.as_str().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ServiceKind, D::Error> {
        let word = String::deserialize(deserializer)?;
        let found = ServiceKind::WORDS.into_iter().find(|(known, _)| *known == word);
        found.map(|(_, kind)| kind).ok_or_else(|| D::Error::custom(format!("`{word}` is no service")))
    }
}

/// What a network knows a SIM by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimFacts {
    /// Its serial number.
    pub iccid: Iccid,
    /// The identity that signs in to the network, where the maker's batch told it.
    pub imsi: Option<Imsi>,
}

/// What came of one request, or of asking to forget one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The network answered at once.
    Answered(Reply),
    /// It says nothing yet: an answer may come among [`HostNetwork::answers`], or never.
    Later,
    /// It could not be asked.
    Fault(TransportFault),
}

/// Why a network could not be asked. Asking again under the same key does no harm after either.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportFault {
    /// Nothing reached it.
    #[error("the network is not reached: {0}")]
    NotReached(String),
    /// It may have been asked: the connection ended, or what came back is no answer.
    #[error("the network may have been asked, and its answer is not known: {0}")]
    Unclear(String),
}

/// An answer that came later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it is acknowledged by.
    pub id: AnswerId,
    /// Which request it is about.
    pub key: WorkOrderId,
    /// What the network says.
    pub reply: Reply,
}

/// The network's name for an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnswerId(pub CompactString);

/// So many signs of a network's reason are kept.
const LONGEST_REASON: usize = 100;

/// Why what a gateway says of a key is nothing that a network says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReply {
    /// The key.
    #[error("`key` is not one of ours: digits in quotes")]
    Key,
    /// The word.
    #[error("`reply` is none of accepted, done, refused, busy and withdrawn")]
    Word,
    /// The number that it gave.
    #[error("`number` is not written as +33639980011")]
    Number,
}

/// What a gateway says of a key, by its words: the key, the reply, and for some of them a number or a reason.
///
/// # Errors
/// When it is nothing that a network says.
pub fn read_reply(
    key: &str,
    word: &str,
    (number, reason): (Option<&str>, Option<&str>),
) -> Result<(WorkOrderId, Reply), NoReply> {
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    let key = key.parse().ok().filter(|_| is_key).map(WorkOrderId).ok_or(NoReply::Key)?;
    let reply = match word {
        "accepted" => Reply::Accepted,
        "done" => {
            let number = number.filter(|number| !number.is_empty()).map(str::parse);
            Reply::Done { number: number.transpose().map_err(|_| NoReply::Number)? }
        }
        "refused" => {
            let reason = reason.unwrap_or_default().chars().map(|sign| if sign.is_control() { ' ' } else { sign });
            Reply::Refused { reason: reason.take(LONGEST_REASON).collect() }
        }
        "busy" => Reply::Busy,
        "withdrawn" => Reply::Withdrawn,
        _ => return Err(NoReply::Word),
    };
    Ok((key, reply))
}

/// The most requests that are handed to [`HostNetwork::send`] and the most answers that are fetched in one go.
pub const MOST_OF_A_BATCH: usize = 5_000;

/// A way to a host network.
pub trait HostNetwork: Send + Sync + fmt::Debug {
    /// Asks for work: one [`Asked`] a request, in their order.
    fn send(&self, requests: Vec<NetworkRequest>, now: Timestamp) -> Work<'_, Vec<Asked>>;

    /// Asks to forget keys: one [`Asked`] a key, in their order. The answer to one is [`Reply::Withdrawn`], or how the request ended before.
    fn withdraw(&self, keys: Vec<WorkOrderId>, now: Timestamp) -> Work<'_, Vec<Asked>>;

    /// Fetches answers that are there and not [acknowledged](HostNetwork::acknowledge), the oldest first, at most so many. Until it is
    /// acknowledged, an answer comes again with each call.
    fn answers(&self, most: usize, now: Timestamp) -> Work<'_, Result<Vec<Answer>, TransportFault>>;

    /// Says that answers were saved, so that they need not come again. One that is not known is passed over.
    fn acknowledge(&self, answers: Vec<AnswerId>) -> Work<'_, Result<(), TransportFault>>;
}

/// The host networks of every operator.
#[derive(Clone, Debug, Default)]
pub struct HostNetworks(BTreeMap<(OperatorId, CompactString), Arc<dyn HostNetwork>>);

impl HostNetworks {
    /// Adds the way to an operator's network, named as in its catalogue. The last one counts.
    #[must_use]
    pub fn with(mut self, operator: OperatorId, network: &str, port: Arc<dyn HostNetwork>) -> Self {
        self.0.insert((operator, network.into()), port);
        self
    }

    /// The way to a network; `None` where nothing leads to it.
    pub fn find(&self, operator: OperatorId, network: &str) -> Option<&Arc<dyn HostNetwork>> {
        self.0.get(&(operator, network.into()))
    }

    /// Each operator's networks, by operator and id.
    pub fn iter(&self) -> impl Iterator<Item = (OperatorId, &str, &Arc<dyn HostNetwork>)> {
        self.0.iter().map(|((operator, network), port)| (*operator, network.as_str(), port))
    }
}

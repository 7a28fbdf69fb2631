//! The messages of `docs/host-networks.md`, version 1. They are this module's own, so that what the program keeps may change and they do not.

use operations::host_network::{Action, Capping, NetworkRequest, NoReply, Reply, Service, SimFacts, read_reply};
use serde::{Deserialize, Serialize};
use vocabulary::WorkOrderId;

/// `POST /v1/work-orders`.
#[derive(Debug, Serialize)]
pub(super) struct Requests<'r> {
    requests: Vec<Request<'r>>,
}

#[derive(Debug, Serialize)]
struct Request<'r> {
    key: String,
    network: &'r str,
    line: String,
    action: &'static str,
    kind: &'static str,
    sim: Option<Sim>,
    next_sim: Option<Sim>,
    number: Option<String>,
    service: Option<Services<'r>>,
}

#[derive(Debug, Serialize)]
struct Sim {
    iccid: String,
    imsi: Option<String>,
}

#[derive(Debug, Serialize)]
struct Services<'r> {
    offer: &'r str,
    capping: &'static str,
    options: Vec<&'r str>,
    cutoffs: Vec<Cutoff<'r>>,
}

#[derive(Debug, Serialize)]
struct Cutoff<'r> {
    cutoff: &'r str,
    value: i64,
}

impl<'r> Requests<'r> {
    pub(super) fn of(requests: &'r [NetworkRequest]) -> Self {
        Self { requests: requests.iter().map(request).collect() }
    }
}

fn request(request: &NetworkRequest) -> Request<'_> {
    let (action, service) = match &request.action {
        Action::Activate { service, .. } => ("activate", Some(service)),
        Action::Modify { service } => ("modify", Some(service)),
        Action::Suspend => ("suspend", None),
        Action::Reactivate => ("reactivate", None),
        Action::SwapSim { .. } => ("swap-sim", None),
        Action::End => ("end", None),
    };
    let facts = &request.facts;
    let sim = |facts: &SimFacts| Sim { iccid: facts.iccid.to_string(), imsi: facts.imsi.as_ref().map(ToString::to_string) };
    Request {
        key: request.key.0.to_string(),
        network: &request.network,
        line: request.line.0.to_string(),
        action,
        kind: facts.kind.as_str(),
        sim: facts.sim.as_ref().map(sim),
        next_sim: facts.next_sim.as_ref().map(sim),
        number: facts.number.map(|number| number.to_string()),
        service: service.map(services),
    }
}

fn services(service: &Service) -> Services<'_> {
    Services {
        offer: &service.offer,
        capping: match service.capping {
            Capping::Capped => "capped",
            Capping::Uncapped => "uncapped",
        },
        options: service.options.iter().map(|held| held.option.as_str()).collect(),
        cutoffs: service.cutoffs.iter().map(|(cutoff, value)| Cutoff { cutoff, value: *value }).collect(),
    }
}

/// `POST /v1/withdrawals`.
#[derive(Debug, Serialize)]
pub(super) struct Withdrawals {
    keys: Vec<String>,
}

impl Withdrawals {
    pub(super) fn of(keys: &[WorkOrderId]) -> Self {
        Self { keys: keys.iter().map(|key| key.0.to_string()).collect() }
    }
}

/// The answer to both: what the network says at once.
#[derive(Debug, Deserialize)]
pub(super) struct Answered {
    pub(super) answers: Vec<Said>,
}

/// `POST /v1/answers`.
#[derive(Debug, Serialize)]
pub(super) struct AnswersAsked {
    pub(super) most: usize,
}

/// The answer to it: what the network said since.
#[derive(Debug, Deserialize)]
pub(super) struct Answers {
    pub(super) answers: Vec<LaterSaid>,
}

#[derive(Debug, Deserialize)]
pub(super) struct LaterSaid {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) said: Said,
}

/// `POST /v1/acknowledgements`.
#[derive(Debug, Serialize)]
pub(super) struct Acknowledged<'a> {
    pub(super) ids: Vec<&'a str>,
}

/// What a network says of a key.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    key: String,
    reply: String,
    number: Option<String>,
    reason: Option<String>,
}

/// The key and the reply, or what is wrong with them.
pub(super) fn reply(said: Said) -> Result<(WorkOrderId, Reply), NoReply> {
    read_reply(&said.key, &said.reply, (said.number.as_deref(), said.reason.as_deref()))
}

//! One host network of the file of peers: through a gateway by HTTP, or simulated.

use super::{Peers, section::Section};
use crate::demo::networks;
use gateways::{
    http_network::{HttpNetwork, HttpNetworkSettings, Limits},
    simulated_network::Manners,
};
use operations::{House, host_network::HostNetwork};
use std::{collections::BTreeSet, error::Error, sync::Arc, time::Duration};
use vocabulary::OperatorId;
use zeroize::Zeroizing;

/// The fields that name a secret: one that stands here, which it may not, and those that say where it is.
const SECRET: [&str; 3] = ["secret", "secret_file", "secret_env"];
const CALLBACK_SECRET: [&str; 3] = ["callback_secret", "callback_secret_file", "callback_secret_env"];
/// How long a gateway is waited for where nothing is said.
const USUAL: Limits = Limits { connect: Duration::from_secs(5), answer: Duration::from_secs(20) };
/// The longest pause between two calls that ask for answers, in seconds.
const LONGEST_POLL_S: u64 = 3_600;

#[derive(Clone, Copy)]
enum Adapter {
    Http,
    Simulated,
}

type Named = (String, OperatorId);

/// Adds what the section names.
pub(super) async fn read(
    house: &House,
    (operator, mut section): (Option<Named>, Section<'_>),
    (mut peers, seen): (Peers, &mut BTreeSet<Named>),
) -> anyhow::Result<Peers> {
    let network = section.needed("network");
    let adapter = section.choice("adapter", &[("http", Adapter::Http), ("simulated", Adapter::Simulated)]);
    let named = operator.zip(network);
    if let Some(((name, id), network)) = &named {
        let catalog = house.catalog(*id).await?;
        if catalog.version_at(house.clock.now()).networks.find(network).is_none() {
            section.fault("network", &format!("`{network}` is none of the catalogue of {name}"));
        }
        if !seen.insert((network.clone(), *id)) {
            section.fault("network", &format!("`{network}` of {name} stands here twice"));
        }
    }
    let callback = section.secret(CALLBACK_SECRET);
    let port = match adapter {
        Some(Adapter::Http) => http(&mut section, callback.as_ref()),
        Some(Adapter::Simulated) => simulated(house, &named, &mut section).await?,
        // Fields of an adapter that nobody knows are not looked at.
        None => return Ok(peers),
    };
    if let (Some(((name, id), network)), Some(port)) = (named, port) {
        peers.networks = peers.networks.with(id, &network, port);
        if let Some(secret) = callback {
            match peers.callbacks.clone().with((&name, id), &network, &secret) {
                Ok(known) => peers.callbacks = known,
                Err(short) => section.secret_fault(CALLBACK_SECRET[0], &short.to_string()),
            }
        }
    }
    section.finish();
    Ok(peers)
}

fn http(section: &mut Section<'_>, callback: Option<&Zeroizing<String>>) -> Option<Arc<dyn HostNetwork>> {
    let url = section.needed("url");
    let secret = section.secret(SECRET);
    if !section.names(SECRET[0]) {
        section.fault(SECRET[1], "is missing, and so is `secret_env`: the gateway has to know who asks");
    }
    if secret.is_some() && secret.as_ref() == callback {
        section.secret_fault(CALLBACK_SECRET[0], "is the secret of our calls: whoever answers has another");
    }
    let limits = section.limits(USUAL);
    if !section.has("poll_every") && !section.names(CALLBACK_SECRET[0]) {
        section.fault("poll_every", "is missing, and so is `callback_secret_file`: what is answered later would never be heard");
    }
    let poll_every_s = section.seconds("poll_every", LONGEST_POLL_S).and_then(|seconds| i64::try_from(seconds).ok());
    let tls = section.tls();
    let settings = HttpNetworkSettings { url: url?, secret: secret.unwrap_or_default(), limits, poll_every_s, tls };
    match HttpNetwork::new(settings) {
        Ok(network) => Some(Arc::new(network)),
        Err(error) => {
            section.fault("url", &error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}")));
            None
        }
    }
}

async fn simulated(
    house: &House,
    named: &Option<(Named, String)>,
    section: &mut Section<'_>,
) -> anyhow::Result<Option<Arc<dyn HostNetwork>>> {
    let manners = section.choice("manners", &[("prompt", Manners::PROMPT), ("lifelike", Manners::LIFELIKE)]);
    let memory = section.needed("memory");
    let (Some(manners), Some(memory), Some(((_, id), network))) = (manners, memory, named) else { return Ok(None) };
    let path = section.beside(&memory);
    let catalog = house.catalog(*id).await?;
    let version = catalog.version_at(house.clock.now());
    let Some(ix) = version.networks.find(network) else { return Ok(None) };
    let known = (network.as_str(), version.networks.get(ix));
    match networks::simulated(house, *id, known, (&path, manners)).await {
        Ok(port) => Ok(Some(port)),
        Err(error) => {
            section.fault("memory", &format!("{error:#}"));
            Ok(None)
        }
    }
}

//! Whom the program speaks to beside people: the operators' host networks, eSIM profile servers and payment providers, as a file of settings
//! names them (PLT-12, MOB-52, BIL-07). Everything that is wrong in it is said in one pass.

mod network;
mod payment_provider;
mod profile_server;
pub(crate) mod section;

use anyhow::{Context, bail};
use operations::{
    House, host_network::HostNetworks, network_callback::NetworkCallbacks, payment_provider::PaymentProviders,
    profile_servers::ProfileServers,
};
use section::{Faults, Section};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use vocabulary::OperatorId;

/// The tables that the file may have, each any number of times.
const NETWORK: &str = "host-network";
const PROFILE_SERVER: &str = "profile-server";
const PAYMENT_PROVIDER: &str = "payment-provider";

/// Where the settings are.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct PeersArguments {
    /// The file of the host networks, eSIM profile servers and payment providers that are spoken to: docs/host-networks.md, docs/payments.md
    #[arg(long, env = "CADRAN_PEERS", value_name = "FILE")]
    peers: Option<PathBuf>,
}

/// The ways to them.
#[derive(Debug, Default)]
pub(crate) struct Peers {
    pub(crate) networks: HostNetworks,
    pub(crate) callbacks: NetworkCallbacks,
    pub(crate) profile_servers: ProfileServers,
    pub(crate) payment_providers: PaymentProviders,
}

impl PeersArguments {
    /// The ways that the file names; none without a file. Nobody is spoken to yet.
    pub(crate) async fn open(&self, house: &House) -> anyhow::Result<Peers> {
        let Some(path) = &self.peers else { return Ok(Peers::default()) };
        let text = fs::read_to_string(path).with_context(|| format!("peers `{}` cannot be read", path.display()))?;
        let tables: toml::Table = text.parse().with_context(|| format!("peers `{}` cannot be read as TOML", path.display()))?;
        let mut faults = Faults::default();
        let peers = read(house, path.parent().unwrap_or(Path::new(".")), tables, &mut faults).await?;
        let faults = faults.into_lines();
        if faults.is_empty() {
            return Ok(peers);
        }
        bail!("peers `{}` have {} mistakes:\n{}", path.display(), faults.len(), faults.join("\n"))
    }
}

/// The operators of the database that were asked for, by name.
#[derive(Default)]
pub(crate) struct Operators(BTreeMap<String, Option<OperatorId>>);

impl Operators {
    /// The operator that a section names, which has to be there.
    pub(crate) async fn named(
        &mut self,
        house: &House,
        section: &mut Section<'_>,
    ) -> anyhow::Result<Option<(String, OperatorId)>> {
        let Some(name) = section.needed("operator") else { return Ok(None) };
        if !self.0.contains_key(&name) {
            let found = house.store.operator_by_slug(&name).await?;
            self.0.insert(name.clone(), found);
        }
        let found = self.0.get(&name).copied().flatten();
        if found.is_none() {
            section.fault("operator", &format!("`{name}` is not in this database"));
        }
        Ok(found.map(|id| (name, id)))
    }
}

async fn read(house: &House, folder: &Path, mut tables: toml::Table, faults: &mut Faults) -> anyhow::Result<Peers> {
    let (mut peers, mut operators) = (Peers::default(), Operators::default());
    let (mut networks, mut servers, mut providers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for table in sections(&mut tables, NETWORK, faults) {
        let mut section = Section::new((NETWORK, table), folder, faults);
        let operator = operators.named(house, &mut section).await?;
        peers = network::read(house, (operator, section), (peers, &mut networks)).await?;
    }
    for table in sections(&mut tables, PROFILE_SERVER, faults) {
        let mut section = Section::new((PROFILE_SERVER, table), folder, faults);
        let operator = operators.named(house, &mut section).await?;
        peers = profile_server::read((operator, section), (peers, &mut servers));
    }
    for table in sections(&mut tables, PAYMENT_PROVIDER, faults) {
        let mut section = Section::new((PAYMENT_PROVIDER, table), folder, faults);
        let operator = operators.named(house, &mut section).await?;
        peers = payment_provider::read((operator, section), (peers, &mut providers));
    }
    for unknown in tables.keys() {
        faults.add(&format!("`{unknown}` is none of [[{NETWORK}]], [[{PROFILE_SERVER}]] and [[{PAYMENT_PROVIDER}]]"));
    }
    Ok(peers)
}

/// The tables of a kind, each with its place from 1.
pub(crate) fn sections(tables: &mut toml::Table, kind: &str, faults: &mut Faults) -> Vec<(usize, toml::Table)> {
    let list = match tables.remove(kind) {
        None => return Vec::new(),
        Some(toml::Value::Array(list)) => list,
        Some(_) => {
            faults.add(&format!("`{kind}` is no list of tables: write [[{kind}]]"));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for (place, value) in (1..).zip(list) {
        match value {
            toml::Value::Table(table) => found.push((place, table)),
            _ => faults.add(&format!("[[{kind}]] {place} is no table")),
        }
    }
    found
}

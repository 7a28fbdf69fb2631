//! The host networks of the demo, within the program: slow as real ones are, now and then refusing, silent or doubtful. What they were told they
//! keep in files of their own, so that they still know it when the program begins anew.

use anyhow::Context;
use catalog::{Catalog, Network, Service};
use gateways::simulated_network::{Manners, NetworkSettings, NumberBlock, SimulatedNetwork, Subscription, SubscriptionState};
use operations::{
    House, Scope,
    host_network::{HostNetwork, HostNetworks, SimFacts},
};
use std::{fs, path::Path, sync::Arc};
use store::LineInService;
use vocabulary::{E164, LineId, OperatorId};

/// What their chance follows from.
const SEED: u64 = 2_026;
/// How many lines are told at once.
const LINES_AT_ONCE: u32 = 5_000;
/// Numbers that a network gives itself, for services with 10 and with 14 digits: where no line of the demo has one.
const FIRST_SHORT: u64 = 33_729_000_000;
const FIRST_LONG: u64 = 337_009_985_000_000;
const COUNT: u64 = 100_000;

/// How networks behave in a small demo: whoever tries something out, or tests it, waits some seconds and never an hour for what was lost.
pub(super) const HASTY: Manners = Manners { refusing: 0, silent: 0, busy: 0, breaking: 0, longest_s: 5, ..Manners::LIFELIKE };

/// How they behave in a demo.
pub(super) const SLOW: Manners = Manners::LIFELIKE;

/// A network for each of each catalogue, with the lines that it has already.
pub(super) async fn open(
    house: &House,
    catalogs: &[Catalog],
    (folder, manners): (&Path, Manners),
) -> anyhow::Result<HostNetworks> {
    fs::create_dir_all(folder).with_context(|| format!("folder `{}` cannot be made", folder.display()))?;
    let mut networks = HostNetworks::default();
    for catalog in catalogs {
        let Some(operator) = house.store.operator_by_slug(&catalog.operator.id).await? else { continue };
        let version = catalog.version_at(house.clock.now());
        for (ix, network) in version.networks.iter() {
            let id = version.networks.id(ix);
            let file = folder.join(format!("{}-{id}.jsonl", catalog.operator.id));
            networks = networks.with(operator, id, simulated(house, operator, (id, network), (&file, manners)).await?);
        }
    }
    Ok(networks)
}

/// A network within the program, by its id, with what it remembers in a file and the lines that it has already.
pub(crate) async fn simulated(
    house: &House,
    operator: OperatorId,
    (id, network): (&str, &Network),
    (file, manners): (&Path, Manners),
) -> anyhow::Result<Arc<dyn HostNetwork>> {
    let block = |kind: Service| {
        let first = if network.digits_of(kind)? > 10 { FIRST_LONG } else { FIRST_SHORT };
        Some(NumberBlock { kind, first: E164::from_digits(first)?, count: COUNT })
    };
    let blocks = Service::WORDS.into_iter().filter_map(|(_, kind)| block(kind)).collect();
    let port = SimulatedNetwork::open(NetworkSettings { seed: SEED, manners, blocks }, file)?;
    tell(house, operator, (id, &port)).await?;
    Ok(Arc::new(port))
}

/// Tells a network which lines it has.
async fn tell(house: &House, operator: OperatorId, (id, port): (&str, &SimulatedNetwork)) -> anyhow::Result<()> {
    let scoped = house.store.scoped(Scope::operator(operator));
    let mut after = LineId(0);
    loop {
        let lines = scoped.lines_in_service(after, LINES_AT_ONCE).await?;
        let Some(last) = lines.last() else { return Ok(()) };
        after = last.line;
        let here = lines.into_iter().filter(|line| line.network == id);
        port.take_over(here.map(|line| subscription(operator, line)).collect())?;
    }
}

fn subscription(operator: OperatorId, line: LineInService) -> Subscription {
    let iccid = line.iccid.and_then(|iccid| iccid.parse().ok());
    let imsi = line.imsi.and_then(|imsi| imsi.parse().ok());
    Subscription {
        operator,
        line: line.line,
        sim: iccid.map(|iccid| SimFacts { iccid, imsi }),
        number: line.number.and_then(|number| number.parse().ok()),
        state: if line.state == "suspended" { SubscriptionState::Suspended } else { SubscriptionState::Active },
        offer: line.offer.into(),
        options: Vec::new(),
    }
}

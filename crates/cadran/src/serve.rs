//! `cadran serve`: the portals.

use crate::{
    house::HouseArguments,
    inbox::Inbox,
    mail::{Postman, SmtpArguments, WaysOut},
    peers::PeersArguments,
    signals,
    switches::{Switches, SwitchesArguments},
};
use anyhow::{Context, bail};
use operations::{House, host_network::HostNetworks, keys, mail::MailPort, usage_desk::UsageDesk};
use portal::App;
use std::{collections::HashMap, io::Write, path::PathBuf, process::ExitCode, sync::Arc};
use store::Issuer;
use tokio::net::TcpListener;

/// Serves the portals of every operator in the database.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: String,
    /// A folder to watch for usage files, put into DIR/OPERATOR/LAYOUT/
    #[arg(long, value_name = "DIR")]
    inbox: Option<PathBuf>,
    #[command(flatten)]
    smtp: SmtpArguments,
    #[command(flatten)]
    peers: PeersArguments,
    #[command(flatten)]
    switches: SwitchesArguments,
}

pub(crate) async fn run(arguments: ServeArguments) -> anyhow::Result<ExitCode> {
    let listener = bind(&arguments.listen).await?;
    let house = arguments.house.open().await?;
    keys::check(&house).await?;
    let peers = arguments.peers.open(&house).await?;
    let house = house
        .with_network_callbacks(peers.callbacks)
        .with_profile_servers(peers.profile_servers)
        .with_payment_providers(peers.payment_providers);
    let switches = arguments.switches.open(&house).await?;
    let port = arguments.smtp.port()?;
    if port.is_some() && !house.seal.is_there() {
        bail!("mails wait sealed, and there is no key: make one with `cadran keys new` and name its file with --keys");
    }
    let layouts = arguments.house.layouts()?;
    let desk = UsageDesk::new(layouts.clone(), arguments.inbox.clone());
    if let Some(folder) = arguments.inbox {
        std::fs::read_dir(&folder).with_context(|| format!("folder `{}` cannot be read", folder.display()))?;
        tokio::spawn(Inbox::new(house.clone(), folder, layouts).watch());
    }
    writeln!(std::io::stderr(), "Listening on {}. Ctrl-C ends it.", listener.local_addr()?)?;
    if port.is_none() {
        writeln!(std::io::stderr(), "No mail leaves: no server is named with --smtp.")?;
    }
    if !house.sounds.is_there() {
        writeln!(std::io::stderr(), "No voicemail takes messages: no folder is named with --voicemail.")?;
    }
    writeln!(std::io::stderr(), "No text message leaves: they wait, because this program speaks to no message centre yet.")?;
    for line in waiting(&house, &arguments.house, &peers.networks).await? {
        writeln!(std::io::stderr(), "{line}")?;
    }
    for line in switches.announced() {
        writeln!(std::io::stderr(), "{line}")?;
    }
    let mails = port.map(|port| -> Arc<dyn MailPort> { Arc::new(port) });
    let app = App::new(house.clone(), desk, HashMap::new()).await?;
    let ways = WaysOut { mails, networks: peers.networks, ..WaysOut::default() };
    serve(&house, app, listener, (ways, switches)).await?;
    Ok(ExitCode::SUCCESS)
}

/// What waits because no way leads there: networks of the operators in the database, and eSIM profiles of networks that have them.
async fn waiting(house: &House, arguments: &HouseArguments, networks: &HostNetworks) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    for name in arguments.catalog_files()?.operators() {
        let Some(operator) = house.store.operator_by_slug(name).await? else { continue };
        let catalog = house.catalog(operator).await?;
        let version = catalog.version_at(house.clock.now());
        let has_esims = version.networks.iter().any(|(_, network)| network.esim_price.is_some());
        if has_esims && house.profile_servers.find(operator).is_none() {
            lines.push(format!("No way leads to an eSIM profile server of {name}: its profiles wait. See --peers."));
        }
        if house.payment_providers.of(Issuer::operator(operator)).is_none() {
            lines.push(format!("No card is taken for {name}: no payment provider is named. See --peers."));
        }
        let ids = version.networks.iter().map(|(ix, _)| version.networks.id(ix));
        let without: Vec<_> = ids.filter(|id| networks.find(operator, id).is_none()).collect();
        if !without.is_empty() {
            lines.push(format!("No way leads to {} of {name}: what they have to do waits. See --peers.", without.join(", ")));
        }
    }
    Ok(lines)
}

pub(crate) async fn bind(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on `{address}`: is the port in use? Choose another with --listen 127.0.0.1:PORT"))
}

/// Serves until Ctrl-C or SIGTERM, and meanwhile delivers what there is a way out for, and answers switches.
pub(crate) async fn serve(
    house: &House,
    app: App,
    listener: TcpListener,
    (ways, switches): (WaysOut, Switches),
) -> anyhow::Result<()> {
    let postmen = Postman::start_all(house, ways)?;
    let answering = switches.start(house);
    let served = portal::serve(app, listener, signals::ended()).await;
    drop(answering);
    for postman in postmen {
        postman.stop().await;
    }
    Ok(served?)
}

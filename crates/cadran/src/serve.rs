//! `cadran serve`: the portals.

use crate::{house::HouseArguments, inbox::Inbox, signals};
use anyhow::Context;
use operations::{House, usage_desk::UsageDesk};
use portal::{App, sign_in::DemoSignIn};
use std::{collections::HashMap, io::Write, path::PathBuf, process::ExitCode};
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
}

pub(crate) async fn run(arguments: ServeArguments) -> anyhow::Result<ExitCode> {
    let listener = bind(&arguments.listen).await?;
    let house = arguments.house.open().await?;
    let layouts = arguments.house.layouts()?;
    let desk = UsageDesk::new(layouts.clone(), arguments.inbox.clone());
    if let Some(folder) = arguments.inbox {
        std::fs::read_dir(&folder).with_context(|| format!("folder `{}` cannot be read", folder.display()))?;
        tokio::spawn(Inbox::new(house.clone(), folder, layouts).watch());
    }
    writeln!(std::io::stderr(), "Listening on {}. Ctrl-C ends it.", listener.local_addr()?)?;
    serve(house, desk, listener, HashMap::new()).await?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn bind(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on `{address}`: is the port in use? Choose another with --listen 127.0.0.1:PORT"))
}

/// Serves until Ctrl-C or SIGTERM.
pub(crate) async fn serve(
    house: House,
    desk: UsageDesk,
    listener: TcpListener,
    demo: HashMap<String, Vec<DemoSignIn>>,
) -> anyhow::Result<()> {
    let app = App::new(house, desk, demo).await?;
    portal::serve(app, listener, signals::ended()).await?;
    Ok(())
}

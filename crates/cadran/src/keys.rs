//! `cadran keys`: the keys that secrets in the database are sealed with (PLT-16).

use crate::house::HouseArguments;
use anyhow::Context;
use indicatif::ProgressBar;
use operations::{keys, seal::Seal};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Make and change the keys that secrets in the database are sealed with.
///
/// Keys stand in a file of their own, named with --keys, one a line, the newest first: the first seals, all of them open. To change the
/// key, put a new line first, restart every node, run `cadran keys rotate`, and take the old line out.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct KeysArguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum Verb {
    /// Print a fresh key as a line for the file of keys
    New {
        /// What the key is called, in small letters, digits and hyphens; left out, a name by chance
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// Seal everything anew that an older key sealed; broken off, it goes on where it was
    Rotate(HouseArguments),
}

pub(crate) async fn run(arguments: KeysArguments) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    match arguments.verb {
        Verb::New { name } => writeln!(out, "{}", Seal::fresh_line(name.as_deref())?.as_str())?,
        Verb::Rotate(arguments) => {
            let house = arguments.open().await?;
            let newest = house.seal.newest().context("name the file of keys with --keys")?;
            let bar = ProgressBar::new_spinner();
            let done = keys::rotate(&house, &|done| bar.set_message(format!("{done} sealed anew"))).await?;
            bar.finish_and_clear();
            writeln!(out, "{done} secrets sealed anew with key `{newest}`; no older key is needed any more")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

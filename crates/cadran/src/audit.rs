//! `cadran audit`: is the journal of who did what as it was written? (PLT-06)

use crate::{house::HouseArguments, whose::operator_named};
use anyhow::{Context, bail};
use operations::JournalCheck;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Checks the journal of who did what
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct AuditArguments {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum AuditCommand {
    /// Read an operator's journal from its beginning, and say whether an entry was altered, taken out or cut off. Exits with 1 if so
    #[command(after_help = "Whoever can write the whole database can make a new journal that is whole. Note the last line of \
                            each run elsewhere, and give it to a later one with --known: it tells that too.")]
    Verify(VerifyArguments),
}

#[derive(Clone, Debug, clap::Args)]
struct VerifyArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose journal, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// What an earlier run printed: the number of an entry and its hash
    #[arg(long, value_name = "ENTRY:HASH", value_parser = known)]
    known: Option<(i64, String)>,
}

fn known(text: &str) -> Result<(i64, String), String> {
    let read = text.split_once(':').and_then(|(entry, hash)| Some((entry.parse().ok()?, hash)));
    match read {
        Some((entry, hash)) if entry > 0 && hash.len() == 64 => Ok((entry, hash.to_owned())),
        _ => Err("write it as an earlier run printed it: 120:5e8f… (64 digits)".to_owned()),
    }
}

pub(crate) async fn run(arguments: AuditArguments) -> anyhow::Result<ExitCode> {
    let AuditCommand::Verify(arguments) = arguments.command;
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let check = house.store.verify_journal(operator, arguments.known.as_ref()).await.context("the journal cannot be read")?;
    let name = &arguments.operator;
    match check {
        JournalCheck::Whole { entries: 0, .. } => writeln!(io::stdout(), "the journal of `{name}` has no entry yet")?,
        JournalCheck::Whole { entries, hash } => {
            writeln!(io::stdout(), "the journal of `{name}` is whole, from its first entry to its last:\n{entries}:{hash}")?;
        }
        JournalCheck::Altered(entry) => bail!("entry {entry} of the journal of `{name}` is not what was written"),
        JournalCheck::Missing(entry) => bail!("entry {entry} of the journal of `{name}` is missing"),
        JournalCheck::Replaced(entry) => {
            bail!("entry {entry} of the journal of `{name}` is not the one that was noted: it was replaced")
        }
    }
    Ok(ExitCode::SUCCESS)
}

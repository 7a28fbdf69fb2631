//! `cadran ledger`: does the money add up? (BIL-06)

use crate::{house::HouseArguments, table::Table, whose::operator_named};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Checks the ledger
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LedgerArguments {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum LedgerCommand {
    /// Read an operator's whole ledger again: every transfer, every invoice with its entry, every number. Exits with 1 if something is wrong
    Check(CheckArguments),
}

#[derive(Clone, Debug, clap::Args)]
struct CheckArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose ledger, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
}

pub(crate) async fn run(arguments: LedgerArguments) -> anyhow::Result<ExitCode> {
    let LedgerCommand::Check(arguments) = arguments.command;
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let check = house.store.check_ledger(operator).await?;
    let mut out = io::stdout().lock();
    if !check.balances.is_empty() {
        let mut table = Table::new(["account", "balance"]);
        for (account, balance) in &check.balances {
            table.add(vec![account.clone(), balance.to_string()]);
        }
        table.write(&mut out)?;
    }
    for fault in &check.faults {
        writeln!(out, "wrong: {fault}")?;
    }
    let (name, faults) = (&arguments.operator, check.faults.len());
    writeln!(out, "{} entries, {} transfers, {} invoices of `{name}`", check.entries, check.transfers, check.invoices)?;
    match faults {
        0 => writeln!(out, "the ledger is right")?,
        _ => writeln!(out, "{faults} things are wrong")?,
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

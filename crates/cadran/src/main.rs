//! Cadran: the command line. Each command is a module with its arguments and a `run`.

mod catalog;
mod quantity_text;
mod rate;

use clap::{Parser, Subcommand};
use std::{io, process::ExitCode};

/// Back office and self-care of a telecom operator in one program.
#[derive(Parser)]
#[command(version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check and show catalogues
    Catalog(crate::catalog::CatalogArguments),
    /// Rate events against a catalogue, without a database
    Rate(crate::rate::RateArguments),
}

impl Command {
    fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Catalog(arguments) => crate::catalog::run(arguments),
            Self::Rate(arguments) => crate::rate::run(arguments),
        }
    }
}

fn main() -> anyhow::Result<ExitCode> {
    match CommandLine::parse().command.run() {
        // Whoever reads our output has had enough (`| head`).
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        result => result,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        kind.or_else(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

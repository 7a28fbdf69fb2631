//! Cadran: the command line. Each command is a module with its arguments and a `run`.

mod audit;
mod bench;
mod bill;
mod catalog;
mod compare;
mod demo;
mod dial;
mod house;
mod import;
mod inbox;
mod keys;
mod ledger;
mod mail;
mod peers;
mod quantity_text;
mod rate;
mod rate_again;
mod route;
mod serve;
mod signals;
mod switches;
mod table;
mod voicemail;
mod whose;

use clap::{Parser, Subcommand};
use std::{io, process::ExitCode};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Back office and self-care of a telecom operator in one program.
#[derive(Parser)]
#[command(version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check the journal of who did what
    Audit(crate::audit::AuditArguments),
    /// Measure speed
    Bench(crate::bench::BenchArguments),
    /// Show what a month's bills come to, and bill it
    Bill(crate::bill::BillArguments),
    /// Check and show catalogues
    Catalog(crate::catalog::CatalogArguments),
    /// What the last months would have cost on other offers, or under a draft of the catalogue
    Compare(crate::compare::CompareArguments),
    /// Set up three believable operators and show them in a browser
    Demo(crate::demo::DemoArguments),
    /// Do what somebody's telephone does who dials a code
    Dial(crate::dial::DialArguments),
    /// Take usage files in
    Import(crate::import::ImportArguments),
    /// Make and change the keys that secrets in the database are sealed with
    Keys(crate::keys::KeysArguments),
    /// Check whether the money adds up
    Ledger(crate::ledger::LedgerArguments),
    /// Try whether mails leave
    Mail(crate::mail::MailArguments),
    /// Rate events against a catalogue, without a database
    Rate(crate::rate::RateArguments),
    /// Rate a month's usage again, and show the difference before it is kept
    RateAgain(crate::rate_again::RateAgainArguments),
    /// Say where a call to a line goes
    Route(crate::route::RouteArguments),
    /// Serve the portals
    Serve(crate::serve::ServeArguments),
    /// Leave a message on a line's voicemail, or walk through its menu
    Voicemail(crate::voicemail::VoicemailArguments),
}

impl Command {
    fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Audit(arguments) => in_runtime(crate::audit::run(arguments)),
            Self::Bench(arguments) => in_runtime(crate::bench::run(arguments)),
            Self::Bill(arguments) => in_runtime(crate::bill::run(arguments)),
            Self::Catalog(arguments) => crate::catalog::run(arguments),
            Self::Compare(arguments) => in_runtime(crate::compare::run(arguments)),
            Self::Demo(arguments) => in_runtime(crate::demo::run(arguments)),
            Self::Dial(arguments) => in_runtime(crate::dial::run(arguments)),
            Self::Import(arguments) => in_runtime(crate::import::run(arguments)),
            Self::Keys(arguments) => in_runtime(crate::keys::run(arguments)),
            Self::Ledger(arguments) => in_runtime(crate::ledger::run(arguments)),
            Self::Mail(arguments) => in_runtime(crate::mail::run(arguments)),
            Self::Rate(arguments) => crate::rate::run(arguments),
            Self::RateAgain(arguments) => in_runtime(crate::rate_again::run(arguments)),
            Self::Route(arguments) => in_runtime(crate::route::run(arguments)),
            Self::Serve(arguments) => in_runtime(crate::serve::run(arguments)),
            Self::Voicemail(arguments) => in_runtime(crate::voicemail::run(arguments)),
        }
    }
}

/// Runs a command that waits for databases and browsers.
fn in_runtime(command: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

fn main() -> ExitCode {
    match CommandLine::parse().command.run() {
        Ok(code) => code,
        // Whoever reads our output has had enough (`| head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cadran: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        kind.or_else(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

//! `cadran bench`: measures what the issues give figures for; one line of JSON each.

mod bill_run;
mod client;
mod import;
mod lines;
mod pages;
mod portal_of_busiest;
mod rate;
mod sign_in;
mod sip_redirect;
mod size;
mod start;
mod steady;

use anyhow::bail;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Measures, and prints one JSON object a benchmark. Machines are shared and noisy: compare within a run.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct BenchArguments {
    /// Which: demo-start, rate, import-sqlite, import-postgres, import-memory, scale, lines-page,
    /// sign-in, activation, scheduled-changes, sip-redirect, bill-run, invoice-pdf; left out, all that can run here
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// A PostgreSQL server for import-postgres, by the URL of one of its databases
    #[arg(long, env = "CADRAN_BENCH_POSTGRES", value_name = "URL")]
    postgres: Option<String>,
}

/// What a benchmark found.
#[derive(Debug, serde::Serialize)]
pub(crate) struct Figure {
    /// Its name.
    pub(crate) name: String,
    /// What was measured.
    pub(crate) value: f64,
    /// Its unit.
    pub(crate) unit: &'static str,
    /// What it is to reach.
    pub(crate) goal: f64,
    /// What it was compared with in the same run.
    pub(crate) reference: String,
    /// The value by the reference's.
    pub(crate) ratio: Option<f64>,
    /// Is the goal reached?
    pub(crate) holds: bool,
}

const NAMES: [&str; 13] = [
    "demo-start",
    "rate",
    "import-sqlite",
    "import-postgres",
    "import-memory",
    "scale",
    "lines-page",
    "sign-in",
    "activation",
    "scheduled-changes",
    "sip-redirect",
    "bill-run",
    "invoice-pdf",
];

pub(crate) async fn run(arguments: BenchArguments) -> anyhow::Result<ExitCode> {
    if let Some(unknown) = arguments.names.iter().find(|name| !NAMES.contains(&name.as_str())) {
        bail!("benchmark `{unknown}` is not one of {}", NAMES.join(", "));
    }
    let all = arguments.names.is_empty();
    for name in NAMES {
        if !all && !arguments.names.iter().any(|asked| asked == name) {
            continue;
        }
        let figures = match (name, &arguments.postgres) {
            ("demo-start", _) => start::demo_start().await?,
            ("rate", _) => rate::rate().await?,
            ("import-sqlite", _) => vec![import::sqlite().await?],
            ("import-postgres", Some(url)) => vec![import::postgres(url).await?],
            ("import-postgres", None) if all => continue,
            ("import-postgres", None) => bail!("import-postgres needs a server: --postgres URL, or `cargo xtask bench`"),
            ("import-memory", _) => vec![size::memory().await?],
            ("scale", _) => {
                size::scale(tell).await?;
                continue;
            }
            ("lines-page", _) => pages::lines_page().await?,
            ("activation", _) => lines::activation().await?,
            ("scheduled-changes", _) => lines::scheduled_changes().await?,
            ("bill-run", _) => bill_run::bill_run().await?,
            ("invoice-pdf", _) => bill_run::invoice_pdf().await?,
            ("sip-redirect", _) => sip_redirect::sip_redirect().await?,
            _ => sign_in::sign_in().await?,
        };
        figures.iter().try_for_each(tell)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(figure: &Figure) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout(), "{}", serde_json::to_string(figure)?)?)
}

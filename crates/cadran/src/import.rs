//! `cadran import`: takes usage files in.

use crate::{house::HouseArguments, signals, whose::operator_named};
use indicatif::{ProgressBar, ProgressStyle};
use mediation::Layout;
use operations::usage_import::{ImportError, ImportReport, Importer, RECORDS_A_BATCH, importing};
use std::{
    fs,
    io::{self, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// Takes usage files in: each file once, each record once. Called again after an interruption, it goes on where it was.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ImportArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose usage it is, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// How the files are laid out: asterisk, freeswitch, mobile, jsonl, tap3, or one of your own
    #[arg(long, value_name = "ID")]
    layout: String,
    /// How many records one transaction holds at most
    #[arg(long, value_name = "N", default_value_t = RECORDS_A_BATCH)]
    batch: NonZeroUsize,
    /// Print one JSON object a file
    #[arg(long)]
    json: bool,
    /// The files; gzip and zstd are recognised
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(crate) async fn run(arguments: ImportArguments) -> anyhow::Result<ExitCode> {
    let layout = arguments.house.layout(&arguments.layout)?;
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let catalog = house.catalog(operator).await?;
    let interrupt = signals::interrupt();
    let work = move || {
        importing(&house, &catalog, operator, interrupt, |importer| {
            importer.hold_at_most(arguments.batch);
            take_all(importer, &layout, &arguments)
        })
    };
    tokio::task::spawn_blocking(work).await?
}

/// Takes the files in, one after the other; one that cannot be read does not keep the next from being taken.
fn take_all(importer: &mut Importer<'_>, layout: &Arc<Layout>, arguments: &ImportArguments) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.files {
        match take(importer, layout, path) {
            Ok(report) => tell(path, &report, arguments.json)?,
            Err(error) => {
                let interrupted = matches!(error, ImportError::Interrupted { .. });
                writeln!(io::stderr(), "cadran: {:#}", anyhow::Error::from(error))?;
                if interrupted {
                    return Ok(signals::interrupted());
                }
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// Takes one file in, with a progress bar where somebody looks.
fn take(importer: &mut Importer<'_>, layout: &Arc<Layout>, path: &Path) -> Result<ImportReport, ImportError> {
    let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
    let bar = bar(size, &path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()));
    let report = importer.take(layout, path, &|progress| bar.set_position(progress.bytes));
    bar.finish_and_clear();
    report
}

fn bar(size: u64, name: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:30!} {bar:40} {percent:>3} % {bytes_per_sec}");
    let bar = ProgressBar::new(size).with_message(name.to_owned());
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn tell(path: &Path, report: &ImportReport, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let file = path.display();
    if json {
        let value = serde_json::json!({
            "file": file.to_string(),
            "taken": report.taken,
            "duplicates": report.duplicates,
            "set_aside": report.set_aside,
            "charged": report.charged.to_string(),
            "taken_before_as": report.taken_before_as,
        });
        return writeln!(out, "{value}");
    }
    match &report.taken_before_as {
        Some(name) => writeln!(out, "{file}: taken before as `{name}`; nothing changed"),
        None => writeln!(
            out,
            "{file}: {} records taken, {} there already, {} rows set aside, {} charged",
            report.taken, report.duplicates, report.set_aside, report.charged
        ),
    }
}

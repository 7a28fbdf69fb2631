//! `cadran import`: takes usage files in.

use crate::house::HouseArguments;
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use mediation::Layout;
use operations::{
    House,
    usage_import::{ImportError, ImportReport, ImportRequest, Progress, import_file},
};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use vocabulary::OperatorId;

/// Takes usage files in: each file once, each record once. Called again after an interruption, it goes on where it was.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ImportArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose usage it is, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// How the files are laid out: asterisk, freeswitch, mobile, jsonl, or one of your own
    #[arg(long, value_name = "ID")]
    layout: String,
    /// Print one JSON object a file
    #[arg(long)]
    json: bool,
    /// The files; gzip is recognised
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(crate) async fn run(arguments: ImportArguments) -> anyhow::Result<ExitCode> {
    let layout = arguments.house.layout(&arguments.layout)?;
    let house = arguments.house.open().await?;
    let Some(operator) = house.store.operator_by_slug(&arguments.operator).await? else {
        bail!("operator `{}` is not in this database; `cadran demo` sets up three", arguments.operator);
    };
    let mut failures = 0;
    for path in &arguments.files {
        match take(&house, operator, layout.clone(), path).await {
            Ok(report) => tell(path, &report, arguments.json)?,
            Err(error) => {
                failures += 1;
                writeln!(io::stderr(), "{error:#}")?;
            }
        }
    }
    Ok(if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes one file in on a thread that may block, with a progress bar where somebody looks.
async fn take(house: &House, operator: OperatorId, layout: Arc<Layout>, path: &Path) -> anyhow::Result<ImportReport> {
    let size = fs::metadata(path).with_context(|| format!("`{}` cannot be read", path.display()))?.len();
    let bar = bar(size, &path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()));
    let bytes = bar.clone();
    let report = take_telling(house, operator, layout, path, move |progress| bytes.set_position(progress.bytes)).await;
    bar.finish_and_clear();
    Ok(report??)
}

/// Takes one file in where nobody looks.
pub(crate) async fn take_quietly(
    house: &House,
    operator: OperatorId,
    layout: Arc<Layout>,
    path: &Path,
) -> anyhow::Result<Result<ImportReport, ImportError>> {
    take_telling(house, operator, layout, path, |_| {}).await
}

async fn take_telling(
    house: &House,
    operator: OperatorId,
    layout: Arc<Layout>,
    path: &Path,
    on_progress: impl Fn(Progress) + Send + Sync + 'static,
) -> anyhow::Result<Result<ImportReport, ImportError>> {
    let (house, path) = (house.clone(), path.to_owned());
    let work = move || import_file(&house, &ImportRequest { operator, layout, path: &path, on_progress: &on_progress });
    Ok(tokio::task::spawn_blocking(work).await?)
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

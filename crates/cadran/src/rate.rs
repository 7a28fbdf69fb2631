//! `cadran rate`: events in, one JSON object a line out, in order, without a database (RAT-11). The format is `docs/rate.md`.

mod answer;
mod book;
mod event;
mod explain;
mod owners;
mod scenario;
mod terms;

use crate::house::HouseArguments;
use ::catalog::{Catalog, CatalogFiles};
use anyhow::Context;
use book::Book;
use serde::Serialize;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Arguments of `cadran rate`.
#[derive(clap::Args)]
pub(crate) struct RateArguments {
    /// The folder of catalogues
    #[arg(long, value_name = "DIR", default_value = "catalogs", env = "CADRAN_CATALOGS")]
    catalogs: PathBuf,
    /// The operator whose catalogue rates
    #[arg(long, value_name = "ID")]
    operator: String,
    /// Add the chain of rules in words
    #[arg(long)]
    explain: bool,
    /// The files are usage files in this layout, such as mobile, and a scenario says what their lines are
    #[arg(long, value_name = "ID", requires = "scenario")]
    layout: Option<String>,
    /// A file of events for usage files: lines, options, recharges, cut-offs, ends of months
    #[arg(long, value_name = "FILE", requires = "layout")]
    scenario: Option<PathBuf>,
    /// A folder of layouts of usage files, beside those that come with the program
    #[arg(long, env = "CADRAN_LAYOUTS", value_name = "DIR")]
    layouts: Option<PathBuf>,
    /// Files of events, one JSON object a line; standard input where none is named, or for `-`
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// What is said about an event that could not be understood or rated.
#[derive(Serialize)]
struct Mistake<'a> {
    input: &'a str,
    error: String,
}

/// Rates every event; the exit code is 1 where one was bad.
pub(crate) fn run(arguments: RateArguments) -> anyhow::Result<ExitCode> {
    let files = CatalogFiles::read(&arguments.catalogs)?;
    let catalog = Catalog::load(&files, &arguments.operator)?;
    let mut book = Book::new(&catalog, arguments.explain);
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(id) = &arguments.layout {
        let layouts = HouseArguments { layouts: arguments.layouts, ..HouseArguments::at("") };
        let layout = layouts.layout(id)?;
        let all_good = scenario::rate_files(&arguments.files, &layout, arguments.scenario.as_deref(), &mut book, &mut out)?;
        out.flush()?;
        return Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let standard_input = [PathBuf::from("-")];
    let inputs = if arguments.files.is_empty() { &standard_input[..] } else { &arguments.files };
    let mut all_good = true;
    for path in inputs {
        all_good &= rate_file(path, &mut book, &mut out)?;
    }
    out.flush()?;
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rate_file(path: &Path, book: &mut Book<'_>, out: &mut impl Write) -> anyhow::Result<bool> {
    if path.as_os_str() == "-" {
        return rate_lines(io::stdin().lock(), "-", book, out);
    }
    let file = File::open(path).with_context(|| format!("cannot open `{}`", path.display()))?;
    rate_lines(BufReader::new(file), &path.display().to_string(), book, out)
}

fn rate_lines(mut input: impl BufRead, name: &str, book: &mut Book<'_>, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut all_good = true;
    let mut bytes = Vec::new();
    for number in 1_u64.. {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes).with_context(|| format!("cannot read `{name}`"))? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match event::read(text).and_then(|event| book.take(event)) {
            Ok(answers) => answers.iter().try_for_each(|answer| write_line(out, answer))?,
            Err(error) => {
                all_good = false;
                write_line(out, &Mistake { input: &format!("{name}:{number}"), error })?;
            }
        }
    }
    Ok(all_good)
}

fn write_line(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")?;
    Ok(())
}

//! `cadran catalog`: finds the mistakes of catalogues, and shows what a version says.

mod show;

use ::catalog::{Catalog, CatalogFiles, Faults};
use anyhow::Context;
use jiff::civil::Date;
use std::{
    collections::BTreeSet,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use vocabulary::{Clock, Timestamp};

/// Arguments of `cadran catalog`.
#[derive(clap::Args)]
pub(crate) struct CatalogArguments {
    #[command(subcommand)]
    command: CatalogCommand,
}

#[derive(clap::Subcommand)]
enum CatalogCommand {
    /// Name every mistake with its file, line and field
    Check(CheckArguments),
    /// Print what a version of a catalogue says
    Show(ShowArguments),
}

#[derive(clap::Args)]
struct CheckArguments {
    /// The folder of catalogues
    #[arg(long, value_name = "DIR", default_value = "catalogs", env = "CADRAN_CATALOGS")]
    catalogs: PathBuf,
    /// The operators to check; all of them where none is named
    #[arg(value_name = "OPERATOR")]
    operators: Vec<String>,
}

#[derive(clap::Args)]
struct ShowArguments {
    /// The folder of catalogues
    #[arg(long, value_name = "DIR", default_value = "catalogs", env = "CADRAN_CATALOGS")]
    catalogs: PathBuf,
    /// The operator
    operator: String,
    /// What to show; an overview where nothing is named
    subject: Option<show::Subject>,
    /// Only rows that hold this word
    word: Option<String>,
    /// As it is on that day; today where no day is named
    #[arg(long, value_name = "DATE")]
    at: Option<Date>,
    /// A JSON list in place of a table
    #[arg(long)]
    json: bool,
}

/// Checks or shows.
pub(crate) fn run(arguments: CatalogArguments) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match arguments.command {
        CatalogCommand::Check(arguments) => check(&arguments, &mut out)?,
        CatalogCommand::Show(arguments) => show(&arguments, &mut out)?,
    };
    out.flush()?;
    Ok(code)
}

/// Prints every mistake of every operator; the exit code is 1 where there is one.
fn check(arguments: &CheckArguments, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let files = match CatalogFiles::read(&arguments.catalogs) {
        Ok(files) => files,
        Err(Faults(faults)) => {
            faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let all = files.operators();
    let operators: Vec<&str> =
        if arguments.operators.is_empty() { all } else { arguments.operators.iter().map(String::as_str).collect() };
    if operators.is_empty() {
        writeln!(out, "{}: holds no operator: a folder with an `operator.toml`", arguments.catalogs.display())?;
        return Ok(ExitCode::FAILURE);
    }
    // What stands in the folder of all operators is said once.
    let mut faults = BTreeSet::new();
    let mut good = Vec::new();
    for operator in operators {
        match Catalog::load(&files, operator) {
            Ok(catalog) => good.push((operator, catalog.versions().len())),
            Err(Faults(found)) => faults.extend(found),
        }
    }
    for fault in &faults {
        writeln!(out, "{}", in_folder(&arguments.catalogs, &fault.to_string()))?;
    }
    for (operator, versions) in good {
        writeln!(out, "{operator}: no mistake in {versions} version(s)")?;
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A mistake with the path that an editor opens.
fn in_folder(folder: &Path, fault: &str) -> String {
    folder.join(fault).display().to_string()
}

fn show(arguments: &ShowArguments, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let files = CatalogFiles::read(&arguments.catalogs)?;
    let catalog = Catalog::load(&files, &arguments.operator)?;
    let at = match arguments.at {
        Some(day) => Timestamp::from_local(day.at(12, 0, 0, 0), &catalog.operator.time_zone)
            .with_context(|| format!("cannot show the catalogue of {day}"))?,
        None => Clock::system().now(),
    };
    let version = catalog.version_at(at);
    let mut table = match arguments.subject {
        Some(subject) => show::table(subject, &catalog, version, &arguments.catalogs)?,
        None => show::overview(&catalog),
    };
    if let Some(word) = &arguments.word {
        table.keep_rows_with(word);
    }
    if arguments.json {
        table.write_json(out)?
    } else {
        table.write(out)?
    }
    Ok(ExitCode::SUCCESS)
}

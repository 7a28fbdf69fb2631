//! The files: one a day and source, in time order, as networks and switches hand them over.

use crate::{
    dice::Dice,
    model::DemoOperator,
    rows,
    usage::{Life, Usage},
};
use catalog::{Catalog, Service};
use compact_str::CompactString;
use flate2::{Compression, write::GzEncoder};
use jiff::{
    civil::{Date, time},
    tz::{AmbiguousOffset, TimeZone},
};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use vocabulary::{Direction, Month, UsageKind};

/// One usage file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    /// Where it is.
    pub path: PathBuf,
    /// The layout that reads it.
    pub layout: &'static str,
    /// Its rows, without the header.
    pub records: u64,
}

/// How a source writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    MobileCsv,
    JsonLines,
    Asterisk,
}

impl Form {
    const fn layout(self) -> &'static str {
        match self {
            Self::MobileCsv => "mobile",
            Self::JsonLines => "jsonl",
            Self::Asterisk => "asterisk",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::MobileCsv => "csv.gz",
            Self::JsonLines => "jsonl.gz",
            Self::Asterisk => "csv",
        }
    }
}

/// Of 10,000 rows, those whose line nobody knows, and those that a transfer has cut short.
const UNKNOWN_PER_10_000: u64 = 12;
const CUT_PER_10_000: u64 = 6;

/// Writes the usage of the two whole months before the month of `today` and of this month up to yesterday under `folder`, as
/// `OPERATOR/SOURCE/DAY`. `on_progress` is told of the rows of each file when it is written. Files that are there are written anew.
///
/// # Errors
/// When a folder or a file cannot be written.
pub fn write_usage(
    operator: &DemoOperator,
    catalog: &Catalog,
    today: Date,
    folder: &Path,
    on_progress: &mut dyn FnMut(u64),
) -> io::Result<Vec<DemoFile>> {
    let first = Month::of(today).previous().previous().first_day();
    let mut life = Life::new(operator, catalog, today);
    let sources = sources(&life);
    let source_of: Vec<_> =
        life.lines.iter().map(|line| sources.iter().position(|(network, _)| *network == line.network)).collect();
    let folder = folder.join(operator.catalog);
    for (network, _) in &sources {
        fs::create_dir_all(folder.join(network))?;
    }
    let mut files = Vec::new();
    let mut date = first;
    while date < today {
        let mut by_source: Vec<Vec<Usage>> = sources.iter().map(|_| Vec::new()).collect();
        for usage in life.day(date) {
            if let Some(source) = source_of[usage.line] {
                by_source[source].push(usage);
            }
        }
        for ((network, form), mut usages) in sources.iter().zip(by_source) {
            usages.sort_by_key(|usage| (usage.second, usage.line, usage.reference));
            let path = folder.join(network).join(format!("{date}.{}", form.ending()));
            let records = write_file(&path, *form, (date, catalog), (&life, &usages))?;
            on_progress(records);
            files.push(DemoFile { path, layout: form.layout(), records });
        }
        date = date.tomorrow().map_err(io::Error::other)?;
    }
    Ok(files)
}

/// The networks whose lines have usage, and how each writes its files: switches of fixed lines as switches do, Belgian networks as JSON.
fn sources<'a>(life: &Life<'a>) -> Vec<(&'a str, Form)> {
    let mut sources: Vec<(&str, Form)> = Vec::new();
    for line in &life.lines {
        let form = match line.service {
            Service::Internet | Service::Tv => continue,
            Service::Fixed => Form::Asterisk,
            _ if line.number.starts_with("+32") => Form::JsonLines,
            _ => Form::MobileCsv,
        };
        if !sources.iter().any(|(network, _)| *network == line.network) {
            sources.push((&line.network, form));
        }
    }
    sources
}

fn write_file(
    path: &Path,
    form: Form,
    (date, catalog): (Date, &Catalog),
    (life, usages): (&Life<'_>, &[Usage]),
) -> io::Result<u64> {
    // Renamed when it is whole, so that a run that was interrupted leaves no half file behind.
    let unfinished = path.with_extension("part");
    let file = BufWriter::with_capacity(1 << 16, File::create(&unfinished)?);
    let source = path.display().to_string();
    let mut dice = Dice::named(source.rsplit('/').take(3).collect::<Vec<_>>().join("/").as_str());
    let records = if form == Form::Asterisk {
        let mut out = file;
        let records = write_calls(&mut out, date, (life, usages), &mut dice)?;
        out.flush()?;
        records
    } else {
        let mut out = BufWriter::with_capacity(1 << 16, GzEncoder::new(file, Compression::fast()));
        let records = write_records(&mut out, form, (date, catalog), (life, usages), &mut dice)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?.flush()?;
        records
    };
    fs::rename(&unfinished, path)?;
    Ok(records)
}

fn write_records(
    out: &mut dyn Write,
    form: Form,
    (date, catalog): (Date, &Catalog),
    (life, usages): (&Life<'_>, &[Usage]),
    dice: &mut Dice,
) -> io::Result<u64> {
    let day = date.to_string();
    let zone = &catalog.operator.time_zone;
    let (night, noon) = (ahead_s(zone, date, 0), ahead_s(zone, date, 12));
    if form == Form::MobileCsv {
        out.write_all(rows::MOBILE_HEADER.as_bytes())?;
    }
    let mut row = Vec::with_capacity(256);
    for usage in usages {
        row.clear();
        let chance = dice.below(10_000);
        let unknown = stranger(&life.lines[usage.line].number);
        let number = if chance < UNKNOWN_PER_10_000 { unknown.as_str() } else { &life.lines[usage.line].number };
        // The hour from two to three has no usage: before it the night's offset holds, after it the day's.
        let offset_s = if usage.second < 2 * 3_600 { night } else { noon };
        match form {
            Form::JsonLines => rows::json(&mut row, (&day, offset_s), usage, number)?,
            _ => rows::mobile(&mut row, &day, usage, number)?,
        }
        if (UNKNOWN_PER_10_000..UNKNOWN_PER_10_000 + CUT_PER_10_000).contains(&chance) {
            row.truncate(40);
            row.push(b'\n');
        }
        out.write_all(&row)?;
    }
    Ok(usages.len() as u64)
}

/// A number of the same network that is nobody's line.
fn stranger(number: &str) -> CompactString {
    let mut unknown = CompactString::from(number);
    unknown.truncate(number.len() - 4);
    unknown.push_str("9999");
    unknown
}

/// Calls of a switch, and those that nobody answered: one ring in seven.
fn write_calls(out: &mut dyn Write, date: Date, (life, usages): (&Life<'_>, &[Usage]), dice: &mut Dice) -> io::Result<u64> {
    const UNANSWERED_PERMILLE: u64 = 140;
    let mut records = 0;
    for usage in usages.iter().filter(|usage| usage.kind == UsageKind::Voice) {
        let line = life.lines[usage.line];
        records += rows::asterisk(out, date, usage, line, dice)?;
        if dice.happens(UNANSWERED_PERMILLE) {
            let missed = Usage { quantity: 0, direction: Direction::Received, reference: usage.reference ^ 1, ..usage.clone() };
            if usage.direction == Direction::Received {
                records += rows::asterisk(out, date, &missed, line, dice)?;
            }
        }
    }
    Ok(records)
}

/// How far a zone is ahead of UTC at an hour of a day, in seconds; before the change where the clocks change at that hour.
fn ahead_s(zone: &TimeZone, date: Date, hour: i8) -> i32 {
    match zone.to_ambiguous_timestamp(date.to_datetime(time(hour, 0, 0, 0))).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.seconds(),
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before.seconds(),
    }
}

//! How many records a second are read, placed, rated and stored, beside how many rows a second the database takes alone.

use super::Figure;
use crate::{
    demo::people,
    house::{HouseArguments, shipped_catalogs},
};
use anyhow::{Context, bail};
use demo::DemoFile;
use flate2::read::MultiGzDecoder;
use jiff::civil::date;
use mediation::{Layout, UsageReader};
use operations::{
    House, Scope,
    usage_import::{Interrupt, RECORDS_A_BATCH, importing},
};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
    sync::Arc,
    time::Instant,
};
use store::{Store, UsageRow};
use vocabulary::{Clock, FileId, Month};

/// What the busiest operator's networks write.
const LAYOUT: &str = "mobile";
/// The least part of the speed of writing the rows alone that an import is to reach.
const GOAL_SQLITE: f64 = 0.7;
const GOAL_POSTGRES: f64 = 0.5;

pub(super) async fn sqlite() -> anyhow::Result<Figure> {
    let folder = tempfile::tempdir()?;
    measure("import-sqlite", &format!("sqlite:{}", folder.path().join("bench.db").display()), GOAL_SQLITE).await
}

pub(super) async fn postgres(url: &str) -> anyhow::Result<Figure> {
    measure("import-postgres", url, GOAL_POSTGRES).await
}

async fn measure(name: &str, url: &str, goal: f64) -> anyhow::Result<Figure> {
    let house = House::new(Store::open(url).await?, &shipped_catalogs(), Clock::system())?;
    if house.store.operator_by_slug(demo::BUSIEST).await?.is_some() {
        bail!("database `{url}` is in use: give the benchmark an empty one");
    }
    let catalog = house.catalog_named(demo::BUSIEST)?;
    let today = date(2026, 11, 21);
    let operators = demo::operators(&[(*catalog).clone()], today, 1);
    let operator = operators.first().context("the demo has the operator")?;
    let id = operations::provision(&house, &people::provisioned(operator).await?.0).await?;
    let folder = tempfile::tempdir()?;
    let usage = demo::write_usage(operator, &catalog, today, folder.path(), &mut |_| {})?;
    let files: Vec<DemoFile> = usage.into_iter().filter(|file| file.layout == LAYOUT).collect();
    let records: u64 = files.iter().map(|file| file.records).sum();
    let whole = folder.path().join("whole.csv");
    put_together(files, &whole)?;
    let arguments = HouseArguments::at(url.to_owned());
    let layout = arguments.layout(LAYOUT)?;
    let reading = seconds(|| read_alone(&whole, &layout))?;
    let (importer, path) = (house.clone(), whole.clone());
    let import_took = tokio::task::spawn_blocking(move || {
        seconds(|| {
            importing(&importer, &catalog, id, Interrupt::default(), |importer| importer.take(&layout, &path, &|_| {}))?;
            Ok(())
        })
    })
    .await??;
    let writing = write_alone(&house).await?;
    let [value, alone, read] = [import_took, writing, reading].map(|seconds| per_second(records, seconds));
    let ratio = ratio(value, alone);
    Ok(Figure {
        name: name.to_owned(),
        value,
        unit: "records/s",
        goal,
        reference: format!(
            "the same {records} rows written alone, in batches as durable: {alone:.0} rows/s; the file read alone: {read:.0} records/s"
        ),
        ratio: Some(ratio),
        holds: ratio >= goal,
    })
}

/// One plain file of many compressed ones with the same header, in the order of their days.
fn put_together(mut files: Vec<DemoFile>, whole: &Path) -> anyhow::Result<()> {
    files.sort_by(|a, b| a.path.file_name().cmp(&b.path.file_name()));
    let mut out = BufWriter::new(File::create(whole)?);
    for (position, file) in files.iter().enumerate() {
        let mut lines = BufReader::new(MultiGzDecoder::new(File::open(&file.path)?));
        let mut header = String::new();
        lines.read_line(&mut header)?;
        if position == 0 {
            out.write_all(header.as_bytes())?;
        }
        io::copy(&mut lines, &mut out)?;
    }
    Ok(out.flush()?)
}

/// Seconds to write the rows that were imported once more, in batches of the same size and order, into tables of months that are
/// empty: those of a hundred years later.
async fn write_alone(house: &House) -> anyhow::Result<f64> {
    let operator = house.store.operator_by_slug(demo::BUSIEST).await?.context("the operator was set up")?;
    let mut rows = Vec::new();
    for month in house.store.scoped(Scope::operator(operator)).usage_months(None).await? {
        let later = Month::from_number(month.month().number() + 100 * 100)?;
        house.store.prepare_month(later).await?;
        let written = house.store.usage_rows(month.month()).await?;
        rows.extend(written.into_iter().map(|row| UsageRow { month: later, ..row }));
    }
    rows.sort_by_key(|row| row.started);
    let mut batches: Vec<Vec<UsageRow>> = rows.chunks(RECORDS_A_BATCH.get()).map(<[_]>::to_vec).collect();
    drop(rows);
    for batch in &mut batches {
        batch.sort_by_key(|row| (row.month, row.line, row.started, row.key));
    }
    let store = house.store.clone();
    tokio::task::spawn_blocking(move || {
        let mut writer = store.usage_writer()?;
        seconds(|| Ok(batches.iter().try_for_each(|rows| writer.write_rows(FileId(1), rows))?))
    })
    .await?
}

fn read_alone(file: &Path, layout: &Arc<Layout>) -> anyhow::Result<()> {
    let mut reader = UsageReader::open(Box::new(File::open(file)?), layout.clone(), None)?;
    while reader.next_batch(RECORDS_A_BATCH.get())?.is_some() {}
    Ok(())
}

pub(super) fn seconds(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a measured rate is no amount")]
pub(super) fn per_second(records: u64, seconds: f64) -> f64 {
    records as f64 / seconds
}

#[expect(clippy::float_arithmetic, reason = "a ratio of measured rates is no amount")]
pub(super) fn ratio(value: f64, reference: f64) -> f64 {
    value / reference
}

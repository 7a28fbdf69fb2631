//! How many records a second are read, placed, rated and stored, beside how many are read alone.

use super::Figure;
use crate::{
    demo::people,
    house::{HouseArguments, shipped_catalogs},
};
use anyhow::{Context, bail};
use demo::DemoFile;
use jiff::civil::date;
use mediation::{Layout, UsageReader};
use operations::{
    House,
    usage_import::{Interrupt, importing},
};
use std::{collections::BTreeMap, fs::File, path::Path, sync::Arc, time::Instant};
use store::Store;
use vocabulary::Clock;

pub(super) async fn sqlite() -> anyhow::Result<Figure> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("bench.db").display());
    measure("import-sqlite", &url, 60_000.0).await
}

pub(super) async fn postgres(url: &str) -> anyhow::Result<Figure> {
    measure("import-postgres", url, 40_000.0).await
}

async fn measure(name: &str, url: &str, goal: f64) -> anyhow::Result<Figure> {
    let files = shipped_catalogs();
    let house = House::new(Store::open(url).await?, &files, Clock::system())?;
    if house.store.operator_by_slug(demo::BUSIEST).await?.is_some() {
        bail!("database `{url}` is in use: give the benchmark an empty one");
    }
    let catalog = house.catalog_named(demo::BUSIEST)?;
    let today = date(2026, 11, 21);
    let operators = demo::operators(&[(*catalog).clone()], today, 1);
    let operator = operators.first().context("the demo has the operator")?;
    let id = operations::provision(&house, &people::provisioned(operator).await?).await?;
    let folder = tempfile::tempdir()?;
    let usage = demo::write_usage(operator, &catalog, today, folder.path(), &mut |_| {})?;
    let arguments = HouseArguments { database: url.to_owned(), catalogs: None, layouts: None };
    let layouts = arguments.layouts()?;
    let records: u64 = usage.iter().map(|file| file.records).sum();
    let reading = seconds(|| read_alone(&usage, &layouts))?;
    let import_took = tokio::task::spawn_blocking(move || {
        seconds(|| {
            Ok(importing(&house, &catalog, id, Interrupt::default(), |importer| {
                usage.iter().try_for_each(|file| importer.take(&layouts[file.layout], &file.path, &|_| {}).map(|_| ()))
            })?)
        })
    })
    .await??;
    let (value, alone) = (per_second(records, import_took), per_second(records, reading));
    Ok(Figure {
        name: name.to_owned(),
        value,
        unit: "records/s",
        goal,
        reference: format!(
            "reading the same {records} records in {} files alone: {alone:.0} records/s",
            files_count(folder.path())
        ),
        ratio: Some(ratio(value, alone)),
        holds: value >= goal,
    })
}

fn read_alone(files: &[DemoFile], layouts: &BTreeMap<String, Arc<Layout>>) -> anyhow::Result<()> {
    for file in files {
        let source = Box::new(File::open(&file.path)?);
        let mut reader = UsageReader::open(source, layouts[file.layout].clone(), None)?;
        while reader.next_batch(50_000)?.is_some() {}
    }
    Ok(())
}

fn seconds(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a measured rate is no amount")]
fn per_second(records: u64, seconds: f64) -> f64 {
    records as f64 / seconds
}

#[expect(clippy::float_arithmetic, reason = "a ratio of measured rates is no amount")]
fn ratio(value: f64, reference: f64) -> f64 {
    value / reference
}

fn files_count(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { files_count(&entry.path()) } else { 1 }).sum()
}

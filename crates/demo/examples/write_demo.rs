//! Writes the demo's usage files: `cargo run --release -p cadran-demo --example write_demo FOLDER DAY [SCALE]`.
#![allow(clippy::print_stdout, reason = "what it is for")]

use catalog::{Catalog, CatalogFiles};
use std::{error::Error, path::Path, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder to write to")?;
    let today = arguments.next().ok_or("name a day, such as 2026-11-21")?.parse()?;
    let scale = arguments.next().map_or(Ok(1), |scale| scale.parse())?;
    let files = CatalogFiles::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs"))?;
    let catalogs = ["vallee", "grandlarge", "zenne"].map(|id| Catalog::load(&files, id));
    let catalogs = catalogs.into_iter().collect::<Result<Vec<_>, _>>()?;
    for (operator, catalog) in demo::operators(&catalogs, today, scale).iter().zip(&catalogs) {
        let began = Instant::now();
        let lines: usize = operator.customers.iter().map(|customer| customer.lines.len()).sum();
        let files = demo::write_usage(operator, catalog, today, Path::new(&folder), &mut |_| {})?;
        let rows: u64 = files.iter().map(|file| file.records).sum();
        println!("{}: {lines} lines, {} files, {rows} rows, {:?}", operator.name, files.len(), began.elapsed());
    }
    Ok(())
}

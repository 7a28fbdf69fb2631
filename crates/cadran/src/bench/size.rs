//! What large files and many lines cost: memory, and time a record.

use super::{
    Figure,
    import::{per_second, ratio},
    steady::Steady,
};
use anyhow::{Context, bail};
use std::{fs, time::Instant};

/// A file that nobody would call small.
const MANY_RECORDS: u64 = 20_000_000;
const MOST_MB: f64 = 500.0;

/// The most memory that the import of a file of 20 million records has at once.
pub(super) async fn memory() -> anyhow::Result<Figure> {
    let steady = Steady::of(3_000).await?;
    let file = steady.write_usage(MANY_RECORDS)?;
    let size = fs::metadata(&file)?.len();
    // The kernel's mark of the highest resident size begins anew (proc(5), clear_refs).
    fs::write("/proc/self/clear_refs", "5").context("the mark of the most memory cannot be set back")?;
    let begun = Instant::now();
    let report = steady.import(&file).await?;
    if report.taken + report.set_aside != MANY_RECORDS {
        bail!("of {MANY_RECORDS} records {} were taken and {} set aside", report.taken, report.set_aside);
    }
    let value = most_memory_mb()?;
    let speed = per_second(MANY_RECORDS, begun.elapsed().as_secs_f64());
    Ok(Figure {
        name: "import-memory".to_owned(),
        value,
        unit: "MB at most",
        goal: MOST_MB,
        reference: format!(
            "a file of {MANY_RECORDS} records and {} MB, {} of them set aside, at {speed:.0} records/s",
            size / 1_000_000,
            report.set_aside
        ),
        ratio: None,
        holds: value < MOST_MB,
    })
}

fn most_memory_mb() -> anyhow::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the kernel tells the most memory")?;
    let kib: u32 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(megabytes(kib))
}

#[expect(clippy::float_arithmetic, reason = "a measured size is no amount")]
fn megabytes(kib: u32) -> f64 {
    f64::from(kib) * 1_024.0 / 1_000_000.0
}

/// Numbers of lines along the curve, and records of each line.
const LINES: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];
const RECORDS_A_LINE: u64 = 5;
/// How much more a record may cost at the end of the curve than at its beginning.
const MOST_GROWTH: f64 = 2.0;

/// The cost of a record from 1,000 to 1,000,000 lines; each point is told as it is found.
pub(super) async fn scale(tell: impl Fn(&Figure) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut first = None;
    for lines in LINES {
        let steady = Steady::of(lines).await?;
        let records = lines * RECORDS_A_LINE;
        let file = steady.write_usage(records)?;
        let begun = Instant::now();
        steady.import(&file).await?;
        let value = microseconds_each(records, begun.elapsed().as_secs_f64());
        let first = *first.get_or_insert(value);
        let growth = ratio(value, first);
        tell(&Figure {
            name: format!("scale-{lines}"),
            value,
            unit: "µs/record",
            goal: MOST_GROWTH,
            reference: format!(
                "{RECORDS_A_LINE} records of each line in turn; {first:.2} µs with {} lines in this run",
                LINES[0]
            ),
            ratio: Some(growth),
            holds: growth < MOST_GROWTH,
        })?;
    }
    Ok(())
}

#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a measured time is no amount")]
fn microseconds_each(records: u64, seconds: f64) -> f64 {
    seconds * 1_000_000.0 / records as f64
}

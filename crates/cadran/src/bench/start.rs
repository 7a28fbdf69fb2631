//! How long the demo takes from nothing, and when it is started again.

use super::Figure;
use anyhow::bail;
use std::{path::Path, process::Command, time::Instant};

pub(super) async fn demo_start() -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let first = prepare(folder.path())?;
    let second = prepare(folder.path())?;
    let figure = |name: &str, value: f64, goal: f64, reference: String| Figure {
        name: name.to_owned(),
        value,
        unit: "s",
        goal,
        reference,
        ratio: None,
        holds: value < goal,
    };
    Ok(vec![
        figure("demo-start", first, 60.0, "from nothing to ready".to_owned()),
        figure("demo-start-again", second, 1.0, format!("the first start of the same run: {first:.1} s")),
    ])
}

fn prepare(folder: &Path) -> anyhow::Result<f64> {
    let begun = Instant::now();
    let status = Command::new(std::env::current_exe()?).args(["demo", "--prepare-only", "--data"]).arg(folder).status()?;
    if !status.success() {
        bail!("the demo ended with {status}");
    }
    Ok(begun.elapsed().as_secs_f64())
}

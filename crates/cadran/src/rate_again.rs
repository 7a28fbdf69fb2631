//! `cadran rate-again`: rates usage again after a correction, and shows the difference before it is kept (RAT-10).

use crate::{
    table::Table,
    whose::{WhoseArguments, progress_bar},
};
use anyhow::Context;
use operations::rate_again::{Difference, rate_again};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use vocabulary::Month;

/// Rates a month's usage again after a correction of the catalogue, and shows the difference. Nothing is kept without --keep; a month that
/// is closed is never rewritten, its difference goes to the next bill.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct RateAgainArguments {
    #[command(flatten)]
    usage: WhoseArguments,
    /// The month: 2026-11
    #[arg(long, value_name = "MONTH")]
    month: Month,
    /// Keep the difference
    #[arg(long)]
    keep: bool,
    /// Print one JSON object a line that comes out differently
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(arguments: RateAgainArguments) -> anyhow::Result<ExitCode> {
    let (house, operator) = arguments.usage.open().await?;
    let (whose, month, keep) = (arguments.usage.whose(), arguments.month, arguments.keep);
    let (bar, on_progress) = progress_bar("customers");
    let work = move || rate_again(&house, operator, &whose, month, keep, &on_progress);
    let difference = tokio::task::spawn_blocking(work).await.context("rating again was stopped")?;
    bar.finish_and_clear();
    tell(&difference?, &arguments)?;
    Ok(ExitCode::SUCCESS)
}

fn tell(difference: &Difference, arguments: &RateAgainArguments) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if arguments.json {
        for line in &difference.lines {
            let value = serde_json::json!({
                "line": line.number,
                "customer": line.customer,
                "before": line.before.to_string(),
                "after": line.after.to_string(),
                "changed": line.changed,
            });
            writeln!(out, "{value}")?;
        }
        return Ok(());
    }
    if !difference.lines.is_empty() {
        let mut table = Table::new(["line", "customer", "records changed", "before", "after", "difference"]);
        for line in &difference.lines {
            let change = line.after.checked_sub(line.before).context("a difference that is too large to be counted")?;
            let amounts = [line.before, line.after, change].map(|amount| amount.to_string());
            let [before, after, change] = amounts;
            table.add(vec![line.number.clone(), line.customer.clone(), line.changed.to_string(), before, after, change]);
        }
        table.write(&mut out)?;
    }
    let lines = difference.lines.len();
    writeln!(out, "{} records rated again; {lines} lines come out differently", difference.records)?;
    if let Some(why) = &difference.first_refusal {
        writeln!(
            out,
            "{} records cannot be rated under this catalogue and would keep the month as it is: {why}",
            difference.refused
        )?;
    }
    match (arguments.keep, lines, difference.billed_with) {
        (_, 0, _) => {}
        (true, _, Some(month)) => writeln!(out, "The month is closed: the difference goes to the bill of {month}")?,
        (true, _, None) => writeln!(out, "Kept")?,
        (false, _, Some(month)) => {
            writeln!(out, "Nothing was kept; with --keep it goes to the bill of {month}, for this month is closed")?
        }
        (false, _, None) => writeln!(out, "Nothing was kept; add --keep to keep it")?,
    }
    Ok(())
}

//! `cadran bill`: what a month's bills come to, and billing it (BIL-01).

use crate::{
    house::HouseArguments,
    table::Table,
    whose::{operator_named, progress_bar},
};
use anyhow::Context as _;
use operations::bill_run::{self, BillAsked, BillTotals};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use store::{Issuer, KeptRun};
use vocabulary::Month;

/// Shows what a month's bills come to; with --keep, bills it. Subscriptions are those of the month, usage is that of the month before. A run
/// that was ended on the way goes on where it was.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct BillArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// Whose customers, by the name of the catalogue's folder
    #[arg(long, value_name = "NAME")]
    operator: String,
    /// A reseller, by its name in the command line: what it sells to its customers is billed, at its prices and in its name
    #[arg(long, value_name = "NAME")]
    reseller: Option<String>,
    /// The month: 2026-12
    #[arg(long, value_name = "MONTH")]
    month: Month,
    /// Close the month before and issue the invoices
    #[arg(long)]
    keep: bool,
}

pub(crate) async fn run(arguments: BillArguments) -> anyhow::Result<ExitCode> {
    let house = arguments.house.open().await?;
    let operator = operator_named(&house, &arguments.operator).await?;
    let reseller = match &arguments.reseller {
        Some(name) => {
            let found = house.store.reseller_named(operator, name).await?;
            Some(found.with_context(|| format!("operator `{}` has no reseller `{name}`", arguments.operator))?)
        }
        None => None,
    };
    let (issuer, asked) = (Issuer { operator, reseller }, if arguments.keep { BillAsked::Keep } else { BillAsked::Preview });
    let run = bill_run::begin(&house, issuer, arguments.month, (asked, "cadran bill")).await?;
    let (bar, on_progress) = progress_bar("customers");
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let on_progress = std::sync::Mutex::new(on_progress);
    let told = |run: &KeptRun| {
        let moved = on_progress.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        moved(count(run.done), count(run.customers));
    };
    let done = bill_run::work(&house, run, &told).await;
    bar.finish_and_clear();
    let done = done?;
    let totals: BillTotals = BillTotals::read(&done.totals)?;
    let before = bill_run::totals_before(&house, issuer, arguments.month).await?;
    tell(&arguments, &totals, before.as_ref())?;
    for (_, reference, why) in house.store.bill_problems(done.id, MOST_PROBLEMS).await? {
        writeln!(io::stdout(), "put aside: {reference}: {why}")?;
    }
    let without = house.store.billed_without_company(done.id).await?;
    for one in &without {
        writeln!(io::stdout(), "put aside: {}: no company of this reseller pays for its {} lines", one.name, one.lines)?;
    }
    Ok(if totals.put_aside > 0 || !without.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// So many bills that were put aside are named.
const MOST_PROBLEMS: usize = 50;

fn tell(arguments: &BillArguments, totals: &BillTotals, before: Option<&BillTotals>) -> anyhow::Result<()> {
    let none = BillTotals::default();
    let last = before.unwrap_or(&none);
    let mut table = Table::new(["", "this month", "the month before", "difference"]);
    let mut amount = |name: &str, now: vocabulary::Cents, then: vocabulary::Cents| {
        table.add(vec![name.to_owned(), now.to_string(), then.to_string(), (now - then).to_string()]);
    };
    for (word, revenue) in billing::Revenue::WORDS {
        let of = |totals: &BillTotals| totals.by_revenue.get(&revenue).copied().unwrap_or_default();
        if !of(totals).is_zero() || !of(last).is_zero() {
            amount(word, of(totals), of(last));
        }
    }
    amount("without VAT", totals.net, last.net);
    amount("VAT", totals.vat, last.vat);
    amount("with VAT", totals.gross, last.gross);
    let mut out = io::stdout().lock();
    table.write(&mut out)?;
    writeln!(
        out,
        "{} invoices, {} credit notes, {} customers put aside",
        totals.invoices, totals.credit_notes, totals.put_aside
    )?;
    match arguments.keep {
        true => writeln!(out, "{} is billed.", arguments.month)?,
        false => writeln!(out, "Nothing was issued: --keep does that.")?,
    }
    Ok(())
}

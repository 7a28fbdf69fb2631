//! What it takes to bill a month: accounts with three lines each, of which one used something that was not included.

use super::Figure;
use crate::house::{HouseArguments, shipped_catalogs};
use anyhow::{Context, bail};
use operations::{
    House, NewCustomer, NewLine, NewOperator,
    bill_run::{self, BillAsked, BillTotals},
    usage_import::{Interrupt, importing},
};
use std::{fmt::Write as _, fs, time::Instant};
use store::{Issuer, Store};
use vocabulary::{Clock, Timestamp};

const ACCOUNTS: usize = 100_000;
const GOAL_S: f64 = 60.0;
/// A tenth of them are billed too: what an account takes must not grow with their number.
const FEW: usize = ACCOUNTS / 10;
const LINES: usize = 3;
const FIRST_NUMBER: usize = 33_700_000_000;
const SOLD: (&str, &str, &str) = (demo::BUSIEST_SOLD[0], demo::BUSIEST_SOLD[1], demo::BUSIEST_SOLD[2]);

pub(super) async fn bill_run() -> anyhow::Result<Vec<Figure>> {
    let (few, _) = billed(FEW).await?;
    let (seconds, told) = billed(ACCOUNTS).await?;
    let [each_of_few, each] = [few / FEW as f64, seconds / ACCOUNTS as f64].map(|each| each * 1e6);
    Ok(vec![Figure {
        name: "bill-run".to_owned(),
        value: seconds,
        unit: "s to bill 100,000 accounts of 3 lines",
        goal: GOAL_S,
        reference: format!("{each:.0} µs an account, of {FEW} accounts {each_of_few:.0} µs; {told}; SQLite"),
        ratio: Some(each / each_of_few),
        holds: seconds <= GOAL_S,
    }])
}

/// Seconds that it takes to bill so many accounts, and what came of it.
async fn billed(accounts: usize) -> anyhow::Result<(f64, String)> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await?;
    let now: Timestamp = "2026-12-01T03:00:00Z".parse::<jiff::Timestamp>()?.into();
    let house = House::new(store, &shipped_catalogs(), Clock::held_at(now))?;
    let line = |number: usize| NewLine::in_service(&format!("+{number}"), SOLD, Timestamp::EPOCH);
    let customer = |place: usize| {
        let first = FIRST_NUMBER + place * LINES;
        NewCustomer::household(&format!("C{place}"), "Claire Bench", (first..first + LINES).map(line).collect())
    };
    let customers = (0..accounts).map(customer).collect();
    let new = NewOperator { slug: demo::BUSIEST.to_owned(), name: "Bench".to_owned(), customers, ..NewOperator::default() };
    let operator = operations::provision(&house, &new).await?;
    let mut rows =
        "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access\n".to_owned();
    for place in 0..accounts {
        let number = FIRST_NUMBER + place * LINES;
        writeln!(rows, "B{place},voice,made,{number},0041791234567,2026-11-05 10:00:00,{},,,", 30 + place % 600)?;
    }
    let path = folder.path().join("usage.csv");
    fs::write(&path, rows)?;
    let (taking, layout) = (house.clone(), HouseArguments::at(house.store.url().to_owned()).layout("mobile")?);
    let catalog = house.catalog(operator).await?;
    let take =
        move || importing(&taking, &catalog, operator, Interrupt::default(), |importer| importer.take(&layout, &path, &|_| {}));
    let report = tokio::task::spawn_blocking(take).await??;
    if report.taken != accounts as u64 {
        bail!("{} of {accounts} records were taken", report.taken);
    }
    let month = "2026-12".parse()?;
    let issuer = Issuer::operator(operator);
    let start = Instant::now();
    let run = bill_run::begin(&house, issuer, month, (BillAsked::Keep, "cadran bench")).await?;
    let run = bill_run::work(&house, run, &|_| ()).await?;
    let seconds = start.elapsed().as_secs_f64();
    let totals: BillTotals = BillTotals::read(&run.totals)?;
    if totals.invoices != i64::try_from(accounts)? || totals.put_aside > 0 {
        bail!("{} invoices of {accounts} accounts, {} put aside", totals.invoices, totals.put_aside);
    }
    let start = Instant::now();
    let check = house.store.check_ledger(operator).await?;
    check.faults.first().map_or(Ok(()), |fault| bail!("{fault}"))?;
    let checked = start.elapsed().as_secs_f64();
    let size = fs::metadata(folder.path().join("bench.db")).context("the file of the database")?.len() / 1_000_000;
    Ok((seconds, format!("the ledger is checked in {checked:.1} s, the database has {size} MB")))
}

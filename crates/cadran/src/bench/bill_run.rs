//! What it takes to bill a month, and to make its invoices' PDFs: accounts with three lines each, of which one used something that was not
//! included.

use super::Figure;
use crate::house::{HouseArguments, shipped_catalogs};
use anyhow::{Context, bail};
use operations::{
    Actor, House, NewCustomer, NewLine, NewOperator, Scope,
    bill_run::{self, BillAsked, BillTotals},
    invoices,
    permission::Role,
    usage_import::{Interrupt, importing},
};
use std::{fmt::Write as _, fs, path::Path, time::Instant};
use store::{Issuer, Store};
use vocabulary::{Clock, InvoiceId, LoginId, SessionId, Timestamp};

const ACCOUNTS: usize = 100_000;
const GOAL_S: f64 = 60.0;
/// A tenth of them are billed too: what an account takes must not grow with their number.
const FEW: usize = ACCOUNTS / 10;
const LINES: usize = 3;
const FIRST_NUMBER: usize = 33_700_000_000;
const SOLD: (&str, &str, &str) = (demo::BUSIEST_SOLD[0], demo::BUSIEST_SOLD[1], demo::BUSIEST_SOLD[2]);

#[expect(clippy::float_arithmetic, reason = "a measured time is no amount")]
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

const PDFS: usize = 400;
/// Fewer, to see that each costs the same.
const FEW_PDFS: usize = 100;
const PDFS_GOAL: f64 = 50.0;
/// So many people ask for one at once: as many as are made at once.
const ASKING: usize = 2;

#[expect(clippy::float_arithmetic, reason = "a measured time is no amount")]
pub(super) async fn invoice_pdf() -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let (house, issuer) = stage(folder.path(), PDFS).await?;
    let run = bill_run::begin(&house, issuer, "2026-12".parse()?, (BillAsked::Keep, "cadran bench")).await?;
    bill_run::work(&house, run, &|_| ()).await?;
    let reader = Actor {
        login: LoginId(0),
        session: SessionId(0),
        scope: Scope::operator(issuer.operator),
        role: Role::Auditor,
        name: "cadran bench".to_owned(),
        party: String::new(),
        owner: (None, None),
        proved: Timestamp::EPOCH,
        address: String::new(),
    };
    let listed = invoices::list(&house, &reader, &invoices::Asked::default(), PDFS).await?.context("invoices are seen")?;
    let ids: Vec<InvoiceId> = listed.rows.iter().map(|row| row.id).collect();
    if ids.len() != PDFS {
        bail!("{} invoices of {PDFS} accounts", ids.len());
    }
    // The first one loads the fonts.
    made(&house, &reader, &ids[..1]).await?;
    let (few, _) = made(&house, &reader, &ids[..FEW_PDFS]).await?;
    let (seconds, bytes) = made(&house, &reader, &ids).await?;
    let [each_of_few, each] = [few / FEW_PDFS as f64, seconds / PDFS as f64].map(|each| each * 1e3);
    let rate = PDFS as f64 / seconds;
    Ok(vec![Figure {
        name: "invoice-pdf".to_owned(),
        value: rate,
        unit: "invoices a second as Factur-X",
        goal: PDFS_GOAL,
        reference: format!(
            "{each:.1} ms each, of {FEW_PDFS} {each_of_few:.1} ms; {} kB each, of {LINES} lines",
            bytes / PDFS / 1_000
        ),
        ratio: Some(each / each_of_few),
        holds: rate >= PDFS_GOAL,
    }])
}

/// Seconds that it takes to make these, and their bytes in all.
async fn made(house: &House, reader: &Actor, ids: &[InvoiceId]) -> anyhow::Result<(f64, usize)> {
    let start = Instant::now();
    let asking = (0..ASKING).map(|place| {
        let (house, reader) = (house.clone(), reader.clone());
        let mine: Vec<InvoiceId> = ids.iter().copied().skip(place).step_by(ASKING).collect();
        tokio::spawn(async move {
            let mut bytes = 0;
            for id in mine {
                bytes += invoices::pdf(&house, &reader, id).await?.context("an invoice is seen")?.bytes.len();
            }
            anyhow::Ok(bytes)
        })
    });
    let mut bytes = 0;
    for task in asking.collect::<Vec<_>>() {
        bytes += task.await??;
    }
    Ok((start.elapsed().as_secs_f64(), bytes))
}

/// Seconds that it takes to bill so many accounts, and what came of it.
async fn billed(accounts: usize) -> anyhow::Result<(f64, String)> {
    let folder = tempfile::tempdir()?;
    let (house, issuer) = stage(folder.path(), accounts).await?;
    let start = Instant::now();
    let run = bill_run::begin(&house, issuer, "2026-12".parse()?, (BillAsked::Keep, "cadran bench")).await?;
    let run = bill_run::work(&house, run, &|_| ()).await?;
    let seconds = start.elapsed().as_secs_f64();
    let totals: BillTotals = BillTotals::read(&run.totals)?;
    if totals.invoices != i64::try_from(accounts)? || totals.put_aside > 0 {
        bail!("{} invoices of {accounts} accounts, {} put aside", totals.invoices, totals.put_aside);
    }
    let start = Instant::now();
    let check = house.store.check_ledger(issuer.operator).await?;
    check.faults.first().map_or(Ok(()), |fault| bail!("{fault}"))?;
    let checked = start.elapsed().as_secs_f64();
    let size = fs::metadata(folder.path().join("bench.db")).context("the file of the database")?.len() / 1_000_000;
    Ok((seconds, format!("the ledger is checked in {checked:.1} s, the database has {size} MB")))
}

/// So many accounts with a month of usage, to be billed.
async fn stage(folder: &Path, accounts: usize) -> anyhow::Result<(House, Issuer)> {
    let store = Store::open(&format!("sqlite:{}", folder.join("bench.db").display())).await?;
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
    let path = folder.join("usage.csv");
    fs::write(&path, rows)?;
    let (taking, layout) = (house.clone(), HouseArguments::at(house.store.url().to_owned()).layout("mobile")?);
    let catalog = house.catalog(operator).await?;
    let take =
        move || importing(&taking, &catalog, operator, Interrupt::default(), |importer| importer.take(&layout, &path, &|_| {}));
    let report = tokio::task::spawn_blocking(take).await??;
    if report.taken != accounts as u64 {
        bail!("{} of {accounts} records were taken", report.taken);
    }
    Ok((house, Issuer::operator(operator)))
}

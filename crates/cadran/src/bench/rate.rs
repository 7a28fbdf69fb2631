//! How many mixed records a second one core places and rates, with everything in memory.

use super::Figure;
use super::import::{per_second, ratio, seconds};
use crate::{
    demo::people,
    house::{HouseArguments, shipped_catalogs},
};
use anyhow::Context;
use catalog::{Catalog, Version};
use jiff::civil::date;
use mediation::UsageReader;
use operations::{House, Scope};
use rating::{Account, MonthState, PackAccount, Placed, place};
use std::{
    collections::{HashMap, HashSet},
    fs::File,
};
use store::{LineToRate, Store};
use vocabulary::{Clock, LineId, Month, Party, UsageRecord};

/// How often all records are gone through: enough for a steady figure.
const ROUNDS: usize = 5;

pub(super) async fn rate() -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite:{}", folder.path().join("bench.db").display());
    let house = House::new(Store::open(&url).await?, &shipped_catalogs(), Clock::system())?;
    let catalog = house.catalog_named(demo::BUSIEST)?;
    let today = date(2026, 11, 21);
    let operators = demo::operators(&[(*catalog).clone()], today, 1);
    let operator = operators.first().context("the demo has the operator")?;
    let id = operations::provision(&house, &people::provisioned(operator).await?.0).await?;
    let layouts = HouseArguments::at(url).layouts()?;
    let mut records: Vec<UsageRecord> = Vec::new();
    for file in demo::write_usage(operator, &catalog, today, folder.path(), &mut |_| {})? {
        let mut reader = UsageReader::open(Box::new(File::open(&file.path)?), layouts[file.layout].clone(), None)?;
        while let Some(batch) = reader.next_batch(50_000)? {
            records.extend(batch.records.into_iter().map(|taken| taken.record));
        }
    }
    let names: HashSet<String> = records.iter().map(|record| identity(&catalog, &record.line)).collect();
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    let by_name = house.store.lines_by_identity(id, &names).await?;
    let lines: Vec<LineId> = by_name.values().copied().collect();
    let terms = house.store.scoped(Scope::operator(id)).lines_to_rate(&lines).await?;
    let work = Work::new(&catalog, records, &by_name, &terms)?;
    let (placing, rating) = work.measure()?;
    Ok(vec![
        figure("rate", work.usages.len(), rating, 3_000_000.0, "parts, prices, counters and events, of records already placed"),
        figure("place-and-rate", work.usages.len(), placing, 2_000_000.0, "with zone, country and class found for each number"),
    ])
}

fn figure(name: &str, records: usize, seconds: f64, goal: f64, what: &str) -> Figure {
    let records = (records * ROUNDS) as u64;
    let value = per_second(records, seconds);
    let reference = format!("{records} records of voice, SMS, MMS and data of 3,000 lines, one core; {what}");
    Figure {
        name: name.to_owned(),
        value,
        unit: "records/s",
        goal,
        reference,
        ratio: Some(ratio(value, goal)),
        holds: value >= goal,
    }
}

fn identity(catalog: &Catalog, name: &str) -> String {
    match catalog.world.plan.read(name) {
        Party::Number(number) => number.to_string(),
        _ => name.to_owned(),
    }
}

/// Everything that rating needs, laid out before the clock runs.
struct Work<'c> {
    catalog: &'c Catalog,
    ours: HashSet<String>,
    records: Vec<(UsageRecord, &'c Version)>,
    usages: Vec<(Placed, usize)>,
    accounts: Vec<Account<'c>>,
}

impl<'c> Work<'c> {
    fn new(
        catalog: &'c Catalog,
        records: Vec<UsageRecord>,
        by_name: &HashMap<String, LineId>,
        lines: &HashMap<LineId, LineToRate>,
    ) -> anyhow::Result<Self> {
        let zone = &catalog.operator.time_zone;
        let ours: HashSet<String> = records.iter().map(|record| record.line.to_string()).collect();
        let mut work = Self { catalog, ours, records: Vec::new(), usages: Vec::new(), accounts: Vec::new() };
        let mut known: HashMap<(LineId, Month, *const Version), usize> = HashMap::new();
        for record in records {
            let Some(line) = by_name.get(&identity(catalog, &record.line)) else { continue };
            let (version, month) = (catalog.version_at(record.start), Month::containing(record.start, zone));
            let Ok((usage, _)) = place(catalog, version, &record, |name| work.ours.contains(name)) else { continue };
            let account = match known.get(&(*line, month, std::ptr::from_ref(version))) {
                Some(account) => *account,
                None => {
                    let bounds = (month.start(zone), month.next().start(zone));
                    let terms = &lines.get(line).context("a line that is named has terms")?.terms;
                    let Ok(account) = Account::open(catalog, version, terms, bounds, MonthState::default()) else { continue };
                    work.accounts.push(account);
                    known.insert((*line, month, std::ptr::from_ref(version)), work.accounts.len() - 1);
                    work.accounts.len() - 1
                }
            };
            work.records.push((record, version));
            work.usages.push((usage, account));
        }
        Ok(work)
    }

    /// Seconds for all rounds, with placing and without.
    fn measure(&self) -> anyhow::Result<(f64, f64)> {
        let (mut with, mut without) = (0.0, 0.0);
        for _ in 0..ROUNDS {
            let mut accounts = self.accounts.clone();
            without = add(without, seconds(|| self.rate_all(&mut accounts, false))?);
            let mut accounts = self.accounts.clone();
            with = add(with, seconds(|| self.rate_all(&mut accounts, true))?);
        }
        Ok((with, without))
    }

    fn rate_all(&self, accounts: &mut [Account<'c>], with_placing: bool) -> anyhow::Result<()> {
        let mut no_packs: Vec<PackAccount> = Vec::new();
        for ((usage, account), (record, version)) in self.usages.iter().zip(&self.records) {
            let rated = if with_placing {
                let (usage, _) = place(self.catalog, version, record, |name| self.ours.contains(name))?;
                accounts[*account].rate(&usage, &mut no_packs, &mut [])
            } else {
                accounts[*account].rate(usage, &mut no_packs, &mut [])
            };
            // Refused ones cost time too.
            std::hint::black_box(rated.is_ok());
        }
        Ok(())
    }
}

#[expect(clippy::float_arithmetic, reason = "measured times are no amounts")]
fn add(sum: f64, seconds: f64) -> f64 {
    sum + seconds
}

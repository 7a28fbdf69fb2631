//! An operator of as many lines as asked, with usage that flows evenly: what memory and scale are measured by.

use crate::{
    demo::people,
    house::{HouseArguments, shipped_catalogs},
};
use anyhow::Context;
use catalog::Catalog;
use jiff::{ToSpan, civil::date};
use operations::{
    House, NewCustomer, NewLine, NewOperator,
    usage_import::{ImportReport, Interrupt, importing},
};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use store::Store;
use tempfile::TempDir;
use vocabulary::{Clock, OperatorId};

/// The first of the numbers, without a plus: French mobile numbers.
const FIRST_NUMBER: u64 = 33_700_000_000;
/// Usage begins on this day and flows for 50 days.
const FIRST_DAY: jiff::civil::Date = date(2026, 10, 1);
const SECONDS: u64 = 50 * 24 * 3_600;

pub(super) struct Steady {
    folder: TempDir,
    house: House,
    catalog: Arc<Catalog>,
    operator: OperatorId,
    lines: u64,
}

impl Steady {
    /// Lines with the offers, networks and choices of the demo's, in turn.
    pub(super) async fn of(lines: u64) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("bench.db").display());
        let house = House::new(Store::open(&url).await?, &shipped_catalogs(), Clock::system())?;
        let catalog = house.catalog_named(demo::BUSIEST)?;
        let operators = demo::operators(&[(*catalog).clone()], date(2026, 11, 21), 1);
        let (demo, _) = people::provisioned(operators.first().context("the demo has the operator")?).await?;
        // Those that may do everything: call, write and go online.
        let mobile = |line: &NewLine| line.service == catalog::Service::Mobile.as_str();
        let models: Vec<NewLine> = demo.customers.into_iter().flat_map(|customer| customer.lines).filter(mobile).collect();
        let line = |(i, model): (u64, &NewLine)| NewLine {
            number: format!("+{}", FIRST_NUMBER + i),
            identities: Vec::new(),
            billing_account: 0,
            state: "active".to_owned(),
            ended: None,
            iccid: None,
            in_packs: false,
            ..model.clone()
        };
        let lines_made: Vec<NewLine> = (0..lines).zip(models.iter().cycle()).map(line).collect();
        let customers: Vec<NewCustomer> = lines_made
            .chunks(100)
            .enumerate()
            .map(|(index, lines)| NewCustomer::household(&format!("C{index}"), "Steady", lines.to_vec()))
            .collect();
        let new = NewOperator { slug: demo.slug, name: demo.name, customers, ..NewOperator::default() };
        let operator = operations::provision(&house, &new).await?;
        Ok(Self { folder, house, catalog, operator, lines })
    }

    /// A file of so many records, in the order of time: two of data, one call, one message, of one line after the other.
    pub(super) fn write_usage(&self, records: u64) -> anyhow::Result<PathBuf> {
        let path = self.folder.path().join("usage.csv");
        let mut out = BufWriter::new(File::create(&path)?);
        writeln!(out, "record_id,type,direction,msisdn,other_party,start_time,duration_s,volume_bytes,visited_network,access")?;
        let first = FIRST_DAY.at(0, 0, 0, 0);
        for i in 0..records {
            let (number, other) = (FIRST_NUMBER + i % self.lines, 600_000_000 + i * 7_919 % 90_000_000);
            let second = i64::try_from(i * SECONDS / records)?;
            let start = first.checked_add(second.seconds())?.strftime("%Y-%m-%d %H:%M:%S");
            // The lines' turns shift by one each round, so that every line has every kind.
            match (i + i / self.lines) % 4 {
                0 => writeln!(out, "R{i},voice,made,{number},0{other},{start},{},,,", 10 + i % 600)?,
                1 => writeln!(out, "R{i},sms,made,{number},0{other},{start},,,,")?,
                _ => writeln!(out, "R{i},data,made,{number},,{start},,{},,", 100_000 + i % 3_000_000)?,
            }
        }
        out.flush()?;
        Ok(path)
    }

    /// Takes the file in.
    pub(super) async fn import(&self, file: &Path) -> anyhow::Result<ImportReport> {
        let arguments = HouseArguments::at(self.house.store.url().to_owned());
        let layout = arguments.layout("mobile")?;
        let (house, catalog, operator, file) = (self.house.clone(), self.catalog.clone(), self.operator, file.to_owned());
        let take = move || {
            importing(&house, &catalog, operator, Interrupt::default(), |importer| importer.take(&layout, &file, &|_| {}))
        };
        Ok(tokio::task::spawn_blocking(take).await??)
    }
}

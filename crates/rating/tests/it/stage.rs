//! What a test writes down: a line, its month, usages, and what became of them as short texts.

use catalog::{Capping, Catalog, CatalogFiles};
use rating::{
    Account, AtCap, Bar, CallCost, ChosenCutoff, Event, HeldOption, HeldPack, HeldRecharge, LineTerms, MonthState, PackAccount,
    PackState, Rated, Refusal, SpendAccount, SpendCap, SpendPeriod, Why, place,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};
use vocabulary::{
    Access, Direction, LineId, Markup, Month, PackId, Quantity, RechargeId, RecordKey, Timestamp, UsageKind, UsageRecord, Visited,
};

pub(crate) const FRIEND: &str = "0639980011";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs")
}

fn load(operator: &str) -> Catalog {
    Catalog::load(&CatalogFiles::read(&folder()).unwrap(), operator).unwrap()
}

/// The wholesale operator on two host networks.
pub(crate) fn grandlarge() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| load("grandlarge"))
}

/// The business operator.
pub(crate) fn zenne() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| load("zenne"))
}

/// The municipal operator.
pub(crate) fn vallee() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| load("vallee"))
}

/// The wholesale operator with more text at the end of one of its files.
pub(crate) fn grandlarge_with(file: &str, more: &str) -> &'static Catalog {
    let mut files = shipped_files();
    for (name, text) in &mut files {
        if *name == format!("grandlarge/2026-01-01/{file}") {
            text.push_str(more);
        }
    }
    load_changed(files, "grandlarge")
}

/// The wholesale operator with a second version on the 15th of September, in which everything metered costs twice as much.
pub(crate) fn grandlarge_twice() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let mut files = shipped_files();
        let first = |(name, _): &&(String, String)| name == "grandlarge/2026-01-01/prices.csv";
        let prices = files.iter().find(first).unwrap().1.replace(",0.0100,", ",0.0200,").replace(",0.1500,", ",0.3000,");
        files.push(("grandlarge/2026-09-15/prices.csv".to_owned(), prices));
        Catalog::load(&CatalogFiles::new(files), "grandlarge").unwrap()
    })
}

/// An operator whose files, of whatever version, say something else in some places.
pub(crate) fn changed(operator: &str, changes: &[(&str, &str, &str)]) -> &'static Catalog {
    let mut files = shipped_files();
    for (file, from, to) in changes {
        let is_it = |name: &str| name.starts_with(&format!("{operator}/")) && name.ends_with(&format!("/{file}"));
        let texts = files.iter_mut().filter(|(name, _)| is_it(name)).map(|(_, text)| text);
        let mut found = 0;
        for text in texts {
            found += text.matches(from).count();
            *text = text.replace(from, to);
        }
        assert!(found > 0, "`{from}` is not in {file}");
    }
    load_changed(files, operator)
}

fn shipped_files() -> Vec<(String, String)> {
    let read = |(name, path): (String, PathBuf)| (name, fs::read_to_string(path).unwrap());
    files_under(&folder(), "").into_iter().map(read).collect()
}

/// A catalogue that a test changed lives as long as the test.
fn load_changed(files: Vec<(String, String)>, operator: &str) -> &'static Catalog {
    Box::leak(Box::new(Catalog::load(&CatalogFiles::new(files), operator).unwrap()))
}

fn files_under(folder: &Path, prefix: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            found.extend(files_under(&path, &format!("{name}/")));
        } else if name.ends_with(".toml") || name.ends_with(".csv") {
            found.push((name, path));
        }
    }
    found
}

/// A line in September 2026 and what it has.
pub(crate) struct Line {
    catalog: &'static Catalog,
    pub(crate) terms: LineTerms,
    pub(crate) packs: Vec<PackAccount>,
    pub(crate) spends: Vec<SpendAccount>,
    state: MonthState,
}

/// The instant of a local time of September 2026, `"05 10:00"`.
pub(crate) fn september(catalog: &Catalog, day_and_time: &str) -> Timestamp {
    let (day, time) = day_and_time.split_once(' ').unwrap();
    let local = format!("2026-09-{day}T{time}").parse().unwrap();
    Timestamp::from_local(local, &catalog.operator.time_zone).unwrap()
}

impl Line {
    pub(crate) fn new(catalog: &'static Catalog, network: &str, offer: &str) -> Self {
        let started = september(catalog, "01 00:00");
        let terms = LineTerms::new(LineId(1), network, offer, started);
        Self { catalog, terms, packs: Vec::new(), spends: Vec::new(), state: MonthState::default() }
    }

    pub(crate) fn capped(mut self) -> Self {
        self.terms.capping = Capping::Capped;
        self
    }

    pub(crate) fn option(mut self, option: &str, since: &str, until: Option<&str>) -> Self {
        let at = |text| september(self.catalog, text);
        self.terms.options.push(HeldOption { option: option.into(), since: at(since), until: until.map(at) });
        self
    }

    pub(crate) fn recharge(mut self, id: i64, recharge: &str, at: &str) -> Self {
        let at = september(self.catalog, at);
        self.terms.recharges.push(HeldRecharge { id: RechargeId(id), recharge: recharge.into(), at });
        self
    }

    pub(crate) fn cutoff(mut self, cutoff: &str, value: &str) -> Self {
        let version = self.catalog.version_at(self.terms.started);
        let value = version.cutoffs.get(version.cutoffs.find(cutoff).unwrap()).parse(value).unwrap();
        self.terms.cutoffs.retain(|chosen| chosen.cutoff != cutoff);
        self.terms.cutoffs.push(ChosenCutoff { cutoff: cutoff.into(), value });
        self
    }

    pub(crate) fn spend_cap(mut self, period: SpendPeriod, amount: &str, at_cap: AtCap) -> Self {
        self.terms.spend_caps = vec![SpendCap { period, amount: amount.parse().unwrap(), at_cap }];
        self
    }

    pub(crate) fn pack(self, pack: &str) -> Self {
        self.pack_telling_at(pack, &[])
    }

    /// With amounts beyond the pack at which somebody is told.
    pub(crate) fn pack_telling_at(mut self, pack: &str, amounts: &[&str]) -> Self {
        let notices = amounts.iter().map(|amount| amount.parse().unwrap()).collect();
        let held = HeldPack { id: PackId(1), pack: pack.into(), bought: self.terms.started, notices, markup: Markup::NONE };
        let version = self.catalog.version_at(self.terms.started);
        self.packs.push(PackAccount::open(self.catalog, version, &held, PackState::default()));
        self
    }

    pub(crate) fn account(&self) -> Account<'static> {
        let zone = &self.catalog.operator.time_zone;
        let month: Month = "2026-09".parse().unwrap();
        let version = self.catalog.version_at(month.start(zone));
        let month = (month.start(zone), month.next().start(zone));
        Account::open(self.catalog, version, &self.terms, month, self.state.clone()).unwrap()
    }

    /// Rates a usage and keeps the counters, as a program does that loads and saves them between records.
    pub(crate) fn try_rate(&mut self, usage: &Usage) -> Result<Rated, Refusal> {
        let mut account = self.account();
        let (placed, _) =
            place(self.catalog, account.version(), &usage.record(self.catalog), |other| other.starts_with("poste"))?;
        let rated = account.rate(&placed, &mut self.packs, &mut self.spends);
        self.state = account.save();
        rated
    }

    pub(crate) fn rate(&mut self, usage: Usage) -> Rated {
        self.try_rate(&usage).unwrap()
    }

    /// Why a usage may not begin.
    pub(crate) fn bar(&self, usage: &Usage) -> Option<Bar> {
        let account = self.account();
        let (placed, _) = place(self.catalog, account.version(), &usage.record(self.catalog), |_| false).unwrap();
        account.may_begin(&placed, &self.packs, &self.spends).err()
    }

    /// What such calls cost, told before.
    pub(crate) fn cost(&self, usage: &Usage) -> CallCost {
        let account = self.account();
        let (placed, _) = place(self.catalog, account.version(), &usage.record(self.catalog), |_| false).unwrap();
        account.call_cost(&placed, &self.packs)
    }

    /// What a counter stands at.
    pub(crate) fn counter(&self, key: &str) -> i64 {
        self.state.meters.iter().find(|meter| meter.key.as_str() == key).map_or(0, |meter| meter.used)
    }

    /// The parts of a usage, as texts.
    pub(crate) fn parts(&mut self, usage: Usage) -> Vec<String> {
        parts(&self.rate(usage))
    }

    /// What a usage costs, as a text.
    pub(crate) fn price(&mut self, usage: Usage) -> String {
        self.rate(usage).price.to_string()
    }

    /// What has been lifted at an instant of September, now that the terms changed.
    pub(crate) fn lift(&mut self, at: &str) -> Vec<String> {
        self.lift_at(september(self.catalog, at))
    }

    pub(crate) fn lift_at(&mut self, at: Timestamp) -> Vec<String> {
        let mut account = self.account();
        let events = account.lift(&self.packs, &self.spends, at);
        self.state = account.save();
        events.iter().map(event).collect()
    }

    pub(crate) fn state(&self) -> &MonthState {
        &self.state
    }
}

/// Each part: its quantity and where it went, with its price where it was charged.
pub(crate) fn parts(rated: &Rated) -> Vec<String> {
    let part = |part: &rating::Part| match &part.why {
        Why::Emergency => format!("{} emergency", part.quantity),
        Why::Allowance { meter, within: None, .. } => format!("{} {}", part.quantity, meter.as_str()),
        Why::Allowance { meter, within: Some(whole), .. } => {
            format!("{} {} of {}", part.quantity, meter.as_str(), whole.0.as_str())
        }
        Why::Charged { price, cause } => format!("{} {price} {} {}", part.quantity, part.price, cause.as_str()),
        Why::Slowed { meter } => format!("{} slowed by {}", part.quantity, meter.as_str()),
        Why::Stopped { meter } => format!("{} stopped by {}", part.quantity, meter.as_str()),
    };
    rated.parts.iter().map(part).collect()
}

pub(crate) fn events(rated: &Rated) -> Vec<String> {
    rated.events.iter().map(event).collect()
}

fn event(event: &Event) -> String {
    match event {
        Event::Threshold { of, percent } => format!("{percent} % of {}", of.as_str()),
        Event::Stopped { kind, by } => format!("{kind} stopped by {}", by.as_str()),
        Event::Slowed { kind, by } => format!("{kind} slowed by {}", by.as_str()),
        Event::Lifted { by } => format!("lifted {}", by.as_str()),
        Event::SendingSuspended { until } => format!("sending suspended until {until}"),
        Event::FairUse { kind, most } => format!("{kind} beyond {most}"),
        Event::DespiteBlock { kind, by } => format!("{kind} despite {}", by.as_str()),
        Event::DespiteGuard { by } => format!("put through despite {}", by.as_str()),
        Event::OutOfBundle { of, amount } => format!("{} has reached {amount}", of.as_str()),
    }
}

/// A usage; made at home at noon of the 5th where nothing else is said.
#[derive(Clone, Debug)]
pub(crate) struct Usage {
    kind: UsageKind,
    direction: Direction,
    other: String,
    quantity: i64,
    visited: Visited,
    access: Access,
    at: String,
}

pub(crate) fn call(other: &str, seconds: i64) -> Usage {
    usage(UsageKind::Voice, other, seconds)
}

pub(crate) fn sms(other: &str) -> Usage {
    usage(UsageKind::Sms, other, 1)
}

pub(crate) fn mms(other: &str) -> Usage {
    usage(UsageKind::Mms, other, 1)
}

pub(crate) fn data(size: &str) -> Usage {
    usage(UsageKind::Data, "", Quantity::parse(size, UsageKind::Data).unwrap().units())
}

pub(crate) fn usage(kind: UsageKind, other: &str, quantity: i64) -> Usage {
    let (direction, visited) = (Direction::Made, Visited::Home);
    Usage { kind, direction, other: other.into(), quantity, visited, access: Access::Mobile, at: "05 12:00".into() }
}

impl Usage {
    pub(crate) fn received(self) -> Self {
        Self { direction: Direction::Received, ..self }
    }

    pub(crate) fn forwarded(self) -> Self {
        Self { direction: Direction::Forwarded, ..self }
    }

    pub(crate) fn within(self, country: &str) -> Self {
        Self { visited: Visited::Country(country.parse().unwrap()), ..self }
    }

    pub(crate) fn by_wifi(self) -> Self {
        Self { access: Access::Vowifi, ..self }
    }

    pub(crate) fn at(self, day_and_time: &str) -> Self {
        Self { at: day_and_time.into(), ..self }
    }

    pub(crate) fn quantity(&self) -> i64 {
        self.quantity
    }

    /// As much of it again and again; of messages one stays one.
    pub(crate) fn times(self, times: i64) -> Self {
        let is_counted = matches!(self.kind, UsageKind::Data | UsageKind::Voice);
        Self { quantity: if is_counted { self.quantity.saturating_mul(times) } else { self.quantity }, ..self }
    }

    pub(crate) fn record(&self, catalog: &Catalog) -> UsageRecord {
        UsageRecord {
            key: RecordKey(0),
            line: "".into(),
            kind: self.kind,
            direction: self.direction,
            other: self.other.as_str().into(),
            start: september(catalog, &self.at),
            quantity: Quantity::new(self.quantity).unwrap(),
            visited: self.visited.clone(),
            access: self.access,
        }
    }
}

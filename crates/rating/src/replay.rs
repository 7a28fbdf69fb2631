//! A month's kept usage rated once more in memory: as it was, under another version, or on another offer. Nothing is written (RAT-10).

use crate::{
    Account, HeldPack, LineTerms, MonthState, PackAccount, PackState, Placed, Rated, Refusal, SpendAccount, SpendState,
    SpendTerms, place,
};
use catalog::{Catalog, DestinationIx, Version};
use compact_str::CompactString;
use std::collections::HashMap;
use vocabulary::{
    Access, CountryCode, Direction, LineId, Month, PackId, Party, Quantity, RecordKey, SpendId, Timestamp, UsageKind,
    UsageRecord, Visited,
};

/// What is kept of a usage besides what it cost: enough to rate it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRecord {
    /// What makes it the same record elsewhere.
    pub key: RecordKey,
    /// When it began.
    pub started: Timestamp,
    /// Voice, SMS, MMS or data.
    pub kind: UsageKind,
    /// Made, received or forwarded.
    pub direction: Direction,
    /// Who was at the other end.
    pub other: Party,
    /// Was that a line of the same switch, dialled by its extension or name?
    pub is_internal: bool,
    /// Where the line was; `None` for at home.
    pub from_country: Option<CountryCode>,
    /// Seconds, messages or bytes.
    pub quantity: Quantity,
    /// Over what.
    pub access: Access,
}

impl KeptRecord {
    /// What is kept of a record that was placed.
    pub fn of(record: &UsageRecord, placed: &Placed, other: Party) -> Self {
        Self {
            key: record.key,
            started: record.start,
            kind: record.kind,
            direction: record.direction,
            other,
            is_internal: placed.to == DestinationIx::INTERNAL,
            from_country: Some(placed.from_country),
            quantity: record.quantity,
            access: record.access,
        }
    }

    /// Finds where it was and to whom once more. Who was a line of the switch when it came is one still.
    ///
    /// # Errors
    /// When the catalogue no longer knows the other party or the country.
    pub fn place(&self, catalog: &Catalog, version: &Version) -> Result<Placed, Refusal> {
        place(catalog, version, &self.record(catalog.operator.country), |_| self.is_internal).map(|(placed, _)| placed)
    }

    fn record(&self, home: CountryCode) -> UsageRecord {
        let other = if self.kind == UsageKind::Data { CompactString::default() } else { self.other.to_string().into() };
        UsageRecord {
            key: self.key,
            line: CompactString::default(),
            kind: self.kind,
            direction: self.direction,
            other,
            start: self.started,
            quantity: self.quantity,
            visited: Visited::Country(self.from_country.unwrap_or(home)),
            access: self.access,
        }
    }
}

/// What lines share, to be laid out with nothing used.
#[derive(Clone, Debug, Default)]
pub struct SharedTerms {
    /// Group packs.
    pub packs: Vec<HeldPack>,
    /// Ceilings in money.
    pub spends: Vec<(SpendId, SpendTerms)>,
}

/// Lines and what they share laid out from the beginning of a month, with nothing used yet.
pub struct Replay<'c> {
    catalog: &'c Catalog,
    month: Month,
    /// The version that everything is rated under; `None` for that of each day.
    fixed: Option<&'c Version>,
    terms: HashMap<LineId, LineTerms>,
    accounts: HashMap<LineId, Account<'c>>,
    packs: HashMap<PackId, PackAccount>,
    spends: HashMap<SpendId, SpendAccount>,
}

impl<'c> Replay<'c> {
    /// Lays lines out for a month. What a line draws on and is not given is as if it were not there.
    pub fn new(catalog: &'c Catalog, month: Month, terms: impl IntoIterator<Item = LineTerms>, shared: SharedTerms) -> Self {
        let version = catalog.version_at(month.start(&catalog.operator.time_zone));
        let packs = shared.packs.into_iter();
        let packs = packs.map(|held| (held.id, PackAccount::open(catalog, version, &held, PackState::default())));
        let spends = shared.spends.into_iter();
        let spends = spends.map(|(id, terms)| (id, SpendAccount::open(catalog, &terms, SpendState::default())));
        Self {
            catalog,
            month,
            fixed: None,
            terms: terms.into_iter().map(|terms| (terms.id, terms)).collect(),
            accounts: HashMap::new(),
            packs: packs.collect(),
            spends: spends.collect(),
        }
    }

    /// Rates everything under one version, whatever its day.
    #[must_use]
    pub fn under(self, version: &'c Version) -> Self {
        Self { fixed: Some(version), ..self }
    }

    /// Rates one kept usage of a line; they are given in the order in which they came.
    ///
    /// # Errors
    /// When the catalogue no longer knows where the usage was or to whom it went, or the line's offer allows no such usage. Nothing
    /// has moved then.
    pub fn rate(&mut self, line: LineId, kept: &KeptRecord) -> Result<Rated, Refusal> {
        let version = self.fixed.unwrap_or_else(|| self.catalog.version_at(kept.started));
        let placed = kept.place(self.catalog, version)?;
        self.lay_out(line, version)?;
        let (terms, account) = self.terms.get(&line).zip(self.accounts.get_mut(&line)).ok_or_else(|| unknown(line))?;
        let mut packs = taken_out(&terms.packs, &self.packs);
        let mut spends = taken_out(&terms.spends, &self.spends);
        let rated = account.rate(&placed, &mut packs, &mut spends)?;
        put_back(&terms.packs, &mut self.packs, packs);
        put_back(&terms.spends, &mut self.spends, spends);
        Ok(rated)
    }

    /// The line's month as it stands, laid out.
    pub fn account(&self, line: LineId) -> Option<&Account<'c>> {
        self.accounts.get(&line)
    }

    /// The packs and their counters.
    pub fn packs(&self) -> impl Iterator<Item = (PackId, PackState)> {
        self.packs.iter().map(|(id, pack)| (*id, pack.state))
    }

    /// What lines spend together, with its counters.
    pub fn spends(&self) -> impl Iterator<Item = (SpendId, &SpendState)> {
        self.spends.iter().map(|(id, spend)| (*id, &spend.state))
    }

    fn lay_out(&mut self, line: LineId, version: &'c Version) -> Result<(), Refusal> {
        if self.accounts.get(&line).is_some_and(|account| std::ptr::eq(account.version(), version)) {
            return Ok(());
        }
        let state = self.accounts.get(&line).map_or_else(MonthState::default, Account::save);
        let terms = self.terms.get(&line).ok_or_else(|| unknown(line))?;
        let zone = &self.catalog.operator.time_zone;
        let bounds = (self.month.start(zone), self.month.next().start(zone));
        self.accounts.insert(line, Account::open(self.catalog, version, terms, bounds, state)?);
        Ok(())
    }
}

/// What a line shares, those that are there, in the line's order.
fn taken_out<K: Copy + Eq + std::hash::Hash, V: Clone>(ids: &[K], all: &HashMap<K, V>) -> Vec<V> {
    ids.iter().filter_map(|id| all.get(id).cloned()).collect()
}

fn put_back<K: Copy + Eq + std::hash::Hash, V>(ids: &[K], all: &mut HashMap<K, V>, after: Vec<V>) {
    let there: Vec<K> = ids.iter().copied().filter(|id| all.contains_key(id)).collect();
    all.extend(there.into_iter().zip(after));
}

fn unknown(line: LineId) -> Refusal {
    Refusal::NotInCatalogue(format!("line {line}"))
}

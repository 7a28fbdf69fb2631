//! A month of lines that share packs and ceilings, as a program rates it: counters are saved as texts after every record and loaded
//! before the next, and of each record is kept what a journal keeps.

use crate::stage::Usage;
use catalog::Catalog;
use rating::{
    Account, KeptRecord, LineTerms, MonthState, PackAccount, PackState, Placed, Rated, Refusal, Replay, SharedTerms,
    SpendAccount, SpendState, place, read_parts, write_parts,
};
use std::collections::BTreeMap;
use vocabulary::{LineId, Money, Month, PackId, Party, SpendId, Timestamp};

/// A record in the journal: what is kept of it, how it was rated, and where it was placed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) line: LineId,
    pub(crate) kept: KeptRecord,
    /// Its parts as they are kept.
    pub(crate) parts: String,
    /// Its events as they are kept.
    pub(crate) events: Vec<String>,
    pub(crate) placed: Placed,
}

impl Entry {
    /// What it cost, by its parts.
    pub(crate) fn price(&self) -> Money {
        read_parts(&self.parts).unwrap().iter().map(|part| part.price).sum()
    }
}

/// The counters of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counters {
    pub(crate) lines: BTreeMap<LineId, MonthState>,
    pub(crate) packs: BTreeMap<PackId, PackState>,
    pub(crate) spends: BTreeMap<SpendId, SpendState>,
}

/// September 2026 of some lines.
pub(crate) struct Rating {
    pub(crate) catalog: &'static Catalog,
    pub(crate) terms: Vec<LineTerms>,
    pub(crate) shared: SharedTerms,
    pub(crate) counters: Counters,
    pub(crate) journal: Vec<Entry>,
}

pub(crate) fn september_2026() -> Month {
    "2026-09".parse().unwrap()
}

impl Rating {
    /// The lines are numbered from 1, in their order.
    pub(crate) fn new(catalog: &'static Catalog, terms: Vec<LineTerms>, shared: SharedTerms) -> Self {
        let number = |(id, terms): (i64, LineTerms)| LineTerms { id: LineId(id), ..terms };
        let terms = (1..).zip(terms).map(number).collect();
        Self { catalog, terms, shared, counters: Counters::default(), journal: Vec::new() }
    }

    pub(crate) fn bounds(&self) -> (Timestamp, Timestamp) {
        let zone = &self.catalog.operator.time_zone;
        (september_2026().start(zone), september_2026().next().start(zone))
    }

    /// Rates a usage of the line at a position; the journal has it unless it was refused.
    pub(crate) fn rate(&mut self, position: usize, usage: &Usage) {
        let _ = self.try_rate(position % self.terms.len(), usage);
    }

    fn try_rate(&mut self, position: usize, usage: &Usage) -> Result<(), Refusal> {
        let record = usage.record(self.catalog);
        let version = self.catalog.version_at(record.start);
        let (placed, party) = place(self.catalog, version, &record, |other| other.starts_with("poste"))?;
        let terms = &self.terms[position];
        let state = again(self.counters.lines.get(&terms.id).unwrap_or(&MonthState::default()));
        let mut account = Account::open(self.catalog, version, terms, self.bounds(), state)?;
        let first = self.catalog.version_at(self.bounds().0);
        let held = |id: &PackId| self.shared.packs.iter().find(|held| held.id == *id);
        let state = |id: &PackId| self.counters.packs.get(id).copied().unwrap_or_default();
        let mut packs: Vec<PackAccount> =
            terms.packs.iter().map(|id| PackAccount::open(self.catalog, first, held(id).unwrap(), state(id))).collect();
        let of = |id: &SpendId| &self.shared.spends.iter().find(|(known, _)| known == id).unwrap().1;
        let state = |id: &SpendId| again(self.counters.spends.get(id).unwrap_or(&SpendState::default()));
        let mut spends: Vec<SpendAccount> =
            terms.spends.iter().map(|id| SpendAccount::open(self.catalog, of(id), state(id))).collect();
        let rated = account.rate(&placed, &mut packs, &mut spends)?;
        self.counters.lines.insert(terms.id, account.save());
        self.counters.packs.extend(terms.packs.iter().copied().zip(packs.iter().map(|pack| pack.state)));
        self.counters.spends.extend(terms.spends.iter().copied().zip(spends.into_iter().map(|spend| spend.state)));
        self.journal.push(Entry {
            line: terms.id,
            kept: KeptRecord { other: read_party(&party.to_string()), ..KeptRecord::of(&record, &placed, party) },
            parts: write_parts(&rated.parts),
            events: kept_events(&rated),
            placed,
        });
        Ok(())
    }

    /// Rates the journal again from the beginning of the month, and answers with the parts and events of each entry, and the counters.
    pub(crate) fn again(&self) -> (Vec<(String, Vec<String>)>, Counters) {
        let mut replay = Replay::new(self.catalog, september_2026(), self.terms.iter().cloned(), self.shared.clone());
        let rate = |entry: &Entry| {
            let rated = replay.rate(entry.line, &entry.kept).unwrap();
            (write_parts(&rated.parts), kept_events(&rated))
        };
        let rated = self.journal.iter().map(rate).collect();
        let of_line = |terms: &LineTerms| Some((terms.id, again(&replay.account(terms.id)?.save())));
        let lines = self.terms.iter().filter_map(of_line).collect();
        let packs = replay.packs().filter(|(id, _)| self.counters.packs.contains_key(id)).collect();
        let spends = replay.spends().filter(|(id, _)| self.counters.spends.contains_key(id));
        let spends = spends.map(|(id, state)| (id, state.clone())).collect();
        (rated, Counters { lines, packs, spends })
    }

    /// What one line's journal says: parts and events of each record, in order.
    pub(crate) fn of_line(&self, line: LineId) -> Vec<(&str, &[String])> {
        let own = self.journal.iter().filter(|entry| entry.line == line);
        own.map(|entry| (entry.parts.as_str(), entry.events.as_slice())).collect()
    }
}

/// Counters as they come back from where they are kept.
fn again<T: serde::Serialize + serde::de::DeserializeOwned>(counters: &T) -> T {
    serde_json::from_str(&serde_json::to_string(counters).unwrap()).unwrap()
}

fn kept_events(rated: &Rated) -> Vec<String> {
    rated.events.iter().map(|event| serde_json::to_string(event).unwrap()).collect()
}

/// The other party as it comes back from a table of texts.
fn read_party(text: &str) -> Party {
    match text.parse() {
        Ok(number) if text.starts_with('+') => Party::Number(number),
        _ if text.is_empty() => Party::Unknown,
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Party::Short(text.into()),
        _ => Party::Named(text.into()),
    }
}

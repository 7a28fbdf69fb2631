//! Lines and packs laid out for rating, kept from batch to batch within a bound.

use super::{HashMap, HashSet};
use crate::OperationError;
use catalog::{Catalog, Version};
use compact_str::CompactString;
use rating::{Account, HeldPack, MonthState, PackAccount, Refusal, SpendAccount};
use std::collections::BTreeSet;
use store::{LineToRate, Scope, Scoped, Store};
use tokio::runtime::Handle;
use vocabulary::{LineId, Month, OperatorId, PackId, Party, SpendId, Timestamp};

/// How many months' tables are made at once.
const MOST_MONTHS_AHEAD: usize = 12;

/// A line's month, laid out.
pub(super) struct OpenAccount<'c> {
    pub(super) account: Account<'c>,
    /// The number of the batch that changed it last, 0 for none.
    pub(super) changed_in: u64,
}

/// Everything loaded so far.
pub(super) struct Accounts<'c> {
    catalog: &'c Catalog,
    store: Store,
    scoped: Scoped,
    runtime: Handle,
    operator: OperatorId,
    names: HashMap<CompactString, Option<LineId>>,
    pub(super) lines: HashMap<LineId, LineToRate>,
    pub(super) open: HashMap<(LineId, Month), OpenAccount<'c>>,
    states: HashMap<(LineId, Month), MonthState>,
    pub(super) packs: HashMap<(PackId, Month), (HeldPack, PackAccount)>,
    pub(super) spends: HashMap<(SpendId, Month), SpendAccount>,
    months: HashSet<Month>,
    batch: u64,
    written: u64,
}

impl<'c> Accounts<'c> {
    pub(super) fn new(catalog: &'c Catalog, store: Store, runtime: Handle, operator: OperatorId) -> Self {
        Self {
            catalog,
            scoped: store.scoped(Scope::operator(operator)),
            store,
            runtime,
            operator,
            names: HashMap::default(),
            lines: HashMap::default(),
            open: HashMap::default(),
            states: HashMap::default(),
            packs: HashMap::default(),
            spends: HashMap::default(),
            months: HashSet::default(),
            batch: 0,
            written: 0,
        }
    }

    /// Begins the next batch, of so many records at most. What was laid out for others and is in the database is let go once there is
    /// more of it than one batch can ask for; terms and names, which are smaller, later.
    pub(super) fn begin_batch(&mut self, records: usize) {
        self.batch += 1;
        if self.open.len() > records {
            let written = self.written;
            self.open.retain(|_, open| open.changed_in > written);
        }
        if self.states.len() > records {
            self.states.clear();
        }
        if self.lines.len() > 2 * records {
            self.lines.clear();
        }
        if self.names.len() > 10 * records {
            self.names.clear();
        }
    }

    /// The number of the batch that is being made.
    pub(super) fn batch(&self) -> u64 {
        self.batch
    }

    /// So many more batches are in the database.
    pub(super) fn written(&mut self, batches: usize) {
        self.written += batches as u64;
    }

    /// Every batch made so far is in the database.
    pub(super) fn all_written(&mut self) {
        self.written = self.batch;
    }

    /// The accounts that this batch changed.
    pub(super) fn changed(&self) -> impl Iterator<Item = ((LineId, Month), &Account<'c>)> {
        self.open.iter().filter(|(_, open)| open.changed_in == self.batch).map(|(&key, open)| (key, &open.account))
    }

    pub(super) fn clear(&mut self) {
        self.names.clear();
        self.lines.clear();
        self.open.clear();
        self.states.clear();
        self.packs.clear();
        self.spends.clear();
    }

    /// Looks up which lines these names of a file belong to, those that are not known yet in one go.
    pub(super) fn find_names<'n>(&mut self, names: impl Iterator<Item = &'n CompactString>) -> Result<(), OperationError> {
        let mut unknown: HashMap<String, Vec<CompactString>> = HashMap::default();
        for name in names {
            if !name.is_empty() && !self.names.contains_key(name) {
                self.names.insert(name.clone(), None);
                unknown.entry(self.identity(name)).or_default().push(name.clone());
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let mut identities: Vec<String> = unknown.keys().cloned().collect();
        identities.sort();
        let found = self.runtime.block_on(self.store.lines_by_identity(self.operator, &identities))?;
        for (identity, line) in found {
            for name in unknown.remove(&identity).unwrap_or_default() {
                self.names.insert(name, Some(line));
            }
        }
        Ok(())
    }

    /// How the database knows a name of a file: numbers with a plus, the rest as it stands.
    fn identity(&self, name: &str) -> String {
        match self.catalog.world.plan.read(name) {
            Party::Number(number) => number.to_string(),
            _ => name.to_owned(),
        }
    }

    /// The line of a name that was looked up.
    pub(super) fn line(&self, name: &CompactString) -> Option<LineId> {
        self.names.get(name).copied().flatten()
    }

    /// Loads terms and counters of these lines' months, those that are not there yet in one go, and makes the months' tables.
    pub(super) fn load(&mut self, wanted: &HashSet<(LineId, Month)>, until: Month) -> Result<(), OperationError> {
        let mut lines: Vec<LineId> = wanted.iter().map(|(line, _)| *line).filter(|line| !self.lines.contains_key(line)).collect();
        lines.sort();
        lines.dedup();
        let loaded = self.runtime.block_on(self.scoped.lines_to_rate(&lines))?;
        self.lines.extend(loaded);
        let mut by_month: HashMap<Month, Vec<LineId>> = HashMap::default();
        for &(line, month) in wanted {
            if !self.open.contains_key(&(line, month)) {
                by_month.entry(month).or_default().push(line);
            }
        }
        for (month, mut lines) in by_month {
            self.prepare(month, until)?;
            lines.sort();
            let states = self.runtime.block_on(self.scoped.month_states(month, &lines))?;
            self.states.extend(states.into_iter().map(|(line, state)| ((line, month), state)));
        }
        self.load_packs(wanted)?;
        self.load_spends(wanted)
    }

    /// Makes a month's table where it is not there, and those of the months after it that may come: a table made later waits for the
    /// writer, and everybody for it.
    fn prepare(&mut self, month: Month, until: Month) -> Result<(), OperationError> {
        let months = std::iter::successors(Some(month), |month| Some(month.next()).filter(|next| *next <= until));
        for month in months.take(MOST_MONTHS_AHEAD) {
            if self.months.insert(month) {
                self.runtime.block_on(self.store.prepare_month(month))?;
            }
        }
        Ok(())
    }

    fn load_packs(&mut self, wanted: &HashSet<(LineId, Month)>) -> Result<(), OperationError> {
        let mut by_month: HashMap<Month, BTreeSet<PackId>> = HashMap::default();
        for &(line, month) in wanted {
            let packs = self.lines.get(&line).into_iter().flat_map(|line| line.terms.packs.iter().copied());
            by_month.entry(month).or_default().extend(packs.filter(|pack| !self.packs.contains_key(&(*pack, month))));
        }
        for (month, packs) in by_month {
            let version = self.catalog.version_at(month.start(&self.catalog.operator.time_zone));
            let packs: Vec<PackId> = packs.into_iter().collect();
            for (pack, (held, state)) in self.runtime.block_on(self.store.packs(&packs, month))? {
                let account = PackAccount::open(self.catalog, version, &held, state);
                self.packs.insert((pack, month), (held, account));
            }
        }
        Ok(())
    }

    /// Loads what these lines spend together with others. Who has no counters in a month yet gets those of the usage that is there:
    /// whoever gives lines a new cap does it under the importer's lease, so that none is on its way.
    fn load_spends(&mut self, wanted: &HashSet<(LineId, Month)>) -> Result<(), OperationError> {
        let mut by_month: HashMap<Month, BTreeSet<SpendId>> = HashMap::default();
        for &(line, month) in wanted {
            let spends = self.lines.get(&line).into_iter().flat_map(|line| line.terms.spends.iter().copied());
            for spend in spends.filter(|spend| !self.spends.contains_key(&(*spend, month))) {
                by_month.entry(month).or_default().insert(spend);
            }
        }
        for (month, spends) in by_month {
            let spends: Vec<SpendId> = spends.into_iter().collect();
            for (id, spend) in self.runtime.block_on(self.store.shared_spends(&spends, month))? {
                let state = match spend.state.clone() {
                    Some(state) => state,
                    None => {
                        let charges = self.runtime.block_on(self.store.charges(&spend, month))?;
                        SpendAccount::counted(self.catalog, spend.terms.owner, charges)
                    }
                };
                self.spends.insert((id, month), SpendAccount::open(self.catalog, &spend.terms, state));
            }
        }
        Ok(())
    }

    /// The line's month laid out under the version of an instant.
    pub(super) fn account(&mut self, line: LineId, month: Month, version: &'c Version) -> Result<&mut OpenAccount<'c>, Refusal> {
        let key = (line, month);
        let is_current = self.open.get(&key).is_some_and(|open| std::ptr::eq(open.account.version(), version));
        if !is_current {
            let (state, changed_in) = match self.open.get(&key) {
                Some(open) => (open.account.save(), open.changed_in),
                None => (self.states.remove(&key).unwrap_or_default(), 0),
            };
            let terms = &self.lines.get(&line).ok_or_else(|| Refusal::NotInCatalogue(format!("line {line}")))?.terms;
            let zone = &self.catalog.operator.time_zone;
            let bounds = (month.start(zone), month.next().start(zone));
            // A line that cannot be laid out keeps its counters for the next try.
            let opened = Account::open(self.catalog, version, terms, bounds, state.clone());
            match opened {
                Ok(account) => self.open.insert(key, OpenAccount { account, changed_in }),
                Err(refusal) => {
                    self.states.insert(key, state);
                    return Err(refusal);
                }
            };
        }
        self.open.get_mut(&key).ok_or_else(|| Refusal::NotInCatalogue(format!("line {line}")))
    }

    /// When the latest record of a line's month began.
    pub(super) fn latest(&self, line: LineId, month: Month) -> Timestamp {
        let open = self.open.get(&(line, month)).map(|open| open.account.state());
        open.or_else(|| self.states.get(&(line, month))).map_or(Timestamp::EPOCH, |state| state.totals.latest)
    }
}

//! A month's kept usage rated once more in memory: as it was, under another catalogue, or on another offer. Nothing is written.

use catalog::{Catalog, Version};
use compact_str::CompactString;
use rating::{Account, HeldPack, LineTerms, MonthState, PackAccount, PackState, Rated, Refusal, place};
use std::collections::HashMap;
use store::KeptUsage;
use vocabulary::{CountryCode, LineId, Month, PackId, UsageKind, UsageRecord, Visited};

/// Lines and packs laid out from the beginning of a month, with nothing used yet.
pub(crate) struct Replay<'c> {
    catalog: &'c Catalog,
    month: Month,
    /// The version that everything is rated under; `None` for that of each day.
    fixed: Option<&'c Version>,
    terms: HashMap<LineId, LineTerms>,
    accounts: HashMap<LineId, Account<'c>>,
    held: HashMap<PackId, HeldPack>,
    packs: HashMap<PackId, PackAccount>,
}

impl<'c> Replay<'c> {
    pub(crate) fn new(
        catalog: &'c Catalog,
        month: Month,
        terms: impl IntoIterator<Item = LineTerms>,
        packs: impl IntoIterator<Item = HeldPack>,
    ) -> Self {
        let version = catalog.version_at(month.start(&catalog.operator.time_zone));
        let held: HashMap<PackId, HeldPack> = packs.into_iter().map(|pack| (pack.id, pack)).collect();
        let packs = held.iter().map(|(id, held)| (*id, PackAccount::open(catalog, version, held, PackState::default())));
        Self {
            catalog,
            month,
            fixed: None,
            terms: terms.into_iter().map(|terms| (terms.id, terms)).collect(),
            accounts: HashMap::new(),
            packs: packs.collect(),
            held,
        }
    }

    /// Rates everything under one version, whatever its day.
    pub(crate) fn under(self, version: &'c Version) -> Self {
        Self { fixed: Some(version), ..self }
    }

    /// Rates one kept usage; they are given in the order in which they came.
    ///
    /// # Errors
    /// When the catalogue no longer knows where the usage was or to whom it went, or the line's offer allows no such usage. Nothing
    /// has moved then.
    pub(crate) fn rate(&mut self, usage: &KeptUsage) -> Result<Rated, Refusal> {
        let version = self.fixed.unwrap_or_else(|| self.catalog.version_at(usage.started));
        let record = record(usage, self.catalog.operator.country);
        // Who was a line of the operator's when it came is one still.
        let (placed, _) = place(self.catalog, version, &record, |_| true)?;
        self.lay_out(usage.line, version)?;
        let shared: Vec<PackId> = self.terms.get(&usage.line).map(|terms| terms.packs.clone()).unwrap_or_default();
        let mut packs: Vec<PackAccount> = shared.iter().filter_map(|pack| self.packs.get(pack).cloned()).collect();
        let account = self.accounts.get_mut(&usage.line).ok_or_else(|| unknown(usage.line))?;
        let rated = account.rate(&placed, &mut packs, &mut [])?;
        let there: Vec<PackId> = shared.into_iter().filter(|pack| self.packs.contains_key(pack)).collect();
        self.packs.extend(there.into_iter().zip(packs));
        Ok(rated)
    }

    /// The line's month as it stands, laid out.
    pub(crate) fn account(&self, line: LineId) -> Option<&Account<'c>> {
        self.accounts.get(&line)
    }

    /// The packs and their counters.
    pub(crate) fn packs(&self) -> impl Iterator<Item = (PackId, PackState)> {
        self.held.keys().filter_map(|id| Some((*id, self.packs.get(id)?.state)))
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

fn unknown(line: LineId) -> Refusal {
    Refusal::NotInCatalogue(format!("line {line}"))
}

/// A kept usage as a record that can be placed again.
fn record(usage: &KeptUsage, home: CountryCode) -> UsageRecord {
    let other = if usage.kind == UsageKind::Data { CompactString::default() } else { usage.other.to_string().into() };
    UsageRecord {
        key: usage.key,
        line: CompactString::default(),
        kind: usage.kind,
        direction: usage.direction,
        other,
        start: usage.started,
        quantity: usage.quantity,
        visited: Visited::Country(usage.from_country.unwrap_or(home)),
        access: usage.access,
    }
}

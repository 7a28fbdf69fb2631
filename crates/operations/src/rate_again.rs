//! Rates a line, a customer or a whole month again after a correction of the catalogue or of usage: the difference is shown before it is
//! kept, and a closed month is corrected with a later bill, never rewritten (RAT-10).

use crate::{
    House, OperationError, Scope,
    usage_import::{ImportError, LEASE_S, Lease, rating_stage, spend_state},
};
use catalog::Catalog;
use rating::{HeldPack, LineTerms, Replay, SharedTerms};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{Corrections, CustomerLines, KeptUsage, LineToRate, RatedAgain, RatedAgainRow, Scoped, UsageMonth};
use tokio::runtime::Handle;
use vocabulary::{LineId, Money, Month, OperatorId, PackId, SpendId, Timestamp};

/// Whose usage is rated again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    Everybody,
    /// One customer's, by its reference.
    Customer(String),
    /// One line's, by its number or name.
    Line(String),
}

/// A line whose month comes out differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDifference {
    /// Which line.
    pub line: LineId,
    /// Its number or name.
    pub number: String,
    /// Its customer's reference.
    pub customer: String,
    /// What its month costs beyond what is included, as it was.
    pub before: Money,
    /// As it comes out now.
    pub after: Money,
    /// Records whose price or parts are others.
    pub changed: u64,
}

/// What rating again found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Records that were rated again.
    pub records: u64,
    /// The lines that come out differently, by customer and number.
    pub lines: Vec<LineDifference>,
    /// Records that can no longer be rated, and why the first of them cannot; they keep their price.
    pub refused: u64,
    /// Why the first of them cannot be rated.
    pub first_refusal: Option<String>,
    /// The month is closed: differences go to the bill of this month.
    pub billed_with: Option<Month>,
}

/// Why a month could not be rated again.
#[derive(Debug, thiserror::Error)]
pub enum RateAgainError {
    /// There is no usage in the month.
    #[error("no usage in {0}: name another month")]
    NoUsage(Month),
    /// Nobody of that name has usage in the month.
    #[error("`{0}` has no usage in that month: give a customer's reference or a line's number as lists show them")]
    Nobody(String),
    /// Some records can no longer be rated: nothing was kept.
    #[error("{refused} records cannot be rated under this catalogue ({why}); nothing was kept: correct the catalogue first")]
    Refused {
        /// How many.
        refused: u64,
        /// Why the first cannot.
        why: String,
    },
    /// The right to write the counters.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database or the catalogue.
    #[error(transparent)]
    Operation(#[from] OperationError),
}

impl From<store::StoreError> for RateAgainError {
    fn from(error: store::StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Rates usage again and tells the difference; with `keep`, the difference is written: all of it, customer by customer. Blocking: it is
/// called on a thread that may block, within the program's runtime.
///
/// # Errors
/// When nobody is meant, somebody else writes the operator's counters, or the database fails; customers that were kept stay so, and
/// the same call finishes the rest.
pub fn rate_again(
    house: &House,
    operator: OperatorId,
    whose: &Whose,
    month: Month,
    keep: bool,
    on_progress: &dyn Fn(u64, u64),
) -> Result<Difference, RateAgainError> {
    let runtime = Handle::current();
    let catalog = runtime.block_on(house.catalog(operator))?;
    let scoped = house.store.scoped(Scope::operator(operator));
    let months = runtime.block_on(scoped.usage_months(None))?;
    let used = months.into_iter().find(|used| used.month() == month).ok_or(RateAgainError::NoUsage(month))?;
    // What is to be kept is read and rated under the lease: no record comes between, and nobody closes the month.
    let lease = if keep { Some(Lease::take(house, &runtime, operator)?) } else { None };
    let rate = || {
        let closed = runtime.block_on(house.store.last_closed_month(operator))?.filter(|closed| month <= *closed);
        let customers = chosen(runtime.block_on(scoped.customers_with_usage(used))?, whose)?;
        let corrected = runtime.block_on(house.store.corrections_to(operator, month))?;
        let again =
            Again { house, runtime: &runtime, catalog: &catalog, scoped: &scoped, used, operator, corrected, lease: &lease };
        again.all(&customers, whose, closed, on_progress)
    };
    let difference: Result<Difference, RateAgainError> = rate();
    if let Some(lease) = &lease {
        let given_back = lease.give_back(house, &runtime);
        return difference.and_then(|difference| Ok(given_back.map(|()| difference)?));
    }
    difference
}

/// The customers that are meant.
pub(crate) fn chosen(customers: Vec<CustomerLines>, whose: &Whose) -> Result<Vec<CustomerLines>, RateAgainError> {
    let is_meant = |customer: &CustomerLines| match whose {
        Whose::Everybody => true,
        Whose::Customer(reference) => customer.reference == *reference,
        Whose::Line(wanted) => customer.lines.iter().any(|(_, number)| number == wanted),
    };
    let found: Vec<CustomerLines> = customers.into_iter().filter(is_meant).collect();
    match whose {
        Whose::Customer(name) | Whose::Line(name) if found.is_empty() => Err(RateAgainError::Nobody(name.clone())),
        _ => Ok(found),
    }
}

struct Again<'a> {
    house: &'a House,
    runtime: &'a Handle,
    catalog: &'a Catalog,
    scoped: &'a Scoped,
    used: UsageMonth,
    operator: OperatorId,
    /// By how much the month was corrected before, by line.
    corrected: HashMap<LineId, Money>,
    /// The right to write; only with it is anything kept.
    lease: &'a Option<Lease>,
}

impl Again<'_> {
    fn all(
        &self,
        customers: &[CustomerLines],
        whose: &Whose,
        closed: Option<Month>,
        on_progress: &dyn Fn(u64, u64),
    ) -> Result<Difference, RateAgainError> {
        let count = customers.len() as u64;
        let mut difference = Difference { billed_with: closed.map(Month::next), ..Difference::default() };
        let mut rated = Vec::new();
        for (done, customer) in (1..).zip(customers) {
            let one = self.customer(customer, whose, &mut difference)?;
            rated.extend(one);
            if let Some(lease) = self.held() {
                self.runtime.block_on(self.house.store.hold_import_lease(self.operator, lease))?;
            } else {
                rated.clear();
            }
            on_progress(done, count);
        }
        if self.lease.is_some() {
            if let Some(why) = difference.first_refusal.clone() {
                return Err(RateAgainError::Refused { refused: difference.refused, why });
            }
            self.keep(rated, &difference)?;
        }
        Ok(difference)
    }

    /// The fence of the lease, and until when it holds from now on.
    fn held(&self) -> Option<(i64, Timestamp)> {
        let until = self.house.clock.now().plus_seconds(LEASE_S);
        self.lease.as_ref().map(|lease| (lease.held.fence, until))
    }

    /// Rates a customer's lines again: lines that share a pack or a cap cannot be told apart, and both are shared within a customer. `None` when
    /// nothing changes.
    fn customer(
        &self,
        customer: &CustomerLines,
        whose: &Whose,
        difference: &mut Difference,
    ) -> Result<Option<RatedAgain>, RateAgainError> {
        let month = self.used.month();
        let ids: Vec<LineId> = customer.lines.iter().map(|(line, _)| *line).collect();
        let lines = self.runtime.block_on(self.scoped.lines_to_rate(&ids))?;
        let ids = meant(customer, whose, &lines);
        let shared = self.shared_by(ids.iter().filter_map(|id| lines.get(id)))?;
        let usages = self.runtime.block_on(self.scoped.usage_as_it_came(self.used, &ids))?;
        let terms = ids.iter().filter_map(|id| lines.get(id)).map(|line| line.terms.clone());
        let mut replay = Replay::new(self.catalog, month, terms, shared);
        let mut found = Found::default();
        for usage in &usages {
            self.usage(usage, &mut replay, &mut found, difference);
        }
        difference.records += usages.len() as u64;
        for (line, number) in &customer.lines {
            let Some(&(before, after, changed)) = found.lines.get(line) else { continue };
            let before = before.checked_add(self.corrected.get(line).copied().unwrap_or(Money::ZERO)).unwrap_or(before);
            // A closed month may have been corrected before by what is now right again, with no record changed.
            let differs = if difference.billed_with.is_some() { before != after } else { changed > 0 };
            if differs {
                let (number, customer) = (number.clone(), customer.reference.clone());
                difference.lines.push(LineDifference { line: *line, number, customer, before, after, changed });
            }
        }
        if found.rows.is_empty() {
            return Ok(None);
        }
        let line_months = ids.iter().filter_map(|id| Some(rating_stage::line_month(*id, month, replay.account(*id)?))).collect();
        Ok(Some(RatedAgain {
            operator: self.operator,
            customer: customer.customer,
            month,
            lease: (0, self.house.clock.now()),
            now: self.house.clock.now(),
            lines: ids,
            rows: found.rows,
            line_months,
            pack_months: replay.packs().collect(),
            spend_months: replay.spends().map(|(id, state)| (id, spend_state(state))).collect(),
            days: found.days.into_iter().collect(),
            events: found.events,
        }))
    }

    /// What these lines share, with nothing used.
    fn shared_by<'l>(&self, lines: impl Iterator<Item = &'l LineToRate>) -> Result<SharedTerms, RateAgainError> {
        let (mut packs, mut spends): (BTreeSet<PackId>, BTreeSet<SpendId>) = (BTreeSet::new(), BTreeSet::new());
        for line in lines {
            packs.extend(&line.terms.packs);
            spends.extend(&line.terms.spends);
        }
        let (packs, spends): (Vec<PackId>, Vec<SpendId>) = (packs.into_iter().collect(), spends.into_iter().collect());
        let month = self.used.month();
        let packs = self.runtime.block_on(self.house.store.packs(&packs, month))?;
        let spends = self.runtime.block_on(self.house.store.shared_spends(&spends, month))?;
        Ok(SharedTerms {
            packs: packs.into_values().map(|(held, _): (HeldPack, _)| held).collect(),
            spends: spends.into_iter().map(|(id, spend)| (id, spend.terms)).collect(),
        })
    }

    fn usage(&self, usage: &KeptUsage, replay: &mut Replay<'_>, found: &mut Found, difference: &mut Difference) {
        let rated = match replay.rate(usage.line, &usage.record()) {
            Ok(rated) => rated,
            Err(refusal) => {
                difference.refused += 1;
                difference.first_refusal.get_or_insert_with(|| refusal.to_string());
                return;
            }
        };
        let of_record = (usage.started, usage.key);
        found.events.extend(rating_stage::line_events(usage.line, self.used.month(), of_record, &rated.events));
        let sums = found.lines.entry(usage.line).or_default();
        sums.0 = sums.0.checked_add(usage.price).unwrap_or(sums.0);
        sums.1 = sums.1.checked_add(rated.price).unwrap_or(sums.1);
        if usage.price == rated.price && usage.parts[..] == rated.parts[..] {
            return;
        }
        sums.2 += 1;
        let date = usage.started.to_local(&self.catalog.operator.time_zone).date();
        let day = (i32::from(date.year()) * 100 + i32::from(date.month())) * 100 + i32::from(date.day());
        let of_day = found.days.entry(day).or_default();
        *of_day = of_day.checked_add(rated.price).and_then(|sum| sum.checked_sub(usage.price)).unwrap_or(*of_day);
        let (line, started, key) = (usage.line, usage.started, usage.key);
        found.rows.push(RatedAgainRow { line, started, key, price: rated.price, parts: rated.parts.to_vec() });
    }

    /// Writes the differences: into the month while it is open, beside it for a later bill when it is closed.
    fn keep(&self, rated: Vec<RatedAgain>, difference: &Difference) -> Result<(), RateAgainError> {
        let Some(bill_month) = difference.billed_with else {
            for one in rated {
                let Some(lease) = self.held() else { return Ok(()) };
                let one = RatedAgain { lease, now: self.house.clock.now(), ..one };
                self.runtime.block_on(self.house.store.keep_rated_again(&one))?;
            }
            return Ok(());
        };
        let Some(lease) = self.held() else { return Ok(()) };
        let amount = |line: &LineDifference| Some((line.line, line.after.checked_sub(line.before)?));
        let corrections = Corrections {
            operator: self.operator,
            lease,
            month: self.used.month(),
            bill_month,
            amounts: difference.lines.iter().filter_map(amount).collect(),
            reason: "rated again".to_owned(),
            now: self.house.clock.now(),
        };
        Ok(self.runtime.block_on(self.house.store.note_corrections(&corrections))?)
    }
}

/// The lines of a customer that are meant, those that share a pack or a cap with one of them, and so on.
fn meant(customer: &CustomerLines, whose: &Whose, lines: &HashMap<LineId, LineToRate>) -> Vec<LineId> {
    let Whose::Line(wanted) = whose else { return customer.lines.iter().map(|(line, _)| *line).collect() };
    let is_named = |(_, number): &(LineId, String)| number == wanted;
    let (mut found, mut left): (Vec<_>, Vec<_>) = customer.lines.iter().partition(|line| is_named(line));
    let (mut packs, mut spends): (BTreeSet<PackId>, BTreeSet<SpendId>) = (BTreeSet::new(), BTreeSet::new());
    let mut known = 0;
    while known < found.len() {
        for terms in found[known..].iter().filter_map(|(line, _)| lines.get(line)).map(|line| &line.terms) {
            packs.extend(&terms.packs);
            spends.extend(&terms.spends);
        }
        known = found.len();
        let shares = |terms: &LineTerms| {
            terms.packs.iter().any(|pack| packs.contains(pack)) || terms.spends.iter().any(|spend| spends.contains(spend))
        };
        let (more, rest) = left.into_iter().partition(|(line, _)| lines.get(line).is_some_and(|line| shares(&line.terms)));
        found.extend::<Vec<_>>(more);
        left = rest;
    }
    found.into_iter().map(|(line, _)| *line).collect()
}

/// What became of a customer's usages.
#[derive(Default)]
struct Found {
    rows: Vec<RatedAgainRow>,
    events: Vec<store::LineEvent>,
    days: BTreeMap<i32, Money>,
    /// Of each line: what it cost, what it costs, and how many of its records changed.
    lines: BTreeMap<LineId, (Money, Money, u64)>,
}

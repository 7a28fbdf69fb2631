//! Which of many lines would have cost less on another offer, and how much in all (RAT-13).

use super::{LineComparison, MONTHS, OnProgress, compare};
use crate::{
    House, OperationError, Scope,
    lines::Namer,
    rate_again::{RateAgainError, Whose},
};
use std::{
    cell::Cell,
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};
use store::LineName;
use vocabulary::{LineId, Money, Month, Party, Rounding, div_round};

/// How many lines that would have cost less are kept, those with the largest savings: they are some hundred bytes each. Totals are of all.
const MOST_SAVINGS: usize = 5_000;

/// A line that would have cost less on another offer that serves it as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    /// Which line.
    pub line: LineId,
    /// Its offer, by id.
    pub offer: String,
    /// The cheapest, by id.
    pub cheapest: String,
    /// Is that of the family of its own, so that it may simply move there?
    pub in_family: bool,
    /// What the months cost.
    pub now: Money,
    /// What they would have cost.
    pub then: Money,
}

impl Saving {
    /// By how much the months would have been cheaper.
    pub fn amount(&self) -> Money {
        minus(self.now, self.then)
    }
}

/// What comparing many lines found. Amounts are of all the months together, without VAT.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffersFound {
    /// The months that were compared, earliest first.
    pub months: BTreeSet<Month>,
    /// How many lines were compared.
    pub lines: u64,
    /// How many of them would have cost less on another offer.
    pub better: u64,
    /// How many have usage and could not be compared: their offer is not sold any more.
    pub passed_over: u64,
    /// What all cost.
    pub now: Money,
    /// What all would have cost, each on the cheapest offer that serves it as well.
    pub then: Money,
    /// The lines that would have cost less, the largest savings first; not more than some thousands.
    pub savings: Vec<Saving>,
}

impl OffersFound {
    /// By how much all would have been cheaper.
    pub fn saving(&self) -> Money {
        minus(self.now, self.then)
    }

    /// The same, a month.
    pub fn saving_a_month(&self) -> Money {
        a_month(self.saving(), self.months.len())
    }

    /// How many lines are well where they are.
    pub fn well(&self) -> u64 {
        self.lines.saturating_sub(self.better)
    }

    fn add(&mut self, line: &LineComparison) {
        let now = line.now.cost.total();
        let found = line.cheapest();
        let then = found.map_or(now, |(offer, _)| offer.cost.total());
        self.lines += 1;
        self.months.extend(&line.months);
        self.now = plus(self.now, now);
        self.then = plus(self.then, then);
        let Some((cheapest, _)) = found else { return };
        self.better += 1;
        let (offer, cheapest, in_family) = (line.now.offer.clone(), cheapest.offer.clone(), cheapest.in_family);
        self.savings.push(Saving { line: line.line, offer, cheapest, in_family, now, then });
        if self.savings.len() >= 2 * MOST_SAVINGS {
            self.keep_largest();
        }
    }

    fn keep_largest(&mut self) {
        self.savings.sort_by_key(|saving| (Reverse(saving.amount()), saving.line));
        self.savings.truncate(MOST_SAVINGS);
    }
}

/// Compares the lines that are meant. Blocking, as [`compare`] is.
pub(super) fn find(
    house: &House,
    scope: Scope,
    whose: &Whose,
    on_progress: &OnProgress<'_>,
) -> Result<OffersFound, RateAgainError> {
    let (mut found, meant) = (OffersFound::default(), Cell::new(0));
    let counted = |done, of| {
        meant.set(of);
        on_progress(done, of)
    };
    compare(house, scope, (whose, MONTHS), &counted, &mut |line| found.add(&line))?;
    if meant.get() == 0 {
        return Err(RateAgainError::Nobody("everybody".to_owned()));
    }
    found.passed_over = meant.get().saturating_sub(found.lines);
    found.keep_largest();
    Ok(found)
}

/// A saving with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSaving {
    /// What is saved on which line.
    pub saving: Saving,
    /// Its number or name.
    pub number: Party,
    /// Who uses it.
    pub user: Option<String>,
    /// Whose it is.
    pub customer: String,
    /// What people call its offer.
    pub offer: String,
    /// What people call the cheapest.
    pub cheapest: String,
}

/// Gives savings their names; one of a line that the scope does not hold any more is left out.
pub(super) async fn named(
    house: &House,
    scope: Scope,
    savings: &[Saving],
    language: &str,
) -> Result<Vec<NamedSaving>, OperationError> {
    let catalog = house.catalog(scope.operator).await?;
    let namer = Namer { catalog: &catalog, language };
    let ids: Vec<LineId> = savings.iter().map(|saving| saving.line).collect();
    let mut names: HashMap<LineId, LineName> = house.store.scoped(scope).line_names(&ids).await?;
    let now = house.clock.now();
    let named = savings.iter().filter_map(|saving| {
        let LineName { number, user, customer } = names.remove(&saving.line)?;
        Some(NamedSaving {
            number,
            user: Some(user).filter(|user| !user.is_empty()),
            customer,
            offer: namer.offer(&saving.offer, now),
            cheapest: namer.offer(&saving.cheapest, now),
            saving: saving.clone(),
        })
    });
    Ok(named.collect())
}

/// An amount of several months, a month.
pub(super) fn a_month(amount: Money, months: usize) -> Money {
    let months = i128::try_from(months.max(1)).unwrap_or(1);
    let share = div_round(i128::from(amount.micros()), months, Rounding::HalfAwayFromZero);
    Money::from_micros(i64::try_from(share).unwrap_or_default())
}

pub(super) fn plus(a: Money, b: Money) -> Money {
    a.checked_add(b).unwrap_or(a)
}

pub(super) fn minus(a: Money, b: Money) -> Money {
    a.checked_sub(b).unwrap_or_default()
}

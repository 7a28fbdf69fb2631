//! What would it have cost: the last months of lines on every offer that they may have, and on a draft of the catalogue (RAT-13).

mod cost;
mod desk;
mod draft;
mod offers;
mod shelf;

pub use cost::Cost;
pub use desk::{Asker, BeginRefusal, ComparisonDesk, MOST_SUGGESTED};
pub use draft::{DraftFiles, DraftFound, DraftRefusal, LARGEST_DRAFT, MOST_DRAFT_FILES, OfferDifference};
pub use offers::{NamedSaving, OffersFound, Saving};
pub use shelf::{MOST_JOBS, OnFault, Shown, Standing};

use crate::{
    House, OperationError, Scope,
    rate_again::{RateAgainError, Whose, chosen},
};
use catalog::{Catalog, Version};
use cost::{Sold, as_rated, on_offer, rated};
use rating::LineTerms;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::ControlFlow,
};
use store::{KeptUsage, Scoped, UsageMonth};
use tokio::runtime::Handle;
use vocabulary::{LineId, Money, Month, Party};

/// How many months are compared unless somebody says otherwise.
pub const MONTHS: u8 = 3;
/// How many lines' usage is in memory at a time.
const LINES_AT_ONCE: usize = 50;

/// Told how many of the lines that are meant are done, and how many are meant; answers whether to go on.
pub type OnProgress<'a> = dyn Fn(u64, u64) -> ControlFlow<()> + 'a;

/// An offer and what the months cost on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferCost {
    /// Its id in the catalogue.
    pub offer: String,
    /// What people call it.
    pub name: String,
    /// Is it of the family of the line's offer, so that the line may simply move there?
    pub in_family: bool,
    /// What the months cost on it.
    pub cost: Cost,
}

/// A line's months on the offers of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineComparison {
    /// Which line.
    pub line: LineId,
    /// Its number or name.
    pub number: String,
    /// The months, earliest first.
    pub months: Vec<Month>,
    /// Its own offer, as the months were rated.
    pub now: OfferCost,
    /// Every other offer of its service on its network: those that serve as well first, the cheapest first.
    pub others: Vec<OfferCost>,
}

impl LineComparison {
    /// The cheapest offer that holds back no more than the line's own, and what it would have saved.
    pub fn cheapest(&self) -> Option<(&OfferCost, Money)> {
        let best = self.others.first().filter(|other| other.cost.serves_as_well_as(&self.now.cost))?;
        let saving = self.now.cost.total().checked_sub(best.cost.total())?;
        (saving > Money::ZERO).then_some((best, saving))
    }
}

/// What lines of one offer cost under the catalogue in force and under a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftDifference {
    /// How many lines.
    pub lines: u64,
    /// Under the catalogue in force.
    pub now: Cost,
    /// Under the draft.
    pub draft: Cost,
}

/// What a draft would earn or cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftComparison {
    /// The months that were compared, earliest first.
    pub months: BTreeSet<Month>,
    /// By the offer that lines have, by its id.
    pub offers: BTreeMap<String, DraftDifference>,
}

/// A line's number and its last months on every offer that it may have, if there is usage to compare; `None` when it is not there or
/// outside the scope (PLT-01).
///
/// # Errors
/// When the database fails or the operator has no catalogue.
pub async fn compare_line(
    house: &House,
    scope: Scope,
    id: LineId,
    months: u8,
    language: &str,
) -> Result<Option<(Party, Option<LineComparison>)>, OperationError> {
    let catalog = house.catalog_for(scope).await?;
    let scoped = house.store.scoped(scope);
    let Some(line) = scoped.line(id).await? else { return Ok(None) };
    let Some(terms) = scoped.lines_to_rate(&[id]).await?.remove(&id).map(|line| line.terms) else { return Ok(None) };
    let used = last_months(house, &catalog, &scoped.usage_months(Some(id)).await?, months);
    let mut usages = Vec::new();
    for month in used {
        usages.push((month.month(), scoped.usage_as_it_came(month, &[id]).await?));
    }
    let version = catalog.version_at(house.clock.now());
    let found = compared(&catalog, version, &terms, &usages, language);
    let number = line.number.to_string();
    Ok(Some((line.number, found.map(|(months, now, others)| LineComparison { line: id, number, months, now, others }))))
}

/// Compares the lines of the scope that are meant, one after the other. Blocking: it is called on a thread that may block, within the
/// program's runtime.
///
/// # Errors
/// When nobody is meant, it was told not to go on, or the database fails.
pub fn compare(
    house: &House,
    scope: Scope,
    (whose, months): (&Whose, u8),
    on_progress: &OnProgress<'_>,
    on_line: &mut dyn FnMut(LineComparison),
) -> Result<(), RateAgainError> {
    let catalog = Handle::current().block_on(house.catalog_for(scope))?;
    let version = catalog.version_at(house.clock.now());
    each_line(house, scope, (whose, months), on_progress, &mut |line, number, terms, usages| {
        if let Some((months, now, others)) = compared(&catalog, version, terms, usages, "en") {
            on_line(LineComparison { line, number: number.to_owned(), months, now, others });
        }
    })
}

/// What the lines of the scope that are meant would have cost under the last version of a draft, beside the version in force, by offer.
/// Both sides rate the same usage anew.
///
/// # Errors
/// When nobody is meant, it was told not to go on, or the database fails.
pub fn compare_draft(
    house: &House,
    scope: Scope,
    (whose, months): (&Whose, u8),
    draft: &Catalog,
    on_progress: &OnProgress<'_>,
) -> Result<DraftComparison, RateAgainError> {
    let catalog = Handle::current().block_on(house.catalog(scope.operator))?;
    let in_force = catalog.version_at(house.clock.now());
    let drafted = draft.version_at(vocabulary::Timestamp::from_micros(i64::MAX));
    let mut found = DraftComparison::default();
    each_line(house, scope, (whose, months), on_progress, &mut |_, _, terms, usages| {
        let difference = found.offers.entry(terms.offer.to_string()).or_default();
        difference.lines += 1;
        for (month, usages) in usages {
            found.months.insert(*month);
            if let Some(sold) = sold(in_force, terms) {
                difference.now.add(&rated(sold, &as_bought(terms, in_force), (*month, &catalog), usages, true));
            }
            match sold(drafted, terms) {
                Some(sold) => difference.draft.add(&rated(sold, &as_bought(terms, drafted), (*month, draft), usages, true)),
                // An offer that the draft no longer has serves nobody.
                None => difference.draft.refused += usages.len() as u64,
            }
        }
    })?;
    Ok(found)
}

/// The terms of a line as if it had bought its offer under a version.
fn as_bought(terms: &LineTerms, version: &Version) -> LineTerms {
    LineTerms { bought: version.starts, packs: Vec::new(), past_plans: Vec::new(), ..terms.clone() }
}

fn sold<'c>(version: &'c Version, terms: &LineTerms) -> Option<Sold<'c>> {
    Some(Sold { version, offer: version.offers.find(&terms.offer)?, network: version.networks.find(&terms.network)? })
}

type MonthUsages = (Month, Vec<KeptUsage>);
/// Called for each line with its number, its terms and its months.
type OnLine<'a> = dyn FnMut(LineId, &str, &LineTerms, &[MonthUsages]) + 'a;

/// The whole months before this one that have usage, at most so many, earliest first; this one where there is no other.
fn last_months(house: &House, catalog: &Catalog, used: &[UsageMonth], most: u8) -> Vec<UsageMonth> {
    let current = Month::containing(house.clock.now(), &catalog.operator.time_zone);
    let mut months: Vec<UsageMonth> = used.iter().copied().filter(|used| used.month() < current).take(most.into()).collect();
    if months.is_empty() {
        months.extend(used.iter().copied().filter(|used| used.month() == current));
    }
    months.reverse();
    months
}

/// Goes through the lines of the scope that are meant with their terms and the usage of their last months.
fn each_line(
    house: &House,
    scope: Scope,
    (whose, months): (&Whose, u8),
    on_progress: &OnProgress<'_>,
    on_line: &mut OnLine<'_>,
) -> Result<(), RateAgainError> {
    let runtime = Handle::current();
    let catalog = runtime.block_on(house.catalog(scope.operator))?;
    let scoped: Scoped = house.store.scoped(scope);
    let used = last_months(house, &catalog, &runtime.block_on(scoped.usage_months(None))?, months);
    let mut lines: BTreeMap<LineId, String> = BTreeMap::new();
    for month in &used {
        for customer in chosen(runtime.block_on(scoped.customers_with_usage(*month))?, whose).unwrap_or_default() {
            lines.extend(
                customer.lines.into_iter().filter(|(_, number)| !matches!(whose, Whose::Line(wanted) if number != wanted)),
            );
        }
    }
    if let (Whose::Customer(name) | Whose::Line(name), true) = (whose, lines.is_empty()) {
        return Err(RateAgainError::Nobody(name.clone()));
    }
    let (lines, mut done) = (lines.into_iter().collect::<Vec<_>>(), 0);
    let meant = lines.len() as u64;
    let go_on = |done| match on_progress(done, meant) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(OperationError::Stopped),
    };
    go_on(0)?;
    for chunk in lines.chunks(LINES_AT_ONCE) {
        let ids: Vec<LineId> = chunk.iter().map(|(line, _)| *line).collect();
        let terms = runtime.block_on(scoped.lines_to_rate(&ids))?;
        let mut usages = usages_of(&runtime, &scoped, &used, &ids)?;
        for (line, number) in chunk {
            if let (Some(terms), Some(usages)) = (terms.get(line), usages.remove(line)) {
                on_line(*line, number, &terms.terms, &usages);
            }
            done += 1;
            go_on(done)?;
        }
    }
    Ok(())
}

/// The usage of lines by line and month, each in the order in which it came.
fn usages_of(
    runtime: &Handle,
    scoped: &Scoped,
    used: &[UsageMonth],
    ids: &[LineId],
) -> Result<HashMap<LineId, Vec<MonthUsages>>, RateAgainError> {
    let mut usages: HashMap<LineId, Vec<MonthUsages>> = HashMap::new();
    for month in used {
        for usage in runtime.block_on(scoped.usage_as_it_came(*month, ids))? {
            let of_line = usages.entry(usage.line).or_default();
            if of_line.last().is_none_or(|(last, _)| *last != month.month()) {
                of_line.push((month.month(), Vec::new()));
            }
            if let Some((_, list)) = of_line.last_mut() {
                list.push(usage);
            }
        }
    }
    Ok(usages)
}

/// The months, the line's own offer, and every other; `None` without months or where the version in force knows the offer no more.
fn compared(
    catalog: &Catalog,
    version: &Version,
    terms: &LineTerms,
    usages: &[MonthUsages],
    language: &str,
) -> Option<(Vec<Month>, OfferCost, Vec<OfferCost>)> {
    let own = sold(version, terms)?;
    let family = version.offers.get(own.offer).family;
    let service = version.families.get(family).service;
    let named = |sold: Sold<'_>, cost: Cost| {
        let offer = version.offers.get(sold.offer);
        OfferCost {
            offer: version.offers.id(sold.offer).to_owned(),
            name: offer.name.in_language(language).to_owned(),
            in_family: offer.family == family,
            cost,
        }
    };
    let sum = |cost_of: &dyn Fn(&MonthUsages) -> Cost| {
        usages.iter().fold(Cost::default(), |mut sum, month| {
            sum.add(&cost_of(month));
            sum
        })
    };
    let now = named(own, sum(&|(month, usages)| as_rated(own, terms, (*month, catalog), usages)));
    let on_network = version.offers.iter().filter(|(ix, offer)| {
        *ix != own.offer && offer.price(own.network).is_some() && version.families.get(offer.family).service == service
    });
    let mut others: Vec<OfferCost> = on_network
        .map(|(offer, _)| Sold { offer, ..own })
        .map(|sold| named(sold, sum(&|(month, usages)| on_offer(sold, terms, (*month, catalog), usages))))
        .collect();
    others.sort_by_key(|other| (!other.cost.serves_as_well_as(&now.cost), other.cost.total(), other.offer.clone()));
    let months: Vec<Month> = usages.iter().map(|(month, _)| *month).collect();
    (!months.is_empty()).then_some((months, now, others))
}

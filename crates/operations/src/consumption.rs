//! What a customer used in a month, over all its lines (TEL-12).

use crate::{
    House, OperationError, Reach, Scope,
    allowance::LineKind,
    line::{Paging, Sum, choose_month},
    usage::{Explainer, Usage, digits_to_find, matching_destinations, user_of},
};
use store::{Matching, Scoped, UsageMonth, UsageOrder, UsageSelection};
use vocabulary::{Direction, LineId, Markup, Money, Month, Party, Timestamp, UsageKind};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct ConsumptionQuery {
    /// One line; all by default.
    pub line: Option<LineId>,
    /// The month; the current one by default, or the last one with usage.
    pub month: Option<Month>,
    /// One kind; all by default.
    pub kind: Option<UsageKind>,
    /// Digits of a number, or part of a destination's name; nothing for all.
    pub search: String,
    /// The order.
    pub order: UsageOrder,
    /// The page.
    pub paging: Paging,
}

/// A line that may be chosen.
#[derive(Clone, Debug)]
pub struct LineChoice {
    /// The line.
    pub id: LineId,
    /// Its number or name.
    pub number: Party,
    /// What it is for.
    pub kind: LineKind,
    /// Who uses it.
    pub user: Option<String>,
}

/// What of a kind was made or sent.
#[derive(Clone, Copy, Debug)]
pub struct KindTotal {
    /// The kind.
    pub kind: UsageKind,
    /// Its sum.
    pub sum: Sum,
}

/// A customer's month.
#[derive(Clone, Debug)]
pub struct Consumption {
    /// The lines to choose from.
    pub lines: Vec<LineChoice>,
    /// The month shown.
    pub month: Month,
    /// The months that have usage, latest first; at least the one shown.
    pub months: Vec<Month>,
    /// What the query finds that was made or sent, by kind, every kind.
    pub totals: Vec<KindTotal>,
    /// What all of it cost.
    pub price: Money,
    /// When the last record of the month began; none while there is none.
    pub reported_at: Option<Timestamp>,
    /// The usages of the page.
    pub usages: Vec<Usage>,
    /// The page there is.
    pub page: u32,
    /// Usages that the query finds.
    pub total: u64,
}

/// A customer's month, in the reader's language; `None` for who sees more than one customer, or asks for a line outside the scope.
///
/// # Errors
/// When the database fails or the operator has no catalogue.
pub async fn consumption(
    house: &House,
    scope: Scope,
    query: &ConsumptionQuery,
    language: &str,
) -> Result<Option<Consumption>, OperationError> {
    if !matches!(scope.reach, Reach::Customer(_) | Reach::Line(_)) {
        return Ok(None);
    }
    let (catalog, retail) = (house.catalog(scope.operator).await?, house.catalog_for(scope).await?);
    let catalog = catalog.as_ref();
    let scoped = house.store.reading(scope).await?;
    let private = scoped.private_lines().await?;
    if let Some(line) = query.line
        && (private.contains(&line) || scoped.line(line).await?.is_none())
    {
        return Ok(None);
    }
    let mut lines = scoped.line_choices().await?;
    lines.retain(|line| !private.contains(&line.id));
    let current = Month::containing(house.clock.now(), &catalog.operator.time_zone);
    let (month, used, months) = choose_month(query.month, &scoped.usage_months(query.line).await?, current);
    let mut found = Consumption {
        lines: lines
            .into_iter()
            .map(|line| LineChoice { id: line.id, kind: LineKind::of(&line.service), user: user_of(&line), number: line.number })
            .collect(),
        month,
        months,
        totals: UsageKind::ALL.into_iter().map(|kind| KindTotal { kind, sum: Sum::default() }).collect(),
        price: Money::ZERO,
        reported_at: None,
        usages: Vec::new(),
        page: 1,
        total: 0,
    };
    if let Some(used) = used {
        found.reported_at = scoped.latest_usage(used).await?;
        add_usages(&mut found, &scoped, (used, query, retail.markup_of(month)), (catalog, language)).await?;
    }
    Ok(Some(found))
}

async fn add_usages(
    found: &mut Consumption,
    scoped: &Scoped,
    (month, query, markup): (UsageMonth, &ConsumptionQuery, Markup),
    (catalog, language): (&catalog::Catalog, &str),
) -> Result<(), OperationError> {
    let mut selection = UsageSelection { line: query.line, kinds: query.kind.into_iter().collect(), ..UsageSelection::default() };
    if !query.search.is_empty() {
        let meant = matching_destinations(scoped, (catalog, language), (month, query.line), &query.search).await?;
        selection.matching.push(Matching { text: Some(digits_to_find(catalog, &query.search)), ..meant });
    }
    let sums = scoped.usage_sums(month, &selection).await?;
    let all = Sum::of(sums.iter(), markup);
    let sent =
        |kind: UsageKind| Sum::of(sums.iter().filter(move |s| s.kind == kind && s.direction != Direction::Received), markup);
    found.totals = UsageKind::ALL.into_iter().map(|kind| KindTotal { kind, sum: sent(kind) }).collect();
    found.price = all.price;
    found.total = u64::try_from(all.count).unwrap_or(0);
    let paging = query.paging.within(found.total);
    found.page = paging.page;
    let kept = scoped.usage_page(month, &selection, query.order, paging.window()).await?;
    found.usages = Explainer::load(scoped, (catalog, language), (month, markup), &kept).await?.explain_all(&kept);
    Ok(())
}

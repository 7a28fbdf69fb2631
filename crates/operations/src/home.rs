//! The figures of the first page: how the lines stand, what each day used, what needs attention.

use crate::{
    House, OperationError, Scope,
    lines::{LineState, ListedLine, Namer, OfferLines},
};
use jiff::tz::TimeZone;
use store::{LineQuery, LineSort, Scoped, SortOrder};
use vocabulary::{Money, Month, Quantity, Timestamp};

/// Up to so many lines, the page shows the lines themselves.
const FEW_LINES: i64 = 10;
/// So many lines that need attention are shown.
const MOST_URGENT: u32 = 10;
/// So many offers are shown.
const MOST_OFFERS: usize = 8;

/// What the first page shows.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The current month.
    pub month: Month,
    /// How many lines are in each state, in the order of a life.
    pub states: Vec<(LineState, i64)>,
    /// The lines themselves where there are few, else none.
    pub few: Vec<ListedLine>,
    /// The most urgent lines.
    pub attention: Vec<ListedLine>,
    /// How many lines need attention in all.
    pub attention_total: i64,
    /// Data on each day of the month so far.
    pub data_by_day: Vec<Quantity>,
    /// Data on each day of the month before.
    pub data_before: Vec<Quantity>,
    /// Out of bundle on each day of the month so far.
    pub out_of_bundle_by_day: Vec<Money>,
    /// Out of bundle of the month before until the same day.
    pub out_of_bundle_before: Money,
    /// Lines by offer, most first.
    pub offers: Vec<OfferLines>,
    /// When usage was last taken in.
    pub imported_at: Option<Timestamp>,
}

/// The first page's figures. `language` is a tag such as `fr`.
///
/// # Errors
/// When the database fails.
pub async fn overview(house: &House, scope: Scope, language: &str) -> Result<Overview, OperationError> {
    let (catalog, retail) = (house.catalog(scope.operator).await?, house.catalog_for(scope).await?);
    let scoped = house.store.reading(scope).await?;
    let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
    let month = Month::of(today);
    let (namer, markup) = (Namer { catalog: &catalog, language }, retail.markup_of(month));
    let counted = scoped.lines_by_state().await?;
    let count = |state: LineState| {
        let of_state = counted.iter().filter(|(word, _)| LineState::of_word(word) == state);
        (state, of_state.map(|(_, count)| *count).sum::<i64>())
    };
    let states = LineState::ALL.into_iter().map(count);
    // Few lines end at a time: mostly there is nothing to count.
    let states: Vec<_> = states.filter(|(state, count)| *state != LineState::Ending || *count > 0).collect();
    let all: i64 = states.iter().map(|(_, count)| count).sum();
    let few = if all <= FEW_LINES { scoped.lines(&first_lines(month)).await? } else { Vec::new() };
    let offers = if all <= FEW_LINES { Vec::new() } else { scoped.lines_by_offer().await? };
    let attention = scoped.attention(month, MOST_URGENT).await?;
    let days = scoped.days(month.previous(), month).await?;
    let so_far = usize::from(today.day().unsigned_abs());
    let before = usize::from(month.previous().days().unsigned_abs());
    let of = |month: Month, day: usize| {
        let number = i64::from(month.number()) * 100 + i64::try_from(day).unwrap_or_default();
        days.iter().find(|found| i64::from(found.day) == number)
    };
    let private = scoped.private_lines().await?;
    let data = async |month: Month, length: usize| -> Result<Vec<Quantity>, OperationError> {
        if !private.is_empty() {
            return data_of_others(&scoped, (month, length), &catalog.operator.time_zone).await;
        }
        let bytes = (1..=length).map(|day| of(month, day).map_or(0, |day| day.data_bytes));
        Ok(bytes.map(|bytes| Quantity::new(bytes).unwrap_or_default()).collect())
    };
    let charged = |month: Month, length: usize| {
        let markup = retail.markup_of(month);
        (1..=length).map(move |day| of(month, day).map_or(Money::ZERO, |day| markup.on(day.out_of_bundle)))
    };
    let named = |(id, lines): (String, i64)| OfferLines { name: namer.offer_of_today(&id), id, lines };
    Ok(Overview {
        month,
        states,
        few: few.into_iter().map(|row| namer.line(row, markup).without_use_of(&private)).collect(),
        attention: attention.most_urgent.into_iter().map(|row| namer.line(row, markup)).collect(),
        attention_total: attention.total,
        data_by_day: data(month, so_far).await?,
        data_before: data(month.previous(), before).await?,
        out_of_bundle_by_day: charged(month, so_far).collect(),
        out_of_bundle_before: charged(month.previous(), so_far.min(before)).sum(),
        offers: offers.into_iter().take(MOST_OFFERS).map(named).collect(),
        imported_at: scoped.last_import().await?,
    })
}

/// Data by day of a month without the lines whose own holders alone see what they use: the sums of days hold all lines, so that what is
/// missing would tell.
async fn data_of_others(
    scoped: &Scoped,
    (month, length): (Month, usize),
    zone: &TimeZone,
) -> Result<Vec<Quantity>, OperationError> {
    let mut bytes = vec![0_i64; length];
    let used = scoped.usage_months(None).await?.into_iter().find(|used| used.month() == month);
    let start = month.start(zone);
    let hours = match used {
        Some(used) => scoped.data_by_hour(used, start).await?,
        None => Vec::new(),
    };
    for (hour, sum) in hours {
        let day = start.plus_seconds(hour.saturating_mul(3_600)).to_local(zone).date().day();
        if let Some(of_day) = usize::try_from(day - 1).ok().and_then(|index| bytes.get_mut(index)) {
            *of_day = of_day.saturating_add(sum);
        }
    }
    Ok(bytes.into_iter().map(|bytes| Quantity::new(bytes).unwrap_or_default()).collect())
}

fn first_lines(month: Month) -> LineQuery {
    LineQuery {
        month,
        number: String::new(),
        state: None,
        user: String::new(),
        customer: String::new(),
        offer: String::new(),
        out_of_bundle: None,
        sort: LineSort::Number,
        order: SortOrder::Ascending,
        limit: u32::try_from(FEW_LINES).expect("few"),
        offset: 0,
    }
}

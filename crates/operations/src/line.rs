//! One line: its head, its month in totals and days, and the journal of its usage (RES-21, RES-22).

use crate::{
    House, OperationError, Scope,
    allowance::{AllowanceUse, Book, Consumed, LineKind, quantity},
    line_alert::alert,
    line_month::{MonthSums, days_so_far},
    lines::{DataHold, LineState},
    usage::{Explainer, Usage, digits_to_find, matching_destinations, user_of},
};
use catalog::{AtEnd, Catalog};
use jiff::civil;
use rating::{Hold, MonthState};
use store::{
    Charged, KeptMonth, Line, Matching, Scoped, SpecialNumbers, UsageMonth, UsageOrder, UsageSelection, UsageSum, Window,
};
use vocabulary::{Direction, LineId, Markup, Money, Month, Party, Quantity, Timestamp, UsageKind};

pub use crate::line_alert::{AlertEvent, LineAlert};

/// What stands at the head of a line's page.
#[derive(Clone, Debug)]
pub struct LineHead {
    /// The line.
    pub id: LineId,
    /// Its number, or its name on the switch; none while it is not given yet.
    pub number: Option<Party>,
    /// What it is for.
    pub kind: LineKind,
    /// Where it is in its life.
    pub state: LineState,
    /// How data flows.
    pub data_hold: DataHold,
    /// Who uses it.
    pub user: Option<String>,
    /// Whose it is.
    pub customer: String,
    /// Its offer, as the catalogue names it.
    pub offer: String,
    /// The options on it.
    pub options: Vec<String>,
    /// The host network, as the catalogue names it.
    pub network: Option<String>,
    /// What happens to data at the end of what is included; `None` for a line without.
    pub at_end: Option<AtEnd>,
    /// Its SIM.
    pub sim: Option<String>,
    /// Since when it is in service.
    pub delivered: Option<civil::Date>,
}

/// How many usages, how much, for how much.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    /// How many.
    pub count: i64,
    /// Base units.
    pub quantity: Quantity,
    /// What they cost the reader.
    pub price: Money,
}

impl Sum {
    /// Adds groups up, for who pays so much beside the operator's prices.
    pub(crate) fn of<'s>(sums: impl Iterator<Item = &'s UsageSum>, markup: Markup) -> Self {
        let all = sums.fold(Self::default(), |all, sum| Self {
            count: all.count + sum.count,
            quantity: quantity(all.quantity.units().saturating_add(sum.quantity)),
            price: all.price.checked_add(sum.price).unwrap_or(all.price),
        });
        Self { price: markup.on(all.price), ..all }
    }
}

/// A month's totals.
#[derive(Clone, Copy, Debug)]
pub struct LineTotals {
    /// Data of all sources against all that is included; none for a line without data.
    pub data: Option<Consumed>,
    /// Of what is included, recharges.
    pub recharges: Quantity,
    /// Of what is included, options.
    pub options: Quantity,
    /// Data that was charged.
    pub data_out_of_bundle: Quantity,
    /// Calls made, without value-added numbers.
    pub voice: Sum,
    /// Calls to value-added and short numbers.
    pub value_added: Sum,
    /// Short messages sent.
    pub sms: Sum,
    /// Multimedia messages sent.
    pub mms: Sum,
    /// Everything charged beyond what is included.
    pub out_of_bundle: Money,
}

/// The parts of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JournalPart {
    /// Everything.
    #[default]
    All,
    /// Calls, but to value-added numbers.
    Voice,
    /// Calls and messages to value-added and short numbers.
    ValueAdded,
    /// Short and multimedia messages.
    Messages,
    /// Data, what was charged first.
    Data,
}

/// What of a line is asked for.
#[derive(Clone, Debug, Default)]
pub struct LineQuery {
    /// The month; the current one by default, or the last one with usage.
    pub month: Option<Month>,
    /// The part of the journal.
    pub part: JournalPart,
    /// Digits of the other party's number; nothing for all.
    pub number: String,
    /// Made, received or forwarded.
    pub direction: Option<Direction>,
    /// Part of the destination's name; nothing for all.
    pub destination: String,
    /// The first day.
    pub from: Option<civil::Date>,
    /// The last day.
    pub to: Option<civil::Date>,
    /// Only what was charged.
    pub charged: Option<Charged>,
    /// The page, from 1, and its rows.
    pub paging: Paging,
}

/// A page of a list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paging {
    /// From 1; 0 is read as 1.
    pub page: u32,
    /// Rows a page.
    pub rows: u32,
}

impl Paging {
    /// The page there is: the last one, when a later one is asked for.
    pub(crate) fn within(self, total: u64) -> Self {
        let last = u32::try_from(total.div_ceil(u64::from(self.rows.max(1)))).unwrap_or(u32::MAX).max(1);
        Self { page: self.page.clamp(1, last), ..self }
    }

    pub(crate) fn window(self) -> Window {
        Window { offset: u64::from(self.page.saturating_sub(1)) * u64::from(self.rows), rows: self.rows }
    }
}

/// A line with its month.
#[derive(Clone, Debug)]
pub struct LineDetail {
    /// What stands at its head.
    pub head: LineHead,
    /// The month shown.
    pub month: Month,
    /// The months that have usage, latest first; at least the one shown.
    pub months: Vec<Month>,
    /// The month's totals.
    pub totals: LineTotals,
    /// Its allowances.
    pub allowances: Vec<AllowanceUse>,
    /// What happened, earliest first.
    pub alerts: Vec<LineAlert>,
    /// Data by day, from the first on, up to today.
    pub data_by_day: Vec<Quantity>,
    /// The usages of the page.
    pub usages: Vec<Usage>,
    /// The page there is.
    pub page: u32,
    /// Usages that the journal finds.
    pub total: u64,
    /// Does its own holder alone see what it uses, so that there is nothing here but what it costs (TEL-07)?
    pub is_private: bool,
    /// Does its customer pay a reseller, at other prices of usage than the reader is shown (RES-11)?
    pub is_wholesale: bool,
}

/// A line with its month, in the reader's language; `None` when it is not there or outside the scope (PLT-01).
///
/// # Errors
/// When the database fails or the operator has no catalogue.
pub async fn line(
    house: &House,
    scope: Scope,
    id: LineId,
    query: &LineQuery,
    language: &str,
) -> Result<Option<LineDetail>, OperationError> {
    let (catalog, retail) = (house.catalog(scope.operator).await?, house.catalog_for(scope).await?);
    let catalog = catalog.as_ref();
    let zone = &catalog.operator.time_zone;
    let scoped = house.store.reading(scope).await?;
    let Some((line, kept)) = scoped.line_with_months(id).await? else { return Ok(None) };
    let now = house.clock.now();
    let used: Vec<UsageMonth> = kept.iter().map(|kept| kept.month).collect();
    let (month, used, months) = choose_month(query.month, &used, Month::containing(now, zone));
    let kept = kept.iter().find(|kept| kept.month.month() == month);
    let mut state = kept.map(KeptMonth::state).transpose()?.unwrap_or_default();
    let is_private = scoped.private_lines().await?.contains(&id);
    if is_private {
        let cost = state.totals.out_of_bundle;
        state = MonthState::default();
        state.totals.out_of_bundle = cost;
    }
    let Some(holdings) = scoped.line_holdings(&[id], month).await?.remove(&id) else { return Ok(None) };
    let last = month.next().start(zone).plus_seconds(-1).min(now);
    let markup = retail.markup_of(month);
    let is_wholesale = holdings.terms.markups.of(month) != markup;
    let book = Book::open((catalog, language), (holdings, state.clone()), (month, last));
    let events = scoped.line_events(id, month).await?;
    let days = days_so_far(month, now, zone);
    let mut detail = LineDetail {
        head: head(line, &book, catalog, (now, &state)),
        month,
        months,
        totals: totals_of(&book, &state, markup),
        allowances: book.allowances(),
        alerts: events.into_iter().filter_map(|event| alert(event, &book, scope.reach)).collect(),
        data_by_day: vec![Quantity::ZERO; days],
        usages: Vec::new(),
        page: 1,
        total: 0,
        is_private,
        is_wholesale,
    };
    if let Some(used) = used.filter(|_| !is_private) {
        let sums = MonthSums::load(&scoped, (used, markup), id, zone).await?;
        sums.fill(&mut detail.totals);
        detail.data_by_day = sums.data_by_day(days, zone);
        add_journal(&mut detail, (&scoped, &sums), (used, query, markup), (catalog, language), book).await?;
    }
    if matches!(detail.head.kind, LineKind::Fixed)
        && detail.totals.data.is_some_and(|data| data.used == Quantity::ZERO && data.included.is_none())
    {
        detail.totals.data = None;
    }
    Ok(Some(detail))
}

/// The month to show, its usage if it has some, and the months to choose from.
pub(crate) fn choose_month(
    wanted: Option<Month>,
    used: &[UsageMonth],
    current: Month,
) -> (Month, Option<UsageMonth>, Vec<Month>) {
    let find = |month: Month| used.iter().copied().find(|known| known.month() == month);
    let month = wanted.unwrap_or_else(|| find(current).or(used.first().copied()).map_or(current, UsageMonth::month));
    let mut months: Vec<Month> = used.iter().map(|known| known.month()).collect();
    if !months.contains(&month) {
        months.push(month);
        months.sort_unstable_by(|a, b| b.cmp(a));
    }
    (month, find(month), months)
}

fn head(line: Line, book: &Book<'_>, catalog: &Catalog, (now, state): (Timestamp, &MonthState)) -> LineHead {
    let terms = &book.holdings.terms;
    let network = book.version.networks.find(&terms.network);
    let family = book.offer().map(|(_, family)| family);
    let has_data = family.is_some_and(|family| family.allowances.iter().any(|a| a.kinds.contains(&UsageKind::Data)));
    let kind = LineKind::of(&line.service);
    let at_end = family.zip(network).filter(|_| has_data || kind == LineKind::Data).map(|(family, network)| {
        let capping = if family.cap_choice { terms.capping } else { catalog::Capping::Uncapped };
        family.at_end(UsageKind::Data, network, book.version.zones.home(), capping)
    });
    LineHead {
        id: line.id,
        kind,
        state: LineState::of_word(&line.state),
        data_hold: match state.data_hold() {
            None => DataHold::None,
            Some(Hold::Slowed) => DataHold::Slowed,
            Some(Hold::Stopped) => DataHold::Stopped,
        },
        user: user_of(&line),
        number: Some(line.number).filter(|number| *number != Party::Unknown),
        customer: line.customer_name,
        offer: book.offer_name(),
        options: book.options_at(now),
        network: network.map(|network| book.version.networks.get(network).name.clone()),
        at_end,
        sim: line.iccid,
        delivered: line.started.map(|started| started.to_local(&catalog.operator.time_zone).date()),
    }
}

fn totals_of(book: &Book<'_>, state: &MonthState, markup: Markup) -> LineTotals {
    let (recharges, options) = book.extra_data();
    LineTotals {
        data: Some(Consumed { used: quantity(state.totals.data_bytes), included: book.included_data().map(quantity) }),
        recharges: quantity(recharges),
        options: quantity(options),
        data_out_of_bundle: Quantity::ZERO,
        voice: Sum::default(),
        value_added: Sum::default(),
        sms: Sum::default(),
        mms: Sum::default(),
        out_of_bundle: markup.on(state.totals.out_of_bundle),
    }
}

async fn add_journal<'c>(
    detail: &mut LineDetail,
    (scoped, sums): (&Scoped, &MonthSums),
    (month, query, markup): (UsageMonth, &LineQuery, Markup),
    (catalog, language): (&'c Catalog, &'c str),
    book: Book<'c>,
) -> Result<(), OperationError> {
    let line = detail.head.id;
    let mut selection = selection(query, line, catalog);
    if !query.destination.is_empty() {
        let meant = matching_destinations(scoped, (catalog, language), (month, Some(line)), &query.destination).await?;
        selection.matching.push(meant);
    }
    let count = match sums.count(&selection) {
        Some(count) => count,
        None => Sum::of(scoped.usage_sums(month, &selection).await?.iter(), markup).count,
    };
    detail.total = u64::try_from(count).unwrap_or(0);
    let paging = query.paging.within(detail.total);
    detail.page = paging.page;
    let order = if query.part == JournalPart::Data { UsageOrder::ChargedFirst } else { UsageOrder::Latest };
    let kept = scoped.usage_page(month, &selection, order, paging.window()).await?;
    detail.usages = Explainer::of(book, (catalog, language), markup).explain_all(&kept);
    Ok(())
}

fn selection(query: &LineQuery, line: LineId, catalog: &Catalog) -> UsageSelection {
    let (kinds, special) = match query.part {
        JournalPart::All => (vec![], SpecialNumbers::Among),
        JournalPart::Voice => (vec![UsageKind::Voice], SpecialNumbers::Without),
        JournalPart::ValueAdded => (vec![UsageKind::Voice, UsageKind::Sms], SpecialNumbers::Only),
        JournalPart::Messages => (vec![UsageKind::Sms, UsageKind::Mms], SpecialNumbers::Among),
        JournalPart::Data => (vec![UsageKind::Data], SpecialNumbers::Among),
    };
    let zone = &catalog.operator.time_zone;
    let start_of = |day: civil::Date| {
        let midnight = zone.to_ambiguous_timestamp(day.to_datetime(civil::Time::midnight())).compatible();
        midnight.ok().map(Timestamp::from)
    };
    let number = (!query.number.is_empty()).then(|| digits_to_find(catalog, &query.number));
    UsageSelection {
        line: Some(line),
        kinds,
        special,
        direction: query.direction,
        matching: number.into_iter().map(|text| Matching { text: Some(text), ..Matching::default() }).collect(),
        from: query.from.and_then(start_of),
        until: query.to.and_then(|day| day.tomorrow().ok()).and_then(start_of),
        charged: query.charged,
    }
}

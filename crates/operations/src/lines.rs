//! The list of lines as somebody sees it (RES-20, FLT-02).

use crate::{
    House, OperationError, Scope,
    allowance::{Consumed, LineKind},
};
use catalog::Catalog;
use jiff::civil;
use std::collections::BTreeSet;
pub use store::{DataHold, LineSort, SortOrder};
use store::{LineQuery, LineRow};
use vocabulary::{E164, LineId, Markup, Money, Month, Party, Quantity, Timestamp};

/// No list goes further, in rows.
const FURTHEST_ROW: u64 = 10_000_000;

/// Where a line is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineState {
    /// On its way: ordered, or being activated.
    Activating,
    /// In service.
    Active,
    /// Stopped for a time.
    Suspended,
    /// About to be over.
    Ending,
    /// Over.
    Ended,
}

impl LineState {
    /// Every state, in the order of a life.
    pub const ALL: [LineState; 5] = [Self::Activating, Self::Active, Self::Suspended, Self::Ending, Self::Ended];

    /// Every state and its word in tables, in the order of a life.
    pub const WORDS: [(&'static str, LineState); 6] = [
        ("activating", Self::Activating),
        ("ordered", Self::Activating),
        ("active", Self::Active),
        ("suspended", Self::Suspended),
        ("ending", Self::Ending),
        ("ended", Self::Ended),
    ];

    fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    pub(crate) fn of_word(word: &str) -> Self {
        Self::WORDS.iter().find(|(found, _)| *found == word).map_or(Self::Activating, |(_, state)| *state)
    }
}

/// What of the lines is asked for. An empty text filters nothing.
#[derive(Clone, Debug)]
pub struct LinesAsked {
    /// A number or some of its digits, in any writing.
    pub number: String,
    /// The state.
    pub state: Option<LineState>,
    /// Part of the user's name.
    pub user: String,
    /// Part of the customer's name.
    pub customer: String,
    /// An offer's id.
    pub offer: String,
    /// With or without out of bundle this month.
    pub out_of_bundle: Option<bool>,
    /// What to sort by.
    pub sort: LineSort,
    /// Which way.
    pub order: SortOrder,
    /// Rows on a page.
    pub rows: u32,
    /// The page, from 1 on; one after the last shows the last.
    pub page: u32,
}

impl Default for LinesAsked {
    fn default() -> Self {
        Self {
            number: String::new(),
            state: None,
            user: String::new(),
            customer: String::new(),
            offer: String::new(),
            out_of_bundle: None,
            sort: LineSort::Number,
            order: SortOrder::Ascending,
            rows: 25,
            page: 1,
        }
    }
}

/// An offer by id and name, with how many lines have it.
#[derive(Clone, Debug)]
pub struct OfferLines {
    /// Its id.
    pub id: String,
    /// Its name in the reader's language.
    pub name: String,
    /// How many lines that are not over.
    pub lines: i64,
}

/// One line of a list.
#[derive(Clone, Debug)]
pub struct ListedLine {
    /// The line.
    pub id: LineId,
    /// Its number; none while it is not given yet.
    pub number: Option<E164>,
    /// What it is for.
    pub kind: LineKind,
    /// Where it is in its life.
    pub state: LineState,
    /// When it was delivered.
    pub delivered: Option<civil::Date>,
    /// Who uses it.
    pub user: Option<String>,
    /// Whose it is.
    pub customer: String,
    /// The name of its offer in the reader's language.
    pub offer: String,
    /// Its SIM.
    pub sim: Option<String>,
    /// How data flows.
    pub data_hold: DataHold,
    /// Data of this month, drawn from what is included where something is, else all; none for a line without data.
    pub data: Option<Consumed>,
    /// Seconds of calls this month.
    pub voice: Quantity,
    /// What this month was charged beyond what is included.
    pub out_of_bundle: Money,
}

impl ListedLine {
    /// The line as who holds the account sees it, if its own holder alone sees what it uses: what it costs stays (TEL-07).
    pub(crate) fn without_use_of(self, private: &BTreeSet<LineId>) -> Self {
        if !private.contains(&self.id) {
            return self;
        }
        Self { data_hold: DataHold::None, data: None, voice: Quantity::ZERO, ..self }
    }
}

/// A page of lines.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The lines, sorted.
    pub rows: Vec<ListedLine>,
    /// The page that they are, from 1 on.
    pub page: u32,
    /// How many there are in all.
    pub total: u64,
    /// The offers among the asker's lines that are not over, by id and name, as their names are sorted.
    pub offers: Vec<(String, String)>,
}

/// The lines asked for, in the current month. `language` is a tag such as `fr`.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, scope: Scope, asked: &LinesAsked, language: &str) -> Result<Lines, OperationError> {
    let catalog = house.catalog(scope.operator).await?;
    let scoped = house.store.scoped(scope);
    let mut query = query(asked, &catalog, house.clock.now());
    let total = scoped.count_lines(&query).await?;
    let rows = u64::from(asked.rows.max(1));
    let last = total.min(FURTHEST_ROW).div_ceil(rows).max(1);
    let page = u64::from(asked.page).clamp(1, last);
    query.offset = (page - 1) * rows;
    let found = if total == 0 { Vec::new() } else { scoped.lines(&query).await? };
    let namer = Namer { catalog: &catalog, language };
    let markup = house.catalog_for(scope).await?.markup_of(query.month);
    let private = if found.is_empty() { BTreeSet::new() } else { scoped.private_lines().await? };
    Ok(Lines {
        rows: found.into_iter().map(|row| namer.line(row, markup).without_use_of(&private)).collect(),
        page: u32::try_from(page).unwrap_or(u32::MAX),
        total,
        offers: namer.offers(scoped.offers_held().await?),
    })
}

/// The ids of all the lines asked for, whatever page; so many at most.
///
/// # Errors
/// When the database fails.
pub async fn ids(house: &House, scope: Scope, asked: &LinesAsked, most: usize) -> Result<Vec<LineId>, OperationError> {
    let catalog = house.catalog(scope.operator).await?;
    let query = query(asked, &catalog, house.clock.now());
    Ok(house.store.scoped(scope).line_ids(&query, most).await?)
}

fn query(asked: &LinesAsked, catalog: &Catalog, now: Timestamp) -> LineQuery {
    LineQuery {
        month: Month::containing(now, &catalog.operator.time_zone),
        number: digits(&asked.number, catalog),
        state: asked.state.map(LineState::as_str),
        user: asked.user.clone(),
        customer: asked.customer.clone(),
        offer: asked.offer.clone(),
        out_of_bundle: asked.out_of_bundle,
        sort: asked.sort,
        order: asked.order,
        limit: asked.rows,
        offset: 0,
    }
}

/// The digits to look for within numbers, which are kept with their calling code.
fn digits(typed: &str, catalog: &Catalog) -> String {
    let plan = &catalog.world.plan;
    if let Party::Number(number) = plan.read(typed) {
        return number.digits().to_string();
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let national =
        digits.strip_prefix(plan.international_prefix.as_str()).or_else(|| digits.strip_prefix(plan.trunk_prefix.as_str()));
    match national {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        // What has no digit is no number: it is looked for as it is, and not found.
        _ if digits.is_empty() => typed.to_owned(),
        _ => digits,
    }
}

/// Gives the rows of a list their names and types.
pub(crate) struct Namer<'c> {
    pub(crate) catalog: &'c Catalog,
    pub(crate) language: &'c str,
}

impl Namer<'_> {
    /// The name of an offer: of the version it was bought in, else of any that has it; its id when none has.
    pub(crate) fn offer(&self, id: &str, bought: Timestamp) -> String {
        let versions = std::iter::once(self.catalog.version_at(bought)).chain(self.catalog.versions().iter().rev());
        let found = versions.into_iter().find_map(|version| Some(version.offers.get(version.offers.find(id)?)));
        found.map_or(id, |offer| offer.name.in_language(self.language)).to_owned()
    }

    /// The name of an offer whose lines were bought at various times.
    pub(crate) fn offer_of_today(&self, id: &str) -> String {
        self.offer(id, Timestamp::from_micros(i64::MAX))
    }

    /// Offers by id and name, as their names are sorted.
    fn offers(&self, ids: Vec<String>) -> Vec<(String, String)> {
        let mut offers: Vec<_> = ids.into_iter().map(|id| (self.offer_of_today(&id), id)).collect();
        offers.sort_by_cached_key(|(name, id)| (name.to_lowercase(), id.clone()));
        offers.into_iter().map(|(name, id)| (id, name)).collect()
    }

    /// A row of a list, for who pays so much of usage.
    pub(crate) fn line(&self, row: LineRow, markup: Markup) -> ListedLine {
        let kind = LineKind::of(&row.service);
        let zone = &self.catalog.operator.time_zone;
        let bytes = |bytes: i64| Quantity::new(bytes).unwrap_or_default();
        let has_data = kind != LineKind::Fixed;
        let data = row.used.filter(|used| has_data || used.data_bytes > 0).map(|used| Consumed {
            used: bytes(if used.data_included.is_some() { used.data_drawn } else { used.data_bytes }),
            included: used.data_included.map(bytes),
        });
        ListedLine {
            id: row.id,
            number: row.number.parse().ok(),
            kind,
            state: LineState::of_word(&row.state),
            delivered: row.started.map(|started| started.to_local(zone).date()),
            user: Some(row.user).filter(|user| !user.is_empty()),
            customer: row.customer,
            offer: self.offer(&row.offer, row.bought),
            sim: row.iccid,
            data_hold: row.used.map_or(DataHold::None, |used| used.data_hold),
            data,
            voice: bytes(row.used.map_or(0, |used| used.voice_s)),
            out_of_bundle: row.used.map_or(Money::ZERO, |used| markup.on(used.out_of_bundle)),
        }
    }
}

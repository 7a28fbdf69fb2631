//! The same change for many lines (FLT-08): which they are, what it changes for each and why some cannot, all of it told before; then all or
//! nothing; then how far each of them is.

use crate::{
    Actor, House, OperationError,
    catalog_names::{Doing, Names},
    life::Beside,
    line_change::{self, BulkAsked, ChangeAsked, MOST_AT_ONCE},
    line_services::{Choice, Choosing, digest, options_named},
    lines::{self, LinesAsked},
    permission::Permission,
};
use ::lines::{Ask, Change, Ground, Preview, Refusal};
use std::collections::{BTreeMap, HashMap, HashSet};
pub use store::BulkStage;
use store::{KeptBulk, KeptLife, LivesAsked, NewBulk};
use vocabulary::{BulkChangeId, E164, LineId, Money, Timestamp};

/// Rows on a page of a change's lines.
pub const ROWS: u32 = 50;
/// So many of the lines are shown before, those that cannot first.
pub const MOST_SHOWN: usize = 500;
/// So many changes for many lines are listed.
const MOST_LISTED: u32 = 20;

/// Which lines.
#[derive(Clone, Debug)]
pub enum Selection {
    /// These.
    These(Vec<LineId>),
    /// All that a filter finds.
    All(LinesAsked),
}

/// Which of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Among {
    /// All of them.
    #[default]
    All,
    /// Only those for which it can be done.
    Able,
}

/// A line, as a list names it.
#[derive(Clone, Debug)]
pub struct NamedLine {
    /// The line.
    pub id: LineId,
    /// Its number; none while it is not given yet.
    pub number: Option<E164>,
    /// Who uses it; empty for nobody.
    pub user: String,
}

/// What changes for one line.
#[derive(Clone, Debug)]
pub struct BulkLine {
    /// The line.
    pub line: NamedLine,
    /// The name of its plan, where that is what changes.
    pub plan: Option<String>,
    /// When, and what it costs.
    pub preview: Preview,
    /// The names of the options that end with it.
    pub ends: Vec<String>,
}

/// What is told of a change for many lines before.
#[derive(Clone, Debug)]
pub struct BulkTold {
    /// What changes.
    pub doing: Doing,
    /// For these; so many at most as are shown.
    pub can: Vec<BulkLine>,
    /// How many they are.
    pub able: usize,
    /// These cannot, each with why; so many at most as are shown.
    pub cannot: Vec<(NamedLine, Refusal)>,
    /// How many they are.
    pub unable: usize,
    /// What it costs once, in all.
    pub once: Money,
    /// What it adds to this month, in all.
    pub this_month: Money,
    /// What they cost a month before and after, in all.
    pub monthly: (Money, Money),
    /// The first and the last hour at which it takes effect; `None` for now.
    pub effect: Option<(Timestamp, Timestamp)>,
    /// What is asked once more.
    pub asks: Vec<Ask>,
    /// What of this has to be the same when it is confirmed.
    pub digest: String,
}

/// Why nothing is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkRefusal {
    /// No line was chosen.
    Nothing,
    /// More than [`MOST_AT_ONCE`].
    TooMany,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum BulkCame {
    /// It is begun or planned for all of them.
    Asked(BulkChangeId),
    /// It is not what was confirmed any more, or some cannot: nothing was done.
    Changed(Box<BulkTold>),
}

/// A change for many lines, and how far it is.
#[derive(Clone, Debug)]
pub struct BulkShown {
    /// Itself.
    pub id: BulkChangeId,
    /// What changes.
    pub doing: Doing,
    /// When it was asked for.
    pub asked: Timestamp,
    /// By whom.
    pub asked_by: String,
    /// How many lines are at each stage that has some.
    pub stages: Vec<(BulkStage, i64)>,
    /// A page of the lines, those first that want somebody.
    pub rows: Vec<(NamedLine, BulkStage, Option<Timestamp>)>,
    /// How many there are in all.
    pub total: u64,
    /// Which page it is, from 1 on.
    pub page: u32,
}

/// The lines of a selection that the asker sees; `None` for who changes none.
///
/// # Errors
/// When the database fails.
pub async fn select(
    house: &House,
    actor: &Actor,
    selection: &Selection,
) -> Result<Option<Result<Vec<LineId>, BulkRefusal>>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(None);
    }
    let mut found = match selection {
        Selection::These(ids) => ids.clone(),
        Selection::All(asked) => lines::ids(house, actor.scope, asked, MOST_AT_ONCE + 1).await?,
    };
    let mut seen = HashSet::new();
    found.retain(|id| seen.insert(*id));
    Ok(Some(match found.len() {
        0 => Err(BulkRefusal::Nothing),
        count if count > MOST_AT_ONCE => Err(BulkRefusal::TooMany),
        _ => Ok(found),
    }))
}

/// What there is to choose from for these lines: what at least one of them may have. To end, what at least one of them has.
///
/// # Errors
/// When the database fails.
pub async fn choices(
    house: &House,
    actor: &Actor,
    lines: &[LineId],
    choosing: Option<&Choosing>,
    language: &str,
) -> Result<Vec<Choice>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let ground = Ground::at(&catalog, house.clock.now());
    let names = Names { catalog: &catalog, language };
    let lives = house.store.scoped(actor.scope).lives(LivesAsked::Lines(lines), &catalog).await?;
    let mut alike = HashSet::new();
    let mut found: BTreeMap<String, Choice> = BTreeMap::new();
    for KeptLife { life, .. } in &lives {
        let service = &life.line.service;
        let changes = match choosing {
            None => service.options.iter().map(|held| Change::EndOption { option: held.option.clone() }).collect(),
            // Lines of the same plan and network may have the same.
            Some(_) if !alike.insert((&service.offer, &life.line.network, service.capping)) => continue,
            Some(choosing) => crate::line_services::changes(life, choosing, &ground),
        };
        for change in changes {
            let choice = crate::line_services::choice(&change, None, &life.line.network, (&names, &ground));
            found.entry(choice.value.clone()).or_insert(choice);
        }
    }
    let mut found: Vec<Choice> = found.into_values().collect();
    found.sort_by(|one, other| (one.monthly, &one.value).cmp(&(other.monthly, &other.value)));
    Ok(found)
}

/// What is told of a change for these lines before; `None` where the asker may not.
///
/// # Errors
/// When the database fails.
pub async fn told(
    house: &House,
    actor: &Actor,
    (lines, among): (&[LineId], Among),
    asked: &ChangeAsked,
    language: &str,
) -> Result<Option<BulkTold>, OperationError> {
    Ok(look(house, actor, (lines, among), asked, language).await?.map(|(told, _)| told))
}

/// What is told, and the lines for which it would be done.
async fn look(
    house: &House,
    actor: &Actor,
    (lines, among): (&[LineId], Among),
    asked: &ChangeAsked,
    language: &str,
) -> Result<Option<(BulkTold, Vec<LineId>)>, OperationError> {
    if !actor.may(Permission::ChangeLines) || !line_change::may(actor, &asked.change) {
        return Ok(None);
    }
    let catalog = house.catalog_for(actor.scope).await?;
    let now = house.clock.now();
    let (ground, names) = (Ground::at(&catalog, now), Names { catalog: &catalog, language });
    let lives = house.store.scoped(actor.scope).lives(LivesAsked::Lines(lines), &catalog).await?;
    let mut bulk = ::lines::bulk(lives.iter().map(|kept| &kept.life), (&asked.change, asked.when), &ground);
    if among == Among::Able {
        bulk.cannot.clear();
    }
    let by_id: HashMap<LineId, &KeptLife> = lives.iter().map(|kept| (kept.life.line.id, kept)).collect();
    let line = |id: LineId| named(id, by_id.get(&id).copied());
    let is_plan = matches!(asked.change, Change::Plan { .. });
    let plan = |id: LineId| by_id.get(&id).filter(|_| is_plan).map(|kept| names.offer(&kept.life.line.service.offer));
    let mut asks: Vec<Ask> = Vec::new();
    for ask in bulk.can.iter().flat_map(|(_, preview)| &preview.asks) {
        if !asks.contains(ask) {
            asks.push(*ask);
        }
    }
    let later = bulk.can.iter().map(|(_, preview)| preview.effect).filter(|effect| *effect > now);
    let told = BulkTold {
        doing: names.change(&asked.change),
        able: bulk.can.len(),
        unable: bulk.cannot.len(),
        once: bulk.once(),
        this_month: bulk.can.iter().map(|(_, preview)| preview.this_month).sum(),
        monthly: bulk.monthly(),
        effect: later.clone().min().zip(later.max()),
        asks,
        digest: digest(bulk.can.iter().map(|(id, preview)| (*id, preview)), now),
        cannot: bulk.cannot.iter().take(MOST_SHOWN).map(|(id, refusal)| (line(*id), *refusal)).collect(),
        can: bulk
            .can
            .iter()
            .take(MOST_SHOWN)
            .map(|(id, preview)| BulkLine {
                line: line(*id),
                plan: plan(*id),
                ends: options_named(&preview.ends_options, &names),
                preview: preview.clone(),
            })
            .collect(),
    };
    Ok(Some((told, bulk.can.into_iter().map(|(id, _)| id).collect())))
}

fn named(id: LineId, kept: Option<&KeptLife>) -> NamedLine {
    NamedLine {
        id,
        number: kept.and_then(|kept| kept.life.line.number),
        user: kept.map(|kept| kept.user.clone()).unwrap_or_default(),
    }
}

/// Asks for what was confirmed, for all of these lines or none; the same form twice is one change. `None` where the asker may not.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    house: &House,
    actor: &Actor,
    (lines, among): (&[LineId], Among),
    asked: &ChangeAsked,
    (token, confirmed): (&str, &str),
) -> Result<Option<BulkCame>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    if let Some(known) = scoped.bulk_of_token(token).await? {
        return Ok(Some(BulkCame::Asked(known)));
    }
    let Some((told, able)) = look(house, actor, (lines, among), asked, "").await? else { return Ok(None) };
    if told.digest != confirmed || told.unable > 0 || able.is_empty() {
        return Ok(Some(BulkCame::Changed(Box::new(told))));
    }
    let id = BulkChangeId(house.store.reserve_ids(1).await?);
    let bulk = NewBulk {
        id,
        owner: (actor.scope.operator, actor.owner.0, actor.owner.1),
        token,
        change: serde_json::to_string(&asked.change).expect("ids and words are plain data"),
        asked: house.clock.now(),
        asked_by: &actor.name,
    };
    let beside = Beside { bulk: Some(bulk), about: Some(&asked.change), ..Beside::default() };
    match line_change::ask_many_beside(house, actor, &able, asked, &beside).await? {
        None => Ok(None),
        Some(BulkAsked::Done(saved)) if saved > 0 => Ok(Some(BulkCame::Asked(id))),
        Some(_) => match scoped.bulk_of_token(token).await? {
            // The same form came a second time while the first was being taken.
            Some(known) => Ok(Some(BulkCame::Asked(known))),
            None => {
                let told = self::told(house, actor, (lines, among), asked, "").await?;
                Ok(told.map(|told| BulkCame::Changed(Box::new(told))))
            }
        },
    }
}

/// A change for many lines and how far each is; `None` where it is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn show(
    house: &House,
    actor: &Actor,
    id: BulkChangeId,
    page: u32,
    language: &str,
) -> Result<Option<BulkShown>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let scoped = house.store.reading(actor.scope).await?;
    let Some(kept) = scoped.bulk(id).await? else { return Ok(None) };
    let stages = scoped.bulk_stages(id).await?;
    let total = stages.iter().map(|(_, count)| u64::try_from(*count).unwrap_or(0)).sum::<u64>();
    let last = u32::try_from(total.div_ceil(u64::from(ROWS))).unwrap_or(u32::MAX).max(1);
    let page = page.clamp(1, last);
    let rows = scoped.bulk_rows(id, (u64::from(page - 1) * u64::from(ROWS), ROWS)).await?;
    let rows = rows
        .into_iter()
        .map(|row| (NamedLine { id: row.line, number: row.number.parse().ok(), user: row.user }, row.stage, row.due));
    Ok(Some(BulkShown {
        id,
        doing: doing(&kept, &Names { catalog: &catalog, language }),
        asked: kept.asked,
        asked_by: kept.asked_by,
        rows: rows.collect(),
        stages,
        total,
        page,
    }))
}

/// The latest changes for many lines: each with what changes, when it was asked for, and for how many lines.
///
/// # Errors
/// When the database fails.
pub async fn latest(
    house: &House,
    actor: &Actor,
    language: &str,
) -> Result<Vec<(BulkChangeId, Doing, Timestamp, i64)>, OperationError> {
    if !actor.may(Permission::ChangeLines) {
        return Ok(Vec::new());
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let names = Names { catalog: &catalog, language };
    let found = house.store.scoped(actor.scope).bulks(MOST_LISTED).await?;
    Ok(found.into_iter().map(|(kept, lines)| (kept.id, doing(&kept, &names), kept.asked, lines)).collect())
}

fn doing(kept: &KeptBulk, names: &Names<'_>) -> Doing {
    serde_json::from_str::<Change>(&kept.change).map_or(Doing::Other, |change| names.change(&change))
}

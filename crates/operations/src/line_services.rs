//! What a line has, what its network is asked for, what is planned for it, and what the asker may ask of it now (RES-04, RES-05, RES-06,
//! RES-24, MOB-40 to MOB-43). Asking is `line_change`'s.

mod choice;
mod told;

pub use crate::catalog_names::{Ceiling, Doing};
pub use choice::{Choice, Choosing, choices};
pub(crate) use choice::{changes, choice};
pub use told::{Told, told};
pub(crate) use told::{digest, options_named, tell};

use crate::{
    Actor, House, OperationError,
    catalog_names::{Names, ceiling},
    line_change::{may, refuse_unpaid},
};
use ::lines::{Change, EndCause, Ground, Life, Preview, Refusal, Stage, When, WorkState};
use catalog::Capping;
use store::{KeptLife, LivesAsked};
use vocabulary::{E164, LineId, Money, ScheduledChangeId, SimId, Timestamp};

/// What somebody may ask of a line as a whole; what is asked of one of its options or cut-offs stands beside that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Suspend it.
    Suspend,
    /// Reactivate it.
    Reactivate,
    /// Choose another plan.
    Plan,
    /// Cap it, or not.
    Capping,
    /// Add an option.
    Option,
    /// Block some usage.
    Block,
    /// Put another SIM in.
    SwapSim,
    /// End it.
    End,
}

/// An option that a line has.
#[derive(Clone, Debug)]
pub struct HeldOption {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it costs a month.
    pub monthly: Money,
    /// From when on.
    pub since: Timestamp,
    /// Does it forbid usage?
    pub is_block: bool,
    /// May another take its place?
    pub is_replaceable: bool,
    /// Why it cannot end now.
    pub stays: Option<Refusal>,
}

/// An option that a line had.
#[derive(Clone, Debug)]
pub struct EndedOption {
    /// What people call it.
    pub name: String,
    /// From when on.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// A cut-off of a line.
#[derive(Clone, Debug)]
pub struct LineCutoff {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it lets through.
    pub value: Ceiling,
    /// Why it cannot be changed now.
    pub stays: Option<Refusal>,
}

/// What the network is being asked for.
#[derive(Clone, Debug)]
pub struct Underway {
    /// What.
    pub doing: Vec<Doing>,
    /// Since when it is asked for.
    pub since: Option<Timestamp>,
    /// How far it is.
    pub stage: UnderwayStage,
}

/// How far a network is with what it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderwayStage {
    /// It is closed, and opens then.
    Closed(Timestamp),
    /// It is being told.
    Telling,
    /// It has it, and has not said that it is done.
    Taken,
    /// Nobody answers: staff looks.
    Unanswered,
    /// It is asked to forget it.
    Withdrawing,
}

/// Something that takes effect later.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Which.
    pub id: ScheduledChangeId,
    /// What.
    pub doing: Doing,
    /// When.
    pub due: Timestamp,
    /// May the asker take it back?
    pub is_theirs: bool,
}

/// A line's services, and what may be asked of it.
#[derive(Clone, Debug)]
pub struct LineServices {
    /// The line.
    pub line: LineId,
    /// Its number; none while it is not given yet.
    pub number: Option<E164>,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Its offer.
    pub offer: String,
    /// What the offer costs a month.
    pub offer_monthly: Money,
    /// What it costs a month with its options.
    pub monthly: Money,
    /// Does it stop at its allowance? `None` where its plan leaves no choice.
    pub capping: Option<Capping>,
    /// Its options, in the order in which they were added.
    pub options: Vec<HeldOption>,
    /// Those that it had.
    pub ended: Vec<EndedOption>,
    /// Its cut-offs.
    pub cutoffs: Vec<LineCutoff>,
    /// What its network is asked for.
    pub underway: Option<Underway>,
    /// What is planned, the next first.
    pub planned: Vec<Planned>,
    /// Its SIM.
    pub sim: Option<SimId>,
    /// Is it suspended?
    pub is_suspended: bool,
    /// Is there nothing that could still be asked of it?
    pub is_over: bool,
    /// May a cap of its plan be lifted, so that there is a page for it (TEL-10)?
    pub has_cap: bool,
    /// May lines such as this one ring with a mobile line (TEL-11)?
    pub may_converge: bool,
    /// What the asker may ask, each with why not now.
    pub acts: Vec<(Act, Option<Refusal>)>,
}

/// A line's services; `None` outside the asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn services(
    house: &House,
    actor: &Actor,
    line: LineId,
    language: &str,
) -> Result<Option<LineServices>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let scoped = house.store.scoped(actor.scope);
    let Some(kept) = scoped.lives(LivesAsked::Lines(&[line]), &catalog).await?.pop() else { return Ok(None) };
    let since = if kept.life.line.underway.is_some() { scoped.underway_since(line).await? } else { None };
    let history = scoped.options_of(line).await?;
    let names = Names { catalog: &catalog, language };
    let ground = Ground::at(&catalog, house.clock.now());
    let life = &kept.life;
    let service = &life.line.service;
    let stage = life.line.state.stage();
    let can_change = may(actor, &Change::Plan { offer: "".into() });
    let mut planned: Vec<Planned> = life
        .scheduled
        .iter()
        .filter(|planned| planned.is_planned())
        .map(|planned| Planned {
            id: planned.id,
            doing: names.change(&planned.change),
            due: planned.due,
            is_theirs: may(actor, &planned.change) && planned.due > ground.now,
        })
        .collect();
    planned.sort_by_key(|planned| (planned.due, planned.id));
    Ok(Some(LineServices {
        line,
        number: life.line.number,
        user: kept.user.clone(),
        offer: names.offer(&service.offer),
        offer_monthly: service.monthly,
        monthly: service.monthly_in_all(),
        capping: choice::cap_choice(life, &ground).then_some(service.capping),
        options: service.options.iter().map(|held| option(held, life, (&names, &ground), can_change)).collect(),
        ended: history
            .into_iter()
            .filter_map(|past| Some(EndedOption { name: names.option(&past.option), since: past.since, until: past.until? }))
            .collect(),
        cutoffs: cutoffs(life, (&names, &ground), can_change),
        underway: life.work.as_ref().filter(|work| life.line.underway == Some(work.id)).and_then(|work| {
            let stage = underway_stage(&work.state)?;
            Some(Underway { doing: names.action(&work.action, service), since, stage })
        }),
        planned,
        sim: life.line.sim,
        is_suspended: stage == Stage::Suspended,
        is_over: stage == Stage::Ended,
        has_cap: !::lines::cap_lifts(life, &ground).is_empty(),
        may_converge: ::lines::convergence(life, &ground).is_some(),
        acts: acts(&kept, actor, &ground),
    }))
}

/// Is this very change underway or planned, so that who asks for it once more asks for nothing new?
///
/// # Errors
/// When the database fails.
pub async fn is_asked(house: &House, actor: &Actor, line: LineId, change: &Change) -> Result<bool, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let Some(kept) = house.store.scoped(actor.scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop() else {
        return Ok(false);
    };
    let names = Names { catalog: &catalog, language: "" };
    let life = &kept.life;
    let work = life.work.as_ref().filter(|work| life.line.underway == Some(work.id));
    let wanted = match change {
        Change::ReplaceOption { from, to } => vec![Doing::Add(names.option(to)), Doing::Leave(names.option(from))],
        other => vec![names.change(other)],
    };
    let is_underway = work.is_some_and(|work| names.action(&work.action, &life.line.service) == wanted);
    Ok(is_underway || life.scheduled.iter().any(|planned| planned.is_planned() && planned.change == *change))
}

fn underway_stage(state: &WorkState) -> Option<UnderwayStage> {
    Some(match state {
        WorkState::Waiting { until } => UnderwayStage::Closed(*until),
        WorkState::Ready { .. } | WorkState::Sent { .. } => UnderwayStage::Telling,
        WorkState::Accepted { .. } => UnderwayStage::Taken,
        WorkState::Withdrawing { .. } => UnderwayStage::Withdrawing,
        WorkState::Unanswered { .. } => UnderwayStage::Unanswered,
        WorkState::Done { .. } | WorkState::Refused { .. } | WorkState::Cancelled { .. } => return None,
    })
}

fn option(held: &::lines::HeldOption, life: &Life, (names, ground): (&Names<'_>, &Ground<'_>), can_change: bool) -> HeldOption {
    let end = Change::EndOption { option: held.option.clone() };
    let stays = life.preview(&end, When::Soonest, ground).err();
    let others = ::lines::options::replacements(&life.line.service, &held.option, &life.line.network, ground);
    HeldOption {
        id: held.option.to_string(),
        name: names.option(&held.option),
        monthly: held.monthly,
        since: held.from,
        is_block: choice::is_block(&held.option, ground),
        is_replaceable: can_change && !others.is_empty() && line_refusal(life, ground).is_none(),
        stays,
    }
}

fn cutoffs(life: &Life, (names, ground): (&Names<'_>, &Ground<'_>), can_change: bool) -> Vec<LineCutoff> {
    let version = ground.version;
    let service = &life.line.service;
    let Some((offer, (network, _))) = version.offers.find(&service.offer).zip(ground.network(&life.line.network)) else {
        return Vec::new();
    };
    let cutoff = |(ix, cutoff): (catalog::Ix<catalog::Cutoff>, &catalog::Cutoff)| {
        let id = version.cutoffs.id(ix);
        let value = service.cutoffs.iter().find(|(known, _)| known == id).map_or(cutoff.default, |(_, value)| *value);
        let tries = cutoff.values.iter().filter(|other| **other != value);
        let stays = possible(
            tries.map(|value| life.preview(&Change::Cutoff { cutoff: id.into(), value: *value }, When::Soonest, ground)),
        );
        LineCutoff {
            id: id.to_owned(),
            name: cutoff.name.in_language(names.language).to_owned(),
            value: ceiling(cutoff, value),
            stays: stays.or((!can_change).then_some(Refusal::Same)),
        }
    };
    version.cutoffs_of(offer, network).map(cutoff).collect()
}

/// Why nothing at all may be asked of a line now.
fn line_refusal(life: &Life, ground: &Ground<'_>) -> Option<Refusal> {
    let suspend_or_not = match life.line.state.stage() {
        Stage::Suspended => Change::Reactivate,
        _ => Change::Suspend,
    };
    life.preview(&suspend_or_not, When::Soonest, ground).err().filter(|refusal| *refusal <= Refusal::Underway)
}

/// Why none of these may be: the first of all their reasons; nothing where one may be.
pub(crate) fn possible(tries: impl IntoIterator<Item = Result<Preview, Refusal>>) -> Option<Refusal> {
    let mut why = None;
    for tried in tries {
        match tried {
            Ok(_) => return None,
            Err(refusal) => why = Some(why.map_or(refusal, |known: Refusal| known.min(refusal))),
        }
    }
    Some(why.unwrap_or(Refusal::Unknown))
}

fn acts(kept: &KeptLife, actor: &Actor, ground: &Ground<'_>) -> Vec<(Act, Option<Refusal>)> {
    let life = &kept.life;
    let try_one = |change: Change| refuse_unpaid(kept, &change).and_then(|()| life.preview(&change, When::Soonest, ground)).err();
    let mut acts = Vec::new();
    if may(actor, &Change::Suspend) {
        match life.line.state.stage() {
            Stage::Suspended => acts.push((Act::Reactivate, try_one(Change::Reactivate))),
            _ => acts.push((Act::Suspend, try_one(Change::Suspend))),
        }
    }
    if !may(actor, &Change::End { cause: EndCause::Asked }) {
        return acts;
    }
    let tried = |choosing: &Choosing| {
        let changes = choice::changes(life, choosing, ground);
        possible(changes.iter().map(|change| life.preview(change, When::Soonest, ground)))
    };
    acts.push((Act::Plan, tried(&Choosing::Plan)));
    if choice::cap_choice(life, ground) {
        acts.push((Act::Capping, tried(&Choosing::Capping)));
    }
    for (act, choosing) in [(Act::Option, Choosing::Option), (Act::Block, Choosing::Block)] {
        if !choice::changes(life, &choosing, ground).is_empty() {
            acts.push((act, tried(&choosing)));
        }
    }
    acts.push((Act::SwapSim, line_refusal(life, ground)));
    acts.push((Act::End, try_one(Change::End { cause: EndCause::Asked })));
    acts
}

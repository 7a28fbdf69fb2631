//! Convergence: calls to a fixed line ring it and one mobile line of the same account at once (TEL-11). A paid option, which the room `lines` begins
//! and ends as any other, and a setting of the telephone that says which mobile line. Either alone rings nothing; ending either line ends it.

use crate::{
    Actor, House, OperationError, Reach, Scope,
    catalog_names::Names,
    life::{Beside, Decided, Doer, Note, TelephonySet, carry_beside},
    line_change::{self, ChangeAsked, Refusal, When, take_back_where},
    line_services::{Told, tell},
    permission::Permission,
    telephony::{self, Change as TelephoneChange, Source, TelephonyRefusal},
};
use ::lines::{Change, ConvergenceBarrier, Ground, Life, Mobiles};
use ::telephony::LineServices;
use catalog::{Catalog, OptionPrice};
use serde_json::json;
pub use store::AccountMobile;
use store::{KeptLife, KeptTelephony, LivesAsked};
use vocabulary::{E164, LineId, Money, ScheduledChangeId, Timestamp};

/// So often it is decided anew when somebody was faster.
const ATTEMPTS: usize = 5;
/// So many lines are looked at in a round.
const BUNDLE: usize = 100;
/// A line that cannot be changed now is looked at again after so many seconds.
const ASIDE_S: i64 = 600;

/// How a line stands.
#[derive(Clone, Debug)]
pub struct ConvergenceShown {
    /// The line.
    pub line: LineId,
    /// Its number.
    pub number: Option<E164>,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// What people call the option.
    pub option: String,
    /// What it costs a month.
    pub monthly: Money,
    /// Since when the line has it.
    pub held: Option<Timestamp>,
    /// From when on it is over, where that is planned, and whether it may still be taken back.
    pub ends: Option<(ScheduledChangeId, Timestamp)>,
    /// Is the network being asked for it?
    pub is_underway: bool,
    /// The mobile line that rings with it, or is to; `None` where none was chosen.
    pub rings_with: Option<E164>,
    /// The mobile lines to choose from; none for who may not choose.
    pub mobiles: Vec<AccountMobile>,
    /// All that stands in the way of a line that does not have it.
    pub barriers: Vec<Barrier>,
    /// What is told of beginning it, where it may be begun.
    pub told: Option<Told>,
    /// May the reader choose?
    pub may_choose: bool,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// It is for these offers.
    OtherPlan(Vec<String>),
    /// The account has no mobile line in service.
    NoMobile,
    /// The line cannot have anything changed now.
    Line(Refusal),
}

/// What came of asking for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It is begun, or the other mobile line rings from now on.
    Done,
    /// Something else would be done than what was told: it is told anew.
    Changed,
    /// It cannot be.
    Refused(Refusal),
}

/// How a line stands; `None` outside the asker's scope, and for a line that could never ring with another.
///
/// # Errors
/// When the database fails.
pub async fn convergence(
    house: &House,
    actor: &Actor,
    line: LineId,
    language: &str,
) -> Result<Option<ConvergenceShown>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let Some((kept, telephone)) = load(house, actor, (line, &catalog)).await? else { return Ok(None) };
    let ground = Ground::at(&catalog, house.clock.now());
    let life = &kept.life;
    let Some(found) = ::lines::convergence(life, &ground) else { return Ok(None) };
    let names = Names { catalog: &catalog, language };
    let all = house.store.scoped(actor.scope).mobiles_of_account(line).await?;
    let held = life.line.service.options.iter().find(|held| held.option == found.id);
    let mobiles = if all.is_empty() { Mobiles::None } else { Mobiles::Some };
    let barriers = if held.is_some() { Vec::new() } else { found.barriers(life, mobiles, &ground) };
    let add = Change::AddOption { option: found.id.into() };
    let preview = if held.is_none() && barriers.is_empty() { life.preview(&add, When::Soonest, &ground).ok() } else { None };
    let barrier = |barrier| match barrier {
        ConvergenceBarrier::OtherPlan => {
            Barrier::OtherPlan(found.offers(life, &ground).into_iter().map(|offer| names.offer(offer)).collect())
        }
        ConvergenceBarrier::NoMobile => Barrier::NoMobile,
        ConvergenceBarrier::Line(refusal) => Barrier::Line(refusal),
    };
    let may_choose = may(actor);
    Ok(Some(ConvergenceShown {
        line,
        number: life.line.number,
        user: kept.user.clone(),
        option: names.option(found.id),
        monthly: match (held, found.option.price) {
            (Some(held), _) => held.monthly,
            (None, OptionPrice::Monthly(price)) => price,
            (None, OptionPrice::Once(_)) => Money::ZERO,
        },
        held: held.map(|held| held.from),
        ends: planned_end(life, found.id),
        is_underway: is_underway(life, found.id),
        rings_with: telephone.services.rings_with,
        mobiles: if may_choose { all } else { Vec::new() },
        barriers: barriers.into_iter().map(barrier).collect(),
        told: preview.map(|preview| tell(names.change(&add), (line, preview), &names, ground.now)),
        may_choose,
    }))
}

/// Who sees one line only knows nothing of the others of the account.
fn may(actor: &Actor) -> bool {
    actor.may(Permission::Converge) && !matches!(actor.scope.reach, Reach::Line(_))
}

async fn load(
    house: &House,
    actor: &Actor,
    (line, catalog): (LineId, &Catalog),
) -> Result<Option<(KeptLife, KeptTelephony)>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    // To whom the line of somebody else rings is theirs alone.
    if scoped.private_lines().await?.contains(&line) {
        return Ok(None);
    }
    let Some(kept) = scoped.lives(LivesAsked::Lines(&[line]), catalog).await?.pop() else { return Ok(None) };
    Ok(scoped.telephony(line).await?.map(|telephone| (kept, telephone)))
}

fn planned_end(life: &Life, option: &str) -> Option<(ScheduledChangeId, Timestamp)> {
    let ends = |change: &Change| matches!(change, Change::EndOption { option: ended } if ended == option);
    let planned = life.scheduled.iter().find(|planned| planned.is_planned() && ends(&planned.change))?;
    Some((planned.id, planned.due))
}

fn is_underway(life: &Life, option: &str) -> bool {
    let work = life.work.as_ref().filter(|work| life.line.underway == Some(work.id));
    work.is_some_and(|work| matches!(&work.action, ::lines::Action::Modify { service } if service.has(option)))
        && !life.line.service.has(option)
}

/// Has a fixed line ring with a mobile one of its account, from now on: with the option, which is begun where the line does not have it, once its
/// price was told. `None` outside the asker's scope, for a mobile line that is not to be chosen, and for who may not.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    house: &House,
    actor: &Actor,
    line: LineId,
    (mobile, digest): (LineId, &str),
) -> Result<Option<Came>, OperationError> {
    if !may(actor) {
        return Ok(None);
    }
    let catalog = house.catalog_for(actor.scope).await?;
    for _ in 0..ATTEMPTS {
        let Some((kept, telephone)) = load(house, actor, (line, &catalog)).await? else { return Ok(None) };
        let now = house.clock.now();
        let ground = Ground::at(&catalog, now);
        let Some(found) = ::lines::convergence(&kept.life, &ground) else { return Ok(None) };
        let mobiles = house.store.scoped(actor.scope).mobiles_of_account(line).await?;
        let Some(mobile) = mobiles.iter().find(|one| one.line == mobile) else { return Ok(None) };
        if kept.life.line.service.has(found.id) || is_underway(&kept.life, found.id) {
            return other_mobile(house, actor, line, mobile.number).await;
        }
        let asked = ChangeAsked { change: Change::AddOption { option: found.id.into() }, when: When::Soonest };
        let told = match kept.life.preview(&asked.change, asked.when, &ground) {
            Err(refusal) => return Ok(Some(Came::Refused(refusal))),
            Ok(preview) => crate::line_services::digest([(line, &preview)], now),
        };
        if told != digest {
            return Ok(Some(Came::Changed));
        }
        let services = LineServices { rings_with: Some(mobile.number), ..telephone.services.clone() };
        let set = TelephonySet { line, version: telephone.version, services: &services, at: now, source: Source::Page.as_str() };
        let beside = Beside { about: Some(&asked.change), telephony: Some(set), ..Beside::default() };
        let mut refused = None;
        let saved = carry_beside(house, Doer::Person(actor), LivesAsked::Lines(&[line]), &beside, |kept, hand| {
            let (decided, came) = line_change::decide(kept, &asked, hand)?;
            refused = came.err();
            Ok(match decided {
                Decided::Save(effects, mut notes) => {
                    notes.push(note_of_telephone());
                    Decided::Save(effects, notes)
                }
                other => other,
            })
        })
        .await?;
        match (refused, saved) {
            (Some(refusal), _) => return Ok(Some(Came::Refused(refusal))),
            (None, 0) => {}
            (None, _) => return Ok(Some(Came::Done)),
        }
    }
    Err(OperationError::Contended)
}

fn note_of_telephone() -> Note {
    let after = json!({ "telephone_services": "rings_with", "source": Source::Page.as_str() });
    Note { action: "line_telephony_changed", before: None, after: Some(after) }
}

async fn other_mobile(house: &House, actor: &Actor, line: LineId, number: E164) -> Result<Option<Came>, OperationError> {
    let change = telephony::ChangeAsked::Other(TelephoneChange::RingWith { number: Some(number) });
    let came = telephony::change(house, Doer::Person(actor), line, (&change, Source::Page)).await?;
    Ok(came.map(|came| match came {
        Ok(_) => Came::Done,
        Err(TelephonyRefusal::NoTelephone) => Came::Refused(Refusal::Over),
        Err(_) => Came::Refused(Refusal::Unknown),
    }))
}

/// Ends the option when the catalogue says that it may end, mostly on the 1st of next month; `None` outside the asker's scope, for a line that could
/// never ring with another, and for who may not. What is planned already is done.
///
/// # Errors
/// When the database fails.
pub async fn end(house: &House, actor: &Actor, line: LineId) -> Result<Option<Result<(), Refusal>>, OperationError> {
    let Some(change) = end_of(house, actor, line).await? else { return Ok(None) };
    let asked = ChangeAsked { change, when: When::Soonest };
    let beside = Beside { about: Some(&asked.change), ..Beside::default() };
    let came = line_change::ask_one(house, actor, line, &asked, (None, &beside)).await?;
    Ok(came.map(|came| match came {
        Ok(_) | Err(Refusal::Planned(_)) => Ok(()),
        Err(refusal) => Err(refusal),
    }))
}

async fn end_of(house: &House, actor: &Actor, line: LineId) -> Result<Option<Change>, OperationError> {
    if !may(actor) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let Some((kept, _)) = load(house, actor, (line, &catalog)).await? else { return Ok(None) };
    let found = ::lines::convergence(&kept.life, &Ground::at(&catalog, house.clock.now()));
    Ok(found.map(|found| Change::EndOption { option: found.id.into() }))
}

/// Takes a planned end back; `None` as [`end`]. Whether there was one to take back.
///
/// # Errors
/// When the database fails.
pub async fn keep(house: &House, actor: &Actor, line: LineId) -> Result<Option<bool>, OperationError> {
    let Some(Change::EndOption { option }) = end_of(house, actor, line).await? else { return Ok(None) };
    let life = line_change::life(house, actor, line).await?;
    let Some((planned, _)) = life.and_then(|kept| planned_end(&kept.life, &option)) else { return Ok(Some(false)) };
    let is_it = |change: &Change| matches!(change, Change::EndOption { option: ended } if *ended == option);
    Ok(take_back_where(house, actor, line, planned, is_it).await?.map(|came| came.is_ok()))
}

/// Does a line ring with this number now: is the option there, and the number that of a mobile line in service of its account?
///
/// # Errors
/// When the database fails.
pub(crate) async fn rings_with(house: &House, scope: Scope, line: LineId, number: E164) -> Result<bool, OperationError> {
    let catalog = house.catalog(scope.operator).await?;
    let needing = |version: &catalog::Version| {
        let all = version.options.iter().filter(|(_, option)| option.needs_line.is_some());
        all.map(|(ix, _)| version.options.id(ix).to_owned()).collect::<Vec<_>>()
    };
    let mut options: Vec<String> = catalog.versions().iter().flat_map(needing).collect();
    options.sort_unstable();
    options.dedup();
    Ok(house.store.scoped(scope).rings_with(line, (number, &options), house.clock.now()).await?)
}

/// Fixed lines whose mobile line is over: it rings with them no more, and the option ends as soon as the catalogue lets it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn bereft_due(house: &House) -> Result<(), OperationError> {
    for (operator, line) in house.store.bereft_lines(house.clock.now(), BUNDLE).await? {
        let (scope, doer) = (Scope::operator(operator), Doer::Program(operator));
        let catalog = house.catalog(operator).await?;
        let now = house.clock.now();
        let Some(telephone) = house.store.scoped(scope).telephony(line).await? else { continue };
        let services = LineServices { rings_with: None, ..telephone.services.clone() };
        let set = TelephonySet { line, version: telephone.version, services: &services, at: now, source: "program" };
        let mut change = None;
        if let Some(kept) = house.store.scoped(scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop() {
            let found = ::lines::convergence(&kept.life, &Ground::at(&catalog, now));
            change = found.map(|found| Change::EndOption { option: found.id.into() });
        }
        let asked = change.map(|change| ChangeAsked { change, when: When::Soonest });
        let beside = Beside { about: asked.as_ref().map(|asked| &asked.change), telephony: Some(set), ..Beside::default() };
        let mut is_busy = false;
        let saved = carry_beside(house, doer, LivesAsked::Lines(&[line]), &beside, |kept, hand| {
            let note = Note {
                action: "line_telephony_changed",
                before: None,
                after: Some(json!({ "telephone_services": "rings_with", "source": "program" })),
            };
            let Some(asked) = &asked else { return Ok(Decided::Save(Vec::new(), vec![note])) };
            Ok(match line_change::decide(kept, asked, hand)? {
                (Decided::Save(effects, mut notes), Ok(_)) => {
                    notes.push(note);
                    Decided::Save(effects, notes)
                }
                // The network is doing something else: the option ends when that is over.
                (_, Err(Refusal::Underway | Refusal::Activating)) => {
                    is_busy = true;
                    Decided::Leave
                }
                // It is not there, or ends already.
                _ => Decided::Save(Vec::new(), vec![note]),
            })
        })
        .await?;
        if is_busy || saved == 0 {
            house.store.put_bereft_aside(line, now.plus_seconds(ASIDE_S)).await?;
        }
    }
    Ok(())
}

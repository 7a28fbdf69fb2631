//! What somebody asks of lines that are in service, one or many at once (RES-05, RES-06, FLT-05, FLT-06, FLT-08, FLT-10, FLT-11): what is told
//! before, asking for it, and taking back what is planned. Whether it may be, and when, is the room `lines`'.

use crate::{
    Actor, House, OperationError,
    life::{Beside, Decided, Doer, Hand, Note, carry, carry_beside, go_on},
    permission::Permission,
    proof::FreshProof,
};
pub use ::lines::{Ask, Asked, Change, EndCause, OptionRefusal, Preview, Refusal, SimKind, SimRefusal, TakeBackRefusal, When};
use ::lines::{Bulk, Ground, Life};
pub use catalog::Capping;
use serde_json::json;
use store::{KeptCard, KeptLife, LivesAsked};
use vocabulary::{LineId, ScheduledChangeId, SimId, Timestamp, WorkOrderId};

/// The most lines that one change is asked for at once.
pub const MOST_AT_ONCE: usize = 5_000;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct ChangeAsked {
    /// What.
    pub change: Change,
    /// When.
    pub when: When,
}

/// What came of a change for many lines.
#[derive(Clone, Debug)]
pub enum BulkAsked {
    /// It is begun or planned for each of them.
    Done(usize),
    /// Some cannot: nothing was done.
    Refused(Bulk),
}

/// May they ask for such a change at all?
pub const fn may(actor: &Actor, change: &Change) -> bool {
    match change {
        Change::Suspend | Change::Reactivate => actor.may(Permission::SuspendLines),
        // Only what an account owes puts it on and takes it off.
        Change::Restrict { .. } | Change::Release { .. } => false,
        _ => actor.may(Permission::ChangeLines),
    }
}

/// A line with what is planned for it; `None` outside the asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn life(house: &House, actor: &Actor, line: LineId) -> Result<Option<KeptLife>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    Ok(house.store.scoped(actor.scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop())
}

/// What is told of a change before it is asked for; `None` for a line outside the asker's scope, or where they may not.
///
/// # Errors
/// When the database fails.
pub async fn preview(
    house: &House,
    actor: &Actor,
    line: LineId,
    asked: &ChangeAsked,
) -> Result<Option<Result<Preview, Refusal>>, OperationError> {
    let mut bulk = preview_many(house, actor, &[line], asked).await?;
    let Some(mut bulk) = bulk.take() else { return Ok(None) };
    let refused = bulk.cannot.pop().map(|(_, refusal)| Err(refusal));
    Ok(refused.or_else(|| bulk.can.pop().map(|(_, preview)| Ok(preview))))
}

/// The same for many lines; those outside the scope are left out. `None` where they may not.
///
/// # Errors
/// When the database fails.
pub async fn preview_many(
    house: &House,
    actor: &Actor,
    lines: &[LineId],
    asked: &ChangeAsked,
) -> Result<Option<Bulk>, OperationError> {
    let card = new_card(house, actor, &asked.change).await?;
    preview_with(house, actor, lines, asked, card.as_ref()).await
}

/// The same with the SIM that is to take the place of the line's, whoever it was found by.
pub(crate) async fn preview_with(
    house: &House,
    actor: &Actor,
    lines: &[LineId],
    asked: &ChangeAsked,
    card: Option<&KeptCard>,
) -> Result<Option<Bulk>, OperationError> {
    if !may(actor, &asked.change) {
        return Ok(None);
    }
    let catalog = house.catalog_for(actor.scope).await?;
    let scoped = house.store.scoped(actor.scope);
    let mut lives = scoped.lives(LivesAsked::Lines(lines), &catalog).await?;
    for kept in &mut lives {
        lay_beside(kept, card);
    }
    let ground = Ground::at(&catalog, house.clock.now());
    let mut bulk = ::lines::bulk(lives.iter().map(|kept| &kept.life), (&asked.change, asked.when), &ground);
    for kept in lives.iter().filter(|kept| refuse_unpaid(kept, &asked.change).is_err()) {
        let id = kept.life.line.id;
        bulk.can.retain(|(line, _)| *line != id);
        bulk.cannot.retain(|(line, _)| *line != id);
        bulk.cannot.push((id, Refusal::Unpaid));
    }
    Ok(Some(bulk))
}

/// Asks for a change of a line; `None` for a line outside the asker's scope, or where they may not. Another SIM is asked for with a proof:
/// [`swap_sim`].
///
/// # Errors
/// When the database fails.
pub async fn ask(
    house: &House,
    actor: &Actor,
    line: LineId,
    asked: &ChangeAsked,
) -> Result<Option<Result<Asked, Refusal>>, OperationError> {
    if matches!(asked.change, Change::SwapSim { .. }) || !may(actor, &asked.change) {
        return Ok(None);
    }
    let beside = Beside { about: Some(&asked.change), ..Beside::default() };
    ask_one(house, actor, line, asked, (None, &beside)).await
}

/// Asks for another SIM for a line (PLT-05): whoever has the SIM receives the codes of banks.
///
/// # Errors
/// When the database fails.
pub async fn swap_sim(
    house: &House,
    proof: FreshProof<'_>,
    line: LineId,
    to: SimId,
) -> Result<Option<Result<Asked, Refusal>>, OperationError> {
    if !proof.actor().may(Permission::ChangeLines) {
        return Ok(None);
    }
    let asked = ChangeAsked { change: Change::SwapSim { to }, when: When::Soonest };
    let beside = Beside { about: Some(&asked.change), ..Beside::default() };
    for _ in 0..SWAP_ATTEMPTS {
        let card = new_card(house, proof.actor(), &asked.change).await?;
        match ask_one(house, proof.actor(), line, &asked, (card.as_ref(), &beside)).await {
            // Somebody took that SIM meanwhile: it is looked at again.
            Err(OperationError::Contended) => {}
            came => return came,
        }
    }
    Err(OperationError::Contended)
}

/// So often a SIM is looked at again when somebody was faster.
const SWAP_ATTEMPTS: usize = 3;

/// Asks for a change whose right was looked at before.
pub(crate) async fn ask_one(
    house: &House,
    actor: &Actor,
    line: LineId,
    asked: &ChangeAsked,
    (card, beside): (Option<&KeptCard>, &Beside<'_>),
) -> Result<Option<Result<Asked, Refusal>>, OperationError> {
    let mut answer = None;
    carry_beside(house, Doer::Person(actor), LivesAsked::Lines(&[line]), beside, |kept, hand| {
        lay_beside(kept, card);
        let (decided, came) = decide(kept, asked, hand)?;
        answer = Some(came);
        Ok(decided)
    })
    .await?;
    Ok(answer)
}

/// Asks for a change of many lines: all of them or none. `None` where they may not.
///
/// # Errors
/// When the database fails.
pub async fn ask_many(
    house: &House,
    actor: &Actor,
    lines: &[LineId],
    asked: &ChangeAsked,
) -> Result<Option<BulkAsked>, OperationError> {
    ask_many_beside(house, actor, lines, asked, &Beside { about: Some(&asked.change), ..Beside::default() }).await
}

/// The same with what is written in the same transaction.
pub(crate) async fn ask_many_beside(
    house: &House,
    actor: &Actor,
    lines: &[LineId],
    asked: &ChangeAsked,
    beside: &Beside<'_>,
) -> Result<Option<BulkAsked>, OperationError> {
    if matches!(asked.change, Change::SwapSim { .. }) || !may(actor, &asked.change) {
        return Ok(None);
    }
    let mut refused = false;
    let saved = carry_beside(house, Doer::Person(actor), LivesAsked::Lines(lines), beside, |kept, hand| {
        let (decided, came) = decide(kept, asked, hand)?;
        refused = came.is_err();
        Ok(if refused { Decided::Abandon } else { decided })
    })
    .await?;
    if !refused {
        return Ok(Some(BulkAsked::Done(saved)));
    }
    Ok(preview_many(house, actor, lines, asked).await?.map(BulkAsked::Refused))
}

/// Takes a planned change back before its hour; `None` for a line outside the asker's scope, or where they may not.
///
/// # Errors
/// When the database fails.
pub async fn take_back(
    house: &House,
    actor: &Actor,
    line: LineId,
    planned: ScheduledChangeId,
) -> Result<Option<Result<(), TakeBackRefusal>>, OperationError> {
    take_back_where(house, actor, line, planned, |change| may(actor, change)).await
}

/// The same where the right to take it back was looked at before, or is looked at by the change that is planned.
pub(crate) async fn take_back_where(
    house: &House,
    actor: &Actor,
    line: LineId,
    planned: ScheduledChangeId,
    may: impl Fn(&Change) -> bool,
) -> Result<Option<Result<(), TakeBackRefusal>>, OperationError> {
    let mut answer = None;
    carry(house, Doer::Person(actor), LivesAsked::Lines(&[line]), |kept, hand| {
        let change = kept.life.scheduled.iter().find(|known| known.id == planned).map(|known| known.change.clone());
        if !change.as_ref().is_some_and(&may) {
            answer = change.is_none().then_some(Err(TakeBackRefusal::Unknown));
            return Ok(Decided::Leave);
        }
        let came = kept.life.take_back(planned, hand.ground.now);
        answer = Some(came);
        Ok(match came {
            Ok(()) => Decided::Save(
                Vec::new(),
                vec![Note { action: "line_change_taken_back", before: Some(json!({ "change": change })), after: None }],
            ),
            Err(_) => Decided::Leave,
        })
    })
    .await?;
    Ok(answer)
}

/// What stands suspended because it is not paid goes on once it is paid, and not because somebody wishes it (BIL-09).
pub(crate) fn refuse_unpaid(kept: &KeptLife, change: &Change) -> Result<(), Refusal> {
    if kept.is_unpaid && *change == Change::Reactivate { Err(Refusal::Unpaid) } else { Ok(()) }
}

pub(crate) type Came = (Decided, Result<Asked, Refusal>);

pub(crate) fn decide(kept: &mut KeptLife, asked: &ChangeAsked, hand: &Hand<'_>) -> Result<Came, ::lines::LifeFault> {
    let ids = (WorkOrderId(hand.ids[0]), ScheduledChangeId(hand.ids[1]));
    let came =
        refuse_unpaid(kept, &asked.change).and_then(|()| kept.life.ask((asked.change.clone(), asked.when), ids, &hand.ground));
    match came {
        Err(refusal) => Ok((Decided::Leave, Err(refusal))),
        Ok((came, mut effects)) => {
            go_on(&mut kept.life, &mut effects, hand)?;
            let note = planned_due(&kept.life, came).map(|due| Note {
                action: "line_change_planned",
                before: None,
                after: Some(json!({ "change": asked.change, "due": due })),
            });
            Ok((Decided::Save(effects, note.into_iter().collect()), Ok(came)))
        }
    }
}

fn planned_due(life: &Life, asked: Asked) -> Option<Timestamp> {
    let Asked::Planned(id) = asked else { return None };
    life.scheduled.iter().find(|planned| planned.id == id).map(|planned| planned.due)
}

async fn new_card(house: &House, actor: &Actor, change: &Change) -> Result<Option<KeptCard>, OperationError> {
    let Change::SwapSim { to } = change else { return Ok(None) };
    Ok(house.store.scoped(actor.scope).cards(&[*to]).await?.pop())
}

fn lay_beside(kept: &mut KeptLife, card: Option<&KeptCard>) {
    if let Some(card) = card.filter(|card| kept.life.sim.as_ref().is_none_or(|sim| sim.id != card.sim.id)) {
        kept.lay_beside(card.clone());
    }
}

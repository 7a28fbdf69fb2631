//! What becomes of a line between its order and its first day: it is given up, asked for anew after a refusal, and its number comes or does not.

use crate::{
    Actor, House, OperationError,
    life::{Decided, Doer, Note, carry, go_on},
    permission::Permission,
};
use ::lines::{PortingDirection, PortingEvent, Refusal, porting_day};
use compact_str::CompactString;
use serde_json::json;
use store::LivesAsked;
use vocabulary::{LineId, WorkOrderId};

/// What the other operator says of a number that is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PortingAnswer {
    /// It lets it go: on the day that was asked for, or the first that can be.
    LetsGo,
    /// It does not, for a reason in its words: the line is given up.
    Refuses(CompactString),
}

/// Gives an ordered line up: its SIM and number go back. `None` outside the asker's scope, or for who may not order.
///
/// # Errors
/// When the database fails.
pub async fn give_up(house: &House, actor: &Actor, line: LineId) -> Result<Option<Result<(), Refusal>>, OperationError> {
    if !actor.may(Permission::OrderLines) {
        return Ok(None);
    }
    let mut answer = None;
    carry(house, Doer::Person(actor), LivesAsked::Lines(&[line]), |kept, hand| {
        let came = kept.life.give_up(hand.ground.now);
        answer = Some(came);
        Ok(if came.is_ok() { Decided::Save(Vec::new(), vec![note("line_given_up", None)]) } else { Decided::Leave })
    })
    .await?;
    Ok(answer)
}

/// Asks the network anew for a line that it refused, or nobody brought on its way. `None` for who runs no work orders.
///
/// # Errors
/// When the database fails.
pub async fn activate(house: &House, actor: &Actor, line: LineId) -> Result<Option<Result<(), Refusal>>, OperationError> {
    if !actor.may(Permission::RunWorkOrders) {
        return Ok(None);
    }
    let mut answer = None;
    carry(house, Doer::Person(actor), LivesAsked::Lines(&[line]), |kept, hand| {
        match kept.life.activate(WorkOrderId(hand.ids[0]), &hand.ground) {
            Err(refusal) => {
                answer = Some(Err(refusal));
                Ok(Decided::Leave)
            }
            Ok(mut effects) => {
                answer = Some(Ok(()));
                go_on(&mut kept.life, &mut effects, hand)?;
                Ok(Decided::Save(effects, Vec::new()))
            }
        }
    })
    .await?;
    Ok(answer)
}

/// The other operator's answer about the number of an ordered line, taken by staff or by a gateway. Whether it changed something; a second answer
/// changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn porting_answered(
    house: &House,
    doer: Doer<'_>,
    line: LineId,
    answer: &PortingAnswer,
) -> Result<bool, OperationError> {
    if let Doer::Person(actor) = doer
        && !actor.may(Permission::RunWorkOrders)
    {
        return Ok(false);
    }
    let saved = carry(house, doer, LivesAsked::Lines(&[line]), |kept, hand| {
        let (life, now) = (&mut kept.life, hand.ground.now);
        let Some((_, network)) = hand.ground.network(&life.line.network) else { return Ok(Decided::Leave) };
        let Some(porting) = life.porting.as_mut().filter(|porting| porting.direction == PortingDirection::In) else {
            return Ok(Decided::Leave);
        };
        if porting.due().is_some() || !porting.is_open() {
            return Ok(Decided::Leave);
        }
        let note = match answer {
            PortingAnswer::LetsGo => {
                let Ok(day) = porting_day(&hand.ground, network, None) else { return Ok(Decided::Leave) };
                porting.step(PortingEvent::Eligible, now)?;
                porting.step(PortingEvent::Dated(day), now)?;
                note("line_porting_agreed", Some(json!({ "number": porting.number, "day": day })))
            }
            PortingAnswer::Refuses(reason) => {
                porting.step(PortingEvent::Ineligible(reason.clone()), now)?;
                let said = note("line_porting_refused", Some(json!({ "number": porting.number, "reason": reason })));
                if life.give_up(now).is_err() {
                    return Ok(Decided::Leave);
                }
                said
            }
        };
        Ok(Decided::Save(Vec::new(), vec![note]))
    })
    .await?;
    Ok(saved > 0)
}

const fn note(action: &'static str, after: Option<serde_json::Value>) -> Note {
    Note { action, before: None, after }
}

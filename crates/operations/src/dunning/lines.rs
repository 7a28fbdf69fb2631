//! The lines of accounts that do not pay: restricted by the catalogue's options, suspended, or given back, each as a change of the line that its network
//! carries out (BIL-09). A network that is slow, or refuses, is asked again; what somebody else wished of a line stays as they wished it.

use crate::{
    House, OperationError,
    life::{Beside, Decided, Doer, Hand, carry_beside, go_on},
};
use ::lines::{Change, Refusal, Stage, When, options::refuse_imposed};
use catalog::Catalog;
use std::collections::BTreeMap;
use store::{KeptLife, LivesAsked, UnpaidLine, UnpaidWish};
use vocabulary::{LineId, OperatorId, ScheduledChangeId, WorkOrderId};

/// So many lines are carried together.
const BUNDLE: usize = 200;
/// A line on which something else is underway, or whose network was asked, is looked at again after so many seconds.
const AGAIN_S: i64 = 60;
/// So many bundles at most are carried in one round: others wait for it.
const MOST_BUNDLES: usize = 50;

/// What a line is to be asked now.
enum Next {
    /// This.
    Ask(Change),
    /// Nothing: it is as it is to be.
    Settled,
    /// It cannot be asked now.
    Later,
}

/// Asks what is to be asked of an operator's lines; of how many.
///
/// # Errors
/// When the database fails.
pub(super) async fn carry_out(house: &House, operator: OperatorId, catalog: &Catalog) -> Result<usize, OperationError> {
    let restriction = catalog.operator.dunning.as_ref().map_or(&[][..], |dunning| &dunning.restriction);
    let mut asked = 0;
    for _ in 0..MOST_BUNDLES {
        let now = house.clock.now();
        let wishes = house.store.unpaid_lines(operator, (now, BUNDLE)).await?;
        if wishes.is_empty() {
            break;
        }
        let (mut settled, mut later) = (Vec::new(), Vec::new());
        // Suspensions stand alone: what is saved with them says that they are ours.
        let (suspended, others): (Vec<UnpaidLine>, Vec<UnpaidLine>) =
            wishes.into_iter().partition(|wish| wish.wish == UnpaidWish::Suspended);
        for (some, is_suspension) in [(suspended, true), (others, false)] {
            let by_line: BTreeMap<LineId, UnpaidLine> = some.iter().map(|wish| (wish.line, *wish)).collect();
            let ids: Vec<LineId> = by_line.keys().copied().collect();
            let mut seen = Vec::new();
            let beside = Beside { suspended_unpaid: is_suspension, ..Beside::default() };
            let doer = Doer::Program(operator);
            asked += carry_beside(house, doer, LivesAsked::Lines(&ids), &beside, |kept, hand| {
                let Some(wish) = by_line.get(&kept.life.line.id) else { return Ok(Decided::Leave) };
                let (decided, is_settled) = decide(kept, *wish, restriction, hand)?;
                seen.retain(|(line, _)| *line != wish.line);
                seen.push((wish.line, is_settled));
                Ok(decided)
            })
            .await?;
            for wish in some {
                let is_settled = seen.iter().find(|(line, _)| *line == wish.line).is_none_or(|(_, settled)| *settled);
                if is_settled { &mut settled } else { &mut later }.push((wish.line, wish.wish));
            }
        }
        house.store.look_at_unpaid(&settled, None).await?;
        house.store.look_at_unpaid(&later, Some(now.plus_seconds(AGAIN_S))).await?;
    }
    Ok(asked)
}

type Step = Result<(Decided, bool), ::lines::LifeFault>;

fn decide(kept: &mut KeptLife, wish: UnpaidLine, restriction: &[String], hand: &Hand<'_>) -> Step {
    let change = match next(kept, wish, restriction, hand) {
        Next::Ask(change) => change,
        Next::Settled => return Ok((Decided::Leave, true)),
        Next::Later => return Ok((Decided::Leave, false)),
    };
    let ids = (WorkOrderId(hand.ids[0]), ScheduledChangeId(hand.ids[1]));
    match kept.life.ask((change, When::Soonest), ids, &hand.ground) {
        Ok((_, mut effects)) => {
            go_on(&mut kept.life, &mut effects, hand)?;
            Ok((Decided::Save(effects, Vec::new()), false))
        }
        // What the catalogue does not have any more, or the line cannot have, is not asked again.
        Err(Refusal::Option(_) | Refusal::Over | Refusal::Ending) => Ok((Decided::Leave, true)),
        Err(_) => Ok((Decided::Leave, false)),
    }
}

fn next(kept: &KeptLife, wish: UnpaidLine, restriction: &[String], hand: &Hand<'_>) -> Next {
    let line = &kept.life.line;
    let stage = line.state.stage();
    match stage {
        Stage::Ended => return Next::Settled,
        Stage::Ordered | Stage::Activating | Stage::Ending => return Next::Later,
        Stage::Active | Stage::Suspended if line.underway.is_some() => return Next::Later,
        Stage::Active | Stage::Suspended => {}
    }
    let held = restriction.iter().find(|option| line.service.has(option));
    match wish.wish {
        UnpaidWish::Suspended if stage == Stage::Active => Next::Ask(Change::Suspend),
        UnpaidWish::Suspended => Next::Settled,
        UnpaidWish::Restricted if stage == Stage::Suspended && wish.is_ours => Next::Ask(Change::Reactivate),
        UnpaidWish::Restricted if held.is_some() => Next::Settled,
        UnpaidWish::Restricted => {
            let fits = |option: &&String| refuse_imposed(&line.service, option, &line.network, &hand.ground).is_ok();
            match restriction.iter().find(fits) {
                Some(option) => Next::Ask(Change::Restrict { option: option.as_str().into() }),
                None => Next::Settled,
            }
        }
        UnpaidWish::Free if stage == Stage::Suspended && wish.is_ours => Next::Ask(Change::Reactivate),
        UnpaidWish::Free => match held {
            Some(option) => Next::Ask(Change::Release { option: option.as_str().into() }),
            None => Next::Settled,
        },
    }
}

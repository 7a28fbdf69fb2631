//! Lifting the cap of a capped plan from the 1st of next month on, and putting it back (TEL-10): how it stands now, how it will stand, and the choice,
//! which may be taken back until then. What it means for usage is `rating`'s, which options lift it the catalogue's.

use crate::{
    Actor, House, OperationError,
    catalog_names::Names,
    life::Beside,
    line_change::{ChangeAsked, Refusal, TakeBackRefusal, When, ask_one, take_back_where},
    permission::Permission,
};
pub use ::lines::Cap;
use ::lines::{CapLift, CapStep, Ground, cap_lifts};
use catalog::{Capping, OptionPrice};
use store::LivesAsked;
use vocabulary::{E164, LineId, Money, Timestamp, UsageKind};

/// So often it is decided anew when somebody was faster.
const ATTEMPTS: usize = 5;

/// The caps of a line.
#[derive(Clone, Debug)]
pub struct CapShown {
    /// The line.
    pub line: LineId,
    /// Its number; none while it is not given yet.
    pub number: Option<E164>,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Its offer.
    pub offer: String,
    /// Is the line capped at all?
    pub capping: Capping,
    /// What may be lifted.
    pub choices: Vec<CapChoice>,
    /// When a choice of now begins: the 1st of next month.
    pub begins: Timestamp,
    /// May the reader choose?
    pub may_choose: bool,
}

/// A cap that may be lifted.
#[derive(Clone, Debug)]
pub struct CapChoice {
    /// The option that lifts it, by its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// For which kinds of usage.
    pub kinds: Vec<UsageKind>,
    /// What lifting it costs a month, besides what is used.
    pub monthly: Money,
    /// As it is now.
    pub now: Cap,
    /// As it will be, and from when on, where that is something else.
    pub coming: Option<(Cap, Timestamp)>,
    /// Why nothing may be chosen now.
    pub refusal: Option<Refusal>,
}

/// The caps of a line; `None` outside the asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn caps(house: &House, actor: &Actor, line: LineId, language: &str) -> Result<Option<CapShown>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let Some(kept) = house.store.scoped(actor.scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop() else {
        return Ok(None);
    };
    let ground = Ground::at(&catalog, house.clock.now());
    let names = Names { catalog: &catalog, language };
    let life = &kept.life;
    let choice = |lift: CapLift<'_>| {
        let asks = match lift.step(other(lift.to_come())) {
            CapStep::Ask(change) => life.preview(&change, When::Soonest, &ground).err(),
            CapStep::Nothing | CapStep::TakeBack(_) => None,
        };
        CapChoice {
            name: names.option(lift.id),
            kinds: lift.option.lifts_cap.clone(),
            monthly: match lift.option.price {
                OptionPrice::Monthly(price) => price,
                OptionPrice::Once(_) => Money::ZERO,
            },
            now: lift.now,
            coming: lift.coming.map(|(_, due)| (lift.to_come(), due)),
            refusal: asks,
            id: lift.id.to_owned(),
        }
    };
    Ok(Some(CapShown {
        line,
        number: life.line.number,
        user: kept.user.clone(),
        offer: names.offer(&life.line.service.offer),
        capping: life.line.service.capping,
        choices: cap_lifts(life, &ground).into_iter().map(choice).collect(),
        begins: ground.month_end(),
        may_choose: actor.may(Permission::LiftCap),
    }))
}

const fn other(cap: Cap) -> Cap {
    match cap {
        Cap::Holds => Cap::Lifted,
        Cap::Lifted => Cap::Holds,
    }
}

/// Has one of a line's caps hold or be lifted from the 1st of next month on, or stay as it is; `None` for a line outside the asker's scope, for a
/// cap that it does not have, and for who may not. What is so already is done.
///
/// # Errors
/// When the database fails.
pub async fn choose(
    house: &House,
    actor: &Actor,
    line: LineId,
    (option, wanted): (&str, Cap),
) -> Result<Option<Result<(), Refusal>>, OperationError> {
    if !actor.may(Permission::LiftCap) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    for _ in 0..ATTEMPTS {
        let Some(kept) = house.store.scoped(actor.scope).lives(LivesAsked::Lines(&[line]), &catalog).await?.pop() else {
            return Ok(None);
        };
        let ground = Ground::at(&catalog, house.clock.now());
        let lifts = cap_lifts(&kept.life, &ground);
        let Some(lift) = lifts.iter().find(|lift| lift.id == option) else { return Ok(None) };
        match lift.step(wanted) {
            CapStep::Nothing => return Ok(Some(Ok(()))),
            CapStep::Ask(change) => {
                let asked = ChangeAsked { change, when: When::Soonest };
                let beside = Beside { about: Some(&asked.change), ..Beside::default() };
                match ask_one(house, actor, line, &asked, (None, &beside)).await? {
                    // Somebody planned it meanwhile: it is looked at again.
                    Some(Err(Refusal::Planned(_))) => {}
                    came => return Ok(came.map(|came| came.map(drop))),
                }
            }
            CapStep::TakeBack(planned) => match take_back_where(house, actor, line, planned, |_| true).await? {
                // Its hour has come, and the network is about to be asked.
                Some(Err(TakeBackRefusal::TooLate)) => return Ok(Some(Err(Refusal::Underway))),
                // Somebody took it back meanwhile: it is looked at again.
                Some(Err(TakeBackRefusal::Unknown)) => {}
                came => return Ok(came.map(|_| Ok(()))),
            },
        }
    }
    Err(OperationError::Contended)
}

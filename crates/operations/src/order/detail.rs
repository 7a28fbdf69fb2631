//! An order with its lines, as its page shows it.

use super::{Actor, KeptOrder};
use crate::{House, OperationError, lines::Namer, permission::Permission};
use ::lines::{LineState, PortingState, Promise, Stage};
use std::collections::HashMap;
use store::{KeptLife, LivesAsked};
use vocabulary::{E164, LineId, OrderId, Timestamp};

/// So many lines of an order are shown on a page.
pub const LINES_SHOWN: usize = 200;

/// An order and its first lines.
#[derive(Clone, Debug)]
pub struct OrderDetail {
    /// The order.
    pub order: KeptOrder,
    /// By when the last of the lines shown that are to come is promised.
    pub promised: Option<Promise>,
    /// Its lines.
    pub lines: Vec<OrderedLine>,
    /// How many more there are.
    pub more: usize,
}

/// A line of an order.
#[derive(Clone, Debug)]
pub struct OrderedLine {
    /// Which.
    pub id: LineId,
    /// Its number, where it has one.
    pub number: Option<E164>,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Its offer.
    pub offer: String,
    /// Its SIM.
    pub iccid: Option<String>,
    /// How far it is.
    pub stage: Stage,
    /// When the network is to begin; `None` where somebody has to look, or it has begun.
    pub begins: Option<Timestamp>,
    /// By when it was promised, while it is to come: by that hour, or on that day with its number (MOB-63).
    pub promised: Option<Promise>,
    /// How far the porting of its number is.
    pub porting: Option<PortingState>,
    /// Waits it for somebody to look?
    pub is_stuck: bool,
}

/// An order with its first lines; `None` outside the asker's scope.
///
/// # Errors
/// When the database fails.
pub async fn detail(house: &House, actor: &Actor, id: OrderId, language: &str) -> Result<Option<OrderDetail>, OperationError> {
    if !actor.may(Permission::SeeOrders) {
        return Ok(None);
    }
    let Some((order, lines)) = super::order(house, actor, id).await? else { return Ok(None) };
    let shown = &lines[..lines.len().min(LINES_SHOWN)];
    let catalog = house.catalog(actor.scope.operator).await?;
    let namer = Namer { catalog: &catalog, language };
    let mut lives = house.store.scoped(actor.scope).lives(LivesAsked::Lines(shown), &catalog).await?;
    lives.sort_by_key(|kept| kept.life.line.id);
    let promises = house.store.scoped(actor.scope).promises(id).await?;
    let promised: HashMap<LineId, Timestamp> = promises.into_iter().collect();
    let of = |kept: &KeptLife| promised.get(&kept.life.line.id).copied();
    let rows: Vec<OrderedLine> = lives.iter().map(|kept| ordered(kept, &namer, (house.clock.now(), of(kept)))).collect();
    let promised = rows.iter().filter_map(|line| line.promised).max_by_key(|promise| promise.at());
    Ok(Some(OrderDetail { order, promised, lines: rows, more: lines.len() - shown.len() }))
}

fn ordered(kept: &KeptLife, namer: &Namer<'_>, (now, promised): (Timestamp, Option<Timestamp>)) -> OrderedLine {
    let (life, line) = (&kept.life, &kept.life.line);
    let begins = match line.state {
        LineState::Ordered { begins, .. } => Some(begins),
        _ => None,
    };
    OrderedLine {
        id: line.id,
        number: line.number,
        user: kept.user.clone(),
        offer: namer.offer(&line.service.offer, now),
        iccid: life.sim.as_ref().map(|sim| sim.iccid.to_string()),
        stage: line.state.stage(),
        begins: begins.flatten(),
        promised: promised.filter(|_| matches!(line.state.stage(), Stage::Ordered | Stage::Activating)).map(|at| {
            match &life.porting {
                Some(_) => Promise::On(at),
                None => Promise::By(at),
            }
        }),
        porting: life.porting.as_ref().map(|porting| porting.state.clone()),
        is_stuck: begins == Some(None),
    }
}

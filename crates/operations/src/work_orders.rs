//! What networks are asked for, as the operator's staff sees it: what is stuck, what is on its way, what is over; asking again, and taking back
//! (PLT-12).

use crate::{
    Actor, House, OperationError,
    life::{Doer, work_events},
    permission::Permission,
};
use ::lines::WorkEvent;
pub use ::lines::{Action, WorkRefusal, WorkState};
pub use store::{KeptWork, WorkAsked};
use vocabulary::WorkOrderId;

/// What staff does with a work order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffStep {
    /// Has the network asked again, under the same key.
    Retry,
    /// Takes it back: what the network may have done already, it is asked to forget.
    Cancel,
}

/// Work orders, the latest first, with the names of their networks; `None` for who does not see them.
///
/// # Errors
/// When the database fails.
pub async fn list(
    house: &House,
    actor: &Actor,
    asked: WorkAsked,
    page: (u64, u32),
) -> Result<Option<Vec<KeptWork>>, OperationError> {
    if !actor.may(Permission::SeeWorkOrders) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let version = catalog.version_at(house.clock.now());
    let mut works = house.store.scoped(actor.scope).work_orders(asked, page).await?;
    for work in &mut works {
        if let Some(ix) = version.networks.find(&work.network) {
            work.network.clone_from(&version.networks.get(ix).name);
        }
    }
    Ok(Some(works))
}

/// Retries or cancels; `None` for who runs no work orders, or does not see this one.
///
/// # Errors
/// When the database fails.
pub async fn step(
    house: &House,
    actor: &Actor,
    (id, step): (WorkOrderId, StaffStep),
) -> Result<Option<Result<(), WorkRefusal>>, OperationError> {
    if !actor.may(Permission::RunWorkOrders) || !house.store.scoped(actor.scope).sees_work(id).await? {
        return Ok(None);
    }
    let event = match step {
        StaffStep::Retry => WorkEvent::Retry,
        StaffStep::Cancel => WorkEvent::Cancel,
    };
    let refused = work_events(house, Doer::Person(actor), &[(id, event)]).await?;
    Ok(Some(refused.into_iter().next_back().map_or(Ok(()), Err)))
}

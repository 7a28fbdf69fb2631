//! What a forwarded call costs the line that forwards it, told before it is forwarded and while it is (FIX-06): by the line's plan and options, from
//! the rating of a test call.

use crate::{Actor, House, OperationError};
use rating::{Account, MonthState, PackAccount, PackState, Placed};
pub use rating::{CallCost, CallPrice};
use vocabulary::{Direction, E164, LineId, Month, Party, Quantity, UsageKind};

/// What calls cost that a line forwards to these numbers; `None` outside the scope. Those of a number that the catalogue does not know, or of a line
/// whose offer it has forgotten, are left out.
///
/// # Errors
/// When the database fails.
pub async fn forward_costs(
    house: &House,
    actor: &Actor,
    line: LineId,
    numbers: &[E164],
) -> Result<Option<Vec<(E164, CallCost)>>, OperationError> {
    let catalog = house.catalog_for(actor.scope).await?;
    let now = house.clock.now();
    let zone = &catalog.operator.time_zone;
    let month = Month::containing(now, zone);
    let Some(holdings) = house.store.scoped(actor.scope).line_holdings(&[line], month).await?.remove(&line) else {
        return Ok(None);
    };
    let version = catalog.version_at(now);
    let bounds = (month.start(zone), month.next().start(zone));
    // What was used so far plays no part: what is told is what the plan says.
    let Ok(account) = Account::open(&catalog, version, &holdings.terms, bounds, MonthState::default()) else {
        return Ok(Some(Vec::new()));
    };
    let packs: Vec<PackAccount> =
        holdings.packs.iter().map(|(held, _)| PackAccount::open(&catalog, version, held, PackState::default())).collect();
    let home = catalog.operator.country;
    let cost = |number: &E164| {
        let call = Placed {
            kind: UsageKind::Voice,
            direction: Direction::Forwarded,
            start: now,
            quantity: Quantity::new(1)?,
            from_country: home,
            from: version.zone_of(&catalog.world, home),
            to: catalog.world.destination(&Party::Number(*number))?,
            correspondent: number.digits(),
        };
        Some((*number, account.call_cost(&call, &packs)))
    };
    Ok(Some(numbers.iter().filter_map(cost).collect()))
}

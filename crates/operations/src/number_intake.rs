//! Taking a range of numbers into the inventory, by staff (RES-07, MOB-10): of the shape that the network's lines of this service have, none that is
//! there already, all of them or none.

use crate::{
    Actor, House, OperationError,
    journal::Object,
    number_transfer::{MOST_NAMED, RangeRefusal, ends},
    numbers::KINDS,
    permission::Permission,
};
use catalog::Service;
use store::NewNumbers;
use vocabulary::E164;

/// No more numbers come in at once: what a block of a numbering authority has is ten or a hundred thousand.
pub const MOST_TAKEN: u64 = 100_000;

/// What somebody typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IntakeAsked {
    /// The first number, in any writing.
    pub first: String,
    /// The last; empty for the first alone.
    pub last: String,
    /// The network for which they are, by its id.
    pub network: String,
    /// The service for which they are.
    pub kind: Option<Service>,
}

/// Why nothing came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntakeRefusal {
    /// The numbers are no range.
    Range(RangeRefusal),
    /// There is no such network.
    NoNetwork,
    /// It has no lines of this service.
    NoKind,
    /// The lines of this service have numbers of so many digits, as they are dialled.
    Digits(u8),
    /// Some are there already: the first of them, and how many in all.
    Known(Vec<E164>, usize),
}

/// Takes a range in; how many there are. `None` for who may not.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub async fn take(
    house: &House,
    actor: &Actor,
    asked: &IntakeAsked,
) -> Result<Option<Result<usize, IntakeRefusal>>, OperationError> {
    if !actor.may(Permission::TakeSimsIn) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let plan = &catalog.world.plan;
    let refused = |refusal| Ok(Some(Err(refusal)));
    let networks = &catalog.version_at(house.clock.now()).networks;
    let Some(network) = networks.find(&asked.network).map(|ix| networks.get(ix)) else {
        return refused(IntakeRefusal::NoNetwork);
    };
    let kind = asked.kind.filter(|kind| KINDS.contains(kind));
    let Some((kind, digits)) = kind.and_then(|kind| Some((kind, network.digits_of(kind)?))) else {
        return refused(IntakeRefusal::NoKind);
    };
    let (first, last) = match ends(plan, (&asked.first, &asked.last), MOST_TAKEN) {
        Ok(ends) => ends,
        Err(refusal) => return refused(IntakeRefusal::Range(refusal)),
    };
    if plan.as_dialled(first).is_none_or(|dialled| dialled.as_str().len() != usize::from(digits)) {
        return refused(IntakeRefusal::Digits(digits));
    }
    let numbers: Vec<E164> = (first.digits()..=last.digits()).filter_map(E164::from_digits).collect();
    let scoped = house.store.scoped(actor.scope);
    let most = u32::try_from(MOST_TAKEN).unwrap_or(u32::MAX);
    let new = NewNumbers {
        operator: actor.scope.operator,
        reseller: None,
        network: Some(&asked.network),
        kind: Some(kind.as_str()),
        numbers: &numbers,
    };
    let transaction = house.store.begin().await?;
    // Whoever takes some of them in at the same moment is seen here, too: nothing of it stays.
    if transaction.take_numbers_in(&new).await? != numbers.len() as u64 {
        drop(transaction);
        let mut known: Vec<E164> =
            scoped.numbers_between((first, last), most).await?.iter().map(|held| held.kept.number.number).collect();
        let total = known.len();
        known.truncate(MOST_NAMED);
        return refused(IntakeRefusal::Known(known, total));
    }
    let mut entry = actor.entry(house.clock.now(), "numbers_taken_in", Object::Operator(actor.scope.operator));
    let facts = serde_json::json!({
        "first": first, "last": last, "numbers": numbers.len(), "network": network.name, "kind": kind.as_str(),
    });
    entry.after = Some(facts.to_string());
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Some(Ok(numbers.len())))
}

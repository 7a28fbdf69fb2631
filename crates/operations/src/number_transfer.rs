//! Giving numbers to customers and resellers, and taking them back (RES-07): one or a range, all of them or none. What cannot be is named.
//!
//! The rules are `lines::NumberStock`'s. Somebody sees how many there are before anything changes ([`plan`]), and says so ([`carry_out`]):
//! when it is another number by then, nothing is done.

use crate::{
    Actor, House, OperationError, Reach, Scope,
    journal::Object,
    permission::Permission,
    sim_transfer::{Way, program, receiver},
};
use lines::{Keeper, NumberRefusal, NumberStock, NumberStockRefusal, Receiver};
use std::collections::BTreeMap;
use store::{HeldNumber, NewEntry, NumberMove, Scoped};
use vocabulary::{CustomerId, E164, NumberingPlan, OperatorId, Party, ResellerId};

/// No more numbers are given or taken back at once.
pub const MOST_AT_ONCE: u64 = 10_000;
/// No more that cannot be are named.
pub const MOST_NAMED: usize = 20;

/// What somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumbersMoved {
    /// Giving or taking back.
    pub way: Way,
    /// The first number, in any writing.
    pub first: String,
    /// The last; empty for the first alone.
    pub last: String,
    /// The customer's reference or whole name; not asked when a reseller is named.
    pub customer: String,
    /// The reseller for whose stock they are.
    pub reseller: Option<ResellerId>,
}

/// Why two numbers are no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeRefusal {
    /// The first is no number of this country.
    First,
    /// The last is no number of this country.
    Last,
    /// The two are not in ascending order.
    Descending,
    /// The two have not the same number of digits.
    Lengths,
    /// There are more than so many.
    TooMany(u64),
}

/// Why there is nothing to do as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveRefusal {
    /// The numbers are no range.
    Range(RangeRefusal),
    /// Nobody is called so.
    NoSuchCustomer,
    /// Several are called so: only the reference is one customer's.
    SeveralCustomers,
    /// There is no such reseller.
    NoSuchReseller,
}

/// Why one number cannot be given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotThisNumber {
    /// It is not in the inventory, or not in the asker's.
    Unknown,
    /// Another customer has it.
    NotTheirs,
    /// It is in another's stock.
    OtherStock,
    /// A line or an order has it.
    Taken,
    /// It comes or goes.
    BeingPorted,
    /// It rests.
    Resting,
    /// It is over.
    Gone,
}

/// What would be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPlan {
    /// The first and the last.
    pub range: (E164, E164),
    /// How many would change.
    pub changed: usize,
    /// How many are already so.
    pub unchanged: usize,
    /// To whom, by name; empty for taking back.
    pub to: String,
    /// Some of those that cannot be, by number.
    pub refused: Vec<(E164, NotThisNumber)>,
    /// How many cannot be in all.
    pub refused_total: usize,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// So many were given or taken back.
    Done(usize),
    /// It is not what was confirmed: nothing was done.
    Changed(NumberPlan),
}

/// Who had some of the numbers before.
type Before = (Option<ResellerId>, Option<CustomerId>, String);

struct Wanted {
    ends: (E164, E164),
    step: Step,
}

enum Step {
    Give(Receiver, String),
    Release(Keeper),
}

/// One that changes, and who had it.
struct Move {
    number: E164,
    to: NumberMove,
    before: Before,
}

/// What would be done; `None` for who gives nothing.
///
/// # Errors
/// When the database fails.
pub async fn plan(
    house: &House,
    actor: &Actor,
    asked: &NumbersMoved,
) -> Result<Option<Result<NumberPlan, MoveRefusal>>, OperationError> {
    if !actor.may(Permission::GiveSims) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let plan = &house.catalog(actor.scope.operator).await?.world.plan;
    match wanted(&scoped, plan, asked).await? {
        Ok(wanted) => Ok(Some(Ok(planned(&scoped, &wanted).await?.0))),
        Err(refusal) => Ok(Some(Err(refusal))),
    }
}

/// Gives or takes back what was confirmed: so many, all or none. `None` for who gives nothing.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub async fn carry_out(
    house: &House,
    actor: &Actor,
    asked: &NumbersMoved,
    confirmed: usize,
) -> Result<Option<Result<Moved, MoveRefusal>>, OperationError> {
    if !actor.may(Permission::GiveSims) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let plan = &house.catalog(actor.scope.operator).await?.world.plan;
    let wanted = match wanted(&scoped, plan, asked).await? {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let now = house.clock.now();
    let entry = |action, object| actor.entry(now, action, object);
    Ok(Some(Ok(moved(house, &scoped, &wanted, (confirmed, &entry)).await?)))
}

/// Gives ranges to who is called so, a customer by reference or a reseller by name, when a demonstration is set up: by the program. What cannot be
/// given is left.
///
/// # Errors
/// When the database fails.
pub async fn set_up(house: &House, operator: OperatorId, given: &[((E164, E164), String)]) -> Result<(), OperationError> {
    let scoped = house.store.scoped(Scope::operator(operator));
    let resellers = scoped.resellers_to_give().await?;
    for (ends, to) in given {
        let reseller = resellers.iter().find(|(_, name)| name == to).map(|(id, name)| (Receiver::Reseller(*id), name.clone()));
        let customers = scoped.sim_holders_called(to).await?;
        let customer = customers.first().map(|holder| (receiver(holder), holder.name.clone()));
        let Some((receiver, name)) = reseller.or(customer) else { continue };
        let wanted = Wanted { ends: *ends, step: Step::Give(receiver, name) };
        let now = house.clock.now();
        let entry = |action, object| program(operator, now, (action, object));
        let count = planned(&scoped, &wanted).await?.0.changed;
        moved(house, &scoped, &wanted, (count, &entry)).await?;
    }
    Ok(())
}

type Entry<'t> = &'t (dyn Fn(&'static str, Object) -> NewEntry + Sync);

/// Does what is planned, when it is what was confirmed; somebody else's change meanwhile undoes all of it.
async fn moved(
    house: &House,
    scoped: &Scoped,
    wanted: &Wanted,
    (confirmed, entry): (usize, Entry<'_>),
) -> Result<Moved, OperationError> {
    let (plan, mut moves) = planned(scoped, wanted).await?;
    if plan.refused_total > 0 || plan.changed != confirmed {
        return Ok(Moved::Changed(plan));
    }
    // In one order whoever it is: two at once wait for each other, and never both.
    moves.sort_unstable_by_key(|one| one.to.id);
    let transaction = house.store.begin().await?;
    let rows: Vec<NumberMove> = moves.iter().map(|one| one.to).collect();
    if transaction.move_numbers(&rows).await? != rows.len() as u64 {
        drop(transaction);
        return Ok(Moved::Changed(planned(scoped, wanted).await?.0));
    }
    for (before, moves) in by_holder(&moves) {
        if let Some(noted) = noted(&wanted.step, (before, &moves), entry) {
            transaction.note(noted).await?;
        }
    }
    transaction.commit().await?;
    Ok(Moved::Done(rows.len()))
}

/// What the journal has of the numbers of one holder.
fn noted(step: &Step, (before, moves): (&Before, &[&Move]), entry: Entry<'_>) -> Option<NewEntry> {
    let (first, last) = (moves.first()?, moves.last()?);
    let (action, owner, holder) = match step {
        Step::Give(_, name) => ("numbers_given", (first.to.reseller, first.to.customer), name.as_str()),
        Step::Release(_) => ("numbers_released", (before.0, before.1), ""),
    };
    let after = serde_json::json!({
        "first": first.number, "last": last.number, "numbers": moves.len(), "holder": holder,
    });
    let mut noted = entry(action, Object::Number(first.to.id));
    noted.owner = owner;
    noted.before = Some(serde_json::json!({ "holder": before.2 }).to_string());
    noted.after = Some(after.to_string());
    Some(noted)
}

/// The first and the last number of a range, as they were typed: of this country's plan, in ascending order, so many at most.
pub(crate) fn ends(plan: &NumberingPlan, (first, last): (&str, &str), most: u64) -> Result<(E164, E164), RangeRefusal> {
    let own = |text: &str| match plan.read(text) {
        Party::Number(number) => plan.as_dialled(number).map(|_| number),
        _ => None,
    };
    let first = own(first).ok_or(RangeRefusal::First)?;
    let last = if last.trim().is_empty() { first } else { own(last).ok_or(RangeRefusal::Last)? };
    if first.to_string().len() != last.to_string().len() {
        return Err(RangeRefusal::Lengths);
    }
    match last.digits().checked_sub(first.digits()) {
        None => Err(RangeRefusal::Descending),
        Some(span) if span >= most => Err(RangeRefusal::TooMany(most)),
        Some(_) => Ok((first, last)),
    }
}

async fn wanted(
    scoped: &Scoped,
    plan: &NumberingPlan,
    asked: &NumbersMoved,
) -> Result<Result<Wanted, MoveRefusal>, OperationError> {
    let ends = match ends(plan, (&asked.first, &asked.last), MOST_AT_ONCE) {
        Ok(ends) => ends,
        Err(refusal) => return Ok(Err(MoveRefusal::Range(refusal))),
    };
    let step = match (asked.way, asked.reseller) {
        (Way::Release, _) if scoped.scope().reach == Reach::Operator => Step::Release(Keeper::Operator),
        (Way::Release, _) => Step::Release(Keeper::Reseller),
        (Way::Give, Some(reseller)) => {
            let known = scoped.resellers_to_give().await?.into_iter().find(|(id, _)| *id == reseller);
            match known {
                Some((id, name)) => Step::Give(Receiver::Reseller(id), name),
                None => return Ok(Err(MoveRefusal::NoSuchReseller)),
            }
        }
        (Way::Give, None) => match scoped.sim_holders_called(asked.customer.trim()).await?.as_slice() {
            [one] => Step::Give(receiver(one), one.name.clone()),
            [] => return Ok(Err(MoveRefusal::NoSuchCustomer)),
            _ => return Ok(Err(MoveRefusal::SeveralCustomers)),
        },
    };
    Ok(Ok(Wanted { ends, step }))
}

async fn planned(scoped: &Scoped, wanted: &Wanted) -> Result<(NumberPlan, Vec<Move>), OperationError> {
    let (first, last) = wanted.ends;
    let most = u32::try_from(MOST_AT_ONCE).unwrap_or(u32::MAX);
    let found = scoped.numbers_between(wanted.ends, most).await?;
    let mut found: BTreeMap<E164, HeldNumber> = found.into_iter().map(|held| (held.kept.number.number, held)).collect();
    let (mut refused, mut moves, mut unchanged) = (Vec::new(), Vec::new(), 0);
    for number in (first.digits()..=last.digits()).filter_map(E164::from_digits) {
        let Some(held) = found.remove(&number) else {
            refused.push((number, NotThisNumber::Unknown));
            continue;
        };
        let before = NumberStock {
            number: held.kept.number.clone(),
            reseller: held.reseller.as_ref().map(|(id, _)| *id),
            customer: held.customer.as_ref().map(|(id, _)| *id),
        };
        let mut after = before.clone();
        let done = match &wanted.step {
            Step::Give(to, _) => after.give(*to),
            Step::Release(keeper) => after.release(*keeper),
        };
        match done {
            Err(refusal) => refused.push((number, not_this(refusal))),
            Ok(()) if after == before => unchanged += 1,
            Ok(()) => {
                let to = NumberMove { id: held.id, version: held.version(), reseller: after.reseller, customer: after.customer };
                let name = held.customer.or(held.reseller.map(|(_, name)| (CustomerId(0), name))).map(|(_, name)| name);
                moves.push(Move { number, to, before: (before.reseller, before.customer, name.unwrap_or_default()) });
            }
        }
    }
    let to = match &wanted.step {
        Step::Give(_, name) => name.clone(),
        Step::Release(_) => String::new(),
    };
    let refused_total = refused.len();
    refused.truncate(MOST_NAMED);
    Ok((NumberPlan { range: wanted.ends, changed: moves.len(), unchanged, to, refused, refused_total }, moves))
}

/// The moves by who had them, each in ascending order: the journal has one entry of each holder.
fn by_holder(moves: &[Move]) -> BTreeMap<&Before, Vec<&Move>> {
    let mut holders: BTreeMap<&Before, Vec<&Move>> = BTreeMap::new();
    for one in moves {
        holders.entry(&one.before).or_default().push(one);
    }
    for moved in holders.values_mut() {
        moved.sort_unstable_by_key(|one| one.number);
    }
    holders
}

const fn not_this(refusal: NumberStockRefusal) -> NotThisNumber {
    match refusal {
        NumberStockRefusal::NotTheirs => NotThisNumber::NotTheirs,
        NumberStockRefusal::OtherStock => NotThisNumber::OtherStock,
        NumberStockRefusal::Number(NumberRefusal::Taken | NumberRefusal::NotOfThatLine) => NotThisNumber::Taken,
        NumberStockRefusal::Number(NumberRefusal::BeingPorted) => NotThisNumber::BeingPorted,
        NumberStockRefusal::Number(NumberRefusal::Quarantined) => NotThisNumber::Resting,
        NumberStockRefusal::Number(NumberRefusal::Gone) => NotThisNumber::Gone,
    }
}

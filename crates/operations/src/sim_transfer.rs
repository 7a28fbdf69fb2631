//! Giving SIMs to customers and resellers, and taking them back (RES-07): one or a range, all of them or none. What cannot be is named.
//!
//! The rules are `lines::Stock`'s. Somebody sees how many there are before anything changes ([`plan`]), and says so ([`carry_out`]): when
//! it is another number by then, nothing is done.

use crate::{
    Actor, House, OperationError, Reach,
    journal::Object,
    permission::Permission,
    sims::{kind_of, owner},
};
use lines::{Keeper, Receiver, Sim, SimRefusal, SimState, Stock, StockRefusal};
use std::collections::HashMap;
use store::{By, KeptSim, NewEntry, Scoped, SimHolder, SimHolding, StoreError};
use vocabulary::{Iccid, IccidRange, IccidRangeError, OperatorId, ResellerId, Timestamp};

/// No more SIMs are given or taken back at once: the journal has an entry of each.
pub const MOST_AT_ONCE: usize = 2_000;
/// No more that cannot be are named.
pub const MOST_NAMED: usize = 20;

/// Giving or taking back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To somebody.
    Give,
    /// Back.
    Release,
}

/// What somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferAsked {
    /// Giving or taking back.
    pub way: Way,
    /// The first ICCID, in any writing.
    pub first: String,
    /// The last; empty for the first alone.
    pub last: String,
    /// The customer's reference or whole name; not asked when a reseller is named.
    pub customer: String,
    /// The reseller for whose stock they are.
    pub reseller: Option<ResellerId>,
}

/// Why there is nothing to do as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferRefusal {
    /// The first is no ICCID.
    First,
    /// The last is no ICCID.
    Last,
    /// The two are not in ascending order.
    Descending,
    /// The two have not the same number of digits.
    Lengths,
    /// There are more than [`MOST_AT_ONCE`].
    TooMany,
    /// Nobody is called so.
    NoSuchCustomer,
    /// Several are called so: only the reference is one customer's.
    SeveralCustomers,
    /// There is no such reseller.
    NoSuchReseller,
}

/// Why one SIM cannot be given or taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotThis {
    /// It is not in the inventory, or not in the asker's.
    Unknown,
    /// A customer has it already.
    NotTheirs,
    /// It is in another's stock.
    OtherStock,
    /// It is in a parcel to a customer.
    OnItsWay,
    /// An order has it.
    Reserved,
    /// A line has it.
    InUse,
    /// It is over.
    Ended,
}

/// What would be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The first and the last.
    pub range: (Iccid, Iccid),
    /// How many would change.
    pub changed: usize,
    /// How many are already so.
    pub unchanged: usize,
    /// To whom, by name; empty for taking back.
    pub to: String,
    /// Some of those that cannot be, by ICCID.
    pub refused: Vec<(Iccid, NotThis)>,
    /// How many cannot be in all.
    pub refused_total: usize,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transferred {
    /// So many were given or taken back.
    Done(usize),
    /// It is not what was confirmed: nothing was done.
    Changed(Plan),
}

/// One that changes.
struct Move {
    kept: KeptSim,
    to: SimHolding,
    /// Who has it afterwards, by name.
    holder: String,
}

/// What is asked, looked up.
pub(crate) struct Wanted {
    range: IccidRange,
    ends: (Iccid, Iccid),
    step: Step,
}

#[derive(Clone, Debug)]
enum Step {
    Give(Receiver, String),
    Release(Keeper),
}

/// What would be done; `None` for who gives no SIMs.
///
/// # Errors
/// When the database fails.
pub async fn plan(
    house: &House,
    actor: &Actor,
    asked: &TransferAsked,
) -> Result<Option<Result<Plan, TransferRefusal>>, OperationError> {
    if !actor.may(Permission::GiveSims) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    match wanted(&scoped, asked).await? {
        Ok(wanted) => Ok(Some(Ok(planned(&scoped, &wanted).await?.0))),
        Err(refusal) => Ok(Some(Err(refusal))),
    }
}

/// Gives or takes back what was confirmed: so many, all or none. `None` for who gives no SIMs.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub async fn carry_out(
    house: &House,
    actor: &Actor,
    asked: &TransferAsked,
    confirmed: usize,
) -> Result<Option<Result<Transferred, TransferRefusal>>, OperationError> {
    if !actor.may(Permission::GiveSims) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let wanted = match wanted(&scoped, asked).await? {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let now = house.clock.now();
    let entry = |action, object| actor.entry(now, action, object);
    Ok(Some(Ok(moved(house, &scoped, &wanted, (confirmed, &entry)).await?)))
}

/// Gives a range to a holder, when a demonstration is set up: by the program. What cannot be given is left.
///
/// # Errors
/// When the database fails.
pub(crate) async fn give_to(
    house: &House,
    operator: OperatorId,
    (first, last): (Iccid, Iccid),
    to: (Receiver, String),
) -> Result<(), OperationError> {
    let Ok(range) = IccidRange::new(first, last) else { return Ok(()) };
    let scoped = house.store.scoped(crate::Scope::operator(operator));
    let wanted = Wanted { range, ends: (first, last), step: Step::Give(to.0, to.1) };
    let now = house.clock.now();
    let entry = |action, object| program(operator, now, (action, object));
    let count = planned(&scoped, &wanted).await?.0.changed;
    moved(house, &scoped, &wanted, (count, &entry)).await.map(drop)
}

/// An entry of the journal for what the program did by itself.
pub(crate) fn program(operator: OperatorId, at: Timestamp, (action, object): (&'static str, Object)) -> NewEntry {
    let by = By { name: "Cadran".to_owned(), ..By::default() };
    NewEntry { operator, at, by, action, object, owner: (None, None), before: None, after: None }
}

/// The resellers for whose stock somebody may give SIMs.
///
/// # Errors
/// When the database fails.
pub async fn resellers(house: &House, actor: &Actor) -> Result<Vec<(ResellerId, String)>, OperationError> {
    if !actor.may(Permission::GiveSims) {
        return Ok(Vec::new());
    }
    Ok(house.store.scoped(actor.scope).resellers_to_give().await?)
}

async fn wanted(scoped: &Scoped, asked: &TransferAsked) -> Result<Result<Wanted, TransferRefusal>, OperationError> {
    let ends = match ends(asked) {
        Ok(ends) => ends,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let range = match IccidRange::new(ends.0, ends.1) {
        Ok(range) if range.count() <= MOST_AT_ONCE => range,
        Ok(_) | Err(IccidRangeError::TooMany(..)) => return Ok(Err(TransferRefusal::TooMany)),
        Err(IccidRangeError::Descending(..)) => return Ok(Err(TransferRefusal::Descending)),
        Err(IccidRangeError::Lengths(..)) => return Ok(Err(TransferRefusal::Lengths)),
    };
    let step = match (asked.way, asked.reseller) {
        (Way::Release, _) if scoped.scope().reach == Reach::Operator => Step::Release(Keeper::Operator),
        (Way::Release, _) => Step::Release(Keeper::Reseller),
        (Way::Give, Some(reseller)) => {
            let known = scoped.resellers_to_give().await?.into_iter().find(|(id, _)| *id == reseller);
            match known {
                Some((id, name)) => Step::Give(Receiver::Reseller(id), name),
                None => return Ok(Err(TransferRefusal::NoSuchReseller)),
            }
        }
        (Way::Give, None) => match scoped.sim_holders_called(asked.customer.trim()).await?.as_slice() {
            [one] => Step::Give(receiver(one), one.name.clone()),
            [] => return Ok(Err(TransferRefusal::NoSuchCustomer)),
            _ => return Ok(Err(TransferRefusal::SeveralCustomers)),
        },
    };
    Ok(Ok(Wanted { range, ends, step }))
}

pub(crate) const fn receiver(holder: &SimHolder) -> Receiver {
    Receiver::Customer { customer: holder.customer, reseller: holder.reseller }
}

fn ends(asked: &TransferAsked) -> Result<(Iccid, Iccid), TransferRefusal> {
    let first: Iccid = asked.first.trim().parse().map_err(|_| TransferRefusal::First)?;
    let last = if asked.last.trim().is_empty() { Ok(first) } else { asked.last.trim().parse() };
    Ok((first, last.map_err(|_| TransferRefusal::Last)?))
}

async fn planned(scoped: &Scoped, wanted: &Wanted) -> Result<(Plan, Vec<Move>), OperationError> {
    let most = u32::try_from(wanted.range.count()).unwrap_or(u32::MAX);
    let found = scoped.sims_between(wanted.ends, most).await?;
    let mut found: HashMap<String, KeptSim> = found.into_iter().map(|kept| (kept.iccid.clone(), kept)).collect();
    let (mut refused, mut moves, mut unchanged) = (Vec::new(), Vec::new(), 0);
    for iccid in wanted.range.iter() {
        let Some(kept) = found.remove(iccid.as_str()) else {
            refused.push((iccid, NotThis::Unknown));
            continue;
        };
        if kept.delivery.is_some() {
            refused.push((iccid, NotThis::OnItsWay));
            continue;
        }
        let before = stock(&kept, iccid)?;
        let mut after = before.clone();
        let done = match &wanted.step {
            Step::Give(to, _) => after.give(*to),
            Step::Release(keeper) => after.release(*keeper),
        };
        match done {
            Err(refusal) => refused.push((iccid, not_this(refusal))),
            Ok(()) if after == before => unchanged += 1,
            Ok(()) => moves.push(to_move(kept, &after, &wanted.step)),
        }
    }
    let to = match &wanted.step {
        Step::Give(_, name) => name.clone(),
        Step::Release(_) => String::new(),
    };
    let refused_total = refused.len();
    refused.truncate(MOST_NAMED);
    Ok((Plan { range: wanted.ends, changed: moves.len(), unchanged, to, refused, refused_total }, moves))
}

fn stock(kept: &KeptSim, iccid: Iccid) -> Result<Stock, OperationError> {
    let corrupt = || StoreError::Corrupt { column: "state", value: kept.state.clone() };
    let customer = kept.customer.as_ref().map(|(id, _)| *id);
    let line = kept.line.as_ref().map(|(id, _)| *id);
    let state = match (kept.state.as_str(), customer, line, kept.ended) {
        ("free", ..) => SimState::Free,
        ("given", Some(customer), ..) => SimState::Given { customer },
        ("reserved", given, Some(line), _) => SimState::Reserved { line, given },
        ("in_use", given, Some(line), _) => SimState::InUse { line, given },
        ("ended", _, _, Some(at)) => SimState::Ended { at },
        _ => return Err(corrupt().into()),
    };
    let sim = Sim { id: kept.id, iccid, kind: kind_of(&kept.kind), network: kept.network.as_str().into(), state };
    Ok(Stock { sim, reseller: kept.reseller.as_ref().map(|(id, _)| *id) })
}

fn to_move(kept: KeptSim, after: &Stock, step: &Step) -> Move {
    let (state, customer) = match after.sim.state {
        SimState::Given { customer } => ("given", Some(customer)),
        _ => ("free", None),
    };
    let holder = match (step, &kept.reseller) {
        (Step::Give(_, name), _) => name.clone(),
        (Step::Release(_), Some((_, name))) if after.reseller.is_some() => name.clone(),
        (Step::Release(_), _) => String::new(),
    };
    Move { kept, to: SimHolding { state, reseller: after.reseller, customer }, holder }
}

const fn not_this(refusal: StockRefusal) -> NotThis {
    match refusal {
        StockRefusal::OtherStock => NotThis::OtherStock,
        StockRefusal::Sim(SimRefusal::Ended) => NotThis::Ended,
        StockRefusal::Sim(SimRefusal::InUse) => NotThis::InUse,
        StockRefusal::Sim(SimRefusal::Reserved) => NotThis::Reserved,
        StockRefusal::Sim(SimRefusal::NotTheirs | SimRefusal::OtherNetwork | SimRefusal::OtherKind) => NotThis::NotTheirs,
    }
}

type Entry<'t> = &'t (dyn Fn(&'static str, Object) -> NewEntry + Sync);

/// Does what is planned, when it is what was confirmed; somebody else's change meanwhile undoes all of it.
async fn moved(
    house: &House,
    scoped: &Scoped,
    wanted: &Wanted,
    (confirmed, entry): (usize, Entry<'_>),
) -> Result<Transferred, OperationError> {
    let (plan, mut moves) = planned(scoped, wanted).await?;
    if plan.refused_total > 0 || plan.changed != confirmed {
        return Ok(Transferred::Changed(plan));
    }
    // In one order whoever it is: two at once wait for each other, and never both.
    moves.sort_unstable_by_key(|one| one.kept.id);
    let transaction = house.store.begin().await?;
    for one in &moves {
        if !transaction.move_sim((one.kept.id, one.kept.version), one.to).await? {
            drop(transaction);
            return Ok(Transferred::Changed(planned(scoped, wanted).await?.0));
        }
        transaction.note(noted(one, &wanted.step, entry)).await?;
    }
    transaction.commit().await?;
    Ok(Transferred::Done(moves.len()))
}

fn noted(one: &Move, step: &Step, entry: Entry<'_>) -> NewEntry {
    let holder = |name: &str| Some(serde_json::json!({ "iccid": one.kept.iccid, "holder": name }).to_string());
    let before = one.kept.customer.as_ref().map(|(_, name)| name).or(one.kept.reseller.as_ref().map(|(_, name)| name));
    let (action, owner) = match step {
        Step::Give(..) => ("sim_given", (one.to.reseller, one.to.customer)),
        Step::Release(_) => ("sim_released", owner(&one.kept)),
    };
    let mut noted = entry(action, Object::Sim(one.kept.id));
    noted.owner = owner;
    noted.before = holder(before.map_or("", String::as_str));
    noted.after = holder(&one.holder);
    noted
}

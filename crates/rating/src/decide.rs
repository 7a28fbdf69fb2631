//! The decision: which parts of a usage go where. Reads the account and moves nothing.

use crate::{
    Account, Cause, MeterKey, PackAccount, Placed, Refusal, SpendAccount,
    ceiling::Ceiling,
    price::{affordable, amount},
    source::Source,
    step::{Charge, Holder, Shared, Step, Steps},
};
use catalog::{AtEnd, Cell, Measure, Price, Version};
use vocabulary::{Direction, Money, Timestamp, UsageKind};

/// Where a usage stands after its allowances.
struct Left {
    quantity: i64,
    cause: Cause,
    /// The limit of correspondents that was passed, if one was.
    most: Option<u32>,
    /// What ended while it covered the usage, and what that says about its end.
    ended: Option<(Holder, Option<AtEnd>)>,
}

pub(crate) fn decide<'c>(
    account: &Account<'c>,
    usage: &Placed,
    cell: Cell,
    (packs, spends): Shared<'_>,
) -> Result<Steps<'c>, Refusal> {
    let standing = &account.standing;
    let mut steps = Steps::new();
    let quantity = usage.quantity.units();
    if usage.is_emergency(standing.catalog) {
        steps.push(Step::Emergency { quantity });
        return Ok(steps);
    }
    let closes = |ceiling: &Ceiling| ceiling.closes_zone && ceiling.applies(usage, cell, standing);
    let closed = account.ceilings.iter().position(|(_, ceiling)| closes(ceiling));
    let left = take_allowances(account, usage, cell, (packs, closed.is_some()), &mut steps);
    if left.quantity == 0 && !steps.is_empty() {
        return Ok(steps);
    }
    if let Some(ceiling) = closed {
        steps.push(Step::HeldBack { quantity: left.quantity, how: AtEnd::Stop, by: Holder::Ceiling(ceiling) });
        return Ok(steps);
    }
    if let Some((holder, said)) = left.ended {
        let family = standing.version.families.get(standing.family);
        let capping = standing.capping(&account.cap_lifts, usage.kind, usage.start);
        let how = said.unwrap_or_else(|| family.at_end(usage.kind, standing.network, usage.from, capping));
        if how != AtEnd::Charge {
            steps.push(Step::HeldBack { quantity: left.quantity, how, by: holder });
            return Ok(steps);
        }
    }
    let charge = find_charge(account, usage, cell)?;
    charge_within_ceilings(account, (usage, cell), &left, (charge, spends), &mut steps)?;
    Ok(steps)
}

/// Draws on each allowance that takes the usage, in order, until nothing is left.
fn take_allowances(
    account: &Account<'_>,
    usage: &Placed,
    cell: Cell,
    (packs, only_options): (&[PackAccount], bool),
    steps: &mut Steps<'_>,
) -> Left {
    let mut left = Left { quantity: usage.quantity.units(), cause: Cause::NotCovered, most: None, ended: None };
    let own = account
        .sources
        .iter()
        .enumerate()
        .map(|(index, (meter, source))| (Holder::Source(index), source, account.state.meters[*meter].used));
    let shared =
        packs.iter().enumerate().filter_map(|(index, pack)| Some((Holder::Pack(index), pack.source.as_ref()?, pack.state.used)));
    for (holder, source, used) in own.chain(shared) {
        if !source.takes(usage, account, cell) || (only_options && !source.from_option) {
            continue;
        }
        if let Some(most) = source.correspondents
            && is_one_too_many(account, usage, most)
        {
            (left.cause, left.most) = (Cause::TooManyCorrespondents, Some(most));
            continue;
        }
        let done = usage.quantity.units() - left.quantity;
        let within_call = source.longest_s.map_or(left.quantity, |longest| (longest - done).clamp(0, left.quantity));
        let own_room = source.limit.map_or(i64::MAX, |limit| (limit - used - account.pending(holder, steps)).max(0));
        // A part gives no more than its whole has left.
        let whole = source.within.map(|whole| (whole, account.room_of(whole) - account.pending(Holder::Source(whole), steps)));
        let (holder_at_end, room) = match whole {
            Some((whole, left)) if left < own_room => (Holder::Source(whole), left.max(0)),
            _ => (holder, own_room),
        };
        let take = within_call.min(room);
        if take > 0 {
            left.quantity -= take;
            steps.push(drawn(holder, take));
        }
        if left.quantity == 0 {
            // A usage of nothing (a session of no bytes) is the first allowance's that takes it.
            if steps.is_empty() {
                steps.push(drawn(holder, 0));
            }
            return left;
        }
        if take == room {
            left.cause = Cause::UsedUp;
            let said_before = left.ended.and_then(|(_, said)| said);
            left.ended = Some((holder_at_end, said_before.or(source.at_end)));
        } else {
            left.cause = Cause::TooLong;
        }
    }
    left
}

fn drawn<'c>(holder: Holder, quantity: i64) -> Step<'c> {
    match holder {
        Holder::Pack(pack) => Step::Pack { pack, quantity },
        Holder::Source(source) | Holder::Ceiling(source) | Holder::Shared { ceiling: source, .. } => {
            Step::Allowance { source, quantity }
        }
    }
}

fn is_one_too_many(account: &Account<'_>, usage: &Placed, most: u32) -> bool {
    let known = if usage.kind == UsageKind::Voice { &account.state.called } else { &account.state.written_to };
    usage.correspondent != 0
        && usage.direction == Direction::Made
        && known.len() >= most as usize
        && known.binary_search(&usage.correspondent).is_err()
}

fn find_charge<'c>(account: &Account<'c>, usage: &Placed, cell: Cell) -> Result<Charge<'c>, Refusal> {
    let standing = &account.standing;
    let version = standing.version;
    let not_allowed = || Refusal::NotAllowed { offer: account.offer.clone(), kind: usage.kind };
    let tariff = version.families.get(standing.family).tariff.ok_or_else(not_allowed)?;
    let zone = &standing.catalog.operator.time_zone;
    let is_now = |band| version.bands.get(band).holds(usage.start.to_local(zone));
    let tariffs = &version.tariffs;
    let found = tariffs.names.get(tariff).price(standing.network, cell, is_now, &tariffs.prices).ok_or_else(not_allowed)?;
    let (id, price) = (tariffs.prices.id(found), tariffs.prices.get(found));
    let tiers = price.tiers.map(|tiers| (version.tiers.get(tiers), account.used(&MeterKey::tiers(id))));
    Ok(Charge { id, price, tiers })
}

/// Charges as much of what is left as every ceiling lets through; the rest is held back.
fn charge_within_ceilings<'c>(
    account: &Account<'c>,
    (usage, cell): (&Placed, Cell),
    left: &Left,
    (charge, spends): (Charge<'c>, &[SpendAccount]),
    steps: &mut Steps<'c>,
) -> Result<(), Refusal> {
    let cost_of = |quantity: i64| amount(charge.price, quantity, charge.tiers).ok_or(Refusal::TooLarge);
    let mut within = left.quantity;
    let mut held: Option<(Holder, AtEnd)> = None;
    let own = account.ceilings.iter().enumerate().map(|(index, (_, ceiling))| (Holder::Ceiling(index), ceiling));
    let shared = spends.iter().enumerate().flat_map(|(spend, shared)| {
        shared.ceilings.iter().enumerate().map(move |(ceiling, found)| (Holder::Shared { spend, ceiling }, found))
    });
    for (holder, ceiling) in own.chain(shared) {
        let Some(how) = ceiling.at_end(usage.kind) else { continue };
        if !ceiling.applies(usage, cell, &account.standing) {
            continue;
        }
        let used = account.ceiling_used(holder, ceiling, (usage.start, spends));
        let room = ceiling.limit_at(usage.start).saturating_sub(used).max(0);
        let passes = match ceiling.measure {
            Measure::Volume => within.min(room),
            Measure::Amount if cost_of(within)?.1.micros() <= room => within,
            Measure::Amount => {
                affordable(charge.price, within, charge.tiers, Money::from_micros(room)).ok_or(Refusal::TooLarge)?
            }
        };
        if passes < within {
            (within, held) = (passes, Some((holder, how)));
        }
    }
    if within > 0 || held.is_none() {
        let (counted, cost) = cost_of(within)?;
        let beyond = match left.ended {
            Some((Holder::Pack(pack), _)) => u32::try_from(pack).ok(),
            _ => None,
        };
        let (cause, most) = (left.cause, left.most);
        steps.push(Step::Charged { charge, quantity: within, counted, cost, cause, most, beyond });
    }
    if let Some((by, how)) = held {
        steps.push(Step::HeldBack { quantity: left.quantity - within, how, by });
    }
    Ok(())
}

/// What a row asks for per its unit; of tiers the dearest.
pub(crate) fn dearest(price: &Price, version: &Version) -> Money {
    let tiers = price.tiers.map(|tiers| version.tiers.get(tiers));
    tiers.and_then(|tiers| tiers.steps.iter().map(|step| step.amount).max()).unwrap_or(price.amount)
}

impl Source {
    fn takes(&self, usage: &Placed, account: &Account<'_>, cell: Cell) -> bool {
        let standing = &account.standing;
        self.kinds.contains(&usage.kind)
            && usage.start >= self.since
            && usage.start < self.until
            && standing.version.coverages.names.get(self.coverage).holds(standing.network, cell)
    }
}

impl Account<'_> {
    fn ceiling_used(&self, holder: Holder, ceiling: &Ceiling, (at, spends): (Timestamp, &[SpendAccount])) -> i64 {
        match holder {
            Holder::Shared { spend, .. } => spends[spend].state.used(&ceiling.key_at(at, self.standing.catalog)),
            Holder::Ceiling(index) if !ceiling.by_day => self.state.meters[self.ceilings[index].0].used,
            _ => self.used(&ceiling.key_at(at, self.standing.catalog)),
        }
    }

    pub(crate) fn used(&self, key: &MeterKey) -> i64 {
        self.state.meters.iter().find(|meter| meter.key == *key).map_or(0, |meter| meter.used)
    }

    /// What an allowance of the line has left.
    pub(crate) fn room_of(&self, source: usize) -> i64 {
        let (meter, source) = &self.sources[source];
        source.limit.map_or(i64::MAX, |limit| limit - self.state.meters[*meter].used)
    }

    /// What the parts of this usage that are decided already take from the counter of an allowance.
    fn pending(&self, holder: Holder, steps: &[Step<'_>]) -> i64 {
        let Holder::Source(index) = holder else { return 0 };
        let meter = self.sources[index].0;
        let takes = |step: &Step<'_>| match step {
            Step::Allowance { source, quantity } => {
                let (own, source) = &self.sources[*source];
                let whole = source.within.map(|whole| self.sources[whole].0);
                if *own == meter || whole == Some(meter) { *quantity } else { 0 }
            }
            _ => 0,
        };
        steps.iter().map(takes).sum()
    }
}

//! What a decided part moves: counters of allowances, packs and ceilings, with the thresholds that they pass (RAT-06, RAT-07).

use crate::{
    Account, ChargedGroup, Event, Held, Hold, MeterKey, MonthState, PackAccount, Part, Placed, SpendAccount,
    step::{Holder, Step},
};
use catalog::Cell;
use smallvec::SmallVec;
use vocabulary::{Direction, Money, Timestamp, UsageGroup, UsageKind};

impl<'c> Account<'c> {
    /// Counts a part that was decided, and tells what it makes happen.
    pub(crate) fn apply(
        &mut self,
        step: &Step<'c>,
        (usage, cell): (&Placed, Cell),
        (packs, spends): (&mut [PackAccount], &mut [SpendAccount]),
        events: &mut SmallVec<[Event; 1]>,
    ) -> Part {
        let part = step.part(self, (packs, spends), usage.start);
        match step {
            Step::Emergency { .. } => {}
            Step::Allowance { source, quantity } => self.draw(*source, *quantity, usage, events),
            Step::Pack { pack, quantity } => packs[*pack].draw(*quantity, events),
            Step::Charged { charge, beyond, .. } => {
                if let Some(by) = self.guard_of(usage, charge.id, charge.price) {
                    self.note_despite(by, |by| Event::DespiteGuard { by }, events);
                }
                self.count_charge(step, &part, (usage, cell), events);
                if let Some(pack) = beyond {
                    packs[*pack as usize].count_charge(part.price, events);
                }
                for spend in spends.iter_mut() {
                    spend.count(part.price, usage.start, self.standing.catalog, events);
                }
            }
            Step::HeldBack { how, by, .. } => {
                let limit = self.tell_is_reached(*by, usage.start, spends, events);
                let how = Hold::of(*how);
                let by = by.key(self, (packs, spends), usage.start);
                self.hold_back(Held { by, kind: usage.kind, how, limit }, events);
            }
        }
        part
    }

    fn draw(&mut self, source: usize, quantity: i64, usage: &Placed, events: &mut SmallVec<[Event; 1]>) {
        if let Some(whole) = self.sources[source].1.within {
            self.move_counter(whole, quantity, events);
        }
        self.move_counter(source, quantity, events);
        let source = &self.sources[source].1;
        if source.correspondents.is_some() && usage.correspondent != 0 && usage.direction == Direction::Made {
            let known = correspondents(&mut self.state, usage.kind);
            if let Err(place) = known.binary_search(&usage.correspondent) {
                known.insert(place, usage.correspondent);
            }
        }
    }

    fn move_counter(&mut self, source: usize, quantity: i64, events: &mut SmallVec<[Event; 1]>) {
        let (meter, source) = &self.sources[source];
        let counter = &mut self.state.meters[*meter];
        counter.used = counter.used.saturating_add(quantity);
        if let Some(limit) = source.limit {
            tell(&source.key, &source.steps, (counter.used, limit), &mut counter.told, events);
        }
    }

    fn count_charge(&mut self, step: &Step<'c>, part: &Part, (usage, cell): (&Placed, Cell), events: &mut SmallVec<[Event; 1]>) {
        let Step::Charged { charge, cause, most, .. } = step else { return };
        if let Some(key) = charge.tiers_key() {
            let meter = self.meter(&key);
            let counter = &mut self.state.meters[meter];
            counter.used = counter.used.saturating_add(part.counted);
        }
        if let Some(most) = *most
            && *cause == crate::Cause::TooManyCorrespondents
        {
            let key = MeterKey::from(if usage.kind == UsageKind::Voice { "fair-use/voice" } else { "fair-use/sms" });
            let kind = usage.kind;
            self.note_despite(key, |_| Event::FairUse { kind, most }, events);
        }
        for index in 0..self.ceilings.len() {
            if self.ceilings[index].1.applies(usage, cell, &self.standing) {
                self.count_ceiling(index, part, usage, events);
            }
        }
    }

    fn count_ceiling(&mut self, index: usize, part: &Part, usage: &Placed, events: &mut SmallVec<[Event; 1]>) {
        let meter = self.ceiling_meter(index, usage.start);
        let ceiling = &self.ceilings[index].1;
        let counter = &mut self.state.meters[meter];
        counter.used = counter.used.saturating_add(match ceiling.measure {
            catalog::Measure::Volume => part.quantity,
            catalog::Measure::Amount => part.price.micros(),
        });
        let key = counter.key.clone();
        tell(&key, &ceiling.steps, (counter.used, ceiling.limit_at(usage.start)), &mut counter.told, events);
    }

    /// The counter of a ceiling at an instant: one that counts by the day has a counter each day.
    fn ceiling_meter(&mut self, index: usize, at: Timestamp) -> usize {
        let (meter, ceiling) = &self.ceilings[index];
        if !ceiling.by_day {
            return *meter;
        }
        let key = ceiling.key_at(at, self.standing.catalog);
        self.meter(&key)
    }

    /// A ceiling that holds something back is at its end, even where the last increment did not fit into what was left of it. Answers with
    /// its limit; 0 for what is no ceiling.
    fn tell_is_reached(
        &mut self,
        by: Holder,
        at: Timestamp,
        spends: &mut [SpendAccount],
        events: &mut SmallVec<[Event; 1]>,
    ) -> i64 {
        match by {
            Holder::Ceiling(index) => {
                let meter = self.ceiling_meter(index, at);
                let ceiling = &self.ceilings[index].1;
                let limit = ceiling.limit_at(at);
                let counter = &mut self.state.meters[meter];
                let key = counter.key.clone();
                tell(&key, &ceiling.steps, (counter.used.max(limit), limit), &mut counter.told, events);
                limit
            }
            Holder::Shared { spend, ceiling } => {
                spends[spend].tell_is_reached(ceiling, at, self.standing.catalog, events);
                spends[spend].ceilings[ceiling].limit_at(at)
            }
            Holder::Source(_) | Holder::Pack(_) => 0,
        }
    }

    /// Tells each amount beyond what is included that was passed and not told before, in order (FLT-12).
    pub(crate) fn tell_out_of_bundle(&mut self, events: &mut SmallVec<[Event; 1]>) {
        if self.notices.is_empty() {
            return;
        }
        let meter = self.meter(&MeterKey::spend_told());
        let (told, spent) = (&mut self.state.meters[meter].used, self.markup.on(self.state.totals.out_of_bundle));
        for &amount in &self.notices {
            if amount.micros() > *told && spent >= amount {
                *told = amount.micros();
                events.push(Event::OutOfBundle { of: MeterKey::spend_told(), amount });
            }
        }
    }

    /// Adds what was charged to its group of the bill.
    pub(crate) fn add_to_charged(&mut self, usage: &Placed, parts: &[Part]) {
        let charged = parts.iter().filter(|part| part.is_out_of_bundle());
        let (units, amount) = charged.fold((0_i64, Money::ZERO), |(units, amount), part| {
            (units.saturating_add(part.quantity), amount.checked_add(part.price).unwrap_or(amount))
        });
        if amount.is_zero() {
            return;
        }
        let group = UsageGroup { kind: usage.kind, reach: usage.reach(self.standing.catalog) };
        let groups = &mut self.state.charged;
        let place = groups.binary_search_by_key(&group, |known| known.group).unwrap_or_else(|place| {
            groups.insert(place, ChargedGroup { group, records: 0, units: 0, amount: Money::ZERO });
            place
        });
        let known = &mut groups[place];
        known.records += 1;
        known.units = known.units.saturating_add(units);
        known.amount = known.amount.checked_add(amount).unwrap_or(known.amount);
    }

    fn hold_back(&mut self, held: Held, events: &mut SmallVec<[Event; 1]>) {
        if self.state.held_back.contains(&held) {
            return;
        }
        let (kind, by) = (held.kind, held.by.clone());
        events.push(match held.how {
            Hold::Slowed => Event::Slowed { kind, by },
            Hold::Stopped => Event::Stopped { kind, by },
        });
        self.state.held_back.push(held);
    }
}

/// The numbers that fair use has counted for a kind of usage, ascending.
pub(crate) fn correspondents(state: &mut MonthState, kind: UsageKind) -> &mut Vec<u64> {
    if kind == UsageKind::Voice { &mut state.called } else { &mut state.written_to }
}

/// Tells each threshold that was passed and not told before, in order (RAT-06).
pub(crate) fn tell(key: &MeterKey, steps: &[u8], (used, limit): (i64, i64), told: &mut u8, events: &mut SmallVec<[Event; 1]>) {
    for &percent in steps {
        if percent > *told && limit > 0 && i128::from(used) * 100 >= i128::from(limit) * i128::from(percent) {
            *told = percent;
            events.push(Event::Threshold { of: key.clone(), percent });
        }
    }
}

//! A line laid out for a month: what it may draw on, and its counters.

use crate::{
    Event, Held, Hold, LineTerms, Meter, MeterKey, MonthState, PackAccount, Part, Placed, Refusal, SpendAccount,
    block::Block,
    ceiling::Ceiling,
    decide::{Holder, Step, decide},
    source::{CapLift, Source, Span, Standing},
};
use catalog::{AtEnd, Catalog, Cell, Guard, NumberClass, Version};
use smallvec::SmallVec;
use vocabulary::{Direction, LineId, Money, Timestamp, UsageKind};

/// A line laid out for a month under one version of the catalogue.
#[derive(Clone)]
pub struct Account<'c> {
    pub(crate) standing: Standing<'c>,
    pub(crate) line: LineId,
    pub(crate) offer: String,
    pub(crate) started: Timestamp,
    pub(crate) ended: Option<Timestamp>,
    pub(crate) month: Span,
    pub(crate) sources: Vec<(usize, Source)>,
    pub(crate) ceilings: Vec<(usize, Ceiling)>,
    pub(crate) blocks: SmallVec<[Block; 1]>,
    pub(crate) cap_lifts: SmallVec<[CapLift; 1]>,
    pub(crate) guard: Guard,
    /// Amounts beyond what is included at which somebody is told, ascending.
    notices: SmallVec<[Money; 1]>,
    pub(crate) state: MonthState,
}

/// What became of a usage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Where each part went; they add up to the usage.
    pub parts: SmallVec<[Part; 2]>,
    /// What somebody has to be told or a network has to do, in order.
    pub events: SmallVec<[Event; 1]>,
    /// What it costs in all, without VAT.
    pub price: Money,
}

impl<'c> Account<'c> {
    /// Lays out a line for the month from `month.0` to `month.1`, with the counters it has so far.
    ///
    /// # Errors
    /// When the line's offer, network, an option or a recharge is in no version of the catalogue.
    pub fn open(
        catalog: &'c Catalog,
        version: &'c Version,
        terms: &LineTerms,
        month: (Timestamp, Timestamp),
        state: MonthState,
    ) -> Result<Self, Refusal> {
        let (standing, offer) = Standing::find(catalog, version, terms)?;
        let options = standing.options(terms, month)?;
        let lifts =
            options.iter().flat_map(|(_, option, span)| option.lifts_cap.iter().map(|&kind| CapLift { kind, span: *span }));
        let cap_lifts: SmallVec<[CapLift; 1]> = lifts.collect();
        let sources = standing.sources(offer, terms, (&options, &cap_lifts), month)?;
        let ceilings = standing.ceilings(terms);
        let guard = version.families.get(standing.family).guard.unwrap_or_default().stricter(terms.guard);
        let mut account = Self {
            standing,
            line: terms.id,
            offer: terms.offer.to_string(),
            started: terms.started,
            ended: terms.ended,
            month,
            sources: Vec::new(),
            ceilings: Vec::new(),
            blocks: standing.blocks(&options),
            cap_lifts,
            guard,
            notices: terms.notices.iter().copied().collect(),
            state,
        };
        account.sources = sources.into_iter().map(|source| (account.meter(&source.key), source)).collect();
        account.ceilings = ceilings.into_iter().map(|ceiling| (account.meter(&ceiling.key), ceiling)).collect();
        // A cap of the month that came in the middle of it knows what was charged before.
        if let Some((meter, _)) = account.ceilings.iter().find(|(_, ceiling)| ceiling.key == MeterKey::spend_month(None)) {
            account.state.meters[*meter].used = account.state.totals.out_of_bundle.micros();
        }
        Ok(account)
    }

    /// Which line.
    pub fn line(&self) -> LineId {
        self.line
    }

    /// The version that the line is laid out under.
    pub fn version(&self) -> &'c Version {
        self.standing.version
    }

    /// Its counters so far.
    pub fn state(&self) -> &MonthState {
        &self.state
    }

    /// Gives the counters back, without those that never moved.
    pub fn save(&self) -> MonthState {
        let mut state = self.state.clone();
        state.meters.retain(|meter| meter.used != 0 || meter.told != 0);
        state.meters.sort_by(|a, b| a.key.cmp(&b.key));
        state
    }

    /// What each allowance holds and has given: its counter, its limit (`None` for no end) and what was drawn.
    pub fn allowances(&self) -> impl Iterator<Item = (&MeterKey, Option<i64>, i64)> {
        self.sources.iter().map(|(meter, source)| (&source.key, source.limit, self.state.meters[*meter].used))
    }

    /// What each ceiling is and how far it is used: its counter, its limit without a raise and what was counted.
    pub fn ceilings(&self) -> impl Iterator<Item = (&MeterKey, i64, i64)> {
        let plain = Timestamp::from_micros(i64::MIN);
        self.ceilings.iter().map(move |(meter, ceiling)| (&ceiling.key, ceiling.limit_at(plain), self.state.meters[*meter].used))
    }

    /// Data at home: the bytes that may be drawn in the month (`None` where nothing ends or nothing is included) and those drawn.
    pub fn home_data(&self) -> (Option<i64>, i64) {
        let version = self.standing.version;
        let cell = version.cell(UsageKind::Data, Direction::Made, version.zones.home(), catalog::DestinationIx::NONE);
        let (mut limit, mut drawn, mut counted) = (Some(0_i64), 0_i64, Vec::new());
        for (meter, source) in &self.sources {
            let coverage = version.coverages.names.get(source.coverage);
            if !source.kinds.contains(&UsageKind::Data) || !coverage.holds(self.standing.network, cell) {
                continue;
            }
            limit = limit.zip(source.limit).and_then(|(sum, more)| sum.checked_add(more));
            // Options of one group share a counter.
            if !counted.contains(meter) {
                counted.push(*meter);
                drawn = drawn.saturating_add(self.state.meters[*meter].used);
            }
        }
        (limit.filter(|limit| *limit > 0), drawn)
    }

    /// Decides a usage and moves the counters: of the line, of the packs that it draws on, and of whom it shares ceilings in money with.
    ///
    /// # Errors
    /// When the usage is not the line's (before its start, after its end) or the offer allows no such usage; nothing has moved then.
    pub fn rate(&mut self, usage: &Placed, packs: &mut [PackAccount], spends: &mut [SpendAccount]) -> Result<Rated, Refusal> {
        self.check_time(usage)?;
        let cell = self.cell(usage);
        let steps = decide(self, usage, cell, (packs, spends))?;
        let mut rated = Rated { parts: SmallVec::new(), events: SmallVec::new(), price: Money::ZERO };
        if !self.blocks.is_empty()
            && !usage.is_emergency(self.standing.catalog)
            && let Some(by) = self.block_of(usage, cell)
        {
            let kind = usage.kind;
            self.note_despite(by, |by| Event::DespiteBlock { kind, by }, &mut rated.events);
        }
        for step in steps {
            let part = self.apply(&step, (usage, cell), (packs, spends), &mut rated.events);
            rated.price = rated.price.checked_add(part.price).ok_or(Refusal::TooLarge)?;
            rated.parts.push(part);
        }
        self.note_burst(usage, &mut rated.events);
        self.add_to_totals(usage, rated.price);
        self.tell_out_of_bundle(&mut rated.events);
        Ok(rated)
    }

    /// The cell of a usage, by which coverages and prices know it.
    pub(crate) fn cell(&self, usage: &Placed) -> Cell {
        self.standing.version.cell(usage.kind, usage.direction, usage.from, usage.to)
    }

    /// Does a usage fall in the line's life?
    pub(crate) fn check_time(&self, usage: &Placed) -> Result<(), Refusal> {
        if usage.start < self.started {
            return Err(Refusal::BeforeStart);
        }
        if self.ended.is_some_and(|ended| usage.start >= ended) {
            return Err(Refusal::AfterEnd);
        }
        Ok(())
    }

    /// Where the counter of that name stands, made where there is none.
    pub(crate) fn meter(&mut self, key: &MeterKey) -> usize {
        self.state.meters.iter().position(|meter| meter.key == *key).unwrap_or_else(|| {
            self.state.meters.push(Meter { key: key.clone(), used: 0, told: 0 });
            self.state.meters.len() - 1
        })
    }

    fn apply(
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
                if let Some(by) = self.guard_of(usage, charge.id(), charge.price()) {
                    self.note_despite(by, |by| Event::DespiteGuard { by }, events);
                }
                self.count_charge(step, &part, (usage, cell), events);
                if let Some(pack) = beyond {
                    packs[*pack].count_charge(part.price, events);
                }
                for spend in spends.iter_mut() {
                    spend.count(part.price, usage.start, self.standing.catalog, events);
                }
            }
            Step::HeldBack { how, by, .. } => {
                let limit = self.tell_is_reached(*by, usage.start, spends, events);
                let how = if *how == AtEnd::Slow { Hold::Slowed } else { Hold::Stopped };
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
        let Step::Charged { cause, tiers, most, .. } = step else { return };
        if let Some(key) = tiers {
            let meter = self.meter(key);
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
    fn tell_out_of_bundle(&mut self, events: &mut SmallVec<[Event; 1]>) {
        if self.notices.is_empty() {
            return;
        }
        let meter = self.meter(&MeterKey::spend_told());
        let (told, spent) = (&mut self.state.meters[meter].used, self.state.totals.out_of_bundle);
        for &amount in &self.notices {
            if amount.micros() > *told && spent >= amount {
                *told = amount.micros();
                events.push(Event::OutOfBundle { of: MeterKey::spend_told(), amount });
            }
        }
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

    fn note_burst(&mut self, usage: &Placed, events: &mut SmallVec<[Event; 1]>) {
        let family = self.standing.version.families.get(self.standing.family);
        let Some(burst) = family.bursts.iter().find(|b| b.kinds.contains(&usage.kind) && b.networks.holds(self.standing.network))
        else {
            return;
        };
        if usage.direction != Direction::Made {
            return;
        }
        let recent = &mut self.state.recently_sent;
        let place = recent.partition_point(|sent| *sent <= usage.start);
        recent.insert(place, usage.start);
        let latest = *recent.last().unwrap_or(&usage.start);
        recent.retain(|sent| *sent > latest.plus_seconds(-burst.within_s));
        if recent.len() > burst.most as usize {
            recent.clear();
            events.push(Event::SendingSuspended { until: usage.start.plus_seconds(burst.suspend_s) });
        }
    }

    fn add_to_totals(&mut self, usage: &Placed, price: Money) {
        let class = usage.class(self.standing.catalog);
        let totals = &mut self.state.totals;
        totals.records += 1;
        totals.latest = totals.latest.max(usage.start);
        totals.out_of_bundle = totals.out_of_bundle.checked_add(price).unwrap_or(totals.out_of_bundle);
        if usage.direction == Direction::Received {
            return;
        }
        let units = usage.quantity.units();
        match (usage.kind, class) {
            (UsageKind::Data, _) => totals.data_bytes = totals.data_bytes.saturating_add(units),
            (UsageKind::Voice, Some(NumberClass::Special | NumberClass::Short)) => {
                totals.special_s = totals.special_s.saturating_add(units)
            }
            (UsageKind::Voice, _) => totals.voice_s = totals.voice_s.saturating_add(units),
            (UsageKind::Sms, _) => totals.sms = totals.sms.saturating_add(units),
            (UsageKind::Mms, _) => totals.mms = totals.mms.saturating_add(units),
        }
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

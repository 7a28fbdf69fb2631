//! A line laid out for a month: what it may draw on, and its counters.

use crate::{
    Event, Held, HeldPack, Hold, LineTerms, Meter, MeterKey, MonthState, PackState, Part, Placed, Refusal,
    decide::{Holder, Step, decide},
    source::{Ceiling, Source, Standing, pack_source},
};
use catalog::{AtEnd, Catalog, NumberClass, Version};
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
    pub(crate) sources: Vec<(usize, Source)>,
    pub(crate) ceilings: Vec<(usize, Ceiling)>,
    pub(crate) state: MonthState,
}

/// A group pack laid out for a month.
#[derive(Clone)]
pub struct PackAccount {
    pub(crate) source: Option<Source>,
    /// Its counter.
    pub state: PackState,
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

impl PackAccount {
    /// Lays out a pack for a month; a pack that the catalogue no longer knows holds nothing.
    pub fn open(catalog: &Catalog, version: &Version, held: &HeldPack, state: PackState) -> Self {
        Self { source: pack_source(catalog, version, held), state }
    }
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
        let sources = standing.sources(offer, terms, month)?;
        let ceilings = standing.ceilings(terms);
        let mut account = Self {
            standing,
            line: terms.id,
            offer: terms.offer.to_string(),
            started: terms.started,
            ended: terms.ended,
            sources: Vec::new(),
            ceilings: Vec::new(),
            state,
        };
        account.sources = sources.into_iter().map(|source| (account.meter(&source.key), source)).collect();
        account.ceilings = ceilings.into_iter().map(|ceiling| (account.meter(&ceiling.key), ceiling)).collect();
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

    /// What each ceiling is and how far it is used: its counter, its limit and what was counted.
    pub fn ceilings(&self) -> impl Iterator<Item = (&MeterKey, i64, i64)> {
        self.ceilings.iter().map(|(meter, ceiling)| (&ceiling.key, ceiling.limit, self.state.meters[*meter].used))
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

    /// Decides a usage and moves the counters.
    ///
    /// # Errors
    /// When the usage is not the line's (before its start, after its end) or the offer allows no such usage; nothing has moved then.
    pub fn rate(&mut self, usage: &Placed, packs: &mut [PackAccount]) -> Result<Rated, Refusal> {
        if usage.start < self.started {
            return Err(Refusal::BeforeStart);
        }
        if self.ended.is_some_and(|ended| usage.start >= ended) {
            return Err(Refusal::AfterEnd);
        }
        let steps = decide(self, usage, packs)?;
        let mut rated = Rated { parts: SmallVec::new(), events: SmallVec::new(), price: Money::ZERO };
        for step in steps {
            let part = self.apply(&step, usage, packs, &mut rated.events);
            rated.price = rated.price.checked_add(part.price).ok_or(Refusal::TooLarge)?;
            rated.parts.push(part);
        }
        self.note_burst(usage, &mut rated.events);
        self.add_to_totals(usage, rated.price);
        Ok(rated)
    }

    /// Lifts what a recharge, a raised cut-off or a larger option has made room for; whoever changed the terms calls it.
    pub fn lift(&mut self) -> SmallVec<[Event; 1]> {
        let mut held_back = std::mem::take(&mut self.state.held_back);
        let mut events: SmallVec<[Event; 1]> = SmallVec::new();
        held_back.retain(|held| {
            let lifted = self.is_lifted(held);
            let event = Event::Lifted { by: held.by.clone() };
            if lifted && !events.contains(&event) {
                events.push(event);
            }
            !lifted
        });
        self.state.held_back = held_back;
        events
    }

    /// A ceiling that is higher than it was, or gone: little may be left of one that is as it was, too little for an increment. An
    /// allowance that has something left.
    fn is_lifted(&self, held: &Held) -> bool {
        let key = &held.by;
        let is_it = |ceiling: &Ceiling| if ceiling.by_day { key.is_spend_day() } else { ceiling.key == *key };
        if let Some((_, ceiling)) = self.ceilings.iter().find(|(_, ceiling)| is_it(ceiling)) {
            return ceiling.limit > held.limit;
        }
        if key.is_ceiling() {
            return true;
        }
        let Some((_, ended)) = self.sources.iter().find(|(_, source)| source.key == *key) else { return false };
        self.sources.iter().any(|(meter, source)| {
            source.coverage == ended.coverage
                && source.kinds == ended.kinds
                && source.limit.is_none_or(|limit| self.state.meters[*meter].used < limit)
        })
    }

    fn meter(&mut self, key: &MeterKey) -> usize {
        self.state.meters.iter().position(|meter| meter.key == *key).unwrap_or_else(|| {
            self.state.meters.push(Meter { key: key.clone(), used: 0, told: 0 });
            self.state.meters.len() - 1
        })
    }

    fn apply(&mut self, step: &Step<'c>, usage: &Placed, packs: &mut [PackAccount], events: &mut SmallVec<[Event; 1]>) -> Part {
        let part = step.part(self, packs, usage.start);
        match step {
            Step::Emergency { .. } => {}
            Step::Allowance { source, quantity } => self.draw(*source, *quantity, usage, events),
            Step::Pack { pack, quantity } => packs[*pack].draw(*quantity, events),
            Step::Charged { .. } => self.count_charge(step, &part, usage, events),
            Step::HeldBack { how, by, .. } => {
                let mut limit = 0;
                if let Holder::Ceiling(ceiling) = by {
                    limit = self.ceilings[*ceiling].1.limit;
                    self.tell_ceiling_is_reached(*ceiling, usage, events);
                }
                let how = if *how == AtEnd::Slow { Hold::Slowed } else { Hold::Stopped };
                self.hold_back(Held { by: by.key(self, packs, usage.start), kind: usage.kind, how, limit }, events);
            }
        }
        part
    }

    fn draw(&mut self, source: usize, quantity: i64, usage: &Placed, events: &mut SmallVec<[Event; 1]>) {
        let (meter, source) = &self.sources[source];
        let counter = &mut self.state.meters[*meter];
        counter.used = counter.used.saturating_add(quantity);
        if let Some(limit) = source.limit {
            tell(&source.key, &source.steps, counter.used, limit, &mut counter.told, events);
        }
        if source.correspondents.is_some() && usage.correspondent != 0 && usage.direction == Direction::Made {
            let known = correspondents(&mut self.state, usage.kind);
            if let Err(place) = known.binary_search(&usage.correspondent) {
                known.insert(place, usage.correspondent);
            }
        }
    }

    fn count_charge(&mut self, step: &Step<'c>, part: &Part, usage: &Placed, events: &mut SmallVec<[Event; 1]>) {
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
            let meter = self.meter(&key);
            self.state.meters[meter].used += 1;
            if self.state.meters[meter].used == 1 {
                events.push(Event::FairUse { kind: usage.kind, most });
            }
        }
        for index in 0..self.ceilings.len() {
            if self.ceilings[index].1.applies(usage) {
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
        tell(&key, &ceiling.steps, counter.used, ceiling.limit, &mut counter.told, events);
    }

    /// The counter of a ceiling at an instant: one that counts by the day has a counter each day.
    fn ceiling_meter(&mut self, index: usize, at: Timestamp) -> usize {
        let (meter, ceiling) = &self.ceilings[index];
        if !ceiling.by_day {
            return *meter;
        }
        let key = self.spend_day(at);
        self.meter(&key)
    }

    /// A ceiling that holds something back is at its end, even where the last increment did not fit into what was left of it.
    fn tell_ceiling_is_reached(&mut self, index: usize, usage: &Placed, events: &mut SmallVec<[Event; 1]>) {
        let meter = self.ceiling_meter(index, usage.start);
        let ceiling = &self.ceilings[index].1;
        let counter = &mut self.state.meters[meter];
        let key = counter.key.clone();
        tell(&key, &ceiling.steps, counter.used.max(ceiling.limit), ceiling.limit, &mut counter.told, events);
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

impl PackAccount {
    fn draw(&mut self, quantity: i64, events: &mut SmallVec<[Event; 1]>) {
        self.state.used = self.state.used.saturating_add(quantity);
        if let Some(source) = &self.source
            && let Some(limit) = source.limit
        {
            tell(&source.key, &source.steps, self.state.used, limit, &mut self.state.told, events);
        }
    }
}

/// The numbers that fair use has counted for a kind of usage, ascending.
pub(crate) fn correspondents(state: &mut MonthState, kind: UsageKind) -> &mut Vec<u64> {
    if kind == UsageKind::Voice { &mut state.called } else { &mut state.written_to }
}

/// Tells each threshold that was passed and not told before, in order (RAT-06).
fn tell(key: &MeterKey, steps: &[u8], used: i64, limit: i64, told: &mut u8, events: &mut SmallVec<[Event; 1]>) {
    for &percent in steps {
        if percent > *told && limit > 0 && i128::from(used) * 100 >= i128::from(limit) * i128::from(percent) {
            *told = percent;
            events.push(Event::Threshold { of: key.clone(), percent });
        }
    }
}

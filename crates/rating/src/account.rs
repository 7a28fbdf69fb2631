//! A line laid out for a month: what it may draw on, and its counters.

use crate::{
    Event, LineTerms, Meter, MeterKey, MonthState, PackAccount, Part, Placed, Refusal, SpendAccount,
    block::Block,
    ceiling::Ceiling,
    decide::decide,
    source::{CapLift, InForce, Source, Span, Standing},
};
use catalog::{Catalog, Cell, Guard, NumberClass, Version};
use smallvec::SmallVec;
use vocabulary::{Direction, LineId, Markup, Money, Month, Timestamp, UsageKind};

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
    pub(crate) notices: SmallVec<[Money; 1]>,
    /// What the customer pays in this month beside the catalogue's prices.
    pub(crate) markup: Markup,
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
        let terms = &*terms.in_month(month.0);
        let (standing, offer) = Standing::find(catalog, version, terms)?;
        let options = standing.options(terms, month)?;
        let lifts = |in_force: &InForce<'_>| {
            let span = in_force.span;
            in_force.option.lifts_cap.iter().map(move |&kind| CapLift { kind, span }).collect::<SmallVec<[CapLift; 1]>>()
        };
        let cap_lifts: SmallVec<[CapLift; 1]> = options.iter().flat_map(lifts).collect();
        let sources = standing.sources(offer, terms, (&options, &cap_lifts), month)?;
        let markup = markup_of(catalog, terms, month.0);
        let ceilings = standing.ceilings(terms, markup);
        let guard = version.families.get(standing.family).guard.unwrap_or_default().stricter(terms.guard).within(markup);
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
            markup,
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

    /// What each ceiling is and how far it is used: its counter, its limit without a raise and what was counted, amounts at the catalogue's prices.
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
        self.add_to_charged(usage, &rated.parts);
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

/// What a line's customer pays in a month that begins then.
fn markup_of(catalog: &Catalog, terms: &LineTerms, begins: Timestamp) -> Markup {
    if terms.markups.is_empty() {
        return Markup::NONE;
    }
    terms.markups.of(Month::containing(begins, &catalog.operator.time_zone))
}

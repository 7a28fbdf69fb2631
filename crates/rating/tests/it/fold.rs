//! The counters of a month, folded from its journal and the catalogue alone: what they must be, said a second time and without the
//! code that moves them.

use crate::month::{Counters, Entry, Rating};
use catalog::{Family, Measure, NumberClass, Version};
use rating::{
    Cause, ChargedGroup, Held, HeldOption, Hold, LineTerms, Meter, MeterKey, MonthState, PackState, Part, SpendPeriod,
    SpendState, Why, read_parts,
};
use std::collections::BTreeMap;
use vocabulary::{Direction, LineId, Money, Reach, UsageGroup, UsageKind};

/// Used and told, by name.
#[derive(Default)]
struct Meters(BTreeMap<String, (i64, u8)>);

impl Meters {
    fn add(&mut self, key: &str, more: i64) {
        let used = &mut self.0.entry(key.to_owned()).or_default().0;
        *used = used.saturating_add(more);
    }

    fn kept(self) -> Vec<Meter> {
        let moved = self.0.into_iter().filter(|(_, (used, told))| *used != 0 || *told != 0);
        let mut meters: Vec<Meter> = moved.map(|(key, (used, told))| Meter { key: key.as_str().into(), used, told }).collect();
        meters.sort_by(|a, b| a.key.cmp(&b.key));
        meters
    }
}

/// Where a usage of a line stands in the catalogue of its day.
struct Standing<'a> {
    version: &'static Version,
    terms: &'a LineTerms,
    entry: &'a Entry,
}

impl Standing<'_> {
    fn family_ix(&self) -> catalog::Ix<Family> {
        self.version.offers.get(self.version.offers.find(&self.terms.offer).unwrap()).family
    }

    fn family(&self) -> &Family {
        self.version.families.get(self.family_ix())
    }

    fn cell(&self) -> catalog::Cell {
        let placed = &self.entry.placed;
        self.version.cell(placed.kind, placed.direction, placed.from, placed.to)
    }

    /// What forbade it, as far as the network keeps to it.
    fn blocked_by(&self, month: &Rating) -> Option<&str> {
        let placed = &self.entry.placed;
        let held = |held: &&HeldOption| placed.start >= held.since && held.until.is_none_or(|until| placed.start < until);
        let options = self.terms.options.iter().filter(held);
        let options = options.map(|held| self.version.options.get(self.version.options.find(&held.option).unwrap()));
        let network = self.version.networks.find(&self.terms.network).unwrap();
        let blocked = self.version.blocked(self.family_ix(), options, (network, self.cell()));
        blocked.filter(|_| !placed.is_emergency(month.catalog))
    }

    /// Does an allowance of the plan remember whom the line reached?
    fn remembers(&self, key: &MeterKey) -> bool {
        let of_plan = key.as_str().strip_prefix("plan/");
        of_plan.and_then(|id| self.family().allowance(id)).is_some_and(|allowance| allowance.correspondents.is_some())
    }
}

/// What the journal says the counters are. What holds a service back is folded without its limit, and the latest messages are not.
pub(crate) fn fold(month: &Rating) -> Counters {
    let mut counters = Counters::default();
    for terms in &month.terms {
        let own: Vec<&Entry> = month.journal.iter().filter(|entry| entry.line == terms.id).collect();
        if !own.is_empty() {
            counters.lines.insert(terms.id, fold_line(month, terms, &own));
        }
    }
    let terms_of = |line: LineId| month.terms.iter().find(|terms| terms.id == line).unwrap();
    for entry in &month.journal {
        let terms = terms_of(entry.line);
        for pack in &terms.packs {
            let held = month.shared.packs.iter().find(|held| held.id == *pack).unwrap();
            fold_pack(month, &held.pack, (terms, entry), counters.packs.entry(*pack).or_default());
        }
        for spend in &terms.spends {
            let owner = month.shared.spends.iter().find(|(id, _)| id == spend).unwrap().1.owner;
            fold_spend(month, owner, entry, counters.spends.entry(*spend).or_default());
        }
    }
    counters
}

fn fold_line(month: &Rating, terms: &LineTerms, own: &[&Entry]) -> MonthState {
    let (mut meters, mut state) = (Meters::default(), MonthState::default());
    for &entry in own {
        let standing = Standing { version: month.catalog.version_at(entry.kept.started), terms, entry };
        if let Some(block) = standing.blocked_by(month) {
            meters.add(&format!("block/{block}"), 1);
        }
        for part in read_parts(&entry.parts).unwrap() {
            fold_part(month, &standing, &part, &mut meters, &mut state);
        }
        fold_totals(month, entry, &mut state);
        fold_charged(month, entry, &mut state);
        for event in &entry.events {
            fold_event(event, &mut meters);
        }
    }
    if terms.spend_caps.iter().any(|cap| cap.period == SpendPeriod::Month) {
        meters.add("spend/month", state.totals.out_of_bundle.micros());
    }
    meters
        .0
        .retain(|key, _| !key.starts_with("pack/") && !key.starts_with("spend/account/") && !key.starts_with("spend/customer/"));
    MonthState { meters: meters.kept(), ..state }
}

fn fold_part(month: &Rating, standing: &Standing<'_>, part: &Part, meters: &mut Meters, state: &mut MonthState) {
    let (placed, version) = (&standing.entry.placed, standing.version);
    match &part.why {
        Why::Emergency => {}
        Why::Allowance { meter, within, .. } => {
            meters.add(meter.as_str(), part.quantity);
            if let Some(whole) = within {
                meters.add(whole.0.as_str(), part.quantity);
            }
            if standing.remembers(meter) && placed.direction == Direction::Made && placed.correspondent != 0 {
                let known = if placed.kind == UsageKind::Voice { &mut state.called } else { &mut state.written_to };
                if !known.contains(&placed.correspondent) {
                    known.push(placed.correspondent);
                    known.sort_unstable();
                }
            }
        }
        Why::Charged { price, cause } => {
            let row = version.tariffs.prices.get(version.tariffs.prices.find(price).unwrap());
            let tiers = row.tiers.map(|tiers| version.tiers.get(tiers));
            if tiers.is_some() {
                meters.add(&format!("tiers/{price}"), part.counted);
            }
            if *cause == Cause::TooManyCorrespondents {
                meters.add(if placed.kind == UsageKind::Voice { "fair-use/voice" } else { "fair-use/sms" }, 1);
            }
            let guard = standing.family().guard.unwrap_or_default().stricter(standing.terms.guard);
            let is_call = placed.kind == UsageKind::Voice && placed.direction != Direction::Received;
            let dearest = tiers.and_then(|tiers| tiers.steps.iter().map(|step| step.amount).max()).unwrap_or(row.amount);
            if is_call && guard.forbids(row, dearest) {
                meters.add(&format!("guard/{price}"), 1);
            }
            let network = version.networks.find(&standing.terms.network).unwrap();
            for (ix, cutoff) in version.cutoffs.iter() {
                let is_the_line_s = cutoff.families.holds(standing.family_ix()) && cutoff.networks.holds(network);
                if is_the_line_s && cutoff.counts(&version.coverages, network, (placed.kind, placed.from, standing.cell())) {
                    let more = if cutoff.measure == Measure::Volume { part.quantity } else { part.price.micros() };
                    meters.add(&format!("cutoff/{}", version.cutoffs.id(ix)), more);
                }
            }
            if standing.terms.spend_caps.iter().any(|cap| cap.period == SpendPeriod::Day) {
                meters.add(&format!("spend/day/{}", day(month, standing.entry)), part.price.micros());
            }
        }
        Why::Slowed { meter } | Why::Stopped { meter } => {
            let how = if matches!(part.why, Why::Slowed { .. }) { Hold::Slowed } else { Hold::Stopped };
            let held = Held { by: meter.clone(), kind: placed.kind, how, limit: 0 };
            if !state.held_back.contains(&held) {
                state.held_back.push(held);
            }
        }
    }
}

/// The day of the month, where the operator is.
fn day(month: &Rating, entry: &Entry) -> i8 {
    entry.kept.started.to_local(&month.catalog.operator.time_zone).date().day()
}

fn fold_totals(month: &Rating, entry: &Entry, state: &mut MonthState) {
    let totals = &mut state.totals;
    totals.records += 1;
    totals.latest = totals.latest.max(entry.kept.started);
    totals.out_of_bundle = totals.out_of_bundle.checked_add(entry.price()).unwrap();
    let units = entry.kept.quantity.units();
    let is_special = matches!(entry.placed.class(month.catalog), Some(NumberClass::Special | NumberClass::Short));
    let sum = match entry.kept.kind {
        _ if entry.kept.direction == Direction::Received => return,
        UsageKind::Data => &mut totals.data_bytes,
        UsageKind::Voice if is_special => &mut totals.special_s,
        UsageKind::Voice => &mut totals.voice_s,
        UsageKind::Sms => &mut totals.sms,
        UsageKind::Mms => &mut totals.mms,
    };
    *sum = sum.saturating_add(units);
}

/// What a bill adds up: each record that cost something stands in one group.
fn fold_charged(month: &Rating, entry: &Entry, state: &mut MonthState) {
    let charged = read_parts(&entry.parts).unwrap().into_iter().filter(|part| matches!(part.why, Why::Charged { .. }));
    let charged: Vec<Part> = charged.filter(|part| !part.price.is_zero()).collect();
    let amount: Money = charged.iter().map(|part| part.price).sum();
    if amount.is_zero() {
        return;
    }
    let (placed, home) = (&entry.placed, month.catalog.operator.country);
    let is_special = matches!(placed.class(month.catalog), Some(NumberClass::Special | NumberClass::Short));
    let goes_abroad = month.catalog.world.destinations[placed.to.index()].country != home;
    let reach = match () {
        () if is_special => Reach::Special,
        () if placed.from_country != home => Reach::Roaming,
        () if goes_abroad && placed.kind != UsageKind::Data => Reach::Abroad,
        () => Reach::Home,
    };
    let group = UsageGroup { kind: placed.kind, reach };
    let mut groups: BTreeMap<UsageGroup, ChargedGroup> = state.charged.drain(..).map(|known| (known.group, known)).collect();
    let sum = groups.entry(group).or_insert(ChargedGroup { group, records: 0, units: 0, amount: Money::ZERO });
    sum.records += 1;
    sum.units += charged.iter().map(|part| part.quantity).sum::<i64>();
    sum.amount = sum.amount.checked_add(amount).unwrap();
    state.charged = groups.into_values().collect();
}

/// What was told is what the events say.
fn fold_event(event: &str, meters: &mut Meters) {
    let event: serde_json::Value = serde_json::from_str(event).unwrap();
    let of = event["of"].as_str().or_else(|| event["by"].as_str()).unwrap_or_default().to_owned();
    match event["event"].as_str().unwrap() {
        "threshold" => {
            let told = &mut meters.0.entry(of).or_default().1;
            *told = (*told).max(u8::try_from(event["percent"].as_u64().unwrap()).unwrap());
        }
        "out_of_bundle" => {
            let amount: Money = serde_json::from_value(event["amount"].clone()).unwrap();
            meters.0.insert(of, (amount.micros(), 0));
        }
        _ => {}
    }
}

fn fold_pack(month: &Rating, pack: &str, (terms, entry): (&LineTerms, &Entry), state: &mut PackState) {
    let version = month.catalog.version_at(month.bounds().0);
    let sold = version.packs.get(version.packs.find(pack).unwrap());
    let network = version.networks.find(&terms.network).unwrap();
    let standing = Standing { version, terms, entry };
    let covers =
        sold.kinds.contains(&entry.kept.kind) && version.coverages.names.get(sold.covers).holds(network, standing.cell());
    for part in read_parts(&entry.parts).unwrap() {
        match part.why {
            Why::Allowance { meter, .. } if meter == MeterKey::pack(pack) => {
                state.used = state.used.saturating_add(part.quantity)
            }
            // A pack is drawn last: what it covers and is charged came after its end.
            Why::Charged { .. } if covers => state.charged = state.charged.checked_add(part.price).unwrap(),
            _ => {}
        }
    }
    for event in &entry.events {
        let mut told = Meters::default();
        fold_event(event, &mut told);
        let (amount, percent) = told.0.get(MeterKey::pack(pack).as_str()).copied().unwrap_or_default();
        state.told = state.told.max(percent);
        state.charged_told = state.charged_told.max(Money::from_micros(amount));
    }
}

fn fold_spend(month: &Rating, owner: rating::SpendOwner, entry: &Entry, state: &mut SpendState) {
    let mut meters = Meters::default();
    for meter in state.meters.drain(..) {
        meters.0.insert(meter.key.as_str().to_owned(), (meter.used, meter.told));
    }
    let keys = [MeterKey::spend_month(Some(owner)), MeterKey::spend_day(Some(owner), day(month, entry))];
    for key in &keys {
        meters.add(key.as_str(), entry.price().micros());
    }
    let mut told = Meters::default();
    entry.events.iter().for_each(|event| fold_event(event, &mut told));
    for (key, (_, percent)) in told.0.into_iter().filter(|(key, _)| keys.iter().any(|own| own.as_str() == key)) {
        let known = &mut meters.0.entry(key).or_default().1;
        *known = (*known).max(percent);
    }
    state.meters = meters.kept();
}

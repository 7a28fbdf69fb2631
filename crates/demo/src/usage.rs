//! What the lines of an operator did on one day.

use crate::{
    allowed::Rights,
    dice::Dice,
    habits::Trip,
    model::{DemoLine, DemoOperator, LineState},
    parties::{Home, other_party, seconds},
};
use catalog::{Catalog, Service};
use compact_str::CompactString;
use jiff::{
    ToSpan,
    civil::{Date, time},
};
use vocabulary::{CountryCode, Direction, Month, Timestamp, UsageKind};

/// One call, message or data slice.
#[derive(Clone, Debug)]
pub(crate) struct Usage {
    /// The line's position among all of its operator.
    pub(crate) line: usize,
    /// Local seconds since midnight.
    pub(crate) second: u32,
    pub(crate) kind: UsageKind,
    pub(crate) direction: Direction,
    pub(crate) other: CompactString,
    /// Seconds, messages or bytes.
    pub(crate) quantity: u64,
    pub(crate) visited: Option<&'static str>,
    /// What tells it from all others.
    pub(crate) reference: u64,
}

/// Draws day after day; days are asked for in order, because a capped line stops where its month's data ends.
pub(crate) struct Life<'a> {
    catalog: &'a Catalog,
    today: Date,
    home: Home,
    pub(crate) lines: Vec<&'a DemoLine>,
    used_bytes: Vec<u64>,
    month: Option<Month>,
}

/// The day that is drawn, for one line.
struct Day<'a> {
    line: &'a DemoLine,
    position: usize,
    rights: Rights<'a>,
    date: Date,
    trip: Option<(&'a Trip, CountryCode)>,
    seed: u64,
}

impl<'a> Life<'a> {
    pub(crate) fn new(operator: &'a DemoOperator, catalog: &'a Catalog, today: Date) -> Self {
        let lines: Vec<_> = operator.customers.iter().flat_map(|customer| &customer.lines).collect();
        let home = if catalog.operator.country.as_str() == "BE" { Home::Belgium } else { Home::France };
        Self { catalog, today, home, used_bytes: vec![0; lines.len()], lines, month: None }
    }

    /// Everything of one day, in no order.
    pub(crate) fn day(&mut self, date: Date) -> Vec<Usage> {
        let month = Month::of(date);
        if self.month.replace(month) != Some(month) {
            self.used_bytes.fill(0);
        }
        let zone = &self.catalog.operator.time_zone;
        let noon = Timestamp::from_local(date.to_datetime(time(12, 0, 0, 0)), zone).unwrap_or_default();
        let mut all = Vec::new();
        for position in 0..self.lines.len() {
            let line = self.lines[position];
            let is_working = self.works(line, date, noon);
            let Some(rights) = is_working.then(|| Rights::of(self.catalog, line, noon)).flatten() else { continue };
            let day_number = date.since(jiff::civil::date(2000, 1, 1)).map_or(0, |span| span.get_days().unsigned_abs());
            let trip = line.habits.trip(date);
            let trip = trip.and_then(|trip| Some((trip, self.catalog.world.country_of_network(trip.network)?)));
            let seed = Dice::named(&line.number).next();
            let dice = &mut Dice::of(&[seed, u64::from(day_number)]);
            let day = Day { line, position, rights, date, trip, seed };
            let before = all.len();
            self.draw_data(dice, &day, &mut all);
            self.draw_calls(dice, &day, &mut all);
            self.draw_messages(dice, &day, &mut all);
            for (number, usage) in all[before..].iter_mut().enumerate() {
                usage.reference = Dice::of(&[seed, u64::from(day_number), number as u64]).next() >> 16;
            }
        }
        all
    }

    fn works(&self, line: &DemoLine, date: Date, noon: Timestamp) -> bool {
        const SUSPENDED_FOR_DAYS: i64 = 9;
        let began = line.started.is_some_and(|started| started.plus_seconds(86_400) < noon);
        let goes_on = line.ended.is_none_or(|ended| noon.plus_seconds(86_400) < ended);
        let is_suspended = line.state == LineState::Suspended && date >= self.today - SUSPENDED_FOR_DAYS.days();
        began && goes_on && !is_suspended
    }

    fn draw_data(&mut self, dice: &mut Dice, day: &Day<'_>, all: &mut Vec<Usage>) {
        let habits = &day.line.habits;
        if !matches!(day.line.service, Service::Mobile | Service::Data | Service::M2m) {
            return;
        }
        let country = day.trip.map(|(_, country)| country);
        if !day.rights.allow(UsageKind::Data, Direction::Made, country, "") {
            return;
        }
        let busy = habits.rhythm.of_day(day.date);
        let (slices, bytes) = match (day.trip, habits.reaches) {
            (Some((trip, _)), _) => (dice.count(1_600), trip.daily_bytes / 2),
            (None, Some(percent)) => (1, self.even_bytes(day, percent)),
            (None, None) => (dice.count(habits.slices * busy / 100), habits.monthly_bytes * 33 / habits.slices.max(1)),
        };
        let month = Month::of(day.date);
        let zone = &self.catalog.operator.time_zone;
        let stops_at = day.rights.stops_at(|at| Month::containing(at, zone) == month);
        for _ in 0..slices {
            let is_even = habits.reaches.is_some() && day.trip.is_none();
            let quantity = if is_even { bytes * (850 + dice.below(301)) / 1_000 } else { dice.heavy(bytes) };
            let second = habits.rhythm.second(dice);
            // A network that was told to stop lets the slice end that crosses the end, and begins no other.
            if stops_at.is_some_and(|end| self.used_bytes[day.position] >= end) && day.trip.is_none() {
                break;
            }
            if day.trip.is_none() {
                self.used_bytes[day.position] += quantity;
            }
            all.push(day.usage(UsageKind::Data, Direction::Made, CompactString::default(), (second, quantity.max(1))));
        }
    }

    /// Bytes a day of a line that reaches a share of what its plan includes, in each month and by yesterday.
    fn even_bytes(&self, day: &Day<'_>, percent: u64) -> u64 {
        let month = Month::of(day.date);
        let is_current = month == Month::of(self.today);
        let days = if is_current { i64::from(self.today.day()) - 1 } else { i64::from(month.days()) };
        let version = self.catalog.versions().last();
        let offer = version.and_then(|version| version.offers.find(&day.line.offer).map(|ix| version.offers.get(ix)));
        let included = offer.and_then(|offer| offer.quantity("data")).map(|quantity| quantity.units().unsigned_abs());
        let monthly = included.unwrap_or(day.line.habits.monthly_bytes);
        monthly / days.max(1).unsigned_abs() * percent / 100
    }

    fn draw_calls(&self, dice: &mut Dice, day: &Day<'_>, all: &mut Vec<Usage>) {
        let habits = &day.line.habits;
        let calls = dice.count(habits.calls * habits.rhythm.of_day(day.date) / 100);
        for _ in 0..calls {
            let is_made = dice.happens(if day.line.service == Service::Fixed { 560 } else { 640 });
            let (direction, other) = self.other(dice, day, is_made);
            let at = (habits.rhythm.second(dice), seconds(dice, habits.rhythm));
            self.push_allowed(day, (UsageKind::Voice, direction, other), at, all);
        }
    }

    fn draw_messages(&self, dice: &mut Dice, day: &Day<'_>, all: &mut Vec<Usage>) {
        const MMS_PERMILLE: u64 = 45;
        let habits = &day.line.habits;
        let messages = dice.count(habits.messages * habits.rhythm.of_day(day.date) / 100);
        for _ in 0..messages {
            let kind = if dice.happens(MMS_PERMILLE) { UsageKind::Mms } else { UsageKind::Sms };
            let is_made = dice.happens(560);
            let (direction, other) = self.other(dice, day, is_made);
            let at = (habits.rhythm.second(dice), 1);
            // A message goes to a person: what is short or special is for calls.
            if other.len() >= 9 && !other.starts_with("08") {
                self.push_allowed(day, (kind, direction, other), at, all);
            }
        }
    }

    fn other(&self, dice: &mut Dice, day: &Day<'_>, is_made: bool) -> (Direction, CompactString) {
        let abroad = if day.trip.is_some() { day.line.habits.abroad.max(120) } else { day.line.habits.abroad };
        if is_made {
            let other = other_party(dice, self.home, day.seed, abroad);
            // What a line bars, its network does not put through.
            let is_barred = day.line.options.iter().any(|(option, ..)| option == "sva-off") && other.starts_with("08");
            let other = if is_barred { crate::parties::at_home(dice, self.home) } else { other };
            (Direction::Made, other)
        } else {
            (Direction::Received, crate::parties::at_home(&mut Dice::of(&[day.seed, dice.below(20)]), self.home))
        }
    }

    fn push_allowed(
        &self,
        day: &Day<'_>,
        (kind, direction, other): (UsageKind, Direction, CompactString),
        at: (u32, u64),
        all: &mut Vec<Usage>,
    ) {
        if day.rights.allow(kind, direction, day.trip.map(|(_, country)| country), &other) {
            all.push(day.usage(kind, direction, other, at));
        }
    }
}

impl Day<'_> {
    fn usage(&self, kind: UsageKind, direction: Direction, other: CompactString, (second, quantity): (u32, u64)) -> Usage {
        let visited = self.trip.map(|(trip, _)| trip.network);
        Usage { line: self.position, second, kind, direction, other, quantity, visited, reference: 0 }
    }
}

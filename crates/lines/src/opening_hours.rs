//! When a network will do what it is asked for (MOB-63, MOB-64): its opening hours, the working days that have to pass before, and public
//! holidays, by the operator's time zone. What the hours are is the catalogue's.

use crate::Ground;
use catalog::{Network, OpeningHours, Work};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use vocabulary::Timestamp;

/// How far ahead an open hour is looked for: no network is closed for longer.
const DAYS_AHEAD: i64 = 120;

/// From when on a network does a kind of work that is asked for at `asked`: at once while it is open, else at its next opening after the
/// working days that it needs. `None` where it never opens.
pub fn opens(ground: &Ground<'_>, network: &Network, work: Work, asked: Timestamp) -> Option<Timestamp> {
    let mut hours = network.hours_of(work).peekable();
    if hours.peek().is_none() {
        return Some(asked);
    }
    hours.filter_map(|hours| first_open(ground, hours, asked)).min()
}

/// From when on a network that is asked at `asked` does a kind of work whose working days ahead have passed: at once while it is open.
pub fn opens_without_lead(ground: &Ground<'_>, network: &Network, work: Work, asked: Timestamp) -> Option<Timestamp> {
    let mut hours = network.hours_of(work).peekable();
    if hours.peek().is_none() {
        return Some(asked);
    }
    hours.filter_map(|hours| slot(ground, hours, asked).map(|(opens, _)| opens.max(asked))).min()
}

/// The first open hour of a day, where it has one.
pub fn opens_on(ground: &Ground<'_>, network: &Network, work: Work, day: Date) -> Option<Timestamp> {
    let opens = opens_without_lead(ground, network, work, instant(ground, day.at(0, 0, 0, 0)))?;
    (opens.to_local(ground.zone()).date() == day).then_some(opens)
}

/// By when it promises to be done what begins at `begins`: so many seconds of open hours later; `None` where nothing is promised (MOB-63).
pub fn promised(ground: &Ground<'_>, network: &Network, work: Work, begins: Timestamp) -> Option<Timestamp> {
    let hours = network.hours_of(work).find(|hours| hours.within_s.is_some())?;
    let mut left = hours.within_s?;
    let mut at = begins;
    loop {
        let (opens, closes) = slot(ground, hours, at)?;
        let start = at.max(opens);
        let open_s = closes.seconds_since(start);
        if open_s >= left {
            return Some(start.plus_seconds(left));
        }
        left -= open_s;
        at = closes;
    }
}

/// The first day on which a network can do a kind of work that is asked for at `asked`, by local days: what a person may choose from.
pub fn first_day(ground: &Ground<'_>, network: &Network, work: Work, asked: Timestamp) -> Option<Date> {
    opens(ground, network, work, asked).map(|at| at.to_local(ground.zone()).date())
}

fn first_open(ground: &Ground<'_>, hours: &OpeningHours, asked: Timestamp) -> Option<Timestamp> {
    let asked_on = asked.to_local(ground.zone()).date();
    let earliest = match hours.lead_days {
        0 => asked,
        days => instant(ground, ground.holidays().after_working_days(asked_on, days).at(0, 0, 0, 0)),
    };
    slot(ground, hours, earliest).map(|(opens, _)| opens.max(earliest))
}

/// The open hours that hold an instant, or the next ones after it: from, to.
fn slot(ground: &Ground<'_>, hours: &OpeningHours, at: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let first = at.to_local(ground.zone()).date();
    let days = (0..DAYS_AHEAD).map(|ahead| first.saturating_add(ahead.days()));
    days.filter(|day| is_open_on(ground, hours, *day)).map(|day| span(ground, hours, day)).find(|(_, closes)| *closes > at)
}

fn is_open_on(ground: &Ground<'_>, hours: &OpeningHours, day: Date) -> bool {
    hours.days.hold(day.weekday().to_monday_one_offset()) && (hours.public_holidays || ground.holidays().on(day).is_none())
}

fn span(ground: &Ground<'_>, hours: &OpeningHours, day: Date) -> (Timestamp, Timestamp) {
    let closing_day = if hours.to == Time::midnight() { day.saturating_add(1.days()) } else { day };
    (instant(ground, day.to_datetime(hours.from)), instant(ground, closing_day.to_datetime(hours.to)))
}

/// The instant of a local time; of one that the clocks skip, the first after the gap.
fn instant(ground: &Ground<'_>, local: DateTime) -> Timestamp {
    let ambiguous = ground.zone().to_ambiguous_timestamp(local);
    ambiguous.compatible().map_or(ground.now, Timestamp::from)
}

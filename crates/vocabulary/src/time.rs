//! Instants, months and the clock.

use jiff::{
    civil,
    tz::{AmbiguousOffset, TimeZone},
};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// An instant: microseconds since 1970 in UTC. The same integer stands in both databases, so that it sorts and compares there too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// Why a text or a number is no instant.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TimestampError {
    /// Outside the years -9999 to 9999.
    #[error("instant of {0} microseconds is outside the calendar")]
    OutOfRange(i64),
    /// A local time that the clocks skipped in spring.
    #[error("local time {0} does not exist: the clocks went forward over it")]
    InGap(civil::DateTime),
}

impl Timestamp {
    /// The beginning of 1970: before any usage.
    pub const EPOCH: Timestamp = Timestamp(0);

    /// From microseconds since 1970 in UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// In microseconds since 1970 in UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This instant, so many seconds later (or earlier).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Seconds from `earlier` to this, rounded down.
    pub const fn seconds_since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1_000_000)
    }

    /// The instant of a local time in a zone. Of a time that the clocks pass twice in autumn, the first.
    ///
    /// # Errors
    /// When the clocks skipped that time in spring, or it is outside the calendar.
    pub fn from_local(local: civil::DateTime, zone: &TimeZone) -> Result<Self, TimestampError> {
        let ambiguous = zone.to_ambiguous_timestamp(local);
        if matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
            return Err(TimestampError::InGap(local));
        }
        ambiguous.earlier().map(Self::from).map_err(|_| TimestampError::OutOfRange(i64::MAX))
    }

    /// The local time of this instant in a zone.
    ///
    /// # Panics
    /// Outside the calendar, which [`Timestamp::from_local`] and [`TryFrom`] do not let through.
    pub fn to_local(self, zone: &TimeZone) -> civil::DateTime {
        let instant = jiff::Timestamp::from_microsecond(self.0).expect("an instant of the calendar");
        zone.to_datetime(instant)
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.as_microsecond())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(instant) => instant.fmt(f),
            Err(_) => write!(f, "{} µs", self.0),
        }
    }
}

/// A month of the calendar of an operator's time zone, written `2026-11`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(i32);

/// Why a text or number is no month.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("month `{0}` is not written as `2026-11`")]
pub struct MonthError(String);

impl Month {
    /// The month of a day.
    pub fn of(day: civil::Date) -> Self {
        Self(i32::from(day.year()) * 100 + i32::from(day.month()))
    }

    /// The month that an instant falls into, in a zone.
    pub fn containing(instant: Timestamp, zone: &TimeZone) -> Self {
        Self::of(instant.to_local(zone).date())
    }

    /// From its number in tables: 202611.
    ///
    /// # Errors
    /// When the last two digits are not 01 to 12 or the year not 1970 to 9998.
    pub fn from_number(number: i32) -> Result<Self, MonthError> {
        if (1970..=9998).contains(&(number / 100)) && (1..=12).contains(&(number % 100)) {
            Ok(Self(number))
        } else {
            Err(MonthError(number.to_string()))
        }
    }

    /// Its number in tables: 202611.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Its first day.
    pub fn first_day(self) -> civil::Date {
        let year = i16::try_from(self.0 / 100).expect("a year of four digits");
        let month = i8::try_from(self.0 % 100).expect("a month of two digits");
        civil::Date::new(year, month, 1).expect("a month has a first day")
    }

    /// How many days it has.
    pub fn days(self) -> i8 {
        self.first_day().days_in_month()
    }

    /// The month after.
    pub fn next(self) -> Self {
        if self.0 % 100 == 12 { Self(self.0 + 89) } else { Self(self.0 + 1) }
    }

    /// The month before.
    pub fn previous(self) -> Self {
        if self.0 % 100 == 1 { Self(self.0 - 89) } else { Self(self.0 - 1) }
    }

    /// Its first instant in a zone; the next month's is its end.
    pub fn start(self, zone: &TimeZone) -> Timestamp {
        let midnight = self.first_day().to_datetime(civil::Time::midnight());
        // Where midnight itself is skipped, the day begins with the first instant after the gap.
        zone.to_ambiguous_timestamp(midnight).compatible().map_or(Timestamp::EPOCH, Timestamp::from)
    }
}

impl FromStr for Month {
    type Err = MonthError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || MonthError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(error)?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(error());
        }
        let number = |part: &str| part.parse::<i32>().map_err(|_| error());
        Self::from_number(number(year)? * 100 + number(month)?).map_err(|_| error())
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What time it is, for those who may know: operations and the portal, never a decider. A test holds the hands of it.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `instant` until it is [set](Clock::set).
    pub fn held_at(instant: Timestamp) -> Self {
        Self(Source::Held(Arc::new(AtomicI64::new(instant.micros()))))
    }

    /// Moves a held clock, and every clone of it, to `instant`; the machine's clock is left alone.
    pub fn set(&self, instant: Timestamp) {
        if let Source::Held(hands) = &self.0 {
            hands.store(instant.micros(), Ordering::SeqCst);
        }
    }

    /// The instant now.
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => jiff::Timestamp::now().into(),
            Source::Held(hands) => Timestamp(hands.load(Ordering::SeqCst)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    #[test]
    fn a_month_begins_at_local_midnight() {
        let november: Month = "2026-11".parse().unwrap();
        assert_eq!(november.start(&paris()).to_string(), "2026-10-31T23:00:00Z");
        assert_eq!(Month::containing(november.start(&paris()), &paris()), november);
        assert_eq!(november.next().next().to_string(), "2027-01");
        assert_eq!("2026-01".parse::<Month>().unwrap().previous().to_string(), "2025-12");
        for bad in ["2026-13", "2026-00", "26-11", "2026/11", "2026-1", ""] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_local_time_in_the_spring_gap_is_refused_and_the_autumn_fold_is_its_first_pass() {
        let gap = civil::date(2026, 3, 29).at(2, 30, 0, 0);
        assert!(matches!(Timestamp::from_local(gap, &paris()), Err(TimestampError::InGap(_))));
        let fold = civil::date(2026, 10, 25).at(2, 30, 0, 0);
        assert_eq!(Timestamp::from_local(fold, &paris()).unwrap().to_string(), "2026-10-25T00:30:00Z");
    }
}

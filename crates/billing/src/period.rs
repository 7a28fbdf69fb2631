//! Months and days of a bill, by the calendar of the operator's zone.

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use vocabulary::{Cents, Money, Month, Rounding, Timestamp, div_round};

/// The days of a month that something was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub first: Date,
    /// Still in it.
    pub last: Date,
}

impl Days {
    /// All days of a month.
    pub(crate) fn of(month: Month) -> Days {
        Days { first: month.first_day(), last: month.first_day().last_of_month() }
    }

    /// The days of a month on which something was there that began at `since` and, if it did, ended before `until`. A day begun counts; nothing
    /// was there that ended when it began.
    pub(crate) fn within(month: Month, (since, until): (Timestamp, Option<Timestamp>), zone: &TimeZone) -> Option<Days> {
        if until.is_some_and(|until| until <= since) {
            return None;
        }
        let all = Days::of(month);
        let first = since.to_local(zone).date().max(all.first);
        // What ends at midnight was not there on the day that begins then.
        let last = until.map(|until| Timestamp::from_micros(until.micros() - 1).to_local(zone).date());
        let last = last.unwrap_or(all.last).min(all.last);
        (first <= last).then_some(Days { first, last })
    }

    /// How many.
    pub(crate) fn count(self) -> i64 {
        i64::from(self.first.until(self.last).map_or(0, |span| span.get_days())) + 1
    }

    /// Those before a day, and it and those after it.
    pub(crate) fn split_at(self, day: Date) -> (Days, Days) {
        (Days { last: day.saturating_sub(1.days()), ..self }, Days { first: day, ..self })
    }
}

/// So many of so many days of a price, to the cent, rounded once.
pub(crate) fn by_days(price: Money, days: i64, of: i64) -> Cents {
    let exact = i128::from(price.micros()) * i128::from(days);
    let cents = div_round(exact, i128::from(of) * 10_000, Rounding::HalfAwayFromZero);
    Cents::new(i64::try_from(cents).expect("a part is less than the whole"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> TimeZone {
        TimeZone::get("Europe/Paris").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_local(text.parse().unwrap(), &paris()).unwrap()
    }

    /// BIL-01: a month in which something begins counts by days, by the calendar of the zone.
    #[test]
    fn days_are_those_of_the_calendar() {
        let days = |month: &str, since: &str, until: Option<&str>| {
            let within = Days::within(month.parse().unwrap(), (at(since), until.map(at)), &paris());
            within.map(|days| (days.first.day(), days.last.day(), days.count()))
        };
        assert_eq!(days("2026-11", "2026-11-12T10:00", None), Some((12, 30, 19)));
        assert_eq!(days("2026-11", "2026-11-12T10:00", Some("2026-11-12T10:01")), Some((12, 12, 1)), "the same day");
        assert_eq!(days("2026-11", "2026-11-12T10:00", Some("2026-11-12T10:00")), None, "at once");
        assert_eq!(
            days("2026-11", "2026-10-31T23:59", Some("2026-11-20T00:00")),
            Some((1, 19, 19)),
            "midnight ends the day before"
        );
        assert_eq!(days("2028-02", "2028-02-29T12:00", None), Some((29, 29, 1)), "the 29th of February");
        assert_eq!(days("2026-10", "2026-10-25T02:30", Some("2026-10-25T03:00")), Some((25, 25, 1)), "the hour that comes twice");
        assert_eq!(days("2026-11", "2026-12-01T00:00", None), None);
        assert_eq!(days("2026-11", "2026-10-01T00:00", Some("2026-11-01T00:00")), None);
    }

    /// BIL-01: a part of a month is rounded once, to the cent.
    #[test]
    fn a_part_of_a_month_is_rounded_once() {
        let price: Money = "10.50".parse().unwrap();
        assert_eq!(by_days(price, 19, 30), Cents::new(665));
        assert_eq!(by_days(price, 30, 30), Cents::new(1050));
        assert_eq!(by_days("0.60".parse().unwrap(), 1, 31), Cents::new(2), "0.01935");
        // In millionths first it would be 0.005000, and then a cent.
        assert_eq!(by_days(Money::from_micros(9_999), 1, 2), Cents::ZERO);
    }
}

//! Days, months and instants in words.

use super::Locale;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{MD, MDET, MDT, YM, YMD, YMDET},
    input::{DateTime, Time},
    options::{TimePrecision, YearStyle},
};
use jiff::{civil, tz::TimeZone};
use vocabulary::{Month, Timestamp};

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// The writings of dates that the pages use.
pub(super) struct DateFormatters {
    long_day: Formatter<YMD>,
    short_day: Formatter<YMD>,
    day_of_month: Formatter<MD>,
    month: Formatter<YM>,
    moment: Formatter<MDET>,
    row_moment: Formatter<MDT>,
    full_moment: Formatter<YMDET>,
}

impl DateFormatters {
    pub(super) fn of(tag: &icu_locale_core::Locale) -> Self {
        let compiled = "the four languages are compiled in";
        Self {
            long_day: Formatter::try_new(tag.into(), YMD::long()).expect(compiled),
            short_day: Formatter::try_new(tag.into(), YMD::short().with_year_style(YearStyle::Full)).expect(compiled),
            day_of_month: Formatter::try_new(tag.into(), MD::medium()).expect(compiled),
            month: Formatter::try_new(tag.into(), YM::long()).expect(compiled),
            moment: Formatter::try_new(tag.into(), MDET::medium().with_time_precision(TimePrecision::Minute)).expect(compiled),
            row_moment: Formatter::try_new(tag.into(), MDT::medium().with_time_precision(TimePrecision::Second)).expect(compiled),
            full_moment: Formatter::try_new(tag.into(), YMDET::long().with_time_precision(TimePrecision::Second))
                .expect(compiled),
        }
    }
}

impl Locale {
    /// A day in full: `21 novembre 2026`.
    pub fn long_day(self, day: civil::Date) -> String {
        let text = self.formatters().dates.long_day.format(&gregorian(day)).to_string();
        // French counts the first day of a month as an ordinal, which CLDR's pattern cannot say.
        match text.strip_prefix("1 ") {
            Some(rest) if self == Self::French => format!("1er {rest}"),
            _ => text,
        }
    }

    /// A day in figures, for the columns of a table: `21/11/2026`.
    pub fn short_day(self, day: civil::Date) -> String {
        self.formatters().dates.short_day.format(&gregorian(day)).to_string()
    }

    /// A day without its year: `21 nov.`.
    pub fn day_of_month(self, day: civil::Date) -> String {
        self.formatters().dates.day_of_month.format(&gregorian(day)).to_string()
    }

    /// A month: `novembre 2026`.
    pub fn month(self, month: Month) -> String {
        self.formatters().dates.month.format(&gregorian(month.first_day())).to_string()
    }

    /// An instant of this year as people say it: `sam. 21 nov., 14:32`.
    pub fn moment(self, instant: Timestamp, zone: &TimeZone) -> String {
        self.formatters().dates.moment.format(&local(instant, zone)).to_string()
    }

    /// An instant of a month that is named elsewhere, to the second: `21 nov., 14:32:05`.
    pub fn row_moment(self, instant: Timestamp, zone: &TimeZone) -> String {
        self.formatters().dates.row_moment.format(&local(instant, zone)).to_string()
    }

    /// An instant with everything: `samedi 21 novembre 2026 à 14:32:05`.
    pub fn full_moment(self, instant: Timestamp, zone: &TimeZone) -> String {
        self.formatters().dates.full_moment.format(&local(instant, zone)).to_string()
    }
}

fn gregorian(day: civil::Date) -> Date<Gregorian> {
    let (month, day_of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    Date::try_new_gregorian(day.year().into(), month, day_of_month).expect("a day of one calendar is one of the other")
}

fn local(instant: Timestamp, zone: &TimeZone) -> DateTime<Gregorian> {
    let local = instant.to_local(zone);
    let [hour, minute, second] = [local.hour(), local.minute(), local.second()].map(i8::unsigned_abs);
    let time = Time::try_new(hour, minute, second, 0).expect("a time of day is one everywhere");
    DateTime { date: gregorian(local.date()), time }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-08: dates by the rules of each language.
    #[test]
    fn days_and_months_stand_as_each_language_writes_them() {
        let day = civil::date(2026, 11, 21);
        assert_eq!(
            Locale::ALL.map(|locale| locale.long_day(day)),
            ["21 novembre 2026", "21 november 2026", "21. November 2026", "21 November 2026"]
        );
        assert_eq!(
            Locale::ALL.map(|locale| locale.month(Month::of(day))),
            ["novembre 2026", "november 2026", "November 2026", "November 2026"]
        );
        assert_eq!(Locale::French.short_day(day), "21/11/2026");
        assert_eq!(Locale::German.short_day(day), "21.11.2026");
        assert_eq!(Locale::Dutch.short_day(day), "21/11/2026");
        assert_eq!(Locale::French.long_day(civil::date(2026, 10, 1)), "1er octobre 2026");
        assert_eq!(Locale::English.long_day(civil::date(2026, 10, 1)), "1 October 2026");
    }

    #[test]
    fn an_instant_is_told_in_the_operators_zone() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let instant = Timestamp::from_local(civil::date(2026, 11, 21).at(14, 32, 5, 0), &zone).unwrap();
        assert_eq!(Locale::French.moment(instant, &zone), "sam. 21 nov., 14:32");
        assert_eq!(Locale::English.moment(instant, &zone), "Sat 21 Nov, 14:32");
        assert_eq!(Locale::French.row_moment(instant, &zone), "21 nov., 14:32:05");
        assert_eq!(Locale::French.full_moment(instant, &zone), "samedi 21 novembre 2026 à 14:32:05");
    }
}

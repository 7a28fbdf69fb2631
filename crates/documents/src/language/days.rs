//! Days, months and periods as a language writes them.

use super::Language;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{M, MD, YM, YMD},
    options::YearStyle,
};
use jiff::civil;
use vocabulary::Month;

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

pub(super) struct DayFormatters {
    long: Formatter<YMD>,
    short: Formatter<YMD>,
    without_year: Formatter<MD>,
    month: Formatter<YM>,
    month_name: Formatter<M>,
}

impl DayFormatters {
    pub(super) fn of(tag: &icu_locale_core::Locale) -> Self {
        let compiled = "the four languages are compiled in";
        Self {
            long: Formatter::try_new(tag.into(), YMD::long()).expect(compiled),
            // With all four figures of the year, which German would leave at two.
            short: Formatter::try_new(tag.into(), YMD::short().with_year_style(YearStyle::Full)).expect(compiled),
            without_year: Formatter::try_new(tag.into(), MD::short()).expect(compiled),
            month: Formatter::try_new(tag.into(), YM::long()).expect(compiled),
            month_name: Formatter::try_new(tag.into(), M::medium()).expect(compiled),
        }
    }
}

impl Language {
    /// A day in full: `21 novembre 2026`.
    pub(crate) fn long_day(self, day: civil::Date) -> String {
        let text = self.formatters().days.long.format(&gregorian(day)).to_string();
        // French counts the first day of a month as an ordinal, which CLDR's pattern cannot say.
        match text.strip_prefix("1 ") {
            Some(rest) if self == Self::French => format!("1er {rest}"),
            _ => text,
        }
    }

    /// A day in figures: `21/11/2026`.
    pub(crate) fn short_day(self, day: civil::Date) -> String {
        self.formatters().days.short.format(&gregorian(day)).to_string()
    }

    /// A month: `novembre 2026`.
    pub(crate) fn month(self, month: Month) -> String {
        self.formatters().days.month.format(&gregorian(month.first_day())).to_string()
    }

    /// A month by its short name, for an axis: `nov.`.
    pub(crate) fn month_name(self, month: Month) -> String {
        self.formatters().days.month_name.format(&gregorian(month.first_day())).to_string()
    }

    /// From a day to another, both in it: `novembre 2026`, `12/11 – 30/11/2026`.
    pub(crate) fn period(self, from: civil::Date, to: civil::Date) -> String {
        let month = Month::of(from);
        if from == to {
            self.short_day(from)
        } else if from == month.first_day()
            && to.checked_add(jiff::Span::new().days(1)).is_ok_and(|after| after == month.next().first_day())
        {
            self.month(month)
        } else if from.year() == to.year() {
            let from = self.formatters().days.without_year.format(&gregorian(from)).to_string();
            format!("{from} – {}", self.short_day(to))
        } else {
            format!("{} – {}", self.short_day(from), self.short_day(to))
        }
    }
}

fn gregorian(day: civil::Date) -> Date<Gregorian> {
    let (month, day_of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    Date::try_new_gregorian(day.year().into(), month, day_of_month).expect("a day of one calendar is one of the other")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIL-04: days and periods stand as the invoice's language writes them.
    #[test]
    fn days_and_periods_stand_as_each_language_writes_them() {
        let (first, middle, last) = (civil::date(2026, 11, 1), civil::date(2026, 11, 12), civil::date(2026, 11, 30));
        assert_eq!(Language::French.long_day(first), "1er novembre 2026");
        assert_eq!(Language::German.long_day(middle), "12. November 2026");
        assert_eq!(
            Language::ALL.map(|language| language.period(first, last)),
            ["novembre 2026", "november 2026", "November 2026", "November 2026"]
        );
        assert_eq!(
            Language::ALL.map(|language| language.period(middle, last)),
            ["12/11 – 30/11/2026", "12-11 – 30-11-2026", "12.11. – 30.11.2026", "12/11 – 30/11/2026"]
        );
        assert_eq!(Language::French.period(first, first), "01/11/2026");
        assert_eq!(Language::ALL.map(|language| language.month_name(Month::of(first))), ["nov.", "nov", "Nov", "Nov"]);
    }
}

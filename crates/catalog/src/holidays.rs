//! Public holidays by country and region, some of which move with Easter, and the working days between them.

use crate::{fault::FaultLog, files::CatalogFiles, table::read_rows, words::Words};
use jiff::{ToSpan, civil::Date};
use std::str::FromStr;

/// The calendar that banks keep among each other, whatever their country (TARGET).
const BANKS: &str = "target";

/// The public holidays of one calendar of `world/holidays.csv`.
#[derive(Clone, Debug, Default)]
pub struct Holidays(Vec<Holiday>);

/// A public holiday of every year.
#[derive(Clone, Debug)]
pub struct Holiday {
    /// What people call it.
    pub name: Words,
    /// On which day it falls.
    pub rule: HolidayRule,
}

/// On which day of a year a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayRule {
    /// On the same day each year: month and day.
    Fixed(i8, i8),
    /// So many days after Easter Sunday, or before it.
    Easter(i16),
}

impl HolidayRule {
    /// Its day of a year; `None` outside the calendar.
    pub fn day_of(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
        }
    }
}

impl FromStr for HolidayRule {
    type Err = String;
    /// Reads `05-01`, `easter`, `easter+39` and `easter-2`.
    fn from_str(text: &str) -> Result<Self, String> {
        let error = || format!("`{text}` is neither a day such as `05-01` nor one such as `easter+39`");
        if let Some(days) = text.strip_prefix("easter") {
            let days = if days.is_empty() { Some(0) } else { days.parse::<i16>().ok() };
            // Beyond that a holiday would leave the year.
            return days.filter(|days| (-80..=240).contains(days)).map(Self::Easter).ok_or_else(error);
        }
        let (month, day) = text.split_once('-').ok_or_else(error)?;
        let (month, day) = (month.parse().map_err(|_| error())?, day.parse().map_err(|_| error())?);
        // The 29th of February is not there each year.
        Date::new(2001, month, day).map_err(|_| error())?;
        Ok(Self::Fixed(month, day))
    }
}

/// Easter Sunday of a Gregorian year (the anonymous computus of Nature, 1876, as J. Meeus gives it in "Astronomical Algorithms", ch. 8).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    Date::new(i16::try_from(year).ok()?, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}

impl Holidays {
    /// A calendar that stands in no file.
    pub const fn new(holidays: Vec<Holiday>) -> Self {
        Self(holidays)
    }

    /// Of two calendars: the one that an operator names, and the one by which banks settle.
    pub(crate) fn read(files: &CatalogFiles, operators: &str, log: &FaultLog) -> [Holidays; 2] {
        const FILE: &str = "world/holidays.csv";
        const LANGUAGES: [&str; 4] = ["fr", "nl", "de", "en"];
        let asked = [(operators, "an operator's `holidays` names"), (BANKS, "banks settle by")];
        let mut calendars = [const { Holidays(Vec::new()) }; 2];
        let Some(text) = files.expect(FILE, log) else { return calendars };
        for row in read_rows(FILE, text, &["calendars", "day", "fr", "nl", "de", "en"], log) {
            row.required("day");
            let Some(rule) = row.parsed::<HolidayRule>("day") else { continue };
            let name = Words::by_language(LANGUAGES.map(|l| (l.to_owned(), row.required(l).to_owned())));
            let kept_by = row.several("calendars");
            for (holidays, (calendar, _)) in calendars.iter_mut().zip(asked) {
                if kept_by.as_ref().is_none_or(|calendars| calendars.contains(&calendar)) {
                    holidays.0.push(Holiday { name: name.clone(), rule });
                }
            }
        }
        for (holidays, (calendar, who)) in calendars.iter().zip(asked) {
            if holidays.0.is_empty() {
                log.add_to_file(FILE, format!("has no day of calendar `{calendar}`, which {who}"));
            }
        }
        calendars
    }

    /// The holidays of a year, in the order of their file.
    pub fn of_year(&self, year: i16) -> impl Iterator<Item = (Date, &Words)> {
        self.0.iter().filter_map(move |holiday| Some((holiday.rule.day_of(year)?, &holiday.name)))
    }

    /// The holiday on a day.
    pub fn on(&self, day: Date) -> Option<&Words> {
        self.of_year(day.year()).find(|(date, _)| *date == day).map(|(_, name)| name)
    }

    /// Is it a Monday to Friday that is no holiday?
    pub fn is_working_day(&self, day: Date) -> bool {
        day.weekday().to_monday_one_offset() <= 5 && self.on(day).is_none()
    }

    /// The first day after which so many working days have begun since `day`: 0 is the day itself, 1 the next working day.
    pub fn after_working_days(&self, day: Date, count: i64) -> Date {
        let mut day = day;
        for _ in 0..count.max(0) {
            day = day.saturating_add(1.days());
            // At most some dozen days in a row are no working days; the calendar's own end stops the rest.
            while !self.is_working_day(day) && day < Date::MAX {
                day = day.saturating_add(1.days());
            }
        }
        day
    }
}

//! Rates of VAT by country, class and day (BIL-02): facts of the world, not of an operator.

use crate::{fault::FaultLog, files::CatalogFiles, table::read_rows};
use jiff::civil::Date;
use vocabulary::CountryCode;

/// Which of a country's rates something is sold at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VatClass {
    /// What telecommunications are sold at.
    #[default]
    Standard,
    /// What a country takes less for, as France does for television.
    Reduced,
}

impl VatClass {
    /// Both and their words in files.
    pub const WORDS: [(&'static str, VatClass); 2] = [("standard", Self::Standard), ("reduced", Self::Reduced)];
}

/// The rates of all countries that have VAT.
#[derive(Clone, Debug, Default)]
pub struct VatRates(Vec<VatRow>);

#[derive(Clone, Debug)]
struct VatRow {
    country: CountryCode,
    /// The state whose tax it is: that of France holds in Guadeloupe, at another rate.
    area: CountryCode,
    class: VatClass,
    from: Date,
    /// In hundredths of a per cent.
    rate: u16,
}

impl VatRates {
    pub(crate) fn read(files: &CatalogFiles, log: &FaultLog) -> VatRates {
        const FILE: &str = "world/vat.csv";
        let Some(text) = files.get(FILE) else { return VatRates::default() };
        let mut rows: Vec<VatRow> = Vec::new();
        for row in read_rows(FILE, text, &["country", "area", "class", "from", "rate"], log) {
            let words = VatClass::WORDS.iter().find(|(word, _)| *word == row.text("class"));
            let Some((_, class)) = words else {
                row.fault("class", format!("`{}` is not one of standard, reduced", row.text("class")));
                continue;
            };
            let rate = read_rate(row.required("rate"));
            if let Err(reason) = &rate {
                row.fault("rate", reason);
            }
            let (Some(country), Some(area), Some(from), Ok(rate)) =
                (row.parsed("country"), row.parsed("area"), row.parsed::<Date>("from"), rate)
            else {
                continue;
            };
            let before = rows.iter().rev().find(|before| before.country == country && before.class == *class);
            if before.is_some_and(|before| before.from >= from) {
                row.fault("from", format!("`{from}` does not come after the rate before it"));
            }
            rows.push(VatRow { country, area, class: *class, from, rate });
        }
        VatRates(rows)
    }

    /// The rate on a day, in hundredths of a per cent; `None` where none is known.
    pub fn rate(&self, country: CountryCode, class: VatClass, day: Date) -> Option<u16> {
        self.of(country, class).filter(|row| row.from <= day).last().map(|row| row.rate)
    }

    /// The first day after `from`, and not after `to`, on which another rate holds.
    pub fn changes(&self, country: CountryCode, class: VatClass, (from, to): (Date, Date)) -> Option<Date> {
        self.of(country, class).map(|row| row.from).find(|day| from < *day && *day <= to)
    }

    /// Does any rate of any country change after `from`, and not after `to`?
    pub fn change_within(&self, (from, to): (Date, Date)) -> bool {
        self.0.iter().any(|row| from < row.from && row.from <= to)
    }

    /// The state whose VAT holds in a country; `None` where it has none that is known here.
    pub fn area(&self, country: CountryCode) -> Option<CountryCode> {
        self.0.iter().find(|row| row.country == country).map(|row| row.area)
    }

    fn of(&self, country: CountryCode, class: VatClass) -> impl Iterator<Item = &VatRow> {
        self.0.iter().filter(move |row| row.country == country && row.class == class)
    }
}

/// Reads `20`, `5.5` and `8.25`, in per cent, as hundredths of a per cent.
fn read_rate(text: &str) -> Result<u16, String> {
    let error = || format!("`{text}` is not a rate in per cent from 0 to 100 such as `5.5`");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(error());
    }
    let number: u16 = format!("{whole}{part:0<2}").parse().map_err(|_| error())?;
    if number <= 10_000 { Ok(number) } else { Err(error()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIL-02: a rate is that of the day, and a change within a time is found.
    #[test]
    fn rates_are_those_of_the_day() {
        let csv = "country,area,class,from,rate\nEE,EE,standard,2024-01-01,22\nEE,EE,standard,2025-07-01,24\nRE,FR,standard,2014-01-01,8.5\n";
        let files = CatalogFiles::new([("world/vat.csv".to_owned(), csv.to_owned())]);
        let log = FaultLog::default();
        let rates = VatRates::read(&files, &log);
        assert_eq!(log.count(), 0);
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (ee, re) = ("EE".parse().unwrap(), "RE".parse().unwrap());
        assert_eq!(rates.rate(ee, VatClass::Standard, day("2025-06-30")), Some(2200));
        assert_eq!(rates.rate(ee, VatClass::Standard, day("2025-07-01")), Some(2400));
        assert_eq!(rates.rate(ee, VatClass::Standard, day("2023-12-31")), None);
        assert_eq!(rates.rate(ee, VatClass::Reduced, day("2025-07-01")), None);
        assert_eq!(rates.rate(re, VatClass::Standard, day("2026-01-01")), Some(850));
        assert_eq!(rates.area(re), Some("FR".parse().unwrap()));
        let month = |from, to| (day(from), day(to));
        assert_eq!(rates.changes(ee, VatClass::Standard, month("2025-06-15", "2025-07-14")), Some(day("2025-07-01")));
        assert_eq!(rates.changes(ee, VatClass::Standard, month("2025-07-01", "2025-07-31")), None);
    }

    #[test]
    fn what_is_no_rate_is_said() {
        for (text, rate) in [("20", 2000), ("5.5", 550), ("8.25", 825), ("0", 0), ("100", 10_000)] {
            assert_eq!(read_rate(text), Ok(rate));
        }
        for text in ["", "-1", "101", "5,5", "5.555", "x"] {
            assert!(read_rate(text).is_err(), "{text}");
        }
    }
}

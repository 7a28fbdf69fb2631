//! Times as files write them: patterns of digits in a zone, RFC 3339, seconds since 1970.

use jiff::{civil, tz::TimeZone};
use vocabulary::{Timestamp, TimestampError};

/// One way a layout's times are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TimeFormat {
    /// Digits of a local time: `%Y-%m-%d %H:%M:%S`.
    Pattern(Vec<Token>),
    /// RFC 3339 with its offset: `2026-11-21T05:03:20+01:00`.
    Rfc3339,
    /// Seconds since 1970 in UTC.
    Unix,
}

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    /// Digits after the second, passed over.
    Fraction,
    /// This byte.
    Byte(u8),
}

/// Why a text is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeFault {
    /// In none of the formats, or no day of the calendar.
    NotATime,
    /// The clocks skipped it in spring.
    InGap,
    /// Before or after all months that there are.
    OutOfCalendar,
}

/// The years that usage can be of: those that have months.
const YEARS: std::ops::RangeInclusive<i64> = 1970..=9998;
/// A day less at both ends, so that an instant has a local time and a month in every zone.
const INSTANTS: std::ops::RangeInclusive<i64> = DAY_SECONDS * 1_000_000..=days_since_1970(9998, 12, 30) * DAY_SECONDS * 1_000_000;
const DAY_SECONDS: i64 = 86_400;
const HOUR_SECONDS: i64 = 3_600;

impl TimeFormat {
    /// Reads `rfc3339`, `unix`, or a pattern of `%Y %m %d %H %M %S %f` and other characters.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "rfc3339" => return Ok(Self::Rfc3339),
            "unix" => return Ok(Self::Unix),
            _ => {}
        }
        let mut tokens = Vec::new();
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            tokens.push(match byte {
                b'%' => match bytes.next() {
                    Some(b'Y') => Token::Year,
                    Some(b'm') => Token::Month,
                    Some(b'd') => Token::Day,
                    Some(b'H') => Token::Hour,
                    Some(b'M') => Token::Minute,
                    Some(b'S') => Token::Second,
                    Some(b'f') => Token::Fraction,
                    _ => return Err(format!("time format `{text}` knows only %Y %m %d %H %M %S %f, and `rfc3339` and `unix`")),
                },
                other => Token::Byte(other),
            });
        }
        for needed in [Token::Year, Token::Month, Token::Day, Token::Hour, Token::Minute] {
            if tokens.iter().filter(|&&token| token == needed).count() != 1 {
                return Err(format!("time format `{text}` must have each of %Y %m %d %H %M once"));
            }
        }
        Ok(Self::Pattern(tokens))
    }

    /// Must a zone be known to read it?
    pub(crate) const fn is_local(&self) -> bool {
        matches!(self, Self::Pattern(_))
    }
}

/// Reads times of one zone. Whole hours whose offset was looked up are remembered, as usage comes in the order of time.
#[derive(Debug)]
pub(crate) struct ZoneReader {
    zone: TimeZone,
    /// Local hour since 1970 and the seconds to subtract to be in UTC, by the hour's lowest bits.
    hours: Box<[(i64, i64); REMEMBERED_HOURS]>,
}

const REMEMBERED_HOURS: usize = 1 << 10;

impl ZoneReader {
    pub(crate) fn new(zone: TimeZone) -> Self {
        Self { zone, hours: Box::new([(i64::MIN, 0); REMEMBERED_HOURS]) }
    }

    /// The instant that `text` names in the first format that fits it.
    pub(crate) fn read(&mut self, text: &[u8], formats: &[TimeFormat]) -> Result<Timestamp, TimeFault> {
        let mut fault = TimeFault::NotATime;
        for format in formats {
            let read = match format {
                TimeFormat::Pattern(tokens) => local(text, tokens).ok_or(TimeFault::NotATime).and_then(|l| self.place(l)),
                TimeFormat::Rfc3339 => rfc3339(text),
                TimeFormat::Unix => unix(text),
            };
            match read {
                Ok(instant) if INSTANTS.contains(&instant.micros()) => return Ok(instant),
                Ok(_) => fault = TimeFault::OutOfCalendar,
                Err(TimeFault::NotATime) => {}
                Err(other) => fault = other,
            }
        }
        Err(fault)
    }

    /// The instant of a local time, given in seconds since local 1970.
    fn place(&mut self, local: i64) -> Result<Timestamp, TimeFault> {
        let hour = local.div_euclid(HOUR_SECONDS);
        let slot = usize::try_from(hour.rem_euclid(REMEMBERED_HOURS as i64)).unwrap_or(0);
        let (remembered, offset) = self.hours[slot];
        if remembered == hour {
            return Ok(Timestamp::from_micros((local - offset) * 1_000_000));
        }
        let first = self.look_up(hour * HOUR_SECONDS);
        let last = self.look_up(hour * HOUR_SECONDS + HOUR_SECONDS - 1);
        if let (Ok(first), Ok(last)) = (first, last)
            && last.seconds_since(first) == HOUR_SECONDS - 1
        {
            let offset = hour * HOUR_SECONDS - first.seconds_since(Timestamp::EPOCH);
            self.hours[slot] = (hour, offset);
            return Ok(Timestamp::from_micros((local - offset) * 1_000_000));
        }
        // The clocks change within this hour.
        self.look_up(local)
    }

    fn look_up(&self, local: i64) -> Result<Timestamp, TimeFault> {
        let midnight = civil::date(1970, 1, 1).at(0, 0, 0, 0);
        let local = midnight.checked_add(jiff::SignedDuration::from_secs(local)).map_err(|_| TimeFault::NotATime)?;
        Timestamp::from_local(local, &self.zone).map_err(|error| match error {
            TimestampError::InGap(_) => TimeFault::InGap,
            TimestampError::OutOfRange(_) => TimeFault::NotATime,
        })
    }
}

fn rfc3339(text: &[u8]) -> Result<Timestamp, TimeFault> {
    let not_a_time = TimeFault::NotATime;
    let instant: jiff::Timestamp = std::str::from_utf8(text).ok().and_then(|t| t.parse().ok()).ok_or(not_a_time)?;
    Ok(instant.into())
}

fn unix(text: &[u8]) -> Result<Timestamp, TimeFault> {
    let seconds = crate::quantity::Unit::of(vocabulary::UsageKind::Voice)[0].read(text).ok_or(TimeFault::NotATime)?.units();
    seconds.checked_mul(1_000_000).map(Timestamp::from_micros).ok_or(TimeFault::OutOfCalendar)
}

/// Seconds from local 1970 to the time that a pattern reads; nothing when it does not fit or is no time of the calendar.
fn local(text: &[u8], tokens: &[Token]) -> Option<i64> {
    let (mut year, mut month, mut day, mut hour, mut minute, mut second) = (0, 0, 0, 0, 0, 0);
    let mut rest = text;
    for token in tokens {
        match token {
            Token::Year => year = exactly_four(&mut rest)?,
            Token::Month => month = one_or_two(&mut rest)?,
            Token::Day => day = one_or_two(&mut rest)?,
            Token::Hour => hour = one_or_two(&mut rest)?,
            Token::Minute => minute = one_or_two(&mut rest)?,
            Token::Second => second = one_or_two(&mut rest)?,
            Token::Fraction => {
                let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                rest = if digits == 0 { return None } else { &rest[digits..] };
            }
            Token::Byte(byte) => rest = rest.strip_prefix(std::slice::from_ref(byte))?,
        }
    }
    let is_time = hour < 24 && minute < 60 && second < 60;
    let is_day = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    if !rest.is_empty() || !is_time || !is_day {
        return None;
    }
    Some(days_since_1970(year, month, day) * DAY_SECONDS + hour * HOUR_SECONDS + minute * 60 + second)
}

fn exactly_four(rest: &mut &[u8]) -> Option<i64> {
    let (digits, after) = rest.split_at_checked(4)?;
    *rest = after;
    digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))
}

fn one_or_two(rest: &mut &[u8]) -> Option<i64> {
    let (&first, after) = rest.split_first().filter(|(b, _)| b.is_ascii_digit())?;
    let value = i64::from(first - b'0');
    match after.split_first() {
        Some((&second, after)) if second.is_ascii_digit() => {
            *rest = after;
            Some(value * 10 + i64::from(second - b'0'))
        }
        _ => {
            *rest = after;
            Some(value)
        }
    }
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 of the Gregorian calendar, with years that begin in March so that the leap day comes last.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paris() -> ZoneReader {
        ZoneReader::new(TimeZone::get("Europe/Paris").unwrap())
    }

    fn read(text: &str, format: &str) -> Result<String, TimeFault> {
        let format = TimeFormat::parse(format).unwrap();
        paris().read(text.as_bytes(), &[format]).map(|instant| instant.to_string())
    }

    /// RAT-08: local times, to the second and to the minute, offsets, the hour that spring skips.
    #[test]
    fn times_are_read_as_files_write_them() {
        const SECONDS: &str = "%Y-%m-%d %H:%M:%S";
        assert_eq!(read("2024-01-27 15:07:24", SECONDS), Ok("2024-01-27T14:07:24Z".into()));
        assert_eq!(read("2020/2/10 22:41", "%Y/%m/%d %H:%M"), Ok("2020-02-10T21:41:00Z".into()));
        assert_eq!(read("20240229235959", "%Y%m%d%H%M%S"), Ok("2024-02-29T22:59:59Z".into()));
        assert_eq!(read("2026-11-21T05:03:20+01:00", "rfc3339"), Ok("2026-11-21T04:03:20Z".into()));
        assert_eq!(read("1706368044", "unix"), Ok("2024-01-27T15:07:24Z".into()));
        assert_eq!(read("2024-01-27 15:07:24.123", "%Y-%m-%d %H:%M:%S.%f"), Ok("2024-01-27T14:07:24Z".into()));
        assert_eq!(read("2026-03-29 02:30:00", SECONDS), Err(TimeFault::InGap));
        assert_eq!(read("2026-10-25 02:30:00", SECONDS), Ok("2026-10-25T00:30:00Z".into()));
        for bad in ["", "2024-01-27", "2024-02-30 00:00:00", "2023-02-29 00:00:00", "2024-01-27 24:00:00", "2024-01-27 15:07:24 "]
        {
            assert_eq!(read(bad, SECONDS), Err(TimeFault::NotATime), "{bad}");
        }
        assert!(TimeFormat::parse("%Y-%m-%d").is_err());
        assert!(TimeFormat::parse("%Y-%m-%d %H:%M %Z").is_err());
    }

    /// RAT-08: what is read has a local time and a month in every zone; the rest is refused, and does not panic later.
    #[test]
    fn times_outside_the_calendar_are_refused() {
        const SECONDS: &str = "%Y-%m-%d %H:%M:%S";
        let ends = [
            ("1970-01-01T23:59:59Z", "rfc3339", false),
            ("1970-01-02T00:00:00Z", "rfc3339", true),
            ("-009999-01-03T00:00:00Z", "rfc3339", false),
            ("9998-12-30T00:00:00Z", "rfc3339", true),
            ("9999-12-30T22:00:00Z", "rfc3339", false),
            ("0", "unix", false),
            ("86400", "unix", true),
            ("253400000000", "unix", false),
            ("999999999999999999", "unix", false),
            ("1970-01-01 12:00:00", SECONDS, false),
            ("9998-12-31 23:59:59", SECONDS, false),
        ];
        for (text, format, is_read) in ends {
            let read = paris().read(text.as_bytes(), &[TimeFormat::parse(format).unwrap()]);
            assert_eq!(read.err(), (!is_read).then_some(TimeFault::OutOfCalendar), "{text}");
            for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago"].map(|name| TimeZone::get(name).unwrap()) {
                if let Ok(instant) = read {
                    let month = vocabulary::Month::containing(instant, &zone);
                    assert_eq!(vocabulary::Month::from_number(month.number()), Ok(month), "{text}");
                }
            }
        }
    }

    proptest! {
        /// The quick way gives what the calendar gives, also where the clocks change by half an hour (Lord Howe).
        #[test]
        fn the_remembered_offset_is_the_calendar_s(seconds in 2 * DAY_SECONDS..4_000_000_000, howe in any::<bool>()) {
            let zone = TimeZone::get(if howe { "Australia/Lord_Howe" } else { "Europe/Paris" }).unwrap();
            let local = civil::date(1970, 1, 1).at(0, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
            let text = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
            let format = [TimeFormat::parse("%Y-%m-%d %H:%M:%S").unwrap()];
            let mut reader = ZoneReader::new(zone.clone());
            for _ in 0..2 {
                prop_assert_eq!(reader.read(text.as_bytes(), &format).ok(), Timestamp::from_local(local, &zone).ok());
            }
        }
    }
}

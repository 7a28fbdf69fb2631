//! Bands: times of the week at which a price counts (RAT-03).

use crate::{Days, draft::Draft, fields::Fields, network::read_time};
use jiff::civil::{DateTime, Time};

/// A time of the week, by the operator's zone.
#[derive(Clone, Debug)]
pub struct Band {
    /// On these days; a band past midnight belongs to the day it begins on.
    pub days: Days,
    /// From this time.
    pub from: Time,
    /// To this time, on the next day if it is not later.
    pub to: Time,
}

impl Band {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, _draft: &Draft<'_>) -> Band {
        let days = fields.choice("days", &Days::WORDS, false);
        Band { days, from: read_time(fields, "from"), to: read_time(fields, "to") }
    }

    /// Does it hold at a local time?
    pub fn holds(&self, local: DateTime) -> bool {
        let weekday = local.date().weekday().to_monday_one_offset();
        let before = if weekday == 1 { 7 } else { weekday - 1 };
        let time = local.time();
        if self.from < self.to {
            self.days.hold(weekday) && time >= self.from && time < self.to
        } else {
            (self.days.hold(weekday) && time >= self.from) || (self.days.hold(before) && time < self.to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    /// RAT-03: a band that passes midnight belongs to the day it began on.
    #[test]
    fn a_band_past_midnight_belongs_to_the_day_it_began_on() {
        let band = Band { days: Days::MonFri, from: time(19, 0, 0, 0), to: time(8, 0, 0, 0) };
        // 2026-11-20 is a Friday.
        assert!(band.holds(date(2026, 11, 20).at(23, 0, 0, 0)));
        assert!(band.holds(date(2026, 11, 21).at(7, 59, 59, 0)));
        assert!(!band.holds(date(2026, 11, 21).at(8, 0, 0, 0)));
        assert!(!band.holds(date(2026, 11, 21).at(20, 0, 0, 0)));
        assert!(!band.holds(date(2026, 11, 23).at(3, 0, 0, 0)), "the night to Monday began on a Sunday");
        assert!(!band.holds(date(2026, 11, 20).at(12, 0, 0, 0)));
    }
}

//! How a line is used: what [`crate::write_usage`] draws its records from.

use crate::dice::Dice;
use jiff::{ToSpan, civil::Date};

/// The use that a line makes of its service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// When in the day and the week.
    pub rhythm: Rhythm,
    /// Thousandths of a data slice on an average day.
    pub slices: u64,
    /// Bytes of data in a month of thirty days.
    pub monthly_bytes: u64,
    /// The per cent of its monthly bytes that it reaches in every month, evenly, and by yesterday in this one.
    pub reaches: Option<u64>,
    /// Thousandths of a call on an average day, made and received.
    pub calls: u64,
    /// Thousandths of a message on an average day, sent and received.
    pub messages: u64,
    /// Thousandths of its calls and messages that go abroad.
    pub abroad: u64,
    /// When it was abroad, by date.
    pub trips: Vec<Trip>,
}

/// Some days abroad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trip {
    /// The visited network: country code and network code.
    pub network: &'static str,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Bytes of data on an average day.
    pub daily_bytes: u64,
}

/// When a line is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rhythm {
    /// Evenings and weekends more than mornings.
    #[default]
    Private,
    /// Working hours and working days.
    Business,
    /// A machine: at all hours.
    Machine,
}

/// Private use: a little before noon, a lot in the evening.
const PRIVATE_HOURS: [(u32, u32); 24] = [
    (6, 0),
    (3, 1),
    (0, 2),
    (1, 3),
    (1, 4),
    (3, 5),
    (12, 6),
    (30, 7),
    (38, 8),
    (42, 9),
    (50, 10),
    (58, 11),
    (66, 12),
    (56, 13),
    (48, 14),
    (50, 15),
    (62, 16),
    (80, 17),
    (96, 18),
    (100, 19),
    (94, 20),
    (76, 21),
    (46, 22),
    (20, 23),
];

/// Business use: two working half-days around lunch.
const BUSINESS_HOURS: [(u32, u32); 24] = [
    (1, 0),
    (1, 1),
    (0, 2),
    (1, 3),
    (1, 4),
    (3, 5),
    (14, 6),
    (40, 7),
    (82, 8),
    (104, 9),
    (112, 10),
    (100, 11),
    (58, 12),
    (66, 13),
    (100, 14),
    (104, 15),
    (98, 16),
    (80, 17),
    (48, 18),
    (26, 19),
    (18, 20),
    (12, 21),
    (7, 22),
    (3, 23),
];

impl Rhythm {
    /// How busy a day is, in per cent of an average one.
    pub(crate) fn of_day(self, day: Date) -> u64 {
        let weekday = if is_holiday(day) { 7 } else { day.weekday().to_monday_one_offset() };
        match (self, weekday) {
            (Self::Business, 1..=5) => 126,
            (Self::Business, 6) => 42,
            (Self::Business, _) => 28,
            (Self::Private, 5 | 6) => 116,
            (Self::Private, 7) => 90,
            (Self::Private, _) => 96,
            (Self::Machine, _) => 100,
        }
    }

    /// A second of the day. The hour after two is left out: on one night in spring it does not exist, on one in autumn it comes twice.
    pub(crate) fn second(self, dice: &mut Dice) -> u32 {
        let hour = match self {
            Self::Private => *dice.weighted(&PRIVATE_HOURS),
            Self::Business => *dice.weighted(&BUSINESS_HOURS),
            Self::Machine => match u32::try_from(dice.below(24)).expect("an hour") {
                2 => 3,
                hour => hour,
            },
        };
        hour * 3_600 + u32::try_from(dice.below(3_600)).expect("below an hour")
    }
}

/// The holidays of a fixed date that France and Belgium share, near enough for a rhythm.
fn is_holiday(day: Date) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (5, 1) | (7, 14 | 21) | (8, 15) | (11, 1 | 11) | (12, 25))
}

/// Networks that people visit, by how often.
pub(crate) const FROM_FRANCE: [(u32, &str); 12] = [
    (22, "21407"),
    (18, "22201"),
    (14, "26201"),
    (9, "20601"),
    (8, "26803"),
    (9, "23410"),
    (6, "22801"),
    (5, "310260"),
    (5, "60400"),
    (2, "28601"),
    (1, "44010"),
    (1, "42402"),
];

/// The same for Belgians.
pub(crate) const FROM_BELGIUM: [(u32, &str); 12] = [
    (26, "20801"),
    (20, "20404"),
    (13, "21407"),
    (10, "22201"),
    (9, "26201"),
    (5, "27001"),
    (6, "23410"),
    (3, "22801"),
    (3, "310260"),
    (2, "60400"),
    (2, "44010"),
    (1, "46000"),
];

impl Habits {
    /// The trip of a day.
    pub(crate) fn trip(&self, day: Date) -> Option<&Trip> {
        self.trips.iter().find(|trip| (trip.first..=trip.last).contains(&day))
    }

    /// Adds a holiday of 3 to 12 days somewhere in the last 80.
    pub(crate) fn go_abroad(&mut self, dice: &mut Dice, networks: &[(u32, &'static str)], today: Date) {
        let network = *dice.weighted(networks);
        let first = today - dice.between(4, 80).days();
        let last = first + dice.between(2, 11).days();
        let daily_bytes = 40_000_000 + dice.heavy(160_000_000);
        self.trips.push(Trip { network, first, last, daily_bytes });
    }
}

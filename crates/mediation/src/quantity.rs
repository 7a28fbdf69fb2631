//! Quantities as files write them: a number in the unit that the layout names, turned into seconds or bytes.

use vocabulary::{Quantity, UsageKind};

/// A unit that a column counts in: base units (seconds, bytes) are `numerator / denominator` of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    name: &'static str,
    numerator: i64,
    denominator: i64,
}

const SECONDS: &[Unit] = &[unit("s", 1, 1), unit("ms", 1, 1_000), unit("min", 60, 1), unit("h", 3_600, 1)];
const BYTES: &[Unit] = &[
    unit("B", 1, 1),
    unit("kB", 1_000, 1),
    unit("MB", 1_000_000, 1),
    unit("GB", 1_000_000_000, 1),
    unit("KiB", 1 << 10, 1),
    unit("MiB", 1 << 20, 1),
    unit("GiB", 1 << 30, 1),
];
const MESSAGES: &[Unit] = &[unit("1", 1, 1)];

const fn unit(name: &'static str, numerator: i64, denominator: i64) -> Unit {
    Unit { name, numerator, denominator }
}

/// More than this no record can be, whatever its file says: a call of a month, a hundred thousand messages in one row, 100 TB, which
/// is a day at 10 Gbit/s.
pub(crate) const fn most(kind: UsageKind) -> Quantity {
    let units = match kind {
        UsageKind::Voice => 31 * 86_400,
        UsageKind::Sms | UsageKind::Mms => 100_000,
        UsageKind::Data => 100_000_000_000_000,
    };
    Quantity::new(units).expect("more than nothing")
}

impl Unit {
    /// The units that count a kind of usage, its base unit first.
    pub(crate) const fn of(kind: UsageKind) -> &'static [Unit] {
        match kind {
            UsageKind::Voice => SECONDS,
            UsageKind::Data => BYTES,
            UsageKind::Sms | UsageKind::Mms => MESSAGES,
        }
    }

    /// The name in mapping files.
    pub(crate) const fn name(self) -> &'static str {
        self.name
    }

    /// Reads a number with at most nine decimals, without sign. A part of a second or byte counts as a whole one.
    pub(crate) fn read(self, text: &[u8]) -> Option<Quantity> {
        const DECIMALS: u32 = 9;
        let (whole, fraction) = match text.iter().position(|&b| b == b'.') {
            Some(point) => (&text[..point], &text[point + 1..]),
            None => (text, &b""[..]),
        };
        if whole.is_empty() || whole.len() > 18 || fraction.len() > DECIMALS as usize || text.ends_with(b".") {
            return None;
        }
        let whole = digits(whole)?;
        if fraction.is_empty() && self.numerator == 1 && self.denominator == 1 {
            return Quantity::new(whole);
        }
        let scale = 10_i128.pow(DECIMALS);
        let places = DECIMALS - u32::try_from(fraction.len()).ok()?;
        let exact = i128::from(whole) * scale + i128::from(digits(fraction)?) * 10_i128.pow(places);
        let units = vocabulary::div_round(
            exact * i128::from(self.numerator),
            scale * i128::from(self.denominator),
            vocabulary::Rounding::Up,
        );
        Quantity::new(i64::try_from(units).ok()?)
    }
}

/// The value of at most 18 digits and nothing else; of none, 0.
fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0_i64, |sum, &b| b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RAT-01: voice in seconds, data in bytes, whatever unit the file counts in.
    #[test]
    fn quantities_are_read_in_the_unit_of_their_column() {
        let read = |kind, name: &str, text: &str| {
            let unit = Unit::of(kind).iter().find(|unit| unit.name() == name).unwrap();
            unit.read(text.as_bytes()).map(Quantity::units)
        };
        assert_eq!(read(UsageKind::Voice, "s", "61"), Some(61));
        assert_eq!(read(UsageKind::Voice, "ms", "60001"), Some(61));
        assert_eq!(read(UsageKind::Voice, "min", "1.5"), Some(90));
        assert_eq!(read(UsageKind::Data, "kB", "1.5"), Some(1_500));
        assert_eq!(read(UsageKind::Data, "B", "999999999999999999"), Some(999_999_999_999_999_999));
        assert_eq!(read(UsageKind::Data, "GB", "999999999999999999"), None);
        for bad in ["", "-1", "+1", "1.", ".5", "1,5", "1e3", " 1", "1234567890123456789", "0.1234567890", "x"] {
            assert_eq!(read(UsageKind::Voice, "s", bad), None, "{bad}");
        }
    }
}

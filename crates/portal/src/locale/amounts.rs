//! Numbers with their units: money, prices, volumes, durations, counts, percentages.

use super::Locale;
use fixed_decimal::Decimal;
use vocabulary::{Money, Quantity, Rounding, UsageKind, div_round};

/// Between a number and its unit: it keeps them on one line.
const NO_BREAK: char = '\u{a0}';

/// The units of data, from a byte on, each a thousand of the one before; French counts octets.
const VOLUME_UNITS: [(&str, &str); 6] = [("B", "o"), ("kB", "ko"), ("MB", "Mo"), ("GB", "Go"), ("TB", "To"), ("PB", "Po")];

impl Locale {
    /// A whole number, its thousands apart: `1 500`.
    pub fn count(self, count: i64) -> String {
        self.decimal(&Decimal::from(count))
    }

    /// A share in percent: `84 %`.
    pub fn percent(self, percent: i64) -> String {
        let number = self.count(percent);
        match self {
            Self::English | Self::Dutch => format!("{number}%"),
            Self::French => format!("{number}\u{202f}%"),
            Self::German => format!("{number}{NO_BREAK}%"),
        }
    }

    /// An amount in euros and cents, halves away from zero: `12,50 €`.
    pub fn money(self, amount: Money) -> String {
        let mut cents = Decimal::from(amount.cents());
        cents.multiply_pow10(-2);
        self.euros(&self.decimal(&cents))
    }

    /// A price in euros with all its decimals, at least two: `0,0035 €`.
    pub fn price(self, price: Money) -> String {
        let mut exact = Decimal::from(price.micros());
        exact.multiply_pow10(-6);
        exact.trim_end();
        exact.pad_end(-2);
        self.euros(&self.decimal(&exact))
    }

    /// Where CLDR puts the euro sign. ICU's own formatter of currencies is not stable yet; these four patterns are.
    fn euros(self, number: &str) -> String {
        match self {
            Self::French | Self::German => format!("{number}{NO_BREAK}€"),
            Self::Dutch => format!("€{NO_BREAK}{number}"),
            Self::English => match number.strip_prefix('-') {
                Some(positive) => format!("-€{positive}"),
                None => format!("€{number}"),
            },
        }
    }

    /// A volume of data with three digits that count, in the largest unit that it fills: `12,4 Go`.
    pub fn volume(self, bytes: Quantity) -> String {
        let mut unit = 0;
        let mut size = 1_i64;
        // A volume that rounds to 1000 of a unit is 1 of the next: 999,999 bytes are 1 MB.
        while unit + 1 < VOLUME_UNITS.len() && bytes.units() >= size.saturating_mul(1_000) - size / 2 {
            unit += 1;
            size = size.saturating_mul(1_000);
        }
        let scaled = |decimals: u32| {
            let factor = 10_i128.pow(decimals);
            div_round(i128::from(bytes.units()) * factor, i128::from(size), Rounding::HalfAwayFromZero)
        };
        let decimals: u32 = match scaled(0) {
            _ if unit == 0 => 0,
            0..10 => 2,
            10..100 => 1,
            _ => 0,
        };
        let mut number = Decimal::from(scaled(decimals));
        number.multiply_pow10(-(i16::try_from(decimals).expect("at most two decimals")));
        number.trim_end();
        let (other, french) = VOLUME_UNITS[unit];
        format!("{}{NO_BREAK}{}", self.decimal(&number), if self == Self::French { french } else { other })
    }

    /// A volume with all its decimals in the unit that a price counts in, so that a sum can be done again by hand: `18,25 Mo`. `None`
    /// when the price's volume is no whole unit.
    pub fn exact_volume(self, bytes: Quantity, per: Quantity) -> Option<String> {
        let exponent = i16::try_from(per.units().checked_ilog10()?).ok()?;
        let unit = usize::try_from(exponent / 3).ok()?;
        if exponent % 3 != 0 || per.units() != 10_i64.pow(u32::try_from(exponent).ok()?) {
            return None;
        }
        let mut number = Decimal::from(bytes.units());
        number.multiply_pow10(-exponent);
        number.trim_end();
        let (other, french) = VOLUME_UNITS.get(unit)?;
        Some(format!("{}{NO_BREAK}{}", self.decimal(&number), if self == Self::French { french } else { other }))
    }

    /// A length of time in hours, minutes and seconds: `1 h 02 min 05 s`, `45 s`.
    pub fn duration(self, seconds: Quantity) -> String {
        let hour = if self == Self::Dutch { "u" } else { "h" };
        let (hours, minutes, seconds) = (seconds.units() / 3_600, seconds.units() / 60 % 60, seconds.units() % 60);
        let n = NO_BREAK;
        match (hours, minutes, seconds) {
            (0, 0, s) => format!("{s}{n}s"),
            (0, m, 0) => format!("{m}{n}min"),
            (0, m, s) => format!("{m}{n}min{n}{s:02}{n}s"),
            (h, 0, 0) => format!("{}{n}{hour}", self.count(h)),
            (h, m, 0) => format!("{}{n}{hour}{n}{m:02}{n}min", self.count(h)),
            (h, m, s) => format!("{}{n}{hour}{n}{m:02}{n}min{n}{s:02}{n}s", self.count(h)),
        }
    }

    /// A length of time where seconds no longer matter: `12 h 05 min` from an hour on, exact below.
    pub fn rough_duration(self, seconds: Quantity) -> String {
        let exact = seconds.units();
        let kept = if exact >= 3_600 { exact - exact % 60 } else { exact };
        self.duration(Quantity::new(kept).unwrap_or(Quantity::ZERO))
    }

    /// A quantity in the unit of its kind; messages are a bare number.
    pub fn quantity(self, kind: UsageKind, quantity: Quantity) -> String {
        match kind {
            UsageKind::Voice => self.duration(quantity),
            UsageKind::Data => self.volume(quantity),
            UsageKind::Sms | UsageKind::Mms => self.count(quantity.units()),
        }
    }

    fn decimal(self, number: &Decimal) -> String {
        self.formatters().numbers.format(number).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaces_shown(text: &str) -> String {
        text.replace('\u{202f}', "_").replace('\u{a0}', "~")
    }

    /// PLT-08: currencies by the rules of each language.
    #[test]
    fn amounts_stand_as_each_language_writes_them() {
        let amount = "1234.505".parse().unwrap();
        let shown = Locale::ALL.map(|locale| spaces_shown(&locale.money(amount)));
        assert_eq!(shown, ["1_234,51~€", "€~1.234,51", "1.234,51~€", "€1,234.51"]);
        assert_eq!(spaces_shown(&Locale::French.money("12.5".parse().unwrap())), "12,50~€");
        assert_eq!(Locale::English.money("-3".parse().unwrap()), "-€3.00");
    }

    /// RAT-03: four decimals and more are shown where a price has them.
    #[test]
    fn prices_keep_their_decimals() {
        for (price, shown) in
            [("0.35", "0,35~€"), ("0.0035", "0,0035~€"), ("4", "4,00~€"), ("0", "0,00~€"), ("0.002345", "0,002345~€")]
        {
            assert_eq!(spaces_shown(&Locale::French.price(price.parse().unwrap())), shown);
        }
    }

    /// PLT-08: numbers by the rules of each language.
    #[test]
    fn volumes_show_three_digits_in_the_unit_they_fill() {
        let volume = |locale: Locale, bytes| spaces_shown(&locale.volume(Quantity::new(bytes).unwrap()));
        for (bytes, shown) in [
            (0, "0~o"),
            (999, "999~o"),
            (1_000, "1~ko"),
            (999_499, "999~ko"),
            (999_999, "1~Mo"),
            (1_250_000, "1,25~Mo"),
            (12_400_000_000, "12,4~Go"),
            (30_000_000_000, "30~Go"),
            (437_800_000_000, "438~Go"),
            (1_000_000_000_000, "1~To"),
        ] {
            assert_eq!(volume(Locale::French, bytes), shown, "{bytes}");
        }
        let exact = |bytes, per| Locale::French.exact_volume(Quantity::new(bytes).unwrap(), Quantity::new(per).unwrap());
        assert_eq!(exact(18_250_000, 1_000_000).map(|text| spaces_shown(&text)).as_deref(), Some("18,25~Mo"));
        assert_eq!(exact(18_250_000, 1_048_576), None);
        assert_eq!(volume(Locale::Dutch, 12_400_000_000), "12,4~GB");
        assert_eq!(volume(Locale::English, 12_400_000_000), "12.4~GB");
    }

    #[test]
    fn durations_say_hours_minutes_and_seconds() {
        let duration = |seconds| spaces_shown(&Locale::French.duration(Quantity::new(seconds).unwrap()));
        for (seconds, shown) in [
            (0, "0~s"),
            (45, "45~s"),
            (60, "1~min"),
            (125, "2~min~05~s"),
            (3_600, "1~h"),
            (3_725, "1~h~02~min~05~s"),
            (7_320, "2~h~02~min"),
        ] {
            assert_eq!(duration(seconds), shown, "{seconds}");
        }
        assert_eq!(spaces_shown(&Locale::Dutch.duration(Quantity::new(3_725).unwrap())), "1~u~02~min~05~s");
    }

    #[test]
    fn percentages_stand_as_each_language_writes_them() {
        assert_eq!(Locale::ALL.map(|locale| spaces_shown(&locale.percent(84))), ["84_%", "84%", "84~%", "84%"]);
    }
}

//! Amounts, shares and quantities as a language writes them. Pages write them alike (the portal's `locale`); a document adds the currency's code
//! where it is not the euro.

use super::Language;
use fixed_decimal::Decimal;
use vocabulary::{Cents, Money, Rounding, UsageKind, div_round};

/// Between a number and its unit: it keeps them on one line.
const NO_BREAK: char = '\u{a0}';

/// A minus sign as wide as a digit, where a hyphen would be lost.
const MINUS: char = '\u{2212}';

/// The units of data, from a byte on, each a thousand of the one before; French counts octets.
const VOLUME_UNITS: [(&str, &str); 5] = [("B", "o"), ("kB", "ko"), ("MB", "Mo"), ("GB", "Go"), ("TB", "To")];

impl Language {
    /// A whole number: `1 500`.
    pub(crate) fn count(self, count: i64) -> String {
        self.decimal(&Decimal::from(count))
    }

    /// An amount: `12,50 €`, `CHF 12.50`.
    pub(crate) fn amount(self, amount: Cents, currency: &str) -> String {
        let mut number = Decimal::from(amount.get());
        number.multiply_pow10(-2);
        self.with_currency(&self.decimal(&number), currency)
    }

    /// A price with all its decimals, at least two: `0,0035 €`.
    pub(crate) fn price(self, price: Money, currency: &str) -> String {
        let mut number = Decimal::from(price.micros());
        number.multiply_pow10(-6);
        number.trim_end();
        number.pad_end(-2);
        self.with_currency(&self.decimal(&number), currency)
    }

    /// A rate in hundredths of a per cent: `5,5 %`.
    pub(crate) fn rate(self, hundredths: u16) -> String {
        let mut number = Decimal::from(hundredths);
        number.multiply_pow10(-2);
        number.trim_end();
        let number = self.decimal(&number);
        match self {
            Self::French => format!("{number}\u{202f}%"),
            Self::German => format!("{number}{NO_BREAK}%"),
            Self::Dutch | Self::English => format!("{number}%"),
        }
    }

    /// So much of a kind of usage: seconds as hours and minutes, bytes in the largest unit that they fill, messages bare.
    pub(crate) fn usage(self, kind: UsageKind, units: i64) -> String {
        match kind {
            UsageKind::Voice => self.duration(units),
            UsageKind::Data => self.volume(units),
            UsageKind::Sms | UsageKind::Mms => self.count(units),
        }
    }

    fn duration(self, seconds: i64) -> String {
        let hour = if self == Self::Dutch { "u" } else { "h" };
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let n = NO_BREAK;
        match (hours, minutes, rest) {
            (0, 0, s) => format!("{s}{n}s"),
            (0, m, 0) => format!("{m}{n}min"),
            (0, m, s) => format!("{m}{n}min{n}{s:02}{n}s"),
            (h, m, _) => format!("{}{n}{hour}{n}{m:02}{n}min", self.count(h)),
        }
    }

    fn volume(self, bytes: i64) -> String {
        let mut unit = 0;
        let mut size = 1_i64;
        while unit + 1 < VOLUME_UNITS.len() && bytes >= size * 1_000 - size / 2 {
            unit += 1;
            size *= 1_000;
        }
        let hundredths = div_round(i128::from(bytes) * 100, i128::from(size), Rounding::HalfAwayFromZero);
        let mut number = Decimal::from(hundredths);
        number.multiply_pow10(-2);
        number.trim_end();
        let (other, french) = VOLUME_UNITS[unit];
        format!("{}{NO_BREAK}{}", self.decimal(&number), if self == Self::French { french } else { other })
    }

    fn with_currency(self, number: &str, currency: &str) -> String {
        let sign = if currency == "EUR" { "€" } else { currency };
        let (minus, number) = match number.strip_prefix(['-', MINUS]) {
            Some(positive) => (MINUS.to_string(), positive),
            None => (String::new(), number),
        };
        match self {
            Self::French | Self::German => format!("{minus}{number}{NO_BREAK}{sign}"),
            Self::Dutch => format!("{sign}{NO_BREAK}{minus}{number}"),
            Self::English if currency == "EUR" => format!("{minus}{sign}{number}"),
            Self::English => format!("{minus}{sign}{NO_BREAK}{number}"),
        }
    }

    fn decimal(self, number: &Decimal) -> String {
        self.formatters().numbers.format(number).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        text.replace('\u{202f}', "_").replace('\u{a0}', "~")
    }

    /// BIL-04: amounts, rates and quantities stand as the invoice's language writes them.
    #[test]
    fn amounts_stand_as_each_language_writes_them() {
        let amounts = Language::ALL.map(|language| shown(&language.amount(Cents::new(-123_450), "EUR")));
        assert_eq!(amounts, ["−1_234,50~€", "€~−1.234,50", "−1.234,50~€", "−€1,234.50"]);
        assert_eq!(shown(&Language::German.amount(Cents::new(1250), "CHF")), "12,50~CHF");
        assert_eq!(shown(&Language::French.price("0.0035".parse().unwrap(), "EUR")), "0,0035~€");
        assert_eq!(Language::ALL.map(|language| shown(&language.rate(550))), ["5,5_%", "5,5%", "5,5~%", "5.5%"]);
        assert_eq!(shown(&Language::Dutch.usage(UsageKind::Voice, 3_725)), "1~u~02~min");
        assert_eq!(shown(&Language::French.usage(UsageKind::Data, 1_250_000_000)), "1,25~Go");
        assert_eq!(shown(&Language::English.usage(UsageKind::Data, 999_999)), "1~MB");
    }
}

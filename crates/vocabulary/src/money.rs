//! Amounts: integers in millionths of the currency, and the one place where a division is rounded.

use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum, str::FromStr};

/// An amount in millionths of the operator's currency, without VAT unless a name says otherwise. Prices have four decimals and more;
/// cents exist on documents only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// Why a text is no amount.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MoneyError {
    /// Something else than digits, one point and a sign.
    #[error("amount `{0}` is not a decimal number such as `7.50`")]
    NotANumber(String),
    /// More than six decimals.
    #[error("amount `{0}` has more than six decimals")]
    TooFine(String),
    /// Beyond 9 million million.
    #[error("amount `{0}` is too large")]
    TooLarge(String),
}

/// How a division that leaves a rest is ended. Every division of the house names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves away from zero: what a bill does.
    HalfAwayFromZero,
    /// Up to the next whole: what a started minute does. For quantities, which are never negative.
    Up,
    /// Down to the last whole.
    Down,
}

/// `numerator / denominator`, rounded as named.
///
/// # Panics
/// When the denominator is not positive: it is a unit or an increment, which the catalogue checks.
pub fn div_round(numerator: i128, denominator: i128, rounding: Rounding) -> i128 {
    assert!(denominator > 0, "a unit or increment is positive");
    match rounding {
        Rounding::HalfAwayFromZero => {
            let half = denominator / 2 * numerator.signum() + (denominator % 2) * numerator.signum() / 2;
            // For an odd denominator no exact half exists, so the truncated half is right in both directions.
            (numerator + half) / denominator
        }
        Rounding::Up => numerator.div_euclid(denominator) + i128::from(numerator.rem_euclid(denominator) != 0),
        Rounding::Down => numerator.div_euclid(denominator),
    }
}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);
    /// One unit of the currency, in millionths.
    pub const UNIT: i64 = 1_000_000;

    /// From millionths of the currency.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// In millionths of the currency.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// In cents, halves away from zero: what documents show.
    pub fn cents(self) -> i64 {
        let cents = div_round(i128::from(self.0), 10_000, Rounding::HalfAwayFromZero);
        i64::try_from(cents).expect("smaller than the amount itself")
    }

    /// `self + other`, or `None` beyond the range.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// `self - other`, or `None` beyond the range.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// The price of `quantity` at `self` per `per` units, halves away from zero; `None` beyond the range.
    ///
    /// # Panics
    /// When `per` is not positive.
    pub fn for_quantity(self, quantity: i64, per: i64) -> Option<Money> {
        let exact = i128::from(self.0) * i128::from(quantity);
        i64::try_from(div_round(exact, i128::from(per), Rounding::HalfAwayFromZero)).ok().map(Money)
    }

    /// Is this more than nothing?
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Is this nothing?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Sum for Money {
    /// # Panics
    /// Beyond the range, which nine million million of a currency do not reach.
    fn sum<I: Iterator<Item = Money>>(mut amounts: I) -> Money {
        amounts.try_fold(Money::ZERO, Money::checked_add).expect("a sum of amounts stays below nine million million")
    }
}

impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
            return Err(MoneyError::NotANumber(text.to_owned()));
        }
        if fraction.len() > 6 {
            return Err(MoneyError::TooFine(text.to_owned()));
        }
        let too_large = || MoneyError::TooLarge(text.to_owned());
        let whole: i64 = whole.parse().map_err(|_| too_large())?;
        let micros: i64 = format!("{fraction:0<6}").parse().map_err(|_| too_large())?;
        let total = whole.checked_mul(Self::UNIT).and_then(|w| w.checked_add(micros)).ok_or_else(too_large)?;
        Ok(Self(if negative { -total } else { total }))
    }
}

impl fmt::Display for Money {
    /// With at least two decimals and no more than needed: `7.50`, `0.0035`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let micros = self.0.unsigned_abs();
        let fraction = format!("{:06}", micros % 1_000_000);
        let kept = fraction.trim_end_matches('0').len().max(2);
        write!(f, "{sign}{}.{}", micros / 1_000_000, &fraction[..kept])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_without_loss() {
        for (text, micros) in [("7.50", 7_500_000), ("0.0035", 3_500), ("-1.00", -1_000_000), ("0.000001", 1)] {
            let amount: Money = text.parse().unwrap();
            assert_eq!(amount.micros(), micros);
            assert_eq!(amount.to_string(), text);
        }
        for bad in ["", ".", "1.", ".5", "1,5", "1e3", "--1", "1.0000001", "99999999999999"] {
            assert!(bad.parse::<Money>().is_err(), "{bad}");
        }
    }

    #[test]
    fn halves_go_away_from_zero_in_both_directions() {
        for (n, d, expected) in [
            (5, 10, 1),
            (-5, 10, -1),
            (4, 10, 0),
            (-4, 10, 0),
            (15, 10, 2),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
            (7, 7, 1),
            (3, 2, 2),
            (-3, 2, -2),
        ] {
            assert_eq!(div_round(n, d, Rounding::HalfAwayFromZero), expected, "{n}/{d}");
        }
        assert_eq!(div_round(61, 60, Rounding::Up), 2);
        assert_eq!(div_round(60, 60, Rounding::Up), 1);
        assert_eq!(div_round(0, 60, Rounding::Up), 0);
    }

    #[test]
    fn cents_are_what_documents_show() {
        assert_eq!(Money::from_micros(1_005_000).cents(), 101);
        assert_eq!(Money::from_micros(-1_005_000).cents(), -101);
        assert_eq!(Money::from_micros(1_004_999).cents(), 100);
    }
}

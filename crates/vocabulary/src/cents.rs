//! Amounts of documents and of the ledger: whole cents.

use crate::{Money, Rounding, div_round};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    iter::Sum,
    ops::{Add, Neg, Sub},
};

/// An amount that stands on a document or in the ledger, in hundredths of the currency. Prices are [`Money`], which is finer: an amount
/// becomes cents once, on the line of an invoice, and is never divided again without naming how it is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Cents = Cents(0);

    /// From hundredths of the currency.
    pub const fn new(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// In hundredths of the currency.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The same amount as a price.
    ///
    /// # Panics
    /// Beyond nine million million.
    pub fn money(self) -> Money {
        Money::from_micros(self.0.checked_mul(10_000).expect("an amount stays below nine million million"))
    }

    /// `self × numerator / denominator`, halves away from zero.
    ///
    /// # Panics
    /// When the denominator is not positive, or beyond the range.
    pub fn part(self, numerator: i64, denominator: i64) -> Cents {
        let exact = i128::from(self.0) * i128::from(numerator);
        let part = div_round(exact, i128::from(denominator), Rounding::HalfAwayFromZero);
        Cents(i64::try_from(part).expect("an amount stays below nine million million"))
    }

    /// Is this more than nothing?
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Is this less than nothing?
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Is this nothing?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Money {
    /// As it stands on a document: to the cent, halves away from zero.
    pub fn rounded(self) -> Cents {
        Cents(self.cents())
    }
}

impl Add for Cents {
    type Output = Cents;
    /// # Panics
    /// Beyond the range, which no sum of documents reaches.
    fn add(self, other: Cents) -> Cents {
        Cents(self.0.checked_add(other.0).expect("a sum of amounts stays in range"))
    }
}

impl Sub for Cents {
    type Output = Cents;
    /// # Panics
    /// Beyond the range, which no difference of documents reaches.
    fn sub(self, other: Cents) -> Cents {
        Cents(self.0.checked_sub(other.0).expect("a difference of amounts stays in range"))
    }
}

impl Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents::ZERO - self
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(amounts: I) -> Cents {
        amounts.fold(Cents::ZERO, Add::add)
    }
}

impl fmt::Display for Cents {
    /// With two decimals and a point: `7.50`, as files have it. Pages write amounts as their reader does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        write!(f, "{sign}{whole}.{part:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_written_added_and_shared() {
        assert_eq!(Cents::new(-705).to_string(), "-7.05");
        assert_eq!(Cents::new(5).to_string(), "0.05");
        assert_eq!((Cents::new(705) + Cents::new(-5)).get(), 700);
        assert_eq!(Cents::new(100).part(1, 3).get(), 33);
        assert_eq!(Cents::new(-5).part(1, 2).get(), -3, "halves go away from zero");
        assert_eq!(Money::from_micros(1_005_000).rounded(), Cents::new(101));
        assert_eq!(Cents::new(101).money(), Money::from_micros(1_010_000));
    }
}

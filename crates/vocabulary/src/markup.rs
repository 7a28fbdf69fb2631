//! What a reseller's customers pay of usage beside what the operator asks (RES-11).

use crate::{Money, Month, Rounding, div_round};

/// What customers pay for each unit of the currency that usage costs at the operator's prices: 1.25 is a quarter more, 1 the same, 0 nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Markup(Money);

impl Default for Markup {
    fn default() -> Self {
        Self::NONE
    }
}

impl Markup {
    /// Customers pay what the operator asks.
    pub const NONE: Self = Self(Money::from_micros(Money::UNIT));

    /// Customers pay this for each unit of the currency; `None` below nothing.
    pub fn new(of_a_unit: Money) -> Option<Self> {
        (of_a_unit >= Money::ZERO).then_some(Self(of_a_unit))
    }

    /// What customers pay for each unit of the currency.
    pub const fn of_a_unit(self) -> Money {
        self.0
    }

    /// What customers pay for usage that costs this much at the operator's prices: to the millionth, halves away from zero.
    #[must_use]
    pub fn on(self, operators: Money) -> Money {
        if self == Self::NONE {
            return operators;
        }
        let exact = i128::from(operators.micros()) * i128::from(self.0.micros());
        saturated(div_round(exact, i128::from(Money::UNIT), Rounding::HalfAwayFromZero))
    }

    /// The most that usage may cost at the operator's prices before customers pay more than this: down to the millionth. Where they pay nothing
    /// for it there is no end, but for a limit of nothing.
    #[must_use]
    pub fn within(self, limit: Money) -> Money {
        if self == Self::NONE || !limit.is_positive() {
            return limit;
        }
        if self.0.is_zero() {
            return Money::from_micros(i64::MAX);
        }
        let exact = i128::from(limit.micros()) * i128::from(Money::UNIT);
        saturated(div_round(exact, i128::from(self.0.micros()), Rounding::Down))
    }
}

fn saturated(micros: i128) -> Money {
    Money::from_micros(i64::try_from(micros).unwrap_or(if micros < 0 { i64::MIN } else { i64::MAX }))
}

/// The markups of a seller by the months from which on they hold, ascending; there is none before the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markups(Vec<(Month, Markup)>);

impl Markups {
    /// Markups in the order in which they were entered: of two from the same month the later one counts.
    pub fn new(entered: impl IntoIterator<Item = (Month, Markup)>) -> Self {
        let mut known: Vec<(Month, Markup)> = Vec::new();
        for (from, markup) in entered {
            match known.binary_search_by_key(&from, |(month, _)| *month) {
                Ok(place) => known[place].1 = markup,
                Err(place) => known.insert(place, (from, markup)),
            }
        }
        Self(known)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// That of a month.
    pub fn of(&self, month: Month) -> Markup {
        let after = self.0.partition_point(|(from, _)| *from <= month);
        after.checked_sub(1).map_or(Markup::NONE, |place| self.0[place].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup(text: &str) -> Markup {
        Markup::new(text.parse().unwrap()).unwrap()
    }

    /// RES-11: what customers pay is rounded once, to the millionth; what they may spend is never passed.
    #[test]
    fn a_markup_is_on_what_the_operator_asks() {
        for (of_a_unit, operators, customers) in
            [("1.25", "0.10", "0.125"), ("1.25", "-0.35", "-0.4375"), ("1.33", "0.000001", "0.000001"), ("0", "7.00", "0.00")]
        {
            assert_eq!(markup(of_a_unit).on(operators.parse().unwrap()).to_string(), customers, "{of_a_unit} on {operators}");
        }
        for (of_a_unit, limit, most) in [("1.25", "50.00", "40.00"), ("1.30", "50.00", "38.461538"), ("0.50", "1.00", "2.00")] {
            let (markup, limit) = (markup(of_a_unit), limit.parse().unwrap());
            assert_eq!(markup.within(limit).to_string(), most);
            assert!(markup.on(markup.within(limit)) <= limit);
            assert!(markup.on(Money::from_micros(markup.within(limit).micros() + 2)) > limit);
        }
        assert_eq!(markup("0").within(Money::from_micros(1)).micros(), i64::MAX);
        assert_eq!(markup("0").within(Money::ZERO), Money::ZERO, "who may spend nothing spends nothing");
        assert_eq!(markup("9.99").on(Money::from_micros(i64::MAX)).micros(), i64::MAX);
        assert_eq!(Markup::new(Money::from_micros(-1)), None);
    }

    /// RES-11: a month goes by the markup that holds on its first day, the later entry of two.
    #[test]
    fn a_month_has_its_markup() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let entered = [("2026-12", "1.30"), ("2026-03", "1.20"), ("2026-12", "1.40")];
        let markups = Markups::new(entered.map(|(from, of_a_unit)| (month(from), markup(of_a_unit))));
        assert_eq!(markups.of(month("2026-02")), Markup::NONE);
        assert_eq!(markups.of(month("2026-03")), markup("1.20"));
        assert_eq!(markups.of(month("2026-11")), markup("1.20"));
        assert_eq!(markups.of(month("2027-01")), markup("1.40"));
        assert_eq!(Markups::default().of(month("2026-01")), Markup::NONE);
    }
}

//! VAT as an invoice states it.

use crate::Unbillable;
use catalog::{VatClass, VatRates};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use vocabulary::{Cents, CountryCode};

/// A rate of VAT, in hundredths of a per cent: 2000 is 20 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VatRate(u16);

impl VatRate {
    /// None.
    pub const ZERO: VatRate = VatRate(0);

    /// From hundredths of a per cent; `None` above 100 %.
    pub const fn new(hundredths: u16) -> Option<Self> {
        if hundredths <= 10_000 { Some(Self(hundredths)) } else { None }
    }

    /// In hundredths of a per cent.
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// The tax on a base, to the cent, halves away from zero.
    pub fn of(self, base: Cents) -> Cents {
        base.part(i64::from(self.0), 10_000)
    }
}

impl fmt::Display for VatRate {
    /// In per cent, with a point and no more decimals than needed: `20`, `5.5`, `8.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            part if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            part => write!(f, "{whole}.{part:02}"),
        }
    }
}

/// Why VAT is asked for or not (EN 16931: BT-118, UNTDID 5305).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VatCategory {
    /// `S`: at a rate.
    Standard,
    /// `AE`: the customer, a business of another country of the Union, owes it.
    ReverseCharge,
    /// `E`: exempt.
    Exempt,
    /// `O`: outside the reach of the law, as for a business outside the Union.
    OutOfScope,
}

impl VatCategory {
    /// Its code (UNTDID 5305).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ReverseCharge => "AE",
            Self::Exempt => "E",
            Self::OutOfScope => "O",
        }
    }
}

/// How something is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VatTerms {
    /// Why.
    pub category: VatCategory,
    /// At which rate; none unless [`VatCategory::Standard`].
    pub rate: VatRate,
}

/// Between whom something is sold, as far as VAT asks (directive 2006/112/EC, articles 44, 58, 59 and 196).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VatParties {
    /// Where the seller is.
    pub seller: CountryCode,
    /// Where the buyer is.
    pub buyer: CountryCode,
    /// Does it have a VAT number?
    pub taxable: Taxable,
}

/// Is a buyer one who pays VAT to its own state?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taxable {
    /// A business with a VAT number.
    Business,
    /// Anybody else.
    Consumer,
}

impl VatParties {
    /// How something of a class is taxed on a day.
    ///
    /// # Errors
    /// When no rate is known.
    pub fn terms(self, rates: &VatRates, class: VatClass, day: Date) -> Result<VatTerms, Unbillable> {
        let Some(country) = self.taxing(rates)? else { return Ok(self.untaxed(rates)) };
        let rate = rates.rate(country, class, day).or_else(|| rates.rate(country, VatClass::Standard, day));
        let rate = rate.and_then(VatRate::new).ok_or_else(|| Unbillable::NoVatRate { country: country.to_string(), day })?;
        Ok(VatTerms { category: VatCategory::Standard, rate })
    }

    /// The first day within some on which another rate holds than on the first of them.
    pub(crate) fn changes(self, rates: &VatRates, class: VatClass, days: (Date, Date)) -> Option<Date> {
        let country = self.taxing(rates).ok().flatten()?;
        let class = if rates.rate(country, class, days.0).is_some() { class } else { VatClass::Standard };
        rates.changes(country, class, days)
    }

    /// The country whose rates hold; `None`: none is asked for.
    fn taxing(self, rates: &VatRates) -> Result<Option<CountryCode>, Unbillable> {
        let no_rate = || Unbillable::NoVatRate { country: self.seller.to_string(), day: Date::ZERO };
        let home = rates.area(self.seller).ok_or_else(no_rate)?;
        Ok(match rates.area(self.buyer) {
            Some(area) if area == home => Some(self.buyer),
            Some(_) if self.taxable == Taxable::Consumer => Some(self.buyer),
            _ => None,
        })
    }

    fn untaxed(self, rates: &VatRates) -> VatTerms {
        let in_union = rates.area(self.buyer).is_some();
        let category = if in_union { VatCategory::ReverseCharge } else { VatCategory::OutOfScope };
        VatTerms { category, rate: VatRate::ZERO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIL-02: VAT is of the sum of a rate, to the cent, halves away from zero.
    #[test]
    fn vat_is_a_part_to_the_cent() {
        let rate = VatRate::new(2000).unwrap();
        assert_eq!(rate.of(Cents::new(1666)), Cents::new(333));
        assert_eq!(VatRate::new(550).unwrap().of(Cents::new(-1000)), Cents::new(-55));
        assert_eq!(VatRate::new(2100).unwrap().of(Cents::new(250)), Cents::new(53), "52.5 is 53");
        assert_eq!([2000, 550, 825].map(|rate| VatRate::new(rate).unwrap().to_string()), ["20", "5.5", "8.25"]);
        assert_eq!(VatRate::new(10_001), None);
    }
}

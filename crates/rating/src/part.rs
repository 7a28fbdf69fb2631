//! The parts of a rated usage: where each went and why, in a form that can be kept beside it.

use crate::{Cause, MeterKey};
use compact_str::CompactString;
use std::{
    fmt::{self, Write},
    str::FromStr,
};
use vocabulary::Money;

/// A part of a usage that went to one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How much of the usage, in base units. The parts add up to the usage.
    pub quantity: i64,
    /// How much of it counts after increments; as the quantity where nothing is charged.
    pub counted: i64,
    /// What it costs, without VAT.
    pub price: Money,
    /// Where it went and why.
    pub why: Why,
}

/// Where a part of a usage went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// An emergency call: free whatever the catalogue says.
    Emergency,
    /// Into an allowance.
    Allowance {
        /// Its counter.
        meter: MeterKey,
        /// What the counter stood at afterwards.
        after: i64,
        /// The allowance that this one is a part of, and what its counter stood at afterwards.
        within: Option<Box<(MeterKey, i64)>>,
    },
    /// To a price.
    Charged {
        /// The id of the row of `prices.csv`.
        price: CompactString,
        /// Why it was not included.
        cause: Cause,
    },
    /// It ran on slowly and free, because this counter was at its end.
    Slowed {
        /// The counter.
        meter: MeterKey,
    },
    /// It came after this counter was at its end, and is not charged.
    Stopped {
        /// The counter.
        meter: MeterKey,
    },
}

/// Parts as they are kept beside their usage: joined by `;`.
pub fn write_parts(parts: &[Part]) -> String {
    let mut text = String::with_capacity(parts.len() * 40);
    for part in parts {
        if !text.is_empty() {
            text.push(';');
        }
        write!(text, "{part}").expect("a text takes all that is written");
    }
    text
}

/// Parts as they are kept.
///
/// # Errors
/// When one of them is none.
pub fn read_parts(text: &str) -> Result<Vec<Part>, PartError> {
    text.split(';').filter(|part| !part.is_empty()).map(str::parse).collect()
}

/// Why a text is no part.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is no part of a rated usage")]
pub struct PartError(String);

impl Part {
    /// Is it charged beyond what is included?
    pub const fn is_out_of_bundle(&self) -> bool {
        matches!(self.why, Why::Charged { .. }) && !self.price.is_zero()
    }
}

impl fmt::Display for Part {
    /// The form that is kept: quantity, counted, price in millionths, then where it went.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} ", self.quantity, self.counted, self.price.micros())?;
        match &self.why {
            Why::Emergency => f.write_str("emergency"),
            Why::Allowance { meter, after, within } => {
                write!(f, "allowance {} {after}", meter.as_str())?;
                within.as_ref().map_or(Ok(()), |whole| write!(f, " of {} {}", whole.0.as_str(), whole.1))
            }
            Why::Charged { price, cause } => write!(f, "charged {price} {}", cause.as_str()),
            Why::Slowed { meter } => write!(f, "slowed {}", meter.as_str()),
            Why::Stopped { meter } => write!(f, "stopped {}", meter.as_str()),
        }
    }
}

impl FromStr for Part {
    type Err = PartError;
    fn from_str(text: &str) -> Result<Self, PartError> {
        let mut words = text.split(' ');
        let parsed = (|| {
            let mut number = || words.next()?.parse::<i64>().ok();
            let (quantity, counted, price) = (number()?, number()?, Money::from_micros(number()?));
            let why = match (words.next()?, words.next(), words.next()) {
                ("emergency", None, None) => Why::Emergency,
                ("allowance", Some(meter), Some(after)) => {
                    let within = match words.next() {
                        None => None,
                        Some("of") => Some(Box::new((words.next()?.into(), words.next()?.parse().ok()?))),
                        Some(_) => return None,
                    };
                    Why::Allowance { meter: meter.into(), after: after.parse().ok()?, within }
                }
                ("charged", Some(price), Some(word)) => {
                    let (_, cause) = Cause::WORDS.iter().find(|(known, _)| *known == word)?;
                    Why::Charged { price: price.into(), cause: *cause }
                }
                ("slowed", Some(meter), None) => Why::Slowed { meter: meter.into() },
                ("stopped", Some(meter), None) => Why::Stopped { meter: meter.into() },
                _ => return None,
            };
            words.next().is_none().then_some(Part { quantity, counted, price, why })
        })();
        parsed.ok_or_else(|| PartError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_survives_being_kept() {
        let whys = [
            Why::Emergency,
            Why::Allowance { meter: MeterKey::plan("data"), after: 12_345, within: None },
            Why::Allowance {
                meter: MeterKey::plan("data-usa"),
                after: 12_345,
                within: Some(Box::new((MeterKey::plan("data"), 99_999))),
            },
            Why::Charged { price: "ch-mobile".into(), cause: Cause::TooLong },
            Why::Slowed { meter: MeterKey::plan("data") },
            Why::Stopped { meter: MeterKey::cutoff("data-world") },
        ];
        for why in whys {
            let part = Part { quantity: 45, counted: 60, price: Money::from_micros(-350_000), why };
            assert_eq!(part.to_string().parse(), Ok(part));
        }
        for wrong in ["1 1 0 allowance plan/a 1 of", "1 1 0 allowance plan/a 1 of plan/b", "1 1 0 allowance plan/a 1 in plan/b 2"]
        {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
        assert!("45 60".parse::<Part>().is_err());
        assert!("45 60 1 charged a because".parse::<Part>().is_err());
    }
}

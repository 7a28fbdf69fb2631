//! What a line has: offer, capping, options, cut-offs, with the prices at which they were bought. What they include is the catalogue's.

use catalog::{Capping, OptionPrice};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use vocabulary::{Money, Timestamp};

/// What a line has. Ids are those of the version in which each was bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The offer.
    pub offer: CompactString,
    /// What it costs a month.
    pub monthly: Money,
    /// Does the line stop at its allowance?
    pub capping: Capping,
    /// The options, in the order in which they were added.
    pub options: Vec<HeldOption>,
    /// The cut-offs that were chosen, each with its value in base units or millionths; the others have their default.
    pub cutoffs: Vec<(CompactString, i64)>,
}

/// An option of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOption {
    /// Which.
    pub option: CompactString,
    /// What it costs each month; nothing for one that is paid once.
    pub monthly: Money,
    /// From when on.
    pub from: Timestamp,
}

impl Service {
    /// Does the line have this option?
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|held| held.option == option)
    }

    /// What the line costs a month, in all.
    pub fn monthly_in_all(&self) -> Money {
        self.options.iter().map(|held| held.monthly).chain([self.monthly]).sum()
    }
}

/// What an option costs each month.
pub(crate) fn monthly(price: OptionPrice) -> Money {
    match price {
        OptionPrice::Monthly(price) => price,
        OptionPrice::Once(_) => Money::ZERO,
    }
}

/// What an option costs once.
pub(crate) fn once(price: OptionPrice) -> Money {
    match price {
        OptionPrice::Monthly(_) => Money::ZERO,
        OptionPrice::Once(price) => price,
    }
}

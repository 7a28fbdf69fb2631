//! How much data a bundle has to give when roaming in the European Union: Regulation (EU) 2022/612, and Article 4(2) of Implementing
//! Regulation (EU) 2016/2286.

use vocabulary::{Money, Quantity, Rounding, div_round};

/// The least that an open data bundle has to give when roaming: twice its price without VAT over the wholesale ceiling of a GB, rounded up
/// to a byte. `None` where the ceiling is nothing or the amount is beyond what is counted.
pub fn least_roaming_bytes(price: Money, wholesale_per_gb: Money) -> Option<Quantity> {
    const GB: i128 = 1_000_000_000;
    if !wholesale_per_gb.is_positive() || price.micros() < 0 {
        return None;
    }
    let bytes = div_round(2 * i128::from(price.micros()) * GB, i128::from(wholesale_per_gb.micros()), Rounding::Up);
    Quantity::new(i64::try_from(bytes).ok()?)
}

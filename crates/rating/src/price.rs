//! What a quantity costs by a row of prices (RAT-03). The one rounding of a part is done here: half away from zero, to the millionth.

use catalog::{Price, Tiers};
use vocabulary::{Money, Quantity, Rounding, div_round};

/// How much of a quantity counts: a started increment counts whole.
pub(crate) fn counted(price: &Price, quantity: i64) -> Option<i64> {
    if quantity <= price.first {
        return Some(if quantity > 0 { price.first } else { 0 });
    }
    let rest = i128::from(quantity - price.first);
    let increments = div_round(rest, i128::from(price.then), Rounding::Up);
    i64::try_from(i128::from(price.first) + increments * i128::from(price.then)).ok()
}

/// What a quantity costs, with how much of it counts. `tiers` come with the volume they counted before.
pub(crate) fn amount(price: &Price, quantity: i64, tiers: Option<(&Tiers, i64)>) -> Option<(i64, Money)> {
    let counted = counted(price, quantity)?;
    let by_volume = match tiers {
        None => price.amount.for_quantity(counted, price.per)?,
        // The tier that this usage reaches may reprice what came before it: the difference is this usage's.
        Some((tiers, before)) => {
            let dearest = tiers.steps.iter().map(|step| step.amount).max().unwrap_or(Money::ZERO);
            let total = |volume: i64| {
                dearest.for_quantity(volume, price.per)?;
                Quantity::new(volume).map(|volume| tiers.total(volume, price.per))
            };
            total(before.checked_add(counted)?)?.checked_sub(total(before)?)?
        }
    };
    let with_fee = by_volume.checked_add(price.fee)?;
    Some(if quantity > 0 { (counted, at_least(price.minimum, with_fee)) } else { (0, Money::ZERO) })
}

/// The most of `quantity` that costs no more than `left`.
pub(crate) fn affordable(price: &Price, quantity: i64, tiers: Option<(&Tiers, i64)>, left: Money) -> Option<i64> {
    let fits = |part: i64| amount(price, part, tiers).map(|(_, cost)| cost <= left);
    let (mut most, mut beyond) = (0, quantity.checked_add(1)?);
    while beyond - most > 1 {
        let middle = most + (beyond - most) / 2;
        if fits(middle)? {
            most = middle;
        } else {
            beyond = middle;
        }
    }
    Some(most)
}

/// A minimum holds for what is charged; a repricing by tiers that gives money back is left as it is.
fn at_least(minimum: Money, cost: Money) -> Money {
    if minimum.is_positive() { cost.max(minimum) } else { cost }
}

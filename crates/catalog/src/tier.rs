//! Tiers: prices by the volume used in the month (MOB-06, RAT-03).

use crate::{draft::Draft, fields::Fields, recharge::required};
use vocabulary::{Money, Quantity, Rounding, UsageKind, div_round};

/// Prices by the volume used in the month.
#[derive(Clone, Debug)]
pub struct Tiers {
    /// The kind of usage whose volume they count; SMS for messages.
    pub kind: UsageKind,
    /// Does the tier reached hold for the whole, or each tier for its own part?
    pub mode: TierMode,
    /// From each volume on, ascending, the first from 0.
    pub steps: Vec<TierStep>,
}

/// How far a tier's price holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierMode {
    /// The price of the tier reached holds for the whole volume.
    Reached,
    /// Each tier's price holds for its own part.
    Graduated,
}

/// One tier.
#[derive(Clone, Copy, Debug)]
pub struct TierStep {
    /// More than so many base units.
    pub above: i64,
    /// Per the `per` of the price row.
    pub amount: Money,
}

impl Tiers {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, _draft: &Draft<'_>) -> Tiers {
        let mode = fields.choice("mode", &[("reached", TierMode::Reached), ("graduated", TierMode::Graduated)], false);
        let kinds = [("data", UsageKind::Data), ("voice", UsageKind::Voice), ("sms", UsageKind::Sms)];
        let kind = fields.choice("kind", &kinds, true);
        let mut steps = Vec::new();
        for mut part in fields.tables("steps") {
            steps.push(TierStep {
                above: required(&mut part, "above", |part| part.quantity("above", kind)).units(),
                amount: required(&mut part, "amount", |part| part.money("amount")),
            });
            if let [.., before, last] = steps.as_slice()
                && before.above >= last.above
            {
                part.fault("above", "goes backwards: each tier begins above the one before");
            }
            if let [first] = steps.as_slice()
                && first.above != 0
            {
                part.fault("above", "is not 0, from which the first tier holds");
            }
            part.finish();
        }
        if steps.is_empty() {
            fields.fault("steps", "names no tier");
        }
        Tiers { kind, mode, steps }
    }

    /// What `volume` base units cost in all, at so many base units per amount; halves away from zero.
    ///
    /// # Panics
    /// Beyond nine million million of the currency.
    pub fn total(&self, volume: Quantity, per: i64) -> Money {
        let volume = volume.units();
        let exact: i128 = match self.mode {
            TierMode::Reached => {
                let reached = self.steps.iter().rev().find(|step| volume > step.above || step.above == 0);
                reached.map_or(0, |step| i128::from(step.amount.micros()) * i128::from(volume))
            }
            TierMode::Graduated => {
                let ends = self.steps.iter().skip(1).map(|step| step.above).chain([i64::MAX]);
                let part = |(step, end): (&TierStep, i64)| {
                    let within = volume.min(end).saturating_sub(step.above).max(0);
                    i128::from(step.amount.micros()) * i128::from(within)
                };
                self.steps.iter().zip(ends).map(part).sum()
            }
        };
        let micros = div_round(exact, i128::from(per), Rounding::HalfAwayFromZero);
        Money::from_micros(i64::try_from(micros).expect("a month's usage of one line costs less than nine million million"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(mode: TierMode) -> Tiers {
        let step = |above, amount| TierStep { above, amount: Money::from_micros(amount) };
        Tiers { kind: UsageKind::Data, mode, steps: vec![step(0, 20_000), step(1_000_000_000, 10_000)] }
    }

    /// MOB-06: the price of the tier reached applies to every MB, not only to those of that tier.
    #[test]
    fn the_tier_reached_holds_for_the_whole() {
        let total = |mb: i64| tiers(TierMode::Reached).total(Quantity::new(mb * 1_000_000).unwrap(), 1_000_000);
        // 1,000 MB × 0.02 = 20.00; 1,001 MB × 0.01 = 10.01.
        assert_eq!(total(1_000).to_string(), "20.00");
        assert_eq!(total(1_001).to_string(), "10.01");
        assert_eq!(total(0), Money::ZERO);
    }

    /// RAT-03: graduated tiers price each part by its own tier.
    #[test]
    fn graduated_tiers_price_each_part() {
        let total = |mb: i64| tiers(TierMode::Graduated).total(Quantity::new(mb * 1_000_000).unwrap(), 1_000_000);
        // 1,000 MB × 0.02 + 500 MB × 0.01 = 25.00.
        assert_eq!(total(1_500).to_string(), "25.00");
        assert_eq!(total(1_000).to_string(), "20.00");
    }
}

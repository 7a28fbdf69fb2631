//! Chance that is the same on every machine and on every day: SplitMix64, whose values are fixed by its definition, and tables of whole
//! numbers where a distribution is wanted.

/// A seeded source of chance. The same seed gives the same throws for ever.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

/// A heavy tail: the 64 middles of the quantiles of a log-normal distribution (σ = 1.15), with a mean of 1,000.
const HEAVY: [u32; 64] = [
    33, 54, 70, 84, 98, 111, 123, 135, 148, 160, 173, 185, 198, 211, 224, 238, 252, 266, 281, 296, 311, 327, 343, 360, 377, 396,
    414, 434, 454, 475, 497, 520, 544, 569, 595, 623, 652, 683, 715, 749, 786, 824, 866, 910, 957, 1_008, 1_063, 1_123, 1_189,
    1_260, 1_339, 1_427, 1_526, 1_637, 1_765, 1_913, 2_088, 2_298, 2_559, 2_895, 3_352, 4_033, 5_228, 8_574,
];

impl Dice {
    /// Dice for one purpose: the same parts in the same order give the same throws.
    pub(crate) fn of(parts: &[u64]) -> Self {
        let mut dice = Self(0x6361_6472_616e_0001);
        for &part in parts {
            dice.0 ^= part;
            dice.0 = dice.next();
        }
        dice
    }

    /// Dice for something with a name.
    pub(crate) fn named(name: &str) -> Self {
        // FNV-1a, 64 bits.
        let hash =
            name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self::of(&[hash])
    }

    /// 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is more than 0 and fits 32 bits.
    pub(crate) const fn below(&mut self, limit: u64) -> u64 {
        ((self.next() >> 32) * limit) >> 32
    }

    /// A number from `low` to `high`, both included.
    pub(crate) const fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high.abs_diff(low) + 1).cast_signed()
    }

    /// Does something happen that happens `permille` times of 1,000?
    pub(crate) const fn happens(&mut self, permille: u64) -> bool {
        self.below(1_000) < permille
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[usize::try_from(self.below(several.len() as u64)).expect("below a length")]
    }

    /// One of several, by the weight that stands before each.
    pub(crate) fn weighted<'a, T>(&mut self, several: &'a [(u32, T)]) -> &'a T {
        let total = several.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let mut left = self.below(total);
        for (weight, item) in several {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return item,
            }
        }
        &several[0].1
    }

    /// A quantity of a heavy-tailed distribution with this mean.
    pub(crate) fn heavy(&mut self, mean: u64) -> u64 {
        let quantile = u64::from(*self.pick(&HEAVY));
        let jitter = 750 + self.below(501);
        u64::try_from(u128::from(mean) * u128::from(quantile) * u128::from(jitter) / 1_000_000).unwrap_or(u64::MAX)
    }

    /// A count whose mean is `thousandths` of one: the whole part for sure, one more by chance.
    pub(crate) const fn count(&mut self, thousandths: u64) -> u64 {
        thousandths / 1_000 + (self.below(1_000) < thousandths % 1_000) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throws_are_fixed_and_heavy_tails_keep_their_mean() {
        let mut dice = Dice(0);
        assert_eq!(dice.next(), 0xe220_a839_7b1d_cdaf, "the first value of SplitMix64 for the seed 0");
        let mean = (0..200_000).map(|_| dice.heavy(1_000)).sum::<u64>() / 200_000;
        assert!((970..1_030).contains(&mean), "{mean}");
        assert!((0..1_000).all(|_| (3..=5).contains(&dice.between(3, 5))));
    }
}

//! Chance that is given in: a seed in, the same numbers out. Whoever calls draws the seed; no decider does.

/// Numbers that follow from a seed (SplitMix64, G. Steele, D. Lea, C. Flood 2014): even enough to choose numbers and to spread retries, not
/// for secrets.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 where there is none below it.
    pub const fn below(&mut self, bound: u64) -> u64 {
        let drawn = self.draw();
        // The product's upper half: even enough for any bound that is far below 2^64.
        ((drawn as u128 * bound as u128) >> 64) as u64
    }
}

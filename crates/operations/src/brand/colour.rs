//! Colours of a brand, and whether they can be read: contrast as WCAG 2.2 defines it.
//!
//! On light ground a brand's colour carries white text (buttons) and is text itself (links); on dark ground it carries dark text and is
//! text on cards. Text needs 4.5 to 1 (1.4.3); what is no text, such as the edge of a chosen field, needs 3 to 1 (1.4.11), which a colour
//! of text has anyway.

#![expect(
    clippy::float_arithmetic,
    reason = "contrast is defined with fractions (WCAG 2.2, relative luminance); no money is near"
)]

use std::{fmt, str::FromStr};
use store::Ground;

/// A colour of a screen, written `#0b6e4f`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Why a text is no colour.
#[derive(Debug, PartialEq, Eq)]
pub struct ColourError(String);

impl fmt::Display for ColourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "colour `{}` is not written as `#0b6e4f`", self.0)
    }
}

impl std::error::Error for ColourError {}

/// What text needs on its ground (WCAG 2.2, 1.4.3), in hundredths.
pub const READABLE: u32 = 450;

const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0; 3]);
/// The page below the cards in the light theme.
const LIGHT_PAGE: Colour = Colour([0xfa; 3]);
/// A card of the dark theme under the mouse: the lightest ground that it has.
const DARK_CARD: Colour = Colour([0x33; 3]);
/// The text of buttons in the dark theme.
const DARK_INK: Colour = Colour([0x17; 3]);

/// How far two colours are apart, in hundredths: 100 for the same, 2100 for black on white.
pub fn contrast(one: Colour, other: Colour) -> u32 {
    let (a, b) = (one.luminance(), other.luminance());
    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
    // Cut off and not rounded: 4.499 is not enough.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 100 and 2100")]
    let hundredths = (ratio * 100.0 + 1e-9).floor() as u32;
    hundredths
}

impl Colour {
    /// The text that stands on this colour in buttons.
    pub const fn ink(ground: Ground) -> Self {
        match ground {
            Ground::Light => WHITE,
            Ground::Dark => DARK_INK,
        }
    }

    /// The least contrast of what this colour has to carry or to be in a theme, in hundredths.
    pub fn least_contrast(self, ground: Ground) -> u32 {
        let page = match ground {
            Ground::Light => LIGHT_PAGE,
            Ground::Dark => DARK_CARD,
        };
        contrast(self, page).min(contrast(self, Self::ink(ground)))
    }

    /// The nearest colour of the same tint that can be read in a theme: this one, if it can.
    #[must_use]
    pub fn readable(self, ground: Ground) -> Self {
        let end = match ground {
            Ground::Light => BLACK,
            Ground::Dark => WHITE,
        };
        let mut steps = (0..=1000).map(|thousandths| self.mixed(end, thousandths));
        steps.find(|colour| colour.least_contrast(ground) >= READABLE).unwrap_or(end)
    }

    /// This colour with so many thousandths of another in it.
    fn mixed(self, other: Self, thousandths: u32) -> Self {
        let mix = |index: usize| {
            let [own, other] = [self.0[index], other.0[index]].map(u32::from);
            u8::try_from((own * (1000 - thousandths) + other * thousandths) / 1000).expect("a mean of two bytes is a byte")
        };
        Self([mix(0), mix(1), mix(2)])
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|byte| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

impl FromStr for Colour {
    type Err = ColourError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ColourError(text.to_owned());
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = u32::from_str_radix(digits.ok_or_else(error)?, 16).map_err(|_| error())?;
        let [_, red, green, blue] = value.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    /// PLT-09: contrast is what WCAG 2.2 says that it is: pairs whose ratios are published.
    #[test]
    fn contrast_is_that_of_the_published_pairs() {
        for (one, other, ratio) in [
            ("#000000", "#ffffff", 2100),
            ("#ffffff", "#ffffff", 100),
            // The greys around the limits for text, for large text and for AAA.
            ("#767676", "#ffffff", 454),
            ("#777777", "#ffffff", 447),
            ("#949494", "#ffffff", 303),
            ("#959595", "#ffffff", 299),
            ("#595959", "#ffffff", 700),
            ("#ff0000", "#ffffff", 399),
            ("#0000ff", "#ffffff", 859),
            ("#00ff00", "#ffffff", 137),
            ("#ffff00", "#ffffff", 107),
            ("#ffff00", "#000000", 1955),
            ("#ff0000", "#000000", 525),
        ] {
            assert_eq!(contrast(colour(one), colour(other)), ratio, "{one} {other}");
            assert_eq!(contrast(colour(other), colour(one)), ratio, "{other} {one}");
        }
    }

    /// PLT-09, RES-09: whatever colour is chosen, one that can be read is near, and one that can be read stays.
    #[test]
    fn the_nearest_readable_colour_can_be_read() {
        for text in ["#ffff00", "#000000", "#ffffff", "#0b6e4f", "#e4002b", "#7fd1ae", "#1b3a8a", "#777777"] {
            for ground in Ground::ALL {
                let readable = colour(text).readable(ground);
                assert!(readable.least_contrast(ground) >= READABLE, "{text} {ground:?}");
                assert_eq!(readable.readable(ground), readable, "{text} {ground:?}");
            }
        }
        assert_eq!(colour("#0b6e4f").readable(Ground::Light), colour("#0b6e4f"));
        assert_ne!(colour("#0b6e4f").readable(Ground::Dark), colour("#0b6e4f"));
        for bad in ["0b6e4f", "#0b6e4", "#0b6e4g", "#", "red", "#0b6e4f0"] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }
}

//! How a host name looks: its name, its logo, and its colour made readable in both themes.

#![expect(
    clippy::float_arithmetic,
    reason = "contrast is defined with fractions (WCAG 2.2, relative luminance); no money is near"
)]

use crate::assets;
use std::{fmt, str::FromStr};

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

/// What contrast text needs on its ground (WCAG 2.2, 1.4.3), and a little more against rounding.
const READABLE: f64 = 4.7;

/// The surface of cards in the dark theme.
const DARK_SURFACE: Colour = Colour([0x26, 0x26, 0x26]);
const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0; 3]);

impl Colour {
    /// This colour with so many hundredths of another in it.
    fn mixed(self, other: Colour, hundredths: u32) -> Self {
        let mix = |index: usize| {
            let [own, other] = [self.0[index], other.0[index]].map(u32::from);
            u8::try_from((own * (100 - hundredths) + other * hundredths) / 100).expect("a mean of two bytes is a byte")
        };
        Self([mix(0), mix(1), mix(2)])
    }

    /// The least step towards `end` at which this colour is readable on or under `ground`.
    fn readable_on(self, ground: Colour, end: Colour) -> Self {
        let steps = (0..=100).map(|hundredths| self.mixed(end, hundredths));
        steps.into_iter().find(|colour| contrast(*colour, ground) >= READABLE).unwrap_or(end)
    }

    /// This colour as a ground under white text.
    pub(crate) fn under_white(self) -> Self {
        self.readable_on(WHITE, BLACK)
    }

    /// This colour as a text on the dark theme's surfaces.
    pub(crate) fn on_dark(self) -> Self {
        self.readable_on(DARK_SURFACE.mixed(WHITE, 6), WHITE)
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|byte| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (a, b) = (one.luminance(), other.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
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

/// How a host name looks and speaks.
#[derive(Clone, Debug)]
pub struct Brand {
    /// What stands beside the logo and in the title of each page.
    pub name: String,
    /// The address of the logo, shown in a box of 120 by 60 at most.
    pub logo: Option<String>,
    /// The address of [`stylesheet`] for its colour.
    pub stylesheet: String,
    /// The address of [`icon`] for its colour.
    pub icon: String,
}

impl Brand {
    /// A brand without logo: its first letter on its colour stands for one.
    pub fn new(name: impl Into<String>, colour: Colour) -> Self {
        Self { name: name.into(), logo: None, stylesheet: stylesheet_url(colour), icon: icon_url(colour) }
    }

    /// The letter that stands for a logo.
    pub fn initial(&self) -> String {
        self.name.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default()
    }
}

/// The address of a colour's style sheet: `/brand/{hash}/{rrggbb}.css`, kept for ever like an asset.
pub fn stylesheet_url(colour: Colour) -> String {
    let hash = assets::short_hash(stylesheet(colour).as_bytes());
    format!("/brand/{hash}/{}.css", colour.to_string().trim_start_matches('#'))
}

/// The style sheet behind a brand's address. Any colour will do: it is darkened under white text and lightened on dark ground as far
/// as reading needs.
pub fn stylesheet(colour: Colour) -> String {
    let (button, link_on_dark) = (colour.under_white(), colour.on_dark());
    let typeface = assets::url("inter-latin-wght-normal.woff2");
    format!(
        "@font-face{{font-family:Inter;font-style:normal;font-display:swap;font-weight:100 900;src:url({typeface}) format('woff2')}}\n\
         :root,[data-bs-theme=light],[data-bs-theme=dark]{{--brand:{colour};--tblr-primary:{button};--tblr-primary-fg:#fff;\
         --tblr-link-color:light-dark({button},{link_on_dark});--series:light-dark({button},{link_on_dark})}}\n"
    )
}

/// The address of a colour's icon: `/brand/{hash}/{rrggbb}.svg`.
pub fn icon_url(colour: Colour) -> String {
    let hash = assets::short_hash(icon(colour).as_bytes());
    format!("/brand/{hash}/{}.svg", colour.to_string().trim_start_matches('#'))
}

/// The icon of a browser's tab: the dial of a telephone on the brand's colour.
pub fn icon(colour: Colour) -> String {
    const HOLES: [(u8, u8); 8] = [(16, 6), (23, 9), (26, 16), (23, 23), (16, 26), (9, 23), (6, 16), (9, 9)];
    let holes: String = HOLES.iter().map(|(x, y)| format!(r#"<circle cx="{x}" cy="{y}" r="2"/>"#)).collect();
    let ground = colour.under_white();
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="{ground}"/><g fill="#fff">{holes}<circle cx="16" cy="16" r="4"/></g></svg>"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-09: whatever colour a brand chooses, its buttons and links can be read.
    #[test]
    fn any_colour_is_made_readable() {
        for text in ["#ffff00", "#000000", "#ffffff", "#0b6e4f", "#e4002b", "#7fd1ae", "#1b3a8a"] {
            let colour: Colour = text.parse().unwrap();
            assert!(contrast(colour.readable_on(WHITE, BLACK), WHITE) >= 4.5, "{text} under white");
            assert!(contrast(colour.readable_on(DARK_SURFACE, WHITE), DARK_SURFACE) >= 4.5, "{text} on dark");
            assert!(stylesheet_url(colour).ends_with(&format!("/{}.css", &text[1..])));
        }
        for bad in ["0b6e4f", "#0b6e4", "#0b6e4g", "#", "red"] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }
}

//! How a host name looks: its name, its logos, and its colours in both themes. Whether a colour can be read is
//! [`operations::brand`]'s to say.

use crate::{answer::see_other, assets, session::Visitor};
use axum::response::Response;
use operations::brand::{BrandLogo, BrandLook, Ground, LegalPage};
pub use operations::brand::{Colour, ColourError};

/// The colour of a brand whose own cannot be read as one.
const HOUSE_COLOUR: &str = "#1b3a8a";

/// The colours of a brand: each can be read in its theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// On light ground, and under white text.
    pub light: Colour,
    /// On dark ground, and under dark text.
    pub dark: Colour,
}

impl From<Colour> for Colours {
    /// Both made from one.
    fn from(colour: Colour) -> Self {
        Self { light: colour.readable(Ground::Light), dark: colour.readable(Ground::Dark) }
    }
}

impl Colours {
    /// A brand's. What was kept before colours were checked is made readable.
    pub fn of(look: &BrandLook) -> Self {
        let colour: Colour = look.colour.parse().unwrap_or_else(|_| HOUSE_COLOUR.parse().expect("a colour"));
        let dark = look.colour_on_dark.parse().unwrap_or(colour);
        Self { dark: dark.readable(Ground::Dark), ..Self::from(colour) }
    }
}

/// A logo of a page, shown in a box of 120 by 60 at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its address.
    pub url: String,
    /// The address of one for screens with finer pixels.
    pub sharp: Option<String>,
    /// In pixels of the page.
    pub width: i32,
    /// In pixels of the page.
    pub height: i32,
}

impl Logo {
    /// The logo of a theme; `url` gives each of its pictures an address.
    pub fn of(logos: &[BrandLogo], ground: Ground, url: impl Fn(&BrandLogo) -> String) -> Option<Self> {
        let found = |density| logos.iter().find(|logo| logo.ground == ground && logo.density == density);
        let plain = found(1)?;
        Some(Self { url: url(plain), sharp: found(2).map(&url), width: plain.width, height: plain.height })
    }
}

/// The address of a logo that is kept.
pub fn logo_url(logo: &BrandLogo) -> String {
    format!("/brand/{}/logo.png", logo.hash)
}

/// How a host name looks and speaks.
#[derive(Clone, Debug)]
pub struct Brand {
    /// What stands beside the logo and in the title of each page.
    pub name: String,
    /// The logo of the light theme; without one for the dark theme it stands there on a light plate.
    pub logo: Option<Logo>,
    /// The logo of the dark theme.
    pub logo_on_dark: Option<Logo>,
    /// The address of [`stylesheet`] for its colours.
    pub stylesheet: String,
    /// The address of [`icon`] for its colours.
    pub icon: String,
    /// Where to call; empty for nowhere.
    pub telephone: String,
    /// Where to write; empty for nowhere.
    pub email: String,
    /// Where letters go, in lines.
    pub postal_address: String,
    /// The legal pages that it has.
    pub legal: Vec<LegalPage>,
}

impl Brand {
    /// A brand without logo: its first letter on its colour stands for one.
    pub fn new(name: impl Into<String>, colour: Colour) -> Self {
        let look = BrandLook { name: name.into(), colour: colour.to_string(), ..BrandLook::default() };
        Self::of(&look, &[], logo_url)
    }

    /// A brand as its owner made it; `url` gives its logos their addresses.
    pub fn of(look: &BrandLook, logos: &[BrandLogo], url: impl Fn(&BrandLogo) -> String) -> Self {
        let colours = Colours::of(look);
        Self {
            name: look.name.clone(),
            logo: Logo::of(logos, Ground::Light, &url),
            logo_on_dark: Logo::of(logos, Ground::Dark, &url),
            stylesheet: stylesheet_url(colours),
            icon: icon_url(colours),
            telephone: look.telephone.clone(),
            email: look.email.clone(),
            postal_address: look.postal_address.clone(),
            legal: Vec::new(),
        }
    }

    /// The letter that stands for a logo.
    pub fn initial(&self) -> String {
        self.name.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default()
    }

    /// Is there anything to show at the foot of a page?
    pub fn has_foot(&self) -> bool {
        !self.telephone.is_empty() || !self.email.is_empty() || !self.postal_address.is_empty() || !self.legal.is_empty()
    }

    /// The lines of its postal address.
    pub fn postal_lines(&self) -> impl Iterator<Item = &str> {
        self.postal_address.lines()
    }

    /// Its telephone number for links: digits, and a plus.
    pub fn dialled(&self) -> String {
        self.telephone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// The address of the style sheet of two colours: `/brand/{hash}/{rrggbb}-{rrggbb}.css`, kept for ever like an asset.
pub fn stylesheet_url(colours: Colours) -> String {
    let hash = assets::short_hash(stylesheet(colours).as_bytes());
    format!("/brand/{hash}/{}-{}.css", digits(colours.light), digits(colours.dark))
}

/// The style sheet behind a brand's address. In the dark theme buttons carry dark text: a colour that can be read on dark cards is light.
pub fn stylesheet(colours: Colours) -> String {
    let Colours { light, dark } = colours;
    let (light_ink, dark_ink) = (Colour::ink(Ground::Light), Colour::ink(Ground::Dark));
    let typeface = assets::url("inter-latin-wght-normal.woff2");
    format!(
        "@font-face{{font-family:Inter;font-style:normal;font-display:swap;font-weight:100 900;src:url({typeface}) format('woff2')}}\n\
         :root,[data-bs-theme=light],[data-bs-theme=dark]{{--brand:light-dark({light},{dark});\
         --tblr-primary:light-dark({light},{dark});--tblr-primary-fg:light-dark({light_ink},{dark_ink});\
         --tblr-link-color:light-dark({light},{dark});--series:light-dark({light},{dark})}}\n"
    )
}

/// The address of the icon of two colours: `/brand/{hash}/{rrggbb}.svg`.
pub fn icon_url(colours: Colours) -> String {
    let hash = assets::short_hash(icon(colours.light).as_bytes());
    format!("/brand/{hash}/{}.svg", digits(colours.light))
}

fn digits(colour: Colour) -> String {
    colour.to_string().trim_start_matches('#').to_owned()
}

/// `GET /favicon.ico`: what browsers ask for by themselves leads to the brand's icon.
pub(crate) async fn favicon(visitor: Visitor) -> Response {
    see_other(&visitor.brand.look.icon)
}

/// The icon of a browser's tab: the dial of a telephone on the brand's colour.
pub fn icon(colour: Colour) -> String {
    const HOLES: [(u8, u8); 8] = [(16, 6), (23, 9), (26, 16), (23, 23), (16, 26), (9, 23), (6, 16), (9, 9)];
    let holes: String = HOLES.iter().map(|(x, y)| format!(r#"<circle cx="{x}" cy="{y}" r="2"/>"#)).collect();
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="{colour}"/><g fill="#fff">{holes}<circle cx="16" cy="16" r="4"/></g></svg>"##
    )
}

/// What stands behind an address that [`stylesheet_url`] or [`icon_url`] made, with its type: a function of the address alone, so that a
/// preview can show colours that nobody kept.
pub(crate) fn made(hash: &str, file: &str) -> Option<(&'static str, String)> {
    let colour = |digits: &str| format!("#{digits}").parse::<Colour>().ok();
    let (content_type, body) = if let Some(name) = file.strip_suffix(".css") {
        let (light, dark) = name.split_once('-')?;
        ("text/css; charset=utf-8", stylesheet(Colours { light: colour(light)?, dark: colour(dark)? }))
    } else {
        ("image/svg+xml", icon(colour(file.strip_suffix(".svg")?)?))
    };
    (assets::short_hash(body.as_bytes()) == hash).then_some((content_type, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-09: whatever colour a brand has, its buttons and links can be read; one that can be read stays as it is.
    #[test]
    fn any_colour_is_made_readable() {
        for text in ["#ffff00", "#000000", "#ffffff", "#0b6e4f", "#e4002b", "#7fd1ae", "#1b3a8a", "red"] {
            let look = BrandLook { colour: text.to_owned(), ..BrandLook::default() };
            let colours = Colours::of(&look);
            assert!(colours.light.least_contrast(Ground::Light) >= operations::brand::READABLE, "{text}");
            assert!(colours.dark.least_contrast(Ground::Dark) >= operations::brand::READABLE, "{text}");
            let url = stylesheet_url(colours);
            let (hash, file) = url.strip_prefix("/brand/").unwrap().split_once('/').unwrap();
            assert_eq!(made(hash, file).unwrap().1, stylesheet(colours));
            assert!(made("0000000000000000", file).is_none() && made(hash, "x.css").is_none());
        }
        let look = BrandLook { colour: "#0b6e4f".into(), colour_on_dark: "#7fd1ae".into(), ..BrandLook::default() };
        assert_eq!(Colours::of(&look).light.to_string(), "#0b6e4f");
        assert_eq!(Colours::of(&look).dark.to_string(), "#7fd1ae");
    }
}

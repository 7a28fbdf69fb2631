//! The four languages of the house, and what each does to a date, a number or a country's name (PLT-08).
//!
//! The rules come from CLDR through ICU4X; its formatters are made once a language and kept. What CLDR leaves open to a house (how
//! many decimals a price shows, when a volume changes its unit) is decided in the files of this folder.

mod amounts;
mod countries;
mod dates;

pub(crate) use operations::grouped::{grouped, party};

use icu_locale_core::locale;
use std::{fmt, str::FromStr, sync::LazyLock};

/// A language that the pages speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// French: the first, and what a browser gets that asks for none of the four.
    #[default]
    French,
    /// Dutch.
    Dutch,
    /// German.
    German,
    /// English, with British dates.
    English,
}

/// Why a text is none of the four languages.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownLocale(String);

impl fmt::Display for UnknownLocale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "language `{}` is not one of fr, nl, de, en", self.0)
    }
}

impl std::error::Error for UnknownLocale {}

/// What is made once a language: building one takes longer than formatting a page.
struct Formatters {
    numbers: icu_decimal::DecimalFormatter,
    dates: dates::DateFormatters,
}

impl Formatters {
    fn of(tag: &icu_locale_core::Locale) -> Self {
        let numbers = icu_decimal::DecimalFormatter::try_new(tag.into(), Default::default());
        Self { numbers: numbers.expect("the four languages are compiled in"), dates: dates::DateFormatters::of(tag) }
    }
}

static FORMATTERS: LazyLock<[Formatters; 4]> = LazyLock::new(|| Locale::ALL.map(|locale| Formatters::of(&locale.cldr())));

impl Locale {
    /// Every language, in the order of the menu.
    pub const ALL: [Locale; 4] = [Locale::French, Locale::Dutch, Locale::German, Locale::English];

    /// Its tag in `lang` attributes, cookies and folders: `fr`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// Its name in itself, as a menu of languages shows it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::Dutch => "Nederlands",
            Self::German => "Deutsch",
            Self::English => "English",
        }
    }

    /// The first of `spoken` that an `Accept-Language` header asks for, by its weights; else the first of `spoken`, else French.
    pub fn accepted(header: &str, spoken: &[Locale]) -> Locale {
        let mut best: Option<(u32, Locale)> = None;
        for wish in header.split(',').take(20) {
            let (tag, parameters) = wish.split_once(';').unwrap_or((wish, ""));
            let weight = parameters.trim().strip_prefix("q=").map_or(1_000, thousandths);
            let language = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            if let Ok(locale) = language.parse::<Locale>()
                && spoken.contains(&locale)
                && best.is_none_or(|(heaviest, _)| weight > heaviest)
            {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale).or(spoken.first().copied()).unwrap_or_default()
    }

    fn cldr(self) -> icu_locale_core::Locale {
        match self {
            Self::French => locale!("fr"),
            Self::Dutch => locale!("nl-BE"),
            Self::German => locale!("de"),
            Self::English => locale!("en-GB"),
        }
    }

    fn formatters(self) -> &'static Formatters {
        &FORMATTERS[self as usize]
    }
}

/// A weight of `Accept-Language` in thousandths: `0.8` is 800.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().unwrap_or(0).min(1) * 1_000 + fraction.parse::<u32>().unwrap_or(0)
}

impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|locale| locale.tag() == text).ok_or_else(|| UnknownLocale(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PLT-08: a browser's wish is heard, and what no page speaks falls back to the brand's first language.
    #[test]
    fn a_browser_gets_the_language_it_weighs_most_among_those_spoken() {
        let accepted = |header| Locale::accepted(header, &Locale::ALL);
        assert_eq!(accepted("de-AT,de;q=0.9,en;q=0.8"), Locale::German);
        assert_eq!(accepted("es, en;q=0.2, nl;q=0.7"), Locale::Dutch);
        assert_eq!(accepted("EN-us"), Locale::English);
        assert_eq!(accepted("es"), Locale::French);
        assert_eq!(accepted(""), Locale::French);
        assert_eq!(Locale::accepted("fr", &[Locale::Dutch, Locale::English]), Locale::Dutch);
    }
}

//! The four languages of documents: their words (`locales/*/*.ftl`), and what each does to an amount, a day or a country's name.

mod amounts;
mod days;

use crate::DocumentError;
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, static_loader};
use icu_locale::names::RegionDisplayName;
use icu_locale_core::locale;
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};
use vocabulary::CountryCode;

static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    French,
    Dutch,
    German,
    English,
}

/// What is made once a language.
struct Formatters {
    numbers: icu_decimal::DecimalFormatter,
    days: days::DayFormatters,
    identifier: LanguageIdentifier,
}

static FORMATTERS: LazyLock<[Formatters; 4]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let cldr = language.cldr();
        Formatters {
            numbers: icu_decimal::DecimalFormatter::try_new((&cldr).into(), Default::default())
                .expect("the four are compiled in"),
            days: days::DayFormatters::of(&cldr),
            identifier: language.tag().parse().expect("the four tags are language identifiers"),
        }
    })
});

impl Language {
    pub(crate) const ALL: [Language; 4] = [Language::French, Language::Dutch, Language::German, Language::English];

    /// From a tag, as an invoice has it.
    ///
    /// # Errors
    /// For any but `fr`, `nl`, `de`, `en`.
    pub(crate) fn of(tag: &str) -> Result<Self, DocumentError> {
        Self::ALL.into_iter().find(|language| language.tag() == tag).ok_or_else(|| DocumentError::Language(tag.to_owned()))
    }

    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::Dutch => "nl",
            Self::German => "de",
            Self::English => "en",
        }
    }

    /// The text of a key.
    pub(crate) fn text(self, key: &str) -> String {
        TEXTS.lookup(&self.formatters().identifier, key)
    }

    /// The text of a key with its arguments. A number chooses the plural; what is shown of it is passed as text beside it.
    pub(crate) fn text_with<const N: usize>(self, key: &str, arguments: [(&'static str, FluentValue<'_>); N]) -> String {
        let arguments = arguments.map(|(name, value)| (Cow::Borrowed(name), value));
        TEXTS.lookup_with_args(&self.formatters().identifier, key, &HashMap::from(arguments))
    }

    /// The name of a country; its code where it has none.
    pub(crate) fn country(self, country: CountryCode) -> String {
        let region = country.as_str().parse().ok();
        let name = region.and_then(|region| RegionDisplayName::try_new_light((&self.cldr()).into(), region).ok());
        name.map_or_else(|| country.to_string(), |name| name.to_string())
    }

    fn cldr(self) -> icu_locale_core::Locale {
        match self {
            Self::French => locale!("fr"),
            Self::Dutch => locale!("nl"),
            Self::German => locale!("de"),
            Self::English => locale!("en-GB"),
        }
    }

    fn formatters(self) -> &'static Formatters {
        &FORMATTERS[self as usize]
    }
}

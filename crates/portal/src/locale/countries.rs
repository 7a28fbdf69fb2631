//! Countries by their names.

use super::Locale;
use icu_locale::names::RegionDisplayName;
use vocabulary::CountryCode;

impl Locale {
    /// The name of a country in this language; its code when it has none, as networks of no country.
    pub fn country(self, country: CountryCode) -> String {
        let region = country.as_str().parse().ok();
        let name = region.and_then(|region| RegionDisplayName::try_new_light((&self.cldr()).into(), region).ok());
        name.map_or_else(|| country.to_string(), |name| name.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_their_name_in_each_language() {
        let named = |code: &str| Locale::ALL.map(|locale| locale.country(code.parse().unwrap()));
        assert_eq!(named("CH"), ["Suisse", "Zwitserland", "Schweiz", "Switzerland"]);
        assert_eq!(named("XK"), ["Kosovo", "Kosovo", "Kosovo", "Kosovo"]);
        assert_eq!(named("XV")[0], "XV");
    }
}

//! The form of account numbers by country, as the registry of ISO 13616 gives it, and which countries are in SEPA (EPC409-09, as of 2026).

/// The countries of SEPA (accounts overseas begin with the country's letters, `FR` or `GB`) and what follows the check digits there: so many of `n` digits, `a` capitals, `c` either.
const SEPA: [(&str, &str); 42] = [
    ("AD", "8n12c"),
    ("AL", "8n16c"),
    ("AT", "16n"),
    ("BE", "12n"),
    ("BG", "4a6n8c"),
    ("CH", "5n12c"),
    ("CY", "8n16c"),
    ("CZ", "20n"),
    ("DE", "18n"),
    ("DK", "14n"),
    ("EE", "16n"),
    ("ES", "20n"),
    ("FI", "14n"),
    ("FR", "10n11c2n"),
    ("GB", "4a14n"),
    ("GI", "4a15c"),
    ("GR", "7n16c"),
    ("HR", "17n"),
    ("HU", "24n"),
    ("IE", "4a14n"),
    ("IS", "22n"),
    ("IT", "1a10n12c"),
    ("LI", "5n12c"),
    ("LT", "16n"),
    ("LU", "3n13c"),
    ("LV", "4a13c"),
    ("MC", "10n11c2n"),
    ("MD", "20c"),
    ("ME", "18n"),
    ("MK", "3n10c2n"),
    ("MT", "4a5n18c"),
    ("NL", "4a10n"),
    ("NO", "11n"),
    ("PL", "24n"),
    ("PT", "21n"),
    ("RO", "4a16c"),
    ("RS", "18n"),
    ("SE", "20n"),
    ("SI", "15n"),
    ("SK", "20n"),
    ("SM", "1a10n12c"),
    ("VA", "18n"),
];

/// Countries that have account numbers of this kind and are not in SEPA.
const ELSEWHERE: [&str; 48] = [
    "AE", "AO", "AZ", "BA", "BH", "BI", "BR", "BY", "CR", "DJ", "DO", "EG", "FK", "FO", "GE", "GL", "GT", "HN", "IL", "IQ", "JO",
    "KW", "KZ", "LB", "LC", "LY", "MN", "MR", "MU", "NI", "OM", "PK", "PS", "QA", "RU", "SA", "SC", "SD", "SO", "ST", "SV", "TL",
    "TN", "TR", "UA", "VG", "XK", "YE",
];

/// What a country writes after the check digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Of a country in SEPA: see [`signs`].
    Sepa(&'static str),
    /// Of another country.
    Elsewhere,
    /// There is no such country here.
    Unknown,
}

/// What the country of these two capitals writes.
pub(crate) fn form_of(country: &str) -> Form {
    match SEPA.iter().find(|(code, _)| *code == country) {
        Some((_, form)) => Form::Sepa(form),
        None if ELSEWHERE.contains(&country) => Form::Elsewhere,
        None => Form::Unknown,
    }
}

/// A sign for each place of a form: `n`, `a` or `c`.
pub(crate) fn signs(form: &'static str) -> impl Iterator<Item = char> {
    form.split_inclusive(|c: char| c.is_ascii_alphabetic()).flat_map(|part| {
        let (count, sign) = part.split_at(part.len() - 1);
        let count = count.parse().expect("a form has a number before each of its signs");
        std::iter::repeat_n(sign.chars().next().expect("the last sign"), count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_the_length_that_the_registry_gives() {
        let length = |country| match form_of(country) {
            Form::Sepa(form) => signs(form).count() + 4,
            Form::Elsewhere | Form::Unknown => 0,
        };
        let known = [("FR", 27), ("BE", 16), ("DE", 22), ("NL", 18), ("NO", 15), ("MT", 31), ("IT", 27), ("MD", 24), ("HU", 28)];
        assert!(known.iter().all(|(country, digits)| length(country) == *digits));
        assert!(SEPA.iter().all(|(country, _)| (15..=31).contains(&length(country)) && !ELSEWHERE.contains(country)));
        assert_eq!((form_of("BR"), form_of("XX")), (Form::Elsewhere, Form::Unknown));
    }
}

//! Why a row was set aside, in the reader's language.

use crate::Locale;

/// The name of a reason, by the word that is stored; a general one for a word that a newer program wrote.
pub(crate) fn reason_name(code: &str, locale: Locale) -> &'static str {
    match code {
        "unreadable" => locale.text("aside-unreadable"),
        "wrong_column_count" => locale.text("aside-wrong-column-count"),
        "bad_number" => locale.text("aside-bad-number"),
        "no_line" => locale.text("aside-no-line"),
        "bad_time" => locale.text("aside-bad-time"),
        "bad_quantity" => locale.text("aside-bad-quantity"),
        "unknown_kind" => locale.text("aside-unknown-kind"),
        "unknown_direction" => locale.text("aside-unknown-direction"),
        "bad_visited" => locale.text("aside-bad-visited"),
        "unknown_access" => locale.text("aside-unknown-access"),
        "not_answered" => locale.text("aside-not-answered"),
        "too_many_legs" => locale.text("aside-too-many-legs"),
        "unknown_line" => locale.text("aside-unknown-line"),
        "from_the_future" => locale.text("aside-from-the-future"),
        "unknown_destination" => locale.text("aside-unknown-destination"),
        "unknown_network" => locale.text("aside-unknown-network"),
        "before_start" => locale.text("aside-before-start"),
        "after_end" => locale.text("aside-after-end"),
        "not_allowed" => locale.text("aside-not-allowed"),
        "not_in_catalogue" => locale.text("aside-not-in-catalogue"),
        "too_large" => locale.text("aside-too-large"),
        _ => locale.text("aside-other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// RAT-08, PLT-08: every reason for which a row can be set aside has a name of its own in each language.
    #[test]
    fn every_reason_has_a_name_in_every_language() {
        let codes: Vec<_> = operations::usage_files::reasons().collect();
        assert!(codes.len() > 20, "{codes:?}");
        for locale in Locale::ALL {
            let names: HashSet<_> = codes.iter().map(|code| reason_name(code, locale)).collect();
            assert_eq!(names.len(), codes.len(), "{locale:?}");
            let other = reason_name("never heard of", locale);
            assert!(!names.contains(other) && !names.iter().any(|name| name.contains("localization")), "{locale:?}: {names:?}");
        }
    }
}

//! Amounts in fields: shown for typing here, and read by [`operations::amount`].

pub use operations::amount::{AmountFault, read};
use vocabulary::Cents;

/// An amount as a field shows it for typing: `12,50` where that is the language's sign.
pub(crate) fn shown(cents: Cents, language: &str) -> String {
    let text = cents.to_string();
    if language == "en" { text } else { text.replace('.', ",") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CUS-09: a field shows an amount as it would be typed.
    #[test]
    fn an_amount_is_shown_as_people_type_it() {
        assert_eq!((shown(Cents::new(1_250), "fr").as_str(), shown(Cents::new(5), "en").as_str()), ("12,50", "0.05"));
        assert_eq!(read(&shown(Cents::new(1_250), "de")), Ok(Cents::new(1_250)));
    }
}

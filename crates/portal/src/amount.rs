//! Amounts in fields: shown for typing here, and read by [`operations::amount`].

use crate::Page;
pub use operations::amount::{AmountFault, read};
use vocabulary::Cents;

/// Why what was typed is no amount, in words.
pub(crate) fn fault_words(page: &Page, fault: AmountFault, typed: &str) -> String {
    match fault {
        AmountFault::Empty => page.t("payment-amount-empty").to_owned(),
        AmountFault::TooFine => page.ta("payment-amount-too-fine", typed),
        AmountFault::NotANumber | AmountFault::TooLarge => page.ta("payment-amount-not-a-number", typed),
    }
}

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

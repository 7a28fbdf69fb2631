//! The words of text messages (PLT-07), by brand and language: plain signs, so that they are few messages on their way.

use crate::{
    mail::{MailTemplates, language},
    text::without_joiners,
};
use operations::{
    sign_in::Brand,
    text_message::{TextNotice, TextRenderer},
};
use vocabulary::ConfirmationCode;

/// Names a text that stands in a variable, so that the search for texts finds it.
macro_rules! key {
    ($key:literal) => {
        $key
    };
}

impl TextRenderer for MailTemplates {
    fn render_text(&self, brand: &Brand, tag: &str, notice: TextNotice) -> String {
        let locale = language(brand, tag);
        let (key, at) = match notice {
            TextNotice::AddressAsked { at } => (key!("text-address-asked"), at),
            TextNotice::PasswordChanged { at } => (key!("text-password-changed"), at),
            TextNotice::IdentifierChanged { at } => (key!("text-identifier-changed"), at),
            TextNotice::SecondFactorRemoved { at } => (key!("text-second-factor-removed"), at),
            TextNotice::NumbersChanged { at } => (key!("text-numbers-changed"), at),
            TextNotice::SimSwapped { at } => (key!("text-sim-swapped"), at),
            // What it says is known only as it leaves: `render_code`.
            TextNotice::EsimCode { .. } => return String::new(),
        };
        let arguments = [
            ("brand", brand.look.name.as_str().into()),
            ("at", locale.moment(at, &brand.zone).into()),
            ("contact", brand.contact().into()),
        ];
        plain(&locale.text_with(key, arguments))
    }

    fn render_code(&self, brand: &Brand, tag: &str, code: &ConfirmationCode) -> String {
        let arguments = [("brand", brand.look.name.as_str().into()), ("code", code.reveal().into())];
        plain(&language(brand, tag).text_with("text-esim-code", arguments))
    }
}

/// What typography puts in goes: a curved apostrophe or a space that does not break is none of the signs that telephones have.
fn plain(text: &str) -> String {
    without_joiners(text)
        .chars()
        .map(|c| match c {
            '’' => '\'',
            '\u{a0}' | '\u{202f}' => ' ',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Locale, samples};
    use operations::text_message::{MOST_SEGMENTS, segments};

    /// RES-08: the confirmation code of an eSIM is one short message with the code in it and no link, in each language.
    #[test]
    fn the_confirmation_code_is_told_in_one_message() {
        let (brand, code) = (samples::mail::brand(), "048213".parse().unwrap());
        for locale in Locale::ALL {
            let text = MailTemplates.render_code(&brand, locale.tag(), &code);
            assert!(text.contains("toile & Fils") && text.contains("048213"), "{text}");
            assert!(!text.contains("http") && !text.contains("Unknown") && !text.contains('{'), "{text}");
            assert!(segments(&text) <= 2, "{} messages: {text}", segments(&text));
        }
    }

    /// PLT-05, PLT-07: every notice in every language says who writes and when, holds no link, and is no longer than is paid for.
    #[test]
    fn every_text_message_is_short_and_holds_no_link() {
        let brand = samples::mail::brand();
        for locale in Locale::ALL {
            for notice in samples::mail::notices() {
                let text = MailTemplates.render_text(&brand, locale.tag(), notice);
                assert!(text.contains("toile & Fils") && text.contains("21"), "{text}");
                assert!(text.contains("bonjour@one.example"), "{text}");
                assert!(!text.contains("http") && !text.contains("Unknown") && !text.contains('{'), "{text}");
                assert!(segments(&text) < MOST_SEGMENTS, "{} messages: {text}", segments(&text));
            }
        }
    }
}

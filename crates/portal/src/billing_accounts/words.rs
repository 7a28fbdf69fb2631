//! Why an account stays as it is, in words.

use crate::Page;
use operations::{billing_account::Refusal, mandate::SignRefusal};
use vocabulary::{IbanError, LabelRefusal};

/// The field of the form that a refusal is about.
pub(super) fn field(refusal: &SignRefusal) -> Option<&'static str> {
    match refusal {
        SignRefusal::Iban(_) | SignRefusal::Same => Some("iban"),
        SignRefusal::Bic(_) | SignRefusal::OtherBank(_) | SignRefusal::OutsideTheEea(_) => Some("bic"),
        SignRefusal::Holder(_) => Some("holder"),
        SignRefusal::Email(_) => Some("email"),
        SignRefusal::NotAgreed => Some("agreed"),
        SignRefusal::NotCollected | SignRefusal::Changed => None,
    }
}

fn sign_of(page: &Page, sign: Option<LabelRefusal>, of_field: &'static str) -> String {
    sign.map_or_else(|| of_field.to_owned(), |sign| page.label_words(sign, of_field))
}

/// Why there is no new mandate.
pub(super) fn sign_refusal(page: &Page, refusal: &SignRefusal) -> String {
    match refusal {
        SignRefusal::NotCollected => page.t("debit-not-collected").into(),
        SignRefusal::Iban(error) => iban(page, error),
        SignRefusal::Bic(_) => page.t("bic-wrong").into(),
        SignRefusal::OtherBank(bank) => page.ta("bic-other-bank", bank.to_string()),
        SignRefusal::OutsideTheEea(country) => page.ta("iban-outside-eea", page.country(country)),
        SignRefusal::Holder(sign) => sign_of(page, *sign, page.t("debit-no-holder")),
        SignRefusal::Email(sign) => sign_of(page, *sign, page.t("email-no-address")),
        SignRefusal::NotAgreed => page.t("debit-not-agreed").into(),
        SignRefusal::Same => page.t("debit-same").into(),
        SignRefusal::Changed => page.t("debit-changed-meanwhile").into(),
    }
}

/// Why whom invoices are told to, or where they go, stays as it is.
pub(super) fn refusal(page: &Page, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Email(sign) => sign_of(page, *sign, page.t("email-no-address")),
        Refusal::Address(sign) => sign_of(page, *sign, page.t("billing-address-not-whole")),
        Refusal::MustBeTold => page.t("billing-must-be-told").into(),
        Refusal::Day(day) => page.ta("debit-day-not-offered", day),
    }
}

pub(crate) fn iban(page: &Page, error: &IbanError) -> String {
    match error {
        IbanError::Empty => page.t("iban-empty").into(),
        IbanError::Sign(_, sign) => page.ta("iban-sign", sign.to_string()),
        IbanError::NoCountry(_) => page.t("iban-no-country").into(),
        IbanError::UnknownCountry(_, letters) => page.ta("iban-unknown-country", letters.to_string()),
        IbanError::NotSepa(_, country) => page.ta("iban-not-sepa", page.country(country)),
        IbanError::Length { country, has, needs, .. } => {
            let values =
                [("country", page.country(country).into()), ("has", has.to_string().into()), ("needs", needs.to_string().into())];
            page.locale.text_with("iban-length", values)
        }
        IbanError::Form { sign, place, .. } => {
            page.locale.text_with("iban-form", [("sign", sign.to_string().into()), ("place", place.to_string().into())])
        }
        IbanError::Check(_) => page.t("iban-check").into(),
    }
}

//! Why a reseller's company stays as it is, in words.

use crate::Page;
use operations::reseller::CompanyRefusal;
use vocabulary::{CompanyNumberError, LabelRefusal, VatNumberError};

/// The field of the form that a refusal is about.
pub(super) const fn field(refusal: &CompanyRefusal) -> &'static str {
    match refusal {
        CompanyRefusal::Name(_) => "name",
        CompanyRefusal::Address(_) => "address",
        CompanyRefusal::Country(_) => "country",
        CompanyRefusal::Siren(..) | CompanyRefusal::Enterprise(..) | CompanyRefusal::LegalId => "legal-id",
        CompanyRefusal::Vat(..) | CompanyRefusal::OtherVat(_) | CompanyRefusal::NoVat(_) => "vat",
        CompanyRefusal::Email(_) => "email",
        CompanyRefusal::Language(_) => "language",
    }
}

fn sign_of(page: &Page, sign: Option<LabelRefusal>, of_field: &'static str) -> String {
    sign.map_or_else(|| of_field.to_owned(), |sign| page.label_words(sign, of_field))
}

/// Why it stays as it is: what was typed, and what to do.
pub(super) fn refusal(page: &Page, refusal: &CompanyRefusal) -> String {
    match refusal {
        CompanyRefusal::Name(sign) => sign_of(page, *sign, page.t("reseller-no-name")),
        CompanyRefusal::Address(sign) => sign_of(page, *sign, page.t("billing-address-not-whole")),
        CompanyRefusal::Country(typed) => page.ta("reseller-no-country", typed),
        CompanyRefusal::Siren(typed, error) => match error {
            _ if typed.is_empty() => page.t("reseller-siren-missing").to_owned(),
            CompanyNumberError::Digits { .. } => page.ta("reseller-siren-digits", typed),
            _ => page.ta("reseller-siren-check", typed),
        },
        CompanyRefusal::Enterprise(typed, error) => match error {
            _ if typed.is_empty() => page.t("reseller-enterprise-missing").to_owned(),
            CompanyNumberError::Check(..) => page.ta("reseller-enterprise-check", typed),
            _ => page.ta("reseller-enterprise-digits", typed),
        },
        CompanyRefusal::LegalId => page.t("reseller-legal-id-missing").to_owned(),
        CompanyRefusal::Vat(typed, VatNumberError::Country(_)) => page.ta("reseller-vat-country", typed),
        CompanyRefusal::Vat(typed, _) => page.ta("reseller-vat-wrong", typed),
        CompanyRefusal::OtherVat(typed) => page.ta("reseller-vat-other", typed),
        CompanyRefusal::NoVat(country) => page.ta("reseller-vat-missing", page.country(*country)),
        CompanyRefusal::Email(sign) => sign_of(page, *sign, page.t("email-no-address")),
        CompanyRefusal::Language(typed) => page.ta("reseller-no-language", typed),
    }
}

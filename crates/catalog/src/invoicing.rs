//! What an operator's invoices say of it, and how they are paid: `[invoice]` of `operator.toml` (BIL-03, BIL-04).

use crate::{fields::Fields, words::Words};
use std::{fmt, str::FromStr};
use vocabulary::{Bic, CreditorId, Iban, VatNumber};

/// Who sells and how it is paid.
#[derive(Clone, Debug)]
pub struct Invoicing {
    /// How its invoices' numbers begin, before the year: `VA`.
    pub prefix: String,
    /// The company, as its register has it.
    pub company: String,
    /// Legal form, capital and register, as the law wants them said.
    pub legal_form: String,
    /// Its number in that register: a SIREN in France, the enterprise number in Belgium.
    pub legal_id: String,
    /// Its VAT number.
    pub vat_number: String,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// The account that customers pay to.
    pub iban: String,
    /// Of this bank.
    pub bic: String,
    /// Its creditor identifier for direct debits; `None`: it has none, and collects nothing.
    pub creditor: Option<String>,
    /// The days of a month on which it collects, ascending.
    pub collection_days: Vec<i64>,
    /// So many days after its issue an invoice is due.
    pub due_days: i64,
    /// The fixed fee for recovery, in the words of the law; empty where it asks for none.
    pub recovery_fee: Words,
    /// Penalties for late payment.
    pub late_penalty: Words,
    /// Discount for early payment, or that there is none.
    pub early_discount: Words,
    /// Why no VAT is asked for: the customer, a business of another country of the Union, owes it.
    pub reverse_charge: Words,
    /// Why no VAT is asked for: the customer is outside the Union.
    pub out_of_scope: Words,
    /// Further sentences.
    pub mentions: Vec<Words>,
}

/// An invoice is due after so many days where nothing is said.
const DUE_DAYS: i64 = 14;

const REVERSE_CHARGE: [(&str, &str); 4] = [
    ("fr", "Autoliquidation de la TVA par le client, article 196 de la directive 2006/112/CE"),
    ("nl", "Btw verlegd naar de klant, artikel 196 van Richtlijn 2006/112/EG"),
    ("de", "Steuerschuldnerschaft des Leistungsempfängers, Artikel 196 der Richtlinie 2006/112/EG"),
    ("en", "Reverse charge: VAT is due by the customer, Article 196 of Directive 2006/112/EC"),
];
const OUT_OF_SCOPE: [(&str, &str); 4] = [
    ("fr", "TVA non applicable, article 59 de la directive 2006/112/CE"),
    ("nl", "Btw niet van toepassing, artikel 59 van Richtlijn 2006/112/EG"),
    ("de", "Nicht steuerbar, Artikel 59 der Richtlinie 2006/112/EG"),
    ("en", "Outside the scope of VAT, Article 59 of Directive 2006/112/EC"),
];

/// What the file says, or what is usual.
fn words_or(fields: &mut Fields<'_, '_>, (field, languages): (&'static str, &[String]), usual: [(&str, &str); 4]) -> Words {
    if fields.has(field) {
        return fields.words_in(field, languages);
    }
    Words::by_language(usual.map(|(language, text)| (language.to_owned(), text.to_owned())))
}

/// A number that has a check, as files have it: an invoice with a wrong one would be paid to nobody.
fn checked<T>(fields: &mut Fields<'_, '_>, field: &'static str) -> String
where
    T: FromStr + Into<String>,
    T::Err: fmt::Display,
{
    if !fields.has(field) {
        return fields.required(field).text;
    }
    fields.parsed::<T>(field).map(Into::into).unwrap_or_default()
}

impl Invoicing {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, languages: &[String]) -> Invoicing {
        let prefix = fields.required("prefix").text;
        if prefix.is_empty() || prefix.len() > 6 || !prefix.bytes().all(|b| b.is_ascii_uppercase()) {
            fields.fault("prefix", format!("`{prefix}` is not one to six capital letters"));
        }
        let collection_days = fields.integers("collection_days", 1..=28);
        if !collection_days.windows(2).all(|pair| pair[0] < pair[1]) {
            fields.fault("collection_days", "does not go up");
        }
        let mut mentions = Vec::new();
        for mut mention in fields.tables("mention") {
            mentions.push(mention.words_in("text", languages));
            mention.finish();
        }
        let words = |fields: &mut Fields<'_, '_>, field: &'static str| {
            if fields.has(field) { fields.words_in(field, languages) } else { Words::default() }
        };
        Invoicing {
            prefix,
            company: fields.required("company").text,
            legal_form: fields.required("legal_form").text,
            legal_id: fields.required("legal_id").text,
            vat_number: checked::<VatNumber>(fields, "vat_number"),
            street: fields.required("street").text,
            postcode: fields.required("postcode").text,
            town: fields.required("town").text,
            iban: checked::<Iban>(fields, "iban"),
            bic: fields.parsed::<Bic>("bic").map(String::from).unwrap_or_default(),
            creditor: fields.parsed::<CreditorId>("creditor").map(String::from),
            collection_days,
            due_days: if fields.has("due_days") { fields.integer("due_days", 0..=90).unwrap_or(DUE_DAYS) } else { DUE_DAYS },
            recovery_fee: words(fields, "recovery_fee"),
            late_penalty: words(fields, "late_penalty"),
            early_discount: words(fields, "early_discount"),
            reverse_charge: words_or(fields, ("reverse_charge", languages), REVERSE_CHARGE),
            out_of_scope: words_or(fields, ("out_of_scope", languages), OUT_OF_SCOPE),
            mentions,
        }
    }
}

//! What an operator's invoices say of it, and how they are paid: `[invoice]` of `operator.toml` (BIL-03, BIL-04).

use crate::{fields::Fields, words::Words};

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
    /// Further sentences.
    pub mentions: Vec<Words>,
}

/// An invoice is due after so many days where nothing is said.
const DUE_DAYS: i64 = 14;

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
            vat_number: fields.required("vat_number").text,
            street: fields.required("street").text,
            postcode: fields.required("postcode").text,
            town: fields.required("town").text,
            iban: fields.required("iban").text.replace(' ', ""),
            bic: fields.optional("bic").map(|bic| bic.text).unwrap_or_default(),
            creditor: fields.optional("creditor").map(|creditor| creditor.text),
            collection_days,
            due_days: if fields.has("due_days") { fields.integer("due_days", 0..=90).unwrap_or(DUE_DAYS) } else { DUE_DAYS },
            recovery_fee: words(fields, "recovery_fee"),
            late_penalty: words(fields, "late_penalty"),
            early_discount: words(fields, "early_discount"),
            mentions,
        }
    }
}

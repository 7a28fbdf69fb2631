//! The part of a page that tells each charge: by subject, those of the account first, discounts last.

use super::wording::{detail, name};
use crate::language::Language;
use billing::{Invoice, InvoiceLine, VatCategory, VatTerms};
use serde::Serialize;
use vocabulary::Cents;

/// The charges, with the head of their columns.
#[derive(Debug, Serialize)]
pub(super) struct Details {
    title: String,
    head: [String; 4],
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Group {
    title: String,
    text: String,
    total: String,
    /// Name, detail, period, VAT, amount.
    rows: Vec<[String; 5]>,
}

/// The charges of an invoice, group by group.
pub(super) fn details(language: Language, invoice: &Invoice) -> Details {
    let places = std::iter::once(None).chain((0..invoice.subjects.len()).map(Some));
    let mut groups: Vec<Group> = places.filter_map(|place| group(language, invoice, place)).collect();
    if !invoice.discounts.is_empty() {
        let rows = invoice.discounts.iter().map(|discount| {
            let amount = language.amount(-discount.amount, &invoice.currency);
            [discount.reason.clone(), String::new(), String::new(), vat_sign(language, discount.vat), amount]
        });
        groups.push(Group {
            title: language.text("chapter-discounts"),
            text: String::new(),
            total: language.amount(-invoice.totals.discounts, &invoice.currency),
            rows: rows.collect(),
        });
    }
    let head = ["head-charge", "head-period", "head-vat", "head-amount"].map(|key| language.text(key));
    Details { title: language.text("details-title"), head, groups }
}

/// What is charged for one subject, or for the account; `None` where nothing is.
fn group(language: Language, invoice: &Invoice, place: Option<usize>) -> Option<Group> {
    let lines: Vec<&InvoiceLine> = invoice.lines.iter().filter(|line| line.subject == place).collect();
    let total: Cents = lines.iter().map(|line| line.net).sum();
    let (title, text) = match place.and_then(|place| invoice.subjects.get(place)) {
        Some(subject) => {
            let about = [subject.user.as_str(), subject.offer.as_str()].into_iter().filter(|part| !part.is_empty());
            let about = about.collect::<Vec<_>>().join(" · ");
            if subject.number.is_empty() { (about, String::new()) } else { (subject.number.clone(), about) }
        }
        None if invoice.summed_lines > 0 => summed(language, invoice),
        None => (language.text("details-account"), String::new()),
    };
    let rows = lines.iter().map(|line| {
        [
            name(language, line),
            detail(language, invoice, line),
            language.period(line.from, line.to),
            vat_sign(language, line.vat),
            language.amount(line.net, &invoice.currency),
        ]
    });
    let total = language.amount(total, &invoice.currency);
    (!lines.is_empty()).then(|| Group { title, text, total, rows: rows.collect() })
}

/// How many lines are summed up, and where each of them stands.
fn summed(language: Language, invoice: &Invoice) -> (String, String) {
    let lines = i64::try_from(invoice.summed_lines).unwrap_or(i64::MAX);
    let title = language.text_with("details-summed", [("lines", lines.into()), ("shown", language.count(lines).into())]);
    (title, language.text("details-summed-text"))
}

fn vat_sign(language: Language, terms: VatTerms) -> String {
    match terms.category {
        VatCategory::Standard => language.rate(terms.rate.hundredths()),
        _ => "–".to_owned(),
    }
}

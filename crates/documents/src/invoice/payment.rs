//! How an invoice is paid: what the page says of it, and the code that a banking app reads (EPC069-12).

use crate::language::Language;
use billing::{Invoice, InvoiceKind, PaymentMeans};
use fast_qr::{ECL, QRBuilder, Version};
use serde::Serialize;
use std::fmt::Write as _;

/// The longest name that the code has room for.
const NAME_SIGNS: usize = 70;

/// The longest text that the code has room for.
const REMITTANCE_SIGNS: usize = 140;

/// The largest amount that a SEPA transfer carries, in cents.
const MOST: i64 = 99_999_999_999;

/// Empty modules around the code, without which no camera finds it.
const QUIET_MODULES: usize = 4;

/// The part of the page that says how to pay.
#[derive(Debug, Serialize)]
pub(super) struct Payment {
    title: String,
    text: String,
    rows: Vec<(String, String)>,
    qr: Option<Qr>,
}

/// A code to be scanned.
#[derive(Debug, Serialize)]
struct Qr {
    svg: String,
    alt: String,
    hint: String,
}

/// What the page says of an invoice's payment.
pub(super) fn payment(language: Language, invoice: &Invoice) -> Payment {
    let text = |key: &str| language.text(key);
    let country = invoice.seller.address.country.as_str();
    match &invoice.means {
        PaymentMeans::Transfer { iban, bic, reference } => {
            let mut rows = vec![
                (text("pay-beneficiary"), invoice.seller.name.clone()),
                (text("pay-iban"), in_fours(iban)),
                (text("pay-bic"), bic.clone()),
                (text("pay-amount"), language.amount(invoice.totals.gross, &invoice.currency)),
                (language.text_with("pay-reference", [("country", country.into())]), reference.clone()),
                (text("pay-due"), language.short_day(invoice.due)),
            ];
            rows.retain(|(_, value)| !value.is_empty());
            let qr = epc_text(invoice, iban, bic, reference).and_then(|content| qr_svg(&content)).map(|svg| Qr {
                svg,
                alt: text("pay-qr-alt"),
                hint: text("pay-qr-hint"),
            });
            Payment { title: text("pay-transfer"), text: String::new(), rows, qr }
        }
        PaymentMeans::DirectDebit(mandate) => {
            let arguments = [("day", language.long_day(mandate.day).into()), ("iban", mandate.iban.as_str().into())];
            let rows = vec![(text("pay-mandate"), mandate.reference.clone()), (text("pay-creditor"), mandate.creditor.clone())];
            Payment { title: text("pay-debit"), text: language.text_with("pay-debit-text", arguments), rows, qr: None }
        }
        PaymentMeans::Nothing => {
            let (title, body) = match invoice.kind {
                InvoiceKind::Invoice if !invoice.totals.gross.is_negative() => ("pay-nothing", "pay-nothing-text"),
                InvoiceKind::Invoice | InvoiceKind::CreditNote { .. } => ("pay-credit", "pay-credit-text"),
            };
            Payment { title: text(title), text: text(body), rows: Vec::new(), qr: None }
        }
    }
}

/// An account in groups of four, as people read it out.
fn in_fours(iban: &str) -> String {
    let signs: Vec<char> = iban.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}")
}

/// The content of the code; `None` for what a SEPA transfer cannot carry. The reference goes in as free text, the Belgian one too: the field for
/// structured references takes those of ISO 11649 only.
fn epc_text(invoice: &Invoice, iban: &str, bic: &str, reference: &str) -> Option<String> {
    let gross = invoice.totals.gross;
    if invoice.currency != "EUR" || !(1..=MOST).contains(&gross.get()) {
        return None;
    }
    let cut = |text: &str, signs| text.chars().filter(|sign| !sign.is_control()).take(signs).collect::<String>();
    let (name, reference) = (cut(&invoice.seller.name, NAME_SIGNS), cut(reference, REMITTANCE_SIGNS));
    Some(format!("BCD\n002\n1\nSCT\n{bic}\n{name}\n{iban}\nEUR{gross}\n\n\n{reference}"))
}

/// The code as a drawing: runs of dark modules, a row at a time. The standard wants error correction M and at most version 13.
fn qr_svg(content: &str) -> Option<String> {
    let code = QRBuilder::new(content).ecl(ECL::M).build().ok()?;
    if code.version.is_some_and(|version| version as usize > Version::V13 as usize) {
        return None;
    }
    let size = code.size + 2 * QUIET_MODULES;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|&at| code[y][at].value()).count();
            if run > 0 {
                // A path that is written to memory cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET_MODULES, y + QUIET_MODULES);
            }
            x += run.max(1);
        }
    }
    Some(format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>"#))
}

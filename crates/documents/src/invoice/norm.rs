//! What EN 16931 wants of an invoice, in whatever syntax it is written: codes, notes, and each charge as a quantity at a price.

use super::wording::{detail, name};
use crate::{DocumentError, language::Language};
use billing::{Buyer, Count, ElectronicAddress, Invoice, InvoiceKind, InvoiceLine, LegalId, VatCategory, VatSubtotal};
use jiff::civil::Date;
use vocabulary::Cents;

/// Who follows the standard itself (BT-24).
pub(super) const EN_16931: &str = "urn:cen.eu:en16931:2017";

/// Why something is taken off: a discount (UNTDID 5189).
pub(super) const DISCOUNT: &str = "95";

/// A SEPA transfer (UNTDID 4461).
pub(super) const TRANSFER: &str = "58";

/// A SEPA direct debit (UNTDID 4461).
pub(super) const DIRECT_DEBIT: &str = "59";

/// What the standard has no place for: an invoice of no charges (BR-16).
///
/// # Errors
/// For such an invoice.
pub(super) fn check(invoice: &Invoice) -> Result<(), DocumentError> {
    if invoice.lines.is_empty() {
        return Err(DocumentError::Facts { number: invoice.number.to_string(), reason: "it has no charge" });
    }
    Ok(())
}

/// An invoice, or a credit note (BT-3, UNTDID 1001).
pub(super) const fn type_code(kind: &InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => "380",
        InvoiceKind::CreditNote { .. } => "381",
    }
}

/// A charge as one thing at a price. Its amount was rounded when it was decided, so that no product of days and prices could come to it again; what
/// is given back is a quantity less than nothing, because a price never is (BR-27).
pub(super) struct Priced {
    pub quantity: &'static str,
    pub unit: &'static str,
    pub price: Cents,
}

/// A charge as one thing at a price.
pub(super) fn priced(line: &InvoiceLine) -> Priced {
    let unit = match line.count {
        Count::Month { .. } => "MON",
        Count::Pieces { .. } | Count::Days { .. } | Count::Lines { .. } | Count::Usage(_) => "C62",
    };
    if line.net.is_negative() {
        Priced { quantity: "-1", unit, price: -line.net }
    } else {
        Priced { quantity: "1", unit, price: line.net }
    }
}

/// What a charge is called (BT-153), and what its page says beside it (BT-154).
pub(super) fn words(language: Language, invoice: &Invoice, line: &InvoiceLine) -> (String, String) {
    let subject = line.subject.and_then(|place| invoice.subjects.get(place));
    let about = subject.map(|subject| [&subject.number, &subject.user, &subject.offer]).into_iter().flatten().cloned();
    let parts: Vec<String> = about.chain([detail(language, invoice, line)]).filter(|part| !part.is_empty()).collect();
    (name(language, line), parts.join(" · "))
}

/// The rate of a category (BT-119, BT-152); `None` outside the reach of the law, where even a zero is forbidden (BR-O-05).
pub(super) fn rate(terms: billing::VatTerms) -> Option<String> {
    match terms.category {
        VatCategory::OutOfScope => None,
        _ => Some(terms.rate.to_string()),
    }
}

/// Why there is no tax: a code where the law is named by one (BT-121), and words (BT-120).
pub(super) fn exemption(language: Language, part: &VatSubtotal) -> (&'static str, String) {
    let (code, key) = match part.terms.category {
        VatCategory::Standard => return ("", String::new()),
        VatCategory::ReverseCharge => ("VATEX-EU-AE", "exempt-reverse-charge"),
        VatCategory::OutOfScope => ("VATEX-EU-O", "exempt-out-of-scope"),
        VatCategory::Exempt => ("", "exempt-other"),
    };
    (code, if part.exemption.is_empty() { language.text(key) } else { part.exemption.clone() })
}

/// May VAT numbers be named? Not outside the reach of the law (BR-O-02).
pub(super) fn names_vat_numbers(invoice: &Invoice) -> bool {
    let terms = invoice.vat.iter().map(|part| part.terms).chain(invoice.lines.iter().map(|line| line.vat));
    terms.into_iter().all(|terms| terms.category != VatCategory::OutOfScope)
}

/// Does the seller follow the French rules (BR-FR)?
pub(super) fn is_french(invoice: &Invoice) -> bool {
    invoice.seller.address.country.as_str() == "FR"
}

/// What is said about the whole, each with the code of its subject (UNTDID 4451), empty for none. French sellers say for all what the law wants
/// said to businesses (BR-FR-05), and which of its ways the invoice goes (BAR).
pub(super) fn notes(language: Language, invoice: &Invoice) -> Vec<(&'static str, String)> {
    let law = &invoice.mentions;
    let mut notes = Vec::new();
    if let InvoiceKind::CreditNote { reason, .. } = &invoice.kind {
        notes.push(("", reason.clone()));
    }
    let household = is_french(invoice) && !invoice.buyer.business;
    let said = |text: &str, otherwise: &str| match (text.is_empty(), household) {
        (true, true) => language.text(otherwise),
        _ => text.to_owned(),
    };
    notes.push(("PMT", said(&law.recovery_fee, "no-recovery-fee")));
    notes.push(("PMD", said(&law.late_penalty, "no-late-penalty")));
    notes.push(("AAB", said(&law.early_discount, "no-early-discount")));
    if is_french(invoice) {
        notes.push(("BAR", treatment(&invoice.buyer).to_owned()));
    }
    notes.extend(law.others.iter().map(|text| ("", text.clone())));
    notes.retain(|(_, text)| !text.trim().is_empty());
    notes
}

/// The register of French companies (ISO 6523).
const SIRENE: &str = "0002";

/// The number of a French company: the first nine digits of what names a company or a place of one.
fn siren(id: &LegalId) -> Option<&str> {
    let is_french =
        id.scheme == SIRENE && matches!(id.number.len(), 9 | 14) && id.number.bytes().all(|digit| digit.is_ascii_digit());
    is_french.then(|| &id.number[..9])
}

/// A number in a register as electronic invoices want it (BT-30, BT-47): in France that of the company, not of its place.
pub(super) fn legal_number(id: &LegalId) -> &str {
    siren(id).unwrap_or(&id.number)
}

/// Where a French company is one, and its place is named: that place's number (SIRET, ISO 6523: `0009`).
pub(super) fn siret(id: &LegalId) -> &str {
    if siren(id).is_some() && id.number.len() == 14 { &id.number } else { "" }
}

/// A French company can be told from others by its number; an association without one is billed as a household is.
fn french_siren(buyer: &Buyer) -> Option<&str> {
    let at_home = buyer.business && buyer.address.country.as_str() == "FR";
    buyer.legal_id.as_ref().filter(|_| at_home).and_then(siren)
}

/// Which way the French reform sends an invoice: as an invoice between platforms, or as a report of sales.
fn treatment(buyer: &Buyer) -> &'static str {
    let at_home = buyer.address.country.as_str() == "FR";
    match (at_home, buyer.business) {
        (true, _) if french_siren(buyer).is_some() => "B2B",
        (true, _) => "B2C",
        (false, true) => "B2BINT",
        (false, false) => "B2CINT",
    }
}

/// Where the buyer's file goes (BT-49). A French business without an address of its own has its SIREN for one. The French rules want one for
/// everybody: that of a household that gave none is the seller's own mail, for the file stays there.
pub(super) fn buyer_address(invoice: &Invoice) -> Option<ElectronicAddress> {
    let address = |scheme: &str, address: &str| ElectronicAddress { scheme: scheme.to_owned(), address: address.to_owned() };
    match (&invoice.buyer.electronic, french_siren(&invoice.buyer)) {
        // A SIRET stands for its company, whose address begins with the SIREN (BR-FR-21).
        (Some(given), Some(siren)) if given.scheme != "0225" || !given.address.starts_with(siren) => Some(address("0225", siren)),
        (Some(given), _) => Some(given.clone()),
        (None, Some(siren)) => Some(address("0225", siren)),
        (None, None) if is_french(invoice) && !invoice.seller.email.is_empty() => Some(address("EM", &invoice.seller.email)),
        (None, None) => None,
    }
}

/// Can a file be sent there by Peppol? Not to a mail address.
pub(super) fn is_on_peppol(address: &ElectronicAddress) -> bool {
    address.scheme != "EM"
}

/// Where the seller's files come from (BT-34).
pub(super) fn seller_address(invoice: &Invoice) -> Option<ElectronicAddress> {
    let own = || {
        siren(&invoice.seller.legal_id).map(|siren| ElectronicAddress { scheme: "0225".to_owned(), address: siren.to_owned() })
    };
    invoice.seller.electronic.clone().or_else(own)
}

/// What is said of payment where no day is (BT-20): of a credit note, which nobody pays.
pub(super) fn terms(language: Language, invoice: &Invoice) -> String {
    match invoice.kind {
        InvoiceKind::CreditNote { .. } => language.text("terms-credit"),
        InvoiceKind::Invoice => String::new(),
    }
}

/// The day by which it is to be paid (BT-9); none for a credit note.
pub(super) fn due(invoice: &Invoice) -> Option<Date> {
    matches!(invoice.kind, InvoiceKind::Invoice).then_some(invoice.due)
}

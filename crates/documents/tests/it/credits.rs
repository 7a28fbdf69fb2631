//! Credit notes that people make, for people and for machines (BIL-03, BIL-05).

use crate::{
    pages::{assert_says, plain},
    samples,
    validators::{Batch, Rules, text_of},
};
use billing::{CreditAsked, Invoice, InvoiceKind, InvoiceNumber, Left, Letterhead, PaymentMeans, credit};
use documents::invoice::{cii_xml, factur_x, ubl_xml};
use vocabulary::Cents;

const WHY: &str = "Panne du 3 au 9 décembre : une semaine d’abonnement est rendue.";

fn made(invoice: &Invoice, notes: &[Invoice], asked: CreditAsked) -> Invoice {
    let head = Letterhead {
        number: InvoiceNumber::new("VA", 2027, i64::try_from(notes.len()).unwrap() + 1),
        kind: InvoiceKind::Invoice,
        issued: samples::ISSUED,
        due: samples::ISSUED,
        month: invoice.month,
        currency: invoice.currency.clone(),
        language: invoice.language.clone(),
        seller: invoice.seller.clone(),
        buyer: invoice.buyer.clone(),
        means: PaymentMeans::Nothing,
        mentions: invoice.mentions.clone(),
        past: Vec::new(),
    };
    credit((invoice, notes), asked, WHY, head).unwrap_or_else(|error| panic!("{}: {error}", invoice.number))
}

/// The credit notes of an invoice: a third of its first line, a cent of its last one, and the rest.
fn of(invoice: &Invoice) -> Vec<Invoice> {
    let mut notes = Vec::new();
    for place in [0, invoice.lines.len() - 1] {
        let left = Left::of(invoice, &notes).of_lines[place];
        let amount = if place == 0 { left.part(1, 3) } else { Cents::new(1).min(left) };
        if amount.is_positive() {
            notes.push(made(invoice, &notes, CreditAsked::OfLine(place, amount)));
        }
    }
    notes.push(made(invoice, &notes, CreditAsked::Whole));
    notes
}

/// BIL-03, BIL-05: credit notes of parts and of the rest, of every sort of invoice and of any mixture of charges, are accepted by the schemas, EN 16931
/// and the French rules.
#[test]
fn every_credit_note_by_hand_is_accepted() {
    let mut batch = Batch::new("credits");
    let mixed = (0..12).map(|seed| ("mixed", samples::mixed(seed)));
    let all = samples::all().into_iter().chain(mixed);
    let asked = all.filter(|(_, invoice)| invoice.kind == InvoiceKind::Invoice && invoice.totals.net.is_positive());
    let mut made = 0;
    for (place, (name, invoice)) in asked.enumerate() {
        if invoice.lines.len() > 100 {
            continue;
        }
        let is_french = invoice.seller.address.country.as_str() == "FR";
        for (number, note) in of(&invoice).iter().enumerate() {
            let name = format!("{name}-{place}-{number}");
            let rules = if is_french { Rules::CiiFrench } else { Rules::Cii };
            batch.add(&format!("{name}-cii"), rules, cii_xml(note).unwrap().as_bytes());
            if let Ok(text) = ubl_xml(note) {
                batch.add(&format!("{name}-ubl"), Rules::Ubl, text.as_bytes());
            }
            made += 1;
        }
    }
    let pdf = factur_x(&of(&samples::for_business())[0], None).unwrap();
    batch.add("pdf", Rules::PdfFrench, &pdf);
    let failures = batch.failures();
    assert!(made > 40 && failures.is_empty(), "{made}: {failures:#?}");
}

/// BIL-03, BIL-04: a credit note says of which invoice it is, why, and what is given back; machines read the reason too (EN 16931: BT-22).
#[test]
fn a_credit_note_by_hand_says_why() {
    let note = &of(&samples::for_household())[0];
    let text = plain(&text_of("page-credit-by-hand", &factur_x(note, None).unwrap()));
    assert_says(
        &text,
        &["Avoir Mme", "Numéro VA2027-000001", "Cet avoir corrige la facture VA2026-000123", WHY, "TVA 20 % sur 5,00 €"],
    );
    assert!(cii_xml(note).unwrap().contains(WHY));
    let belgian = ubl_xml(&of(&samples::belgian())[0]).unwrap();
    assert!(belgian.contains(&format!("<cbc:Note>{WHY} ")), "{belgian}");
}

//! Invoices for machines, held against the published rules by programs that know nothing of ours (BIL-05).

use crate::{
    samples,
    validators::{Batch, Rules},
};
use billing::Invoice;
use documents::{
    DocumentError,
    invoice::{cii_xml, factur_x, ubl_xml},
};
use en16931::profiles::PEPPOL_BIS_3;
use en16931_formats::{Policy, Recommendation, receive};

fn is_french(invoice: &Invoice) -> bool {
    invoice.seller.address.country.as_str() == "FR"
}

/// BIL-05: the Factur-X of every sort of invoice is accepted: its XMP and attachment, the schema, EN 16931, and the French rules.
#[test]
fn every_factur_x_is_accepted() {
    let mut batch = Batch::new("factur-x");
    for (name, invoice) in samples::all() {
        let rules = if is_french(&invoice) { Rules::PdfFrench } else { Rules::Pdf };
        batch.add(name, rules, &factur_x(&invoice, None).unwrap());
    }
    let failures = batch.failures();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// BIL-05: whatever is charged, given back and taken off, the sums hold to the cent as EN 16931 counts them, in both syntaxes.
#[test]
fn any_mixture_of_charges_is_accepted() {
    let mut batch = Batch::new("mixed");
    for seed in 0..40 {
        let invoice = samples::mixed(seed);
        batch.add(&format!("cii-{seed}"), Rules::CiiFrench, cii_xml(&invoice).unwrap().as_bytes());
        batch.add(&format!("ubl-{seed}"), Rules::Ubl, ubl_xml(&invoice).unwrap().as_bytes());
    }
    let failures = batch.failures();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// BIL-04, BIL-05: whatever sign a name has, the page is made and the XML can be read.
#[test]
fn any_sign_can_stand_in_a_name() {
    let mut batch = Batch::new("signs");
    for from in (0..0x20000).step_by(0x4000) {
        let invoice = samples::of_signs(from, from + 0x4000);
        let page = factur_x(&invoice, None).unwrap_or_else(|error| panic!("from U+{from:04X} on: {error}"));
        batch.add(&format!("from-{from:x}"), Rules::PdfFrench, &page);
    }
    let failures = batch.failures();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// The sorts that Peppol delivers, as UBL.
fn on_peppol() -> Vec<(&'static str, String)> {
    samples::all().into_iter().filter_map(|(name, invoice)| ubl_xml(&invoice).ok().map(|text| (name, text))).collect()
}

/// BIL-05: the UBL of every sort that Peppol delivers, credit notes too, is accepted by its schema and EN 16931.
#[test]
fn every_ubl_is_accepted() {
    let mut batch = Batch::new("ubl");
    let documents = on_peppol();
    assert!(documents.len() >= 8, "{}", documents.len());
    for (name, text) in &documents {
        batch.add(name, Rules::Ubl, text.as_bytes());
    }
    let failures = batch.failures();
    assert!(failures.is_empty(), "{failures:#?}");
    let nowhere = DocumentError::Facts { number: "VA2026-000123".into(), reason: "its buyer has no address on Peppol" };
    assert_eq!(ubl_xml(&samples::for_household()), Err(nowhere));
}

/// BIL-05: and by Peppol's own rules, as another program knows them.
#[test]
fn every_ubl_follows_peppol() {
    let policy = Policy { require: Some(&PEPPOL_BIS_3), ..Policy::default() };
    let refusals = |text: &str| {
        let received = receive(text.as_bytes(), &policy);
        let reasons: Vec<String> = received.reasons.iter().map(ToString::to_string).collect();
        (received.recommendation != Recommendation::Accept, reasons.join("; "))
    };
    for (name, text) in on_peppol() {
        let (refused, reasons) = refusals(&text);
        assert!(!refused, "{name}: {reasons}");
    }
    let without = ubl_xml(&samples::belgian()).unwrap().replace("<cbc:BuyerReference>Verkoop</cbc:BuyerReference>", "");
    let (refused, reasons) = refusals(&without);
    assert!(refused && reasons.contains("PEPPOL-EN16931-R003"), "{reasons}");
}

/// BIL-05: what is wrong is refused, by each validator for its own reason; so that one which stopped looking would be found out.
#[test]
fn each_validator_refuses_what_is_wrong() {
    let business = samples::for_business();
    let cii = cii_xml(&business).unwrap();
    let ubl = ubl_xml(&samples::belgian()).unwrap();
    let replaced = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let mut batch = Batch::new("wrong");
    let wrong = [
        (
            "cii-schema",
            Rules::Cii,
            replaced(&cii, "ram:TypeCode>380", "ram:Sort>380").replacen("</ram:TypeCode>", "</ram:Sort>", 1),
            "XSD",
        ),
        ("cii-sum", Rules::Cii, replaced(&cii, "<ram:GrandTotalAmount>", "<ram:GrandTotalAmount>1"), "[BR-CO-15]"),
        ("cii-french", Rules::CiiFrench, replaced(&cii, ">PMT<", ">AAI<"), "BR-FR-05"),
        ("ubl-schema", Rules::Ubl, replaced(&ubl, "<cbc:BuyerReference>", "<cbc:Nothing/><cbc:BuyerReference>"), "XSD"),
        (
            "ubl-sum",
            Rules::Ubl,
            replaced(&ubl, "<cbc:PayableAmount currencyID=\"EUR\">", "<cbc:PayableAmount currencyID=\"EUR\">1"),
            "[BR-CO-16]",
        ),
    ];
    for (name, rules, text, _) in &wrong {
        batch.add(name, *rules, text.as_bytes());
    }
    let page = factur_x(&business, None).unwrap();
    let at = page.windows(24).position(|bytes| bytes == b"ConformanceLevel>EN 1693").unwrap();
    let mut level = page.clone();
    level[at + 20] = b'7';
    batch.add("pdf-xmp", Rules::PdfFrench, &level);
    batch.add("pdf-bare", Rules::PdfFrench, &documents::invoice::pdf(&business, None).unwrap());
    let failures = batch.failures();
    let found = |name: &str, reason: &str| {
        let reasons = failures.get(name).unwrap_or_else(|| panic!("{name} was accepted"));
        assert!(reasons.iter().any(|failure| failure.contains(reason)), "{name}: {reasons:#?}");
    };
    for (name, _, _, reason) in &wrong {
        found(name, reason);
    }
    found("pdf-xmp", "XMP: {urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}ConformanceLevel");
    found("pdf-bare", "attachment");
}

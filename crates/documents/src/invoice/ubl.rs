//! UBL 2.1 by Peppol BIS Billing 3. The order of elements is the schema's; a credit note is a document of its own there.

use super::{norm, sheet::period};
use crate::{DocumentError, language::Language, xml::Xml};
use billing::{Address, ElectronicAddress, Invoice, InvoiceKind, InvoiceLine, LegalId, PaymentMeans, VatTerms};
use jiff::civil::Date;
use vocabulary::Cents;

const INVOICE: &str = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
const NAMESPACES: &str = concat!(
    r#" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2""#,
    r#" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2""#
);
const CUSTOMIZATION: &str = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
const PROFILE: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

/// What the two kinds of document call the same things.
struct Names {
    root: &'static str,
    namespace: &'static str,
    type_code: &'static str,
    line: &'static str,
    quantity: &'static str,
}

const OF_INVOICE: Names = Names {
    root: "Invoice",
    namespace: INVOICE,
    type_code: "cbc:InvoiceTypeCode",
    line: "cac:InvoiceLine",
    quantity: "cbc:InvoicedQuantity",
};

const OF_CREDIT_NOTE: Names = Names {
    root: "CreditNote",
    namespace: CREDIT_NOTE,
    type_code: "cbc:CreditNoteTypeCode",
    line: "cac:CreditNoteLine",
    quantity: "cbc:CreditedQuantity",
};

/// The whole document.
///
/// # Errors
/// For a language that is not ours, an invoice of no charges, and where seller or buyer has no address on Peppol.
pub(super) fn document(invoice: &Invoice) -> Result<String, DocumentError> {
    let language = Language::of(&invoice.language)?;
    norm::check(invoice)?;
    let nowhere = |reason| DocumentError::Facts { number: invoice.number.to_string(), reason };
    let on_peppol = |address: Option<ElectronicAddress>| address.filter(norm::is_on_peppol);
    let seller = on_peppol(norm::seller_address(invoice)).ok_or_else(|| nowhere("its seller has no address on Peppol"))?;
    let buyer = on_peppol(norm::buyer_address(invoice)).ok_or_else(|| nowhere("its buyer has no address on Peppol"))?;
    let names = match invoice.kind {
        InvoiceKind::Invoice => OF_INVOICE,
        InvoiceKind::CreditNote { .. } => OF_CREDIT_NOTE,
    };
    let attributes = format!(r#" xmlns="{}"{NAMESPACES}"#, names.namespace);
    Ok(Xml::new().root(names.root, &attributes, |xml| {
        head(xml, language, invoice, names.type_code);
        xml.group("cac:AccountingSupplierParty", |xml| xml.group("cac:Party", |xml| seller_party(xml, invoice, &seller)));
        xml.group("cac:AccountingCustomerParty", |xml| xml.group("cac:Party", |xml| buyer_party(xml, invoice, &buyer)));
        means(xml, invoice);
        xml.group("cac:PaymentTerms", |xml| xml.leaf("cbc:Note", &norm::terms(language, invoice)));
        discounts(xml, invoice);
        taxes(xml, language, invoice);
        totals(xml, invoice);
        for (place, line) in invoice.lines.iter().enumerate() {
            xml.group(names.line, |xml| charge(xml, language, invoice, (&(place + 1).to_string(), names.quantity, line)));
        }
    }))
}

fn head(xml: &mut Xml, language: Language, invoice: &Invoice, type_code: &str) {
    xml.leaf("cbc:CustomizationID", CUSTOMIZATION);
    xml.leaf("cbc:ProfileID", PROFILE);
    xml.leaf("cbc:ID", invoice.number.as_str());
    day(xml, "cbc:IssueDate", Some(invoice.issued));
    day(xml, "cbc:DueDate", norm::due(invoice));
    xml.leaf(type_code, norm::type_code(&invoice.kind));
    // Peppol takes one note (R002), so all that is to be said stands in it.
    let notes: Vec<String> =
        norm::notes(language, invoice).into_iter().filter(|(code, _)| *code != "BAR").map(|(_, text)| text).collect();
    xml.leaf("cbc:Note", &notes.join(" "));
    xml.leaf("cbc:DocumentCurrencyCode", &invoice.currency);
    xml.leaf("cbc:BuyerReference", &invoice.buyer.account);
    if let Some((from, to)) = period(invoice) {
        days(xml, from, to);
    }
    if let InvoiceKind::CreditNote { of, issued, .. } = &invoice.kind {
        xml.group("cac:BillingReference", |xml| {
            xml.group("cac:InvoiceDocumentReference", |xml| {
                xml.leaf("cbc:ID", of.as_str());
                day(xml, "cbc:IssueDate", Some(*issued));
            });
        });
    }
}

fn day(xml: &mut Xml, name: &str, day: Option<Date>) {
    xml.leaf(name, &day.map(|day| day.to_string()).unwrap_or_default());
}

fn days(xml: &mut Xml, from: Date, to: Date) {
    xml.group("cac:InvoicePeriod", |xml| {
        day(xml, "cbc:StartDate", Some(from));
        day(xml, "cbc:EndDate", Some(to));
    });
}

fn amount(xml: &mut Xml, invoice: &Invoice, name: &str, amount: Cents) {
    xml.leaf_with(name, ("currencyID", &invoice.currency), &amount.to_string());
}

fn seller_party(xml: &mut Xml, invoice: &Invoice, address: &ElectronicAddress) {
    let seller = &invoice.seller;
    endpoint(xml, address);
    if let PaymentMeans::DirectDebit(mandate) = &invoice.means {
        xml.group("cac:PartyIdentification", |xml| xml.leaf_with("cbc:ID", ("schemeID", "SEPA"), &mandate.creditor));
    }
    xml.group("cac:PartyName", |xml| xml.leaf("cbc:Name", seller.trading_name.as_deref().unwrap_or(&seller.name)));
    postal(xml, &seller.address);
    tax_number(xml, invoice, &seller.vat_number);
    xml.group("cac:PartyLegalEntity", |xml| {
        xml.leaf("cbc:RegistrationName", &seller.name);
        company(xml, Some(&seller.legal_id));
        xml.leaf("cbc:CompanyLegalForm", &seller.legal_form);
    });
    xml.group("cac:Contact", |xml| {
        xml.leaf("cbc:Telephone", &seller.telephone);
        xml.leaf("cbc:ElectronicMail", &seller.email);
    });
}

fn buyer_party(xml: &mut Xml, invoice: &Invoice, address: &ElectronicAddress) {
    let buyer = &invoice.buyer;
    endpoint(xml, address);
    xml.group("cac:PartyIdentification", |xml| xml.leaf("cbc:ID", &buyer.reference));
    postal(xml, &buyer.address);
    tax_number(xml, invoice, buyer.vat_number.as_deref().unwrap_or_default());
    xml.group("cac:PartyLegalEntity", |xml| {
        xml.leaf("cbc:RegistrationName", &buyer.name);
        company(xml, buyer.legal_id.as_ref());
    });
}

fn endpoint(xml: &mut Xml, address: &ElectronicAddress) {
    xml.leaf_with("cbc:EndpointID", ("schemeID", &address.scheme), &address.address);
}

fn company(xml: &mut Xml, id: Option<&LegalId>) {
    if let Some(id) = id {
        xml.leaf_with("cbc:CompanyID", ("schemeID", &id.scheme), norm::legal_number(id));
    }
}

fn tax_number(xml: &mut Xml, invoice: &Invoice, number: &str) {
    if number.is_empty() || !norm::names_vat_numbers(invoice) {
        return;
    }
    xml.group("cac:PartyTaxScheme", |xml| {
        xml.leaf("cbc:CompanyID", number);
        xml.group("cac:TaxScheme", |xml| xml.leaf("cbc:ID", "VAT"));
    });
}

fn postal(xml: &mut Xml, address: &Address) {
    let line = |place: usize| address.lines.get(place).map(String::as_str).unwrap_or_default();
    xml.group("cac:PostalAddress", |xml| {
        xml.leaf("cbc:StreetName", line(0));
        xml.leaf("cbc:AdditionalStreetName", line(1));
        xml.leaf("cbc:CityName", &address.town);
        xml.leaf("cbc:PostalZone", &address.postcode);
        xml.group("cac:AddressLine", |xml| xml.leaf("cbc:Line", line(2)));
        xml.group("cac:Country", |xml| xml.leaf("cbc:IdentificationCode", address.country.as_str()));
    });
}

/// The debtor's account is not written: an invoice has it with most of its signs hidden, which is no account.
fn means(xml: &mut Xml, invoice: &Invoice) {
    match &invoice.means {
        PaymentMeans::Transfer { iban, bic, reference } => xml.group("cac:PaymentMeans", |xml| {
            xml.leaf("cbc:PaymentMeansCode", norm::TRANSFER);
            xml.leaf("cbc:PaymentID", reference);
            xml.group("cac:PayeeFinancialAccount", |xml| {
                xml.leaf("cbc:ID", iban);
                xml.group("cac:FinancialInstitutionBranch", |xml| xml.leaf("cbc:ID", bic));
            });
        }),
        PaymentMeans::DirectDebit(mandate) => xml.group("cac:PaymentMeans", |xml| {
            xml.leaf("cbc:PaymentMeansCode", norm::DIRECT_DEBIT);
            xml.group("cac:PaymentMandate", |xml| xml.leaf("cbc:ID", &mandate.reference));
        }),
        PaymentMeans::Nothing => {}
    }
}

fn discounts(xml: &mut Xml, invoice: &Invoice) {
    for discount in &invoice.discounts {
        xml.group("cac:AllowanceCharge", |xml| {
            xml.leaf("cbc:ChargeIndicator", "false");
            xml.leaf("cbc:AllowanceChargeReasonCode", norm::DISCOUNT);
            xml.leaf("cbc:AllowanceChargeReason", &discount.reason);
            amount(xml, invoice, "cbc:Amount", discount.amount);
            category(xml, "cac:TaxCategory", discount.vat, |_| {});
        });
    }
}

fn category(xml: &mut Xml, name: &str, terms: VatTerms, reasons: impl FnOnce(&mut Xml)) {
    xml.group(name, |xml| {
        xml.leaf("cbc:ID", terms.category.code());
        xml.leaf("cbc:Percent", &norm::rate(terms).unwrap_or_default());
        reasons(xml);
        xml.group("cac:TaxScheme", |xml| xml.leaf("cbc:ID", "VAT"));
    });
}

fn taxes(xml: &mut Xml, language: Language, invoice: &Invoice) {
    xml.group("cac:TaxTotal", |xml| {
        amount(xml, invoice, "cbc:TaxAmount", invoice.totals.vat);
        for part in &invoice.vat {
            let (code, reason) = norm::exemption(language, part);
            xml.group("cac:TaxSubtotal", |xml| {
                amount(xml, invoice, "cbc:TaxableAmount", part.base);
                amount(xml, invoice, "cbc:TaxAmount", part.tax);
                category(xml, "cac:TaxCategory", part.terms, |xml| {
                    xml.leaf("cbc:TaxExemptionReasonCode", code);
                    xml.leaf("cbc:TaxExemptionReason", &reason);
                });
            });
        }
    });
}

fn totals(xml: &mut Xml, invoice: &Invoice) {
    let totals = &invoice.totals;
    xml.group("cac:LegalMonetaryTotal", |xml| {
        amount(xml, invoice, "cbc:LineExtensionAmount", totals.lines);
        amount(xml, invoice, "cbc:TaxExclusiveAmount", totals.net);
        amount(xml, invoice, "cbc:TaxInclusiveAmount", totals.gross);
        if !totals.discounts.is_zero() {
            amount(xml, invoice, "cbc:AllowanceTotalAmount", totals.discounts);
        }
        amount(xml, invoice, "cbc:PayableAmount", totals.gross);
    });
}

fn charge(xml: &mut Xml, language: Language, invoice: &Invoice, (number, quantity, line): (&str, &str, &InvoiceLine)) {
    let (name, description) = norm::words(language, invoice, line);
    let priced = norm::priced(line);
    xml.leaf("cbc:ID", number);
    xml.leaf_with(quantity, ("unitCode", priced.unit), priced.quantity);
    amount(xml, invoice, "cbc:LineExtensionAmount", line.net);
    days(xml, line.from, line.to);
    xml.group("cac:Item", |xml| {
        xml.leaf("cbc:Description", &description);
        xml.leaf("cbc:Name", &name);
        category(xml, "cac:ClassifiedTaxCategory", line.vat, |_| {});
    });
    xml.group("cac:Price", |xml| amount(xml, invoice, "cbc:PriceAmount", priced.price));
}

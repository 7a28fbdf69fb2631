//! UN/CEFACT's Cross Industry Invoice, as Factur-X's profile EN 16931 has it. The order of elements is the schema's.

use super::{norm, sheet::period};
use crate::{DocumentError, language::Language, xml::Xml};
use billing::{Address, ElectronicAddress, Invoice, InvoiceKind, InvoiceLine, LegalId, PaymentMeans, VatTerms};
use jiff::civil::Date;
use vocabulary::Cents;

const NAMESPACES: &str = concat!(
    r#" xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100""#,
    r#" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100""#,
    r#" xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100""#,
    r#" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100""#
);

/// The French way of billing services alone (BT-23).
const SERVICES: &str = "S1";

/// The whole document.
///
/// # Errors
/// For a language that is not ours, and an invoice of no charges.
pub(super) fn document(invoice: &Invoice) -> Result<String, DocumentError> {
    let language = Language::of(&invoice.language)?;
    norm::check(invoice)?;
    Ok(Xml::new().root("rsm:CrossIndustryInvoice", NAMESPACES, |xml| {
        xml.group("rsm:ExchangedDocumentContext", |xml| {
            if norm::is_french(invoice) {
                xml.group("ram:BusinessProcessSpecifiedDocumentContextParameter", |xml| xml.leaf("ram:ID", SERVICES));
            }
            xml.group("ram:GuidelineSpecifiedDocumentContextParameter", |xml| xml.leaf("ram:ID", norm::EN_16931));
        });
        xml.group("rsm:ExchangedDocument", |xml| {
            xml.leaf("ram:ID", invoice.number.as_str());
            xml.leaf("ram:TypeCode", norm::type_code(&invoice.kind));
            day(xml, "ram:IssueDateTime", Some(invoice.issued));
            for (code, text) in norm::notes(language, invoice) {
                xml.group("ram:IncludedNote", |xml| {
                    xml.leaf("ram:Content", &text);
                    xml.leaf("ram:SubjectCode", code);
                });
            }
        });
        xml.group("rsm:SupplyChainTradeTransaction", |xml| {
            for (place, line) in invoice.lines.iter().enumerate() {
                charge(xml, language, invoice, (place + 1, line));
            }
            xml.group("ram:ApplicableHeaderTradeAgreement", |xml| agreement(xml, invoice));
            let last = period(invoice).map_or(invoice.issued, |(_, to)| to);
            xml.group("ram:ApplicableHeaderTradeDelivery", |xml| {
                xml.group("ram:ActualDeliverySupplyChainEvent", |xml| day(xml, "ram:OccurrenceDateTime", Some(last)));
            });
            xml.group("ram:ApplicableHeaderTradeSettlement", |xml| settlement(xml, language, invoice));
        });
    }))
}

fn day(xml: &mut Xml, name: &str, day: Option<Date>) {
    let Some(day) = day else { return };
    let text = day.strftime("%Y%m%d").to_string();
    xml.group(name, |xml| xml.leaf_with("udt:DateTimeString", ("format", "102"), &text));
}

fn days(xml: &mut Xml, from: Date, to: Date) {
    xml.group("ram:BillingSpecifiedPeriod", |xml| {
        day(xml, "ram:StartDateTime", Some(from));
        day(xml, "ram:EndDateTime", Some(to));
    });
}

fn amount(xml: &mut Xml, name: &str, amount: Cents) {
    xml.leaf(name, &amount.to_string());
}

fn charge(xml: &mut Xml, language: Language, invoice: &Invoice, (number, line): (usize, &InvoiceLine)) {
    let (name, description) = norm::words(language, invoice, line);
    let priced = norm::priced(line);
    xml.group("ram:IncludedSupplyChainTradeLineItem", |xml| {
        xml.group("ram:AssociatedDocumentLineDocument", |xml| xml.leaf("ram:LineID", &number.to_string()));
        xml.group("ram:SpecifiedTradeProduct", |xml| {
            xml.leaf("ram:Name", &name);
            xml.leaf("ram:Description", &description);
        });
        xml.group("ram:SpecifiedLineTradeAgreement", |xml| {
            xml.group("ram:NetPriceProductTradePrice", |xml| amount(xml, "ram:ChargeAmount", priced.price));
        });
        xml.group("ram:SpecifiedLineTradeDelivery", |xml| {
            xml.leaf_with("ram:BilledQuantity", ("unitCode", priced.unit), priced.quantity);
        });
        xml.group("ram:SpecifiedLineTradeSettlement", |xml| {
            xml.group("ram:ApplicableTradeTax", |xml| tax(xml, line.vat));
            days(xml, line.from, line.to);
            xml.group("ram:SpecifiedTradeSettlementLineMonetarySummation", |xml| amount(xml, "ram:LineTotalAmount", line.net));
        });
    });
}

fn tax(xml: &mut Xml, terms: VatTerms) {
    xml.leaf("ram:TypeCode", "VAT");
    xml.leaf("ram:CategoryCode", terms.category.code());
    xml.leaf("ram:RateApplicablePercent", &norm::rate(terms).unwrap_or_default());
}

fn agreement(xml: &mut Xml, invoice: &Invoice) {
    let (seller, buyer) = (&invoice.seller, &invoice.buyer);
    let vat_number = |number: &str| if norm::names_vat_numbers(invoice) { number.to_owned() } else { String::new() };
    xml.leaf("ram:BuyerReference", &buyer.account);
    xml.group("ram:SellerTradeParty", |xml| {
        xml.leaf("ram:Name", &seller.name);
        xml.leaf("ram:Description", &seller.legal_form);
        xml.group("ram:SpecifiedLegalOrganization", |xml| {
            legal_id(xml, &seller.legal_id);
            xml.leaf("ram:TradingBusinessName", seller.trading_name.as_deref().unwrap_or_default());
        });
        xml.group("ram:DefinedTradeContact", |xml| {
            xml.leaf("ram:DepartmentName", seller.trading_name.as_deref().unwrap_or(&seller.name));
            xml.group("ram:TelephoneUniversalCommunication", |xml| xml.leaf("ram:CompleteNumber", &seller.telephone));
            xml.group("ram:EmailURIUniversalCommunication", |xml| xml.leaf("ram:URIID", &seller.email));
        });
        postal(xml, &seller.address);
        electronic(xml, norm::seller_address(invoice));
        registration(xml, &vat_number(&seller.vat_number));
    });
    xml.group("ram:BuyerTradeParty", |xml| {
        xml.leaf("ram:ID", &buyer.reference);
        let place = buyer.legal_id.as_ref().map(norm::siret).unwrap_or_default();
        xml.leaf_with("ram:GlobalID", ("schemeID", "0009"), place);
        xml.leaf("ram:Name", &buyer.name);
        if let Some(id) = &buyer.legal_id {
            xml.group("ram:SpecifiedLegalOrganization", |xml| legal_id(xml, id));
        }
        postal(xml, &buyer.address);
        electronic(xml, norm::buyer_address(invoice));
        registration(xml, &vat_number(buyer.vat_number.as_deref().unwrap_or_default()));
    });
}

fn legal_id(xml: &mut Xml, id: &LegalId) {
    xml.leaf_with("ram:ID", ("schemeID", &id.scheme), norm::legal_number(id));
}

fn postal(xml: &mut Xml, address: &Address) {
    let line = |place: usize| address.lines.get(place).map(String::as_str).unwrap_or_default();
    xml.group("ram:PostalTradeAddress", |xml| {
        xml.leaf("ram:PostcodeCode", &address.postcode);
        xml.leaf("ram:LineOne", line(0));
        xml.leaf("ram:LineTwo", line(1));
        xml.leaf("ram:LineThree", line(2));
        xml.leaf("ram:CityName", &address.town);
        xml.leaf("ram:CountryID", address.country.as_str());
    });
}

fn electronic(xml: &mut Xml, address: Option<ElectronicAddress>) {
    let Some(address) = address else { return };
    xml.group("ram:URIUniversalCommunication", |xml| {
        xml.leaf_with("ram:URIID", ("schemeID", &address.scheme), &address.address);
    });
}

fn registration(xml: &mut Xml, vat_number: &str) {
    xml.group("ram:SpecifiedTaxRegistration", |xml| xml.leaf_with("ram:ID", ("schemeID", "VA"), vat_number));
}

fn settlement(xml: &mut Xml, language: Language, invoice: &Invoice) {
    let mandate = match &invoice.means {
        PaymentMeans::DirectDebit(mandate) => Some(mandate),
        PaymentMeans::Transfer { .. } | PaymentMeans::Nothing => None,
    };
    xml.leaf("ram:CreditorReferenceID", mandate.map(|mandate| mandate.creditor.as_str()).unwrap_or_default());
    if let PaymentMeans::Transfer { reference, .. } = &invoice.means {
        xml.leaf("ram:PaymentReference", reference);
    }
    xml.leaf("ram:InvoiceCurrencyCode", &invoice.currency);
    means(xml, &invoice.means);
    for part in &invoice.vat {
        let (code, reason) = norm::exemption(language, part);
        xml.group("ram:ApplicableTradeTax", |xml| {
            amount(xml, "ram:CalculatedAmount", part.tax);
            xml.leaf("ram:TypeCode", "VAT");
            xml.leaf("ram:ExemptionReason", &reason);
            amount(xml, "ram:BasisAmount", part.base);
            xml.leaf("ram:CategoryCode", part.terms.category.code());
            xml.leaf("ram:ExemptionReasonCode", code);
            xml.leaf("ram:RateApplicablePercent", &norm::rate(part.terms).unwrap_or_default());
        });
    }
    if let Some((from, to)) = period(invoice) {
        days(xml, from, to);
    }
    for discount in &invoice.discounts {
        xml.group("ram:SpecifiedTradeAllowanceCharge", |xml| {
            xml.group("ram:ChargeIndicator", |xml| xml.leaf("udt:Indicator", "false"));
            amount(xml, "ram:ActualAmount", discount.amount);
            xml.leaf("ram:ReasonCode", norm::DISCOUNT);
            xml.leaf("ram:Reason", &discount.reason);
            xml.group("ram:CategoryTradeTax", |xml| tax(xml, discount.vat));
        });
    }
    xml.group("ram:SpecifiedTradePaymentTerms", |xml| {
        xml.leaf("ram:Description", &norm::terms(language, invoice));
        day(xml, "ram:DueDateDateTime", norm::due(invoice));
        xml.leaf("ram:DirectDebitMandateID", mandate.map(|mandate| mandate.reference.as_str()).unwrap_or_default());
    });
    totals(xml, invoice);
    if let InvoiceKind::CreditNote { of, issued, .. } = &invoice.kind {
        xml.group("ram:InvoiceReferencedDocument", |xml| {
            xml.leaf("ram:IssuerAssignedID", of.as_str());
            xml.group("ram:FormattedIssueDateTime", |xml| {
                xml.leaf_with("qdt:DateTimeString", ("format", "102"), &issued.strftime("%Y%m%d").to_string());
            });
        });
    }
}

/// The debtor's account is not written: an invoice has it with most of its signs hidden, which is no account.
fn means(xml: &mut Xml, means: &PaymentMeans) {
    let (code, iban, bic) = match means {
        PaymentMeans::Transfer { iban, bic, .. } => (norm::TRANSFER, iban.as_str(), bic.as_str()),
        PaymentMeans::DirectDebit(_) => (norm::DIRECT_DEBIT, "", ""),
        PaymentMeans::Nothing => return,
    };
    xml.group("ram:SpecifiedTradeSettlementPaymentMeans", |xml| {
        xml.leaf("ram:TypeCode", code);
        xml.group("ram:PayeePartyCreditorFinancialAccount", |xml| xml.leaf("ram:IBANID", iban));
        xml.group("ram:PayeeSpecifiedCreditorFinancialInstitution", |xml| xml.leaf("ram:BICID", bic));
    });
}

fn totals(xml: &mut Xml, invoice: &Invoice) {
    let totals = &invoice.totals;
    xml.group("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |xml| {
        amount(xml, "ram:LineTotalAmount", totals.lines);
        if !totals.discounts.is_zero() {
            amount(xml, "ram:AllowanceTotalAmount", totals.discounts);
        }
        amount(xml, "ram:TaxBasisTotalAmount", totals.net);
        xml.leaf_with("ram:TaxTotalAmount", ("currencyID", &invoice.currency), &totals.vat.to_string());
        amount(xml, "ram:GrandTotalAmount", totals.gross);
        amount(xml, "ram:DuePayableAmount", totals.gross);
    });
}

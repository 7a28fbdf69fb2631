//! Invoices and credit notes: a PDF for people, XML for machines, and both in one (BIL-04, BIL-05).
//!
//! Everything comes from a frozen [`billing::Invoice`]: of the same facts, one version of the program makes the same bytes each time. Setting a page
//! takes some milliseconds of a core, so callers do it on threads that may block.

mod annex;
mod cii;
mod details;
mod factur_x;
mod norm;
mod payment;
mod sheet;
mod ubl;
mod wording;

pub use annex::{AnnexLine, AnnexRow, CalledNumbers, Charged, UsageAnnex};
pub(crate) use sheet::{Frame, frame};

use crate::{
    DocumentError,
    language::Language,
    typesetting::{Job, Template, set},
};
use billing::{Invoice, Item};

/// An invoice as people read it: a tagged PDF/A-3b. The logo is a PNG.
///
/// # Errors
/// For a language that is not ours, a logo that is no PNG, or a charge for a subject that the invoice does not have.
pub fn pdf(invoice: &Invoice, logo: Option<&[u8]>) -> Result<Vec<u8>, DocumentError> {
    set(Job {
        template: Template::Invoice,
        facts: &sheet::sheet(invoice, logo.is_some(), None)?,
        logo,
        attachment: None,
        identity: invoice.number.as_str(),
        day: invoice.issued,
    })
}

/// The same page with its own data within: Factur-X, profile EN 16931.
///
/// # Errors
/// As [`pdf`] and [`cii_xml`].
pub fn factur_x(invoice: &Invoice, logo: Option<&[u8]>) -> Result<Vec<u8>, DocumentError> {
    let page = set(Job {
        template: Template::Invoice,
        facts: &sheet::sheet(invoice, logo.is_some(), Some(factur_x::DESCRIPTION))?,
        logo,
        attachment: Some(cii_xml(invoice)?),
        identity: invoice.number.as_str(),
        day: invoice.issued,
    })?;
    factur_x::declared(page)
}

/// An invoice as UN/CEFACT's Cross Industry Invoice, by EN 16931; of a French seller by the French rules too.
///
/// # Errors
/// For a language that is not ours, and an invoice of no charges, which the standard does not have.
pub fn cii_xml(invoice: &Invoice) -> Result<String, DocumentError> {
    cii::document(invoice)
}

/// An invoice or credit note as UBL 2.1, by Peppol BIS Billing 3.
///
/// # Errors
/// As [`cii_xml`], and where seller or buyer has no address on Peppol, such as a household.
pub fn ubl_xml(invoice: &Invoice) -> Result<String, DocumentError> {
    ubl::document(invoice)
}

/// What something charged is called in a language, as invoices call it; `name` is what the catalogue calls it, empty for what has its words by
/// itself.
///
/// # Errors
/// For a language that is not ours.
pub fn item_name(language: &str, item: &Item, name: &str) -> Result<String, DocumentError> {
    Ok(wording::item(Language::of(language)?, item, name))
}

/// The usage behind an invoice, line by line, or that part of it, the first of which is 0. It is a document of its own, because usage is erased when the law says so and invoices are not.
///
/// # Errors
/// For a language that is not ours.
pub fn annex_pdf(invoice: &Invoice, usage: &UsageAnnex, part: usize) -> Result<Vec<u8>, DocumentError> {
    set(Job {
        template: Template::Annex,
        facts: &annex::sheet(invoice, usage, part)?,
        logo: None,
        attachment: None,
        identity: &format!("{}-usage-{part}", invoice.number),
        day: invoice.issued,
    })
}

//! Makes a PDF/A-3 with an attached invoice say that it is Factur-X: its XMP metadata names the attachment and the profile, and describes those
//! properties as PDF/A wants it. Typst writes no XMP of ours, so the packet is lengthened where it stands and the table of offsets corrected.

use crate::DocumentError;
use std::fmt::Write as _;

/// What the attachment is, to people who look at it in a reader.
pub(super) const DESCRIPTION: &str = "Factur-X, EN 16931";

/// What the metadata say.
const PROPERTIES: &str = r#"<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"><fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>"#;

/// What the four properties are, as PDF/A wants every property described that it does not know.
const SCHEMA: [(&str, &str); 4] = [
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document"),
    ("Version", "The version of the standard that the embedded XML follows"),
    ("ConformanceLevel", "The profile of the embedded XML"),
];

/// The PDF with its metadata lengthened.
///
/// # Errors
/// Where the PDF is not laid out as Typst has always done: one plain packet of metadata, one table of offsets.
pub(super) fn declared(pdf: Vec<u8>) -> Result<Vec<u8>, DocumentError> {
    let packet = find(&pdf, b"<x:xmpmeta", 0).ok_or(DocumentError::Metadata("it has no plain XMP packet"))?;
    let schemas = find(&pdf, b"<pdfaExtension:schemas><rdf:Bag>", packet);
    let end = find(&pdf, b"</rdf:RDF>", packet).ok_or(DocumentError::Metadata("its XMP packet has no end"))?;
    let mut inserts = Vec::new();
    match schemas.filter(|at| *at < end) {
        Some(at) => {
            inserts.push((at + b"<pdfaExtension:schemas><rdf:Bag>".len(), schema()));
            inserts.push((end, PROPERTIES.to_owned()));
        }
        None => inserts.push((end, format!("{PROPERTIES}{}", schemas_alone()))),
    }
    lengthened(&pdf, packet, &inserts)
}

fn schema() -> String {
    let mut text = r#"<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"#.to_owned();
    for (name, description) in SCHEMA {
        // A text that is written to memory cannot fail.
        let _ = write!(
            text,
            r#"<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"#
        );
    }
    text + "</rdf:Seq></pdfaSchema:property></rdf:li>"
}

fn schemas_alone() -> String {
    let names = r#"xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#""#;
    let bag = schema();
    format!(
        r#"<rdf:Description rdf:about="" {names}><pdfaExtension:schemas><rdf:Bag>{bag}</rdf:Bag></pdfaExtension:schemas></rdf:Description>"#
    )
}

/// The PDF with texts put into its packet, the packet's length and every offset behind it corrected.
fn lengthened(pdf: &[u8], packet: usize, inserts: &[(usize, String)]) -> Result<Vec<u8>, DocumentError> {
    let grown: usize = inserts.iter().map(|(_, text)| text.len()).sum();
    let length_at =
        rfind(pdf, b"/Length ", packet).ok_or(DocumentError::Metadata("its XMP packet has no length"))? + b"/Length ".len();
    let (length, digits) = number(pdf, length_at)?;
    let new_length = (length + grown).to_string();
    let shift = grown + new_length.len() - digits;

    let table = rfind(pdf, b"startxref", pdf.len()).ok_or(DocumentError::Metadata("it has no table of offsets"))?;
    let (table_at, _) = number(pdf, table + b"startxref\n".len())?;
    if !pdf.get(table_at..).is_some_and(|rest| rest.starts_with(b"xref\n0 ")) {
        return Err(DocumentError::Metadata("its offsets stand in no plain table"));
    }
    let (entries, entry_digits) = number(pdf, table_at + b"xref\n0 ".len())?;
    let first_entry = table_at + b"xref\n0 ".len() + entry_digits + 1;

    let mut made = Vec::with_capacity(pdf.len() + shift);
    made.extend_from_slice(&pdf[..length_at]);
    made.extend_from_slice(new_length.as_bytes());
    let mut from = length_at + digits;
    for (at, text) in inserts {
        made.extend_from_slice(&pdf[from..*at]);
        made.extend_from_slice(text.as_bytes());
        from = *at;
    }
    let moved = |offset: usize| if offset > length_at { offset + shift } else { offset };
    made.extend_from_slice(&pdf[from..first_entry]);
    for entry in 0..entries {
        let line = pdf.get(first_entry + entry * ENTRY..first_entry + (entry + 1) * ENTRY);
        let line = line.ok_or(DocumentError::Metadata("its table of offsets is cut"))?;
        let (offset, _) = number(line, 0)?;
        let offset = if line.get(17) == Some(&b'n') { moved(offset) } else { offset };
        made.extend_from_slice(format!("{offset:010}").as_bytes());
        made.extend_from_slice(&line[10..]);
    }
    let trailer = first_entry + entries * ENTRY;
    made.extend_from_slice(&pdf[trailer..table]);
    made.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table_at)).as_bytes());
    Ok(made)
}

/// The length of a line of the table of offsets.
const ENTRY: usize = 20;

/// The whole number that stands at a place, and how many digits it has.
fn number(pdf: &[u8], at: usize) -> Result<(usize, usize), DocumentError> {
    let digits: Vec<u8> = pdf.iter().skip(at).copied().take_while(u8::is_ascii_digit).collect();
    let text = std::str::from_utf8(&digits).ok().and_then(|text| text.parse().ok());
    Ok((text.ok_or(DocumentError::Metadata("a number is missing in it"))?, digits.len()))
}

fn find(pdf: &[u8], what: &[u8], from: usize) -> Option<usize> {
    pdf.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

fn rfind(pdf: &[u8], what: &[u8], before: usize) -> Option<usize> {
    pdf.get(..before)?.windows(what.len()).rposition(|window| window == what)
}

//! What a bank sent is opened: within limits, as one of the messages that are known, each value checked.
//!
//! A document type definition is refused, so that no entity grows; what is cut, or not what it says, is refused as a whole: half a file
//! would be half of the truth.

use super::{entries::Statements, status_report::StatusReport};
use billing::{BankAmount, Currency, CurrencyError};
use compact_str::CompactString;
use jiff::civil::Date;
use roxmltree::{Document, Error, Node, ParsingOptions};
use vocabulary::Cents;

/// The largest file that is read: some 20,000 bookings, for which reading holds some 150 MB. Larger ones are for a reader that need not
/// hold them.
pub const MOST_FILE_BYTES: usize = 16 << 20;
/// The most nodes of one file, so that a file of many small ones cannot ask for more memory.
const MOST_NODES: u32 = 2_000_000;
/// The most of an element's attributes, of which ISO 20022 has one, and of a file's namespaces, of which it has one or two. The time that
/// comparing many with each other takes grows with their square.
const MOST_ATTRIBUTES: usize = 64;
/// See [`MOST_ATTRIBUTES`].
const MOST_NAMESPACES: usize = 1_000;
/// The most signs of a name or a text that are kept.
const MOST_SIGNS: usize = 2_000;

/// A file of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankFile {
    /// What became of direct debits before they were settled: pain.002.
    StatusReport(StatusReport),
    /// What was booked: camt.053, camt.054.
    Statements(Statements),
}

/// Why a file of a bank is not taken. Nothing of it is.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BankFileError {
    /// More than is read at once.
    #[error(
        "bank file has {0} bytes or very many elements: at most {MOST_FILE_BYTES} bytes are read, so ask the bank for shorter periods"
    )]
    TooLarge(usize),
    /// Not UTF-8.
    #[error("bank file is not UTF-8 from byte {0} on: save it as the bank sent it")]
    Encoding(usize),
    /// It ends in the middle.
    #[error("bank file ends in the middle: fetch it again")]
    Cut,
    /// It brings a document type definition, which no bank sends.
    #[error("bank file has a document type definition, which messages of ISO 20022 never have")]
    Dtd,
    /// It is no XML.
    #[error("bank file is no XML: {0}")]
    Xml(String),
    /// It is another message, or another version of it.
    #[error("bank file is `{0}`, which is not one of pain.002, camt.053 and camt.054 in a version that is read")]
    Namespace(String),
    /// An element is missing.
    #[error("bank file has no `{what}` in `{place}`")]
    Missing {
        /// Which.
        what: &'static str,
        /// Where it should be: `Document/BkToCstmrStmt/Stmt/Ntry[3]`.
        place: String,
    },
    /// An element says something that it cannot.
    #[error("bank file has `{value}` as `{place}`")]
    Value {
        /// What it says.
        value: String,
        /// Where.
        place: String,
    },
}

/// The messages that are known, without their version, and the versions of each whose elements are read.
const MESSAGES: [(&str, &[&str]); 3] =
    [("pain.002.001.", &["03", "10"]), ("camt.053.001.", &["02", "04", "08"]), ("camt.054.001.", &["02", "04", "08"])];
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:";

/// Reads what a bank sent.
///
/// # Errors
/// When it is not whole, not known, or says what cannot be.
pub fn read_bank_file(bytes: &[u8]) -> Result<BankFile, BankFileError> {
    if bytes.len() > MOST_FILE_BYTES {
        return Err(BankFileError::TooLarge(bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| BankFileError::Encoding(error.valid_up_to()))?;
    if has_many_attributes(text) || text.matches("xmlns").nth(MOST_NAMESPACES).is_some() {
        return Err(BankFileError::TooLarge(bytes.len()));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => BankFileError::Dtd,
        Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => {
            BankFileError::TooLarge(bytes.len())
        }
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream | Error::NoRootNode => BankFileError::Cut,
        other => BankFileError::Xml(shortened(&other.to_string())),
    })?;
    let root = Element(document.root_element());
    let namespace = root.0.tag_name().namespace().unwrap_or_default();
    let known = |message: &str, versions: &[&str]| {
        let version = namespace.strip_prefix(NAMESPACE)?.strip_prefix(message)?;
        versions.contains(&version).then(|| message.to_owned())
    };
    let message = MESSAGES.iter().find_map(|(message, versions)| known(message, versions));
    match message.filter(|_| root.0.tag_name().name() == "Document").as_deref() {
        Some("pain.002.001.") => StatusReport::read(root).map(BankFile::StatusReport),
        Some("camt.053.001.") => Statements::read(root, ("BkToCstmrStmt", "Stmt")).map(BankFile::Statements),
        Some("camt.054.001.") => Statements::read(root, ("BkToCstmrDbtCdtNtfctn", "Ntfctn")).map(BankFile::Statements),
        _ => {
            let name = if namespace.is_empty() { root.0.tag_name().name() } else { namespace };
            Err(BankFileError::Namespace(shortened(name)))
        }
    }
}

/// Has one tag more attributes than any of a bank's file? Counted by the quotes between its brackets, before anything is read; comments
/// and declarations are no tags.
fn has_many_attributes(text: &str) -> bool {
    let quotes = |tag: &str| tag.split('>').next().unwrap_or(tag).bytes().filter(|b| matches!(b, b'"' | b'\'')).count();
    text.split('<').skip(1).any(|tag| !tag.starts_with(['!', '?']) && quotes(tag) > 2 * MOST_ATTRIBUTES)
}

pub(super) fn shortened(text: &str) -> String {
    text.chars().take(MOST_SIGNS).collect()
}

/// An element of a message, with its children by name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a>(Node<'a, 'a>);

impl<'a> Element<'a> {
    /// Its children of a name.
    pub(super) fn all(self, name: &'static str) -> impl Iterator<Item = Element<'a>> {
        self.0.children().filter(move |child| child.is_element() && child.tag_name().name() == name).map(Element)
    }

    /// The first child of a name.
    pub(super) fn child(self, name: &'static str) -> Option<Element<'a>> {
        self.all(name).next()
    }

    /// The first child of a name, without which the message says nothing.
    pub(super) fn needed(self, what: &'static str) -> Result<Element<'a>, BankFileError> {
        self.child(what).ok_or_else(|| BankFileError::Missing { what, place: self.place() })
    }

    /// The element at the end of a way of children: `RmtInf/Strd`.
    pub(super) fn at(self, way: &'static str) -> Option<Element<'a>> {
        way.split('/').try_fold(self, |element, name| element.child(name))
    }

    /// Its text, without blanks around it.
    pub(super) fn text(self) -> &'a str {
        self.0.text().unwrap_or_default().trim()
    }

    /// The text at the end of a way; `None` where there is none, or the bank says that none was given.
    pub(super) fn text_at(self, way: &'static str) -> Option<&'a str> {
        self.at(way).map(Element::text).filter(|text| !text.is_empty() && *text != "NOTPROVIDED")
    }

    /// Its amount and currency.
    pub(super) fn amount(self) -> Result<BankAmount, BankFileError> {
        let cents = cents(self.text()).ok_or_else(|| self.wrong(self.text()))?;
        let currency = self.0.attribute("Ccy").unwrap_or_default();
        let currency = currency.to_owned().try_into().map_err(|_: CurrencyError| self.wrong(currency))?;
        Ok(BankAmount { cents, currency })
    }

    /// Its day: `Dt`, or that of `DtTm` as the bank wrote it.
    pub(super) fn day(self) -> Result<Date, BankFileError> {
        let written = self.child("Dt").or_else(|| self.child("DtTm")).unwrap_or(self);
        // Without a zone or with one, the day is what the bank booked it on.
        written.text().get(..10).and_then(|day| day.parse().ok()).ok_or_else(|| written.wrong(written.text()))
    }

    /// That it says something that it cannot.
    pub(super) fn wrong(self, value: &str) -> BankFileError {
        BankFileError::Value { value: shortened(value), place: self.place() }
    }

    /// Where it is: files of banks are often one line.
    fn place(self) -> String {
        let step = |node: Node<'_, '_>| {
            let name = node.tag_name().name();
            let before = node.prev_siblings().skip(1).filter(|other| other.tag_name().name() == name).count();
            if before == 0 { name.to_owned() } else { format!("{name}[{}]", before + 1) }
        };
        let mut steps: Vec<String> = self.0.ancestors().filter(Node::is_element).map(step).collect();
        steps.reverse();
        shortened(&steps.join("/"))
    }
}

/// Hundredths of a decimal number without sign, such as `19.99`, `20` and `20.50000`.
fn cents(text: &str) -> Option<Cents> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (kept, rest) = part.split_at_checked(2).unwrap_or((part, ""));
    if !is_digits(whole) || !is_digits(part) || rest.bytes().any(|b| b != b'0') || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    // Eighteen digits are the most that the schemas allow.
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = format!("{kept:0<2}").parse().ok()?;
    (whole < 10_i64.pow(15)).then(|| Cents::new(whole * 100 + part))
}

/// A name that the bank gave something, cut where it is longer than any.
pub(super) fn name(text: &str) -> CompactString {
    text.chars().take(140).collect()
}

/// The other sign.
pub(super) fn negative(amount: BankAmount) -> BankAmount {
    BankAmount { cents: -amount.cents, currency: amount.currency }
}

/// A currency as it is compared.
pub(super) fn same(currency: Currency, amount: &BankAmount) -> bool {
    amount.currency == currency
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_cents() {
        let read = |text| cents(text).map(Cents::get);
        assert_eq!(
            [read("19.99"), read("20"), read("20.5"), read("20.50000"), read(".5"), read("0")].map(Option::unwrap),
            [1999, 2000, 2050, 2050, 50, 0]
        );
        for bad in ["", ".", "-1", "+1", "1,5", "1.005", "1e3", "NaN", "1000000000000000", "99999999999999999999", "1.2.3", "١"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}

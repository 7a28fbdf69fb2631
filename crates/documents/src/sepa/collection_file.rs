//! The file of direct debits that a bank collects: pain.008.001.08, CORE scheme (EPC130-08).

use super::{
    charset::{is_sepa, sepa_text},
    writer::Xml,
};
use billing::{Address, EndToEndId, MOST_OF_A_DEBIT, Sequence};
use compact_str::CompactString;
use jiff::{civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Bic, Cents, CountryCode, CreditorId, Iban, MandateReference, Timestamp};

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08";
/// What banks take of a name (EPC130-08, AT-14).
const MOST_OF_A_NAME: usize = 70;
/// What banks take of what a debit is for (AT-22).
const MOST_OF_A_TEXT: usize = 140;
/// What names messages, blocks and debits.
const MOST_OF_AN_ID: usize = 35;
/// Lines of an address beside its town, and the signs of one.
const ADDRESS_LINES: usize = 2;

/// Countries of SEPA outside the European Economic Area: their banks want the BIC and the debtor's address (EPC130-08, AT-13, AT-09).
const OUTSIDE_THE_EEA: [&str; 12] = ["AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"];

/// A file of direct debits.
#[derive(Clone, Debug)]
pub struct CollectionFile {
    /// What names the message; never used again.
    pub message: CompactString,
    /// When it was made.
    pub made: Timestamp,
    /// Who collects.
    pub creditor: Creditor,
    /// What is collected; the order changes nothing.
    pub debits: Vec<DebitToSend>,
}

/// Who collects.
#[derive(Clone, Debug)]
pub struct Creditor {
    /// Its name.
    pub name: String,
    /// Its identifier (ICS).
    pub id: CreditorId,
    /// The account that the money comes to.
    pub iban: Iban,
    /// Its bank, where known.
    pub bic: Option<Bic>,
}

/// A direct debit as the bank has to know it.
#[derive(Clone, Debug)]
pub struct DebitToSend {
    /// What names it.
    pub end_to_end: EndToEndId,
    /// How much, in euros.
    pub amount: Cents,
    /// Which of its mandate.
    pub sequence: Sequence,
    /// When.
    pub day: Date,
    /// Under which mandate, signed when.
    pub mandate: (MandateReference, Date),
    /// Who pays.
    pub debtor: DebtorParty,
    /// What it is for, as the debtor reads it on the statement.
    pub text: String,
}

/// Who pays.
#[derive(Clone, Debug)]
pub struct DebtorParty {
    /// Whose account it is.
    pub name: String,
    /// The account.
    pub iban: Iban,
    /// Its bank, where known.
    pub bic: Option<Bic>,
    /// Where the debtor lives; needed where the bank is outside the European Economic Area, and written only there.
    pub address: Option<Address>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub xml: String,
    /// Its blocks, in their order.
    pub blocks: Vec<Block>,
    /// What it collects altogether.
    pub sum: Cents,
}

/// The debits of one day and sequence: the bank books their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What names it.
    pub id: CompactString,
    /// What is in it.
    pub debits: Vec<EndToEndId>,
}

/// Why a file cannot be written.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CollectionFileRefusal {
    /// There is nothing to collect.
    #[error("collection file has no debit")]
    Empty,
    /// A name that a bank would not take.
    #[error("`{0}` cannot name a message or a debit: 1 to 35 letters, digits and signs that banks pass on, slashes apart")]
    Name(String),
    /// Two debits have one name.
    #[error("debit `{0}` stands twice in the file")]
    Twice(EndToEndId),
    /// Nothing, less, or more than a debit may be of.
    #[error("debit `{0}` is of {1}: a debit is of 0.01 to {MOST_OF_A_DEBIT}")]
    Amount(EndToEndId, Cents),
    /// The debtor has no name in signs that banks pass on.
    #[error("debit `{0}` has no name of a debtor")]
    NoDebtor(EndToEndId),
    /// A bank outside the European Economic Area is asked, and its BIC or the debtor's address is missing.
    #[error("debit `{0}` is of a bank in {1}, outside the European Economic Area: it needs the BIC and the debtor's address")]
    OutsideTheEea(EndToEndId, CountryCode),
}

impl CollectionFile {
    /// Writes it: one block a day and sequence. The same file is the same bytes.
    ///
    /// # Errors
    /// When a bank would not take it.
    pub fn write(&self) -> Result<Written, CollectionFileRefusal> {
        let blocks = self.blocks()?;
        let sum = self.debits.iter().map(|debit| debit.amount).sum();
        let mut xml = Xml::new();
        xml.with_attribute("Document", Some(("xmlns", NAMESPACE)), |xml| {
            xml.element("CstmrDrctDbtInitn", |xml| {
                xml.element("GrpHdr", |xml| self.write_header(xml, sum));
                for (block, debits) in &blocks {
                    xml.element("PmtInf", |xml| self.write_block(xml, block, debits));
                }
            });
        });
        Ok(Written { xml: xml.finish(), blocks: blocks.into_iter().map(|(block, _)| block).collect(), sum })
    }

    fn blocks(&self) -> Result<Vec<(Block, Vec<&DebitToSend>)>, CollectionFileRefusal> {
        let mut names = BTreeSet::new();
        let mut by_day: BTreeMap<(Date, Sequence), Vec<&DebitToSend>> = BTreeMap::new();
        for debit in &self.debits {
            debit.check()?;
            if !names.insert(&debit.end_to_end) {
                return Err(CollectionFileRefusal::Twice(debit.end_to_end.clone()));
            }
            by_day.entry((debit.day, debit.sequence)).or_default().push(debit);
        }
        if by_day.is_empty() {
            return Err(CollectionFileRefusal::Empty);
        }
        let named = by_day.into_values().enumerate().map(|(place, mut debits)| {
            debits.sort_by_key(|debit| &debit.end_to_end);
            let id = compact_str::format_compact!("{}-{}", self.message, place + 1);
            let names = debits.iter().map(|debit| debit.end_to_end.clone()).collect();
            (Block { id, debits: names }, debits)
        });
        let blocks: Vec<(Block, _)> = named.collect();
        let mut ids = blocks.iter().map(|(block, _)| &block.id).chain([&self.message]);
        let wrong = ids.find(|id| !is_name(id)).map(ToString::to_string);
        drop(ids);
        wrong.map_or(Ok(blocks), |id| Err(CollectionFileRefusal::Name(id)))
    }

    fn write_header(&self, xml: &mut Xml, sum: Cents) {
        xml.text("MsgId", &self.message);
        let made = self.made.to_local(&TimeZone::UTC);
        xml.text("CreDtTm", &made.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        xml.text("NbOfTxs", &self.debits.len().to_string());
        xml.text("CtrlSum", &sum.to_string());
        xml.element("InitgPty", |xml| {
            xml.text("Nm", &sepa_text(&self.creditor.name, MOST_OF_A_NAME));
            xml.text("Id/OrgId/Othr/Id", self.creditor.id.as_str());
        });
    }

    fn write_block(&self, xml: &mut Xml, block: &Block, debits: &[&DebitToSend]) {
        let Some(first) = debits.first() else { return };
        let Creditor { name, id, iban, bic } = &self.creditor;
        xml.text("PmtInfId", &block.id);
        xml.text("PmtMtd", "DD");
        xml.text("BtchBookg", "true");
        xml.text("NbOfTxs", &debits.len().to_string());
        xml.text("CtrlSum", &debits.iter().map(|debit| debit.amount).sum::<Cents>().to_string());
        xml.element("PmtTpInf", |xml| {
            xml.text("SvcLvl/Cd", "SEPA");
            xml.text("LclInstrm/Cd", "CORE");
            xml.text("SeqTp", first.sequence.code());
        });
        xml.text("ReqdColltnDt", &first.day.to_string());
        xml.text("Cdtr/Nm", &sepa_text(name, MOST_OF_A_NAME));
        xml.text("CdtrAcct/Id/IBAN", iban.electronic());
        write_bank(xml, "CdtrAgt", *bic);
        xml.text("ChrgBr", "SLEV");
        xml.path("CdtrSchmeId/Id/PrvtId/Othr", |xml| {
            xml.text("Id", id.as_str());
            xml.text("SchmeNm/Prtry", "SEPA");
        });
        for debit in debits {
            xml.element("DrctDbtTxInf", |xml| debit.write(xml));
        }
    }
}

impl DebitToSend {
    fn check(&self) -> Result<(), CollectionFileRefusal> {
        let name = || self.end_to_end.clone();
        if !is_name(self.end_to_end.as_str()) {
            return Err(CollectionFileRefusal::Name(self.end_to_end.to_string()));
        }
        if !self.amount.is_positive() || self.amount > MOST_OF_A_DEBIT {
            return Err(CollectionFileRefusal::Amount(name(), self.amount));
        }
        if !sepa_text(&self.debtor.name, MOST_OF_A_NAME).contains(|sign: char| sign.is_ascii_alphanumeric()) {
            return Err(CollectionFileRefusal::NoDebtor(name()));
        }
        if self.debtor.is_outside_the_eea() && (self.debtor.bic.is_none() || self.debtor.address.is_none()) {
            return Err(CollectionFileRefusal::OutsideTheEea(name(), self.debtor.iban.country()));
        }
        Ok(())
    }

    fn write(&self, xml: &mut Xml) {
        let (reference, signed) = &self.mandate;
        xml.text("PmtId/EndToEndId", self.end_to_end.as_str());
        xml.with_attribute("InstdAmt", Some(("Ccy", "EUR")), |xml| xml.escaped(&self.amount.to_string()));
        xml.path("DrctDbtTx/MndtRltdInf", |xml| {
            xml.text("MndtId", reference.as_str());
            xml.text("DtOfSgntr", &signed.to_string());
        });
        write_bank(xml, "DbtrAgt", self.debtor.bic);
        xml.element("Dbtr", |xml| self.debtor.write(xml));
        xml.text("DbtrAcct/Id/IBAN", self.debtor.iban.electronic());
        let text = sepa_text(&self.text, MOST_OF_A_TEXT);
        if !text.is_empty() {
            xml.text("RmtInf/Ustrd", &text);
        }
    }
}

impl DebtorParty {
    fn is_outside_the_eea(&self) -> bool {
        OUTSIDE_THE_EEA.contains(&self.iban.country().as_str())
    }

    fn write(&self, xml: &mut Xml) {
        xml.text("Nm", &sepa_text(&self.name, MOST_OF_A_NAME));
        let Some(address) = self.address.as_ref().filter(|_| self.is_outside_the_eea()) else { return };
        xml.element("PstlAdr", |xml| {
            let mut text = |name, text: &str, most| match sepa_text(text, most) {
                plain if plain.is_empty() => {}
                plain => xml.text(name, &plain),
            };
            text("PstCd", &address.postcode, 16);
            text("TwnNm", &address.town, 35);
            text("Ctry", address.country.as_str(), 2);
            for line in address.lines.iter().take(ADDRESS_LINES) {
                text("AdrLine", line, 70);
            }
        });
    }
}

/// A bank by its BIC, or that it is found by the account.
fn write_bank(xml: &mut Xml, name: &str, bic: Option<Bic>) {
    xml.path(&format!("{name}/FinInstnId"), |xml| match bic {
        Some(bic) => xml.text("BICFI", bic.as_str()),
        None => xml.text("Othr/Id", "NOTPROVIDED"),
    });
}

fn is_name(id: &str) -> bool {
    (1..=MOST_OF_AN_ID).contains(&id.len())
        && id.chars().all(is_sepa)
        && id.trim() == id
        && !id.starts_with('/')
        && !id.ends_with('/')
        && !id.contains("//")
}

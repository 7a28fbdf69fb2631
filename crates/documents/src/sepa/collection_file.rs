//! The file of direct debits that a bank collects: pain.008.001.08, CORE scheme (EPC130-08).

use super::{
    payments::{
        AccountHolder, Creditor, Payment, SepaFileRefusal, Written, blocks, name_of, sum, write_bank, write_origin, write_text,
        write_totals,
    },
    writer::Xml,
};
use billing::{EndToEndId, Sequence};
use compact_str::CompactString;
use jiff::civil::Date;
use vocabulary::{Cents, MandateReference, Timestamp};

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08";

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
    pub debtor: AccountHolder,
    /// What it is for, as the debtor reads it on the statement.
    pub text: String,
}

impl Payment for DebitToSend {
    fn end_to_end(&self) -> &EndToEndId {
        &self.end_to_end
    }

    fn amount(&self) -> Cents {
        self.amount
    }

    fn holder(&self) -> &AccountHolder {
        &self.debtor
    }
}

impl CollectionFile {
    /// Writes it: one block a day and sequence. The same file is the same bytes.
    ///
    /// # Errors
    /// When a bank would not take it.
    pub fn write(&self) -> Result<Written, SepaFileRefusal> {
        let blocks = blocks(&self.message, &self.debits, |debit| (debit.day, debit.sequence))?;
        let mut xml = Xml::new();
        xml.with_attribute("Document", Some(("xmlns", NAMESPACE)), |xml| {
            xml.element("CstmrDrctDbtInitn", |xml| {
                xml.element("GrpHdr", |xml| self.write_header(xml));
                for (block, debits) in &blocks {
                    xml.element("PmtInf", |xml| self.write_block(xml, &block.id, debits));
                }
            });
        });
        let blocks = blocks.into_iter().map(|(block, _)| block).collect();
        Ok(Written { xml: xml.finish(), blocks, sum: sum(&self.debits) })
    }

    fn write_header(&self, xml: &mut Xml) {
        write_origin(xml, &self.message, self.made);
        write_totals(xml, &self.debits.iter().collect::<Vec<_>>());
        xml.element("InitgPty", |xml| {
            xml.text("Nm", &name_of(&self.creditor.name));
            xml.text("Id/OrgId/Othr/Id", self.creditor.id.as_str());
        });
    }

    fn write_block(&self, xml: &mut Xml, id: &str, debits: &[&DebitToSend]) {
        let Some(first) = debits.first() else { return };
        xml.text("PmtInfId", id);
        xml.text("PmtMtd", "DD");
        xml.text("BtchBookg", "true");
        write_totals(xml, debits);
        xml.element("PmtTpInf", |xml| {
            xml.text("SvcLvl/Cd", "SEPA");
            xml.text("LclInstrm/Cd", "CORE");
            xml.text("SeqTp", first.sequence.code());
        });
        xml.text("ReqdColltnDt", &first.day.to_string());
        xml.text("Cdtr/Nm", &name_of(&self.creditor.name));
        xml.text("CdtrAcct/Id/IBAN", self.creditor.iban.electronic());
        write_bank(xml, "CdtrAgt", self.creditor.bic);
        xml.text("ChrgBr", "SLEV");
        xml.path("CdtrSchmeId/Id/PrvtId/Othr", |xml| {
            xml.text("Id", self.creditor.id.as_str());
            xml.text("SchmeNm/Prtry", "SEPA");
        });
        for debit in debits {
            xml.element("DrctDbtTxInf", |xml| debit.write(xml));
        }
    }
}

impl DebitToSend {
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
        write_text(xml, &self.text);
    }
}

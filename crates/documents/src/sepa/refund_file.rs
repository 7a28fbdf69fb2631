//! The file of transfers by which an operator pays back what was paid too much: pain.001.001.09 (EPC132-08).

use super::{
    payments::{
        AccountHolder, Creditor, Payment, SepaFileRefusal, Written, blocks, name_of, sum, write_bank, write_origin, write_text,
        write_totals,
    },
    writer::Xml,
};
use billing::EndToEndId;
use compact_str::CompactString;
use jiff::civil::Date;
use vocabulary::{Cents, Timestamp};

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/// A file of refunds.
#[derive(Clone, Debug)]
pub struct RefundFile {
    /// What names the message; never used again.
    pub message: CompactString,
    /// When it was made.
    pub made: Timestamp,
    /// Who pays back.
    pub payer: Creditor,
    /// What is paid back; the order changes nothing.
    pub refunds: Vec<RefundToSend>,
}

/// A refund as the bank has to know it.
#[derive(Clone, Debug)]
pub struct RefundToSend {
    /// What names it.
    pub end_to_end: EndToEndId,
    /// How much, in euros.
    pub amount: Cents,
    /// When.
    pub day: Date,
    /// Who gets it.
    pub payee: AccountHolder,
    /// What it is for, as the payee reads it on the statement.
    pub text: String,
}

impl Payment for RefundToSend {
    fn end_to_end(&self) -> &EndToEndId {
        &self.end_to_end
    }

    fn amount(&self) -> Cents {
        self.amount
    }

    fn holder(&self) -> &AccountHolder {
        &self.payee
    }
}

impl RefundFile {
    /// Writes it: one block a day. The same file is the same bytes.
    ///
    /// # Errors
    /// When a bank would not take it.
    pub fn write(&self) -> Result<Written, SepaFileRefusal> {
        let blocks = blocks(&self.message, &self.refunds, |refund| refund.day)?;
        let mut xml = Xml::new();
        xml.with_attribute("Document", Some(("xmlns", NAMESPACE)), |xml| {
            xml.element("CstmrCdtTrfInitn", |xml| {
                xml.element("GrpHdr", |xml| {
                    write_origin(xml, &self.message, self.made);
                    write_totals(xml, &self.refunds.iter().collect::<Vec<_>>());
                    xml.text("InitgPty/Nm", &name_of(&self.payer.name));
                });
                for (block, refunds) in &blocks {
                    xml.element("PmtInf", |xml| self.write_block(xml, &block.id, refunds));
                }
            });
        });
        let blocks = blocks.into_iter().map(|(block, _)| block).collect();
        Ok(Written { xml: xml.finish(), blocks, sum: sum(&self.refunds) })
    }

    fn write_block(&self, xml: &mut Xml, id: &str, refunds: &[&RefundToSend]) {
        let Some(first) = refunds.first() else { return };
        xml.text("PmtInfId", id);
        xml.text("PmtMtd", "TRF");
        xml.text("BtchBookg", "true");
        write_totals(xml, refunds);
        xml.text("PmtTpInf/SvcLvl/Cd", "SEPA");
        xml.text("ReqdExctnDt/Dt", &first.day.to_string());
        xml.text("Dbtr/Nm", &name_of(&self.payer.name));
        xml.text("DbtrAcct/Id/IBAN", self.payer.iban.electronic());
        write_bank(xml, "DbtrAgt", self.payer.bic);
        xml.text("ChrgBr", "SLEV");
        for refund in refunds {
            xml.element("CdtTrfTxInf", |xml| refund.write(xml));
        }
    }
}

impl RefundToSend {
    fn write(&self, xml: &mut Xml) {
        xml.text("PmtId/EndToEndId", self.end_to_end.as_str());
        xml.element("Amt", |xml| {
            xml.with_attribute("InstdAmt", Some(("Ccy", "EUR")), |xml| xml.escaped(&self.amount.to_string()));
        });
        if self.payee.bic.is_some() {
            write_bank(xml, "CdtrAgt", self.payee.bic);
        }
        xml.element("Cdtr", |xml| self.payee.write(xml));
        xml.text("CdtrAcct/Id/IBAN", self.payee.iban.electronic());
        write_text(xml, &self.text);
    }
}

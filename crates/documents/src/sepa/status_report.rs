//! What became of direct debits before they were settled: pain.002 in its versions 3 and 10.

use super::reading::{BankFileError, Element, name};
use billing::{BankAnswer, Concerns, EndToEndId, Outcome, ReturnReason};
use compact_str::CompactString;

/// A bank's report on a file that it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusReport {
    /// What names the report.
    pub message: CompactString,
    /// The file that it is about.
    pub original: CompactString,
    /// What it says: of debits first, then of blocks, then of all. Whoever takes the answers in this order gives each debit its own reason.
    pub answers: Vec<BankAnswer>,
}

/// What a status means, or that it says nothing of all beneath it.
enum Status {
    Taken,
    Rejected,
    /// `PART`: some are this, some that.
    Mixed,
}

impl StatusReport {
    pub(super) fn read(root: Element<'_>) -> Result<Self, BankFileError> {
        let report = root.needed("CstmrPmtStsRpt")?;
        let header = report.needed("GrpHdr")?;
        let group = report.needed("OrgnlGrpInfAndSts")?;
        let original = name(group.needed("OrgnlMsgId")?.text());
        let mut debits = Vec::new();
        let mut blocks = Vec::new();
        for block in report.all("OrgnlPmtInfAndSts") {
            for debit in block.all("TxInfAndSts") {
                debits.extend(of_debit(debit)?);
            }
            if let Some(outcome) = outcome(block, "PmtInfSts")? {
                let id = name(block.needed("OrgnlPmtInfId")?.text());
                blocks.push(BankAnswer { concerns: Concerns::Block(id), amount: None, outcome });
            }
        }
        let all = outcome(group, "GrpSts")?;
        let all = all.map(|outcome| BankAnswer { concerns: Concerns::File(original.clone()), amount: None, outcome });
        let answers = debits.into_iter().chain(blocks).chain(all).collect();
        Ok(Self { message: name(header.needed("MsgId")?.text()), original, answers })
    }
}

fn of_debit(debit: Element<'_>) -> Result<Option<BankAnswer>, BankFileError> {
    let Some(outcome) = outcome(debit, "TxSts")? else { return Ok(None) };
    let id = debit.text_at("OrgnlEndToEndId").unwrap_or("NOTPROVIDED");
    let amount =
        debit.at("OrgnlTxRef/Amt/InstdAmt").or_else(|| debit.at("OrgnlTxRef/InstdAmt")).map(Element::amount).transpose()?;
    Ok(Some(BankAnswer { concerns: Concerns::Debit(EndToEndId::read(&name(id))), amount, outcome }))
}

/// What an element's status says of all that is beneath it.
fn outcome(of: Element<'_>, status: &'static str) -> Result<Option<Outcome>, BankFileError> {
    let Some(said) = of.child(status) else { return Ok(None) };
    let status = match said.text() {
        "ACCP" | "ACSP" | "ACSC" | "ACCC" | "ACTC" | "ACWC" | "ACWP" | "ACFC" | "RCVD" | "PDNG" => Status::Taken,
        "RJCT" | "CANC" => Status::Rejected,
        "PART" | "PATC" => Status::Mixed,
        other => return Err(said.wrong(other)),
    };
    Ok(match status {
        Status::Taken => Some(Outcome::Taken),
        Status::Rejected => Some(Outcome::Rejected(of.child("StsRsnInf").and_then(reason))),
        Status::Mixed => None,
    })
}

/// The reason of a status or a return.
pub(super) fn reason(information: Element<'_>) -> Option<ReturnReason> {
    let said = information.text_at("Rsn/Cd").or_else(|| information.text_at("Rsn/Prtry"))?;
    Some(ReturnReason::from(said.chars().take(35).collect::<CompactString>()))
}

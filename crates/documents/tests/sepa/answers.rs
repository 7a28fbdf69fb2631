use super::sample;
use billing::{BankAnswer, Concerns, Outcome, ReturnReason};
use documents::sepa::{BankFile, BankFileError, StatusReport, read_bank_file};

fn report(xml: &str) -> Result<StatusReport, BankFileError> {
    match read_bank_file(xml.as_bytes())? {
        BankFile::StatusReport(report) => Ok(report),
        BankFile::Statements(statements) => panic!("{statements:?}"),
    }
}

fn shown(answer: &BankAnswer) -> String {
    let concerns = match &answer.concerns {
        Concerns::File(name) => format!("file {name}"),
        Concerns::Block(name) => format!("block {name}"),
        Concerns::Debit(name) => format!("debit {name}"),
    };
    let outcome = match &answer.outcome {
        Outcome::Taken => "taken".to_owned(),
        Outcome::Rejected(reason) => format!("rejected {}", reason.as_ref().map_or("-", ReturnReason::code)),
        Outcome::Returned(_) => "returned".to_owned(),
    };
    let amount = answer.amount.map_or_else(String::new, |amount| format!(" {}", amount.cents));
    format!("{concerns} {outcome}{amount}")
}

/// BIL-08: what became of debits is read in both versions of pain.002: of one debit, of a block, of a whole file.
#[test]
fn a_status_report_is_read() {
    for message in ["pain.002.001.03", "pain.002.001.10"] {
        let read = report(&sample(message)).unwrap();
        assert_eq!((read.message.as_str(), read.original.as_str()), ("PSR-1", "VX-7"));
        let answers: Vec<String> = read.answers.iter().map(shown).collect();
        let expected = [
            "debit VX-DD-1 rejected AC01 19.99",
            "debit VX-DD-2 rejected LIMIT",
            "debit VX-DD-3 taken",
            "block VX-7-2 rejected RC01",
        ];
        assert_eq!(answers, expected, "{message}");
    }
    let whole = sample("pain.002.001.10")
        .replace("<GrpSts>PART</GrpSts>", "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>");
    assert_eq!(shown(report(&whole).unwrap().answers.last().unwrap()), "file VX-7 rejected FF01");
    let taken = sample("pain.002.001.10").replace("<GrpSts>PART</GrpSts>", "<GrpSts>ACCP</GrpSts>");
    assert_eq!(shown(report(&taken).unwrap().answers.last().unwrap()), "file VX-7 taken");
    let odd = sample("pain.002.001.10").replace("<TxSts>ACCP</TxSts>", "<TxSts>MAYB</TxSts>");
    assert_eq!(
        report(&odd).unwrap_err().to_string(),
        "bank file has `MAYB` as `Document/CstmrPmtStsRpt/OrgnlPmtInfAndSts/TxInfAndSts[3]/TxSts`"
    );
}

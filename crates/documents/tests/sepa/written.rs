use billing::{Address, EndToEndId, Sequence};
use documents::sepa::{AccountHolder, CollectionFile, Creditor, DebitToSend, RefundFile, RefundToSend, SepaFileRefusal, Written};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use vocabulary::{Cents, Timestamp};

const FRENCH: &str = "FR7630006000011234567890189";
const BELGIAN: &str = "BE62510007547061";
const SWISS: &str = "CH9300762011623852957";

fn debit(number: i64, cents: i64, sequence: Sequence, day: Date) -> DebitToSend {
    DebitToSend {
        end_to_end: EndToEndId::numbered("VX", number),
        amount: Cents::new(cents),
        sequence,
        day,
        mandate: ("VX-1-1".parse().unwrap(), date(2026, 1, 10)),
        debtor: AccountHolder { name: "Élodie Weiß".to_owned(), iban: FRENCH.parse().unwrap(), bic: None, address: None },
        text: "Facture VX2026-000123".to_owned(),
    }
}

fn file(debits: Vec<DebitToSend>) -> CollectionFile {
    CollectionFile {
        message: "VX-7".into(),
        made: Timestamp::from_micros(1_795_402_805_123_456),
        creditor: Creditor {
            name: "Cœur & Vallée Télécom".to_owned(),
            id: "FR72ZZZ123456".parse().unwrap(),
            iban: FRENCH.parse().unwrap(),
            bic: Some("AGRIFRPPXXX".parse().unwrap()),
        },
        debits,
    }
}

fn swiss(number: i64) -> DebitToSend {
    let address = Address {
        lines: vec!["Bahnhofstraße 1".to_owned(), String::new(), "Postfach".to_owned()],
        postcode: "8001".to_owned(),
        town: "Zürich".to_owned(),
        country: "CH".parse().unwrap(),
    };
    let bic = Some("UBSWCHZH80A".parse().unwrap());
    DebitToSend {
        debtor: AccountHolder { name: "Urs Keller".to_owned(), iban: SWISS.parse().unwrap(), bic, address: Some(address) },
        ..debit(number, 10_000_000, Sequence::Recurrent, date(2026, 12, 7))
    }
}

/// What was collected too much, paid back on two days.
pub(super) fn refunds() -> Written {
    let refund = |debit: DebitToSend| RefundToSend {
        end_to_end: debit.end_to_end,
        amount: debit.amount,
        day: debit.day,
        payee: debit.debtor,
        text: "Remboursement n° 7".to_owned(),
    };
    let CollectionFile { message, made, creditor, debits } = files().remove(1);
    let file = RefundFile { message, made, payer: creditor, refunds: debits.into_iter().map(refund).collect() };
    let mut turned = file.clone();
    turned.refunds.reverse();
    let written = file.write().unwrap();
    assert_eq!(turned.write().as_ref(), Ok(&written), "the same file is the same bytes");
    written
}

/// BIL-08: what was paid too much is paid back by a file of transfers, one block a day.
#[test]
fn a_refund_file_has_a_block_a_day() {
    let written = refunds();
    let blocks: Vec<String> = written.blocks.iter().map(|block| format!("{} {:?}", block.id, block.payments)).collect();
    assert_eq!(blocks, ["VX-7-1 [VX-DD-1, VX-DD-2, VX-DD-5, VX-DD-9]", "VX-7-2 [VX-DD-3, VX-DD-4]"]);
    let part = "<PmtId><EndToEndId>VX-DD-1</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"EUR\">19.99</InstdAmt></Amt><Cdtr>\
                <Nm>Elodie Weiss</Nm></Cdtr><CdtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></CdtrAcct><RmtInf>\
                <Ustrd>Remboursement n. 7</Ustrd></RmtInf>";
    assert!(written.xml.contains(part), "{}", written.xml);
}

/// Files of every sort: one debit, several days and sequences, a bank outside the EEA, names of every alphabet, a thousand debits.
pub(super) fn files() -> Vec<CollectionFile> {
    let (first, later) = (date(2026, 12, 7), date(2026, 12, 15));
    let mut nameless = debit(9, 1, Sequence::OneOff, first);
    nameless.debtor = AccountHolder {
        name: "\"<Κώστας> & Щерев\" 中".to_owned(),
        iban: BELGIAN.parse().unwrap(),
        bic: Some("VAPEBE22".parse().unwrap()),
        address: None,
    };
    nameless.text = "é€".repeat(200);
    let several = vec![
        debit(3, 2500, Sequence::Recurrent, later),
        debit(2, 99_999_999_999, Sequence::Recurrent, first),
        debit(1, 1999, Sequence::First, first),
        debit(4, 1, Sequence::Final, later),
        swiss(5),
        nameless,
    ];
    let many = (1..=1000).map(|number| debit(number, number, Sequence::Recurrent, first)).collect();
    vec![file(vec![debit(1, 1999, Sequence::First, first)]), file(several), file(many)]
}

/// BIL-08: a file has one block a day and sequence, its sums, and the debits as they were decided.
#[test]
fn a_file_has_a_block_a_day_and_sequence() {
    let files = files();
    let written = files[1].write().unwrap();
    let blocks: Vec<String> = written.blocks.iter().map(|block| format!("{} {:?}", block.id, block.payments)).collect();
    assert_eq!(
        blocks,
        ["VX-7-1 [VX-DD-1]", "VX-7-2 [VX-DD-2, VX-DD-5]", "VX-7-3 [VX-DD-9]", "VX-7-4 [VX-DD-3]", "VX-7-5 [VX-DD-4]"]
    );
    assert_eq!(written.sum, Cents::new(100_010_004_500));
    for part in [
        "<MsgId>VX-7</MsgId><CreDtTm>2026-11-23T03:00:05Z</CreDtTm><NbOfTxs>6</NbOfTxs><CtrlSum>1000100045.00</CtrlSum>",
        "<InitgPty><Nm>Coeur + Vallee Telecom</Nm><Id><OrgId><Othr><Id>FR72ZZZ123456</Id>",
        "<PmtInfId>VX-7-2</PmtInfId><PmtMtd>DD</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>2</NbOfTxs><CtrlSum>1000099999.99</CtrlSum>",
        "<LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>RCUR</SeqTp></PmtTpInf><ReqdColltnDt>2026-12-07</ReqdColltnDt>",
        "<CdtrAgt><FinInstnId><BICFI>AGRIFRPP</BICFI></FinInstnId></CdtrAgt>",
        "<PmtId><EndToEndId>VX-DD-1</EndToEndId></PmtId><InstdAmt Ccy=\"EUR\">19.99</InstdAmt><DrctDbtTx><MndtRltdInf>\
         <MndtId>VX-1-1</MndtId><DtOfSgntr>2026-01-10</DtOfSgntr></MndtRltdInf></DrctDbtTx><DbtrAgt><FinInstnId><Othr>\
         <Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt><Dbtr><Nm>Elodie Weiss</Nm></Dbtr>",
        "<Dbtr><Nm>'.Kostas. + Shterev' .</Nm></Dbtr>",
        "<BICFI>UBSWCHZH80A</BICFI></FinInstnId></DbtrAgt><Dbtr><Nm>Urs Keller</Nm><PstlAdr><PstCd>8001</PstCd><TwnNm>Zuerich</TwnNm>\
         <Ctry>CH</Ctry><AdrLine>Bahnhofstrasse 1</AdrLine></PstlAdr></Dbtr>",
    ] {
        assert!(written.xml.contains(part), "{part}\n{}", written.xml);
    }
    let mut turned = files[1].clone();
    turned.debits.reverse();
    assert_eq!(turned.write().unwrap(), written, "the same file is the same bytes");
}

/// BIL-08: what a bank would not take is not written.
#[test]
fn what_no_bank_takes_is_not_written() {
    let day = date(2026, 12, 7);
    let said = |debits: Vec<DebitToSend>| file(debits).write().unwrap_err().to_string();
    let good = || debit(1, 100, Sequence::First, day);
    assert_eq!(said(vec![]), "file for the bank has no payment");
    assert_eq!(said(vec![good(), good()]), "payment `VX-DD-1` stands twice in the file");
    for amount in [0, -100, 100_000_000_000] {
        let text = said(vec![DebitToSend { amount: Cents::new(amount), ..good() }]);
        assert!(text.ends_with(": a payment is of 0.01 to 999999999.99"), "{text}");
    }
    let unnamed = DebitToSend { debtor: AccountHolder { name: " \u{301} 中".to_owned(), ..good().debtor }, ..good() };
    assert_eq!(said(vec![unnamed]), "payment `VX-DD-1` has no name of the account's holder");
    for name in ["", "/A", "A//B", "A/", "é", &"1".repeat(36), "A\nB"] {
        let named = DebitToSend { end_to_end: EndToEndId::read(name), ..good() };
        assert!(matches!(file(vec![named]).write(), Err(SepaFileRefusal::Name(_))), "{name}");
    }
    let long = CollectionFile { message: "1".repeat(34).into(), ..file(vec![good()]) };
    assert!(matches!(long.write(), Err(SepaFileRefusal::Name(_))), "its blocks would have 36 signs");
    for debtor in [AccountHolder { bic: None, ..swiss(1).debtor }, AccountHolder { address: None, ..swiss(1).debtor }] {
        let text = said(vec![DebitToSend { debtor, ..good() }]);
        assert_eq!(
            text,
            "payment `VX-DD-1` is of a bank in CH, outside the European Economic Area: it needs the BIC and the holder's address"
        );
    }
}

proptest! {
    /// BIL-08: whatever names and texts customers have, the file is XML that says the same again.
    #[test]
    fn a_file_is_xml_whatever_somebody_is_called(name in "\\PC{0,80}", text in any::<String>(), cents in 1..1_000_000_i64) {
        let day = date(2026, 12, 7);
        let one = DebitToSend { text, debtor: AccountHolder { name: format!("A{name}"), ..debit(1, 1, Sequence::First, day).debtor }, ..debit(1, cents, Sequence::First, day) };
        let written = file(vec![one]).write().unwrap();
        let document = roxmltree::Document::parse(&written.xml).unwrap();
        let amount = document.descendants().find(|node| node.has_tag_name(("urn:iso:std:iso:20022:tech:xsd:pain.008.001.08", "InstdAmt")));
        let said = amount.and_then(|amount| amount.text()).map(str::to_owned);
        prop_assert_eq!(said, Some(Cents::new(cents).to_string()));
        prop_assert!(written.xml.is_ascii());
    }
}

use super::sample;
use billing::{BankEntry, Concerns, Currency, EntryOfDebit, KnownPart, Match, Outcome, Payable, Payables, ReturnReason};
use documents::sepa::{BankFile, Statements, read_bank_file};
use std::collections::BTreeSet;
use vocabulary::{BillingAccountId, Cents, StructuredReference};

fn statements(message: &str) -> Statements {
    match read_bank_file(sample(message).as_bytes()).unwrap() {
        BankFile::Statements(statements) => statements,
        BankFile::StatusReport(report) => panic!("{report:?}"),
    }
}

/// An entry as text: key, amount, who, what it says.
fn shown(entry: &BankEntry) -> String {
    let debit = entry.debit.as_ref().map_or_else(String::new, |debit| match debit {
        EntryOfDebit::Block(block) => format!(" block {block}"),
        EntryOfDebit::Settled(id) => format!(" settled {id}"),
        EntryOfDebit::Returned { end_to_end, reason, collected } => {
            format!(" returned {end_to_end} {} of {}", reason.as_ref().map_or("-", ReturnReason::code), collected.cents)
        }
    });
    let structured: String = entry.structured.iter().map(|reference| format!(" {reference}")).collect();
    let account = entry.account.as_ref().map_or("", |iban| iban.electronic());
    let key = entry.key.strip_prefix("FR7630006000011234567890189/2026-12-07/").unwrap();
    format!("{key}|{} {}|{} {account}|{}{structured}{debit}", entry.amount.cents, entry.amount.currency, entry.party, entry.text)
}

const BOOKED: [&str; 12] = [
    "BK-1|19.99 EUR|Jan Peeters BE62510007547061| +++090/9337/55493+++",
    "BK-2/BK-2A|20.00 EUR|Élodie Weiß FR7630006000011234567890189|Facture VX2026-0001 23 merci & à bientôt VIR 17",
    "BK-2/BK-2B|5.00 EUR|Menuiserie Kern |VX2026-000125",
    "BK-3|123.45 EUR| | block VX-7-1",
    "BK-4/VX-DD-1|-22.49 EUR|Jan Peeters BE62510007547061| returned VX-DD-1 AM04 of 19.99",
    "BK-5|-3.00 EUR| |Frais de tenue de compte",
    "BK-7/VX-RF-3|8.00 EUR|Cadran Test |VX-RF-3",
    "BK-8|30.00 CHF|Urs Keller CH9300762011623852957|VX2026-000125",
    "N-9/41.00/VX-DD-2|20.00 EUR|A |Prélèvements settled VX-DD-2",
    "N-9/41.00/VX-DD-2#2|20.00 EUR|B |Prélèvements settled VX-DD-2",
    "N-9/41.00/rest|1.00 EUR| |Prélèvements",
    "S-341/10|60.00 EUR| |Virements groupés",
];

/// BIL-08: what a bank booked is read in each version of camt.053, and no cent is lost.
#[test]
fn what_was_booked_is_read() {
    for message in ["camt.053.001.02", "camt.053.001.04", "camt.053.001.08"] {
        let read = statements(message);
        let [statement] = &read.statements[..] else { panic!("{message}") };
        assert_eq!((read.message.as_str(), statement.id.as_str(), statement.pending), ("STMT-20261207", "S-341", 1));
        assert_eq!(statement.account, "FR7630006000011234567890189");
        let lines: Vec<String> = statement.entries.iter().map(shown).collect();
        assert_eq!(lines, BOOKED, "{message}");
        let euros: Cents = statement
            .entries
            .iter()
            .filter(|entry| entry.amount.currency == Currency::EURO)
            .map(|entry| entry.amount.cents)
            .sum();
        assert_eq!(euros, Cents::new(25_195), "the balances of the statement differ by it");
    }
}

/// BIL-08: an entry that only its statement numbers, as some banks do from 1 each time, is not taken for one of another amount.
#[test]
fn an_entry_without_a_reference_is_told_by_its_amount() {
    let keys = |xml: &str| {
        let BankFile::Statements(read) = read_bank_file(xml.as_bytes()).unwrap() else { panic!("a statement") };
        read.statements[0].entries.iter().map(|entry| entry.key.clone()).filter(|key| key.contains("/N-9/")).collect::<Vec<_>>()
    };
    let one = sample("camt.053.001.08");
    let other = one.replace(">41.00<", ">42.00<");
    assert_ne!(one, other);
    assert_eq!(keys(&one), keys(&one));
    assert!(keys(&one).iter().all(|key| !keys(&other).contains(key)), "{:?}", keys(&other));
}

/// BIL-08: an entry says which booking it is, or is a part of, where the bank has a name for that, so that one told with its details is known again without
/// them; what adds up to something else is another.
#[test]
fn a_booking_is_known_with_its_details_and_without() {
    let read = |details: &str, amount: &str| {
        let xml = sample("camt.053.001.08");
        let (before, rest) = xml.split_once("<Ntry>").unwrap();
        let (_, after) = rest.rsplit_once("</Ntry>").unwrap();
        let entry = format!(
            "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-12-07</Dt></BookgDt>\
             <AcctSvcrRef>R-1</AcctSvcrRef><BkTxCd/><NtryDtls>{details}</NtryDtls></Ntry>"
        );
        let xml = format!("{before}{entry}{after}");
        let BankFile::Statements(read) = read_bank_file(xml.as_bytes()).unwrap() else { panic!("a statement") };
        read.statements[0].entries.clone()
    };
    let one =
        |name: &str, amount: &str| format!("<TxDtls><Refs><TxId>{name}</TxId></Refs><Amt Ccy=\"EUR\">{amount}</Amt></TxDtls>");
    let parts = read(&format!("{}{}", one("A", "10.00"), one("B", "5.00")), "14.50");
    let (whole, other) = (&read("", "14.50")[0], &read("", "99.00")[0]);
    assert_eq!(parts.len(), 3, "and what the bank kept");
    let known = |entries: &[BankEntry]| -> Vec<(String, Cents)> {
        entries.iter().map(|entry| (entry.key.to_string(), entry.amount.cents)).collect()
    };
    let is_known = |entry: &BankEntry, known: &[(String, Cents)]| {
        let known: Vec<KnownPart<'_>> = known.iter().map(|(key, amount)| KnownPart { key, amount: *amount }).collect();
        entry.told_otherwise(&known)
    };
    assert_eq!(is_known(whole, &known(&parts)), Some(0));
    assert_eq!((is_known(other, &known(&parts)), is_known(whole, &known(&parts[..2])), is_known(whole, &[])), (None, None, None));
    let (kept, kept_other) = (known(std::slice::from_ref(whole)), known(std::slice::from_ref(other)));
    assert!(parts.iter().all(|part| is_known(part, &kept) == Some(0) && is_known(part, &kept_other).is_none()));
}

/// BIL-08: a statement finds the invoices that its transfers pay, and what does not match stays.
#[test]
fn a_statement_pays_invoices() {
    let payable = |account: i64, number: &str, open: i64, reference: Option<u64>| Payable {
        account: BillingAccountId(account),
        number: number.into(),
        reference: reference.map(|number| StructuredReference::of(number).unwrap()),
        open: Cents::new(open),
    };
    let invoices = vec![
        payable(1, "ZN2026-000009", 1999, Some(909_337_554)),
        payable(2, "VX2026-000123", 2500, None),
        payable(3, "VX2026-000125", 500, None),
    ];
    let mut payables = Payables::new(invoices, BTreeSet::new(), Currency::EURO);
    let read = statements("camt.053.001.08");
    let found: Vec<Match> = read.statements[0].entries.iter().map(|entry| payables.take(entry)).collect();
    let paid: Vec<String> = found
        .iter()
        .filter_map(|found| match found {
            Match::Pays { account, parts, rest } => Some(format!("{} {}:{} {rest}", account.0, parts[0].number, parts[0].amount)),
            _ => None,
        })
        .collect();
    assert_eq!(paid, ["1 ZN2026-000009:19.99 0.00", "2 VX2026-000123:20.00 0.00", "3 VX2026-000125:5.00 0.00"]);
    assert_eq!(found.iter().filter(|found| matches!(found, Match::OfDebits)).count(), 4);
    assert_eq!(found.iter().filter(|found| matches!(found, Match::Left(_))).count(), 5);
    let again: Vec<Match> =
        statements("camt.053.001.02").statements[0].entries.iter().map(|entry| payables.take(entry)).collect();
    assert!(
        again.iter().all(|found| matches!(found, Match::Left(_))),
        "the same bookings in another message count once: {again:?}"
    );
}

/// BIL-08: debits that came back are read in each version of camt.054, each with its reason.
#[test]
fn debits_that_came_back_are_read() {
    for message in ["camt.054.001.02", "camt.054.001.04", "camt.054.001.08"] {
        let read = statements(message);
        let answers: Vec<String> = read.statements[0]
            .entries
            .iter()
            .filter_map(BankEntry::answer)
            .map(|answer| {
                let (Concerns::Debit(id), Outcome::Returned(Some(reason))) = (answer.concerns, answer.outcome) else { panic!() };
                format!("{id} {reason} {}", answer.amount.unwrap().cents)
            })
            .collect();
        assert_eq!(answers, ["VX-DD-1 MD06 19.99", "VX-DD-2 AC04 5.00", "VX-DD-3 LOCAL-7 5.00"], "{message}");
        let last = read.statements[0].entries.last().unwrap();
        assert_eq!((last.debit.as_ref(), last.amount.cents, last.party.as_str()), (None, Cents::new(-777), "Stromwerk Rhein"));
    }
}

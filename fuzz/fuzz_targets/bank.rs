//! What a bank sends: read as a whole or refused, and what it says can be taken without a panic, each booking once.
#![no_main]

use billing::{Currency, Match, Payable, Payables};
use documents::sepa::{BankFile, read_bank_file};
use std::collections::BTreeSet;
use vocabulary::{BillingAccountId, Cents};

fn payables() -> Payables {
    let payable = |account, number: &str| Payable {
        account: BillingAccountId(account),
        number: number.into(),
        reference: None,
        open: Cents::new(1999),
    };
    Payables::new(vec![payable(1, "VX2026-000123"), payable(2, "VX2026-000125")], BTreeSet::new(), Currency::EURO)
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match read_bank_file(bytes) {
        Err(error) => assert!(!error.to_string().is_empty() && error.to_string().len() < 10_000),
        Ok(BankFile::StatusReport(report)) => assert!(report.message.len() <= 560 && report.answers.len() <= bytes.len()),
        Ok(BankFile::Statements(read)) => {
            let mut payables = payables();
            for entry in read.statements.iter().flat_map(|statement| &statement.entries) {
                assert!(entry.text.chars().count() <= 2_000 && entry.party.chars().count() <= 2_000);
                let found = payables.take(entry);
                assert!(!matches!(found, Match::Left(billing::LeftReason::Twice)), "{} stands twice in one file", entry.key);
                if let Match::Pays { parts, rest, .. } = found {
                    let paid: Cents = parts.iter().map(|part| part.amount).sum();
                    assert_eq!(paid + rest, entry.amount.cents);
                }
                drop(entry.answer());
            }
        }
    }
});

use super::{OTHER_IBAN, cents, day, invoice};
use billing::{
    BankAmount, BankEntry, Concerns, Currency, EndToEndId, EntryOfDebit, InvoiceNumber, LeftReason, Match, Outcome, Payable,
    Payables, ReturnReason, may_name,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use vocabulary::{BillingAccountId, Cents, StructuredReference};

fn payable(account: i64, number: &str, open: i64, reference: Option<u64>) -> Payable {
    let reference = reference.map(|number| StructuredReference::of(number).unwrap());
    Payable { account: BillingAccountId(account), number: invoice(number), reference, open: cents(open) }
}

fn payables() -> Payables {
    let invoices = vec![
        payable(1, "VX2026-000123", 1999, Some(909_337_554)),
        payable(1, "VX2026-000124", 500, Some(909_337_555)),
        payable(2, "VX2026-000125", 3000, None),
        payable(3, "VX2026-000126", 0, Some(909_337_557)),
    ];
    Payables::new(invoices, BTreeSet::from(["old".into()]), Currency::EURO)
}

fn entry(key: &str, amount: i64, text: &str) -> BankEntry {
    BankEntry {
        key: key.into(),
        amount: BankAmount { cents: cents(amount), currency: Currency::EURO },
        booked: day("2026-12-07"),
        structured: Vec::new(),
        text: text.to_owned(),
        party: "Jan Peeters".to_owned(),
        account: Some(OTHER_IBAN.parse().unwrap()),
        debit: None,
        booking: None,
    }
}

/// Where the money of an entry goes, as text.
fn shown(found: &Match) -> String {
    match found {
        Match::Pays { account, parts, rest } => {
            let parts: Vec<String> = parts.iter().map(|part| format!("{}:{}", part.number, part.amount)).collect();
            format!("{} {} rest {rest}", account.0, parts.join(" "))
        }
        Match::OfDebits => "of debits".to_owned(),
        Match::Left(reason) => format!("{reason:?}"),
    }
}

/// BIL-08: a transfer finds its invoice by structured communication or by number in free text, whole or in part.
#[test]
fn a_transfer_finds_what_it_pays() {
    let whole = "1 VX2026-000123:19.99 rest 0.00";
    for text in [
        "VX2026-000123",
        "facture n° vx2026-000123, merci",
        "Rechnung VX 2026 000 123",
        "VX2026-0001\n23 Novembre",
        "VX2026000123 19.99 EUR",
        "+++090/9337/55493+++",
        "de 090933755493 pour novembre",
        "VX2026-000123 +++090/9337/55493+++",
    ] {
        assert_eq!(shown(&payables().take(&entry("k", 1999, text))), whole, "{text}");
    }
    let mut structured = entry("k", 1000, "");
    structured.structured.push(StructuredReference::of(909_337_554).unwrap());
    assert_eq!(shown(&payables().take(&structured)), "1 VX2026-000123:10.00 rest 0.00", "a part");
    assert_eq!(
        shown(&payables().take(&entry("k", 2499, "VX2026-000124 et VX2026-000123"))),
        "1 VX2026-000123:19.99 VX2026-000124:5.00 rest 0.00"
    );
    assert_eq!(
        shown(&payables().take(&entry("k", 4000, "VX2026-000125"))),
        "2 VX2026-000125:30.00 rest 10.00",
        "more than is open"
    );
    assert_eq!(
        shown(&payables().take(&entry("k", 700, "VX2026-000126"))),
        "3  rest 7.00",
        "paid before: it stands to the account's credit"
    );
}

/// BIL-07, BIL-08: a transfer like one that somebody noted by hand waits for somebody to look, and the one after it pays.
#[test]
fn a_transfer_like_a_noted_one_waits() {
    let noted = vec![(BillingAccountId(1), cents(1999)), (BillingAccountId(2), cents(500))];
    let mut payables = payables().with_noted(noted);
    assert_eq!(payables.take(&entry("k1", 1999, "VX2026-000123")), Match::Left(LeftReason::NotedByHand));
    assert!(matches!(payables.take(&entry("k2", 500, "VX2026-000124")), Match::Pays { .. }), "another account's");
    assert!(matches!(payables.take(&entry("k3", 1999, "VX2026-000123")), Match::Pays { .. }), "one noted, one waits");
}

/// BIL-08: what does not match stays, with its reason.
#[test]
fn what_does_not_match_says_why() {
    let mut payables = payables();
    for text in ["", "merci", "VX2026-0001234", "AVX2026-000123", "VX2026-00012", "+++090/9337/55439+++"] {
        assert_eq!(payables.take(&entry(&format!("k{text}"), 1999, text)), Match::Left(LeftReason::SaysNothing), "{text}");
    }
    let unknown = StructuredReference::of(1).unwrap();
    let left = payables.take(&entry("k1", 1999, &unknown.to_string()));
    assert_eq!(left, Match::Left(LeftReason::UnknownReference { reference: unknown }));
    let several = payables.take(&entry("k2", 1999, "VX2026-000123 VX2026-000125"));
    assert_eq!(several, Match::Left(LeftReason::SeveralAccounts { accounts: vec![BillingAccountId(1), BillingAccountId(2)] }));
    let francs = BankEntry {
        amount: BankAmount { cents: cents(1999), currency: "CHF".to_owned().try_into().unwrap() },
        ..entry("k3", 0, "VX2026-000123")
    };
    assert!(matches!(payables.take(&francs), Match::Left(LeftReason::Currency { .. })));
    for nothing in [0, -1999] {
        assert_eq!(payables.take(&entry(&format!("k{nothing}"), nothing, "VX2026-000123")), Match::Left(LeftReason::WentOut));
    }
    assert_eq!(payables.take(&entry("old", 1999, "VX2026-000123")), Match::Left(LeftReason::Twice));
    assert_eq!(shown(&payables.take(&entry("k5", 1999, "VX2026-000123"))), "1 VX2026-000123:19.99 rest 0.00");
    assert_eq!(payables.take(&entry("k5", 1999, "VX2026-000123")), Match::Left(LeftReason::Twice));
    assert_eq!(
        shown(&payables.take(&entry("k6", 1999, "VX2026-000123"))),
        "1  rest 19.99",
        "another transfer for a paid invoice"
    );
}

/// BIL-08: what the bank tells of direct debits is no transfer, and a debit that came back is an answer.
#[test]
fn entries_of_debits_are_told_apart() {
    let end_to_end = EndToEndId::numbered("VX", 1);
    let collected = BankAmount { cents: cents(1999), currency: Currency::EURO };
    let reason = Some(ReturnReason::NoMoney);
    let returned = EntryOfDebit::Returned { end_to_end: end_to_end.clone(), reason: reason.clone(), collected };
    let back = BankEntry { debit: Some(returned), ..entry("r", -2499, "VX2026-000123") };
    assert_eq!(payables().take(&back), Match::OfDebits);
    let answer = back.answer().unwrap();
    assert_eq!((answer.concerns, answer.amount), (Concerns::Debit(end_to_end.clone()), Some(collected)));
    assert_eq!(answer.outcome, Outcome::Returned(reason));
    let settled = BankEntry { debit: Some(EntryOfDebit::Settled(end_to_end)), ..entry("s", 1999, "VX2026-000123") };
    assert_eq!((payables().take(&settled), settled.answer()), (Match::OfDebits, None));
}

proptest! {
    /// BIL-08: no cent of a transfer is lost or made, and no invoice is paid more than was open.
    #[test]
    fn no_cent_is_lost(transfers in prop::collection::vec((1..4_000_i64, 0..5_usize), 0..20)) {
        let texts = ["VX2026-000123", "VX2026-000124 VX2026-000123", "+++090/9337/55594+++", "VX2026-000125", "merci"];
        let mut payables = payables();
        let mut paid: std::collections::BTreeMap<String, Cents> = std::collections::BTreeMap::new();
        for (place, (amount, text)) in transfers.iter().enumerate() {
            match payables.take(&entry(&place.to_string(), *amount, texts[*text])) {
                Match::Pays { parts, rest, .. } => {
                    prop_assert_eq!(parts.iter().map(|part| part.amount).sum::<Cents>() + rest, cents(*amount));
                    for part in parts {
                        let sum = paid.entry(part.number.to_string()).or_default();
                        *sum = *sum + part.amount;
                    }
                }
                other => prop_assert_eq!(other, Match::Left(LeftReason::SaysNothing)),
            }
        }
        for (number, open) in [("VX2026-000123", 1999), ("VX2026-000124", 500), ("VX2026-000125", 3000)] {
            prop_assert!(paid.get(number).is_none_or(|sum| *sum <= cents(open)));
        }
    }
}

/// BIL-08: the structured communication of an invoice says its year and place, and nothing beyond what it has room for.
#[test]
fn an_invoice_has_a_structured_communication() {
    let second = InvoiceNumber::structured(2026, 2).unwrap();
    assert_eq!(second.to_string(), "+++260/0000/00271+++");
    assert_eq!(InvoiceNumber::of_structured(second), Some((2026, 2)));
    let last = InvoiceNumber::structured(2099, 99_999_999).unwrap();
    assert_eq!(InvoiceNumber::of_structured(last), Some((2099, 99_999_999)));
    assert_eq!((InvoiceNumber::structured(2026, 0), InvoiceNumber::structured(2026, 100_000_000)), (None, None));
}

/// BIL-08: the invoices that an entry may name are few, whatever it says.
#[test]
fn an_entry_may_name_few_invoices() {
    let named = |text: &str, structured: &[u64]| {
        let structured = structured.iter().map(|number| StructuredReference::of(*number).unwrap()).collect();
        let entry = BankEntry { structured, ..entry("K", 100, text) };
        may_name(&entry, "VA").into_iter().collect::<Vec<_>>()
    };
    assert_eq!(named("Facture va 2026-000 123, merci", &[]), [(2026, 123)]);
    assert_eq!(named("VA2026-000001 VA2025-000002", &[]), [(2025, 2), (2026, 1)]);
    assert_eq!(named("bonjour", &[2_600_000_002]), [(2026, 2)]);
    assert_eq!(named("+++260/0000/00271+++", &[]), [(2026, 2)]);
    assert_eq!(named("VA2026-12 GL2026-000001 2026-000003 été", &[]), []);
    assert!(named(&"VA20261234567890".repeat(200), &[]).len() <= 3);
}

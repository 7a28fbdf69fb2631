use super::{banks, cents, day, invoice};
use billing::{
    AnswerRefusal, BankAmount, BankAnswer, Concerns, Consequence, Currency, DebitTerms, EndToEndId, InvoicePart, MandateFate,
    NextStep, Outcome, ReturnReason, SentDebit, Settled, take_answer,
};

fn terms() -> DebitTerms {
    DebitTerms { return_fee: Some(cents(750)), ..DebitTerms::default() }
}

/// Two debits of one file, of 25 and 5 euros.
fn sent() -> Vec<SentDebit> {
    let debit = |number: i64, parts: &[(&str, i64)], block: &str| SentDebit {
        end_to_end: EndToEndId::numbered("VX", number),
        message: "VX-7".into(),
        block: block.into(),
        mandate: "VX-1-1".parse().unwrap(),
        day: day("2026-12-07"),
        parts: parts.iter().map(|(number, amount)| InvoicePart { number: invoice(number), amount: cents(*amount) }).collect(),
        tries: 1,
        came_back: None,
    };
    vec![debit(1, &[("A1", 2000), ("A2", 500)], "VX-7-1"), debit(2, &[("A3", 500)], "VX-7-2")]
}

fn euros(amount: i64) -> Option<BankAmount> {
    Some(BankAmount { cents: cents(amount), currency: Currency::EURO })
}

fn returned(name: &str, amount: Option<BankAmount>, code: &str) -> BankAnswer {
    let reason = Some(ReturnReason::from(compact_str::CompactString::from(code)));
    BankAnswer { concerns: Concerns::Debit(EndToEndId::read(name)), amount, outcome: Outcome::Returned(reason) }
}

fn take(answer: &BankAnswer, sent: &mut [SentDebit], today: &str) -> Vec<Result<Consequence, AnswerRefusal>> {
    take_answer(answer, sent, day(today), &terms(), &banks())
}

/// BIL-08: each reason of a bank has its consequence for the mandate, the amount and the customer.
#[test]
fn each_reason_has_its_consequence() {
    let table = [
        ("AC01", "ends, customer pays, free"),
        ("AC04", "ends, customer pays, fee"),
        ("AC06", "blocked, customer pays, fee"),
        ("AG01", "ends, customer pays, free"),
        ("AG02", "stays, look, free"),
        ("AM04", "stays, again 2026-12-21, fee"),
        ("AM05", "stays, look, free"),
        ("BE05", "stays, look, free"),
        ("FF05", "stays, look, free"),
        ("MD01", "ends, look, free"),
        ("MD06", "stays, customer pays, free"),
        ("MD07", "ends, look, free"),
        ("MS02", "blocked, customer pays, fee"),
        ("MS03", "stays, again 2026-12-21, free"),
        ("RC01", "stays, look, free"),
        ("RR01", "stays, look, free"),
        ("ZZ99", "stays, look, free"),
    ];
    for (code, expected) in table {
        let taken = take(&returned("VX-DD-1", euros(2500), code), &mut sent(), "2026-12-10").remove(0).unwrap();
        let mandate = match taken.mandate {
            MandateFate::Stays => "stays",
            MandateFate::Blocked => "blocked",
            MandateFate::Ends => "ends",
        };
        let next = match taken.next {
            NextStep::PresentAgain(day) => format!("again {day}"),
            NextStep::CustomerPays => "customer pays".to_owned(),
            NextStep::Look => "look".to_owned(),
        };
        let fee = if taken.fee == Some(cents(750)) { "fee" } else { "free" };
        assert_eq!(format!("{mandate}, {next}, {fee}"), expected, "{code}");
        assert_eq!((taken.reason.code(), taken.settled), (code, Settled::TakenBack));
        assert_eq!(taken.reopened, sent()[0].parts);
    }
    assert_eq!(ReturnReason::CODES.len() + 1, table.len(), "and one that has no meaning here");
}

/// BIL-08: what wants money is presented again so often and no more; a refund that comes too late is looked at.
#[test]
fn an_amount_is_presented_again_so_often() {
    let mut sent = sent();
    sent[0].tries = 2;
    let taken = take(&returned("VX-DD-1", None, "AM04"), &mut sent, "2026-12-10").remove(0).unwrap();
    assert_eq!(taken.next, NextStep::CustomerPays);
    let refund = returned("VX-DD-2", euros(500), "MD06");
    assert_eq!(take(&refund, &mut self::sent(), "2027-02-01").remove(0).unwrap().next, NextStep::CustomerPays, "eight weeks");
    assert_eq!(take(&refund, &mut self::sent(), "2027-02-02").remove(0).unwrap().next, NextStep::Look);
    let nothing_said = BankAnswer { outcome: Outcome::Rejected(None), ..refund };
    let taken = take(&nothing_said, &mut self::sent(), "2026-12-04").remove(0).unwrap();
    assert_eq!((taken.next, taken.settled, taken.fee), (NextStep::Look, Settled::Never, None));
    let no_fee =
        take_answer(&returned("VX-DD-1", None, "AM04"), &mut self::sent(), day("2026-12-10"), &DebitTerms::default(), &banks());
    assert_eq!(no_fee[0].as_ref().unwrap().fee, None);
}

/// BIL-08: an answer of an unknown debit, one that came before, and one of another amount or currency change nothing.
#[test]
fn an_answer_counts_once_and_for_what_was_sent() {
    let mut debits = sent();
    let said = |taken: Vec<Result<Consequence, AnswerRefusal>>| {
        taken
            .into_iter()
            .map(|taken| taken.map_or_else(|refusal| refusal.to_string(), |_| "taken".to_owned()))
            .collect::<Vec<_>>()
    };
    let unknown = take(&returned("NOTPROVIDED", euros(2500), "AM04"), &mut debits, "2026-12-10");
    assert_eq!(said(unknown), ["debit `NOTPROVIDED` is not one of ours"]);
    let other = take(&returned("VX-DD-1", euros(2600), "AM04"), &mut debits, "2026-12-10");
    assert_eq!(said(other), ["answer to debit `VX-DD-1` is of 26.00, and 25.00 was collected"]);
    let francs = Some(BankAmount { cents: cents(2500), currency: "CHF".to_owned().try_into().unwrap() });
    let other = take(&returned("VX-DD-1", francs, "AM04"), &mut debits, "2026-12-10");
    assert_eq!(said(other), ["answer to debit `VX-DD-1` is in CHF, and euros were collected"]);
    assert_eq!(debits, sent(), "nothing changed so far");
    assert_eq!(said(take(&returned("VX-DD-1", euros(2500), "AM04"), &mut debits, "2026-12-10")), ["taken"]);
    let again = take(&returned("VX-DD-1", euros(2500), "MD06"), &mut debits, "2026-12-11");
    assert_eq!(said(again), ["debit `VX-DD-1` came back on 2026-12-10 already"]);
    // The bank rejects the whole file: what came back before is not counted again.
    let file = BankAnswer { concerns: Concerns::File("VX-7".into()), amount: None, outcome: Outcome::Rejected(None) };
    assert_eq!(said(take(&file, &mut debits, "2026-12-11")), ["taken"], "the other one");
    let block = BankAnswer { concerns: Concerns::Block("VX-7-2".into()), ..file.clone() };
    assert_eq!(said(take(&block, &mut debits, "2026-12-11")), ["debits of `VX-7-2` came back already"]);
    assert_eq!(said(take(&file, &mut debits, "2026-12-11")), ["debits of `VX-7` came back already"]);
    let taken = BankAnswer { outcome: Outcome::Taken, ..file };
    assert_eq!(said(take(&taken, &mut self::sent(), "2026-12-11")), Vec::<String>::new());
    let elsewhere = BankAnswer { concerns: Concerns::File("VX-8".into()), ..taken };
    assert_eq!(said(take(&elsewhere, &mut debits, "2026-12-11")), ["debit `VX-8` is not one of ours"]);
}

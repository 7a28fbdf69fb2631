//! Credit notes that people make: what is given back of an invoice, in parts and whole.

use crate::{
    properties::{any_lines, letterhead},
    stage::{MAIN, Story, at_home, cents, grandlarge, line, usage},
};
use billing::{
    Before, CreditAsked, CreditRefusal, Grant, Invoice, InvoiceKind, InvoiceNumber, LONGEST_REASON, Left, Letterhead, Reach,
    Reduction, credit,
};
use proptest::prelude::*;
use vocabulary::{Cents, UsageKind};

const WHY: &str = "Ligne en panne du 3 au 9 décembre";

/// An invoice of two lines at 20 %: two plans, calls, and a discount of 4.00.
fn invoice() -> Invoice {
    let mut story = Story::of(
        grandlarge(),
        vec![line(1, ("orange", "unlimited-30"), "2026-03-01T00:00"), line(2, ("orange", "unlimited-30"), "2026-03-01T00:00")],
    );
    story.before = Before::Elsewhere;
    story.customer.lines[1].usage = vec![usage(UsageKind::Voice, Reach::Roaming, "3.33")];
    story.customer.grants = vec![Grant {
        account: MAIN,
        reduction: Reduction::Amount(cents(400)),
        from: "2026-12".parse().unwrap(),
        to: None,
        reason: "Geste commercial".to_owned(),
    }];
    story.draft("2026-12", MAIN, at_home()).unwrap().issue(letterhead())
}

fn head(place: i64) -> Letterhead {
    Letterhead { number: InvoiceNumber::new("VA", 2026, place), ..letterhead() }
}

fn made(invoice: &Invoice, notes: &[Invoice], asked: CreditAsked) -> Result<Invoice, CreditRefusal> {
    credit((invoice, notes), asked, WHY, head(i64::try_from(notes.len()).unwrap() + 2))
}

/// BIL-03: the whole of an invoice is given back line by line with its discounts and its VAT, once; the credit note says of what it is and why.
#[test]
fn a_whole_invoice_is_given_back_once() {
    let invoice = invoice();
    let note = made(&invoice, &[], CreditAsked::Whole).unwrap();
    assert_eq!(
        (note.totals, &note.lines, &note.discounts, &note.vat),
        (invoice.totals, &invoice.lines, &invoice.discounts, &invoice.vat)
    );
    assert_eq!(note.kind, InvoiceKind::CreditNote { of: invoice.number.clone(), issued: invoice.issued, reason: WHY.to_owned() });
    assert_eq!(note.corrects(), Some(&invoice.number));
    let again = made(&invoice, std::slice::from_ref(&note), CreditAsked::Whole);
    assert_eq!(again, Err(CreditRefusal::NothingLeft(invoice.number.clone())));
    assert_eq!(made(&note, &[], CreditAsked::Whole), Err(CreditRefusal::NoInvoice(note.number.clone())));
}

/// BIL-03: an amount of one line is given back with the VAT of its rate, never more than is left of it or of the invoice.
#[test]
fn an_amount_of_a_line_is_given_back() {
    let invoice = invoice();
    // 10.50 + 10.50 + 3.33 - 4.00, and 20 %.
    assert_eq!((invoice.totals.net.get(), invoice.totals.vat.get()), (2033, 407));
    let part = |amount| CreditAsked::OfLine(0, cents(amount));
    let first = made(&invoice, &[], part(250)).unwrap();
    assert_eq!((first.totals.net.get(), first.totals.vat.get(), first.lines.len(), first.subjects.len()), (250, 50, 1, 1));
    assert_eq!(first.lines[0].item, invoice.lines[0].item);
    let notes = [first];
    let left = Left::of(&invoice, &notes);
    assert_eq!((left.lines[0].get(), left.of_lines[0].get(), left.net.get(), left.gross.get()), (800, 800, 1783, 2140));
    let refused = made(&invoice, &notes, part(801));
    assert_eq!(refused, Err(CreditRefusal::MoreThanLeft { asked: cents(801), left: cents(800) }));
    assert_eq!(refused.unwrap_err().to_string(), "8.01 is more than the 8.00 that is left");
    for nothing in [0, -1] {
        assert_eq!(made(&invoice, &notes, part(nothing)), Err(CreditRefusal::NotPositive(cents(nothing))));
    }
    let nowhere = CreditAsked::OfLine(9, cents(1));
    assert_eq!(made(&invoice, &notes, nowhere), Err(CreditRefusal::NoLine(invoice.number.clone())));
    let rest = made(&invoice, &notes, CreditAsked::Whole).unwrap();
    assert_eq!((rest.totals.net.get(), rest.totals.gross.get()), (1783, 2140));
    assert_eq!(rest.discounts, invoice.discounts);
}

/// BIL-03: a credit note without a reason is none.
#[test]
fn a_credit_note_says_why() {
    let invoice = invoice();
    let with = |reason: &str| credit((&invoice, &[]), CreditAsked::Whole, reason, head(2));
    assert_eq!(with(" \n"), Err(CreditRefusal::NoReason));
    assert_eq!(with(&"é".repeat(LONGEST_REASON + 1)), Err(CreditRefusal::LongReason(LONGEST_REASON + 1)));
    assert!(with(&"é".repeat(LONGEST_REASON)).is_ok());
}

/// BIL-03: a credit note of a month that the run made takes from what is left, too.
#[test]
fn what_a_run_gave_back_is_not_given_back_again() {
    let invoice = invoice();
    let of_run = made(&invoice, &[], CreditAsked::OfLine(0, cents(1000))).unwrap();
    let mut of_run = Invoice { subjects: Vec::new(), ..of_run };
    of_run.lines[0].subject = None;
    of_run.lines[0].name = "Autre chose".to_owned();
    let notes = [of_run];
    let refused = made(&invoice, &notes, CreditAsked::Whole);
    assert_eq!(refused, Err(CreditRefusal::MoreThanLeft { asked: cents(2033), left: cents(1033) }));
    let part = made(&invoice, &notes, CreditAsked::OfLine(0, cents(1033))).unwrap();
    assert_eq!(part.totals.gross, invoice.totals.gross - notes[0].totals.gross);
}

proptest! {
    /// BIL-03: whatever is given back in whatever parts, all credit notes together are never more than the invoice, of no line, rate or tax; and the
    /// rest given back makes them all of it, to the cent.
    #[test]
    fn parts_and_the_rest_are_the_whole(lines in any_lines(), parts in prop::collection::vec((0_usize..12, 1_i64..400), 0..12)) {
        let story = Story::of(grandlarge(), lines);
        let Some(draft) = story.draft("2026-12", MAIN, at_home()) else { return Ok(()) };
        let invoice = draft.issue(letterhead());
        prop_assume!(invoice.totals.gross.is_positive());
        let mut notes: Vec<Invoice> = Vec::new();
        for (place, permille) in parts {
            let left = Left::of(&invoice, &notes);
            let Some(of_line) = left.of_lines.get(place % invoice.lines.len()) else { continue };
            let amount = of_line.part(permille, 400);
            if let Ok(note) = made(&invoice, &notes, CreditAsked::OfLine(place % invoice.lines.len(), amount)) {
                prop_assert!(note.totals.net.is_positive() && !note.totals.vat.is_negative());
                notes.push(note);
            }
        }
        let sum = |notes: &[Invoice], of: fn(&Invoice) -> Cents| notes.iter().map(of).sum::<Cents>();
        prop_assert!(sum(&notes, |note| note.totals.vat) <= invoice.totals.vat);
        prop_assert!(sum(&notes, |note| note.totals.gross) <= invoice.totals.gross);
        match made(&invoice, &notes, CreditAsked::Whole) {
            Ok(rest) => notes.push(rest),
            Err(refusal) => prop_assert_eq!(refusal, CreditRefusal::NothingLeft(invoice.number.clone())),
        }
        prop_assert_eq!(sum(&notes, |note| note.totals.net), invoice.totals.net);
        prop_assert_eq!(sum(&notes, |note| note.totals.gross), invoice.totals.gross);
        let left = Left::of(&invoice, &notes);
        prop_assert!(left.is_nothing() && left.lines.iter().all(|left| left.is_zero()));
    }
}

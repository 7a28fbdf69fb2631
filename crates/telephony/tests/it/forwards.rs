//! To where calls may be forwarded.

use std::collections::BTreeMap;
use telephony::{ForwardRefusal, NumberKind, forward_loop, forward_number};
use vocabulary::{E164, NumberingPlan, Party};

fn plan() -> NumberingPlan {
    NumberingPlan { calling_code: 33, trunk_prefix: "0".into(), international_prefix: "00".into(), national_digits: vec![9, 13] }
}

fn kind_of(party: &Party) -> NumberKind {
    match party {
        Party::Short(digits) if digits == "112" || digits == "15" => NumberKind::Emergency,
        Party::Short(_) => NumberKind::Short,
        Party::Number(number) if number.to_string().starts_with("+338") => NumberKind::Special,
        Party::Number(number) if number.to_string().starts_with("+999") => NumberKind::Unknown,
        Party::Number(_) => NumberKind::Line,
        Party::Named(_) | Party::Unknown => NumberKind::Unknown,
    }
}

fn number(digits: u64) -> E164 {
    E164::from_digits(digits).expect("a number")
}

/// FIX-06, FIX-15: a forward goes to a fixed or a mobile line; emergency, premium and short numbers, the line itself and what is no number are
/// refused with the reason.
#[test]
fn fix_15_a_forward_goes_to_a_line() {
    let own = number(33_388_112_233);
    let read = |typed: &str| forward_number(typed, own, (&plan(), &kind_of));
    assert_eq!(read("06 12 34 56 78"), Ok(number(33_612_345_678)));
    assert_eq!(read("0033612345678"), Ok(number(33_612_345_678)));
    assert_eq!(read("+32 470 12 34 56"), Ok(number(32_470_123_456)));
    assert_eq!(read(" "), Err(ForwardRefusal::Empty));
    assert_eq!(read("112"), Err(ForwardRefusal::Emergency("112".into())));
    assert_eq!(read("15"), Err(ForwardRefusal::Emergency("15".into())));
    assert_eq!(read("118"), Err(ForwardRefusal::Short("118".into())));
    assert_eq!(read("0899123456"), Err(ForwardRefusal::Special("0899123456".into())));
    assert_eq!(read("0388112233"), Err(ForwardRefusal::Itself(own)));
    assert_eq!(read("+33 3 88 11 22 33"), Err(ForwardRefusal::Itself(own)));
    assert_eq!(read("abc"), Err(ForwardRefusal::NotANumber("abc".into())));
    assert_eq!(read("123"), Err(ForwardRefusal::Short("123".into())));
    assert!(matches!(read(&"6".repeat(25)), Err(ForwardRefusal::NotANumber(_))));
    assert!(matches!(read(&"6".repeat(3_000)), Err(ForwardRefusal::NotANumber(text)) if text.len() <= 32));
    assert!(matches!(read("06\u{1b}[2J12345678"), Err(ForwardRefusal::NotANumber(text)) if !text.contains('\u{1b}')));
    assert_eq!(read("+99912345678"), Err(ForwardRefusal::NotANumber("+99912345678".into())));
}

/// FIX-15: a forward that comes back is refused, however many lines are between.
#[test]
fn fix_15_a_ring_of_five_lines_is_refused() {
    let [a, b, c, d, e, elsewhere] = [1, 2, 3, 4, 5, 6].map(|last| number(33_388_000_000 + last));
    let forwards = BTreeMap::from([(b, vec![c]), (c, vec![elsewhere, d]), (d, vec![e]), (e, vec![a])]);
    assert_eq!(forward_loop(a, b, &forwards), Some(vec![b, c, d, e]));
    assert_eq!(forward_loop(a, elsewhere, &forwards), None);
    // Lines that go round among themselves are no loop of this one's making.
    let others = BTreeMap::from([(b, vec![c]), (c, vec![b])]);
    assert_eq!(forward_loop(a, b, &others), None);
    assert_eq!(forward_loop(a, b, &BTreeMap::from([(b, vec![a])])), Some(vec![b]));
}

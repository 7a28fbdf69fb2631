//! The codes of an operator's own table.

use telephony::{
    Change, LineServices, RingTime, Switch, When,
    dial_code::{Asked, DialCode, DialCodeFault, DialCodes, Does, Unheard, Wish, of_fixed, of_mobile, stands},
    mmi::{CodeRefusal, NotDialled, PartFault},
};

const TABLE: [(&str, Does); 14] = [
    ("*21*{number}#", Does::Forward(When::Always)),
    ("#21#", Does::ForwardOff(When::Always)),
    ("*#21#", Does::ForwardAsked(When::Always)),
    ("*23*{number}#", Does::Forward(When::NoAnswer)),
    ("#23#", Does::ForwardOff(When::NoAnswer)),
    ("*69*{number}#", Does::Forward(When::Busy)),
    ("#69#", Does::ForwardOff(When::Busy)),
    ("*75#", Does::StraightToVoicemail(Switch::On)),
    ("#75#", Does::StraightToVoicemail(Switch::Off)),
    ("*92*{number}#", Does::HideOnce),
    ("*93#", Does::HideNumber(Switch::On)),
    ("#93#", Does::HideNumber(Switch::Off)),
    ("*43#", Does::CallWaiting(Switch::On)),
    ("*95#", Does::AllOff),
];

fn table(codes: &[(&str, Does)]) -> Result<DialCodes, DialCodeFault> {
    DialCodes::new(codes.iter().map(|(pattern, does)| DialCode { pattern: (*pattern).into(), does: *does }).collect())
}

fn off(when: When) -> Change {
    Change::SwitchForward { when: vec![when], to: Switch::Off }
}

/// FIX-03, FIX-06, FIX-07, FIX-08, FIX-12, FIX-13: each code of a table does what the table says, and what is beside them nothing.
#[test]
fn fix_06_a_table_of_an_operator() {
    let codes = table(&TABLE).unwrap();
    let forward = |when, typed| Wish::Forward { when: vec![when], typed, ring_time: None };
    for (dialled, wish) in [
        ("*21*0612345678#", forward(When::Always, "0612345678")),
        ("*21*+33612345678#", forward(When::Always, "+33612345678")),
        ("#21#", Wish::Change(off(When::Always))),
        ("*#21#", Wish::Ask(Asked::Forward(vec![When::Always]))),
        ("*23*0388112233#", forward(When::NoAnswer, "0388112233")),
        ("#23#", Wish::Change(off(When::NoAnswer))),
        ("*69*0388112233#", forward(When::Busy, "0388112233")),
        ("*75#", Wish::Change(Change::StraightToVoicemail { to: Switch::On })),
        ("#75#", Wish::Change(Change::StraightToVoicemail { to: Switch::Off })),
        ("*92*0388112233#", Wish::CallHidden("0388112233")),
        ("*93#", Wish::Change(Change::HideNumber { to: Switch::On })),
        ("#93#", Wish::Change(Change::HideNumber { to: Switch::Off })),
        ("*43#", Wish::Change(Change::CallWaiting { to: Switch::On })),
        ("*95#", Wish::Change(Change::AllOff)),
        ("0388112233", Wish::Call("0388112233")),
        ("15", Wish::Call("15")),
        ("123", Wish::Call("123")),
    ] {
        assert_eq!(of_fixed(dialled, &codes), Ok(wish), "{dialled}");
    }
    for (dialled, why) in [
        ("*21*#", Unheard::Code(CodeRefusal::Part(PartFault::NoNumber))),
        ("*21#", Unheard::Unknown),
        ("*61*0612345678#", Unheard::Unknown),
        ("*21*06*12#", Unheard::Unknown),
        ("**#", Unheard::Unknown),
        ("*21", Unheard::NotDialled(NotDialled::Unended)),
        ("*21*06a#", Unheard::NotDialled(NotDialled::Sign('a'))),
    ] {
        assert_eq!(of_fixed(dialled, &codes), Err(why), "{dialled}");
    }
}

/// FIX-06: a table in which two codes mean one thing, or one is none, is refused with the code.
#[test]
fn fix_06_a_table_that_cannot_be() {
    let refused = |codes: &[(&str, Does)]| table(codes).unwrap_err().to_string();
    assert!(refused(&[("21#", Does::AllOff)]).starts_with("`21#` is no code"));
    assert!(refused(&[("*2a#", Does::AllOff)]).starts_with("`*2a#` is no code"));
    assert!(refused(&[("*21#", Does::Forward(When::Always))]).starts_with("`*21#` needs {number}"));
    assert!(refused(&[("*21*{number}#", Does::AllOff)]).starts_with("`*21*{number}#` needs"));
    let twice = [("*21*{number}#", Does::Forward(When::Always)), ("*21*{number}#", Does::Forward(When::Busy))];
    assert_eq!(refused(&twice), "`*21*{number}#` cannot be told from `*21*{number}#`");
    let words: std::collections::HashSet<_> = Does::WORDS.iter().map(|(word, _)| word).collect();
    assert_eq!(words.len(), Does::WORDS.len());
}

/// FIX-16: the codes of the GSM world, on a mobile line.
#[test]
fn fix_16_codes_of_a_mobile_line() {
    let rings = |seconds| Some(RingTime::of_seconds(seconds).unwrap());
    for (dialled, when, ring_time) in [
        ("**61*0612345678*11*30#", vec![When::NoAnswer], rings(30)),
        ("**61*0612345678*11*5#", vec![When::NoAnswer], rings(20)),
        ("**61*0612345678**23#", vec![When::NoAnswer], rings(25)),
        ("**62*0612345678#", vec![When::Unreachable], None),
        ("*67*0612345678#", vec![When::Busy], None),
        ("**21*0612345678#", vec![When::Always], None),
        ("**004*0612345678#", When::CONDITIONAL.to_vec(), None),
        ("**002*0612345678#", When::ALL.to_vec(), None),
    ] {
        assert_eq!(of_mobile(dialled), Ok(Wish::Forward { when, typed: "0612345678", ring_time }), "{dialled}");
    }
    let erased = |when: &[When]| Ok(Wish::Change(Change::EraseForward { when: when.to_vec() }));
    assert_eq!(of_mobile("##61#"), erased(&[When::NoAnswer]));
    assert_eq!(of_mobile("##004#"), erased(&When::CONDITIONAL));
    assert_eq!(of_mobile("##002#"), erased(&When::ALL));
    assert_eq!(of_mobile("#21#"), Ok(Wish::Change(off(When::Always))));
    assert_eq!(of_mobile("*#61#"), Ok(Wish::Ask(Asked::Forward(vec![When::NoAnswer]))));
    let services = LineServices::default();
    assert_eq!(stands(&Asked::Forward(vec![When::NoAnswer]), &services), [(Some(When::NoAnswer), Switch::Off)]);
    assert_eq!(stands(&Asked::CallWaiting, &services), [(None, Switch::On)]);
}

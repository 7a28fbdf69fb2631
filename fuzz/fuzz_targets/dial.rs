//! What is dialled on a mobile line, and on a fixed one by a table of codes: read without a panic, and a code is found again as it was dialled.
#![no_main]

use std::sync::LazyLock;
use telephony::{
    Change, LineServices, Switch, When,
    dial_code::{DialCode, DialCodes, Does, Wish, of_fixed, of_mobile, stands},
    mmi::{Dialled, MOST_SIGNS, read},
};

static TABLE: LazyLock<DialCodes> = LazyLock::new(|| {
    let code = |pattern: &str, does| DialCode { pattern: pattern.into(), does };
    DialCodes::new(vec![
        code("*21*{number}#", Does::Forward(When::Always)),
        code("#21#", Does::ForwardOff(When::Always)),
        code("*#21#", Does::ForwardAsked(When::Always)),
        code("*75#", Does::StraightToVoicemail(Switch::On)),
        code("*92*{number}#", Does::HideOnce),
        code("*95#", Does::AllOff),
    ])
    .expect("a table of codes that can be told apart")
});

libfuzzer_sys::fuzz_target!(|dialled: &str| {
    if let Ok(Dialled::Code(code)) = read(dialled) {
        assert!(dialled.len() <= MOST_SIGNS && dialled.contains(code.service));
    }
    for wish in [of_mobile(dialled), of_fixed(dialled, &TABLE)].into_iter().flatten() {
        let services = LineServices::default();
        match wish {
            Wish::Change(change) => drop(services.after(&change).map(|after| after.differences(&services))),
            Wish::Ask(asked) => assert!(!stands(&asked, &services).is_empty()),
            Wish::Forward { typed, ring_time, .. } => {
                assert!(dialled.contains(typed) && !typed.is_empty());
                let asked = ring_time.map(|to| services.after(&Change::RingTime { to }));
                assert!(asked.is_none_or(|after| after.is_ok()));
            }
            Wish::CallHidden(to) | Wish::CallShown(to) | Wish::Call(to) => assert!(dialled.contains(to)),
        }
    }
});

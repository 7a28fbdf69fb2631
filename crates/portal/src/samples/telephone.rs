//! The services of a telephone: as they are, refused, put back.

use super::{at, lines::number};
use crate::{
    Page,
    lines::telephone::{ForwardTyped, ResetPage, TelephoneField, TelephonePage},
};
use askama::DynTemplate;
use operations::telephony::{
    DialCode, DialCodes, Does, Forward, ForwardRefusal, KeptTelephony, LineServices, Switch, TelephoneKind, TelephoneShown,
    TelephonyRefusal, When,
};
use vocabulary::{CustomerId, LineId, Party};

fn shown() -> TelephoneShown {
    let services =
        LineServices { busy: Forward { to: Some(number(5)), active: true }, hides_number: true, ..LineServices::default() };
    let kept = KeptTelephony {
        line: LineId(1),
        number: Party::Number(number(3)),
        service: "fixed".into(),
        state: "active".into(),
        owner: (None, CustomerId(1)),
        services,
        version: 2,
        changed: Some((at(20, 9, 30, 0), "telephone".into())),
    };
    let codes = [
        ("*21*{number}#", Does::Forward(When::Always)),
        ("#21#", Does::ForwardOff(When::Always)),
        ("*75#", Does::StraightToVoicemail(Switch::On)),
    ];
    let codes = codes.map(|(pattern, does)| DialCode { pattern: pattern.into(), does }).to_vec();
    let codes = DialCodes::new(codes).unwrap_or_default();
    TelephoneShown { kept, kind: TelephoneKind::Fixed, number: number(3), codes, voicemail: Some(super::voicemail::voicemail()) }
}

fn page(page: Page) -> TelephonePage {
    let typed = |when| ForwardTyped { when, active: when == When::Busy, to: "06 39 98 00 05".into() };
    TelephonePage {
        page: Page { here: "/lines/1/telephone".into(), ..page },
        shown: shown(),
        forwards: When::ALL.map(typed).to_vec(),
        fault: None,
        may_change: true,
        has_voicemail: true,
        is_done: true,
    }
}

pub(super) fn all(frame: Page, another: Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let refused = |why| Some((TelephoneField::Forward(When::Always), TelephonyRefusal::Forward(why)));
    let wrong = TelephonePage { fault: refused(ForwardRefusal::Emergency("112".into())), ..page(another) };
    vec![
        ("telephone-reset", Box::new(ResetPage { page: frame.clone(), shown: shown() })),
        ("telephone-refused", Box::new(wrong)),
        ("telephone", Box::new(page(frame))),
    ]
}

//! The services of a telephone: as they are, refused, put back.

use super::{at, lines::number};
use crate::{
    Page,
    lines::{
        telephone::{ForwardTyped, ResetPage, TelephoneFault, TelephonePage},
        telephone_codes::CodesPage,
    },
};
use askama::DynTemplate;
use operations::{
    forward_cost::{CallCost, CallPrice},
    telephony::{
        DialCode, DialCodes, Does, Forward, ForwardRefusal, KeptTelephony, LineServices, Switch, TelephoneKind, TelephoneShown,
        TelephonyRefusal, When,
    },
};
use vocabulary::{CustomerId, LineId, Money, Party};

fn shown() -> TelephoneShown {
    let services =
        LineServices { busy: Forward { to: Some(number(5)), active: true }, hides_number: true, ..LineServices::default() };
    let kept = KeptTelephony {
        line: LineId(1),
        number: Party::Number(number(3)),
        service: "fixed".into(),
        network: "own".into(),
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
    let voicemail = Some(super::voicemail::voicemail());
    TelephoneShown { kept, kind: TelephoneKind::Fixed, number: number(3), codes, kept_by: None, voicemail }
}

fn page(page: Page) -> TelephonePage {
    let typed = |when| ForwardTyped { when, active: when == When::Busy, to: "06 39 98 00 05".into(), number: Some(number(5)) };
    let price =
        |micros| CallPrice { per_minute: Money::from_micros(micros), fee: Money::from_micros(80_000), minimum: Money::ZERO };
    TelephonePage {
        page: Page { here: "/lines/1/telephone".into(), ..page },
        shown: shown(),
        forwards: When::ALL.map(typed).to_vec(),
        fault: None,
        costs: vec![(number(5), CallCost::Charged(vec![price(12_000), price(23_000)]))],
        is_to_confirm: false,
        may_change: true,
        has_voicemail: true,
        is_done: true,
        is_news: true,
    }
}

pub(super) fn all(frame: Page, another: Page) -> Vec<(&'static str, Box<dyn DynTemplate>)> {
    let refused = |why| Some(TelephoneFault::Forward(When::Always, TelephonyRefusal::Forward(why)));
    let wrong = TelephonePage { fault: refused(ForwardRefusal::Emergency("112".into())), ..page(another) };
    let mobile = TelephoneShown { kind: TelephoneKind::Mobile, kept_by: Some("Réseau".into()), ..shown() };
    let confirmed = TelephonePage { is_to_confirm: true, is_done: false, ..page(frame.clone()) };
    vec![
        ("telephone-codes", Box::new(CodesPage { page: frame.clone(), shown: mobile })),
        ("telephone-price-first", Box::new(confirmed)),
        ("telephone-reset", Box::new(ResetPage { page: frame.clone(), shown: shown() })),
        ("telephone-refused", Box::new(wrong)),
        ("telephone", Box::new(page(frame))),
    ]
}

//! What a known switch sends, as a packet: answered well or not at all, and alike when it comes again.
#![no_main]

use gateways::{
    known_hosts::KnownHosts,
    sip_redirect::{Answered, Carried, KnownSwitch, MOST_MESSAGE_BYTES, Places, Redirector},
};
use operations::{
    OperationError,
    mail::Work,
    switch::{CallAsked, CallDesk, CallTold, DialTold, LineCalled, Reached},
    telephony::{Goes, Route, When},
};
use std::{
    net::SocketAddr,
    pin::pin,
    sync::{Arc, LazyLock},
    task::{Context, Poll, Waker},
};
use vocabulary::{E164, OperatorId};

/// Forwards every call, and puts everybody through.
#[derive(Debug)]
struct Desk;

fn number() -> E164 {
    E164::from_digits(33_612_345_678).expect("a number")
}

impl CallDesk for Desk {
    fn call<'a>(&'a self, _: OperatorId, asked: CallAsked<'a>) -> Work<'a, Result<CallTold, OperationError>> {
        assert!(!asked.called.is_empty() && asked.passed.len() <= 20);
        let route = Route { goes: Goes::Forward { to: number(), when: When::Always }, shows: None };
        Box::pin(async { Ok(CallTold::Line(LineCalled { called: number(), caller: Some(number()), route, then: None })) })
    }

    fn dialled<'a>(&'a self, _: OperatorId, _: &'a str, to: &'a str) -> Work<'a, Result<DialTold, OperationError>> {
        Box::pin(async { Ok(DialTold::Connected(Reached { to: to.to_owned(), caller: Some(number()), shows: None })) })
    }
}

static SWITCH: LazyLock<KnownSwitch> = LazyLock::new(|| KnownSwitch {
    operator: OperatorId(1),
    places: Places {
        lines: "lines.example".to_owned(),
        numbers: "trunk.example".to_owned(),
        voicemail: Some("sip:voicemail@media.example".to_owned()),
        announcement: Some("sip:annc@media.example;play=file:///{answer}.wav".to_owned()),
    },
});
static REDIRECTOR: LazyLock<Redirector> = LazyLock::new(|| Redirector::new(Arc::new(Desk), KnownHosts::new(Vec::new())));

fn answer(bytes: &[u8]) -> Option<Answered> {
    let source: SocketAddr = "192.0.2.10:5060".parse().expect("an address");
    let answered = pin!(REDIRECTOR.answer(&SWITCH, bytes, (source, Carried::Packet)));
    match answered.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("the desk answers at once"),
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let first = answer(bytes);
    assert_eq!(first, answer(bytes));
    let Some(Answered { bytes: answer, target }) = first else { return };
    assert!(bytes.len() <= MOST_MESSAGE_BYTES && target.ip().to_string() == "192.0.2.10");
    let text = std::str::from_utf8(&answer).expect("an answer is text");
    assert!(text.starts_with("SIP/2.0 ") && text.ends_with("\r\nContent-Length: 0\r\n\r\n"));
    assert!(answer.len() < 4 * MOST_MESSAGE_BYTES && !text[..text.len() - 4].contains("\r\n\r\n"));
    assert!(text.split("\r\n").all(|line| !line.contains(['\r', '\n', '\0'])));
});

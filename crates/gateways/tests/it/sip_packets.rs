//! Packets of switches with bytes changed, lost and moved: a short run, on any compiler, of what `fuzz/` does for hours.

use gateways::{
    known_hosts::KnownHosts,
    sip_redirect::{Carried, KnownSwitch, Places, Redirector},
};
use operations::{
    OperationError,
    mail::Work,
    switch::{CallAsked, CallDesk, CallTold, DialTold},
};
use std::{path::Path, sync::Arc};
use vocabulary::OperatorId;

/// So many packets are sent.
const PACKETS: usize = 20_000;
/// What is put in between: what means something in SIP, or breaks it.
const PIECES: [&[u8]; 16] = [
    b";",
    b"<",
    b">",
    b"@",
    b":",
    b"?",
    b"%",
    b"\"",
    b"\\",
    b",",
    b"=",
    b"\r\n",
    b"sip:",
    b"\xff",
    b"\0",
    b"99999999999999999999",
];

/// Knows nobody.
#[derive(Debug)]
struct Desk;

impl CallDesk for Desk {
    fn call<'a>(&'a self, _: OperatorId, _: CallAsked<'a>) -> Work<'a, Result<CallTold, OperationError>> {
        Box::pin(async { Ok(CallTold::NoSuchNumber) })
    }

    fn dialled<'a>(&'a self, _: OperatorId, _: &'a str, _: &'a str) -> Work<'a, Result<DialTold, OperationError>> {
        Box::pin(async { Ok(DialTold::NoSuchLine) })
    }
}

/// FIX-17: whatever is done to a packet, its answer is one message of SIP to the machine that sent it, or there is none.
#[tokio::test]
async fn a_changed_packet_is_answered_well_or_not_at_all() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/sip");
    let seeds: Vec<Vec<u8>> =
        std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let places = Places { lines: "l".into(), numbers: "n".into(), voicemail: None, announcement: None };
    let switch = KnownSwitch { operator: OperatorId(1), places };
    let redirector = Redirector::new(Arc::new(Desk), KnownHosts::new(Vec::new()));
    let from = "192.0.2.10:5060".parse().unwrap();
    let mut state = 88_172_645_463_325_252_u64;
    let mut chance = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut answered = 0;
    for place in 0..PACKETS {
        let mut bytes = seeds[place % seeds.len()].clone();
        for _ in 0..=chance(4) {
            let at = chance(bytes.len());
            match chance(4) {
                0 => drop(bytes.drain(at..(at + chance(20)).min(bytes.len()))),
                1 => bytes[at] = u8::try_from(chance(256)).unwrap(),
                _ => drop(bytes.splice(at..at, PIECES[chance(PIECES.len())].iter().copied())),
            }
        }
        let Some(answer) = redirector.answer(&switch, &bytes, (from, Carried::Packet)).await else { continue };
        answered += 1;
        let text = String::from_utf8(answer.bytes).unwrap();
        assert!(text.starts_with("SIP/2.0 ") && text.ends_with("\r\nContent-Length: 0\r\n\r\n"), "{text}");
        assert!(!text[..text.len() - 4].contains("\r\n\r\n") && answer.target.ip() == from.ip(), "{text}");
    }
    assert!(answered > PACKETS / 10, "{answered}");
}

//! Packets as they come and what they are answered, with a desk that says always the same.

use super::*;
use crate::known_hosts::KnownHosts;
use operations::{
    OperationError,
    mail::Work,
    switch::{CallTold, DialTold, LineCalled, Reached},
    telephony::{Answer, Goes, Presentation, Refusal, Route, Standing, Switch, Unheard, When},
};
use std::sync::atomic::{AtomicUsize, Ordering};
use vocabulary::E164;

const LINE: u64 = 33_388_110_000;
const CALLER: u64 = 33_155_667_788;
const ELSEWHERE: u64 = 33_612_345_678;
const SOURCE: &str = "192.0.2.10:5070";

fn number(digits: u64) -> E164 {
    E164::from_digits(digits).unwrap()
}

/// Says the same of each call, and keeps what it was asked.
#[derive(Debug)]
struct Desk {
    goes: Goes,
    then: Option<Goes>,
    asked: Mutex<Vec<String>>,
    dials: AtomicUsize,
}

impl CallDesk for Desk {
    fn call<'a>(&'a self, _: OperatorId, asked: CallAsked<'a>) -> Work<'a, Result<CallTold, OperationError>> {
        let CallAsked { called, standing, caller, presentation, passed, .. } = asked;
        self.asked.lock().unwrap().push(format!("{called} {standing:?} {caller:?} {presentation:?} {passed:?}"));
        let shows = (presentation == Presentation::Shown).then(|| number(CALLER));
        let route = Route { goes: self.goes.clone(), shows };
        let told = LineCalled { called: number(LINE), caller: Some(number(CALLER)), route, then: self.then.clone() };
        Box::pin(async { Ok(CallTold::Line(told)) })
    }

    fn dialled<'a>(&'a self, _: OperatorId, line: &'a str, dialled: &'a str) -> Work<'a, Result<DialTold, OperationError>> {
        self.dials.fetch_add(1, Ordering::Relaxed);
        self.asked.lock().unwrap().push(format!("{line} dials {dialled}"));
        let told = match dialled {
            "*92*0612345678#" => {
                DialTold::Connected(Reached { to: number(ELSEWHERE).to_string(), caller: Some(number(CALLER)), shows: None })
            }
            "*77#" => DialTold::Answered { line: number(CALLER), answer: Answer::Unheard(Unheard::Unknown) },
            _ => DialTold::Answered { line: number(CALLER), answer: Answer::Changed(Vec::new()) },
        };
        Box::pin(async { Ok(told) })
    }
}

struct Stage {
    desk: Arc<Desk>,
    redirector: Redirector,
    switch: KnownSwitch,
}

fn stage(goes: Goes) -> Stage {
    stage_then(goes, None)
}

fn stage_then(goes: Goes, then: Option<Goes>) -> Stage {
    let desk = Arc::new(Desk { goes, then, asked: Mutex::default(), dials: AtomicUsize::new(0) });
    let places = Places {
        lines: "lines.example".into(),
        numbers: "trunk.example".into(),
        voicemail: Some("sip:voicemail@media.example".into()),
        announcement: None,
    };
    let switch = KnownSwitch { operator: OperatorId(1), places };
    let switches = KnownHosts::new(vec![("192.0.2.0/24".parse().unwrap(), Arc::new(switch.clone()))]);
    Stage { redirector: Redirector::new(desk.clone(), switches), desk, switch }
}

impl Stage {
    async fn says(&self, bytes: impl AsRef<[u8]>) -> Option<Answered> {
        self.redirector.answer(&self.switch, bytes.as_ref(), (SOURCE.parse().unwrap(), Carried::Packet)).await
    }

    async fn text(&self, bytes: impl AsRef<[u8]>) -> String {
        String::from_utf8(self.says(bytes).await.expect("an answer").bytes).unwrap()
    }

    fn asked(&self) -> String {
        self.desk.asked.lock().unwrap().pop().expect("the desk was asked")
    }
}

/// An INVITE to an address, with more headers.
fn invite(address: &str, more: &str) -> String {
    request("INVITE", address, more)
}

fn request(method: &str, address: &str, more: &str) -> String {
    format!(
        "{method} {address} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.10:5070;branch=z9hG4bK-7\r\nFrom: \"A, B\" <sip:+33155667788@a.example>;tag=1\r\n\
         To: <{address}>\r\nCall-ID: 7@a\r\nCSeq: 1 {method}\r\nMax-Forwards: 70\r\n{more}Content-Length: 0\r\n\r\n"
    )
}

const TO_LINE: &str = "sip:+33388110000@cadran.example;user=phone";

fn ring(with: Option<E164>) -> Goes {
    Goes::Ring { seconds: 20, waiting: Switch::Off, with }
}

fn lines<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    text.split("\r\n")
        .filter_map(|line| line.split_once(": ").filter(|(found, _)| *found == name))
        .map(|(_, value)| value)
        .collect()
}

/// FIX-17: every decision has its SIP answer: Contacts in their order, alike where they ring together, who forwarded and why, and final codes.
#[tokio::test]
async fn each_decision_has_its_answer() {
    let text = stage_then(ring(Some(number(ELSEWHERE))), Some(Goes::Voicemail)).text(invite(TO_LINE, "")).await;
    assert!(text.starts_with("SIP/2.0 302 Moved Temporarily\r\n"), "{text}");
    let wanted = [
        "<sip:+33388110000@lines.example;user=phone?Expires=20>;q=1.0",
        "<sip:+33612345678@trunk.example;user=phone?Expires=20>;q=1.0",
        "<sip:voicemail@media.example;target=sip:+33388110000%40lines.example;cause=408?Diversion=%3Csip:+33388110000%40lines.example%3E%3Breason%3Dno-answer%3Bcounter%3D1>;q=0.5",
    ];
    assert_eq!(lines(&text, "Contact"), wanted);
    let waiting = Goes::Ring { seconds: 20, waiting: Switch::On, with: None };
    let text = stage(waiting).text(invite(TO_LINE, "")).await;
    assert!(lines(&text, "Contact")[0].contains("Alert-Info=%3Curn:alert:service:call-waiting%3E"), "{text}");
    let forward = Goes::Forward { to: number(ELSEWHERE), when: When::Busy };
    let older = "Diversion: <sip:+33388110009@b>;reason=unconditional\r\n";
    let text = stage(forward).text(invite("sip:+33388110000@x;standing=full", older)).await;
    assert_eq!(lines(&text, "Contact"), ["<sip:+33612345678@trunk.example;user=phone>;q=1.0"]);
    let own = "<sip:+33388110000@lines.example>;reason=user-busy;counter=1";
    assert_eq!(lines(&text, "Diversion"), [own, "<sip:+33388110009@b>;reason=unconditional"]);
    let text = stage(Goes::Voicemail).text(invite("sip:+33388110000@x;standing=unreachable", "")).await;
    assert!(lines(&text, "Contact")[0].contains("cause=503"), "{text}");
    let refusals = [
        (Refusal::OutOfService, 480),
        (Refusal::Unreachable, 480),
        (Refusal::NotAnswered, 480),
        (Refusal::Busy, 486),
        (Refusal::Loop, 603),
    ];
    for (refusal, code) in refusals {
        let text = stage(Goes::Refuse(refusal)).text(invite(TO_LINE, "")).await;
        assert!(text.starts_with(&format!("SIP/2.0 {code} ")) && lines(&text, "Contact").is_empty(), "{text}");
    }
}

/// FIX-11, FIX-12, FIX-17: a hidden number is told to the network alone, and whoever is called next is asked to hide it too.
#[tokio::test]
async fn a_hidden_number_stays_hidden() {
    let stage = stage(ring(None));
    let text = stage.text(invite(TO_LINE, "Privacy: id;critical\r\n")).await;
    assert_eq!(lines(&text, "Privacy"), ["id"]);
    assert_eq!(lines(&text, "P-Asserted-Identity"), ["<sip:+33155667788@trunk.example;user=phone>"]);
    assert_eq!(lines(&text, "Contact"), ["<sip:+33388110000@lines.example;user=phone?Privacy=id&Expires=20>;q=1.0"]);
    let text = stage.text(invite(TO_LINE, "")).await;
    assert!(lines(&text, "Privacy").is_empty(), "{text}");
}

/// FIX-15, FIX-17: how the line stands, who calls and through whom, from where each is told. A name that looks like an address is nobody's.
#[tokio::test]
async fn an_invite_is_read() {
    let stage = stage(ring(None));
    let asked = async |address: &str, more: &str| {
        stage.text(invite(address, more)).await;
        stage.asked()
    };
    let caller = "Some(\"+33155667788\")";
    let plain = |standing: Standing| format!("+33388110000 {standing:?} {caller} Shown []");
    assert_eq!(asked(TO_LINE, "").await, plain(Standing::Free));
    for (word, standing) in STANDINGS {
        assert_eq!(asked(&format!("sip:+33388110000@x;standing={word}"), "").await, plain(standing));
    }
    for (cause, standing) in
        [("486", Standing::Full), ("408", Standing::NotAnswered), ("503", Standing::Unreachable), ("302", Standing::Free)]
    {
        assert_eq!(asked(&format!("sips:+33388110000:secret@x:5061;cause={cause}?Subject=x"), "").await, plain(standing));
    }
    let passed = "Diversion: <sip:+33388110002@b>;reason=user-busy;counter=2, <tel:+33388110001>\r\n";
    let wanted = format!("+33388110000 Free {caller} Shown [\"+33388110001\", \"+33388110002\", \"+33388110002\"]");
    assert_eq!(asked("sip:+33388110000@x;cause=486", passed).await, wanted, "why it was forwarded says nothing of this line");
    let history = "History-Info: <sip:+33388110001@b?Reason=SIP%3Bcause%3D302>;index=1,<sip:+33388110000@b>;index=1.1\r\n";
    assert_eq!(asked(TO_LINE, history).await, format!("+33388110000 Free {caller} Shown [\"+33388110001\"]"));
    let asserted = "P-Asserted-Identity: \"<sip:+33388110000@b>, \\\" x\" <sip:+33199887766@a>, <tel:+33199887766>\r\n";
    assert_eq!(asked(TO_LINE, asserted).await, "+33388110000 Free Some(\"+33199887766\") Shown []");
    let anonymous = invite(TO_LINE, "").replace("sip:+33155667788@a.example", "sip:anonymous@anonymous.invalid");
    stage.text(anonymous).await;
    assert_eq!(stage.asked(), "+33388110000 Free None Shown []");
    assert_eq!(asked("tel:+33388110000;phone-context=x", "").await, plain(Standing::Free));
    for (address, code) in
        [("sip:x;standing=off", 404), ("sip:1@x;standing=off", 400), ("http://x", 416), ("sip:@x", 400), ("x", 400)]
    {
        let text = stage.text(invite(address, "")).await;
        assert!(text.starts_with(&format!("SIP/2.0 {code} ")), "{address}: {text}");
    }
}

/// FIX-16, FIX-17: what was dialled goes to the line that the network vouches for, once, however often the packet comes; what follows is an announcement
/// or a final code.
#[tokio::test]
async fn a_code_is_dialled_once() {
    let stage = stage(ring(None));
    let dials = |address: &str| invite(address, "P-Asserted-Identity: <sip:+33155667788@a.example>\r\n");
    let code = dials("sip:*21*0612345678%23@x;user=dialstring");
    let first = stage.text(&code).await;
    assert_eq!(stage.asked(), "+33155667788 dials *21*0612345678#");
    assert!(first.starts_with("SIP/2.0 480 ") && lines(&first, "Reason") == ["Q.850;cause=16;text=\"done\""], "{first}");
    assert_eq!(stage.text(&code).await, first);
    assert_eq!(stage.desk.dials.load(Ordering::Relaxed), 1);
    let text = stage.text(dials("sip:*92*0612345678#@x")).await;
    assert_eq!(lines(&text, "Contact"), ["<sip:+33612345678@trunk.example;user=phone?Privacy=id>;q=1.0"]);
    assert_eq!(lines(&text, "Privacy"), ["id"]);
    let unknown = stage.text(dials("sip:*77%23@x")).await;
    assert!(unknown.starts_with("SIP/2.0 404 ") && unknown.contains("no-such-service"), "{unknown}");
    let mut heard = stage;
    heard.switch.places.announcement = Some("sip:annc@media.example;play=file:///{answer}.wav".into());
    let text = heard.text(dials("sip:*75%23@x")).await;
    assert_eq!(lines(&text, "Contact"), ["<sip:annc@media.example;play=file:///done.wav>;q=1.0"]);
    // A telephone that names itself is nobody: the network vouches for the line, or nothing is done in its name.
    let unvouched = invite("sip:*75%23@x", "X: 1\r\n").replace("z9hG4bK-7", "z9hG4bK-8");
    heard.text(unvouched).await;
    assert_eq!(heard.asked(), " dials *75#");
}

/// FIX-17, RFC 3261 part 8.2: what is no INVITE, and what an answer repeats.
#[tokio::test]
async fn other_requests_are_answered() {
    let stage = stage(ring(None));
    let options = stage.text(request("OPTIONS", "sip:cadran.example", "")).await;
    assert!(
        options.starts_with("SIP/2.0 200 OK\r\n") && lines(&options, "Allow") == ["INVITE, ACK, CANCEL, OPTIONS"],
        "{options}"
    );
    assert_eq!(stage.says(request("ACK", TO_LINE, "")).await, None);
    assert!(stage.text(request("CANCEL", TO_LINE, "")).await.starts_with("SIP/2.0 200 "));
    for method in ["BYE", "REGISTER", "SUBSCRIBE", "invite", "X-!"] {
        let text = stage.text(request(method, TO_LINE, "")).await;
        assert!(text.starts_with("SIP/2.0 405 ") && !lines(&text, "Allow").is_empty(), "{text}");
    }
    let required = stage.text(invite(TO_LINE, "Require: 100rel\r\nRequire: timer\r\n")).await;
    assert!(required.starts_with("SIP/2.0 420 ") && lines(&required, "Unsupported") == ["100rel, timer"], "{required}");
    let within = invite(TO_LINE, "").replace("To: <sip:+33388110000@cadran.example;user=phone>", "To: <sip:a@b>;tag=9");
    let within = stage.text(within).await;
    assert!(within.starts_with("SIP/2.0 481 ") && lines(&within, "To") == ["<sip:a@b>;tag=9"], "{within}");
    assert!(stage.text(invite(TO_LINE, "").replace("SIP/2.0\r\nVia", "SIP/3.0\r\nVia")).await.starts_with("SIP/2.0 505 "));
    let text = stage.text(invite(TO_LINE, "")).await;
    assert_eq!(text, stage.text(invite(TO_LINE, "")).await, "what comes again is answered alike");
    assert!(lines(&text, "To")[0].starts_with("<sip:+33388110000@cadran.example;user=phone>;tag="));
    assert_eq!(lines(&text, "From"), ["\"A, B\" <sip:+33155667788@a.example>;tag=1"]);
    let other = stage.text(invite(TO_LINE, "").replace("z9hG4bK-7", "z9hG4bK-8")).await;
    assert_ne!(lines(&text, "To"), lines(&other, "To"));
}

/// FIX-17, RFC 3261 part 18.2.2, RFC 3581: an answer goes to the machine that asked, whatever the request names.
#[tokio::test]
async fn an_answer_goes_back_to_who_asked() {
    let stage = stage(ring(None));
    let hop = "SIP/2.0/UDP 192.0.2.10:5070;branch=z9hG4bK-7";
    let with = async |via: &str| {
        let answer = stage.says(invite(TO_LINE, "").replace(hop, via)).await.unwrap();
        (lines(std::str::from_utf8(&answer.bytes).unwrap(), "Via").join(" | "), answer.target.to_string())
    };
    assert_eq!(with(hop).await, (hop.to_owned(), SOURCE.to_owned()));
    let (via, target) = with(
        "SIP/2.0/UDP 203.0.113.9:6000;maddr=203.0.113.8;rport=1;branch=z9, SIP/2.0/UDP z;branch=2\r\nv: SIP/2.0/TCP y;branch=3",
    )
    .await;
    assert_eq!(
        via,
        "SIP/2.0/UDP 203.0.113.9:6000;maddr=203.0.113.8;branch=z9;received=192.0.2.10;rport=5070, SIP/2.0/UDP z;branch=2 | SIP/2.0/TCP y;branch=3"
    );
    assert_eq!(target, SOURCE);
    assert_eq!(with("SIP/2.0/UDP switch.example;branch=z9").await.1, "192.0.2.10:5060");
    assert_eq!(with("SIP/2.0/UDP [2001:db8::1]:5071;branch=z9").await.1, "192.0.2.10:5071");
}

/// FIX-17: a packet that is cut anywhere, has a wrong length, came through 400 hops or is no SIP at all is answered clearly or not at all, asks
/// nothing and changes nothing; the next good call is answered.
#[tokio::test]
async fn bad_packets_change_nothing() {
    let stage = stage(ring(None));
    let good = invite("sip:*21*0612345678%23@x", "").replace("Content-Length: 0\r\n\r\n", "Content-Length: 5\r\n\r\nv=0\r\n");
    for cut in 0..good.len() {
        if let Some(answer) = stage.says(&good[..cut]).await {
            assert!(answer.bytes.starts_with(b"SIP/2.0 400 "), "{cut}: {:?}", String::from_utf8_lossy(&answer.bytes));
        }
    }
    for length in ["-1", "6", "x", "", "99999999999999999999999", "5\r\nl: 4"] {
        let text = stage.text(good.replace("Content-Length: 5", &format!("Content-Length: {length}"))).await;
        assert!(text.starts_with("SIP/2.0 400 "), "{length:?}: {text}");
    }
    let hops = "Via: SIP/2.0/UDP h;branch=z9hG4bK-1\r\n".repeat(400);
    assert_eq!(stage.says(invite(TO_LINE, &hops)).await, None);
    assert_eq!(stage.says(invite(TO_LINE, &format!("Via: {}\r\n", "SIP/2.0/UDP h, ".repeat(400)))).await, None);
    assert_eq!(stage.says(invite(TO_LINE, &"X: y\r\n".repeat(300))).await, None);
    assert_eq!(stage.says(invite(TO_LINE, &format!("X: {}\r\n", "y".repeat(MOST_MESSAGE_BYTES)))).await, None);
    for (what, by) in [
        ("\r\nTo:", "\r\nTx:"),
        ("Call-ID: 7@a", "Call-ID: 7@a\r\ni: 8"),
        ("CSeq", "C Seq"),
        ("Via: SIP", "Via: "),
        ("\r\nFrom", "\nFrom"),
    ] {
        assert_eq!(stage.says(good.replacen(what, by, 1)).await, None, "{by:?}");
    }
    for (what, by) in [("CSeq: 1 ", "CSeq: x "), ("CSeq: 1 INVITE", "CSeq: 1 BYE"), ("%23@", "%23%zz%ff@"), ("%23@", "%00@")] {
        assert!(stage.text(good.replacen(what, by, 1)).await.starts_with("SIP/2.0 400 "), "{by:?}");
    }
    let mut broken = good.clone().into_bytes();
    broken.splice(60..60, *b"\xff\0");
    assert_eq!(stage.says(&broken).await, None);
    assert_eq!(
        stage.says("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h\r\nFrom: a\r\nTo: b\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n\r\n").await,
        None
    );
    for garbage in [&b""[..], b"\r\n\r\n", b"\0\0\0\0", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"INVITE\r\n\r\n", &[0xff; 1500]] {
        assert_eq!(stage.says(garbage).await, None);
    }
    assert_eq!(stage.desk.asked.lock().unwrap().len(), 0, "nobody was asked anything");
    assert!(stage.text(&good).await.starts_with("SIP/2.0 480 "));
}

/// FIX-17: who is not known is not looked at.
#[test]
fn strangers_are_not_admitted() {
    let stage = stage(ring(None));
    assert!(stage.redirector.admits("192.0.2.99".parse().unwrap()).is_some());
    assert!(stage.redirector.admits("::ffff:192.0.2.99".parse().unwrap()).is_some());
    assert!(stage.redirector.admits("198.51.100.1".parse().unwrap()).is_none());
}

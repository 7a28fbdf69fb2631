//! Decisions as SIP answers: whom the switch calls next, in which order, and what it tells them.

use super::{
    asked::Asked,
    reply::{Reply, Status},
};
use crate::switch_words::{is_done, word};
use operations::{
    switch::{CallTold, DialTold, LineCalled, Reached},
    telephony::{Answer, Goes, Presentation, Refusal, Standing, Switch, When},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use vocabulary::E164;

/// A second caller is announced by a tone (RFC 7462).
const WAITING: &str = "<urn:alert:service:call-waiting>";
/// What stands for the answer's word in the address of the announcements.
pub(super) const ANSWER: &str = "{answer}";
/// What may stand in a parameter of an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'+').remove(b'-').remove(b'.').remove(b'_').remove(b':');

/// Where an operator's switch finds what a call may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The machine that knows where lines are registered: `lines.example.org`.
    pub lines: String,
    /// The machine that calls every other number: `trunk.example.org`.
    pub numbers: String,
    /// The voicemail: `sip:voicemail@media.example.org`. Without one no call goes there.
    pub voicemail: Option<String>,
    /// What somebody hears who dialled a code; `{answer}` stands for the word of it. Without one they get a final code.
    pub announcement: Option<String>,
}

/// What an address asks of the call that goes there (RFC 3261, part 19.1.1), and how much it is preferred.
#[derive(Default)]
struct Next {
    headers: Vec<(&'static str, String)>,
    is_last: bool,
}

/// The answer to an INVITE to a number.
pub(super) fn call(places: &Places, told: &CallTold, (asked, diversions): (&Asked, &[&str])) -> Reply {
    match told {
        CallTold::NoSuchNumber => Status::NOT_FOUND.into(),
        CallTold::Emergency(reached) => connected(places, reached),
        CallTold::Line(called) => line(places, called, (asked, diversions)),
    }
}

fn line(places: &Places, called: &LineCalled, (asked, diversions): (&Asked, &[&str])) -> Reply {
    let wishes = asked.presentation == Presentation::Hidden;
    let is_hidden = called.route.shows.is_none() && (called.caller.is_some() || wishes);
    let next = |is_last| Next { headers: is_hidden.then(|| ("Privacy", "id".to_owned())).into_iter().collect(), is_last };
    let contact = |goes: &Goes, standing, next| contact(places, called.called, (goes, standing), next);
    let diversion =
        |goes: &Goes, standing| format!("<sip:{}@{}>;reason={};counter=1", called.called, places.lines, reason(goes, standing));
    let mut reply = match &called.route.goes {
        Goes::Refuse(refusal) => return refused(*refusal),
        Goes::Ring { seconds, waiting, with } => {
            let mut ring = next(false);
            ring.headers.push(("Expires", seconds.to_string()));
            if *waiting == Switch::On {
                ring.headers.push(("Alert-Info", WAITING.to_owned()));
            }
            let mut reply = Reply::from(Status::MOVED);
            // Who is preferred alike rings at the same time (RFC 3261, part 16.6).
            for number in [Some(called.called), *with].into_iter().flatten() {
                let place = if number == called.called { &places.lines } else { &places.numbers };
                reply = reply.with("Contact", written(&format!("sip:{number}@{place};user=phone"), &ring));
            }
            match &called.then {
                Some(then) => {
                    // Who comes next has to know through whom: this answer's own Diversion would be the bell's, too.
                    let mut last = next(true);
                    last.headers.push(("Diversion", diversion(then, Standing::NotAnswered)));
                    reply.with("Contact", contact(then, Standing::NotAnswered, last))
                }
                None => reply,
            }
        }
        goes => {
            let reply = Reply::from(Status::MOVED).with("Contact", contact(goes, asked.standing, next(false)));
            let own = diversion(goes, asked.standing);
            diversions.iter().fold(reply.with("Diversion", own), |reply, older| reply.with("Diversion", *older))
        }
    };
    if let Some(caller) = called.caller {
        reply = reply.with("P-Asserted-Identity", format!("<sip:{caller}@{};user=phone>", places.numbers));
    }
    if is_hidden { reply.with("Privacy", "id") } else { reply }
}

fn contact(places: &Places, called: E164, (goes, standing): (&Goes, Standing), next: Next) -> String {
    match goes {
        Goes::Forward { to, .. } => written(&format!("sip:{to}@{};user=phone", places.numbers), &next),
        _ => {
            let target = format!("sip:{called}@{}", places.lines);
            let target = utf8_percent_encode(&target, PLAIN);
            let voicemail = places.voicemail.as_deref().unwrap_or_default();
            written(&format!("{voicemail};target={target};cause={}", cause(standing)), &next)
        }
    }
}

/// An address with what it asks of the call.
fn written(address: &str, next: &Next) -> String {
    let headers = next.headers.iter().enumerate().map(|(place, (name, value))| {
        let sign = if place == 0 { '?' } else { '&' };
        format!("{sign}{name}={}", utf8_percent_encode(value, PLAIN))
    });
    let preferred = if next.is_last { "0.5" } else { "1.0" };
    format!("<{address}{}>;q={preferred}", headers.collect::<String>())
}

/// Why a call goes to the voicemail (RFC 4458, part 2.1).
const fn cause(standing: Standing) -> u16 {
    match standing {
        Standing::Free => 302,
        Standing::Busy | Standing::Full => 486,
        Standing::Unreachable => 503,
        Standing::NotAnswered | Standing::NotTaken => 408,
    }
}

/// Why a call leaves the line (RFC 5806, part 4).
const fn reason(goes: &Goes, standing: Standing) -> &'static str {
    match (goes, standing) {
        (Goes::Forward { when: When::Always, .. }, _) | (_, Standing::Free) => "unconditional",
        (_, Standing::Busy | Standing::Full) => "user-busy",
        (_, Standing::Unreachable) => "unavailable",
        (_, Standing::NotAnswered | Standing::NotTaken) => "no-answer",
    }
}

fn refused(refusal: Refusal) -> Reply {
    match refusal {
        Refusal::OutOfService | Refusal::Unreachable | Refusal::NotAnswered => Status::UNAVAILABLE.into(),
        Refusal::Busy => Status::BUSY.into(),
        Refusal::Loop => Status::DECLINED.into(),
    }
}

fn connected(places: &Places, reached: &Reached) -> Reply {
    let privacy = if reached.shows.is_some() || reached.caller.is_none() { "none" } else { "id" };
    let next = Next { headers: vec![("Privacy", privacy.to_owned())], is_last: false };
    let user = utf8_percent_encode(&reached.to, PLAIN);
    let reply = Reply::from(Status::MOVED).with("Contact", written(&format!("sip:{user}@{};user=phone", places.numbers), &next));
    let reply = reply.with("Privacy", privacy);
    match reached.caller {
        Some(caller) => reply.with("P-Asserted-Identity", format!("<sip:{caller}@{};user=phone>", places.numbers)),
        None => reply,
    }
}

/// The answer to an INVITE to what was dialled.
pub(super) fn dialled(places: &Places, told: &DialTold) -> Reply {
    match told {
        DialTold::NoSuchLine => Status::NOT_FOUND.into(),
        DialTold::Connected(reached) => connected(places, reached),
        DialTold::Answered { answer, .. } => heard(places, answer),
    }
}

fn heard(places: &Places, answer: &Answer) -> Reply {
    let word = word(answer);
    if let Some(announcement) = &places.announcement {
        let contact = format!("<{}>;q=1.0", announcement.replace(ANSWER, word));
        return Reply::from(Status::MOVED).with("Contact", contact);
    }
    // A call that nobody takes because all is done ends as any that ended well (Q.850, by RFC 6432).
    let (status, cause) = match answer {
        answer if is_done(answer) => (Status::UNAVAILABLE, 16),
        Answer::Unheard(_) => (Status::NOT_FOUND, 1),
        _ => (Status::DECLINED, 21),
    };
    Reply::from(status).with("Reason", format!("Q.850;cause={cause};text=\"{word}\""))
}

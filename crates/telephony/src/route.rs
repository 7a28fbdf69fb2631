//! Where a call goes (FIX-15): one decision for a line in a given state. A switch asks it again when the state has changed: nobody answered
//! within the time, the line turned out to be busy.

use crate::{LONGEST_CHAIN, LineServices, Switch, When};
use serde::Serialize;
use vocabulary::E164;

/// A second caller is signalled so long before the voicemail takes the call (FIX-05), in seconds.
pub const WAITING_S: u8 = 20;

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// By what number; `None` where the network does not know.
    pub number: Option<E164>,
    /// May the called see it?
    pub shown: Presentation,
}

/// May the called see who calls?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presentation {
    /// Yes.
    Shown,
    /// The caller does not want it (3GPP TS 22.081, CLIR).
    Hidden,
}

/// How the called line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody is on it.
    Free,
    /// One call is on it.
    Busy,
    /// One call is on it and a second one waits, or the telephone says that it takes no more.
    Full,
    /// Its box or telephone does not answer the network.
    Unreachable,
    /// It rang, and nobody took the call in time.
    NotAnswered,
    /// A second caller was signalled, and nobody took the call in time.
    NotTaken,
}

/// Is the line in service?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InService {
    /// It is.
    Yes,
    /// It is suspended, or over.
    No,
}

/// Does the line have a voicemail?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voicemail {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// A line that is called.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    /// Its number.
    pub number: E164,
    /// Is it in service?
    pub in_service: InService,
    /// Does it have a voicemail?
    pub voicemail: Voicemail,
    /// What its user has set.
    pub services: &'a LineServices,
}

/// Where the call goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "goes", rename_all = "snake_case")]
pub enum Goes {
    /// To the line.
    Ring {
        /// So long, in seconds.
        seconds: u8,
        /// As a second call, by a tone.
        waiting: Switch,
        /// This line rings at the same time.
        with: Option<E164>,
    },
    /// To another number. The called line pays for that leg, the caller for the first.
    Forward {
        /// Which.
        to: E164,
        /// Why.
        when: When,
    },
    /// To the called line's voicemail.
    Voicemail,
    /// Nowhere.
    Refuse(Refusal),
}

/// Why a call goes nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refusal {
    /// The line is suspended, or over.
    OutOfService,
    /// It was forwarded too often, or would come back to where it was.
    Loop,
    /// Somebody is on the line.
    Busy,
    /// The line does not answer the network.
    Unreachable,
    /// Nobody took it.
    NotAnswered,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Where the call goes.
    #[serde(flatten)]
    pub goes: Goes,
    /// Which number of the caller whoever is reached sees; `None` for none. It stays the caller's own when a call is forwarded.
    pub shows: Option<E164>,
}

/// Where a call goes that has passed these numbers by forwards, the first called first.
///
/// In this order: a line out of service; what takes all calls, a forward before the voicemail; then what the line's standing asks for, its
/// forward before the voicemail. A forward that would make a loop is passed over for what comes after it: the voicemail, or nothing.
pub fn route(called: Called<'_>, standing: Standing, caller: Caller, passed: &[E164]) -> Route {
    let shows = caller.number.filter(|_| caller.shown == Presentation::Shown);
    Route { goes: goes(called, standing, caller, passed), shows }
}

fn goes(called: Called<'_>, standing: Standing, caller: Caller, passed: &[E164]) -> Goes {
    let services = called.services;
    if called.in_service == InService::No {
        return Goes::Refuse(Refusal::OutOfService);
    }
    let or_voicemail = |refusal| if called.voicemail == Voicemail::Yes { Goes::Voicemail } else { Goes::Refuse(refusal) };
    match forwarded(called, When::Always, passed) {
        Forwarded::To(to) => return Goes::Forward { to, when: When::Always },
        Forwarded::Back => return or_voicemail(Refusal::Loop),
        Forwarded::No => {}
    }
    if services.straight_to_voicemail && called.voicemail == Voicemail::Yes {
        return Goes::Voicemail;
    }
    let (when, refusal) = match standing {
        Standing::Free => {
            let with = services.rings_with.filter(|with| caller.number != Some(*with));
            return Goes::Ring { seconds: services.ring_time.seconds(), waiting: Switch::Off, with };
        }
        Standing::Busy if services.call_waiting => {
            return Goes::Ring { seconds: WAITING_S, waiting: Switch::On, with: None };
        }
        // Whoever hears the tone and does not take the call has not answered; its caller gets the voicemail (FIX-05).
        Standing::NotTaken => (None, Refusal::Busy),
        Standing::Busy | Standing::Full => (Some(When::Busy), Refusal::Busy),
        Standing::Unreachable => (Some(When::Unreachable), Refusal::Unreachable),
        Standing::NotAnswered => (Some(When::NoAnswer), Refusal::NotAnswered),
    };
    let Some(when) = when else { return or_voicemail(refusal) };
    match forwarded(called, when, passed) {
        Forwarded::To(to) => Goes::Forward { to, when },
        Forwarded::Back => or_voicemail(Refusal::Loop),
        Forwarded::No => or_voicemail(refusal),
    }
}

enum Forwarded {
    To(E164),
    /// To where the call was already, or once too often.
    Back,
    No,
}

fn forwarded(called: Called<'_>, when: When, passed: &[E164]) -> Forwarded {
    match called.services.forward(when).target() {
        Some(to) if to == called.number || passed.contains(&to) || passed.len() >= LONGEST_CHAIN => Forwarded::Back,
        Some(to) => Forwarded::To(to),
        None => Forwarded::No,
    }
}

/// Which number of the line those see whom it calls: none where it hides it, unless for this call it is shown, and none where it is hidden for
/// this call. An emergency service always sees it (FIX-15).
pub fn shown_to_called(
    own: E164,
    services: &LineServices,
    for_this_call: Option<Presentation>,
    is_emergency: impl FnOnce() -> bool,
) -> Option<E164> {
    let is_hidden = match for_this_call {
        Some(presentation) => presentation == Presentation::Hidden,
        None => services.hides_number,
    };
    (!is_hidden || is_emergency()).then_some(own)
}

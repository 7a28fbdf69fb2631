//! What somebody hears who dialled, as one word: announcements are named by it, and answers in JSON hold it. docs/switches.md lists them.

use operations::telephony::{Answer, ForwardRefusal, Switch, TelephonyRefusal, Unheard};

/// Was it done, or told, what somebody wanted?
pub(crate) const fn is_done(answer: &Answer) -> bool {
    matches!(answer, Answer::Changed(_) | Answer::Stands(_) | Answer::Connected { .. })
}

/// The word.
pub(crate) fn word(answer: &Answer) -> &'static str {
    match answer {
        // Whoever sends it twice hears the same twice.
        Answer::Changed(_) => "done",
        Answer::Stands(states) if states.iter().any(|(_, state)| *state == Switch::On) => "on",
        Answer::Stands(_) => "off",
        Answer::Connected { .. } => "connected",
        Answer::Refused(refusal) => refused(refusal),
        Answer::Unheard(Unheard::Unknown | Unheard::NotOffered | Unheard::Card) => "no-such-service",
        Answer::Unheard(Unheard::NotDialled(_) | Unheard::Code(_)) => "not-understood",
    }
}

const fn refused(refusal: &TelephonyRefusal) -> &'static str {
    match refusal {
        TelephonyRefusal::NoTelephone => "out-of-service",
        TelephonyRefusal::KeptElsewhere => "kept-elsewhere",
        TelephonyRefusal::Change(_) => "no-number",
        TelephonyRefusal::Forward(refusal) => match refusal {
            ForwardRefusal::Empty | ForwardRefusal::NotANumber(_) => "no-such-number",
            ForwardRefusal::Emergency(_) => "emergency-number",
            ForwardRefusal::Short(_) => "short-number",
            ForwardRefusal::Special(_) => "service-number",
            ForwardRefusal::Itself(_) => "own-number",
            ForwardRefusal::Loop(_) => "loop",
        },
    }
}

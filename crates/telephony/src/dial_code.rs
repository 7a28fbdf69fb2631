//! What somebody wants who dials a code: of a mobile line by 3GPP's grammar, of a fixed line by its operator's own table, because operators differ.

use crate::{
    Change, LineServices, RingTime, Switch, When,
    mmi::{self, CodeRefusal, Dialled, Meaning, NotDialled, Procedure},
};
use compact_str::CompactString;

/// Where a number stands in the pattern of a code.
const NUMBER: &str = "{number}";

/// A code of an operator's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialCode {
    /// As it is dialled, `{number}` standing for a number: `*21*{number}#`.
    pub pattern: CompactString,
    /// What it does.
    pub does: Does,
}

/// What a code of a table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Does {
    /// Forwards to a number.
    Forward(When),
    /// Switches a forward off.
    ForwardOff(When),
    /// Says where calls go.
    ForwardAsked(When),
    /// All calls to the voicemail.
    StraightToVoicemail(Switch),
    /// Hides the number in every call.
    HideNumber(Switch),
    /// Hides the number in one call.
    HideOnce,
    /// A second caller's tone.
    CallWaiting(Switch),
    /// Every forward and the hiding off.
    AllOff,
}

impl Does {
    /// Each, and its word in the catalogue.
    pub const WORDS: [(&'static str, Does); 19] = [
        ("forward_always", Self::Forward(When::Always)),
        ("forward_no_answer", Self::Forward(When::NoAnswer)),
        ("forward_busy", Self::Forward(When::Busy)),
        ("forward_unreachable", Self::Forward(When::Unreachable)),
        ("forward_always_off", Self::ForwardOff(When::Always)),
        ("forward_no_answer_off", Self::ForwardOff(When::NoAnswer)),
        ("forward_busy_off", Self::ForwardOff(When::Busy)),
        ("forward_unreachable_off", Self::ForwardOff(When::Unreachable)),
        ("forward_always_asked", Self::ForwardAsked(When::Always)),
        ("forward_no_answer_asked", Self::ForwardAsked(When::NoAnswer)),
        ("forward_busy_asked", Self::ForwardAsked(When::Busy)),
        ("straight_to_voicemail_on", Self::StraightToVoicemail(Switch::On)),
        ("straight_to_voicemail_off", Self::StraightToVoicemail(Switch::Off)),
        ("hide_number_on", Self::HideNumber(Switch::On)),
        ("hide_number_off", Self::HideNumber(Switch::Off)),
        ("hide_number_once", Self::HideOnce),
        ("call_waiting_on", Self::CallWaiting(Switch::On)),
        ("call_waiting_off", Self::CallWaiting(Switch::Off)),
        ("all_off", Self::AllOff),
    ];

    /// Does it take a number?
    pub const fn takes_number(self) -> bool {
        matches!(self, Self::Forward(_) | Self::HideOnce)
    }
}

/// An operator's table of codes. Any two of them can be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialCodes(Vec<DialCode>);

/// Why a table cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialCodeFault {
    /// It is no code.
    #[error("`{0}` is no code: it begins with * or #, ends with #, and has digits, stars and hashes between")]
    Pattern(CompactString),
    /// It takes a number and has no place for one, or has one too much.
    #[error("`{0}` needs {{number}} once where a number is dialled with it, and nowhere else")]
    Number(CompactString),
    /// Somebody who dials one may mean the other.
    #[error("`{0}` cannot be told from `{1}`")]
    Alike(CompactString, CompactString),
}

impl DialCodes {
    /// A table.
    ///
    /// # Errors
    /// The first fault of a code.
    pub fn new(codes: Vec<DialCode>) -> Result<Self, DialCodeFault> {
        for (at, code) in codes.iter().enumerate() {
            let bare = code.pattern.replacen(NUMBER, "", 1);
            let is_key = |sign: char| sign.is_ascii_digit() || matches!(sign, '*' | '#');
            if !bare.starts_with(['*', '#']) || !bare.ends_with('#') || !bare.chars().all(is_key) || bare.len() < 3 {
                return Err(DialCodeFault::Pattern(code.pattern.clone()));
            }
            if code.pattern.contains(NUMBER) != code.does.takes_number() {
                return Err(DialCodeFault::Number(code.pattern.clone()));
            }
            let example = code.pattern.replace(NUMBER, "0");
            let is_alike = |other: &&DialCode| other.number_in(&example).is_some();
            if let Some(other) = codes[..at].iter().chain(&codes[at + 1..]).find(is_alike) {
                return Err(DialCodeFault::Alike(code.pattern.clone(), other.pattern.clone()));
            }
        }
        Ok(Self(codes))
    }

    /// The codes, in the operator's order.
    pub fn iter(&self) -> impl Iterator<Item = &DialCode> {
        self.0.iter()
    }

    /// As somebody reads it on a page beside the service: the code that does this.
    pub fn that(&self, does: Does) -> Option<&str> {
        self.0.iter().find(|code| code.does == does).map(|code| code.pattern.as_str())
    }

    fn find<'a>(&self, dialled: &'a str) -> Option<(Does, &'a str)> {
        self.0.iter().find_map(|code| Some((code.does, code.number_in(dialled)?)))
    }
}

impl DialCode {
    /// The number that stands in what was dialled, empty where the code takes none; `None` where it is not this code.
    fn number_in<'a>(&self, dialled: &'a str) -> Option<&'a str> {
        let Some((before, after)) = self.pattern.split_once(NUMBER) else {
            return (self.pattern == dialled).then_some("");
        };
        let number = dialled.strip_prefix(before)?.strip_suffix(after)?;
        (!number.contains(['*', '#'])).then_some(number)
    }
}

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish<'a> {
    /// To forward to a number, which is still to be looked at.
    Forward {
        /// In which cases.
        when: Vec<When>,
        /// As it was dialled.
        typed: &'a str,
        /// How long to ring before.
        ring_time: Option<RingTime>,
    },
    /// Something else to be other.
    Change(Change),
    /// To know how something stands.
    Ask(Asked),
    /// To call somebody with the own number hidden.
    CallHidden(&'a str),
    /// To call somebody with the own number shown.
    CallShown(&'a str),
    /// To call somebody.
    Call(&'a str),
}

/// What somebody wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Where calls go.
    Forward(Vec<When>),
    /// Whether a second caller is signalled.
    CallWaiting,
    /// Whether the number is hidden.
    HideNumber,
}

/// Why nothing follows from what was dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unheard {
    /// It cannot have been dialled.
    #[error(transparent)]
    NotDialled(#[from] NotDialled),
    /// No service has that code.
    #[error("no service has this code")]
    Unknown,
    /// There is such a service, and lines here do not have it.
    #[error("lines here do not have this service")]
    NotOffered,
    /// The code's parts do not fit.
    #[error(transparent)]
    Code(#[from] CodeRefusal),
    /// A code of the SIM card, which a telephone does not send.
    #[error("this code is the card's: it is typed into the telephone that holds it")]
    Card,
}

/// What somebody wants who dials this on a mobile line.
///
/// # Errors
/// When nothing follows from it.
pub fn of_mobile(dialled: &str) -> Result<Wish<'_>, Unheard> {
    match mmi::read(dialled)? {
        Dialled::Number(number) => Ok(Wish::Call(number)),
        Dialled::Short(_) | Dialled::Ussd(_) => Err(Unheard::Unknown),
        Dialled::Code(code) => match mmi::meaning(&code)? {
            Meaning::Forward { when, to, seconds } => forwarded(code.procedure, when.to_vec(), (to, seconds)),
            Meaning::CallWaiting => match code.procedure {
                Procedure::Interrogate => Ok(Wish::Ask(Asked::CallWaiting)),
                procedure => Ok(Wish::Change(Change::CallWaiting { to: (procedure == Procedure::Activate).into() })),
            },
            Meaning::Presentation if code.service == "31" => Ok(Wish::Ask(Asked::HideNumber)),
            Meaning::CallHidden(called) => Ok(Wish::CallHidden(called)),
            Meaning::CallShown(called) => Ok(Wish::CallShown(called)),
            Meaning::Card => Err(Unheard::Card),
            Meaning::Ussd => Err(Unheard::Unknown),
            Meaning::Presentation | Meaning::Barring | Meaning::BarringPassword | Meaning::Other => Err(Unheard::NotOffered),
        },
    }
}

fn forwarded<'a>(
    procedure: Procedure,
    when: Vec<When>,
    (to, seconds): (Option<&'a str>, Option<u8>),
) -> Result<Wish<'a>, Unheard> {
    Ok(match (procedure, to) {
        // A star with a number registers it, as two stars do (part 6.5.2).
        (Procedure::Activate | Procedure::Register, Some(typed)) => {
            Wish::Forward { when, typed, ring_time: seconds.map(RingTime::nearest) }
        }
        (Procedure::Activate | Procedure::Register, None) => Wish::Change(Change::SwitchForward { when, to: Switch::On }),
        (Procedure::Deactivate, _) => Wish::Change(Change::SwitchForward { when, to: Switch::Off }),
        (Procedure::Erase, _) => Wish::Change(Change::EraseForward { when }),
        (Procedure::Interrogate, _) => Wish::Ask(Asked::Forward(when)),
    })
}

/// What somebody wants who dials this on a fixed line of an operator.
///
/// # Errors
/// When nothing follows from it.
pub fn of_fixed<'a>(dialled: &'a str, codes: &DialCodes) -> Result<Wish<'a>, Unheard> {
    let read = mmi::read(dialled)?;
    if let Some((does, number)) = codes.find(dialled) {
        if does.takes_number() && number.is_empty() {
            return Err(Unheard::Code(CodeRefusal::Part(mmi::PartFault::NoNumber)));
        }
        return Ok(match does {
            Does::Forward(when) => Wish::Forward { when: vec![when], typed: number, ring_time: None },
            Does::ForwardOff(when) => Wish::Change(Change::SwitchForward { when: vec![when], to: Switch::Off }),
            Does::ForwardAsked(when) => Wish::Ask(Asked::Forward(vec![when])),
            Does::StraightToVoicemail(to) => Wish::Change(Change::StraightToVoicemail { to }),
            Does::HideNumber(to) => Wish::Change(Change::HideNumber { to }),
            Does::HideOnce => Wish::CallHidden(number),
            Does::CallWaiting(to) => Wish::Change(Change::CallWaiting { to }),
            Does::AllOff => Wish::Change(Change::AllOff),
        });
    }
    match read {
        Dialled::Number(number) | Dialled::Short(number) => Ok(Wish::Call(number)),
        Dialled::Code(_) | Dialled::Ussd(_) => Err(Unheard::Unknown),
    }
}

/// How what was asked stands.
pub fn stands(asked: &Asked, services: &LineServices) -> Vec<(Option<When>, Switch)> {
    match asked {
        Asked::Forward(when) => {
            when.iter().map(|when| (Some(*when), services.forward(*when).target().is_some().into())).collect()
        }
        Asked::CallWaiting => vec![(None, services.call_waiting.into())],
        Asked::HideNumber => vec![(None, services.hides_number.into())],
    }
}

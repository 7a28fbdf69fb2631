//! The services of a line and what changes them (FIX-03 to FIX-08, FIX-12 to FIX-14). Whoever changes one, it is the same change.

use crate::{Forward, RingTime};
use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use vocabulary::E164;

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// In which case calls are forwarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// All of them, without ringing.
    Always,
    /// Those that nobody takes within the ring time.
    NoAnswer,
    /// Those that come while the line is busy.
    Busy,
    /// Those that do not reach the line: its box or telephone is off.
    Unreachable,
}

impl When {
    /// Every case, in the order in which a page shows them.
    pub const ALL: [When; 4] = [When::Always, When::NoAnswer, When::Busy, When::Unreachable];
    /// Those that depend on the line.
    pub const CONDITIONAL: [When; 3] = [When::NoAnswer, When::Busy, When::Unreachable];

    /// Its word in files and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            When::Always => "always",
            When::NoAnswer => "no_answer",
            When::Busy => "busy",
            When::Unreachable => "unreachable",
        }
    }
}

/// What a line's user has set. A line that nobody touched has the [default](LineServices::default).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LineServices {
    /// All calls.
    pub always: Forward,
    /// Calls that nobody takes.
    pub no_answer: Forward,
    /// Calls while it is busy.
    pub busy: Forward,
    /// Calls that do not reach it.
    pub unreachable: Forward,
    /// How long it rings.
    pub ring_time: RingTime,
    /// Do all calls go to the voicemail without ringing?
    pub straight_to_voicemail: bool,
    /// Is its number hidden from those it calls?
    pub hides_number: bool,
    /// Is a second caller signalled by a tone?
    pub call_waiting: bool,
    /// Where new messages of the voicemail are sent, sound attached; nowhere when empty.
    pub mail_reception: CompactString,
    /// The mobile line that rings with it (TEL-11).
    pub rings_with: Option<E164>,
}

impl Default for LineServices {
    fn default() -> Self {
        Self {
            always: Forward::default(),
            no_answer: Forward::default(),
            busy: Forward::default(),
            unreachable: Forward::default(),
            ring_time: RingTime::DEFAULT,
            straight_to_voicemail: false,
            hides_number: false,
            call_waiting: true,
            mail_reception: CompactString::const_new(""),
            rings_with: None,
        }
    }
}

/// What somebody wants to be other. Numbers have been looked at by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Forward there from now on.
    Forward {
        /// In which cases.
        when: Vec<When>,
        /// To where.
        to: E164,
        /// How long to ring before; `None` leaves it as it is.
        ring_time: Option<RingTime>,
    },
    /// Switch forwards on or off that have a number; off keeps it.
    SwitchForward {
        /// In which cases.
        when: Vec<When>,
        /// On or off.
        to: Switch,
    },
    /// Forget forwards, number and all.
    EraseForward {
        /// In which cases.
        when: Vec<When>,
    },
    /// Ring so long.
    RingTime {
        /// So long.
        to: RingTime,
    },
    /// All calls to the voicemail without ringing.
    StraightToVoicemail {
        /// On or off.
        to: Switch,
    },
    /// Hide the number from all who are called.
    HideNumber {
        /// On or off.
        to: Switch,
    },
    /// Signal a second caller.
    CallWaiting {
        /// On or off.
        to: Switch,
    },
    /// Send messages there; empty for nowhere.
    MailReception {
        /// To where.
        to: CompactString,
    },
    /// Have a mobile line of the account ring too; `None` for no more.
    RingWith {
        /// Which.
        number: Option<E164>,
    },
    /// Every forward and the hiding of the number off (FIX-13).
    AllOff,
    /// Everything as it was on the first day (FIX-14). Where messages are sent, and what rings too, is no service of the telephone and stays.
    Reset,
}

/// Why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefusal {
    /// A forward without a number cannot be switched on.
    #[error("no number is known to forward to")]
    NoNumber(When),
}

/// One thing that is other than before, as pages, journals and announcements tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "service", rename_all = "snake_case")]
pub enum Difference {
    /// A forward.
    Forward {
        /// In which case.
        when: When,
        /// As it was.
        before: Forward,
        /// As it is.
        after: Forward,
    },
    /// The ring time.
    RingTime {
        /// As it was.
        before: RingTime,
        /// As it is.
        after: RingTime,
    },
    /// Straight to the voicemail.
    StraightToVoicemail {
        /// As it is.
        after: Switch,
    },
    /// The number is hidden.
    HideNumber {
        /// As it is.
        after: Switch,
    },
    /// A second caller is signalled.
    CallWaiting {
        /// As it is.
        after: Switch,
    },
    /// Where messages are sent.
    MailReception {
        /// As it is: empty for nowhere.
        after: CompactString,
    },
    /// What rings too.
    RingWith {
        /// As it is.
        after: Option<E164>,
    },
}

impl Difference {
    /// The word of its service.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Forward { when, .. } => when.as_str(),
            Self::RingTime { .. } => "ring_time",
            Self::StraightToVoicemail { .. } => "straight_to_voicemail",
            Self::HideNumber { .. } => "hide_number",
            Self::CallWaiting { .. } => "call_waiting",
            Self::MailReception { .. } => "mail_reception",
            Self::RingWith { .. } => "rings_with",
        }
    }

    /// Where calls go since.
    pub fn forwards_to(&self) -> Option<E164> {
        match self {
            Self::Forward { after, .. } => after.target(),
            _ => None,
        }
    }
}

impl LineServices {
    /// The forward of a case.
    pub const fn forward(&self, when: When) -> Forward {
        match when {
            When::Always => self.always,
            When::NoAnswer => self.no_answer,
            When::Busy => self.busy,
            When::Unreachable => self.unreachable,
        }
    }

    fn forward_mut(&mut self, when: When) -> &mut Forward {
        match when {
            When::Always => &mut self.always,
            When::NoAnswer => &mut self.no_answer,
            When::Busy => &mut self.busy,
            When::Unreachable => &mut self.unreachable,
        }
    }

    /// Where calls may go on to from here, each once.
    pub fn targets(&self) -> Vec<E164> {
        let mut targets: Vec<E164> = When::ALL.into_iter().filter_map(|when| self.forward(when).target()).collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// The services after a change.
    ///
    /// # Errors
    /// When the change cannot be: nothing of it is done then.
    pub fn after(&self, change: &Change) -> Result<LineServices, ChangeRefusal> {
        let mut after = self.clone();
        match change {
            Change::Forward { when, to, ring_time } => {
                for when in when {
                    *after.forward_mut(*when) = Forward { to: Some(*to), active: true };
                }
                after.ring_time = ring_time.unwrap_or(after.ring_time);
            }
            Change::SwitchForward { when, to: Switch::On } => {
                let known: Vec<When> = when.iter().copied().filter(|when| self.forward(*when).to.is_some()).collect();
                match (known.is_empty(), when.first()) {
                    (true, Some(first)) => return Err(ChangeRefusal::NoNumber(*first)),
                    _ => known.into_iter().for_each(|when| after.forward_mut(when).active = true),
                }
            }
            Change::SwitchForward { when, to: Switch::Off } => {
                when.iter().for_each(|when| after.forward_mut(*when).active = false)
            }
            Change::EraseForward { when } => when.iter().for_each(|when| *after.forward_mut(*when) = Forward::default()),
            Change::RingTime { to } => after.ring_time = *to,
            Change::StraightToVoicemail { to } => after.straight_to_voicemail = *to == Switch::On,
            Change::HideNumber { to } => after.hides_number = *to == Switch::On,
            Change::CallWaiting { to } => after.call_waiting = *to == Switch::On,
            Change::MailReception { to } => after.mail_reception.clone_from(to),
            Change::RingWith { number } => after.rings_with = *number,
            Change::AllOff => {
                When::ALL.into_iter().for_each(|when| *after.forward_mut(when) = Forward::default());
                after.hides_number = false;
            }
            Change::Reset => {
                after = LineServices {
                    mail_reception: self.mail_reception.clone(),
                    rings_with: self.rings_with,
                    ..LineServices::default()
                };
            }
        }
        Ok(after)
    }

    /// What is other than before, in the order in which a page shows it.
    pub fn differences(&self, before: &LineServices) -> Vec<Difference> {
        let mut found = Vec::new();
        for when in When::ALL {
            let (before, after) = (before.forward(when), self.forward(when));
            if before != after {
                found.push(Difference::Forward { when, before, after });
            }
        }
        if before.ring_time != self.ring_time {
            found.push(Difference::RingTime { before: before.ring_time, after: self.ring_time });
        }
        if before.straight_to_voicemail != self.straight_to_voicemail {
            found.push(Difference::StraightToVoicemail { after: Switch::from(self.straight_to_voicemail) });
        }
        if before.hides_number != self.hides_number {
            found.push(Difference::HideNumber { after: Switch::from(self.hides_number) });
        }
        if before.call_waiting != self.call_waiting {
            found.push(Difference::CallWaiting { after: Switch::from(self.call_waiting) });
        }
        if before.mail_reception != self.mail_reception {
            found.push(Difference::MailReception { after: self.mail_reception.clone() });
        }
        if before.rings_with != self.rings_with {
            found.push(Difference::RingWith { after: self.rings_with });
        }
        found
    }
}

impl From<bool> for Switch {
    fn from(holds: bool) -> Self {
        if holds { Self::On } else { Self::Off }
    }
}

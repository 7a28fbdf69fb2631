//! The cap of a capped line, lifted for some kinds of usage from the 1st of next month on, or put back (TEL-10). A lifted cap is an option of the
//! catalogue: having it and planning it go the way of all options; here is said how it stands, and what brings it where somebody wants it.

use crate::{Change, Ground, Life, ScheduledChange, options};
use catalog::LineOption;
use vocabulary::{ScheduledChangeId, Timestamp};

/// Does the plan stop at its thresholds?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// It does.
    Holds,
    /// It goes on beyond them, and what is beyond is charged.
    Lifted,
}

/// The cap of some kinds of usage, as it is and as it will be.
#[derive(Clone, Debug)]
pub struct CapLift<'a> {
    /// The option that lifts it, by its id.
    pub id: &'a str,
    /// The option.
    pub option: &'a LineOption,
    /// As it is now.
    pub now: Cap,
    /// The change that is planned, and from when on it holds.
    pub coming: Option<(ScheduledChangeId, Timestamp)>,
}

/// What brings a cap where somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CapStep {
    /// Nothing: it is so, or will be.
    Nothing,
    /// Asking for this.
    Ask(Change),
    /// Taking back what is planned.
    TakeBack(ScheduledChangeId),
}

impl Cap {
    const fn other(self) -> Self {
        match self {
            Self::Holds => Self::Lifted,
            Self::Lifted => Self::Holds,
        }
    }
}

impl CapLift<'_> {
    /// As it will be on the 1st of next month.
    pub fn to_come(&self) -> Cap {
        if self.coming.is_some() { self.now.other() } else { self.now }
    }

    /// What brings it there.
    pub fn step(&self, wanted: Cap) -> CapStep {
        match (&self.coming, wanted) {
            _ if self.to_come() == wanted => CapStep::Nothing,
            (Some((planned, _)), _) => CapStep::TakeBack(*planned),
            (None, Cap::Lifted) => CapStep::Ask(Change::AddOption { option: self.id.into() }),
            (None, Cap::Holds) => CapStep::Ask(Change::EndOption { option: self.id.into() }),
        }
    }
}

/// The caps of a line that may be lifted, in the order of the catalogue: those of options that begin and end with a month, as the line's plan has
/// them or may have them. None for a line that is not capped.
pub fn cap_lifts<'a>(life: &Life, ground: &Ground<'a>) -> Vec<CapLift<'a>> {
    let service = &life.line.service;
    let lifts = |(ix, option): (_, &'a LineOption)| {
        let id = ground.version.options.id(ix);
        let is_monthly = option.starts_at_month_start && option.ends_at_month_end;
        let now = if service.has(id) { Cap::Lifted } else { Cap::Holds };
        let may_have = now == Cap::Lifted || options::refuse(service, id, &life.line.network, ground).is_ok();
        if option.lifts_cap.is_empty() || !is_monthly || !may_have {
            return None;
        }
        let leads_there = |planned: &&ScheduledChange| {
            planned.is_planned()
                && match &planned.change {
                    Change::AddOption { option } => now == Cap::Holds && option == id,
                    Change::EndOption { option } => now == Cap::Lifted && option == id,
                    _ => false,
                }
        };
        let coming = life.scheduled.iter().find(leads_there).map(|planned| (planned.id, planned.due));
        Some(CapLift { id, option, now, coming })
    };
    ground.version.options.iter().filter_map(lifts).collect()
}

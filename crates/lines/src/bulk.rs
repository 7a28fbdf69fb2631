//! The same change for many lines (FLT-08): which can, with what changes, and which cannot and why; all of it told before, and then all or
//! nothing.

use crate::{Change, Ground, Life, Preview, Refusal, When};
use vocabulary::{LineId, Money};

/// What a change would do to many lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// Those that can, each with what is told before.
    pub can: Vec<(LineId, Preview)>,
    /// Those that cannot, each with why.
    pub cannot: Vec<(LineId, Refusal)>,
}

/// Looks at a change for many lines. Lines that have already what is asked for stand among those that cannot, as [`Refusal::Same`].
pub fn bulk<'a>(lives: impl IntoIterator<Item = &'a Life>, (change, when): (&Change, When), ground: &Ground<'_>) -> Bulk {
    let mut bulk = Bulk::default();
    for life in lives {
        match life.preview(change, when, ground) {
            Ok(preview) => bulk.can.push((life.line.id, preview)),
            Err(refusal) => bulk.cannot.push((life.line.id, refusal)),
        }
    }
    bulk
}

impl Bulk {
    /// May it be done, all of it? There is no half of it.
    pub fn all_can(&self) -> bool {
        self.cannot.is_empty() && !self.can.is_empty()
    }

    /// What it costs once, in all.
    pub fn once(&self) -> Money {
        self.can.iter().map(|(_, preview)| preview.once).sum()
    }

    /// What the lines cost a month before and after, in all.
    pub fn monthly(&self) -> (Money, Money) {
        let before = self.can.iter().map(|(_, preview)| preview.monthly_before).sum();
        (before, self.can.iter().map(|(_, preview)| preview.monthly_after).sum())
    }
}

//! At which part of an allowance or a cut-off somebody is told (MOB-44, RAT-06).

use crate::{Among, Capping, Network, draft::Draft, fields::Fields};

/// What is being used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertOf {
    /// An allowance of the plan; recharges count into it.
    Plan,
    /// An allowance of an option.
    Option,
    /// A recharge by itself.
    Recharge,
    /// A group pack.
    Pack,
    /// A cut-off.
    Cutoff,
}

/// A rule that says when to tell.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Of what.
    pub of: AlertOf,
    /// Ids of the allowances (of the cut-offs, for a cut-off); empty for all.
    pub allowances: Vec<String>,
    /// On these networks.
    pub networks: Among<Network>,
    /// Per cent at which a capped line tells, ascending.
    pub capped: Vec<u8>,
    /// Per cent at which an uncapped line tells, ascending.
    pub uncapped: Vec<u8>,
}

impl Alert {
    pub(crate) fn read(fields: &mut Fields<'_, '_>, draft: &Draft<'_>) -> Alert {
        let words = [
            ("plan", AlertOf::Plan),
            ("option", AlertOf::Option),
            ("recharge", AlertOf::Recharge),
            ("pack", AlertOf::Pack),
            ("cutoff", AlertOf::Cutoff),
        ];
        Alert {
            of: fields.choice("of", &words, false),
            allowances: fields.list("allowances").into_iter().map(|allowance| allowance.text).collect(),
            networks: draft.version.networks.resolve_all(&fields.list("networks"), "networks", draft.log),
            capped: read_steps(fields, "capped"),
            uncapped: read_steps(fields, "uncapped"),
        }
    }

    /// Per cent at which a line tells.
    pub fn steps(&self, capping: Capping) -> &[u8] {
        match capping {
            Capping::Capped => &self.capped,
            Capping::Uncapped => &self.uncapped,
        }
    }
}

fn read_steps(fields: &mut Fields<'_, '_>, field: &'static str) -> Vec<u8> {
    let steps: Vec<u8> = fields.integers(field, 1..=100).iter().filter_map(|&step| u8::try_from(step).ok()).collect();
    if steps.windows(2).any(|pair| pair[0] >= pair[1]) {
        fields.fault(field, "does not go up");
    }
    steps
}

//! To where calls may be forwarded, and why not (FIX-06, FIX-15).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{E164, NumberingPlan, Party};

/// A forward of one kind: its number stays when it is switched off, as GSM networks keep it (3GPP TS 22.082).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forward {
    /// To where.
    pub to: Option<E164>,
    /// Does it work now? Only with a number.
    pub active: bool,
}

impl Forward {
    /// Where calls go now.
    pub fn target(self) -> Option<E164> {
        self.to.filter(|_| self.active)
    }
}

/// What the home country's numbering says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// A fixed or a mobile line, at home or abroad.
    Line,
    /// A value-added or shared-cost number, or a satellite.
    Special,
    /// Directory enquiries, services of operators, and other short numbers.
    Short,
    /// Emergency.
    Emergency,
    /// It belongs to nobody known.
    Unknown,
}

/// Why calls may not be forwarded there, in this order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ForwardRefusal {
    /// Nothing was typed.
    #[error("no number")]
    Empty,
    /// It cannot be dialled.
    #[error("`{0}` is no telephone number")]
    NotANumber(String),
    /// An emergency number is called by a person, never by a forward.
    #[error("{0} is an emergency number")]
    Emergency(String),
    /// A short number.
    #[error("{0} is a short number")]
    Short(String),
    /// A service's number, which may cost more than a call.
    #[error("{0} is the number of a service, and of no line")]
    Special(String),
    /// The line itself.
    #[error("{0} is the line itself")]
    Itself(E164),
    /// It would come back: through these lines.
    #[error("calls would come back to the line")]
    Loop(Vec<E164>),
}

/// So many forwards one call passes at most: more is a loop, wherever it began.
pub const LONGEST_CHAIN: usize = 5;
/// No number that can be dialled is longer: two for the international prefix, fifteen of ITU-T E.164.
const MOST_SIGNS: usize = 32;

/// Reads the number that calls of a line are to be forwarded to.
///
/// # Errors
/// When it cannot be dialled or is of a kind that no call is forwarded to.
pub fn forward_number(
    typed: &str,
    own: E164,
    (plan, kind_of): (&NumberingPlan, &dyn Fn(&Party) -> NumberKind),
) -> Result<E164, ForwardRefusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(ForwardRefusal::Empty);
    }
    let shown = || typed.chars().filter(|c| !c.is_control()).take(MOST_SIGNS).collect::<String>();
    if typed.chars().count() > MOST_SIGNS {
        return Err(ForwardRefusal::NotANumber(shown()));
    }
    let party = plan.read(typed);
    match (kind_of(&party), &party) {
        (NumberKind::Emergency, _) => Err(ForwardRefusal::Emergency(shown())),
        (NumberKind::Short, _) | (_, Party::Short(_)) => Err(ForwardRefusal::Short(shown())),
        (NumberKind::Special, _) => Err(ForwardRefusal::Special(shown())),
        (NumberKind::Line, Party::Number(number)) if *number == own => Err(ForwardRefusal::Itself(own)),
        (NumberKind::Line, Party::Number(number)) => Ok(*number),
        (NumberKind::Line | NumberKind::Unknown, _) => Err(ForwardRefusal::NotANumber(shown())),
    }
}

/// The way on which calls that a line forwards to `to` would come back to it, by what the lines forward to now; `None` when they do not. Lines
/// of others are ends: what they forward to is not known.
pub fn forward_loop(own: E164, to: E164, forwards: &BTreeMap<E164, Vec<E164>>) -> Option<Vec<E164>> {
    let mut ways = vec![vec![to]];
    while let Some(way) = ways.pop() {
        let Some(last) = way.last() else { continue };
        for next in forwards.get(last).into_iter().flatten() {
            if *next == own {
                return Some(way);
            }
            if !way.contains(next) && way.len() < forwards.len() {
                let mut longer = way.clone();
                longer.push(*next);
                ways.push(longer);
            }
        }
    }
    None
}

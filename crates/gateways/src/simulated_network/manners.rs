//! How a simulated network behaves, and the chance that decides it.

use operations::host_network::Chance;
use vocabulary::{Timestamp, WorkOrderId};

/// How badly a network behaves: each field but the last two says in how many of a thousand cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// It does later what it is asked, and says so first.
    pub slow: u16,
    /// It will not do what it is asked, for no reason of ours.
    pub refusing: u16,
    /// What it is asked is lost, or what it answers.
    pub silent: u16,
    /// It says to ask again later.
    pub busy: u16,
    /// A request reaches it a second time, or an answer us.
    pub twice: u16,
    /// An answer takes so long that later ones overtake it.
    pub out_of_order: u16,
    /// The connection breaks, half of the times before anything was asked.
    pub breaking: u16,
    /// Whatever takes long takes at most so many seconds.
    pub longest_s: i64,
    /// When nobody reaches it at all.
    pub outage: Option<Outage>,
}

/// A network that is down every so often, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// From the beginning of one outage to that of the next, in seconds; at least 1.
    pub every_s: i64,
    /// How long one lasts, in seconds.
    pub for_s: i64,
}

impl Manners {
    /// Does at once whatever can be done and says so: what our own time is measured with.
    pub const PROMPT: Manners =
        Manners { slow: 0, refusing: 0, silent: 0, busy: 0, twice: 0, out_of_order: 0, breaking: 0, longest_s: 1, outage: None };

    /// Mostly slow, seldom wrong: what a person meets in a demonstration. Nothing takes longer than two minutes.
    pub const LIFELIKE: Manners = Manners {
        slow: 600,
        refusing: 10,
        silent: 20,
        busy: 30,
        twice: 30,
        out_of_order: 50,
        breaking: 10,
        longest_s: 120,
        outage: None,
    };

    /// Is it down at this hour?
    pub(super) fn is_out(&self, at: Timestamp) -> bool {
        self.outage.is_some_and(|outage| at.seconds_since(Timestamp::EPOCH).rem_euclid(outage.every_s.max(1)) < outage.for_s)
    }
}

/// Chance for one request at one hour. It follows from the seed, the key, the hour and how often the key was heard of, so that neither the
/// order of a batch nor a restart changes what becomes of another key.
pub(super) struct Draws(Chance);

impl Draws {
    pub(super) fn new(seed: u64, key: WorkOrderId, (at, times): (Timestamp, u32)) -> Self {
        let parts = [key.0.cast_unsigned(), at.micros().cast_unsigned(), u64::from(times)];
        Self(Chance::new(parts.into_iter().fold(seed, |mixed, part| Chance::new(mixed ^ part).draw())))
    }

    /// Does it happen, in so many of a thousand cases?
    pub(super) fn happens(&mut self, per_mille: u16) -> bool {
        self.0.below(1_000) < u64::from(per_mille)
    }

    /// An hour after `at`, at most so many seconds later.
    pub(super) fn after(&mut self, at: Timestamp, longest_s: i64) -> Timestamp {
        let seconds = self.0.below(longest_s.max(1).unsigned_abs());
        at.plus_seconds(1 + i64::try_from(seconds).unwrap_or(0))
    }
}

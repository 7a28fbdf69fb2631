//! One part of a usage, decided and not yet counted, and what it is told as.

use crate::{Account, Cause, MeterKey, PackAccount, Part, SpendAccount, Why};
use catalog::{AtEnd, Price, Tiers};
use smallvec::SmallVec;
use vocabulary::{Money, Timestamp};

/// One part of a usage, decided and not yet counted.
pub(crate) enum Step<'c> {
    Emergency {
        quantity: i64,
    },
    Allowance {
        source: usize,
        quantity: i64,
    },
    Pack {
        pack: usize,
        quantity: i64,
    },
    Charged {
        charge: Charge<'c>,
        quantity: i64,
        counted: i64,
        cost: Money,
        cause: Cause,
        most: Option<u32>,
        /// The pack at whose end it comes.
        beyond: Option<u32>,
    },
    HeldBack {
        quantity: i64,
        how: AtEnd,
        by: Holder,
    },
}

/// What holds a service back: an allowance, a ceiling, a pack, or a ceiling that lines share, at its end.
#[derive(Clone, Copy)]
pub(crate) enum Holder {
    Source(usize),
    Ceiling(usize),
    Pack(usize),
    Shared { spend: usize, ceiling: usize },
}

/// What a line shares with others.
pub(crate) type Shared<'s> = (&'s [PackAccount], &'s [SpendAccount]);

/// The price that a usage beyond its allowances pays.
#[derive(Clone, Copy)]
pub(crate) struct Charge<'c> {
    /// The row's id.
    pub(crate) id: &'c str,
    pub(crate) price: &'c Price,
    /// Its tiers, with the volume they counted before.
    pub(crate) tiers: Option<(&'c Tiers, i64)>,
}

impl Charge<'_> {
    /// The counter of its tiers.
    pub(crate) fn tiers_key(&self) -> Option<MeterKey> {
        self.tiers.map(|_| MeterKey::tiers(self.id))
    }
}

/// The parts of a usage, in order.
pub(crate) type Steps<'c> = SmallVec<[Step<'c>; 2]>;

impl Holder {
    /// The counter that is at its end for a usage of that instant.
    pub(crate) fn key(self, account: &Account<'_>, (packs, spends): Shared<'_>, at: Timestamp) -> MeterKey {
        match self {
            Self::Source(index) => account.sources[index].1.key.clone(),
            Self::Ceiling(index) => account.ceilings[index].1.key_at(at, account.standing.catalog),
            Self::Pack(index) => packs[index].source.as_ref().map_or_else(|| MeterKey::from("pack"), |source| source.key.clone()),
            Self::Shared { spend, ceiling } => spends[spend].ceilings[ceiling].key_at(at, account.standing.catalog),
        }
    }
}

impl Step<'_> {
    /// The part as it is told, with the counter as it will stand.
    pub(crate) fn part(&self, account: &Account<'_>, shared: Shared<'_>, at: Timestamp) -> Part {
        let (packs, _) = shared;
        let free = |quantity: i64, why: Why| Part { quantity, counted: quantity, price: Money::ZERO, why };
        match self {
            Step::Emergency { quantity } => free(*quantity, Why::Emergency),
            Step::Allowance { source, quantity } => {
                let (meter, source) = &account.sources[*source];
                let after = account.state.meters[*meter].used.saturating_add(*quantity);
                let within = source.within.map(|whole| {
                    let (meter, whole) = &account.sources[whole];
                    Box::new((whole.key.clone(), account.state.meters[*meter].used.saturating_add(*quantity)))
                });
                free(*quantity, Why::Allowance { meter: source.key.clone(), after, within })
            }
            Step::Pack { pack, quantity } => {
                let after = packs[*pack].state.used.saturating_add(*quantity);
                free(*quantity, Why::Allowance { meter: Holder::Pack(*pack).key(account, shared, at), after, within: None })
            }
            Step::Charged { charge, quantity, counted, cost, cause, .. } => {
                let why = Why::Charged { price: charge.id.into(), cause: *cause };
                Part { quantity: *quantity, counted: *counted, price: *cost, why }
            }
            Step::HeldBack { quantity, how, by } => {
                let meter = by.key(account, shared, at);
                free(*quantity, if *how == AtEnd::Slow { Why::Slowed { meter } } else { Why::Stopped { meter } })
            }
        }
    }
}

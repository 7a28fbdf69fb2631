//! Split bill: an employer pays within a profile, the employee the rest, each with an invoice of their own (FLT-20).

use crate::{Item, Reach};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use vocabulary::Cents;

/// What an employer pays of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum SplitProfile {
    /// So many per cent of everything.
    Share {
        /// 0 to 100.
        per_cent: u8,
    },
    /// Up to so much a month, without VAT: subscriptions first, in the order of the bill.
    UpTo {
        /// How much.
        amount: Cents,
    },
    /// These kinds of charges whole, and nothing of others.
    Kinds {
        /// Which.
        kinds: Vec<SplitKind>,
    },
}

/// A kind of charge that an employer pays or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitKind {
    /// The plan, what is missing to its minimum, and its fees.
    Plan,
    /// Options.
    Options,
    /// Recharges.
    Recharges,
    /// Usage at home.
    Home,
    /// Value-added numbers.
    Special,
    /// From home to abroad.
    Abroad,
    /// Abroad.
    Roaming,
}

impl SplitKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [SplitKind; 7] =
        [Self::Plan, Self::Options, Self::Recharges, Self::Home, Self::Special, Self::Abroad, Self::Roaming];

    /// The kind that something charged is of.
    pub fn of(item: &Item) -> SplitKind {
        match item {
            Item::LineOption(_) | Item::OptionOnce(_) => Self::Options,
            Item::Recharge(_) => Self::Recharges,
            Item::Usage(group) => match group.reach {
                Reach::Home | Reach::Any => Self::Home,
                Reach::Special => Self::Special,
                Reach::Abroad => Self::Abroad,
                Reach::Roaming => Self::Roaming,
            },
            Item::Correction(_) => Self::Home,
            _ => Self::Plan,
        }
    }
}

impl SplitProfile {
    /// The same for a bill that holds the subscriptions of so many months.
    pub fn of_months(&self, months: usize) -> Cow<'_, Self> {
        match self {
            Self::UpTo { amount } => {
                let months = i64::try_from(months.max(1)).unwrap_or(i64::MAX);
                Cow::Owned(Self::UpTo { amount: Cents::new(amount.get().saturating_mul(months)) })
            }
            Self::Share { .. } | Self::Kinds { .. } => Cow::Borrowed(self),
        }
    }

    /// What the employer pays of each amount, in their order; the employee pays what is left, so that both together pay the whole.
    pub fn employer_pays(&self, charges: &[(&Item, Cents)]) -> Vec<Cents> {
        match self {
            Self::Share { per_cent } => {
                charges.iter().map(|(_, amount)| amount.part(i64::from(*per_cent).min(100), 100)).collect()
            }
            Self::Kinds { kinds } => {
                let paid = |item: &Item| kinds.contains(&SplitKind::of(item));
                charges.iter().map(|(item, amount)| if paid(item) { *amount } else { Cents::ZERO }).collect()
            }
            Self::UpTo { amount } => up_to(*amount, charges.iter().map(|(_, charge)| *charge)),
        }
    }
}

/// What is paid of each amount, so that all together come to so much at most, asked for or given back: what goes the other way than their sum is taken
/// whole and makes room, and of the others what comes first.
fn up_to(most: Cents, charges: impl Iterator<Item = Cents> + Clone) -> Vec<Cents> {
    let gives = charges.clone().sum::<Cents>().is_negative();
    let against = |charge: &Cents| charge.is_negative() != gives;
    let room: Cents = charges.clone().filter(against).sum();
    let mut left = if gives { most + room } else { most - room };
    let pay = |charge: Cents| {
        if against(&charge) {
            return charge;
        }
        let paid = if gives { charge.max(-left) } else { charge.min(left) };
        left = if gives { left + paid } else { left - paid };
        paid
    };
    charges.map(pay).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::UsageGroup;
    use proptest::prelude::*;
    use vocabulary::UsageKind;

    fn items() -> Vec<Item> {
        let usage = |kind, reach| Item::Usage(UsageGroup { kind, reach });
        vec![
            Item::Plan("p".into()),
            Item::LineOption("o".into()),
            Item::Recharge("r".into()),
            usage(UsageKind::Voice, Reach::Home),
            usage(UsageKind::Voice, Reach::Special),
            usage(UsageKind::Data, Reach::Roaming),
        ]
    }

    fn paid(profile: &SplitProfile, amounts: &[i64]) -> Vec<i64> {
        let items = items();
        let charges: Vec<_> = items.iter().zip(amounts.iter().map(|amount| Cents::new(*amount))).collect();
        profile.employer_pays(&charges).into_iter().map(Cents::get).collect()
    }

    /// FLT-20: a share, an amount, or kinds of usage.
    #[test]
    fn an_employer_pays_within_a_profile() {
        let amounts = [1000, 300, 500, 55, 120, 999];
        assert_eq!(paid(&SplitProfile::Share { per_cent: 50 }, &amounts), [500, 150, 250, 28, 60, 500]);
        assert_eq!(paid(&SplitProfile::UpTo { amount: Cents::new(1500) }, &amounts), [1000, 300, 200, 0, 0, 0]);
        let kinds = vec![SplitKind::Plan, SplitKind::Options, SplitKind::Roaming];
        assert_eq!(paid(&SplitProfile::Kinds { kinds }, &amounts), [1000, 300, 0, 0, 0, 999]);
        // What is given back makes room; what is given back of more than was paid is the employee's.
        let up_to = SplitProfile::UpTo { amount: Cents::new(500) };
        assert_eq!(paid(&up_to, &[1000, -300, 200, 0, 0, 0]), [800, -300, 0, 0, 0, 0]);
        assert_eq!(paid(&up_to, &[700, -300, 0, 0, 0, 0]), [700, -300, 0, 0, 0, 0]);
        assert_eq!(paid(&up_to, &[-3000, 500, 0, 0, 0, 0]), [-1000, 500, 0, 0, 0, 0]);
        // A first bill holds the rest of a month and the next one; one without subscriptions is one month's.
        assert_eq!(*up_to.of_months(2), SplitProfile::UpTo { amount: Cents::new(1000) });
        assert_eq!(*up_to.of_months(0), up_to);
    }

    proptest! {
        /// FLT-20: nobody pays more than a charge, and an amount is never gone beyond.
        #[test]
        fn both_pay_the_whole(amounts in prop::collection::vec(-100_000_i64..100_000, 6), per_cent in 0_u8..=100, most in 0_i64..200_000) {
            for profile in [SplitProfile::Share { per_cent }, SplitProfile::UpTo { amount: Cents::new(most) }] {
                let paid = paid(&profile, &amounts);
                prop_assert!(paid.iter().zip(&amounts).all(|(paid, whole)| (0.min(*whole)..=0.max(*whole)).contains(paid)));
                if matches!(profile, SplitProfile::UpTo { .. }) {
                    prop_assert_eq!(paid.iter().sum::<i64>(), amounts.iter().sum::<i64>().clamp(-most, most));
                }
            }
        }
    }
}

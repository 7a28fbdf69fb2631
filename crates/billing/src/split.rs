//! Split bill: an employer pays within a profile, the employee the rest, each with an invoice of their own (FLT-20).

use crate::{Item, Reach};
use serde::{Deserialize, Serialize};
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
            Self::UpTo { amount } => {
                let mut left = *amount;
                let mut pay = |charge: Cents| {
                    // What is given back makes room for what comes after it.
                    let paid = charge.min(left);
                    left = left - paid;
                    paid
                };
                charges.iter().map(|(_, charge)| pay(*charge)).collect()
            }
        }
    }
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
        // Something given back within an amount.
        assert_eq!(paid(&SplitProfile::UpTo { amount: Cents::new(500) }, &[1000, -300, 200, 0, 0, 0]), [500, -300, 200, 0, 0, 0]);
    }

    proptest! {
        /// FLT-20: nobody pays more than a charge, and an amount is never gone beyond.
        #[test]
        fn both_pay_the_whole(amounts in prop::collection::vec(0_i64..100_000, 6), per_cent in 0_u8..=100, most in 0_i64..200_000) {
            for profile in [SplitProfile::Share { per_cent }, SplitProfile::UpTo { amount: Cents::new(most) }] {
                let paid = paid(&profile, &amounts);
                prop_assert!(paid.iter().zip(&amounts).all(|(paid, whole)| (0..=*whole).contains(paid)));
                if matches!(profile, SplitProfile::UpTo { .. }) {
                    prop_assert_eq!(paid.iter().sum::<i64>(), amounts.iter().sum::<i64>().min(most));
                }
            }
        }
    }
}

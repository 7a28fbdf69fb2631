//! What holds of any usage on any line.

use crate::stage::{Line, Usage, grandlarge, usage, vallee, zenne};
use proptest::prelude::*;
use rating::{AtCap, MeterKey, Rated, SpendAccount, SpendCap, SpendOwner, SpendPeriod, SpendState, SpendTerms};
use vocabulary::{Markup, Money, UsageKind};

const OTHERS: [&str; 12] = [
    "0639980011",
    "0199000001",
    "+491701234567",
    "+12125550123",
    "+41791234567",
    "+8816123456",
    "112",
    "0892123456",
    "nobody",
    "poste 12",
    "0032 470 12 34 56",
    "",
];
const COUNTRIES: [&str; 7] = ["FR", "DE", "GB", "US", "MA", "JP", "CH"];

pub(crate) fn some_line() -> impl Strategy<Value = (u8, bool, Option<i64>)> {
    (0..9_u8, any::<bool>(), prop::option::of(0..20_000_000_i64))
}

pub(crate) fn line((which, capped, cap): (u8, bool, Option<i64>)) -> Line {
    let line = match which {
        0 => Line::new(grandlarge(), "orange", "unlimited-1").recharge(1, "unlimited-1gb", "04 00:00").pack("group-50"),
        1 => Line::new(grandlarge(), "orange", "travel-20").option("world-1", "03 00:00", Some("20 00:00")),
        2 => Line::new(grandlarge(), "bouygues", "unlimited-5").cutoff("data-world-euros", "50.00"),
        3 => Line::new(grandlarge(), "orange", "metered").cutoff("data-metered-orange", "1 GB"),
        4 => Line::new(grandlarge(), "orange", "metered-data"),
        5 => Line::new(zenne(), "scaldis", "start").option("data-asia-business", "01 00:00", None).pack("team-50"),
        6 => Line::new(vallee(), "rhenane", "mobile-capped"),
        7 => Line::new(vallee(), "vallee", "fixed-metered"),
        _ => Line::new(grandlarge(), "orange", "data-10"),
    };
    let line = if capped { line.capped() } else { line };
    match cap {
        Some(micros) => line.spend_cap(SpendPeriod::Day, &Money::from_micros(micros).to_string(), AtCap::Stop),
        None => line,
    }
}

pub(crate) fn some_usage() -> impl Strategy<Value = Usage> {
    let quantity = prop_oneof![8 => 0..10_000_i64, 8 => 0..5_000_000_000_i64, 1 => 0..=i64::MAX];
    let when = (1..30_u8, 0..24_u8, 0..60_u8).prop_map(|(day, hour, minute)| format!("{day:02} {hour:02}:{minute:02}"));
    (0..4_usize, 0..3_u8, prop::sample::select(&OTHERS[..]), prop::sample::select(&COUNTRIES[..]), quantity, when).prop_map(
        |(kind, direction, other, country, quantity, when)| {
            let kind = UsageKind::from_index(kind).unwrap();
            let (other, quantity) = match kind {
                UsageKind::Data => ("", quantity),
                UsageKind::Voice => (other, quantity),
                UsageKind::Sms | UsageKind::Mms => (other, quantity % 3),
            };
            let usage = usage(kind, other, quantity).within(country).at(&when);
            match direction {
                0 => usage,
                1 => usage.received(),
                _ => usage.forwarded(),
            }
        },
    )
}

fn quantity(rated: &Rated) -> i64 {
    rated.parts.iter().map(|part| part.quantity).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    /// RAT-04: the parts add up to the record, none is negative, and their prices to its price.
    #[test]
    fn parts_add_up(which in some_line(), usages in prop::collection::vec(some_usage(), 1..12)) {
        let mut line = line(which);
        for usage in usages {
            let Ok(rated) = line.try_rate(&usage) else { continue };
            prop_assert_eq!(quantity(&rated), usage.quantity());
            prop_assert!(rated.parts.iter().all(|part| part.quantity >= 0));
            prop_assert_eq!(rated.price, rated.parts.iter().map(|part| part.price).sum::<Money>());
            for part in &rated.parts {
                prop_assert_eq!(&part.to_string().parse::<rating::Part>().unwrap(), part);
            }
        }
    }

    /// RAT-08: a usage that is refused moves nothing.
    #[test]
    fn a_refusal_moves_nothing(which in some_line(), usages in prop::collection::vec(some_usage(), 1..12)) {
        let mut line = line(which);
        for usage in usages {
            let before = line.state().clone();
            if line.try_rate(&usage).is_err() {
                prop_assert_eq!(line.state(), &before);
            }
        }
    }

    /// RAT-15: no day costs more than its cap.
    #[test]
    fn a_cap_is_never_passed(which in some_line(), usages in prop::collection::vec(some_usage(), 1..20)) {
        let mut line = line(which);
        for usage in usages {
            let _ = line.try_rate(&usage);
        }
        if let Some(cap) = which.2 {
            for meter in line.state().meters.iter().filter(|meter| meter.key.as_str().starts_with("spend/day/")) {
                prop_assert!(meter.used <= cap, "{}: {} of {}", meter.key.as_str(), meter.used, cap);
            }
        }
    }

    /// RAT-15: what a customer's lines are charged is what its counters say, and no more than its cap lets through.
    #[test]
    fn a_customer_s_cap_is_never_passed(
        lines in prop::collection::vec(some_line(), 2..4),
        limit in 0..20_000_000_i64,
        usages in prop::collection::vec((0..4_usize, some_usage()), 1..24),
    ) {
        // Tiers that are reached give money back, which a ceiling then lets be spent again.
        prop_assume!(lines.iter().all(|(which, ..)| *which != 4));
        let cap = SpendCap { period: SpendPeriod::Month, amount: Money::from_micros(limit), at_cap: AtCap::Stop };
        let terms = SpendTerms { owner: SpendOwner::Customer, caps: vec![cap], raises: Vec::new(), steps: Vec::new(), markup: Markup::NONE };
        let mut shared = vec![SpendAccount::open(grandlarge(), &terms, SpendState::default())];
        let mut lines: Vec<Line> = lines.into_iter().map(line).collect();
        let mut charged = 0_i64;
        for (which, usage) in usages {
            let which = which % lines.len();
            lines[which].spends = shared;
            charged += lines[which].try_rate(&usage).map_or(0, |rated| rated.price.micros());
            shared = std::mem::take(&mut lines[which].spends);
        }
        prop_assert_eq!(shared[0].state.used(&MeterKey::spend_month(Some(SpendOwner::Customer))), charged);
        prop_assert!(charged <= limit, "{} of {}", charged, limit);
    }
}

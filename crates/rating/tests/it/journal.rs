//! What holds of any month and its journal: the counters are its fold, the lines do not know of each other, and rated again it is the
//! same.

use crate::{
    fold::fold,
    month::{Counters, Rating},
    properties::{line, some_line, some_usage},
    stage::{Usage, grandlarge_twice, september, vallee, zenne},
};
use catalog::{Catalog, Guard};
use proptest::prelude::*;
use rating::{AtCap, CapRaise, HeldPack, LineTerms, SharedTerms, SpendAccount, SpendCap, SpendOwner, SpendPeriod, SpendTerms};
use vocabulary::{LineId, Markup, Money, PackId, SpendId};

/// Money with a price: nothing, little, or more than a month costs.
fn some_money() -> impl Strategy<Value = Money> {
    prop_oneof![1 => Just(0_i64), 6 => 0..5_000_000_i64, 3 => 0..200_000_000_i64].prop_map(Money::from_micros)
}

fn some_end() -> impl Strategy<Value = AtCap> {
    prop::sample::select(&[AtCap::Tell, AtCap::Slow, AtCap::Stop][..])
}

fn some_period() -> impl Strategy<Value = SpendPeriod> {
    prop::sample::select(&[SpendPeriod::Day, SpendPeriod::Month][..])
}

prop_compose! {
    fn some_cap()(period in some_period(), amount in some_money(), at_cap in some_end()) -> SpendCap {
        SpendCap { period, amount, at_cap }
    }
}

fn raised(catalog: &'static Catalog, cap: &SpendCap) -> CapRaise {
    let at = |day| september(catalog, day);
    let amount = cap.amount.checked_add(cap.amount).unwrap();
    CapRaise { period: cap.period, amount, since: at("10 00:00"), until: at("20 00:00") }
}

prop_compose! {
    /// What a line has besides its offer, options and recharges: a cap, amounts to be told at, a guard.
    fn some_wishes()(
        cap in prop::option::of(some_cap()),
        is_raised in any::<bool>(),
        notice in prop::option::of(some_money()),
        guard in prop::option::of(some_money()),
    ) -> (Option<SpendCap>, bool, Option<Money>, Option<Money>) {
        (cap, is_raised, notice, guard)
    }
}

/// Lines of one operator, as the generator of single lines numbers them.
const LINES: [&[u8]; 3] = [&[0, 1, 2, 3, 4, 8], &[5], &[6, 7]];

prop_compose! {
    /// Lines of one customer; with `sharing`, they may share a pack and ceilings in money.
    fn some_month(lines: std::ops::Range<usize>, sharing: bool)(
        operator in 0..3_usize,
        lines in prop::collection::vec((any::<prop::sample::Index>(), some_line(), some_wishes()), lines),
        shared in prop::collection::vec((any::<bool>(), some_cap(), any::<bool>()), 0..3),
        with_pack in prop::option::of(some_money()),
    ) -> (usize, Vec<LineTerms>, SharedTerms) {
        let catalog = operators()[operator];
        let kinds = LINES[operator];
        let mut terms: Vec<LineTerms> = lines.into_iter().map(|(which, (_, capped, cap), wishes)| {
            let mut terms = line((kinds[which.index(kinds.len())], capped, cap)).terms;
            wish(catalog, &mut terms, wishes);
            terms
        }).collect();
        let mut held = SharedTerms::default();
        if sharing {
            share(catalog, operator, (&shared, with_pack), &mut terms, &mut held);
        }
        (operator, terms, held)
    }
}

fn operators() -> [&'static Catalog; 3] {
    [grandlarge_twice(), zenne(), vallee()]
}

fn wish(
    catalog: &'static Catalog,
    terms: &mut LineTerms,
    (cap, is_raised, notice, guard): (Option<SpendCap>, bool, Option<Money>, Option<Money>),
) {
    let cap = cap.filter(|cap| terms.spend_caps.iter().all(|own| own.period != cap.period));
    terms.cap_raises.extend(cap.iter().filter(|_| is_raised).map(|cap| raised(catalog, cap)));
    terms.spend_caps.extend(cap);
    terms.notices.extend(notice.into_iter().flat_map(|amount| [amount, amount.checked_add(amount).unwrap()]));
    terms.guard = Guard { per_minute: guard, fee: None };
}

fn share(
    catalog: &'static Catalog,
    operator: usize,
    (shared, with_pack): (&[(bool, SpendCap, bool)], Option<Money>),
    terms: &mut [LineTerms],
    held: &mut SharedTerms,
) {
    for (id, (of_customer, cap, is_raised)) in (1..).zip(shared) {
        let owner = if *of_customer { SpendOwner::Customer } else { SpendOwner::BillingAccount };
        if held.spends.iter().any(|(_, known)| known.owner == owner) {
            continue;
        }
        let raises = is_raised.then(|| raised(catalog, cap)).into_iter().collect();
        held.spends.push((
            SpendId(id),
            SpendTerms { owner, caps: vec![cap.clone()], raises, steps: vec![30, 100], markup: Markup::NONE },
        ));
        terms.iter_mut().for_each(|line| line.spends.push(SpendId(id)));
    }
    let pack = ["group-50", "team-50", ""][operator];
    if let Some(notice) = with_pack.filter(|_| !pack.is_empty()) {
        let bought = terms[0].bought;
        held.packs.push(HeldPack { id: PackId(1), pack: pack.into(), bought, notices: vec![notice], markup: Markup::NONE });
        terms.iter_mut().for_each(|line| line.packs.push(PackId(1)));
    }
}

/// Usages, of which some are large enough for a pack.
fn some_usages(most: usize) -> impl Strategy<Value = Vec<(usize, Usage)>> {
    let usage = (some_usage(), prop_oneof![3 => Just(1_i64), 1 => Just(15_i64)], any::<bool>());
    let usage = usage.prop_map(|(usage, times, at_home)| if at_home { usage.within("FR") } else { usage }.times(times));
    prop::collection::vec((0..6_usize, usage), 1..most)
}

fn rated((operator, terms, shared): &(usize, Vec<LineTerms>, SharedTerms), usages: &[(usize, Usage)]) -> Rating {
    let mut month = Rating::new(operators()[*operator], terms.clone(), shared.clone());
    for (position, usage) in usages {
        month.rate(*position, usage);
    }
    month
}

/// Counters without what no part tells: the limit that held back, and when the latest messages were sent.
fn told_by_parts(counters: &Counters) -> Counters {
    let mut counters = counters.clone();
    for state in counters.lines.values_mut() {
        state.recently_sent.clear();
        state.held_back.iter_mut().for_each(|held| held.limit = 0);
        let mut seen = Vec::new();
        state.held_back.retain(|held| {
            !seen.contains(held) && {
                seen.push(held.clone());
                true
            }
        });
    }
    for state in counters.spends.values_mut() {
        state.meters.retain(|meter| meter.used != 0 || meter.told != 0);
        state.meters.sort_by(|a, b| a.key.cmp(&b.key));
    }
    counters
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    /// RAT-10: the counters of lines, packs and shared ceilings are the fold of the journal: the parts that were kept, folded from
    /// nothing, give what rating left.
    #[test]
    fn counters_are_the_fold_of_the_journal(month in some_month(1..4, true), usages in some_usages(24)) {
        let month = rated(&month, &usages);
        prop_assert_eq!(told_by_parts(&month.counters), told_by_parts(&fold(&month)));
    }

    /// RAT-15: what an owner's lines were charged before anybody counted gives the counters that counting would have left.
    #[test]
    fn an_owner_is_counted_from_its_journal(month in some_month(1..4, true), usages in some_usages(24)) {
        let month = rated(&month, &usages);
        for (id, state) in &month.counters.spends {
            let is_of = |line: LineId| month.terms.iter().any(|terms| terms.id == line && terms.spends.contains(id));
            let own = month.journal.iter().filter(|entry| is_of(entry.line));
            let charges = own.map(|entry| (entry.kept.started, entry.price()));
            let owner = month.shared.spends.iter().find(|(known, _)| known == id).unwrap().1.owner;
            let counted = SpendAccount::counted(month.catalog, owner, charges);
            for meter in state.meters.iter().chain(&counted.meters) {
                prop_assert_eq!(counted.used(&meter.key), state.used(&meter.key), "{}", meter.key.as_str());
            }
        }
    }

    /// RAT-10: what is kept of a record places it where it was: in the same zone, to the same destination, with the same correspondent.
    #[test]
    fn a_kept_record_is_placed_again_where_it_was(month in some_month(1..2, false), usages in some_usages(24)) {
        let month = rated(&month, &usages);
        for entry in &month.journal {
            let version = month.catalog.version_at(entry.kept.started);
            prop_assert_eq!(entry.kept.place(month.catalog, version), Ok(entry.placed.clone()));
        }
    }

    /// RAT-10: rated again, a month in which nothing was corrected is the same: parts, events and counters, with whatever caps, recharges
    /// and shared packs, and in whatever order the records came.
    #[test]
    fn a_month_rated_again_changes_nothing(month in some_month(1..4, true), usages in some_usages(24)) {
        let month = rated(&month, &usages);
        let (again, counters) = month.again();
        let before: Vec<(String, Vec<String>)> =
            month.journal.iter().map(|entry| (entry.parts.clone(), entry.events.clone())).collect();
        prop_assert_eq!(before, again);
        prop_assert_eq!(&month.counters, &counters);
    }

    /// RAT-10: the records of two lines that share nothing may come in any order between them: each line's parts, events and counters
    /// are the same, when they are rated and when they are rated again.
    #[test]
    fn the_order_of_two_lines_does_not_matter(
        lines in some_month(2..3, false),
        usages in some_usages(24),
        weights in prop::collection::vec(any::<u32>(), 24),
    ) {
        let first = rated(&lines, &usages);
        // Each line keeps its own order; between the two, any.
        let of = |line: usize| usages.iter().filter(move |(position, _)| position % 2 == line).cloned();
        let mut left = [of(0).collect::<Vec<_>>(), of(1).collect()].map(|own| own.into_iter().peekable());
        let mut mixed = Vec::new();
        for weight in weights.iter().cycle().take(usages.len() * 64) {
            mixed.extend(left[(weight % 2) as usize].next());
        }
        left.into_iter().for_each(|rest| mixed.extend(rest));
        prop_assert_eq!(mixed.len(), usages.len());
        let second = rated(&lines, &mixed);
        for line in [LineId(1), LineId(2)] {
            prop_assert_eq!(first.of_line(line), second.of_line(line));
        }
        prop_assert_eq!(&first.counters, &second.counters);
        prop_assert_eq!(&first.again().1, &second.again().1);
    }
}

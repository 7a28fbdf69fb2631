//! The bill of a reseller's company: what its customers' lines cost, put together (RES-11).

use crate::{
    properties::any_lines,
    stage::{MAIN, Story, at, at_home, cents, grandlarge, line, option, usage, vallee, vallee_with_rates},
};
use billing::{AccountTerms, Before, Billed, Count, Draft, Item, LineTerms, PackTerms, Reach, Sign, shared};
use proptest::prelude::*;
use vocabulary::{CustomerId, Money, UsageKind};

const PLAN: (&str, &str) = ("orange", "unlimited-100");

/// A reseller's company whose lines are these.
fn company(lines: Vec<LineTerms>) -> Story<'static> {
    let mut story = Story::of(grandlarge(), lines);
    story.customer.wholesale = Some(MAIN);
    story
}

fn summed(story: &Story<'_>, of: &str) -> Option<Draft> {
    let run = story.run(of);
    let dues = run.due(&story.customer).unwrap();
    let charges = shared(&story.customer, &dues);
    let terms = AccountTerms {
        parties: at_home(),
        language: "fr",
        lines: &story.customer.lines,
        grants: &story.customer.grants,
        exemptions: ("", ""),
    };
    run.summed(&terms, charges.get(&MAIN).map_or(&[], Vec::as_slice)).unwrap()
}

/// `item, how many, from the day to the day, amount`.
fn told(draft: &Draft) -> Vec<String> {
    let count = |count: &Count| match count {
        Count::Pieces { pieces, each } => format!("{pieces} at {each}"),
        Count::Lines { lines, each: Some(each) } => format!("{lines} lines of {each} by days"),
        Count::Lines { lines, each: None } => format!("{lines} lines"),
        Count::Usage(used) => format!("{} records", used.records),
        other => format!("{other:?}"),
    };
    let name = |item: &Item| match item {
        Item::Plan(id) | Item::LineOption(id) | Item::Pack(id) => id.to_string(),
        Item::Usage(group) => format!("{:?}", group.reach).to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    };
    let one = |line: &billing::InvoiceLine| {
        format!("{} {}–{} {} {}", name(&line.item), line.from, line.to, count(&line.count), line.net)
    };
    draft.lines.iter().map(one).collect()
}

/// RES-11: whole months at one price are pieces, months by days say of how many lines they are, and usage is added up by group; no line is named.
#[test]
fn what_lines_cost_is_put_together() {
    let mut lines: Vec<LineTerms> = (1..=3).map(|id| line(id, PLAN, "2026-09-01T00:00")).collect();
    lines.push(line(4, PLAN, "2026-11-16T10:00"));
    lines.push(line(5, PLAN, "2026-11-21T10:00"));
    for line in &mut lines[..2] {
        line.usage = vec![usage(UsageKind::Voice, Reach::Abroad, "1.25")];
    }
    let mut story = company(lines);
    story.before = Before::Elsewhere;
    let price = story.run("2026-12").due(&story.customer).unwrap().iter().map(|due| due.amount).max().unwrap();
    let draft = summed(&story, "2026-12").unwrap();
    assert!(draft.subjects.is_empty());
    let days = price.part(15, 30) + price.part(10, 30);
    assert_eq!(
        told(&draft),
        [
            format!("unlimited-100 2026-11-16–2026-11-30 2 lines of {} by days {days}", price.money()),
            format!("unlimited-100 2026-12-01–2026-12-31 5 at {} {}", price.money(), cents(5 * price.get())),
            "abroad 2026-11-01–2026-11-30 2 records 2.50".to_owned(),
        ]
    );
    assert_eq!(draft.totals.net, days + cents(5 * price.get() + 250));
}

/// RES-11: the month after asks for what is missing and gives back what was billed in vain, each apart, and nothing twice.
#[test]
fn what_was_billed_in_vain_is_given_back() {
    let mut story = company((1..=4).map(|id| line(id, PLAN, "2026-09-01T00:00")).collect());
    story.bill("2026-11");
    story.bill("2026-12");
    assert!(summed(&story, "2026-12").is_none(), "a second run finds nothing");
    // Two had ended before December, and nobody had said so; a third leaves in December, and its month was begun.
    for line in &mut story.customer.lines[..2] {
        line.ended = Some(at("2026-11-20T00:00"));
    }
    story.customer.lines[2].ended = Some(at("2026-12-10T00:00"));
    let draft = summed(&story, "2027-01").unwrap();
    let price = draft.lines[0].net;
    let back = cents(-2 * price.get());
    assert_eq!((draft.sign, draft.lines.len()), (Sign::Gives, 2), "one line stays");
    let draft = told(&draft);
    assert!(draft[0].contains("2027-01-01–2027-01-31 1 at"), "{draft:?}");
    assert_eq!(draft[1], format!("unlimited-100 2026-12-01–2026-12-31 2 lines {back}"));
}

/// RES-11: whoever has a line when the month is billed pays for the months that are compared, and whoever paid before gets that back: once, and all of it.
#[test]
fn a_line_that_moves_is_paid_once() {
    let mut from = company(vec![line(1, PLAN, "2026-09-01T00:00"), line(2, PLAN, "2026-09-01T00:00")]);
    let mut to = company(vec![line(3, PLAN, "2026-09-01T00:00")]);
    for story in [&mut from, &mut to] {
        story.bill("2026-11");
        story.bill("2026-12");
    }
    let moved = from.customer.lines.remove(1);
    to.customer.lines.push(moved);
    let (left, taken) = (from.bill("2027-01"), to.bill("2027-01"));
    assert_eq!(left.iter().filter(|due| due.starts_with("2 ")).count(), 1, "{left:?}");
    assert!(left.iter().any(|due| due.starts_with("2 2026-12 unlimited-100 -")), "{left:?}");
    assert!(taken.iter().any(|due| due.starts_with("2 2026-12 unlimited-100 ")), "{taken:?}");
    assert!(taken.iter().any(|due| due.starts_with("2 2027-01 unlimited-100 ")), "{taken:?}");
    // A number that is taken elsewhere as the program does it ends there and begins here: each pays its own days.
    let mut ends = company(vec![line(1, PLAN, "2026-09-01T00:00")]);
    ends.bill("2026-11");
    ends.bill("2026-12");
    ends.customer.lines[0].ended = Some(at("2026-12-16T00:00"));
    assert_eq!(ends.bill("2027-01"), Vec::<String>::new(), "its month was begun");
    let mut begins = company(vec![line(9, PLAN, "2026-12-16T00:00")]);
    let asked = begins.bill("2027-01");
    assert!(asked.len() == 2 && asked[0].starts_with("9 2026-12 unlimited-100 "), "{asked:?}");
}

/// RES-11: a bundle is of one household, whoever pays for many; what it takes off says of whose lines it is, and is one discount on the bill.
#[test]
fn a_bundle_is_of_one_household() {
    let since = "2026-03-01T00:00";
    let household = |customer: i64, lines: [(i64, &str); 2]| {
        lines.map(|(id, offer)| LineTerms { customer: CustomerId(customer), ..line(id, ("vallee", offer), since) })
    };
    let mut lines: Vec<LineTerms> = Vec::new();
    lines.extend(household(1, [(1, "internet-300"), (2, "fixed-unlimited")]));
    lines.extend(household(2, [(3, "internet-300"), (4, "fixed-unlimited")]));
    // Internet of one and the telephone of another are no bundle.
    lines.extend(household(3, [(5, "internet-300"), (6, "internet-300")]));
    lines.push(LineTerms { customer: CustomerId(4), ..line(7, ("vallee", "fixed-unlimited"), since) });
    let mut story = Story::of(vallee(), lines);
    story.customer.wholesale = Some(MAIN);
    story.bill("2026-11");
    let draft = summed(&story, "2026-12").unwrap();
    let discounts: Vec<i64> = draft.discounts.iter().map(|discount| discount.amount.get()).collect();
    assert_eq!(discounts, [980], "4.90 each");
    let bundles: Vec<String> = story.bill("2026-12").into_iter().filter(|due| due.contains("duo")).collect();
    assert_eq!(bundles, ["1 2026-12 duo -4.90", "3 2026-12 duo -4.90"]);
    assert!(story.bill("2026-12").is_empty());
}

/// RES-11: several packs that are alike are compared together with what was billed of them.
#[test]
fn packs_that_are_alike_are_compared_together() {
    let pack = || PackTerms { pack: "group-50".into(), bought: at("2026-09-01T00:00"), account: MAIN };
    let mut story = company(vec![line(1, PLAN, "2026-09-01T00:00")]);
    story.customer.packs = vec![pack(), pack(), pack()];
    let packs = |bill: Vec<String>| bill.into_iter().filter(|due| due.contains("group-50")).count();
    assert!(packs(story.bill("2026-11")) >= 3);
    assert_eq!(packs(story.bill("2026-12")), 3, "one month each");
    story.customer.packs.pop();
    let bill = story.bill("2027-01");
    assert_eq!(packs(bill.clone()), 3, "two months, and one of December given back: {bill:?}");
    assert!(story.bill("2027-01").is_empty());
}

/// RES-11: where a rate of VAT changes within a month, each part stands apart, and the parts add up.
#[test]
fn a_rate_that_changes_within_a_month_parts_the_sum() {
    let catalog = vallee_with_rates("FR,FR,standard,2026-12-16,21\n");
    let lines = (1..=3).map(|id| line(id, ("vallee", "internet-300"), "2026-09-01T00:00")).collect();
    let mut story = Story::of(&catalog, lines);
    story.customer.wholesale = Some(MAIN);
    story.before = Before::Elsewhere;
    let draft = summed(&story, "2026-12").unwrap();
    assert_eq!(draft.lines.len(), 2, "{:?}", told(&draft));
    assert_eq!(draft.totals.lines, cents(3 * 2490));
    assert_eq!(draft.vat.len(), 2);
}

proptest! {
    /// RES-11: the sum is that of the lines, to the cent, whatever they have, and in both of two months.
    #[test]
    fn the_sum_is_that_of_the_lines(lines in any_lines(), held in 0_usize..6) {
        let mut lines = lines;
        for line in &mut lines {
            line.splits.clear();
            line.fees = vec![(at("2026-11-10T00:00"), Item::Esim, Money::from_micros(1_505_000)); held % 3];
        }
        if let Some(line) = lines.get_mut(held) {
            line.options.push(option("maghreb-turkey-5", "2026-11-10T00:00", None));
        }
        let mut story = company(lines);
        for of in ["2026-11", "2026-12", "2027-01"] {
            let dues = story.run(of).due(&story.customer).unwrap_or_default();
            let net: i64 = dues.iter().map(|due| due.amount.get()).sum();
            match summed(&story, of) {
                None => prop_assert_eq!(net, 0),
                Some(draft) => {
                    let signed = if draft.sign == Sign::Gives { -draft.totals.net.get() } else { draft.totals.net.get() };
                    prop_assert_eq!(signed, net);
                    let base: i64 = draft.vat.iter().map(|part| part.base.get()).sum();
                    prop_assert_eq!(base, draft.totals.net.get());
                    for line in &draft.lines {
                        if let (Sign::Asks, Count::Pieces { pieces, each }) = (draft.sign, &line.count) {
                            prop_assert_eq!(each.micros() * pieces, line.net.money().micros());
                        }
                    }
                }
            }
            let billed = dues.iter().map(|due| Billed {
                line: due.line, account: due.account, month: due.month, item: due.item.clone(), amount: due.amount,
            });
            let billed: Vec<Billed> = billed.collect();
            story.customer.billed.extend(billed);
        }
    }
}

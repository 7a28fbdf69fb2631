//! Who pays what is due: one account, or two within a split bill.

use crate::{CustomerTerms, Due, Item, SplitSpell};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{BillingAccountId, Cents, LineId, Month};

/// Something due, or a part of it, as an account pays it.
#[derive(Clone, Debug)]
pub struct Charge<'c> {
    /// What is due; its amount is the whole.
    pub due: Due<'c>,
    /// What this account pays of it.
    pub amount: Cents,
}

impl Charge<'_> {
    /// Does somebody else pay a part?
    pub(crate) fn is_share(&self) -> bool {
        self.amount != self.due.amount
    }
}

/// Shares what is due among the accounts, by account and in the order of the bill: the account's own first, then line by line.
pub fn shared<'c>(customer: &CustomerTerms, dues: &[Due<'c>]) -> BTreeMap<BillingAccountId, Vec<Charge<'c>>> {
    let mut sorted: Vec<&Due<'c>> = dues.iter().collect();
    sorted.sort_by(|a, b| order(a).cmp(&order(b)));
    let shared = customer.lines.iter().filter(|line| !line.splits.is_empty());
    let splits: BTreeMap<LineId, &[SplitSpell]> = shared.map(|line| (line.id, &line.splits[..])).collect();
    let mut by_account: BTreeMap<BillingAccountId, Vec<Charge<'c>>> = BTreeMap::new();
    for of_line in sorted.chunk_by(|a, b| a.line == b.line) {
        let splits = of_line[0].line.and_then(|line| splits.get(&line).copied()).unwrap_or_default();
        for (due, (employer, employee)) in of_line.iter().zip(parts(splits, of_line)) {
            let mut add = |account: BillingAccountId, amount: Cents| {
                if !amount.is_zero() {
                    by_account.entry(account).or_default().push(Charge { due: (*due).clone(), amount });
                }
            };
            add(due.account, employer);
            if let Some(employee) = employee {
                add(employee, due.amount - employer);
            }
        }
    }
    by_account
}

/// What the employer pays of each thing due of a line, and who pays the rest. What is due for a month goes by the split of that month; an amount that the
/// employer pays a month at most is there for each month whose subscriptions are asked for, and once where none are.
fn parts(splits: &[SplitSpell], of_line: &[&Due<'_>]) -> Vec<(Cents, Option<BillingAccountId>)> {
    let mut parts: Vec<_> = of_line.iter().map(|due| (due.amount, None)).collect();
    let in_force = |due: &Due<'_>| splits.iter().rposition(|spell| spell.since <= due.month);
    for (at, spell) in splits.iter().enumerate() {
        let Some((profile, employee)) = &spell.share else { continue };
        let places: Vec<usize> = (0..of_line.len()).filter(|place| in_force(of_line[*place]) == Some(at)).collect();
        let charges: Vec<(&Item, Cents)> = places.iter().map(|place| (&of_line[*place].item, of_line[*place].amount)).collect();
        let months: BTreeSet<Month> = places
            .iter()
            .map(|place| of_line[*place])
            .filter(|due| due.item.is_recurring() && due.amount.is_positive())
            .map(|due| due.month)
            .collect();
        for (place, paid) in places.into_iter().zip(profile.of_months(months.len()).employer_pays(&charges)) {
            parts[place] = (paid, Some(*employee));
        }
    }
    parts
}

/// How bills are read: what is of the account first, then by line, month by month, subscriptions before usage.
fn order<'a>(due: &'a Due<'_>) -> (Option<LineId>, bool, &'a Item, vocabulary::Month) {
    (due.line, due.amount.is_negative(), &due.item, due.month)
}

//! Who pays what is due: one account, or two within a split bill.

use crate::{CustomerTerms, Due, Item, SplitProfile};
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, LineId};

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
    let splits = customer.lines.iter().filter_map(|line| Some((line.id, line.split.as_ref()?)));
    let splits: BTreeMap<LineId, &(SplitProfile, BillingAccountId)> = splits.collect();
    let mut by_account: BTreeMap<BillingAccountId, Vec<Charge<'c>>> = BTreeMap::new();
    for of_line in sorted.chunk_by(|a, b| a.line == b.line) {
        let split = of_line[0].line.and_then(|line| splits.get(&line).copied());
        let charges: Vec<(&Item, Cents)> = of_line.iter().map(|due| (&due.item, due.amount)).collect();
        let paid = split.map(|(profile, _)| profile.employer_pays(&charges));
        for (at, due) in of_line.iter().enumerate() {
            let employer = paid.as_ref().map_or(due.amount, |paid| paid[at]);
            let mut add = |account: BillingAccountId, amount: Cents| {
                if !amount.is_zero() {
                    by_account.entry(account).or_default().push(Charge { due: (*due).clone(), amount });
                }
            };
            add(due.account, employer);
            if let Some((_, employee)) = split {
                add(*employee, due.amount - employer);
            }
        }
    }
    by_account
}

/// How bills are read: what is of the account first, then by line, month by month, subscriptions before usage.
fn order<'a>(due: &'a Due<'_>) -> (Option<LineId>, bool, &'a Item, vocabulary::Month) {
    (due.line, due.amount.is_negative(), &due.item, due.month)
}

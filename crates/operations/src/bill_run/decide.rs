//! What the bills of some customers are: decided by `billing` from what was loaded, and nothing written.

use super::letterhead;
use billing::{AccountTerms, Before, Billed, Charge, CustomerTerms, Draft, Due, Grant, Item, LineTerms, Run, Unbillable, shared};
use catalog::Catalog;
use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};
use store::{AccountToBill, CustomerToBill};
use vocabulary::{BillingAccountId, Cents, CustomerId, LineId, Month};

/// A month whose bill was put aside: it stands on the next one that can be made.
pub(super) struct Missed {
    pub(super) month: Month,
    pub(super) before: Before,
    pub(super) terms: CustomerTerms,
}

/// The bills of a customer, by the places of its accounts, and what is billed with them.
pub(super) struct CustomerBills {
    pub(super) drafts: Vec<(usize, Draft)>,
    pub(super) billed: Vec<Billed>,
}

/// Decides the bills of some customers, on as many threads as the machine has.
pub(super) fn decide(
    run: &Run<'_>,
    customers: &[CustomerToBill],
    missed: &BTreeMap<CustomerId, Vec<Missed>>,
) -> Vec<Result<CustomerBills, Unbillable>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = customers.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let missed = |customer: &CustomerToBill| missed.get(&customer.id).map_or(&[][..], Vec::as_slice);
        let of_some = move |some: &'_ [CustomerToBill]| {
            some.iter().map(|customer| bills(run, customer, missed(customer))).collect::<Vec<_>>()
        };
        let parts: Vec<_> = customers.chunks(share).map(|some| scope.spawn(move || of_some(some))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn bills(run: &Run<'_>, customer: &CustomerToBill, missed: &[Missed]) -> Result<CustomerBills, Unbillable> {
    let mut dues = Vec::new();
    for Missed { month, before, terms } in missed {
        dues.extend(due_after(&Run { month: *month, before: *before, ..*run }, terms, &dues)?);
    }
    dues.extend(due_after(run, &customer.terms, &dues)?);
    let mut drafts = Vec::new();
    for (account, charges) in shared(&customer.terms, &dues) {
        let Some(place) = customer.accounts.iter().position(|known| known.id == account) else { continue };
        drafts.extend(draft(run, (customer, &customer.accounts[place]), &charges)?.map(|draft| (place, draft)));
    }
    Ok(CustomerBills { drafts, billed: billed(&dues) })
}

/// What is due of a month once something else stands on the same bill.
fn due_after<'c>(run: &Run<'c>, terms: &CustomerTerms, earlier: &[Due<'c>]) -> Result<Vec<Due<'c>>, Unbillable> {
    if earlier.is_empty() {
        return run.due(terms);
    }
    let mut terms = terms.clone();
    terms.billed.extend(billed(earlier));
    run.due(&terms)
}

/// What is billed with these, by account, line, month and item.
fn billed(dues: &[Due<'_>]) -> Vec<Billed> {
    let mut billed: BTreeMap<(BillingAccountId, Option<LineId>, Month, Item), Cents> = BTreeMap::new();
    for due in dues {
        let sum = billed.entry((due.account, due.line, due.month, due.item.clone())).or_default();
        *sum = *sum + due.amount;
    }
    let row = |((account, line, month, item), amount)| Billed { line, account, month, item, amount };
    billed.into_iter().map(row).collect()
}

fn draft(
    run: &Run<'_>,
    (customer, account): (&CustomerToBill, &AccountToBill),
    charges: &[Charge<'_>],
) -> Result<Option<Draft>, Unbillable> {
    let operator = &run.catalog.operator;
    let language = letterhead::language(operator, customer, account);
    let exemptions = operator.invoicing.as_ref().map_or(("", ""), |invoicing| {
        (invoicing.reverse_charge.in_language(language), invoicing.out_of_scope.in_language(language))
    });
    let is_summed = customer.terms.wholesale == Some(account.id);
    let grants: Vec<Grant> = customer.terms.grants.iter().filter(|grant| grant.account == account.id).cloned().collect();
    // A bill that sums lines up names none of them.
    let shown: Vec<LineTerms> = if is_summed { Vec::new() } else { shown_lines(run.catalog, &customer.terms.lines, charges) };
    let terms = AccountTerms {
        parties: letterhead::parties(operator, customer, account),
        language,
        lines: &shown,
        grants: &grants,
        exemptions,
    };
    if is_summed { run.summed(&terms, charges) } else { run.draft(&terms, charges) }
}

/// The lines that a bill is about, with their numbers as people write them.
fn shown_lines(catalog: &Catalog, lines: &[LineTerms], charges: &[Charge<'_>]) -> Vec<LineTerms> {
    let charged: BTreeSet<LineId> = charges.iter().filter_map(|charge| charge.due.line).collect();
    let is_on_it = |line: &&LineTerms| charged.contains(&line.id);
    let shown = |line: &LineTerms| {
        let number = line.number.parse().map(|number| crate::grouped::grouped(number, &catalog.world.plan));
        LineTerms { number: number.unwrap_or_else(|_| line.number.clone()), ..line.clone() }
    };
    lines.iter().filter(is_on_it).map(shown).collect()
}

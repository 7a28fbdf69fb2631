//! The bill of who pays for the lines of many: what each line is charged is put together by what it is for, so that a hundred thousand lines are a page
//! (RES-11). The sum is that of the lines, to the cent; which line costs what stands in what was billed.

use crate::{AccountTerms, Charge, Count, Discount, Draft, InvoiceLine, Item, Run, Unbillable, UsageCount, VatTerms};
use std::collections::BTreeMap;
use vocabulary::{Cents, LineId, Money, Month};

/// What charges have in common that are put together, in the order of the bill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Does it give back? What is asked for and what is given back of the same stand apart.
    gives: bool,
    item: Item,
    month: Month,
    way: Way,
    vat: VatTerms,
}

/// How its amounts came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Each costs the same.
    Each(Cents),
    /// Each by its own days of a month that costs the same.
    ByDays(Money),
    /// Each costs what it costs: what is missing to a minimum, or differs from what was billed.
    Apart,
    /// Record by record.
    Usage,
}

impl Way {
    fn of(line: &InvoiceLine) -> Self {
        let recurs = matches!(line.item, Item::Plan(_) | Item::LineOption(_) | Item::Pack(_) | Item::Bundle { .. });
        match line.count {
            Count::Usage(_) => Self::Usage,
            Count::Days { each, .. } if recurs => Self::ByDays(each),
            Count::Month { each } if each.rounded() == line.net => Self::Each(line.net),
            // Of what comes every month, that is a difference.
            Count::Pieces { each, .. } if !recurs && each.rounded().money() == each => Self::Each(each.rounded()),
            _ => Self::Apart,
        }
    }
}

/// What charges come to together.
#[derive(Debug, Default)]
struct Sums {
    lines: BTreeMap<Key, InvoiceLine>,
    discounts: BTreeMap<(String, VatTerms), Cents>,
}

impl Run<'_> {
    /// The bill of an account that says what all its lines cost together; `None` where there is nothing to say.
    ///
    /// # Errors
    /// When no rate of VAT is known, or its VAT goes the other way than what it is of.
    pub fn summed(&self, account: &AccountTerms<'_>, charges: &[Charge<'_>]) -> Result<Option<Draft>, Unbillable> {
        let (mut sums, mut one) = (Sums::default(), Draft::empty());
        for charge in charges {
            self.add(account, (charge, None), &mut one)?;
            one.lines.drain(..).for_each(|line| sums.add(charge.due.month, line));
            for discount in one.discounts.drain(..) {
                let sum = sums.discounts.entry((discount.reason, discount.vat)).or_default();
                *sum = *sum + discount.amount;
            }
        }
        let lines = sums.lines.into_values().filter(|line| !line.net.is_zero()).collect();
        let discounts = sums.discounts.into_iter().map(|((reason, vat), amount)| Discount { reason, amount, vat }).collect();
        // They come line by line.
        let mut of: Vec<Option<LineId>> = charges.iter().map(|charge| charge.due.line).filter(Option::is_some).collect();
        of.dedup();
        self.finished(account, Draft { lines, discounts, summed_lines: of.len(), ..one })
    }
}

impl Sums {
    fn add(&mut self, month: Month, line: InvoiceLine) {
        let way = Way::of(&line);
        let gives = line.net.is_negative() && way != Way::Usage;
        let key = Key { gives, item: line.item.clone(), month, way, vat: line.vat };
        let count = match (way, &line.count) {
            (Way::Each(each), count) => Count::Pieces { pieces: count.pieces(), each: each.money() },
            (Way::ByDays(each), _) => Count::Lines { lines: 1, each: Some(each) },
            (Way::Apart, _) => Count::Lines { lines: 1, each: None },
            (Way::Usage, count) => count.clone(),
        };
        let Some(sum) = self.lines.get_mut(&key) else {
            self.lines.insert(key, InvoiceLine { count, ..line });
            return;
        };
        sum.net = sum.net + line.net;
        (sum.from, sum.to) = (sum.from.min(line.from), sum.to.max(line.to));
        sum.count = more(&sum.count, &count);
    }
}

/// Both together, which were counted in the same way.
fn more(one: &Count, other: &Count) -> Count {
    match (one, other) {
        (Count::Pieces { pieces, each }, other) => Count::Pieces { pieces: pieces + other.pieces(), each: *each },
        (Count::Lines { lines, each }, other) => Count::Lines { lines: lines + other.pieces(), each: *each },
        (Count::Usage(one), Count::Usage(other)) => {
            Count::Usage(UsageCount { records: one.records + other.records, units: one.units + other.units })
        }
        (count, _) => count.clone(),
    }
}

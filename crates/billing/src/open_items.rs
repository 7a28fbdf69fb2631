//! What is still open of an account's invoices: which payment pays which.
//!
//! Nothing of it is kept: it follows from the invoices, the credit notes and the payments, in whatever order these came. What names an
//! invoice pays that one first; the rest goes to what was due first.

use crate::InvoiceNumber;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocabulary::Cents;

/// An invoice that asks for money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its number.
    pub number: InvoiceNumber,
    /// What it asks for, with VAT. One of nothing or less asks for nothing and is credit.
    pub amount: Cents,
    /// The day by which it is to be paid.
    pub due: Date,
}

/// Money that came or was credited, or that went back: a payment, a credit note, a refund, a debit that the bank took back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The invoice that it names.
    pub of: Option<InvoiceNumber>,
    /// More than nothing where it pays, less where it takes back.
    pub amount: Cents,
}

/// An invoice of which something is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// Its number.
    pub number: InvoiceNumber,
    /// What it asked for.
    pub amount: Cents,
    /// What is open of it; more than nothing.
    pub open: Cents,
    /// The day by which it is to be paid.
    pub due: Date,
}

/// What an account owes, and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenItems {
    /// What is open, by due day and number.
    pub items: Vec<OpenItem>,
    /// What the account has paid too much; nothing as long as an item is open.
    pub credit: Cents,
    /// What it owes beside its invoices: more was taken back than had been paid.
    pub beside: Cents,
}

impl OpenItem {
    /// The number under which fees stand among what is open: they are of no invoice, are paid last and are never late, and nobody's services are
    /// restricted for them.
    pub const FEES: &str = "–";

    /// Are these fees, and no invoice?
    pub fn is_fees(&self) -> bool {
        self.number.as_str() == Self::FEES
    }
}

impl OpenItems {
    /// What is open of the claims after the settlements.
    ///
    /// # Panics
    /// Beyond the range of [`Cents`], which no account reaches.
    pub fn of(claims: &[Claim], settlements: &[Settlement]) -> Self {
        let mut free = Cents::ZERO;
        let mut asked: BTreeMap<&InvoiceNumber, OpenItem> = BTreeMap::new();
        for Claim { number, amount, due } in claims {
            if !amount.is_positive() {
                free = free - *amount;
                continue;
            }
            let item = asked.entry(number).or_insert_with(|| OpenItem {
                number: number.clone(),
                amount: Cents::ZERO,
                open: Cents::ZERO,
                due: *due,
            });
            (item.amount, item.open, item.due) = (item.amount + *amount, item.open + *amount, item.due.min(*due));
        }
        for Settlement { of, amount } in settlements {
            match of.as_ref().and_then(|number| asked.get_mut(number)) {
                Some(item) => item.open = item.open - *amount,
                None => free = free + *amount,
            }
        }
        let mut items: Vec<OpenItem> = asked.into_values().collect();
        items.sort_by(|a, b| (a.due, &a.number).cmp(&(b.due, &b.number)));
        for item in items.iter_mut().filter(|item| item.open.is_negative()) {
            free = free - item.open;
            item.open = Cents::ZERO;
        }
        for item in &mut items {
            if free.is_positive() {
                let paid = free.min(item.open);
                (free, item.open) = (free - paid, item.open - paid);
            }
        }
        items.retain(|item| item.open.is_positive());
        Self { items, credit: free.max(Cents::ZERO), beside: Cents::ZERO.max(-free) }
    }

    /// What the account owes, less what it has paid too much: the sum of its postings.
    pub fn balance(&self) -> Cents {
        self.items.iter().map(|item| item.open).sum::<Cents>() + self.beside - self.credit
    }

    /// What was to be paid before a day and is open.
    pub fn overdue(&self, day: Date) -> Cents {
        self.items.iter().filter(|item| item.due < day).map(|item| item.open).sum()
    }
}

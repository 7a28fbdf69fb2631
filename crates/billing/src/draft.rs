//! The bill of one account: charges become lines, discounts, VAT and sums. A bill that comes to less than nothing is a credit note (BIL-02, BIL-03).

use crate::{
    Buyer, Charge, Count, Discount, Grant, Invoice, InvoiceKind, InvoiceLine, InvoiceNumber, Item, LineTerms, Mentions,
    MonthTotal, PaymentMeans, Reduction, Run, Seller, Share, Subject, Totals, Unbillable, VatCategory, VatParties, VatSubtotal,
    VatTerms, period::Days,
};
use compact_str::CompactString;
use jiff::civil::Date;
use std::collections::BTreeMap;
use vocabulary::{Cents, LineId, Month};

/// What a bill needs to know of its account.
#[derive(Clone, Copy, Debug)]
pub struct AccountTerms<'a> {
    /// Between whom it is, for VAT.
    pub parties: VatParties,
    /// In which language it is written.
    pub language: &'a str,
    /// The lines that may be on it.
    pub lines: &'a [LineTerms],
    /// What was granted to the account.
    pub grants: &'a [Grant],
    /// Why no VAT is asked for: of reverse charge, and of what is out of scope, in its language.
    pub exemptions: (&'a str, &'a str),
}

/// A bill without its number and its letterhead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Does it ask for money or give it back?
    pub sign: Sign,
    /// The lines of telephone that it is about.
    pub subjects: Vec<Subject>,
    /// How many of them it sums up without naming them.
    pub summed_lines: usize,
    /// What is charged.
    pub lines: Vec<InvoiceLine>,
    /// What is taken off.
    pub discounts: Vec<Discount>,
    /// VAT.
    pub vat: Vec<VatSubtotal>,
    /// The sums.
    pub totals: Totals,
}

/// Which way the money of a bill goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It asks for it.
    Asks,
    /// It gives it back: all its amounts were turned round.
    Gives,
}

/// What stands around a bill.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// Its number.
    pub number: InvoiceNumber,
    /// The invoice or credit note that it is.
    pub kind: InvoiceKind,
    /// The day of issue.
    pub issued: Date,
    /// The day by which it is to be paid.
    pub due: Date,
    /// Its month.
    pub month: Month,
    /// ISO 4217.
    pub currency: CompactString,
    /// Its language.
    pub language: CompactString,
    /// Who sells.
    pub seller: Seller,
    /// Who buys.
    pub buyer: Buyer,
    /// How it is paid.
    pub means: PaymentMeans,
    /// What the law wants said.
    pub mentions: Mentions,
    /// What was billed in the months before, oldest first, at most eleven.
    pub past: Vec<MonthTotal>,
}

impl Run<'_> {
    /// The bill of an account; `None` where there is nothing to say.
    ///
    /// # Errors
    /// When no rate of VAT is known, or its VAT goes the other way than what it is of.
    pub fn draft(&self, account: &AccountTerms<'_>, charges: &[Charge<'_>]) -> Result<Option<Draft>, Unbillable> {
        let mut draft = Draft::empty();
        let mut places: BTreeMap<LineId, usize> = BTreeMap::new();
        for charge in charges {
            let subject = match charge.due.line {
                None => None,
                Some(line) => match places.get(&line) {
                    Some(place) => Some(*place),
                    None => {
                        draft.subjects.push(self.subject(account, line)?);
                        places.insert(line, draft.subjects.len() - 1);
                        Some(draft.subjects.len() - 1)
                    }
                },
            };
            self.add(account, (charge, subject), &mut draft)?;
        }
        self.finished(account, draft)
    }

    /// A bill whose lines are there: with what was granted, VAT and sums; `None` where there is nothing to say.
    ///
    /// # Errors
    /// When its VAT goes the other way than what it is of.
    pub(crate) fn finished(&self, account: &AccountTerms<'_>, mut draft: Draft) -> Result<Option<Draft>, Unbillable> {
        if draft.lines.is_empty() && draft.discounts.is_empty() {
            return Ok(None);
        }
        self.grant(account, &mut draft);
        draft.add_up(account.exemptions);
        let Totals { net, vat, .. } = draft.totals;
        if vat.is_negative() { Err(Unbillable::MixedRates { net, vat }) } else { Ok(Some(draft)) }
    }

    fn subject(&self, account: &AccountTerms<'_>, id: LineId) -> Result<Subject, Unbillable> {
        let Some(line) = account.lines.iter().find(|line| line.id == id) else {
            return Ok(Subject { line: id, number: String::new(), user: String::new(), offer: String::new() });
        };
        let plan = match self.plan_in(line, self.month)? {
            Some(plan) => Some(plan),
            None => self.plan_in(line, self.usage_month())?,
        };
        let offer = plan.map(|plan| plan.name.in_language(account.language).to_owned()).unwrap_or_default();
        Ok(Subject { line: id, number: line.number.clone(), user: line.user.clone(), offer })
    }

    /// Adds a charge: by parts where the rate of VAT changes within its days.
    pub(crate) fn add(
        &self,
        account: &AccountTerms<'_>,
        (charge, subject): (&Charge<'_>, Option<usize>),
        draft: &mut Draft,
    ) -> Result<(), Unbillable> {
        let (due, rates) = (&charge.due, &self.catalog.world.vat);
        let name = due.name.map(|words| words.in_language(account.language).to_owned()).unwrap_or_default();
        let (mut days, mut left) = (due.days, charge.amount);
        loop {
            // Usage was used over the month and is rated as one: the rate of its last day holds.
            let is_usage = matches!(due.item, Item::Usage(_) | Item::Correction(_));
            let day = if is_usage { days.last } else { days.first };
            let vat = account.parties.terms(rates, due.vat, day)?;
            let change = account.parties.changes(rates, due.vat, (days.first, days.last)).filter(|_| !is_usage);
            let (part, rest) = match change {
                Some(day) => {
                    let (before, after) = days.split_at(day);
                    let amount = left.part(before.count(), days.count());
                    left = left - amount;
                    ((before, amount), Some(after))
                }
                None => ((days, left), None),
            };
            draft.push(charge, (subject, &name), (part, vat));
            match rest {
                Some(rest) => days = rest,
                None => return Ok(()),
            }
        }
    }

    /// Takes off what was granted to the account, from what recurs, by rate of VAT.
    fn grant(&self, account: &AccountTerms<'_>, draft: &mut Draft) {
        for grant in account.grants {
            if grant.from > self.month || grant.to.is_some_and(|to| to < self.month) {
                continue;
            }
            let mut bases: BTreeMap<VatTerms, (Cents, Cents)> = BTreeMap::new();
            for line in &draft.lines {
                let base = bases.entry(line.vat).or_default();
                base.0 = base.0 + line.net;
                if matches!(line.item, Item::Plan(_) | Item::LineOption(_) | Item::Pack(_)) {
                    base.1 = base.1 + line.net;
                }
            }
            for discount in &draft.discounts {
                let base = bases.entry(discount.vat).or_default();
                *base = (base.0 - discount.amount, base.1 - discount.amount);
            }
            bases.retain(|_, (all, _)| all.is_positive());
            let mut left = match grant.reduction {
                Reduction::Amount(amount) => amount,
                Reduction::Part(_) => Cents::ZERO,
            };
            for (vat, (all, recurring)) in bases {
                let amount = match grant.reduction {
                    Reduction::Part(part) => recurring.part(i64::from(part), 10_000).min(all),
                    Reduction::Amount(_) => left.min(all),
                };
                left = left - amount;
                if amount.is_positive() {
                    draft.discounts.push(Discount { reason: grant.reason.clone(), amount, vat });
                }
            }
        }
    }
}

impl Draft {
    /// One that says nothing yet.
    pub(crate) fn empty() -> Self {
        Self {
            sign: Sign::Asks,
            subjects: Vec::new(),
            summed_lines: 0,
            lines: Vec::new(),
            discounts: Vec::new(),
            vat: Vec::new(),
            totals: Totals::default(),
        }
    }

    fn push(
        &mut self,
        charge: &Charge<'_>,
        (subject, name): (Option<usize>, &str),
        ((days, net), vat): ((Days, Cents), VatTerms),
    ) {
        let due = &charge.due;
        if matches!(due.item, Item::Bundle { .. }) && net.is_negative() {
            self.discounts.push(Discount { reason: name.to_owned(), amount: -net, vat });
            return;
        }
        let is_whole = days == due.days && !charge.is_share();
        self.lines.push(InvoiceLine {
            subject,
            item: due.item.clone(),
            name: name.to_owned(),
            from: days.first,
            to: days.last,
            count: if is_whole || matches!(due.count, Count::Usage(_)) {
                due.count.clone()
            } else {
                Count::Pieces { pieces: 1, each: net.money() }
            },
            share: charge.is_share().then_some(Share { whole: due.amount }),
            net,
            vat,
        });
    }

    /// Sums, VAT by rate of the sums, and the way that the money goes.
    fn add_up(&mut self, (reverse_charge, out_of_scope): (&str, &str)) {
        let lines: Cents = self.lines.iter().map(|line| line.net).sum();
        let discounts: Cents = self.discounts.iter().map(|discount| discount.amount).sum();
        if (lines - discounts).is_negative() {
            self.turn_round();
            return self.add_up((reverse_charge, out_of_scope));
        }
        let mut bases: BTreeMap<VatTerms, Cents> = BTreeMap::new();
        let taxed = self.lines.iter().map(|line| (line.vat, line.net));
        for (vat, net) in taxed.chain(self.discounts.iter().map(|discount| (discount.vat, -discount.amount))) {
            let base = bases.entry(vat).or_default();
            *base = *base + net;
        }
        let subtotal = |(terms, base): (VatTerms, Cents)| VatSubtotal {
            terms,
            base,
            tax: terms.rate.of(base),
            exemption: match terms.category {
                VatCategory::ReverseCharge => reverse_charge.to_owned(),
                VatCategory::OutOfScope => out_of_scope.to_owned(),
                _ => String::new(),
            },
        };
        self.vat = bases.into_iter().map(subtotal).collect();
        let vat: Cents = self.vat.iter().map(|subtotal| subtotal.tax).sum();
        let net = lines - discounts;
        self.totals = Totals { lines, discounts, net, vat, gross: net + vat };
    }

    /// What was asked for is given back and the other way round. A discount that is given back is a line.
    fn turn_round(&mut self) {
        self.sign = Sign::Gives;
        for line in &mut self.lines {
            line.net = -line.net;
            line.share = line.share.map(|share| Share { whole: -share.whole });
            if !matches!(line.count, Count::Lines { .. }) {
                line.count = Count::Pieces { pieces: 1, each: line.net.money() };
            }
        }
        let day = self.lines.first().map_or(Date::ZERO, |line| line.from);
        for discount in self.discounts.drain(..) {
            let net = -discount.amount;
            self.lines.push(InvoiceLine {
                subject: None,
                item: Item::Free,
                name: discount.reason,
                from: day,
                to: day,
                count: Count::Pieces { pieces: 1, each: net.money() },
                share: None,
                net,
                vat: discount.vat,
            });
        }
    }

    /// The invoice that it becomes under a letterhead.
    pub fn issue(self, head: Letterhead) -> Invoice {
        let sign = if self.sign == Sign::Gives { -self.totals.gross } else { self.totals.gross };
        let mut past = head.past;
        past.push(MonthTotal { month: head.month, gross: sign });
        Invoice {
            number: head.number,
            kind: head.kind,
            issued: head.issued,
            due: head.due,
            month: head.month,
            currency: head.currency,
            language: head.language,
            seller: head.seller,
            buyer: head.buyer,
            subjects: self.subjects,
            summed_lines: self.summed_lines,
            lines: self.lines,
            discounts: self.discounts,
            vat: self.vat,
            totals: self.totals,
            means: head.means,
            mentions: head.mentions,
            past,
        }
    }
}

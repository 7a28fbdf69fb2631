//! A credit note that a person makes: what is given back of an invoice, never more than is left of it (BIL-03).

use crate::{
    Count, Discount, Invoice, InvoiceKind, InvoiceLine, InvoiceNumber, Item, Letterhead, Subject, Totals, VatSubtotal, VatTerms,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Cents, LineId};

/// No reason is longer, in characters.
pub const LONGEST_REASON: usize = 500;

/// What is to be given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditAsked {
    /// All that is left of the invoice.
    Whole,
    /// So much of one of its lines, by its place, without VAT.
    OfLine(usize, Cents),
}

/// Why no credit note is made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CreditRefusal {
    /// It gives money back itself.
    #[error("{0} is a credit note: only an invoice can be credited")]
    NoInvoice(InvoiceNumber),
    /// All of it was given back, or it asked for nothing.
    #[error("nothing is left of {0} that could be given back")]
    NothingLeft(InvoiceNumber),
    /// There is no such line.
    #[error("{0} has no such line")]
    NoLine(InvoiceNumber),
    /// Nothing, or less.
    #[error("an amount of {0} gives nothing back: it has to be more than 0.00")]
    NotPositive(Cents),
    /// More than there is.
    #[error("{asked} is more than the {left} that is left")]
    MoreThanLeft {
        /// What was asked for, without VAT.
        asked: Cents,
        /// What can be given back, without VAT.
        left: Cents,
    },
    /// Nobody would know why.
    #[error("a credit note says why it was made: the reason is missing")]
    NoReason,
    /// It would not stand on the page.
    #[error("the reason has {0} characters and may have {LONGEST_REASON}")]
    LongReason(usize),
}

/// What is left of an invoice after the credit notes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Of each of its lines, in their order, without VAT.
    pub lines: Vec<Cents>,
    /// What can be given back of each of them by itself: no more than is left at its rate, and in all.
    pub of_lines: Vec<Cents>,
    /// In all, without VAT.
    pub net: Cents,
    /// In all, with VAT.
    pub gross: Cents,
    discounts: Vec<Cents>,
    vat: BTreeMap<VatTerms, (Cents, Cents)>,
}

/// What makes a line of a credit note that of an invoice.
type Key<'a> = (Option<LineId>, &'a Item, &'a str, Date, Date, VatTerms);

fn key<'a>(invoice: &'a Invoice, line: &'a InvoiceLine) -> Key<'a> {
    let subject = line.subject.and_then(|place| invoice.subjects.get(place)).map(|subject| subject.line);
    (subject, &line.item, &line.name, line.from, line.to, line.vat)
}

impl Left {
    /// What is left of an invoice after these credit notes, all of which are of it.
    pub fn of(invoice: &Invoice, notes: &[Invoice]) -> Self {
        let mut given: BTreeMap<Key<'_>, Cents> = BTreeMap::new();
        let mut discounts: BTreeMap<(&str, VatTerms), Cents> = BTreeMap::new();
        let mut vat: BTreeMap<VatTerms, (Cents, Cents)> = BTreeMap::new();
        for part in &invoice.vat {
            vat.insert(part.terms, (part.base, part.tax));
        }
        for note in notes {
            for line in &note.lines {
                let sum = given.entry(key(note, line)).or_default();
                *sum = *sum + line.net;
            }
            for discount in &note.discounts {
                let sum = discounts.entry((&discount.reason, discount.vat)).or_default();
                *sum = *sum + discount.amount;
            }
            for part in &note.vat {
                let sum = vat.entry(part.terms).or_default();
                *sum = (sum.0 - part.base, sum.1 - part.tax);
            }
        }
        // Lines that are alike share what was given back of them, first to last.
        let mut lines = Vec::with_capacity(invoice.lines.len());
        for line in &invoice.lines {
            let given = given.entry(key(invoice, line)).or_default();
            let taken = if line.net.is_negative() { (*given).max(line.net).min(Cents::ZERO) } else { (*given).min(line.net) };
            *given = *given - taken;
            lines.push(line.net - taken);
        }
        let discounts = invoice.discounts.iter().map(|discount| {
            let Some(given) = discounts.get_mut(&(discount.reason.as_str(), discount.vat)) else { return discount.amount };
            let taken = (*given).min(discount.amount);
            *given = *given - taken;
            discount.amount - taken
        });
        let discounts = discounts.collect();
        let sum = |of: fn(&Totals) -> Cents| of(&invoice.totals) - notes.iter().map(|note| of(&note.totals)).sum::<Cents>();
        let net = sum(|totals| totals.net).max(Cents::ZERO);
        let gross = sum(|totals| totals.gross).max(Cents::ZERO);
        let at_most = |(line, left): (&InvoiceLine, &Cents)| {
            let at_rate = vat.get(&line.vat).map_or(Cents::ZERO, |(base, _)| *base);
            (*left).min(at_rate).min(net).max(Cents::ZERO)
        };
        let of_lines = invoice.lines.iter().zip(&lines).map(at_most).collect();
        Self { lines, of_lines, net, gross, discounts, vat }
    }

    /// Can anything be given back?
    pub fn is_nothing(&self) -> bool {
        !self.gross.is_positive() || !self.net.is_positive()
    }
}

/// The credit note that gives back what is asked of an invoice, after the credit notes of it that there are, under a letterhead. The VAT has the
/// invoice's rates, and what is left of its tax with the last of a rate, so that no cent of it stays or is given back twice.
///
/// # Errors
/// Why none is made.
pub fn credit(
    (invoice, notes): (&Invoice, &[Invoice]),
    asked: CreditAsked,
    reason: &str,
    head: Letterhead,
) -> Result<Invoice, CreditRefusal> {
    if invoice.kind != InvoiceKind::Invoice {
        return Err(CreditRefusal::NoInvoice(invoice.number.clone()));
    }
    let reason = reason.trim();
    match reason.chars().count() {
        0 => return Err(CreditRefusal::NoReason),
        long if long > LONGEST_REASON => return Err(CreditRefusal::LongReason(long)),
        _ => {}
    }
    let left = Left::of(invoice, notes);
    if left.is_nothing() {
        return Err(CreditRefusal::NothingLeft(invoice.number.clone()));
    }
    let (lines, discounts) = match asked {
        CreditAsked::Whole => whole(invoice, &left)?,
        CreditAsked::OfLine(place, amount) => (vec![part(invoice, &left, (place, amount))?], Vec::new()),
    };
    let vat = taxed(invoice, &left, (&lines, &discounts));
    let (lines, subjects) = with_subjects(invoice, lines);
    let totals = totals(&lines, &discounts, &vat);
    if totals.gross > left.gross {
        return Err(CreditRefusal::MoreThanLeft { asked: totals.net, left: left.net });
    }
    let kind = InvoiceKind::CreditNote { of: invoice.number.clone(), issued: invoice.issued, reason: reason.to_owned() };
    Ok(Invoice {
        number: head.number,
        kind,
        issued: head.issued,
        due: head.due,
        month: head.month,
        currency: head.currency,
        language: head.language,
        seller: head.seller,
        buyer: head.buyer,
        subjects,
        summed_lines: 0,
        lines,
        discounts,
        vat,
        totals,
        means: head.means,
        mentions: head.mentions,
        past: head.past,
    })
}

/// All that is left, line by line.
fn whole(invoice: &Invoice, left: &Left) -> Result<(Vec<InvoiceLine>, Vec<Discount>), CreditRefusal> {
    let lines = invoice.lines.iter().zip(&left.lines).filter(|(line, left)| !left.is_zero() || line.net.is_zero());
    let lines: Vec<InvoiceLine> = lines.map(|(line, left)| of_line(line, *left)).collect();
    let discounts = invoice.discounts.iter().zip(&left.discounts).filter(|(_, left)| left.is_positive());
    let discounts: Vec<Discount> = discounts.map(|(discount, left)| Discount { amount: *left, ..discount.clone() }).collect();
    let net = lines.iter().map(|line| line.net).sum::<Cents>() - discounts.iter().map(|one| one.amount).sum::<Cents>();
    if net > left.net || lines.is_empty() {
        // A credit note of a month in which more was given back than asked for took from it too.
        return Err(CreditRefusal::MoreThanLeft { asked: net, left: left.net });
    }
    Ok((lines, discounts))
}

fn part(invoice: &Invoice, left: &Left, (place, amount): (usize, Cents)) -> Result<InvoiceLine, CreditRefusal> {
    let Some((line, left)) = invoice.lines.get(place).zip(left.of_lines.get(place)) else {
        return Err(CreditRefusal::NoLine(invoice.number.clone()));
    };
    if !amount.is_positive() {
        return Err(CreditRefusal::NotPositive(amount));
    }
    if amount > *left {
        return Err(CreditRefusal::MoreThanLeft { asked: amount, left: *left });
    }
    Ok(of_line(line, amount))
}

/// A line of which so much is given back.
fn of_line(line: &InvoiceLine, net: Cents) -> InvoiceLine {
    if net == line.net {
        return line.clone();
    }
    InvoiceLine { count: Count::Pieces { pieces: 1, each: net.money() }, share: None, net, ..line.clone() }
}

/// VAT by the invoice's terms: of the sums, and of the last of a rate all that is left of its tax.
fn taxed(invoice: &Invoice, left: &Left, (lines, discounts): (&[InvoiceLine], &[Discount])) -> Vec<VatSubtotal> {
    let mut bases: BTreeMap<VatTerms, Cents> = BTreeMap::new();
    let lines = lines.iter().map(|line| (line.vat, line.net));
    for (terms, net) in lines.chain(discounts.iter().map(|discount| (discount.vat, -discount.amount))) {
        let base = bases.entry(terms).or_default();
        *base = *base + net;
    }
    let subtotal = |(terms, base): (VatTerms, Cents)| {
        let (base_left, tax_left) = left.vat.get(&terms).copied().unwrap_or_default();
        let tax = terms.rate.of(base);
        let is_last = base == base_left;
        let exemption = invoice.vat.iter().find(|part| part.terms == terms).map(|part| part.exemption.clone());
        let tax = if is_last { tax_left } else { tax.min(tax_left.max(Cents::ZERO)) };
        VatSubtotal { terms, base, tax, exemption: exemption.unwrap_or_default() }
    };
    bases.into_iter().map(subtotal).collect()
}

/// Only those subjects that lines are of, and the lines with their places among these.
fn with_subjects(invoice: &Invoice, lines: Vec<InvoiceLine>) -> (Vec<InvoiceLine>, Vec<Subject>) {
    let used: BTreeSet<usize> = lines.iter().filter_map(|line| line.subject).collect();
    let place_of = |place: usize| used.iter().position(|known| *known == place);
    let lines = lines.into_iter().map(|line| InvoiceLine { subject: line.subject.and_then(place_of), ..line }).collect();
    (lines, used.iter().filter_map(|place| invoice.subjects.get(*place)).cloned().collect())
}

fn totals(lines: &[InvoiceLine], discounts: &[Discount], vat: &[VatSubtotal]) -> Totals {
    let lines: Cents = lines.iter().map(|line| line.net).sum();
    let discounts: Cents = discounts.iter().map(|discount| discount.amount).sum();
    let vat: Cents = vat.iter().map(|part| part.tax).sum();
    let net = lines - discounts;
    Totals { lines, discounts, net, vat, gross: net + vat }
}

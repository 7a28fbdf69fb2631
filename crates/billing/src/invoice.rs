//! An invoice as it is frozen when it is issued: every fact that its documents show. It never changes; a credit note corrects it (BIL-03).

use crate::{Buyer, Mentions, Seller, VatTerms};
use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use vocabulary::{Cents, LineId, Money, Month, StructuredReference, UsageGroup};

/// The number of an invoice: `VA2026-000123`. Without gaps by issuer and year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvoiceNumber(CompactString);

/// Places that a structured communication has room for.
const STRUCTURED_PLACES: u64 = 100_000_000;

impl InvoiceNumber {
    /// The number that stands at a place of an issuer's year, from 1 on.
    pub fn new(prefix: &str, year: i16, place: i64) -> Self {
        Self(compact_str::format_compact!("{prefix}{year}-{place:06}"))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a Belgian transfer says for the invoice of that place of a year: the year's last two digits and the place in eight. `None` of a place
    /// that has more digits, which no year comes to.
    pub fn structured(year: i16, place: i64) -> Option<StructuredReference> {
        let place = u64::try_from(place).ok().filter(|place| (1..STRUCTURED_PLACES).contains(place))?;
        let year = u64::from(year.rem_euclid(100).unsigned_abs());
        StructuredReference::of(year * STRUCTURED_PLACES + place).ok()
    }

    /// The year and the place that a structured communication is of, in this century.
    pub fn of_structured(reference: StructuredReference) -> Option<(i16, i64)> {
        let (year, place) = (reference.number() / STRUCTURED_PLACES, reference.number() % STRUCTURED_PLACES);
        Some((2_000 + i16::try_from(year).ok()?, i64::try_from(place).ok()?))
    }
}

impl From<&str> for InvoiceNumber {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An invoice or a credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// What it is.
    pub kind: InvoiceKind,
    /// The day of issue.
    pub issued: Date,
    /// The day by which it is to be paid.
    pub due: Date,
    /// The month whose subscriptions it asks for; usage is of the month before.
    pub month: Month,
    /// ISO 4217.
    pub currency: CompactString,
    /// The language it is written in: `fr`, `nl`, `de` or `en`.
    pub language: CompactString,
    /// Who sells.
    pub seller: Seller,
    /// Who buys.
    pub buyer: Buyer,
    /// The lines of telephone that it is about, each once, in the order of the invoice.
    pub subjects: Vec<Subject>,
    /// How many lines of telephone it sums up without naming them (RES-11); 0 where it names those that it is about.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub summed_lines: usize,
    /// What is charged, by subject: those of the account first.
    pub lines: Vec<InvoiceLine>,
    /// What is taken off the whole.
    pub discounts: Vec<Discount>,
    /// VAT by category and rate.
    pub vat: Vec<VatSubtotal>,
    /// The sums.
    pub totals: Totals,
    /// How it is paid.
    pub means: PaymentMeans,
    /// What the law wants said.
    pub mentions: Mentions,
    /// What the account was billed in the months before, VAT included, oldest first, this one last; at most twelve.
    pub past: Vec<MonthTotal>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Invoice {
    /// The invoice that it corrects, where it is a credit note of one.
    pub fn corrects(&self) -> Option<&InvoiceNumber> {
        match &self.kind {
            InvoiceKind::Invoice => None,
            InvoiceKind::CreditNote { of, .. } => Some(of).filter(|of| **of != self.number),
        }
    }
}

/// An invoice, or what corrects one. The amounts of a credit note are positive: they are what is given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InvoiceKind {
    /// It asks for money.
    Invoice,
    /// It gives money back.
    CreditNote {
        /// The invoice that it corrects.
        of: InvoiceNumber,
        /// When that was issued.
        issued: Date,
        /// Why, in the invoice's language.
        reason: String,
    },
}

/// A line of telephone, or another service, that charges are for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Which.
    pub line: LineId,
    /// Its number as people write it, or what it has in place of one.
    pub number: String,
    /// Who uses it; empty where nobody is named.
    pub user: String,
    /// Its offer.
    pub offer: String,
}

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// The subject that it is of, by its place; `None`: it is of the whole account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<usize>,
    /// What is charged.
    pub item: Item,
    /// What the catalogue calls it, in the invoice's language; empty for items that have their words by themselves, as usage has.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// From this day on.
    pub from: Date,
    /// To this day, which is still in it.
    pub to: Date,
    /// How much of it.
    pub count: Count,
    /// The whole of it, without VAT, where somebody else pays a part (FLT-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// What is asked for, without VAT. Less than nothing where something is given back.
    pub net: Cents,
    /// How it is taxed.
    pub vat: VatTerms,
}

/// What is charged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "item", content = "id", rename_all = "snake_case")]
pub enum Item {
    /// A month of an offer, by its id in the catalogue.
    Plan(CompactString),
    /// A month of an option.
    LineOption(CompactString),
    /// A month of a group pack.
    Pack(CompactString),
    /// What is missing to the least that a line costs a month (MOB-05).
    Minimum,
    /// Usage that was not included.
    Usage(UsageGroup),
    /// Extra data.
    Recharge(CompactString),
    /// The fee at the start of an offer.
    Activation(CompactString),
    /// An option that is paid once.
    OptionOnce(CompactString),
    /// An eSIM profile.
    Esim,
    /// Another SIM.
    SimSwap,
    /// Usage of an earlier month that came late, or was rated again.
    Correction(Month),
    /// What several offers cost less together.
    Bundle {
        /// The bundle, by its id in the catalogue.
        bundle: CompactString,
        /// Is it of offers at the reduced rate of VAT?
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reduced: bool,
    },
    /// Something that a person wrote; `name` says what.
    Free,
}

/// How much of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "count", rename_all = "snake_case")]
pub enum Count {
    /// So many pieces at a price each.
    Pieces {
        /// How many.
        pieces: i64,
        /// What one costs.
        each: Money,
    },
    /// A month at a price.
    Month {
        /// What a whole month costs.
        each: Money,
    },
    /// So many days of a month.
    Days {
        /// How many are charged.
        days: i8,
        /// Of how many.
        of: i8,
        /// What the whole month costs.
        each: Money,
    },
    /// A month of so many lines, where the lines of many are put together in one sum (RES-11) and do not cost the same.
    Lines {
        /// How many.
        lines: i64,
        /// What a whole month costs one, where they are charged by days; `None`: each costs what it costs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        each: Option<Money>,
    },
    /// Usage, already priced record by record.
    Usage(UsageCount),
}

impl Count {
    /// How many of what is sold it is of: of months, of lines, of pieces; one where it does not say.
    pub const fn pieces(&self) -> i64 {
        match self {
            Self::Pieces { pieces, .. } => *pieces,
            Self::Lines { lines, .. } => *lines,
            Self::Month { .. } | Self::Days { .. } | Self::Usage(_) => 1,
        }
    }
}

/// How much was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageCount {
    /// How many records.
    pub records: i64,
    /// Seconds, messages or bytes of them; 0 where it is not known.
    pub units: i64,
}

/// A part of a charge, the rest of which somebody else pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The whole, without VAT.
    pub whole: Cents,
}

/// Something taken off the whole invoice (EN 16931: BG-20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    /// What for, in the invoice's language.
    pub reason: String,
    /// How much, without VAT; more than nothing.
    pub amount: Cents,
    /// The taxed sum that it lowers.
    pub vat: VatTerms,
}

/// VAT of one category and rate (EN 16931: BG-23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VatSubtotal {
    /// How it is taxed.
    pub terms: VatTerms,
    /// The sum of its lines less its discounts.
    pub base: Cents,
    /// The tax, of the sum.
    pub tax: Cents,
    /// Why there is none, in the invoice's language; empty where there is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub exemption: String,
}

/// The sums of an invoice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Of all lines, without VAT.
    pub lines: Cents,
    /// Of all discounts, without VAT.
    pub discounts: Cents,
    /// Lines less discounts, without VAT.
    pub net: Cents,
    /// VAT.
    pub vat: Cents,
    /// With VAT.
    pub gross: Cents,
}

/// How an invoice is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "means", rename_all = "snake_case")]
pub enum PaymentMeans {
    /// The customer transfers it, or pays by card on the site.
    Transfer {
        /// To this account, without blanks.
        iban: String,
        /// Of this bank; empty where unknown.
        bic: String,
        /// What the transfer has to say: the invoice's number, or in Belgium `+++090/9337/55493+++`.
        reference: String,
    },
    /// It is collected.
    DirectDebit(MandateShown),
    /// There is nothing to pay: it is a credit note, or comes to nothing.
    Nothing,
}

/// A mandate as an invoice shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateShown {
    /// Its reference (RUM).
    pub reference: String,
    /// The creditor's identifier (ICS).
    pub creditor: String,
    /// The account that it is taken from, all but country and the last four signs hidden.
    pub iban: String,
    /// The day on which it is taken.
    pub day: Date,
}

/// What a month was billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthTotal {
    /// Which.
    pub month: Month,
    /// With VAT.
    pub gross: Cents,
}

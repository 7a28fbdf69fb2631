//! What is collected by direct debit, and when: from open items, mandates and the days that customers wished.
//!
//! A customer is told the amount and the day beforehand; only what was told is collected, on the day that was told. What cannot be, because
//! the day has passed, the mandate is another or more is open than was told, is told anew. Files are `documents`', and so is what stands in
//! them.

use crate::{Following, InvoiceNumber, Mandate, MandateRefusal, OpenItem, OpenItems, Sequence};
use catalog::{Holidays, Invoicing};
use compact_str::CompactString;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};
use vocabulary::{BillingAccountId, Cents, Iban, MandateReference};

/// The most that one debit may be of (EPC130-08: 999,999,999.99 euros).
pub const MOST_OF_A_DEBIT: Cents = Cents::new(99_999_999_999);

/// A day of the month on which an account is debited: 1 to 28, which every month has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct DebitDay(i8);

/// Why a number is no day of debits.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("debit day {0} is not from 1 to 28")]
pub struct DebitDayError(i8);

impl DebitDay {
    /// The day of the month.
    pub const fn get(self) -> i8 {
        self.0
    }

    /// The first such day on or after a day.
    fn on_or_after(self, day: Date) -> Date {
        let of_month = |first: Date| first.saturating_add(i64::from(self.0 - 1).days());
        let this = of_month(day.first_of_month());
        if this >= day { this } else { of_month(day.first_of_month().saturating_add(1.months())) }
    }
}

impl TryFrom<i8> for DebitDay {
    type Error = DebitDayError;
    fn try_from(day: i8) -> Result<Self, Self::Error> {
        if (1..=28).contains(&day) { Ok(Self(day)) } else { Err(DebitDayError(day)) }
    }
}

impl From<DebitDay> for i8 {
    fn from(day: DebitDay) -> Self {
        day.0
    }
}

impl fmt::Display for DebitDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How an operator collects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebitTerms {
    /// The days that customers may choose from; the first is for whoever chose none.
    pub days: Vec<DebitDay>,
    /// Days between telling and debiting: 14 unless agreed otherwise (EPC016-06 §4.1).
    pub notice_days: i64,
    /// Working days of banks between sending a file and its debits: 1 in the CORE scheme.
    pub lead_days: i64,
    /// How often an amount is presented before the customer has to pay otherwise.
    pub tries: u8,
    /// Days before a debit that the bank returned for want of money is presented again.
    pub retry_days: i64,
    /// What a returned debit costs the customer that it is due to; `None`: nothing.
    pub return_fee: Option<Cents>,
}

impl Default for DebitTerms {
    fn default() -> Self {
        Self { days: vec![DebitDay(5)], notice_days: 14, lead_days: 1, tries: 2, retry_days: 10, return_fee: None }
    }
}

impl DebitTerms {
    /// As an operator's catalogue says; `None` where it collects nothing.
    pub fn of(invoicing: &Invoicing) -> Option<Self> {
        invoicing.creditor.as_ref()?;
        let days = invoicing.collection_days.iter().filter_map(|day| i8::try_from(*day).ok()?.try_into().ok()).collect();
        Some(Self { days, ..Self::default() }).filter(|terms| !terms.days.is_empty())
    }

    /// Is this one of the days that the operator offers?
    pub fn offers(&self, day: DebitDay) -> bool {
        self.days.contains(&day)
    }

    /// The day of a debit whose customer is told on a day: the first of the wished days that leaves the notice, moved to the next
    /// working day of the banks. A wish that is no longer offered gives way to the first day that is.
    pub fn debit_day(&self, wished: Option<DebitDay>, told: Date, banks: &Holidays) -> Date {
        let wished = wished.filter(|day| self.offers(*day)).or_else(|| self.days.first().copied());
        let notice = told.saturating_add(self.notice_days.max(0).days());
        let from = notice.max(self.first_day(told, banks));
        next_working(wished.map_or(from, |day| day.on_or_after(from)), banks)
    }

    /// The first day whose debits a file that is sent on a day can hold.
    pub fn first_day(&self, sent: Date, banks: &Holidays) -> Date {
        next_working(banks.after_working_days(sent, self.lead_days.max(0)), banks)
    }
}

/// The day, or where banks do not settle on it, the next on which they do.
fn next_working(day: Date, banks: &Holidays) -> Date {
    if banks.is_working_day(day) { day } else { banks.after_working_days(day, 1) }
}

/// What a customer was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The day of the debit.
    pub day: Date,
    /// The mandate it is made under.
    pub mandate: MandateReference,
}

/// What a customer was told of one invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeOfDebit {
    /// When it is collected, and under which mandate.
    pub announced: Announced,
    /// How much of it.
    pub amount: Cents,
}

/// An account that pays by direct debit; of its bank account as much is known as its mandate knows.
#[derive(Clone, Debug)]
pub struct Debtor<A = Iban> {
    /// Which.
    pub account: BillingAccountId,
    /// Its mandate.
    pub mandate: Mandate<A>,
    /// The day that it wished.
    pub wished: Option<DebitDay>,
    /// What it owes.
    pub open: OpenItems,
    /// What it was told that no file has collected yet, by invoice.
    pub announced: BTreeMap<InvoiceNumber, NoticeOfDebit>,
    /// What the bank has already and has not settled or returned, by invoice.
    pub under_way: BTreeMap<InvoiceNumber, Cents>,
    /// Whether debits will follow.
    pub following: Following,
}

impl<A> Debtor<A> {
    /// The same without invoices that are not collected any more. What the bank has of one of them pays it; only what is beyond that pays others.
    #[must_use]
    pub fn without(mut self, stopped: &[InvoiceNumber]) -> Self {
        for item in self.open.items.extract_if(.., |item| stopped.contains(&item.number)) {
            if let Some(amount) = self.under_way.get_mut(&item.number) {
                *amount = Cents::ZERO.max(*amount - item.open);
            }
        }
        self
    }
}

/// Amounts of one account that are collected on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debit {
    /// Whose.
    pub account: BillingAccountId,
    /// Under which mandate.
    pub mandate: MandateReference,
    /// Which of its debits it is.
    pub sequence: Sequence,
    /// When.
    pub day: Date,
    /// For what; at least one, each more than nothing.
    pub parts: Vec<InvoicePart>,
}

/// A part of an amount: what is for one invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicePart {
    /// The invoice.
    pub number: InvoiceNumber,
    /// How much of it.
    pub amount: Cents,
}

impl Debit {
    /// The whole amount.
    pub fn amount(&self) -> Cents {
        self.parts.iter().map(|part| part.amount).sum()
    }
}

/// A customer is to be told that an amount is collected on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Whose.
    pub account: BillingAccountId,
    /// For what.
    pub part: InvoicePart,
    /// What is told.
    pub announced: Announced,
}

/// Why something that is open is not collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCollected {
    /// The mandate may not be used.
    Mandate(MandateRefusal),
    /// The bank has it already.
    UnderWay(InvoiceNumber),
    /// What the bank has already, or what was paid too much, leaves nothing of it.
    Covered(InvoiceNumber),
    /// Its day comes later.
    Later(InvoiceNumber, Date),
    /// So much of it is open beyond what was told: that is told once the bank has settled the rest.
    NotTold(InvoiceNumber, Cents),
    /// More than a debit may be of.
    TooLarge(InvoiceNumber, Cents),
}

/// What is to be done about direct debits on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectionPlan {
    /// What goes into files, by day, sequence and account.
    pub debits: Vec<Debit>,
    /// Whom to tell.
    pub announcements: Vec<Announcement>,
    /// What is left, and why.
    pub left: Vec<(BillingAccountId, NotCollected)>,
}

/// The days that a file is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileDays {
    /// The day on which it is sent.
    pub sent: Date,
    /// The last day whose debits it holds.
    pub until: Date,
}

impl CollectionPlan {
    /// Plans the debits of accounts; the order in which these are given changes nothing.
    pub fn of<'a, A: 'a>(
        debtors: impl IntoIterator<Item = &'a Debtor<A>>,
        days: FileDays,
        terms: &DebitTerms,
        banks: &Holidays,
    ) -> CollectionPlan {
        let mut planner =
            Planner { days, first: terms.first_day(days.sent, banks), terms, banks, plan: CollectionPlan::default() };
        let mut debtors: Vec<&Debtor<A>> = debtors.into_iter().collect();
        debtors.sort_by_key(|debtor| debtor.account);
        for debtor in debtors {
            planner.add(debtor);
        }
        let mut plan = planner.plan;
        plan.debits.sort_by_key(|debit| (debit.day, debit.sequence, debit.account));
        plan
    }
}

struct Planner<'a> {
    days: FileDays,
    /// The first day whose debits the file can hold.
    first: Date,
    terms: &'a DebitTerms,
    banks: &'a Holidays,
    plan: CollectionPlan,
}

impl Planner<'_> {
    fn add<A>(&mut self, debtor: &Debtor<A>) {
        let mut by_day: BTreeMap<Date, Vec<InvoicePart>> = BTreeMap::new();
        let mut following = debtor.following;
        // Fees are paid otherwise, and last: what is beyond an invoice pays other invoices first.
        let (fees, items): (Vec<&OpenItem>, Vec<&OpenItem>) = debtor.open.items.iter().partition(|item| item.is_fees());
        let fees: Cents = fees.into_iter().map(|item| item.open).sum();
        // Never more than what is owed once everything that is under way has arrived.
        let mut owed = debtor.open.balance() - fees - debtor.under_way.values().copied().sum();
        for item in items {
            let told = debtor.announced.get(&item.number);
            let told = told.filter(|told| told.announced.mandate == debtor.mandate.reference && told.announced.day >= self.first);
            let wanted = item.open.min(owed);
            let part = match take(debtor, item, told, &mut owed) {
                Ok(part) => part,
                Err(reason) => {
                    self.plan.left.push((debtor.account, reason));
                    continue;
                }
            };
            // An invoice is with the bank once at a time, so that the rest waits until that is over.
            let rest = wanted - part.amount;
            if rest.is_positive() {
                following = Following::Expected;
                self.plan.left.push((debtor.account, NotCollected::NotTold(part.number.clone(), rest)));
            }
            match told.map(|told| told.announced.day) {
                Some(day) if day <= self.days.until => by_day.entry(day).or_default().push(part),
                Some(day) => {
                    following = Following::Expected;
                    self.plan.left.push((debtor.account, NotCollected::Later(part.number, day)));
                }
                None => {
                    following = Following::Expected;
                    self.announce(debtor, part);
                }
            }
        }
        self.debit(debtor, by_day, following);
    }

    fn announce<A>(&mut self, debtor: &Debtor<A>, part: InvoicePart) {
        let day = self.terms.debit_day(debtor.wished, self.days.sent, self.banks);
        match debtor.mandate.sequence(day, debtor.following) {
            Err(refusal) => self.plan.left.push((debtor.account, NotCollected::Mandate(refusal))),
            Ok(_) => {
                let announced = Announced { day, mandate: debtor.mandate.reference.clone() };
                self.plan.announcements.push(Announcement { account: debtor.account, part, announced });
            }
        }
    }

    /// One debit a day; where its parts are too much together, each is one.
    fn debit<A>(&mut self, debtor: &Debtor<A>, by_day: BTreeMap<Date, Vec<InvoicePart>>, following: Following) {
        let debits = by_day.into_iter().flat_map(|(day, parts)| {
            let whole: Cents = parts.iter().map(|part| part.amount).sum();
            let apart = whole > MOST_OF_A_DEBIT;
            let debits = if apart { parts.into_iter().map(|part| vec![part]).collect() } else { vec![parts] };
            debits.into_iter().map(move |parts| (day, parts))
        });
        let mut mandate = debtor.mandate.of_nobody();
        let mut debits = debits.peekable();
        while let Some((day, parts)) = debits.next() {
            let following = if debits.peek().is_some() { Following::Expected } else { following };
            match mandate.sequence(day, following) {
                Err(refusal) => self.plan.left.push((debtor.account, NotCollected::Mandate(refusal))),
                Ok(sequence) => {
                    let reference = mandate.reference.clone();
                    self.plan.debits.push(Debit { account: debtor.account, mandate: reference, sequence, day, parts });
                    mandate = mandate.used_on(day);
                }
            }
        }
    }
}

/// What may be collected of an item: no more than was told where a notice of it holds.
fn take<A>(
    debtor: &Debtor<A>,
    item: &OpenItem,
    told: Option<&NoticeOfDebit>,
    owed: &mut Cents,
) -> Result<InvoicePart, NotCollected> {
    if debtor.under_way.get(&item.number).is_some_and(|amount| amount.is_positive()) {
        return Err(NotCollected::UnderWay(item.number.clone()));
    }
    let wanted = item.open.min(*owed);
    let amount = told.map_or(wanted, |told| told.amount.min(wanted));
    if !amount.is_positive() {
        return Err(NotCollected::Covered(item.number.clone()));
    }
    if amount > MOST_OF_A_DEBIT {
        return Err(NotCollected::TooLarge(item.number.clone(), amount));
    }
    *owed = *owed - amount;
    Ok(InvoicePart { number: item.number.clone(), amount })
}

/// What names one debit between creditor and bank (ISO 20022: `EndToEndId`): at most 35 signs, never used again.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndToEndId(CompactString);

impl EndToEndId {
    /// The name of what stands at a number of an operator's debits: `VAL-DD-4711`.
    ///
    /// # Panics
    /// When the prefix has more than 12 signs or others than letters and digits, which catalogues do not let through.
    pub fn numbered(prefix: &str, number: i64) -> Self {
        assert!(prefix.len() <= 12 && prefix.bytes().all(|b| b.is_ascii_alphanumeric()), "`{prefix}` is a short word");
        Self(compact_str::format_compact!("{prefix}-DD-{number}"))
    }

    /// As a bank gave it back.
    pub fn read(text: &str) -> Self {
        Self(text.trim().into())
    }

    /// Its signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EndToEndId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for EndToEndId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! What is done about an account that does not pay (BIL-09): a reminder, a second one, its services restricted, its services suspended; each so many
//! days after what is late was due, and given back by itself once that is paid.
//!
//! A case is about what was told: an invoice that becomes late during it is not a reason to go on once everything that was told is paid. What is
//! disputed, on its way from a bank or announced to be debited is left alone, and a hold stops everything. Who carries a step out, and what a restriction takes away, is not
//! known here: incoming and emergency calls are the catalogue's to leave open until a suspension.

use crate::{InvoiceNumber, OpenItem, OpenItems};
use catalog::Dunning;
use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use vocabulary::Cents;

/// What is done, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DunningStep {
    /// A friendly word. It costs nothing.
    Reminder,
    /// A second one, which says what comes next.
    SecondReminder,
    /// Services are restricted: one is still called, and reaches whoever helps in an emergency.
    Restriction,
    /// Services stop.
    Suspension,
}

impl DunningStep {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Reminder, Self::SecondReminder, Self::Restriction, Self::Suspension];

    /// Its word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::SecondReminder => "second_reminder",
            Self::Restriction => "restriction",
            Self::Suspension => "suspension",
        }
    }

    /// The step of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }

    /// Does it take something away?
    pub const fn takes_away(self) -> bool {
        matches!(self, Self::Restriction | Self::Suspension)
    }
}

/// How far it went with an account: the last step, and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DunningCase {
    /// The step.
    pub step: DunningStep,
    /// When it was taken; after a hold that gave something back, the last day on which something was told.
    pub on: Date,
}

/// Who owes, for what the law lets be charged for reminders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebtorKind {
    /// A person.
    Consumer,
    /// A business.
    Business,
}

/// An account, with all that a decision stands on.
#[derive(Clone, Copy, Debug)]
pub struct DunnedAccount<'a> {
    /// What is open of it.
    pub open: &'a OpenItems,
    /// Its invoices that are disputed, that a bank is collecting, or whose debit is announced and not yet sent.
    pub left_alone: &'a BTreeSet<InvoiceNumber>,
    /// Its invoices for which a fee was charged.
    pub charged: &'a BTreeSet<InvoiceNumber>,
    /// How far it went.
    pub case: Option<DunningCase>,
    /// Somebody put it on hold up to this day, which is still in it.
    pub held_until: Option<Date>,
    /// Who owes.
    pub kind: DebtorKind,
}

/// What is to be done about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DunningMove {
    /// Nothing now; what comes next if nothing is paid.
    Wait(Option<NextDunning>),
    /// A step.
    Take(DunningNotice),
    /// It is on hold: what was taken away is given back, and the case stands as after this.
    Pause(DunningCase),
    /// What was told is paid: what was taken away is given back, and the case is over.
    End,
}

/// A step that is still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextDunning {
    /// Which.
    pub step: DunningStep,
    /// From which day on.
    pub day: Date,
}

/// A step that is taken, and what is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DunningNotice {
    /// Which.
    pub step: DunningStep,
    /// What is late, by due day.
    pub items: Vec<OpenItem>,
    /// The sum of it.
    pub late: Cents,
    /// What is charged besides, for which invoice. Without VAT: it is no sale, but compensation.
    pub fees: Vec<(InvoiceNumber, Cents)>,
    /// What comes next if nothing is paid.
    pub next: Option<NextDunning>,
}

/// A consumer who was reminded has so many days before a further reminder may cost anything (Belgium, code of economic law, article XIX.2).
const FREE_DAYS: i64 = 14;

/// What is to be done about an account on a day.
pub fn dunning(account: &DunnedAccount<'_>, terms: &Dunning, today: Date) -> DunningMove {
    let late: Vec<OpenItem> = account
        .open
        .items
        .iter()
        .filter(|item| item.due < today && !account.left_alone.contains(&item.number))
        .cloned()
        .collect();
    let sum: Cents = late.iter().map(|item| item.open).sum();
    let is_enough = sum.is_positive() && sum >= terms.minimum.rounded();
    let was_told = |item: &&OpenItem| account.case.is_none_or(|case| item.due < case.on);
    let oldest = late.iter().find(was_told).map(|item| item.due);
    let is_held = account.held_until.is_some_and(|until| today <= until);
    let (Some(oldest), true) = (oldest, is_enough) else {
        return if account.case.is_some() { DunningMove::End } else { DunningMove::Wait(None) };
    };
    match account.case {
        // A hold tells nobody anything: the day stays that of the last word, and what became late since is as untold as it was.
        Some(case) if is_held && case.step.takes_away() => {
            return DunningMove::Pause(DunningCase { step: last_word(terms), on: case.on });
        }
        _ if is_held => return DunningMove::Wait(None),
        _ => {}
    }
    let Some(next) = next_of(terms, account.case, oldest) else { return DunningMove::Wait(None) };
    if next.day > today {
        return DunningMove::Wait(Some(next));
    }
    let fees = fees(account, terms, (next.step, &late), today);
    let then = next_of(terms, Some(DunningCase { step: next.step, on: today }), oldest);
    DunningMove::Take(DunningNotice { step: next.step, late: sum, items: late, fees, next: then })
}

/// When a step comes, in days after the due day; `None` where the operator leaves it out.
fn days_of(terms: &Dunning, step: DunningStep) -> Option<i64> {
    match step {
        DunningStep::Reminder => Some(terms.reminder_days),
        DunningStep::SecondReminder => terms.second_reminder_days,
        DunningStep::Restriction => terms.restriction_days,
        DunningStep::Suspension => terms.suspension_days,
    }
}

/// The last step that only tells.
fn last_word(terms: &Dunning) -> DunningStep {
    if terms.second_reminder_days.is_some() { DunningStep::SecondReminder } else { DunningStep::Reminder }
}

/// The step after what was done: so many days after the due day, and never sooner after the step before than the two lie apart, so that who was
/// reminded late has as much time.
fn next_of(terms: &Dunning, case: Option<DunningCase>, oldest: Date) -> Option<NextDunning> {
    let mut after = DunningStep::ALL.into_iter().filter(|step| case.is_none_or(|case| *step > case.step));
    let (step, days) = after.find_map(|step| Some((step, days_of(terms, step)?)))?;
    let of_age = plus(oldest, days);
    let apart = case.map_or(of_age, |case| plus(case.on, days - days_of(terms, case.step).unwrap_or(days)));
    Some(NextDunning { step, day: of_age.max(apart) })
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// What the second reminder costs: of a business the fixed sum for each invoice, of a consumer one fee where the operator's country allows it, and not
/// before the time that a first reminder gives is over. The catalogue refuses what is not lawful.
fn fees(
    account: &DunnedAccount<'_>,
    terms: &Dunning,
    (step, late): (DunningStep, &[OpenItem]),
    today: Date,
) -> Vec<(InvoiceNumber, Cents)> {
    let Some(case) = account.case.filter(|_| step == DunningStep::SecondReminder) else { return Vec::new() };
    let uncharged = late.iter().filter(|item| !account.charged.contains(&item.number)).map(|item| item.number.clone());
    let (fee, most) = match account.kind {
        DebtorKind::Business => (terms.business_fee, usize::MAX),
        DebtorKind::Consumer if today <= plus(case.on, FREE_DAYS) => return Vec::new(),
        DebtorKind::Consumer => (terms.consumer_fee, 1),
    };
    let fee = fee.rounded();
    if fee.is_positive() { uncharged.take(most).map(|number| (number, fee)).collect() } else { Vec::new() }
}

//! Accounts that do not pay, for the operator's own people: the list with how far it went, and one account with the ways to put it on hold, to note a
//! dispute and to take a fee back (BIL-09). What a customer reads of its own stands on the page of invoices.

pub mod list;
pub mod show;

use crate::{Locale, Page};
use operations::dunning::{DunningStep, KeptDunning, NextDunning, desk::LateAccount};

/// A step's name.
pub(crate) fn step_name(locale: Locale, step: DunningStep) -> &'static str {
    match step {
        DunningStep::Reminder => locale.text("dunning-reminder"),
        DunningStep::SecondReminder => locale.text("dunning-second-reminder"),
        DunningStep::Restriction => locale.text("dunning-restriction"),
        DunningStep::Suspension => locale.text("dunning-suspension"),
    }
}

/// How far it went: its class and its word.
pub(crate) fn state(page: &Page, kept: &KeptDunning) -> (&'static str, &'static str) {
    match kept.case.map(|case| case.step) {
        _ if kept.hold.is_some() => ("suspended", page.t("dunning-held")),
        None if kept.is_untold => ("ended", page.t("dunning-untold")),
        None => ("", page.t("dunning-none-yet")),
        Some(step @ (DunningStep::Reminder | DunningStep::SecondReminder)) => ("in-progress", step_name(page.locale, step)),
        Some(step) => ("ended", step_name(page.locale, step)),
    }
}

/// A step that is still to come, with its day.
pub(crate) fn next_words(page: &Page, next: NextDunning) -> String {
    let values = [("step", step_name(page.locale, next.step).into()), ("day", page.long_day(next.day).into())];
    page.locale.text_with("dunning-next-words", values)
}

/// What a customer reads: how much is late, what was done, and what comes next.
pub(crate) fn late_words(page: &Page, late: &LateAccount, is_one_of_several: bool) -> String {
    let amount = page.money(late.late.money());
    let values = [("amount", amount.into()), ("day", page.long_day(late.since).into())];
    let mut words = vec![page.locale.text_with("dunning-late", values)];
    if is_one_of_several {
        words.insert(0, format!("{}.", late.name));
    }
    match late.case.map(|case| case.step) {
        Some(DunningStep::Restriction) => words.push(page.t("dunning-is-restricted").to_owned()),
        Some(DunningStep::Suspension) => words.push(page.t("dunning-is-suspended").to_owned()),
        _ => {}
    }
    match (late.held_until, late.next) {
        (Some(day), _) => words.push(page.ta("dunning-is-held", page.long_day(day))),
        (None, Some(next)) if next.step.takes_away() => {
            let key = if next.step == DunningStep::Restriction {
                page.ta("dunning-will-restrict", page.long_day(next.day))
            } else {
                page.ta("dunning-will-suspend", page.long_day(next.day))
            };
            words.push(key);
        }
        (None, Some(next)) => words.push(page.ta("dunning-will-remind", page.long_day(next.day))),
        (None, None) => {}
    }
    words.join(" ")
}

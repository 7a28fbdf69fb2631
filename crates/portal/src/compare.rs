//! What would it have cost: for all the lines that somebody sees, and under a draft of the catalogue (RAT-13). What both pages say of a
//! calculation that goes on.

pub mod draft;
pub mod offers;

use crate::Page;
use operations::{
    CustomerName,
    compare::{Asker, BeginRefusal, Shown, Standing},
};
use std::sync::Arc;
use vocabulary::{Money, Month, Timestamp};

/// The form that begins a calculation.
#[derive(Clone, Debug, Default)]
pub struct BeginForm {
    /// Customers to choose from, by name; none for who sees one only.
    pub suggested: Vec<CustomerName>,
    /// What was typed.
    pub customer: String,
    /// Why nothing was begun.
    pub refusal: Option<BeginRefusal>,
}

impl BeginForm {
    /// Is the refusal about the customer that was typed?
    fn is_about_customer(&self) -> bool {
        matches!(self.refusal, Some(BeginRefusal::UnknownCustomer | BeginRefusal::SeveralCustomers))
    }

    fn refusal_words(&self, page: &Page) -> Option<&'static str> {
        Some(match self.refusal? {
            BeginRefusal::UnknownCustomer => page.t("comparison-unknown-customer"),
            BeginRefusal::SeveralCustomers => page.t("comparison-several-customers"),
            BeginRefusal::Busy => page.t("comparison-busy"),
        })
    }
}

/// A calculation as the pages say it.
#[derive(Clone, Debug)]
pub struct Calculation {
    /// The customer that is meant; everybody whom the reader sees when there is none.
    pub customer: Option<CustomerName>,
    /// When it was begun.
    pub begun: Timestamp,
    /// How far it is.
    pub stage: Stage,
}

/// How far a calculation is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// Not begun yet.
    Waiting,
    /// So many lines done, and so many meant.
    Running(u64, u64),
    /// Somebody stopped it.
    Stopped,
    /// There is no usage.
    NoUsage,
    /// It broke: the reference.
    Failed(String),
    /// It is done.
    Done,
}

impl Calculation {
    /// What is said of a calculation, and what it found.
    fn of<T>(shown: Shown<T>) -> (Self, Option<Arc<T>>) {
        let (stage, found) = match shown.standing {
            Standing::Waiting => (Stage::Waiting, None),
            Standing::Running { done, meant } => (Stage::Running(done, meant), None),
            Standing::Stopped => (Stage::Stopped, None),
            Standing::NoUsage => (Stage::NoUsage, None),
            Standing::Failed { reference } => (Stage::Failed(reference), None),
            Standing::Done(found) => (Stage::Done, Some(found)),
        };
        (Self { customer: shown.customer, begun: shown.begun, stage }, found)
    }

    /// Does it go on?
    fn is_moving(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Running(..))
    }

    /// `120 lines of 1,400 (8 %)`
    fn progress_words(&self, page: &Page, done: &u64, meant: &u64) -> String {
        let share = page.percent(number(done * 100 / (*meant).max(1)));
        let arguments = [("done", page.count(number(*done)).into()), ("share", share.into())];
        let [done, share] = arguments;
        let meant = number(*meant);
        page.locale.text_with("comparison-progress", [done, share, ("count", meant.into()), ("number", page.count(meant).into())])
    }
}

/// Who asks.
fn asker(signed: &crate::session::Signed) -> Asker {
    Asker::from(&signed.actor)
}

/// What the form proposes to calculate again: the customer by reference, which nobody shares.
fn asked_before(calculation: Option<&Calculation>) -> String {
    calculation
        .and_then(|calculation| calculation.customer.as_ref())
        .map(|customer| customer.reference.clone())
        .unwrap_or_default()
}

/// Does any calculation go on?
fn is_moving(calculation: Option<&Calculation>) -> bool {
    calculation.is_some_and(Calculation::is_moving)
}

/// A count as templates take it.
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Which months were compared, by the first and the last.
pub(crate) fn months(page: &Page, first: Option<&Month>, last: Option<&Month>) -> String {
    let month = |at: Option<&Month>| at.map(|month| page.month(*month)).unwrap_or_default();
    let (from, to) = (month(first), month(last));
    if from == to {
        return page.ta("compare-month", from);
    }
    page.locale.text_with("compare-months", [("from", from.into()), ("to", to.into())])
}

/// An amount with its sign, whichever it is.
pub(crate) fn signed(page: &Page, amount: Money) -> String {
    let sign = if amount.is_positive() { "+" } else { "" };
    format!("{sign}{}", page.money(amount))
}

//! `/billing-accounts/{id}`: how an account pays, whom its new invoices are told to, and where they go (CUS-08).

mod handler;
mod words;

pub(crate) use handler::{change, end, get, sign};
pub(crate) use words::iban as iban_words;

use crate::{
    Icon, Page, Theme,
    proof::{self, Marks},
};
use askama::Template;
use operations::{
    billing_account::{BillingAddress, DebitDay, MandateEnd, MandateState, Refusal, Shown, ShownMandate},
    mandate::SignRefusal,
    proof::{ProofRefusal, Ways},
};

/// What was done a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A mandate was signed.
    Signed,
    /// A mandate was ended.
    Ended,
    /// Whom invoices are told to, where they go, or the day of debits is other.
    Changed,
}

impl Done {
    /// Each with its word in the address.
    pub(crate) const WORDS: [(&'static str, Self); 3] =
        [("signed", Self::Signed), ("ended", Self::Ended), ("changed", Self::Changed)];
}

/// Why there is no new mandate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MandateProblem {
    /// What was typed.
    Sign(SignRefusal),
    /// There is no fresh proof.
    Proof(ProofRefusal),
}

/// What was typed of an account at a bank.
#[derive(Clone, Debug, Default)]
pub struct TypedMandate {
    /// The IBAN.
    pub iban: String,
    /// The BIC.
    pub bic: String,
    /// The holder.
    pub holder: String,
    /// Who is told.
    pub email: String,
    /// Was it agreed to?
    pub agreed: bool,
}

/// What was typed of where invoices go.
#[derive(Clone, Debug, Default)]
pub struct TypedContact {
    /// Is somebody told?
    pub told: bool,
    /// Who.
    pub email: String,
    /// Street, postcode and town.
    pub address: BillingAddress,
    /// The day of debits.
    pub debit_day: String,
}

/// The page.
#[derive(Template)]
#[template(path = "billing_accounts/show.html")]
pub struct BillingAccountPage {
    /// Its frame.
    pub page: Page,
    /// The account.
    pub shown: Shown,
    /// What can be shown as proof here.
    pub ways: Ways,
    /// What was done.
    pub done: Option<Done>,
    /// What the form of the mandate says.
    pub mandate: TypedMandate,
    /// Why it was refused.
    pub problem: Option<MandateProblem>,
    /// What the other form says.
    pub contact: TypedContact,
    /// Why that was refused.
    pub refusal: Option<Refusal>,
}

impl BillingAccountPage {
    fn subtitle(&self) -> String {
        let account = &self.shown.account;
        if self.page.sees_several_customers() {
            format!("{}, {}", account.customer_name, account.name)
        } else {
            account.name.clone()
        }
    }

    fn is_done(&self, done: Done) -> bool {
        self.done == Some(done)
    }

    /// Who is debited: a mandate that the bank refused waits for somebody to look.
    fn is_blocked(&self) -> bool {
        self.shown.mandate.as_ref().is_some_and(|mandate| matches!(mandate.state, MandateState::Blocked { .. }))
    }

    fn sign_title(&self) -> &'static str {
        match self.shown.mandate {
            None => self.page.t("debit-begin"),
            // Of the same account, too.
            Some(_) if self.is_blocked() || self.shown.has_lapsed => self.page.t("debit-anew"),
            Some(_) => self.page.t("debit-another"),
        }
    }

    fn day_words(&self, day: &DebitDay) -> String {
        self.page.ta("debit-day-of-month", day.to_string())
    }

    fn is_day(&self, day: &DebitDay) -> bool {
        let chosen = self.contact.debit_day.parse::<i8>().ok();
        chosen.map_or_else(|| self.shown.debit_day() == Some(*day), |chosen| chosen == day.get())
    }

    /// When and why a mandate ended.
    fn ended_words(&self, mandate: &ShownMandate) -> String {
        let MandateState::Ended { on, why } = mandate.state else { return String::new() };
        let why = match why {
            MandateEnd::Revoked => self.page.t("debit-ended-revoked"),
            MandateEnd::IbanChanged => self.page.t("debit-ended-changed"),
            MandateEnd::Bank => self.page.t("debit-ended-bank"),
        };
        format!("{}, {why}", self.page.long_day(on))
    }

    fn proof_marks(&self) -> Marks {
        match &self.problem {
            Some(MandateProblem::Proof(refusal)) => Marks::of(Some(*refusal), "mandate-refusal"),
            _ => Marks::default(),
        }
    }

    fn problem_words(&self, problem: &MandateProblem) -> String {
        match problem {
            MandateProblem::Proof(refusal) => proof::words(&self.page, *refusal),
            MandateProblem::Sign(refusal) => words::sign_refusal(&self.page, refusal),
        }
    }

    /// Is it this field of the mandate that is not taken?
    fn is_problem(&self, field: &str) -> bool {
        let Some(MandateProblem::Sign(refusal)) = &self.problem else { return false };
        words::field(refusal) == Some(field)
    }

    fn refusal_words(&self, refusal: &Refusal) -> String {
        words::refusal(&self.page, refusal)
    }

    fn is_refused(&self, field: &str) -> bool {
        let refused = match self.refusal {
            Some(Refusal::Email(_) | Refusal::MustBeTold) => "email",
            Some(Refusal::Address(_)) => "address",
            Some(Refusal::Day(_)) => "day",
            None => return false,
        };
        refused == field
    }
}

//! What banks answer to direct debits, and what follows from it: an invoice is open again, a mandate ends, an amount is presented again.
//!
//! How an answer is written (pain.002, camt.054, camt.053) is `documents`'. Here it is a value, and it is taken once.

use crate::{BankAmount, Currency, DebitTerms, EndToEndId, InvoicePart, MandateFate, ReturnReason};
use catalog::Holidays;
use compact_str::CompactString;
use jiff::{ToSpan, civil::Date};
use vocabulary::{Cents, MandateReference};

/// Weeks in which a debtor may have any debit back without giving a reason (EPC016-06 §4.4).
pub const REFUND_WEEKS: i64 = 8;

/// What a bank says of debits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAnswer {
    /// Of which.
    pub concerns: Concerns,
    /// The amount of the debit, where the bank repeats it; without what it charges for a return.
    pub amount: Option<BankAmount>,
    /// What became of it.
    pub outcome: Outcome,
}

/// Which debits an answer is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concerns {
    /// All of a file, by the name of its message.
    File(CompactString),
    /// All of one day and sequence, by the name of their block.
    Block(CompactString),
    /// One.
    Debit(EndToEndId),
}

/// What became of a debit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The bank took it, or is working at it.
    Taken,
    /// It was never settled.
    Rejected(Option<ReturnReason>),
    /// It was settled and taken back.
    Returned(Option<ReturnReason>),
}

/// A debit as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentDebit {
    /// Its name.
    pub end_to_end: EndToEndId,
    /// The message of its file.
    pub message: CompactString,
    /// The block of the file that it stands in.
    pub block: CompactString,
    /// Under which mandate.
    pub mandate: MandateReference,
    /// Its day.
    pub day: Date,
    /// For what.
    pub parts: Vec<InvoicePart>,
    /// How often these amounts were presented, this time included.
    pub tries: u8,
    /// The day on which it came back, where it has.
    pub came_back: Option<Date>,
}

impl SentDebit {
    /// Its amount.
    pub fn amount(&self) -> Cents {
        self.parts.iter().map(|part| part.amount).sum()
    }

    /// Is it among those that an answer is about?
    pub fn is_meant_by(&self, concerns: &Concerns) -> bool {
        match concerns {
            Concerns::File(message) => *message == self.message,
            Concerns::Block(block) => *block == self.block,
            Concerns::Debit(end_to_end) => *end_to_end == self.end_to_end,
        }
    }
}

/// What follows from an answer for one debit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// The debit.
    pub end_to_end: EndToEndId,
    /// What is open again.
    pub reopened: Vec<InvoicePart>,
    /// Was it settled before? Then its payment is taken back, and otherwise there was none.
    pub settled: Settled,
    /// Why.
    pub reason: ReturnReason,
    /// What becomes of the mandate.
    pub mandate: MandateFate,
    /// What is done with the amount.
    pub next: NextStep,
    /// What the customer is charged.
    pub fee: Option<Cents>,
}

/// Whether a debit that came back had been settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It had: money went back.
    TakenBack,
    /// It had not.
    Never,
}

/// What is done with an amount that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// It is presented again on that day.
    PresentAgain(Date),
    /// The customer has to pay it otherwise.
    CustomerPays,
    /// Somebody of the operator has to look: what was sent is wrong, or the bank's answer is odd.
    Look,
}

/// Why an answer changes nothing.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum AnswerRefusal {
    /// No debit has that name.
    #[error("debit `{0}` is not one of ours")]
    Unknown(String),
    /// It was told before.
    #[error("debit `{0}` came back on {1} already")]
    Twice(EndToEndId, Date),
    /// All of a file or block came back before.
    #[error("debits of `{0}` came back already")]
    AllTwice(String),
    /// Another amount than was collected.
    #[error("answer to debit `{end_to_end}` is of {says}, and {sent} was collected")]
    Amount {
        /// The debit.
        end_to_end: EndToEndId,
        /// What the answer says.
        says: Cents,
        /// What was sent.
        sent: Cents,
    },
    /// Another currency than is collected.
    #[error("answer to debit `{0}` is in {1}, and euros were collected")]
    Currency(EndToEndId, Currency),
}

/// What follows from an answer for the debits that it is about, each by itself: nothing where the bank only took it. What comes back is
/// marked, so that the next answer to it is refused, be it of the same file. An answer to none of them is refused once.
pub fn take_answer(
    answer: &BankAnswer,
    sent: &mut [SentDebit],
    today: Date,
    terms: &DebitTerms,
    banks: &Holidays,
) -> Vec<Result<Consequence, AnswerRefusal>> {
    let mut taken = Vec::new();
    let (mut known, mut fresh) = (false, false);
    for debit in sent.iter_mut().filter(|debit| debit.is_meant_by(&answer.concerns)) {
        known = true;
        // Of a whole file, what came back by itself before has been told; who names one debit hears of it.
        if debit.came_back.is_some() && !matches!(answer.concerns, Concerns::Debit(_)) {
            continue;
        }
        fresh = true;
        if let Some(consequence) = debit.consequence(answer, today, terms, banks).transpose() {
            if consequence.is_ok() {
                debit.came_back = Some(today);
            }
            taken.push(consequence);
        }
    }
    let name = || match &answer.concerns {
        Concerns::File(name) | Concerns::Block(name) => name.to_string(),
        Concerns::Debit(end_to_end) => end_to_end.to_string(),
    };
    match (known, fresh) {
        (false, _) => taken.push(Err(AnswerRefusal::Unknown(name()))),
        (true, false) => taken.push(Err(AnswerRefusal::AllTwice(name()))),
        (true, true) => {}
    }
    taken
}

impl SentDebit {
    fn consequence(
        &self,
        answer: &BankAnswer,
        today: Date,
        terms: &DebitTerms,
        banks: &Holidays,
    ) -> Result<Option<Consequence>, AnswerRefusal> {
        let (settled, reason) = match &answer.outcome {
            Outcome::Taken => return Ok(None),
            Outcome::Rejected(reason) => (Settled::Never, reason),
            Outcome::Returned(reason) => (Settled::TakenBack, reason),
        };
        if let Some(on) = self.came_back {
            return Err(AnswerRefusal::Twice(self.end_to_end.clone(), on));
        }
        if let (Some(amount), Concerns::Debit(_)) = (answer.amount, &answer.concerns) {
            if amount.currency != Currency::EURO {
                return Err(AnswerRefusal::Currency(self.end_to_end.clone(), amount.currency));
            }
            if amount.cents != self.amount() {
                let (says, sent) = (amount.cents, self.amount());
                return Err(AnswerRefusal::Amount { end_to_end: self.end_to_end.clone(), says, sent });
            }
        }
        // Of a bank that gives no reason at all nobody knows whether the amount can be presented again.
        let next = reason.as_ref().map_or(NextStep::Look, |reason| next(self, reason, today, terms, banks));
        let reason = reason.clone().unwrap_or(ReturnReason::NotSaid);
        Ok(Some(Consequence {
            end_to_end: self.end_to_end.clone(),
            reopened: self.parts.clone(),
            settled,
            mandate: reason.mandate(),
            next,
            fee: terms.return_fee.filter(|fee| fee.is_positive() && reason.is_due_to_customer()),
            reason,
        }))
    }
}

/// What is done with the amount of a debit that came back for a reason.
fn next(debit: &SentDebit, reason: &ReturnReason, today: Date, terms: &DebitTerms, banks: &Holidays) -> NextStep {
    use ReturnReason as Reason;
    let late = today > debit.day.saturating_add(REFUND_WEEKS.weeks());
    match reason {
        Reason::NoMoney | Reason::NotSaid if debit.tries < terms.tries => {
            NextStep::PresentAgain(terms.first_day(today.saturating_add(terms.retry_days.max(0).days()), banks))
        }
        Reason::Refund if late => NextStep::Look,
        Reason::NoMoney
        | Reason::NotSaid
        | Reason::Refund
        | Reason::ClosedAccount
        | Reason::BlockedAccount
        | Reason::WrongAccount
        | Reason::DebitsForbidden
        | Reason::RefusedByDebtor => NextStep::CustomerPays,
        _ => NextStep::Look,
    }
}

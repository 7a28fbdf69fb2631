//! What follows from a file of a bank: loaded and decided, and nothing written.

use super::{Ground, ItemOutcome, Next, RefusedAnswer};
use crate::{House, OperationError};
use billing::{
    AnswerRefusal, BankAnswer, BankEntry, Concerns, Consequence, Currency, EntryOfDebit, InvoiceNumber, LeftReason, Match,
    NextStep, Outcome, Payable, Payables, ReturnReason, SentDebit, Settled, may_name, take_answer,
};
use documents::sepa::BankFile;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{DebitState, KeptDebit, NamedInvoice, NewBankItem};
use vocabulary::{BillingAccountId, Cents};

/// So long after somebody noted a transfer by hand, its bank may tell of it.
const NOTED_LATELY_S: i64 = 14 * 86_400;

/// Something that a file says, and what is done about it.
pub(super) struct Decided {
    pub(super) item: NewBankItem,
    pub(super) acts: Vec<Act>,
}

/// What is done.
pub(super) enum Act {
    /// A debit arrived.
    Settle(KeptDebit),
    /// A debit came back, or never was.
    CameBack(KeptDebit, Consequence),
    /// Money pays invoices of an account; what is left is its credit.
    Pay {
        /// An invoice of the account.
        of: NamedInvoice,
        /// What pays which.
        parts: Vec<(NamedInvoice, Cents)>,
        /// What is left.
        rest: Cents,
    },
    /// Money that nobody knows the owner of.
    Keep(Cents),
}

/// Decides what follows from a file.
///
/// # Errors
/// When the database fails.
pub(super) async fn decide(house: &House, ground: &Ground<'_>, file: &BankFile) -> Result<Vec<Decided>, OperationError> {
    let none = Vec::new();
    let (answers, entries): (&[BankAnswer], Vec<&BankEntry>) = match file {
        BankFile::StatusReport(report) => (&report.answers, Vec::new()),
        BankFile::Statements(statements) => {
            (&none, statements.statements.iter().flat_map(|statement| &statement.entries).collect())
        }
    };
    let mut concerns: Vec<Concerns> = answers.iter().map(|answer| answer.concerns.clone()).collect();
    concerns.extend(entries.iter().filter_map(|entry| concerned(entry)));
    let debits = house.store.debits_meant(ground.issuer.operator, &concerns).await?;
    let (payables, invoices) = payables(house, ground, &entries).await?;
    let places = debits.iter().enumerate().map(|(place, debit)| (debit.sent.end_to_end.to_string(), place)).collect();
    let sent = debits.iter().map(|debit| debit.sent.clone()).collect();
    let mut decider = Decider { ground, debits, sent, places, payables, invoices, decided: Vec::new() };
    for answer in answers {
        decider.answer(answer, None);
    }
    for entry in entries {
        decider.entry(entry);
    }
    Ok(decider.decided)
}

/// The debits that an entry is about.
fn concerned(entry: &BankEntry) -> Option<Concerns> {
    Some(match entry.debit.as_ref()? {
        EntryOfDebit::Block(block) => Concerns::Block(block.clone()),
        EntryOfDebit::Settled(end_to_end) | EntryOfDebit::Returned { end_to_end, .. } => Concerns::Debit(end_to_end.clone()),
    })
}

/// The invoices that entries may name, with what is open of them, and the bookings that are known.
async fn payables(
    house: &House,
    ground: &Ground<'_>,
    entries: &[&BankEntry],
) -> Result<(Payables, BTreeMap<InvoiceNumber, NamedInvoice>), OperationError> {
    let places: BTreeSet<(i16, i64)> = entries.iter().flat_map(|entry| may_name(entry, ground.prefix)).collect();
    let found = house.store.invoices_at(ground.issuer, &places).await?;
    let accounts: BTreeSet<BillingAccountId> = found.iter().map(|invoice| invoice.account).collect();
    let accounts: Vec<BillingAccountId> = accounts.into_iter().collect();
    let items = house.store.open_items(&accounts).await?;
    let payable = |invoice: &NamedInvoice| {
        let number = InvoiceNumber::from(invoice.number.as_str());
        let open = items.get(&invoice.account).map_or(Cents::ZERO, |items| {
            items.items.iter().find(|item| item.number == number).map_or(Cents::ZERO, |item| item.open)
        });
        Payable { account: invoice.account, number, reference: InvoiceNumber::structured(invoice.place.0, invoice.place.1), open }
    };
    let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    let known = house.store.known_bookings(ground.issuer.operator, &keys).await?;
    let known = known.iter().map(|key| key.as_str().into()).collect();
    let noted = house.store.transfers_noted(&accounts, house.clock.now().plus_seconds(-NOTED_LATELY_S)).await?;
    let payables = Payables::new(found.iter().map(payable).collect(), known, Currency::EURO).with_noted(noted);
    let invoices = found.into_iter().map(|invoice| (InvoiceNumber::from(invoice.number.as_str()), invoice)).collect();
    Ok((payables, invoices))
}

struct Decider<'a> {
    ground: &'a Ground<'a>,
    debits: Vec<KeptDebit>,
    /// The same as they are judged: what came back is marked here.
    sent: Vec<SentDebit>,
    /// Their places by their names.
    places: HashMap<String, usize>,
    payables: Payables,
    invoices: BTreeMap<InvoiceNumber, NamedInvoice>,
    decided: Vec<Decided>,
}

impl Decider<'_> {
    /// Judges a bank's answer to debits; `entry` is what was booked with it.
    fn answer(&mut self, answer: &BankAnswer, entry: Option<&BankEntry>) {
        let Ground { terms, banks, today, .. } = self.ground;
        let sent = match &answer.concerns {
            // One of many is looked up, not looked for.
            Concerns::Debit(name) => match self.places.get(name.as_str()) {
                Some(&place) => &mut self.sent[place..=place],
                None => &mut self.sent[..0],
            },
            Concerns::File(_) | Concerns::Block(_) => &mut self.sent[..],
        };
        let taken = take_answer(answer, sent, *today, terms, banks);
        if taken.is_empty() && answer.outcome == Outcome::Taken {
            let name = name_of(&answer.concerns);
            self.push(item(entry, &ItemOutcome::Accepted { name }, false), Vec::new());
        }
        for result in taken {
            match result {
                Ok(consequence) => self.came_back(consequence, entry),
                Err(refusal) => {
                    let (why, name) = refused(&refusal);
                    let waits = why != RefusedAnswer::Twice;
                    self.push(item(entry, &ItemOutcome::Refused { why, name }, waits), Vec::new());
                }
            }
        }
    }

    fn came_back(&mut self, consequence: Consequence, entry: Option<&BankEntry>) {
        let Some(&place) = self.places.get(consequence.end_to_end.as_str()) else { return };
        let debit = self.debits[place].clone();
        self.debits[place].state = after(&debit, &consequence);
        let next = match consequence.next {
            NextStep::PresentAgain(day) => Next::Again { day },
            NextStep::CustomerPays => Next::CustomerPays,
            NextStep::Look => Next::Look,
        };
        let outcome = ItemOutcome::CameBack {
            customer: debit.customer_name.clone(),
            end_to_end: consequence.end_to_end.to_string(),
            numbers: consequence.reopened.iter().map(|part| part.number.to_string()).collect(),
            amount: debit.sent.amount(),
            reason: if consequence.reason == ReturnReason::NotSaid {
                String::new()
            } else {
                consequence.reason.code().to_owned()
            },
            next,
        };
        self.push(item(entry, &outcome, next == Next::Look), vec![Act::CameBack(debit, consequence)]);
    }

    fn entry(&mut self, entry: &BankEntry) {
        let matched = self.payables.take(entry);
        match matched {
            // It stands in a file that was taken: there it is told.
            Match::Left(LeftReason::Twice) => {}
            Match::OfDebits => self.of_debits(entry),
            Match::Left(reason) => {
                let is_euros = entry.amount.currency == Currency::EURO && entry.amount.cents.is_positive();
                // What the operator pays is its own matter.
                let waits = reason != LeftReason::WentOut;
                let acts = if is_euros { vec![Act::Keep(entry.amount.cents)] } else { Vec::new() };
                self.push(item(Some(entry), &ItemOutcome::Left { reason }, waits), acts);
            }
            Match::Pays { account, parts, rest } => self.pays(entry, account, (parts, rest)),
        }
    }

    fn pays(&mut self, entry: &BankEntry, account: BillingAccountId, (parts, rest): (Vec<billing::InvoicePart>, Cents)) {
        let Some(of) = self.invoices.values().find(|invoice| invoice.account == account).cloned() else { return };
        let parts: Vec<(NamedInvoice, Cents)> =
            parts.iter().filter_map(|part| Some((self.invoices.get(&part.number)?.clone(), part.amount))).collect();
        let outcome = ItemOutcome::Paid {
            customer: of.customer_name.clone(),
            account: of.account_name.clone(),
            parts: parts.iter().map(|(invoice, amount)| (invoice.number.clone(), *amount)).collect(),
            rest,
        };
        self.push(item(Some(entry), &outcome, false), vec![Act::Pay { of, parts, rest }]);
    }

    fn of_debits(&mut self, entry: &BankEntry) {
        if let Some(answer) = entry.answer() {
            return self.answer(&answer, Some(entry));
        }
        let meant: Vec<usize> = match &entry.debit {
            Some(EntryOfDebit::Block(block)) => {
                self.debits.iter().enumerate().filter(|(_, debit)| debit.sent.block == *block).map(|(place, _)| place).collect()
            }
            Some(EntryOfDebit::Settled(name)) => self.places.get(name.as_str()).copied().into_iter().collect(),
            Some(EntryOfDebit::Returned { .. }) | None => Vec::new(),
        };
        let name = concerned(entry).map(|concerns| name_of(&concerns)).unwrap_or_default();
        let refuse = |why| item(Some(entry), &ItemOutcome::Refused { why, name: name.clone() }, why != RefusedAnswer::Twice);
        if meant.is_empty() {
            let acts = arrived(entry);
            return self.push(refuse(RefusedAnswer::Unknown), acts);
        }
        if entry.amount.currency != Currency::EURO {
            return self.push(refuse(RefusedAnswer::Currency), Vec::new());
        }
        // What was refused before is not in the sum; what came back after it had arrived is.
        let came: Vec<usize> = meant.into_iter().filter(|place| self.debits[*place].state != DebitState::Rejected).collect();
        let sum: Cents = came.iter().map(|place| self.sent[*place].amount()).sum();
        let settling: Vec<usize> = came.into_iter().filter(|place| self.debits[*place].state == DebitState::UnderWay).collect();
        if settling.is_empty() {
            return self.push(refuse(RefusedAnswer::Twice), Vec::new());
        }
        if sum != entry.amount.cents {
            let acts = arrived(entry);
            return self.push(refuse(RefusedAnswer::Amount), acts);
        }
        let acts: Vec<Act> = settling.iter().map(|place| Act::Settle(self.debits[*place].clone())).collect();
        for place in &settling {
            self.debits[*place].state = DebitState::Settled;
        }
        let outcome = ItemOutcome::Settled { debits: i64::try_from(settling.len()).unwrap_or(i64::MAX) };
        self.push(item(Some(entry), &outcome, false), acts);
    }

    fn push(&mut self, item: NewBankItem, acts: Vec<Act>) {
        self.decided.push(Decided { item, acts });
    }
}

/// What a debit is after an answer that it came back: money that had arrived went back, whatever the bank calls it.
pub(super) fn after(debit: &KeptDebit, consequence: &Consequence) -> DebitState {
    match (consequence.settled, debit.state) {
        (Settled::Never, DebitState::UnderWay | DebitState::Rejected) => DebitState::Rejected,
        _ => DebitState::Returned,
    }
}

/// Money of debits that cannot be told apart is kept until somebody has looked.
fn arrived(entry: &BankEntry) -> Vec<Act> {
    let is_money = entry.amount.currency == Currency::EURO && entry.amount.cents.is_positive();
    if is_money { vec![Act::Keep(entry.amount.cents)] } else { Vec::new() }
}

fn name_of(concerns: &Concerns) -> String {
    match concerns {
        Concerns::File(name) | Concerns::Block(name) => name.to_string(),
        Concerns::Debit(name) => name.to_string(),
    }
}

fn refused(refusal: &AnswerRefusal) -> (RefusedAnswer, String) {
    match refusal {
        AnswerRefusal::Unknown(name) => (RefusedAnswer::Unknown, name.clone()),
        AnswerRefusal::Twice(name, _) => (RefusedAnswer::Twice, name.to_string()),
        AnswerRefusal::AllTwice(name) => (RefusedAnswer::Twice, name.clone()),
        AnswerRefusal::Amount { end_to_end, .. } => (RefusedAnswer::Amount, end_to_end.to_string()),
        AnswerRefusal::Currency(name, _) => (RefusedAnswer::Currency, name.to_string()),
    }
}

/// What is kept of something that a file says.
fn item(entry: Option<&BankEntry>, outcome: &ItemOutcome, waits: bool) -> NewBankItem {
    NewBankItem {
        key: entry.map(|entry| entry.key.to_string()),
        amount: entry.map(|entry| entry.amount),
        booked: entry.map(|entry| entry.booked),
        party: entry.map(|entry| entry.party.clone()).unwrap_or_default(),
        said: entry.map(said).unwrap_or_default(),
        outcome: serde_json::to_string(outcome).expect("texts and numbers are plain data"),
        waits,
    }
}

fn said(entry: &BankEntry) -> String {
    let structured = entry.structured.iter().map(ToString::to_string);
    structured.chain(Some(entry.text.clone()).filter(|text| !text.is_empty())).collect::<Vec<_>>().join(" ")
}

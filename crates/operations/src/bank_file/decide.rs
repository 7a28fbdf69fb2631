//! What follows from a file of a bank: loaded and decided, and nothing written.

use super::{Ground, ItemOutcome, Next, RefusedAnswer, read_outcome};
use crate::{House, OperationError};
use billing::{
    AnswerRefusal, BankAnswer, BankEntry, Concerns, Consequence, Currency, EntryOfDebit, InvoiceNumber, KnownPart, LeftReason,
    Match, NextStep, Outcome, Payable, Payables, ReturnReason, SentDebit, Settled, may_name, take_answer,
};
use documents::sepa::BankFile;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{DebitState, KeptBankItem, KeptDebit, NamedInvoice, NewBankItem};
use vocabulary::{BankItemId, BillingAccountId, Cents};

/// So much that waits is looked at again.
const MOST_LOOKED_AT: usize = 2_000;
/// So long after somebody noted a transfer by hand, its bank may tell of it.
const NOTED_LATELY_S: i64 = 14 * 86_400;

/// Something that a bank says, and what is done about it.
pub(super) struct Decided {
    pub(super) item: Item,
    pub(super) acts: Vec<Act>,
}

/// What is kept of something that a bank says.
pub(super) enum Item {
    /// It is said now.
    New(NewBankItem),
    /// It was said before and waited; money of it was with nobody. What became of it now.
    Waited(BankItemId, ItemOutcome),
}

/// What a bank says at once.
pub(super) struct Said<'a> {
    /// Of debits.
    pub(super) answers: &'a [BankAnswer],
    /// What it booked.
    pub(super) entries: Vec<&'a BankEntry>,
    /// Does a person say it, of a debit whose booking waits because of its amount?
    pub(super) by_hand: bool,
}

impl<'a> Said<'a> {
    /// What a file says.
    pub(super) fn by(file: &'a BankFile) -> Self {
        let (answers, entries): (&[BankAnswer], Vec<&BankEntry>) = match file {
            BankFile::StatusReport(report) => (&report.answers, Vec::new()),
            BankFile::Statements(statements) => {
                (&[], statements.statements.iter().flat_map(|statement| &statement.entries).collect())
            }
        };
        Self { answers, entries, by_hand: false }
    }
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
    /// The same is told again, with its parts.
    Part(Cents),
}

/// Decides what follows from what a bank says, also for what waits of debits whose sum was another: what is refused later may have been the difference.
///
/// # Errors
/// When the database fails.
pub(super) async fn decide(house: &House, ground: &Ground<'_>, said: &Said<'_>) -> Result<Vec<Decided>, OperationError> {
    let mut concerns: Vec<Concerns> = said.answers.iter().map(|answer| answer.concerns.clone()).collect();
    concerns.extend(said.entries.iter().filter_map(|entry| concerned(entry)));
    let mut debits = house.store.debits_meant(ground.issuer.operator, &concerns).await?;
    // Only what is said of a debit can change how what waits of its block stands.
    let mut waiting = waiting(house, ground).await?;
    let names: BTreeSet<&str> =
        debits.iter().flat_map(|debit| [debit.sent.block.as_str(), debit.sent.end_to_end.as_str()]).collect();
    waiting.retain(|waits| names.contains(waits.name.as_str()));
    if !waiting.is_empty() {
        concerns.extend(waiting.iter().map(|waits| Concerns::Block(waits.name.as_str().into())));
        debits = house.store.debits_meant(ground.issuer.operator, &concerns).await?;
    }
    let (payables, invoices) = payables(house, ground, &said.entries).await?;
    let places = debits.iter().enumerate().map(|(place, debit)| (debit.sent.end_to_end.to_string(), place)).collect();
    let sent = debits.iter().map(|debit| debit.sent.clone()).collect();
    let told = told(house, ground, &said.entries).await?;
    let mut decider =
        Decider { ground, debits, sent, places, payables, invoices, told, parted: BTreeSet::new(), decided: Vec::new() };
    for answer in said.answers {
        decider.answer(answer, None);
    }
    for entry in &said.entries {
        decider.entry(entry);
    }
    for waits in &waiting {
        decider.look_again(waits, said);
    }
    Ok(decider.decided)
}

/// What was taken of the bookings that entries are of, by booking.
async fn told(
    house: &House,
    ground: &Ground<'_>,
    entries: &[&BankEntry],
) -> Result<HashMap<String, Vec<KeptBankItem>>, OperationError> {
    let bookings: BTreeSet<&str> = entries.iter().filter_map(|entry| Some(entry.booking.as_ref()?.key.as_str())).collect();
    let bookings: Vec<&str> = bookings.into_iter().collect();
    let mut told: HashMap<String, Vec<KeptBankItem>> = HashMap::new();
    for kept in house.store.bank_items_of(ground.issuer, &bookings).await? {
        told.entry(kept.item.booking.clone().unwrap_or_default()).or_default().push(kept);
    }
    Ok(told)
}

/// A booking of debits that waits because its amount is another.
struct Waiting {
    id: BankItemId,
    /// The block or debit that it names.
    name: String,
    amount: Cents,
}

/// What waits of debits because its amount is another, the longest first.
async fn waiting(house: &House, ground: &Ground<'_>) -> Result<Vec<Waiting>, OperationError> {
    let mut found = Vec::new();
    for kept in house.store.bank_items_that_wait(ground.issuer, MOST_LOOKED_AT).await? {
        let Some(amount) = kept.item.amount.filter(|amount| amount.currency == Currency::EURO) else { continue };
        if let ItemOutcome::Refused { why: RefusedAnswer::Amount, name } = read_outcome(&kept.item.outcome)? {
            found.push(Waiting { id: kept.id, name, amount: amount.cents });
        }
    }
    Ok(found)
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
    /// What was taken before of the bookings of this file.
    told: HashMap<String, Vec<KeptBankItem>>,
    /// Those of it whose parts are told now.
    parted: BTreeSet<BankItemId>,
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
        if self.was_told_otherwise(entry) {
            return;
        }
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

    /// Was its booking counted before, with its details or without? Money of one that waits without them, with nobody, is given up for its parts.
    fn was_told_otherwise(&mut self, entry: &BankEntry) -> bool {
        let Some(booking) = &entry.booking else { return false };
        let kept = self.told.get(booking.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        let known: Vec<KnownPart<'_>> = kept.iter().filter_map(known_part).collect();
        let Some(place) = entry.told_otherwise(&known) else { return false };
        let whole = kept.iter().find(|item| item.item.key.as_deref() == Some(known[place].key));
        let Some(whole) = whole.filter(|whole| whole.item.key.as_deref() == Some(booking.key.as_str())) else { return true };
        if !known[place].amount.is_positive() {
            // What leaves the account is not entered as a whole.
            return false;
        }
        if is_with_nobody(whole) && self.parted.insert(whole.id) {
            let acts = vec![Act::Part(known[place].amount)];
            self.decided.push(Decided { item: Item::Waited(whole.id, ItemOutcome::Parted), acts });
        }
        !self.parted.contains(&whole.id)
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
        match self.settling(meant, entry.amount.cents) {
            Err(why) => {
                let acts = if why == RefusedAnswer::Amount { arrived(entry) } else { Vec::new() };
                self.push(refuse(why), acts);
            }
            Ok(settling) => {
                let (outcome, acts) = self.settle(&settling);
                self.push(item(Some(entry), &outcome, false), acts);
            }
        }
    }

    /// Those of some debits that arrive with an amount: what was refused before is not in the sum; what came back after it had arrived is.
    fn settling(&self, meant: Vec<usize>, amount: Cents) -> Result<Vec<usize>, RefusedAnswer> {
        let came: Vec<usize> = meant.into_iter().filter(|place| self.debits[*place].state != DebitState::Rejected).collect();
        let sum: Cents = came.iter().map(|place| self.sent[*place].amount()).sum();
        let settling: Vec<usize> =
            came.iter().copied().filter(|place| self.debits[*place].state == DebitState::UnderWay).collect();
        // Money of debits that were all refused is nobody's yet, and not what was told before.
        if settling.is_empty() && !came.is_empty() {
            return Err(RefusedAnswer::Twice);
        }
        if sum == amount && !settling.is_empty() { Ok(settling) } else { Err(RefusedAnswer::Amount) }
    }

    fn settle(&mut self, settling: &[usize]) -> (ItemOutcome, Vec<Act>) {
        let acts = settling.iter().map(|place| Act::Settle(self.debits[*place].clone())).collect();
        for place in settling {
            self.debits[*place].state = DebitState::Settled;
        }
        (ItemOutcome::Settled { debits: i64::try_from(settling.len()).unwrap_or(i64::MAX) }, acts)
    }

    /// Looks again at a booking whose amount was another: it settles what is left by now, or tells of the return that somebody noted.
    fn look_again(&mut self, waits: &Waiting, said: &Said<'_>) {
        if self.parted.contains(&waits.id) {
            return;
        }
        if waits.amount.is_positive() {
            let of_block = |debit: &KeptDebit| debit.sent.block == waits.name;
            let mut meant: Vec<usize> =
                self.debits.iter().enumerate().filter(|(_, debit)| of_block(debit)).map(|(place, _)| place).collect();
            if meant.is_empty() {
                meant.extend(self.places.get(&waits.name));
            }
            if let Ok(settling) = self.settling(meant, waits.amount) {
                // What arrived of debits that went back meanwhile moved nothing when it did: it is given up like that.
                let rest = waits.amount - settling.iter().map(|place| self.sent[*place].amount()).sum::<Cents>();
                let (outcome, mut acts) = self.settle(&settling);
                acts.extend((!rest.is_zero()).then_some(Act::Part(rest)));
                self.decided.push(Decided { item: Item::Waited(waits.id, outcome), acts });
            }
        } else if said.by_hand
            && let Some(outcome) = self.came_back_now(&waits.name)
        {
            self.decided.push(Decided { item: Item::Waited(waits.id, outcome), acts: Vec::new() });
        }
    }

    /// What was decided just now of a debit that came back.
    fn came_back_now(&self, name: &str) -> Option<ItemOutcome> {
        let outcomes = self.decided.iter().filter_map(|decided| match &decided.item {
            Item::New(new) => read_outcome(&new.outcome).ok(),
            Item::Waited(..) => None,
        });
        let is_of = |outcome: &ItemOutcome| matches!(outcome, ItemOutcome::CameBack { end_to_end, .. } if end_to_end == name);
        outcomes.into_iter().find(is_of)
    }

    fn push(&mut self, item: NewBankItem, acts: Vec<Act>) {
        self.decided.push(Decided { item: Item::New(item), acts });
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

/// Is money of it with nobody? It waits, or somebody said what it is and not whose.
pub(super) fn is_with_nobody(kept: &KeptBankItem) -> bool {
    kept.item.waits || matches!(read_outcome(&kept.item.outcome), Ok(ItemOutcome::Said { .. }))
}

fn known_part(kept: &KeptBankItem) -> Option<KnownPart<'_>> {
    let amount = kept.item.amount.filter(|amount| amount.currency == Currency::EURO)?;
    Some(KnownPart { key: kept.item.key.as_deref()?, amount: amount.cents })
}

/// What is kept of something that a file says.
fn item(entry: Option<&BankEntry>, outcome: &ItemOutcome, waits: bool) -> NewBankItem {
    NewBankItem {
        key: entry.map(|entry| entry.key.to_string()),
        booking: entry.and_then(|entry| Some(entry.booking.as_ref()?.key.to_string())),
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

//! Money that arrived on the operator's bank account finds the invoices that it pays.
//!
//! Only what the payer wrote decides: a structured communication, or the number of an invoice in free text. What says neither, or
//! names several accounts, stays with its reason until somebody looks: money on a wrong account is worse than money on none.

use crate::{
    BankAmount, BankAnswer, Concerns, Currency, EndToEndId, InvoiceNumber, InvoicePart, LedgerAccount, Outcome, ReturnReason,
    Transfer,
};
use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::RangeInclusive,
};
use vocabulary::{BillingAccountId, Cents, Iban, StructuredReference};

/// What the operator's bank booked (ISO 20022: a transaction of an entry of camt.053 or camt.054).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankEntry {
    /// What it is known by: the same in every message that tells of it.
    pub key: CompactString,
    /// How much; less than nothing where it left the account.
    pub amount: BankAmount,
    /// The day it was booked.
    pub booked: Date,
    /// The structured communications that it carries.
    pub structured: Vec<StructuredReference>,
    /// What the payer wrote; its lines with blanks between them.
    pub text: String,
    /// Who paid, or was paid.
    pub party: String,
    /// From which account, or to which.
    pub account: Option<Iban>,
    /// What it is of our direct debits.
    pub debit: Option<EntryOfDebit>,
    /// The booking that it is, or is a part of, where the bank has a name for that: it may tell the one with details, and the other without.
    pub booking: Option<Booking>,
}

/// A booking as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// What it is known by: the key of an entry that is all of it.
    pub key: CompactString,
    /// How much.
    pub amount: Cents,
}

/// An entry that is known of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownPart<'a> {
    /// Its key.
    pub key: &'a str,
    /// How much.
    pub amount: Cents,
}

impl BankEntry {
    /// Was its booking told before in its other form: as the whole of which this is a part, or as parts that add up to this? Then the place of the whole,
    /// or of the first part. A bank may give several bookings one name: those add up to something else.
    pub fn told_otherwise(&self, known: &[KnownPart<'_>]) -> Option<usize> {
        let booking = self.booking.as_ref()?;
        let is_whole = |key: &str| booking.key == key;
        if !is_whole(&self.key) {
            return known.iter().position(|part| is_whole(part.key) && part.amount == booking.amount);
        }
        let sum: Cents = known.iter().filter(|part| !is_whole(part.key)).map(|part| part.amount).sum();
        let first = known.iter().position(|part| !is_whole(part.key))?;
        (sum == booking.amount).then_some(first)
    }
}

/// What an entry says of direct debits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryOfDebit {
    /// The debits of a block arrived.
    Block(CompactString),
    /// One arrived.
    Settled(EndToEndId),
    /// One came back.
    Returned {
        /// Which.
        end_to_end: EndToEndId,
        /// Why, where the bank says so.
        reason: Option<ReturnReason>,
        /// What was collected, without what the bank charges for the return.
        collected: BankAmount,
    },
}

impl BankEntry {
    /// The bank's answer to a direct debit that it holds, where one came back.
    pub fn answer(&self) -> Option<BankAnswer> {
        let Some(EntryOfDebit::Returned { end_to_end, reason, collected }) = &self.debit else { return None };
        Some(BankAnswer {
            concerns: Concerns::Debit(end_to_end.clone()),
            amount: Some(*collected),
            outcome: Outcome::Returned(reason.clone()),
        })
    }
}

/// An invoice that a transfer may pay, of which something may be open or nothing any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payable {
    /// Whose it is.
    pub account: BillingAccountId,
    /// Its number.
    pub number: InvoiceNumber,
    /// What its transfer says.
    pub reference: Option<StructuredReference>,
    /// What is open of it.
    pub open: Cents,
}

/// Where the money of an entry goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "match", rename_all = "snake_case")]
pub enum Match {
    /// It pays invoices of an account.
    Pays {
        /// Which account.
        account: BillingAccountId,
        /// What is paid of which invoice.
        parts: Vec<InvoicePart>,
        /// What is left and stands to the account's credit.
        rest: Cents,
    },
    /// It is of direct debits, which are told by themselves.
    OfDebits,
    /// Somebody has to look.
    Left(LeftReason),
}

/// Why money stays where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum LeftReason {
    /// It says no structured communication and no number of an invoice.
    SaysNothing,
    /// The structured communication is right and of no invoice.
    UnknownReference {
        /// What it says.
        reference: StructuredReference,
    },
    /// It names invoices of several accounts.
    SeveralAccounts {
        /// Which.
        accounts: Vec<BillingAccountId>,
    },
    /// Another currency than invoices are in.
    Currency {
        /// Which.
        currency: Currency,
    },
    /// It left the account.
    WentOut,
    /// It was taken before.
    Twice,
    /// A transfer of that amount was noted by hand for the account that it pays: it may be the same.
    NotedByHand,
}

/// Money of an entry that pays an account.
pub fn arrived_transfer(account: BillingAccountId, amount: Cents) -> Option<Transfer> {
    Transfer::signed(LedgerAccount::Bank, LedgerAccount::Receivable(account), amount)
}

/// Money that an account had paid, and that is gone again.
pub fn returned_transfer(account: BillingAccountId, amount: Cents) -> Option<Transfer> {
    Transfer::signed(LedgerAccount::Receivable(account), LedgerAccount::Bank, amount)
}

/// Money of an entry that nobody knows the owner of.
pub fn unmatched_transfer(amount: Cents) -> Option<Transfer> {
    Transfer::signed(LedgerAccount::Bank, LedgerAccount::Unmatched, amount)
}

/// The same undone, where the bank tells of its parts.
pub fn parted_transfer(amount: Cents) -> Option<Transfer> {
    Transfer::signed(LedgerAccount::Unmatched, LedgerAccount::Bank, amount)
}

/// The same once its owner is known.
pub fn matched_transfer(account: BillingAccountId, amount: Cents) -> Option<Transfer> {
    Transfer::signed(LedgerAccount::Unmatched, LedgerAccount::Receivable(account), amount)
}

/// The invoices of an issuer that an entry may name, as year and place of their numbers: few of them, so that only these need be loaded. Those of
/// numbers that begin with the prefix, however they are cut, and of structured communications.
pub fn may_name(entry: &BankEntry, prefix: &str) -> BTreeSet<(i16, i64)> {
    const YEAR_DIGITS: usize = 4;
    const PLACE_DIGITS: RangeInclusive<usize> = 6..=8;
    let mut found = BTreeSet::new();
    for reference in entry.structured.iter().copied().chain(StructuredReference::find_in(&entry.text)) {
        found.extend(InvoiceNumber::of_structured(reference));
    }
    let joined: String = signs(&entry.text).map(|(_, sign)| sign).collect();
    for (start, _) in joined.match_indices(prefix) {
        let rest = &joined[start + prefix.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        for length in PLACE_DIGITS.filter(|length| YEAR_DIGITS + length <= digits) {
            let (year, place) = rest[..YEAR_DIGITS + length].split_at(YEAR_DIGITS);
            if let (Ok(year), Ok(place)) = (year.parse(), place.parse()) {
                found.insert((year, place));
            }
        }
    }
    found
}

/// The invoices that transfers may pay, found by what transfers say.
#[derive(Clone, Debug)]
pub struct Payables {
    all: Vec<Payable>,
    by_reference: HashMap<StructuredReference, usize>,
    by_number: HashMap<CompactString, usize>,
    /// How many signs the numbers have.
    lengths: BTreeSet<usize>,
    /// The keys of entries that were taken.
    taken: BTreeSet<CompactString>,
    /// Transfers that somebody noted lately, by account.
    noted: Vec<(BillingAccountId, Cents)>,
    currency: Currency,
}

impl Payables {
    /// Invoices in a currency, and the keys of entries that were taken before.
    pub fn new(invoices: Vec<Payable>, taken: BTreeSet<CompactString>, currency: Currency) -> Self {
        let mut by_reference = HashMap::new();
        let mut by_number = HashMap::new();
        let mut lengths = BTreeSet::new();
        for (place, invoice) in invoices.iter().enumerate() {
            if let Some(reference) = invoice.reference {
                by_reference.insert(reference, place);
            }
            let signs = signs(invoice.number.as_str()).map(|(_, sign)| sign).collect::<CompactString>();
            lengths.insert(signs.len());
            by_number.insert(signs, place);
        }
        Self { all: invoices, by_reference, by_number, lengths, taken, noted: Vec::new(), currency }
    }

    /// With the transfers that somebody noted by hand lately: an entry that may be one of them pays nothing before somebody has looked.
    #[must_use]
    pub fn with_noted(self, noted: Vec<(BillingAccountId, Cents)>) -> Self {
        Self { noted, ..self }
    }

    /// Finds what an entry pays, and counts it: a second one that names the same invoice pays what the first left.
    pub fn take(&mut self, entry: &BankEntry) -> Match {
        if !self.taken.insert(entry.key.clone()) {
            return Match::Left(LeftReason::Twice);
        }
        if entry.debit.is_some() {
            return Match::OfDebits;
        }
        if !entry.amount.cents.is_positive() {
            return Match::Left(LeftReason::WentOut);
        }
        if self.currency != entry.amount.currency {
            return Match::Left(LeftReason::Currency { currency: entry.amount.currency });
        }
        let named = match self.named(entry) {
            Ok(named) => named,
            Err(reason) => return Match::Left(reason),
        };
        let accounts: BTreeSet<BillingAccountId> = named.iter().map(|place| self.all[*place].account).collect();
        match accounts.iter().collect::<Vec<_>>()[..] {
            [account] => match self.noted.iter().position(|noted| *noted == (*account, entry.amount.cents)) {
                Some(place) => {
                    self.noted.swap_remove(place);
                    Match::Left(LeftReason::NotedByHand)
                }
                None => self.pay(*account, &named, entry.amount.cents),
            },
            [] => Match::Left(LeftReason::SaysNothing),
            _ => Match::Left(LeftReason::SeveralAccounts { accounts: accounts.into_iter().collect() }),
        }
    }

    /// The invoices that an entry names, in the order of their numbers.
    fn named(&self, entry: &BankEntry) -> Result<Vec<usize>, LeftReason> {
        let mut named = BTreeMap::new();
        let mut unknown = None;
        let said = entry.structured.iter().copied().chain(StructuredReference::find_in(&entry.text));
        for reference in said {
            match self.by_reference.get(&reference) {
                Some(&place) => drop(named.insert(&self.all[place].number, place)),
                None => unknown = Some(reference),
            }
        }
        for place in self.numbers_in(&entry.text) {
            named.insert(&self.all[place].number, place);
        }
        match unknown {
            Some(reference) if named.is_empty() => Err(LeftReason::UnknownReference { reference }),
            _ => Ok(named.into_values().collect()),
        }
    }

    /// The invoices whose numbers stand in a text, however blanks, hyphens and lines cut them.
    fn numbers_in(&self, text: &str) -> Vec<usize> {
        let signs: Vec<(usize, char)> = signs(text).collect();
        let joined: CompactString = signs.iter().map(|(_, sign)| *sign).collect();
        let mut found = Vec::new();
        for length in self.lengths.iter().copied().filter(|length| (1..=signs.len()).contains(length)) {
            for start in 0..=signs.len() - length {
                let end = start + length;
                if let Some(&place) = self.by_number.get(&joined[start..end])
                    && stands_alone(&signs, start, end)
                {
                    found.push(place);
                }
            }
        }
        found
    }

    fn pay(&mut self, account: BillingAccountId, named: &[usize], amount: Cents) -> Match {
        let mut rest = amount;
        let mut parts = Vec::new();
        for place in named {
            let invoice = &mut self.all[*place];
            let paid = invoice.open.max(Cents::ZERO).min(rest);
            if paid.is_positive() {
                (rest, invoice.open) = (rest - paid, invoice.open - paid);
                parts.push(InvoicePart { number: invoice.number.clone(), amount: paid });
            }
        }
        Match::Pays { account, parts, rest }
    }
}

/// Letters (as capitals) and digits of a text, each with its place in it, counted in signs.
fn signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.chars().enumerate().filter(|(_, c)| c.is_ascii_alphanumeric()).map(|(place, c)| (place, c.to_ascii_uppercase()))
}

/// Does nothing of the same kind stand directly before or after the signs from `start` to `end`? `A1` is not in `BA1` or `A12`.
fn stands_alone(signs: &[(usize, char)], start: usize, end: usize) -> bool {
    let touches = |a: usize, b: usize| {
        let ((left, before), (right, after)) = (signs[a], signs[b]);
        left + 1 == right && before.is_ascii_digit() == after.is_ascii_digit()
    };
    (start == 0 || !touches(start - 1, start)) && (end == signs.len() || !touches(end - 1, end))
}

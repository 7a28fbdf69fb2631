//! What files of direct debits and of refunds have in common: payments of one day go together, each between the operator's account and
//! somebody's, in signs and amounts that every bank takes.

use super::{
    charset::{is_sepa, sepa_text},
    writer::Xml,
};
use billing::{Address, EndToEndId, MOST_OF_A_DEBIT};
use compact_str::CompactString;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Bic, Cents, CountryCode, CreditorId, Iban, Timestamp};

/// What banks take of a name (EPC130-08, AT-14).
const MOST_OF_A_NAME: usize = 70;
/// What banks take of what a payment is for (AT-22).
const MOST_OF_A_TEXT: usize = 140;
/// What names messages, blocks and payments.
const MOST_OF_AN_ID: usize = 35;
/// Lines of an address beside its town.
const ADDRESS_LINES: usize = 2;

/// Countries of SEPA outside the European Economic Area: their banks want the BIC and the holder's address (EPC130-08, AT-13, AT-09).
const OUTSIDE_THE_EEA: [&str; 12] = ["AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"];

/// The operator, who collects and pays back.
#[derive(Clone, Debug)]
pub struct Creditor {
    /// Its name.
    pub name: String,
    /// Its identifier (ICS).
    pub id: CreditorId,
    /// Its account.
    pub iban: Iban,
    /// Its bank, where known.
    pub bic: Option<Bic>,
}

/// Who pays, or is paid.
#[derive(Clone, Debug)]
pub struct AccountHolder {
    /// Whose account it is.
    pub name: String,
    /// The account.
    pub iban: Iban,
    /// Its bank, where known.
    pub bic: Option<Bic>,
    /// Where the holder lives; needed where the bank is outside the European Economic Area, and written only there.
    pub address: Option<Address>,
}

/// What of an account's holder a bank would not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolderProblem {
    /// It has no name in signs that banks pass on.
    NoName,
    /// The bank is outside the European Economic Area, and its BIC or the holder's address is missing.
    OutsideTheEea,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub xml: String,
    /// Its blocks, in their order.
    pub blocks: Vec<Block>,
    /// What it moves altogether.
    pub sum: Cents,
}

/// Payments of one day and sort: the bank books their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What names it.
    pub id: CompactString,
    /// What is in it.
    pub payments: Vec<EndToEndId>,
}

/// Why a file cannot be written.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SepaFileRefusal {
    /// There is nothing in it.
    #[error("file for the bank has no payment")]
    Empty,
    /// A name that a bank would not take.
    #[error("`{0}` cannot name a message or a payment: 1 to 35 letters, digits and signs that banks pass on, slashes apart")]
    Name(String),
    /// Two payments have one name.
    #[error("payment `{0}` stands twice in the file")]
    Twice(EndToEndId),
    /// Nothing, less, or more than a payment may be of.
    #[error("payment `{0}` is of {1}: a payment is of 0.01 to {MOST_OF_A_DEBIT}")]
    Amount(EndToEndId, Cents),
    /// The holder has no name in signs that banks pass on.
    #[error("payment `{0}` has no name of the account's holder")]
    NoHolder(EndToEndId),
    /// A bank outside the European Economic Area is asked, and its BIC or the holder's address is missing.
    #[error("payment `{0}` is of a bank in {1}, outside the European Economic Area: it needs the BIC and the holder's address")]
    OutsideTheEea(EndToEndId, CountryCode),
}

/// One payment of a file.
pub(super) trait Payment {
    /// What names it.
    fn end_to_end(&self) -> &EndToEndId;
    /// How much.
    fn amount(&self) -> Cents;
    /// The other's account.
    fn holder(&self) -> &AccountHolder;
}

/// The payments that go together, block by block, each by its name: however they are given, the file is the same.
pub(super) fn blocks<'a, P: Payment, K: Ord>(
    message: &CompactString,
    payments: &'a [P],
    together: impl Fn(&P) -> K,
) -> Result<Vec<(Block, Vec<&'a P>)>, SepaFileRefusal> {
    let mut names = BTreeSet::new();
    let mut groups: BTreeMap<K, Vec<&P>> = BTreeMap::new();
    for payment in payments {
        check(payment)?;
        if !names.insert(payment.end_to_end()) {
            return Err(SepaFileRefusal::Twice(payment.end_to_end().clone()));
        }
        groups.entry(together(payment)).or_default().push(payment);
    }
    if groups.is_empty() {
        return Err(SepaFileRefusal::Empty);
    }
    if !is_name(message) {
        return Err(SepaFileRefusal::Name(message.to_string()));
    }
    let named = groups.into_values().enumerate().map(|(place, mut payments)| {
        let id = compact_str::format_compact!("{message}-{}", place + 1);
        if !is_name(&id) {
            return Err(SepaFileRefusal::Name(id.to_string()));
        }
        payments.sort_by_key(|payment| payment.end_to_end());
        let names = payments.iter().map(|payment| payment.end_to_end().clone()).collect();
        Ok((Block { id, payments: names }, payments))
    });
    named.collect()
}

fn check(payment: &impl Payment) -> Result<(), SepaFileRefusal> {
    let (name, holder) = (payment.end_to_end(), payment.holder());
    if !is_name(name.as_str()) {
        return Err(SepaFileRefusal::Name(name.to_string()));
    }
    if !payment.amount().is_positive() || payment.amount() > MOST_OF_A_DEBIT {
        return Err(SepaFileRefusal::Amount(name.clone(), payment.amount()));
    }
    match holder.problem() {
        Some(HolderProblem::NoName) => Err(SepaFileRefusal::NoHolder(name.clone())),
        Some(HolderProblem::OutsideTheEea) => Err(SepaFileRefusal::OutsideTheEea(name.clone(), holder.iban.country())),
        None => Ok(()),
    }
}

/// How much payments are of together.
pub(super) fn sum<'a, P: Payment + 'a>(payments: impl IntoIterator<Item = &'a P>) -> Cents {
    payments.into_iter().map(Payment::amount).sum()
}

/// A name as banks take it.
pub(super) fn name_of(name: &str) -> String {
    sepa_text(name, MOST_OF_A_NAME)
}

/// Number and sum of payments.
pub(super) fn write_totals<P: Payment>(xml: &mut Xml, payments: &[&P]) {
    xml.text("NbOfTxs", &payments.len().to_string());
    xml.text("CtrlSum", &sum(payments.iter().copied()).to_string());
}

/// What names a message, and when it was made.
pub(super) fn write_origin(xml: &mut Xml, message: &str, made: Timestamp) {
    xml.text("MsgId", message);
    xml.text("CreDtTm", &made.to_local(&TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
}

/// A bank by its BIC, or that it is found by the account.
pub(super) fn write_bank(xml: &mut Xml, name: &str, bic: Option<Bic>) {
    xml.path(&format!("{name}/FinInstnId"), |xml| match bic {
        Some(bic) => xml.text("BICFI", bic.as_str()),
        None => xml.text("Othr/Id", "NOTPROVIDED"),
    });
}

/// What a payment is for, where it says something.
pub(super) fn write_text(xml: &mut Xml, text: &str) {
    let text = sepa_text(text, MOST_OF_A_TEXT);
    if !text.is_empty() {
        xml.text("RmtInf/Ustrd", &text);
    }
}

impl AccountHolder {
    /// Why no bank would take a payment of this account; to be told before there is one.
    pub fn problem(&self) -> Option<HolderProblem> {
        if !name_of(&self.name).contains(|sign: char| sign.is_ascii_alphanumeric()) {
            return Some(HolderProblem::NoName);
        }
        let is_incomplete = self.bic.is_none() || self.address.is_none();
        (self.is_outside_the_eea() && is_incomplete).then_some(HolderProblem::OutsideTheEea)
    }

    fn is_outside_the_eea(&self) -> bool {
        OUTSIDE_THE_EEA.contains(&self.iban.country().as_str())
    }

    /// Name, and address where the bank needs it.
    pub(super) fn write(&self, xml: &mut Xml) {
        xml.text("Nm", &name_of(&self.name));
        let Some(address) = self.address.as_ref().filter(|_| self.is_outside_the_eea()) else { return };
        xml.element("PstlAdr", |xml| {
            let mut text = |name, text: &str, most| match sepa_text(text, most) {
                plain if plain.is_empty() => {}
                plain => xml.text(name, &plain),
            };
            text("PstCd", &address.postcode, 16);
            text("TwnNm", &address.town, 35);
            text("Ctry", address.country.as_str(), 2);
            for line in address.lines.iter().take(ADDRESS_LINES) {
                text("AdrLine", line, 70);
            }
        });
    }
}

fn is_name(id: &str) -> bool {
    (1..=MOST_OF_AN_ID).contains(&id.len())
        && id.chars().all(is_sepa)
        && id.trim() == id
        && !id.starts_with('/')
        && !id.ends_with('/')
        && !id.contains("//")
}

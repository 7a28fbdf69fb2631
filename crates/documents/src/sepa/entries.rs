//! What a bank booked: camt.053 at the end of a day, camt.054 as it happens, in their versions 2, 4 and 8.
//!
//! An entry of the bank may hold many transactions. Each becomes one [`BankEntry`]; what the transactions do not add up to, such as what a
//! bank charges, becomes one more, so that no cent of an entry is lost.

use super::{
    reading::{BankFileError, Element, name, negative, same, shortened},
    status_report::reason,
};
use billing::{BankAmount, BankEntry, Booking, EndToEndId, EntryOfDebit};
use compact_str::CompactString;
use std::collections::HashMap;
use vocabulary::Cents;

/// The statements of one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statements {
    /// What names the message.
    pub message: CompactString,
    /// Each account and period.
    pub statements: Vec<Statement>,
}

/// What was booked on one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What names it.
    pub id: CompactString,
    /// The account: its IBAN without blanks, or what the bank has in place of one.
    pub account: CompactString,
    /// What was booked, in the order of the message.
    pub entries: Vec<BankEntry>,
    /// How many entries are not booked yet, and come again when they are.
    pub pending: usize,
}

impl Statements {
    /// Reads a message whose root and statements have these names.
    pub(super) fn read(root: Element<'_>, (message, statement): (&'static str, &'static str)) -> Result<Self, BankFileError> {
        let message = root.needed(message)?;
        let mut keys = Keys::default();
        let statements =
            message.all(statement).map(|statement| Statement::read(statement, &mut keys)).collect::<Result<_, _>>()?;
        let header = message.needed("GrpHdr")?;
        Ok(Self { message: name(header.needed("MsgId")?.text()), statements })
    }
}

/// The keys that stood before in a message: what comes again has a number.
#[derive(Debug, Default)]
struct Keys(HashMap<CompactString, usize>);

impl Keys {
    /// Is it the first booking of this message that has that name? What a bank calls like another cannot be told from it.
    fn is_first(&mut self, booking: &str) -> bool {
        let times = self.0.entry(compact_str::format_compact!("{booking}/")).or_default();
        *times += 1;
        *times == 1
    }

    fn unlike_others(&mut self, key: CompactString) -> CompactString {
        let times = self.0.entry(key.clone()).or_default();
        *times += 1;
        if *times == 1 { key } else { compact_str::format_compact!("{key}#{times}") }
    }
}

impl Statement {
    fn read(statement: Element<'_>, keys: &mut Keys) -> Result<Self, BankFileError> {
        let id = name(statement.needed("Id")?.text());
        let account = statement.needed("Acct")?.needed("Id")?;
        let account = account.text_at("IBAN").or_else(|| account.text_at("Othr/Id")).unwrap_or_default();
        let mut read = Self { id, account: name(account), entries: Vec::new(), pending: 0 };
        for (place, entry) in statement.all("Ntry").enumerate() {
            let status = entry.needed("Sts")?;
            let status = status.text_at("Cd").unwrap_or_else(|| status.text());
            if status != "BOOK" {
                read.pending += 1;
                continue;
            }
            let is_named = entry.text_at("AcctSvcrRef").is_some();
            let known_by = match (entry.text_at("AcctSvcrRef"), entry.text_at("NtryRef")) {
                (Some(reference), _) => name(reference),
                // Some banks number the entries of each statement from 1: with its amount it is told from another of that day.
                (None, Some(reference)) => {
                    compact_str::format_compact!("{}/{}", name(reference), name(entry.text_at("Amt").unwrap_or_default()))
                }
                (None, None) => compact_str::format_compact!("{}/{}", read.id, place + 1),
            };
            let entry = Entry { element: entry, account: &read.account, known_by, is_named };
            read.entries.extend(entry.transactions(keys)?);
        }
        Ok(read)
    }
}

/// An entry that is booked.
struct Entry<'a> {
    element: Element<'a>,
    /// The account that it was booked on.
    account: &'a str,
    /// What the bank calls it.
    known_by: CompactString,
    /// Does the bank call it so in every message?
    is_named: bool,
}

impl Entry<'_> {
    fn transactions(&self, keys: &mut Keys) -> Result<Vec<BankEntry>, BankFileError> {
        let whole = signed(self.element, self.element.needed("Amt")?.amount()?)?;
        let booked = self.element.child("BookgDt").map_or_else(|| self.element.needed("ValDt"), Ok)?.day()?;
        let details: Vec<Element<'_>> = self.element.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
        let amounts = details.iter().map(|details| amount_of(*details, self.element)).collect::<Result<Vec<_>, _>>()?;
        let known_as = compact_str::format_compact!("{}/{booked}/{}", self.account, self.known_by);
        let booking = (self.is_named && keys.is_first(&known_as)).then(|| Booking { key: known_as.clone(), amount: whole.cents });
        let key = |part: Option<&str>, keys: &mut Keys| {
            let part = part.map_or_else(CompactString::default, |part| compact_str::format_compact!("/{}", name(part)));
            keys.unlike_others(compact_str::format_compact!("{known_as}{part}"))
        };
        let bare = |key, amount| BankEntry {
            key,
            amount,
            booked,
            structured: Vec::new(),
            text: self.additional(),
            party: String::new(),
            account: None,
            debit: None,
            booking: booking.clone(),
        };
        // Of one transaction the entry's amount is the transaction's where it has none; of several nobody could say.
        let each: Option<Vec<BankAmount>> = match (&details[..], &amounts[..]) {
            ([_], [amount]) => Some(vec![amount.unwrap_or(whole)]),
            (_, amounts) => amounts.iter().copied().collect(),
        };
        let each = each.filter(|each| !each.is_empty() && each.iter().all(|amount| same(whole.currency, amount)));
        let Some(each) = each else {
            return Ok(vec![BankEntry { debit: self.of_block(whole), ..bare(key(None, keys), whole) }]);
        };
        let rest = whole.cents - each.iter().map(|amount| amount.cents).sum::<Cents>();
        let mut entries = Vec::with_capacity(each.len());
        let is_whole = each.len() == 1 && rest.is_zero();
        for (place, (details, amount)) in details.into_iter().zip(each).enumerate() {
            let own = ["Refs/AcctSvcrRef", "Refs/TxId", "Refs/EndToEndId"].into_iter().find_map(|way| details.text_at(way));
            // A part without a name of its own has its place: the name of its booking is that of the whole.
            let placed = (place + 1).to_string();
            let own = own.or((!is_whole).then_some(placed.as_str()));
            let bare = bare(key(own, keys), amount);
            entries.push(self.transaction(details, bare)?);
        }
        if !rest.is_zero() {
            entries.push(bare(key(Some("rest"), keys), BankAmount { cents: rest, ..whole }));
        }
        Ok(entries)
    }

    fn transaction(&self, details: Element<'_>, bare: BankEntry) -> Result<BankEntry, BankFileError> {
        let debit = self.of_debit(details, bare.amount)?;
        let came = bare.amount.cents.is_positive() || matches!(debit, Some(EntryOfDebit::Returned { .. }));
        let parties = details.child("RltdPties");
        let of = |came_by: &'static str, went_to: &'static str| {
            parties.and_then(|all| all.child(if came { came_by } else { went_to }))
        };
        let party = of("Dbtr", "Cdtr").and_then(|party| party.text_at("Nm").or_else(|| party.text_at("Pty/Nm")));
        let account = of("DbtrAcct", "CdtrAcct").and_then(|account| account.text_at("Id/IBAN"));
        let mut lines: Vec<&str> = Vec::new();
        let mut structured = Vec::new();
        for remittance in details.all("RmtInf") {
            lines.extend(remittance.all("Ustrd").map(Element::text));
            for said in remittance.all("Strd") {
                match said.text_at("CdtrRefInf/Ref").map(|reference| (reference, reference.parse())) {
                    Some((_, Ok(reference))) => structured.push(reference),
                    Some((other, Err(_))) => lines.push(other),
                    None => {}
                }
                lines.extend(said.all("RfrdDocInf").filter_map(|document| document.text_at("Nb")));
                lines.extend(said.all("AddtlRmtInf").map(Element::text));
            }
        }
        lines.extend(details.text_at("Refs/EndToEndId").filter(|_| debit.is_none()));
        lines.extend(details.text_at("AddtlTxInf"));
        let text = if lines.is_empty() { bare.text } else { shortened(&lines.join(" ")) };
        Ok(BankEntry {
            structured,
            text,
            party: shortened(party.unwrap_or_default()),
            account: account.and_then(|iban| iban.parse().ok()),
            debit,
            ..bare
        })
    }

    /// What a transaction is of our direct debits.
    fn of_debit(&self, details: Element<'_>, amount: BankAmount) -> Result<Option<EntryOfDebit>, BankFileError> {
        let end_to_end = EndToEndId::read(&name(details.text_at("Refs/EndToEndId").unwrap_or("NOTPROVIDED")));
        if amount.cents.is_negative() {
            let Some(returned) = details.child("RtrInf") else { return Ok(None) };
            // What was collected; the amount that left the account may hold what a bank charges beside it.
            let collected = details.at("AmtDtls/InstdAmt/Amt").map(Element::amount).transpose()?.unwrap_or(negative(amount));
            return Ok(Some(EntryOfDebit::Returned { end_to_end, reason: reason(returned), collected }));
        }
        if details.child("RtrInf").is_some() || !(details.at("Refs/MndtId").is_some() || self.is_of_debits(details)) {
            return Ok(None);
        }
        let block = details.text_at("Refs/PmtInfId").map(|block| EntryOfDebit::Block(name(block)));
        let known = details.text_at("Refs/EndToEndId").map(|_| EntryOfDebit::Settled(end_to_end));
        Ok(known.or(block).or_else(|| self.of_block(amount)))
    }

    /// The block of debits whose sum arrived.
    fn of_block(&self, amount: BankAmount) -> Option<EntryOfDebit> {
        let block = self.element.all("NtryDtls").find_map(|details| details.text_at("Btch/PmtInfId"))?;
        amount.cents.is_positive().then(|| EntryOfDebit::Block(name(block)))
    }

    /// Does the bank file it among the direct debits that we sent (family `IDDT`)?
    fn is_of_debits(&self, details: Element<'_>) -> bool {
        let family = |of: Element<'_>| of.text_at("BkTxCd/Domn/Fmly/Cd") == Some("IDDT");
        family(details) || family(self.element)
    }

    fn additional(&self) -> String {
        shortened(self.element.text_at("AddtlNtryInf").unwrap_or_default())
    }
}

/// An amount, less than nothing where it left the account.
fn signed(of: Element<'_>, amount: BankAmount) -> Result<BankAmount, BankFileError> {
    let direction = of.needed("CdtDbtInd")?;
    match direction.text() {
        "CRDT" => Ok(amount),
        "DBIT" => Ok(negative(amount)),
        other => Err(direction.wrong(other)),
    }
}

/// The amount of a transaction, where it says one.
fn amount_of(details: Element<'_>, entry: Element<'_>) -> Result<Option<BankAmount>, BankFileError> {
    let Some(amount) = details.child("Amt").or_else(|| details.at("AmtDtls/TxAmt/Amt")) else { return Ok(None) };
    let direction = if details.child("CdtDbtInd").is_some() { details } else { entry };
    signed(direction, amount.amount()?).map(Some)
}

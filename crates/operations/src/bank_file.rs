//! What a bank sends (BIL-08): reports on debits, and what was booked. A file is taken whole or not at all, and once; each booking counts once, in
//! whatever file it comes. What nobody knows the owner of waits until somebody says whose it is.
//!
//! All is loaded and decided first, under a lease that one at a time has, and then written in one transaction.

mod arrived;
mod debit;
mod decide;
mod desk;
mod save;

pub use arrived::{ArriveRefusal, arrive};
pub use debit::{NoteReturnRefusal, NotedReturn, ShownDebit, debit, debits_named, note_return};
pub use desk::{DecideRefusal, Desk, LONGEST_SAID, ShownFile, ShownItem, assign, desk, say, show, stop_collection};

use crate::{
    Actor, House, OperationError,
    collection::one_at_a_time,
    permission::Permission,
    usage_import::{LEASE_S, is_gone},
};
use billing::DebitTerms;
pub use billing::{LeftReason, ReturnReason};
use catalog::{Catalog, Invoicing};
use decide::Said;
use documents::sepa::{BankFile, read_bank_file};
pub use documents::sepa::{BankFileError, MOST_FILE_BYTES};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use store::{Issuer, NewBankFile, StoreError};
use vocabulary::{BankFileId, Cents, Iban, OperatorId};

/// No name of a file is longer, in characters.
const LONGEST_NAME: usize = 120;

/// What became of something that a bank said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "became", rename_all = "snake_case")]
pub enum ItemOutcome {
    /// The bank took a file, a block or a debit.
    Accepted {
        /// What names it.
        name: String,
    },
    /// It paid invoices of an account.
    Paid {
        /// Whose account.
        customer: String,
        /// What the customer calls it.
        account: String,
        /// What was paid of which invoice.
        parts: Vec<(String, Cents)>,
        /// What is left to the account's credit.
        rest: Cents,
    },
    /// Debits arrived: so many.
    Settled {
        /// How many.
        debits: i64,
    },
    /// A debit came back, or was never settled.
    CameBack {
        /// Whose.
        customer: String,
        /// What names it.
        end_to_end: String,
        /// The invoices that are open again.
        numbers: Vec<String>,
        /// How much.
        amount: Cents,
        /// The bank's code; empty where it says none.
        reason: String,
        /// What is done.
        next: Next,
    },
    /// Its owner is not known.
    Left {
        /// Why.
        #[serde(flatten)]
        reason: LeftReason,
    },
    /// It is about debits, and cannot be counted.
    Refused {
        /// Why.
        why: RefusedAnswer,
        /// The debit, block or file that it names.
        name: String,
    },
    /// The bank told of it once more, with its parts: they are counted.
    Parted,
    /// Somebody said what it is.
    Said {
        /// What.
        what: String,
    },
}

impl ItemOutcome {
    /// The debit, block or file of something that was refused.
    pub fn refused_name(&self) -> Option<&str> {
        match self {
            Self::Refused { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// What is done with an amount that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum Next {
    /// It is collected once more.
    Again {
        /// When.
        day: Date,
    },
    /// The customer pays it otherwise.
    CustomerPays,
    /// Somebody has to look.
    Look,
}

/// Why an answer counts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedAnswer {
    /// No debit has that name.
    Unknown,
    /// It was told before.
    Twice,
    /// Another amount was collected.
    Amount,
    /// Another currency.
    Currency,
}

/// Why a file is not taken; nothing of it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeRefusal {
    /// It cannot be read.
    File(BankFileError),
    /// It is of an account at a bank that is not the operator's.
    OtherAccount(String),
    /// Somebody else takes one.
    Busy,
    /// The operator has no account that customers pay to.
    NoAccount,
}

/// A file that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Now.
    Now(BankFileId),
    /// Before: nothing was done.
    Before(BankFileId),
}

/// Takes a file that a bank sent. `None` for who may not.
///
/// # Errors
/// When the database fails: then nothing is changed.
pub async fn take(
    house: &House,
    actor: &Actor,
    (name, bytes): (&str, Vec<u8>),
) -> Result<Option<Result<Taken, TakeRefusal>>, OperationError> {
    if !actor.may(Permission::TakeBankFiles) {
        return Ok(None);
    }
    let operator = actor.scope.operator;
    let catalog = house.catalog(operator).await?;
    let Some(invoicing) = catalog.operator.invoicing.as_ref() else { return Ok(Some(Err(TakeRefusal::NoAccount))) };
    let hash = hash_of(&bytes);
    if let Some(known) = house.store.bank_file_of_hash(operator, &hash).await? {
        return Ok(Some(Ok(Taken::Before(known))));
    }
    // Parsing takes a while, and is nobody else's to wait for.
    let read = tokio::task::spawn_blocking(move || read_bank_file(&bytes)).await.map_err(|_| OperationError::Stopped)?;
    let file = match read {
        Ok(file) => file,
        Err(error) => return Ok(Some(Err(TakeRefusal::File(error)))),
    };
    if let Some(other) = other_account(&file, &invoicing.iban) {
        return Ok(Some(Err(TakeRefusal::OtherAccount(other))));
    }
    let name: String = name.chars().filter(|sign| !sign.is_control()).take(LONGEST_NAME).collect();
    let (message, kind) = match &file {
        BankFile::StatusReport(report) => (report.message.clone(), "report"),
        BankFile::Statements(statements) => (statements.message.clone(), "statements"),
    };
    let taken = alone(house, operator, async |lease| {
        let ground = Ground::of(house, operator, (&catalog, invoicing));
        let decided = decide::decide(house, &ground, &Said::by(&file)).await?;
        let new = NewBankFile { hash: &hash, name: &name, message: &message, kind };
        save::save(house, actor, (&ground, &new, lease), decided).await
    });
    match taken.await? {
        None => Ok(Some(Err(TakeRefusal::Busy))),
        Some(Some(id)) => Ok(Some(Ok(Taken::Now(id)))),
        Some(None) => {
            let known = house.store.bank_file_of_hash(operator, &hash).await?.ok_or(OperationError::Contended)?;
            Ok(Some(Ok(Taken::Before(known))))
        }
    }
}

/// Does something to what an operator's bank sent while nobody else does; `None` where somebody does.
async fn alone<T>(
    house: &House,
    operator: OperatorId,
    done: impl AsyncFnOnce((&str, i64)) -> Result<T, OperationError>,
) -> Result<Option<T>, OperationError> {
    let now = house.clock.now();
    let lease = format!("bank-files/{operator}");
    let times = (now, now.plus_seconds(LEASE_S));
    let holder = one_at_a_time("bank files");
    let Ok(fence) = house.store.take_lease(&lease, &holder, times, is_gone).await? else { return Ok(None) };
    let came = done((&lease, fence)).await;
    house.store.give_lease_back(&lease, fence).await?;
    came.map(Some)
}

/// What is decided on.
struct Ground<'a> {
    issuer: Issuer,
    prefix: &'a str,
    terms: DebitTerms,
    banks: &'a catalog::Holidays,
    today: Date,
}

impl<'a> Ground<'a> {
    fn of(house: &House, operator: OperatorId, (catalog, invoicing): (&'a Catalog, &'a Invoicing)) -> Self {
        Self {
            issuer: Issuer::operator(operator),
            prefix: &invoicing.prefix,
            terms: DebitTerms::of(invoicing).unwrap_or_default(),
            banks: &catalog.world.bank_holidays,
            today: house.clock.now().to_local(&catalog.operator.time_zone).date(),
        }
    }
}

/// What became of something, as it is kept.
fn read_outcome(text: &str) -> Result<ItemOutcome, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt { column: "bank_item.outcome", value: error.to_string() })
}

/// The account that a statement is of, where it is not ours.
fn other_account(file: &BankFile, ours: &str) -> Option<String> {
    let BankFile::Statements(statements) = file else { return None };
    let ours: Option<Iban> = ours.parse().ok();
    let is_ours = |account: &str| account.parse::<Iban>().ok() == ours;
    statements.statements.iter().find(|statement| !is_ours(&statement.account)).map(|statement| statement.account.to_string())
}

fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("a string takes whatever is written");
        hash
    })
}

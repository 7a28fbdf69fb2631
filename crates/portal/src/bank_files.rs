//! `/bank-files`: files of direct debits for the bank, what the bank sends back, and money whose owner somebody has to name (BIL-08).

mod debit;
mod handler;
mod words;

pub use debit::{DebitPage, DebitsPage};
pub(crate) use debit::{debit, debits, note_return};
pub(crate) use handler::{arrive, assign, collection, fetch, get, make, post, say, show, stop_collection};

use crate::{Icon, Page, Theme};
use askama::Template;
use jiff::civil::Date;
use operations::{
    bank_file::{self, ArriveRefusal, DecideRefusal, ItemOutcome, RefusedAnswer, ShownFile, ShownItem, TakeRefusal},
    collection::{self, DebitState, KeptCollection, KeptDebit},
};
use vocabulary::{BankItemId, Cents};

/// What was done a moment ago, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskNews {
    /// Nothing is due up to that day; so many invoices were announced.
    NothingDue(i64),
    /// Somebody else makes a file.
    Busy,
    /// The day has passed, or is too far.
    WrongDay,
    /// The file was not taken.
    NotTaken(TakeRefusal),
    /// No file was chosen.
    NoFile,
    /// The item is decided.
    Decided,
    /// It is not.
    NotDecided(BankItemId, DecideRefusal),
    /// Debits are not counted as arrived.
    NotArrived(ArriveRefusal),
}

/// The desk.
#[derive(Template)]
#[template(path = "bank_files/desk.html")]
pub struct DeskPage {
    /// Its frame.
    pub page: Page,
    /// What is collected.
    pub collections: collection::Desk,
    /// What came.
    pub desk: bank_file::Desk,
    /// What was done.
    pub news: Option<DeskNews>,
}

/// A file that was made.
#[derive(Template)]
#[template(path = "bank_files/collection.html")]
pub struct CollectionPage {
    /// Its frame.
    pub page: Page,
    /// The file.
    pub file: KeptCollection,
    /// Its debits.
    pub debits: Vec<KeptDebit>,
    /// May the reader fetch it?
    pub can_fetch: bool,
}

/// A file that a bank sent.
#[derive(Template)]
#[template(path = "bank_files/file.html")]
pub struct BankFilePage {
    /// Its frame.
    pub page: Page,
    /// The file.
    pub shown: ShownFile,
    /// Was it taken before?
    pub is_before: bool,
}

/// Amounts and items in words, for the pages that show them.
trait BankWords {
    fn page(&self) -> &Page;

    fn money(&self, amount: &Cents) -> String {
        self.page().money(amount.money())
    }

    /// How much of an item, in its currency.
    fn item_amount(&self, item: &ShownItem) -> String {
        let Some(amount) = item.kept.item.amount else { return String::new() };
        if amount.currency.as_str() == "EUR" {
            return self.money(&amount.cents);
        }
        format!("{} {}", amount.cents, amount.currency.as_str())
    }

    fn outcome(&self, item: &ShownItem) -> String {
        words::outcome(self.page(), &item.outcome)
    }

    /// A debit's class and words.
    fn debit_state(&self, debit: &KeptDebit) -> (&'static str, String) {
        let page = self.page();
        let back = |state: &str| {
            let code = debit.reason.as_deref().unwrap_or_default();
            format!("{state}, {}", words::reason(page, code))
        };
        match debit.state {
            DebitState::UnderWay => ("in-progress", page.t("debit-under-way").to_owned()),
            DebitState::Settled => ("ok", page.t("debit-arrived").to_owned()),
            DebitState::Rejected => ("bad", back(page.t("debit-rejected"))),
            DebitState::Returned => ("bad", back(page.t("debit-returned"))),
        }
    }

    fn debit_numbers(&self, debit: &KeptDebit) -> String {
        debit.parts.iter().map(|part| part.number.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl BankWords for DeskPage {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl BankWords for CollectionPage {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl BankWords for BankFilePage {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl DeskPage {
    fn news_words(&self, news: &DeskNews) -> String {
        words::news(&self.page, news)
    }

    fn is_good(&self, news: &DeskNews) -> bool {
        matches!(news, DeskNews::Decided | DeskNews::NothingDue(_))
    }

    fn days(&self) -> Vec<(Date, i64, Cents)> {
        self.collections.outlook.days.iter().map(|(day, (many, amount))| (*day, *many, *amount)).collect()
    }

    fn announced(&self) -> String {
        let (many, amount) = self.collections.outlook.announced;
        format!("{} ({})", self.page.count(many), self.money(&amount))
    }

    fn has_something(&self) -> bool {
        !self.collections.outlook.days.is_empty() || self.collections.outlook.announced.0 > 0
    }

    /// Where one sees the debits that it is about, of something that waits because of its amount.
    fn debits_of(&self, item: &ShownItem) -> Option<String> {
        match &item.outcome {
            ItemOutcome::Refused { why: RefusedAnswer::Amount, name } => {
                let named: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
                Some(format!("/bank-files/debits?named={named}"))
            }
            _ => None,
        }
    }

    /// May somebody say whose money it is?
    fn is_money(&self, item: &ShownItem) -> bool {
        item.kept.item.amount.is_some_and(|amount| amount.currency.as_str() == "EUR" && amount.cents.is_positive())
    }
}

impl BankFilePage {
    fn kind(&self) -> &'static str {
        if self.shown.file.kind == "report" { self.page.t("bank-report") } else { self.page.t("bank-statements") }
    }

    /// How something stands: what waits, what went wrong, what is done.
    fn state(&self, item: &ShownItem) -> (&'static str, &'static str) {
        match (&item.outcome, item.kept.item.waits) {
            (_, true) => ("warn", self.page.t("bank-waits")),
            (ItemOutcome::CameBack { .. }, false) => ("bad", self.page.t("bank-came-back")),
            (ItemOutcome::Refused { .. } | ItemOutcome::Left { .. }, false) => ("", self.page.t("bank-not-counted")),
            (_, false) => ("ok", self.page.t("bank-counted")),
        }
    }
}

//! Mails of new invoices (CUS-08, FLT-17): once a run is kept, each account's readers are told, some hundred invoices at a time. The mails and how far
//! that is are one transaction: a run of any size is billed without waiting for it, whoever dies is followed from there, and nobody is told
//! twice.

use super::KeptRun;
use crate::{
    House, OperationError,
    esim::brand_of,
    mail::{self, Letter, Post},
    permission::{Permission, Rank, Role},
    sign_in::Brand,
    usage_import::{LEASE_S, holder_of, is_gone},
};
use billing::{Invoice, InvoiceKind, PaymentMeans};
use jiff::Span;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, btree_map::Entry};
use store::{BillStage, BillingAccount, InvoiceToTell, NewMail, Reader};
use vocabulary::{Cents, InvoiceId, OperatorId, ResellerId};

/// So many invoices are told in one transaction.
const BUNDLE: usize = 500;
/// So many of a customer's people are told of one invoice at most.
const MOST_READERS: usize = 10;
/// An invoice that was issued so many days ago is no news: what nobody could write until then is left.
const NEWS_DAYS: i64 = 31;

/// What is told of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceTold {
    /// Its number.
    pub number: String,
    /// Does it give money back?
    pub is_credit_note: bool,
    /// What the customer calls its account; empty where it has one.
    pub account: String,
    /// The day of issue: `2026-12-02`.
    pub issued: String,
    /// What it asks for or gives back, with VAT.
    pub amount: Cents,
    /// How it is paid.
    pub pay: ToldPayment,
    /// Where it can be seen.
    pub link: String,
}

/// How an invoice is paid, as a mail says it. Days are written `2026-12-17`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "pay", content = "day", rename_all = "snake_case")]
pub enum ToldPayment {
    /// By that day.
    By(String),
    /// It is debited then.
    Debited(String),
    /// Not at all.
    Nothing,
}

/// Tells the invoices of every kept run that are not told, unless somebody else is at it; how many mails were written. Without keys nothing can be
/// written: they wait.
///
/// # Errors
/// When the database fails.
pub async fn take_up(house: &House) -> Result<usize, OperationError> {
    if !house.seal.is_there() {
        return Ok(0);
    }
    let mut written = 0;
    for (run, _) in house.store.runs_to_tell().await? {
        let lease = format!("bill-mails/{}", run.id);
        let now = house.clock.now();
        let times = (now, now.plus_seconds(LEASE_S));
        let Ok(fence) = house.store.take_lease(&lease, &holder_of("mails"), times, is_gone).await? else { continue };
        // Somebody may have told some of it, or all, meanwhile.
        let left = house.store.runs_to_tell().await?.into_iter().find(|(left, _)| left.id == run.id);
        let told = match left {
            Some((run, after)) => tell(house, &run, after, (&lease, fence)).await,
            None => Ok(0),
        };
        house.store.give_lease_back(&lease, fence).await?;
        written += told?;
    }
    Ok(written)
}

async fn tell(house: &House, run: &KeptRun, mut after: InvoiceId, lease: (&str, i64)) -> Result<usize, OperationError> {
    let catalog = house.catalog(run.issuer.operator).await?;
    let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
    let is_news = today <= run.issued.saturating_add(Span::new().days(NEWS_DAYS));
    if !is_news {
        tracing::warn!(run = run.id.0, issued = %run.issued, "nobody is told of these invoices any more: they are no news");
    }
    let roles = readers();
    let mut brands: BTreeMap<Option<ResellerId>, Option<Brand>> = BTreeMap::new();
    let mut written = 0;
    loop {
        let found = match is_news {
            true => house.store.invoices_to_tell(run.id, (after, BUNDLE), &roles).await?,
            false => Vec::new(),
        };
        let mut mails = Vec::new();
        for one in &found {
            let brand = match brands.entry(one.reseller) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(free) => free.insert(brand_of(house, (run.issuer.operator, one.reseller)).await?),
            };
            let Some(brand) = brand else { continue };
            mails.extend(mails_of(house, run.issuer.operator, (one, brand))?);
        }
        let now = house.clock.now();
        let to = found.last().map_or(after, |last| last.id);
        let transaction = house.store.begin().await?;
        transaction.hold_lease(lease.0, (lease.1, now.plus_seconds(LEASE_S))).await?;
        transaction.post_mails(&mails).await?;
        // More of a run that was stopped is to come.
        let is_all = found.is_empty() && run.stage == BillStage::Kept;
        transaction.note_told(run.id, (after, to), is_all.then_some(now)).await?;
        transaction.commit().await?;
        if !mails.is_empty() {
            house.mail_posted();
        }
        written += mails.len();
        if found.is_empty() {
            return Ok(written);
        }
        after = to;
    }
}

/// The roles of people who see the invoices that they receive: a customer's, and a reseller's those of its company.
pub(crate) fn readers() -> Vec<&'static str> {
    let sees = |role: &Role| role.rank() < Rank::Operator && role.may(Permission::SeeInvoices);
    Role::ALL.into_iter().filter(sees).map(Role::as_str).collect()
}

/// Who is told of what an account is given besides the runs, and under which brand.
pub(crate) struct Audience {
    account: BillingAccount,
    people: Vec<Reader>,
    brand: Brand,
}

impl Audience {
    /// Those of an account; `None` where nobody wants to be told, or nothing can be written for want of keys.
    pub(crate) async fn of(house: &House, account: BillingAccount) -> Result<Option<Self>, OperationError> {
        if !account.is_told || !house.seal.is_there() {
            return Ok(None);
        }
        let Some(brand) = brand_of(house, (account.issuer.operator, account.reseller)).await? else { return Ok(None) };
        let people = house.store.readers(&[account.id], &readers()).await?.remove(&account.id).unwrap_or_default();
        Ok(Some(Self { account, people, brand }))
    }

    /// The mails of an invoice of that account.
    pub(crate) fn mails(self, house: &House, (id, facts): (InvoiceId, Invoice)) -> Result<Vec<NewMail>, OperationError> {
        let Self { account, people, brand } = self;
        let BillingAccount { id: to, customer, reseller, issuer, invoice_email: email, .. } = account;
        let one = InvoiceToTell { id, customer, account: to, reseller, email, facts, people };
        mails_of(house, issuer.operator, (&one, &brand))
    }
}

/// The mails of one invoice: to the address that its account named, else to the customer's people.
fn mails_of(house: &House, operator: OperatorId, (one, brand): (&InvoiceToTell, &Brand)) -> Result<Vec<NewMail>, OperationError> {
    let buyer = &one.facts.buyer;
    let named = Reader { name: buyer.name.clone(), email: one.email.clone(), language: one.facts.language.as_str().to_owned() };
    let readers: Vec<&Reader> = if one.email.is_empty() { one.people.iter().take(MOST_READERS).collect() } else { vec![&named] };
    let link = format!("{}/invoices/{}", house.site(&brand.host), one.id);
    let told = told(&one.facts, link);
    let mail = |reader: &Reader| {
        let language = if reader.language.is_empty() { one.facts.language.as_str() } else { &reader.language };
        let post = Post {
            operator,
            host: &brand.host,
            recipient: &reader.email,
            name: &reader.name,
            language,
            letter: Letter::InvoiceIssued(told.clone()),
            useful_until: None,
        };
        mail::written(house, post)
    };
    readers.into_iter().map(mail).collect()
}

fn told(invoice: &Invoice, link: String) -> InvoiceTold {
    let pay = match &invoice.means {
        PaymentMeans::Transfer { .. } => ToldPayment::By(invoice.due.to_string()),
        PaymentMeans::DirectDebit(mandate) => ToldPayment::Debited(mandate.day.to_string()),
        PaymentMeans::Nothing => ToldPayment::Nothing,
    };
    InvoiceTold {
        number: invoice.number.to_string(),
        is_credit_note: invoice.kind != InvoiceKind::Invoice,
        account: if invoice.buyer.business { invoice.buyer.account.clone() } else { String::new() },
        issued: invoice.issued.to_string(),
        amount: invoice.totals.gross,
        pay,
        link,
    }
}

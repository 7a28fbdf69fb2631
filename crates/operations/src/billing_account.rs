//! How a billing account pays, whom its new invoices are told to, and where they go on paper (CUS-08). Its mandate is [`crate::mandate`]'s.

use crate::{
    Actor, House, OperationError,
    email_change::address as mail_address,
    esim::letter::brand_of,
    first_access::masked,
    journal::Object,
    mail::{self, Letter, NewMail, Post},
    permission::Permission,
};
pub use billing::{DebitDay, DebitTerms, MandateEnd, MandateState};
use billing::{Mandate, Used};
use catalog::Catalog;
use serde_json::json;
use std::collections::BTreeMap;
pub use store::{BillingAccount, BillingAddress, InvoiceReader};
use store::{Issuer, KeptMandate, NewEntry};
use vocabulary::{Bic, BillingAccountId, LabelRefusal, unreadable};

/// No line of an address is longer, in characters: banks take 70.
pub const LONGEST_LINE: usize = 70;

/// A mandate, with what of its IBAN may be shown.
pub type ShownMandate = Mandate<String>;

/// A billing account as pages show it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The account.
    pub account: BillingAccount,
    /// The mandate that is not ended.
    pub mandate: Option<ShownMandate>,
    /// Is it over all the same, because nobody used it for so long?
    pub has_lapsed: bool,
    /// Those that are, the latest first.
    pub ended: Vec<ShownMandate>,
    /// Who collects, and on which days; `None` where its invoices are not collected.
    pub collector: Option<Collector>,
    /// May the reader change it?
    pub can_change: bool,
}

/// Who collects, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collector {
    /// The company.
    pub name: String,
    /// Its creditor identifier (ICS).
    pub creditor: String,
    /// Its terms.
    pub terms: DebitTerms,
    /// What its references begin with.
    pub(crate) prefix: String,
}

/// What somebody wants of an account, as it was typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// Whom new invoices are told to; `None` for nobody, empty for the customer's own people.
    pub email: Option<&'a str>,
    /// Street and number; with postcode and town empty for the customer's address.
    pub street: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// Town.
    pub town: &'a str,
    /// The day of the month on which to debit; empty for the first that is offered.
    pub debit_day: &'a str,
}

/// Why an account stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No mail could go there.
    Email(Option<LabelRefusal>),
    /// A line of the address is missing, too long, or cannot be read.
    Address(Option<LabelRefusal>),
    /// The operator does not debit on that day.
    Day(String),
    /// Its invoices are collected: whoever is debited has to be told before.
    MustBeTold,
}

/// An account; `None` outside the asker's scope, and for who sees no invoices.
///
/// # Errors
/// When the database fails.
pub async fn show(house: &House, actor: &Actor, id: BillingAccountId) -> Result<Option<Shown>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(account) = scoped.billing_account(id).await? else { return Ok(None) };
    let mandates: Vec<ShownMandate> = scoped.mandates(id).await?.into_iter().map(shown).collect();
    let (ended, mut in_use): (Vec<_>, Vec<_>) =
        mandates.into_iter().partition(|mandate| matches!(mandate.state, MandateState::Ended { .. }));
    let catalog = house.catalog(actor.scope.operator).await?;
    let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
    let (mandate, collector) = (in_use.pop(), collector(&catalog, account.issuer));
    let has_lapsed = mandate.as_ref().is_some_and(|mandate| mandate.has_lapsed(today));
    let can_change = actor.may(Permission::ChangeBillingAccounts);
    Ok(Some(Shown { account, mandate, has_lapsed, ended, collector, can_change }))
}

fn shown(kept: KeptMandate) -> ShownMandate {
    let masked = kept.mandate.iban.masked.clone();
    kept.mandate.with_account(masked)
}

/// Who collects what an issuer bills; `None` where nobody does.
pub(crate) fn collector(catalog: &Catalog, issuer: Issuer) -> Option<Collector> {
    let invoicing = catalog.operator.invoicing.as_ref().filter(|_| issuer.is_operator())?;
    Some(Collector {
        name: invoicing.company.clone(),
        creditor: invoicing.creditor.clone()?,
        terms: DebitTerms::of(invoicing)?,
        prefix: invoicing.prefix.clone(),
    })
}

/// Whom the new invoices of accounts are told to: an account that wants nobody told is left out, and one that names no address has the customer's own
/// people told. For whoever issues invoices.
///
/// # Errors
/// When the database fails.
pub async fn invoice_readers(
    house: &House,
    accounts: &[BillingAccountId],
) -> Result<BTreeMap<BillingAccountId, InvoiceReader>, OperationError> {
    Ok(house.store.invoice_readers(accounts).await?)
}

/// Changes whom invoices are told to, where they go, and the day of debits; the addresses before and after are told of another address. `None` as
/// for [`show`], and for who may not change it.
///
/// # Errors
/// When the database fails, or there are no keys to seal mails with.
pub async fn change(
    house: &House,
    actor: &Actor,
    id: BillingAccountId,
    wishes: &Wishes<'_>,
) -> Result<Option<Result<(), Refusal>>, OperationError> {
    let Some(Shown { account, collector, mandate, .. }) = show(house, actor, id).await?.filter(|shown| shown.can_change) else {
        return Ok(None);
    };
    if mandate.is_some() && wishes.email.is_none() {
        return Ok(Some(Err(Refusal::MustBeTold)));
    }
    let read = || -> Result<_, Refusal> {
        let email = wishes.email.map(read_email).transpose()?;
        Ok((email, read_address(wishes, &account)?, read_day(wishes.debit_day, collector.as_ref(), &account)?))
    };
    let (email, address, day) = match read() {
        Ok(read) => read,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    let now = house.clock.now();
    let named = email.as_deref().unwrap_or_default();
    let mails = if named == account.invoice_email {
        Vec::new()
    } else {
        let to = if named.is_empty() { String::new() } else { masked(named) };
        let letter = || Letter::InvoicesElsewhere { account: account.name.clone(), to: to.clone(), at: now };
        Told::of(house, &account, Vec::new()).await?.mails(house, named, letter)?
    };
    let (before, after) = changes(&account, (email.as_deref(), &address, day));
    if before == after {
        return Ok(Some(Ok(())));
    }
    let transaction = house.store.begin().await?;
    transaction.set_billing_account(id, (email.as_deref(), &address), day).await?;
    for mail in &mails {
        transaction.post_mail(mail).await?;
    }
    transaction
        .note(entry(actor.entry(now, "billing_account_changed", Object::Customer(account.customer)), &account, (before, after)))
        .await?;
    transaction.commit().await?;
    if !mails.is_empty() {
        house.mail_posted();
    }
    Ok(Some(Ok(())))
}

/// What an entry of the journal says of an account.
pub(crate) fn entry(
    entry: NewEntry,
    account: &BillingAccount,
    (before, after): (serde_json::Value, serde_json::Value),
) -> NewEntry {
    let told = |value: serde_json::Value| (!value.is_null()).then(|| value.to_string());
    // Of somebody else's account the customer reads nothing.
    let customer = Some(account.customer).filter(|_| account.holder.is_empty());
    NewEntry { owner: (account.reseller, customer), before: told(before), after: told(after), ..entry }
}

/// What was and what will be, for the journal; the account's name stands in both.
fn changes(
    account: &BillingAccount,
    (email, address, day): (Option<&str>, &BillingAddress, Option<DebitDay>),
) -> (serde_json::Value, serde_json::Value) {
    let told = |email: Option<&str>, address: &BillingAddress, day: Option<DebitDay>| {
        let address = [address.street.as_str(), &address.postcode, &address.town].join(" ");
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        json!({ "account": account.name, "told": email.is_some(), "email": email.unwrap_or_default(), "postal_address": address.trim(), "debit_day": day })
    };
    let email_before = account.is_told.then_some(account.invoice_email.as_str());
    (told(email_before, &account.address, account.debit_day), told(email, address, day))
}

/// An address that invoices are told to, as it was typed; empty for the customer's own people.
pub(crate) fn read_email(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    match unreadable(typed) {
        Some(sign) => Err(Refusal::Email(Some(sign))),
        None => mail_address(typed).ok_or(Refusal::Email(None)),
    }
}

/// All three lines, or none where it may be the customer's.
fn read_address(wishes: &Wishes<'_>, account: &BillingAccount) -> Result<BillingAddress, Refusal> {
    let [street, postcode, town] = [wishes.street, wishes.postcode, wishes.town].map(|line| line.trim().to_owned());
    let address = BillingAddress { street, postcode, town };
    let lines = [&address.street, &address.postcode, &address.town];
    if let Some(sign) = lines.into_iter().find_map(|line| unreadable(line)) {
        return Err(Refusal::Address(Some(sign)));
    }
    let is_whole = lines.iter().all(|line| !line.is_empty() && line.chars().count() <= LONGEST_LINE);
    // Who pays in the customer's place does not live at the customer's.
    if is_whole || address.is_empty() && account.holder.is_empty() { Ok(address) } else { Err(Refusal::Address(None)) }
}

/// A day that is offered; where nothing is collected, it stays as it is.
fn read_day(typed: &str, collector: Option<&Collector>, account: &BillingAccount) -> Result<Option<DebitDay>, Refusal> {
    let Some(collector) = collector else { return Ok(account.debit_day) };
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day = typed.parse::<i8>().ok().and_then(|day| DebitDay::try_from(day).ok());
    day.filter(|day| collector.terms.offers(*day)).map(Some).ok_or_else(|| Refusal::Day(typed.to_owned()))
}

/// Who is told that something of an account is other.
pub(crate) struct Told<'a> {
    account: &'a BillingAccount,
    /// Besides those who are told of invoices: address, name and language.
    others: Vec<(String, String, String)>,
    /// The host name of the brand that writes; `None` where the operator has none.
    host: Option<String>,
}

impl<'a> Told<'a> {
    /// Finds who writes; before a transaction that it is told in, which a second question to the database could wait for.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn of(
        house: &House,
        account: &'a BillingAccount,
        others: Vec<(String, String, String)>,
    ) -> Result<Self, OperationError> {
        let brand = brand_of(house, (account.issuer.operator, account.reseller)).await?;
        Ok(Self { account, others, host: brand.map(|brand| brand.host) })
    }

    /// A letter each to whoever is told of invoices now, to whoever will be, and to the others; each address once.
    ///
    /// # Errors
    /// When there are no keys to seal mails with.
    pub(crate) fn mails(&self, house: &House, email: &str, letter: impl Fn() -> Letter) -> Result<Vec<NewMail>, OperationError> {
        let (account, Some(host)) = (self.account, &self.host) else { return Ok(Vec::new()) };
        let payer = |email: &str| (email.to_owned(), account.payer().to_owned(), account.language.clone());
        let readers = [account.invoice_email.as_str(), email].map(payer);
        let mut mails = Vec::new();
        let mut told: Vec<String> = Vec::new();
        for (address, name, language) in readers.iter().chain(&self.others) {
            let plain = address.to_lowercase();
            if address.is_empty() || told.contains(&plain) {
                continue;
            }
            told.push(plain);
            let post = Post {
                operator: account.issuer.operator,
                host,
                recipient: address,
                name,
                language,
                letter: letter(),
                useful_until: None,
            };
            mails.push(mail::written(house, post)?);
        }
        Ok(mails)
    }
}

impl Shown {
    /// The day on which it is debited: the one that it wished, if that is still offered, else the first.
    pub fn debit_day(&self) -> Option<DebitDay> {
        let terms = &self.collector.as_ref()?.terms;
        self.account.debit_day.filter(|day| terms.offers(*day)).or_else(|| terms.days.first().copied())
    }

    /// The bank of its mandate, where known.
    pub fn bic(&self) -> Option<Bic> {
        self.mandate.as_ref()?.bic
    }

    /// When its mandate was used.
    pub fn used(&self) -> Option<Used> {
        self.mandate.as_ref()?.used
    }
}

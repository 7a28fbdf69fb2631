//! Issued invoices as their readers see them: lists, one with all that it says, its documents, and what accounts owe (CUS-07, FLT-17). They are
//! made of what was frozen when the invoice was issued, so that the same bytes come out whenever somebody asks.

use crate::{Actor, House, OperationError, Reach, Scope, permission::Permission};
pub use billing::{Invoice, InvoiceKind, PaymentMeans, Revenue, Subject, VatCategory, VatSubtotal};
use documents::{
    DocumentError,
    invoice::{factur_x, ubl_xml},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use store::{InvoiceQuery, Issuer, Scoped};
pub use store::{InvoiceRow, OwedByAccount};
use tokio::{sync::Semaphore, task::spawn_blocking};
use vocabulary::{BillingAccountId, Cents, InvoiceId, Month};

/// So many documents are made at once: each keeps a core busy.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// So many accounts of a customer are told with what they owe.
const MOST_ACCOUNTS: usize = 500;
/// So many months are offered to choose from.
const MONTHS_OFFERED: usize = 24;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of this month.
    pub month: Option<Month>,
    /// Whose number or customer has this in it; empty for all.
    pub text: String,
    /// Older than this one.
    pub before: Option<InvoiceId>,
}

/// A page of invoices.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The latest first.
    pub rows: Vec<InvoiceRow>,
    /// What is open of those that are not paid whole.
    pub open: BTreeMap<InvoiceId, Cents>,
    /// The operator's day: what was due before is overdue.
    pub today: Date,
    /// Are there older ones?
    pub has_more: bool,
    /// The months to choose from, the latest first.
    pub months: Vec<Month>,
    /// What one's own accounts owe: a customer's, or those of a reseller's company; empty for the operator's people.
    pub owed: Vec<OwedByAccount>,
    /// From whom invoices are received that the reader's customers did not: the operator, for a reseller.
    pub from: Option<String>,
}

/// Invoices, `most` of them; `None` for who sees none.
///
/// # Errors
/// When the database fails.
pub async fn list(house: &House, actor: &Actor, asked: &Asked, most: usize) -> Result<Option<Listed>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let query =
        InvoiceQuery { month: asked.month, text: &asked.text, before: asked.before, most: most + 1, ..Default::default() };
    let mut rows = scoped.invoices(&query).await?;
    let has_more = rows.len() > most;
    rows.truncate(most);
    let open = open(house, &rows).await?;
    let catalog = house.catalog(actor.scope.operator).await?;
    let today = house.clock.now().to_local(&catalog.operator.time_zone).date();
    let owed = scoped.owed_by_accounts(MOST_ACCOUNTS).await?;
    let from = matches!(actor.scope.reach, Reach::Reseller(_)).then(|| catalog.operator.name.clone());
    let months = scoped.invoice_months(MONTHS_OFFERED).await?;
    Ok(Some(Listed { rows, open, today, has_more, months, owed, from }))
}

/// What is open of invoices: it follows from all that their accounts were asked for and paid.
async fn open(house: &House, rows: &[InvoiceRow]) -> Result<BTreeMap<InvoiceId, Cents>, OperationError> {
    let accounts: BTreeSet<BillingAccountId> = rows.iter().map(|row| row.account).collect();
    let items = house.store.open_items(&accounts.into_iter().collect::<Vec<_>>()).await?;
    let of = |row: &InvoiceRow| items.get(&row.account)?.items.iter().find(|item| item.number.as_str() == row.number);
    Ok(rows.iter().filter_map(|row| Some((row.id, of(row)?.open))).collect())
}

/// One invoice with all that it says.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As lists have it.
    pub row: InvoiceRow,
    /// What it says.
    pub invoice: Invoice,
    /// What its account owes now, all its invoices and payments together.
    pub balance: Cents,
    /// Is it not collected any more, whatever it says?
    pub is_stopped: bool,
    /// What is open of it.
    pub open: Cents,
    /// From whom the reader received it, where that has to be said: a reseller from the operator.
    pub from: Option<String>,
    /// Did the reader's side issue it?
    pub is_own: bool,
}

/// One invoice; `None` where there is none that they see.
///
/// # Errors
/// When the database fails.
pub async fn show(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<Shown>, OperationError> {
    let Some((scoped, row, invoice)) = seen(house, actor, id).await? else { return Ok(None) };
    let balance = scoped.balance(row.account).await?.unwrap_or_default();
    let is_stopped = house.store.is_debit_stopped(id).await?;
    let open = open(house, std::slice::from_ref(&row)).await?.remove(&row.id).unwrap_or_default();
    let is_received = matches!(actor.scope.reach, Reach::Reseller(_)) && row.issuer.is_operator();
    let from = if is_received { Some(house.catalog(actor.scope.operator).await?.operator.name.clone()) } else { None };
    let is_own = is_issuer(actor.scope, row.issuer);
    Ok(Some(Shown { row, invoice, balance, is_stopped, open, from, is_own }))
}

async fn seen(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<(Scoped, InvoiceRow, Invoice)>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let found = scoped.invoice(id).await?;
    Ok(found.map(|(row, invoice)| (scoped, row, invoice)))
}

/// Does whoever has this scope work for this issuer? An operator's people do not for its resellers.
pub(crate) fn is_issuer(scope: Scope, issuer: Issuer) -> bool {
    match scope.reach {
        Reach::Operator => issuer.is_operator(),
        Reach::Reseller(id) => issuer.reseller == Some(id),
        Reach::Customer(_) | Reach::Line(_) => false,
    }
}

/// An invoice that the asker's side issued, for who works at it; no credit note, and nothing that a reseller received.
///
/// # Errors
/// When the database fails.
pub(crate) async fn issued_by(
    house: &House,
    actor: &Actor,
    id: InvoiceId,
) -> Result<Option<(Scoped, InvoiceRow, Invoice)>, OperationError> {
    let scoped = house.store.scoped(actor.scope);
    let found = scoped.invoice(id).await?.filter(|(row, _)| !row.is_credit_note && is_issuer(actor.scope, row.issuer));
    Ok(found.map(|(row, invoice)| (scoped, row, invoice)))
}

/// A document of an invoice.
#[derive(Clone, Debug)]
pub struct Document {
    /// The number of the invoice: the name of the file.
    pub number: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// The number of an invoice, to know its document without making it; `None` where there is none that they see.
///
/// # Errors
/// When the database fails.
pub async fn number(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<String>, OperationError> {
    Ok(seen(house, actor, id).await?.map(|(_, row, _)| row.number))
}

/// An invoice as a PDF with its data within (Factur-X); `None` where there is none that they see.
///
/// # Errors
/// When the database fails, or the document cannot be made.
pub async fn pdf(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<Document>, OperationError> {
    let Some((_, row, invoice)) = seen(house, actor, id).await? else { return Ok(None) };
    let logo = match &invoice.seller.logo {
        Some(hash) => house.store.brand_logo(hash).await?,
        None => None,
    };
    let making = move || {
        // An invoice of no charges has no data for machines, and is a page all the same.
        if invoice.lines.is_empty() {
            documents::invoice::pdf(&invoice, logo.as_deref())
        } else {
            factur_x(&invoice, logo.as_deref())
        }
    };
    Ok(Some(Document { number: row.number, bytes: made(making).await? }))
}

/// Makes a document when its turn comes, beside what answers requests.
pub(crate) async fn made(
    making: impl FnOnce() -> Result<Vec<u8>, DocumentError> + Send + 'static,
) -> Result<Vec<u8>, OperationError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| OperationError::Stopped)?;
    Ok(spawn_blocking(making).await.map_err(|_| OperationError::Stopped)??)
}

/// Does an invoice have a UBL of its own? Those of Belgian sellers to businesses do (BIL-05).
pub fn has_ubl(invoice: &Invoice) -> bool {
    let is_belgian = invoice.seller.address.country.as_str() == "BE";
    is_belgian && invoice.buyer.business && invoice.seller.electronic.is_some() && invoice.buyer.electronic.is_some()
}

/// An invoice as UBL; `None` where there is none that they see, or none of it.
///
/// # Errors
/// When the database fails, or the document cannot be made.
pub async fn ubl(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<Document>, OperationError> {
    let Some((_, row, invoice)) = seen(house, actor, id).await? else { return Ok(None) };
    if !has_ubl(&invoice) {
        return Ok(None);
    }
    Ok(Some(Document { number: row.number, bytes: ubl_xml(&invoice)?.into_bytes() }))
}

/// What an invoice asks for, without VAT, by what it is for; discounts lower the whole.
pub fn chapters(invoice: &Invoice) -> Vec<(Revenue, Cents)> {
    let of = |revenue: Revenue| {
        let lines = invoice.lines.iter().filter(|line| Revenue::of(&line.item) == revenue).map(|line| line.net).sum::<Cents>();
        let discounts = invoice.discounts.iter().map(|discount| discount.amount).sum::<Cents>();
        if revenue == Revenue::Discounts { lines - discounts } else { lines }
    };
    let all = Revenue::WORDS.into_iter().map(|(_, revenue)| (revenue, of(revenue)));
    all.filter(|(_, amount)| !amount.is_zero()).collect()
}

/// What an invoice asks for, without VAT, by line; what is of the whole account last, without a line.
pub fn by_subject(invoice: &Invoice) -> Vec<(Option<&Subject>, Cents)> {
    let of = |place: Option<usize>| invoice.lines.iter().filter(|line| line.subject == place).map(|line| line.net).sum::<Cents>();
    let mut found: Vec<_> =
        invoice.subjects.iter().enumerate().map(|(place, subject)| (Some(subject), of(Some(place)))).collect();
    let of_account = of(None) - invoice.discounts.iter().map(|discount| discount.amount).sum::<Cents>();
    if !of_account.is_zero() {
        found.push((None, of_account));
    }
    found
}

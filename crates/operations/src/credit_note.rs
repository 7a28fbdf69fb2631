//! Credit notes that staff makes: for all that is left of an invoice, or an amount of one of its lines, with a reason that stands on it (BIL-03).
//! What is left is asked again within the transaction that takes the number, so that two at once give nothing back twice.

use crate::{
    Actor, House, OperationError,
    bill_run::{seller, tell::Audience},
    invoices,
    permission::Permission,
};
pub use billing::{CreditAsked, CreditRefusal, LONGEST_REASON, Left};
use billing::{InvoiceNumber, Letterhead, PaymentMeans};
use serde_json::json;
use store::{InvoiceRow, NewEntry, NewInvoice, Object, Scoped};
use vocabulary::InvoiceId;

pub use billing::Invoice;

/// No token of a form is longer, in bytes.
const LONGEST_TOKEN: usize = 100;

/// An invoice with what can be given back of it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As lists have it.
    pub row: InvoiceRow,
    /// What it says.
    pub invoice: Invoice,
    /// What is left of it.
    pub left: Left,
    /// The credit notes of it that there are.
    pub notes: Vec<(InvoiceId, Invoice)>,
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Of which invoice.
    pub invoice: InvoiceId,
    /// What is to be given back.
    pub what: CreditAsked,
    /// Why, in the invoice's language: it stands on the credit note.
    pub reason: &'a str,
    /// Of the form, by chance: sent twice, it is one credit note.
    pub token: &'a str,
}

/// Why none was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What was asked for cannot be given back.
    #[error(transparent)]
    Credit(#[from] CreditRefusal),
    /// The catalogue does not say who issues invoices.
    #[error("the operator has no `[invoice]` in its operator.toml")]
    NoInvoicing,
    /// The form was not made by a page.
    #[error("the form has no token: open it again")]
    NoToken,
}

/// An invoice with what can be given back of it; `None` for who may not, for what is not there for them, and for a credit note.
///
/// # Errors
/// When the database fails.
pub async fn shown(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<Shown>, OperationError> {
    let Some((scoped, row, invoice)) = seen(house, actor, id).await? else { return Ok(None) };
    let notes = scoped.credit_notes_of((row.issuer, row.account), &invoice.number).await?;
    let facts: Vec<Invoice> = notes.iter().map(|(_, facts)| facts.clone()).collect();
    Ok(Some(Shown { left: Left::of(&invoice, &facts), row, invoice, notes }))
}

async fn seen(house: &House, actor: &Actor, id: InvoiceId) -> Result<Option<(Scoped, InvoiceRow, Invoice)>, OperationError> {
    if !actor.may(Permission::CreditInvoices) {
        return Ok(None);
    }
    invoices::issued_by(house, actor, id).await
}

/// Makes a credit note with the next number, enters it in the ledger, notes it in the journal and tells who is told of the account's invoices; which one. A form that is sent again gets the
/// one that it got. `None` as for [`shown`].
///
/// # Errors
/// When the database fails.
pub async fn issue(
    house: &House,
    actor: &Actor,
    asked: &Asked<'_>,
) -> Result<Option<Result<InvoiceId, Refusal>>, OperationError> {
    let Some((scoped, row, invoice)) = seen(house, actor, asked.invoice).await? else { return Ok(None) };
    if asked.token.is_empty() || asked.token.len() > LONGEST_TOKEN {
        return Ok(Some(Err(Refusal::NoToken)));
    }
    let (now, issuer) = (house.clock.now(), row.issuer);
    let catalog = house.catalog_of(issuer).await?;
    let Some(invoicing) = &catalog.operator.invoicing else { return Ok(Some(Err(Refusal::NoInvoicing))) };
    let issued = now.to_local(&catalog.operator.time_zone).date();
    // The company as it is today.
    let seller = seller(house, issuer).await?;
    let Some(account) = scoped.billing_account(row.account).await? else { return Ok(None) };
    let audience = Audience::of(house, account).await?;
    let transaction = house.store.begin().await?;
    // Whoever issues in this year waits here for whoever does: what is left does not change any more.
    let place = transaction.take_invoice_numbers(issuer, issued.year(), 1).await?;
    if let Some(known) = transaction.credit_note_of_form(issuer, asked.token).await? {
        return Ok(Some(Ok(known)));
    }
    let notes = transaction.credit_notes_of((issuer, row.account), &invoice.number).await?;
    let notes: Vec<Invoice> = notes.into_iter().map(|(_, facts)| facts).collect();
    let number = InvoiceNumber::new(&invoicing.prefix, issued.year(), place);
    let head = Letterhead {
        kind: invoice.kind.clone(),
        issued,
        due: issued,
        month: invoice.month,
        currency: invoice.currency.clone(),
        language: invoice.language.clone(),
        seller,
        buyer: invoice.buyer.clone(),
        means: PaymentMeans::Nothing,
        mentions: invoice.mentions.clone(),
        past: Vec::new(),
        number,
    };
    let facts = match billing::credit((&invoice, &notes), asked.what, asked.reason, head) {
        Ok(facts) => facts,
        Err(refusal) => return Ok(Some(Err(refusal.into()))),
    };
    let told = told(&invoice, &facts);
    let new = NewInvoice { customer: row.customer, account: row.account, run: None, place, facts: facts.clone() };
    let ids = transaction.issue_invoices(issuer, vec![new], now).await?;
    let Some(id) = ids.first().copied() else { return Err(OperationError::Contended) };
    transaction.keep_credit_form(issuer, (asked.token, id)).await?;
    let entry = actor.entry(now, "credit_note_issued", Object::Customer(row.customer));
    let entry = NewEntry { owner: (issuer.reseller, Some(row.customer)), after: Some(told), ..entry };
    transaction.note_of_account(row.account, entry).await?;
    let mails = audience.map_or(Ok(Vec::new()), |audience| audience.mails(house, (id, facts)))?;
    transaction.post_mails(&mails).await?;
    transaction.commit().await?;
    if !mails.is_empty() {
        house.mail_posted();
    }
    Ok(Some(Ok(id)))
}

fn told(invoice: &Invoice, note: &Invoice) -> String {
    let amount = format!("{} {}", note.totals.gross, note.currency);
    let reason = match &note.kind {
        billing::InvoiceKind::CreditNote { reason, .. } => reason.as_str(),
        billing::InvoiceKind::Invoice => "",
    };
    json!({ "credit_note": note.number.as_str(), "invoice": invoice.number.as_str(), "amount": amount, "reason": reason })
        .to_string()
}

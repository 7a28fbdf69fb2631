//! What a reseller's invoice is made of, line by line, for a spreadsheet (RES-11): the reseller's own, and any of them for the operator's people. A
//! hundred thousand lines are read some hundred at a time.

use crate::{Actor, House, OperationError, catalog_names::Names, grouped::grouped, permission::Permission};
use billing::Item;
use catalog::Catalog;
use std::sync::Arc;
use store::{Scoped, WholesaleInvoice, WholesaleLine};
use vocabulary::{Cents, InvoiceId, LineId, Month};

/// So many lines are read at a time.
const CHUNK: usize = 1_000;

/// Something that a line was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BilledItem {
    /// The reference of the customer whose line it is; empty for what is of no line.
    pub reference: String,
    /// That customer's name.
    pub customer: String,
    /// The line's number, or what it has in place of one.
    pub number: String,
    /// Who uses it.
    pub user: String,
    /// What the line has now.
    pub offer: String,
    /// What was billed.
    pub item: String,
    /// For which month.
    pub month: Month,
    /// Without VAT; less than nothing where something is given back.
    pub amount: Cents,
}

/// The lines of an invoice, read from the first to the last.
pub struct InvoiceLines {
    scoped: Scoped,
    invoice: WholesaleInvoice,
    catalog: Arc<Catalog>,
    language: String,
    after: Option<LineId>,
}

/// The lines of a reseller's invoice, called in a language; `None` where there is none that they see, and for an invoice that names its lines itself.
///
/// # Errors
/// When the database fails.
pub async fn lines(house: &House, actor: &Actor, id: InvoiceId, language: &str) -> Result<Option<InvoiceLines>, OperationError> {
    if !actor.may(Permission::SeeInvoices) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let Some(invoice) = scoped.wholesale_invoice(id).await? else { return Ok(None) };
    let catalog = house.catalog(actor.scope.operator).await?;
    Ok(Some(InvoiceLines { scoped, invoice, catalog, language: language.to_owned(), after: None }))
}

impl InvoiceLines {
    /// The number of the invoice: the name of the file.
    pub fn number(&self) -> &str {
        &self.invoice.number
    }

    /// The next some hundred lines; `None` after the last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn following(&mut self) -> Result<Option<Vec<BilledItem>>, OperationError> {
        let Some((rows, last)) = self.scoped.wholesale_lines(&self.invoice, (self.after, CHUNK)).await? else { return Ok(None) };
        self.after = Some(last);
        rows.into_iter().map(|row| self.worded(row)).collect::<Result<Vec<_>, _>>().map(Some)
    }

    fn worded(&self, row: WholesaleLine) -> Result<BilledItem, OperationError> {
        let names = Names { catalog: &self.catalog, language: &self.language };
        let name = match &row.item {
            Item::Plan(id) | Item::Activation(id) => names.offer(id),
            Item::LineOption(id) | Item::OptionOnce(id) => names.option(id),
            Item::Pack(id) => names.pack(id),
            Item::Recharge(id) => names.recharge(id),
            Item::Bundle { bundle, .. } => names.bundle(bundle),
            _ => String::new(),
        };
        let number = row.number.parse().map(|number| grouped(number, &self.catalog.world.plan));
        Ok(BilledItem {
            reference: row.customer.0,
            customer: row.customer.1,
            number: number.unwrap_or(row.number),
            user: row.user,
            offer: if row.offer.is_empty() { String::new() } else { names.offer(&row.offer) },
            item: documents::invoice::item_name(&self.language, &row.item, &name)?,
            month: row.month,
            amount: row.amount,
        })
    }
}

//! Billing accounts: whose they are, where their invoices go, and on which day they wish to be debited (CUS-08).

use crate::{Issuer, Row, Scoped, Store, StoreError, Value, line_terms::list, store::Transaction};
use billing::DebitDay;
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, CustomerId, OperatorId, ResellerId};

/// Where invoices go on paper; its country does not change, because VAT follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BillingAddress {
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
}

impl BillingAddress {
    /// Is nothing said?
    pub fn is_empty(&self) -> bool {
        self.street.is_empty() && self.postcode.is_empty() && self.town.is_empty()
    }
}

/// A billing account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingAccount {
    /// Which.
    pub id: BillingAccountId,
    /// What the customer calls it.
    pub name: String,
    /// Whose.
    pub customer: CustomerId,
    /// Its customer's name.
    pub customer_name: String,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
    /// Who issued its last invoice, or would issue the first.
    pub issuer: Issuer,
    /// Who pays, where that is not the customer; else empty.
    pub holder: String,
    /// Where its invoices go; empty for the customer's address.
    pub address: BillingAddress,
    /// The customer's own.
    pub customer_address: BillingAddress,
    /// The code of its country; empty: the operator's.
    pub country: String,
    /// Are new invoices told by mail?
    pub is_told: bool,
    /// To whom; empty for the customer's own people.
    pub invoice_email: String,
    /// The tag of the language of its invoices; empty: the operator's first.
    pub language: String,
    /// The day on which it wishes to be debited.
    pub debit_day: Option<DebitDay>,
}

impl BillingAccount {
    /// Who pays.
    pub fn payer(&self) -> &str {
        if self.holder.is_empty() { &self.customer_name } else { &self.holder }
    }

    /// Where its invoices go.
    pub fn goes_to(&self) -> &BillingAddress {
        if self.address.is_empty() { &self.customer_address } else { &self.address }
    }
}

/// Whom an account's new invoices are told to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceReader {
    /// One address; empty for the customer's own people.
    pub email: String,
    /// Who pays.
    pub name: String,
    /// The tag of the language; empty: the operator's first.
    pub language: String,
}

const COLUMNS: &str = "a.id, a.name, a.customer_id, c.name AS customer_name, c.operator_id, c.reseller_id, COALESCE((SELECT i.issuer \
                       FROM invoice i WHERE i.billing_account_id = a.id ORDER BY i.id DESC LIMIT 1), c.reseller_id, 0) AS issuer, \
                       a.holder, a.street, a.postcode, a.town, a.country, c.street AS customer_street, \
                       c.postcode AS customer_postcode, c.town AS customer_town, c.country AS customer_country, a.invoice_email, \
                       a.invoices_told, a.language, c.language AS customer_language, a.debit_day";
const TABLES: &str = "billing_account a JOIN customer c ON c.id = a.customer_id";

impl Scoped {
    /// A billing account; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn billing_account(&self, id: BillingAccountId) -> Result<Option<BillingAccount>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {within} AND a.id = $2");
        let row = self.store.row("find a billing account", &sql, vec![scope, id.0.into()]).await?;
        row.as_ref().map(read_account).transpose()
    }
}

impl Store {
    /// Some accounts, by their ids.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn billing_accounts(
        &self,
        accounts: &[BillingAccountId],
    ) -> Result<BTreeMap<BillingAccountId, BillingAccount>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {} AS wanted CROSS JOIN {TABLES} WHERE a.id = CAST(wanted.value AS BIGINT)",
            self.listed(1)
        );
        let rows = self.rows("load billing accounts", &sql, vec![list(accounts.iter().map(|account| account.0))]).await?;
        rows.iter().map(|row| read_account(row).map(|account| (account.id, account))).collect()
    }

    /// Whom the new invoices of accounts are told to, for those that want to be told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoice_readers(
        &self,
        accounts: &[BillingAccountId],
    ) -> Result<BTreeMap<BillingAccountId, InvoiceReader>, StoreError> {
        let sql = format!(
            "SELECT a.id, a.invoice_email, COALESCE(NULLIF(a.holder, ''), c.name) AS payer, \
             COALESCE(NULLIF(a.language, ''), c.language) AS language FROM {} AS wanted CROSS JOIN billing_account a \
             JOIN customer c ON c.id = a.customer_id WHERE a.id = CAST(wanted.value AS BIGINT) AND a.invoices_told = 1",
            self.listed(1)
        );
        let rows = self.rows("find who is told of invoices", &sql, vec![list(accounts.iter().map(|account| account.0))]).await?;
        let read = |row: &Row| {
            let reader =
                InvoiceReader { email: row.get("invoice_email")?, name: row.get("payer")?, language: row.get("language")? };
            Ok((BillingAccountId(row.get("id")?), reader))
        };
        rows.iter().map(read).collect()
    }
}

impl Transaction {
    /// Holds an account until this transaction ends: nobody else changes how it pays meanwhile. Whoever holds its mandate may still write debits and
    /// payments of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_billing_account(&self, id: BillingAccountId) -> Result<(), StoreError> {
        let held = if self.is_postgres() { "FOR NO KEY UPDATE" } else { "" };
        let sql = format!("SELECT id FROM billing_account WHERE id = $1 {held}");
        self.rows("hold a billing account", &sql, vec![id.0.into()]).await.map(|_| ())
    }

    /// Writes whom an account's new invoices are told to (`None`: nobody; empty: the customer's own people), where they go, and the day on which it wishes to be debited.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_billing_account(
        &self,
        id: BillingAccountId,
        (invoice_email, address): (Option<&str>, &BillingAddress),
        debit_day: Option<DebitDay>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE billing_account SET invoices_told = $7, invoice_email = $2, street = $3, postcode = $4, town = $5, \
                   debit_day = $6 WHERE id = $1";
        let values: Vec<Value> = vec![
            id.0.into(),
            invoice_email.unwrap_or_default().into(),
            address.street.as_str().into(),
            address.postcode.as_str().into(),
            address.town.as_str().into(),
            debit_day.map(|day| i16::from(day.get())).into(),
            i16::from(invoice_email.is_some()).into(),
        ];
        self.execute("change a billing account", sql, values).await.map(|_| ())
    }
}

/// A day of the month as its column has it.
pub(crate) fn read_debit_day(day: Option<i16>) -> Result<Option<DebitDay>, StoreError> {
    let read = |day: i16| i8::try_from(day).ok().and_then(|day| DebitDay::try_from(day).ok());
    let corrupt = |day: i16| StoreError::Corrupt { column: "billing_account.debit_day", value: day.to_string() };
    day.map(|day| read(day).ok_or_else(|| corrupt(day))).transpose()
}

fn read_account(row: &Row) -> Result<BillingAccount, StoreError> {
    let reseller: Option<i64> = row.get("reseller_id")?;
    let either = |own: &'static str, customer: &'static str| -> Result<String, StoreError> {
        let own: String = row.get(own)?;
        if own.is_empty() { row.get(customer) } else { Ok(own) }
    };
    Ok(BillingAccount {
        id: BillingAccountId(row.get("id")?),
        name: row.get("name")?,
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        reseller: reseller.map(ResellerId),
        issuer: Issuer::of(OperatorId(row.get("operator_id")?), row.get("issuer")?),
        holder: row.get("holder")?,
        address: BillingAddress { street: row.get("street")?, postcode: row.get("postcode")?, town: row.get("town")? },
        customer_address: BillingAddress {
            street: row.get("customer_street")?,
            postcode: row.get("customer_postcode")?,
            town: row.get("customer_town")?,
        },
        country: either("country", "customer_country")?,
        is_told: row.get::<i16>("invoices_told")? == 1,
        invoice_email: row.get("invoice_email")?,
        language: either("language", "customer_language")?,
        debit_day: read_debit_day(row.get("debit_day")?)?,
    })
}

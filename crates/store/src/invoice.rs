//! Issued invoices: lists, and each as it was frozen.

use crate::{Issuer, Row, Scoped, StoreError, Value, query::read_month};
use billing::Invoice;
use jiff::civil::Date;
use vocabulary::{BillingAccountId, Cents, CustomerId, InvoiceId, Month, OperatorId};

/// An invoice of a list.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    /// Which.
    pub id: InvoiceId,
    /// Who issued it.
    pub issuer: Issuer,
    /// Whose.
    pub customer: CustomerId,
    /// Its customer's name.
    pub customer_name: String,
    /// For which account.
    pub account: BillingAccountId,
    /// What the customer calls that.
    pub account_name: String,
    /// Its number.
    pub number: String,
    /// Does it give money back?
    pub is_credit_note: bool,
    /// Its month.
    pub month: Month,
    /// The day of issue.
    pub issued: Date,
    /// The day by which it is to be paid.
    pub due: Date,
    /// With VAT.
    pub gross: Cents,
}

/// What a billing account owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedByAccount {
    /// Which.
    pub account: BillingAccountId,
    /// What the customer calls it.
    pub name: String,
    /// All its invoices less its payments; less than nothing: it has a credit.
    pub owed: Cents,
}

/// Which invoices are listed, and from where on.
#[derive(Clone, Copy, Debug, Default)]
pub struct InvoiceQuery<'a> {
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Of this account.
    pub account: Option<BillingAccountId>,
    /// Of this month.
    pub month: Option<Month>,
    /// Whose number or customer's name or reference has this in it.
    pub text: &'a str,
    /// Older than this one.
    pub before: Option<InvoiceId>,
    /// So many at most.
    pub most: usize,
}

const COLUMNS: &str = "i.id, i.operator_id, i.issuer, i.customer_id, c.name AS customer_name, i.billing_account_id, a.name AS account_name, \
                       i.number, i.kind, i.month, i.issued, i.due, i.gross";
const TABLES: &str = "invoice i JOIN customer c ON c.id = i.customer_id JOIN billing_account a ON a.id = i.billing_account_id";

impl Scoped {
    /// Invoices, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoices(&self, asked: &InvoiceQuery<'_>) -> Result<Vec<InvoiceRow>, StoreError> {
        let (within, scope) = self.scope.on_invoices();
        let (mut conditions, mut values) = (vec![within.to_owned()], vec![scope]);
        let mut add = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(customer) = asked.customer {
            add("i.customer_id = ?", customer.0.into());
        }
        if let Some(account) = asked.account {
            add("i.billing_account_id = ?", account.0.into());
        }
        if let Some(month) = asked.month {
            add("i.month = ?", month.into());
        }
        if !asked.text.is_empty() {
            let like = format!("%{}%", asked.text.to_lowercase().replace(['%', '_', '\\'], ""));
            add("(LOWER(i.number) LIKE ? OR LOWER(c.name) LIKE ? OR LOWER(c.reference) LIKE ?)", like.into());
        }
        if let Some(before) = asked.before {
            add("i.id < ?", before.0.into());
        }
        let (conditions, most) = (conditions.join(" AND "), asked.most);
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {conditions} ORDER BY i.id DESC LIMIT {most}");
        self.store.rows("list invoices", &sql, values).await?.iter().map(read_row).collect()
    }

    /// The months that have invoices, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoice_months(&self, most: usize) -> Result<Vec<Month>, StoreError> {
        let (within, scope) = self.scope.on_invoices();
        let sql = format!("SELECT DISTINCT i.month FROM invoice i WHERE {within} ORDER BY i.month DESC LIMIT {most}");
        let rows = self.store.rows("list months of invoices", &sql, vec![scope]).await?;
        rows.iter().map(|row| read_month(row.get("month")?)).collect()
    }

    /// What the accounts that are one's own owe, the first account first: a customer's, or those of a reseller's company.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owed_by_accounts(&self, most: usize) -> Result<Vec<OwedByAccount>, StoreError> {
        let (within, scope) = self.scope.on_own_accounts();
        let sql = format!(
            "SELECT a.id, a.name FROM billing_account a JOIN customer c ON c.id = a.customer_id WHERE {within} ORDER BY a.id LIMIT {most}"
        );
        let rows = self.store.rows("list accounts", &sql, vec![scope]).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push(OwedByAccount { account: BillingAccountId(row.get("id")?), name: row.get("name")?, owed: Cents::ZERO });
        }
        let balances = self.store.balances(&found.iter().map(|one| one.account).collect::<Vec<_>>()).await?;
        for one in &mut found {
            one.owed = balances.get(&one.account).copied().unwrap_or_default();
        }
        Ok(found)
    }

    /// The invoice of an account that bears a number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoice_by_number(&self, account: BillingAccountId, number: &str) -> Result<Option<InvoiceId>, StoreError> {
        let (within, scope) = self.scope.on_invoices();
        let sql = format!("SELECT i.id FROM invoice i WHERE {within} AND i.billing_account_id = $2 AND i.number = $3");
        let row = self.store.row("find an invoice by its number", &sql, vec![scope, account.0.into(), number.into()]).await?;
        row.map(|row| row.get("id").map(InvoiceId)).transpose()
    }

    /// An invoice with all that it says.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoice(&self, id: InvoiceId) -> Result<Option<(InvoiceRow, Invoice)>, StoreError> {
        let (within, scope) = self.scope.on_invoices();
        let sql = format!("SELECT {COLUMNS}, i.facts FROM {TABLES} WHERE {within} AND i.id = $2");
        let Some(row) = self.store.row("find an invoice", &sql, vec![scope, id.0.into()]).await? else { return Ok(None) };
        let facts: String = row.get("facts")?;
        let facts = serde_json::from_str(&facts)
            .map_err(|error| StoreError::Corrupt { column: "invoice.facts", value: error.to_string() })?;
        Ok(Some((read_row(&row)?, facts)))
    }
}

fn read_row(row: &Row) -> Result<InvoiceRow, StoreError> {
    let kind: String = row.get("kind")?;
    let day = |column: &'static str| -> Result<Date, StoreError> {
        let text: String = row.get(column)?;
        text.parse().map_err(|_| StoreError::Corrupt { column, value: text })
    };
    Ok(InvoiceRow {
        id: InvoiceId(row.get("id")?),
        issuer: Issuer::of(OperatorId(row.get("operator_id")?), row.get("issuer")?),
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        account: BillingAccountId(row.get("billing_account_id")?),
        account_name: row.get("account_name")?,
        number: row.get("number")?,
        is_credit_note: kind == "credit_note",
        month: read_month(row.get("month")?)?,
        issued: day("issued")?,
        due: day("due")?,
        gross: Cents::new(row.get("gross")?),
    })
}

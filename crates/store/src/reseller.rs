//! Resellers as their operator bills them: what each has, and the company that pays for its customers' lines (RES-11).

use crate::{Reach, Row, Scoped, StoreError, Value, store::Transaction};
use jiff::civil::Date;
use vocabulary::{BillingAccountId, Cents, CustomerId, InvoiceId, OperatorId, ResellerId};

/// A reseller of a list.
#[derive(Clone, Debug)]
pub struct ResellerRow {
    /// Which.
    pub id: ResellerId,
    /// What people call it.
    pub name: String,
    /// The first host name of its brand; empty where it has none.
    pub host: String,
    /// How many customers it has.
    pub customers: i64,
    /// How many of their lines are in service.
    pub lines: i64,
    /// The name of its company, where it has one.
    pub company: Option<String>,
    /// The last invoice that its company received.
    pub last_invoice: Option<ResellerInvoice>,
}

/// An invoice, as far as a list of resellers says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResellerInvoice {
    /// Which.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// The day of issue.
    pub issued: Date,
    /// With VAT; less than nothing where it gives back.
    pub gross: Cents,
}

/// The company of a reseller as the operator bills it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Its legal name.
    pub name: String,
    /// Its number in a register of companies.
    pub legal_id: String,
    /// Its VAT number; empty where it has none.
    pub vat_number: String,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Its country's code.
    pub country: String,
    /// Whom its invoices are told to; empty for the reseller's people who see invoices.
    pub email: String,
    /// The tag of the language of its invoices; empty: the operator's first.
    pub language: String,
}

/// A reseller with its company.
#[derive(Clone, Debug)]
pub struct ResellerFacts {
    /// As lists have it.
    pub row: ResellerRow,
    /// Its company, with the customer that it is and the account that pays.
    pub company: Option<(CustomerId, BillingAccountId, Company)>,
}

/// What a list shows; the customers and lines are counted from their indexes.
const COLUMNS: &str = "r.id, r.name, COALESCE((SELECT MIN(h.host) FROM brand b JOIN brand_host h ON h.brand_id = b.id \
     WHERE b.operator_id = r.operator_id AND b.reseller_id = r.id), '') AS host, \
     (SELECT COUNT(*) FROM customer o WHERE o.reseller_id = r.id) AS customers, \
     (SELECT COUNT(*) FROM line l WHERE l.reseller_id = r.id AND l.state IN ('active', 'suspended')) AS lines, c.name AS company, \
     i.id AS invoice, i.number, i.kind, i.issued, i.gross";
const TABLES: &str = "reseller r LEFT JOIN customer c ON c.id = r.customer_id \
     LEFT JOIN invoice i ON i.id = (SELECT MAX(last.id) FROM invoice last WHERE last.customer_id = r.customer_id)";

impl Scoped {
    /// The resellers of the operator with what they have, by name; none unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resellers_billed(&self, most: usize) -> Result<Vec<ResellerRow>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE r.operator_id = $1 ORDER BY LOWER(r.name), r.id LIMIT {most}");
        let rows = self.store.rows("list resellers", &sql, vec![self.scope.operator.0.into()]).await?;
        rows.iter().map(read_row).collect()
    }

    /// A reseller with its company; `None` outside the scope, and unless the whole operator is in reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reseller(&self, id: ResellerId) -> Result<Option<ResellerFacts>, StoreError> {
        if self.scope.reach != Reach::Operator {
            return Ok(None);
        }
        let sql = format!(
            "SELECT {COLUMNS}, c.id AS customer, c.legal_id, c.vat_number, c.street, c.postcode, c.town, c.country, c.language, \
             a.id AS account, a.invoice_email FROM {TABLES} \
             LEFT JOIN billing_account a ON a.id = (SELECT MIN(one.id) FROM billing_account one WHERE one.customer_id = r.customer_id) \
             WHERE r.operator_id = $1 AND r.id = $2"
        );
        let values = vec![self.scope.operator.0.into(), id.0.into()];
        let Some(row) = self.store.row("find a reseller", &sql, values).await? else { return Ok(None) };
        let (customer, account): (Option<i64>, Option<i64>) = (row.get("customer")?, row.get("account")?);
        let company = match customer.zip(account) {
            Some((customer, account)) => Some((CustomerId(customer), BillingAccountId(account), read_company(&row)?)),
            None => None,
        };
        Ok(Some(ResellerFacts { row: read_row(&row)?, company }))
    }
}

impl Transaction {
    /// Names a reseller's company, or changes what is known of it. The first time it becomes a customer of the operator's own, with an account
    /// that pays for the lines of the reseller's customers. `None` where the operator has no such reseller.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_company(
        &self,
        (operator, reseller): (OperatorId, ResellerId),
        company: &Company,
    ) -> Result<Option<CustomerId>, StoreError> {
        let held = if self.is_postgres() { "FOR UPDATE" } else { "" };
        let sql = format!("SELECT slug, customer_id FROM reseller WHERE operator_id = $1 AND id = $2 {held}");
        let rows = self.rows("hold a reseller", &sql, vec![operator.0.into(), reseller.0.into()]).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let known: Option<i64> = row.get("customer_id")?;
        let text = |text: &str| Value::from(text);
        let on_paper = [
            text(&company.name),
            text(&company.postcode),
            text(&company.street),
            text(&company.town),
            text(&company.country),
            text(&company.legal_id),
            text(&company.vat_number),
            text(&company.language),
        ];
        let customer = if let Some(known) = known {
            let sql = "UPDATE customer SET name = $1, postcode = $2, street = $3, town = $4, country = $5, legal_id = $6, vat_number = $7, \
                       language = $8 WHERE id = $9 AND operator_id = $10";
            let values = on_paper.into_iter().chain([known.into(), operator.0.into()]).collect();
            self.execute("change a reseller's company", sql, values).await?;
            known
        } else {
            let slug: String = row.get("slug")?;
            let reference = self.free_reference(operator, (reseller, &slug)).await?;
            let sql = "INSERT INTO customer (name, postcode, street, town, country, legal_id, vat_number, language, operator_id, reference, \
                       business) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) RETURNING id";
            let values = on_paper.into_iter().chain([operator.0.into(), reference.into()]).collect();
            let customer = crate::provisioning::insert(self, sql, values).await?;
            let sql = "INSERT INTO billing_account (customer_id, name) VALUES ($1, $2) RETURNING id";
            crate::provisioning::insert(self, sql, vec![customer.into(), text(&company.name)]).await?;
            let sql = "UPDATE reseller SET customer_id = $1 WHERE id = $2 AND customer_id IS NULL";
            self.execute("name a reseller's company", sql, vec![customer.into(), reseller.0.into()]).await?;
            customer
        };
        let sql = "UPDATE billing_account SET invoice_email = $2 WHERE id = (SELECT MIN(id) FROM billing_account WHERE customer_id = $1)";
        self.execute("change whom a reseller's invoices are told to", sql, vec![customer.into(), text(&company.email)]).await?;
        Ok(Some(CustomerId(customer)))
    }

    /// A reference that no customer of the operator has: of the reseller's short name, and of its number where somebody has that.
    async fn free_reference(&self, operator: OperatorId, (reseller, slug): (ResellerId, &str)) -> Result<String, StoreError> {
        let plain = format!("R-{}", slug.to_uppercase());
        let sql = "SELECT 1 AS one FROM customer WHERE operator_id = $1 AND reference = $2";
        let taken = self.rows("look for a reference", sql, vec![operator.0.into(), plain.as_str().into()]).await?;
        Ok(if taken.is_empty() { plain } else { format!("{plain}-{}", reseller.0) })
    }
}

fn read_row(row: &Row) -> Result<ResellerRow, StoreError> {
    let invoice: Option<i64> = row.get("invoice")?;
    let last_invoice = match invoice {
        Some(id) => Some(read_invoice(row, InvoiceId(id))?),
        None => None,
    };
    Ok(ResellerRow {
        id: ResellerId(row.get("id")?),
        name: row.get("name")?,
        host: row.get("host")?,
        customers: row.get("customers")?,
        lines: row.get("lines")?,
        company: row.get("company")?,
        last_invoice,
    })
}

fn read_invoice(row: &Row, id: InvoiceId) -> Result<ResellerInvoice, StoreError> {
    let (kind, issued): (String, String) = (row.get("kind")?, row.get("issued")?);
    let gross = Cents::new(row.get("gross")?);
    Ok(ResellerInvoice {
        id,
        number: row.get("number")?,
        issued: issued.parse().map_err(|_| StoreError::Corrupt { column: "invoice.issued", value: issued })?,
        gross: if kind == "credit_note" { -gross } else { gross },
    })
}

fn read_company(row: &Row) -> Result<Company, StoreError> {
    Ok(Company {
        name: row.get("company")?,
        legal_id: row.get("legal_id")?,
        vat_number: row.get("vat_number")?,
        street: row.get("street")?,
        postcode: row.get("postcode")?,
        town: row.get("town")?,
        country: row.get("country")?,
        email: row.get("invoice_email")?,
        language: row.get("language")?,
    })
}

//! Resellers' own prices, and who a reseller is on its invoices (RES-11).

use crate::{Issuer, Reach, Row, Scope, Store, StoreError, Value, line_terms::list, store::Transaction};
use catalog::{RetailItem, RetailKind, RetailPrice, RetailPrices};
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{Markups, Month, OperatorId, ResellerId, Timestamp};

/// Who a reseller is on its invoices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptLetterhead {
    /// How the numbers of its invoices begin, before the year.
    pub prefix: String,
    /// The company, as its register has it.
    pub company: String,
    /// Legal form, capital and register.
    pub legal_form: String,
    /// Its number in that register.
    pub legal_id: String,
    /// Its VAT number.
    pub vat_number: String,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// The account that its customers pay to.
    pub iban: String,
    /// Of this bank.
    pub bic: String,
    /// So many days after its issue an invoice is due.
    pub due_days: i16,
    /// A sentence of its own; empty for none.
    pub mention: String,
    /// One more with each change; 0 before the first.
    pub version: i64,
}

/// What is another after any change of a reseller's prices or letterhead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetailState {
    /// The reseller.
    pub reseller: ResellerId,
    prices: i64,
    letterhead: i64,
}

impl RetailState {
    /// Has it neither prices nor a letterhead?
    pub const fn is_nothing(&self) -> bool {
        self.prices == 0 && self.letterhead == 0
    }
}

const PRICES: &str = "SELECT kind, item, network, starts, amount FROM retail_price WHERE reseller_id = $1 ORDER BY id";
const USED: &str = "SELECT 1 AS one FROM line l CROSS JOIN line_month m WHERE l.reseller_id = $1 AND m.line_id = l.id LIMIT 1";
const LETTERHEAD: &str = "SELECT prefix, company, legal_form, legal_id, vat_number, street, postcode, town, iban, bic, due_days, mention, \
                          version FROM letterhead WHERE reseller_id = $1";

fn read_letterhead(row: &Row) -> Result<KeptLetterhead, StoreError> {
    Ok(KeptLetterhead {
        prefix: row.get("prefix")?,
        company: row.get("company")?,
        legal_form: row.get("legal_form")?,
        legal_id: row.get("legal_id")?,
        vat_number: row.get("vat_number")?,
        street: row.get("street")?,
        postcode: row.get("postcode")?,
        town: row.get("town")?,
        iban: row.get("iban")?,
        bic: row.get("bic")?,
        due_days: row.get("due_days")?,
        mention: row.get("mention")?,
        version: row.get("version")?,
    })
}

fn read_price(row: &Row) -> Result<RetailPrice, StoreError> {
    let (kind, starts): (String, String) = (row.get("kind")?, row.get("starts")?);
    let from = if starts.is_empty() { None } else { Some(starts.parse()) };
    Ok(RetailPrice {
        item: RetailItem {
            kind: RetailKind::named(&kind).ok_or(StoreError::Corrupt { column: "retail_price.kind", value: kind })?,
            id: row.get("item")?,
            network: row.get("network")?,
        },
        from: from.transpose().map_err(|_| StoreError::Corrupt { column: "retail_price.starts", value: starts })?,
        amount: row.money("amount")?,
    })
}

impl Store {
    /// The reseller that sells to whoever has a scope, and what is another after any change of its prices; `None` where the operator sells itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retail_state(&self, scope: Scope) -> Result<Option<RetailState>, StoreError> {
        let (of, id) = match scope.reach {
            Reach::Operator => return Ok(None),
            Reach::Reseller(id) => ("r.id = $1", id.0),
            Reach::Customer(id) => ("r.id = (SELECT c.reseller_id FROM customer c WHERE c.id = $1)", id.0),
            Reach::Line(id) => ("r.id = (SELECT l.reseller_id FROM line l WHERE l.id = $1)", id.0),
        };
        let sql = format!(
            "SELECT r.id, (SELECT COALESCE(MAX(p.id), 0) FROM retail_price p WHERE p.reseller_id = r.id) AS prices, \
             (SELECT COALESCE(MAX(h.version), 0) FROM letterhead h WHERE h.reseller_id = r.id) AS letterhead \
             FROM reseller r WHERE {of} AND r.operator_id = $2"
        );
        let row = self.row("look who sells", &sql, vec![id.into(), scope.operator.0.into()]).await?;
        let read = |row: Row| -> Result<RetailState, StoreError> {
            let reseller = ResellerId(row.get("id")?);
            Ok(RetailState { reseller, prices: row.get("prices")?, letterhead: row.get("letterhead")? })
        };
        row.map(read).transpose()
    }

    /// Did a line of a reseller's customers use something?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_used(&self, reseller: ResellerId) -> Result<bool, StoreError> {
        Ok(self.row("look whether lines of a reseller were used", USED, vec![reseller.0.into()]).await?.is_some())
    }

    /// A reseller's prices, in the order in which they were entered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retail_prices(&self, reseller: ResellerId) -> Result<Vec<RetailPrice>, StoreError> {
        self.rows("read a reseller's prices", PRICES, vec![reseller.0.into()]).await?.iter().map(read_price).collect()
    }

    /// What the customers of these resellers pay of usage, by month; who never said so is left out.
    pub(crate) async fn markups(&self, resellers: BTreeSet<ResellerId>) -> Result<BTreeMap<ResellerId, Markups>, StoreError> {
        let sql = format!(
            "SELECT p.reseller_id, p.kind, p.item, p.network, p.starts, p.amount FROM {} AS wanted CROSS JOIN retail_price p \
             WHERE p.reseller_id = CAST(wanted.value AS BIGINT) AND p.kind = $2 ORDER BY p.id",
            self.listed(1)
        );
        let values = vec![list(resellers.into_iter().map(|id| id.0)), RetailKind::Usage.as_str().into()];
        let mut prices: BTreeMap<ResellerId, Vec<RetailPrice>> = BTreeMap::new();
        for row in self.rows("read what resellers ask for usage", &sql, values).await? {
            prices.entry(ResellerId(row.get("reseller_id")?)).or_default().push(read_price(&row)?);
        }
        Ok(prices.into_iter().map(|(id, prices)| (id, RetailPrices::new(prices).markups())).collect())
    }

    /// Who a reseller is on its invoices; `None` while nobody said so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letterhead(&self, reseller: ResellerId) -> Result<Option<KeptLetterhead>, StoreError> {
        let row = self.row("read a letterhead", LETTERHEAD, vec![reseller.0.into()]).await?;
        row.as_ref().map(read_letterhead).transpose()
    }

    /// The reseller that has this name in the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reseller_named(&self, operator: OperatorId, slug: &str) -> Result<Option<ResellerId>, StoreError> {
        let sql = "SELECT id FROM reseller WHERE operator_id = $1 AND slug = $2";
        let row = self.row("look for a reseller", sql, vec![operator.0.into(), slug.into()]).await?;
        row.map(|row| row.get("id").map(ResellerId)).transpose()
    }
}

impl Transaction {
    /// Keeps everybody else from changing a reseller's prices or letterhead, and from beginning its bill run, until the end; the latest month that it
    /// bills or billed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_reseller(&self, issuer: Issuer) -> Result<Option<Month>, StoreError> {
        let id = issuer.number();
        let held = "UPDATE reseller SET name = name WHERE id = $1 AND operator_id = $2";
        self.execute("hold a reseller", held, vec![id.into(), issuer.operator.0.into()]).await?;
        let sql =
            "SELECT MAX(month) AS month FROM bill_run WHERE operator_id = $1 AND issuer = $2 AND state IN ('keeping', 'kept')";
        let rows = self.rows("look for bill runs", sql, vec![issuer.operator.0.into(), id.into()]).await?;
        let month: Option<i32> = rows.first().map_or(Ok(None), |row| row.get("month"))?;
        month.map(crate::query::read_month).transpose()
    }

    /// A reseller's prices, in the order in which they were entered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retail_prices(&self, reseller: ResellerId) -> Result<Vec<RetailPrice>, StoreError> {
        self.rows("read a reseller's prices", PRICES, vec![reseller.0.into()]).await?.iter().map(read_price).collect()
    }

    /// Did a line of a reseller's customers use something, as it stands for this transaction?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_used(&self, reseller: ResellerId) -> Result<bool, StoreError> {
        Ok(!self.rows("look whether lines of a reseller were used", USED, vec![reseller.0.into()]).await?.is_empty())
    }

    /// Who a reseller is on its invoices, as it stands for this transaction; `None` while nobody said so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn letterhead(&self, reseller: ResellerId) -> Result<Option<KeptLetterhead>, StoreError> {
        let rows = self.rows("read a letterhead", LETTERHEAD, vec![reseller.0.into()]).await?;
        rows.first().map(read_letterhead).transpose()
    }

    /// Adds prices of a reseller.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_retail_prices(
        &self,
        reseller: ResellerId,
        prices: &[RetailPrice],
        (now, who): (Timestamp, &str),
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO retail_price (reseller_id, kind, item, network, starts, amount, entered, entered_by) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        for price in prices {
            let values: Vec<Value> = vec![
                reseller.0.into(),
                price.item.kind.as_str().into(),
                price.item.id.as_str().into(),
                price.item.network.as_str().into(),
                price.from.map(|from| from.to_string()).unwrap_or_default().into(),
                price.amount.into(),
                now.into(),
                who.into(),
            ];
            self.execute("add a reseller's price", sql, values).await?;
        }
        Ok(())
    }

    /// Keeps who a reseller is on its invoices, over the version that was seen. `false` when somebody was faster, or another issuer's numbers begin
    /// alike.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_letterhead(&self, issuer: Issuer, head: &KeptLetterhead) -> Result<bool, StoreError> {
        let id = issuer.number();
        let taken = "SELECT 1 AS one FROM letterhead WHERE operator_id = $1 AND prefix = $2 AND reseller_id <> $3";
        let values = vec![issuer.operator.0.into(), head.prefix.as_str().into(), id.into()];
        if !self.rows("look whose numbers begin alike", taken, values).await?.is_empty() {
            return Ok(false);
        }
        let sql = "INSERT INTO letterhead (reseller_id, operator_id, prefix, company, legal_form, legal_id, vat_number, street, postcode, \
                   town, iban, bic, due_days, mention, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
                   ON CONFLICT (reseller_id) DO UPDATE SET prefix = excluded.prefix, company = excluded.company, \
                   legal_form = excluded.legal_form, legal_id = excluded.legal_id, vat_number = excluded.vat_number, \
                   street = excluded.street, postcode = excluded.postcode, town = excluded.town, iban = excluded.iban, \
                   bic = excluded.bic, due_days = excluded.due_days, mention = excluded.mention, version = excluded.version \
                   WHERE letterhead.version = excluded.version - 1";
        let values: Vec<Value> = vec![
            id.into(),
            issuer.operator.0.into(),
            head.prefix.as_str().into(),
            head.company.as_str().into(),
            head.legal_form.as_str().into(),
            head.legal_id.as_str().into(),
            head.vat_number.as_str().into(),
            head.street.as_str().into(),
            head.postcode.as_str().into(),
            head.town.as_str().into(),
            head.iban.as_str().into(),
            head.bic.as_str().into(),
            head.due_days.into(),
            head.mention.as_str().into(),
            (head.version + 1).into(),
        ];
        Ok(self.execute("keep a letterhead", sql, values).await? == 1)
    }
}

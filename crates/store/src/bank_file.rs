//! Files that a bank sent, and what each said: taken once by the hash of its bytes, and each booking once by its key (BIL-08).

use crate::{Issuer, Row, Store, StoreError, Value, line_terms::list, mandate::read_day, store::Transaction};
use billing::{BankAmount, Currency};
use jiff::civil::Date;
use std::collections::BTreeSet;
use vocabulary::{BankFileId, BankItemId, BillingAccountId, Cents, CustomerId, InvoiceId, OperatorId, ResellerId, Timestamp};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBankFile {
    /// Which.
    pub id: BankFileId,
    /// What it was called.
    pub name: String,
    /// What names its message.
    pub message: String,
    /// `report` on debits, or `statements` of what was booked.
    pub kind: String,
    /// When it was taken.
    pub taken: Timestamp,
    /// By whom.
    pub taken_by: String,
    /// How many things it says.
    pub items: i64,
    /// How many of them wait for somebody.
    pub waits: i64,
}

/// A file that is taken.
#[derive(Clone, Copy, Debug)]
pub struct NewBankFile<'a> {
    /// The hash of its bytes.
    pub hash: &'a str,
    /// What it was called.
    pub name: &'a str,
    /// What names its message.
    pub message: &'a str,
    /// See [`KeptBankFile::kind`].
    pub kind: &'static str,
}

/// Something that a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBankItem {
    /// What it is known by in whatever file it comes; `None` for an answer to debits.
    pub key: Option<String>,
    /// The booking that it is, or is a part of, where the bank has a name for that.
    pub booking: Option<String>,
    /// How much.
    pub amount: Option<BankAmount>,
    /// When it was booked.
    pub booked: Option<Date>,
    /// Who paid, or was paid.
    pub party: String,
    /// What was written.
    pub said: String,
    /// What became of it, as JSON of whoever decides.
    pub outcome: String,
    /// Has somebody to look at it?
    pub waits: bool,
}

/// The same as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBankItem {
    /// Which.
    pub id: BankItemId,
    /// Of which file.
    pub file: BankFileId,
    /// What it says.
    pub item: NewBankItem,
    /// Who decided of it, and when.
    pub decided: Option<(Timestamp, String)>,
}

/// An invoice that money may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedInvoice {
    /// Which.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Year and place of that.
    pub place: (i16, i64),
    /// Its account.
    pub account: BillingAccountId,
    /// What the customer calls that.
    pub account_name: String,
    /// Whose.
    pub customer: CustomerId,
    /// Its name.
    pub customer_name: String,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
}

const FILE: &str = "SELECT f.id, f.name, f.message, f.kind, f.taken, f.taken_by, \
    (SELECT COUNT(*) FROM bank_item b WHERE b.file_id = f.id) AS items, \
    (SELECT COUNT(*) FROM bank_item b WHERE b.file_id = f.id AND b.waits = 1) AS waiting \
    FROM bank_file f WHERE f.operator_id = $1 AND f.issuer = $2";
const ITEM: &str = "SELECT b.id, b.file_id, b.key, b.booking, b.amount, b.currency, b.booked, b.party, b.said, b.outcome, b.waits, b.decided, b.decided_by \
    FROM bank_item b JOIN bank_file f ON f.id = b.file_id WHERE f.operator_id = $1 AND f.issuer = $2";
const INVOICE: &str = "SELECT i.id, i.number, i.year, i.place, i.billing_account_id, a.name AS account_name, i.customer_id, \
    c.name AS customer_name, c.reseller_id FROM invoice i JOIN billing_account a ON a.id = i.billing_account_id \
    JOIN customer c ON c.id = i.customer_id WHERE i.operator_id = $1 AND i.issuer = $2 AND i.kind = 'invoice'";

fn of(issuer: Issuer) -> Vec<Value> {
    vec![issuer.operator.0.into(), issuer.number().into()]
}

impl Store {
    /// Did a bank send it to this issuer, whatever became of it?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_bank_item(&self, issuer: Issuer, id: BankItemId) -> Result<bool, StoreError> {
        let values = [of(issuer), vec![id.0.into()]].concat();
        Ok(self.row("find what a bank sent", &format!("{ITEM} AND b.id = $3"), values).await?.is_some())
    }

    /// The file of that hash, where it was taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bank_file_of_hash(&self, operator: OperatorId, hash: &str) -> Result<Option<BankFileId>, StoreError> {
        let sql = "SELECT id FROM bank_file WHERE operator_id = $1 AND hash = $2";
        let row = self.row("look for a bank's file", sql, vec![operator.0.into(), hash.into()]).await?;
        row.map(|row| row.get("id").map(BankFileId)).transpose()
    }

    /// Files that were taken, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bank_files(&self, issuer: Issuer, most: usize) -> Result<Vec<KeptBankFile>, StoreError> {
        let sql = format!("{FILE} ORDER BY f.id DESC LIMIT {most}");
        self.rows("list a bank's files", &sql, of(issuer)).await?.iter().map(read_file).collect()
    }

    /// A file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bank_file(&self, issuer: Issuer, id: BankFileId) -> Result<Option<KeptBankFile>, StoreError> {
        let values = [of(issuer), vec![id.0.into()]].concat();
        self.row("find a bank's file", &format!("{FILE} AND f.id = $3"), values).await?.as_ref().map(read_file).transpose()
    }

    /// What a file says, in its order; so much at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bank_items(&self, issuer: Issuer, id: BankFileId, most: usize) -> Result<Vec<KeptBankItem>, StoreError> {
        let sql = format!("{ITEM} AND b.file_id = $3 ORDER BY b.id LIMIT {most}");
        let values = [of(issuer), vec![id.0.into()]].concat();
        self.rows("load what a bank said", &sql, values).await?.iter().map(read_item).collect()
    }

    /// What waits for somebody, the longest first; so much at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bank_items_that_wait(&self, issuer: Issuer, most: usize) -> Result<Vec<KeptBankItem>, StoreError> {
        let sql = format!("{ITEM} AND b.operator_id = $1 AND b.waits = 1 ORDER BY b.id LIMIT {most}");
        self.rows("list what waits of a bank", &sql, of(issuer)).await?.iter().map(read_item).collect()
    }

    /// Which of these bookings are known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_bookings(&self, operator: OperatorId, keys: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        let sql = format!(
            "SELECT b.key FROM {} AS wanted CROSS JOIN bank_item b WHERE b.operator_id = $2 AND b.key = wanted.value",
            self.listed(1)
        );
        let values = vec![list(keys.iter().copied()), operator.0.into()];
        self.rows("look for known bookings", &sql, values).await?.iter().map(|row| row.get("key")).collect()
    }

    /// What was taken of these bookings.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bank_items_of(&self, issuer: Issuer, bookings: &[&str]) -> Result<Vec<KeptBankItem>, StoreError> {
        let sql = format!(
            "{ITEM} AND b.operator_id = $1 AND b.booking IN (SELECT CAST(wanted.value AS TEXT) FROM {} AS wanted) ORDER BY b.id",
            self.listed(3)
        );
        let values = [of(issuer), vec![list(bookings.iter().copied())]].concat();
        self.rows("look for known bookings", &sql, values).await?.iter().map(read_item).collect()
    }

    /// The invoices at these places of an issuer's years.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoices_at(&self, issuer: Issuer, places: &BTreeSet<(i16, i64)>) -> Result<Vec<NamedInvoice>, StoreError> {
        let years: BTreeSet<i16> = places.iter().map(|(year, _)| *year).collect();
        let mut found = Vec::new();
        for year in years {
            let sql = format!(
                "{INVOICE} AND i.year = $3 AND i.place IN (SELECT CAST(wanted.value AS BIGINT) FROM {} AS wanted)",
                self.listed(4)
            );
            let of_year = places.iter().filter(|(known, _)| *known == year).map(|(_, place)| *place);
            let values = [of(issuer), vec![year.into(), list(of_year)]].concat();
            for row in self.rows("find invoices by their places", &sql, values).await? {
                found.push(read_invoice(&row)?);
            }
        }
        Ok(found)
    }

    /// The invoice of a number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invoice_of_number(&self, issuer: Issuer, number: &str) -> Result<Option<NamedInvoice>, StoreError> {
        let values = [of(issuer), vec![number.into()]].concat();
        let row = self.row("find an invoice by its number", &format!("{INVOICE} AND i.number = $3"), values).await?;
        row.as_ref().map(read_invoice).transpose()
    }
}

impl Transaction {
    /// Keeps a file; `None` where it was taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_bank_file(
        &self,
        issuer: Issuer,
        new: &NewBankFile<'_>,
        (now, by): (Timestamp, &str),
    ) -> Result<Option<BankFileId>, StoreError> {
        let id = self.reserve_money_ids(1).await?;
        let sql = "INSERT INTO bank_file (id, operator_id, issuer, hash, name, message, kind, taken, taken_by) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (operator_id, hash) DO NOTHING";
        let values = vec![
            id.into(),
            issuer.operator.0.into(),
            issuer.number().into(),
            new.hash.into(),
            new.name.into(),
            new.message.into(),
            new.kind.into(),
            now.into(),
            by.into(),
        ];
        Ok((self.execute("keep a bank's file", sql, values).await? == 1).then_some(BankFileId(id)))
    }

    /// Keeps something that a file says; which.
    ///
    /// # Errors
    /// When the database fails, or the booking is known.
    pub async fn add_bank_item(
        &self,
        operator: OperatorId,
        file: BankFileId,
        new: &NewBankItem,
    ) -> Result<BankItemId, StoreError> {
        let id = self.reserve_money_ids(1).await?;
        let sql = "INSERT INTO bank_item (id, operator_id, file_id, key, amount, currency, booked, party, said, outcome, waits, booking) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let values: Vec<Value> = vec![
            id.into(),
            operator.0.into(),
            file.0.into(),
            new.key.clone().into(),
            new.amount.map(|amount| amount.cents.get()).into(),
            new.amount.as_ref().map_or("", |amount| amount.currency.as_str()).into(),
            new.booked.map(|day| day.to_string()).into(),
            new.party.as_str().into(),
            new.said.as_str().into(),
            new.outcome.as_str().into(),
            i16::from(new.waits).into(),
            new.booking.clone().into(),
        ];
        self.execute("keep what a bank said", sql, values).await?;
        Ok(BankItemId(id))
    }

    /// Something that waits, held until this transaction ends; `None` where it waits no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_bank_item(&self, issuer: Issuer, id: BankItemId) -> Result<Option<KeptBankItem>, StoreError> {
        Ok(self.hold_any_bank_item(issuer, id).await?.filter(|kept| kept.item.waits))
    }

    /// Something that a bank sent, held until this transaction ends, whether it waits or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_any_bank_item(&self, issuer: Issuer, id: BankItemId) -> Result<Option<KeptBankItem>, StoreError> {
        let held = if self.is_postgres() { "FOR UPDATE OF b" } else { "" };
        let sql = format!("{ITEM} AND b.id = $3 {held}");
        let values = [of(issuer), vec![id.0.into()]].concat();
        self.rows("hold what waits of a bank", &sql, values).await?.first().map(read_item).transpose()
    }

    /// Notes what a person decided of something that waited.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decide_bank_item(&self, id: BankItemId, outcome: &str, (now, by): (Timestamp, &str)) -> Result<(), StoreError> {
        let sql = "UPDATE bank_item SET outcome = $2, waits = 0, decided = $3, decided_by = $4 WHERE id = $1";
        let values = vec![id.0.into(), outcome.into(), now.into(), by.into()];
        self.execute("note what was decided", sql, values).await.map(|_| ())
    }
}

fn read_file(row: &Row) -> Result<KeptBankFile, StoreError> {
    Ok(KeptBankFile {
        id: BankFileId(row.get("id")?),
        name: row.get("name")?,
        message: row.get("message")?,
        kind: row.get("kind")?,
        taken: row.instant("taken")?,
        taken_by: row.get("taken_by")?,
        items: row.get("items")?,
        waits: row.get("waiting")?,
    })
}

fn read_item(row: &Row) -> Result<KeptBankItem, StoreError> {
    let (amount, currency): (Option<i64>, String) = (row.get("amount")?, row.get("currency")?);
    let amount = match amount {
        None => None,
        Some(cents) => {
            let corrupt = |_| StoreError::Corrupt { column: "bank_item.currency", value: currency.clone() };
            Some(BankAmount { cents: Cents::new(cents), currency: Currency::try_from(currency.clone()).map_err(corrupt)? })
        }
    };
    let (waits, decided, decided_by): (i16, Option<i64>, String) =
        (row.get("waits")?, row.get("decided")?, row.get("decided_by")?);
    Ok(KeptBankItem {
        id: BankItemId(row.get("id")?),
        file: BankFileId(row.get("file_id")?),
        item: NewBankItem {
            key: row.get("key")?,
            booking: row.get("booking")?,
            amount,
            booked: read_day(row, "booked")?,
            party: row.get("party")?,
            said: row.get("said")?,
            outcome: row.get("outcome")?,
            waits: waits == 1,
        },
        decided: decided.map(|at| (Timestamp::from_micros(at), decided_by)),
    })
}

fn read_invoice(row: &Row) -> Result<NamedInvoice, StoreError> {
    let reseller: Option<i64> = row.get("reseller_id")?;
    Ok(NamedInvoice {
        id: InvoiceId(row.get("id")?),
        number: row.get("number")?,
        place: (row.get("year")?, row.get("place")?),
        account: BillingAccountId(row.get("billing_account_id")?),
        account_name: row.get("account_name")?,
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        reseller: reseller.map(ResellerId),
    })
}

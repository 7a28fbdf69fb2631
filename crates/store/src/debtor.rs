//! Accounts that are collected from: what they owe, what they were told, and what the bank has of it (BIL-08).

use crate::{
    BillingAccount, Issuer, KeptIban, KeptMandate, Row, Store, StoreError,
    line_terms::list,
    mandate::{self, day_of, read_mandate},
};
use billing::{Announced, Debtor, Following, InvoiceNumber, NoticeOfDebit};
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, InvoiceId, MandateReference};

/// Did a file collect what a notice, under the alias `n`, tells? A notice is of one debit, and some banks book that before its day has come.
const IS_USED: &str = "CAST(EXISTS (SELECT 1 FROM debit_part p JOIN debit d ON d.id = p.debit_id JOIN collection_file f ON f.id = d.file_id \
    WHERE p.invoice_id = n.invoice_id AND f.made > n.told) AS INTEGER) AS is_used";

/// An account that may be collected from, with all that decides what.
#[derive(Clone, Debug)]
pub struct KeptDebtor {
    /// What decides.
    pub debtor: Debtor<KeptIban>,
    /// The account.
    pub account: BillingAccount,
    /// Its invoices.
    pub invoices: BTreeMap<InvoiceNumber, InvoiceId>,
    /// How often each was presented, without what was settled: the rest of an invoice is not what was collected of it.
    pub presented: BTreeMap<InvoiceNumber, u8>,
    /// How many notices each has.
    pub notices: BTreeMap<InvoiceNumber, i16>,
}

impl Store {
    /// Accounts of an issuer with a mandate, after one of them, in the order of their ids, that owe something; and the last that was looked at, which
    /// is `None` when there are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn debtors(
        &self,
        issuer: Issuer,
        (after, most): (BillingAccountId, usize),
    ) -> Result<(Vec<KeptDebtor>, Option<BillingAccountId>), StoreError> {
        let sql = format!(
            "SELECT {} FROM mandate m JOIN billing_account a ON a.id = m.billing_account_id JOIN customer c ON c.id = a.customer_id \
             WHERE m.operator_id = $1 AND m.state <> 'ended' AND m.billing_account_id > $2 AND COALESCE(c.reseller_id, 0) = $3 \
             ORDER BY m.billing_account_id LIMIT {most}",
            mandate::COLUMNS
        );
        let values = vec![issuer.operator.0.into(), after.0.into(), issuer.number().into()];
        let rows = self.rows("look for debtors", &sql, values).await?;
        let mandates: Vec<KeptMandate> = rows.iter().map(read_mandate).collect::<Result<_, _>>()?;
        let last = mandates.last().map(|kept| kept.account);
        let all: Vec<BillingAccountId> = mandates.iter().map(|kept| kept.account).collect();
        let owed = self.balances(&all).await?;
        let owing: Vec<BillingAccountId> =
            all.into_iter().filter(|account| owed.get(account).is_some_and(|owed| owed.is_positive())).collect();
        let mut accounts = self.billing_accounts(&owing).await?;
        let mut items = self.open_items(&owing).await?;
        let mut invoices = self.invoices_of(issuer, &owing).await?;
        let mut told = self.told(&owing).await?;
        let mut debtors = Vec::new();
        for kept in mandates {
            let (Some(account), Some(open)) = (accounts.remove(&kept.account), items.remove(&kept.account)) else { continue };
            let told = told.remove(&kept.account).unwrap_or_default();
            let debtor = Debtor {
                account: kept.account,
                mandate: kept.mandate,
                wished: account.debit_day,
                open,
                announced: told.announced,
                under_way: told.under_way,
                following: Following::Expected,
            };
            let debtor = debtor.without(&told.stopped);
            let (presented, notices) = (told.presented, told.notices);
            let invoices = invoices.remove(&kept.account).unwrap_or_default();
            debtors.push(KeptDebtor { debtor, account, invoices, presented, notices });
        }
        Ok((debtors, last))
    }

    /// The invoices of accounts by their numbers.
    async fn invoices_of(
        &self,
        issuer: Issuer,
        accounts: &[BillingAccountId],
    ) -> Result<BTreeMap<BillingAccountId, BTreeMap<InvoiceNumber, InvoiceId>>, StoreError> {
        let sql = format!(
            "SELECT i.billing_account_id, i.id, i.number FROM {} AS wanted CROSS JOIN invoice i \
             WHERE i.billing_account_id = CAST(wanted.value AS BIGINT) AND i.issuer = $2 AND i.kind = 'invoice'",
            self.listed(1)
        );
        let values = vec![list(accounts.iter().map(|account| account.0)), issuer.number().into()];
        let mut found: BTreeMap<BillingAccountId, BTreeMap<InvoiceNumber, InvoiceId>> = BTreeMap::new();
        for row in self.rows("load invoices of accounts", &sql, values).await? {
            let number: String = row.get("number")?;
            let of = found.entry(BillingAccountId(row.get("billing_account_id")?)).or_default();
            of.insert(InvoiceNumber::from(number.as_str()), InvoiceId(row.get("id")?));
        }
        Ok(found)
    }

    /// What accounts were told, and what the bank has of them.
    async fn told(&self, accounts: &[BillingAccountId]) -> Result<BTreeMap<BillingAccountId, Told>, StoreError> {
        let mut all: BTreeMap<BillingAccountId, Told> = BTreeMap::new();
        let wanted = || vec![list(accounts.iter().map(|account| account.0))];
        let of = |columns: &str, table: &str| {
            format!(
                "SELECT i.billing_account_id, i.number, {columns} FROM {} AS wanted CROSS JOIN invoice i JOIN {table} n \
                 ON n.invoice_id = i.id WHERE i.billing_account_id = CAST(wanted.value AS BIGINT)",
                self.listed(1)
            )
        };
        let key = |row: &Row| -> Result<(BillingAccountId, InvoiceNumber), StoreError> {
            let number: String = row.get("number")?;
            Ok((BillingAccountId(row.get("billing_account_id")?), InvoiceNumber::from(number.as_str())))
        };
        let columns = format!("n.place, n.mandate, n.day, n.amount, {IS_USED}");
        let sql = format!("{} ORDER BY n.place", of(&columns, "debit_notice"));
        for row in self.rows("load what was told of debits", &sql, wanted()).await? {
            let (account, number) = key(&row)?;
            let told = all.entry(account).or_default();
            told.notices.insert(number.clone(), row.get("place")?);
            if row.get::<i32>("is_used")? == 1 {
                told.announced.remove(&number);
                continue;
            }
            let announced = Announced { day: day_of(&row, "day")?, mandate: reference(&row)? };
            told.announced.insert(number, NoticeOfDebit { announced, amount: Cents::new(row.get("amount")?) });
        }
        for row in self.rows("load what is not collected", &of("n.why", "debit_stop"), wanted()).await? {
            let (account, number) = key(&row)?;
            all.entry(account).or_default().stopped.push(number);
        }
        let counted = "CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM debit d WHERE d.id = n.debit_id AND d.state = 'settled') THEN 0 ELSE 1 END) \
                       AS BIGINT) AS many, CAST(SUM(CASE n.under_way WHEN 1 THEN n.amount ELSE 0 END) AS BIGINT) AS under_way";
        let sql = format!("{} GROUP BY i.billing_account_id, i.number", of(counted, "debit_part"));
        for row in self.rows("load what the bank has", &sql, wanted()).await? {
            let (account, number) = key(&row)?;
            let told = all.entry(account).or_default();
            let (many, under_way): (i64, i64) = (row.get("many")?, row.get("under_way")?);
            told.presented.insert(number.clone(), u8::try_from(many).unwrap_or(u8::MAX));
            if under_way > 0 {
                told.under_way.insert(number, Cents::new(under_way));
            }
        }
        Ok(all)
    }
}

/// What an account was told, by invoice.
#[derive(Default)]
struct Told {
    announced: BTreeMap<InvoiceNumber, NoticeOfDebit>,
    notices: BTreeMap<InvoiceNumber, i16>,
    stopped: Vec<InvoiceNumber>,
    under_way: BTreeMap<InvoiceNumber, Cents>,
    presented: BTreeMap<InvoiceNumber, u8>,
}

fn reference(row: &Row) -> Result<MandateReference, StoreError> {
    let text: String = row.get("mandate")?;
    text.parse().map_err(|_| StoreError::Corrupt { column: "debit_notice.mandate", value: text })
}

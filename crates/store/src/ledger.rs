//! The ledger: balances as sums of transfers, and a check of all of it (BIL-06).

use crate::{Issuer, Scoped, Store, StoreError};
use std::collections::BTreeMap;
use vocabulary::{BillingAccountId, Cents, OperatorId};

/// What a check of an operator's ledger found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerCheck {
    /// How many entries there are.
    pub entries: i64,
    /// How many transfers.
    pub transfers: i64,
    /// How many invoices and credit notes.
    pub invoices: i64,
    /// What the accounts of the ledger stand at: debits less credits. Receivables are one sum.
    pub balances: Vec<(String, Cents)>,
    /// What is wrong, a sentence each.
    pub faults: Vec<String>,
}

/// So many faults of one sort are told.
const MOST_FAULTS: usize = 20;

impl Store {
    /// What accounts owe an issuer: the sum of their transfers. Less than nothing: they have a credit. One that has none is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn balances(&self, accounts: &[BillingAccountId]) -> Result<BTreeMap<BillingAccountId, Cents>, StoreError> {
        let sql = format!(
            "SELECT t.billing_account_id, CAST(SUM(CASE WHEN t.debit = 'receivable/' || t.billing_account_id THEN t.amount ELSE -t.amount END) \
             AS BIGINT) AS owed FROM {} AS wanted CROSS JOIN ledger_transfer t \
             WHERE t.billing_account_id = CAST(wanted.value AS BIGINT) GROUP BY t.billing_account_id",
            self.listed(1)
        );
        let asked = crate::line_terms::list(accounts.iter().map(|account| account.0));
        let rows = self.rows("add up what accounts owe", &sql, vec![asked]).await?;
        rows.iter().map(|row| Ok((BillingAccountId(row.get("billing_account_id")?), Cents::new(row.get("owed")?)))).collect()
    }

    /// Reads the whole ledger of an operator again: every transfer, every invoice and its entry, every number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_ledger(&self, operator: OperatorId) -> Result<LedgerCheck, StoreError> {
        let mut check = LedgerCheck::default();
        let count = "SELECT (SELECT COUNT(*) FROM ledger_entry WHERE operator_id = $1) AS entries, \
                     (SELECT COUNT(*) FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id WHERE e.operator_id = $1) AS transfers, \
                     (SELECT COUNT(*) FROM invoice WHERE operator_id = $1) AS invoices";
        if let Some(row) = self.row("count the ledger", count, vec![operator.0.into()]).await? {
            (check.entries, check.transfers) = (row.get("entries")?, row.get("transfers")?);
            check.invoices = row.get("invoices")?;
        }
        self.add_balances(operator, &mut check).await?;
        for (doing, sql, told) in CHECKS {
            let sql = format!("{sql} LIMIT {MOST_FAULTS}");
            for row in self.rows(doing, &sql, vec![operator.0.into()]).await? {
                let (what, expected, found): (String, i64, i64) = (row.get("what")?, row.get("expected")?, row.get("found")?);
                check.faults.push(format!("{what}: {} {told} {}", Cents::new(found), Cents::new(expected)));
            }
        }
        self.check_numbers(operator, &mut check).await?;
        Ok(check)
    }

    async fn add_balances(&self, operator: OperatorId, check: &mut LedgerCheck) -> Result<(), StoreError> {
        let side = |column: &str, sign: &str| {
            format!(
                "SELECT CASE WHEN t.{column} LIKE 'receivable/%' THEN 'receivable' ELSE t.{column} END AS account, {sign}t.amount AS amount \
                 FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id WHERE e.operator_id = $1"
            )
        };
        let sql = format!(
            "SELECT account, CAST(SUM(amount) AS BIGINT) AS amount FROM ({} UNION ALL {}) moved GROUP BY account ORDER BY account",
            side("debit", ""),
            side("credit", "-")
        );
        let rows = self.rows("add up the ledger", &sql, vec![operator.0.into()]).await?;
        check.balances = rows
            .iter()
            .map(|row| Ok((row.get("account")?, Cents::new(row.get("amount")?))))
            .collect::<Result<_, StoreError>>()?;
        let sum: Cents = check.balances.iter().map(|(_, amount)| *amount).sum();
        if !sum.is_zero() {
            check.faults.push(format!("all accounts together stand at {sum} and not at 0.00"));
        }
        Ok(())
    }

    /// Numbers have no gaps: each year of an issuer ends at as many as there are.
    async fn check_numbers(&self, operator: OperatorId, check: &mut LedgerCheck) -> Result<(), StoreError> {
        let sql = "SELECT s.issuer, s.year, s.last, COUNT(i.id) AS many, COALESCE(MAX(i.place), 0) AS highest \
                   FROM invoice_series s LEFT JOIN invoice i ON i.operator_id = s.operator_id AND i.issuer = s.issuer AND i.year = s.year \
                   WHERE s.operator_id = $1 GROUP BY s.issuer, s.year, s.last ORDER BY s.issuer, s.year";
        for row in self.rows("count numbers of invoices", sql, vec![operator.0.into()]).await? {
            let (year, last): (i16, i64) = (row.get("year")?, row.get("last")?);
            let (many, highest): (i64, i64) = (row.get("many")?, row.get("highest")?);
            if many != last || highest != last {
                check
                    .faults
                    .push(format!("numbers of {year}: {last} were given, {many} invoices bear one, the highest is {highest}"));
            }
        }
        Ok(())
    }
}

type Check = (&'static str, &'static str, &'static str);

/// Questions whose answers are faults, each with a name, what was to be found and what was.
const CHECKS: [Check; 7] = [
    (
        "compare invoices with the ledger",
        "SELECT i.number AS what, CASE i.kind WHEN 'invoice' THEN i.gross ELSE -i.gross END AS expected, \
         CAST(COALESCE(SUM(CASE WHEN t.debit = 'receivable/' || i.billing_account_id THEN t.amount \
         WHEN t.credit = 'receivable/' || i.billing_account_id THEN -t.amount ELSE 0 END), 0) AS BIGINT) AS found \
         FROM invoice i LEFT JOIN ledger_entry e ON e.invoice_id = i.id AND e.kind = i.kind AND e.kind IN ('invoice', 'credit_note') \
         LEFT JOIN ledger_transfer t ON t.entry_id = e.id WHERE i.operator_id = $1 \
         GROUP BY i.id, i.number, i.kind, i.gross, i.billing_account_id \
         HAVING CASE i.kind WHEN 'invoice' THEN i.gross ELSE -i.gross END <> CAST(COALESCE(SUM(CASE \
         WHEN t.debit = 'receivable/' || i.billing_account_id THEN t.amount \
         WHEN t.credit = 'receivable/' || i.billing_account_id THEN -t.amount ELSE 0 END), 0) AS BIGINT) ORDER BY i.id",
        "stands in the ledger, and not",
    ),
    (
        "compare payments with the ledger",
        "SELECT 'payment ' || p.id AS what, CASE WHEN p.state <> 'succeeded' THEN 0 WHEN p.kind = 'refund' THEN -p.amount ELSE p.amount END \
         AS expected, CAST(COALESCE(SUM(CASE WHEN t.credit = 'receivable/' || p.billing_account_id THEN t.amount ELSE -t.amount END), 0) \
         AS BIGINT) AS found FROM payment p LEFT JOIN ledger_entry e ON e.payment_id = p.id \
         AND (e.kind IN ('payment', 'refund') OR (e.kind = 'return' AND p.state <> 'succeeded')) \
         LEFT JOIN ledger_transfer t ON t.entry_id = e.id WHERE p.operator_id = $1 \
         GROUP BY p.id, p.state, p.kind, p.amount, p.billing_account_id \
         HAVING CASE WHEN p.state <> 'succeeded' THEN 0 WHEN p.kind = 'refund' THEN -p.amount ELSE p.amount END <> CAST(COALESCE(SUM(CASE \
         WHEN t.credit = 'receivable/' || p.billing_account_id THEN t.amount ELSE -t.amount END), 0) AS BIGINT) ORDER BY p.id",
        "stands in the ledger, and not",
    ),
    (
        "look for entries without transfers",
        "SELECT 'entry ' || e.id AS what, CAST(1 AS BIGINT) AS expected, CAST(0 AS BIGINT) AS found FROM ledger_entry e \
         WHERE e.operator_id = $1 AND NOT EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.entry_id = e.id) ORDER BY e.id",
        "moves, and not something:",
    ),
    (
        "look for transfers of another account",
        "SELECT 'entry ' || t.entry_id AS what, CAST(0 AS BIGINT) AS expected, t.amount AS found FROM ledger_transfer t \
         JOIN ledger_entry e ON e.id = t.entry_id WHERE e.operator_id = $1 AND ((t.billing_account_id IS NULL) \
         <> (t.debit NOT LIKE 'receivable/%' AND t.credit NOT LIKE 'receivable/%') OR (t.debit <> 'receivable/' || t.billing_account_id \
         AND t.credit <> 'receivable/' || t.billing_account_id)) ORDER BY t.entry_id",
        "is counted for another account, and not",
    ),
    (
        "compare sums of the ledger with it",
        "SELECT kind || ', ' || debited || ' to ' || credited AS what, CAST(SUM(entered) AS BIGINT) AS expected, CAST(SUM(kept) AS BIGINT) AS found \
         FROM (SELECT e.kind AS kind, CASE WHEN t.debit LIKE 'receivable/%' THEN 'receivable' ELSE t.debit END AS debited, \
         CASE WHEN t.credit LIKE 'receivable/%' THEN 'receivable' ELSE t.credit END AS credited, t.amount AS entered, 0 AS kept \
         FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id WHERE e.operator_id = $1 \
         UNION ALL SELECT kind, debit, credit, 0, amount FROM ledger_sum WHERE operator_id = $1) compared \
         GROUP BY kind, debited, credited HAVING SUM(entered) <> SUM(kept) ORDER BY kind, debited, credited",
        "is kept as the sum, and not",
    ),
    (
        "compare totals of the ledger with its sums",
        "SELECT 'total of ' || kind || ', ' || debit || ' to ' || credit AS what, CAST(SUM(entered) AS BIGINT) AS expected, \
         CAST(SUM(kept) AS BIGINT) AS found FROM (SELECT kind, debit, credit, amount AS entered, 0 AS kept FROM ledger_sum \
         WHERE operator_id = $1 UNION ALL SELECT kind, debit, credit, 0, amount FROM ledger_total WHERE operator_id = $1) compared \
         GROUP BY kind, debit, credit HAVING SUM(entered) <> SUM(kept) ORDER BY kind, debit, credit",
        "is kept, and not",
    ),
    (
        "compare what was earned with the ledger",
        "SELECT account AS what, CAST(SUM(entered) AS BIGINT) AS expected, CAST(SUM(kept) AS BIGINT) AS found \
         FROM (SELECT debit AS account, -amount AS entered, 0 AS kept FROM ledger_sum \
         WHERE operator_id = $1 AND kind IN ('invoice', 'credit_note') AND debit LIKE 'revenue/%' \
         UNION ALL SELECT credit, amount, 0 FROM ledger_sum \
         WHERE operator_id = $1 AND kind IN ('invoice', 'credit_note') AND credit LIKE 'revenue/%' \
         UNION ALL SELECT 'revenue/' || revenue, 0, net FROM earned WHERE operator_id = $1) compared \
         GROUP BY account HAVING SUM(entered) <> SUM(kept) ORDER BY account",
        "is kept as earned, and not",
    ),
];

impl Scoped {
    /// What an account that is seen owes; `None` where there is no such account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn balance(&self, account: BillingAccountId) -> Result<Option<Cents>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql =
            format!("SELECT a.id FROM billing_account a JOIN customer c ON c.id = a.customer_id WHERE {within} AND a.id = $2");
        let known = self.store.row("find an account", &sql, vec![scope, account.0.into()]).await?.is_some();
        if !known {
            return Ok(None);
        }
        Ok(Some(self.store.balances(&[account]).await?.get(&account).copied().unwrap_or_default()))
    }
}

/// Who issues, for those who only name it.
impl Issuer {
    /// Is it an operator itself?
    pub const fn is_operator(self) -> bool {
        self.reseller.is_none()
    }
}

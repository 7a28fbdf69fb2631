//! Sums of the ledger and of what was earned, kept in the transactions that write them, so that a page of years reads some thousand rows and not
//! the lines of all invoices (BIL-12).

use crate::{Issuer, Row, Store, StoreError, Value, query::read_month, store::Transaction};
use billing::{Invoice, InvoiceKind, Item, LedgerAccount, Revenue, Transfer};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeMap;
use vocabulary::{Cents, Month, OperatorId, Timestamp};

/// A month of no zone begins or ends within one.
const QUARTER_US: i64 = 15 * 60 * 1_000_000;
/// What all accounts of customers together are called in sums.
const RECEIVABLE: &str = "receivable";

/// What moved from one account of the ledger to another within a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerSum {
    /// Whose ledger.
    pub issuer: Issuer,
    /// In which of the whiles that were asked for: 0 is all that was before the first instant, 1 what came from it on.
    pub period: usize,
    /// By which kind of entries.
    pub kind: String,
    /// The account that was debited; what customers owe is `receivable`.
    pub debit: String,
    /// The account that was credited.
    pub credit: String,
    /// How much.
    pub amount: Cents,
}

impl LedgerSum {
    /// What it adds to an account: a debit more, a credit less.
    pub fn on(&self, account: &str) -> Cents {
        match (self.debit == account, self.credit == account) {
            (true, false) => self.amount,
            (false, true) => -self.amount,
            _ => Cents::ZERO,
        }
    }

    /// What it adds to what customers owe.
    pub fn owed(&self) -> Cents {
        self.on(RECEIVABLE)
    }
}

/// What was asked for in a month, without VAT: what is given back is less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarnedSum {
    /// By whom.
    pub issuer: Issuer,
    /// In which month it was issued.
    pub month: Month,
    /// What for.
    pub revenue: Revenue,
    /// The offer, option or pack, where it is one; only its id means something.
    pub item: Option<Item>,
    /// How many charges.
    pub pieces: i64,
    /// How much.
    pub net: Cents,
}

/// What a transaction moves, by quarter of an hour, kind and accounts.
#[derive(Debug, Default)]
pub(crate) struct LedgerSums(BTreeMap<(i64, &'static str, String, String), Cents>);

impl LedgerSums {
    /// Adds what an entry moves at an instant.
    pub(crate) fn add_at(&mut self, at: Timestamp, kind: &'static str, transfers: &[Transfer]) {
        for transfer in transfers {
            let key = (at.micros().div_euclid(QUARTER_US), kind, account(&transfer.debit), account(&transfer.credit));
            let sum = self.0.entry(key).or_default();
            *sum = *sum + transfer.amount;
        }
    }

    /// The same of what counts on a day, whatever the hour at which it was written: at noon UTC it is that day in Europe and far around.
    pub(crate) fn add_of_day(&mut self, day: Date, kind: &'static str, transfers: &[Transfer]) {
        let noon = Timestamp::from_local(day.at(12, 0, 0, 0), &TimeZone::UTC).unwrap_or(Timestamp::EPOCH);
        self.add_at(noon, kind, transfers);
    }
}

fn account(of: &LedgerAccount) -> String {
    match of {
        LedgerAccount::Receivable(_) => RECEIVABLE.to_owned(),
        other => other.to_string(),
    }
}

/// What invoices of a transaction ask for, by month, what for and what.
#[derive(Debug, Default)]
pub(crate) struct EarnedSums(BTreeMap<(Month, &'static str, &'static str, String), (i64, Cents)>);

impl EarnedSums {
    /// Adds an invoice or a credit note.
    pub(crate) fn add(&mut self, facts: &Invoice) {
        let month = Month::of(facts.issued);
        let (sign, gives) = match facts.kind {
            InvoiceKind::Invoice => (1, false),
            InvoiceKind::CreditNote { .. } => (-1, true),
        };
        let mut add = |revenue: Revenue, (sort, item, pieces): (&'static str, &str, i64), amount: Cents| {
            let sum = self.0.entry((month, revenue.as_str(), sort, item.to_owned())).or_default();
            *sum = (sum.0 + sign * pieces, sum.1 + if gives { -amount } else { amount });
        };
        for line in &facts.lines {
            let (sort, item) = word(&line.item);
            // What is no month of something sold is counted by the charge.
            let pieces = if sort.is_empty() { 1 } else { line.count.pieces() };
            add(Revenue::of(&line.item), (sort, item, pieces), line.net);
        }
        for discount in &facts.discounts {
            add(Revenue::Discounts, ("", "", 1), -discount.amount);
        }
    }
}

/// The sort and the id of what is sold by the month; nothing for anything else.
fn word(item: &Item) -> (&'static str, &str) {
    match item {
        Item::Plan(id) => ("plan", id),
        Item::LineOption(id) => ("option", id),
        Item::Pack(id) => ("pack", id),
        _ => ("", ""),
    }
}

impl Transaction {
    pub(crate) async fn keep_ledger_sums(&self, issuer: Issuer, sums: LedgerSums) -> Result<(), StoreError> {
        let sql = "INSERT INTO ledger_sum (operator_id, quarter, issuer, kind, debit, credit, amount) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                   ON CONFLICT (operator_id, quarter, issuer, kind, debit, credit) DO UPDATE SET amount = ledger_sum.amount + $7";
        let mut totals: BTreeMap<(&'static str, String, String), Cents> = BTreeMap::new();
        for ((quarter, kind, debit, credit), amount) in sums.0 {
            let values: Vec<Value> = vec![
                issuer.operator.0.into(),
                quarter.into(),
                issuer.number().into(),
                kind.into(),
                debit.as_str().into(),
                credit.as_str().into(),
                amount.get().into(),
            ];
            self.execute("keep sums of the ledger", sql, values).await?;
            let total = totals.entry((kind, debit, credit)).or_default();
            *total = *total + amount;
        }
        let sql = "INSERT INTO ledger_total (operator_id, issuer, kind, debit, credit, amount) VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (operator_id, issuer, kind, debit, credit) DO UPDATE SET amount = ledger_total.amount + $6";
        for ((kind, debit, credit), amount) in totals {
            let values: Vec<Value> = vec![
                issuer.operator.0.into(),
                issuer.number().into(),
                kind.into(),
                debit.into(),
                credit.into(),
                amount.get().into(),
            ];
            self.execute("keep totals of the ledger", sql, values).await?;
        }
        Ok(())
    }

    pub(crate) async fn keep_earned(&self, issuer: Issuer, sums: EarnedSums) -> Result<(), StoreError> {
        let sql = "INSERT INTO earned (operator_id, month, issuer, revenue, sort, item, pieces, net) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                   ON CONFLICT (operator_id, month, issuer, revenue, sort, item) \
                   DO UPDATE SET pieces = earned.pieces + $7, net = earned.net + $8";
        for ((month, revenue, sort, item), (pieces, net)) in sums.0 {
            let values: Vec<Value> = vec![
                issuer.operator.0.into(),
                month.into(),
                issuer.number().into(),
                revenue.into(),
                sort.into(),
                item.into(),
                pieces.into(),
                net.get().into(),
            ];
            self.execute("keep what was earned", sql, values).await?;
        }
        Ok(())
    }
}

impl Store {
    /// What moved in an operator's ledgers before the first of some instants, between each and the next, and after the last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ledger_sums(&self, operator: OperatorId, from: &[Timestamp]) -> Result<Vec<LedgerSum>, StoreError> {
        let mut found = self.ledger_sums_from(operator, from).await?;
        let sql = "SELECT issuer, kind, debit, credit, amount FROM ledger_total WHERE operator_id = $1 ORDER BY issuer, kind, debit, credit";
        for row in self.rows("list totals of the ledger", sql, vec![operator.0.into()]).await? {
            let mut before = read_sum(operator, &row, 0)?;
            let is_same = |sum: &&LedgerSum| {
                (sum.issuer, &sum.kind, &sum.debit, &sum.credit) == (before.issuer, &before.kind, &before.debit, &before.credit)
            };
            let since: Cents = found.iter().filter(|sum| sum.period > 0).filter(is_same).map(|sum| sum.amount).sum();
            before.amount = before.amount - since;
            if !before.amount.is_zero() {
                found.push(before);
            }
        }
        Ok(found)
    }

    /// What moved from the first of some instants on.
    async fn ledger_sums_from(&self, operator: OperatorId, from: &[Timestamp]) -> Result<Vec<LedgerSum>, StoreError> {
        let Some(first) = from.first() else { return Ok(Vec::new()) };
        let quarter = |instant: &Timestamp| instant.micros().div_euclid(QUARTER_US);
        let mut values: Vec<Value> = vec![operator.0.into(), quarter(first).into()];
        let mut whiles = String::new();
        for (period, next) in (1..).zip(&from[1..]) {
            values.push(quarter(next).into());
            whiles.push_str(&format!("WHEN quarter < ${} THEN {period} ", values.len()));
        }
        let last = from.len();
        let period = if whiles.is_empty() { last.to_string() } else { format!("CASE {whiles}ELSE {last} END") };
        let sql = format!(
            "SELECT issuer, nth, kind, debit, credit, CAST(SUM(amount) AS BIGINT) AS amount FROM (SELECT issuer, CAST({period} AS BIGINT) \
             AS nth, kind, debit, credit, amount FROM ledger_sum WHERE operator_id = $1 AND quarter >= $2) AS moved \
             GROUP BY issuer, nth, kind, debit, credit ORDER BY issuer, nth, kind, debit, credit"
        );
        let read = |row: &Row| -> Result<LedgerSum, StoreError> {
            let period: i64 = row.get("nth")?;
            read_sum(operator, row, usize::try_from(period).unwrap_or_default())
        };
        self.rows("add up sums of the ledger", &sql, values).await?.iter().map(read).collect()
    }

    /// What an operator and its resellers asked for from a month to another, which is still in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn earned(&self, operator: OperatorId, (from, to): (Month, Month)) -> Result<Vec<EarnedSum>, StoreError> {
        let sql = "SELECT issuer, month, revenue, sort, item, pieces, net FROM earned WHERE operator_id = $1 AND month >= $2 AND month <= $3 \
                   ORDER BY month, issuer, revenue, sort, item";
        let read = |row: &Row| -> Result<EarnedSum, StoreError> {
            let (revenue, sort, item): (String, String, String) = (row.get("revenue")?, row.get("sort")?, row.get("item")?);
            let known = Revenue::WORDS.iter().find(|(word, _)| *word == revenue).map(|(_, known)| *known);
            Ok(EarnedSum {
                issuer: Issuer::of(operator, row.get("issuer")?),
                month: read_month(row.get("month")?)?,
                revenue: known.ok_or(StoreError::Corrupt { column: "earned.revenue", value: revenue })?,
                item: match sort.as_str() {
                    "plan" => Some(Item::Plan(item.into())),
                    "option" => Some(Item::LineOption(item.into())),
                    "pack" => Some(Item::Pack(item.into())),
                    _ => None,
                },
                pieces: row.get("pieces")?,
                net: Cents::new(row.get("net")?),
            })
        };
        let values = vec![operator.0.into(), from.into(), to.into()];
        self.rows("list what was earned", sql, values).await?.iter().map(read).collect()
    }

    /// The month of the earliest invoice of an operator or its resellers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_month_earned(&self, operator: OperatorId) -> Result<Option<Month>, StoreError> {
        let sql = "SELECT MIN(month) AS month FROM earned WHERE operator_id = $1";
        let row = self.row("find the first month", sql, vec![operator.0.into()]).await?;
        let month: Option<i32> = row.map_or(Ok(None), |row| row.get("month"))?;
        month.map(read_month).transpose()
    }
}

fn read_sum(operator: OperatorId, row: &Row, period: usize) -> Result<LedgerSum, StoreError> {
    Ok(LedgerSum {
        issuer: Issuer::of(operator, row.get("issuer")?),
        period,
        kind: row.get("kind")?,
        debit: row.get("debit")?,
        credit: row.get("credit")?,
        amount: Cents::new(row.get("amount")?),
    })
}

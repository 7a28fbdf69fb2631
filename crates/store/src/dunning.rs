//! Accounts that do not pay: how far it went with each, holds and disputes, and the lines whose services are to be restricted, suspended or given back
//! (BIL-09). What is to be done is `billing`'s.

use crate::{Row, Scoped, Store, StoreError, Value, debit_notice::EXPECTED, line_terms::list, store::Transaction};
use billing::{DunningCase, DunningStep, InvoiceNumber, NextDunning};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vocabulary::{BillingAccountId, Cents, CustomerId, InvoiceId, LineId, OperatorId, ResellerId, Timestamp};

/// How far it went with an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptDunning {
    /// The last step; `None` where nothing was done yet.
    pub case: Option<DunningCase>,
    /// What was late then.
    pub amount: Cents,
    /// What comes next if nothing is paid.
    pub next: Option<NextDunning>,
    /// Is there nobody who could be told?
    pub is_untold: bool,
    /// Somebody put it on hold.
    pub hold: Option<DunningHold>,
    /// Which writing of it this is: who has an older one writes nothing.
    pub version: i64,
}

/// A hold: nothing is done until its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DunningHold {
    /// The last day of it.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// Who put it on hold.
    pub by: String,
}

/// An account to decide about.
#[derive(Clone, Debug)]
pub struct AccountToDun {
    /// Which.
    pub account: BillingAccountId,
    /// What the customer calls it.
    pub name: String,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's reseller.
    pub reseller: Option<ResellerId>,
    /// Who pays.
    pub payer: String,
    /// Is it a business that pays?
    pub is_business: bool,
    /// The language of its invoices; empty: the operator's first.
    pub language: String,
    /// The address that it named for its invoices; empty for none.
    pub email: String,
    /// How far it went; `None`: it was never looked at.
    pub kept: Option<KeptDunning>,
    /// Its invoices that are disputed, that a bank is collecting, or whose debit is announced and not yet sent.
    pub left_alone: BTreeSet<InvoiceNumber>,
    /// Its invoices for which a fee was charged.
    pub charged: BTreeSet<InvoiceNumber>,
}

/// An account of a list.
#[derive(Clone, Debug)]
pub struct DunningRow {
    /// Which.
    pub account: BillingAccountId,
    /// What the customer calls it.
    pub name: String,
    /// Whose.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// The customer's reference.
    pub reference: String,
    /// How far it went.
    pub kept: KeptDunning,
}

/// What becomes of a line's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnpaidWish {
    /// Restricted.
    Restricted,
    /// Suspended.
    Suspended,
    /// Given back.
    Free,
}

impl UnpaidWish {
    const WORDS: [(&'static str, Self); 3] =
        [("restricted", Self::Restricted), ("suspended", Self::Suspended), ("free", Self::Free)];

    fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(_, wish)| *wish == self).map_or("", |(word, _)| word)
    }
}

/// A line whose services are to be as its account has deserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnpaidLine {
    /// Which.
    pub line: LineId,
    /// Whose.
    pub operator: OperatorId,
    /// What becomes of it.
    pub wish: UnpaidWish,
    /// Was it suspended for this?
    pub is_ours: bool,
}

const KEPT: &str =
    "d.step, d.taken, d.amount, d.next_step, d.next_day, d.untold, d.held_until, d.hold_reason, d.held_by, d.version";

impl Store {
    /// The accounts of an operator's own customers after one, in the order of their ids, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn own_accounts(
        &self,
        operator: OperatorId,
        (after, most): (BillingAccountId, usize),
    ) -> Result<Vec<BillingAccountId>, StoreError> {
        let sql = format!(
            "SELECT a.id FROM billing_account a JOIN customer c ON c.id = a.customer_id \
             WHERE a.id > $2 AND +c.operator_id = $1 AND c.reseller_id IS NULL ORDER BY a.id LIMIT {most}"
        );
        let rows = self.rows("list accounts", &sql, vec![operator.0.into(), after.0.into()]).await?;
        rows.iter().map(|row| row.get("id").map(BillingAccountId)).collect()
    }

    /// The accounts of an operator with which something was done, or that could not be told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_in_dunning(&self, operator: OperatorId) -> Result<Vec<BillingAccountId>, StoreError> {
        let sql = "SELECT billing_account_id FROM dunning WHERE operator_id = $1 AND (step IS NOT NULL OR untold = 1) ORDER BY 1";
        let rows = self.rows("list accounts that do not pay", sql, vec![operator.0.into()]).await?;
        rows.iter().map(|row| row.get("billing_account_id").map(BillingAccountId)).collect()
    }

    /// Accounts with what a decision about them needs besides what is open.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_to_dun(&self, accounts: &[BillingAccountId]) -> Result<Vec<AccountToDun>, StoreError> {
        let asked = || list(accounts.iter().map(|account| account.0));
        let wanted = self.listed(1);
        let sql = format!(
            "SELECT a.id, a.name, a.customer_id, c.reseller_id, COALESCE(NULLIF(a.holder, ''), c.name) AS payer, \
             CASE WHEN a.holder = '' THEN c.business ELSE 0 END AS business, COALESCE(NULLIF(a.language, ''), c.language) AS language, \
             a.invoice_email, {KEPT} FROM {wanted} AS wanted CROSS JOIN billing_account a JOIN customer c ON c.id = a.customer_id \
             LEFT JOIN dunning d ON d.billing_account_id = a.id WHERE a.id = CAST(wanted.value AS BIGINT) ORDER BY a.id"
        );
        let rows = self.rows("load accounts that do not pay", &sql, vec![asked()]).await?;
        let mut found = rows.iter().map(read_account).collect::<Result<Vec<_>, _>>()?;
        let sql = format!(
            "SELECT i.billing_account_id, i.number, 'dispute' AS what FROM {wanted} AS wanted CROSS JOIN invoice i \
             JOIN invoice_dispute x ON x.invoice_id = i.id WHERE i.billing_account_id = CAST(wanted.value AS BIGINT) \
             UNION ALL SELECT i.billing_account_id, i.number, 'debit' FROM {wanted} AS wanted CROSS JOIN invoice i \
             WHERE i.billing_account_id = CAST(wanted.value AS BIGINT) AND {EXPECTED} \
             UNION ALL SELECT i.billing_account_id, i.number, 'fee' FROM {wanted} AS wanted CROSS JOIN invoice i \
             JOIN ledger_entry e ON e.invoice_id = i.id WHERE i.billing_account_id = CAST(wanted.value AS BIGINT) AND e.kind = 'fee'"
        );
        let mut by_account: BTreeMap<BillingAccountId, Vec<(String, InvoiceNumber)>> = BTreeMap::new();
        for row in self.rows("load what is left alone", &sql, vec![asked()]).await? {
            let (number, what): (String, String) = (row.get("number")?, row.get("what")?);
            let account = BillingAccountId(row.get("billing_account_id")?);
            by_account.entry(account).or_default().push((what, InvoiceNumber::from(number.as_str())));
        }
        for one in &mut found {
            for (what, number) in by_account.remove(&one.account).unwrap_or_default() {
                let set = if what == "fee" { &mut one.charged } else { &mut one.left_alone };
                set.insert(number);
            }
        }
        Ok(found)
    }

    /// How far an operator's accounts were looked through: the day, the last one, and whether it was all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dunning_day(&self, operator: OperatorId) -> Result<Option<(Date, BillingAccountId, bool)>, StoreError> {
        let sql = "SELECT day, after_account, is_done FROM dunning_day WHERE operator_id = $1";
        let Some(row) = self.row("look how far accounts were looked through", sql, vec![operator.0.into()]).await? else {
            return Ok(None);
        };
        let done: i16 = row.get("is_done")?;
        Ok(Some((read_day("dunning_day.day", row.get("day")?)?, BillingAccountId(row.get("after_account")?), done == 1)))
    }

    /// Lines whose services are to be looked at by now, so many at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unpaid_lines(
        &self,
        operator: OperatorId,
        (now, most): (Timestamp, usize),
    ) -> Result<Vec<UnpaidLine>, StoreError> {
        let sql = format!(
            "SELECT line_id, operator_id, wants, ours FROM line_unpaid WHERE operator_id = $1 AND look IS NOT NULL AND look <= $2 \
             ORDER BY look, line_id LIMIT {most}"
        );
        let rows = self.rows("look for unpaid lines", &sql, vec![operator.0.into(), now.into()]).await?;
        let read = |row: &Row| {
            let (word, ours): (String, i16) = (row.get("wants")?, row.get("ours")?);
            let wish = UnpaidWish::WORDS.iter().find(|(known, _)| *known == word).map(|(_, wish)| *wish);
            Ok(UnpaidLine {
                line: LineId(row.get("line_id")?),
                operator: OperatorId(row.get("operator_id")?),
                wish: wish.ok_or(StoreError::Corrupt { column: "line_unpaid.wants", value: word })?,
                is_ours: ours == 1,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Notes when lines are looked at again, as long as the same is wished of them; `None`: they are as they are to be.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_at_unpaid(&self, lines: &[(LineId, UnpaidWish)], again: Option<Timestamp>) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        for (line, wish) in lines {
            let sql = match (again, wish) {
                // A line whose services were given back is like any other.
                (None, UnpaidWish::Free) => {
                    "DELETE FROM line_unpaid WHERE line_id = $1 AND wants = $2 AND CAST($3 AS BIGINT) = 0"
                }
                (None, _) => "UPDATE line_unpaid SET look = NULL WHERE line_id = $1 AND wants = $2 AND CAST($3 AS BIGINT) = 0",
                (Some(_), _) => "UPDATE line_unpaid SET look = $3 WHERE line_id = $1 AND wants = $2",
            };
            let values = vec![line.0.into(), wish.as_str().into(), again.map_or(0, Timestamp::micros).into()];
            transaction.execute("look at unpaid lines again", sql, values).await?;
        }
        transaction.commit().await
    }
}

impl Transaction {
    /// An account with what a decision about it needs besides what is open, as it stands for this transaction; `None` where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_to_dun(&self, account: BillingAccountId) -> Result<Option<AccountToDun>, StoreError> {
        Ok(self.reader().accounts_to_dun(&[account]).await?.pop())
    }

    /// Notes how far it went with an account, over what was read of it; `false` where that is not so any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_dunning(
        &self,
        operator: OperatorId,
        account: &AccountToDun,
        now: &KeptDunning,
    ) -> Result<bool, StoreError> {
        let step = now.case.map(|case| case.step.as_str());
        let text = |text: Option<String>| -> Value { text.into() };
        let hold = now.hold.as_ref();
        let values = vec![
            account.account.0.into(),
            operator.0.into(),
            text(step.map(str::to_owned)),
            text(now.case.map(|case| case.on.to_string())),
            now.amount.get().into(),
            text(now.next.map(|next| next.step.as_str().to_owned())),
            text(now.next.map(|next| next.day.to_string())),
            i16::from(now.is_untold).into(),
            text(hold.map(|hold| hold.until.to_string())),
            hold.map_or("", |hold| hold.reason.as_str()).into(),
            hold.map_or("", |hold| hold.by.as_str()).into(),
            account.kept.as_ref().map_or(0, |kept| kept.version).into(),
        ];
        let sql = if account.kept.is_some() {
            "UPDATE dunning SET step = $3, taken = $4, amount = $5, next_step = $6, next_day = $7, untold = $8, held_until = $9, \
             hold_reason = $10, held_by = $11, version = version + 1 WHERE billing_account_id = $1 AND operator_id = $2 AND version = $12"
        } else {
            "INSERT INTO dunning (billing_account_id, operator_id, step, taken, amount, next_step, next_day, untold, held_until, hold_reason, \
             held_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1) ON CONFLICT (billing_account_id) DO NOTHING"
        };
        Ok(self.execute("note how far it went with an account", sql, values).await? == 1)
    }

    /// An account is of no concern any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_dunning(&self, account: &AccountToDun) -> Result<bool, StoreError> {
        let version = account.kept.as_ref().map_or(0, |kept| kept.version);
        let sql = "DELETE FROM dunning WHERE billing_account_id = $1 AND version = $2";
        Ok(self.execute("end a case of dunning", sql, vec![account.account.0.into(), version.into()]).await? == 1)
    }

    /// Notes how far an operator's accounts were looked through.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_dunning_day(
        &self,
        operator: OperatorId,
        (day, after): (Date, BillingAccountId),
        is_done: bool,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO dunning_day (operator_id, day, after_account, is_done) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (operator_id) DO UPDATE SET day = excluded.day, after_account = excluded.after_account, \
                   is_done = excluded.is_done";
        let values = vec![operator.0.into(), day.to_string().into(), after.0.into(), i16::from(is_done).into()];
        self.execute("note how far accounts were looked through", sql, values).await.map(|_| ())
    }

    /// What becomes of an account's lines that are in service; those that are free already stay so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wish_of_lines(&self, account: BillingAccountId, wish: UnpaidWish, now: Timestamp) -> Result<(), StoreError> {
        let sql = if wish == UnpaidWish::Free {
            "UPDATE line_unpaid SET wants = $2, look = $3 WHERE billing_account_id = $1"
        } else {
            "INSERT INTO line_unpaid (line_id, operator_id, billing_account_id, wants, look) \
             SELECT l.id, l.operator_id, l.billing_account_id, $2, $3 FROM line l \
             WHERE l.customer_id = (SELECT a.customer_id FROM billing_account a WHERE a.id = $1) AND l.billing_account_id = $1 \
             AND l.state IN ('active', 'suspended') \
             ON CONFLICT (line_id) DO UPDATE SET wants = excluded.wants, look = excluded.look, \
             billing_account_id = excluded.billing_account_id"
        };
        let values = vec![account.0.into(), wish.as_str().into(), now.into()];
        self.execute("say what becomes of an account's lines", sql, values).await.map(|_| ())
    }

    /// Notes that lines are suspended for what is not paid, and not because somebody wished it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_suspended_unpaid(&self, lines: &[LineId]) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE line_unpaid SET ours = 1 WHERE line_id IN (SELECT CAST(wanted.value AS BIGINT) FROM {} AS wanted)",
            self.store.listed(1)
        );
        self.execute("note which lines are suspended", &sql, vec![list(lines.iter().map(|line| line.0))]).await.map(|_| ())
    }

    /// Notes that an invoice is disputed; `false` where it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dispute(&self, invoice: InvoiceId, (by, reason): (&str, &str), now: Timestamp) -> Result<bool, StoreError> {
        let sql =
            "INSERT INTO invoice_dispute (invoice_id, since, noted_by, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let values = vec![invoice.0.into(), now.into(), by.into(), reason.into()];
        Ok(self.execute("note that an invoice is disputed", sql, values).await? == 1)
    }

    /// Notes that an invoice is not disputed any more; `false` where it was not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_dispute(&self, invoice: InvoiceId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM invoice_dispute WHERE invoice_id = $1";
        Ok(self.execute("settle a dispute", sql, vec![invoice.0.into()]).await? == 1)
    }
}

impl Scoped {
    /// Accounts with which something was done, that are on hold, or that nobody could be told of; those with which it went furthest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dunning_list(&self, (first, most): (usize, usize)) -> Result<Vec<DunningRow>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql = format!(
            "SELECT a.id, a.name, c.id AS customer_id, c.name AS customer_name, c.reference, {KEPT} FROM dunning d \
             JOIN billing_account a ON a.id = d.billing_account_id JOIN customer c ON c.id = a.customer_id WHERE {within} \
             ORDER BY CASE d.step WHEN 'suspension' THEN 0 WHEN 'restriction' THEN 1 WHEN 'second_reminder' THEN 2 WHEN 'reminder' THEN 3 \
             ELSE 4 END, d.taken, a.id LIMIT {most} OFFSET {first}"
        );
        self.store.rows("list accounts that do not pay", &sql, vec![scope]).await?.iter().map(read_row).collect()
    }

    /// How far it went with each of the accounts that are seen, of those with which something was done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn dunning_of(&self, account: BillingAccountId) -> Result<Option<KeptDunning>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql = format!(
            "SELECT {KEPT} FROM dunning d JOIN billing_account a ON a.id = d.billing_account_id JOIN customer c ON c.id = a.customer_id \
             WHERE {within} AND a.id = $2"
        );
        let row = self.store.row("look how far it went with an account", &sql, vec![scope, account.0.into()]).await?;
        row.as_ref().map(read_kept).transpose()
    }

    /// Is an account one that is seen, and whose is it?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_row(&self, account: BillingAccountId) -> Result<Option<DunningRow>, StoreError> {
        let (within, scope) = self.scope.on_accounts();
        let sql = format!(
            "SELECT a.id, a.name, c.id AS customer_id, c.name AS customer_name, c.reference FROM billing_account a \
             JOIN customer c ON c.id = a.customer_id WHERE {within} AND a.id = $2"
        );
        let Some(row) = self.store.row("find an account", &sql, vec![scope, account.0.into()]).await? else { return Ok(None) };
        let kept = self.dunning_of(account).await?.unwrap_or_default();
        Ok(Some(DunningRow {
            account,
            name: row.get("name")?,
            customer: CustomerId(row.get("customer_id")?),
            customer_name: row.get("customer_name")?,
            reference: row.get("reference")?,
            kept,
        }))
    }

    /// The disputed invoices of an account that is seen: number and why.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disputes(&self, account: BillingAccountId) -> Result<Vec<(String, String)>, StoreError> {
        let (within, scope) = self.scope.on_invoices();
        let sql = format!(
            "SELECT i.number, x.reason FROM invoice i JOIN invoice_dispute x ON x.invoice_id = i.id \
             WHERE {within} AND i.billing_account_id = $2 ORDER BY i.id"
        );
        let rows = self.store.rows("list disputes", &sql, vec![scope, account.0.into()]).await?;
        rows.iter().map(|row| Ok((row.get("number")?, row.get("reason")?))).collect()
    }
}

fn read_row(row: &Row) -> Result<DunningRow, StoreError> {
    Ok(DunningRow {
        account: BillingAccountId(row.get("id")?),
        name: row.get("name")?,
        customer: CustomerId(row.get("customer_id")?),
        customer_name: row.get("customer_name")?,
        reference: row.get("reference")?,
        kept: read_kept(row)?,
    })
}

fn read_account(row: &Row) -> Result<AccountToDun, StoreError> {
    let (reseller, version): (Option<i64>, Option<i64>) = (row.get("reseller_id")?, row.get("version")?);
    let business: i32 = row.get("business")?;
    Ok(AccountToDun {
        account: BillingAccountId(row.get("id")?),
        name: row.get("name")?,
        customer: CustomerId(row.get("customer_id")?),
        reseller: reseller.map(ResellerId),
        payer: row.get("payer")?,
        is_business: business == 1,
        language: row.get("language")?,
        email: row.get("invoice_email")?,
        kept: version.map(|_| read_kept(row)).transpose()?,
        left_alone: BTreeSet::new(),
        charged: BTreeSet::new(),
    })
}

fn read_kept(row: &Row) -> Result<KeptDunning, StoreError> {
    let step = |column: &'static str| -> Result<Option<DunningStep>, StoreError> {
        let word: Option<String> = row.get(column)?;
        word.map(|word| DunningStep::named(&word).ok_or(StoreError::Corrupt { column, value: word })).transpose()
    };
    let day = |column: &'static str| -> Result<Option<Date>, StoreError> {
        let text: Option<String> = row.get(column)?;
        text.map(|text| read_day(column, text)).transpose()
    };
    let (untold, by): (i16, String) = (row.get("untold")?, row.get("held_by")?);
    let reason: String = row.get("hold_reason")?;
    Ok(KeptDunning {
        case: step("step")?.zip(day("taken")?).map(|(step, on)| DunningCase { step, on }),
        amount: Cents::new(row.get("amount")?),
        next: step("next_step")?.zip(day("next_day")?).map(|(step, day)| NextDunning { step, day }),
        is_untold: untold == 1,
        hold: day("held_until")?.map(|until| DunningHold { until, reason, by }),
        version: row.get("version")?,
    })
}

fn read_day(column: &'static str, text: String) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { column, value: text })
}

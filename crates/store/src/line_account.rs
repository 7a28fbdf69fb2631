//! Which billing account pays for a line, and which will from the beginning of a month on (FLT-09).

use crate::{Scoped, Store, StoreError, line::read_party, store::Transaction};
use vocabulary::{BillingAccountId, CustomerId, LineId, Month, OperatorId, Party, ResellerId, Timestamp};

/// A line and who pays for it.
#[derive(Clone, Debug)]
pub struct LineAccount {
    /// The line.
    pub line: LineId,
    /// Its number or name.
    pub number: Party,
    /// Who uses it; empty for nobody.
    pub user: String,
    /// Where it is in its life.
    pub state: String,
    /// Through whom, and whose.
    pub owner: (Option<ResellerId>, CustomerId),
    /// The account that pays.
    pub account: (BillingAccountId, String),
    /// The one that will, and from when on.
    pub planned: Option<(BillingAccountId, String, Timestamp)>,
}

/// An account that begins to pay for a line.
#[derive(Clone, Debug)]
pub struct AccountDue {
    /// Through whom, and whose.
    pub owner: (Option<ResellerId>, CustomerId),
    /// The line.
    pub line: LineId,
    /// From when on.
    pub since: Timestamp,
    /// The account and the one before.
    pub accounts: [(BillingAccountId, String); 2],
}

const DUE: &str = "SELECT l.reseller_id, l.customer_id, a.line_id, a.since, a.billing_account_id, b.name, \
                   l.billing_account_id AS before_id, c.name AS before_name FROM line_account a JOIN line l ON l.id = a.line_id \
                   JOIN billing_account b ON b.id = a.billing_account_id JOIN billing_account c ON c.id = l.billing_account_id";

impl Scoped {
    /// Who pays for a line; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_account(&self, line: LineId) -> Result<Option<LineAccount>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT l.id, l.number, l.user_name, l.state, l.reseller_id, l.customer_id, l.billing_account_id, b.name, \
             a.billing_account_id AS planned_id, p.name AS planned_name, a.since FROM line l \
             JOIN billing_account b ON b.id = l.billing_account_id LEFT JOIN line_account a ON a.line_id = l.id AND a.applied IS NULL \
             LEFT JOIN billing_account p ON p.id = a.billing_account_id WHERE l.id = $1 AND {within} ORDER BY a.since DESC LIMIT 1"
        );
        let Some(row) = self.store.row("find who pays for a line", &sql, vec![line.0.into(), scope]).await? else {
            return Ok(None);
        };
        let (number, reseller): (String, Option<i64>) = (row.get("number")?, row.get("reseller_id")?);
        let planned = match row.get::<Option<i64>>("planned_id")? {
            Some(id) => Some((BillingAccountId(id), row.get("planned_name")?, row.instant("since")?)),
            None => None,
        };
        Ok(Some(LineAccount {
            line: LineId(row.get("id")?),
            number: read_party(&number),
            user: row.get("user_name")?,
            state: row.get("state")?,
            owner: (reseller.map(ResellerId), CustomerId(row.get("customer_id")?)),
            account: (BillingAccountId(row.get("billing_account_id")?), row.get("name")?),
            planned,
        }))
    }
}

impl Store {
    /// The operators of whose lines other accounts begin to pay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators_with_accounts_due(&self, now: Timestamp) -> Result<Vec<OperatorId>, StoreError> {
        let sql = "SELECT DISTINCT l.operator_id FROM line_account a JOIN line l ON l.id = a.line_id \
                   WHERE a.applied IS NULL AND a.since <= $1 ORDER BY l.operator_id";
        let rows = self.rows("find whose accounts begin to pay", sql, vec![now.into()]).await?;
        rows.iter().map(|row| Ok(OperatorId(row.get("operator_id")?))).collect()
    }

    /// The accounts that begin to pay for lines of an operator, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_due(&self, operator: OperatorId, now: Timestamp, most: usize) -> Result<Vec<AccountDue>, StoreError> {
        let sql = format!(
            "{DUE} WHERE a.applied IS NULL AND a.since <= $1 AND l.operator_id = $2 ORDER BY a.since, a.line_id LIMIT {most}"
        );
        let rows = self.rows("find accounts that begin to pay", &sql, vec![now.into(), operator.0.into()]).await?;
        let read = |row: &crate::Row| {
            let reseller: Option<i64> = row.get("reseller_id")?;
            Ok(AccountDue {
                owner: (reseller.map(ResellerId), CustomerId(row.get("customer_id")?)),
                line: LineId(row.get("line_id")?),
                since: row.instant("since")?,
                accounts: [
                    (BillingAccountId(row.get("billing_account_id")?), row.get("name")?),
                    (BillingAccountId(row.get("before_id")?), row.get("before_name")?),
                ],
            })
        };
        rows.iter().map(read).collect()
    }
}

impl Transaction {
    /// Plans that an account pays for a line from an instant on, in the place of what was planned; `false` for an account of another customer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan_account(
        &self,
        line: LineId,
        (account, since): (BillingAccountId, Timestamp),
        (asked, by): (Timestamp, &str),
    ) -> Result<bool, StoreError> {
        self.drop_planned_account(line, asked).await?;
        let sql = "INSERT INTO line_account (line_id, since, billing_account_id, before_id, asked, asked_by) \
                   SELECT l.id, $3, b.id, l.billing_account_id, $4, $5 FROM line l JOIN billing_account b ON b.customer_id = l.customer_id \
                   WHERE l.id = $1 AND b.id = $2 AND b.holder = '' ON CONFLICT DO NOTHING";
        let values = vec![line.0.into(), account.0.into(), since.into(), asked.into(), by.into()];
        Ok(self.execute("plan who pays for a line", sql, values).await? == 1)
    }

    /// Forgets which account is to pay for a line; `false` where none is planned for later. One whose hour has come is on its way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_planned_account(&self, line: LineId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "DELETE FROM line_account WHERE line_id = $1 AND applied IS NULL AND since > $2";
        Ok(self.execute("forget who is to pay for a line", sql, vec![line.0.into(), now.into()]).await? > 0)
    }

    /// Lets the account pay that begins to, under the importer's lease; `false` when somebody did, or took it back. What the lines of both
    /// accounts spent in the month that begins is counted anew when it is next asked for: by then the line stands with the right one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn apply_account(&self, due: &AccountDue, month: Month, now: Timestamp) -> Result<bool, StoreError> {
        let [(account, _), (before, _)] = &due.accounts;
        let sql = "UPDATE line_account SET applied = $3, before_id = $5 WHERE line_id = $1 AND since = $2 AND billing_account_id = $4 \
                   AND applied IS NULL";
        let values = vec![due.line.0.into(), due.since.into(), now.into(), account.0.into(), before.0.into()];
        if self.execute("note that an account pays for a line", sql, values).await? != 1 {
            return Ok(false);
        }
        let sql = "UPDATE line SET billing_account_id = $2 WHERE id = $1";
        if self.execute("let an account pay for a line", sql, vec![due.line.0.into(), account.0.into()]).await? != 1 {
            return Ok(false);
        }
        let sql = "DELETE FROM shared_spend_month WHERE month >= $1 AND spend_id IN \
                   (SELECT s.id FROM shared_spend s WHERE s.billing_account_id IN ($2, $3))";
        let values = vec![month.into(), account.0.into(), before.0.into()];
        self.execute("count anew what accounts spend", sql, values).await?;
        Ok(true)
    }
}

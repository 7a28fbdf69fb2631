//! Fixed lines that ring with a mobile line of their account (TEL-11): which mobile lines there are to choose from, whether two ring together, and
//! those whose mobile line is over.

use crate::{Scoped, Store, StoreError, line::read_party, line_terms::list, store::Transaction};
use vocabulary::{CustomerId, E164, LineId, OperatorId, Party, Timestamp};

/// A mobile line that may ring with a fixed one.
#[derive(Clone, Debug)]
pub struct AccountMobile {
    /// The line.
    pub line: LineId,
    /// Its number.
    pub number: E164,
    /// Who uses it; empty for nobody.
    pub user: String,
}

/// No account has more mobile lines to choose from.
const MOST_MOBILES: usize = 100;
/// Mobile lines in service of the account that pays for the line `l`; not those with access of their own, which only their holder sees.
const MOBILE_OF_ACCOUNT: &str = "m.customer_id = l.customer_id AND m.billing_account_id = l.billing_account_id \
    AND m.service = 'mobile' AND m.state IN ('active', 'ending') \
    AND NOT EXISTS (SELECT 1 FROM line_access own WHERE own.line_id = m.id AND own.accepted IS NOT NULL)";

impl Scoped {
    /// The mobile lines in service of the account that pays for a line, by number; none for a line outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mobiles_of_account(&self, line: LineId) -> Result<Vec<AccountMobile>, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT m.id, m.number, m.user_name FROM line l JOIN line m ON {MOBILE_OF_ACCOUNT} WHERE l.id = $1 AND {within} \
             ORDER BY m.number LIMIT {MOST_MOBILES}"
        );
        let rows = self.store.rows("list the mobile lines of an account", &sql, vec![line.0.into(), scope]).await?;
        let mut found = Vec::new();
        for row in &rows {
            // A line whose number is to come cannot be rung.
            if let Party::Number(number) = read_party(&row.get::<String>("number")?) {
                found.push(AccountMobile { line: LineId(row.get("id")?), number, user: row.get("user_name")? });
            }
        }
        Ok(found)
    }

    /// Does a line ring with this number: has it one of these options at that instant, and is the number that of a mobile line in service of its
    /// account?
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rings_with(
        &self,
        line: LineId,
        (number, options): (E164, &[String]),
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (within, scope) = self.scope.on_lines(2);
        let sql = format!(
            "SELECT l.id FROM line l JOIN line m ON {MOBILE_OF_ACCOUNT} WHERE l.id = $1 AND {within} AND m.number = $3 \
             AND EXISTS (SELECT 1 FROM line_option h WHERE h.line_id = l.id AND h.since <= $4 AND (h.until IS NULL OR h.until > $4) \
             AND h.option IN (SELECT wanted.value FROM {} AS wanted)) LIMIT 1",
            self.store.listed(5)
        );
        let values = vec![line.0.into(), scope, number.to_string().into(), at.into(), list(options.iter().cloned())];
        Ok(self.store.row("look whether two lines ring together", &sql, values).await?.is_some())
    }
}

impl Store {
    /// Lines whose mobile line is over, those first that wait longest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn bereft_lines(&self, now: Timestamp, most: usize) -> Result<Vec<(OperatorId, LineId)>, StoreError> {
        let sql = format!(
            "SELECT l.operator_id, t.line_id FROM line_telephony t JOIN line l ON l.id = t.line_id WHERE t.bereft <= $1 \
             ORDER BY t.bereft, t.line_id LIMIT {most}"
        );
        let rows = self.rows("find lines whose mobile line is over", &sql, vec![now.into()]).await?;
        rows.iter().map(|row| Ok((OperatorId(row.get("operator_id")?), LineId(row.get("line_id")?)))).collect()
    }

    /// Has one of them looked at again later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_bereft_aside(&self, line: LineId, until: Timestamp) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        let sql = "UPDATE line_telephony SET bereft = $2 WHERE line_id = $1 AND bereft IS NOT NULL";
        transaction.execute("put a line without its mobile line aside", sql, vec![line.0.into(), until.into()]).await?;
        transaction.commit().await
    }
}

impl Transaction {
    /// Notes of the lines that ring with these numbers of their own customers that those are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_bereft(&self, ended: &[(CustomerId, E164)], now: Timestamp) -> Result<(), StoreError> {
        if ended.is_empty() {
            return Ok(());
        }
        let listed = |place: usize| match self.is_postgres() {
            true => format!("json_array_elements_text(CAST(${place} AS json))"),
            false => format!("json_each(${place})"),
        };
        let sql = format!(
            "UPDATE line_telephony SET bereft = $1 WHERE bereft IS NULL AND rings_with IN (SELECT gone.value FROM {} AS gone) \
             AND EXISTS (SELECT 1 FROM line l WHERE l.id = line_telephony.line_id \
             AND l.customer_id IN (SELECT CAST(whose.value AS BIGINT) FROM {} AS whose))",
            listed(2),
            listed(3)
        );
        let numbers = list(ended.iter().map(|(_, number)| number.to_string()));
        let values = vec![now.into(), numbers, list(ended.iter().map(|(customer, _)| customer.0))];
        self.execute("note that mobile lines are over", &sql, values).await.map(drop)
    }
}

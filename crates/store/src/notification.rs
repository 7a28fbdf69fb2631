//! What people want to be told of by mail (RES-10), and who hears of something that was done to lines.

use crate::{
    Row, Scoped, Store, StoreError,
    line_terms::list,
    login::{LOGIN, Login, OF_LOGIN, login},
    store::Transaction,
};
use vocabulary::{CustomerId, LoginId, OrderId, ResellerId, Timestamp};

/// Somebody who wants to be told.
#[derive(Clone, Debug)]
pub struct Notified {
    /// Who.
    pub login: Login,
    /// The host name of the brand that writes.
    pub host: String,
    /// Where links lead: scheme and host.
    pub site: String,
}

impl Store {
    /// The kinds of what somebody wants to be told of, in their words.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notifications(&self, person: LoginId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT kind FROM notification WHERE login_id = $1 ORDER BY kind";
        let rows = self.rows("read what somebody is told of", sql, vec![person.0.into()]).await?;
        rows.iter().map(|row| row.get("kind")).collect()
    }
}

impl Scoped {
    /// Who wants to be told of a kind, of the operator's own people, of those of these resellers and of those of these customers: so many at
    /// most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notified(
        &self,
        kind: &str,
        (resellers, customers): (&[ResellerId], &[CustomerId]),
        most: u32,
    ) -> Result<Vec<Notified>, StoreError> {
        let sql = format!(
            "SELECT {LOGIN}, n.host, n.site FROM notification n JOIN login g ON g.id = n.login_id {OF_LOGIN} \
             WHERE n.kind = $1 AND g.operator_id = $2 AND g.state = 'validated' AND g.email <> '' \
             AND (g.customer_id IN (SELECT CAST(wanted.value AS BIGINT) FROM {} AS wanted) OR (g.customer_id IS NULL \
             AND (g.reseller_id IS NULL OR g.reseller_id IN (SELECT CAST(near.value AS BIGINT) FROM {} AS near)))) \
             ORDER BY g.id LIMIT {most}",
            self.store.listed(3),
            self.store.listed(4)
        );
        let values = vec![
            kind.into(),
            self.scope.operator.0.into(),
            list(customers.iter().map(|id| id.0)),
            list(resellers.iter().map(|id| id.0)),
        ];
        let read = |row: &Row| Ok(Notified { login: login(row)?, host: row.get("host")?, site: row.get("site")? });
        self.store.rows("find who wants to be told", &sql, values).await?.iter().map(read).collect()
    }
}

impl Transaction {
    /// Writes what somebody wants to be told of, in the place of what they wanted before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_notifications(&self, person: LoginId, kinds: &[&str], (host, site): (&str, &str)) -> Result<(), StoreError> {
        let sql = "DELETE FROM notification WHERE login_id = $1";
        self.execute("forget what somebody is told of", sql, vec![person.0.into()]).await?;
        for kind in kinds {
            let sql = "INSERT INTO notification (login_id, kind, host, site) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
            let values = vec![person.0.into(), (*kind).into(), host.into(), site.into()];
            self.execute("write what somebody is told of", sql, values).await?;
        }
        Ok(())
    }

    /// Notes that people are told that an order is over; `false` while a line of it is still to come, and when they were told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_order_done(&self, order: OrderId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE customer_order SET told_done = $2 WHERE id = $1 AND told_done IS NULL AND NOT EXISTS \
                   (SELECT 1 FROM line l WHERE l.order_id = customer_order.id AND l.state IN ('ordered', 'activating'))";
        Ok(self.execute("note that an order is over", sql, vec![order.0.into(), now.into()]).await? == 1)
    }

    /// Notes that people are told that a line of an order cannot be had; `false` when they were told of one before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_order_failed(&self, order: OrderId, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE customer_order SET told_failed = $2 WHERE id = $1 AND told_failed IS NULL";
        Ok(self.execute("note that an order has failed", sql, vec![order.0.into(), now.into()]).await? == 1)
    }
}

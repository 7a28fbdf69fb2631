//! Orders: what one form asked for, with the lines that it made. What becomes of the lines is their life's.

use crate::{KeptCard, KeptLife, KeptNumber, Row, Scoped, StoreError, Transaction, UserData, Value};
use lines::Life;
use serde_json::json;
use vocabulary::{BillingAccountId, CustomerId, LineId, Money, OperatorId, OrderId, ResellerId, Timestamp};

/// An order that is written.
#[derive(Clone, Debug)]
pub struct NewOrder<'a> {
    /// Itself.
    pub id: OrderId,
    /// Whose customer's.
    pub owner: (OperatorId, Option<ResellerId>, CustomerId),
    /// Of the form: the same form twice is one order.
    pub token: &'a str,
    /// When.
    pub placed: Timestamp,
    /// By whom, by name.
    pub placed_by: &'a str,
    /// How many lines.
    pub lines: usize,
    /// What was told before: each month, and once.
    pub told: (Money, Money),
}

/// A line of it.
#[derive(Clone, Debug)]
pub struct NewOrderLine {
    /// As the order makes it.
    pub life: Life,
    /// Its SIM as it was.
    pub card: KeptCard,
    /// Its number as it was; `None` for one that the inventory does not know.
    pub number: Option<KeptNumber>,
    /// What it is for, by the catalogue's word.
    pub service: &'static str,
    /// Who pays.
    pub account: BillingAccountId,
    /// Who is to use it; empty for nobody.
    pub user: String,
    /// What else is known of them.
    pub data: UserData,
    /// What proves that its number may be brought along.
    pub proof: String,
    /// By when it is promised.
    pub promised: Option<Timestamp>,
}

/// A line that is in service, as its network knows it.
#[derive(Clone, Debug)]
pub struct LineInService {
    /// Itself.
    pub line: LineId,
    /// On which network.
    pub network: String,
    /// Its SIM; a fixed line has none.
    pub iccid: Option<String>,
    /// By what the network knows it, where the maker's batch told it.
    pub imsi: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// `active` or `suspended`.
    pub state: String,
    /// Its offer.
    pub offer: String,
}

/// An order, as it is kept.
#[derive(Clone, Debug)]
pub struct KeptOrder {
    /// Itself.
    pub id: OrderId,
    /// Whose, and the name.
    pub customer: (CustomerId, String),
    /// When.
    pub placed: Timestamp,
    /// By whom.
    pub placed_by: String,
    /// How many lines.
    pub lines: u64,
    /// What was told before: each month, and once.
    pub told: (Money, Money),
    /// What its lines say: how many are on their way, in service, given up or over.
    pub states: [u64; 3],
}

const COLUMNS: &str = "o.id, o.customer_id, c.name AS customer_name, o.placed, o.placed_by, o.lines, o.monthly, o.once, \
    (SELECT COUNT(*) FROM line l WHERE l.order_id = o.id AND l.state IN ('ordered', 'activating')) AS to_come, \
    (SELECT COUNT(*) FROM line l WHERE l.order_id = o.id AND l.state IN ('active', 'suspended', 'ending')) AS there, \
    (SELECT COUNT(*) FROM line l WHERE l.order_id = o.id AND l.state = 'ended') AS over";

impl Transaction {
    /// Writes an order; `false` when the same form was taken before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_order(&self, new: &NewOrder<'_>) -> Result<bool, StoreError> {
        let (operator, reseller, customer) = new.owner;
        let values: Vec<Value> = vec![
            new.id.0.into(),
            operator.0.into(),
            reseller.map(|id| id.0).into(),
            customer.0.into(),
            new.token.into(),
            new.placed.into(),
            new.placed_by.into(),
            i64::try_from(new.lines).unwrap_or(i64::MAX).into(),
            new.told.0.into(),
            new.told.1.into(),
        ];
        let sql = "INSERT INTO customer_order (id, operator_id, reseller_id, customer_id, token, placed, placed_by, lines, monthly, once) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (operator_id, token) DO NOTHING";
        Ok(self.execute("write an order", sql, values).await? == 1)
    }

    /// Writes the rows of an order's lines, and answers each as it is before its life is saved.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_lines(&self, order: &NewOrder<'_>, lines: &[NewOrderLine]) -> Result<Vec<KeptLife>, StoreError> {
        let (operator, reseller, customer) = order.owner;
        let row = |new: &NewOrderLine| {
            json!({
                "id": new.life.line.id, "operator": operator, "reseller": reseller, "customer": customer, "account": new.account,
                "service": new.service, "network": new.life.line.network, "offer": new.life.line.service.offer, "now": order.placed,
                "user": new.user, "email": new.data.email, "number": new.data.number, "order": order.id,
                "promised": new.promised,
            })
        };
        let sql = "INSERT INTO line (id, operator_id, reseller_id, customer_id, billing_account_id, number, service, network, offer, bought, \
                   capped, state, user_name, contact_email, contact_number, order_id, promised) \
                   SELECT {#id}, {#operator}, {#reseller}, {#customer}, {#account}, '', {service}, {network}, {offer}, {#now}, \
                   0, 'ordered', {user}, {email}, {number}, {#order}, {#promised} FROM {rows} WHERE true";
        self.write(("write an order's lines", sql), &lines.iter().map(row).collect::<Vec<_>>()).await?;
        let users: Vec<_> = lines.iter().map(|new| (new.life.line.id, &new.data)).collect();
        self.write_new_users(&users).await?;
        Ok(lines.iter().map(|new| before(order, new)).collect())
    }
}

/// A line whose row is there and nothing else: saved, all that it has is new.
fn before(order: &NewOrder<'_>, new: &NewOrderLine) -> KeptLife {
    let (operator, reseller, _) = order.owner;
    let mut life = new.life.clone();
    life.sim = Some(new.card.sim.clone());
    life.number = new.number.as_ref().map(|kept| kept.number.clone());
    life.porting = None;
    life.line.service.options.clear();
    life.line.service.cutoffs.clear();
    KeptLife {
        life,
        operator,
        reseller,
        service: new.service.to_owned(),
        imsi: [None, None],
        user: new.user.clone(),
        contact: (new.data.email.clone(), new.data.number.clone()),
        is_unpaid: false,
        version: 0,
        sims: vec![(new.card.sim.id, new.card.version)],
        number: new.number.as_ref().map(|kept| kept.version),
        due: None,
        bought: order.placed,
        started: None,
        proof: new.proof.clone(),
    }
}

impl Scoped {
    /// By when the lines of an order were promised; those without a promise are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn promises(&self, order: OrderId) -> Result<Vec<(LineId, Timestamp)>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT l.id, l.promised FROM line l WHERE {within} AND l.order_id = $2 AND l.promised IS NOT NULL ORDER BY l.id"
        );
        let rows = self.store.rows("list promises", &sql, vec![scope, order.0.into()]).await?;
        rows.iter().map(|row| Ok((LineId(row.get("id")?), row.instant("promised")?))).collect()
    }

    /// Lines in service that have a SIM, by id, after one and at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lines_in_service(&self, after: LineId, most: u32) -> Result<Vec<LineInService>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!(
            "SELECT l.id, l.network, l.number, l.state, l.offer, s.iccid, s.imsi FROM line l LEFT JOIN sim s ON s.id = l.sim_id \
             WHERE {within} AND l.id > $2 AND l.state IN ('active', 'suspended') ORDER BY l.id LIMIT {most}"
        );
        let rows = self.store.rows("list lines in service", &sql, vec![scope, after.0.into()]).await?;
        let read = |row: &Row| {
            let number: String = row.get("number")?;
            Ok(LineInService {
                line: LineId(row.get("id")?),
                network: row.get("network")?,
                iccid: row.get("iccid")?,
                imsi: row.get("imsi")?,
                number: Some(number).filter(|number| number.starts_with('+')),
                state: row.get("state")?,
                offer: row.get("offer")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// The order of a form, if it was taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn order_of_token(&self, customer: CustomerId, token: &str) -> Result<Option<OrderId>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT o.id FROM customer_order o JOIN customer c ON c.id = o.customer_id WHERE {within} AND o.operator_id = $2 AND o.customer_id = $3 \
             AND o.token = $4"
        );
        let values = vec![scope, self.scope.operator.0.into(), customer.0.into(), token.into()];
        let row = self.store.row("find the order of a form", &sql, values).await?;
        row.map(|row| Ok(OrderId(row.get("id")?))).transpose()
    }

    /// Orders, the latest first, from a place on; those outside the scope are left out. Who sees one line only sees none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn orders(&self, customer: Option<CustomerId>, (skip, most): (u64, u32)) -> Result<Vec<KeptOrder>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let skip = i64::try_from(skip).unwrap_or(i64::MAX);
        let mut values: Vec<Value> = vec![scope, skip.into()];
        let only = customer.map_or(String::new(), |customer| {
            values.push(customer.0.into());
            "AND o.customer_id = $3".to_owned()
        });
        let sql = format!(
            "SELECT {COLUMNS} FROM customer_order o JOIN customer c ON c.id = o.customer_id WHERE {within} {only} \
             ORDER BY o.id DESC LIMIT {most} OFFSET $2"
        );
        self.store.rows("list orders", &sql, values).await?.iter().map(read_order).collect()
    }

    /// An order; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn order(&self, id: OrderId) -> Result<Option<KeptOrder>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT {COLUMNS} FROM customer_order o JOIN customer c ON c.id = o.customer_id WHERE {within} AND o.id = $2"
        );
        self.store.row("load an order", &sql, vec![scope, id.0.into()]).await?.as_ref().map(read_order).transpose()
    }

    /// The lines of an order that one sees, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lines_of_order(&self, id: OrderId, most: u32) -> Result<Vec<LineId>, StoreError> {
        let (within, scope) = self.scope.on_lines(1);
        let sql = format!("SELECT l.id FROM line l WHERE {within} AND l.order_id = $2 ORDER BY l.id LIMIT {most}");
        let rows = self.store.rows("list an order's lines", &sql, vec![scope, id.0.into()]).await?;
        rows.iter().map(|row| Ok(LineId(row.get("id")?))).collect()
    }

    /// Through whom a customer buys; `None` for one outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reseller_of(&self, customer: CustomerId) -> Result<Option<Option<ResellerId>>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!("SELECT c.reseller_id FROM customer c WHERE {within} AND c.id = $2");
        let row = self.store.row("find a customer's reseller", &sql, vec![scope, customer.0.into()]).await?;
        row.map(|row| Ok(row.get::<Option<i64>>("reseller_id")?.map(ResellerId))).transpose()
    }

    /// A customer's name; `None` for one outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn customer_name(&self, customer: CustomerId) -> Result<Option<String>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!("SELECT c.name FROM customer c WHERE {within} AND c.id = $2");
        let row = self.store.row("find a customer's name", &sql, vec![scope, customer.0.into()]).await?;
        row.map(|row| row.get("name")).transpose()
    }

    /// The accounts that may pay for a customer's lines, by name; none for a customer outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_of(&self, customer: CustomerId) -> Result<Vec<(BillingAccountId, String)>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT a.id, a.name FROM billing_account a JOIN customer c ON c.id = a.customer_id WHERE {within} AND c.id = $2 \
             AND a.holder = '' ORDER BY a.name, a.id"
        );
        let rows = self.store.rows("list accounts", &sql, vec![scope, customer.0.into()]).await?;
        rows.iter().map(|row| Ok((BillingAccountId(row.get("id")?), row.get("name")?))).collect()
    }
}

fn read_order(row: &Row) -> Result<KeptOrder, StoreError> {
    let count = |column: &'static str| Ok::<_, StoreError>(u64::try_from(row.get::<i64>(column)?).unwrap_or(0));
    Ok(KeptOrder {
        id: OrderId(row.get("id")?),
        customer: (CustomerId(row.get("customer_id")?), row.get("customer_name")?),
        placed: row.instant("placed")?,
        placed_by: row.get("placed_by")?,
        lines: count("lines")?,
        told: (row.money("monthly")?, row.money("once")?),
        states: [count("to_come")?, count("there")?, count("over")?],
    })
}

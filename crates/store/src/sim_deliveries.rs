//! Blank SIM cards that customers ordered (FLT-16): the deliveries, the cards in their parcels, and those that arrive.

use crate::{Row, Scoped, StoreError, Transaction, Value};
use lines::Delivery;
use vocabulary::{CustomerId, LoginId, OperatorId, ResellerId, SimDeliveryId, SimId, Timestamp};

/// A delivery that is ordered.
#[derive(Clone, Debug)]
pub struct NewDelivery<'a> {
    /// Whose.
    pub owner: (OperatorId, Option<ResellerId>, CustomerId),
    /// What makes the order one, however often its form is sent.
    pub token: &'a str,
    /// The network, by its id in the catalogue.
    pub network: &'a str,
    /// `card_with_pin` or `card_without_pin`.
    pub kind: &'a str,
    /// How many cards.
    pub cards: u32,
    /// Where they go.
    pub address: DeliveryAddress,
    /// When it was ordered.
    pub asked: Timestamp,
    /// By whom.
    pub asked_by: (LoginId, &'a str),
    /// The day on which they are promised: `2026-11-24`.
    pub promised: String,
}

/// Where cards go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryAddress {
    /// Who takes the parcel.
    pub recipient: String,
    /// Street and house number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Two letters.
    pub country: String,
}

/// A delivery.
#[derive(Clone, Debug)]
pub struct KeptDelivery {
    /// Itself.
    pub id: SimDeliveryId,
    /// Whose customer's.
    pub reseller: Option<ResellerId>,
    /// Whose, and the name.
    pub customer: (CustomerId, String),
    /// The network, by its id in the catalogue.
    pub network: String,
    /// `card_with_pin` or `card_without_pin`.
    pub kind: String,
    /// How many cards.
    pub cards: u32,
    /// Where they go.
    pub address: DeliveryAddress,
    /// When it was ordered.
    pub asked: Timestamp,
    /// By whom, and with which login.
    pub asked_by: (Option<LoginId>, String),
    /// The day on which they are promised: `2026-11-24`.
    pub promised: String,
    /// How far it is.
    pub delivery: Delivery,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// The first and the last ICCID that were sent.
    pub range: Option<(String, String)>,
    /// What it grows to with each change.
    pub version: i64,
}

const COLUMNS: &str = "d.id, d.reseller_id, d.customer_id, c.name AS customer, d.network, d.kind, d.cards, d.recipient, d.street, d.postcode, \
    d.city, d.country, d.asked, d.asked_by, d.asked_login, d.promised, d.state, d.since, d.sent, d.first_iccid, d.last_iccid, d.version";

impl Scoped {
    /// Deliveries, the latest first, those that are still to come before: so many, after so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_deliveries(&self, most: u32, offset: u64) -> Result<Vec<KeptDelivery>, StoreError> {
        let (within, scope) = self.scope.on_deliveries();
        let sql = format!(
            "SELECT {COLUMNS} FROM sim_delivery d JOIN customer c ON c.id = d.customer_id WHERE {within} \
             ORDER BY CASE d.state WHEN 'ordered' THEN 0 WHEN 'sent' THEN 1 ELSE 2 END, d.id DESC LIMIT {most} OFFSET $2"
        );
        let values = vec![scope, i64::try_from(offset).unwrap_or(i64::MAX).into()];
        self.store.rows("list deliveries of SIMs", &sql, values).await?.iter().map(read).collect()
    }

    /// How many deliveries there are, and how many of them are still to be sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_sim_deliveries(&self) -> Result<(u64, u64), StoreError> {
        let (within, scope) = self.scope.on_deliveries();
        let sql = format!(
            "SELECT COUNT(*) AS all_of_them, COUNT(CASE WHEN d.state = 'ordered' THEN 1 END) AS ordered FROM sim_delivery d WHERE {within}"
        );
        let Some(row) = self.store.row("count deliveries of SIMs", &sql, vec![scope]).await? else { return Ok((0, 0)) };
        let count = |column| Ok::<_, StoreError>(u64::try_from(row.get::<i64>(column)?).unwrap_or_default());
        Ok((count("all_of_them")?, count("ordered")?))
    }

    /// One delivery; `None` outside the scope.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sim_delivery(&self, id: SimDeliveryId) -> Result<Option<KeptDelivery>, StoreError> {
        let (within, scope) = self.scope.on_deliveries();
        let sql =
            format!("SELECT {COLUMNS} FROM sim_delivery d JOIN customer c ON c.id = d.customer_id WHERE {within} AND d.id = $2");
        let row = self.store.row("load a delivery of SIMs", &sql, vec![scope, id.0.into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// How many SIMs of the scope are in parcels.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sims_on_their_way(&self) -> Result<i64, StoreError> {
        let (within, scope) = self.scope.on_sims();
        let sql = format!("SELECT COUNT(*) AS sims FROM sim s WHERE {within} AND s.delivery_id IS NOT NULL");
        self.store.row("count SIMs in parcels", &sql, vec![scope]).await?.map_or(Ok(0), |row| row.get("sims"))
    }
}

impl Scoped {
    /// The delivery that a customer's form was taken as.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_of_form(&self, customer: CustomerId, token: &str) -> Result<Option<SimDeliveryId>, StoreError> {
        let (within, scope) = self.scope.on_customers();
        let sql = format!(
            "SELECT d.id FROM sim_delivery d JOIN customer c ON c.id = d.customer_id WHERE {within} AND d.operator_id = $2 \
             AND d.customer_id = $3 AND d.token = $4"
        );
        let values = vec![scope, self.scope.operator.0.into(), customer.0.into(), token.into()];
        let row = self.store.row("find the delivery of a form", &sql, values).await?;
        row.map(|row| Ok(SimDeliveryId(row.get("id")?))).transpose()
    }
}

impl Transaction {
    /// Orders a delivery; `None` when its token was ordered before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn order_delivery(&self, new: &NewDelivery<'_>) -> Result<Option<SimDeliveryId>, StoreError> {
        let (operator, reseller, customer) = new.owner;
        let address = &new.address;
        let values: Vec<Value> = vec![
            operator.0.into(),
            reseller.map(|id| id.0).into(),
            customer.0.into(),
            new.token.into(),
            new.network.into(),
            new.kind.into(),
            i64::from(new.cards).into(),
            address.recipient.as_str().into(),
            address.street.as_str().into(),
            address.postcode.as_str().into(),
            address.city.as_str().into(),
            address.country.as_str().into(),
            new.asked.into(),
            new.asked_by.1.into(),
            new.asked_by.0.0.into(),
            new.promised.as_str().into(),
        ];
        let sql = "INSERT INTO sim_delivery (operator_id, reseller_id, customer_id, token, network, kind, cards, recipient, street, postcode, \
                   city, country, asked, asked_by, asked_login, promised, state, since) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'ordered', $13) \
                   ON CONFLICT (operator_id, token) DO NOTHING RETURNING id";
        let rows = self.rows("order a delivery of SIMs", sql, values).await?;
        rows.first().map(|row| Ok(SimDeliveryId(row.get("id")?))).transpose()
    }

    /// Moves a delivery on; `false` when it is not what it was. `range` is what is sent, with a delivery that is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_delivery(
        &self,
        (id, version): (SimDeliveryId, i64),
        delivery: Delivery,
        range: Option<(&str, &str)>,
    ) -> Result<bool, StoreError> {
        let (word, since) = match delivery {
            Delivery::Ordered => return Ok(false),
            Delivery::Sent { at } => ("sent", at),
            Delivery::Arrived { at } => ("arrived", at),
            Delivery::Cancelled { at } => ("cancelled", at),
        };
        let values: Vec<Value> = vec![
            id.0.into(),
            version.into(),
            word.into(),
            since.into(),
            range.map(|(first, _)| first.to_owned()).into(),
            range.map(|(_, last)| last.to_owned()).into(),
        ];
        let sql = "UPDATE sim_delivery SET state = $3, since = $4, sent = CASE $3 WHEN 'sent' THEN $4 ELSE sent END, \
                   first_iccid = COALESCE($5, first_iccid), last_iccid = COALESCE($6, last_iccid), version = version + 1 \
                   WHERE id = $1 AND version = $2";
        Ok(self.execute("move a delivery of SIMs", sql, values).await? == 1)
    }

    /// Puts a free card into a parcel; `false` when it changed since that version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pack_sim(&self, (sim, version): (SimId, i64), delivery: SimDeliveryId) -> Result<bool, StoreError> {
        let sql = "UPDATE sim SET delivery_id = $3, version = version + 1 \
                   WHERE id = $1 AND version = $2 AND state = 'free' AND delivery_id IS NULL";
        let values = vec![sim.0.into(), version.into(), delivery.0.into()];
        Ok(self.execute("pack a SIM", sql, values).await? == 1)
    }

    /// Gives the cards of a parcel to the customer; how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unpack_sims(
        &self,
        delivery: SimDeliveryId,
        (reseller, customer): (Option<ResellerId>, CustomerId),
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE sim SET state = 'given', reseller_id = $2, customer_id = $3, delivery_id = NULL, version = version + 1 \
                   WHERE delivery_id = $1 AND state = 'free'";
        let values = vec![delivery.0.into(), reseller.map(|id| id.0).into(), customer.0.into()];
        self.execute("unpack SIMs", sql, values).await
    }
}

fn read(row: &Row) -> Result<KeptDelivery, StoreError> {
    let word: String = row.get("state")?;
    let since = row.instant("since")?;
    let delivery = match word.as_str() {
        "ordered" => Delivery::Ordered,
        "sent" => Delivery::Sent { at: since },
        "arrived" => Delivery::Arrived { at: since },
        "cancelled" => Delivery::Cancelled { at: since },
        _ => return Err(StoreError::Corrupt { column: "sim_delivery.state", value: word }),
    };
    Ok(KeptDelivery {
        id: SimDeliveryId(row.get("id")?),
        reseller: row.get::<Option<i64>>("reseller_id")?.map(ResellerId),
        customer: (CustomerId(row.get("customer_id")?), row.get("customer")?),
        network: row.get("network")?,
        kind: row.get("kind")?,
        cards: u32::try_from(row.get::<i64>("cards")?).unwrap_or_default(),
        address: DeliveryAddress {
            recipient: row.get("recipient")?,
            street: row.get("street")?,
            postcode: row.get("postcode")?,
            city: row.get("city")?,
            country: row.get("country")?,
        },
        asked: row.instant("asked")?,
        asked_by: (row.get::<Option<i64>>("asked_login")?.map(LoginId), row.get("asked_by")?),
        promised: row.get("promised")?,
        delivery,
        sent: row.get::<Option<i64>>("sent")?.map(Timestamp::from_micros),
        range: row.get::<Option<String>>("first_iccid")?.zip(row.get("last_iccid")?),
        version: row.get("version")?,
    })
}

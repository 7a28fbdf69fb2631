//! Blank SIM cards for fleets (FLT-16): ordered by multiples of ten with a delivery address, sent by staff out of the free stock of the network, and
//! followed until they arrive in the customer's inventory. In a parcel they are nobody's to use. How many and by when is `lines`' to say.

use crate::{
    Actor, House, OperationError, Reach,
    esim::letter::brand_of,
    journal::Object,
    mail::{self, Letter, Post},
    order::LONGEST_TOKEN,
    permission::Permission,
    sims::{kind_of, kind_word, networks},
};
use jiff::civil::Date;
use lines::{Delivery, Ground, SimKind, delivered_on};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{KeptDelivery, KeptSim, NewDelivery, NewMail, Scoped, StoreError};
use vocabulary::{CustomerId, Iccid, IccidRange, SimDeliveryId};

pub use lines::{BlankSimRefusal, CARDS_OF_A_PACK, Delivery as DeliveryState, MOST_CARDS};
pub use store::DeliveryAddress;

/// No more of the cards that cannot be sent are named.
pub const MOST_NAMED: usize = 20;
/// No line of an address is longer, in characters.
pub const LONGEST_ADDRESS_LINE: usize = 100;

/// What a mail about a delivery says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimsTold {
    /// How many cards.
    pub cards: u32,
    /// The day on which they are promised: `2026-11-24`.
    pub promised: String,
    /// The town to which they are on their way; `None` while they are only ordered.
    pub city: Option<String>,
}

impl SimsTold {
    /// The word of its template.
    pub const fn word(&self) -> &'static str {
        if self.city.is_some() { "sims-sent" } else { "sims-asked" }
    }
}

/// What somebody orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryAsked {
    /// What makes the order one, however often its form is sent.
    pub token: String,
    /// For whom, by reference or whole name; not asked of who acts for one customer.
    pub customer: String,
    /// The network, by its id.
    pub network: String,
    /// Cards that ask for their PIN, or not.
    pub kind: Option<SimKind>,
    /// How many; `None` for what is no number.
    pub cards: Option<u32>,
    /// Where to; the country is the operator's.
    pub address: DeliveryAddress,
}

/// Why nothing was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryFault {
    /// So many cannot be ordered.
    Cards(BlankSimRefusal),
    /// There is no such network.
    Network,
    /// Neither kind of card.
    Kind,
    /// Nobody is called so, or several are.
    Customer,
    /// A line of the address is missing, or too long.
    Address,
    /// The form has no token, or another customer's.
    Form,
}

/// A delivery as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimDelivery {
    /// Itself.
    pub id: SimDeliveryId,
    /// For whom, and the name.
    pub customer: (CustomerId, String),
    /// The network, as the catalogue names it.
    pub network: String,
    /// What kind of cards.
    pub kind: SimKind,
    /// How many.
    pub cards: u32,
    /// Where to.
    pub address: DeliveryAddress,
    /// When it was ordered.
    pub asked: vocabulary::Timestamp,
    /// By whom.
    pub asked_by: String,
    /// The day on which they are promised; `None` where what is kept is no day.
    pub promised: Option<Date>,
    /// How far it is.
    pub state: Delivery,
    /// When it was sent.
    pub sent: Option<vocabulary::Timestamp>,
    /// The first and the last that were sent.
    pub range: Option<(String, String)>,
}

/// What the reader may do with a delivery now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliverySteps {
    /// Send it.
    pub can_send: bool,
    /// Say that it is there.
    pub can_receive: bool,
    /// Give it up.
    pub can_cancel: bool,
}

/// Why a parcel cannot be sent so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendRefusal {
    /// The two are no ICCIDs in ascending order.
    Range,
    /// They are so many, and another number was ordered.
    Count(usize),
    /// Some cannot be sent: they are not free, of another network or kind, or not in stock.
    Cards(Vec<Iccid>, usize),
    /// It is not what it was.
    Changed,
}

/// Deliveries that somebody sees, those that are still to come first, with how many there are in all and how many are to be sent; `None` for who
/// may not.
///
/// # Errors
/// When the database fails.
pub async fn list(
    house: &House,
    actor: &Actor,
    (most, offset): (u32, u64),
) -> Result<Option<(Vec<SimDelivery>, u64, u64)>, OperationError> {
    if !actor.may(Permission::SeeSims) {
        return Ok(None);
    }
    let scoped = house.store.scoped(actor.scope);
    let (total, ordered) = scoped.count_sim_deliveries().await?;
    let mut rows = Vec::new();
    for kept in scoped.sim_deliveries(most, offset).await? {
        rows.push(shown(house, actor, kept).await?);
    }
    Ok(Some((rows, total, ordered)))
}

/// One delivery, and what may be done with it; `None` where it is not there for the asker.
///
/// # Errors
/// When the database fails.
pub async fn show(
    house: &House,
    actor: &Actor,
    id: SimDeliveryId,
) -> Result<Option<(SimDelivery, DeliverySteps)>, OperationError> {
    let Some(kept) = seen(house, actor, id).await? else { return Ok(None) };
    let steps = DeliverySteps {
        can_send: kept.delivery == Delivery::Ordered && actor.may(Permission::TakeSimsIn),
        can_receive: matches!(kept.delivery, Delivery::Sent { .. }) && actor.may(Permission::OrderLines),
        can_cancel: kept.delivery == Delivery::Ordered && actor.may(Permission::OrderLines),
    };
    Ok(Some((shown(house, actor, kept).await?, steps)))
}

/// The networks that cards can be ordered for, by id and name, and the day on which they would be there; `None` for who may not order.
///
/// # Errors
/// When the operator has no catalogue.
pub async fn form(house: &House, actor: &Actor) -> Result<Option<(Vec<(String, String)>, Option<Date>)>, OperationError> {
    if !actor.may(Permission::OrderLines) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let now = house.clock.now();
    Ok(Some((networks(&catalog, now), delivered_on(CARDS_OF_A_PACK, &Ground::at(&catalog, now)).ok())))
}

/// Orders cards; which delivery it is. The same form twice is one order. `None` for who may not.
///
/// # Errors
/// When the database fails, or without keys for the mail to who ordered.
pub async fn order(
    house: &House,
    actor: &Actor,
    asked: &DeliveryAsked,
) -> Result<Option<Result<SimDeliveryId, Vec<DeliveryFault>>>, OperationError> {
    if !actor.may(Permission::OrderLines) {
        return Ok(None);
    }
    let catalog = house.catalog(actor.scope.operator).await?;
    let now = house.clock.now();
    let ground = Ground::at(&catalog, now);
    let mut faults = Vec::new();
    let cards = asked.cards.unwrap_or_default();
    let promised = delivered_on(cards, &ground).map_err(|refusal| faults.push(DeliveryFault::Cards(refusal))).ok();
    if ground.network(&asked.network).is_none() {
        faults.push(DeliveryFault::Network);
    }
    let kind = asked.kind.filter(|kind| !kind.is_esim());
    if kind.is_none() {
        faults.push(DeliveryFault::Kind);
    }
    let address = DeliveryAddress { country: catalog.operator.country.to_string(), ..asked.address.clone() };
    let lines = [&address.recipient, &address.street, &address.postcode, &address.city];
    if lines.iter().any(|line| line.trim().is_empty() || line.chars().count() > LONGEST_ADDRESS_LINE) {
        faults.push(DeliveryFault::Address);
    }
    if asked.token.is_empty() || asked.token.len() > LONGEST_TOKEN {
        faults.push(DeliveryFault::Form);
    }
    let scoped = house.store.scoped(actor.scope);
    let customer = customer(&scoped, actor, &asked.customer).await?;
    if customer.is_none() {
        faults.push(DeliveryFault::Customer);
    }
    let (Some(promised), Some(kind), Some((reseller, customer))) = (promised, kind, customer) else {
        return Ok(Some(Err(faults)));
    };
    if !faults.is_empty() {
        return Ok(Some(Err(faults)));
    }
    let letter = Letter::BlankSims(SimsTold { cards, promised: promised.to_string(), city: None });
    let new = NewDelivery {
        owner: (actor.scope.operator, reseller, customer),
        token: &asked.token,
        network: &asked.network,
        kind: kind_word(kind),
        cards,
        address,
        asked: now,
        asked_by: (actor.login, &actor.name),
        promised: promised.to_string(),
    };
    let mail = told(house, actor.scope.operator, (reseller, Some(actor.login)), letter).await?;
    let transaction = house.store.begin().await?;
    let Some(id) = transaction.order_delivery(&new).await? else {
        drop(transaction);
        let known = scoped.delivery_of_form(customer, &asked.token).await?;
        return Ok(Some(known.ok_or(vec![DeliveryFault::Form])));
    };
    let mut entry = actor.entry(now, "blank_sims_asked", Object::SimDelivery(id));
    entry.owner = (reseller, Some(customer));
    entry.after = Some(serde_json::json!({ "sims": cards, "city": new.address.city }).to_string());
    transaction.note(entry).await?;
    if let Some(mail) = &mail {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(id)))
}

/// Sends cards of the free stock: as many as were ordered, all or none. `None` for who may not, or where it is not there.
///
/// # Errors
/// When the database fails, or without keys for the mail to who ordered.
pub async fn send(
    house: &House,
    actor: &Actor,
    id: SimDeliveryId,
    (first, last): (&str, &str),
) -> Result<Option<Result<(), SendRefusal>>, OperationError> {
    if !actor.may(Permission::TakeSimsIn) {
        return Ok(None);
    }
    let Some(kept) = seen(house, actor, id).await? else { return Ok(None) };
    let now = house.clock.now();
    let delivery = kept.delivery.after(Delivery::Sent { at: now });
    if kept.delivery != Delivery::Ordered {
        return Ok(Some(Err(SendRefusal::Changed)));
    }
    let ends = first.trim().parse::<Iccid>().ok().zip(last.trim().parse::<Iccid>().ok());
    let Some((ends, range)) = ends.and_then(|ends| Some((ends, IccidRange::new(ends.0, ends.1).ok()?))) else {
        return Ok(Some(Err(SendRefusal::Range)));
    };
    if u32::try_from(range.count()) != Ok(kept.cards) {
        return Ok(Some(Err(SendRefusal::Count(range.count()))));
    }
    let found = house.store.scoped(actor.scope).sims_between(ends, kept.cards).await?;
    let mut found: HashMap<String, KeptSim> = found.into_iter().map(|sim| (sim.iccid.clone(), sim)).collect();
    let (mut packed, mut refused) = (Vec::new(), Vec::new());
    for iccid in range.iter() {
        match found.remove(iccid.as_str()).filter(|sim| can_be_packed(sim, &kept)) {
            Some(sim) => packed.push((sim.id, sim.version)),
            None => refused.push(iccid),
        }
    }
    if !refused.is_empty() {
        let total = refused.len();
        refused.truncate(MOST_NAMED);
        return Ok(Some(Err(SendRefusal::Cards(refused, total))));
    }
    packed.sort_unstable();
    let city = Some(kept.address.city.clone());
    let letter = Letter::BlankSims(SimsTold { cards: kept.cards, promised: kept.promised.clone(), city });
    let mail = told(house, actor.scope.operator, (kept.reseller, kept.asked_by.0), letter).await?;
    let transaction = house.store.begin().await?;
    for sim in packed {
        if !transaction.pack_sim(sim, id).await? {
            return Ok(Some(Err(SendRefusal::Changed)));
        }
    }
    let range = Some((ends.0.as_str(), ends.1.as_str()));
    if !transaction.move_delivery((id, kept.version), delivery, range).await? {
        return Ok(Some(Err(SendRefusal::Changed)));
    }
    let mut entry = actor.entry(now, "blank_sims_sent", Object::SimDelivery(id));
    entry.owner = (kept.reseller, Some(kept.customer.0));
    let facts = serde_json::json!({ "sims": kept.cards, "first_sim": ends.0.as_str(), "last_sim": ends.1.as_str() });
    entry.after = Some(facts.to_string());
    transaction.note(entry).await?;
    if let Some(mail) = &mail {
        transaction.post_mail(mail).await?;
    }
    transaction.commit().await?;
    house.mail_posted();
    Ok(Some(Ok(())))
}

/// What becomes of a delivery that a customer or staff says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryNews {
    /// It is there: its cards are the customer's from now on.
    Arrived,
    /// Nobody will send it.
    Cancelled,
}

/// Takes news of a delivery; `false` when it is too late for that, or it was said before. `None` for who may not, or where it is not there.
///
/// # Errors
/// When the database fails.
pub async fn tell(
    house: &House,
    actor: &Actor,
    (id, news): (SimDeliveryId, DeliveryNews),
) -> Result<Option<bool>, OperationError> {
    if !actor.may(Permission::OrderLines) {
        return Ok(None);
    }
    let Some(kept) = seen(house, actor, id).await? else { return Ok(None) };
    let now = house.clock.now();
    let (said, action) = match news {
        DeliveryNews::Arrived => (Delivery::Arrived { at: now }, "blank_sims_arrived"),
        DeliveryNews::Cancelled => (Delivery::Cancelled { at: now }, "blank_sims_cancelled"),
    };
    let after = kept.delivery.after(said);
    if after != said || after == kept.delivery {
        return Ok(Some(false));
    }
    let transaction = house.store.begin().await?;
    if !transaction.move_delivery((id, kept.version), after, None).await? {
        return Ok(Some(false));
    }
    if news == DeliveryNews::Arrived {
        let unpacked = transaction.unpack_sims(id, (kept.reseller, kept.customer.0)).await?;
        if unpacked != u64::from(kept.cards) {
            let value = format!("{unpacked} cards in a parcel of {}", kept.cards);
            return Err(StoreError::Corrupt { column: "sim.delivery_id", value }.into());
        }
    }
    let mut entry = actor.entry(now, action, Object::SimDelivery(id));
    entry.owner = (kept.reseller, Some(kept.customer.0));
    entry.after = Some(serde_json::json!({ "sims": kept.cards }).to_string());
    transaction.note(entry).await?;
    transaction.commit().await?;
    Ok(Some(true))
}

async fn seen(house: &House, actor: &Actor, id: SimDeliveryId) -> Result<Option<KeptDelivery>, OperationError> {
    if !actor.may(Permission::SeeSims) {
        return Ok(None);
    }
    Ok(house.store.scoped(actor.scope).sim_delivery(id).await?)
}

/// For whom cards are ordered: oneself, or the one customer that is called so.
async fn customer(
    scoped: &Scoped,
    actor: &Actor,
    typed: &str,
) -> Result<Option<(Option<vocabulary::ResellerId>, CustomerId)>, OperationError> {
    if let Reach::Customer(customer) = actor.scope.reach {
        return Ok(Some((actor.owner.0, customer)));
    }
    Ok(match scoped.sim_holders_called(typed.trim()).await?.as_slice() {
        [one] => Some((one.reseller, one.customer)),
        _ => None,
    })
}

/// Cards of the operator's own stock, or of the reseller's whose customer it is.
fn can_be_packed(sim: &KeptSim, delivery: &KeptDelivery) -> bool {
    let stock = sim.reseller.as_ref().map(|(id, _)| *id);
    sim.state == "free"
        && sim.delivery.is_none()
        && sim.network == delivery.network
        && sim.kind == delivery.kind
        && (stock.is_none() || stock == delivery.reseller)
}

/// The mail to who ordered; `None` where nobody is to be written to.
async fn told(
    house: &House,
    operator: vocabulary::OperatorId,
    (reseller, login): (Option<vocabulary::ResellerId>, Option<vocabulary::LoginId>),
    letter: Letter,
) -> Result<Option<NewMail>, OperationError> {
    let Some(login) = login else { return Ok(None) };
    let Some(login) = house.store.login(login).await?.filter(|login| !login.email.is_empty() && login.state != "blocked") else {
        return Ok(None);
    };
    // Whoever works for the operator reads its own brand.
    let brand = if login.reseller.is_some() { reseller } else { None };
    let Some(brand) = brand_of(house, (operator, brand)).await? else { return Ok(None) };
    let post = Post {
        operator,
        host: &brand.host,
        recipient: &login.email,
        name: &login.name,
        language: &login.language,
        letter,
        useful_until: None,
    };
    Ok(Some(mail::written(house, post)?))
}

async fn shown(house: &House, actor: &Actor, kept: KeptDelivery) -> Result<SimDelivery, OperationError> {
    let catalog = house.catalog(actor.scope.operator).await?;
    let networks = &catalog.version_at(house.clock.now()).networks;
    let network = networks.find(&kept.network).map(|ix| networks.get(ix).name.clone());
    Ok(SimDelivery {
        id: kept.id,
        customer: kept.customer,
        network: network.unwrap_or(kept.network),
        kind: kind_of(&kept.kind),
        cards: kept.cards,
        address: kept.address,
        asked: kept.asked,
        asked_by: kept.asked_by.1,
        promised: kept.promised.parse().ok(),
        state: kept.delivery,
        sent: kept.sent,
        range: kept.range,
    })
}

//! What resellers ask of their customers (RES-11): the catalogue at their prices, which every page of theirs and of their customers shows, and the
//! prices themselves, which their administrators look at and change.
//!
//! Prices are only added to. Those of what was sold, and of what was billed, stay: from its first bill run on, a reseller's price begins
//! tomorrow at the earliest, and that of usage next month, which it does from the first use on.

mod letterhead;
mod sheet;

pub use catalog::{RetailItem, RetailKind};
pub use letterhead::{HeadField, HeadRefusal, KeptHead, LETTERHEAD_FIELDS, TypedHead, change as change_letterhead, letterhead};
pub use sheet::{COLUMNS, LARGEST_SHEET, MOST_ROWS, RowFault, SheetRefusal, read, written};

use crate::{Actor, House, OperationError, Reach, Scope, amount, catalog_names::Names, journal::Object, permission::Permission};
use catalog::{Catalog, RetailPrice, RetailPrices};
use jiff::civil::Date;
use serde_json::json;
use std::sync::Arc;
use store::{Issuer, NewEntry, RetailState};
use vocabulary::{Money, Month, ResellerId};

/// No price is more: a mistyped one would be seen too late.
pub const MOST: Money = Money::from_micros(100_000 * 1_000_000);
/// Nor is usage dearer, for each euro at the operator's prices: whoever types 125 means 1.25.
pub const MOST_MARKUP: Money = Money::from_micros(10 * 1_000_000);

impl House {
    /// What is sold to whoever has a scope, at the prices that they pay: a reseller's people and its customers' see its own, everybody else the
    /// operator's.
    ///
    /// # Errors
    /// When the database fails or the operator has no catalogue.
    pub async fn catalog_for(&self, scope: Scope) -> Result<Arc<Catalog>, OperationError> {
        match self.store.retail_state(scope).await?.filter(|state| !state.is_nothing()) {
            Some(state) => self.retail_catalog(scope, state).await,
            None => self.catalog(scope.operator).await,
        }
    }

    /// What an issuer sells, at its prices and under its letterhead.
    ///
    /// # Errors
    /// When the database fails or the operator has no catalogue.
    pub async fn catalog_of(&self, issuer: Issuer) -> Result<Arc<Catalog>, OperationError> {
        self.catalog_for(issuer.into()).await
    }

    async fn retail_catalog(&self, scope: Scope, state: RetailState) -> Result<Arc<Catalog>, OperationError> {
        let known = self.retail.read().ok().and_then(|known| known.get(&state.reseller).cloned());
        if let Some((_, catalog)) = known.filter(|(made_of, _)| *made_of == state) {
            return Ok(catalog);
        }
        let catalog = self.catalog(scope.operator).await?;
        let prices = RetailPrices::new(self.store.retail_prices(state.reseller).await?);
        let head = self.store.letterhead(state.reseller).await?;
        let own = catalog.operator.invoicing.as_ref().zip(head).map(|(operator, head)| letterhead::invoicing(operator, head));
        let made = Arc::new(catalog.at_retail(&prices, own));
        // Whoever changed something meanwhile has another state: the next question makes it anew.
        if let Ok(mut known) = self.retail.write() {
            known.insert(state.reseller, (state, made.clone()));
        }
        Ok(made)
    }
}

/// Something that has a price.
#[derive(Clone, Debug)]
pub struct PricedItem {
    /// What.
    pub item: RetailItem,
    /// What people call it.
    pub name: String,
    /// The network it is on, where that makes a difference.
    pub network: Option<String>,
    /// What the operator asks.
    pub operators: Money,
    /// What the reseller asks, and since when; `None` while it is what the operator asks.
    pub own: Option<(Option<Date>, Money)>,
    /// What it will ask, and from when on.
    pub next: Option<(Date, Money)>,
}

impl PricedItem {
    /// What the reseller's customers pay.
    pub fn price(&self) -> Money {
        self.own.map_or(self.operators, |(_, own)| own)
    }

    /// What is left to the reseller of it.
    pub fn margin(&self) -> Money {
        self.price().checked_sub(self.operators).unwrap_or_default()
    }
}

/// A reseller's prices.
#[derive(Clone, Debug)]
pub struct PriceList {
    /// Everything that may have one, sort by sort.
    pub items: Vec<PricedItem>,
    /// From which day on a new price may hold; `None` while nothing was billed: whenever one likes, also for all that was sold.
    pub earliest: Option<Date>,
    /// The same of usage; `None` while nothing was billed and no line used anything.
    pub earliest_of_usage: Option<Date>,
    /// Today.
    pub today: Date,
}

impl PriceList {
    /// The first day from which a new price of this item may hold.
    pub fn earliest_of(&self, item: &RetailItem) -> Option<Date> {
        if item.kind == RetailKind::Usage { self.earliest_of_usage } else { self.earliest }
    }
}

/// From which days on new prices may hold, of what is sold and of usage. What was used was rated, capped and told at the price of its month, which stays:
/// another begins with the next one.
fn earliest(today: Date, is_billed: bool, is_used: bool) -> [Option<Date>; 2] {
    let (tomorrow, next_month) = (today.tomorrow().unwrap_or(today), Month::of(today).next().first_day());
    [is_billed.then_some(tomorrow), (is_billed || is_used).then_some(next_month)]
}

/// A price as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPrice {
    /// The sort's word, the id in the catalogue, and the network.
    pub item: [String; 3],
    /// How much.
    pub amount: String,
    /// From which day on; empty: also for all that was sold.
    pub from: String,
}

/// Why a price is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceRefusal {
    /// Nothing of the kind is sold.
    NoSuchItem,
    /// That is no amount, or one with more than two digits after the point.
    Amount(String),
    /// It is less than nothing, or more than [`MOST`].
    OutOfBounds(String),
    /// The same of usage: more than [`MOST_MARKUP`].
    NoMarkup(String),
    /// That is no day.
    Day(String),
    /// A month of usage has one price: this day is not the first of one.
    NotFirst(Date),
    /// What was sold until then is sold or billed: the first day from which a price can hold.
    TooEarly(Date),
}

/// The reseller whose prices somebody looks after.
pub(crate) fn issuer(actor: &Actor) -> Option<Issuer> {
    match actor.scope.reach {
        Reach::Reseller(id) if actor.may(Permission::SetPrices) => {
            Some(Issuer { operator: actor.scope.operator, reseller: Some(id) })
        }
        _ => None,
    }
}

/// The prices of the asker's reseller, in a language; `None` for who does not look after them.
///
/// # Errors
/// When the database fails.
pub async fn prices(house: &House, actor: &Actor, language: &str) -> Result<Option<PriceList>, OperationError> {
    let Some((issuer, reseller)) = issuer(actor).and_then(|issuer| Some((issuer, issuer.reseller?))) else { return Ok(None) };
    let is_billed = house.store.last_month_billed(issuer).await?.is_some();
    let (catalog, today) = (house.catalog(issuer.operator).await?, today(house, issuer).await?);
    let [earliest, earliest_of_usage] = earliest(today, is_billed, house.store.has_used(reseller).await?);
    let items = items(house, (&catalog, today), (reseller, language)).await?;
    Ok(Some(PriceList { items, earliest, earliest_of_usage, today }))
}

async fn today(house: &House, issuer: Issuer) -> Result<Date, OperationError> {
    Ok(house.clock.now().to_local(&house.catalog(issuer.operator).await?.operator.time_zone).date())
}

async fn items(
    house: &House,
    (catalog, today): (&Catalog, Date),
    (reseller, language): (ResellerId, &str),
) -> Result<Vec<PricedItem>, OperationError> {
    let own = RetailPrices::new(house.store.retail_prices(reseller).await?);
    let version = catalog.version_at(house.clock.now());
    let names = Names { catalog, language };
    let network = |id: &str| version.networks.find(id).map_or_else(|| id.to_owned(), |ix| version.networks.get(ix).name.clone());
    let named = |item: &RetailItem| match item.kind {
        RetailKind::Plan | RetailKind::Activation => names.offer(&item.id),
        RetailKind::Monthly | RetailKind::Once => names.option(&item.id),
        RetailKind::Recharge => version
            .recharges
            .find(&item.id)
            .map(|ix| version.recharges.get(ix).name.in_language(language).to_owned())
            .unwrap_or_default(),
        RetailKind::Pack => {
            version.packs.find(&item.id).map(|ix| version.packs.get(ix).name.in_language(language).to_owned()).unwrap_or_default()
        }
        RetailKind::Bundle => version
            .bundles
            .find(&item.id)
            .map(|ix| version.bundles.get(ix).name.in_language(language).to_owned())
            .unwrap_or_default(),
        RetailKind::Minimum => version
            .families
            .find(&item.id)
            .map(|ix| version.families.get(ix).name.in_language(language).to_owned())
            .unwrap_or_default(),
        RetailKind::Esim | RetailKind::SimSwap | RetailKind::Usage => String::new(),
    };
    let shows_network = version.networks.len() > 1;
    let priced = |(item, operators): (RetailItem, Money)| PricedItem {
        name: named(&item),
        network: Some(network(&item.network)).filter(|_| shows_network && !item.network.is_empty()),
        operators,
        own: own.on(&item, today),
        next: own.after(&item, today),
        item,
    };
    Ok(version.retail_items().into_iter().map(priced).collect())
}

/// Changes one price; `None` for who does not look after them. What is so already is done.
///
/// # Errors
/// When the database fails.
pub async fn set(house: &House, actor: &Actor, typed: &TypedPrice) -> Result<Option<Result<(), PriceRefusal>>, OperationError> {
    let came = set_all(house, actor, std::slice::from_ref(typed)).await?;
    Ok(came.map(|came| came.map(drop).map_err(|mut faults| faults.pop().map_or(PriceRefusal::NoSuchItem, |(_, why)| why))))
}

/// Changes prices, all of them or none: how many are others now, or what is wrong with which, by its place from 0.
pub(crate) async fn set_all(
    house: &House,
    actor: &Actor,
    typed: &[TypedPrice],
) -> Result<Option<Result<usize, Vec<(usize, PriceRefusal)>>>, OperationError> {
    let Some((issuer, reseller)) = issuer(actor).and_then(|issuer| Some((issuer, issuer.reseller?))) else { return Ok(None) };
    let catalog = house.catalog(issuer.operator).await?;
    let today = today(house, issuer).await?;
    let now = house.clock.now();
    let transaction = house.store.begin().await?;
    let billed = transaction.hold_reseller(issuer).await?;
    let [earliest, earliest_of_usage] = earliest(today, billed.is_some(), transaction.has_used(reseller).await?);
    let of = |kind: RetailKind| if kind == RetailKind::Usage { earliest_of_usage } else { earliest };
    let sold = catalog.version_at(now).retail_items();
    let known = RetailPrices::new(transaction.retail_prices(reseller).await?);
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for (place, typed) in typed.iter().enumerate() {
        match read_price(typed, &sold) {
            // What is so already is done.
            Ok(price) if known.has(&price) => {}
            Ok(price) => match too_early(&price, of(price.item.kind)) {
                Some(earliest) => faults.push((place, PriceRefusal::TooEarly(earliest))),
                None => read.push(price),
            },
            Err(why) => faults.push((place, why)),
        }
    }
    if !faults.is_empty() {
        return Ok(Some(Err(faults)));
    }
    if read.is_empty() {
        return Ok(Some(Ok(0)));
    }
    transaction.add_retail_prices(reseller, &read, (now, &actor.name)).await?;
    let notes = read.iter().map(|price| NewEntry {
        owner: (Some(reseller), None),
        after: Some(told(price)),
        ..actor.entry(now, "retail_price_set", Object::Reseller(reseller))
    });
    transaction.note_many(issuer.operator, notes.collect()).await?;
    transaction.commit().await?;
    Ok(Some(Ok(read.len())))
}

/// The first day from which a price can hold that holds from an earlier one.
fn too_early(price: &RetailPrice, earliest: Option<Date>) -> Option<Date> {
    earliest.filter(|earliest| price.from.is_none_or(|from| from < *earliest))
}

fn told(price: &RetailPrice) -> String {
    let RetailItem { kind, id, network } = &price.item;
    let from = price.from.map(|from| from.to_string()).unwrap_or_default();
    json!({ "price_of": kind.as_str(), "item": id, "network": network, "amount": price.amount.to_string(), "from_day": from })
        .to_string()
}

fn read_price(typed: &TypedPrice, sold: &[(RetailItem, Money)]) -> Result<RetailPrice, PriceRefusal> {
    let [kind, id, network] = &typed.item;
    let kind = RetailKind::named(kind.trim()).ok_or(PriceRefusal::NoSuchItem)?;
    let item = RetailItem { kind, id: id.trim().to_owned(), network: network.trim().to_owned() };
    if !sold.iter().any(|(known, _)| *known == item) {
        return Err(PriceRefusal::NoSuchItem);
    }
    let amount = read_amount(&typed.amount, kind)?;
    let from = typed.from.trim();
    let from = if from.is_empty() { None } else { Some(from.parse::<Date>().map_err(|_| PriceRefusal::Day(from.to_owned()))?) };
    match from.filter(|from| kind == RetailKind::Usage && from.day() != 1) {
        Some(day) => Err(PriceRefusal::NotFirst(day)),
        None => Ok(RetailPrice { item, from, amount }),
    }
}

fn read_amount(typed: &str, kind: RetailKind) -> Result<Money, PriceRefusal> {
    let told = || typed.trim().to_owned();
    let read = amount::read(typed).map_err(|_| PriceRefusal::Amount(told()))?;
    let (most, refusal): (Money, fn(String) -> PriceRefusal) = match kind {
        RetailKind::Usage => (MOST_MARKUP, PriceRefusal::NoMarkup),
        _ => (MOST, PriceRefusal::OutOfBounds),
    };
    let is_possible = !read.is_negative() && read.money() <= most;
    if is_possible { Ok(read.money()) } else { Err(refusal(told())) }
}

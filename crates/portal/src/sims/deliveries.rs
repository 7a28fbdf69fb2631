//! Blank SIM cards for fleets (FLT-16): the list of deliveries, the order form, and the page of one with what may be done with it.

use super::KindWords as _;
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    orders::token,
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use operations::{
    journal::{self, Noted, Object},
    sim_deliveries::{
        self, BlankSimRefusal, CARDS_OF_A_PACK, DeliveryAddress, DeliveryAsked, DeliveryFault, DeliveryNews, DeliveryState,
        DeliverySteps, LONGEST_ADDRESS_LINE, MOST_CARDS, SendRefusal, SimDelivery,
    },
    sims::{KINDS, SimKind},
};
use std::num::NonZeroU32;
use vocabulary::SimDeliveryId;

/// Nothing typed is longer: a longer text is cut.
const LONGEST_TYPED: usize = 2 * LONGEST_ADDRESS_LINE;

/// What pages say of how far a delivery is.
trait StateWords {
    /// Its word in class names.
    fn class(&self) -> &'static str;
    /// The key of what its badge says.
    fn name(&self, page: &Page) -> &'static str;
}

impl StateWords for DeliveryState {
    fn class(&self) -> &'static str {
        match self {
            Self::Ordered | Self::Sent { .. } => "in-progress",
            Self::Arrived { .. } => "active",
            Self::Cancelled { .. } => "ended",
        }
    }

    fn name(&self, page: &Page) -> &'static str {
        match self {
            Self::Ordered => page.t("delivery-ordered"),
            Self::Sent { .. } => page.t("delivery-sent"),
            Self::Arrived { .. } => page.t("delivery-arrived"),
            Self::Cancelled { .. } => page.t("delivery-cancelled"),
        }
    }
}

/// The list.
#[derive(Template)]
#[template(path = "sims/deliveries/list.html")]
pub struct ListPage {
    /// Its frame.
    pub page: Page,
    /// The deliveries of this page.
    pub rows: Vec<SimDelivery>,
    /// Where in the list they stand.
    pub pages: Pages,
    /// How many are still to be sent.
    pub ordered: i64,
}

impl ListPage {
    fn orders(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::OrderLines))
    }

    fn has_to_send(&self) -> bool {
        self.ordered > 0 && self.page.sees_several_customers()
    }

    fn cards(&self, delivery: &SimDelivery) -> String {
        self.page.count(i64::from(delivery.cards))
    }

    fn page_url(&self, page: &u32) -> String {
        if *page > 1 { format!("/sims/deliveries?page={page}") } else { "/sims/deliveries".into() }
    }
}

/// Shows the deliveries.
pub(crate) async fn list(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let current = pairs.find(|(name, _)| name == "page").and_then(|(_, value)| value.parse().ok()).unwrap_or(NonZeroU32::MIN);
    let size = PageSize::default();
    let offset = u64::from(current.get() - 1) * u64::from(size.rows());
    let (rows, total, ordered) =
        sim_deliveries::list(&app.house, &signed.actor, (size.rows(), offset)).await?.ok_or(Stop::NOT_FOUND)?;
    let ordered = i64::try_from(ordered).unwrap_or(i64::MAX);
    html(&ListPage { page: signed.page, rows, pages: Pages { current, size, total }, ordered })
}

/// The order form.
#[derive(Template)]
#[template(path = "sims/deliveries/new.html")]
pub struct NewPage {
    /// Its frame.
    pub page: Page,
    /// What was typed.
    pub typed: DeliveryAsked,
    /// How many, as it was typed.
    pub cards: String,
    /// The networks, by id and name.
    pub networks: Vec<(String, String)>,
    /// The day on which cards that are ordered now are there.
    pub promised: Option<Date>,
    /// What is wrong with what was typed.
    pub faults: Vec<DeliveryFault>,
}

impl NewPage {
    fn for_others(&self) -> bool {
        self.page.sees_several_customers()
    }

    fn is_kind(&self, kind: &SimKind) -> bool {
        self.typed.kind == Some(*kind)
    }

    fn is_network(&self, id: &str) -> bool {
        self.typed.network == id || self.networks.len() == 1
    }

    fn kinds(&self) -> impl Iterator<Item = (&'static str, SimKind)> {
        KINDS.into_iter().filter(|(_, kind)| !kind.is_esim())
    }

    fn longest(&self) -> usize {
        LONGEST_ADDRESS_LINE
    }

    fn fault_words(&self, fault: &DeliveryFault) -> String {
        let page = &self.page;
        match fault {
            DeliveryFault::Cards(BlankSimRefusal::NotByPacks(_)) => page.tn("delivery-by-packs", i64::from(CARDS_OF_A_PACK)),
            DeliveryFault::Cards(BlankSimRefusal::HowMany(_)) => page.tn("delivery-how-many", i64::from(MOST_CARDS)),
            DeliveryFault::Network => page.t("delivery-no-network").into(),
            DeliveryFault::Kind => page.t("delivery-no-kind").into(),
            DeliveryFault::Customer => page.t("transfer-no-customer").into(),
            DeliveryFault::Address => page.t("delivery-no-address").into(),
            DeliveryFault::Form => page.t("order-no-token").into(),
        }
    }
}

/// Shows the form.
pub(crate) async fn new(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    let token = token(&signed.page, app.house.clock.now());
    let typed = DeliveryAsked { token, ..DeliveryAsked::default() };
    html(&form(&app, signed, (typed, CARDS_OF_A_PACK.to_string())).await?)
}

async fn form(app: &App, signed: Signed, (typed, cards): (DeliveryAsked, String)) -> Result<NewPage, Stop> {
    let (networks, promised) = sim_deliveries::form(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: "/sims/deliveries/new".to_owned(), ..signed.page };
    Ok(NewPage { page, typed, cards, networks, promised, faults: Vec::new() })
}

/// Orders what was typed.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    ordered(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn ordered(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let text = |name| posted.field(name).trim().chars().take(LONGEST_TYPED).collect::<String>();
    let typed = DeliveryAsked {
        token: text("token"),
        customer: text("customer"),
        network: text("network"),
        kind: KINDS.into_iter().find(|(word, _)| *word == posted.field("kind")).map(|(_, kind)| kind),
        cards: text("cards").parse().ok(),
        address: DeliveryAddress {
            recipient: text("recipient"),
            street: text("street"),
            postcode: text("postcode"),
            city: text("city"),
            country: String::new(),
        },
    };
    match sim_deliveries::order(&app.house, &signed.actor, &typed).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(id) => Ok(see_other(&format!("/sims/deliveries/{id}"))),
        Err(faults) => {
            let shown = NewPage { faults, ..form(app, signed, (typed, text("cards"))).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
        }
    }
}

/// The page of one.
#[derive(Template)]
#[template(path = "sims/deliveries/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The delivery.
    pub delivery: SimDelivery,
    /// What may be done with it.
    pub steps: DeliverySteps,
    /// What was done with it, the latest first.
    pub history: Vec<Noted>,
    /// The range of cards as it was typed.
    pub typed: (String, String),
    /// Why the parcel cannot be sent so.
    pub refusal: Option<SendRefusal>,
}

impl ShowPage {
    fn refusal_words(&self, refusal: &SendRefusal) -> String {
        let page = &self.page;
        match refusal {
            SendRefusal::Range => page.t("delivery-range-wrong").into(),
            SendRefusal::Count(count) => page.tn("delivery-count-wrong", i64::try_from(*count).unwrap_or(i64::MAX)),
            SendRefusal::Cards(_, total) => page.tn("delivery-cards-wrong", i64::try_from(*total).unwrap_or(i64::MAX)),
            SendRefusal::Changed => page.t("transfer-changed").into(),
        }
    }

    /// The cards that cannot be sent, as far as they are named.
    fn refused(&self) -> Vec<String> {
        match &self.refusal {
            Some(SendRefusal::Cards(cards, _)) => cards.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }

    fn cards(&self) -> String {
        self.page.tn("sims-found", i64::from(self.delivery.cards))
    }
}

async fn shown(app: &App, signed: Signed, id: SimDeliveryId) -> Result<ShowPage, Stop> {
    let (delivery, steps) = sim_deliveries::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let history = journal::history(&app.house, &signed.actor, Object::SimDelivery(id)).await?;
    let page = Page { here: format!("/sims/deliveries/{id}"), ..signed.page };
    Ok(ShowPage { page, delivery, steps, history, typed: Default::default(), refusal: None })
}

/// Shows one.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&shown(&app, signed, id).await?)
}

/// Sends the cards that were typed.
pub(crate) async fn send(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    sent(&app, signed, (&id, &posted)).await.map_err(IntoResponse::into_response)
}

async fn sent(app: &App, signed: Signed, (id, posted): (&str, &Posted)) -> Result<Response, Stop> {
    let id: SimDeliveryId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let text = |name| posted.field(name).trim().chars().take(LONGEST_TYPED).collect::<String>();
    let typed = (text("first"), text("last"));
    match sim_deliveries::send(&app.house, &signed.actor, id, (&typed.0, &typed.1)).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/sims/deliveries/{id}"))),
        Err(refusal) => {
            let page = ShowPage { typed, refusal: Some(refusal), ..shown(app, signed, id).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

/// The parcel is there.
pub(crate) async fn receive(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    told(&app, (&id, DeliveryNews::Arrived), &posted).await
}

/// Nobody needs it any more.
pub(crate) async fn cancel(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    told(&app, (&id, DeliveryNews::Cancelled), &posted).await
}

async fn told(app: &App, (id, news): (&str, DeliveryNews), posted: &Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let tell = async {
        let id: SimDeliveryId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
        // News that came before changes nothing: the page says how far it is.
        let _is_new = sim_deliveries::tell(&app.house, &signed.actor, (id, news)).await?.ok_or(Stop::NOT_FOUND)?;
        Ok::<_, Stop>(see_other(&format!("/sims/deliveries/{id}")))
    };
    tell.await.map_err(IntoResponse::into_response)
}

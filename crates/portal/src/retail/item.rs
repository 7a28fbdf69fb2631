//! `/prices/item`: one price of a reseller, and the form that changes it.

use super::{item_name, kind_name, refusal_words};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use form_urlencoded::parse;
use operations::retail::{self, PriceRefusal, PricedItem, RetailKind, TypedPrice};

/// No field is longer, in characters.
const LONGEST: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "retail/item.html")]
pub struct PricePage {
    /// Its frame.
    pub page: Page,
    /// What has the price.
    pub priced: PricedItem,
    /// May it hold for all that was sold, too: was nothing billed yet, or nothing used?
    pub may_hold_before: bool,
    /// The first day from which a price can hold, for the form.
    pub earliest: String,
    /// What the form says.
    pub typed: TypedPrice,
    /// Why it was refused.
    pub refusal: Option<PriceRefusal>,
}

impl PricePage {
    fn name(&self) -> String {
        item_name(&self.page, &self.priced)
    }

    fn sort(&self) -> &'static str {
        kind_name(&self.page, self.priced.item.kind)
    }

    fn refused(&self) -> String {
        self.refusal.as_ref().map(|refusal| refusal_words(&self.page, refusal)).unwrap_or_default()
    }

    fn is_day(&self) -> bool {
        matches!(self.refusal, Some(PriceRefusal::Day(_) | PriceRefusal::NotFirst(_) | PriceRefusal::TooEarly(_)))
    }

    fn is_amount(&self) -> bool {
        matches!(self.refusal, Some(PriceRefusal::Amount(_) | PriceRefusal::OutOfBounds(_) | PriceRefusal::NoMarkup(_)))
    }

    fn day_hint(&self) -> &'static str {
        match (self.priced.item.kind, self.may_hold_before) {
            (RetailKind::Usage, true) => self.page.t("retail-usage-from-hint"),
            (RetailKind::Usage, false) => self.page.t("retail-usage-from-hint-later"),
            (_, true) => self.page.t("retail-from-hint"),
            (_, false) => self.page.t("retail-from-hint-later"),
        }
    }

    fn amount_label(&self) -> &'static str {
        match self.priced.item.kind {
            RetailKind::Usage => self.page.t("retail-usage-amount"),
            _ => self.page.t("retail-amount"),
        }
    }
}

/// The page of something that has a price, or else who asked for it.
async fn page(app: &App, signed: Signed, item: [String; 3]) -> Result<Result<PricePage, Signed>, Stop> {
    let list = retail::prices(&app.house, &signed.actor, signed.page.locale.tag()).await?.ok_or(Stop::NOT_FOUND)?;
    let is_it = |priced: &PricedItem| {
        let known = &priced.item;
        [known.kind.as_str(), known.id.as_str(), known.network.as_str()] == item.each_ref().map(String::as_str)
    };
    let Some(priced) = list.items.iter().find(|priced| is_it(priced)).cloned() else { return Ok(Err(signed)) };
    let from = list.earliest_of(&priced.item).map(|earliest| earliest.to_string()).unwrap_or_default();
    let page = Page { here: super::prices::item_url(&priced.item), ..signed.page };
    let typed = TypedPrice { item, amount: String::new(), from: from.clone() };
    Ok(Ok(PricePage { page, priced, may_hold_before: from.is_empty(), earliest: from, typed, refusal: None }))
}

/// Shows it.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let asked = |wanted: &str| {
        let found = parse(query.as_bytes()).find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.chars().take(LONGEST).collect::<String>()).unwrap_or_default()
    };
    match page(&app, signed, ["kind", "id", "network"].map(asked)).await? {
        Ok(shown) => html(&shown),
        Err(_) => Ok(see_other("/prices")),
    }
}

/// Changes it.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    changing(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn changing(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let typed = |name: &str| posted.field(name).chars().take(LONGEST).collect::<String>();
    let item = ["kind", "id", "network"].map(typed);
    let asked = TypedPrice { item: item.clone(), amount: typed("amount"), from: typed("from") };
    let actor = signed.actor.clone();
    let shown = match page(app, signed, item).await? {
        Ok(shown) => shown,
        Err(signed) => return super::prices::no_such_item(app, signed).await,
    };
    match retail::set(&app.house, &actor, &asked).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/prices?changed=1#{}-title", shown.priced.item.kind.as_str()))),
        Err(refusal) => {
            let shown = PricePage { typed: asked, refusal: Some(refusal), ..shown };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
        }
    }
}

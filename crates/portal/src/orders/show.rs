//! What became of an order, line by line, and what can still be done about a line that is on its way.

use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use operations::{
    life::Doer,
    order::{self, OrderDetail, OrderedLine, PortingAnswer, PortingState, Stage},
};
use vocabulary::{LineId, OrderId};

/// No reason of another operator is longer, in characters.
const LONGEST_REASON: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "orders/show.html")]
pub struct OrderPage {
    /// Its frame.
    pub page: Page,
    /// The order.
    pub detail: OrderDetail,
    /// Was it placed a moment ago?
    pub is_new: bool,
    /// Could something that was asked not be any more?
    pub is_late: bool,
}

impl OrderPage {
    fn title(&self) -> String {
        self.page.tn("order-lines", super::list::number(self.detail.order.lines))
    }

    fn state(&self) -> (&'static str, &'static str) {
        super::list::state(&self.page, &self.detail.order)
    }

    fn may(&self, permission: Permission) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(permission))
    }

    fn gives_up(&self, line: &OrderedLine) -> bool {
        line.stage == Stage::Ordered && self.may(Permission::OrderLines)
    }

    fn tries_again(&self, line: &OrderedLine) -> bool {
        line.is_stuck && self.may(Permission::RunWorkOrders)
    }

    fn answers_porting(&self, line: &OrderedLine) -> bool {
        line.stage == Stage::Ordered
            && matches!(line.porting, Some(PortingState::Requested | PortingState::Eligible))
            && self.may(Permission::RunWorkOrders)
    }

    fn line_class(&self, line: &OrderedLine) -> &'static str {
        match line.stage {
            _ if line.is_stuck => "suspended",
            Stage::Ordered | Stage::Activating | Stage::Ending => "in-progress",
            Stage::Active => "active",
            Stage::Suspended => "suspended",
            Stage::Ended => "ended",
        }
    }

    fn line_state(&self, line: &OrderedLine) -> &'static str {
        let page = &self.page;
        match line.stage {
            _ if line.is_stuck => page.t("order-line-stuck"),
            Stage::Ordered => page.t("order-line-ordered"),
            Stage::Activating => page.t("order-line-activating"),
            Stage::Active => page.t("state-active"),
            Stage::Suspended => page.t("state-suspended"),
            Stage::Ending => page.t("state-ending"),
            Stage::Ended => page.t("state-ended"),
        }
    }

    fn porting_words(&self, porting: &PortingState) -> String {
        let page = &self.page;
        match porting {
            PortingState::Requested => page.t("porting-requested").into(),
            PortingState::Eligible => page.t("porting-eligible").into(),
            PortingState::Dated { at } => page.ta("porting-dated", page.moment(*at)),
            PortingState::Ported { at } => page.ta("porting-done", page.moment(*at)),
            PortingState::Ineligible { reason } => page.ta("porting-refused", reason),
            PortingState::Cancelled { .. } | PortingState::Reversed { .. } => page.t("porting-cancelled").into(),
        }
    }

    fn more(&self) -> i64 {
        i64::try_from(self.detail.more).unwrap_or(i64::MAX)
    }
}

/// Shows an order.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: OrderId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let language = signed.page.locale.tag();
    let detail = order::detail(&app.house, &signed.actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("/orders/{id}"), ..signed.page };
    let query = query.unwrap_or_default();
    html(&OrderPage { page, detail, is_new: query == "placed", is_late: query == "late" })
}

/// Does something about one of its lines.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, &signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: &Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: OrderId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let (house, actor) = (&app.house, &signed.actor);
    let (_, lines) = order::order(house, actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let late = format!("/orders/{id}?late");
    let line = posted.field("line").parse::<LineId>().ok().filter(|line| lines.contains(line));
    let Some(line) = line else { return Ok(see_other(&late)) };
    let reason: String = posted.field("reason").trim().chars().take(LONGEST_REASON).collect();
    let is_done = match posted.field("what") {
        "give-up" => order::give_up(house, actor, line).await?.ok_or(Stop::NOT_FOUND)?.is_ok(),
        "again" => order::activate(house, actor, line).await?.ok_or(Stop::NOT_FOUND)?.is_ok(),
        what @ ("porting-agreed" | "porting-refused") => {
            if !actor.may(Permission::RunWorkOrders) {
                return Err(Stop::NOT_FOUND);
            }
            let said = if what == "porting-agreed" { PortingAnswer::LetsGo } else { PortingAnswer::Refuses(reason.into()) };
            order::porting_answered(house, Doer::Person(actor), line, &said).await?
        }
        _ => false,
    };
    Ok(see_other(&if is_done { format!("/orders/{id}#line-{line}") } else { late }))
}

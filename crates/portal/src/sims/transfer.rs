//! Giving SIMs and taking them back: what is typed stands in the address, how many it would be is shown, and confirmed (RES-07).

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
use operations::sim_transfer::{self, MOST_AT_ONCE, NotThis, Plan, TransferAsked, TransferRefusal, Transferred, Way};
use vocabulary::ResellerId;

/// Nothing typed is longer: a longer text is cut.
const LONGEST_TYPED: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "sims/transfer.html")]
pub struct TransferPage {
    /// Its frame.
    pub page: Page,
    /// What was typed.
    pub typed: TransferAsked,
    /// The resellers that SIMs may be given to.
    pub resellers: Vec<(ResellerId, String)>,
    /// What would be done.
    pub plan: Option<Plan>,
    /// Why there is nothing to do so.
    pub refusal: Option<TransferRefusal>,
    /// Is it something else than what was confirmed?
    pub has_changed: bool,
}

impl TransferPage {
    fn gives(&self) -> bool {
        self.typed.way == Way::Give
    }

    fn way_word(&self) -> &'static str {
        if self.gives() { "give" } else { "release" }
    }

    fn title(&self) -> &'static str {
        if self.gives() { self.page.t("sims-give-title") } else { self.page.t("sims-release-title") }
    }

    fn is_reseller(&self, id: &ResellerId) -> bool {
        self.typed.reseller == Some(*id)
    }

    fn reseller_text(&self) -> String {
        self.typed.reseller.map(|id| id.to_string()).unwrap_or_default()
    }

    fn refusal_words(&self, refusal: &TransferRefusal) -> String {
        let page = &self.page;
        match refusal {
            TransferRefusal::First => page.t("transfer-first-wrong").into(),
            TransferRefusal::Last => page.t("transfer-last-wrong").into(),
            TransferRefusal::Descending => page.t("transfer-descending").into(),
            TransferRefusal::Lengths => page.t("transfer-lengths").into(),
            TransferRefusal::TooMany => page.tn("transfer-too-many", number(MOST_AT_ONCE)),
            TransferRefusal::NoSuchCustomer => page.t("transfer-no-customer").into(),
            TransferRefusal::SeveralCustomers => page.t("transfer-several-customers").into(),
            TransferRefusal::NoSuchReseller => page.t("transfer-no-reseller").into(),
        }
    }

    fn plan_words(&self, plan: &Plan) -> String {
        let count = number(plan.changed);
        if self.gives() { self.page.tn("transfer-would-give", count) } else { self.page.tn("transfer-would-release", count) }
    }

    fn not_words(&self, why: &NotThis) -> &'static str {
        let page = &self.page;
        match why {
            NotThis::Unknown => page.t("transfer-unknown"),
            NotThis::NotTheirs => page.t("transfer-not-theirs"),
            NotThis::OtherStock => page.t("transfer-other-stock"),
            NotThis::OnItsWay => page.t("sim-on-its-way"),
            NotThis::Reserved => page.t("sim-reserved"),
            NotThis::InUse => page.t("sim-in-use"),
            NotThis::Ended => page.t("sim-ended"),
        }
    }

    fn refused_count(&self, plan: &Plan) -> String {
        self.page.tn("transfer-refused", number(plan.refused_total))
    }

    fn unchanged(&self, plan: &Plan) -> String {
        self.page.tn("transfer-unchanged", number(plan.unchanged))
    }

    fn more(&self, plan: &Plan) -> i64 {
        number(plan.refused_total - plan.refused.len())
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn typed<'q>(find: impl Fn(&str) -> Option<&'q str>) -> TransferAsked {
    let text = |name| find(name).unwrap_or_default().trim().chars().take(LONGEST_TYPED).collect::<String>();
    TransferAsked {
        way: if find("way") == Some("release") { Way::Release } else { Way::Give },
        first: text("first"),
        last: text("last"),
        customer: text("customer"),
        reseller: find("reseller").and_then(|id| id.parse().ok()),
    }
}

/// Shows the form, and what would be done with what stands in the address.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let typed = typed(|name| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()));
    let is_asked = !typed.first.is_empty() && (typed.way == Way::Release || pairs.iter().any(|(name, _)| name == "customer"));
    let planned =
        if is_asked { Some(sim_transfer::plan(&app.house, &signed.actor, &typed).await?.ok_or(Stop::NOT_FOUND)?) } else { None };
    let shown = page(&app, signed, typed).await?;
    match planned {
        None => html(&shown),
        Some(Ok(plan)) => html(&TransferPage { plan: Some(plan), ..shown }),
        Some(Err(refusal)) => html(&TransferPage { refusal: Some(refusal), ..shown }),
    }
}

async fn page(app: &App, signed: Signed, typed: TransferAsked) -> Result<TransferPage, Stop> {
    let resellers = sim_transfer::resellers(&app.house, &signed.actor).await?;
    Ok(TransferPage { page: signed.page, typed, resellers, plan: None, refusal: None, has_changed: false })
}

/// Does what was confirmed.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, posted: &Posted) -> Result<Response, Stop> {
    let typed = typed(|name| posted.find(name));
    let confirmed = posted.field("count").parse().unwrap_or(0);
    let done = sim_transfer::carry_out(&app.house, &signed.actor, &typed, confirmed).await?.ok_or(Stop::NOT_FOUND)?;
    let way = typed.way;
    let frame = Page { here: "/sims/transfer".to_owned(), ..signed.page.clone() };
    let shown = self::page(app, Signed { page: frame, ..signed }, typed);
    let shown = match done {
        Ok(Transferred::Done(count)) => {
            let word = if way == Way::Give { "given" } else { "released" };
            return Ok(see_other(&format!("/sims?{word}={count}")));
        }
        Ok(Transferred::Changed(plan)) => TransferPage { plan: Some(plan), has_changed: true, ..shown.await? },
        Err(refusal) => TransferPage { refusal: Some(refusal), ..shown.await? },
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&shown)?).into_response())
}

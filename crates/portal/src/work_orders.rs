//! What networks are asked for (PLT-12), for the operator's staff: what is stuck first, with asking again and taking back.

use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
    usage_files::page_of,
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use operations::{
    esim::{self, Esim},
    work_orders::{self, Action, KeptWork, StaffStep, WorkAsked, WorkState},
};
use vocabulary::{Timestamp, WorkOrderId};

/// Work orders on a page.
const ROWS: u32 = 50;
/// Each list, and its word in addresses.
const LISTS: [(&str, WorkAsked); 3] = [("stuck", WorkAsked::Stuck), ("open", WorkAsked::Open), ("over", WorkAsked::Over)];

/// The page.
#[derive(Template)]
#[template(path = "work_orders.html")]
pub struct WorkOrdersPage {
    /// Its frame.
    pub page: Page,
    /// Which list it is, by its word.
    pub list: &'static str,
    /// The work orders of this page.
    pub works: Vec<KeptWork>,
    /// Which page it is, from 1.
    pub number: u32,
    /// Are there more?
    pub has_more: bool,
    /// eSIM profiles that wait because their server did not do what it was asked.
    pub esims: Vec<Esim>,
    /// Could something that was asked not be any more?
    pub is_late: bool,
}

impl WorkOrdersPage {
    fn list_name(&self, list: &str) -> &'static str {
        match list {
            "stuck" => self.page.t("work-stuck"),
            "open" => self.page.t("work-open"),
            _ => self.page.t("work-over"),
        }
    }

    fn may_run(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::RunWorkOrders))
    }

    fn action(&self, work: &KeptWork) -> &'static str {
        let page = &self.page;
        match work.action {
            Action::Activate { .. } => page.t("work-activate"),
            Action::Modify { .. } => page.t("work-modify"),
            Action::Suspend => page.t("work-suspend"),
            Action::Reactivate => page.t("work-reactivate"),
            Action::SwapSim { .. } => page.t("work-swap"),
            Action::End => page.t("work-end"),
        }
    }

    fn class(&self, work: &KeptWork) -> &'static str {
        match work.state {
            WorkState::Done { .. } => "active",
            WorkState::Refused { .. } | WorkState::Unanswered { .. } => "suspended",
            WorkState::Cancelled { .. } => "ended",
            _ => "in-progress",
        }
    }

    fn state(&self, work: &KeptWork) -> String {
        let page = &self.page;
        match &work.state {
            WorkState::Waiting { until } => page.ta("work-waiting", page.moment(*until)),
            WorkState::Ready { tries: 0, .. } => page.t("work-ready").into(),
            WorkState::Ready { not_before, .. } => page.ta("work-pause", page.moment(*not_before)),
            WorkState::Sent { tries, .. } => page.tn("work-sent", i64::from(*tries)),
            WorkState::Accepted { .. } => page.t("work-accepted").into(),
            WorkState::Withdrawing { .. } => page.t("work-withdrawing").into(),
            WorkState::Done { .. } => page.t("work-done").into(),
            WorkState::Refused { reason, .. } => page.ta("work-refused", reason),
            WorkState::Unanswered { .. } => page.t("work-unanswered").into(),
            WorkState::Cancelled { .. } => page.t("work-cancelled").into(),
        }
    }

    fn changed(&self, work: &KeptWork) -> Timestamp {
        work.changed
    }

    fn is_stuck(&self, work: &KeptWork) -> bool {
        matches!(work.state, WorkState::Unanswered { .. })
    }

    fn may_cancel(&self, work: &KeptWork) -> bool {
        !work.state.is_over() && !matches!(work.state, WorkState::Withdrawing { .. })
    }
}

/// Shows a list.
pub(crate) async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let number = page_of(query.as_deref());
    let query = query.unwrap_or_default();
    let find = |wanted: &str| {
        form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let wanted = find("list");
    let (list, asked) = LISTS.into_iter().find(|(word, _)| Some(*word) == wanted.as_deref()).unwrap_or(LISTS[0]);
    let skip = u64::from(number - 1) * u64::from(ROWS);
    let works = work_orders::list(&app.house, &signed.actor, asked, (skip, ROWS + 1)).await?.ok_or(Stop::NOT_FOUND)?;
    let has_more = works.len() > ROWS as usize;
    let works = works.into_iter().take(ROWS as usize).collect();
    let esims = match asked {
        WorkAsked::Stuck => esim::stuck(&app.house, &signed.actor, ROWS).await?.unwrap_or_default(),
        _ => Vec::new(),
    };
    let page = Page { here: format!("/work-orders?list={list}"), ..signed.page };
    html(&WorkOrdersPage { page, list, works, esims, number, has_more, is_late: find("late").is_some() })
}

/// Retries or cancels.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, &signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: &Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: WorkOrderId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let step = match posted.field("step") {
        "retry" => StaffStep::Retry,
        "cancel" => StaffStep::Cancel,
        _ => return Err(Stop::NOT_FOUND),
    };
    let came = work_orders::step(&app.house, &signed.actor, (id, step)).await?.ok_or(Stop::NOT_FOUND)?;
    let list = LISTS.iter().find(|(word, _)| *word == posted.field("list")).map_or("stuck", |(word, _)| word);
    let late = if came.is_err() { "&late=1" } else { "" };
    Ok(see_other(&format!("/work-orders?list={list}{late}")))
}

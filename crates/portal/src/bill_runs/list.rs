//! The list of bill runs, and the form that has the next month counted.

use super::{is_moving, refusal, state};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::bill_run::{
    BillRunRefusal, BillTotals, KeptRun,
    desk::{self, BillDesk},
};
use vocabulary::Month;

/// The page.
#[derive(Template)]
#[template(path = "bill_runs/list.html")]
pub struct BillRunsPage {
    /// Its frame.
    pub page: Page,
    /// The runs, and the next month.
    pub desk: BillDesk,
    /// Why the month that was asked for cannot be billed.
    pub refusal: Option<String>,
}

impl BillRunsPage {
    /// The month to have counted, for who may.
    fn next(&self) -> Option<Month> {
        let may = self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::RunBills));
        self.desk.next.filter(|_| may && (!self.desk.is_reseller || self.desk.has_letterhead))
    }

    fn is_moving(&self) -> bool {
        self.desk.runs.iter().any(|(run, _)| is_moving(run))
    }

    fn state(&self, run: &KeptRun) -> (&'static str, &'static str) {
        state(&self.page, run)
    }

    fn gross(&self, totals: &BillTotals) -> String {
        self.page.money(totals.gross.money())
    }

    fn net(&self, totals: &BillTotals) -> String {
        self.page.money(totals.net.money())
    }
}

async fn page(app: &App, signed: Signed) -> Result<BillRunsPage, Stop> {
    let desk = desk::desk(&app.house, &signed.actor).await?.ok_or(Stop::NOT_FOUND)?;
    Ok(BillRunsPage { page: Page { here: "/bill-runs".to_owned(), ..signed.page }, desk, refusal: None })
}

/// Shows the list.
pub(crate) async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    html(&page(&app, signed).await?)
}

/// Has a month counted.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let Ok(month) = posted.field("month").parse::<Month>() else { return Ok(see_other("/bill-runs")) };
    let asked = desk::preview(&app.house, &signed.actor, month).await;
    answer(&app, signed, asked.map(|run| run.map(|id| format!("/bill-runs/{id}")))).await.map_err(IntoResponse::into_response)
}

/// The way to a run that was asked for, or the list with the reason why not.
pub(super) async fn answer(app: &App, signed: Signed, asked: Result<Option<String>, BillRunRefusal>) -> Result<Response, Stop> {
    match asked {
        Ok(Some(path)) => Ok(see_other(&path)),
        Ok(None) => Err(Stop::NOT_FOUND),
        Err(why) => {
            let Some(words) = refusal(&signed.page, &why) else { return Err(Stop::fault(&why)) };
            let shown = BillRunsPage { refusal: Some(words), ..page(app, signed).await? };
            Ok((StatusCode::CONFLICT, html(&shown)?).into_response())
        }
    }
}

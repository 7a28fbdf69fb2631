//! One bill run: how far it is, what it comes to against the month before, what was put aside, and the form that issues the invoices.

use super::{is_moving, list::answer as way_on, state};
use crate::{
    Icon, Page, Permission, Theme,
    answer::{Stop, html, see_other},
    compare::signed as with_sign,
    invoices::revenue_name,
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use operations::{
    bill_run::{
        BillStage, BillTotals,
        desk::{self, ShownRun},
    },
    invoices::Revenue,
};
use vocabulary::{BillRunId, Cents};

/// The page.
#[derive(Template)]
#[template(path = "bill_runs/show.html")]
pub struct BillRunPage {
    /// Its frame.
    pub page: Page,
    /// The run.
    pub shown: ShownRun,
}

/// A row of the comparison: its name, now, the month before, and the difference.
struct Row {
    name: &'static str,
    now: String,
    before: String,
    difference: String,
    class: &'static str,
}

impl BillRunPage {
    fn state(&self) -> (&'static str, &'static str) {
        state(&self.page, &self.shown.run)
    }

    fn is_moving(&self) -> bool {
        is_moving(&self.shown.run)
    }

    fn title(&self) -> String {
        self.page.ta("bills-title", self.page.month(self.shown.run.month))
    }

    fn may_run(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(Permission::RunBills))
    }

    /// May this reader stop it?
    fn can_stop(&self) -> bool {
        self.may_run() && self.is_moving()
    }

    /// What is said of a run that somebody stopped: when, by whom, and what that means.
    fn stopped_words(&self) -> Option<String> {
        let (at, by) = self.shown.run.stopped.as_ref()?;
        let values = [("by", by.as_str().into()), ("at", self.page.moment(*at).into())];
        let locale = &self.page.locale;
        Some(match self.shown.run.stage {
            BillStage::Keeping => locale.text_with("bills-paused-half", values),
            _ => locale.text_with("bills-paused-preview", values),
        })
    }

    /// May its invoices be issued, by this reader?
    fn can_issue(&self) -> bool {
        self.may_run() && self.shown.run.stage == BillStage::Previewed
    }

    fn progress_words(&self) -> String {
        let run = &self.shown.run;
        let values = [("done", self.page.count(run.done).into()), ("all", self.page.count(run.customers).into())];
        self.page.locale.text_with("bills-progress", values)
    }

    fn money(&self, amount: &Cents) -> String {
        self.page.money(amount.money())
    }

    fn has_before(&self) -> bool {
        self.shown.before.is_some()
    }

    fn rows(&self) -> Vec<Row> {
        let (none, now) = (BillTotals::default(), &self.shown.totals);
        let before = self.shown.before.as_ref().unwrap_or(&none);
        let of = |totals: &BillTotals, revenue: Revenue| totals.by_revenue.get(&revenue).copied().unwrap_or_default();
        let amount = |name, (now, before): (Cents, Cents), class| Row {
            name,
            now: self.money(&now),
            before: self.money(&before),
            difference: with_sign(&self.page, (now - before).money()),
            class,
        };
        let count = |name, now: i64, before: i64| Row {
            name,
            now: self.page.count(now),
            before: self.page.count(before),
            difference: format!("{}{}", if now > before { "+" } else { "" }, self.page.count(now - before)),
            class: "",
        };
        let mut rows = Vec::new();
        for (_, revenue) in Revenue::WORDS {
            let both = (of(now, revenue), of(before, revenue));
            if both != (Cents::ZERO, Cents::ZERO) {
                rows.push(amount(revenue_name(&self.page, revenue), both, ""));
            }
        }
        rows.push(amount(self.page.t("invoice-net"), (now.net, before.net), "sum"));
        rows.push(amount(self.page.t("bills-vat"), (now.vat, before.vat), ""));
        rows.push(amount(self.page.t("invoice-gross"), (now.gross, before.gross), "sum"));
        rows.push(count(self.page.t("menu-invoices"), now.invoices, before.invoices));
        rows.push(count(self.page.t("bills-credit-notes"), now.credit_notes, before.credit_notes));
        rows
    }

    /// What happens once the button is pressed.
    fn issue_words(&self) -> String {
        let run = &self.shown.run;
        let values = [
            ("invoices", self.page.count(self.shown.totals.invoices + self.shown.totals.credit_notes).into()),
            ("month", self.page.month(run.month).into()),
            ("before", self.page.month(run.month.previous()).into()),
        ];
        self.page.locale.text_with("bills-issue-words", values)
    }
}

/// Shows a run.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: BillRunId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let shown = desk::shown(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    html(&BillRunPage { page: Page { here: format!("/bill-runs/{id}"), ..signed.page }, shown })
}

/// Stops a run.
pub(crate) async fn stop(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    held(&app, (&id, false), &posted).await
}

/// Has a stopped run go on.
pub(crate) async fn go_on(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    held(&app, (&id, true), &posted).await
}

async fn held(app: &App, (id, goes_on): (&str, bool), posted: &Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let held = async {
        let id: BillRunId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
        let came = match goes_on {
            true => desk::go_on(&app.house, &signed.actor, id).await?,
            false => desk::stop(&app.house, &signed.actor, id).await?,
        };
        // Pressed twice, or late: the page says how it stands.
        came.ok_or(Stop::NOT_FOUND)?;
        Ok::<_, Stop>(see_other(&format!("/bill-runs/{id}")))
    };
    held.await.map_err(IntoResponse::into_response)
}

/// Has the invoices issued that a preview told.
pub(crate) async fn issue(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let (Ok(preview), "yes") = (posted.field("preview").parse::<BillRunId>(), posted.field("sure")) else {
        return Ok(see_other("/bill-runs"));
    };
    let asked = desk::issue(&app.house, &signed.actor, preview).await;
    // What is no finished preview any more was issued or counted again meanwhile: the list says which.
    let asked = asked.map(|run| Some(run.map_or_else(|| "/bill-runs".to_owned(), |id| format!("/bill-runs/{id}"))));
    way_on(&app, signed, asked).await.map_err(IntoResponse::into_response)
}

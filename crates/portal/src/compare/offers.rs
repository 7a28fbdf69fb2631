//! `GET /comparison`: which of the reader's lines would have cost less on another offer, and how much in all (RAT-13).

use super::{BeginForm, Calculation, Stage, asked_before, asker, is_moving, number};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    page::Value,
    pagination::{PageLink, PageSize, Pages},
    server::App,
    session::{Posted, Signed},
    usage_files::page_of,
};
use askama::Template;
use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    compare::{BeginRefusal, NamedSaving, OffersFound},
    line::Paging,
};
use std::{num::NonZeroU32, sync::Arc};

/// Lines on a page.
const SIZE: PageSize = PageSize::TwentyFive;

/// The page.
///
/// # Errors
/// When it could not be loaded.
pub async fn get(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    html(&page(&app, signed, page_of(query.as_deref())).await?)
}

/// Begins the calculation.
pub(crate) async fn post(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, posted.field("customer")).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, customer: &str) -> Result<Response, Stop> {
    let Err(refusal) = app.comparisons.begin_offers(&app.house, asker(&signed), customer).await? else {
        return Ok(see_other("/comparison"));
    };
    let shown = page(app, signed, 1).await?;
    let form = BeginForm { customer: customer.to_owned(), refusal: Some(refusal), ..shown.form };
    Ok((refused(refusal), html(&ComparisonPage { form, ..shown })?).into_response())
}

/// The status of a calculation that was not begun.
pub(super) const fn refused(refusal: BeginRefusal) -> StatusCode {
    match refusal {
        BeginRefusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
        BeginRefusal::UnknownCustomer | BeginRefusal::SeveralCustomers => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Stops the calculation.
pub(crate) async fn stop(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    app.comparisons.stop_offers(asker(&signed));
    Ok(see_other("/comparison"))
}

async fn page(app: &App, signed: Signed, number: u32) -> Result<ComparisonPage, Stop> {
    let suggested = app.comparisons.suggested(&app.house, signed.actor.scope).await?;
    let shown = app.comparisons.offers(&app.house, asker(&signed)).map(Calculation::of);
    let (calculation, found) = shown.map_or((None, None), |(calculation, found)| (Some(calculation), found));
    let (mut current, mut rows) = (1, Vec::new());
    if let Some(found) = &found {
        let asked = (&**found, Paging { page: number, rows: SIZE.rows() });
        (current, rows) = app.comparisons.savings(&app.house, signed.actor.scope, asked, signed.page.locale.tag()).await?;
    }
    let total = found.as_ref().map_or(0, |found| found.savings.len() as u64);
    let customer = asked_before(calculation.as_ref());
    Ok(ComparisonPage {
        page: Page { here: address(current), ..signed.page },
        form: BeginForm { suggested, customer, refusal: None },
        calculation,
        pages: Pages { current: NonZeroU32::new(current).unwrap_or(NonZeroU32::MIN), size: SIZE, total },
        found,
        rows,
    })
}

fn address(page: u32) -> String {
    if page == 1 { "/comparison".into() } else { format!("/comparison?page={page}") }
}

/// The page.
#[derive(Template)]
#[template(path = "compare/offers.html")]
pub struct ComparisonPage {
    /// Its frame.
    pub page: Page,
    /// What begins a calculation.
    pub form: BeginForm,
    /// The reader's calculation, if there is one.
    pub calculation: Option<Calculation>,
    /// What it found.
    pub found: Option<Arc<OffersFound>>,
    /// The lines of this page that would have cost less, the largest savings first.
    pub rows: Vec<NamedSaving>,
    /// Where in the list they stand.
    pub pages: Pages,
}

impl ComparisonPage {
    fn is_moving(&self) -> bool {
        is_moving(self.calculation.as_ref())
    }

    fn result(&self) -> Option<(&OffersFound, &Calculation)> {
        Some((self.found.as_deref()?, self.calculation.as_ref()?))
    }

    fn action(&self) -> &'static str {
        "/comparison"
    }

    fn page_url(&self, page: &u32) -> String {
        address(*page)
    }

    /// May the reader try a draft of the catalogue?
    fn may_draft(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(crate::Permission::CompareDraft))
    }

    fn months(&self, found: &OffersFound) -> String {
        super::months(&self.page, found.months.first(), found.months.last())
    }

    /// The sentence that answers the question.
    fn verdict(&self, found: &OffersFound) -> String {
        if found.better == 0 {
            return self.page.t("comparison-all-well").to_owned();
        }
        let (count, saving) = (number(found.better), self.page.money(found.saving_a_month()));
        let arguments = [("count", count.into()), ("number", self.page.count(count).into()), ("saving", saving.into())];
        self.page.locale.text_with("comparison-verdict", arguments)
    }

    fn passed_over(&self, found: &OffersFound) -> i64 {
        number(found.passed_over)
    }

    fn count(&self, count: impl Value<u64>) -> String {
        self.page.count(number(count.value()))
    }

    /// How many lines would have cost less and are not listed.
    fn unlisted(&self, found: &OffersFound) -> u64 {
        found.better.saturating_sub(found.savings.len() as u64)
    }
}

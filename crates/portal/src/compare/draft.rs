//! `GET /comparison/draft`: what a change of the catalogue would earn or cost, for the operator's own people (RAT-13).

use super::{BeginForm, Calculation, Stage, asked_before, asker, is_moving, number, offers::refused};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    multipart::{self, STALE, UNREADABLE, drain, is_token, short},
    page::Value,
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Multipart, Request, State, multipart::Field},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    Fault, Reach,
    compare::{DraftFiles, DraftFound, DraftRefusal, LARGEST_DRAFT, OfferDifference},
};
use std::sync::Arc;
use vocabulary::{Money, Quantity};

/// The most mistakes that a page lists: whoever has more corrects these first.
const MOST_FAULTS: usize = 100;
/// How much of what is too large is read on, in bytes, so that the answer is seen.
const MOST_READ_ON: u64 = 100_000_000;

/// The page.
///
/// # Errors
/// When it is not there for this reader, or could not be loaded.
pub async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    html(&page(&app, signed).await?)
}

/// Receives a draft, checks it, and begins the calculation.
pub(crate) async fn post(State(app): State<App>, request: Request) -> Result<Response, Response> {
    let (signed, form) = multipart::open(&app, request, is_staff).await?;
    answer(&app, signed, form).await.map_err(IntoResponse::into_response)
}

/// Stops the calculation.
pub(crate) async fn stop(State(app): State<App>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    if !is_staff(&signed) {
        return Err(Stop::NOT_FOUND.into_response());
    }
    app.comparisons.stop_draft(asker(&signed));
    Ok(see_other("/comparison/draft"))
}

fn is_staff(signed: &Signed) -> bool {
    signed.actor.scope.reach == Reach::Operator
}

async fn answer(app: &App, signed: Signed, form: Multipart) -> Result<Response, Stop> {
    let (customer, received) = receive(&signed, form).await?;
    let begun = match received {
        Ok(files) => {
            let begun = app.comparisons.begin_draft(&app.house, &signed.actor, (&customer, files)).await?;
            begun.ok_or(Stop::NOT_FOUND)?
        }
        Err(refusal) => Err(refusal),
    };
    let Err(refusal) = begun else { return Ok(see_other("/comparison/draft")) };
    let mut shown = page(app, signed).await?;
    shown.form.customer = customer;
    let status = match &refusal {
        DraftRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        DraftRefusal::NotBegun(refusal) => {
            shown.form.refusal = Some(*refusal);
            refused(*refusal)
        }
        DraftRefusal::NoFile | DraftRefusal::TooManyFiles | DraftRefusal::Faults(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    shown.refusal = Some(refusal);
    Ok((status, html(&shown)?).into_response())
}

/// Reads the form to its end: the customer that was typed, and the files.
async fn receive(signed: &Signed, mut form: Multipart) -> Result<(String, Result<DraftFiles, DraftRefusal>), Stop> {
    let (mut is_trusted, mut customer) = (false, String::new());
    let mut files = Ok(DraftFiles::default());
    while let Some(mut field) = form.next_field().await.map_err(|_| UNREADABLE)? {
        match field.name().unwrap_or_default() {
            "csrf" => is_trusted = is_token(&mut field, signed).await?,
            "customer" => customer = short(&mut field).await?,
            "file" if is_trusted => {
                files = match files {
                    Ok(files) => take_file(files, &mut field).await?,
                    refused => refused,
                };
                drain(&mut field, MOST_READ_ON).await?;
            }
            _ => return Err(STALE),
        }
    }
    if is_trusted { Ok((customer, files)) } else { Err(STALE) }
}

async fn take_file(mut files: DraftFiles, field: &mut Field<'_>) -> Result<Result<DraftFiles, DraftRefusal>, Stop> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.is_empty() {
        return Ok(Ok(files));
    }
    if let Err(refusal) = files.begin(&name) {
        return Ok(Err(refusal));
    }
    while let Some(piece) = field.chunk().await.map_err(|_| UNREADABLE)? {
        if let Err(refusal) = files.write(&piece) {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(files))
}

async fn page(app: &App, signed: Signed) -> Result<DraftPage, Stop> {
    if !is_staff(&signed) {
        return Err(Stop::NOT_FOUND);
    }
    let suggested = app.comparisons.suggested(&app.house, signed.actor.scope).await?;
    let shown = app.comparisons.draft(&app.house, asker(&signed)).map(Calculation::of);
    let (calculation, found) = shown.map_or((None, None), |(calculation, found)| (Some(calculation), found));
    let names = match &found {
        Some(found) => app.comparisons.draft_names(&app.house, signed.actor.scope, found, signed.page.locale.tag()).await?,
        None => Vec::new(),
    };
    let customer = asked_before(calculation.as_ref());
    Ok(DraftPage {
        page: Page { here: "/comparison/draft".to_owned(), ..signed.page },
        form: BeginForm { suggested, customer, refusal: None },
        file_names: app.comparisons.draft_file_names(),
        refusal: None,
        calculation,
        found,
        names,
    })
}

/// The page.
#[derive(Template)]
#[template(path = "compare/draft.html")]
pub struct DraftPage {
    /// Its frame.
    pub page: Page,
    /// What begins a calculation.
    pub form: BeginForm,
    /// The names of the files that a draft may have.
    pub file_names: Vec<&'static str>,
    /// Why the draft before is not calculated.
    pub refusal: Option<DraftRefusal>,
    /// The reader's calculation, if there is one.
    pub calculation: Option<Calculation>,
    /// What it found.
    pub found: Option<Arc<DraftFound>>,
    /// What people call the offers of what was found, in their order.
    pub names: Vec<String>,
}

impl DraftPage {
    fn is_moving(&self) -> bool {
        is_moving(self.calculation.as_ref()) && self.refusal.is_none()
    }

    /// What was found; not while the reader corrects another draft.
    fn result(&self) -> Option<(&DraftFound, &Calculation)> {
        if self.refusal.is_some() { None } else { Some((self.found.as_deref()?, self.calculation.as_ref()?)) }
    }

    fn action(&self) -> &'static str {
        "/comparison/draft"
    }

    fn months(&self, found: &DraftFound) -> String {
        super::months(&self.page, found.months.first(), found.months.last())
    }

    /// Why the files are not taken as they are; nothing for mistakes within them, which have a table of their own.
    fn files_refusal(&self) -> Option<String> {
        match self.refusal.as_ref()? {
            DraftRefusal::NoFile => Some(self.page.t("draft-no-file").to_owned()),
            DraftRefusal::TooManyFiles => Some(self.page.t("draft-too-many-files").to_owned()),
            DraftRefusal::TooLarge => Some(self.page.ta("draft-too-large", self.largest())),
            DraftRefusal::Faults(_) | DraftRefusal::NotBegun(_) => None,
        }
    }

    fn faults(&self) -> &[Fault] {
        match &self.refusal {
            Some(DraftRefusal::Faults(faults)) => faults,
            _ => &[],
        }
    }

    fn listed_faults(&self) -> &[Fault] {
        let faults = self.faults();
        &faults[..faults.len().min(MOST_FAULTS)]
    }

    /// How many there are in all.
    fn fault_count(&self) -> i64 {
        number(self.faults().len() as u64)
    }

    fn unlisted_faults(&self) -> i64 {
        number(self.faults().len().saturating_sub(MOST_FAULTS) as u64)
    }

    fn largest(&self) -> String {
        let bytes = i64::try_from(LARGEST_DRAFT).ok().and_then(Quantity::new);
        bytes.map(|bytes| self.page.volume(bytes)).unwrap_or_default()
    }

    /// The sentence that answers the question.
    fn verdict(&self, found: &DraftFound) -> String {
        let earned = found.earned_a_month();
        if earned.is_zero() {
            return self.page.t("draft-changes-nothing").to_owned();
        }
        if earned.is_positive() {
            return self.page.ta("draft-would-earn", self.page.money(earned));
        }
        let lost = Money::ZERO.checked_sub(earned).unwrap_or(earned);
        self.page.ta("draft-would-cost", self.page.money(lost))
    }

    /// Offers with their names.
    fn offers<'f>(&'f self, found: &'f DraftFound) -> impl Iterator<Item = (&'f String, &'f OfferDifference)> {
        self.names.iter().zip(&found.offers)
    }

    fn count(&self, count: impl Value<u64>) -> String {
        self.page.count(number(count.value()))
    }

    fn signed(&self, amount: Money) -> String {
        super::signed(&self.page, amount)
    }
}

//! `POST /usage-files/{id}/again`: rows that were set aside are taken again, as they are or corrected.

use super::{reason::reason_name, show};
use crate::{
    Page,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::usage_again::{Again, Which, take_again};
use vocabulary::FileId;

/// What became of rows that were taken again just now.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The row, where it was one.
    pub row: Option<i64>,
    /// What was typed in its place.
    pub typed: Option<String>,
    /// How it ended.
    pub outcome: Again,
}

impl Attempt {
    /// From the address that a form leads back to: `again=3-1-0`, rows taken, set aside and cut.
    pub(crate) fn read(query: &str) -> Option<Self> {
        let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "again")?;
        let numbers: Vec<u64> = value.split('-').map_while(|number| number.parse().ok()).collect();
        let [taken, aside, cut] = numbers[..] else { return None };
        Some(Self { row: None, typed: None, outcome: Again::Tried { taken, aside, cut, why: None } })
    }

    /// The row that was corrected, and what was typed in its place.
    pub(crate) fn correction(&self) -> Option<(i64, &str)> {
        Some((self.row?, self.typed.as_deref()?))
    }

    /// Is there something left to do?
    pub(crate) const fn is_refused(&self) -> bool {
        !matches!(self.outcome, Again::Tried { aside: 0, cut: 0, .. })
    }

    /// What a person reads: a sentence for each thing there is to say.
    pub(crate) fn words(&self, page: &Page) -> Vec<String> {
        let Again::Tried { taken, aside, cut, why } = &self.outcome else { return vec![self.refusal(page).to_owned()] };
        if let (Some(row), Some((reason, _))) = (self.row, why) {
            let reason = reason_name(reason, page.locale);
            return vec![
                page.locale.text_with("again-still-aside", [("row", page.count(row).into()), ("reason", reason.into())]),
            ];
        }
        let number = |count: &u64| i64::try_from(*count).unwrap_or(i64::MAX);
        let mut said = Vec::new();
        if *taken > 0 {
            said.push(page.tn("again-taken", number(taken)));
        }
        if *aside > 0 {
            said.push(page.tn("again-aside", number(aside)));
        }
        if *cut > 0 {
            said.push(page.tn("again-cut", number(cut)));
        }
        said
    }

    /// Why a row is set aside now, in English, with the value.
    pub(crate) fn detail(&self) -> &str {
        match &self.outcome {
            Again::Tried { why: Some((_, detail)), .. } if self.row.is_some() => detail,
            _ => "",
        }
    }

    fn refusal(&self, page: &Page) -> &'static str {
        match self.outcome {
            Again::Tried { .. } | Again::NothingToTake => page.t("again-nothing"),
            Again::Blank => page.t("again-blank"),
            Again::TooLong => page.t("again-too-long"),
            Again::Cut => page.t("again-row-cut"),
            Again::NotReadable => page.t("again-not-readable"),
            Again::Busy => page.t("again-busy"),
        }
    }
}

/// The address of a form that was sent, opened by itself: the page of the file.
pub(crate) async fn get(signed: Signed, State(app): State<App>, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: FileId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let _shown = show::page(&app, signed, id, show::Asked::default()).await?;
    Ok(see_other(&format!("/usage-files/{id}")))
}

/// Takes rows again and shows what became of them.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let stop = IntoResponse::into_response;
    let id: FileId = id.parse().map_err(|_| stop(Stop::NOT_FOUND))?;
    let row: Option<i64> = posted.field("row").parse().ok();
    let typed = posted.find("raw").map(str::to_owned);
    let which = match (row, &typed, posted.field("reason")) {
        (Some(row), Some(text), _) => Which::Corrected(row, text.clone()),
        (Some(row), None, _) => Which::Row(row),
        (None, _, "") => Which::All,
        (None, _, reason) => Which::Reason(reason.to_owned()),
    };
    let outcome = take_again(&app.house, &app.desk, &signed.actor, id, which).await;
    let outcome = outcome.map_err(|error| stop(error.into()))?.ok_or_else(|| stop(Stop::NOT_FOUND))?;
    let asked = show::Asked::read(posted.field("back"));
    if let Again::Tried { taken, aside, cut, why } = &outcome
        && (row.is_none() || why.is_none())
    {
        let query = show::Asked::query(&asked.filter);
        let parts = [query, format!("page={}", asked.page), format!("again={taken}-{aside}-{cut}")];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        return Ok(see_other(&format!("/usage-files/{id}?{}", parts.join("&"))));
    }
    let attempt = Some(Attempt { row, typed, outcome });
    let shown = show::page(&app, signed, id, asked).await.map_err(stop)?;
    let page = html(&show::ShowPage { attempt, ..shown }).map_err(stop)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

//! `/bank-files/debits`: debits by a name, and one with what became of it; that it came back is noted here by who has it on paper (BIL-08).

use super::{BankWords, words};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use operations::{
    bank_file::{self, NoteReturnRefusal, NotedReturn, ReturnReason, ShownDebit},
    collection::{DebitState, KeptDebit},
};
use vocabulary::DebitId;

const HERE: &str = "/bank-files/debits";
/// No name is longer, in characters.
const LONGEST_NAME: usize = 40;

/// The debits of a name.
#[derive(Template)]
#[template(path = "bank_files/debits.html")]
pub struct DebitsPage {
    /// Its frame.
    pub page: Page,
    /// What was asked for.
    pub named: String,
    /// What has that name.
    pub debits: Vec<KeptDebit>,
}

/// A debit.
#[derive(Template)]
#[template(path = "bank_files/debit.html")]
pub struct DebitPage {
    /// Its frame.
    pub page: Page,
    /// The debit.
    pub shown: ShownDebit,
    /// Why its return was not noted.
    pub refusal: Option<DebitRefusal>,
    /// Was it noted a moment ago?
    pub is_noted: bool,
}

/// Why a return is not noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebitRefusal {
    /// The form says no reason, or not whether the money had arrived.
    Unsaid,
    /// The operation.
    Refused(NoteReturnRefusal),
}

impl BankWords for DebitsPage {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl BankWords for DebitPage {
    fn page(&self) -> &Page {
        &self.page
    }
}

impl DebitPage {
    fn title(&self) -> String {
        self.page.ta("debit-title", self.shown.debit.sent.end_to_end.as_str())
    }

    fn state(&self) -> (&'static str, String) {
        self.debit_state(&self.shown.debit)
    }

    /// How often its amounts were presented.
    fn tries(&self) -> String {
        self.page.count(i64::from(self.shown.debit.sent.tries))
    }

    /// Of what the bank has, somebody has to say whether its money had arrived, from its day on.
    fn asks_whether_it_arrived(&self) -> bool {
        self.shown.debit.state == DebitState::UnderWay && self.shown.may_have_arrived
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        ReturnReason::CODES.iter().map(|(code, _)| (*code, words::reason(&self.page, code))).collect()
    }

    fn refusal_words(&self, refusal: &DebitRefusal) -> &'static str {
        match refusal {
            DebitRefusal::Unsaid => self.page.t("debit-say-why"),
            DebitRefusal::Refused(NoteReturnRefusal::Before) => self.page.t("debit-came-back-before"),
            DebitRefusal::Refused(NoteReturnRefusal::NotYet) => self.page.t("debit-not-yet"),
            DebitRefusal::Refused(NoteReturnRefusal::Busy) => self.page.t("bank-busy"),
            DebitRefusal::Refused(NoteReturnRefusal::NoAccount) => self.page.t("bank-no-account"),
        }
    }
}

/// Shows the debits of a name, or the one that has it.
pub(crate) async fn debits(signed: Signed, State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let query = query.unwrap_or_default();
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "named");
    let named: String = named.map(|(_, value)| value.trim().chars().take(LONGEST_NAME).collect()).unwrap_or_default();
    let debits = bank_file::debits_named(&app.house, &signed.actor, &named).await?.ok_or(Stop::NOT_FOUND)?;
    if let [one] = &debits[..] {
        return Ok(see_other(&format!("{HERE}/{}", one.id)));
    }
    html(&DebitsPage { page: Page { here: HERE.to_owned(), ..signed.page }, named, debits })
}

/// Shows a debit.
pub(crate) async fn debit(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&DebitPage { is_noted: query.as_deref() == Some("noted=yes"), ..page(&app, signed, id).await? })
}

async fn page(app: &App, signed: Signed, id: DebitId) -> Result<DebitPage, Stop> {
    let shown = bank_file::debit(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("{HERE}/{id}"), ..signed.page };
    Ok(DebitPage { page, shown, refusal: None, is_noted: false })
}

/// Notes that a debit came back.
pub(crate) async fn note_return(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    noting(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn noting(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: DebitId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let shown = page(app, signed.clone(), id).await?;
    let reason = ReturnReason::CODES.into_iter().find(|(code, _)| *code == posted.field("reason"));
    let had_arrived = match posted.field("arrived") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => (!shown.asks_whether_it_arrived()).then_some(false),
    };
    let came = match (reason, had_arrived) {
        (Some((_, reason)), Some(had_arrived)) => {
            let noted = NotedReturn { reason, had_arrived };
            let came = bank_file::note_return(&app.house, &signed.actor, id, &noted).await?.ok_or(Stop::NOT_FOUND)?;
            came.map_err(DebitRefusal::Refused)
        }
        _ => Err(DebitRefusal::Unsaid),
    };
    match came {
        Ok(()) => Ok(see_other(&format!("{HERE}/{id}?noted=yes"))),
        Err(refusal) => {
            let status = match refusal {
                DebitRefusal::Refused(NoteReturnRefusal::Busy | NoteReturnRefusal::Before) => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            // As it stands now: somebody else may have noted it.
            let shown = DebitPage { refusal: Some(refusal), ..page(app, signed, id).await? };
            Ok((status, html(&shown)?).into_response())
        }
    }
}

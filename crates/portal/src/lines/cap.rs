//! `/lines/{id}/cap`: the cap of a capped plan, as it is now and as it will be from the 1st of next month on; lifted, put back, and the choice taken
//! back until then (TEL-10).

use super::services::line_name;
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
    cap_lift::{self, Cap, CapChoice, CapShown},
    line_change::{Capping, Refusal},
};
use vocabulary::{LineId, UsageKind};

/// The page.
#[derive(Template)]
#[template(path = "lines/cap.html")]
pub struct CapPage {
    /// Its frame.
    pub page: Page,
    /// The caps of the line.
    pub shown: CapShown,
    /// Why what was chosen cannot be.
    pub refusal: Option<Refusal>,
    /// Was something chosen a moment ago?
    pub is_done: bool,
}

impl CapPage {
    fn name(&self) -> String {
        line_name(&self.page, self.shown.number, &self.shown.user)
    }

    fn is_capped(&self) -> bool {
        self.shown.capping == Capping::Capped
    }

    /// What the cap is of.
    fn kinds(&self, choice: &CapChoice) -> String {
        let name = |kind: &UsageKind| match kind {
            UsageKind::Voice => self.page.t("kind-voice"),
            UsageKind::Sms => self.page.t("kind-sms"),
            UsageKind::Mms => self.page.t("kind-mms"),
            UsageKind::Data => self.page.t("kind-data"),
        };
        choice.kinds.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn state(&self, cap: &Cap) -> &'static str {
        match cap {
            Cap::Holds => self.page.t("cap-holds"),
            Cap::Lifted => self.page.t("cap-lifted"),
        }
    }

    fn is_lifted(&self, cap: &Cap) -> bool {
        *cap == Cap::Lifted
    }

    /// What the button does: its word in the form, and what it says.
    fn act(&self, choice: &CapChoice) -> (&'static str, String) {
        let begins = self.page.effect(&self.shown.begins);
        match (choice.now, choice.coming) {
            (Cap::Holds, None) => (LIFTED, self.page.ta("cap-lift", begins)),
            (Cap::Lifted, None) => (HOLDS, self.page.ta("cap-restore", begins)),
            (Cap::Holds, Some(_)) => (HOLDS, self.page.t("cap-keep-holds").to_owned()),
            (Cap::Lifted, Some(_)) => (LIFTED, self.page.t("cap-keep-lifted").to_owned()),
        }
    }
}

const LIFTED: &str = "lifted";
const HOLDS: &str = "holds";

async fn shown(app: &App, signed: Signed, id: LineId) -> Result<CapPage, Stop> {
    let language = signed.page.locale.tag();
    let shown = cap_lift::caps(&app.house, &signed.actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let page = Page { here: format!("/lines/{id}/cap"), ..signed.page };
    Ok(CapPage { page, shown, refusal: None, is_done: false })
}

/// Shows the caps.
pub(crate) async fn get(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let is_done = query.as_deref() == Some("done=yes");
    html(&CapPage { is_done, ..shown(&app, signed, id).await? })
}

/// Lifts one, puts it back, or leaves it as it is.
pub(crate) async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    answer(&app, signed, &id, &posted).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, id: &str, posted: &Posted) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let wanted = match posted.field("to") {
        LIFTED => Cap::Lifted,
        HOLDS => Cap::Holds,
        _ => return Err(Stop::NOT_FOUND),
    };
    let came = cap_lift::choose(&app.house, &signed.actor, id, (posted.field("option"), wanted)).await?;
    match came.ok_or(Stop::NOT_FOUND)? {
        Ok(()) => Ok(see_other(&format!("/lines/{id}/cap?done=yes"))),
        Err(refusal) => {
            let page = CapPage { refusal: Some(refusal), ..shown(app, signed, id).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
        }
    }
}

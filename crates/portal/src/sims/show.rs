//! One SIM: who has it, what was done to it, and its PUKs for who proves a moment before who they are (RES-21, TEL-06).

use super::{KindWords as _, StageWords as _};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html},
    proof::{self, Marks, status, words},
    server::App,
    session::{Posted, Signed, Visitor},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use operations::{
    esim,
    first_access::Address,
    journal::{self, Noted, Object},
    proof::{ProofRefusal, Ways},
    sims::{self, SimCodes, SimDetail, SimKind},
};
use vocabulary::{LineId, SimId};

/// The page of one SIM.
#[derive(Template)]
#[template(path = "sims/show.html")]
pub struct ShowPage {
    /// Its frame.
    pub page: Page,
    /// The SIM, and what may be done with it.
    pub detail: SimDetail,
    /// What the reader can show as proof.
    pub ways: Ways,
    /// Does its form have to ask for the password?
    pub needs_proof: bool,
    /// The PUKs, right after they were asked for.
    pub codes: Option<SimCodes>,
    /// The line whose page says how far its eSIM is.
    pub esim_of: Option<LineId>,
    /// Why they are not shown.
    pub refusal: Option<ProofRefusal>,
    /// What was done to it, the latest first.
    pub history: Vec<Noted>,
}

impl ShowPage {
    fn refusal_words(&self, refusal: &ProofRefusal) -> String {
        words(&self.page, *refusal)
    }

    fn proof_marks(&self) -> Marks {
        Marks::of(self.refusal, "puk-refusal")
    }

    /// The line whose eSIM it is, or is to be.
    fn esim_line(&self) -> Option<LineId> {
        self.esim_of
    }

    /// May the reader see the list of all?
    fn sees_list(&self) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.may(crate::Permission::SeeSims))
    }
}

/// Shows a SIM.
pub(crate) async fn get(
    signed: Signed,
    visitor: Visitor,
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Stop> {
    let id = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    html(&shown(&app, signed, id, &app.links(&visitor.brand, &headers)).await?)
}

async fn shown(app: &App, signed: Signed, id: SimId, links: &Address) -> Result<ShowPage, Stop> {
    let ways = proof::ways(app, &signed, links).await?;
    let detail = sims::show(&app.house, &signed.actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let history = journal::history(&app.house, &signed.actor, Object::Sim(id)).await?;
    let of = detail.sim.line.as_ref().map(|(line, _)| *line).filter(|_| detail.sim.kind == SimKind::Esim);
    let esim = match of {
        Some(line) => esim::of_line(&app.house, &signed.actor, line).await?,
        None => None,
    };
    let esim_of = esim.filter(|esim| esim.sim == id).map(|esim| esim.line.0);
    let needs_proof = operations::proof::asked(&signed.actor, app.house.clock.now()).is_err();
    let page = Page { here: format!("/sims/{id}"), ..signed.page };
    Ok(ShowPage { page, detail, ways, needs_proof, codes: None, esim_of, refusal: None, history })
}

/// Shows the PUKs of a SIM, once.
pub(crate) async fn puk(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let links = app.links(&posted.visitor.brand, &headers);
    answer(&app, signed, &id, (&posted, &links)).await.map_err(IntoResponse::into_response)
}

async fn answer(app: &App, signed: Signed, id: &str, (posted, links): (&Posted, &Address)) -> Result<Response, Stop> {
    let id: SimId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    // What is not there is not there, whatever the password.
    let before = shown(app, signed.clone(), id, links).await?;
    let proof = match proof::of(app, &signed.actor, posted, links).await? {
        Ok(proof) => proof,
        Err(refusal) => {
            let page = ShowPage { refusal: Some(refusal), needs_proof: true, ..before };
            return Ok((status(refusal), html(&page)?).into_response());
        }
    };
    let codes = sims::codes(&app.house, proof, id).await?.ok_or(Stop::NOT_FOUND)?;
    html(&ShowPage { codes: Some(codes), ..shown(app, signed, id, links).await? })
}

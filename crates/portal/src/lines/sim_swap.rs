//! Another SIM for a line: a card among those that were given, or an eSIM (RES-06, RES-24, FLT-05, MOB-52). It asks for a proof, because whoever
//! has the SIM receives the codes of banks (PLT-05).

use super::services::{Done, line_name};
use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    proof::{self, Marks, status, words},
    server::App,
    session::{Posted, Signed, Visitor},
};
use askama::Template;
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use operations::{
    first_access::Address,
    line_change::{Change, Refusal},
    line_services::{self, LineServices},
    proof::{ProofRefusal, Ways},
    sim_swap::{self, LONGEST_CONTACT, SwapAsked, SwapChoices, SwapRefusal, SwapTold, Swapped, Wanted},
};
use vocabulary::LineId;

/// The word by which an address asks for any eSIM.
const ESIM: &str = "esim";
/// No SIM's number is longer, however it is grouped.
const LONGEST_SIM: usize = 60;

/// The page.
#[derive(Template)]
#[template(path = "lines/sim_swap.html")]
pub struct SimSwapPage {
    /// Its frame.
    pub page: Page,
    /// The line, and what it has.
    pub services: LineServices,
    /// What there is to choose from.
    pub choices: SwapChoices,
    /// What was typed or chosen.
    pub typed: String,
    /// Where messages are to go besides, and which number is called.
    pub contact: (String, String),
    /// What is told of what was chosen.
    pub told: Option<SwapTold>,
    /// Why it cannot be.
    pub refusal: Option<SwapRefusal>,
    /// What the reader can show as proof.
    pub ways: Ways,
    /// Does the form have to ask for it?
    pub needs_proof: bool,
    /// Why the proof is none.
    pub proof_refusal: Option<ProofRefusal>,
    /// Is it something else than what was confirmed?
    pub has_changed: bool,
}

impl SimSwapPage {
    fn name(&self) -> String {
        line_name(&self.page, self.services.number, &self.services.user)
    }

    fn proof_marks(&self) -> Marks {
        Marks::of(self.proof_refusal, "proof-refusal")
    }

    fn proof_words(&self, refusal: &ProofRefusal) -> String {
        words(&self.page, *refusal)
    }

    fn refusal_words(&self, refusal: &SwapRefusal) -> &'static str {
        let page = &self.page;
        match refusal {
            SwapRefusal::NoNumber => page.t("swap-no-number"),
            SwapRefusal::NoSuchSim => page.t("refusal-no-such-sim"),
            SwapRefusal::NoEsimLeft => page.t("swap-no-esim-left"),
            SwapRefusal::Address => page.t("swap-address"),
            SwapRefusal::Line(refusal) => page.not_now(refusal),
        }
    }

    fn card_count(&self) -> i64 {
        i64::try_from(self.choices.cards.len()).unwrap_or(i64::MAX)
    }

    /// Why no eSIM can be had.
    fn esim_refusal(&self) -> Option<&'static str> {
        match (self.choices.esim_price, self.choices.has_esim) {
            (None, _) => Some(self.page.t("refusal-no-esim")),
            (Some(_), false) => Some(self.page.t("swap-no-esim-left")),
            (Some(_), true) => None,
        }
    }
}

/// Shows what there is to choose, or what is told of what was chosen.
pub(crate) async fn get(
    signed: Signed,
    visitor: Visitor,
    State(app): State<App>,
    headers: HeaderMap,
    (Path(id), RawQuery(query)): (Path<String>, RawQuery),
) -> Result<Response, Stop> {
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let query = query.unwrap_or_default();
    let field = |name: &str| form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value);
    let cut = |text: &str, most: usize| text.trim().chars().take(most).collect::<String>();
    let typed = cut(&field("to").unwrap_or_default(), LONGEST_SIM);
    let links = app.links(&visitor.brand, &headers);
    let mut page = shown(&app, signed.clone(), id, &typed, &links).await?;
    if let (Some(email), Some(number)) = (field("email"), field("number")) {
        page.contact = (cut(&email, LONGEST_CONTACT), cut(&number, LONGEST_SIM));
    }
    html(&page)
}

async fn shown(app: &App, signed: Signed, id: LineId, typed: &str, links: &Address) -> Result<SimSwapPage, Stop> {
    let (house, actor, language) = (&app.house, &signed.actor, signed.page.locale.tag());
    let choices = sim_swap::choices(house, actor, id).await?.ok_or(Stop::NOT_FOUND)?;
    let services = line_services::services(house, actor, id, language).await?.ok_or(Stop::NOT_FOUND)?;
    let wanted = if typed == ESIM { Wanted::AnyEsim } else { Wanted::This(typed) };
    let (told, refusal) = match typed.is_empty() {
        true => (None, choices.refusal.map(SwapRefusal::Line)),
        false => match sim_swap::told(house, actor, id, wanted, language).await?.ok_or(Stop::NOT_FOUND)? {
            Ok(told) => (Some(told), None),
            Err(refusal) => (None, Some(refusal)),
        },
    };
    let ways = proof::ways(app, &signed, links).await?;
    let needs_proof = operations::proof::asked(actor, house.clock.now()).is_err();
    let contact = choices.contact.clone();
    let page = Page { here: format!("/lines/{id}/sim"), ..signed.page };
    let typed = typed.to_owned();
    Ok(SimSwapPage {
        page,
        services,
        choices,
        typed,
        contact,
        told,
        refusal,
        ways,
        needs_proof,
        proof_refusal: None,
        has_changed: false,
    })
}

/// Asks for the SIM that was confirmed.
pub(crate) async fn post(
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
    let id: LineId = id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let iccid: String = posted.field("sim").chars().take(LONGEST_SIM).collect();
    let cut = |name: &str, most: usize| posted.field(name).trim().chars().take(most).collect::<String>();
    let contact = (cut("email", LONGEST_CONTACT), cut("number", LONGEST_SIM));
    let before = SimSwapPage { contact: contact.clone(), ..shown(app, signed.clone(), id, &iccid, links).await? };
    let proof = match proof::of(app, &signed.actor, posted, links).await? {
        Ok(proof) => proof,
        Err(refusal) => {
            let page = SimSwapPage { proof_refusal: Some(refusal), needs_proof: true, ..before };
            return Ok((status(refusal), html(&page)?).into_response());
        }
    };
    let asked =
        SwapAsked { iccid: &iccid, contact: Some((contact.0.as_str(), contact.1.as_str())), digest: posted.field("digest") };
    let page = match sim_swap::ask(&app.house, proof, id, asked, links).await?.ok_or(Stop::NOT_FOUND)? {
        Ok(Swapped::Asked(_) | Swapped::Already) => return Ok(begun(id)),
        Ok(Swapped::Changed(told)) => SimSwapPage { told: Some(*told), has_changed: true, ..before },
        // The same form twice: the first did it.
        Err(SwapRefusal::Line(Refusal::Underway | Refusal::Sim(_)))
            if line_services::is_asked(&app.house, &signed.actor, id, &Change::SwapSim { to: vocabulary::SimId(0) }).await? =>
        {
            return Ok(begun(id));
        }
        Err(refusal) => SimSwapPage { told: None, refusal: Some(refusal), ..before },
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response())
}

fn begun(id: LineId) -> Response {
    see_other(&format!("/lines/{id}?done={}#services", Done::Begun.word()))
}

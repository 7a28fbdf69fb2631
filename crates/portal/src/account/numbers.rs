//! `/account/numbers`: numbers to reach somebody at (CUS-06).

use crate::{
    Icon, Page, Theme,
    answer::{Stop, html, see_other},
    proof::{self, Marks},
    server::App,
    session::{Posted, Signed},
};
use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use operations::{
    NumberKind,
    contact_numbers::{self, LONGEST_NUMBER, NumberReason, NumberRefusal},
    proof::{ProofRefusal, Ways},
};
use vocabulary::Party;

/// Why numbers were not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumbersRefusal {
    /// One of them is none.
    Number(NumberRefusal),
    /// There is no fresh proof.
    Proof(ProofRefusal),
}

/// The form.
#[derive(Template)]
#[template(path = "account/numbers.html")]
pub struct NumbersPage {
    /// Its frame.
    pub page: Page,
    /// Each kind with what stands in its field.
    pub typed: [(NumberKind, String); 3],
    /// What can be shown as proof here.
    pub ways: Ways,
    /// Does the form ask for a proof?
    pub asks_proof: bool,
    /// Why the try before was refused.
    pub refusal: Option<NumbersRefusal>,
}

impl NumbersPage {
    fn refusal_words(&self, refusal: &NumbersRefusal) -> String {
        match refusal {
            NumbersRefusal::Number(NumberRefusal { kind, reason }) => {
                let name = kind_name(&self.page, *kind);
                match reason {
                    NumberReason::NoNumber => self.page.ta("number-none", name),
                    NumberReason::NotMobile => self.page.ta("number-not-mobile", name),
                }
            }
            NumbersRefusal::Proof(refusal) => proof::words(&self.page, *refusal),
        }
    }

    fn proof_marks(&self) -> Marks {
        match self.refusal {
            Some(NumbersRefusal::Proof(refusal)) => Marks::of(Some(refusal), "refusal"),
            _ => Marks::default(),
        }
    }

    fn name(&self, kind: &NumberKind) -> &'static str {
        kind_name(&self.page, *kind)
    }

    fn is_refused(&self, kind: &NumberKind) -> bool {
        matches!(self.refusal, Some(NumbersRefusal::Number(refusal)) if refusal.kind == *kind)
    }
}

/// What a kind of number is called.
pub(crate) fn kind_name(page: &Page, kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Mobile => page.t("number-mobile"),
        NumberKind::Home => page.t("number-home"),
        NumberKind::Other => page.t("number-other"),
    }
}

/// Shows the form to who proved who they are.
pub(crate) async fn get(signed: Signed, State(app): State<App>) -> Result<Response, Stop> {
    if let Some(elsewhere) = proof::before(&app, &signed) {
        return Ok(elsewhere);
    }
    let account = operations::account::account(&app.house, &signed.actor).await?;
    let known = |kind| account.numbers.iter().find(|(known, _)| *known == kind);
    let typed = NumberKind::ALL
        .map(|kind| (kind, known(kind).map_or_else(String::new, |(_, number)| signed.page.party(&Party::Number(*number)))));
    html(&NumbersPage { page: signed.page, typed, ways: Ways::default(), asks_proof: false, refusal: None })
}

/// Takes the numbers.
pub(crate) async fn post(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Response> {
    let signed = posted.signed().map_err(IntoResponse::into_response)?;
    let typed =
        NumberKind::ALL.map(|kind| (kind, posted.field(kind.as_str()).chars().take(LONGEST_NUMBER + 1).collect::<String>()));
    let links = app.links(&posted.visitor.brand, &headers);
    let refusal = match proof::of(&app, &signed.actor, &posted, &links).await.map_err(IntoResponse::into_response)? {
        Err(refusal) => NumbersRefusal::Proof(refusal),
        Ok(fresh) => {
            let numbers = [0, 1, 2].map(|place: usize| (typed[place].0, typed[place].1.as_str()));
            let changed = contact_numbers::change(&app.house, fresh, numbers, &links).await;
            match changed.map_err(|error| Stop::from(error).into_response())? {
                Ok(()) => return Ok(see_other("/account?done=numbers")),
                Err(refusal) => NumbersRefusal::Number(refusal),
            }
        }
    };
    let (status, asks_proof) = match refusal {
        NumbersRefusal::Proof(refusal) => (proof::status(refusal), true),
        NumbersRefusal::Number(_) => (axum::http::StatusCode::UNPROCESSABLE_ENTITY, false),
    };
    let ways = proof::ways(&app, &signed, &links).await.map_err(IntoResponse::into_response)?;
    let page = Page { here: "/account/numbers".to_owned(), ..signed.page };
    let page =
        html(&NumbersPage { page, typed, ways, asks_proof, refusal: Some(refusal) }).map_err(IntoResponse::into_response)?;
    Ok((status, page).into_response())
}
